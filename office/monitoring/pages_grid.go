package monitoring

import (
	"html/template"

	"tuntas/house/clock"
	"tuntas/house/text"
	"tuntas/house/web"
)

type gridPage struct {
	Grid
	Heads []gridHead
	Rows  []gridLine
	Query template.URL
	Rules clock.Day
	Says  []string
}

type gridHead struct{ Key, Name, Whole string }

type gridLine struct {
	ID, Name string
	Cells    []gridMark
}

// gridMark is a cell as it is drawn: its colour is its state, which a sign and a word say too.
type gridMark struct{ Path, Value, State, Sign, Word string }

// signs stand beside a value for who does not see its colour; the words for who does not see it at all.
var (
	signs     = map[string]string{"bad": "▼", "warn": "!", "ok": "✓"}
	signWords = map[string]text.Word{"bad": "perlu dibenahi", "warn": "perlu dijaga", "ok": "baik"}
)

func (d *Desk) getGrid(r *web.Request) (web.Answer, error) {
	g, err := d.gridOf(r)
	if err != nil {
		return nil, err
	}
	l := r.Lang
	p := gridPage{Grid: g, Query: query(g.Span), Rules: RulesOf(g.Span.To)}
	for n, i := range g.Figures {
		p.Heads = append(p.Heads, gridHead{i.Key, i.In(string(l)), i.brief(l, g.Whole.Cells[n].Value)})
	}
	short := 0
	for _, w := range g.Rows {
		line := gridLine{ID: w.Centre.ID.String(), Name: w.Centre.Name}
		for n, c := range w.Cells {
			i := g.Figures[n]
			m := gridMark{Path: "/indicators/" + i.Key + "?" + string(p.Query) + "&centre=" + line.ID, Value: i.brief(l, c.Value), State: c.State, Sign: signs[c.State]}
			if c.State != "" {
				m.Word = text.T(l, string(signWords[c.State]))
			}
			if c.Few {
				m.Word = r.Say("terlalu sedikit untuk dibandingkan")
			}
			line.Cells = append(line.Cells, m)
		}
		if w.Bad > 0 {
			short++
		}
		p.Rows = append(p.Rows, line)
	}
	if short == 0 {
		p.Says = append(p.Says, r.Say("Tidak ada UPT dengan angka yang perlu dibenahi."))
	} else {
		p.Says = append(p.Says, r.Say("%d dari %d UPT punya angka yang perlu dibenahi.", short, len(g.Rows)),
			r.Say("Paling banyak di %s: %d dari %d angka.", g.Rows[0].Centre.Name, g.Rows[0].Bad, len(g.Figures)))
	}
	return r.Page("monitoring/grid.html", p)
}

func (d *Desk) gridOf(r *web.Request) (g Grid, err error) {
	_, s, err := d.ask(r)
	if err != nil {
		return g, err
	}
	return d.Grid(r.Context(), r.By, s)
}

// brief writes a figure so short that eleven stand side by side.
func (i Indicator) brief(l text.Lang, v Value) string {
	n, ok := v.In(i)
	switch {
	case !ok:
		return "–"
	case i.Unit == "percent":
		return text.Decimal(l, n, 0) + "%"
	}
	return i.number(l, n)
}

// GridSheet is the figures of all institutions as rows, a figure of an institution in each; the province comes last.
func (d *Desk) GridSheet(r *web.Request) (name string, head []string, rows [][]any, err error) {
	g, err := d.gridOf(r)
	if err != nil {
		return "", nil, nil, err
	}
	head = []string{r.Say("UPT"), r.Say("Indikator"), r.Say("Dari"), r.Say("Sampai"), r.Say("Pembilang"), r.Say("Penyebut"), r.Say("Nilai|angka"), r.Say("Satuan"), r.Say("Target"), r.Say("Aturan")}
	g.Whole.Centre.Name = r.Say("Seluruh provinsi")
	for _, w := range append(g.Rows, g.Whole) {
		for n, c := range w.Cells {
			i := g.Figures[n]
			line := []any{w.Centre.Name, i.In(string(r.Lang)), string(g.Span.From), string(g.Span.To), float64(c.Value.Numerator), nil, nil, i.Unit, nil, i.version(g.Span.To)}
			if c.Value.Over {
				line[5] = float64(c.Value.Denominator)
			}
			if v, ok := c.Value.In(i); ok {
				line[6] = v
			}
			if c.Target != nil {
				line[8] = c.Target.Value()
			}
			rows = append(rows, line)
		}
	}
	return "upt-indikator-" + string(g.Span.To), head, rows, nil
}
