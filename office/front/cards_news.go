package front

import (
	"tuntas/house/page"
	"tuntas/office/comments"
	"tuntas/office/publication"
)

// commentsCard is which comments of readers wait, the oldest first.
func commentsCard(h *home) (Card, error) {
	all, w, err := h.desk.Comments.Comments(h.r.Context(), h.by, comments.Filter{Limit: perCard})
	c := counted(h.r.Say("Komentar menunggu diperiksa"), w.Count, "/comments", h.r.Say("Tidak ada komentar yang menunggu."))
	for _, one := range all {
		c.Lines = append(c.Lines, Line{Path: one.Path(), Name: one.Name, Note: one.Title, Chip: page.Due(h.r.Lang, one.DueOn(), h.r.Today()), Act: one.Path(), Do: h.r.Say("Periksa|komentar")})
	}
	return c, err
}

// articlesCard is which articles wait for an editor.
func articlesCard(h *home) (Card, error) {
	all, n, err := h.desk.News.Waiting(h.r.Context(), h.by, perCard)
	c := counted(h.r.Say("Artikel menunggu ditelaah"), n, "/news?state="+string(publication.Review), h.r.Say("Tidak ada artikel yang menunggu."))
	for _, a := range all {
		c.Lines = append(c.Lines, Line{Path: a.Path(), Name: a.Title, Note: a.Writer, Act: a.Path() + "/review", Do: h.r.Say("Telaah")})
	}
	return c, err
}
