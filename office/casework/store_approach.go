package casework

import (
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	answersOfCase = store.SQL(`select k.code, k.result, k.evidence, k.checked_on, k.user_name, k.waiver_asked, k.waiver_asked_by,
			k.waiver, k.waived_by, k.waived_on
		from criteria k where k.case_id = ? and {see k}`)  // index: criteria (case_id, code)
	putAnswer = store.SQL(`insert into criteria (id, case_id, centre_id, code, result, evidence, checked_on, user_id, user_name,
			waiver_asked, waiver_asked_by, waiver, waived_by, waived_on)
		select ?, c.id, c.centre_id, ?, ?, ?, ?, ?, ?, '', '', '', '', null from cases c where c.id = ? and {see c}
		on conflict (case_id, code) do update set result = excluded.result, evidence = excluded.evidence,
			checked_on = excluded.checked_on, user_id = excluded.user_id, user_name = excluded.user_name`)
	putRequest = store.SQL(`insert into criteria (id, case_id, centre_id, code, result, evidence, checked_on, user_id, user_name,
			waiver_asked, waiver_asked_by, waiver, waived_by, waived_on)
		select ?, c.id, c.centre_id, ?, ?, '', ?, ?, ?, ?, ?, '', '', null from cases c where c.id = ? and {see c}
		on conflict (case_id, code) do update set waiver_asked = excluded.waiver_asked, waiver_asked_by = excluded.waiver_asked_by`)
	putWaiver = store.SQL(`insert into criteria (id, case_id, centre_id, code, result, evidence, checked_on, user_id, user_name,
			waiver_asked, waiver_asked_by, waiver, waived_by, waived_on)
		select ?, c.id, c.centre_id, ?, ?, '', ?, ?, ?, '', '', ?, ?, ? from cases c where c.id = ? and {see c}
		on conflict (case_id, code) do update set waiver = excluded.waiver, waived_by = excluded.waived_by,
			waived_on = excluded.waived_on`)
	endRequest = store.SQL(`update criteria set waiver_asked = '', waiver_asked_by = '' where case_id = ? and code = ? and {see criteria}`)
)

func scanAnswer(r store.Row) (c Criterion, err error) {
	err = r.Scan(&c.Code, &c.Result, &c.Evidence, &c.CheckedOn, &c.By, &c.Asked, &c.AskedBy, &c.Waiver, &c.WaivedBy, &c.WaivedOn)
	return c, err
}

func answersOf(tx *store.Tx, caseID id.ID) (map[string]Criterion, error) {
	all, err := store.Each(tx, answersOfCase, scanAnswer, caseID)
	byCode := map[string]Criterion{}
	for _, c := range all {
		byCode[c.Code] = c
	}
	return byCode, err
}

func keepAnswer(tx *store.Tx, caseID id.ID, a Answer) error {
	_, err := store.Exec(tx, putAnswer, id.New(), a.Code, a.Result, a.Evidence, tx.Today(), tx.By().User, tx.By().Name, caseID)
	return err
}

func keepRequest(tx *store.Tx, caseID id.ID, c Criterion, reason string) error {
	_, err := store.Exec(tx, putRequest, id.New(), c.Code, c.Result, tx.Today(), tx.By().User, tx.By().Name, reason, tx.By().Name, caseID)
	return err
}

func keepWaiver(tx *store.Tx, caseID id.ID, c Criterion, reason string) error {
	_, err := store.Exec(tx, putWaiver, id.New(), c.Code, c.Result, tx.Today(), tx.By().User, tx.By().Name, reason, tx.By().Name,
		tx.Today(), caseID)
	return err
}

func dropRequest(tx *store.Tx, caseID id.ID, c Criterion) error {
	_, err := store.Exec(tx, endRequest, caseID, c.Code)
	return err
}
