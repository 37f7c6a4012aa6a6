package monitoring

import "tuntas/house/web"

// FigureSheet is a figure institution by institution, as the rows of a workbook under a name of its own; the whole comes last.
func (d *Desk) FigureSheet(r *web.Request) (name string, head []string, rows [][]any, err error) {
	_, s, err := d.ask(r)
	if err != nil {
		return "", nil, nil, err
	}
	b, err := d.Board(r.Context(), r.By, r.Word("key"), "", s)
	if err != nil {
		return "", nil, nil, err
	}
	head = []string{r.Say("UPT"), r.Say("Dari"), r.Say("Sampai"), r.Say("Pembilang"), r.Say("Penyebut"), b.In(string(r.Lang)), r.Say("Setahun lalu"), r.Say("Target"), r.Say("Aturan")}
	row := func(name string, now, before Value, t *Target) {
		line := []any{name, string(s.From), string(s.To), float64(now.Numerator), nil, nil, nil, nil, b.version(s.To)}
		if now.Over {
			line[4] = float64(now.Denominator)
		}
		if v, ok := now.In(b.Indicator); ok {
			line[5] = v
		}
		if v, ok := before.In(b.Indicator); ok {
			line[6] = v
		}
		if t != nil {
			line[7] = t.Value()
		}
		rows = append(rows, line)
	}
	for _, l := range b.Lines {
		row(l.Centre.Name, l.Value, l.Before, l.Target)
	}
	last := r.Say("Seluruh provinsi")
	if b.There.Name != "" {
		last = b.There.Name
	}
	row(last, b.Value, b.Before, b.Target)
	return b.Key + "-" + string(s.To), head, rows, nil
}
