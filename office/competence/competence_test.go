package competence_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/competence"
	"tuntas/office/standards"
	"tuntas/try/clause"
	"tuntas/try/province"
)

const today = province.Today

func n(v int64) *int64 { return &v }

// Clauses P16-43.1 and P16-43.2: a panti without Pekerja Sosial or TKS is a finding, with its workload; certificates with
// their end. How many are enough comes from a plan only.
func TestGaps(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-43.1", "P16-43.2")
	both := map[string]competence.Count{"pekerja_sosial": {Have: 2, Certified: 2}, "tks": {Have: 1, Certified: 1}}
	with := func(kind string, c competence.Count) map[string]competence.Count {
		all := map[string]competence.Count{"pekerja_sosial": both["pekerja_sosial"], "tks": both["tks"]}
		all[kind] = c
		return all
	}
	planned := func(kind string, wanted int64) competence.Plan {
		return competence.Plan{Wanted: map[string]int64{kind: wanted}}
	}
	for name, one := range map[string]struct {
		plan    competence.Plan
		by      map[string]competence.Count
		load    standards.Load
		outside bool // it serves nobody
		want    []string
	}{
		"nobody at all, no plan":       {by: nil, want: []string{"missing pekerja_sosial 1 staff-both", "missing tks 1 staff-both"}},
		"nobody where nobody is":       {by: nil, outside: true},
		"both, no plan":                {by: both},
		"two of five planned":          {plan: planned("pekerja_sosial", 5), by: both, want: []string{"missing pekerja_sosial 3 staff-both"}},
		"as many as planned":           {plan: planned("pekerja_sosial", 2), by: both},
		"more than planned":            {plan: planned("pekerja_sosial", 1), by: both},
		"a plan of none is a plan":     {plan: planned("tks", 0), by: map[string]competence.Count{"pekerja_sosial": both["pekerja_sosial"]}},
		"volunteers planned":           {plan: planned("relawan", 1), by: both, want: []string{"missing relawan 1 staff-volunteers"}},
		"penyuluh have no criterion":   {plan: planned("penyuluh", 1), by: both, want: []string{"missing penyuluh 1 "}},
		"without a certificate":        {by: with("tks", competence.Count{Have: 3, Certified: 1}), want: []string{"uncertified  2 staff-certified"}},
		"one has ended":                {by: with("tks", competence.Count{Have: 2, Certified: 1, Expired: 1}), want: []string{"expired  1 staff-certified"}},
		"one ends soon":                {by: with("tks", competence.Count{Have: 1, Certified: 1, Ending: 1}), want: []string{"ending  1 staff-certified"}},
		"other staff need none":        {by: with("other", competence.Count{Have: 4})},
		"no limit, no overload":        {by: both, load: standards.Load{Cases: 900, Workers: 2}},
		"at the limit":                 {plan: competence.Plan{MostCases: n(15)}, by: both, load: standards.Load{Cases: 30, Workers: 2}},
		"over the limit":               {plan: competence.Plan{MostCases: n(15)}, by: both, load: standards.Load{Cases: 34, Workers: 2}, want: []string{"overload pekerja_sosial 4 staff-workload"}},
		"over the limit, nobody there": {plan: competence.Plan{MostCases: n(15)}, by: both, load: standards.Load{Cases: 1}, want: []string{"overload pekerja_sosial 1 staff-workload"}},
	} {
		s := competence.Standing{Centre: centre.Centre{ClientService: !one.outside}, Plan: one.plan, ByKind: one.by, Load: one.load}
		var got []string
		for _, g := range s.Gaps() {
			got = append(got, fmt.Sprintf("%s %s %d %s", g.Kind, g.Of, g.N, g.Criterion))
		}
		if !slices.Equal(got, one.want) {
			t.Errorf("%s: %q, want %q", name, got, one.want)
		}
	}
}

// A certificate ends after its last day, and is named ninety days before (Pasal 43 ayat (2)).
func TestStateOf(t *testing.T) {
	t.Parallel()
	for name, one := range map[string]struct {
		kind, no string
		until    clock.Day
		want     string
	}{
		"none":               {"tks", "", "", competence.Uncertified},
		"none needed":        {"other", "", "", ""},
		"without end":        {"tks", "1", "", ""},
		"ends in ninety-one": {"tks", "1", today.Add(91), ""},
		"ends in ninety":     {"tks", "1", today.Add(90), competence.Ending},
		"ends today":         {"tks", "1", today, competence.Ending},
		"ended yesterday":    {"tks", "1", today.Add(-1), competence.Expired},
	} {
		if got := competence.StateOf(centre.Staff{Kind: one.kind, CertificateNo: one.no, CertificateUntil: one.until}, today); got != one.want {
			t.Errorf("%s: %q, want %q", name, got, one.want)
		}
	}
}

func training(places int64) competence.NewTraining {
	return competence.NewTraining{Name: "Sertifikasi", Subject: "Manajemen kasus", Criterion: "staff-certified", Place: "Malang", From: today, To: today, Places: places,
		Certificate: "Sertifikat kompetensi", Months: n(36), Cost: n(9_000_000)}
}

// hire gives a centre more staff.
func hire(p *province.Province, at id.ID, name, kind string) centre.Staff {
	p.T.Helper()
	s, err := p.Centres.AddStaff(p.Ctx, p.House, centre.Staff{Centre: at, Name: name, Kind: kind})
	province.Must(p.T, err)
	return s
}

func opened(p *province.Province, d *competence.Desk, places int64) competence.Training {
	p.T.Helper()
	tr, err := d.AddTraining(p.Ctx, p.As("wulan"), training(places))
	province.Must(p.T, err)
	tr, err = d.Move(p.Ctx, p.As("wulan"), tr.ID, 0, "opening", "")
	province.Must(p.T, err)
	return tr
}

func TestPlan(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, joko := competence.New(p.Store), p.As("joko")
		plan, err := d.Plan(p.Ctx, joko, p.A, 0, competence.SetPlan{PekerjaSosial: n(5), TKS: n(1), MostCases: n(20)})
		province.Must(t, err)
		for name, one := range map[string]struct {
			err  error
			want string
		}{
			"a worker":       {second(d.Plan(p.Ctx, p.As("ratna"), p.A, 0, competence.SetPlan{})), "denied"},
			"another centre": {second(d.Plan(p.Ctx, joko, p.B, 0, competence.SetPlan{})), "not-found"},
			"an old version": {second(d.Plan(p.Ctx, joko, p.A, plan.Version+1, competence.SetPlan{})), "stale"},
			"read elsewhere": {second(d.Of(p.Ctx, p.As("sari"), p.A)), "not-found"},
		} {
			if got := province.Kind(one.err); got != one.want {
				t.Errorf("%s: %s (%v)", name, got, one.err)
			}
		}
		f, err := d.Of(p.Ctx, p.As("ratna"), p.A)
		if err != nil || f.Filled() != 3 || f.Wanted() != 6 || f.Sum() != (competence.Count{Have: 3, Certified: 1}) {
			t.Errorf("two of five Pekerja Sosial and the TKS: %+v %v", f.Standing, err)
		}
		all, err := d.Province(p.Ctx, p.As("wulan"), 0, 50)
		province.Must(t, err)
		if len(all) != 2 {
			t.Fatalf("%d institutions", len(all))
		}
		own, err := d.Province(p.Ctx, joko, 0, 50)
		if err != nil || len(own) != 1 || own[0].Centre.ID != p.A {
			t.Errorf("an institution sees its own alone: %v %v", own, err)
		}
		for _, s := range all { // the line of the province says what the page of the institution says
			one, err := d.Of(p.Ctx, p.As("wulan"), s.Centre.ID)
			if err != nil || fmt.Sprint(one.ByKind, one.Load, one.Filled(), len(one.Gaps())) != fmt.Sprint(s.ByKind, s.Load, s.Filled(), len(s.Gaps())) {
				t.Errorf("%s: %v %v, in the list %v %v (%v)", s.Centre.Name, one.ByKind, one.Load, s.ByKind, s.Load, err)
			}
		}
		if again, err := d.Plan(p.Ctx, joko, p.A, plan.Version, competence.SetPlan{}); err != nil || again.Version != 2 || len(again.Wanted) != 0 {
			t.Errorf("planned no more: %+v %v", again, err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestCertificates(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-43.2")
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := competence.New(p.Store)
		for i, days := range []int{200, 90, 10, 90} {
			s := hire(p, []id.ID{p.A, p.A, p.A, p.B}[i], fmt.Sprint("Petugas ", i), "tks")
			_, err := p.Centres.Certify(p.Ctx, p.House, s.ID, centre.Certificate{Number: fmt.Sprint(i), Until: today.Add(days)})
			province.Must(t, err)
		}
		var got []string
		var after id.ID
		for range 5 {
			part, err := d.Certificates(p.Ctx, p.As("wulan"), after, 2)
			province.Must(t, err)
			for _, c := range part {
				got, after = append(got, c.Name), c.ID
			}
			if len(part) < 2 {
				break
			}
		}
		if !slices.Equal(got, []string{"Petugas 2", "Petugas 1", "Petugas 3"}) {
			t.Errorf("the most urgent first, page by page: %v", got)
		}
		own, err := d.Certificates(p.Ctx, p.As("joko"), 0, 50)
		if err != nil || len(own) != 2 {
			t.Errorf("an institution sees its own: %v %v", own, err)
		}
		p.Clock.To(today.Add(30))
		f, err := d.Of(p.Ctx, p.As("joko"), p.A)
		if err != nil || f.Sum().Expired != 1 || f.Sum().Ending != 1 {
			t.Errorf("a month later: %+v %v", f.Sum(), err)
		}
	})
}

// The whole way: a training, who takes part, the certificate in the same deed, and what it did.
func TestTraining(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, joko, wulan := competence.New(p.Store), p.As("joko"), p.As("wulan")
		if _, err := d.AddTraining(p.Ctx, joko, training(2)); !errors.Is(err, fail.Denied) {
			t.Errorf("an institution plans a training: %v", err)
		}
		tr := opened(p, d, 1)
		s, other := hire(p, p.A, "Budi", "tks"), hire(p, p.B, "Lina", "tks")
		m, err := d.Propose(p.Ctx, joko, p.A, competence.Propose{Training: tr.ID, Staff: s.ID})
		if err != nil || m.State != competence.Proposed {
			t.Fatalf("proposed: %+v %v", m, err)
		}
		w, err := d.Propose(p.Ctx, p.House, p.B, competence.Propose{Training: tr.ID, Staff: other.ID})
		if err != nil || w.State != competence.Waiting {
			t.Errorf("the last place is taken: %+v %v", w, err)
		}
		for name, one := range map[string]struct {
			err  error
			want string
		}{
			"twice":                       {second(d.Propose(p.Ctx, joko, p.A, competence.Propose{Training: tr.ID, Staff: s.ID})), "invalid"},
			"somebody of elsewhere":       {second(d.Propose(p.Ctx, joko, p.A, competence.Propose{Training: tr.ID, Staff: other.ID})), "invalid"},
			"at another centre":           {second(d.Propose(p.Ctx, joko, p.B, competence.Propose{Training: tr.ID, Staff: other.ID})), "not-found"},
			"no such training":            {second(d.Propose(p.Ctx, joko, p.A, competence.Propose{Training: id.New(), Staff: s.ID})), "invalid"},
			"a worker":                    {second(d.Propose(p.Ctx, p.As("ratna"), p.A, competence.Propose{Training: tr.ID, Staff: s.ID})), "denied"},
			"the institution accepts":     {second(d.Accept(p.Ctx, joko, m.ID, 0)), "denied"},
			"no place for who waits":      {second(d.Accept(p.Ctx, wulan, w.ID, 0)), "invalid"},
			"an old version":              {second(d.Accept(p.Ctx, wulan, m.ID, m.Version+1)), "stale"},
			"elsewhere they see nobody":   {second(d.Participant(p.Ctx, joko, w.ID)), "not-found"},
			"held with open proposals":    {second(d.Move(p.Ctx, wulan, tr.ID, 0, "holding", "")), "invalid"},
			"closed before it is held":    {second(d.Move(p.Ctx, wulan, tr.ID, 0, "closure", "")), "invalid"},
			"fewer places than are taken": {second(d.ChangeTraining(p.Ctx, wulan, tr.ID, 0, training(0))), "invalid"},
			"a result before it is held":  {second(d.Judge(p.Ctx, wulan, m.ID, 0, competence.Result{Result: competence.Passed, CertificateNo: "1"})), "invalid"},
		} {
			if got := province.Kind(one.err); got != one.want {
				t.Errorf("%s: %s, want %s (%v)", name, got, one.want, one.err)
			}
		}
		m, err = d.Accept(p.Ctx, wulan, m.ID, m.Version)
		province.Must(t, err)
		_, err = d.Move(p.Ctx, wulan, tr.ID, 0, "holding", "")
		province.Must(t, err)
		if _, err := d.Move(p.Ctx, wulan, tr.ID, 0, "closure", ""); province.Kind(err) != "invalid" {
			t.Errorf("closed without results: %v", err)
		}
		if _, err := d.Judge(p.Ctx, wulan, m.ID, 0, competence.Result{Result: competence.Passed}); province.Kind(err) != "invalid" {
			t.Errorf("passed without a certificate: %v", err)
		}
		if m, err = d.Judge(p.Ctx, wulan, m.ID, 0, competence.Result{Result: competence.Passed, CertificateNo: "SK-1"}); err != nil || m.Until != today.AddMonths(36) {
			t.Errorf("passed: %+v %v", m, err)
		}
		kept, err := p.Centres.LookStaff(p.Ctx, joko, s.ID)
		if err != nil || !kept.Certified(today) || kept.CertificateNo != "SK-1" || kept.CertificateUntil != today.AddMonths(36) {
			t.Errorf("the certificate stands with the post: %+v %v", kept, err)
		}
		if _, err = d.Move(p.Ctx, wulan, tr.ID, 0, "closure", ""); err != nil {
			t.Errorf("closed: %v", err)
		}
		sheet, err := d.Look(p.Ctx, wulan, tr.ID)
		if err != nil || len(sheet.Members) != 2 || len(sheet.Effects) != 1 || sheet.Each() != 9_000_000 {
			t.Fatalf("the sheet: %+v %v", sheet, err)
		}
		e := sheet.Effects[0]
		if e.Sent != 1 || e.Passed != 1 || e.Before != (competence.Share{}) || e.After != (competence.Share{N: 2, Of: 4}) {
			t.Errorf("before nobody was there, after two of four are certified: %+v", e)
		}
		if own, err := d.Look(p.Ctx, joko, tr.ID); err != nil || len(own.Members) != 1 {
			t.Errorf("an institution sees its own people: %+v %v", own.Members, err)
		}
		p.Agree()
	})
}

// Of those who ask for the last place at once, one gets it.
func TestPropose_lastPlace(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := competence.New(p.Store)
		tr := opened(p, d, 1)
		var staff []centre.Staff
		for i := range 4 {
			staff = append(staff, hire(p, p.A, fmt.Sprint("Petugas ", i), "tks"))
		}
		states, errs := make([]string, 4), make([]error, 4)
		joko := p.As("joko")
		var all sync.WaitGroup
		for i, s := range staff {
			all.Go(func() {
				m, err := d.Propose(p.Ctx, joko, p.A, competence.Propose{Training: tr.ID, Staff: s.ID})
				states[i], errs[i] = m.State, err
			})
		}
		all.Wait()
		slices.Sort(states)
		if errors.Join(errs...) != nil || !slices.Equal(states, []string{competence.Proposed, competence.Waiting, competence.Waiting, competence.Waiting}) {
			t.Errorf("%v %v", states, errors.Join(errs...))
		}
	})
}

// Whatever is done in whatever order, the places that are taken are those who hold one, and never more than there are.
func TestPlaces_property(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, joko, wulan := competence.New(p.Store), p.As("joko"), p.As("wulan")
		tr := opened(p, d, 3)
		var staff []centre.Staff
		for i := range 7 {
			staff = append(staff, hire(p, p.A, fmt.Sprint("Petugas ", i), "tks"))
		}
		r := rand.New(rand.NewPCG(1, 2))
		for step := range 120 {
			s, err := d.Look(p.Ctx, wulan, tr.ID)
			province.Must(t, err)
			held, waits := int64(0), int64(0)
			for _, m := range s.Members {
				if m.Holds() {
					held++
				}
				if m.State == competence.Waiting {
					waits++
				}
			}
			if held != s.Taken || waits != s.Waiting || s.Taken > s.Places {
				t.Fatalf("step %d: %d hold a place and %d wait, the training says %d and %d of %d", step, held, waits, s.Taken, s.Waiting, s.Places)
			}
			step := func(do func(by who.Asker, m competence.Participant) error) {
				if len(s.Members) > 0 {
					_ = do(wulan, s.Members[r.IntN(len(s.Members))]) // what is refused changes nothing
				}
			}
			switch r.IntN(6) {
			case 0:
				step(func(by who.Asker, m competence.Participant) error { return second(d.Accept(p.Ctx, by, m.ID, 0)) })
			case 1:
				step(func(by who.Asker, m competence.Participant) error {
					return second(d.Refuse(p.Ctx, by, m.ID, 0, competence.Cancel{Reason: "uji"}))
				})
			case 2:
				step(func(_ who.Asker, m competence.Participant) error {
					return second(d.Withdraw(p.Ctx, joko, m.ID, 0, competence.Cancel{Reason: "uji"}))
				})
			case 3:
				_, _ = d.ChangeTraining(p.Ctx, wulan, tr.ID, 0, training(int64(1+r.IntN(4))))
			default:
				_, _ = d.Propose(p.Ctx, joko, p.A, competence.Propose{Training: tr.ID, Staff: staff[r.IntN(len(staff))].ID})
			}
		}
		if wrong, err := d.Broken(p.Ctx); err != nil || len(wrong) > 0 {
			t.Errorf("what verify says: %v %v", wrong, err)
		}
	})
}
