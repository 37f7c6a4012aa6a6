package front

import (
	"tuntas/house/clock"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/law"
	"tuntas/office/casework"
)

// day is the work of the asker's cases, read once.
type day = casework.Day

// load is one stage of the bar of cases.
type load struct {
	Stage, Path string
	N           int64
}

func (h *home) cases() (d *day, err error) {
	if h.day != nil {
		return h.day, nil
	}
	var read casework.Day
	if h.mine() {
		read, err = h.desk.Cases.Mine(h.r.Context(), h.by)
	} else {
		read, err = h.desk.Cases.Centre(h.r.Context(), h.by)
	}
	h.day = &read
	return h.day, err
}

// whose narrows a link to the asker's own cases.
func (h *home) whose() string {
	if h.mine() {
		return "&worker=me"
	}
	return ""
}

func (h *home) stage(key string) string { return casework.StageName(h.r.Lang, key) }

func (h *home) due(on clock.Day) *page.Chip { return page.Due(h.r.Lang, on, h.r.Today()) }

// caseLine is a case as a line: who, how old, and what is to be said.
func (h *home) caseLine(l casework.Line, note string) Line {
	return Line{Path: l.Path(), Name: l.Called, Age: l.Birth.AgeText(h.r.Today()), Note: note}
}

func lateCard(h *home) (Card, error) {
	d, err := h.cases()
	if err != nil {
		return Card{}, err
	}
	c := counted(h.r.Say("Terlambat"), d.Late.N, "/cases?late=true"+h.whose(), h.r.Say("Tidak ada yang terlambat."))
	for i, l := range d.Late.Lines {
		note := h.stage(l.Stage)
		if l.Missing > 0 {
			note += ", " + h.r.Say("kurang %d hal", l.Missing)
		}
		line := h.caseLine(l, note)
		line.Chip = h.due(l.DueOn)
		if i == 0 && h.mine() {
			line.Act, line.Do = l.Path(), h.r.Say("Kerjakan")
		}
		c.Lines = append(c.Lines, line)
	}
	return c, nil
}

func visitsCard(h *home) (Card, error) {
	d, err := h.cases()
	if err != nil {
		return Card{}, err
	}
	path := "/aftercare?days=7"
	if h.mine() {
		path += "&whose=mine"
	}
	c := counted(h.r.Say("Kunjungan minggu ini"), d.Visits.N, path, h.r.Say("Tidak ada kunjungan minggu ini."))
	for _, v := range d.Visits.Lines {
		note := h.r.Say("Kunjungan tambahan")
		if v.Month > 0 {
			note = h.r.Say("Bimbingan lanjut %d bulan", v.Month)
		}
		if region, known := law.RegionOf(v.Region); known {
			note += " · " + region.Name
		}
		c.Lines = append(c.Lines, Line{Path: "/contacts/" + v.ID.String(), Name: v.Called, Note: note, Chip: h.due(v.DueOn)})
	}
	return c, nil
}

func returnedCard(h *home) (Card, error) {
	d, err := h.cases()
	if err != nil {
		return Card{}, err
	}
	c := counted(h.r.Say("Menunggu saya"), d.Waiting.N, "/cases?waiting=returned"+h.whose(), h.r.Say("Tidak ada rencana yang dikembalikan."))
	for _, l := range d.Waiting.Lines {
		line := h.caseLine(l, h.r.Say("Rencana dikembalikan"))
		line.Act, line.Do = l.Path()+"/plans", h.r.Say("Perbaiki")
		c.Lines = append(c.Lines, line)
	}
	return c, nil
}

// waits says for what a case waits, and where it is decided.
func (h *home) waits(l casework.Line) (note, path string) {
	switch l.Waiting {
	case "plan":
		return h.r.Say("Rencana menunggu pengesahan"), l.Path() + "/plans"
	case "waiver":
		return h.r.Say("Permintaan pengecualian syarat"), l.Path() + "/criteria"
	}
	return h.r.Say("Surat keputusan penerimaan"), l.Path() + "/criteria"
}

func decisionsCard(h *home) (Card, error) {
	d, err := h.cases()
	if err != nil {
		return Card{}, err
	}
	c := counted(h.r.Say("Butuh keputusan"), d.Waiting.N, "/cases?waiting=any", h.r.Say("Tidak ada yang menunggu keputusan."))
	for _, l := range d.Waiting.Lines {
		note, path := h.waits(l)
		line := h.caseLine(l, note)
		line.Path, line.Act, line.Do = path, path, h.r.Say("Putuskan")
		c.Lines = append(c.Lines, line)
	}
	return c, nil
}

// papersCard is what the administration prepares for the head: admissions without a decision letter.
func papersCard(h *home) (Card, error) {
	q, err := h.desk.Cases.Papers(h.r.Context(), h.by)
	c := counted(h.r.Say("Surat dan berkas menunggu"), q.N, "/cases?waiting=any", h.r.Say("Tidak ada berkas yang menunggu."))
	for _, l := range q.Lines {
		note, path := h.waits(l)
		line := h.caseLine(l, note)
		line.Path = path
		if l.Waiting == "decision" {
			line.Act, line.Do = l.Path()+"/letters", h.r.Say("Siapkan surat")
		}
		c.Lines = append(c.Lines, line)
	}
	if err != nil {
		return c, err
	}
	n, _, err := h.desk.Letters.Waiting(h.r.Context(), h.by, 0)
	c.Cells = []Cell{{"/letter-drafts", h.r.Say("%d surat", n), h.r.Say("menunggu tanda tangan")}}
	return c, err
}

func readyCard(h *home) (Card, error) {
	d, err := h.cases()
	if err != nil {
		return Card{}, err
	}
	c := counted(h.r.Say("Tahap berikutnya siap"), d.Ready.N, "/cases?ready=true"+h.whose(), h.r.Say("Belum ada kasus yang siap maju."))
	for _, l := range d.Ready.Lines {
		line := h.caseLine(l, h.r.Say("%s, semua syarat lengkap", h.stage(l.Stage)))
		line.Act, line.Do = l.Path(), h.r.Say("Buka kasus")
		c.Lines = append(c.Lines, line)
	}
	return c, nil
}

// loadCard is how much each worker of the centre carries, under the bar of all cases by stage.
func loadCard(h *home) (Card, error) {
	d, err := h.cases()
	if err != nil {
		return Card{}, err
	}
	c := Card{Title: h.r.Say("Beban kasus per tahap"), Quiet: h.r.Say("Belum ada kasus yang punya pekerja sosial."), All: "/workload"}
	for _, s := range casework.Stages[:7] {
		c.Bars = append(c.Bars, load{s, "/cases?stage=" + s + h.whose(), d.PerStage[s]})
	}
	for _, m := range d.PerMate {
		note, filter := h.r.Say("%d kasus, tidak ada yang terlambat", m.Cases), "open=true"
		if m.LateOn > 0 {
			filter = "late=true"
			note = h.r.Say("%d dari %d kasus terlambat", m.LateOn, m.Cases)
		}
		c.Lines = append(c.Lines, Line{Path: "/cases?" + filter + "&worker=" + m.Worker.String(), Name: m.Name, Note: note})
	}
	return c, nil
}

// changesCard tells what others did on the asker's cases since the visit before this one.
func changesCard(h *home) (Card, error) {
	n, lines, _, err := h.desk.Cases.Changes(h.r.Context(), h.by, casework.Since(h.r), 0, perCard)
	c := counted(h.r.Say("Perubahan pada kasus saya"), n, "/changes", h.r.Say("Tidak ada perubahan oleh orang lain."))
	for _, l := range lines {
		c.Lines = append(c.Lines, Line{Path: "/cases/" + l.Case.String(), Name: l.Called, Note: l.By + ": " + text.Say(h.r.Lang, l.Say)})
	}
	return c, err
}

// perCard is how many lines a card shows.
const perCard = 5

// noted makes a card of notes.
func (h *home) noted(queue, title, quiet string, n casework.Matters, line func(casework.Matter) Line) Card {
	c := counted(title, n.N, "/today/"+queue, quiet)
	for _, l := range n.Lines {
		c.Lines = append(c.Lines, line(l))
	}
	return c
}

// unservedCard names who got no recorded service for so many days; what is not recorded may still have been given.
func unservedCard(days int) maker {
	return func(h *home) (Card, error) {
		n, err := h.desk.Cases.Unserved(h.r.Context(), h.by, days, h.stretch())
		queue, title := "unserved-week", h.r.Say("Belum ada layanan tercatat %d hari", days)
		if days == 1 {
			queue, title = "unserved-today", h.r.Say("Belum ada layanan tercatat hari ini")
		}
		return h.noted(queue, title, h.r.Say("Semua penghuni punya catatan layanan."), n, func(l casework.Matter) Line {
			note := h.r.Say("belum pernah dicatat")
			if l.On != "" {
				note = h.r.Say("terakhir %s", text.DayShort(h.r.Lang, l.On))
			}
			path := "/cases/" + l.Case.String()
			return Line{Path: path, Name: l.Called, Note: note, Act: path + "/services", Do: h.r.Say("Catat")}
		}), err
	}
}

func healthCard(h *home) (Card, error) {
	n, err := h.desk.Cases.GoalsDue(h.r.Context(), h.by, casework.HealthDomains, h.stretch())
	return h.goals("health-goals", h.r.Say("Tujuan kesehatan"), n), err
}

func workCard(h *home) (Card, error) {
	n, err := h.desk.Cases.GoalsDue(h.r.Context(), h.by, casework.WorkDomains, h.stretch())
	return h.goals("work-goals", h.r.Say("Tujuan keterampilan dan kerja"), n), err
}

func (h *home) goals(queue, title string, n casework.Matters) Card {
	return h.noted(queue, title, h.r.Say("Tidak ada tujuan yang berjalan."), n, func(l casework.Matter) Line {
		path := "/cases/" + l.Case.String()
		return Line{Path: path + "/plans", Name: l.Called, Note: l.Text, Chip: h.due(l.On), Act: path + "/services", Do: h.r.Say("Catat layanan")}
	})
}

func namelessCard(h *home) (Card, error) {
	n, err := h.desk.Cases.WithoutNumber(h.r.Context(), h.by, h.stretch())
	return h.noted("without-nik", h.r.Say("Belum punya NIK"), h.r.Say("Semua orang dalam layanan punya NIK."), n, func(l casework.Matter) Line {
		return Line{Path: "/persons/" + l.Person.String(), Name: l.Called, Note: h.r.Say("dalam layanan sejak %s", text.DayShort(h.r.Lang, l.On)),
			Act: "/persons/" + l.Person.String() + "/edit", Do: h.r.Say("Lengkapi")}
	}), err
}

func waivedCard(h *home) (Card, error) {
	n, err := h.desk.Cases.Waived(h.r.Context(), h.by, 30, h.stretch())
	return h.noted("waived", h.r.Say("Syarat yang dikecualikan, 30 hari"), h.r.Say("Tidak ada syarat yang dikecualikan."), n, func(l casework.Matter) Line {
		return Line{Path: "/cases/" + l.Case.String(), Name: l.Called, Note: h.r.Say("%s, %s", h.stage(l.Text), text.DayShort(h.r.Lang, l.On))}
	}), err
}
