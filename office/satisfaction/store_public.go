package satisfaction

import (
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	// index: survey_rounds_open; an institution has one open round
	roundRunning = store.SQL(`select ` + roundColumns + ` where r.centre_id = ? and r.state = 'open' and r.pulse and r.from_on <= ? and r.to_on >= ? and {see r}`)
	// The round that is shown and the one that runs. index: survey_rounds_centre
	roundsShown = store.SQL(`select ` + roundColumns + ` where r.centre_id = ? and {see r} and (r.state = 'open' and r.pulse and r.from_on <= ? and r.to_on >= ?
		or r.id = (select max(b.id) from survey_rounds b where b.centre_id = ? and b.state = 'closed' and b.answers >= ? and {see b})) order by r.id`)
	turnedPulse = store.SQL(`update survey_rounds set pulse = ?, version = version + 1 where id = ? and version = ? and state = 'open' and {see survey_rounds}`)
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

// shownAt gives the last closed round with enough forms, with its sums, and the one that runs.
func shownAt(tx *store.Tx, at id.ID) (last, running Round, err error) {
	all, err := store.Each(tx, roundsShown, scanRound, at, tx.Today(), tx.Today(), at, LeastShown)
	for _, r := range all {
		if r.State == Open {
			running = r
			continue
		}
		one := []Round{r}
		if err := sumsInto(tx, at, one); err != nil {
			return last, running, err
		}
		last = one[0]
	}
	return last, running, err
}

func refsOf(tx *store.Tx, round id.ID) (map[string]bool, error) {
	all, err := store.Each(tx, refsOfRound, store.Text, round)
	have := map[string]bool{}
	for _, ref := range all {
		have[ref] = true
	}
	return have, err
}
