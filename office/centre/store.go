package centre

import (
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	allCentres = store.SQL(`select c.id, c.version, c.code, c.name, c.kind, c.place, c.region, c.capacity, c.stay_days,
		c.client_service, c.source, c.status from centre_list c order by c.name`)
	centreByID = store.SQL(`select c.id, c.version, c.code, c.name, c.kind, c.place, c.region, c.capacity, c.stay_days,
		c.client_service, c.source, c.status from centre_list c where c.id = ?`)
	allKinds     = store.SQL(`select k.centre_id, k.ppks_type from centre_kinds k order by k.centre_id, k.ppks_type`)
	kindsOf      = store.SQL(`select k.centre_id, k.ppks_type from centre_kinds k where k.centre_id = ? order by k.ppks_type`)
	insertKind   = store.SQL(`insert into centre_kinds (centre_id, ppks_type) values (?, ?)`)
	changeCentre = store.SQL(`update centres set name = ?, capacity = ?, version = version + 1
		where id = ? and version = ? and {see centres}`)
	insertStaff = store.SQL(`insert into staff (id, version, user_id, name, kind, certificate_no, certificate_until, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, e.id from centres e where e.id = ? and {see e}`)
	staffOfUser = store.SQL(`select s.id, s.centre_id, s.user_id, s.name, s.kind, s.certificate_no, s.certificate_until
		from staff s where s.user_id = ? and {see s}`)
	workers = store.SQL(`select s.id, s.centre_id, s.user_id, s.name, s.kind, s.certificate_no, s.certificate_until
		from staff s where s.user_id is not null and s.kind = 'pekerja_sosial' and {see s} order by s.id`)
)

func scanCentre(r store.Row) (c Centre, err error) {
	err = r.Scan(&c.ID, &c.Version, &c.Code, &c.Name, &c.Kind, &c.Place, &c.Region, &c.Capacity, &c.StayDays,
		&c.ClientService, &c.Source, &c.Status)
	return c, err
}

type kind struct {
	centre id.ID
	key    string
}

func scanKind(r store.Row) (k kind, err error) {
	err = r.Scan(&k.centre, &k.key)
	return k, err
}

// All gives every centre, by name.
func All(tx *store.Tx) ([]Centre, error) {
	all, err := store.Each(tx, allCentres, scanCentre)
	if err != nil {
		return nil, err
	}
	kinds, err := store.Each(tx, allKinds, scanKind)
	at := map[id.ID]int{}
	for i, c := range all {
		at[c.ID] = i
	}
	for _, k := range kinds {
		all[at[k.centre]].Kinds = append(all[at[k.centre]].Kinds, k.key)
	}
	return all, err
}

// ByID gives one centre.
func ByID(tx *store.Tx, centre id.ID) (Centre, error) {
	c, err := store.One(tx, centreByID, scanCentre, centre)
	if err != nil {
		return c, err
	}
	kinds, err := store.Each(tx, kindsOf, scanKind, centre)
	for _, k := range kinds {
		c.Kinds = append(c.Kinds, k.key)
	}
	return c, err
}

// enter loads a centre of the built-in list; only who has the whole province may.
func enter(tx *store.Tx, c Centre) error {
	err := tx.Bulk("centres", []string{"id", "version", "code", "name", "kind", "place", "region", "capacity", "stay_days",
		"client_service", "source", "status"}, [][]any{{c.ID, c.Version, c.Code, c.Name, c.Kind, c.Place, c.Region, c.Capacity, c.StayDays,
		c.ClientService, c.Source, c.Status}})
	if err != nil {
		return err
	}
	for _, k := range c.Kinds {
		if _, err := store.Exec(tx, insertKind, c.ID, k); err != nil {
			return err
		}
	}
	return nil
}

// StaffOf gives the post of a user; fail.NotFound when there is none.
func StaffOf(tx *store.Tx, user id.ID) (Staff, error) {
	if user == 0 {
		return Staff{}, fail.NotFound
	}
	return store.One(tx, staffOfUser, scanStaff, user)
}

// Workers gives every Pekerja Sosial who has an account.
func Workers(tx *store.Tx) ([]Staff, error) { return store.Each(tx, workers, scanStaff) }

func scanStaff(r store.Row) (s Staff, err error) {
	err = r.Scan(&s.ID, &s.Centre, &s.User, &s.Name, &s.Kind, &s.CertificateNo, &s.CertificateUntil)
	return s, err
}
