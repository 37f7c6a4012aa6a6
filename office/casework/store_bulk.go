package casework

import (
	"errors"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

// Cases that are past the stage whose gate looks at services.
var (
	servedCases = store.SQL(`select ` + caseColumns + ` from cases c
		where c.id > ? and c.stage in ('resocialisation', 'termination', 'aftercare', 'closed') and {see c} order by c.id limit ?`)
	countServed = store.SQL(`select count(*) from cases c where c.stage in ('resocialisation', 'termination', 'aftercare', 'closed') and {see c}`)
)

// CountServed counts the cases that Served gives.
func CountServed(tx *store.Tx) (int64, error) { return store.One(tx, countServed, store.Int) }

// Served gives cases, by id, to which more services may be loaded without moving any gate.
func Served(tx *store.Tx, after id.ID, limit int) ([]Life, error) {
	return store.Each(tx, servedCases, func(r store.Row) (l Life, err error) {
		l.Case, err = scanCase(r)
		return l, err
	}, int64(after), limit)
}

// LoadServices loads the services of cases that are here already.
func LoadServices(tx *store.Tx, lives []Life) error {
	var b bulk
	n := 0
	for _, l := range lives {
		n += len(l.Services)
		b.addLater(Life{File: File{Case: l.Case}, Services: l.Services})
	}
	tx.Record(store.Entry{Kind: "service", Say: fail.Say("%d layanan dimasukkan sekaligus.", n)})
	if err := b.load(tx); err != nil || len(lives) == 0 {
		return err
	}
	first, last := lives[0].ID, lives[0].ID
	for _, l := range lives {
		first, last = min(first, l.ID), max(last, l.ID)
	}
	if err := followServices(tx, first, last); err != nil {
		return err
	}
	_, err := countRange(tx, first, last)
	return err
}

// bulk gathers the rows of many lives, table by table.
type bulk struct {
	cases, stages, criteria, assessments, levels, needs, plans, goals, planServices [][]any
	services, checks, endings, contacts, items, households                          [][]any
	broken                                                                          error
}

func (b *bulk) add(tx *store.Tx, l Life) {
	b.cases = append(b.cases, []any{l.ID, 1, l.Person, l.Centre, l.Kind, l.Setting, l.Level, l.Stage, l.StageSince, l.DueOn, l.Missing,
		l.Waiting, l.OpenedOn, l.ClosedOn, l.Result, l.Outcome, l.Worker, l.Source, l.Story, l.OutsideSince, l.DecisionNo, l.DecisionOn,
		l.Emergency, l.Family, l.Region, l.QueuedOn, l.PlacedOn, l.Nik, l.NikOn, lastServed(l.Services), l.quiet(), tx.Now().UnixMilli(), true})
	for _, e := range l.Stages {
		b.stages = append(b.stages, []any{orNew(e.ID), l.ID, l.Centre, l.Person, e.Stage, e.On, e.LeftOn, l.Worker, e.By, e.Reason, e.Waiver,
			joinCodes(e.Waived), orNull(l.timely(e))})
	}
	for _, c := range l.Criteria {
		b.criteria = append(b.criteria, []any{id.New(), l.ID, l.Centre, c.Code, c.Result, c.Evidence, c.CheckedOn, l.Worker, c.By, c.Asked,
			c.AskedBy, c.Waiver, c.WaivedBy, c.WaivedOn})
	}
	for _, a := range l.Assessments {
		b.addAssessment(l, a)
	}
	for _, n := range l.Needs {
		b.needs = append(b.needs, []any{n.ID, l.ID, l.Centre, n.Assessment, n.Domain, n.Text, n.Item, n.Declined})
	}
	for _, p := range []*Plan{l.Plan, l.Draft} {
		if p != nil {
			b.addPlan(l, *p)
		}
	}
	if h := l.Before; h != nil {
		b.households = append(b.households, []any{l.ID, l.Centre, l.Person, h.On, h.Size, h.Income, joinCodes(h.Aid), h.Decile, h.DecileOn, h.DecileSource, l.Worker, h.By})
	}
	b.addLater(l)
	c := spmOf(l.File)
	c.given = givenFirst(l.Services)
	for _, i := range c.lines() {
		b.items = append(b.items, []any{id.New(), l.ID, l.Centre, l.Person, i.What, i.Item, i.Year, i.Dim, i.From, i.To})
		countLine(tx, l.Case, i, 1)
	}
}

func (b *bulk) addAssessment(l Life, a Assessment) {
	answers, err := answersText(a.Answers)
	b.broken = errors.Join(b.broken, err)
	b.assessments = append(b.assessments, []any{a.ID, 1, l.ID, l.Centre, l.Person, a.Instrument, a.InstrumentVersion, a.Occasion, answers,
		a.Score, a.Band, a.AssessedOn, a.Assessor, a.AssessorName, a.SignedOn, a.SignedBy, a.SignerName, a.CertificateNo})
	if a.SignedOn == "" {
		return
	}
	for domain, level := range a.Levels {
		b.levels = append(b.levels, []any{a.ID, l.Centre, domain, level})
	}
}

func (b *bulk) addPlan(l Life, p Plan) {
	var approver id.ID
	if p.State == PlanApproved {
		approver = l.Worker
	}
	b.plans = append(b.plans, []any{p.ID, 1, l.ID, l.Centre, p.Number, p.State, p.MadeOn, l.Worker, p.Maker, p.AgreedBy, p.AgreedOn,
		p.SubmittedOn, p.ApprovedOn, approver, p.Approver, p.ReturnedWhy})
	for _, g := range p.Goals {
		b.goals = append(b.goals, []any{g.ID, p.ID, l.ID, l.Centre, g.Need, g.Domain, g.Text, g.Measure, g.TargetLevel, g.DueOn, g.State,
			g.EndedOn, g.EndedWhy})
		for _, s := range g.Services {
			b.planServices = append(b.planServices, []any{orNew(s.ID), g.ID, p.ID, l.ID, l.Centre, s.Item, s.Text, s.Owner, s.From, s.To,
				s.Cost, s.Funding})
		}
	}
}

func (b *bulk) addLater(l Life) {
	for _, s := range l.Services {
		b.services = append(b.services, []any{orNew(s.ID), 1, l.ID, l.Centre, l.Person, s.Item, s.Goal, s.Atensi, s.On, s.Quantity, s.Unit,
			s.Note, l.Worker, s.By})
	}
	for _, k := range l.Checks {
		b.checks = append(b.checks, []any{l.ID, l.Centre, k.Code, k.State, k.Note, k.On, l.Worker, k.By})
	}
	if e := l.Ended; e != nil {
		a := l.afterwards()
		b.endings = append(b.endings, []any{l.ID, l.Centre, l.Person, e.On, e.Reason, e.Destination, e.Outcome, e.HandedTo, e.Relation,
			e.Contact, e.Note, e.Skill, e.Tool, e.On.AddMonths(yearMonths), l.Worker, e.By, a.Course, a.Rise, a.Decile, a.Gains.Decile, a.Gains.Income, a.Gains.Work, a.Gains.Head, a.Gains.Aid})
	}
	for _, c := range l.Contacts {
		b.contacts = append(b.contacts, []any{orNew(c.ID), 1, l.ID, l.Centre, l.Person, c.Month, c.DueOn, c.State, c.On, c.Reached, c.Method,
			c.Independence, c.Work, c.IncomeBand, c.Size, c.Income, joinCodes(c.Aid), c.Decile, c.DecileOn, c.DecileSource, c.Note, c.Attempts, l.Worker, c.By})
	}
}

// load writes all rows, parents before children.
func (b *bulk) load(tx *store.Tx) error {
	if b.broken != nil {
		return b.broken
	}
	if err := errors.Join(
		tx.Bulk("cases", []string{"id", "version", "person_id", "centre_id", "ppks_type", "setting", "level", "stage", "stage_since",
			"due_on", "missing", "waiting", "opened_on", "closed_on", "result", "outcome", "worker_id", "source", "story", "outside_since",
			"decision_no", "decision_on", "emergency", "family_of", "region", "queued_on", "placed_on", "papers", "papers_on", "served_on", "quiet_on", "changed_at", "items_kept"}, b.cases),
		tx.Bulk("case_stages", []string{"id", "case_id", "centre_id", "person_id", "stage", "on_day", "left_on", "user_id", "user_name",
			"reason", "waiver", "waived", "timely"}, b.stages),
		tx.Bulk("criteria", []string{"id", "case_id", "centre_id", "code", "result", "evidence", "checked_on", "user_id", "user_name",
			"waiver_asked", "waiver_asked_by", "waiver", "waived_by", "waived_on"}, b.criteria),
		tx.Bulk("assessments", []string{"id", "version", "case_id", "centre_id", "person_id", "instrument", "instrument_version", "occasion",
			"answers", "score", "band", "assessed_on", "assessor_id", "assessor_name", "signed_on", "signed_by", "signer_name",
			"certificate_no"}, b.assessments),
		tx.Bulk("assessment_levels", []string{"assessment_id", "centre_id", "domain", "level"}, b.levels),
		tx.Bulk("needs", []string{"id", "case_id", "centre_id", "assessment_id", "domain", "text", "item", "declined"}, b.needs),
		tx.Bulk("plans", []string{"id", "version", "case_id", "centre_id", "number", "state", "made_on", "made_by", "maker_name", "agreed_by",
			"agreed_on", "submitted_on", "approved_on", "approved_by", "approver_name", "returned_why"}, b.plans),
		tx.Bulk("goals", []string{"id", "plan_id", "case_id", "centre_id", "need_id", "domain", "text", "measure", "target_level", "due_on",
			"state", "ended_on", "ended_why"}, b.goals),
		tx.Bulk("plan_services", []string{"id", "goal_id", "plan_id", "case_id", "centre_id", "item", "text", "owner", "from_on", "to_on",
			"cost", "funding"}, b.planServices),
	); err != nil {
		return err
	}
	return errors.Join(
		tx.Bulk("services", []string{"id", "version", "case_id", "centre_id", "person_id", "item", "goal_id", "atensi", "on_day", "quantity",
			"unit", "note", "user_id", "user_name"}, b.services),
		tx.Bulk("case_items", []string{"id", "case_id", "centre_id", "person_id", "what", "item", "year", "dim", "from_on", "to_on"}, b.items),
		tx.Bulk("households", []string{"case_id", "centre_id", "person_id", "on_day", "size", "income", "aid", "dtsen_decile", "dtsen_on", "dtsen_source",
			"user_id", "user_name"}, b.households),
		tx.Bulk("checklist", []string{"case_id", "centre_id", "code", "state", "note", "on_day", "user_id", "user_name"}, b.checks),
		tx.Bulk("terminations", []string{"case_id", "centre_id", "person_id", "on_day", "reason", "destination", "outcome", "handed_to",
			"relation", "contact", "note", "skill", "tool", "year_on", "user_id", "user_name", "course", "rise", "decile", "gain_decile", "gain_income", "gain_work", "gain_head", "gain_aid"}, b.endings),
		tx.Bulk("contacts", []string{"id", "version", "case_id", "centre_id", "person_id", "month", "due_on", "state", "on_day", "reached",
			"method", "independence", "work", "income_band", "household_size", "household_income", "aid", "dtsen_decile", "dtsen_on", "dtsen_source", "note", "attempts", "user_id", "user_name"}, b.contacts))
}
