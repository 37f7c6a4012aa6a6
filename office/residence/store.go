package residence

import (
	"fmt"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const stayColumns = `s.id, s.version, s.bed_id, s.person_id, s.case_id, s.centre_id, s.state, s.from_on, s.to_on,
	s.held_until, s.arrived, s.entered_on, s.region, s.age, b.label, r.name, w.name, s.sex, w.id`

var (
	stayByID = store.SQL(`select ` + stayColumns + `
		from stays s join beds b on b.id = s.bed_id join rooms r on r.id = b.room_id join wards w on w.id = r.ward_id
		join persons p on p.id = s.person_id
		where s.id = ? and {see s} and {see b} and {see r} and {see w} and {see p}`)
	staysOfCase = store.SQL(`select ` + stayColumns + `
		from stays s join beds b on b.id = s.bed_id join rooms r on r.id = b.room_id join wards w on w.id = r.ward_id
		join persons p on p.id = s.person_id
		where s.case_id = ? and {see s} and {see b} and {see r} and {see w} and {see p} order by s.id`)
	staleHolds = store.SQL(`select ` + stayColumns + `
		from stays s join beds b on b.id = s.bed_id join rooms r on r.id = b.room_id join wards w on w.id = r.ward_id
		join persons p on p.id = s.person_id
		where s.state = 'reserved' and s.held_until < ? and {see s} and {see b} and {see r} and {see w} and {see p} limit 500`)
	insertStay = store.SQL(`insert into stays (id, version, person_id, sex, case_id, state, from_on, to_on, held_until, arrived,
			entered_on, region, age, bed_id, centre_id)
		select ?, 1, p.id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, b.id, b.centre_id from beds b join persons p on p.id = ?
		where b.id = ? and {see b} and {see p}`)
	changeStay = store.SQL(`update stays set state = ?, from_on = ?, to_on = ?, held_until = ?, arrived = ?, departed = ?, entered_on = ?, age = ?, version = version + 1
		where id = ? and version = ? and {see stays}`)
	insertWard = store.SQL(`insert into wards (id, name, sex, centre_id) select ?, ?, ?, e.id from centres e where e.id = ? and {see e}`)
	insertRoom = store.SQL(`insert into rooms (id, name, ward_id, centre_id) select ?, ?, w.id, w.centre_id from wards w where w.id = ? and {see w}`)
	insertBed  = store.SQL(`insert into beds (id, version, label, extra, broken, room_id, centre_id)
		select ?, 1, ?, false, false, r.id, r.centre_id from rooms r where r.id = ? and {see r}`)
	// index: stays_until, by the bed; the empty text keeps the planner from looking through who came to the centre
	bedsOfCentre = store.SQL(`select b.id, b.version, b.room_id, b.centre_id, w.name, w.sex, r.name, b.label, b.extra, b.broken,
		coalesce(s.id, 0), coalesce(s.state, ''), coalesce(s.person_id, 0), coalesce(s.case_id, 0), s.held_until, coalesce(p.called, '')
		from beds b join rooms r on r.id = b.room_id join wards w on w.id = r.ward_id
		left join stays s on s.bed_id = b.id and s.state <> 'cancelled' and s.from_on || '' <= ? and coalesce(s.to_on, '9999-12-31') > ? and {see s}
		left join persons p on p.id = s.person_id and {see p}
		where b.centre_id = ? and {see b} and {see r} and {see w} order by b.id`)

	bedOne   = store.SQL(`select b.id, b.centre_id, b.label, b.broken from beds b where b.id = ? and {see b}`)
	breakBed = store.SQL(`update beds set broken = ?, version = version + 1 where id = ? and {see beds}`)
	// index: stays_until
	bedInUse = store.SQL(`select count(*) from stays s where s.bed_id = ? and s.state <> 'cancelled' and coalesce(s.to_on, '9999-12-31') > ? and {see s}`)
	freeFrom = store.SQL(`select b.id from beds b where b.centre_id = ? and not b.broken and {see b} and not exists (
		select 1 from stays s where s.bed_id = b.id and s.state <> 'cancelled' and coalesce(s.to_on, '9999-12-31') > ? and {see s}) order by b.id limit 1`)
	extraRoom = store.SQL(`select r.id from rooms r where r.centre_id = ? and r.name = ? and {see r} limit 1`)
	extraBed  = store.SQL(`insert into beds (id, version, label, extra, broken, room_id, centre_id)
		select ?, 1, ?, true, false, r.id, r.centre_id from rooms r where r.id = ? and {see r}`)
	overlapping = store.SQL(`select a.id from stays a join stays b on a.bed_id = b.bed_id and a.id < b.id
		where a.state <> 'cancelled' and b.state <> 'cancelled' and a.from_on < coalesce(b.to_on, '9999-12-31')
		and coalesce(a.to_on, '9999-12-31') > b.from_on and {see a} and {see b}
		union all select a.id from stays a join stays b on a.person_id = b.person_id and a.bed_id <> b.bed_id and a.id < b.id
		where a.state <> 'cancelled' and b.state <> 'cancelled' and a.from_on < coalesce(b.to_on, '9999-12-31')
		and coalesce(a.to_on, '9999-12-31') > b.from_on and {see a} and {see b} limit 1000`)
)

// into is where the columns of a stay go, in the order of stayColumns.
func (s *Stay) into() []any {
	return []any{&s.ID, &s.Version, &s.Bed, &s.Person, &s.Case, &s.Centre, &s.State, &s.From, &s.To, &s.HeldUntil, &s.Arrived,
		&s.Entered, &s.Region, &s.Age, &s.BedLabel, &s.Room, &s.Ward, &s.Sex, &s.WardID}
}

func scanStay(r store.Row) (s Stay, err error) {
	err = r.Scan(s.into()...)
	return s, err
}

func scanBed(r store.Row) (b Bed, err error) {
	err = r.Scan(&b.ID, &b.Version, &b.RoomID, &b.Centre, &b.Ward, &b.WardSex, &b.Room, &b.Label, &b.Extra, &b.Broken,
		&b.Stay, &b.StayState, &b.Person, &b.Case, &b.HeldUntil, &b.Called)
	return b, err
}

// ByID gives one stay.
func ByID(tx *store.Tx, stay id.ID) (Stay, error) { return store.One(tx, stayByID, scanStay, stay) }

func bedByID(tx *store.Tx, bed id.ID) (Bed, error) {
	return store.One(tx, bedOne, func(r store.Row) (b Bed, err error) {
		err = r.Scan(&b.ID, &b.Centre, &b.Label, &b.Broken)
		return b, err
	}, bed)
}

// OfCase gives the stays of a case, oldest first.
func OfCase(tx *store.Tx, caseID id.ID) ([]Stay, error) {
	return store.Each(tx, staysOfCase, scanStay, caseID)
}

func save(tx *store.Tx, s *Stay) error {
	n, err := store.Exec(tx, changeStay, s.State, s.From, s.To, s.HeldUntil, s.Arrived, !s.stays, s.Entered, s.Age, s.ID, s.Version)
	if err != nil {
		return clashOf(err)
	}
	if n == 0 {
		return fail.Stale
	}
	s.Version++
	return nil
}

// furnish writes the rooms and beds of a ward: at once for who has the whole province, which sets up thousands.
func furnish(tx *store.Tx, rooms, beds [][]any) error {
	if by := tx.By(); by.System || by.Scope.All {
		if err := tx.Bulk("rooms", []string{"id", "ward_id", "centre_id", "name"}, rooms); err != nil {
			return err
		}
		return LoadBeds(tx, beds)
	}
	for _, r := range rooms {
		if _, err := store.Exec(tx, insertRoom, r[0], r[3], r[1]); err != nil {
			return err
		}
	}
	for _, b := range beds {
		if _, err := store.Exec(tx, insertBed, b[0], b[4], b[2]); err != nil {
			return err
		}
	}
	return nil
}

// EnterMany loads past and present stays of a bulk: from the same counts as single ones. Each was Grouped.
func EnterMany(tx *store.Tx, stays []Stay) error {
	rows := make([][]any, len(stays))
	wards, err := wardsOf(tx, stays)
	if err != nil {
		return err
	}
	for i, s := range stays {
		s.Arrived, s.WardID = true, wards[s.Bed]
		rows[i] = []any{s.ID, 1, s.Bed, s.Person, s.Sex, s.Case, s.Centre, s.State, s.From, s.To, s.HeldUntil, true, true, s.Entered, s.Region, s.Age}
		if s.State == Open || s.State == Ended {
			countIn(tx, s, 1)
		}
		if s.State == Ended {
			countOut(tx, s, true, 1)
		}
	}
	return clashOf(tx.Bulk("stays", []string{"id", "version", "bed_id", "person_id", "sex", "case_id", "centre_id", "state", "from_on", "to_on", "held_until",
		"arrived", "departed", "entered_on", "region", "age"}, rows))
}

// LoadRoom gives the room of a centre in which generated beds stand.
func LoadRoom(tx *store.Tx, centre id.ID) (id.ID, error) {
	ward, room := id.New(), id.New()
	if _, err := store.Exec(tx, insertWard, ward, "Uji", "mixed", centre); err != nil {
		return 0, err
	}
	_, err := store.Exec(tx, insertRoom, room, "Uji", ward)
	return room, err
}

// LoadedBed is one row for LoadBeds: a bed of a block of generated ones.
func LoadedBed(bed, room, centre id.ID, block, n int) []any {
	return []any{bed, 1, room, centre, fmt.Sprintf("U%d-%d", block+1, n+1), false, false}
}

// LoadBeds loads generated beds.
func LoadBeds(tx *store.Tx, rows [][]any) error {
	return tx.Bulk("beds", []string{"id", "version", "room_id", "centre_id", "label", "extra", "broken"}, rows)
}
