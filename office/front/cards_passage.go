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
	c.Cells = append(c.Cells, Cell{Path: "/passage?show=away", Value: h.r.Say("%d orang", w.Away), Word: h.r.Say("sedang cuti percobaan")})
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

// waysPage lists all that is due on the ways between, or who is on leave: the rows behind the numbers of the card.
type waysPage struct {
	Lines     []Line
	Rest      int64 // more than the page holds
	Withheld  int64 // on leave, and not for the asker to see
	Away      int64 // on leave now
	Show      string
	Transfers bool // whether the asker decides on transfers
}

// waysParams narrow the page of the ways between.
type waysParams struct {
	Show string `query:"show" enum:"away" description:"away: who is on leave on trial; else what waits for the asker"`
}

func (d *Desk) getWays(r *web.Request) (web.Answer, error) {
	h := &home{r: r, desk: d, by: r.By}
	p := waysPage{Show: r.Param("show"), Transfers: r.By.May("case.approve")}
	var w passage.Works
	var err error
	if p.Show == "away" {
		w, err = d.Passage.OnLeave(r.Context(), r.By)
	} else {
		w, err = d.Passage.AllDue(r.Context(), r.By, h.mine())
	}
	if err != nil {
		return nil, err
	}
	p.Away, p.Rest = w.Away, w.N-int64(len(w.Lines))
	if p.Show == "away" && len(w.Lines) < passage.Shown {
		p.Withheld, p.Rest = p.Rest, 0
	}
	for _, l := range w.Lines {
		p.Lines = append(p.Lines, h.workLine(l))
	}
	return r.Page("front/ways.html", p)
}
