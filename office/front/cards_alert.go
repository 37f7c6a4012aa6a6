package front

import "tuntas/house/page"

// alertsCard is where a figure crossed its limit, the newest first.
func alertsCard(h *home) (Card, error) {
	n, all, err := h.desk.Quality.Warnings(h.r.Context(), h.by, h.r.Lang, h.r.Today(), perCard)
	c := counted(h.r.Say("Angka yang melewati batas"), n.Open, "/alerts?show=open", h.r.Say("Tidak ada angka yang melewati batasnya."))
	for _, w := range all {
		l := Line{Path: w.Path(), Name: w.Name, Note: w.Place + " · " + w.Value + ", " + w.Limit, Act: w.Path(), Do: h.r.Say("Buka")}
		if w.DueOn < h.r.Today() {
			l.Chip = page.Due(h.r.Lang, w.DueOn, h.r.Today())
		}
		c.Lines = append(c.Lines, l)
	}
	return c, err
}
