package letters

import (
	"encoding/json"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const draftColumns = `g.id, g.version, g.centre_id, coalesce(e.name, ''), coalesce(g.person_id, 0), coalesce(p.called, ''), coalesce(g.case_id, 0), g.kind, g.month, g.input,
	g.state, g.made_on, g.user_id, g.user_name, coalesce(g.letter_id, 0)`

const draftFrom = ` from letter_drafts g join centre_list e on e.id = g.centre_id left join persons p on p.id = g.person_id and {see p}
	where (g.person_id is null or p.id is not null) and {see g} `

var (
	draftOne      = store.SQL(`select ` + draftColumns + draftFrom + `and g.id = ?`)
	draftsOfCase  = store.SQL(`select ` + draftColumns + draftFrom + `and g.case_id = ? and g.state = 'open' order by g.id desc limit 50`) // index: letter_drafts (case_id, id)
	draftsOpen    = store.SQL(`select ` + draftColumns + draftFrom + `and g.state = 'open' and g.id < ? order by g.id desc limit ?`)       // index: letter_drafts (centre_id, id) of open ones
	draftsOldest  = store.SQL(`select ` + draftColumns + draftFrom + `and g.state = 'open' order by g.id limit ?`)                         // index: letter_drafts (centre_id, id) of open ones
	draftsWaiting = store.SQL(`select count(*)` + draftFrom + `and g.state = 'open'`)                                                      // index: letter_drafts (centre_id, id) of open ones
	insertDraft   = store.SQL(`insert into letter_drafts (id, version, person_id, case_id, kind, month, input, state, made_on, user_id, user_name, letter_id, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, 'open', ?, ?, ?, null, c.id from centres c where c.id = ? and {see c}`)
	changeDraft = store.SQL(`update letter_drafts set version = version + 1, input = ?, state = ?, letter_id = ?
		where id = ? and version = ? and state = 'open' and {see letter_drafts}`)
)

func scanDraft(r store.Row) (g Draft, err error) {
	var input string
	err = r.Scan(&g.ID, &g.Version, &g.Centre, &g.CentreName, &g.Person, &g.Called, &g.Case, &g.Kind, &g.Month, &input, &g.State, &g.MadeOn, &g.Writer, &g.By, &g.Letter)
	if err == nil {
		err = json.Unmarshal([]byte(input), &g.Input)
	}
	return g, err
}

func draftByID(tx *store.Tx, draft id.ID) (Draft, error) {
	return store.One(tx, draftOne, scanDraft, draft)
}

func keepNewDraft(tx *store.Tx, g Draft) error {
	n, err := store.Exec(tx, insertDraft, g.ID, g.Person, g.Case, g.Kind, g.Month, g.typed(), g.MadeOn, g.Writer, g.By, g.Centre)
	if err == nil && n == 0 {
		return fail.NotFound
	}
	return err
}

// keepDraft keeps a draft that was open in the version that was seen.
func keepDraft(tx *store.Tx, g *Draft) error {
	n, err := store.Exec(tx, changeDraft, g.typed(), g.State, g.Letter, g.ID, g.Version)
	if err == nil && n == 0 {
		return fail.Stale
	}
	g.Version++
	return err
}
