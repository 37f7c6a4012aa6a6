package satisfaction

import (
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	// index: survey_rounds_open; an institution has one open round
	roundRunning = store.SQL(`select ` + roundColumns + ` where r.centre_id = ? and r.state = 'open' and r.pulse and r.from_on <= ? and r.to_on >= ? and {see r}`)
	// index: survey_rounds_centre
	roundPublished = store.SQL(`select ` + roundColumns + ` where r.centre_id = ? and r.state = 'closed' and r.answers >= ? and {see r} order by r.id desc limit 1`)
	turnedPulse    = store.SQL(`update survey_rounds set pulse = ?, version = version + 1 where id = ? and version = ? and state = 'open' and {see survey_rounds}`)
	// index: survey_answers_ref
	refsOfRound = store.SQL(`select a.ref from survey_answers a where a.round_id = ? and a.ref <> '' and {see a}`)
)

// first gives the first round of those found, without its sums; a zero one where there is none.
func first(all []Round, err error) (Round, error) {
	if err != nil || len(all) == 0 {
		return Round{}, err
	}
	return all[0], nil
}

func runningAt(tx *store.Tx, at id.ID) (Round, error) {
	return first(store.Each(tx, roundRunning, scanRound, at, tx.Today(), tx.Today()))
}

func publishedAt(tx *store.Tx, at id.ID) (Round, error) {
	r, err := first(store.Each(tx, roundPublished, scanRound, at, LeastShown))
	if err != nil || r.ID == 0 {
		return r, err
	}
	all := []Round{r}
	err = sumsInto(tx, at, all)
	return all[0], err
}

func refsOf(tx *store.Tx, round id.ID) (map[string]bool, error) {
	all, err := store.Each(tx, refsOfRound, store.Text, round)
	have := map[string]bool{}
	for _, ref := range all {
		have[ref] = true
	}
	return have, err
}
