package front

import "tuntas/house/text"

// lettersCard is what waits for the signature of the head, the longest first.
func lettersCard(h *home) (Card, error) {
	n, first, err := h.desk.Letters.Waiting(h.r.Context(), h.by, perCard)
	c := counted(h.r.Say("Surat menunggu tanda tangan"), n, "/letter-drafts", h.r.Say("Tidak ada surat yang menunggu tanda tangan."))
	for _, g := range first {
		kind := text.T(h.r.Lang, string(g.KindOf().Name))
		l := Line{Path: g.Path(), Name: g.Called, Note: kind, Act: g.Path(), Do: h.r.Say("Periksa")}
		if g.Called == "" { // the balance of a month is about nobody
			l.Name, l.Note = kind, g.CentreName
		}
		l.Note += ", " + h.r.Say("disiapkan %s oleh %s", text.DayShort(h.r.Lang, g.MadeOn), g.By)
		c.Lines = append(c.Lines, l)
	}
	return c, err
}
