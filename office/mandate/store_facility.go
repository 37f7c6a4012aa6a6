package mandate

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

const facilityColumns = `f.id, f.version, f.centre_id, f.kind, f.name, f.place, f.quantity, f.condition, f.since, f.worth, f.note, f.checked_on,
	f.retired_on, f.retired_why, (select count(*) from facility_beds b where b.facility_id = f.id and {see b})`

var (
	// index: facilities (centre_id, id), facilities_worn
	facilitiesOfCentre = store.SQL(`select ` + facilityColumns + ` from facilities f where f.centre_id = ? and f.retired_on is null and f.id > ? and {see f}
		order by f.id limit ?`)
	facilitiesWorn = store.SQL(`select ` + facilityColumns + ` from facilities f where f.centre_id = ? and f.condition = ? and f.retired_on is null
		and f.id > ? and {see f} order by f.id limit ?`)
	facilityOne  = store.SQL(`select ` + facilityColumns + ` from facilities f where f.id = ? and {see f}`)
	conditionsOf = store.SQL(`select f.condition, count(*) from facilities f where f.centre_id = ? and f.retired_on is null and {see f}
		group by f.condition`)
	newFacility = store.SQL(`insert into facilities (id, version, kind, name, place, quantity, condition, since, worth, note, retired_why, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, '', e.id from centres e where e.id = ? and {see e}`)
	setFacility = store.SQL(`update facilities set kind = ?, name = ?, place = ?, quantity = ?, condition = ?, since = ?, worth = ?, note = ?,
			checked_on = ?, retired_on = ?, retired_why = ?, version = version + 1 where id = ? and version = ? and {see facilities}`)

	// index: facility_works (facility_id, on_day, id), (centre_id, on_day)
	worksOf = store.SQL(`select w.id, w.kind, w.on_day, w.condition, w.cost, w.done_by, w.note, w.user_name from facility_works w
		where w.facility_id = ? and {see w} order by w.on_day desc, w.id desc limit 60`)
	lastWork = store.SQL(`select coalesce(max(w.on_day), '') from facility_works w where w.facility_id = ? and {see w}`)
	spentOn  = store.SQL(`select coalesce(sum(w.cost), 0) from facility_works w where w.centre_id = ? and w.on_day >= ? and {see w}`)
	newWork  = store.SQL(`insert into facility_works (id, kind, on_day, condition, cost, done_by, note, user_name, facility_id, centre_id)
		select ?, ?, ?, ?, ?, ?, ?, ?, f.id, f.centre_id from facilities f where f.id = ? and {see f}`)

	// index: facility_beds (facility_id)
	blockedOf = store.SQL(`select b.bed_id, w.name, d.label, b.since from facility_beds b join beds d on d.id = b.bed_id join rooms r on r.id = d.room_id
		join wards w on w.id = r.ward_id where b.facility_id = ? and {see b} and {see d} and {see r} and {see w} order by b.bed_id limit 500`)
	newBlock  = store.SQL(`insert into facility_beds (bed_id, since, facility_id, centre_id) select ?, ?, f.id, f.centre_id from facilities f where f.id = ? and {see f}`)
	dropBlock = store.SQL(`delete from facility_beds where bed_id = ? and {see facility_beds}`)
)

func scanFacility(r store.Row) (f Facility, err error) {
	err = r.Scan(&f.ID, &f.Version, &f.Centre, &f.Kind, &f.Name, &f.Place, &f.Quantity, &f.Condition, &f.Since, &f.Worth, &f.Note, &f.CheckedOn,
		&f.RetiredOn, &f.RetiredWhy, &f.Beds)
	return f, err
}

func facilityByID(tx *store.Tx, facility id.ID) (Facility, error) {
	return store.One(tx, facilityOne, scanFacility, facility)
}

func facilitiesOf(tx *store.Tx, at, after id.ID, condition string, limit int64) ([]Facility, error) {
	if condition != "" {
		return store.Each(tx, facilitiesWorn, scanFacility, at, condition, int64(after), limit)
	}
	return store.Each(tx, facilitiesOfCentre, scanFacility, at, int64(after), limit)
}

// countedBy counts the facilities of a centre by their condition.
func countedBy(tx *store.Tx, at id.ID) (map[string]int64, error) {
	out := map[string]int64{}
	type one struct {
		condition string
		n         int64
	}
	return out, store.Stream(tx, conditionsOf, func(r store.Row) (o one, err error) {
		err = r.Scan(&o.condition, &o.n)
		return o, err
	}, func(o one) error {
		out[o.condition] = o.n
		return nil
	}, at)
}

func insertFacility(tx *store.Tx, f Facility) error {
	return entered(store.Exec(tx, newFacility, f.ID, f.Kind, f.Name, f.Place, f.Quantity, f.Condition, f.Since, f.Worth, f.Note, f.Centre))
}

func keepFacility(tx *store.Tx, f *Facility) error {
	return store.Change(tx, &f.Version, setFacility, f.Kind, f.Name, f.Place, f.Quantity, f.Condition, f.Since, f.Worth, f.Note, f.CheckedOn, f.RetiredOn,
		f.RetiredWhy, f.ID, f.Version)
}

func worksAt(tx *store.Tx, facility id.ID) ([]Work, error) {
	return store.Each(tx, worksOf, func(r store.Row) (w Work, err error) {
		err = r.Scan(&w.ID, &w.Kind, &w.On, &w.Condition, &w.Cost, &w.DoneBy, &w.Note, &w.By)
		return w, err
	}, facility)
}

func latestWork(tx *store.Tx, facility id.ID) (clock.Day, error) {
	return store.One(tx, lastWork, func(r store.Row) (d clock.Day, err error) {
		err = r.Scan(&d)
		return d, err
	}, facility)
}

func insertWork(tx *store.Tx, f Facility, w Work) error {
	return entered(store.Exec(tx, newWork, w.ID, w.Kind, w.On, w.Condition, w.Cost, w.DoneBy, w.Note, w.By, f.ID))
}

func blockedBy(tx *store.Tx, facility id.ID) ([]Blocked, error) {
	return store.Each(tx, blockedOf, func(r store.Row) (b Blocked, err error) {
		err = r.Scan(&b.Bed, &b.Ward, &b.Label, &b.Since)
		return b, err
	}, facility)
}

func insertBlock(tx *store.Tx, f Facility, bed id.ID) error {
	return entered(store.Exec(tx, newBlock, bed, tx.Today(), f.ID))
}

func unblock(tx *store.Tx, bed id.ID) error {
	_, err := store.Exec(tx, dropBlock, bed)
	return err
}
