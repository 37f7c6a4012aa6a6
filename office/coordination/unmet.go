package coordination

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
)

var noteUnmet = store.NewAct("referral.unmet", who.SendReferral)

// UnmetNeed is how often a kind of service could not be had for a kind of people: nothing fitted, all was full, or the
// agency refused. It names nobody.
type UnmetNeed struct {
	Category, Kind, Region string
	Why                    string // none, full, refused
	Reason                 string // of a refusal
	N                      int64
}

// Unmet counts the evidence of a centre between two days, both inclusive; centre 0 is all that the asker sees. For the
// needs map.
func Unmet(tx *store.Tx, centre id.ID, from, to clock.Day) ([]UnmetNeed, error) {
	return unmetBetween(tx, centre, from, to)
}

// UnmetKind is a kind of service that could not be had, with how often, and the evidence behind it.
type UnmetKind struct {
	Category string
	N        int64
	Rows     []UnmetNeed
}

// UnmetByKind is Unmet, added up by kind of service, in the order of the evidence.
func UnmetByKind(tx *store.Tx, centre id.ID, from, to clock.Day) (all []UnmetKind, err error) {
	rows, err := Unmet(tx, centre, from, to)
	at := map[string]int{}
	for _, r := range rows {
		n, known := at[r.Category]
		if !known {
			n, at[r.Category] = len(all), len(all)
			all = append(all, UnmetKind{Category: r.Category})
		}
		all[n].N += r.N
		all[n].Rows = append(all[n].Rows, r)
	}
	return all, err
}

// Lack says that the directory has nothing for a need.
type Lack struct {
	Category string `json:"category" required:"true" maxLength:"40" ask:"Pilih jenis layanan."`
}

// NoteLack counts that nothing in the directory fits the person of a case, or that everything which fits is full: once a
// day for each kind of service.
func (d *Desk) NoteLack(ctx context.Context, by who.Asker, caseID id.ID, in Lack) (why string, err error) {
	err = d.store.Write(ctx, by, noteUnmet, func(tx *store.Tx) error {
		f, err := casework.FileOf(tx, caseID)
		if err != nil {
			return err
		}
		offers, _, err := offersFor(tx, f, in.Category)
		if err != nil {
			return err
		}
		why = "none"
		for _, o := range offers {
			if why = "full"; !o.Full() {
				return fail.Broken("service-fits", "Masih ada layanan yang cocok: %s. Kirim rujukan ke sana dahulu.", o.AgencyName)
			}
		}
		noted, err := notedToday(tx, f.ID, in.Category)
		if err != nil || noted {
			return notedSame(err)
		}
		tx.Record(store.Entry{Kind: "case", ID: f.ID, Person: f.Person, Case: f.ID, Centre: f.Centre, Say: fail.Say("Layanan yang dibutuhkan tidak tersedia."), What: in})
		return insertUnmet(tx, UnmetNeed{Category: in.Category, Kind: f.Kind, Region: f.Region, Why: why}, f.Centre, f.ID, 0, 0, 0)
	})
	return why, notSame(err)
}

func notedSame(err error) error {
	if err == nil {
		return errSame
	}
	return err
}

// unmetBy counts a refusal; the receiver does not see the case, so the referral says of whom.
func unmetBy(tx *store.Tx, r Referral, why, reason string) error {
	return insertUnmetBy(tx, UnmetNeed{Why: why, Reason: reason}, r)
}

// seenFull counts the fitting services that were full when a referral went to another one.
func (d *Desk) seenFull(tx *store.Tx, f facts, r Referral) error {
	offers, _, err := offersFor(tx, f.file, r.Category)
	if err != nil {
		return err
	}
	for i, o := range offers {
		if i >= 20 || !o.Full() {
			continue
		}
		if err := insertUnmet(tx, UnmetNeed{Category: r.Category, Kind: f.file.Kind, Region: f.file.Region, Why: "full"}, r.Centre, r.Case, o.Agency, o.ID, r.ID); err != nil {
			return err
		}
	}
	return nil
}

// Waiting is how many referrals of all centres an agenda must speak about: past their answer day, and refused.
type Waiting struct{ Late, Refused int64 }

// Pressing counts the referrals that are past their answer day, and those that were refused: as the list of referrals
// shows them to the asker.
func Pressing(tx *store.Tx) (Waiting, error) { return waitingNow(tx) }

// Owing is an agency that owes answers: how many, and since which day the oldest.
type Owing struct {
	Agency id.ID
	Name   string
	N      int64
	Since  clock.Day
}

// Unanswered gives how many referrals are past their answer day or were refused, and the first agencies that owe answers, the
// most first.
func (d *Desk) Unanswered(ctx context.Context, by who.Asker, most int64) (w Waiting, all []Owing, err error) {
	err = d.store.Read(ctx, by, lookReferral, func(tx *store.Tx) error {
		if w, err = waitingNow(tx); err != nil || w.Late == 0 {
			return err
		}
		all, err = store.Each(tx, lateAnswers, func(r store.Row) (o Owing, err error) {
			err = r.Scan(&o.Agency, &o.Name, &o.N, &o.Since)
			return o, err
		}, tx.Today(), most)
		return err
	})
	return w, all, err
}
