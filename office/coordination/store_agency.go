package coordination

import (
	"strings"

	"tuntas/house/id"
	"tuntas/house/store"
)

const agencyColumns = `a.id, a.version, a.kind, a.name, a.email, a.phone, a.contact, a.centre_id, a.districts, a.note, a.retired_on, a.retired_why from agencies a `

const serviceColumns = `s.id, s.version, s.agency_id, s.category, s.name, s.kinds, s.age_from, s.age_to, s.sex, s.place, s.districts, s.capacity, s.assured_on,
	s.assured_by, s.retired_on, a.name, a.kind, a.centre_id, a.districts, a.retired_on from agency_services s join agencies a on a.id = s.agency_id `

var (
	agencyOne  = store.SQL(`select ` + agencyColumns + `where a.id = ?`)
	agencyPage = store.SQL(`select ` + agencyColumns + `where a.id > ? {parts} order by a.id limit ?`) // index: the key
	ofKind     = store.NewPart(`and a.kind = ?`)
	newAgency  = store.SQL(`insert into agencies (id, version, kind, name, email, phone, contact, centre_id, districts, note, retired_on, retired_why, changed_at)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, null, '', ?)`)
	changedAgency = store.SQL(`update agencies set version = version + 1, kind = ?, name = ?, email = ?, phone = ?, contact = ?, centre_id = ?, districts = ?, note = ?,
		retired_on = ?, retired_why = ?, changed_at = ? where id = ? and version = ?`)
	// index: referrals_agency; at most twenty are named
	owedReferrals = store.SQL(`select r.id, r.state, e.name from referrals r join centre_list e on e.id = r.centre_id
		where r.agency_id = ? and r.state in ('sent', 'received', 'needs_information', 'accepted', 'started') and {see r} order by r.id limit 20`)

	serviceOne = store.SQL(`select ` + serviceColumns + `where s.id = ?`)
	// index: agency_services_agency
	servicesOfAgency = store.SQL(`select ` + serviceColumns + `where s.agency_id = ? and s.retired_on is null order by s.id limit 200`)
	// index: agency_services_category
	servicesFor = store.SQL(`select ` + serviceColumns + `where s.category = ? and s.retired_on is null and a.retired_on is null order by s.id limit 300`)
	newService  = store.SQL(`insert into agency_services (id, version, agency_id, category, name, kinds, age_from, age_to, sex, place, districts, capacity, assured_on,
		assured_by, retired_on, changed_at) values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, ?)`)
	changedService = store.SQL(`update agency_services set version = version + 1, category = ?, name = ?, kinds = ?, age_from = ?, age_to = ?, sex = ?, place = ?,
		districts = ?, capacity = ?, assured_on = ?, assured_by = ?, retired_on = ?, changed_at = ? where id = ? and version = ?`)

	newAnswer = store.SQL(`insert into agency_answers (id, agency_id, on_day, hours, answer) values (?, ?, ?, ?, ?)`)
	// index: agency_answers_day; of the last year, the newest five thousand
	answersLately = store.SQL(`select n.agency_id, n.hours from agency_answers n where n.on_day >= ? order by n.on_day desc limit 5000`)
	answersOf     = store.SQL(`select n.hours from agency_answers n where n.agency_id = ? order by n.id desc limit 200`) // index: agency_answers_agency
)

func words(s string) []string { return strings.Fields(s) }

func scanAgency(r store.Row) (a Agency, err error) {
	var districts string
	err = r.Scan(&a.ID, &a.Version, &a.Kind, &a.Name, &a.Email, &a.Phone, &a.Contact, &a.Centre, &districts, &a.Note, &a.RetiredOn, &a.RetiredWhy)
	a.Districts = words(districts)
	return a, err
}

func agencyByID(tx *store.Tx, agency id.ID) (Agency, error) {
	return store.One(tx, agencyOne, scanAgency, agency)
}

func agencyList(tx *store.Tx, f Directory) ([]Agency, error) {
	return store.Each(tx, agencyPage.With(f.Kind != "", ofKind, f.Kind), scanAgency, int64(f.After), f.Limit) // no id yet is 0, and not null
}

func insertAgency(tx *store.Tx, a Agency) error {
	_, err := store.Exec(tx, newAgency, a.ID, a.Kind, a.Name, a.Email, a.Phone, a.Contact, a.Centre, strings.Join(a.Districts, " "), a.Note, tx.Now().UnixMilli())
	return err
}

func keepAgency(tx *store.Tx, a *Agency) error {
	return store.Change(tx, &a.Version, changedAgency, a.Kind, a.Name, a.Email, a.Phone, a.Contact, a.Centre, strings.Join(a.Districts, " "), a.Note, a.RetiredOn, a.RetiredWhy, tx.Now().UnixMilli(), a.ID, a.Version)
}

func owedBy(tx *store.Tx, agency id.ID) ([]Owed, error) {
	return store.Each(tx, owedReferrals, func(r store.Row) (o Owed, err error) {
		err = r.Scan(&o.Referral, &o.State, &o.Centre)
		return o, err
	}, agency)
}

func scanService(r store.Row) (s Service, err error) {
	var kinds, districts, serves string
	err = r.Scan(&s.ID, &s.Version, &s.Agency, &s.Category, &s.Name, &kinds, &s.AgeFrom, &s.AgeTo, &s.Sex, &s.Place, &districts, &s.Capacity, &s.AssuredOn, &s.AssuredBy, &s.RetiredOn,
		&s.AgencyName, &s.AgencyKind, &s.AgencyCentre, &serves, &s.AgencyRetired)
	s.Kinds, s.Districts, s.AgencyServes = words(kinds), words(districts), words(serves)
	return s, err
}

func serviceByID(tx *store.Tx, service id.ID) (Service, error) {
	return store.One(tx, serviceOne, scanService, service)
}

func servicesOf(tx *store.Tx, agency id.ID) ([]Service, error) {
	return store.Each(tx, servicesOfAgency, scanService, agency)
}

func servicesIn(tx *store.Tx, category string) ([]Service, error) {
	return store.Each(tx, servicesFor, scanService, category)
}

func insertService(tx *store.Tx, s Service) error {
	_, err := store.Exec(tx, newService, s.ID, s.Agency, s.Category, s.Name, strings.Join(s.Kinds, " "), s.AgeFrom, s.AgeTo, s.Sex, s.Place, strings.Join(s.Districts, " "), s.Capacity, s.AssuredOn, s.AssuredBy, tx.Now().UnixMilli())
	return err
}

func keepService(tx *store.Tx, s *Service) error {
	return store.Change(tx, &s.Version, changedService, s.Category, s.Name, strings.Join(s.Kinds, " "), s.AgeFrom, s.AgeTo, s.Sex, s.Place, strings.Join(s.Districts, " "), s.Capacity, s.AssuredOn, s.AssuredBy,
		s.RetiredOn, tx.Now().UnixMilli(), s.ID, s.Version)
}

// paces gives how each agency answered in the last year.
func paces(tx *store.Tx) (map[id.ID]Pace, error) {
	hours := map[id.ID][]int64{}
	_, err := store.Each(tx, answersLately, func(r store.Row) (a id.ID, err error) {
		var h int64
		err = r.Scan(&a, &h)
		hours[a] = append(hours[a], h)
		return a, err
	}, tx.Today().AddMonths(-12))
	all := map[id.ID]Pace{}
	for a, h := range hours {
		all[a] = paceOf(h)
	}
	return all, err
}

func hoursOf(tx *store.Tx, agency id.ID) ([]int64, error) {
	return store.Each(tx, answersOf, store.Int, agency)
}

func countAnswer(tx *store.Tx, agency id.ID, hours int64, answer string) error {
	_, err := store.Exec(tx, newAnswer, id.New(), agency, tx.Today(), hours, answer)
	return err
}
