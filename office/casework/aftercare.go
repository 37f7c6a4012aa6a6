package casework

import (
	"context"
	"fmt"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/person"
)

var (
	recordContact = store.NewAct("contact.record", who.WorkCase)
	lookContacts  = store.NewAct("contact.look", who.SeeCase)
)

// The states of a planned contact. The unreached stay in every denominator; only the dead and the moved on
// are void.
const (
	ContactOpen        = "open"
	ContactUnreached   = "unreached"
	ContactDependent   = "dependent"
	ContactIndependent = "independent"
	ContactVoid        = "void"
)

// Contact is one visit or call after the end of care, planned at 1, 3, 6 and 12 months (our design,
// configurable) or extra (month 0).
type Contact struct {
	ID           id.ID
	Version      int64
	Case, Centre id.ID
	Person       id.ID
	Month        int64
	DueOn        clock.Day
	State        string
	On           clock.Day
	Reached      *bool
	Method       string
	Independence *int64
	Work         string
	IncomeBand   string
	Household
	Note     string
	Attempts int64
	By       string
}

// Visit is what happened at a contact.
type Visit struct {
	Month        int64     `json:"month,omitempty" minimum:"0" maximum:"120"` // which planned contact; 0 is extra
	DueOn        clock.Day `json:"due_on,omitempty"`
	On           clock.Day `json:"on,omitempty"`
	Reached      *bool     `json:"reached,omitempty"`
	Method       string    `json:"method,omitempty" maxLength:"40"`
	Independence *int64    `json:"independence,omitempty" minimum:"1" maximum:"5"`
	Work         string    `json:"work,omitempty" maxLength:"40"`
	IncomeBand   string    `json:"income_band,omitempty" maxLength:"40"`
	Household
	Note  string `json:"note,omitempty" maxLength:"2000"`
	Final bool   `json:"final,omitempty"` // not reached, and no more attempts
}

// mayVisit checks what is told of a contact.
func mayVisit(f File, v Visit, today clock.Day) error {
	if f.Stage != Terminated && f.Stage != Aftercare {
		return fail.Broken("not-in-aftercare", "Bimbingan lanjut dicatat setelah terminasi.")
	}
	if v.On == "" { // only the due day is moved
		if v.DueOn == "" {
			return fail.Bad("on", "required", "Tulis tanggal kunjungan.")
		}
		if v.DueOn < f.StageSince {
			return fail.Bad("due_on", "order", "Tanggal %s lebih awal dari %s. Periksa salah satunya.", v.DueOn, f.StageSince)
		}
		return nil
	}
	if f.Ended != nil {
		if err := dayInOrder("on", v.On, f.Ended.On, today); err != nil {
			return err
		}
	}
	lists := law.Standard.On(v.On)
	var wrong fail.Fields
	if v.Reached == nil {
		wrong.Add("reached", "required", "Pilih bertemu atau tidak.")
	} else if *v.Reached && v.Independence == nil {
		wrong.Add("independence", "required", "Pilih tingkat kemandirian.")
	}
	for _, c := range []struct {
		field, key string
		list       []law.Named
	}{{"method", v.Method, lists.Methods}, {"work", v.Work, lists.Works}, {"income_band", v.IncomeBand, lists.IncomeBands}} {
		if c.key != "" && !law.Has(c.list, c.key) {
			wrong.Add(c.field, "choice", "Pilih salah satu dari daftar.")
		}
	}
	v.check(&wrong, v.On, today)
	return wrong.Err()
}

// Visit records a contact: the one with this id, else the planned one of the month, else an extra one.
func (d *Desk) Visit(ctx context.Context, by who.Asker, caseID, contact id.ID, version int64, v Visit) (c Contact, err error) {
	err = d.store.Write(ctx, by, recordContact, func(tx *store.Tx) error {
		f, err := take(tx, caseID, 0)
		if err != nil {
			return err
		}
		if err := mayVisit(f, v, tx.Today()); err != nil {
			return err
		}
		if c, err = chosen(f, contact, v); err != nil {
			return err
		}
		if version != 0 && c.Version != version {
			return fail.Stale
		}
		if err := keepVisit(tx, f, &c, v); err != nil {
			return err
		}
		_, err = refresh(tx, caseID)
		return err
	})
	return c, err
}

// chosen finds the contact that is meant.
func chosen(f File, contact id.ID, v Visit) (Contact, error) {
	for _, c := range f.Contacts {
		if c.ID == contact || contact == 0 && v.Month != 0 && c.Month == v.Month {
			return c, nil
		}
	}
	if contact != 0 {
		return Contact{}, fail.NotFound
	}
	due := v.DueOn
	if due == "" {
		due = v.On
	}
	return Contact{ID: id.New(), Case: f.ID, Centre: f.Centre, Person: f.Person, Month: 0, DueOn: due, State: ContactOpen}, nil
}

func keepVisit(tx *store.Tx, f File, c *Contact, v Visit) error {
	isNew := c.Version == 0
	old := *c
	if v.DueOn != "" {
		c.DueOn = v.DueOn
	}
	if v.On != "" {
		apply(c, v)
		c.By = tx.By().Name
	}
	c.Version++
	var err error
	if isNew {
		err = insertContact(tx, *c)
	} else {
		err = saveContact(tx, *c)
		count(tx, old, -1)
	}
	if err != nil {
		return err
	}
	count(tx, *c, 1)
	if v.On != "" {
		if err := insertAttempt(tx, *c); err != nil {
			return err
		}
	}
	say := fail.Say("Kunjungan dijadwalkan %s.", c.DueOn)
	switch {
	case v.On != "" && *c.Reached:
		say = fail.Say("Bimbingan lanjut %s: bertemu, kemandirian tingkat %d.", c.On, *c.Independence)
	case v.On != "":
		say = fail.Say("Bimbingan lanjut %s: belum bertemu, percobaan ke-%d.", c.On, c.Attempts)
	}
	tx.Record(store.Entry{Kind: "contact", ID: c.ID, Person: f.Person, Case: f.ID, Centre: f.Centre, Say: say, What: v})
	return nil
}

// apply puts what happened on a contact. Not reached leaves it open for another attempt, unless it is said
// to be the last.
func apply(c *Contact, v Visit) {
	c.On, c.Reached, c.Method, c.Independence, c.Work, c.IncomeBand, c.Household, c.Note = v.On, v.Reached, v.Method, v.Independence, v.Work, v.IncomeBand, v.tidy(), v.Note
	c.Attempts++
	switch {
	case !*v.Reached && v.Final:
		c.State = ContactUnreached
	case !*v.Reached:
		c.State = ContactOpen
	case *v.Independence >= int64(law.Standard.On(v.On).IndependentLevel):
		c.State = ContactIndependent
	default:
		c.State = ContactDependent
	}
}

// count keeps the figures "aftercare.1" and so on: each planned contact once, on the day it is due.
func count(tx *store.Tx, c Contact, n int64) {
	if c.Month != 0 {
		tx.CountOf(c.Person, fmt.Sprintf("aftercare.%d", c.Month), c.Centre, c.DueOn, c.State, n)
	}
}

// planContacts plans the visits of the aftercare.
func planContacts(tx *store.Tx, c Case, from clock.Day) error {
	for _, p := range Planned(c, from, law.Standard.On(from).AftercareMonths) {
		if err := insertContact(tx, p); err != nil {
			return err
		}
		count(tx, p, 1)
	}
	return nil
}

// nextContact is the day of the next open contact.
func (f File) nextContact() clock.Day {
	for _, c := range f.Contacts {
		if c.State == ContactOpen {
			return c.DueOn
		}
	}
	return ""
}

// LastContact is the last planned contact; nil when none was planned.
func (f File) LastContact() *Contact {
	for i := len(f.Contacts) - 1; i >= 0; i-- {
		if f.Contacts[i].Month != 0 {
			return &f.Contacts[i]
		}
	}
	return nil
}

var (
	closeIt    = store.NewAct("case.close", who.WorkCase)
	closeWaive = store.NewAct("case.close-waived", who.WaiveRule)
)

// Closing is how the whole case ends. settled is "kasus tuntas": the person stands on her own.
type Closing struct {
	On     clock.Day `json:"on" required:"true" ask:"Tulis tanggal penutupan."`
	Result string    `json:"result" required:"true" enum:"settled,lost,deceased,transferred,returned" ask:"Pilih hasil."`
	Note   string    `json:"note,omitempty" maxLength:"2000"`
	Waiver *Waiver   `json:"waiver,omitempty"`
}

// mayClose holds Pasal 7 ayat (1) huruf g: aftercare is a stage; a case is not settled at termination.
func mayClose(f File, c Closing, today clock.Day) (waived []string, err error) {
	switch {
	case !f.Open():
		return nil, fail.Broken("case-closed", "Kasus ini sudah ditutup.")
	case f.Stage == Terminated && c.Result == "deceased":
	case f.Stage != Aftercare:
		return nil, gateOf([]Condition{{Code: "stage-order", Firm: true, Say: orderSays[Next(f.Stage)]}}, false)
	}
	if err := dayInOrder("on", c.On, f.StageSince, today); err != nil {
		return nil, err
	}
	if c.Result != "settled" {
		return nil, nil
	}
	conditions := Conditions(f)
	if err := gateOf(conditions, c.Waiver != nil); err != nil {
		return nil, err
	}
	for _, w := range undone(conditions) {
		waived = append(waived, w.Code)
	}
	return waived, nil
}

// beforeClosure says what "tuntas" asks for: the last planned visit met the person, and she stands on her own.
func beforeClosure(f File) []Condition {
	level := int64(law.Standard.On(f.Today).IndependentLevel)
	last := f.LastContact()
	met := Condition{Code: "last-contact-missing", Say: fail.Say("Kunjungan terakhir bimbingan lanjut belum bertemu."), Article: "Pasal 7 ayat (1) huruf g", Part: "contacts"}
	alone := Condition{Code: "not-independent", Say: fail.Say("Kemandirian pada kunjungan terakhir belum tingkat %d.", level), Part: "contacts"}
	if last != nil && last.Reached != nil && *last.Reached {
		met.Done, met.Say = true, fail.Say("Kunjungan terakhir %s bertemu.", last.On)
		if last.Independence != nil && *last.Independence >= level {
			alone.Done, alone.Say = true, fail.Say("Kemandirian tingkat %d.", *last.Independence)
		}
	}
	return []Condition{met, alone}
}

// Close ends the whole case.
func (d *Desk) Close(ctx context.Context, by who.Asker, caseID id.ID, version int64, c Closing) (f File, err error) {
	if err := byPeople(by); err != nil {
		return f, err
	}
	act := closeIt
	if c.Waiver != nil {
		act = closeWaive
	}
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if f, err = take(tx, caseID, version); err != nil {
			return err
		}
		waived, err := mayClose(f, c, tx.Today())
		if err != nil {
			return err
		}
		waiver := ""
		if len(waived) > 0 {
			waiver = c.Waiver.Reason
		}
		if err := voidContacts(tx, f, c); err != nil {
			return err
		}
		if _, err := enterStage(tx, f.Case, Closed, c.On, c.Note, waiver, waived); err != nil {
			return err
		}
		if _, err := store.Exec(tx, closeCase, c.On, c.Result, caseID); err != nil {
			return err
		}
		if c.Result == "deceased" {
			if err := person.MarkDeceased(tx, f.Person, c.On); err != nil {
				return err
			}
		}
		tx.CountOf(f.Person, "case.closed", f.Centre, c.On, c.Result, 1)
		tx.CountOf(f.Person, "case.region", f.Centre, c.On, f.Region, -1)
		tx.CountOf(f.Person, "case.worker", f.Centre, c.On, f.carrier(), -1)
		tx.Record(entryOf(f.Case, closeSays[c.Result], c))
		f, err = refresh(tx, caseID)
		return err
	})
	return f, err
}

var closeSays = map[string]fail.Saying{
	"settled":     fail.Say("Kasus tuntas: mandiri."),
	"lost":        fail.Say("Kasus ditutup: tidak lagi terjangkau."),
	"deceased":    fail.Say("Kasus ditutup: meninggal dunia."),
	"transferred": fail.Say("Kasus ditutup: dipindahkan."),
	"returned":    fail.Say("Kasus ditutup: kembali ke layanan."),
}

// voidContacts takes the contacts that are still open out of the figures when the person died, moved to
// another centre or came back; of the lost they stay, as not reached.
func voidContacts(tx *store.Tx, f File, c Closing) error {
	state := ContactVoid
	if slices.Contains([]string{"lost", "settled"}, c.Result) {
		state = ContactUnreached
	}
	for _, open := range f.Contacts {
		if open.State != ContactOpen {
			continue
		}
		count(tx, open, -1)
		open.State = state
		open.Version++
		if err := saveContact(tx, open); err != nil {
			return err
		}
		count(tx, open, 1)
	}
	return nil
}
