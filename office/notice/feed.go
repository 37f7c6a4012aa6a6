package notice

import (
	"context"
	"errors"
	"strings"

	"tuntas/house/calendar"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/actions"
	"tuntas/office/casework"
	"tuntas/office/competence"
	"tuntas/office/coordination"
	"tuntas/office/meeting"
)

var (
	findFeed = store.NewSystemAct("notice.find-calendar", who.Anyone)
	readFeed = store.NewAct("notice.read-calendar", who.SignedIn)
)

// Feed gives the calendar behind a secret address: the due days of its user, seen with the user's rights of today. No name
// stands in it: who finds the address learns that some case has a visit on some day. fail.NotFound for an address that is
// none, or whose user is gone.
func (d *Desk) Feed(ctx context.Context, secret, site string) (body []byte, err error) {
	var user id.ID
	err = d.store.Read(ctx, who.House("notices"), findFeed, func(tx *store.Tx) error {
		user, err = feedUser(tx, hashOf(secret))
		return err
	})
	if err != nil {
		return nil, err
	}
	by, err := d.access.AskerOf(ctx, user)
	if err != nil {
		return nil, fail.NotFound // whatever is wrong with the account, there is no calendar
	}
	var events []calendar.Event
	err = d.store.Read(ctx, by, readFeed, func(tx *store.Tx) error {
		events, err = eventsOf(tx, user, site)
		return err
	})
	if errors.Is(err, fail.Denied) {
		return nil, fail.NotFound
	}
	return calendar.File(calendar.Publish, "Tuntas", events...), err
}

// CaseNumber names a case where no name may stand: the end of its id.
func CaseNumber(of id.ID) string {
	s := of.String()
	return "K-" + s[len(s)-6:]
}

var dueWords = map[string]text.Word{"visit": "Kunjungan bimbingan lanjut, kasus %s", "review": "Peninjauan, kasus %s", "stage": "Batas waktu tahap, kasus %s"}

func eventsOf(tx *store.Tx, user id.ID, site string) (all []calendar.Event, err error) {
	day := func(uid, path, name string) calendar.Event {
		return calendar.Event{UID: uid + "@tuntas", Stamp: tx.Now(), Name: name, URL: site + path}
	}
	dues, err := casework.DuesOf(tx, user)
	for _, due := range dues {
		e := day(due.Kind+"-"+due.ID.String(), "/cases/"+due.Case.String(), text.T(text.ID, string(dueWords[due.Kind]), CaseNumber(due.Case)))
		e.On = due.On
		all = append(all, e)
	}
	if err != nil {
		return nil, err
	}
	waiting, err := coordination.DuesOf(tx, user)
	for _, r := range waiting {
		e := day("referral-"+r.ID.String(), "/referrals/"+r.ID.String(), text.T(text.ID, "Jawaban %s ditunggu, kasus %s", r.Agency, CaseNumber(r.Case)))
		e.On = r.DueOn
		all = append(all, e)
	}
	if err != nil {
		return nil, err
	}
	owed, err := actions.DuesOf(tx, user)
	for _, a := range owed {
		e := day("action-"+a.ID.String(), a.Path(), text.T(text.ID, "Tindak lanjut: %s", a.Title))
		e.On = a.DueOn
		all = append(all, e)
	}
	if err != nil {
		return nil, err
	}
	meetings, err := meeting.Ahead(tx)
	for _, m := range meetings {
		all = append(all, m.Event(tx.Now()))
	}
	if err != nil {
		return nil, err
	}
	trainings, err := competence.TrainingsFor(tx, user)
	for _, t := range trainings {
		e := day("training-"+t.ID.String(), "/trainings/"+t.ID.String(), text.T(text.ID, "Pelatihan: %s", t.Name))
		e.On, e.Place = t.From, t.Place
		if t.To > t.From {
			e.About = text.T(text.ID, "Sampai %s.", t.To)
		}
		all = append(all, e)
	}
	return all, err
}

// secretIn takes the secret out of an address that ends in .ics.
func secretIn(word string) string { return strings.TrimSuffix(word, ".ics") }
