package participation

import (
	"cmp"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const reportColumns = `r.id, r.version, r.number, r.state, r.category, r.sealed, r.open, r.danger, r.description, r.region, r.place, r.lat, r.lng, r.seen,
	r.about_centre, coalesce(b.name, ''), r.contact, r.contact_name, r.contact_phone, r.source, r.received_at, r.received_on, r.answer_due_on, r.answered_on,
	r.due_on, r.closed_on, r.outcome, r.satisfied, r.reopened, r.centre_id, coalesce(e.name, ''), r.agency_id, coalesce(a.name, ''), r.case_id, r.merged_into,
	r.sp4n, r.sp4n_state, r.words, r.code_hash
	from reports r left join centre_list b on b.id = r.about_centre left join centre_list e on e.id = r.centre_id left join agencies a on a.id = r.agency_id `

var (
	reportOne    = store.SQL(`select ` + reportColumns + `where r.id = ? and {see r}`)
	reportNumber = store.SQL(`select ` + reportColumns + `where r.number = ? and {see r}`) // index: the unique number
	// index: reports_live, reports_centre; those that wait longest first
	reportsLive   = store.SQL(`select ` + reportColumns + `where r.live = 1 and r.id > ? and {see r} {parts} order by r.id limit ?`)
	reportsClosed = store.SQL(`select ` + reportColumns + `where r.live = 0 and r.id < ? and {see r} {parts} order by r.id desc limit ?`)
	reportsAll    = store.SQL(`select ` + reportColumns + `where r.id < ? and {see r} {parts} order by r.id desc limit ?`) // index: the key
	reportsPress  = store.SQL(`select ` + reportColumns + `where r.live = 1 and {see r} order by r.due_on, r.id limit ?`)
	ofLate        = store.NewPart(`and r.due_on < ?`)
	ofCategory    = store.NewPart(`and r.category = ?`)
	ofRegion      = store.NewPart(`and r.region = ?`)
	ofNumber      = store.NewPart(`and r.number = ?`)
	liveCount     = store.SQL(`select count(*) from reports r where r.live = 1 and {see r}`)
	lateCount     = store.SQL(`select count(*) from reports r where r.live = 1 and r.due_on < ? and {see r}`)
	reportsJoined = store.SQL(`select ` + reportColumns + `where r.merged_into = ? and {see r} order by r.id limit 50`)                                                             // index: reports_merged
	reportsNear   = store.SQL(`select ` + reportColumns + `where r.region = ? and r.received_on >= ? and r.received_on <= ? and r.id <> ? and {see r} order by r.id desc limit 60`) // index: reports_region
	lateOnes      = store.SQL(`select ` + reportColumns + `where r.live = 1 and r.due_on < ? and (r.reminded_on is null or r.reminded_on <= r.due_on) and {see r} order by r.id limit 100`)
	reminded      = store.SQL(`update reports set reminded_on = ? where id = ? and version = ? and {see reports}`)

	numberTaken = store.SQL(`select count(*) from reports r where r.number = ? and {see r}`)
	agencyThere = store.SQL(`select count(*) from agencies a where a.id = ? and a.retired_on is null`)
	// A report belongs to nobody when it comes; it is written under the office, of which the oldest institution stands.
	newReport = store.SQL(`insert into reports (id, version, number, code_hash, state, live, category, sealed, open, danger, description, region, place, lat, lng, seen, about_centre,
			contact, contact_name, contact_phone, source, received_at, received_on, answer_due_on, answered_on, due_on, reminded_on, closed_on, outcome, satisfied, reopened,
			centre_id, agency_id, case_id, merged_into, words, sp4n, sp4n_state)
		select ?, 1, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, ?, null, null, '', '', 0, null, null, null, null, ?, '', ''
		from centres e where e.id = (select min(k.id) from centre_list k) and {see e}`)
	keptReport = store.SQL(`update reports set version = version + 1, state = ?, live = ?, category = ?, sealed = ?, open = ?, answered_on = ?, due_on = ?, closed_on = ?, outcome = ?,
			satisfied = ?, reopened = ?, centre_id = ?, agency_id = ?, case_id = ?, merged_into = ?, sp4n = ?, sp4n_state = ? where id = ? and version = ? and {see reports}`)
	adopted  = store.SQL(`update reports set code_hash = ? where id = ? and {see reports}`)
	rejoined = store.SQL(`update reports set merged_into = ? where merged_into = ? and {see reports}`)

	newStep = store.SQL(`insert into report_steps (id, at, kind, sender, user_name, body, shown, report_id)
		select ?, ?, ?, ?, ?, ?, ?, r.id from reports r where r.id = ? and {see r}`)
	stepsAll  = store.SQL(`select s.id, s.at, s.kind, s.sender, s.user_name, s.body, s.shown from report_steps s where s.report_id = ? and {see s} order by s.id limit 500`) // index: report_steps_report
	newPhoto  = store.SQL(`insert into report_photos (id, at, type, size, bytes, report_id) select ?, ?, ?, ?, ?, r.id from reports r where r.id = ? and {see r}`)
	photosAll = store.SQL(`select p.id, p.at, p.type, p.size from report_photos p where p.report_id = ? and {see p} order by p.id limit 20`) // index: report_photos_report
	photoOne  = store.SQL(`select p.id, p.at, p.type, p.size, p.bytes from report_photos p where p.id = ? and {see p}`)

	receivedFacts = store.Facts(`select r.id, 0 as centre_id, r.received_on as from_on, cast(null as text) as to_on, r.category as dim, 0 as person_id, 0 as case_id,
		r.sealed as restricted, r.number as called from reports r where {see r}`)
	answeredFacts = store.Facts(`select r.id, 0 as centre_id, r.answered_on as from_on, cast(null as text) as to_on,
		case when r.answered_on <= r.answer_due_on then 'in_time' else 'late' end as dim, 0 as person_id, 0 as case_id,
		r.sealed as restricted, r.number as called from reports r where r.answered_on is not null and {see r}`)

	liveWrong   = store.SQL(`select r.id from reports r where (r.live = 1) <> (r.closed_on is null and r.merged_into is null) and {see r} order by r.id limit 100`)
	sealedWrong = store.SQL(`select r.id from reports r where r.sealed and r.centre_id is not null and {see r} order by r.id limit 100`)
	stepless    = store.SQL(`select r.id from reports r where not exists (select 1 from report_steps s where s.report_id = r.id and s.kind = 'received' and {see s}) and {see r} order by r.id limit 100`)
)

type kept struct {
	Report
	hash string
}

func scanKept(row store.Row) (k kept, err error) {
	r, at := &k.Report, int64(0)
	err = row.Scan(&r.ID, &r.Version, &r.Number, &r.State, &r.Category, &r.Sealed, &r.Open, &r.Danger, &r.Description, &r.Region, &r.Place, &r.Lat, &r.Lng, &r.Seen,
		&r.About, &r.AboutName, &r.Contact, &r.ContactName, &r.ContactPhone, &r.Source, &at, &r.ReceivedOn, &r.AnswerDueOn, &r.AnsweredOn,
		&r.DueOn, &r.ClosedOn, &r.Outcome, &r.Satisfied, &r.Reopened, &r.Centre, &r.CentreName, &r.Agency, &r.AgencyName, &r.Case, &r.MergedInto,
		&r.SP4N, &r.SP4NState, &r.words, &k.hash)
	r.ReceivedAt = time.UnixMilli(at)
	return k, err
}

func scanReport(row store.Row) (Report, error) {
	k, err := scanKept(row)
	return k.Report, err
}

func byID(tx *store.Tx, report id.ID) (Report, error) {
	return store.One(tx, reportOne, scanReport, report)
}

func byNumber(tx *store.Tx, number string) (Report, string, error) {
	k, err := store.One(tx, reportNumber, scanKept, number)
	return k.Report, k.hash, err
}

func listed(tx *store.Tx, f Filter) ([]Report, error) {
	q, from := reportsLive.With(f.Show == "late", ofLate, tx.Today()), f.After
	switch {
	case f.Number != "":
		q, from = reportsAll.With(true, ofNumber, f.Number), cmp.Or(f.After, id.Last)
	case f.Show == "closed":
		q, from = reportsClosed.With(false, ofLate), cmp.Or(f.After, id.Last)
	case f.Show == "all":
		q, from = reportsAll.With(false, ofLate), cmp.Or(f.After, id.Last)
	}
	q = q.With(f.Category != "", ofCategory, f.Category).With(f.Region != "", ofRegion, f.Region)
	return store.Each(tx, q, scanReport, int64(from), f.Limit)
}

func pressing(tx *store.Tx, limit int64) ([]Report, error) {
	return store.Each(tx, reportsPress, scanReport, limit)
}

func countsOf(tx *store.Tx) (n Counts, err error) {
	if n.Live, err = store.One(tx, liveCount, store.Int); err != nil {
		return n, err
	}
	n.Late, err = store.One(tx, lateCount, store.Int, tx.Today())
	return n, err
}

func joinedTo(tx *store.Tx, report id.ID) ([]Report, error) {
	return store.Each(tx, reportsJoined, scanReport, report)
}

func around(tx *store.Tx, r Report, from, to clock.Day) ([]Report, error) {
	return store.Each(tx, reportsNear, scanReport, r.Region, from, to, r.ID)
}

func unreminded(tx *store.Tx) ([]Report, error) {
	return store.Each(tx, lateOnes, scanReport, tx.Today())
}

func insertReport(tx *store.Tx, r Report, hash string) error {
	n, err := store.Exec(tx, newReport, r.ID, r.Number, hash, r.State, r.Category, r.Sealed, r.Open, r.Danger, r.Description, r.Region, r.Place, r.Lat, r.Lng, r.Seen, r.About,
		r.Contact, r.ContactName, r.ContactPhone, r.Source, r.ReceivedAt.UnixMilli(), r.ReceivedOn, r.AnswerDueOn, r.DueOn, r.words)
	if err == nil && n == 0 {
		return fail.Busy // an office without any institution takes no reports yet
	}
	return err
}

func keepReport(tx *store.Tx, r *Report) error {
	alive := 0
	if r.Live() {
		alive = 1
	}
	return store.Change(tx, &r.Version, keptReport, r.State, alive, r.Category, r.Sealed, r.Open, r.AnsweredOn, r.DueOn, r.ClosedOn, r.Outcome, r.Satisfied, r.Reopened,
		r.Centre, r.Agency, r.Case, r.MergedInto, r.SP4N, r.SP4NState, r.ID, r.Version)
}

// rejoin hands on what was merged into a report that is merged itself now.
func rejoin(tx *store.Tx, from, into id.ID) error {
	_, err := store.Exec(tx, rejoined, into, from)
	return err
}

func addStep(tx *store.Tx, r Report, s Step) error {
	n, err := store.Exec(tx, newStep, id.New(), tx.Now().UnixMilli(), s.Kind, s.Sender, s.By, s.Body, s.Shown, r.ID)
	if err == nil && n == 0 {
		return fail.NotFound
	}
	return err
}

func stepsOf(tx *store.Tx, report id.ID) ([]Step, error) {
	return store.Each(tx, stepsAll, func(row store.Row) (s Step, err error) {
		var at int64
		err = row.Scan(&s.ID, &at, &s.Kind, &s.Sender, &s.By, &s.Body, &s.Shown)
		s.At = time.UnixMilli(at)
		return s, err
	}, report)
}

func insertPhoto(tx *store.Tx, r Report, kind string, body []byte) error {
	_, err := store.Exec(tx, newPhoto, id.New(), tx.Now().UnixMilli(), kind, len(body), body, r.ID)
	return err
}

func photosOf(tx *store.Tx, report id.ID) ([]Photo, error) {
	return store.Each(tx, photosAll, func(row store.Row) (p Photo, err error) {
		var at int64
		err = row.Scan(&p.ID, &at, &p.Type, &p.Size)
		p.At = time.UnixMilli(at)
		return p, err
	}, report)
}

func photoBytes(tx *store.Tx, photo id.ID) (p Photo, body []byte, err error) {
	type whole struct {
		Photo
		body []byte
	}
	w, err := store.One(tx, photoOne, func(row store.Row) (w whole, err error) {
		var at int64
		err = row.Scan(&w.ID, &at, &w.Type, &w.Size, &w.body)
		w.At = time.UnixMilli(at)
		return w, err
	}, photo)
	return w.Photo, w.body, err
}
