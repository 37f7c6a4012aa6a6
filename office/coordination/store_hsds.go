package coordination

import (
	"strings"

	"tuntas/house/id"
	"tuntas/house/store"
)

const openColumns = `s.id, s.version, s.agency_id, s.category, s.name, s.kinds, s.age_from, s.age_to, s.sex, s.place, s.districts, s.capacity, s.assured_on,
	s.assured_by, s.retired_on, a.name, a.kind, a.centre_id, a.districts, a.retired_on, a.phone, coalesce(s.changed_at, 0), coalesce(a.changed_at, 0)
	from agency_services s join agencies a on a.id = s.agency_id `

var (
	// index: the keys. The directory of a province is some hundred entries: a page of it, and how many there are.
	openPageOf   = store.SQL(`select ` + openColumns + `where s.retired_on is null and a.retired_on is null {parts} order by s.id limit ? offset ?`)
	openCount    = store.SQL(`select count(*) from agency_services s join agencies a on a.id = s.agency_id where s.retired_on is null and a.retired_on is null {parts}`)
	openNamed    = store.NewPart(`and (lower(s.name) like ? or lower(a.name) like ?)`)
	openSince    = store.NewPart(`and (s.changed_at >= ? or a.changed_at >= ?)`)
	openOfAgency = store.NewPart(`and s.agency_id = ?`)
	openOne      = store.SQL(`select ` + openColumns + `where s.id = ?`)
	// index: agency_services_agency, over the agencies of a page
	openBetween = store.SQL(`select ` + openColumns + `where s.agency_id >= ? and s.agency_id <= ? and s.retired_on is null order by s.agency_id, s.id limit 2000`)

	openAgencyPage  = store.SQL(`select ` + agencyColumns + `where a.retired_on is null {parts} order by a.id limit ? offset ?`) // index: the key
	openAgencyCount = store.SQL(`select count(*) from agencies a where a.retired_on is null {parts}`)
	agencyNamed     = store.NewPart(`and lower(a.name) like ?`)
)

func scanOpened(r store.Row) (o opened, err error) {
	var kinds, districts, serves string
	var service, agency int64
	s := &o.Service
	err = r.Scan(&s.ID, &s.Version, &s.Agency, &s.Category, &s.Name, &kinds, &s.AgeFrom, &s.AgeTo, &s.Sex, &s.Place, &districts, &s.Capacity, &s.AssuredOn, &s.AssuredBy, &s.RetiredOn,
		&s.AgencyName, &s.AgencyKind, &s.AgencyCentre, &serves, &s.AgencyRetired, &o.Phone, &service, &agency)
	s.Kinds, s.Districts, s.AgencyServes = words(kinds), words(districts), words(serves)
	o.Changed = max(service, agency)
	return o, err
}

// likeness is a pattern that finds what was typed anywhere; the signs of patterns in it mean nothing.
func likeness(typed string) string {
	return "%" + strings.NewReplacer("%", "", "_", "", `\`, "").Replace(strings.ToLower(strings.TrimSpace(typed))) + "%"
}

// openedServices gives a page of the services that are offered, and how many there are.
func openedServices(tx *store.Tx, q OpenQuery, of id.ID) (all []opened, total int64, err error) {
	like, since := likeness(q.Search), int64(0)
	if !q.ModifiedAfter.IsZero() {
		since = q.ModifiedAfter.UnixMilli()
	}
	narrow := func(s *store.Stmt) *store.Query {
		return s.With(q.Search != "", openNamed, like, like).With(since != 0, openSince, since, since).With(of != 0, openOfAgency, of)
	}
	if total, err = store.One(tx, narrow(openCount), store.Int); err != nil {
		return nil, 0, err
	}
	all, err = store.Each(tx, narrow(openPageOf), scanOpened, q.PerPage, (q.Page-1)*q.PerPage)
	return all, total, err
}

func openedService(tx *store.Tx, service id.ID) (opened, error) {
	return store.One(tx, openOne, scanOpened, service)
}

// openedBetween gives what agencies whose ids lie side by side offer, by agency.
func openedBetween(tx *store.Tx, first, last id.ID) (map[id.ID][]opened, error) {
	all, err := store.Each(tx, openBetween, scanOpened, first, last)
	by := map[id.ID][]opened{}
	for _, o := range all {
		by[o.Agency] = append(by[o.Agency], o)
	}
	return by, err
}

func openedAgencies(tx *store.Tx, q OpenAgencyQuery) (all []Agency, total int64, err error) {
	narrow := func(s *store.Stmt) *store.Query {
		return s.With(q.Search != "", agencyNamed, likeness(q.Search))
	}
	if total, err = store.One(tx, narrow(openAgencyCount), store.Int); err != nil {
		return nil, 0, err
	}
	all, err = store.Each(tx, narrow(openAgencyPage), scanAgency, q.PerPage, (q.Page-1)*q.PerPage)
	return all, total, err
}
