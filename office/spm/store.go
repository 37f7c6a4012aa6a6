package spm

import (
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/law"
)

const (
	districtColumns = `d.id, d.version, d.year, d.ppks_group, d.region, d.entitled, d.source, d.collected_on, d.outside_served, d.outside_entitled, d.note, d.user_name`
	supplyColumns   = `s.id, s.version, s.centre_id, s.year, s.ppks_group, s.item, s.persons, s.quantity, s.unit, s.unit_cost, s.note, s.user_name`
	entryColumns    = `y.id, y.version, y.year, y.ppks_group, y.collect_state, y.collect_on, y.collect_note, y.compute_state, y.compute_on, y.compute_note,
		y.plan_state, y.plan_on, y.plan_note, y.deliver_state, y.deliver_on, y.deliver_note, y.result, y.obstacles, y.budget, y.spent, y.user_name`
	reportColumns = `r.id, r.version, r.year, r.state, r.body, r.sha256, r.foreword, coalesce(r.approved_at, 0), r.approved_by, r.user_name`
)

var (
	// index: the unique keys, led by the year
	districtsOfYear = store.SQL(`select ` + districtColumns + ` from spm_districts d where d.year = ? {parts} order by d.ppks_group, d.region limit 200`)
	inGroup         = store.NewPart(`and d.ppks_group = ?`)
	districtOne     = store.SQL(`select ` + districtColumns + ` from spm_districts d where d.year = ? and d.ppks_group = ? and d.region = ?`)
	newDistrict     = store.SQL(`insert into spm_districts (id, version, year, ppks_group, region, entitled, source, collected_on, outside_served, outside_entitled, note, user_name)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	setDistrict = store.SQL(`update spm_districts set version = version + 1, entitled = ?, source = ?, collected_on = ?, outside_served = ?, outside_entitled = ?,
		note = ?, user_name = ? where id = ? and version = ?`)

	// index: spm_supplies (year, …); (centre_id, year, …)
	suppliesOfYear = store.SQL(`select ` + supplyColumns + ` from spm_supplies s where s.year = ? and {see s}`)
	suppliesOfUnit = store.SQL(`select ` + supplyColumns + ` from spm_supplies s where s.centre_id = ? and s.year = ? and {see s} order by s.item limit 100`)
	supplyOne      = store.SQL(`select ` + supplyColumns + ` from spm_supplies s where s.centre_id = ? and s.year = ? and s.item = ? and {see s}`)
	newSupply      = store.SQL(`insert into spm_supplies (id, version, year, ppks_group, item, persons, quantity, unit, unit_cost, note, user_name, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, e.id from centres e where e.id = ? and {see e}`)
	setSupply = store.SQL(`update spm_supplies set version = version + 1, persons = ?, quantity = ?, unit = ?, unit_cost = ?, note = ?, user_name = ?
		where id = ? and version = ? and {see spm_supplies}`)
	// index: facility_beds (centre_id): few beds are broken
	bedsBroken = store.SQL(`select b.centre_id, count(*) from facility_beds b where {see b} group by b.centre_id`)

	yearEntries = store.SQL(`select ` + entryColumns + ` from spm_years y where y.year = ? order by y.ppks_group`)
	entryOne    = store.SQL(`select ` + entryColumns + ` from spm_years y where y.year = ? and y.ppks_group = ?`)
	newEntry    = store.SQL(`insert into spm_years (id, version, year, ppks_group, collect_state, collect_on, collect_note, compute_state, compute_on, compute_note,
			plan_state, plan_on, plan_note, deliver_state, deliver_on, deliver_note, result, obstacles, budget, spent, user_name)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	setEntry = store.SQL(`update spm_years set version = version + 1, collect_state = ?, collect_on = ?, collect_note = ?, compute_state = ?, compute_on = ?,
		compute_note = ?, plan_state = ?, plan_on = ?, plan_note = ?, deliver_state = ?, deliver_on = ?, deliver_note = ?, result = ?, obstacles = ?, budget = ?,
		spent = ?, user_name = ? where id = ? and version = ?`)

	reportOfYear = store.SQL(`select ` + reportColumns + ` from spm_reports r where r.year = ?`)
	reportList   = store.SQL(`select ` + reportColumns + ` from spm_reports r order by r.year desc limit 60`)
	newReport    = store.SQL(`insert into spm_reports (id, version, year, state, body, sha256, foreword, approved_at, approved_by, user_name)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?)`)
	setReport = store.SQL(`update spm_reports set version = version + 1, state = ?, body = ?, sha256 = ?, foreword = ?, approved_at = ?, approved_by = ?, user_name = ?
		where id = ? and version = ?`)
	sendingList = store.SQL(`select n.id, n.receiver, n.sent_on, n.letter_no, n.user_name from spm_sendings n where n.report_id = ? order by n.id`)
	newSending  = store.SQL(`insert into spm_sendings (id, report_id, receiver, sent_on, letter_no, user_name) values (?, ?, ?, ?, ?, ?)`)
)

func scanDistrict(r store.Row) (d District, err error) {
	var region string
	err = r.Scan(&d.ID, &d.Version, &d.Year, &d.Group, &region, &d.Entitled, &d.Source, &d.CollectedOn, &d.OutsideServed, &d.OutsideEntitled, &d.Note, &d.By)
	d.Region, _ = law.RegionOf(region)
	return d, err
}

func districtsOf(tx *store.Tx, y Year, group string) ([]District, error) {
	return store.Each(tx, districtsOfYear.With(group != "", inGroup, group), scanDistrict, int64(y))
}

func districtAt(tx *store.Tx, y Year, group, region string) (District, error) {
	return store.One(tx, districtOne, scanDistrict, int64(y), group, region)
}

func keepDistrict(tx *store.Tx, d *District) error {
	if d.Version == 0 {
		d.ID, d.Version = id.New(), 1
		_, err := store.Exec(tx, newDistrict, d.ID, int64(d.Year), d.Group, d.Region.Code, d.Entitled, d.Source, d.CollectedOn, d.OutsideServed, d.OutsideEntitled, d.Note, d.By)
		return first(err)
	}
	return store.Change(tx, &d.Version, setDistrict, d.Entitled, d.Source, d.CollectedOn, d.OutsideServed, d.OutsideEntitled, d.Note, d.By, d.ID, d.Version)
}

func scanSupply(r store.Row) (s Supply, err error) {
	err = r.Scan(&s.ID, &s.Version, &s.Centre, &s.Year, &s.Group, &s.Item, &s.Persons, &s.Quantity, &s.Unit, &s.UnitCost, &s.Note, &s.By)
	return s, err
}

func suppliesOf(tx *store.Tx, y Year) ([]Supply, error) {
	return store.Each(tx, suppliesOfYear, scanSupply, int64(y))
}

func suppliesAt(tx *store.Tx, at id.ID, y Year) ([]Supply, error) {
	return store.Each(tx, suppliesOfUnit, scanSupply, at, int64(y))
}

func supplyAt(tx *store.Tx, at id.ID, y Year, item string) (Supply, error) {
	return store.One(tx, supplyOne, scanSupply, at, int64(y), item)
}

func keepSupply(tx *store.Tx, s *Supply) error {
	if s.Version == 0 {
		s.ID, s.Version = id.New(), 1
		_, err := store.Exec(tx, newSupply, s.ID, int64(s.Year), s.Group, s.Item, s.Persons, s.Quantity, s.Unit, s.UnitCost, s.Note, s.By, s.Centre)
		return first(err)
	}
	return store.Change(tx, &s.Version, setSupply, s.Persons, s.Quantity, s.Unit, s.UnitCost, s.Note, s.By, s.ID, s.Version)
}

func brokenBeds(tx *store.Tx) (map[id.ID]int64, error) {
	out := map[id.ID]int64{}
	_, err := store.Each(tx, bedsBroken, func(r store.Row) (at id.ID, err error) {
		var n int64
		err = r.Scan(&at, &n)
		out[at] = n
		return at, err
	})
	return out, err
}

func scanEntry(r store.Row) (e Entry, err error) {
	s := make([]Step, len(Steps))
	err = r.Scan(&e.ID, &e.Version, &e.Year, &e.Group, &s[0].State, &s[0].On, &s[0].Note, &s[1].State, &s[1].On, &s[1].Note, &s[2].State, &s[2].On, &s[2].Note,
		&s[3].State, &s[3].On, &s[3].Note, &e.Result, &e.Obstacles, &e.Budget, &e.Spent, &e.By)
	for i, key := range Steps {
		s[i].Key = key
	}
	e.Steps = s
	return e, err
}

func entriesOf(tx *store.Tx, y Year) ([]Entry, error) {
	return store.Each(tx, yearEntries, scanEntry, int64(y))
}

func entryAt(tx *store.Tx, y Year, group string) (Entry, error) {
	return store.One(tx, entryOne, scanEntry, int64(y), group)
}

func keepEntry(tx *store.Tx, e *Entry) error {
	var said []any
	for _, s := range e.Steps {
		said = append(said, s.State, s.On, s.Note)
	}
	said = append(said, e.Result, e.Obstacles, e.Budget, e.Spent, e.By)
	if e.Version == 0 {
		e.ID, e.Version = id.New(), 1
		_, err := store.Exec(tx, newEntry, append([]any{e.ID, int64(e.Year), e.Group}, said...)...)
		return first(err)
	}
	return store.Change(tx, &e.Version, setEntry, append(said, e.ID, e.Version)...)
}

func scanReport(r store.Row) (p Report, err error) {
	var at int64
	err = r.Scan(&p.ID, &p.Version, &p.Year, &p.State, &p.Body, &p.SHA256, &p.Foreword, &at, &p.ApprovedBy, &p.By)
	if at != 0 {
		p.ApprovedAt = time.UnixMilli(at)
	}
	return p, err
}

func reportAt(tx *store.Tx, y Year) (Report, error) {
	return store.One(tx, reportOfYear, scanReport, int64(y))
}

func reportsAll(tx *store.Tx) ([]Report, error) { return store.Each(tx, reportList, scanReport) }

func keepReport(tx *store.Tx, r *Report) error {
	var at *int64
	if !r.ApprovedAt.IsZero() {
		ms := r.ApprovedAt.UnixMilli()
		at = &ms
	}
	body := r.Body
	if r.State == Draft { // it follows the figures
		body = ""
	}
	if r.Version == 0 {
		r.Version = 1
		_, err := store.Exec(tx, newReport, r.ID, int64(r.Year), r.State, body, r.SHA256, r.Foreword, at, r.ApprovedBy, r.By)
		return first(err)
	}
	return store.Change(tx, &r.Version, setReport, r.State, body, r.SHA256, r.Foreword, at, r.ApprovedBy, r.By, r.ID, r.Version)
}

func sendingsOf(tx *store.Tx, report id.ID) ([]Sending, error) {
	return store.Each(tx, sendingList, func(r store.Row) (s Sending, err error) {
		err = r.Scan(&s.ID, &s.Receiver, &s.On, &s.LetterNo, &s.By)
		return s, err
	}, report)
}

func insertSending(tx *store.Tx, report id.ID, s Sending) error {
	_, err := store.Exec(tx, newSending, s.ID, report, s.Receiver, s.On, s.LetterNo, s.By)
	return first(err)
}

// first tells of a record that somebody else wrote first: it is there now, and has another version.
func first(err error) error {
	if store.Duplicate(err) {
		return fail.Stale
	}
	return err
}
