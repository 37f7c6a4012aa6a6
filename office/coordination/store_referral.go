package coordination

import (
	"cmp"
	"encoding/json"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

const referralColumns = `r.id, r.version, r.case_id, r.person_id, r.centre_id, r.to_centre, r.agency_id, r.service_id, r.category, r.ppks_type, r.region, r.need, r.basis, r.basis_note,
	r.consent_id, r.assessment_id, r.fields, r.frozen, r.state, r.due_on, r.made_on, r.sent_on, r.sent_at, r.answered_at, r.started_on, r.started_proof, r.finished_on, r.result, r.reason,
	r.note, r.steps, r.attachment_id, r.former_id, r.user_id, r.user_name, r.site, r.answered, r.ended, a.name, a.kind, e.name
	from referrals r join agencies a on a.id = r.agency_id join centre_list e on e.id = r.centre_id `

var (
	referralOne     = store.SQL(`select ` + referralColumns + `where r.id = ? and {see r}`)
	referralsOfCase = store.SQL(`select ` + referralColumns + `where r.case_id = ? and r.id < ? and {see r} order by r.id desc limit ?`) // index: referrals_case
	// index: referrals_from, referrals_to; all of the province by the key
	referralPage = store.SQL(`select ` + referralColumns + `where r.id < ? and {see r} {parts} order by r.id desc limit ?`)
	inState      = store.NewPart(`and r.state = ?`)
	isLate       = store.NewPart(`and r.due_on < ? and r.state in ('sent', 'received', 'needs_information')`)
	fromCentre   = store.NewPart(`and r.centre_id = ?`)
	toCentre     = store.NewPart(`and r.to_centre = ?`)
	toAnyCentre  = store.NewPart(`and r.to_centre is not null`)
	notPrepared  = store.NewPart(`and r.state <> 'prepared'`)
	openAt       = store.SQL(`select count(*) from referrals r where r.case_id = ? and r.service_id = ? and r.state in ('sent', 'received', 'needs_information', 'accepted', 'started') and {see r}`)
	// index: referrals_agency
	referralsOfAgency = store.SQL(`select ` + referralColumns + `where r.agency_id = ? and r.state in ('sent', 'received', 'needs_information', 'accepted', 'started') and {see r} order by r.id limit 100`)
	referralOfAgency  = store.SQL(`select ` + referralColumns + `where r.id = ? and r.agency_id = ? and r.state not in ('prepared', 'withdrawn', 'rerouted') and {see r}`)
	newlySent         = store.SQL(`select ` + referralColumns + `where r.agency_id = ? and r.state = 'sent' and {see r} order by r.id limit 100`)                                                      // index: referrals_agency
	overdue           = store.SQL(`select ` + referralColumns + `where r.due_on < ? and r.state in ('sent', 'received', 'needs_information') and r.steps < ? and {see r} order by r.due_on limit 200`) // index: referrals_due

	newReferral = store.SQL(`insert into referrals (id, version, to_centre, agency_id, service_id, category, ppks_type, region, need, basis, basis_note, consent_id, assessment_id, fields, frozen, state,
			due_on, made_on, sent_on, sent_at, answered_at, started_on, started_proof, finished_on, result, reason, note, steps, attachment_id, former_id, user_id, user_name, site, case_id, centre_id, person_id)
		select ?, 1, ?, ?, ?, ?, c.ppks_type, c.region, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, 0, 0, null, '', null, '', '', ?, 0, null, null, ?, ?, '', c.id, c.centre_id, c.person_id from cases c where c.id = ? and {see c}`)
	changedReferral = store.SQL(`update referrals set version = version + 1, state = ?, due_on = ?, sent_on = ?, sent_at = ?, answered_at = ?, started_on = ?, started_proof = ?, finished_on = ?, result = ?,
		reason = ?, note = ?, steps = ?, attachment_id = ?, site = ?, answered = ?, ended = ? where id = ? and version = ? and {see referrals}`)
	formerReferral = store.SQL(`update referrals set former_id = ? where id = ? and {see referrals}`)

	newEvent = store.SQL(`insert into referral_events (id, at, state, via, by_name, note, referral_id, centre_id, person_id, to_centre)
		select ?, ?, ?, ?, ?, ?, r.id, r.centre_id, r.person_id, r.to_centre from referrals r where r.id = ? and {see r}`)
	eventsOfReferral = store.SQL(`select v.at, v.state, v.via, v.by_name, v.note from referral_events v where v.referral_id = ? and {see v} order by v.id limit 200`) // index: referral_events_of

	newUnmet = store.SQL(`insert into unmet_needs (id, on_day, category, ppks_type, region, why, reason, agency_id, service_id, referral_id, case_id, centre_id)
		select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, e.id from centres e where e.id = ? and {see e}`)
	newUnmetBy = store.SQL(`insert into unmet_needs (id, on_day, why, reason, category, ppks_type, region, agency_id, service_id, referral_id, case_id, centre_id)
		select ?, ?, ?, ?, r.category, r.ppks_type, r.region, r.agency_id, r.service_id, r.id, r.case_id, r.centre_id from referrals r where r.id = ? and {see r}`)
	unmetToday = store.SQL(`select count(*) from unmet_needs u where u.case_id = ? and u.category = ? and u.on_day = ? and u.referral_id is null and {see u}`) // index: unmet_needs_case
	unmetSums  = store.SQL(`select u.category, u.ppks_type, u.region, u.why, u.reason, count(*) from unmet_needs u where u.on_day >= ? and u.on_day <= ? and {see u} {parts}
		group by u.category, u.ppks_type, u.region, u.why, u.reason order by 6 desc limit 2000`)  // index: unmet_needs_centre
	lateCount    = store.SQL(`select count(*) from referrals r where r.due_on < ? and r.state in ('sent', 'received', 'needs_information') and {see r}`) // index: referrals_due
	refusedCount = store.SQL(`select count(*) from referrals r where r.state = 'refused' and {see r}`)                                                   // index: referrals_from; asked once for each agenda
	lateAnswers  = store.SQL(`select r.agency_id, a.name, count(*), min(r.due_on) from referrals r join agencies a on a.id = r.agency_id
		where r.due_on < ? and r.state in ('sent', 'received', 'needs_information') and {see r} group by r.agency_id, a.name order by count(*) desc, min(r.due_on), r.agency_id limit ?`)  // index: referrals_due
	unmetAt = store.NewPart(`and u.centre_id = ?`)
)

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func scanReferral(row store.Row) (r Referral, err error) {
	var fields, frozen string
	var answeredAs, endedAs *string
	var sent, answered int64
	err = row.Scan(&r.ID, &r.Version, &r.Case, &r.Person, &r.Centre, &r.ToCentre, &r.Agency, &r.Service, &r.Category, &r.Kind, &r.Region, &r.Need, &r.Basis, &r.BasisNote,
		&r.Consent, &r.Assessment, &fields, &frozen, &r.State, &r.DueOn, &r.MadeOn, &r.SentOn, &sent, &answered, &r.StartedOn, &r.StartedProof, &r.FinishedOn, &r.Result, &r.Reason,
		&r.Note, &r.Steps, &r.Attachment, &r.Former, &r.User, &r.By, &r.Site, &answeredAs, &endedAs, &r.AgencyName, &r.AgencyKind, &r.CentreName)
	if err != nil {
		return r, err
	}
	r.SentAt, r.AnsweredAt = moment(sent), moment(answered)
	if answeredAs != nil {
		r.was = &reckoning{*answeredAs, *endedAs}
	}
	if err := json.Unmarshal([]byte(fields), &r.Extras); err != nil {
		return r, err
	}
	if err := json.Unmarshal([]byte(frozen), &r.Frozen); err != nil {
		return r, err
	}
	for _, s := range r.Frozen.Fields {
		if s.Key == "called" {
			r.Called = s.Value
		}
	}
	return r, nil
}

func referralByID(tx *store.Tx, referral id.ID) (Referral, error) {
	return store.One(tx, referralOne, scanReferral, referral)
}

func referralsOf(tx *store.Tx, caseID, before id.ID, limit int64) ([]Referral, error) {
	return store.Each(tx, referralsOfCase, scanReferral, caseID, cmp.Or(before, id.Last), limit)
}

func referralList(tx *store.Tx, c Chosen) ([]Referral, error) {
	only := tx.By().Scope.Only()
	q := referralPage.With(c.State != "", inState, c.State).With(c.Late, isLate, tx.Today()).
		With(c.Side == "out" && only != 0, fromCentre, only).
		With(c.Side == "in" && only != 0, toCentre, only).With(c.Side == "in" && only == 0, toAnyCentre).With(c.Side == "in", notPrepared)
	return store.Each(tx, q, scanReferral, cmp.Or(c.After, id.Last), c.Limit)
}

func openTo(tx *store.Tx, caseID, service id.ID) (int64, error) {
	return store.One(tx, openAt, store.Int, caseID, service)
}

func insertReferral(tx *store.Tx, r Referral) error {
	fields, err := json.Marshal(r.Extras)
	if err != nil {
		return err
	}
	frozen, err := json.Marshal(r.Frozen)
	if err != nil {
		return err
	}
	_, err = store.Exec(tx, newReferral, r.ID, r.ToCentre, r.Agency, r.Service, r.Category, r.Need, r.Basis, r.BasisNote, r.Consent, r.Assessment, string(fields), string(frozen), r.State,
		r.DueOn, r.MadeOn, r.Note, r.User, r.By, r.Case)
	return err
}

func keepReferral(tx *store.Tx, r *Referral) error {
	answered, ended := r.recount(tx)
	return store.Change(tx, &r.Version, changedReferral, r.State, r.DueOn, r.SentOn, millis(r.SentAt), millis(r.AnsweredAt), r.StartedOn, r.StartedProof, r.FinishedOn, r.Result, r.Reason, r.Note, r.Steps,
		r.Attachment, r.Site, answered, ended, r.ID, r.Version)
}

func keepFormer(tx *store.Tx, r Referral) error {
	_, err := store.Exec(tx, formerReferral, r.Former, r.ID)
	return err
}

func insertEvent(tx *store.Tx, r Referral, via, by, note string) error {
	_, err := store.Exec(tx, newEvent, id.New(), tx.Now().UnixMilli(), r.State, via, by, note, r.ID)
	return err
}

func eventsOf(tx *store.Tx, referral id.ID) ([]Event, error) {
	return store.Each(tx, eventsOfReferral, func(r store.Row) (e Event, err error) {
		var at int64
		err = r.Scan(&at, &e.State, &e.Via, &e.By, &e.Note)
		e.At = moment(at)
		return e, err
	}, referral)
}

func insertUnmet(tx *store.Tx, u UnmetNeed, centre, caseID, agency, service, referral id.ID) error {
	_, err := store.Exec(tx, newUnmet, id.New(), tx.Today(), u.Category, u.Kind, u.Region, u.Why, u.Reason, agency, service, referral, caseID, centre)
	return err
}

func insertUnmetBy(tx *store.Tx, u UnmetNeed, r Referral) error {
	_, err := store.Exec(tx, newUnmetBy, id.New(), tx.Today(), u.Why, u.Reason, r.ID)
	return err
}

func notedToday(tx *store.Tx, caseID id.ID, category string) (bool, error) {
	n, err := store.One(tx, unmetToday, store.Int, caseID, category, tx.Today())
	return n > 0, err
}

func unmetBetween(tx *store.Tx, centre id.ID, from, to clock.Day) ([]UnmetNeed, error) {
	return store.Each(tx, unmetSums.With(centre != 0, unmetAt, centre), func(r store.Row) (u UnmetNeed, err error) {
		err = r.Scan(&u.Category, &u.Kind, &u.Region, &u.Why, &u.Reason, &u.N)
		return u, err
	}, from, to)
}

func waitingNow(tx *store.Tx) (w Waiting, err error) {
	if w.Late, err = store.One(tx, lateCount, store.Int, tx.Today()); err != nil {
		return w, err
	}
	w.Refused, err = store.One(tx, refusedCount, store.Int)
	return w, err
}
