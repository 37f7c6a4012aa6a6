package casework

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/person"
	"tuntas/office/residence"
)

// File is a case with everything that its gates and its page look at, read in a fixed number of statements.
type File struct {
	Case
	Today       clock.Day // the day it was read
	Who         person.Person
	Consents    []person.Consent
	CentreName  string
	StayDays    int // usual length of stay at this kind of centre; 0 where there is none
	WorkerName  string
	Stages      []Entry
	Criteria    []Criterion // with their answers; none outside the panti
	Assessments []Assessment
	Needs       []Need
	Plan        *Plan  // the approved one
	Draft       *Plan  // the newest that is not approved, when it is newer
	Versions    []Plan // every version, newest first, without goals
	Stays       []residence.Stay
	Head        *Head // of the family, for spouse and children
	Papers      Papers
	Before      *Before // the household, as it was known before care ended
	Later
}

var lookCase = store.NewAct("case.look", who.SeeCase)

// Look reads the file of a case.
func (d *Desk) Look(ctx context.Context, by who.Asker, caseID id.ID) (f File, err error) {
	err = d.store.Read(ctx, by, lookCase, func(tx *store.Tx) error {
		f, err = FileOf(tx, caseID)
		tx.Saw(f.Person)
		return err
	})
	return f, err
}

// ByID reads a case alone; a case of a restricted person is not there for others.
func ByID(tx *store.Tx, caseID id.ID) (Case, error) {
	f, err := store.One(tx, caseByID, scanFile, caseID)
	return f.Case, err
}

// FileOf reads the file of a case.
func FileOf(tx *store.Tx, caseID id.ID) (File, error) {
	f, err := store.One(tx, caseByID, scanFile, caseID)
	if err != nil {
		return f, err
	}
	return f, f.load(tx)
}

func (f *File) load(tx *store.Tx) (err error) {
	f.Today = tx.Today()
	if f.Who, err = person.ByID(tx, f.Person); err != nil {
		return err
	}
	for i, claim := range f.Who.Identifiers {
		f.Who.Identifiers[i].Value = person.Masked(claim.Value, tx.By())
	}
	if f.Consents, err = person.Consents(tx, f.Person); err != nil {
		return err
	}
	if f.Stages, err = stagesOf(tx, f.ID); err != nil {
		return err
	}
	if f.Assessments, err = assessmentsOf(tx, f.ID); err != nil {
		return err
	}
	if f.Needs, err = needsOf(tx, f.ID); err != nil {
		return err
	}
	if f.Stays, err = residence.OfCase(tx, f.ID); err != nil {
		return err
	}
	answers, err := answersOf(tx, f.ID)
	if err != nil {
		return err
	}
	if err = f.loadHead(tx); err != nil {
		return err
	}
	f.Criteria = judge(*f, answers)
	if err = f.loadPlans(tx); err != nil {
		return err
	}
	return f.Later.load(tx, f.Case)
}

// Group is the group of basic needs of the case's kind (Pasal 22-25).
func (f File) Group() string {
	k, _ := law.KindOf(f.Kind)
	return k.ItemsGroup
}

// Signed gives the newest signed assessment with an instrument, on one of the occasions when any are named.
func (f File) Signed(instrument string, occasions ...string) *Assessment {
	for i, a := range f.Assessments { // newest first
		if a.Instrument != instrument || a.SignedOn == "" {
			continue
		}
		if len(occasions) == 0 {
			return &f.Assessments[i]
		}
		for _, o := range occasions {
			if a.Occasion == o {
				return &f.Assessments[i]
			}
		}
	}
	return nil
}

// assessed gives the newest signed assessment that counts where the service is given: inside the panti one
// that a Pekerja Sosial with a certificate signed (Pasal 1, 7 ayat (2), 18 ayat (9)); outside a TKS or
// Relawan may assess too (Pasal 14 ayat (2), 17 ayat (2)).
func (f File) assessed(instrument string, occasions ...string) *Assessment {
	for i, a := range f.Assessments { // newest first
		right := len(occasions) == 0 || slices.Contains(occasions, a.Occasion)
		if a.Instrument == instrument && a.SignedOn != "" && right && (f.Setting == Outside || a.CertificateNo != "") {
			return &f.Assessments[i]
		}
	}
	return nil
}

// Housed tells whether the person has an open stay in this case.
func (f File) Housed() bool {
	for _, s := range f.Stays {
		if s.State == residence.Open {
			return true
		}
	}
	return false
}
