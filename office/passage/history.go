package passage

import (
	"cmp"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/office/casework"
)

// Moments tells of leaves, transfers, reviews of a long stay and the last way, for the history of the case: whatever
// happened later on the same day comes first. It never tells of a cause of death.
func (w Way) Moments(f casework.File, today clock.Day) []casework.Moment {
	var all []casework.Moment
	add := func(on clock.Day, kind, by, path string, say fail.Saying) {
		if on != "" {
			all = append(all, casework.Moment{On: on, Kind: kind, By: by, Path: path, Say: say})
		}
	}
	if w.Death != nil {
		w.Death.moments(f.Path()+"/death", add)
	}
	for _, l := range w.leaves {
		l.moments(f.Path()+"/leaves", today, add)
	}
	for _, t := range w.moves {
		t.moments(f, add)
	}
	for _, v := range w.reviews {
		add(v.On, "review", v.By, f.Path()+"/reviews", reviewSays[v.Decision])
	}
	return all
}

// telling adds one moment; one without a day is not told.
type telling = func(on clock.Day, kind, by, path string, say fail.Saying)

func (l Leave) moments(path string, today clock.Day, add telling) {
	switch l.State {
	case Back:
		add(l.BackOn, "leave", "", path, fail.Say("Kembali dari cuti percobaan."))
	case Stayed:
		add(l.BackOn, "leave", "", path, fail.Say("Menetap setelah cuti percobaan."))
	case Cancelled:
		add(l.CancelledOn, "leave", "", path, fail.Say("Cuti percobaan dibatalkan."))
	}
	if l.Late(today) || l.BackOn > l.Due {
		add(l.Due.Add(1), "leave", "", path, fail.Say("Belum kembali dari cuti percobaan, seharusnya %s.", l.Due))
	}
	add(l.LeftOn, "leave", "", path, fail.Say("Berangkat cuti percobaan."))
	// Of a leave that was written down before its day was kept, the day on which the person left is the nearest.
	add(cmp.Or(l.PlannedOn, l.LeftOn), "leave", l.By, path, fail.Say("Cuti percobaan %s sampai %s disetujui oleh %s.", l.From, l.Due, l.AgreedBy))
}

// moments tells of a transfer from the side of the case: it left, or it came.
func (t Transfer) moments(f casework.File, add telling) {
	leaving := t.From == f.Centre
	switch {
	case t.State == Accepted && !leaving:
		add(f.OpenedOn, "transfer", "", t.Path(), fail.Say("Pindah dari %s.", t.FromName))
	case t.State == Accepted && f.Ended != nil:
		add(f.Ended.On, "transfer", "", t.Path(), fail.Say("Pindah ke %s.", t.ToName))
	}
	decided := map[string]fail.Saying{Accepted: fail.Say("Pemindahan ke %s diterima.", t.ToName), Refused: fail.Say("Pemindahan ke %s ditolak.", t.ToName),
		Withdrawn: fail.Say("Usulan pemindahan ke %s ditarik.", t.ToName)}
	asked := fail.Say("Pemindahan ke %s diusulkan.", t.ToName)
	if !leaving {
		decided[Accepted], asked = fail.Say("Pemindahan dari %s diterima.", t.FromName), fail.Say("Pemindahan dari %s diusulkan.", t.FromName)
	}
	if say, ok := decided[t.State]; ok {
		add(t.DecidedOn, "transfer", t.Decider, t.Path(), say)
	}
	add(t.ProposedOn, "transfer", t.Proposer, t.Path(), asked)
}

// moments tells of the death and of each step that is done.
func (d Death) moments(path string, add telling) {
	steps := d.Checklist()
	slices.Reverse(steps)
	for _, s := range steps {
		if s.Done {
			on, say := d.told(s.Code)
			add(on, "death", "", path, say)
		}
	}
	add(d.On, "death", d.By, path, fail.Say("Meninggal dunia."))
}

// told is when a step was taken, in a sentence without the names of those who took it.
func (s Steps) told(code string) (clock.Day, fail.Saying) {
	switch {
	case code == "letter":
		return s.LetterOn, fail.Say("Surat kematian %s dibuat.", s.LetterNo)
	case code == "family" && s.Family == "contacted":
		return s.FamilyOn, fail.Say("Keluarga dihubungi setelah kematian.")
	case code == "family":
		return s.FamilyOn, fail.Say("Keluarga dicari setelah kematian, belum ditemukan.")
	case code == "burial":
		return s.BuriedOn, fail.Say("Dimakamkan di %s.", s.BuriedAt)
	case s.Goods == "handed_over":
		return s.GoodsOn, fail.Say("Barang peninggalan diserahkan.")
	case s.Goods == "kept":
		return s.GoodsOn, fail.Say("Barang peninggalan disimpan panti.")
	}
	return s.GoodsOn, fail.Say("Tidak ada barang peninggalan.")
}
