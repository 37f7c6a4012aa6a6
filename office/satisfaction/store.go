package satisfaction

import (
	"cmp"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const (
	roundColumns = `r.id, r.version, r.centre_id, e.name, r.from_on, r.to_on, r.state, r.answers, r.note, r.made_on, r.closed_on, r.user_name, r.pulse
		from survey_rounds r join centre_list e on e.id = r.centre_id`
	answerColumns = `a.id, a.round_id, a.centre_id, a.answered_on, a.sex, a.age_group, a.education, a.remark, a.user_name, a.source, a.respondent, a.ref`
)

var (
	roundOne       = store.SQL(`select ` + roundColumns + ` where r.id = ? and {see r}`)
	roundsNewest   = store.SQL(`select ` + roundColumns + ` where r.id < ? and {see r} order by r.id desc limit ?`)                     // index: the key
	roundsOfCentre = store.SQL(`select ` + roundColumns + ` where r.centre_id = ? and r.id < ? and {see r} order by r.id desc limit ?`) // index: survey_rounds_centre
	newRound       = store.SQL(`insert into survey_rounds (id, version, from_on, to_on, state, answers, note, made_on, closed_on, user_name, pulse, centre_id)
		select ?, 1, ?, ?, 'open', 0, ?, ?, null, ?, ?, e.id from centres e where e.id = ? and {see e}`)
	closedRound = store.SQL(`update survey_rounds set state = ?, closed_on = ?, version = version + 1 where id = ? and version = ? and {see survey_rounds}`)
	// The row of the round is held while a form goes in or out, so that none slips into a round that is being closed.
	roundCounted = store.SQL(`update survey_rounds set answers = answers + ? where id = ? and state = 'open' and {see survey_rounds}`)

	newSum = store.SQL(`insert into survey_sums (round_id, element, value, n, centre_id) select ?, ?, ?, 0, e.id from centres e where e.id = ? and {see e}`)
	summed = store.SQL(`update survey_sums set n = n + ? where round_id = ? and element * 10 + value in (?, ?, ?, ?, ?, ?, ?, ?, ?) and {see survey_sums}`)
	// index: the key; 36 rows for each round of the page
	sumsBetween = store.SQL(`select s.round_id, s.element, s.value, s.n from survey_sums s where s.round_id >= ? and s.round_id <= ? and {see s}`)
	// index: survey_sums_centre
	sumsOfCentre = store.SQL(`select s.round_id, s.element, s.value, s.n from survey_sums s where s.centre_id = ? and s.round_id >= ? and s.round_id <= ? and {see s}`)

	newAnswer = store.SQL(`insert into survey_answers (id, answered_on, sex, age_group, education, remark, user_name, source, respondent, ref, round_id, centre_id)
		select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, r.id, r.centre_id from survey_rounds r where r.id = ? and {see r}`)
	newMark = store.SQL(`insert into survey_marks (id, element, value, answered_on, answer_id, round_id, centre_id)
		select ?, ?, ?, ?, a.id, a.round_id, a.centre_id from survey_answers a where a.id = ? and {see a}`)
	answerOne = store.SQL(`select ` + answerColumns + ` from survey_answers a where a.id = ? and {see a}`)
	// index: survey_answers_round
	answersOfRound = store.SQL(`select ` + answerColumns + ` from survey_answers a where a.round_id = ? and a.id < ? and {see a} order by a.id desc limit ?`)
	// index: survey_marks (answer_id, element)
	marksOfAnswer = store.SQL(`select m.answer_id, m.element, m.value from survey_marks m where m.answer_id = ? and {see m}`)
	// index: survey_answers_round, survey_marks (answer_id, element); nine for each form of the page
	marksOfRound = store.SQL(`select m.answer_id, m.element, m.value from survey_answers a join survey_marks m on m.answer_id = a.id
		where a.round_id = ? and a.id >= ? and a.id <= ? and {see a} and {see m}`)
	dropMarks = store.SQL(`delete from survey_marks where answer_id = ? and {see survey_marks}`)
	dropOne   = store.SQL(`delete from survey_answers where id = ? and {see survey_answers}`)

	markFacts = store.Facts(`select m.id, m.centre_id, m.answered_on as from_on, cast(null as text) as to_on, cast(m.value as text) as dim, 0 as person_id, 0 as case_id,
		false as restricted, cast(m.element as text) as called from survey_marks m where {see m}`)

	sumsWrong = store.SQL(`select distinct s.round_id from survey_sums s where s.n <> (select count(*) from survey_marks m
		where m.round_id = s.round_id and m.element = s.element and m.value = s.value and {see m}) and {see s} order by s.round_id limit 100`)
	formsWrong = store.SQL(`select r.id from survey_rounds r where r.answers <> (select count(*) from survey_answers a where a.round_id = r.id and {see a})
		and {see r} order by r.id limit 100`)
	marksMissing = store.SQL(`select a.id from survey_answers a where 9 <> (select count(*) from survey_marks m where m.answer_id = a.id and {see m})
		and {see a} order by a.id limit 100`)
)

func scanRound(row store.Row) (r Round, err error) {
	err = row.Scan(&r.ID, &r.Version, &r.Centre, &r.At, &r.From, &r.To, &r.State, &r.Answers, &r.Note, &r.MadeOn, &r.ClosedOn, &r.By, &r.Pulse)
	return r, err
}

func roundByID(tx *store.Tx, round id.ID) (Round, error) {
	return store.One(tx, roundOne, scanRound, round)
}

func roundsOf(tx *store.Tx, at, before id.ID, limit int64) ([]Round, error) {
	before = cmp.Or(before, id.Last)
	if at != 0 {
		return store.Each(tx, roundsOfCentre, scanRound, at, before, limit)
	}
	return store.Each(tx, roundsNewest, scanRound, before, limit)
}

func insertRound(tx *store.Tx, r Round) error {
	n, err := store.Exec(tx, newRound, r.ID, r.From, r.To, r.Note, r.MadeOn, r.By, r.Pulse, r.Centre)
	switch {
	case store.Duplicate(err):
		return fail.Clash("survey-open", "UPT ini masih punya putaran yang terbuka. Tutup dulu putaran itu.")
	case err != nil:
		return err
	case n == 0:
		return fail.NotFound
	}
	for element := 1; element <= Elements; element++ {
		for value := 1; value <= best; value++ {
			if _, err := store.Exec(tx, newSum, r.ID, element, value, r.Centre); err != nil {
				return err
			}
		}
	}
	return nil
}

func keepRound(tx *store.Tx, r *Round) error {
	return store.Change(tx, &r.Version, closedRound, r.State, r.ClosedOn, r.ID, r.Version)
}

// sumsInto reads the sums of rounds that stand on one page, the newest first.
func sumsInto(tx *store.Tx, at id.ID, all []Round) error {
	by := map[id.ID]*Round{}
	for i := range all {
		by[all[i].ID] = &all[i]
	}
	type sum struct {
		round             id.ID
		element, value, n int64
	}
	scan := func(r store.Row) (s sum, err error) {
		err = r.Scan(&s.round, &s.element, &s.value, &s.n)
		return s, err
	}
	add := func(s sum) error {
		if r := by[s.round]; r != nil {
			r.Sums[s.element-1][s.value-1] = s.n
		}
		return nil
	}
	first, last := all[len(all)-1].ID, all[0].ID
	if at != 0 {
		return store.Stream(tx, sumsOfCentre, scan, add, at, first, last)
	}
	return store.Stream(tx, sumsBetween, scan, add, first, last)
}

func scanAnswer(r store.Row) (a Answer, err error) {
	err = r.Scan(&a.ID, &a.Round, &a.Centre, &a.On, &a.Sex, &a.Age, &a.Education, &a.Remark, &a.By, &a.Source, &a.Respondent, &a.Ref)
	return a, err
}

type mark struct {
	answer         id.ID
	element, value int64
}

func scanMark(r store.Row) (m mark, err error) {
	err = r.Scan(&m.answer, &m.element, &m.value)
	return m, err
}

func answerByID(tx *store.Tx, answer id.ID) (Answer, error) {
	a, err := store.One(tx, answerOne, scanAnswer, answer)
	if err != nil {
		return a, err
	}
	return a, store.Stream(tx, marksOfAnswer, scanMark, func(m mark) error {
		a.Values[m.element-1] = m.value
		return nil
	}, answer)
}

func answersOf(tx *store.Tx, round, before id.ID, limit int64) ([]Answer, error) {
	all, err := store.Each(tx, answersOfRound, scanAnswer, round, cmp.Or(before, id.Last), limit)
	if err != nil || len(all) == 0 {
		return all, err
	}
	by := map[id.ID]*Answer{}
	for i := range all {
		by[all[i].ID] = &all[i]
	}
	return all, store.Stream(tx, marksOfRound, scanMark, func(m mark) error {
		if a := by[m.answer]; a != nil {
			a.Values[m.element-1] = m.value
		}
		return nil
	}, round, all[len(all)-1].ID, all[0].ID)
}

func insertAnswer(tx *store.Tx, a Answer) error {
	n, err := store.Exec(tx, newAnswer, a.ID, a.On, a.Sex, a.Age, a.Education, a.Remark, a.By, a.Source, a.Respondent, a.Ref, a.Round)
	if err == nil && n == 0 {
		return fail.Stale
	}
	for i, v := range a.Values {
		if err == nil {
			_, err = store.Exec(tx, newMark, id.New(), i+1, v, a.On, a.ID)
		}
	}
	return err
}

func deleteAnswer(tx *store.Tx, answer id.ID) error {
	if _, err := store.Exec(tx, dropMarks, answer); err != nil {
		return err
	}
	n, err := store.Exec(tx, dropOne, answer)
	if err == nil && n == 0 { // somebody else was first
		return fail.NotFound
	}
	return err
}

// addUp moves the sums of a round by a form.
func addUp(tx *store.Tx, a Answer, by int64) error {
	n, err := store.Exec(tx, roundCounted, by, a.Round)
	if err != nil {
		return err
	}
	if n == 0 {
		return fail.Stale
	}
	args := []any{by, a.Round}
	for i, v := range a.Values {
		args = append(args, int64(i+1)*10+v)
	}
	_, err = store.Exec(tx, summed, args...)
	return err
}
