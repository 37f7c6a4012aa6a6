package front

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/office/residence"
)

// here is the asker's own centre; 0 when there are several.
func (h *home) here() id.ID { return h.by.Scope.Only() }

// beds is where the beds of the asker's centre are.
func (h *home) beds() string {
	if at := h.here(); at != 0 {
		return "/centres/" + at.String() + "/beds"
	}
	return "/centres"
}

func wardsCard(h *home) (Card, error) {
	wards, err := h.desk.Residence.Wards(h.r.Context(), h.by)
	c := Card{Title: h.r.Say("Tempat tidur"), Quiet: h.r.Say("Belum ada asrama. Tambah di halaman tempat tidur."), All: h.beds()}
	var taken, beds int64
	for i, w := range wards {
		taken, beds = taken+w.Taken, beds+w.Beds
		if i >= 5 {
			continue
		}
		note := h.r.Say("%d dari %d terisi", w.Taken, w.Beds)
		if w.Held > 0 {
			note += ", " + h.r.Say("%d dipesan", w.Held)
		}
		line := Line{Path: h.beds(), Name: w.Name, Note: note, Chip: &page.Chip{Kind: "ok", Word: h.r.Say("%d kosong", w.Free)}}
		if w.Free == 0 {
			line.Chip = &page.Chip{Kind: "warn", Word: h.r.Say("Penuh")}
		}
		c.Lines = append(c.Lines, line)
	}
	if beds > 0 {
		c.Cells = []Cell{{Path: h.beds(), Value: h.r.Say("%d dari %d", taken, beds), Word: h.r.Say("tempat terisi")}}
	}
	return c, err
}

func cameCard(days int) maker {
	return func(h *home) (Card, error) {
		m, err := h.desk.Residence.Came(h.r.Context(), h.by, days, h.stretch())
		return h.passed("came", h.r.Say("Masuk, %d hari terakhir", days), h.r.Say("Tidak ada yang masuk."), m, true), err
	}
}

func leftCard(days int) maker {
	return func(h *home) (Card, error) {
		m, err := h.desk.Residence.Left(h.r.Context(), h.by, days, h.stretch())
		return h.passed("left", h.r.Say("Keluar, %d hari terakhir", days), h.r.Say("Tidak ada yang keluar."), m, false), err
	}
}

func (h *home) passed(queue, title, quiet string, m residence.Passages, papers bool) Card {
	c := counted(title, m.N, "/today/"+queue, quiet)
	for _, l := range m.Lines {
		line := Line{Path: "/cases/" + l.Case.String(), Name: l.Called, Note: h.r.Say("%s, %s %s", text.DayShort(h.r.Lang, l.On), l.Ward, l.Bed)}
		switch {
		case papers && l.Numbered:
			line.Chip = &page.Chip{Kind: "ok", Word: h.r.Say("Surat lengkap")}
		case papers:
			line.Chip = &page.Chip{Kind: "warn", Word: h.r.Say("Surat belum ada")}
		}
		c.Lines = append(c.Lines, line)
	}
	return c
}

func holdsCard(h *home) (Card, error) {
	m, err := h.desk.Residence.Holds(h.r.Context(), h.by, h.stretch())
	c := counted(h.r.Say("Tempat tidur dipesan"), m.N, "/today/held-beds", h.r.Say("Tidak ada pesanan tempat tidur."))
	for _, l := range m.Lines {
		c.Lines = append(c.Lines, Line{Path: "/cases/" + l.Case.String(), Name: l.Called, Note: l.Ward + " " + l.Bed, Chip: h.due(l.On)})
	}
	return c, err
}

// until narrows a link to what was so at the end of a day, at the asker's own centre.
func (h *home) until(day clock.Day) string {
	if at := h.here(); at != 0 {
		return "?to=" + string(day) + "&centre=" + at.String()
	}
	return "?to=" + string(day)
}

// balanceCard is the account of the month, whether it closes, and the way to the monthly report of the institution.
func balanceCard(h *home) (Card, error) {
	b, err := h.desk.Figures.MonthOf(h.r.Context(), h.by, h.here(), h.r.Today())
	if err != nil {
		return Card{}, err
	}
	span := "?from=" + string(b.From) + "&to=" + string(b.To)
	if at := h.here(); at != 0 {
		span += "&centre=" + at.String()
	}
	n := func(v int64) string { return text.Number(h.r.Lang, v) }
	c := Card{Title: h.r.Say("Neraca bulan ini"), All: "/balance", Cells: []Cell{
		{h.records("occupancy", h.until(b.From.Add(-1))), n(b.Opening), h.r.Say("awal bulan")},
		{h.records("arrivals", span), "+ " + n(b.In), h.r.Say("masuk")},
		{h.records("departures", span), "− " + n(b.Out), h.r.Say("keluar")},
		{h.records("occupancy", h.until(b.To)), "= " + n(b.Closing), h.r.Say("hari ini")},
	}}
	c.Quiet = h.r.Say("Neraca cocok: awal ditambah masuk dikurangi keluar sama dengan hari ini.")
	if !b.Adds() {
		c.Quiet = h.r.Say("Neraca belum cocok: ada yang masuk atau keluar tanpa tanggal.")
	}
	if at := h.here(); at != 0 {
		month := b.From.AddMonths(-1).Month()
		c.Lines = append(c.Lines, Line{Path: "/centres/" + at.String() + "/reports/" + month, Name: h.r.Say("Laporan bulanan %s", text.MonthName(h.r.Lang, month))})
	}
	return c, nil
}
