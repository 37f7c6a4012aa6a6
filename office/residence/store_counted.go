package residence

import (
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/person"
)

const (
	lodgerColumns = `p.sex, p.home_region, p.birth_date, p.birth_precision, coalesce(p.birth_from, 0), coalesce(p.birth_to, 0)`
	regroupedFrom = `select ` + stayColumns + `, s.departed, ` + lodgerColumns + `
		from stays s join beds b on b.id = s.bed_id join rooms r on r.id = b.room_id join wards w on w.id = r.ward_id
		join persons p on p.id = s.person_id where `
	regroupedSee = ` and {see s} and {see b} and {see r} and {see w} and {see p} order by s.id `

	// The end of an open stay is a plan: who has not left is still there.
	livesIn = `select s.id as id, s.centre_id as centre_id, s.from_on as from_on, s.left_on as to_on, `
	comes   = `select s.id as id, s.centre_id as centre_id, s.from_on as from_on, cast(null as text) as to_on, `
	goes    = `select s.id as id, s.centre_id as centre_id, s.to_on as from_on, cast(null as text) as to_on, `
	ofWhom  = ` as dim, s.person_id as person_id, s.case_id as case_id, p.restricted as restricted, p.called as called
		from stays s join persons p on p.id = s.person_id where {see s} and {see p} `
	lived    = `and s.state in ('open', 'ended') `
	arrived  = `and s.state in ('open', 'ended') and s.arrived `
	departed = `and s.state = 'ended' and s.departed `
	inWard   = ` as dim, s.person_id as person_id, s.case_id as case_id, p.restricted as restricted, p.called as called
		from stays s join persons p on p.id = s.person_id join beds b on b.id = s.bed_id join rooms r on r.id = b.room_id
		where {see s} and {see p} and {see b} and {see r} `
	grouped = `and s.age <> '' ` // a row from before the groups is counted by them when Group has been there
)

var (
	lodgerByID     = store.SQL(`select ` + lodgerColumns + ` from persons p where p.id = ? and {see p}`)
	staysOfPerson  = store.SQL(regroupedFrom + `s.person_id = ? and s.age <> ''` + regroupedSee) // index: stays (person_id, from_on)
	ungroupedStays = store.SQL(regroupedFrom + `s.age = ''` + regroupedSee + `limit 500`)        // index: stays_ungrouped
	setGroups      = store.SQL(`update stays set sex = ?, region = ?, age = ? where id = ? and {see stays}`)

	// index: stays_from, stays_gone, stays_ends
	stayFacts         = store.Facts(livesIn + `s.sex` + ofWhom + lived)
	arriveFacts       = store.Facts(comes + `s.sex` + ofWhom + arrived)
	leaveFacts        = store.Facts(goes + `s.sex` + ofWhom + departed)
	stayWardFacts     = store.Facts(livesIn + `cast(r.ward_id as text)` + inWard + lived)
	stayAgeFacts      = store.Facts(livesIn + `s.age` + ofWhom + lived + grouped)
	arriveAgeFacts    = store.Facts(comes + `s.age` + ofWhom + arrived + grouped)
	leaveAgeFacts     = store.Facts(goes + `s.age` + ofWhom + departed + grouped)
	stayRegionFacts   = store.Facts(livesIn + `s.region` + ofWhom + lived + grouped)
	arriveRegionFacts = store.Facts(comes + `s.region` + ofWhom + arrived + grouped)
	leaveRegionFacts  = store.Facts(goes + `s.region` + ofWhom + departed + grouped)
)

// index: beds_centre
var bedWards = store.SQL(`select b.id, r.ward_id from beds b join rooms r on r.id = b.room_id where b.centre_id = ? and {see b} and {see r}`)

// wardsOf gives the ward of each bed at the centres of stays that come in bulk: a bed stands in one ward for ever.
func wardsOf(tx *store.Tx, stays []Stay) (map[id.ID]id.ID, error) {
	wards, read := map[id.ID]id.ID{}, map[id.ID]bool{}
	for _, s := range stays {
		if read[s.Centre] {
			continue
		}
		read[s.Centre] = true
		_, err := store.Each(tx, bedWards, func(r store.Row) (struct{}, error) {
			var bed, ward id.ID
			err := r.Scan(&bed, &ward)
			wards[bed] = ward
			return struct{}{}, err
		}, s.Centre)
		if err != nil {
			return nil, err
		}
	}
	return wards, nil
}

// lodger is what the registry says of a person that figures count by.
type lodger struct {
	sex, home string
	birth     person.Birth
}

func scanLodger(r store.Row) (l lodger, err error) {
	err = r.Scan(l.into()...)
	return l, err
}

func (l *lodger) into() []any {
	return []any{&l.sex, &l.home, &l.birth.Date, &l.birth.Precision, &l.birth.From, &l.birth.To}
}

// regrouped is a stay with what the registry now says of its person.
type regrouped struct {
	Stay
	departed bool
	lodger   lodger
}

func scanRegrouped(r store.Row) (x regrouped, err error) {
	err = r.Scan(append(append(x.Stay.into(), &x.departed), x.lodger.into()...)...)
	return x, err
}

var wardsThere = store.SQL(`select w.id, w.name from wards w where w.centre_id = ? and {see w} order by w.id limit 500`)

// WardNames are those of the wards of a centre.
func WardNames(tx *store.Tx, at id.ID) (map[id.ID]string, error) {
	names := map[id.ID]string{}
	_, err := store.Each(tx, wardsThere, func(r store.Row) (bool, error) {
		var ward id.ID
		var name string
		err := r.Scan(&ward, &name)
		names[ward] = name
		return true, err
	}, at)
	return names, err
}
