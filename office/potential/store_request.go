package potential

import (
	"cmp"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const (
	requestColumns = `r.id, r.version, r.centre_id, e.name, e.region, r.kind, r.what, r.details, r.quantity, r.unit, r.promised, r.received, r.needed_on, r.ends_on, r.days, r.from_time,
		r.to_time, r.children, r.public, r.need_id, r.case_id, r.goal_id, r.state, r.closed_why, r.user_id, r.user_name, r.made_on, r.reminded_on
		from help_requests r join centre_list e on e.id = r.centre_id `
	promiseColumns = `m.id, m.version, m.request_id, m.offer_id, m.potential_id, m.centre_id, e.name, r.kind, o.what, r.what, p.name, r.unit, r.children, m.quantity, m.due_on,
		m.supervisor, m.note, m.state, m.kept, m.promised_on, m.delivered_on, m.delivered, m.used, m.result, m.thanks, m.why, m.ended_on, m.user_id, m.user_name, m.reminded_on
		from help_promises m join help_requests r on r.id = m.request_id join potential_offers o on o.id = m.offer_id join potentials p on p.id = m.potential_id
		join centre_list e on e.id = m.centre_id `
)

var (
	requestOne    = store.SQL(`select ` + requestColumns + `where r.id = ? and {see r}`)
	requestsList  = store.SQL(`select ` + requestColumns + `where r.id < ? and {see r} {parts} order by r.id desc limit ?`)
	requestsHow   = store.SQL(`select count(*) from help_requests r where {see r} {parts}`)
	requestOpen   = store.NewPart(`and r.state = 'open' and r.ends_on >= ? and r.received < r.quantity`)
	requestPast   = store.NewPart(`and (r.state <> 'open' or r.ends_on < ? or r.received >= r.quantity)`)
	requestKind   = store.NewPart(`and r.kind = ?`)
	requestCentre = store.NewPart(`and r.centre_id = ?`)
	requestsAll   = store.SQL(`select ` + requestColumns + `where r.state = 'open' and r.kind = ? and r.ends_on >= ? and r.promised < r.quantity and {see r} order by r.id desc limit 200`) // index: help_requests_state
	goalThere     = store.SQL(`select count(*) from goals g where g.id = ? and g.case_id = ? and {see g}`)
	goalsOf       = store.SQL(`select g.id, g.text from goals g join plans l on l.id = g.plan_id where g.case_id = ? and l.state <> 'replaced' and g.state = 'open' and {see g} and {see l} order by g.id limit 50`)
	goalOne       = store.SQL(`select g.id, g.text from goals g where g.id = ? and {see g}`)

	newRequest = store.SQL(`insert into help_requests (id, version, kind, what, details, quantity, unit, promised, received, needed_on, ends_on, days, from_time, to_time, children, public,
			need_id, case_id, goal_id, state, closed_why, user_id, user_name, made_on, reminded_on, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', '', ?, ?, ?, null, e.id from centres e where e.id = ? and {see e}`)
	keptRequest = store.SQL(`update help_requests set version = version + 1, kind = ?, what = ?, details = ?, quantity = ?, unit = ?, needed_on = ?, ends_on = ?, days = ?, from_time = ?,
			to_time = ?, children = ?, public = ?, state = ?, closed_why = ?, reminded_on = ? where id = ? and version = ? and promised <= ? and {see help_requests}`)
	requestTaken    = store.SQL(`update help_requests set promised = promised + ? where id = ? and promised + ? >= received and promised + ? <= quantity and {see help_requests}`)
	requestReceived = store.SQL(`update help_requests set received = received + ? where id = ? and received + ? >= 0 and received + ? <= promised and {see help_requests}`)
	requestsStale   = store.SQL(`select ` + requestColumns + `where r.state = 'open' and r.ends_on < ? and {see r} order by r.ends_on, r.id limit 200`) // index: help_requests_ends
	requestsEnding  = store.SQL(`select ` + requestColumns + `where r.state = 'open' and r.ends_on >= ? and r.ends_on <= ? and r.received < r.quantity and r.reminded_on is null and {see r}
		order by r.ends_on, r.id limit 200`)

	promiseOne       = store.SQL(`select ` + promiseColumns + `where m.id = ? and {see m} and {see r}`)
	promisesList     = store.SQL(`select ` + promiseColumns + `where m.id < ? and {see m} and {see r} {parts} order by m.id desc limit ?`)
	promiseDue       = store.NewPart(`and m.state = 'promised'`)
	promiseLate      = store.NewPart(`and m.state = 'promised' and m.due_on < ?`)
	promiseCame      = store.NewPart(`and m.state in ('delivered', 'used')`)
	promisePast      = store.NewPart(`and m.state in ('thanked', 'refused', 'withdrawn')`)
	promisesForReq   = store.SQL(`select ` + promiseColumns + `where m.request_id = ? and {see m} and {see r} order by m.id desc limit 100`) // index: help_promises_request
	promisesForOffer = store.SQL(`select ` + promiseColumns + `where m.offer_id = ? and {see m} and {see r} order by m.id desc limit 100`)   // index: help_promises_offer
	promisesFrom     = store.SQL(`select ` + promiseColumns + `where m.offer_id in (select f.id from potential_offers f where f.potential_id = ?) and {see m} and {see r} order by m.id desc limit 50`)
	promisesN        = store.SQL(`select sum(case when m.state = 'promised' then 1 else 0 end), sum(case when m.state = 'promised' and m.due_on < ? then 1 else 0 end),
		sum(case when m.state in ('delivered', 'used') then 1 else 0 end) from help_promises m where m.state in ('promised', 'delivered', 'used') and {see m}`)
	promisesOver = store.SQL(`select ` + promiseColumns + `where m.state = 'promised' and m.due_on < ? and m.reminded_on is null and {see m} and {see r} order by m.due_on, m.id limit 200`) // index: help_promises_due
	promiseTold  = store.SQL(`update help_promises set reminded_on = ? where id = ? and version = ? and {see help_promises}`)
	newPromise   = store.SQL(`insert into help_promises (id, version, offer_id, potential_id, quantity, due_on, supervisor, note, state, kept, promised_on, delivered_on, delivered, used, result,
			thanks, why, ended_on, user_id, user_name, reminded_on, request_id, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, 'promised', 'awaited', ?, null, 0, 0, '', '', '', null, ?, ?, null, r.id, r.centre_id from help_requests r where r.id = ? and {see r}`)
	keptPromise = store.SQL(`update help_promises set version = version + 1, state = ?, kept = ?, delivered_on = ?, delivered = ?, used = ?, result = ?, thanks = ?, why = ?, ended_on = ?
		where id = ? and version = ? and {see help_promises}`)

	newStep   = store.SQL(`insert into promise_steps (id, at, state, note, user_name, promise_id, centre_id) select ?, ?, ?, ?, ?, m.id, m.centre_id from help_promises m where m.id = ? and {see m}`)
	stepsAll  = store.SQL(`select s.at, s.state, s.note, s.user_name from promise_steps s where s.promise_id = ? and {see s} order by s.id limit 100`) // index: promise_steps_promise
	newPhoto  = store.SQL(`insert into promise_photos (id, at, type, size, bytes, promise_id, centre_id) select ?, ?, ?, ?, ?, m.id, m.centre_id from help_promises m where m.id = ? and {see m}`)
	photosAll = store.SQL(`select f.id, f.at, f.type, f.size from promise_photos f where f.promise_id = ? and {see f} order by f.id limit 20`) // index: promise_photos_promise
	photoOne  = store.SQL(`select f.id, f.at, f.type, f.size, f.bytes from promise_photos f where f.id = ? and {see f}`)
)

func scanRequest(row store.Row) (r Request, err error) {
	err = row.Scan(&r.ID, &r.Version, &r.Centre, &r.At, &r.Region, &r.Kind, &r.What, &r.Details, &r.Quantity, &r.Unit, &r.Promised, &r.Received, &r.NeededOn, &r.EndsOn, &r.Days, &r.From,
		&r.To, &r.Children, &r.Public, &r.Need, &r.Case, &r.Goal, &r.State, &r.Why, &r.User, &r.By, &r.MadeOn, &r.RemindedOn)
	return r, err
}

func requestByID(tx *store.Tx, request id.ID) (Request, error) {
	return store.One(tx, requestOne, scanRequest, request)
}

func requestsOpen(tx *store.Tx, kind string, on clock.Day) ([]Request, error) {
	return store.Each(tx, requestsAll, scanRequest, kind, on)
}

func requestsNarrowed(tx *store.Tx, st *store.Stmt, f RequestFilter) *store.Query {
	today := tx.Today()
	return st.With(f.Show == "" || f.Show == "open", requestOpen, today).With(f.Show == "past", requestPast, today).With(f.Kind != "", requestKind, f.Kind).With(f.Centre != 0, requestCentre, f.Centre)
}

func requestsBy(tx *store.Tx, f RequestFilter) ([]Request, error) {
	return store.Each(tx, requestsNarrowed(tx, requestsList, f), scanRequest, int64(cmp.Or(f.After, id.Last)), f.Limit)
}

func countRequests(tx *store.Tx, f RequestFilter) (int64, error) {
	return store.One(tx, requestsNarrowed(tx, requestsHow, f), store.Int)
}

func insertRequest(tx *store.Tx, r Request) error {
	n, err := store.Exec(tx, newRequest, r.ID, r.Kind, r.What, r.Details, r.Quantity, r.Unit, r.NeededOn, r.EndsOn, r.Days, r.From, r.To, r.Children, r.Public, r.Need, r.Case, r.Goal,
		r.User, r.By, r.MadeOn, r.Centre)
	if err == nil && n == 0 {
		return fail.NotFound
	}
	return err
}

func keepRequest(tx *store.Tx, r *Request) error {
	return store.Change(tx, &r.Version, keptRequest, r.Kind, r.What, r.Details, r.Quantity, r.Unit, r.NeededOn, r.EndsOn, r.Days, r.From, r.To, r.Children, r.Public, r.State, r.Why,
		r.RemindedOn, r.ID, r.Version, r.Quantity)
}

// Goal is a goal of a plan, by its own words.
type Goal struct {
	ID   id.ID
	Text string
}

func scanGoal(r store.Row) (g Goal, err error) {
	err = r.Scan(&g.ID, &g.Text)
	return g, err
}

// receive moves what a request has received by n.
func receive(tx *store.Tx, p Promise, n int64) error {
	done, err := store.Exec(tx, requestReceived, n, p.Request, n, n)
	if err == nil && done == 0 {
		return fail.Stale
	}
	return err
}

func scanPromise(row store.Row) (p Promise, err error) {
	err = row.Scan(&p.ID, &p.Version, &p.Request, &p.Offer, &p.Potential, &p.Centre, &p.At, &p.Kind, &p.What, &p.Asked, &p.Giver, &p.Unit, &p.Children, &p.Quantity, &p.DueOn,
		&p.Supervisor, &p.Note, &p.State, &p.Kept, &p.PromisedOn, &p.DeliveredOn, &p.Delivered, &p.Used, &p.Result, &p.Thanks, &p.Why, &p.EndedOn, &p.User, &p.By, &p.RemindedOn)
	return p, err
}

func promiseByID(tx *store.Tx, promise id.ID) (Promise, error) {
	return store.One(tx, promiseOne, scanPromise, promise)
}

func promisesOfRequest(tx *store.Tx, request id.ID) ([]Promise, error) {
	return store.Each(tx, promisesForReq, scanPromise, request)
}

func promisesOfOffer(tx *store.Tx, offer id.ID) ([]Promise, error) {
	return store.Each(tx, promisesForOffer, scanPromise, offer)
}

func promisesOfPotential(tx *store.Tx, potential id.ID) ([]Promise, error) {
	return store.Each(tx, promisesFrom, scanPromise, potential)
}

func promisesBy(tx *store.Tx, f PromiseFilter) ([]Promise, error) {
	q := promisesList.With(f.Show == "" || f.Show == "due", promiseDue).With(f.Show == "late", promiseLate, tx.Today()).With(f.Show == "came", promiseCame).With(f.Show == "past", promisePast)
	return store.Each(tx, q, scanPromise, int64(cmp.Or(f.After, id.Last)), f.Limit)
}

func tallyOf(tx *store.Tx) (Tally, error) {
	return store.One(tx, promisesN, func(r store.Row) (t Tally, err error) {
		var due, late, came *int64
		if err = r.Scan(&due, &late, &came); err == nil && due != nil {
			t = Tally{*due, *late, *came}
		}
		return t, err
	}, tx.Today())
}

func insertPromise(tx *store.Tx, p Promise) error {
	n, err := store.Exec(tx, newPromise, p.ID, p.Offer, p.Potential, p.Quantity, p.DueOn, p.Supervisor, p.Note, p.PromisedOn, p.User, p.By, p.Request)
	if err == nil && n == 0 {
		return fail.NotFound
	}
	if err != nil {
		return err
	}
	return addStep(tx, p, p.Note)
}

func keepPromise(tx *store.Tx, p *Promise) error {
	return store.Change(tx, &p.Version, keptPromise, p.State, p.Kept, p.DeliveredOn, p.Delivered, p.Used, p.Result, p.Thanks, p.Why, p.EndedOn, p.ID, p.Version)
}

func addStep(tx *store.Tx, p Promise, note string) error {
	_, err := store.Exec(tx, newStep, id.New(), tx.Now().UnixMilli(), p.State, note, tx.By().Name, p.ID)
	return err
}

func stepsOf(tx *store.Tx, promise id.ID) ([]Step, error) {
	return store.Each(tx, stepsAll, func(r store.Row) (s Step, err error) {
		var at int64
		err = r.Scan(&at, &s.State, &s.Note, &s.By)
		s.At = time.UnixMilli(at)
		return s, err
	}, promise)
}

func insertPhoto(tx *store.Tx, p Promise, kind string, body []byte) error {
	_, err := store.Exec(tx, newPhoto, id.New(), tx.Now().UnixMilli(), kind, len(body), body, p.ID)
	return err
}

func photosOf(tx *store.Tx, promise id.ID) ([]Photo, error) {
	return store.Each(tx, photosAll, func(r store.Row) (p Photo, err error) {
		var at int64
		err = r.Scan(&p.ID, &at, &p.Type, &p.Size)
		p.At = time.UnixMilli(at)
		return p, err
	}, promise)
}

func photoBytes(tx *store.Tx, photo id.ID) (p Photo, body []byte, err error) {
	p, err = store.One(tx, photoOne, func(r store.Row) (p Photo, err error) {
		var at int64
		err = r.Scan(&p.ID, &at, &p.Type, &p.Size, &body)
		p.At = time.UnixMilli(at)
		return p, err
	}, photo)
	return p, body, err
}
