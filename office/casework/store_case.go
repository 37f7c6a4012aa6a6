package casework

import (
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const caseColumns = `c.id, c.version, c.person_id, c.centre_id, c.ppks_type, c.setting, c.level, c.stage, c.stage_since, c.due_on,
	c.missing, c.waiting, c.opened_on, c.closed_on, c.result, c.outcome, c.worker_id, c.source, c.story, c.outside_since,
	c.decision_no, c.decision_on, c.emergency, c.family_of, c.region, c.former_id, c.former_until, c.return_days, c.review_on,
	c.queued_on, c.placed_on, c.papers, c.papers_on, c.changed_at`

var (
	caseByID = store.SQL(`select ` + caseColumns + `, e.name, coalesce(e.stay_days, 0), coalesce(w.name, ''), ` + householdColumns + `
		from cases c
		join persons p on p.id = c.person_id
		join centre_list e on e.id = c.centre_id
		left join staff w on w.user_id = c.worker_id and {see w}
		left join households h on h.case_id = c.id and {see h}
		where c.id = ? and {see c} and {see p}`)
	insertCase = store.SQL(`insert into cases (id, version, person_id, centre_id, ppks_type, setting, level, stage, stage_since,
			due_on, missing, waiting, opened_on, closed_on, result, outcome, worker_id, source, story, outside_since,
			decision_no, decision_on, emergency, family_of, region, former_id, former_until, return_days, papers, changed_at, items_kept)
		select ?, 1, p.id, e.id, ?, ?, ?, ?, ?, null, 0, '', ?, ?, '', '', ?, ?, ?, ?, '', null, ?, ?, ?, ?, ?, ?, ?, ?, true
		from centres e join persons p on p.id = ? where e.id = ? and {see e} and {see p}`)
	takeCase = store.SQL(`update cases set version = version + 1
		where id = ? and {see cases} and exists (select 1 from persons p where p.id = cases.person_id and {see p})
		returning version`)
	keepCaseState   = store.SQL(`update cases set missing = ?, waiting = ?, due_on = ?, queued_on = ?, placed_on = ?, served_on = ?, changed_at = ? where id = ? and {see cases}`)
	regionsOfPerson = store.SQL(`select ` + caseColumns + `, p.home_region, (select max(i.added_on) from identifiers i
			where i.person_id = c.person_id and i.kind = 'nik' and i.removed_at is null and {see i})
		from cases c join persons p on p.id = c.person_id where c.person_id = ? and {see c} and {see p} order by c.id`)
	setPapers     = store.SQL(`update cases set papers = ?, papers_on = ? where id = ? and {see cases}`)
	setRegion     = store.SQL(`update cases set region = ? where id = ? and {see cases}`)
	keepCaseFacts = store.SQL(`update cases set worker_id = ?, setting = ?, level = ?, source = ?, story = ?, outside_since = ?,
		decision_no = ?, decision_on = ?, emergency = ? where id = ? and {see cases}`)
)

func scanCase(r store.Row, more ...any) (c Case, err error) {
	var at int64
	var papers *string
	into := append([]any{&c.ID, &c.Version, &c.Person, &c.Centre, &c.Kind, &c.Setting, &c.Level, &c.Stage, &c.StageSince, &c.DueOn,
		&c.Missing, &c.Waiting, &c.OpenedOn, &c.ClosedOn, &c.Result, &c.Outcome, &c.Worker, &c.Source, &c.Story, &c.OutsideSince,
		&c.DecisionNo, &c.DecisionOn, &c.Emergency, &c.Family, &c.Region, &c.Former, &c.FormerUntil, &c.ReturnDays, &c.ReviewOn,
		&c.QueuedOn, &c.PlacedOn, &papers, &c.NikOn, &at}, more...)
	err = r.Scan(into...)
	if papers != nil {
		c.Nik = *papers
	}
	c.ChangedAt = time.UnixMilli(at)
	return c, err
}

func scanFile(r store.Row) (f File, err error) {
	var h readHousehold
	f.Case, err = scanCase(r, append([]any{&f.CentreName, &f.StayDays, &f.WorkerName}, h.into()...)...)
	f.Before = h.before()
	return f, err
}

// take locks a case for this write, raises its version and reads its file. version 0 asks for none.
func take(tx *store.Tx, caseID id.ID, version int64) (File, error) {
	now, err := store.One(tx, takeCase, store.Int, caseID)
	if err != nil {
		return File{}, err
	}
	if version != 0 && now != version+1 {
		return File{}, fail.Stale
	}
	return FileOf(tx, caseID)
}

// insertNew writes a new case. One person has one running case at a centre: the database holds that.
func insertNew(tx *store.Tx, c Case) error {
	n, err := store.Exec(tx, insertCase, c.ID, c.Kind, c.Setting, c.Level, c.Stage, c.StageSince, c.OpenedOn, c.ClosedOn, c.Worker, c.Source,
		c.Story, c.OutsideSince, c.Emergency, c.Family, c.Region, c.Former, c.FormerUntil, c.ReturnDays, c.Nik, tx.Now().UnixMilli(), c.Person, c.Centre)
	switch {
	case store.Violates(err, "cases_running") || store.Violates(err, "cases.person_id, cases.centre_id"):
		return fail.Clash("case-open", "Orang ini sudah punya kasus berjalan di UPT ini. Buka kasus itu, atau tutup dahulu.")
	case store.Duplicate(err):
		return fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
	case err == nil && n == 0:
		return fail.NotFound
	}
	return err
}

func keepState(tx *store.Tx, f File) error {
	_, err := store.Exec(tx, keepCaseState, f.Missing, f.Waiting, f.DueOn, f.QueuedOn, f.PlacedOn, f.servedOn(), f.ChangedAt.UnixMilli(), f.ID)
	if err != nil {
		return err
	}
	return followQuiet(tx, f.ID)
}

func keepFacts(tx *store.Tx, c Case) error {
	_, err := store.Exec(tx, keepCaseFacts, c.Worker, c.Setting, c.Level, c.Source, c.Story, c.OutsideSince,
		c.DecisionNo, c.DecisionOn, c.Emergency, c.ID)
	return err
}
