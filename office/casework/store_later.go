package casework

import (
	"cmp"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

const contactColumns = `k.id, k.version, k.case_id, k.centre_id, k.person_id, k.month, k.due_on, k.state, k.on_day, k.reached, k.method,
	k.independence, k.work, k.income_band, k.household_size, k.household_income, k.aid, k.dtsen_decile, k.dtsen_on, k.dtsen_source, k.note, k.attempts, k.user_name`

var (
	serviceSums    = store.SQL(`select v.item, count(*), min(v.on_day), max(v.on_day) from services v where v.case_id = ? and {see v} group by v.item`) // index: services (case_id, …)
	servicesOfCase = store.SQL(`select v.id, v.version, v.case_id, v.item, v.goal_id, v.atensi, v.on_day, v.quantity, v.unit, v.note, v.user_name
		from services v where v.case_id = ? and v.id < ? and {see v} order by v.id desc limit ?`)
	serviceOne = store.SQL(`select v.id, v.version, v.case_id, v.item, v.goal_id, v.atensi, v.on_day, v.quantity, v.unit, v.note, v.user_name
		from services v join persons p on p.id = v.person_id where v.id = ? and {see v} and {see p}`)
	newService = store.SQL(`insert into services (id, version, item, goal_id, atensi, on_day, quantity, unit, note, user_id, user_name, case_id, centre_id, person_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, c.id, c.centre_id, c.person_id from cases c where c.id = ? and {see c}`)
	deleteService = store.SQL(`delete from services where id = ? and {see services}`)

	checksOfCase = store.SQL(`select l.code, l.state, l.note, l.on_day, l.user_name from checklist l where l.case_id = ? and {see l} order by l.code`)
	keepCheck    = store.SQL(`insert into checklist (code, state, note, on_day, user_id, user_name, case_id, centre_id)
		select ?, ?, ?, ?, ?, ?, c.id, c.centre_id from cases c where c.id = ? and {see c}
		on conflict (case_id, code) do update set state = excluded.state, note = excluded.note, on_day = excluded.on_day,
			user_id = excluded.user_id, user_name = excluded.user_name`)
	endGoal = store.SQL(`update goals set state = ?, ended_on = ?, ended_why = ? where id = ? and case_id = ? and state = 'open' and {see goals}`)

	endingOfCase = store.SQL(`select t.on_day, t.reason, t.destination, t.outcome, t.handed_to, t.relation, t.contact, t.note, t.user_name, t.guardian,
			t.skill, t.tool, t.gain_decile, t.gain_income, t.gain_work, t.gain_head, t.gain_aid, t.back_on, t.course, t.rise, t.decile
		from terminations t where t.case_id = ? and {see t}`)
	newEnding = store.SQL(`insert into terminations (on_day, reason, destination, outcome, handed_to, relation, contact, note, user_id, user_name, guardian, skill, tool, year_on, case_id, centre_id, person_id)
		select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, c.id, c.centre_id, c.person_id from cases c where c.id = ? and {see c}`)
	setOutcome = store.SQL(`update cases set outcome = ? where id = ? and {see cases}`)
	closeCase  = store.SQL(`update cases set closed_on = ?, result = ? where id = ? and {see cases}`)

	contactsOfCase = store.SQL(`select ` + contactColumns + ` from contacts k where k.case_id = ? and {see k} order by k.due_on, k.id`) // index: contacts (case_id, due_on)
	contactOne     = store.SQL(`select ` + contactColumns + ` from contacts k join persons p on p.id = k.person_id where k.id = ? and {see k} and {see p}`)
	// index: contacts (centre_id, state, due_on)
	dueOnes = store.SQL(`select ` + contactColumns + `, p.called, p.home_region from contacts k join persons p on p.id = k.person_id
		join cases c on c.id = k.case_id where c.stage <> 'closed' and k.state = 'open' and k.due_on <= ? and {see k} and {see p} and {see c} {parts} order by k.due_on, k.id limit ?`)
	dueBeyond = store.NewPart(`and (k.due_on > ? or k.due_on = ? and k.id > ?)`)
	// the restricted alone, who are few: index: persons_restricted, contacts (person_id)
	restrictedVisits = store.SQL(`select count(*) from persons p join contacts k on k.person_id = p.id join cases c on c.id = k.case_id
		where p.restricted and c.stage <> 'closed' and k.state = 'open' and k.due_on <= ? and {see k} and {see p} and {see c} {parts}`)
	newContact = store.SQL(`insert into contacts (id, version, month, due_on, state, on_day, reached, method, independence, work, income_band, household_size, household_income,
			aid, dtsen_decile, dtsen_on, dtsen_source, note, attempts, user_id, user_name, case_id, centre_id, person_id)
		select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, c.id, c.centre_id, c.person_id from cases c where c.id = ? and {see c}`)
	keepContact = store.SQL(`update contacts set version = ?, due_on = ?, state = ?, on_day = ?, reached = ?, method = ?, independence = ?, work = ?,
		income_band = ?, household_size = ?, household_income = ?, aid = ?, dtsen_decile = ?, dtsen_on = ?, dtsen_source = ?, note = ?, attempts = ?, user_id = ?, user_name = ? where id = ? and {see contacts}`)
	newAttempt = store.SQL(`insert into contact_attempts (id, on_day, method, note, user_id, user_name, contact_id, centre_id)
		select ?, ?, ?, ?, ?, ?, k.id, k.centre_id from contacts k where k.id = ? and {see k}`)
)

func scanSum(r store.Row) (s ServiceSum, err error) {
	err = r.Scan(&s.Item, &s.N, &s.First, &s.Last)
	return s, err
}

func scanService(r store.Row) (s Service, err error) {
	err = r.Scan(&s.ID, &s.Version, &s.Case, &s.Item, &s.Goal, &s.Atensi, &s.On, &s.Quantity, &s.Unit, &s.Note, &s.By)
	return s, err
}

func servicesOf(tx *store.Tx, caseID, before id.ID, limit int64) ([]Service, error) {
	return store.Each(tx, servicesOfCase, scanService, caseID, cmp.Or(before, id.Last), limit)
}

func serviceByID(tx *store.Tx, service id.ID) (Service, error) {
	return store.One(tx, serviceOne, scanService, service)
}

func insertService(tx *store.Tx, c Case, s Service) error {
	_, err := store.Exec(tx, newService, s.ID, s.Item, s.Goal, s.Atensi, s.On, s.Quantity, s.Unit, s.Note, tx.By().User, s.By, c.ID)
	return err
}

func scanCheck(r store.Row) (c Check, err error) {
	err = r.Scan(&c.Code, &c.State, &c.Note, &c.On, &c.By)
	return c, err
}

func putCheck(tx *store.Tx, c Case, k Check) error {
	_, err := store.Exec(tx, keepCheck, k.Code, k.State, k.Note, tx.Today(), tx.By().User, tx.By().Name, c.ID)
	return err
}

func scanEnding(r store.Row) (e Ending, err error) {
	var course, rise, decile *string
	var gains Gains
	err = r.Scan(&e.On, &e.Reason, &e.Destination, &e.Outcome, &e.HandedTo, &e.Relation, &e.Contact, &e.Note, &e.By, &e.Guardian, &e.Skill, &e.Tool, &gains.Decile, &gains.Income, &gains.Work, &gains.Head, &gains.Aid, &e.BackOn, &course, &rise, &decile)
	if course != nil {
		e.After = &Afterwards{*course, *rise, *decile, *course != "" && e.BackOn != "", gains, e.taught()}
	}
	return e, err
}

func insertEnding(tx *store.Tx, c Case, e Ending) error {
	if _, err := store.Exec(tx, newEnding, e.On, e.Reason, e.Destination, e.Outcome, e.HandedTo, e.Relation, e.Contact, e.Note,
		tx.By().User, tx.By().Name, e.Guardian, e.Skill, e.Tool, e.On.AddMonths(yearMonths), c.ID); err != nil {
		return err
	}
	_, err := store.Exec(tx, setOutcome, e.Outcome, c.ID)
	return err
}

func intoContact(c *Contact, aid *string) []any {
	return []any{&c.ID, &c.Version, &c.Case, &c.Centre, &c.Person, &c.Month, &c.DueOn, &c.State, &c.On, &c.Reached, &c.Method,
		&c.Independence, &c.Work, &c.IncomeBand, &c.Size, &c.Income, aid, &c.Decile, &c.DecileOn, &c.DecileSource, &c.Note, &c.Attempts, &c.By}
}

func scanContact(r store.Row) (c Contact, err error) {
	var aid string
	err = r.Scan(intoContact(&c, &aid)...)
	c.Aid = splitCodes(aid)
	return c, err
}

func contactByID(tx *store.Tx, contact id.ID) (Contact, error) {
	return store.One(tx, contactOne, scanContact, contact)
}

func insertContact(tx *store.Tx, c Contact) error {
	_, err := store.Exec(tx, newContact, c.ID, c.Version, c.Month, c.DueOn, c.State, c.On, c.Reached, c.Method, c.Independence, c.Work, c.IncomeBand,
		c.Size, c.Income, joinCodes(c.Aid), c.Decile, c.DecileOn, c.DecileSource, c.Note, c.Attempts, tx.By().User, c.By, c.Case)
	return err
}

func saveContact(tx *store.Tx, c Contact) error {
	_, err := store.Exec(tx, keepContact, c.Version, c.DueOn, c.State, c.On, c.Reached, c.Method, c.Independence, c.Work, c.IncomeBand, c.Size, c.Income,
		joinCodes(c.Aid), c.Decile, c.DecileOn, c.DecileSource, c.Note, c.Attempts, tx.By().User, c.By, c.ID)
	return err
}

func insertAttempt(tx *store.Tx, c Contact) error {
	_, err := store.Exec(tx, newAttempt, id.New(), c.On, c.Method, c.Note, tx.By().User, tx.By().Name, c.ID)
	return err
}

// dueContacts gives the visits that are due within some days, the longest overdue first.
func dueContacts(tx *store.Tx, f DueFilter, limit int64) ([]DueLine, error) {
	worker, err := f.worker(tx.By())
	if err != nil {
		return nil, err
	}
	q := f.narrow(dueOnes, worker).With(f.After != 0, dueBeyond, f.From, f.From, f.After)
	return store.Each(tx, q, func(r store.Row) (l DueLine, err error) {
		var aid string
		err = r.Scan(append(intoContact(&l.Contact, &aid), &l.Called, &l.Region)...)
		l.Aid = splitCodes(aid)
		return l, err
	}, tx.Today().Add(int(f.Days)), limit)
}

// worker is the user a filter names; 0 when it names nobody.
func (f DueFilter) worker(by who.Asker) (id.ID, error) {
	if f.Whose == "mine" {
		return by.User, nil
	}
	return Filter{Worker: f.Worker}.worker(by)
}

func (f DueFilter) narrow(asked *store.Stmt, worker id.ID) *store.Query {
	return asked.With(f.Whose == "mine" || f.Worker != "" && f.Worker != nobody, ofWorker, worker).
		With(f.Worker == nobody, ofNobody).With(f.Centre != 0, ofCentre, f.Centre)
}

// withheldContacts counts the visits that a figure counts and the list behind it does not show.
func withheldContacts(tx *store.Tx, f DueFilter) (int64, error) {
	worker, err := f.worker(tx.By())
	if err != nil {
		return 0, err
	}
	return store.Withheld(tx, f.narrow(restrictedVisits, worker), tx.Today().Add(int(f.Days)))
}

// The facts behind the figures of this desk. index: case_stages_from, case_stages_ends; cases_opened, cases_ends;
// terminations_on; contacts_figure
var (
	stageFacts = store.Facts(`select g.id as id, g.centre_id as centre_id, g.on_day as from_on, g.left_on as to_on, g.stage as dim,
		g.person_id as person_id, g.case_id as case_id, p.restricted as restricted, p.called as called
		from case_stages g join persons p on p.id = g.person_id where g.stage <> 'closed' and {see g} and {see p}`).ByValue()
	reachedFacts = store.Facts(`select g.id as id, g.centre_id as centre_id, c.opened_on as from_on, cast(null as text) as to_on, g.stage as dim,
		g.person_id as person_id, g.case_id as case_id, p.restricted as restricted, p.called as called
		from cases c join case_stages g on g.case_id = c.id join persons p on p.id = g.person_id
		where g.stage <> 'closed' and {see c} and {see g} and {see p}`)
	openedFacts = store.Facts(`select c.id as id, c.centre_id as centre_id, c.opened_on as from_on, cast(null as text) as to_on, c.ppks_type as dim,
		c.person_id as person_id, c.id as case_id, p.restricted as restricted, p.called as called
		from cases c join persons p on p.id = c.person_id where {see c} and {see p}`)
	reasonFacts = store.Facts(`select t.case_id as id, t.centre_id as centre_id, t.on_day as from_on, cast(null as text) as to_on, t.reason as dim,
		t.person_id as person_id, t.case_id as case_id, p.restricted as restricted, p.called as called
		from terminations t join persons p on p.id = t.person_id where {see t} and {see p}`)
	outcomeFacts = store.Facts(`select t.case_id as id, t.centre_id as centre_id, t.on_day as from_on, cast(null as text) as to_on, t.outcome as dim,
		t.person_id as person_id, t.case_id as case_id, p.restricted as restricted, p.called as called
		from terminations t join persons p on p.id = t.person_id where {see t} and {see p}`)
	regionFacts = store.Facts(`select c.id as id, c.centre_id as centre_id, c.opened_on as from_on, c.closed_on as to_on, c.region as dim,
		c.person_id as person_id, c.id as case_id, p.restricted as restricted, p.called as called
		from cases c join persons p on p.id = c.person_id where {see c} and {see p}`)
	closedFacts = store.Facts(`select c.id as id, c.centre_id as centre_id, c.closed_on as from_on, cast(null as text) as to_on, c.result as dim,
		c.person_id as person_id, c.id as case_id, p.restricted as restricted, p.called as called
		from cases c join persons p on p.id = c.person_id where c.closed_on is not null and {see c} and {see p}`)
	after1Facts = store.Facts(`select k.id as id, k.centre_id as centre_id, k.due_on as from_on, cast(null as text) as to_on, k.state as dim,
		k.person_id as person_id, k.case_id as case_id, p.restricted as restricted, p.called as called
		from contacts k join persons p on p.id = k.person_id where k.month = 1 and {see k} and {see p}`)
	after3Facts = store.Facts(`select k.id as id, k.centre_id as centre_id, k.due_on as from_on, cast(null as text) as to_on, k.state as dim,
		k.person_id as person_id, k.case_id as case_id, p.restricted as restricted, p.called as called
		from contacts k join persons p on p.id = k.person_id where k.month = 3 and {see k} and {see p}`)
	after6Facts = store.Facts(`select k.id as id, k.centre_id as centre_id, k.due_on as from_on, cast(null as text) as to_on, k.state as dim,
		k.person_id as person_id, k.case_id as case_id, p.restricted as restricted, p.called as called
		from contacts k join persons p on p.id = k.person_id where k.month = 6 and {see k} and {see p}`)
	after12Facts = store.Facts(`select k.id as id, k.centre_id as centre_id, k.due_on as from_on, cast(null as text) as to_on, k.state as dim,
		k.person_id as person_id, k.case_id as case_id, p.restricted as restricted, p.called as called
		from contacts k join persons p on p.id = k.person_id where k.month = 12 and {see k} and {see p}`)
)

// index: services_centre
var servedByItem = store.SQL(`select v.item, count(*) from services v where v.centre_id = ? and v.on_day >= ? and v.on_day <= ? and {see v} group by v.item`)
