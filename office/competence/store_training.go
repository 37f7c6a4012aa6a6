package competence

import (
	"math"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const trainingColumns = `t.id, t.version, t.name, t.subject, t.provider, t.kind, t.criterion, t.place, t.from_on, t.to_on, t.places, t.taken, t.waiting,
	t.certificate, t.months, t.cost, t.note, t.state, t.why, t.made_on, t.closed_on, t.user_name`

const memberColumns = `m.id, m.version, m.training_id, m.staff_id, m.centre_id, s.name, s.kind, e.name, m.state, m.certificate_no, m.certificate_until, m.reason,
	m.proposed_on, m.proposed_by, m.user_id, m.decided_on, m.decided_by`

var (
	trainingOne     = store.SQL(`select ` + trainingColumns + ` from trainings t where t.id = ?`)
	trainingsNewest = store.SQL(`select ` + trainingColumns + ` from trainings t where t.id < ? order by t.id desc limit ?`)                 // index: the key
	trainingsIn     = store.SQL(`select ` + trainingColumns + ` from trainings t where t.state = ? and t.id < ? order by t.id desc limit ?`) // index: trainings_state
	newTraining     = store.SQL(`insert into trainings (id, version, name, subject, provider, kind, criterion, place, from_on, to_on, places, taken, waiting,
		certificate, months, cost, note, state, why, made_on, closed_on, user_name) values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, '', ?, null, ?)`)
	changedTraining = store.SQL(`update trainings set name = ?, subject = ?, provider = ?, kind = ?, criterion = ?, place = ?, from_on = ?, to_on = ?, places = ?,
		certificate = ?, months = ?, cost = ?, note = ?, state = ?, why = ?, closed_on = ?, version = version + 1 where id = ? and version = ?`)

	// One statement takes a place, so that two who ask at once cannot both have the last one; the table would refuse it too.
	placeTaken  = store.SQL(`update trainings set taken = taken + 1, version = version + 1 where id = ? and state = 'open' and taken < places and waiting = 0`)
	waitTaken   = store.SQL(`update trainings set waiting = waiting + 1, version = version + 1 where id = ? and state = 'open'`)
	waitPlaced  = store.SQL(`update trainings set taken = taken + 1, waiting = waiting - 1, version = version + 1 where id = ? and state = 'open' and taken < places`)
	placeFreed  = store.SQL(`update trainings set taken = taken - 1, version = version + 1 where id = ? and state = 'open'`)
	waitFreed   = store.SQL(`update trainings set waiting = waiting - 1, version = version + 1 where id = ? and state = 'open'`)
	memberCount = store.SQL(`select count(*) from training_members m where m.training_id = ? and m.state = ? and {see m}`) // index: training_members_training

	memberOne = store.SQL(`select ` + memberColumns + ` from training_members m join staff s on s.id = m.staff_id join centre_list e on e.id = m.centre_id
		where m.id = ? and {see m} and {see s}`)
	memberOf = store.SQL(`select ` + memberColumns + ` from training_members m join staff s on s.id = m.staff_id join centre_list e on e.id = m.centre_id
		where m.training_id = ? and m.staff_id = ? and {see m} and {see s}`)
	// index: training_members_training; a training has a thousand places at most, and as many who wait
	membersOfTraining = store.SQL(`select ` + memberColumns + ` from training_members m join staff s on s.id = m.staff_id join centre_list e on e.id = m.centre_id
		where m.training_id = ? and {see m} and {see s} order by m.id limit 2000`)
	// index: training_members_centre
	membersOfCentre = store.SQL(`select ` + memberColumns + `, ` + trainingColumns + ` from training_members m join trainings t on t.id = m.training_id
		join staff s on s.id = m.staff_id join centre_list e on e.id = m.centre_id where m.centre_id = ? and {see m} and {see s} order by m.id desc limit 60`)
	newMember = store.SQL(`insert into training_members (id, version, training_id, state, certificate_no, certificate_until, reason, proposed_on, proposed_by, user_id,
			decided_on, decided_by, staff_id, centre_id)
		select ?, 1, ?, ?, '', null, '', ?, ?, ?, null, '', s.id, s.centre_id from staff s where s.id = ? and {see s}`)
	changedMember = store.SQL(`update training_members set state = ?, certificate_no = ?, certificate_until = ?, reason = ?, proposed_on = ?, proposed_by = ?, user_id = ?,
		decided_on = ?, decided_by = ?, version = version + 1 where id = ? and version = ? and {see training_members}`)

	// index: standard_answers_criterion, for the institutions of a training
	answersOfTraining = store.SQL(`select w.centre_id, w.criterion, w.answered_on, case when w.verdict <> '' then w.verdict else w.value end from standard_answers w
		where w.criterion = ? and w.confirmed and w.centre_id in (select m.centre_id from training_members m where m.training_id = ? and {see m}) and {see w}
		order by w.answered_on, w.id`)
	answersOfCentre = store.SQL(`select w.centre_id, w.criterion, w.answered_on, case when w.verdict <> '' then w.verdict else w.value end from standard_answers w
		where w.criterion in ('staff-both', 'staff-workload', 'staff-certified', 'staff-volunteers') and w.confirmed and w.centre_id = ? and {see w}
		order by w.answered_on, w.id`)
	// index: staff (centre_id, id), certificates (staff_id)
	certifiedAround = store.SQL(`select s.centre_id,
			count(distinct case when s.since <= ? then s.id end), count(distinct case when k.from_on <= ? and (k.to_on is null or k.to_on > ?) then s.id end),
			count(distinct case when s.since <= ? then s.id end), count(distinct case when k.from_on <= ? and (k.to_on is null or k.to_on > ?) then s.id end)
		from staff s left join certificates k on k.staff_id = s.id and {see k}
		where s.kind <> 'other' and s.centre_id in (select m.centre_id from training_members m where m.training_id = ? and {see m}) and {see s} group by s.centre_id`)
)

var (
	placesMiscounted = store.SQL(`select t.id from trainings t
		where t.taken <> (select count(*) from training_members m where m.training_id = t.id and m.state in ('proposed', 'accepted', 'absent', 'attended', 'passed') and {see m})
		or t.waiting <> (select count(*) from training_members w where w.training_id = t.id and w.state = 'waiting' and {see w}) order by t.id limit 100`)
	passedUncertified = store.SQL(`select m.id from training_members m join trainings t on t.id = m.training_id
		where m.state = 'passed' and t.certificate <> '' and m.certificate_no = '' and {see m} order by m.id limit 100`)
)

func (t *Training) into() []any {
	return []any{&t.ID, &t.Version, &t.Name, &t.Subject, &t.Provider, &t.Kind, &t.Criterion, &t.Place, &t.From, &t.To, &t.Places, &t.Taken, &t.Waiting,
		&t.Certificate, &t.Months, &t.Cost, &t.Note, &t.State, &t.Why, &t.MadeOn, &t.ClosedOn, &t.By}
}

func scanTraining(r store.Row) (t Training, err error) {
	err = r.Scan(t.into()...)
	return t, err
}

func trainingByID(tx *store.Tx, training id.ID) (Training, error) {
	return store.One(tx, trainingOne, scanTraining, training)
}

func trainingsOf(tx *store.Tx, state string, before id.ID, limit int64) ([]Training, error) {
	last := int64(before)
	if before == 0 {
		last = math.MaxInt64
	}
	if state == "" {
		return store.Each(tx, trainingsNewest, scanTraining, last, limit)
	}
	return store.Each(tx, trainingsIn, scanTraining, state, last, limit)
}

func insertTraining(tx *store.Tx, t Training) error {
	return entered(store.Exec(tx, newTraining, t.ID, t.Name, t.Subject, t.Provider, t.Kind, t.Criterion, t.Place, t.From, t.To, t.Places, t.Certificate, t.Months,
		t.Cost, t.Note, t.State, t.MadeOn, t.By))
}

func keepTraining(tx *store.Tx, t *Training) error {
	return store.Change(tx, &t.Version, changedTraining, t.Name, t.Subject, t.Provider, t.Kind, t.Criterion, t.Place, t.From, t.To, t.Places, t.Certificate, t.Months,
		t.Cost, t.Note, t.State, t.Why, t.ClosedOn, t.ID, t.Version)
}

// takePlace takes a place of an open training; false when none is left, or when others wait.
func takePlace(tx *store.Tx, training id.ID) (bool, error) {
	n, err := store.Exec(tx, placeTaken, training)
	return n == 1, err
}

func takeWait(tx *store.Tx, training id.ID) error {
	return entered(store.Exec(tx, waitTaken, training))
}

// placeWaiting gives somebody who waits a place, when one is left.
func placeWaiting(tx *store.Tx, training id.ID) error {
	n, err := store.Exec(tx, waitPlaced, training)
	if err == nil && n == 0 {
		return fail.Clash("full", "Semua tempat sudah terisi. Peserta tetap di daftar tunggu.")
	}
	return err
}

func freePlace(tx *store.Tx, training id.ID, waited bool) error {
	if waited {
		return entered(store.Exec(tx, waitFreed, training))
	}
	return entered(store.Exec(tx, placeFreed, training))
}

func countMembers(tx *store.Tx, training id.ID, state string) (int64, error) {
	if state == "" {
		return 0, nil
	}
	return store.One(tx, memberCount, store.Int, training, state)
}

func (p *Participant) into() []any {
	return []any{&p.ID, &p.Version, &p.Training, &p.Staff, &p.Centre, &p.Name, &p.Kind, &p.At, &p.State, &p.CertificateNo, &p.Until, &p.Reason,
		&p.ProposedOn, &p.ProposedBy, &p.User, &p.DecidedOn, &p.DecidedBy}
}

func scanMember(r store.Row) (p Participant, err error) {
	err = r.Scan(p.into()...)
	return p, err
}

func memberByID(tx *store.Tx, participant id.ID) (Participant, error) {
	return store.One(tx, memberOne, scanMember, participant)
}

func memberNamed(tx *store.Tx, training, staff id.ID) (Participant, error) {
	return store.One(tx, memberOf, scanMember, training, staff)
}

func membersOf(tx *store.Tx, training id.ID) ([]Participant, error) {
	return store.Each(tx, membersOfTraining, scanMember, training)
}

func membersFrom(tx *store.Tx, at id.ID) ([]Sent, error) {
	return store.Each(tx, membersOfCentre, func(r store.Row) (s Sent, err error) {
		err = r.Scan(append(s.Participant.into(), s.Training.into()...)...)
		return s, err
	}, at)
}

func insertMember(tx *store.Tx, p Participant) error {
	n, err := store.Exec(tx, newMember, p.ID, p.Training, p.State, p.ProposedOn, p.ProposedBy, p.User, p.Staff)
	if store.Duplicate(err) {
		return fail.Clash("registered", "%s sudah terdaftar: %s.", p.Name, memberWords[p.State])
	}
	return entered(n, err)
}

func keepMember(tx *store.Tx, p *Participant) error {
	return store.Change(tx, &p.Version, changedMember, p.State, p.CertificateNo, p.Until, p.Reason, p.ProposedOn, p.ProposedBy, p.User, p.DecidedOn, p.DecidedBy, p.ID, p.Version)
}

func scanAnswered(r store.Row) (a answered, err error) {
	err = r.Scan(&a.centre, &a.criterion, &a.on, &a.value)
	return a, err
}

// answersAround gives the answers about the criterion of a training at its institutions, by day.
func answersAround(tx *store.Tx, t Training) ([]answered, error) {
	if t.Criterion == "" {
		return nil, nil
	}
	return store.Each(tx, answersOfTraining, scanAnswered, t.Criterion, t.ID)
}

func answersAt(tx *store.Tx, at id.ID) ([]answered, error) {
	return store.Each(tx, answersOfCentre, scanAnswered, at)
}

type shares struct {
	centre        id.ID
	before, after Share
}

// sharesOf gives who of the institutions of a training held a certificate on two days.
func sharesOf(tx *store.Tx, training id.ID, before, after clock.Day) (map[id.ID]shares, error) {
	by := map[id.ID]shares{}
	return by, store.Stream(tx, certifiedAround, func(r store.Row) (s shares, err error) {
		err = r.Scan(&s.centre, &s.before.Of, &s.before.N, &s.after.Of, &s.after.N)
		return s, err
	}, func(s shares) error {
		by[s.centre] = s
		return nil
	}, before, before, before, after, after, after, training)
}
