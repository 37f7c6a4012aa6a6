package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/coordination"
	"tuntas/office/needs"
	"tuntas/office/standards"
	"tuntas/schema"
)

// What the revitalisation of an office of thirty institutions comes to after years.
const (
	criteria    = 400
	periods     = 10
	needsWanted = 20_000
	actionsDone = 5_000
	planned     = 200 // of these, the ones a plan chooses among
	referred    = 100_000
)

var load = store.NewAct("bench.revitalise", who.SeeCentre)

// book is a standard of so many criteria in twenty chapters, as its file says it.
func book(key string, n int) ([]byte, error) {
	one := 1.0
	s := standards.Standard{Key: key, Edition: "2026", Name: "Standar beban", NameEn: "Standard of the load", ValidFrom: "2010-01-01", Source: "rekaan", Status: "assumed"}
	for c := range 20 {
		chapter := fmt.Sprintf("%s-%d", key, c)
		s.Nodes = append(s.Nodes, standards.Node{Key: chapter, Name: fmt.Sprintf("Bab %d", c+1), NameEn: fmt.Sprintf("Chapter %d", c+1), Weight: &one, Article: "1"})
		for k := range n / 20 {
			weight := float64(1 + k%3)
			s.Nodes = append(s.Nodes, standards.Node{Key: fmt.Sprintf("%s-%d", chapter, k), Parent: chapter, Name: fmt.Sprintf("Butir %d.%d terpenuhi", c+1, k+1), NameEn: fmt.Sprintf("Criterion %d.%d is met", c+1, k+1),
				Weight: &weight, Article: "1", Levels: &standards.Levels{Yes: "ya", Partly: "sebagian", No: "tidak"}})
		}
	}
	return json.Marshal(s)
}

// revitalisation is a province that is filled with standards, answers, needs, actions and referrals.
type revitalisation struct {
	st      *store.Store
	by      who.Asker
	centres []centre.Centre
	r       *rand.Rand
	today   clock.Day
	needs   []needs.Need

	agencies, services []id.ID
}

// revitalise fills a province, unless it was filled before, and tells how long a standard of a thousand criteria took.
func revitalise(ctx context.Context, address string) (standard time.Duration, err error) {
	st, err := store.Open(address, store.Options{Scope: access.Scope, Schema: schema.Files})
	if err != nil {
		return 0, err
	}
	defer func() { _ = st.Close() }()
	v := &revitalisation{st: st, by: who.House("bench"), r: rand.New(rand.NewPCG(4, 11)), today: st.Today()}
	all, err := centre.New(st).List(ctx, v.by)
	if err != nil {
		return 0, err
	}
	for _, c := range all {
		if c.ClientService {
			v.centres = append(v.centres, c)
		}
	}
	desk := standards.New(st)
	held, err := desk.Campaigns(ctx, v.by, 0, 1)
	if err != nil || len(held) > 0 {
		return 0, err
	}
	for key, n := range map[string]int{"seribu": 1000, "beban": criteria} {
		file, err := book(key, n)
		if err != nil {
			return 0, err
		}
		began := time.Now()
		if _, err := desk.Enter(ctx, v.by, file); err != nil {
			return 0, fmt.Errorf("enter a standard: %w", err)
		}
		if n == 1000 {
			standard = time.Since(began)
		}
	}
	for n := range periods {
		if err := v.period(ctx, desk, n); err != nil {
			return standard, err
		}
	}
	for _, fill := range []func(context.Context) error{v.demands, v.partners, v.doings, v.meetings, v.referrals} {
		if err := fill(ctx); err != nil {
			return standard, err
		}
	}
	return standard, st.Analyze(ctx)
}

func (v *revitalisation) write(ctx context.Context, what string, do func(*store.Tx) error) error {
	return v.st.Write(ctx, v.by, load, func(tx *store.Tx) error {
		tx.Record(store.Entry{Kind: "bench", Say: fail.Say(what)})
		return do(tx)
	})
}

func pickOf[T any](r *rand.Rand, all ...T) T { return all[r.IntN(len(all))] }

// period is one campaign, answered wholly by every institution and handed in.
func (v *revitalisation) period(ctx context.Context, desk *standards.Desk, n int) error {
	from := v.today.AddMonths(-12 * (periods - n))
	c, err := desk.OpenCampaign(ctx, v.by, standards.NewCampaign{Name: fmt.Sprintf("Beban %d", n+1), Standard: "beban/2026", From: from, To: from.AddMonths(11), DueOn: from.AddMonths(12)})
	if err != nil {
		return err
	}
	o, err := desk.Overview(ctx, v.by, c.ID, 0, 200)
	if err != nil {
		return err
	}
	names := o.Standard.Criteria()
	if err := v.write(ctx, "jawaban", func(tx *store.Tx) error {
		var rows [][]any
		for _, s := range o.Stands {
			for _, k := range names {
				rows = append(rows, []any{id.New(), 1, s.Self.ID, c.ID, s.Self.Centre, k.Key, pickOf(v.r, "yes", "yes", "partly", "no"), true, "document", "", "", "", v.today, "beban", "", "", "", ""})
			}
		}
		return tx.Bulk("standard_answers", []string{"id", "version", "self_id", "campaign_id", "centre_id", "criterion", "value", "confirmed", "source", "note", "why", "suggested",
			"answered_on", "user_name", "verdict", "verdict_how", "verdict_note", "verdict_by"}, rows)
	}); err != nil {
		return err
	}
	for _, s := range o.Stands {
		if _, err := desk.Submit(ctx, v.by, s.Self.ID, 0); err != nil {
			return err
		}
	}
	_, err = desk.CloseCampaign(ctx, v.by, c.ID, 0)
	return err
}

// demands are problems with their needs, in all states, over five budget years.
func (v *revitalisation) demands(ctx context.Context) error {
	sums, cells := map[needs.Sum][2]int64{}, map[needs.Cell][2]int64{}
	var problems, rows, kept [][]any
	states := []string{needs.Proposed, needs.Reviewed, needs.Approved, needs.Budgeted, needs.Ordered, needs.Delivered, needs.Refused}
	names := []string{"Kursi roda", "Tempat tidur", "Tablet pencatatan", "Uji kompetensi", "Perbaikan atap", "Pegangan kamar mandi", "Paket sandang", "Kasur", "Lemari", "Kipas angin"}
	var problem id.ID
	for n := range needsWanted {
		at := v.centres[n/10%len(v.centres)].ID
		criterion := fmt.Sprintf("beban-%d-%d", n/10%20, n/200%20)
		if n%10 == 0 {
			problem = id.New()
			problems = append(problems, []any{problem, 1, at, "complaint", "", "beban", criterion, "Masalah beban", "", 2, 3, 12, "open", v.today, "", "beban"})
		}
		one := needs.Need{ID: id.New(), Centre: at, Criterion: criterion, Kind: needs.Kinds[n%6], Name: fmt.Sprintf("%s %d", names[n%10], n%40), Unit: "unit", Quantity: 1 + int64(n%9),
			UnitPrice: int64(1+n%50) * 500_000, Impact: 1 + int64(n%4), Risk: 1 + int64(n%3), Mandated: n%4 == 0, Year: int64(v.today.Time().Year()) - 2 + int64(n%6), State: states[n%7], Fund: "apbd"}
		one.Cost = one.Quantity * one.UnitPrice
		for _, p := range one.Parts() {
			one.Priority += p.Got
		}
		rows = append(rows, []any{one.ID, 1, at, problem, "beban", criterion, one.Kind, one.Name, one.Item(), one.Unit, one.Quantity, one.UnitPrice, one.Cost, one.Impact, one.Risk, nil, one.Mandated,
			one.Priority, one.Fund, "", one.Year, one.State, one.Live(), "", v.today, v.today, "beban"})
		v.needs = append(v.needs, one)
		add(sums, needs.Sum{Centre: at, Year: one.Year, Kind: one.Kind, Fund: one.Fund, State: one.State}, one.Cost)
		if one.Live() {
			add(cells, needs.Cell{Centre: at, Criterion: criterion}, one.Cost)
		}
	}
	var shown [][]any
	for s, n := range sums {
		kept = append(kept, []any{s.Centre, s.Year, s.Kind, s.Fund, s.State, n[0], n[1]})
	}
	for c, n := range cells {
		shown = append(shown, []any{c.Centre, c.Criterion, n[0], n[1]})
	}
	return v.write(ctx, "kebutuhan", func(tx *store.Tx) error {
		if err := tx.Bulk("problems", []string{"id", "version", "centre_id", "source", "source_ref", "standard_key", "criterion", "title", "detail", "impact", "risk", "people", "state", "found_on",
			"closed_why", "user_name"}, problems); err != nil {
			return err
		}
		if err := tx.Bulk("institution_needs", []string{"id", "version", "centre_id", "problem_id", "standard_key", "criterion", "kind", "name", "item", "unit", "quantity", "unit_price", "cost", "impact",
			"risk", "people", "mandated", "priority", "fund", "fund_note", "year", "state", "live", "note", "proposed_on", "moved_on", "user_name"}, rows); err != nil {
			return err
		}
		if err := tx.Bulk("need_sums", []string{"centre_id", "year", "kind", "fund", "state", "n", "cost"}, kept); err != nil {
			return err
		}
		return tx.Bulk("need_cells", []string{"centre_id", "criterion", "n", "cost"}, shown)
	})
}

func add[K comparable](to map[K][2]int64, k K, cost int64) {
	n := to[k]
	to[k] = [2]int64{n[0] + 1, n[1] + cost}
}

// doings are actions: two hundred that are planned for next year with the needs they bring, the others in all states.
func (v *revitalisation) doings(ctx context.Context) error {
	var rows, gaps [][]any
	bring := map[id.ID][]id.ID{}
	next := 0
	for n := range actionsDone {
		action, at := id.New(), v.centres[n%len(v.centres)].ID
		state, start := pickOf(v.r, "done", "stopped", "done"), v.today.AddMonths(-18)
		due := v.today.Add(v.r.IntN(600) - 300)
		if n%3 == 0 {
			state, start = "running", v.today.AddMonths(24) // begun late: no plan of next year sees it
		}
		if n < planned {
			state, start, due = "planned", v.today, v.today.Add(60+n)
			for k := 0; k < 5 && next < len(v.needs); next++ {
				if one := v.needs[next]; one.Live() && one.Year == int64(v.today.Time().Year()+1) {
					bring[action] = append(bring[action], one.ID)
					k++
				}
			}
		}
		live := state == "planned" || state == "running"
		var agency, decided *int64 // two of three were decided at a meeting, and half of those are an agency's
		if n%3 != 0 {
			item := int64(firstItem + n%(meetings*itemsEach))
			decided = &item
			if n%2 == 0 {
				one := int64(v.agencies[n%len(v.agencies)])
				agency = &one
			}
		}
		rows = append(rows, []any{action, 1, at, agency, decided, fmt.Sprintf("Tindak lanjut beban %d", n), "", "Bu Beban", start, due, "ada", "", state, live, "", 0, start, "beban"})
		for g := range 3 {
			gaps = append(gaps, []any{id.New(), action, at, "beban", fmt.Sprintf("beban-%d-%d", (n+g)%20, (n/20+g*7)%20)})
		}
	}
	return v.write(ctx, "tindak lanjut", func(tx *store.Tx) error {
		if err := tx.Bulk("actions", []string{"id", "version", "centre_id", "agency_id", "decided", "title", "detail", "owner_name", "start_on", "due_on", "measure", "indicator", "state", "live", "result", "postponed", "made_on",
			"user_name"}, rows); err != nil {
			return err
		}
		if err := tx.Bulk("action_gaps", []string{"id", "action_id", "centre_id", "standard_key", "criterion"}, gaps); err != nil {
			return err
		}
		for action, some := range bring {
			if err := needs.Assign(tx, action, 0, some); err != nil {
				return err
			}
		}
		return nil
	})
}

// partners are twenty agencies with a service each.
func (v *revitalisation) partners(ctx context.Context) error {
	partners := coordination.New(v.st, false)
	for n := range 20 {
		a, err := partners.AddAgency(ctx, v.by, coordination.NewAgency{Kind: "opd", Name: fmt.Sprintf("Lembaga beban %d", n+1), Email: fmt.Sprintf("beban%d@contoh.example", n)})
		if err != nil {
			return err
		}
		s, err := partners.AddService(ctx, v.by, a.ID, coordination.NewAgencyService{Category: "training", Name: "Pelatihan"})
		if err != nil {
			return err
		}
		v.agencies, v.services = append(v.agencies, a.ID), append(v.services, s.ID)
	}
	return nil
}

// referrals are of cases that are there, to twenty agencies, most of them over.
func (v *revitalisation) referrals(ctx context.Context) error {
	return v.write(ctx, "rujukan", func(tx *store.Tx) error {
		cases, err := casework.Served(tx, 0, 20_000)
		if err != nil {
			return err
		}
		var rows [][]any
		for n := range referred {
			c := cases[n%len(cases)].Case
			state := pickOf(v.r, "finished", "finished", "refused", "withdrawn", "finished", "started", "sent")
			on := v.today.Add(-v.r.IntN(1500))
			rows = append(rows, []any{id.New(), 1, c.ID, c.Centre, c.Person, v.agencies[n%20], v.services[n%20], "training", c.Kind, c.Region, "Pelatihan", "public_task", "rencana", "null", "{}", state,
				on.Add(14), on, on, on.Time().UnixMilli(), 0, "", "", "", "", 0, "beban", ""})
		}
		return tx.Bulk("referrals", []string{"id", "version", "case_id", "centre_id", "person_id", "agency_id", "service_id", "category", "ppks_type", "region", "need", "basis", "basis_note", "fields",
			"frozen", "state", "due_on", "made_on", "sent_on", "sent_at", "answered_at", "started_proof", "result", "reason", "note", "steps", "user_name", "site"}, rows)
	})
}
