package front

import (
	"tuntas/house/page"
	"tuntas/office/passage"
)

// passageCard is the work on the ways between: who should be back, which long stay is to be looked at, what waits for
// a signature, and what remains after a death.
func passageCard(h *home) (Card, error) {
	w, err := h.desk.Passage.Due(h.r.Context(), h.r.By, h.mine())
	c := counted(h.r.Say("Cuti, pindah, dan tinjauan"), w.N, "", h.r.Say("Tidak ada yang perlu ditindaklanjuti."))
	c.Cells = append(c.Cells, Cell{Value: h.r.Say("%d orang", w.Away), Word: h.r.Say("sedang cuti percobaan")})
	if h.r.By.May("case.approve") {
		c.Cells = append(c.Cells, Cell{Path: "/transfers", Value: h.r.Say("buka daftar"), Word: h.r.Say("pindah antar-UPT")})
	}
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
