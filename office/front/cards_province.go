package front

import (
	"cmp"
	"slices"
	"strings"

	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/monitoring"
)

// headline is the province at a glance, read once for several cards.
type headline struct {
	monitoring.Headline
	press map[id.ID]casework.Pressing
}

func (h *home) province() (*headline, error) {
	if h.head != nil {
		return h.head, nil
	}
	read, err := h.desk.Figures.Headline(h.r.Context(), h.by)
	if err != nil {
		return nil, err
	}
	h.head = &headline{read, nil}
	return h.head, nil
}

func (h *home) pressing() (*headline, error) {
	p, err := h.province()
	if err != nil || p.press != nil {
		return p, err
	}
	p.press, err = h.desk.Cases.PressingAt(h.r.Context(), h.by)
	return p, err
}

func percent(n, of int64) int64 {
	if of == 0 {
		return 0
	}
	return (100*n + of/2) / of
}

// attention weighs what is wrong at a centre: too many people for the places, and late cases.
type attention struct {
	centre.Centre
	weight  int64
	reasons []string
}

// attentions names the centres that need attention, each with its reasons in words, the gravest first.
func (h *home) attentions() ([]attention, error) {
	p, err := h.pressing()
	if err != nil {
		return nil, err
	}
	var all []attention
	for _, f := range p.Centres {
		a, press := attention{Centre: f.Centre}, p.press[f.Centre.ID]
		if full := percent(f.In, f.Centre.Capacity); f.In > f.Centre.Capacity && f.Centre.Capacity > 0 {
			a.weight += 2 * (full - 100)
			a.reasons = append(a.reasons, h.r.Say("terisi %d%%", full))
		}
		if late := percent(press.Late, press.Open); late >= 20 {
			a.weight += late
			a.reasons = append(a.reasons, h.r.Say("%d dari %d kasus terlambat", press.Late, press.Open))
		}
		if press.Waiting >= 10 {
			a.weight += press.Waiting / 2
			a.reasons = append(a.reasons, h.r.Say("%d keputusan menunggu", press.Waiting))
		}
		if a.weight > 0 {
			all = append(all, a)
		}
	}
	slices.SortStableFunc(all, func(a, b attention) int { return cmp.Compare(b.weight, a.weight) })
	return all, nil
}

func (h *home) attentionLine(a attention) Line {
	path := "/centres/" + a.ID.String()
	return Line{Path: path, Name: a.Name, Note: strings.Join(a.reasons, ", "), Act: path, Do: h.r.Say("Buka UPT")}
}

// attentionCard names at most five centres that need attention.
func attentionCard(h *home) (Card, error) {
	all, err := h.attentions()
	c := counted(h.r.Say("UPT yang perlu perhatian"), int64(len(all)), "/attention", h.r.Say("Tidak ada UPT yang penuh atau banyak terlambat."))
	for _, a := range all[:min(len(all), perCard)] {
		c.Lines = append(c.Lines, h.attentionLine(a))
	}
	return c, err
}

// getAttention is the whole list behind the card.
func (d *Desk) getAttention(r *web.Request) (web.Answer, error) {
	h := &home{desk: d, r: r, by: r.By}
	all, err := h.attentions()
	if err != nil {
		return nil, err
	}
	var lines []Line
	for _, a := range all {
		lines = append(lines, h.attentionLine(a))
	}
	return r.Page("front/attention.html", lines)
}

// change says how a figure stands against the same day of last year.
func (h *home) change(now, before int64) string {
	switch n := now - before; {
	case before == 0:
		return h.r.Say("tahun lalu belum tercatat")
	case n > 0:
		return h.r.Say("naik %d dari tahun lalu", n)
	case n < 0:
		return h.r.Say("turun %d dari tahun lalu", -n)
	}
	return h.r.Say("sama dengan tahun lalu")
}

// records is the address of the people behind a figure; nothing for whoever may only know the figure.
func (h *home) records(indicator, query string) string {
	if !h.by.May(who.SeeRecords) {
		return ""
	}
	return "/indicators/" + indicator + "/records" + query
}

func headlineCard(h *home) (Card, error) {
	p, err := h.province()
	if err != nil {
		return Card{}, err
	}
	m, err := h.needs()
	if err != nil {
		return Card{}, err
	}
	n := func(v int64) string { return text.Number(h.r.Lang, v) }
	span := "?from=" + string(p.From) + "&to=" + string(p.To)
	before := h.r.Say("tahun lalu belum tercatat")
	if p.AskedBefore > 0 {
		before = h.r.Say("setahun sebelumnya %d%%", percent(p.IndependentBefore, p.AskedBefore))
	}
	return Card{Title: h.r.Say("Angka pokok"), All: "/outcome", Cells: []Cell{
		{h.records("occupancy", "?to="+string(p.To)), n(p.In), h.r.Say("orang di panti, %s", h.change(p.In, p.InAYearAgo))},
		{h.records("still_independent_12", span), h.r.Say("%s dari %s", n(p.Independent), n(p.Asked)), h.r.Say("masih mandiri setelah 12 bulan, %s", before)},
		{h.records("unreached_12", span), n(p.Unreached), h.r.Say("belum terjangkau setelah 12 bulan")},
		{"/spm", h.r.Say("%s dari %s", n(m.Served), n(m.Needed)), h.r.Say("kebutuhan dasar (SPM) terpenuhi tahun ini")},
		{"/province", h.r.Say("%d dari %d", p.Over, len(p.Centres)), h.r.Say("UPT melebihi kapasitas")},
	}}, nil
}

// ranked makes a card of centres by a number, the highest first.
func (h *home) ranked(title, quiet string, of func(casework.Pressing) int64, note func(casework.Pressing) string, filter string) (Card, error) {
	p, err := h.pressing()
	if err != nil {
		return Card{}, err
	}
	rows := slices.Clone(p.Centres)
	slices.SortStableFunc(rows, func(a, b monitoring.Full) int {
		return cmp.Compare(of(p.press[b.Centre.ID]), of(p.press[a.Centre.ID]))
	})
	c := counted(title, 0, "", quiet)
	for _, f := range rows {
		press := p.press[f.Centre.ID]
		c.N += of(press)
		if of(press) > 0 && len(c.Lines) < 5 {
			c.All = "/cases?" + filter
			c.Lines = append(c.Lines, Line{Path: "/cases?centre_id=" + f.Centre.ID.String() + "&" + filter, Name: f.Centre.Name, Note: note(press)})
		}
	}
	return c, nil
}

func lateAtCard(h *home) (Card, error) {
	return h.ranked(h.r.Say("Tahap terlambat"), h.r.Say("Tidak ada yang terlambat."), func(p casework.Pressing) int64 { return p.Late },
		func(p casework.Pressing) string { return h.r.Say("%d dari %d kasus terlambat", p.Late, p.Open) }, "late=true")
}

func decisionsAtCard(h *home) (Card, error) {
	return h.ranked(h.r.Say("Menunggu keputusan Kepala UPT"), h.r.Say("Tidak ada yang menunggu keputusan."), func(p casework.Pressing) int64 { return p.Waiting },
		func(p casework.Pressing) string { return h.r.Say("%d keputusan menunggu", p.Waiting) }, "waiting=any")
}

// withoutCard names the districts nobody is served from: the blank is the message.
func withoutCard(h *home) (Card, error) {
	p, err := h.province()
	if err != nil {
		return Card{}, err
	}
	c := counted(h.r.Say("Daerah tanpa Penerima Manfaat"), int64(len(p.Without)), "/map", h.r.Say("Semua kabupaten dan kota terlayani."))
	for _, region := range p.Without[:min(len(p.Without), 5)] {
		c.Lines = append(c.Lines, Line{Path: "/map", Name: region.Name, Note: h.r.Say("belum ada yang dalam layanan")})
	}
	return c, nil
}

func openFiguresCard(h *home) (Card, error) {
	all, err := h.desk.Open.Headlines(h.r.Context(), h.r.Lang)
	c := Card{Title: h.r.Say("Angka yang dibaca publik"), All: "/open-figures"}
	for _, one := range all {
		if one.Big != "" {
			c.Cells = append(c.Cells, Cell{"/data/" + one.Key, one.Big, one.Says})
		}
	}
	return c, err
}
