package front

import (
	"cmp"

	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/office/coordination"
	"tuntas/office/participation"
)

// weekCard tells the head of the office what to do this week, in at most five sentences that each open what is behind
// them. They stand in one order, whatever is worst: people learn places.
func weekCard(h *home) (Card, error) {
	c := Card{Title: h.r.Say("Lima hal minggu ini"), Quiet: h.r.Say("Tidak ada yang mendesak minggu ini.")}
	for _, say := range []func(*home) (Line, error){fullest, latestAgreed, owedAnswers, unmetMost, lateReports, alertsNow, outcomeNow} {
		l, err := say(h)
		if err != nil {
			return c, err
		}
		if l.Note != "" && len(c.Lines) < perCard {
			l.Act, l.Do = l.Path, h.r.Say("Buka")
			c.Lines = append(c.Lines, l)
		}
	}
	return c, nil
}

// fullest is the institution that needs attention first.
func fullest(h *home) (Line, error) {
	all, err := h.attentions()
	if err != nil || len(all) == 0 {
		return Line{}, err
	}
	l := Line{Path: "/attention", Name: all[0].Name, Note: h.attentionLine(all[0]).Note}
	if more := len(all) - 1; more > 0 {
		l.Note += "; " + h.r.Say("%d UPT lain juga perlu perhatian", more)
	}
	return l, nil
}

// latestAgreed is which decision of a meeting is past its date longest.
func latestAgreed(h *home) (Line, error) {
	n, first, err := h.desk.Actions.Due(h.r.Context(), h.by, h.stretch())
	if err != nil || n == 0 {
		return Line{}, err
	}
	oldest := first[0]
	return Line{Path: "/actions?show=overdue&decided=true", Name: h.r.Say("Keputusan rakor"), Chip: page.Due(h.r.Lang, oldest.DueOn, h.r.Today()),
		Note: h.r.Say("%d lewat batas waktu; paling lama: %s, oleh %s", n, oldest.Title, cmp.Or(oldest.OwnerOrg, oldest.OwnerName))}, nil
}

// owed is which answers to referrals agencies owe.
type owed struct {
	coordination.Waiting
	agencies []coordination.Owing
}

func (h *home) answers() (o owed, err error) {
	if h.owed == nil {
		if o.Waiting, o.agencies, err = h.desk.Partners.Unanswered(h.r.Context(), h.by, perCard); err != nil {
			return o, err
		}
		h.owed = &o
	}
	return *h.owed, nil
}

// voices are the reports of the public that wait.
type voices struct {
	participation.Counts
	first []participation.Report // the late ones first
}

func (h *home) reports() (v voices, err error) {
	if h.voices == nil {
		if v.first, v.Counts, err = h.desk.Reports.Waiting(h.r.Context(), h.by, perCard); err != nil {
			return v, err
		}
		h.voices = &v
	}
	return *h.voices, nil
}

// owedAnswers is which agency lets referrals wait beyond their day.
func owedAnswers(h *home) (Line, error) {
	o, err := h.answers()
	if err != nil || o.Late == 0 {
		return Line{}, err
	}
	first := o.agencies[0]
	return Line{Path: "/referrals?late=true", Name: h.r.Say("Jawaban OPD"), Chip: page.Due(h.r.Lang, first.Since, h.r.Today()),
		Note: h.r.Say("%d rujukan lewat hari jawab, terbanyak pada %s (%d)", o.Late, first.Name, first.N)}, nil
}

// unmetMost is how far basic needs are met, and what most people wait for (PP 2/2018 Pasal 13).
func unmetMost(h *home) (Line, error) {
	m, err := h.needs()
	if err != nil || len(m.Unmet) == 0 {
		return Line{}, err
	}
	first := m.Unmet[0]
	return Line{Path: first.Path(), Name: h.r.Say("Kebutuhan dasar (SPM)"),
		Note: h.r.Say("%d dari %d terpenuhi tahun ini; terbanyak belum: %s, %d orang", m.Served, m.Needed, first.Item.In(string(h.r.Lang)), first.Lack())}, nil
}

// lateReports is how many reports of the public were not settled by their promised day.
func lateReports(h *home) (Line, error) {
	v, err := h.reports()
	if err != nil || v.Late == 0 {
		return Line{}, err
	}
	first := v.first[0]
	return Line{Path: "/public-reports", Name: h.r.Say("Laporan masyarakat"), Chip: page.Due(h.r.Lang, first.DueOn, h.r.Today()),
		Note: h.r.Say("%d dari %d yang terbuka lewat hari yang dijanjikan", v.Late, v.Live)}, nil
}

// alertsNow is which figures crossed their limits.
func alertsNow(h *home) (Line, error) {
	n, all, err := h.desk.Quality.Warnings(h.r.Context(), h.by, h.r.Lang, h.r.Today(), 1)
	if err != nil || len(all) == 0 {
		return Line{}, err
	}
	return Line{Path: "/alerts?show=open", Name: h.r.Say("Angka yang melewati batas"),
		Note: h.r.Say("%d tugas terbuka; terbaru: %s, %s %s", n.Open, all[0].Name, all[0].Place, all[0].Value)}, nil
}

// outcomeNow is how many of those who left live independently a year later.
func outcomeNow(h *home) (Line, error) {
	p, err := h.province()
	if err != nil || p.Asked == 0 {
		return Line{}, err
	}
	return Line{Path: "/outcome", Name: h.r.Say("Setelah keluar"),
		Note: h.r.Say("%d dari %d orang masih mandiri setelah 12 bulan, %d belum terjangkau", p.Independent, p.Asked, p.Unreached)}, nil
}

// answersCard is how agencies answer referrals.
func answersCard(h *home) (Card, error) {
	o, err := h.answers()
	if err != nil {
		return Card{}, err
	}
	n := func(v int64) string { return text.Number(h.r.Lang, v) }
	c := Card{Title: h.r.Say("OPD: jawaban rujukan"), All: "/indicators/referrals_in_time", Cells: []Cell{
		{"/referrals?late=true", n(o.Late), h.r.Say("lewat hari jawab")},
		{"/referrals?state=refused", n(o.Refused), h.r.Say("ditolak|rujukan")},
	}}
	for _, a := range o.agencies[:min(len(o.agencies), 3)] {
		c.Lines = append(c.Lines, Line{Path: "/agencies/" + a.Agency.String(), Name: a.Name, Note: h.r.Say("%d rujukan menunggu jawaban", a.N),
			Chip: page.Due(h.r.Lang, a.Since, h.r.Today())})
	}
	return c, nil
}
