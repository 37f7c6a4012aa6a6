package centre

import (
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

// middleWidth is the size that a phone loads.
const middleWidth = 640

const (
	profileColumns = `coalesce(p.version, 0), coalesce(p.about, ''), coalesce(p.address, ''), coalesce(p.phone, ''), coalesce(p.visiting, ''), coalesce(p.route, ''),
		coalesce(p.cost, ''), p.changed_on, coalesce(p.photo_id, 0), coalesce(p.photo_alt, ''), coalesce(f.wide, 0), coalesce(f.high, 0)`
	profileTables = ` left join centre_profiles p on p.centre_id = c.id left join centre_photos f on f.photo_id = p.photo_id and f.width = 640 `
)

var (
	profileOf = store.SQL(`select ` + profileColumns + ` from centre_list c` + profileTables + `where c.id = ?`)
	// A row for each kind of people, with the institution and its profile: the public page of an institution reads both at once.
	publicByCode = store.SQL(`select c.id, c.version, c.code, c.name, c.kind, c.place, c.region, c.capacity, c.stay_days, c.client_service, c.source, c.status,
		c.provider, c.appointment_no, c.appointment_on, coalesce(k.ppks_type, ''), ` + profileColumns + ` from centre_list c` + profileTables + `
		left join centre_kinds k on k.centre_id = c.id where c.code = ? order by k.ppks_type`)
	newProfile = store.SQL(`insert into centre_profiles (version, about, address, phone, visiting, route, cost, changed_on, photo_id, photo_alt, user_name, centre_id)
		select 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, e.id from centres e where e.id = ? and {see e}`)
	setProfile = store.SQL(`update centre_profiles set about = ?, address = ?, phone = ?, visiting = ?, route = ?, cost = ?, changed_on = ?, photo_id = ?, photo_alt = ?,
		user_name = ?, version = version + 1 where centre_id = ? and version = ?`)

	newPhoto = store.SQL(`insert into centre_photos (id, photo_id, width, wide, high, bytes, centre_id)
		select ?, ?, ?, ?, ?, ?, e.id from centres e where e.id = ? and {see e}`)
	// index: centre_photos_centre
	dropPhotos = store.SQL(`delete from centre_photos where centre_id = ?`)
	// index: the unique (photo_id, width)
	photoSize = store.SQL(`select f.bytes from centre_photos f where f.photo_id = ? and f.width = ?`)
)

func (p *Profile) columns() []any {
	return []any{&p.Version, &p.About, &p.Address, &p.Phone, &p.Visiting, &p.Route, &p.Cost, &p.ChangedOn, &p.Photo.ID, &p.Photo.Alt, &p.Photo.Wide, &p.Photo.High}
}

// profileIn reads what an institution says of itself; an empty one when it said nothing yet.
func profileIn(tx *store.Tx, at id.ID) (Profile, error) {
	return store.One(tx, profileOf, func(r store.Row) (p Profile, err error) {
		err = r.Scan(p.columns()...)
		return p, err
	}, at)
}

// publicOf reads an institution by the word of its address, whom it serves and what it says of itself, in one statement.
func publicOf(tx *store.Tx, code string) (c Centre, p Profile, err error) {
	kinds, err := store.Each(tx, publicByCode, func(r store.Row) (kind string, err error) {
		err = r.Scan(append([]any{&c.ID, &c.Version, &c.Code, &c.Name, &c.Kind, &c.Place, &c.Region, &c.Capacity, &c.StayDays, &c.ClientService, &c.Source, &c.Status,
			&c.Provider, &c.AppointmentNo, &c.AppointmentOn, &kind}, p.columns()...)...)
		return kind, err
	}, code)
	if err == nil && len(kinds) == 0 {
		err = fail.NotFound
	}
	for _, k := range kinds {
		if k != "" {
			c.Kinds = append(c.Kinds, k)
		}
	}
	return c, p, err
}

func dropPhoto(tx *store.Tx, at id.ID) error {
	_, err := store.Exec(tx, dropPhotos, at)
	return err
}

func keepProfile(tx *store.Tx, at id.ID, p *Profile) error {
	args := []any{p.About, p.Address, p.Phone, p.Visiting, p.Route, p.Cost, p.ChangedOn, p.Photo.ID, p.Photo.Alt, tx.By().Name, at}
	if p.Version > 0 {
		return store.Change(tx, &p.Version, setProfile, append(args, p.Version)...)
	}
	n, err := store.Exec(tx, newProfile, args...)
	if store.Duplicate(err) {
		return fail.Stale
	}
	if err == nil && n == 0 {
		return fail.NotFound
	}
	p.Version = 1
	return err
}
