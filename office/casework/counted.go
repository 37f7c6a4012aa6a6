package casework

import (
	"strconv"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/office/person"
	"tuntas/office/residence"
)

// timelyOf says whether a stage that ends on a day ended in time: "assessment:in_time", "planning:late". Only assessment
// and plan are measured (10.1 of the handbook of the office asks for these two), and never those of which nobody knows the days.
func timelyOf(c Case, left clock.Day) string {
	switch {
	case c.Stage != Assessing && c.Stage != Planning || c.guessed:
		return ""
	case left > dueOf(File{Case: c}):
		return c.Stage + ":late"
	}
	return c.Stage + ":in_time"
}

// carrier is who carries the case, as the measure "case.worker" counts by.
func (c Case) carrier() string {
	if c.Worker == 0 {
		return nobodyCarries
	}
	return strconv.FormatInt(int64(c.Worker), 10)
}

const nobodyCarries = "nobody"

// countWorker counts a case under its worker from the opening until the closure. A case that changes hands counts as if
// the new worker had always carried it: the figure tells of today, as the list behind it.
func countWorker(tx *store.Tx, c Case, n int64) {
	tx.CountOf(c.Person, "case.worker", c.Centre, c.OpenedOn, c.carrier(), n)
	if c.ClosedOn != "" {
		tx.CountOf(c.Person, "case.worker", c.Centre, c.ClosedOn, c.carrier(), -n)
	}
}

// Whether somebody had a NIK when the case opened.
const (
	NikHad  = "had"
	NikNone = "none"
)

func nikOf(p person.Person) string {
	for _, claim := range p.Identifiers {
		if claim.Kind == "nik" {
			return NikHad
		}
	}
	return NikNone
}

// countNik counts a case by what its person had at the opening, and once more on the day on which a NIK came.
func countNik(tx *store.Tx, c Case, n int64) {
	if c.Nik != "" {
		tx.CountOf(c.Person, "case.papers", c.Centre, c.OpenedOn, c.Nik, n)
	}
	if c.NikOn != "" {
		tx.CountOf(c.Person, "case.issued", c.Centre, c.NikOn, issuedDim, n)
	}
}

// issuedDim is the one value of the measure of papers that came.
const issuedDim = "issued"

// followNik keeps for a case without papers that a NIK came, or that it was taken out of the registry again. What came
// after the closure is not of this case.
func followNik(tx *store.Tx, h homed) (bool, error) {
	came := h.NikOn
	switch {
	case h.Nik != NikNone || h.ClosedOn != "":
		return false, nil
	case h.nik == "":
		came = ""
	case came == "":
		came = max(h.nik, h.OpenedOn)
	}
	if came == h.NikOn {
		return false, nil
	}
	countNik(tx, h.Case, -1)
	h.NikOn = came
	countNik(tx, h.Case, 1)
	say := fail.Say("NIK tercatat %s.", came)
	if came == "" {
		say = fail.Say("NIK tidak lagi tercatat.")
	}
	tx.Record(entryOf(h.Case, say, nil))
	_, err := store.Exec(tx, setPapers, h.Nik, came, h.ID)
	return true, err
}

// oldPapers looks at cases of before: who has a NIK since after the opening had none then.
func oldPapers(tx *store.Tx) (int, error) {
	all, err := store.Each(tx, unread, scanHome, batchFollowed)
	for _, h := range all {
		h.Nik = NikHad
		if h.nik == "" || h.nik > h.OpenedOn {
			h.Nik = NikNone
		}
		if h.Nik == NikNone && h.nik != "" && (h.ClosedOn == "" || h.nik <= h.ClosedOn) {
			h.NikOn = h.nik
		}
		countNik(tx, h.Case, 1)
		if _, err := store.Exec(tx, setPapers, h.Nik, h.NikOn, h.ID); err != nil {
			return 0, err
		}
	}
	return len(all), err
}

// waits tells whether somebody was received by decision and has no bed yet.
func (f File) waits() bool {
	if f.Setting != Inside || orderOf(f.Stage) > orderOf(Planning) || f.DecisionOn == "" {
		return false
	}
	for _, s := range f.Stays {
		if s.State == residence.Open || s.State == residence.Reserved {
			return false
		}
	}
	return true
}

// queue is how long somebody waits for a place: since the decision, until a bed was given or the wait ended otherwise. Who
// loses the bed again waits anew from that day.
func (f File) queue() (from, to clock.Day) {
	switch waits := f.waits(); {
	case f.QueuedOn == "" && waits:
		return max(f.DecisionOn, f.OpenedOn), ""
	case f.QueuedOn == "":
		return "", ""
	case waits && f.PlacedOn != "":
		return f.Today, ""
	case waits:
		return f.QueuedOn, ""
	case f.PlacedOn != "":
		return f.QueuedOn, f.PlacedOn
	}
	return f.QueuedOn, max(f.QueuedOn, f.Today)
}

// countQueue counts who waits for a place, by the kind of PPKS.
func countQueue(tx *store.Tx, c Case, n int64) {
	if c.QueuedOn == "" {
		return
	}
	tx.CountOf(c.Person, "case.queue", c.Centre, c.QueuedOn, c.Kind, n)
	if c.PlacedOn != "" {
		tx.CountOf(c.Person, "case.queue", c.Centre, c.PlacedOn, c.Kind, -n)
	}
}
