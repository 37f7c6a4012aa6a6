package person

import (
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	personsAfter = store.SQL(`select p.id, p.version, p.called, p.sex, p.birth_date, p.birth_precision, p.birth_from, p.birth_to, p.home_region,
		p.restricted, p.village, p.found_place, p.found_on, p.deceased_on, p.note from persons p where p.id > ? and {see p} order by p.id limit 500`)  // index: the key
	namesBetween = store.SQL(`select n.person_id, n.kind, n.text from person_names n
		where n.person_id >= ? and n.person_id <= ? and n.removed_at is null and {see n} order by n.person_id, n.id`)
	claimsBetween = store.SQL(`select i.person_id, i.kind, i.value, i.certainty from identifiers i
		where i.person_id >= ? and i.person_id <= ? and i.removed_at is null and {see i} order by i.person_id, i.id`)
	centresBetween = store.SQL(`select a.person_id, e.code from person_centre a join centre_list e on e.id = a.centre_id
		where a.person_id >= ? and a.person_id <= ? and {see a} order by a.person_id, a.since, e.code`)
	personsOfNumber = store.SQL(`select distinct i.person_id from identifiers i join persons p on p.id = i.person_id
		where i.kind = ? and i.value = ? and i.removed_at is null and {see i} and {see p} limit 2`)  // index: identifiers (kind, value)

	personsNameless = store.SQL(`select p.id from persons p where {see p} and not exists (select 1 from person_names n
		where n.person_id = p.id and n.removed_at is null and {see n}) limit 1000`)
	personsNowhere = store.SQL(`select p.id from persons p where {see p} and not exists (select 1 from person_centre a
		where a.person_id = p.id and {see a}) limit 1000`)
	claimsOfNobody = store.SQL(`select i.id from identifiers i where {see i} and not exists (select 1 from persons p
		where p.id = i.person_id and {see p}) limit 1000`)
)

type nameOf struct {
	person id.ID
	Name
}

func scanNameOf(r store.Row) (n nameOf, err error) {
	err = r.Scan(&n.person, &n.Kind, &n.Text)
	return n, err
}

type claimOf struct {
	person id.ID
	Identifier
}

func scanClaimOf(r store.Row) (c claimOf, err error) {
	err = r.Scan(&c.person, &c.Kind, &c.Value, &c.Certainty)
	return c, err
}

type presence struct {
	person id.ID
	code   string
}

func scanPresence(r store.Row) (p presence, err error) {
	err = r.Scan(&p.person, &p.code)
	return p, err
}
