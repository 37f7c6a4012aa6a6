package front

import "tuntas/house/page"

// reportsCard is which reports of the public wait, those whose promise ends first.
func reportsCard(h *home) (Card, error) {
	v, err := h.reports()
	if err != nil {
		return Card{}, err
	}
	c := counted(h.r.Say("Laporan masyarakat"), v.Live, "/public-reports", h.r.Say("Tidak ada laporan yang menunggu."))
	for _, one := range v.first {
		c.Lines = append(c.Lines, Line{Path: one.Path(), Name: one.Number, Note: one.Kind().In(string(h.r.Lang)) + " · " + one.Place,
			Chip: page.Due(h.r.Lang, one.DueOn, h.r.Today())})
	}
	return c, nil
}

// reportsOrLoadCard is, for the head of an institution, which reports were handed to it and wait; while none does, how much
// each worker carries, which is on its own page at all times.
func reportsOrLoadCard(h *home) (Card, error) {
	c, err := reportsCard(h)
	if err != nil || len(c.Lines) > 0 {
		return c, err
	}
	return loadCard(h)
}
