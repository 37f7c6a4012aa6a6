package casework

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	entriesOfCase = store.SQL(`select g.id, g.stage, g.on_day, g.left_on, g.user_name, g.reason, g.waiver, g.waived
		from case_stages g where g.case_id = ? and {see g} order by g.id`)  // index: case_stages (case_id, id)
	leaveEntry = store.SQL(`update case_stages set left_on = ?, timely = ? where case_id = ? and left_on is null and {see case_stages}`)
	newEntry   = store.SQL(`insert into case_stages (id, case_id, centre_id, person_id, stage, on_day, left_on, user_id, user_name,
			reason, waiver, waived)
		select ?, c.id, c.centre_id, c.person_id, ?, ?, null, ?, ?, ?, ?, ? from cases c where c.id = ? and {see c}`)
	moveCase = store.SQL(`update cases set stage = ?, stage_since = ? where id = ? and {see cases}`)
)

func scanEntry(r store.Row) (e Entry, err error) {
	var waived string
	err = r.Scan(&e.ID, &e.Stage, &e.On, &e.LeftOn, &e.By, &e.Reason, &e.Waiver, &waived)
	e.Waived = splitCodes(waived)
	return e, err
}

func stagesOf(tx *store.Tx, caseID id.ID) ([]Entry, error) {
	return store.Each(tx, entriesOfCase, scanEntry, caseID)
}

func leaveStage(tx *store.Tx, c Case, on clock.Day, timely string) error {
	_, err := store.Exec(tx, leaveEntry, on, timely, c.ID)
	return err
}

func insertEntry(tx *store.Tx, c Case, e Entry) error {
	_, err := store.Exec(tx, newEntry, e.ID, e.Stage, e.On, tx.By().User, tx.By().Name, e.Reason, e.Waiver, joinCodes(e.Waived), c.ID)
	if err != nil {
		return err
	}
	_, err = store.Exec(tx, moveCase, e.Stage, e.On, c.ID)
	return err
}
