package residence

import (
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	staysElsewhere = store.SQL(`select s.id from stays s join beds b on b.id = s.bed_id where b.centre_id <> s.centre_id and {see s} and {see b} limit 1000`)
	staysUnended   = store.SQL(`select s.id from stays s where s.state = 'ended' and s.to_on is null and {see s} limit 1000`)
	staysOfNobody  = store.SQL(`select s.id from stays s where not exists (select 1 from persons p where p.id = s.person_id and {see p}) and {see s} limit 1000`)

	bedsNamed = store.SQL(`select b.centre_id, b.id, w.name, r.name, b.label from beds b join rooms r on r.id = b.room_id join wards w on w.id = r.ward_id
		where b.centre_id = ? and {see b} and {see r} and {see w}`)  // index: beds (centre_id, id)
	bedHere   = store.SQL(`select b.id from beds b where b.id = ? and b.centre_id = ? and {see b}`)
	wardNamed = store.SQL(`select w.id from wards w where w.centre_id = ? and w.name = ? and {see w} order by w.id limit 1`)
	roomNamed = store.SQL(`select r.id from rooms r where r.centre_id = ? and r.ward_id = ? and r.name = ? and {see r} order by r.id limit 1`)

	takeStay = store.SQL(`insert into stays (id, version, person_id, sex, case_id, state, from_on, to_on, held_until, arrived, departed,
			entered_on, region, age, bed_id, centre_id)
		select ?, 1, p.id, p.sex, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, b.id, b.centre_id from beds b join persons p on p.id = ?
		where b.id = ? and {see b} and {see p}`)
	enteredBefore = store.SQL(`select s.entered_on from stays s where s.case_id = ? and s.from_on < ? and s.state <> 'cancelled' and s.entered_on <> '' and {see s}
		order by s.from_on desc limit 1`)  // index: stays (case_id, id)
	staysAfter = store.SQL(`select ` + stayColumns + `, s.departed
		from stays s join beds b on b.id = s.bed_id join rooms r on r.id = b.room_id join wards w on w.id = r.ward_id
		join persons p on p.id = s.person_id
		where s.id > ? and {see s} and {see b} and {see r} and {see w} and {see p} order by s.id limit 1000`)  // index: the key
)

func oneID(tx *store.Tx, st *store.Stmt, args ...any) (id.ID, error) {
	all, err := store.Each(tx, st, store.IDs, args...)
	return first(all), err
}

func scanTaken(r store.Row) (t Taken, err error) {
	err = r.Scan(append(t.Stay.into(), &t.Departed)...)
	return t, err
}

// write writes a stay of another record as it stands.
func write(tx *store.Tx, t Taken) (int64, error) {
	return store.Exec(tx, takeStay, t.ID, t.Case, t.State, t.From, t.To, t.HeldUntil, t.Arrived, t.Departed, t.Entered, t.Region, t.Age, t.Person, t.Bed)
}
