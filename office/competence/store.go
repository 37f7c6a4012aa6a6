package competence

import (
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const planColumns = `p.centre_id, p.version, p.pekerja_sosial, p.tks, p.relawan, p.penyuluh, p.most_cases, p.note, p.set_on, p.user_name from staffing_plans p`

var (
	planOne = store.SQL(`select ` + planColumns + ` where p.centre_id = ? and {see p}`) // index: staffing_plans_centre
	// index: staffing_plans_centre; one for each institution of the page
	plansOfPart = store.SQL(`select ` + planColumns + ` where p.centre_id >= ? and p.centre_id <= ? and {see p} order by p.centre_id`)
	newPlan     = store.SQL(`insert into staffing_plans (id, version, pekerja_sosial, tks, relawan, penyuluh, most_cases, note, set_on, user_name, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, e.id from centres e where e.id = ? and {see e}`)
	changedPlan = store.SQL(`update staffing_plans set pekerja_sosial = ?, tks = ?, relawan = ?, penyuluh = ?, most_cases = ?, note = ?, set_on = ?, user_name = ?,
		version = version + 1 where centre_id = ? and version = ? and {see staffing_plans}`)

	// index: staff (centre_id, id), over the institutions of the page
	staffOfPart = store.SQL(`select s.centre_id, s.kind, count(*),
			sum(case when s.certificate_no <> '' and (s.certificate_until is null or s.certificate_until >= ?) then 1 else 0 end),
			sum(case when s.certificate_no <> '' and s.certificate_until < ? then 1 else 0 end),
			sum(case when s.certificate_no <> '' and s.certificate_until >= ? and s.certificate_until <= ? then 1 else 0 end)
		from staff s where s.centre_id >= ? and s.centre_id <= ? and {see s} group by s.centre_id, s.kind`)

	// index: staff_certificate (certificate_until, id)
	endingFirst = store.SQL(`select ` + postColumns + ` where s.certificate_until <= ? and s.kind <> 'other' and {see s} order by s.certificate_until, s.id limit ?`)
	endingNext  = store.SQL(`select ` + postColumns + ` where s.certificate_until <= ? and (s.certificate_until > ? or s.certificate_until = ? and s.id > ?)
		and s.kind <> 'other' and {see s} order by s.certificate_until, s.id limit ?`)
	postOne = store.SQL(`select ` + postColumns + ` where s.id = ? and {see s}`)
)

const postColumns = `s.id, s.version, s.centre_id, s.user_id, s.name, s.kind, s.certificate_no, s.certificate_until, s.since, e.name
	from staff s join centre_list e on e.id = s.centre_id`

func scanPlan(r store.Row) (p Plan, err error) {
	var peksos, tks, relawan, penyuluh *int64
	err = r.Scan(&p.Centre, &p.Version, &peksos, &tks, &relawan, &penyuluh, &p.MostCases, &p.Note, &p.SetOn, &p.By)
	p.Wanted = map[string]int64{}
	for k, n := range map[string]*int64{"pekerja_sosial": peksos, "tks": tks, "relawan": relawan, "penyuluh": penyuluh} {
		if n != nil {
			p.Wanted[k] = *n
		}
	}
	return p, err
}

// planAt gives the plan of an institution; an empty one when nothing was planned yet.
func planAt(tx *store.Tx, at id.ID) (Plan, error) {
	p, err := store.One(tx, planOne, scanPlan, at)
	if errors.Is(err, fail.NotFound) {
		return Plan{Centre: at}, nil
	}
	return p, err
}

func plansBetween(tx *store.Tx, first, last id.ID) ([]Plan, error) {
	return store.Each(tx, plansOfPart, scanPlan, first, last)
}

func keepPlan(tx *store.Tx, p *Plan) error {
	said := []any{p.Posts("pekerja_sosial"), p.Posts("tks"), p.Posts("relawan"), p.Posts("penyuluh"), p.MostCases, p.Note, p.SetOn, p.By, p.Centre}
	if p.Version > 0 {
		return store.Change(tx, &p.Version, changedPlan, append(said, p.Version)...)
	}
	p.Version = 1
	return entered(store.Exec(tx, newPlan, append([]any{id.New()}, said...)...))
}

// entered tells fail.Stale where nothing was entered or changed: the row was read under the asker's scope before.
func entered(n int64, err error) error {
	if err == nil && n == 0 {
		return fail.Stale
	}
	return err
}

// staffBetween counts the posts of institutions that lie side by side.
func staffBetween(tx *store.Tx, first, last id.ID, at map[id.ID]*Standing) error {
	type line struct {
		centre id.ID
		kind   string
		count  Count
	}
	today := tx.Today()
	return store.Stream(tx, staffOfPart, func(r store.Row) (l line, err error) {
		err = r.Scan(&l.centre, &l.kind, &l.count.Have, &l.count.Certified, &l.count.Expired, &l.count.Ending)
		return l, err
	}, func(l line) error {
		if s := at[l.centre]; s != nil {
			s.ByKind[l.kind] = l.count
		}
		return nil
	}, today, today, today, today.Add(soonDays), first, last)
}

func scanPost(r store.Row) (p Post, err error) {
	err = r.Scan(&p.ID, &p.Version, &p.Centre, &p.User, &p.Name, &p.Kind, &p.CertificateNo, &p.CertificateUntil, &p.Since, &p.At)
	return p, err
}

// endingPosts lists posts whose certificate ends until a day.
func endingPosts(tx *store.Tx, until clock.Day, after id.ID, limit int64) ([]Post, error) {
	if after == 0 {
		return store.Each(tx, endingFirst, scanPost, until, limit)
	}
	last, err := store.One(tx, postOne, scanPost, after)
	if err != nil {
		return nil, err
	}
	return store.Each(tx, endingNext, scanPost, until, last.CertificateUntil, last.CertificateUntil, after, limit)
}
