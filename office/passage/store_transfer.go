package passage

import (
	"cmp"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const transferColumns = `t.id, t.version, t.case_id, t.centre_id, t.to_centre, a.name, b.name, t.person_id, t.state, t.reason, t.wanted_on, t.along,
	t.proposed_on, coalesce(t.user_id, 0), t.user_name, t.decider_name, t.decided_on, t.why
	from transfers t join centre_list a on a.id = t.centre_id join centre_list b on b.id = t.to_centre `

var (
	transferOne = store.SQL(`select ` + transferColumns + `where t.id = ? and {see t}`)
	// index: transfer_members (case_id), transfer_members (new_case), the key
	transfersOfCase = store.SQL(`select ` + transferColumns + `where t.id in (select m.transfer_id from transfer_members m where m.case_id = ? and {see m}
			union all select n.transfer_id from transfer_members n where n.new_case = ? and {see n}) and {see t} order by t.id desc limit 5`)
	transfersPage = store.SQL(`select ` + transferColumns + `where t.id < ? and {see t} order by t.id desc limit ?`) // index: transfers_from, transfers_to
	newTransfer   = store.SQL(`insert into transfers (id, version, to_centre, state, reason, wanted_on, along, proposed_on, user_id, user_name, decided_on, decided_by,
			decider_name, why, case_id, centre_id, person_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, null, null, '', '', c.id, c.centre_id, c.person_id from cases c where c.id = ? and {see c}`)
	decideTransfer = store.SQL(`update transfers set version = version + 1, state = ?, decided_on = ?, decided_by = ?, decider_name = ?, why = ?
		where id = ? and state = 'proposed' and {see transfers}`)
	proposedOf = store.SQL(`select count(*) from transfer_members m join transfers t on t.id = m.transfer_id where m.case_id = ? and t.state = 'proposed' and {see m} and {see t}`)

	membersOfTransfer = store.SQL(`select m.transfer_id, m.case_id, m.person_id, m.called, m.sex, m.age, m.ppks_type, m.stage, coalesce(m.new_case, 0)
		from transfer_members m where m.transfer_id = ? and {see m} order by m.case_id`)  // index: the key
	newMember = store.SQL(`insert into transfer_members (transfer_id, to_centre, called, sex, age, ppks_type, stage, new_case, case_id, centre_id, person_id)
		select ?, ?, ?, ?, ?, ?, ?, null, c.id, c.centre_id, c.person_id from cases c where c.id = ? and {see c}`)
	memberMoved = store.SQL(`update transfer_members set new_case = ? where transfer_id = ? and case_id = ? and {see transfer_members}`)
)

func scanTransfer(r store.Row) (t Transfer, err error) {
	err = r.Scan(&t.ID, &t.Version, &t.Case, &t.From, &t.To, &t.FromName, &t.ToName, &t.Person, &t.State, &t.Reason, &t.WantedOn, &t.Along,
		&t.ProposedOn, &t.ProposedBy, &t.Proposer, &t.Decider, &t.DecidedOn, &t.Why)
	return t, err
}

func transferByID(tx *store.Tx, transfer id.ID) (Transfer, error) {
	t, err := store.One(tx, transferOne, scanTransfer, transfer)
	if err != nil {
		return t, err
	}
	return t, loadMembers(tx, &t)
}

func loadMembers(tx *store.Tx, t *Transfer) (err error) {
	t.Members, err = store.Each(tx, membersOfTransfer, func(r store.Row) (m Member, err error) {
		var of id.ID
		err = r.Scan(&of, &m.Case, &m.Person, &m.Called, &m.Sex, &m.Age, &m.Kind, &m.Stage, &m.Next)
		return m, err
	}, t.ID)
	if err == nil && len(t.Members) == 0 {
		return fail.NotFound // a restricted person
	}
	return err
}

// transfersOf gives the transfers of a case, from there or to there, the latest first, without their members.
func transfersOf(tx *store.Tx, caseID id.ID) ([]Transfer, error) {
	return store.Each(tx, transfersOfCase, scanTransfer, caseID, caseID)
}

func transferList(tx *store.Tx, before id.ID, limit int64) ([]Transfer, error) {
	return store.Each(tx, transfersPage, scanTransfer, cmp.Or(before, id.Last), limit)
}

func insertTransfer(tx *store.Tx, t Transfer) error {
	_, err := store.Exec(tx, newTransfer, t.ID, t.To, t.State, t.Reason, t.WantedOn, t.Along, t.ProposedOn, tx.By().User, t.Proposer, t.Case)
	if store.Violates(err, "transfers_proposed") || store.Violates(err, "transfers.case_id") {
		return fail.Clash("transfer-open", "Pemindahan ini sudah diusulkan dan belum dijawab.")
	}
	return err
}

func insertMember(tx *store.Tx, t Transfer, m Member) error {
	_, err := store.Exec(tx, newMember, t.ID, t.To, m.Called, m.Sex, m.Age, m.Kind, m.Stage, m.Case)
	return err
}

var (
	deathsOfCase = store.SQL(`select d.case_id, d.person_id, d.version, d.on_day, d.at_time, d.place, d.place_note, d.cause, d.letter_no, d.letter_on, d.doctor,
			d.family, d.family_name, d.family_on, d.family_by, d.family_note, d.buried_on, d.buried_by, d.buried_at, d.rite, d.goods, d.goods_to, d.goods_on,
			d.goods_note, d.remains, d.user_name
		from deaths d where d.case_id = ? and {see d}`)  // index: the key
	newDeath = store.SQL(`insert into deaths (version, on_day, at_time, place, place_note, cause, letter_no, letter_on, doctor, family, family_name, family_on, family_by,
			family_note, buried_on, buried_by, buried_at, rite, goods, goods_to, goods_on, goods_note, remains, user_id, user_name, case_id, centre_id, person_id)
		select 1, ?, ?, ?, ?, ?, '', null, '', '', '', null, '', '', null, '', '', '', '', '', null, '', ?, ?, ?, c.id, c.centre_id, c.person_id
		from cases c where c.id = ? and {see c}`)
	changeOfDeath = store.SQL(`update deaths set version = version + 1, letter_no = ?, letter_on = ?, doctor = ?, family = ?, family_name = ?, family_on = ?,
			family_by = ?, family_note = ?, buried_on = ?, buried_by = ?, buried_at = ?, rite = ?, goods = ?, goods_to = ?, goods_on = ?, goods_note = ?, remains = ?
		where case_id = ? and version = ? and {see deaths}`)
)

func deathsOf(tx *store.Tx, caseID id.ID) ([]Death, error) {
	return store.Each(tx, deathsOfCase, func(r store.Row) (d Death, err error) {
		err = r.Scan(&d.Case, &d.Person, &d.Version, &d.On, &d.At, &d.Place, &d.PlaceNote, &d.Cause, &d.LetterNo, &d.LetterOn, &d.Doctor,
			&d.Family, &d.FamilyName, &d.FamilyOn, &d.FamilyBy, &d.FamilyNote, &d.BuriedOn, &d.BuriedBy, &d.BuriedAt, &d.Rite, &d.Goods, &d.GoodsTo, &d.GoodsOn,
			&d.GoodsNote, &d.Remains, &d.By)
		return d, err
	}, caseID)
}

func insertDeath(tx *store.Tx, d Death) error {
	_, err := store.Exec(tx, newDeath, d.On, d.At, d.Place, d.PlaceNote, d.Cause, d.Remains, tx.By().User, d.By, d.Case)
	return err
}

func keepDeath(tx *store.Tx, d *Death) error {
	return store.Change(tx, &d.Version, changeOfDeath, d.LetterNo, d.LetterOn, d.Doctor, d.Family, d.FamilyName, d.FamilyOn, d.FamilyBy, d.FamilyNote, d.BuriedOn, d.BuriedBy,
		d.BuriedAt, d.Rite, d.Goods, d.GoodsTo, d.GoodsOn, d.GoodsNote, d.Remains, d.Case, d.Version)
}
