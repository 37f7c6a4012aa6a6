package standards

import (
	"strings"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const answerColumns = `w.id, w.version, w.self_id, w.criterion, w.value, w.confirmed, w.source, w.note, w.why, w.suggested, w.counted, w.counted_of, w.answered_on, w.user_name,
	w.verdict, w.verdict_how, w.verdict_note, w.verdict_on, w.verdict_by`

var (
	answersOfSelf = store.SQL(`select ` + answerColumns + ` from standard_answers w where w.self_id = ? and {see w} order by w.id limit 5000`) // index: standard_answers (self_id, criterion); as many as the standard has criteria
	// Thousands of answers come in one text each: what a row costs is its columns. index: standard_answers (campaign_id, centre_id)
	cellsOfRound = store.SQL(`select w.self_id, w.criterion || case when w.confirmed then '=' else '~' end || w.value || ';' || w.verdict from standard_answers w where w.campaign_id = ? and {see w}`)
	// index: standard_answers (self_id, criterion)
	cellsOfTwo = store.SQL(`select w.self_id, w.criterion || case when w.confirmed then '=' else '~' end || w.value || ';' || w.verdict from standard_answers w where w.self_id in (?, ?) and {see w}`)
	newAnswer  = store.SQL(`insert into standard_answers (id, version, criterion, value, confirmed, source, note, why, suggested, counted, counted_of, answered_on, user_id, user_name,
			verdict, verdict_how, verdict_note, verdict_on, verdict_by, self_id, campaign_id, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '', null, '', a.id, a.campaign_id, a.centre_id from self_assessments a where a.id = ? and {see a}
		on conflict (self_id, criterion) do nothing`)
	changedAnswer = store.SQL(`update standard_answers set version = version + 1, value = ?, confirmed = ?, source = ?, note = ?, why = ?, suggested = ?, counted = ?, counted_of = ?,
		answered_on = ?, user_id = ?, user_name = ? where id = ? and version = ? and {see standard_answers}`)
	judgedAnswer = store.SQL(`update standard_answers set version = version + 1, verdict = ?, verdict_how = ?, verdict_note = ?, verdict_on = ?, verdict_by = ?
		where id = ? and version = ? and {see standard_answers}`)
	agreedAnswers = store.SQL(`update standard_answers set version = version + 1, verdict = value, verdict_how = ?, verdict_on = ?, verdict_by = ?
		where self_id = ? and confirmed and verdict = '' and {see standard_answers}`)
)

func scanAnswer(r store.Row) (w Answer, err error) {
	err = r.Scan(&w.ID, &w.Version, &w.Self, &w.Criterion, &w.Value, &w.Confirmed, &w.Source, &w.Note, &w.Why, &w.Suggested, &w.Counted, &w.CountedOf, &w.On, &w.By,
		&w.Verdict, &w.VerdictHow, &w.VerdictNote, &w.VerdictOn, &w.VerdictBy)
	return w, err
}

// answersOf gives the answers of a self-assessment by criterion.
func answersOf(tx *store.Tx, self id.ID) (map[string]Answer, error) {
	all, err := store.Each(tx, answersOfSelf, scanAnswer, self)
	by := make(map[string]Answer, len(all))
	for _, w := range all {
		by[w.Criterion] = w
	}
	return by, err
}

// cellsOf gives all answers of a campaign in their shortest form, by self-assessment and criterion.
func cellsOf(tx *store.Tx, campaign id.ID) (map[id.ID]map[string]Cell, error) {
	return unpacked(tx, cellsOfRound, campaign)
}

// saidIn gives the answers of two self-assessments in the same form.
func saidIn(tx *store.Tx, one, other id.ID) (map[id.ID]map[string]Cell, error) {
	return unpacked(tx, cellsOfTwo, one, other)
}

func unpacked(tx *store.Tx, q *store.Stmt, args ...any) (map[id.ID]map[string]Cell, error) {
	all := map[id.ID]map[string]Cell{}
	err := store.Stream(tx, q, func(r store.Row) (bool, error) {
		var self id.ID
		var packed string
		if err := r.Scan(&self, &packed); err != nil {
			return false, err
		}
		if all[self] == nil {
			all[self] = map[string]Cell{}
		}
		at := strings.IndexAny(packed, "=~") // no key has one of these
		c := Cell{Confirmed: packed[at] == '='}
		c.Value, c.Verdict, _ = strings.Cut(packed[at+1:], ";")
		all[self][packed[:at]] = c
		return true, nil
	}, func(bool) error { return nil }, args...)
	return all, err
}

// keepAnswer keeps an answer: a new one, or one that nobody changed in between.
func keepAnswer(tx *store.Tx, w *Answer) error {
	var n int64
	var err error
	if w.ID == 0 {
		w.ID = id.New()
		n, err = store.Exec(tx, newAnswer, w.ID, w.Criterion, w.Value, w.Confirmed, w.Source, w.Note, w.Why, w.Suggested, w.Counted, w.CountedOf, w.On, tx.By().User, w.By, w.Self)
	} else {
		n, err = store.Exec(tx, changedAnswer, w.Value, w.Confirmed, w.Source, w.Note, w.Why, w.Suggested, w.Counted, w.CountedOf, w.On, tx.By().User, w.By, w.ID, w.Version)
	}
	if err == nil && n == 0 {
		return fail.Stale
	}
	w.Version++
	return err
}

func judgeAnswer(tx *store.Tx, w *Answer) error {
	n, err := store.Exec(tx, judgedAnswer, w.Verdict, w.VerdictHow, w.VerdictNote, w.VerdictOn, w.VerdictBy, w.ID, w.Version)
	if err == nil && n == 0 {
		return fail.Stale
	}
	w.Version++
	return err
}

// agreeRest takes over the institution's own word where the province has not spoken, and tells how often.
func agreeRest(tx *store.Tx, self id.ID, how string) (int64, error) {
	return store.Exec(tx, agreedAnswers, how, tx.Today(), tx.By().Name, self)
}
