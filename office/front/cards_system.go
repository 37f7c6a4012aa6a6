package front

import (
	"tuntas/house/page"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/office/audit"
)

// week is how many days back the cards of those who watch look.
const week = 7

func refusedCard(h *home) (Card, error) {
	n, last, err := h.desk.Watch.RefusedOf(h.r.Context(), h.by, week, h.stretch())
	c := counted(h.r.Say("Akses ditolak, 7 hari"), n, "/today/refused", h.r.Say("Tidak ada akses yang ditolak."))
	for _, f := range last {
		c.Lines = append(c.Lines, Line{Name: f.Name, Note: h.r.Say("%s, mencoba %s", text.Moment(h.r.Lang, f.At), f.Act)})
	}
	return c, err
}

func lookedCard(h *home) (Card, error) {
	all, err := h.desk.Watch.LooksOf(h.r.Context(), h.by, week)
	c := Card{Title: h.r.Say("Data orang dibuka, 7 hari"), All: "/ledger"}
	if len(all) == 0 {
		c.Quiet = h.r.Say("Belum ada yang membuka data orang.")
	}
	for _, l := range all {
		path := ""
		if l.Via != "" { // what ran before the ways were told apart
			path = "/ledger?channel=" + l.Via + "&from=" + string(h.r.Today().Add(1-week))
		}
		c.Cells = append(c.Cells, Cell{path, text.Number(h.r.Lang, l.N), text.T(h.r.Lang, audit.ChannelOf(l.Via).Beside)})
	}
	return c, err
}

func (h *home) health() (store.Health, error) {
	if h.well != nil {
		return *h.well, nil
	}
	read, err := h.desk.Watch.HealthNow(h.r.Context(), h.by)
	h.well = &read
	return read, err
}

func soundCard(h *home) (Card, error) {
	s, err := h.health()
	return Card{Title: h.r.Say("Jejak perbuatan"), Quiet: h.r.Say("Rantai diperiksa dengan perintah tuntas verify."), Cells: []Cell{
		{"", text.Number(h.r.Lang, s.Entries), h.r.Say("perbuatan tercatat")}, {"", text.Number(h.r.Lang, s.Chains), h.r.Say("rantai")},
	}}, err
}

func systemCard(h *home) (Card, error) {
	s, err := h.health()
	if err != nil {
		return Card{}, err
	}
	c := Card{Title: h.r.Say("Kesehatan sistem"), All: "/system", Cells: []Cell{
		{"/system", text.Number(h.r.Lang, s.Waiting), h.r.Say("pesan menunggu dikirim")},
		{"/system", text.Number(h.r.Lang, s.Bytes>>20) + " MB", h.r.Say("ukuran basis data")},
	}}
	tested, err := h.desk.Upkeep.LastTested(h.r.Context(), h.by)
	if err != nil {
		return c, err
	}
	if !tested.Comforts(h.r.Now()) {
		c.Lines = append(c.Lines, Line{Path: "/system", Name: h.r.Say("Tidak ada salinan data yang diuji bulan ini"), Note: h.r.Say("buat salinan, pulihkan di tempat lain, periksa"),
			Chip: &page.Chip{Kind: "warn", Word: h.r.Say("Uji")}})
	}
	if s.Failed > 0 {
		c.Lines = append(c.Lines, Line{Path: "/system", Name: h.r.Say("%d pesan gagal dikirim", s.Failed), Note: h.r.Say("akan dicoba lagi dengan sendirinya"),
			Chip: &page.Chip{Kind: "bad", Word: h.r.Say("Periksa")}})
	} else {
		c.Quiet = h.r.Say("Semua pesan terkirim.")
	}
	return c, nil
}

// staffCard names the institutions where nobody with a certificate may sign an assessment.
func staffCard(h *home) (Card, error) {
	all, err := h.desk.Centres.Unsigned(h.r.Context(), h.by)
	c := counted(h.r.Say("UPT tanpa Pekerja Sosial bersertifikat"), int64(len(all)), "/today/uncertified", h.r.Say("Setiap UPT punya Pekerja Sosial bersertifikat."))
	for _, one := range stretchOf(all, h.stretch()) {
		c.Lines = append(c.Lines, Line{Path: "/centres/" + one.ID.String(), Name: one.Name, Note: h.r.Say("asesmen di sini tidak bisa ditandatangani")})
	}
	return c, err
}
