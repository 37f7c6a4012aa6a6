package front

import (
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/office/passage"
)

// passageCard is the work on the ways between: who should be back, which long stay is to be looked at, what waits for
// a signature, and what remains after a death.
func passageCard(h *home) (Card, error) {
	w, err := h.desk.Passage.Due(h.r.Context(), h.by, h.mine())
	c := counted(h.r.Say("Cuti, pindah, dan tinjauan"), w.N, "/passage", h.r.Say("Tidak ada yang perlu ditindaklanjuti."))
	c.Cells = append(c.Cells, Cell{Value: h.r.Say("%d orang", w.Away), Word: h.r.Say("sedang cuti percobaan")})
	for _, l := range w.Lines {
		c.Lines = append(c.Lines, h.workLine(l))
	}
	return c, err
}

func (h *home) workLine(w passage.Work) Line {
	path := "/cases/" + w.ID.String()
	l := Line{Path: path, Name: w.Called, Chip: h.due(w.On)}
	switch w.Kind {
	case passage.DueLeave:
		l.Note, l.Act, l.Do = h.r.Say("Cuti percobaan"), path+"/leaves", h.r.Say("Catat")
	case passage.DueReview:
		l.Note, l.Act, l.Do = h.r.Say("Tinjauan tinggal jangka panjang"), path+"/reviews", h.r.Say("Tinjau")
	case passage.DueTransfer:
		l.Path = "/transfers/" + w.ID.String()
		l.Note, l.Act, l.Do = h.r.Say("Menunggu tanda tangan Anda"), l.Path, h.r.Say("Putuskan")
	case passage.DueDeath:
		l.Note, l.Act, l.Do = h.r.Say("Langkah setelah kematian"), path+"/death", h.r.Say("Lanjutkan")
		l.Chip = &page.Chip{Kind: "warn", Word: h.r.Say("Belum selesai")}
	}
	return l
}

// waysPage lists all that is due on the ways between: the rows behind the number of the card.
type waysPage struct {
	Lines     []Line
	Rest      int64 // more than the page holds
	Transfers bool  // whether the asker decides on transfers
}

func (d *Desk) getWays(r *web.Request) (web.Answer, error) {
	h := &home{r: r, desk: d, by: r.By}
	w, err := d.Passage.AllDue(r.Context(), r.By, h.mine())
	if err != nil {
		return nil, err
	}
	p := waysPage{Rest: w.N - int64(len(w.Lines)), Transfers: r.By.May("case.approve")}
	for _, l := range w.Lines {
		p.Lines = append(p.Lines, h.workLine(l))
	}
	return r.Page("front/ways.html", p)
}
