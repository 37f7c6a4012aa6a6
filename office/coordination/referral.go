package coordination

import (
	"context"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/centre"
)

var lookReferral = store.NewAct("referral.look", who.SeeCase)

// Referral is a case, or one need of it, put into the hands of somebody else: what was asked, which data went along,
// on which basis, by when an answer is owed, and how it went.
type Referral struct {
	ID           id.ID
	Version      int64
	Case, Person id.ID
	Centre       id.ID // that sends
	ToCentre     id.ID // that receives, when a UPT does; else 0
	Agency       id.ID
	Service      id.ID
	Category     string
	Kind         string // of PPKS
	Region       string // home district as counted
	Need         string
	Basis        string // a key of law.Referral.Bases
	BasisNote    string
	Consent      id.ID
	Assessment   id.ID // of a Pekerja Sosial, on which it rests (Pasal 18 ayat (9))
	Extras       []Extra
	Frozen       Frozen // exactly what the receiver sees
	State        string
	DueOn        clock.Day // an answer is owed
	MadeOn       clock.Day
	SentOn       clock.Day
	SentAt       time.Time
	AnsweredAt   time.Time
	StartedOn    clock.Day
	StartedProof string
	FinishedOn   clock.Day
	Result       string // a key of law.Referral.Results
	Reason       string // of a refusal: a key of law.Referral.Refusals
	Note         string // the last word: of a question, a refusal, a result
	Steps        int64  // of escalation, so far
	Attachment   id.ID  // the file of the result, in the case
	Former       id.ID  // the referral that this one replaces
	User         id.ID
	By           string
	Site         string
	AgencyName   string
	AgencyKind   string
	CentreName   string
	Called       string
	Events       []Event // with one referral

	was *reckoning // as it stands in the figures; nil where it was not counted yet
}

// Path is the page of the referral.
func (r Referral) Path() string { return "/referrals/" + r.ID.String() }

// Late tells whether an answer is owed since before today.
func (r Referral) Late(today clock.Day) bool { return r.Waits() && r.DueOn < today }

// Event is one step of a referral.
type Event struct {
	At    time.Time
	State string
	Via   string // page, api, link, command
	By    string
	Note  string
}

// NewReferral prepares a referral. Nothing leaves before it is sent.
type NewReferral struct {
	ID        id.ID            `json:"id,omitempty"`
	Service   id.ID            `json:"service_id" required:"true" ask:"Pilih ke mana."`
	Need      string           `json:"need" required:"true" maxLength:"500" ask:"Tulis apa yang dibutuhkan."`
	Extras    []Extra          `json:"extras,omitempty"`
	Basis     string           `json:"basis" required:"true" enum:"consent,vital_interest,legal_duty,public_task" ask:"Pilih dasar berbagi data."`
	BasisNote string           `json:"basis_note,omitempty" maxLength:"500"`
	DueOn     clock.Day        `json:"due_on,omitempty"`
	Waiver    *casework.Waiver `json:"waiver,omitempty"`
}

// takeReferral reads a referral for a deed that must be possible.
func takeReferral(tx *store.Tx, referral id.ID, version int64, deed string) (Referral, error) {
	r, err := referralByID(tx, referral)
	if err != nil {
		return r, err
	}
	if version != 0 && r.Version != version {
		return r, fail.Stale
	}
	return r, mayDo(r, deed)
}

// Referral gives one referral with its history.
func (d *Desk) Referral(ctx context.Context, by who.Asker, referral id.ID) (r Referral, err error) {
	err = d.store.Read(ctx, by, lookReferral, func(tx *store.Tx) error {
		if r, err = referralByID(tx, referral); err != nil {
			return err
		}
		tx.Saw(r.Person)
		r.Events, err = eventsOf(tx, r.ID)
		return err
	})
	return r, err
}

// OfCase gives the referrals of a case, the newest first.
func (d *Desk) OfCase(ctx context.Context, by who.Asker, caseID, before id.ID, limit int64) (all []Referral, f casework.File, err error) {
	err = d.store.Read(ctx, by, lookReferral, func(tx *store.Tx) error {
		if f, err = casework.FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(f.Person)
		all, err = referralsOf(tx, caseID, before, limit)
		return err
	})
	return all, f, err
}

// Recent gives the newest referrals of a case that was read already.
func (d *Desk) Recent(ctx context.Context, by who.Asker, caseID id.ID, n int64) (all []Referral, err error) {
	err = d.store.Read(ctx, by, lookReferral, func(tx *store.Tx) error {
		all, err = referralsOf(tx, caseID, 0, n)
		return err
	})
	return all, err
}

// Chosen is how the list of referrals is narrowed.
type Chosen struct {
	Side  string `query:"side" enum:"in,out"`
	State string `query:"state" enum:"prepared,sent,received,needs_information,accepted,started,finished,refused,rerouted,withdrawn"`
	Late  bool   `query:"late"`
	Limit int64  `query:"limit" minimum:"1" maximum:"500"`
	After id.ID  `query:"after"`
}

// Referrals lists those from and to the asker's centres, the newest first.
func (d *Desk) Referrals(ctx context.Context, by who.Asker, c Chosen) (all []Referral, err error) {
	err = d.store.Read(ctx, by, lookReferral, func(tx *store.Tx) error {
		all, err = referralList(tx, c)
		for _, r := range all {
			tx.Saw(r.Person)
		}
		return err
	})
	return all, err
}

// Ways is what the page of a new referral shows: the case, and once a kind of service is chosen what fits.
type Ways struct {
	File   casework.File
	Offers []Offer
	Any    int // services of this kind before anything was asked of them
}

// WaysFor searches the directory for the person of a case.
func (d *Desk) WaysFor(ctx context.Context, by who.Asker, caseID id.ID, category string) (w Ways, err error) {
	err = d.store.Read(ctx, by, lookReferral, func(tx *store.Tx) error {
		if w.File, err = casework.FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(w.File.Person)
		if category == "" {
			return nil
		}
		w.Offers, w.Any, err = offersFor(tx, w.File, category)
		return err
	})
	return w, err
}

func offersFor(tx *store.Tx, f casework.File, category string) ([]Offer, int, error) {
	at, err := centre.ByID(tx, f.Centre)
	if err != nil {
		return nil, 0, err
	}
	all, err := servicesIn(tx, category)
	if err != nil {
		return nil, 0, err
	}
	pace, err := paces(tx)
	return offered(all, f, at.Region, pace), len(all), err
}
