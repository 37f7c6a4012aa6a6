package centre

import (
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	allCentres = store.SQL(`select c.id, c.version, c.code, c.name, c.kind, c.place, c.region, c.capacity, c.stay_days,
		c.client_service, c.source, c.status, c.provider, c.appointment_no, c.appointment_on from centre_list c order by c.name`)
	centreByID = store.SQL(`select c.id, c.version, c.code, c.name, c.kind, c.place, c.region, c.capacity, c.stay_days,
		c.client_service, c.source, c.status, c.provider, c.appointment_no, c.appointment_on from centre_list c where c.id = ?`)
	// index: the key; forty rows at most
	centreByCode = store.SQL(`select c.id, c.version, c.code, c.name, c.kind, c.place, c.region, c.capacity, c.stay_days,
		c.client_service, c.source, c.status, c.provider, c.appointment_no, c.appointment_on from centre_list c where c.code = ?`)
	allKinds     = store.SQL(`select k.centre_id, k.ppks_type from centre_kinds k order by k.centre_id, k.ppks_type`)
	kindsOf      = store.SQL(`select k.centre_id, k.ppks_type from centre_kinds k where k.centre_id = ? order by k.ppks_type`)
	insertKind   = store.SQL(`insert into centre_kinds (centre_id, ppks_type) values (?, ?)`)
	changeCentre = store.SQL(`update centres set name = ?, capacity = ?, provider = ?, appointment_no = ?, appointment_on = ?, version = version + 1
		where id = ? and version = ? and {see centres}`)
	insertStaff = store.SQL(`insert into staff (id, version, user_id, name, kind, certificate_no, certificate_until, since, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, e.id from centres e where e.id = ? and {see e}`)
	staffNamed = store.SQL(`select s.id, s.version, s.centre_id, s.user_id, s.name, s.kind, s.certificate_no, s.certificate_until, s.since
		from staff s where s.centre_id = ? and lower(s.name) = lower(?) and s.user_id is not null and {see s} limit 2`)
	staffOfUser = store.SQL(`select s.id, s.version, s.centre_id, s.user_id, s.name, s.kind, s.certificate_no, s.certificate_until, s.since
		from staff s where s.user_id = ? and {see s}`)
	staffByID = store.SQL(`select s.id, s.version, s.centre_id, s.user_id, s.name, s.kind, s.certificate_no, s.certificate_until, s.since
		from staff s where s.id = ? and {see s}`)
	staffOfCentre = store.SQL(`select s.id, s.version, s.centre_id, s.user_id, s.name, s.kind, s.certificate_no, s.certificate_until, s.since
		from staff s where s.centre_id = ? and {see s} order by s.id`)  // index: staff (centre_id, id)
	setPost        = store.SQL(`update staff set name = ?, kind = ?, version = version + 1 where id = ? and {see staff}`)
	setCertificate = store.SQL(`update staff set certificate_no = ?, certificate_until = ?, version = version + 1
		where id = ? and {see staff}`)
	insertCertificate = store.SQL(`insert into certificates (id, number, from_on, to_on, staff_id, kind, centre_id)
		select ?, ?, ?, ?, s.id, s.kind, s.centre_id from staff s where s.id = ? and {see s}`)
	certificatesOf = store.SQL(`select k.id, k.from_on, k.to_on from certificates k where k.staff_id = ? and {see k} order by k.id`)
	cutCertificate = store.SQL(`update certificates set to_on = ? where id = ? and {see certificates}`)

	staffFacts = store.Facts(`select s.id as id, s.centre_id as centre_id, s.since as from_on, cast(null as text) as to_on, s.kind as dim,
		0 as person_id, 0 as case_id, false as restricted, s.name as called from staff s where {see s}`)
	certifiedFacts = store.Facts(`select k.id as id, k.centre_id as centre_id, k.from_on as from_on, k.to_on as to_on, k.kind as dim,
		0 as person_id, 0 as case_id, false as restricted, s.name as called
		from certificates k join staff s on s.id = k.staff_id where {see k} and {see s}`)
	servingFacts = store.Facts(`select e.id as id, e.id as centre_id, '` + servingSince + `' as from_on, cast(null as text) as to_on, e.kind as dim,
		0 as person_id, 0 as case_id, false as restricted, e.name as called from centres e where e.client_service and {see e}`)
	inTurn   = store.SQL(`update centres set version = version where id = ? and {see centres}`)
	unsigned = store.SQL(`select e.id, e.name from centres e where e.client_service and {see e} and not exists (select 1 from certificates k
		join staff s on s.id = k.staff_id where k.centre_id = e.id and s.kind = 'pekerja_sosial' and k.from_on <= ?
		and (k.to_on is null or k.to_on > ?) and {see k} and {see s}) order by e.name`)
	workers = store.SQL(`select s.id, s.version, s.centre_id, s.user_id, s.name, s.kind, s.certificate_no, s.certificate_until, s.since
		from staff s where s.user_id is not null and s.kind = 'pekerja_sosial' and {see s} order by s.id`)
)

func scanCentre(r store.Row) (c Centre, err error) {
	err = r.Scan(&c.ID, &c.Version, &c.Code, &c.Name, &c.Kind, &c.Place, &c.Region, &c.Capacity, &c.StayDays,
		&c.ClientService, &c.Source, &c.Status, &c.Provider, &c.AppointmentNo, &c.AppointmentOn)
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

// Serving are the centres that serve clients.
func Serving(tx *store.Tx) ([]Centre, error) {
	all, err := All(tx)
	return slices.DeleteFunc(all, func(c Centre) bool { return !c.ClientService }), err
}

// Names gives the name of every centre.
func Names(tx *store.Tx) (map[id.ID]string, error) {
	all, err := store.Each(tx, allCentres, scanCentre)
	names := make(map[id.ID]string, len(all))
	for _, c := range all {
		names[c.ID] = c.Name
	}
	return names, err
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

// ByCode gives one centre by the word of its address: pstw-jember.
func ByCode(tx *store.Tx, code string) (Centre, error) {
	c, err := store.One(tx, centreByCode, scanCentre, code)
	if err != nil {
		return c, err
	}
	kinds, err := store.Each(tx, kindsOf, scanKind, c.ID)
	for _, k := range kinds {
		c.Kinds = append(c.Kinds, k.key)
	}
	return c, err
}

// Own reads a centre of the asker's; fail.NotFound for another. Centres are a public list: what hangs under one is not.
func Own(tx *store.Tx, at id.ID) (Centre, error) {
	if by := tx.By(); !by.System && !by.Scope.Has(at) {
		return Centre{}, fail.NotFound
	}
	return ByID(tx, at)
}

// InTurn lets one write at a time pass for a centre of the asker's; the next one sees what this one did. It is for rules
// that hold over several rows of a centre.
func InTurn(tx *store.Tx, at id.ID) error {
	n, err := store.Exec(tx, inTurn, at)
	if err == nil && n == 0 {
		return fail.NotFound
	}
	return err
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
	if c.ClientService {
		tx.Count(measureServing, c.ID, servingSince, c.Kind, 1)
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

// StaffByID gives a post of the asker's scope.
func StaffByID(tx *store.Tx, staff id.ID) (Staff, error) {
	return store.One(tx, staffByID, scanStaff, staff)
}

// Workers gives every Pekerja Sosial who has an account.
func Workers(tx *store.Tx) ([]Staff, error) { return store.Each(tx, workers, scanStaff) }

// StaffNamed finds who bears a name at a centre and has an account; nobody when two do.
func StaffNamed(tx *store.Tx, centre id.ID, name string) (Staff, error) {
	all, err := store.Each(tx, staffNamed, scanStaff, centre, name)
	if err == nil && len(all) != 1 {
		err = fail.NotFound
	}
	if err != nil {
		return Staff{}, err
	}
	return all[0], nil
}

func scanStaff(r store.Row) (s Staff, err error) {
	err = r.Scan(&s.ID, &s.Version, &s.Centre, &s.User, &s.Name, &s.Kind, &s.CertificateNo, &s.CertificateUntil, &s.Since)
	return s, err
}

// StaffAt lists the posts of a centre.
func StaffAt(tx *store.Tx, centre id.ID) ([]Staff, error) {
	return store.Each(tx, staffOfCentre, scanStaff, centre)
}

// period is how long one certificate counts: from a day until the first on which it no longer does.
type period struct {
	id       id.ID
	from, to clock.Day
}

func periodsOf(tx *store.Tx, staff id.ID) ([]period, error) {
	return store.Each(tx, certificatesOf, func(r store.Row) (p period, err error) {
		err = r.Scan(&p.id, &p.from, &p.to)
		return p, err
	}, staff)
}
