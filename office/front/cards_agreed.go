package front

import (
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/office/spm"
)

// agreedCard is what meetings decided and is past its date, the oldest date first.
func agreedCard(h *home) (Card, error) {
	n, first, err := h.desk.Actions.Due(h.r.Context(), h.by, h.stretch())
	c := counted(h.r.Say("Tindak lanjut rakor jatuh tempo"), n, "/today/agreed", h.r.Say("Tidak ada keputusan rakor yang lewat batas waktu."))
	for _, a := range first {
		l := Line{Path: a.Path(), Name: a.Title, Note: a.OwnerName, Chip: page.Due(h.r.Lang, a.DueOn, h.r.Today()), Act: a.Path(), Do: h.r.Say("Buka")}
		if a.OwnerOrg != "" {
			l.Note = a.OwnerOrg + ", " + a.OwnerName
		}
		if a.Escalated > 0 {
			l.Note += " · " + h.r.Say("dinaikkan kepada Kepala Dinas")
		}
		c.Lines = append(c.Lines, l)
	}
	return c, err
}

// standingCard is how the decisions of meetings stand.
func standingCard(h *home) (Card, error) {
	s, err := h.desk.Actions.Standing(h.r.Context(), h.by)
	n := func(v int64) string { return text.Number(h.r.Lang, v) }
	return Card{Title: h.r.Say("Keputusan rakor"), All: "/meetings", Cells: []Cell{
		{"/actions?show=done&decided=true", n(s.Done), h.r.Say("selesai|keputusan")},
		{"/actions?show=running&decided=true", n(s.Running), h.r.Say("berjalan|keputusan")},
		{"/actions?show=overdue&decided=true", n(s.Late), h.r.Say("terlambat|keputusan")},
	}}, err
}

// proposedCard is what institutions need and the province has not looked at yet, the most urgent first.
func proposedCard(h *home) (Card, error) {
	n, first, err := h.desk.Needs.Waiting(h.r.Context(), h.by, h.stretch())
	c := counted(h.r.Say("Usulan kebutuhan menunggu telaah"), n, "/today/proposed", h.r.Say("Semua usulan sudah ditelaah."))
	for _, one := range first {
		path := "/needs/" + one.ID.String()
		c.Lines = append(c.Lines, Line{Path: path, Name: one.Name, Note: one.At + " · " + h.r.Say("%s, prioritas %d", text.Money(h.r.Lang, one.Cost), one.Priority), Act: path, Do: h.r.Say("Telaah")})
	}
	return c, err
}

// unmetCard is which basic needs most people have and have not got this year (PP 2/2018 Pasal 13).
func unmetCard(h *home) (Card, error) {
	m, err := h.needs()
	c := Card{Title: h.r.Say("SPM: kebutuhan belum terpenuhi terbesar"), All: "/spm", Quiet: h.r.Say("Semua kebutuhan dasar yang tercatat sudah dilayani tahun ini.")}
	for _, u := range m.Unmet {
		c.Lines = append(c.Lines, Line{Path: u.Path(), Name: u.Item.In(string(h.r.Lang)), Act: u.Path(), Do: h.r.Say("Buka"),
			Note: u.Group.In(string(h.r.Lang)) + " · " + h.r.Say("%d dari %d orang belum menerima", u.Lack(), u.Needed)})
	}
	return c, err
}

// needs is how far the basic needs of this year are met, read once for several cards.
func (h *home) needs() (spm.Met, error) {
	if h.met != nil {
		return *h.met, nil
	}
	m, err := h.desk.SPM.Met(h.r.Context(), h.by, mostUnmet)
	if err == nil {
		h.met = &m
	}
	return m, err
}

// mostUnmet is how many of them a home shows.
const mostUnmet = 4
