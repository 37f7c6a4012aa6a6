package monitoring_test

import (
	"errors"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/coordination"
	"tuntas/office/mandate"
	"tuntas/office/monitoring"
	"tuntas/office/participation"
	"tuntas/office/person"
	"tuntas/office/potential"
	"tuntas/office/residence"
	"tuntas/try/province"
)

func asInvalid(err error) (*fail.Invalid, bool) {
	var wrong *fail.Invalid
	return wrong, errors.As(err, &wrong)
}

// allMeasures are those that the figures of our files look at.
var allMeasures = slices.Concat(province.Measures(), coordination.Measures, mandate.Measures, participation.Measures, potential.Measures)

// history is a random life of an office: everybody does something, most of it is allowed.
type history struct {
	p     *province.Province
	cases []casework.Case
}

func (h *history) day(t *rapid.T) clock.Day {
	return today.Add(-rapid.IntRange(0, 500).Draw(t, "days ago"))
}

// late is today more often than not, so that deeds follow one another.
func (h *history) late(t *rapid.T) clock.Day {
	return today.Add(-max(0, rapid.IntRange(-20, 10).Draw(t, "days ago")))
}

// some is one of the cases; the first is opened when nobody is there yet.
func (h *history) some(t *rapid.T) casework.Case {
	if len(h.cases) == 0 {
		h.Open(t)
	}
	return rapid.SampledFrom(h.cases).Draw(t, "case")
}

// Open registers somebody and opens a case, long ago or today.
func (h *history) Open(t *rapid.T) {
	login := rapid.SampledFrom([]string{"joko", "ratna", "sari"}).Draw(t, "by")
	by := h.p.As(login)
	e := province.Called("Orang Acak", person.Birth{})
	e.Sex = rapid.SampledFrom([]string{"female", "male", "unknown"}).Draw(t, "sex")
	e.HomeRegion = rapid.SampledFrom([]string{"", "35.09", "35.05", "33.14", "00.00"}).Draw(t, "region")
	e.Birth = h.birth(t)
	e.Restricted = login == "joko" && rapid.Bool().Draw(t, "restricted")
	lodger, _, err := h.p.Persons.Register(h.p.Ctx, by, e)
	if err != nil {
		t.Fatal(err)
	}
	c, err := h.p.Cases.Open(h.p.Ctx, by, casework.Opening{Person: lodger.ID, Centre: by.Scope.Centres[0], OpenedOn: h.day(t), Emergency: true,
		Kind: rapid.SampledFrom([]string{"lansia_telantar", "anak_telantar"}).Draw(t, "kind")})
	if err != nil {
		t.Fatal(err)
	}
	h.cases = append(h.cases, c)
}

// birth is known to the day, roughly, or not at all.
func (h *history) birth(t *rapid.T) person.Birth {
	year := rapid.Int64Range(1930, 2024).Draw(t, "year")
	return rapid.SampledFrom([]person.Birth{{Precision: "unknown"}, {Precision: "year", Date: strconv.FormatInt(year, 10)},
		{Precision: "day", Date: strconv.FormatInt(year, 10) + "-11-20"}, {Precision: "estimated", From: year - 3, To: year + 2}}).Draw(t, "birth")
}

// of is a social worker of the case's centre.
func (h *history) of(c casework.Case) who.Asker {
	if c.Centre == h.p.B {
		return h.p.As("sari")
	}
	return h.p.As("ratna")
}

// Stage enters the next stage by a waiver; it may be refused.
func (h *history) Stage(t *rapid.T) {
	c := h.some(t)
	f, err := h.p.Cases.Look(h.p.Ctx, h.p.As("joko"), c.ID)
	if err != nil {
		return
	}
	stage := casework.Next(f.Stage)
	if rapid.IntRange(0, 5).Draw(t, "wrong stage") == 0 {
		stage = rapid.SampledFrom(casework.Stages[1:7]).Draw(t, "stage")
	}
	waiver := &casework.Waiver{Reason: "acak"}
	on := h.late(t)
	switch stage {
	case casework.Terminated:
		_, _ = h.p.Cases.Terminate(h.p.Ctx, h.p.As("joko"), c.ID, 0, casework.Ending{On: on, Reason: "reunified", Destination: "family", HandedTo: "Anak",
			Outcome: "improved", Waiver: waiver})
	case casework.Closed:
		_, _ = h.p.Cases.Close(h.p.Ctx, h.p.As("joko"), c.ID, 0, casework.Closing{On: on, Result: "settled", Waiver: waiver})
	default:
		_, _ = h.p.Cases.EnterStage(h.p.Ctx, h.p.As("joko"), c.ID, 0, casework.Move{Stage: stage, On: on, Waiver: waiver})
	}
}

// Stay places, moves or ends a stay.
func (h *history) Stay(t *rapid.T) {
	c := h.some(t)
	beds := h.p.Beds(c.Centre)
	bed := rapid.SampledFrom(beds).Draw(t, "bed")
	_, _ = h.p.Cases.House(h.p.Ctx, h.of(c), c.ID,
		casework.NewStay{Bed: bed.ID, From: h.day(t), State: rapid.SampledFrom([]string{"", "open", "reserved"}).Draw(t, "state")})
}

// MoveBed moves somebody to another bed of the centre: no arrival, no departure, and the age of the arrival.
func (h *history) MoveBed(t *rapid.T) {
	c := h.some(t)
	f, err := h.p.Cases.Look(h.p.Ctx, h.of(c), c.ID)
	if err != nil {
		return
	}
	for _, s := range f.Stays {
		if s.State == residence.Open {
			bed := rapid.SampledFrom(h.p.Beds(c.Centre)).Draw(t, "new bed")
			_, _ = h.p.Stays.Change(h.p.Ctx, h.of(c), s.ID, 0, residence.Change{Bed: bed.ID, On: h.late(t)})
		}
	}
}

// End terminates a case by a short way, or closes it.
func (h *history) End(t *rapid.T) {
	c := h.some(t)
	by := h.of(c)
	if rapid.Bool().Draw(t, "terminate") {
		_, _ = h.p.Cases.Terminate(h.p.Ctx, by, c.ID, 0, casework.Ending{On: h.late(t), Reason: rapid.SampledFrom([]string{"deceased", "own_wish", "absconded"}).Draw(t, "reason"),
			Destination: "own_home", Outcome: rapid.SampledFrom([]string{"improved", "unchanged"}).Draw(t, "outcome")})
		return
	}
	_, _ = h.p.Cases.Close(h.p.Ctx, by, c.ID, 0, casework.Closing{On: h.late(t), Result: rapid.SampledFrom([]string{"lost", "deceased", "transferred", "settled"}).Draw(t, "result")})
}

// Visit records a contact of aftercare, planned or extra, or moves its day.
func (h *history) Visit(t *rapid.T) {
	c := h.some(t)
	reached, level := rapid.Bool().Draw(t, "reached"), rapid.Int64Range(1, 5).Draw(t, "level")
	v := casework.Visit{Month: rapid.SampledFrom([]int64{0, 1, 3, 6, 12}).Draw(t, "month"), On: h.late(t), Reached: &reached, Independence: &level,
		Final: rapid.Bool().Draw(t, "final")}
	if rapid.Bool().Draw(t, "only moves") {
		v = casework.Visit{Month: v.Month, DueOn: today.Add(rapid.IntRange(-30, 300).Draw(t, "due"))}
	}
	_, _ = h.p.Cases.Visit(h.p.Ctx, h.of(c), c.ID, 0, 0, v)
}

// Correct changes what is known of a person, as the outbox then tells the desks that count.
func (h *history) Correct(t *rapid.T) {
	c := h.some(t)
	login := rapid.SampledFrom([]string{"joko", "sari"}).Draw(t, "by")
	by := h.p.As(login)
	old, err := h.p.Persons.Look(h.p.Ctx, by, c.Person)
	if err != nil {
		return
	}
	restricted := old.Restricted
	if login == "joko" {
		restricted = rapid.Bool().Draw(t, "restricted")
	}
	_, err = h.p.Persons.Change(h.p.Ctx, by, old.ID, old.Version, person.Entry{Names: old.Names, Restricted: restricted,
		Sex: rapid.SampledFrom([]string{"female", "male"}).Draw(t, "sex"), HomeRegion: rapid.SampledFrom([]string{"35.10", "35.09", "33.14", ""}).Draw(t, "region"),
		Birth: h.birth(t)})
	if err = errors.Join(err, h.p.Stays.FollowPerson(h.p.Ctx, old.ID), h.p.Cases.FollowPerson(h.p.Ctx, old.ID)); err != nil {
		t.Fatal(err)
	}
}

// Fold moves the deltas into the tallies, in the middle of everything.
func (h *history) Fold(t *rapid.T) {
	if err := h.p.Store.Fold(h.p.Ctx); err != nil {
		t.Fatal(err)
	}
}

// agree holds, for every indicator, side, asker and span, that the figure is what the list shows and what is
// withheld, whatever the length of a page; and that the kept figures are those that can be counted.
func (h *history) agree(t *rapid.T) {
	for back := range 4 { // opening + in − out = closing, in every month and at every centre
		to := today.AddMonths(-back)
		for _, at := range []id.ID{0, h.p.A, h.p.B} {
			h.closes(t, at, to)
		}
	}

	drifts, err := h.p.Store.Recount(h.p.Ctx, allMeasures, false)
	if err != nil || len(drifts) > 0 {
		t.Fatalf("%v %v", drifts, err)
	}
	h.deadlinesAgree(t)
	ends := []clock.Day{h.day(t), rapid.SampledFrom([]clock.Day{today, h.day(t)}).Draw(t, "until")}
	s := monitoring.Span{From: min(ends[0], ends[1]), To: max(ends[0], ends[1]), Centre: rapid.SampledFrom([]id.ID{0, h.p.A, h.p.B}).Draw(t, "centre")}
	limit := rapid.IntRange(1, 7).Draw(t, "page")
	for _, i := range monitoring.Shipped(today) {
		var v monitoring.Value
		if err := h.p.Store.Read(h.p.Ctx, h.p.As("wulan"), testFigures, func(tx *store.Tx) (err error) { v, err = h.p.Figures.Of(tx, i, s); return err }); err != nil {
			t.Fatal(err)
		}
		h.splitAgrees(t, i, s, limit, v.Numerator)
		for part, figure := range map[string]int64{"numerator": v.Numerator, "denominator": v.Denominator} {
			if part == "denominator" && i.Denominator == "" {
				continue
			}
			for _, login := range []string{"wulan", "joko", "sari"} {
				if got := h.listed(t, login, i, s, part, limit); got != figure {
					t.Fatalf("%s, %s, %s: the figure says %d, the list %d", i.Key, part, login, figure, got)
				}
			}
		}
	}
}

// splitAgrees holds that every other way to break a figure down says the same whole, and lists as many.
func (h *history) splitAgrees(t *rapid.T, i monitoring.Indicator, s monitoring.Span, limit int, whole int64) {
	for way := range i.More {
		split, ok := i.Split(way)
		if !ok {
			t.Fatalf("%s cannot be split by %s", i.Key, way)
		}
		for _, login := range []string{"wulan", "sari"} {
			if got := h.listed(t, login, split, s, "numerator", limit); got != whole {
				t.Fatalf("%s by %s, %s: the figure says %d, the list %d", i.Key, way, login, whole, got)
			}
		}
	}
}

// closes holds the account of a month in every row of every breakdown, and that the rows add up to the whole.
func (h *history) closes(t *rapid.T, at id.ID, to clock.Day) {
	for _, by := range []string{"sex", "age", "home_region"} {
		b, err := h.p.Figures.MonthBy(h.p.Ctx, h.p.As("wulan"), at, to, by)
		if err != nil || !b.Adds() {
			t.Fatalf("the balance of %s at %s by %s: %+v, %v", to, at, by, b, err)
		}
		sum := monitoring.BalanceRow{}
		for _, row := range b.Rows() {
			if row.Key == "" {
				t.Fatalf("the balance of %s by %s leaves out %+v", to, by, row)
			}
			sum.Opening, sum.In, sum.Out, sum.Closing = sum.Opening+row.Opening, sum.In+row.In, sum.Out+row.Out, sum.Closing+row.Closing
		}
		if sum != (monitoring.BalanceRow{Opening: b.Opening, In: b.In, Out: b.Out, Closing: b.Closing}) {
			t.Fatalf("the rows of %s by %s add up to %+v, the whole is %+v", to, by, sum, b)
		}
	}
}

// deadlinesAgree holds that the deadlines are those of the open cases, one by one, and so is the work load.
func (h *history) deadlinesAgree(t *rapid.T) {
	joko := h.p.As("joko")
	d, err := h.p.Figures.Deadlines(h.p.Ctx, joko, h.p.A)
	if err != nil {
		t.Fatal(err)
	}
	open, yes := map[string]int64{}, true
	w, err := h.p.Cases.WorkloadAt(h.p.Ctx, joko, h.p.A)
	if err != nil {
		t.Fatal(err)
	}
	by, err := h.p.Cases.WorkloadByCentre(h.p.Ctx, joko)
	if err != nil || len(by.Lines) != 1 || by.Sum.Cases != w.Sum.Cases || by.Sum.Late != w.Sum.Late || by.Sum.Waiting != w.Sum.Waiting || by.Sum.Visit != w.Sum.Visit {
		t.Fatalf("the load by centre %+v, by worker %+v, %v", by.Sum, w.Sum, err)
	}
	for due, want := range map[string]int64{"late": d.All.Late, "week": d.All.Week, "later": d.All.Later, "none": d.All.None} {
		lines, _, err := h.p.Cases.List(h.p.Ctx, joko, casework.Filter{Centre: h.p.A, Due: due, Limit: 500})
		if err != nil || int64(len(lines)) != want {
			t.Fatalf("%s: the figure says %d, the list %d, %v", due, want, len(lines), err)
		}
		for _, l := range lines {
			open[l.Stage]++
		}
	}
	lines, _, err := h.p.Cases.List(h.p.Ctx, joko, casework.Filter{Centre: h.p.A, Open: &yes, Limit: 500})
	if err != nil || int64(len(lines)) != d.All.Cases() || d.All.Cases() != w.Sum.Cases || d.All.Late != w.Sum.Late {
		t.Fatalf("%d open cases, deadlines %+v, load %+v, %v", len(lines), d.All, w.Sum, err)
	}
	for stage, n := range open {
		if d.Stages[stage].Cases() != n || w.Sum.Stages[stage] != n {
			t.Fatalf("%s: %d cases, deadlines %+v, load %v", stage, n, d.Stages[stage], w.Sum.Stages)
		}
	}
}

func (h *history) listed(t *rapid.T, login string, i monitoring.Indicator, s monitoring.Span, part string, limit int) int64 {
	var after store.Place
	var seen []id.ID
	for {
		b, err := h.p.Figures.Records(h.p.Ctx, h.p.As(login), i, s, part, nil, after, limit)
		if err != nil {
			t.Fatal(err)
		}
		if b.Withheld < 0 || len(b.Items) > limit {
			t.Fatalf("%s: %d withheld, %d on a page of %d", i.Key, b.Withheld, len(b.Items), limit)
		}
		for _, r := range b.Items {
			if slices.Contains(seen, r.ID) {
				t.Fatalf("%s lists %s twice", i.Key, r.ID)
			}
			seen = append(seen, r.ID)
		}
		if after = b.Next; after == (store.Place{}) {
			return int64(len(seen)) + b.Withheld
		}
	}
}

// After any history the figures, their recount and the lists behind them say the same.
func TestProperty_figures(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		p.Figures = monitoring.New(p.Store, allMeasures)
		rapid.Check(t, func(t *rapid.T) {
			h := &history{p: p}
			t.Repeat(map[string]func(*rapid.T){"open": h.Open, "stage": h.Stage, "stay": h.Stay, "move": h.MoveBed, "end": h.End, "visit": h.Visit, "correct": h.Correct,
				"fold": h.Fold})
			h.agree(t)
		})
	})
}
