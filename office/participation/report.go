package participation

import (
	"context"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/gate"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
)

// Desk is the desk of reports of the public.
type Desk struct {
	store *store.Store
	cases *casework.Desk
	gate  gate.Gate
}

// New opens the desk.
func New(s *store.Store, cases *casework.Desk) *Desk { return &Desk{s, cases, gate.New(s, "lapor")} }

// The ways in which a reporter is known.
const (
	Anonymous    = "anonymous"
	Confidential = "confidential" // the province alone sees who it is
	Named        = "open"
)

// Report is one report. A report is sealed when it tells of abuse in an institution: nobody of any institution sees it.
type Report struct {
	ID                                  id.ID
	Version                             int64
	Number                              string
	State, Category                     string
	Sealed, Open                        bool // Open is listed to everybody at Open311
	Danger, Description                 string
	Region, Place, Lat, Lng, Seen       string
	About                               id.ID // the institution complained of
	AboutName                           string
	Contact, ContactName, ContactPhone  string
	Source                              string
	ReceivedAt                          time.Time
	ReceivedOn, AnswerDueOn, AnsweredOn clock.Day
	DueOn, ClosedOn                     clock.Day
	Outcome, Satisfied                  string
	Reopened                            int64
	Centre, Agency                      id.ID
	CentreName, AgencyName              string
	Case, MergedInto                    id.ID
	SP4N, SP4NState                     string
	words                               string
}

// Live tells whether somebody must still act.
func (r Report) Live() bool { return live(r.State) }

// Path is its page for staff.
func (r Report) Path() string { return "/public-reports/" + r.ID.String() }

// Kind is its category as it was on the day it came.
func (r Report) Kind() law.ReportCategory {
	c, _ := law.Reports.On(r.ReceivedOn).Category(r.Category)
	return c
}

// shown keeps the contact of a confidential reporter from everybody but the province.
func (r Report) shown(by who.Asker) Report {
	if r.Contact == Confidential && !by.Whole().All && !by.System {
		r.ContactName, r.ContactPhone = "", ""
	}
	return r
}

func (r Report) entry(say string, what any, args ...any) store.Entry {
	at := r.Centre
	if r.Sealed {
		at = 0 // the trail of an institution does not speak of it
	}
	return store.Entry{Kind: "report", ID: r.ID, Centre: at, Say: fail.Say(say, append([]any{r.Number}, args...)...), What: what}
}

// Step is one line of what happened to a report, or one message.
type Step struct {
	ID     id.ID
	At     time.Time
	Kind   string
	Sender string // reporter, staff, house
	By     string
	Body   string
	Shown  bool
}

// Photo is a photo of a report, without its bytes.
type Photo struct {
	ID   id.ID
	At   time.Time
	Type string
	Size int64
}

// Sheet is a report with what happened to it, for staff.
type Sheet struct {
	Report
	Steps  []Step
	Photos []Photo
	Alike  []Likeness
	Joined []Report // those that were merged into it
}

var (
	look      = store.NewAct("report.look", who.SeeReport)
	lookPhoto = store.NewDisclosure("report.photo", who.SeeReport, store.ByFile)
)

// Look gives a report with its steps; of those that lie merged in it, the numbers.
func (d *Desk) Look(ctx context.Context, by who.Asker, report id.ID) (s Sheet, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		s = Sheet{}
		if s.Report, err = byID(tx, report); err != nil {
			return err
		}
		if s.Steps, err = stepsOf(tx, report); err != nil {
			return err
		}
		if s.Photos, err = photosOf(tx, report); err != nil {
			return err
		}
		if s.Joined, err = joinedTo(tx, report); err != nil {
			return err
		}
		s.Alike, err = alike(tx, s.Report)
		s.Report = s.shown(by)
		return err
	})
	return s, err
}

// OpenPhoto gives the bytes of a photo.
func (d *Desk) OpenPhoto(ctx context.Context, by who.Asker, photo id.ID) (p Photo, body []byte, err error) {
	err = d.store.Read(ctx, by, lookPhoto, func(tx *store.Tx) error {
		p, body, err = photoBytes(tx, photo)
		tx.Leaves()
		return err
	})
	return p, body, err
}

// Filter chooses reports.
type Filter struct {
	Show     string // live, late, closed; "" is live
	Category string
	Region   string
	Number   string
	After    id.ID
	Limit    int64
}

// Counts are how many reports of the asker's reach need somebody, and how many of them are late.
type Counts struct{ Live, Late int64 }

// Reports lists reports: those that wait by age, those that are closed the newest first.
func (d *Desk) Reports(ctx context.Context, by who.Asker, f Filter) (all []Report, n Counts, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if all, err = listed(tx, f); err != nil {
			return err
		}
		for i, r := range all {
			all[i] = r.shown(by)
		}
		n, err = countsOf(tx)
		return err
	})
	return all, n, err
}

// Waiting gives the first reports that wait, the late ones first, for a home.
func (d *Desk) Waiting(ctx context.Context, by who.Asker, limit int64) (all []Report, n Counts, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if all, err = pressing(tx, limit); err != nil {
			return err
		}
		n, err = countsOf(tx)
		return err
	})
	return all, n, err
}
