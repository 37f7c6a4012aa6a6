package monitoring_test

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/office/casework"
	"tuntas/office/monitoring"
	"tuntas/office/person"
	"tuntas/try/province"
)

// fact is one row that a measure counts, read by plain SQL beside the program.
type fact struct {
	centre   id.ID
	from, to clock.Day
	dim      string
}

// rows says how to read the facts of some measures from their tables; a stock has an end.
var rows = map[string]struct {
	stock bool
	text  string
	dims  []string
}{
	"case.opened":     {false, `select centre_id, opened_on, null, ppks_type from cases`, []string{"lansia_telantar", "gelandangan", "nobody"}},
	"case.stage":      {true, `select centre_id, on_day, left_on, stage from case_stages where stage <> 'closed'`, []string{"approach", "assessment", "planning", "termination", "aftercare"}},
	"case.region":     {true, `select centre_id, opened_on, closed_on, region from cases`, []string{"35.09", "35.05", "unknown", "outside"}},
	"case.terminated": {false, `select centre_id, on_day, null, reason from terminations`, []string{"own_wish", "independent", "deceased"}},
	"aftercare.3":     {false, `select centre_id, due_on, null, state from contacts where month = 3`, []string{"open", "void", "independent"}},
}

func factsOf(t *rapid.T, db *sql.DB, text string) (all []fact) {
	r, err := db.Query(text)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	for r.Next() {
		var f fact
		if err := r.Scan(&f.centre, &f.from, &f.to, &f.dim); err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// summand is one piece of a random formula: its words, and what it comes to over the rows.
type summand struct {
	words string
	value func(s monitoring.Span) int64
}

func (h *history) summand(t *rapid.T, facts map[string][]fact) summand {
	times := rapid.Int64Range(-3, 3).Draw(t, "times")
	switch rapid.IntRange(0, 6).Draw(t, "kind") {
	case 0:
		return summand{fmt.Sprintf("%d", max(times, -times)), func(monitoring.Span) int64 { return max(times, -times) }}
	case 1:
		return summand{fmt.Sprintf("(%d - 3) * hari()", max(0, times)), func(s monitoring.Span) int64 { return (max(0, times) - 3) * int64(s.To.Sub(s.From)+1) }}
	}
	measure := rapid.SampledFrom([]string{"case.opened", "case.stage", "case.region", "case.terminated", "aftercare.3"}).Draw(t, "measure")
	dims := rapid.SliceOfNDistinct(rapid.SampledFrom(rows[measure].dims), 0, 2, rapid.ID[string]).Draw(t, "dims")
	words := `jumlah("` + strings.Join(append([]string{measure}, dims...), `", "`) + `")`
	return summand{fmt.Sprintf("%d * (%s)", max(times, 0), words) + " - " + fmt.Sprintf("%d * %s", max(-times, 0), words), func(s monitoring.Span) (n int64) {
		for _, f := range facts[measure] {
			counted := f.from >= s.From && f.from <= s.To
			if rows[measure].stock {
				counted = f.from <= s.To && (f.to == "" || f.to > s.To)
			}
			if counted && (s.Centre == 0 || s.Centre == f.centre) && (len(dims) == 0 || strings.Contains(" "+strings.Join(dims, " ")+" ", " "+f.dim+" ")) {
				n++
			}
		}
		return times * n
	}}
}

// Whatever formula is typed, over whatever history: the figure of the province, of each institution, of a year ago and of each
// month is what the rows say, counted one by one.
func TestProperty_formulas(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		p.Figures = monitoring.New(p.Store, allMeasures)
		db := p.Beside()
		n := 0
		rapid.Check(t, func(t *rapid.T) {
			h := &history{p: p}
			t.Repeat(map[string]func(*rapid.T){"open": h.Open, "stage": h.Stage, "end": h.End, "visit": h.Visit, "fold": h.Fold})
			facts := map[string][]fact{}
			for m, r := range rows {
				facts[m] = factsOf(t, db, r.text)
			}
			var parts []summand
			var words []string
			for range rapid.IntRange(1, 4).Draw(t, "summands") {
				one := h.summand(t, facts)
				parts, words = append(parts, one), append(words, one.words)
			}
			want := func(s monitoring.Span) (sum int64) {
				for _, one := range parts {
					sum += one.value(s)
				}
				return sum
			}
			n++
			key := fmt.Sprintf("acak_%d", n)
			if _, err := p.Figures.Define(p.Ctx, p.As("wulan"), monitoring.NewOwn{Key: key, Name: key, NameEn: key, Unit: "ratio", Direction: "none", Source: "uji", Owner: "uji",
				NewRule: monitoring.NewRule{ValidFrom: "2020-01-01", Numerator: strings.Join(words, " + "), Denominator: words[0]}}); err != nil {
				t.Fatalf("%s: %v", strings.Join(words, " + "), err)
			}
			s := monitoring.Span{From: h.day(t), To: today, Centre: rapid.SampledFrom([]id.ID{0, p.A, p.B}).Draw(t, "centre")}
			b, err := p.Figures.Board(p.Ctx, p.As("wulan"), key, "", s)
			if err != nil {
				t.Fatal(err)
			}
			past := monitoring.Span{From: s.From.AddMonths(-12), To: s.To.AddMonths(-12), Centre: s.Centre}
			if b.Value.Numerator != want(s) || b.Value.Denominator != parts[0].value(s) || b.Before.Numerator != want(past) {
				t.Fatalf("%s: %d over %d, a year ago %d; the rows say %d over %d, %d", strings.Join(words, " + "), b.Value.Numerator, b.Value.Denominator, b.Before.Numerator, want(s), parts[0].value(s), want(past))
			}
			for _, l := range b.Lines {
				if at := (monitoring.Span{From: s.From, To: s.To, Centre: l.Centre.ID}); l.Value.Numerator != want(at) {
					t.Fatalf("%s at %s: %d, the rows say %d", strings.Join(words, " + "), l.Centre.Name, l.Value.Numerator, want(at))
				}
			}
			for _, m := range b.Series {
				first := clock.Day(m.Month + "-01")
				if at := (monitoring.Span{From: first, To: first.AddMonths(1).Add(-1), Centre: s.Centre}); m.Numerator != want(at) {
					t.Fatalf("%s in %s: %d, the rows say %d", strings.Join(words, " + "), m.Month, m.Numerator, want(at))
				}
			}
		})
	})
}

func mandiri() monitoring.NewOwn {
	return monitoring.NewOwn{Key: "mandiri", Name: "Selesai mandiri", NameEn: "Ended as independent", Unit: "percent", Direction: "up", Source: "Berkas kasus", Owner: "Kepala UPT",
		NewRule: monitoring.NewRule{ValidFrom: "2026-01-01", Numerator: `jumlah("case.terminated", "independent")`, Denominator: `jumlah("case.terminated")`}}
}

// A figure of the office's own is tried as a draft that only its keepers see, counts once it is let, and keeps each rule for
// its own days.
func TestOwn(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		p.Figures = monitoring.New(p.Store, allMeasures)
		wulan, joko := p.As("wulan"), p.As("joko")
		o, err := p.Figures.Define(p.Ctx, wulan, mandiri())
		province.Must(t, err)
		listed := func() bool {
			all, err := p.Figures.Every(p.Ctx, joko, today)
			province.Must(t, err)
			return all[len(all)-1].Key == "mandiri"
		}
		if _, err := p.Figures.Board(p.Ctx, joko, "mandiri", "", span); !errors.Is(err, fail.NotFound) || listed() {
			t.Errorf("a draft is seen by who does not keep figures: %v", err)
		}
		if _, err := p.Figures.Define(p.Ctx, joko, mandiri()); !errors.Is(err, fail.Denied) {
			t.Errorf("a head of one centre defined a figure: %v", err)
		}
		if _, err := p.Figures.Move(p.Ctx, wulan, "mandiri", o.Version, monitoring.FigureMove{To: monitoring.Retired}); err == nil {
			t.Error("a draft was retired")
		}
		o, err = p.Figures.Move(p.Ctx, wulan, "mandiri", o.Version, monitoring.FigureMove{To: monitoring.Live})
		province.Must(t, err)
		if !listed() {
			t.Error("it counts and stands in no list")
		}
		o, err = p.Figures.Revise(p.Ctx, wulan, "mandiri", o.Version, monitoring.NewRule{ValidFrom: today.Add(-3), Numerator: `jumlah("case.terminated", "independent", "reunified")`, Denominator: `jumlah("case.terminated")`})
		province.Must(t, err)
		if _, err := p.Figures.Revise(p.Ctx, wulan, "mandiri", o.Version-1, monitoring.NewRule{ValidFrom: today, Numerator: "1", Denominator: "1"}); !errors.Is(err, fail.Stale) {
			t.Errorf("an old version revised it: %v", err)
		}
		for day, want := range map[clock.Day]bool{"2019-01-01": false, today.Add(-4): false, today.Add(-3): true, today: true} {
			i, err := p.Figures.Named(p.Ctx, joko, "mandiri", day)
			if err != nil || strings.Contains(i.Numerator, "reunified") != want {
				t.Errorf("on %s: %s, %v", day, i.Numerator, err)
			}
		}
		_, err = p.Figures.Move(p.Ctx, wulan, "mandiri", o.Version, monitoring.FigureMove{To: monitoring.Retired})
		province.Must(t, err)
		if listed() {
			t.Error("a retired figure stands in the list")
		}
	})
}

func TestOwn_badInput(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		p.Figures = monitoring.New(p.Store, allMeasures)
		_, err := p.Figures.Define(p.Ctx, p.As("wulan"), mandiri())
		province.Must(t, err)
		for what, c := range map[string]struct {
			change func(*monitoring.NewOwn)
			field  string
		}{
			"the same key":       {func(*monitoring.NewOwn) {}, "key"},
			"a key of ours":      {func(o *monitoring.NewOwn) { o.Key = "occupancy" }, "key"},
			"a key of signs":     {func(o *monitoring.NewOwn) { o.Key = "../../a" }, "key"},
			"a reserved key":     {func(o *monitoring.NewOwn) { o.Key = "new" }, "key"},
			"no measure":         {func(o *monitoring.NewOwn) { o.Key, o.Numerator = "satu", `jumlah("nobody")` }, "numerator"},
			"no end":             {func(o *monitoring.NewOwn) { o.Key, o.Denominator = "satu", `jumlah("stay"` }, "denominator"},
			"a share of nothing": {func(o *monitoring.NewOwn) { o.Key, o.Denominator = "satu", "" }, "denominator"},
		} {
			in := mandiri()
			c.change(&in)
			if _, err := p.Figures.Define(p.Ctx, p.As("wulan"), in); refused(err) != c.field {
				t.Errorf("%s: %v", what, err)
			}
		}
		for what, in := range map[string]monitoring.NewTarget{"value": {Year: 2026}, "centre_id": {Year: 2026, Centre: id.New(), Value: new(float64)}, "year": {Year: 2031, Remove: true}} {
			if _, err := p.Figures.SetTarget(p.Ctx, p.As("wulan"), "mandiri", in); refused(err) != what {
				t.Errorf("%s: %v", what, err)
			}
		}
		over := 101.0
		if _, err := p.Figures.SetTarget(p.Ctx, p.As("wulan"), "mandiri", monitoring.NewTarget{Year: 2026, Value: &over}); refused(err) != "value" {
			t.Errorf("more than all: %v", err)
		}
		if _, err := p.Figures.SetTarget(p.Ctx, p.As("wulan"), "nobody", monitoring.NewTarget{Year: 2026, Value: new(float64)}); !errors.Is(err, fail.NotFound) {
			t.Errorf("a target of nothing: %v", err)
		}
	})
}

// A target is of a year and a place; the next one of both replaces it.
func TestTarget(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		p.Figures = monitoring.New(p.Store, allMeasures)
		wulan := p.As("wulan")
		for _, v := range []float64{80, 90.5} {
			_, err := p.Figures.SetTarget(p.Ctx, wulan, "occupancy", monitoring.NewTarget{Year: 2026, Value: &v})
			province.Must(t, err)
		}
		here := 70.0
		_, err := p.Figures.SetTarget(p.Ctx, wulan, "occupancy", monitoring.NewTarget{Year: 2026, Centre: p.A, Value: &here})
		province.Must(t, err)
		b, err := p.Figures.Board(p.Ctx, wulan, "occupancy", "", span)
		if err != nil || b.Target == nil || b.Target.Value() != 90.5 || len(b.Targets) != 2 {
			t.Fatalf("%+v, %v", b.Targets, err)
		}
		for _, l := range b.Lines {
			if (l.Centre.ID == p.A) != (l.Target != nil && l.Target.Value() == 70) {
				t.Errorf("%s: %+v", l.Centre.Name, l.Target)
			}
		}
		_, err = p.Figures.SetTarget(p.Ctx, wulan, "occupancy", monitoring.NewTarget{Year: 2026, Remove: true})
		province.Must(t, err)
		if b, err = p.Figures.Board(p.Ctx, wulan, "occupancy", "", span); err != nil || b.Target != nil {
			t.Errorf("it is still there: %+v, %v", b.Target, err)
		}
	})
}

// A closed month keeps what was reported; a correction of the past changes what the month says now, and both are shown.
func TestClosing(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		p.Figures = monitoring.New(p.Store, allMeasures)
		joko := p.As("joko")
		last := clock.Day(today.Month() + "-01").AddMonths(-1)
		month := last.Month()
		for what, c := range map[string]struct {
			login, month string
			at           id.ID
		}{"this month": {"joko", today.Month(), p.A}, "no month": {"joko", "2026-13", p.A}} {
			if _, err := p.Figures.CloseMonth(p.Ctx, p.As(c.login), c.at, monitoring.NewClosing{Month: c.month}); refused(err) != "month" {
				t.Errorf("%s: %v", what, err)
			}
		}
		if _, err := p.Figures.CloseMonth(p.Ctx, joko, p.B, monitoring.NewClosing{Month: month}); err == nil {
			t.Error("another centre's month was closed")
		}
		if _, err := p.Figures.CloseMonth(p.Ctx, p.As("ratna"), p.A, monitoring.NewClosing{Month: month}); err == nil {
			t.Error("a social worker closed a month")
		}
		_, err := p.Figures.CloseMonth(p.Ctx, joko, p.A, monitoring.NewClosing{Month: month})
		province.Must(t, err)
		if _, err := p.Figures.CloseMonth(p.Ctx, joko, p.A, monitoring.NewClosing{Month: month}); refused(err) != "month" {
			t.Errorf("closed twice: %v", err)
		}
		e := province.Called("Mbah Terlambat", person.Birth{Precision: "estimated", From: 1950, To: 1955})
		_, err = p.Cases.Open(p.Ctx, p.As("ratna"), casework.Opening{Person: p.Enter("ratna", e).ID, Centre: p.A, Kind: "lansia_telantar", OpenedOn: last.Add(9)})
		province.Must(t, err)
		_, _, all, err := p.Figures.Revisions(p.Ctx, p.As("wulan"), p.A, month)
		province.Must(t, err)
		revised := map[string]bool{}
		for _, r := range all {
			if r.Changed() {
				revised[r.Key] = true
			}
			if r.Key == "opened" && (r.Reported.Numerator != 0 || r.Now.Numerator != 1) {
				t.Errorf("opened: reported %d, now %d", r.Reported.Numerator, r.Now.Numerator)
			}
		}
		if !revised["opened"] || !revised["reach"] || revised["exits"] || revised["staff_certified"] {
			t.Errorf("revised: %v", revised)
		}
		b, err := p.Figures.Board(p.Ctx, p.As("wulan"), "opened", "", monitoring.Span{From: last, To: last.AddMonths(1).Add(-1)})
		if err != nil || len(b.Reported) != 1 || b.Then().Numerator != 0 || b.Value.Numerator != 1 || len(b.Open) == 0 {
			t.Errorf("%+v, open %d, %v", b.Reported, len(b.Open), err)
		}
		p.Agree()
	})
}
