package interop

import (
	"errors"
	"strconv"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/casework"
	"tuntas/office/person"
)

// taker is a row that was read and can be taken in.
type taker interface {
	// same tells rows of one content apart, before any of them is taken in.
	same(r *record, seen map[string]int)
	// take takes the row in by the deeds of the desks; fresh is false when it was taken in before.
	take(t *taking) (subject store.Entry, fresh bool, err error)
}

// taking is what the rows of one transaction share.
type taking struct {
	tx     *store.Tx
	lists  lists
	cases  *casework.Taking
	beds   *bedBook
	doubts []Doubt // found while the present row was taken in
}

func newTaking(tx *store.Tx, l lists, beds *bedBook) *taking {
	return &taking{tx: tx, lists: l, cases: casework.NewTaking(tx), beds: beds}
}

func (t *taking) doubt(d Doubt) { t.doubts = append(t.doubts, d) }

// person finds the person that a row means, by id or by NIK.
func (t *taking) person(named id.ID, nik string) (id.ID, error) {
	if named != 0 {
		return named, nil
	}
	found, err := person.OfNumber(t.tx, "nik", nik)
	switch {
	case err != nil:
		return 0, err
	case len(found) == 0:
		return 0, fail.Bad(ColNIK, "unknown", "Tidak ada orang dengan NIK ini di UPT Anda.")
	case len(found) > 1:
		return 0, fail.Bad(ColNIK, "ambiguous", "Beberapa orang memakai NIK ini. Tulis pengenal orangnya.")
	}
	return found[0], nil
}

// newPerson tells whether nobody has this id yet.
func (t *taking) newPerson(e person.Entry) (bool, error) {
	p, err := person.ByID(t.tx, e.ID)
	switch {
	case errors.Is(err, fail.NotFound):
		return true, nil
	case err != nil || p.SameAs(e):
		return false, err
	}
	return false, fail.Clash("id-used", "Pengenal ini sudah dipakai untuk catatan lain.")
}

var errRaced = errors.New("another import took this row in just now")

// mark keeps the print of a row, by which it is known again.
func (t *taking) mark(who id.ID, print string) error {
	err := person.MarkImported(t.tx, who, print)
	if store.Duplicate(err) {
		return errRaced
	}
	return err
}

// try takes one row in, or leaves no trace of it. What is doubtful stands in the trail of what came of it.
func (t *taking) try(w work) (fresh bool, doubts []Doubt, err error) {
	t.doubts = nil
	err = t.tx.Try(func() error {
		subject, isFresh, err := w.row.take(t)
		if err != nil || !isFresh { // nothing was written
			return err
		}
		fresh, doubts = true, append(w.doubts, t.doubts...)
		for _, d := range doubts {
			subject.Say = fail.Say("Impor baris %s: %s tertulis “%s”, ditandai meragukan.", strconv.Itoa(w.line), d.Column, d.Typed)
			subject.What = d
			t.tx.Record(subject)
		}
		return nil
	})
	if errors.Is(err, errRaced) {
		err = nil
	}
	return fresh, doubts, err
}

// problemsOf gives what a refusal of a desk means for the columns of a list; false for what is no refusal,
// such as a database that is gone.
func problemsOf(err error, k *kind) ([]Problem, bool) {
	var wrong *fail.Invalid
	var rule *fail.Rule
	var clash *fail.Collision
	switch {
	case errors.As(err, &wrong):
		var all []Problem
		for _, f := range wrong.Fields {
			all = append(all, Problem{k.columnOf(f.Name), f.Code, f.Say})
		}
		return all, true
	case errors.As(err, &rule):
		return []Problem{{k.columnOf(rule.Name), rule.Name, rule.Say}}, true
	case errors.As(err, &clash):
		return []Problem{{k.columnOf(clash.Name), clash.Name, clash.Say}}, true
	case errors.Is(err, fail.NotFound):
		return []Problem{{"", "unknown", fail.Say("Baris ini menunjuk sesuatu yang tidak ada di UPT Anda.")}}, true
	case errors.Is(err, fail.Denied):
		return []Problem{{"", "denied", fail.Say("Anda tidak berhak melakukan ini.")}}, true
	}
	return nil, false
}
