package casework

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Decision is the decision letter that names the beneficiary (Permensos 15/2025 Pasal 1 angka 7).
type Decision struct {
	Number string    `json:"number" required:"true" maxLength:"80" ask:"Tulis nomor surat keputusan."`
	On     clock.Day `json:"on" required:"true" ask:"Tulis tanggal surat keputusan."`
}

// MayDecide holds when the letter of a day may be given: when the criteria are met or waived, or in an emergency.
func MayDecide(f File, on, today clock.Day) error {
	if err := dayInOrder("on", on, f.OpenedOn, today); err != nil {
		return err
	}
	if f.Emergency {
		return nil
	}
	return gateOf(criteriaOf(f), false)
}

// criteriaOf gives the conditions that are about admission alone.
func criteriaOf(f File) []Condition {
	all := beforeAssessment(f)
	return all[:len(all)-1]
}

// Decide keeps number and day of the decision letter.
func (d *Desk) Decide(ctx context.Context, by who.Asker, caseID id.ID, version int64, in Decision) (f File, err error) {
	if err := byPeople(by); err != nil {
		return f, err
	}
	err = d.store.Write(ctx, by, decide, func(tx *store.Tx) error {
		if f, err = takeOpen(tx, caseID, version); err != nil {
			return err
		}
		f, err = DecideIn(tx, f, in)
		return err
	})
	return f, err
}

// DecideIn keeps number and day of the decision letter of an open case, within the transaction that issues it. Only
// people decide, and only those who may.
func DecideIn(tx *store.Tx, f File, in Decision) (File, error) {
	if err := byPeople(tx.By()); err != nil {
		return f, err
	}
	if !tx.By().May(who.ApproveCase) {
		return f, fail.Denied
	}
	if err := MayDecide(f, in.On, tx.Today()); err != nil {
		return f, err
	}
	f.DecisionNo, f.DecisionOn = in.Number, in.On
	if err := keepFacts(tx, f.Case); err != nil {
		return f, err
	}
	tx.Record(entryOf(f.Case, fail.Say("Keputusan penerimaan %s tanggal %s dicatat.", in.Number, in.On), in))
	return refresh(tx, f.ID)
}

// UndecideIn takes the decision back that a letter gave, when that letter is annulled. The case waits for another one,
// unless it has another already.
func UndecideIn(tx *store.Tx, caseID id.ID, number string) error {
	c, err := ByID(tx, caseID)
	if err != nil || !c.Open() || c.DecisionNo != number {
		return err
	}
	c.DecisionNo, c.DecisionOn = "", ""
	if err := keepFacts(tx, c); err != nil {
		return err
	}
	tx.Record(entryOf(c, fail.Say("Keputusan penerimaan %s tidak berlaku lagi karena suratnya dibatalkan.", number), nil))
	_, err = refresh(tx, caseID)
	return err
}
