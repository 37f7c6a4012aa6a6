package mandate

import (
	"strings"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const eventColumns = `e.id, e.version, e.centre_id, e.year, e.on_day, e.kind, e.what, e.document, e.user_name, e.struck_on, e.struck_why`

var (
	mandateByCentre = store.SQL(`select m.version, m.founded_on, m.decision_no, m.decision_by, m.target_then, m.target_wanted, m.capacity_then,
		m.capacity_wanted, m.kinds_then, m.kinds_wanted, m.regions_then, m.regions_wanted from mandates m where m.centre_id = ? and {see m}`)
	newMandate = store.SQL(`insert into mandates (id, version, founded_on, decision_no, decision_by, target_then, target_wanted, capacity_then,
			capacity_wanted, kinds_then, kinds_wanted, regions_then, regions_wanted, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, e.id from centres e where e.id = ? and {see e}`)
	setMandateOf = store.SQL(`update mandates set founded_on = ?, decision_no = ?, decision_by = ?, target_then = ?, target_wanted = ?, capacity_then = ?,
			capacity_wanted = ?, kinds_then = ?, kinds_wanted = ?, regions_then = ?, regions_wanted = ?, version = version + 1
		where centre_id = ? and version = ? and {see mandates}`)

	// index: mandate_functions (centre_id, id)
	functionsOfCentre = store.SQL(`select f.id, f.version, f.centre_id, f.name, f.was, f.runs, f.wanted, f.note from mandate_functions f
		where f.centre_id = ? and {see f} order by f.id limit 60`)
	functionOne = store.SQL(`select f.id, f.version, f.centre_id, f.name, f.was, f.runs, f.wanted, f.note from mandate_functions f where f.id = ? and {see f}`)
	newFunction = store.SQL(`insert into mandate_functions (id, version, name, was, runs, wanted, note, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, e.id from centres e where e.id = ? and {see e}`)
	setFunction = store.SQL(`update mandate_functions set name = ?, was = ?, runs = ?, wanted = ?, note = ?, version = version + 1
		where id = ? and version = ? and {see mandate_functions}`)

	// index: centre_events (centre_id, year, id)
	eventsFirst = store.SQL(`select ` + eventColumns + ` from centre_events e where e.centre_id = ? and {see e} order by e.year desc, e.id desc limit ?`)
	eventsNext  = store.SQL(`select ` + eventColumns + ` from centre_events e where e.centre_id = ? and (e.year < ? or e.year = ? and e.id < ?) and {see e}
		order by e.year desc, e.id desc limit ?`)
	eventOne = store.SQL(`select ` + eventColumns + ` from centre_events e where e.id = ? and {see e}`)
	newEvent = store.SQL(`insert into centre_events (id, version, year, on_day, kind, what, document, struck_why, user_name, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, '', ?, e.id from centres e where e.id = ? and {see e}`)
	strikeEventOf = store.SQL(`update centre_events set struck_on = ?, struck_why = ?, version = version + 1 where id = ? and version = ? and {see centre_events}`)
)

// joined and parted keep a short list of keys in one column: it is read whole, and never asked into.
func joined(keys []string) string { return strings.Join(keys, " ") }

func parted(keys string) []string { return strings.Fields(keys) }

func scanMandate(r store.Row) (m Mandate, err error) {
	var kindsThen, kindsWanted, regionsThen, regionsWanted string
	err = r.Scan(&m.Version, &m.FoundedOn, &m.DecisionNo, &m.DecisionBy, &m.Then.Target, &m.Wanted.Target, &m.Then.Capacity, &m.Wanted.Capacity,
		&kindsThen, &kindsWanted, &regionsThen, &regionsWanted)
	m.Then.Kinds, m.Wanted.Kinds, m.Then.Regions, m.Wanted.Regions = parted(kindsThen), parted(kindsWanted), parted(regionsThen), parted(regionsWanted)
	return m, err
}

// entered tells fail.Stale where nothing was entered: the centre was read under the asker's scope before.
func entered(n int64, err error) error {
	if err == nil && n == 0 {
		return fail.Stale
	}
	return err
}

func keepMandate(tx *store.Tx, m *Mandate) error {
	said := []any{m.FoundedOn, m.DecisionNo, m.DecisionBy, m.Then.Target, m.Wanted.Target, m.Then.Capacity, m.Wanted.Capacity,
		joined(m.Then.Kinds), joined(m.Wanted.Kinds), joined(m.Then.Regions), joined(m.Wanted.Regions), m.Centre.ID}
	if m.Version == 0 {
		m.Version = 1
		return entered(store.Exec(tx, newMandate, append([]any{id.New()}, said...)...))
	}
	return store.Change(tx, &m.Version, setMandateOf, append(said, m.Version)...)
}

func scanFunction(r store.Row) (f Function, err error) {
	err = r.Scan(&f.ID, &f.Version, &f.Centre, &f.Name, &f.Was, &f.Runs, &f.Wanted, &f.Note)
	return f, err
}

func functionsOf(tx *store.Tx, at id.ID) ([]Function, error) {
	return store.Each(tx, functionsOfCentre, scanFunction, at)
}

func functionByID(tx *store.Tx, function id.ID) (Function, error) {
	return store.One(tx, functionOne, scanFunction, function)
}

func insertFunction(tx *store.Tx, f Function) error {
	return entered(store.Exec(tx, newFunction, f.ID, f.Name, f.Was, f.Runs, f.Wanted, f.Note, f.Centre))
}

func keepFunction(tx *store.Tx, f *Function) error {
	return store.Change(tx, &f.Version, setFunction, f.Name, f.Was, f.Runs, f.Wanted, f.Note, f.ID, f.Version)
}

func scanEvent(r store.Row) (e Event, err error) {
	err = r.Scan(&e.ID, &e.Version, &e.Centre, &e.Year, &e.On, &e.Kind, &e.What, &e.Document, &e.By, &e.StruckOn, &e.StruckWhy)
	return e, err
}

func eventByID(tx *store.Tx, event id.ID) (Event, error) {
	return store.One(tx, eventOne, scanEvent, event)
}

func eventsOf(tx *store.Tx, at, after id.ID, limit int64) ([]Event, error) {
	if after == 0 {
		return store.Each(tx, eventsFirst, scanEvent, at, limit)
	}
	last, err := eventByID(tx, after)
	if err != nil {
		return nil, err
	}
	return store.Each(tx, eventsNext, scanEvent, at, last.Year, last.Year, last.ID, limit)
}

func insertEvent(tx *store.Tx, e Event) error {
	return entered(store.Exec(tx, newEvent, e.ID, e.Year, e.On, e.Kind, e.What, e.Document, e.By, e.Centre))
}

func keepStruckEvent(tx *store.Tx, e *Event) error {
	return store.Change(tx, &e.Version, strikeEventOf, e.StruckOn, e.StruckWhy, e.ID, e.Version)
}
