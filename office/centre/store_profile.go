package centre

import (
	"errors"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	profileOf  = store.SQL(`select p.version, p.about, p.address, p.phone, p.visiting, p.route, p.cost, p.changed_on from centre_profiles p where p.centre_id = ?`)
	newProfile = store.SQL(`insert into centre_profiles (version, about, address, phone, visiting, route, cost, changed_on, user_name, centre_id)
		select 1, ?, ?, ?, ?, ?, ?, ?, ?, e.id from centres e where e.id = ? and {see e}`)
	setProfile = store.SQL(`update centre_profiles set about = ?, address = ?, phone = ?, visiting = ?, route = ?, cost = ?, changed_on = ?, user_name = ?, version = version + 1
		where centre_id = ? and version = ?`)
)

// profileIn reads what an institution says of itself; an empty one when it said nothing yet.
func profileIn(tx *store.Tx, at id.ID) (p Profile, err error) {
	p, err = store.One(tx, profileOf, func(r store.Row) (p Profile, err error) {
		err = r.Scan(&p.Version, &p.About, &p.Address, &p.Phone, &p.Visiting, &p.Route, &p.Cost, &p.ChangedOn)
		return p, err
	}, at)
	if errors.Is(err, fail.NotFound) {
		err = nil
	}
	return p, err
}

func keepProfile(tx *store.Tx, at id.ID, p *Profile) error {
	args := []any{p.About, p.Address, p.Phone, p.Visiting, p.Route, p.Cost, p.ChangedOn, tx.By().Name, at}
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
