package satisfaction_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/law"
	"tuntas/office/monitoring"
	"tuntas/office/satisfaction"
	"tuntas/try/clause"
	"tuntas/try/province"
)

const today = province.Today

// of gives sums in which a thousand forms gave each element so many points together.
func of(points ...int64) (s satisfaction.Sums) {
	for i, p := range points {
		s[i][3] = (p - 1000) / 3 // fours
		s[i][1] = (p - 1000) % 3 // twos
		s[i][0] = 1000 - s[i][3] - s[i][1]
	}
	return s
}

// Clause IKM-1 (PermenPANRB 14/2017, annex): nine elements, the mean of their means times 25, bands.
func TestIndex(t *testing.T) {
	t.Parallel()
	clause.Test(t, "IKM-1")
	same := func(p int64) satisfaction.Sums { return of(p, p, p, p, p, p, p, p, p) }
	for name, one := range map[string]struct {
		sums  satisfaction.Sums
		want  string
		grade string
	}{
		"all best":  {same(4000), "100", "A"},
		"all worst": {same(1000), "25", "D"},
		// The worked example of the source: weights of 0.11 give 90.56.
		"ninths, not 0.11":         {same(3659), "3659/40", "A"},
		"of unlike elements":       {of(4000, 3000, 3000, 3000, 3000, 3000, 3000, 3000, 3000), "700/9", "B"},
		"on the bound of B":        {same(3065), "613/8", "B"}, // 76.625
		"just below B, 76.60":      {same(3064), "383/5", "C"},
		"on the bound of C, 65.00": {same(2600), "65", "C"},
		"below C, 64.975":          {same(2599), "2599/40", "D"}, // 64.975 is 64.98 when written
	} {
		x := one.sums.Index()
		if x == nil || x.RatString() != one.want || satisfaction.GradeOf(law.Survey.On(today), x) != one.grade {
			t.Errorf("%s: %v %s, want %s %s", name, x, satisfaction.GradeOf(law.Survey.On(today), x), one.want, one.grade)
		}
	}
	if x := (satisfaction.Sums{}).Index(); x != nil || satisfaction.GradeOf(law.Survey.On(today), x) != "" {
		t.Errorf("an index of nothing: %v", x)
	}
}

// Between the bands an index is rounded to two decimals first, and by nothing else.
func TestGradeOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"100": "A", "88.31": "A", "88.305": "A", "88.3049": "B", "76.61": "B", "76.605": "B", "76.6049999": "C", "76.60": "C", "65": "C", "64.995": "C", "64.9949": "D", "25": "D"} {
		x, ok := new(big.Rat).SetString(text)
		if got := satisfaction.GradeOf(law.Survey.On(today), x); !ok || got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// An index lies between those of its lowest and its highest element, and one better answer never lowers it.
func TestIndex_between(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 46))
	for range 300 {
		var s satisfaction.Sums
		low, high := big.NewRat(100, 1), big.NewRat(0, 1)
		for i := range s {
			for v := range s[i] {
				s[i][v] = r.Int64N(5)
			}
			s[i][r.IntN(3)]++
			x := new(big.Rat).Mul(s[i].Mean(), big.NewRat(25, 1))
			if x.Cmp(low) < 0 {
				low = x
			}
			if x.Cmp(high) > 0 {
				high = x
			}
		}
		x := s.Index()
		if x.Cmp(low) < 0 || x.Cmp(high) > 0 {
			t.Fatalf("%v: %v not between %v and %v", s, x, low, high)
		}
		for v := range 3 {
			if s[0][v] > 0 {
				s[0][v]--
				s[0][v+1]++
				break
			}
		}
		if s.Index().Cmp(x) <= 0 {
			t.Fatalf("%v: a better answer gives %v after %v", s, s.Index(), x)
		}
	}
}

func form(on clock.Day, v int64) satisfaction.NewAnswer {
	return satisfaction.NewAnswer{On: on, U1: v, U2: v, U3: v, U4: v, U5: v, U6: v, U7: v, U8: v, U9: v, Sex: "female"}
}

func TestRounds(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, joko := satisfaction.New(p.Store), p.As("joko")
		first, err := d.OpenRound(p.Ctx, joko, p.A, satisfaction.NewRound{From: today.Add(-10), To: today})
		province.Must(t, err)
		_, err = d.OpenRound(p.Ctx, joko, p.A, satisfaction.NewRound{From: today, To: today})
		province.Wants(t, "a second open round", err, "survey-open")
		_, err = d.CloseRound(p.Ctx, joko, first.ID, 0)
		province.Wants(t, "nothing entered", err, "survey-empty")
		enter := func(on clock.Day, in satisfaction.NewAnswer) satisfaction.Answer {
			in.On = on
			a, err := d.Enter(p.Ctx, joko, first.ID, in)
			province.Must(t, err)
			return a
		}
		low := form("", 3)
		low.U9 = 1
		enter(today.Add(-1), low)
		wrong := enter(today, form("", 1))
		enter(today, form("", 4))
		if s := look(t, p, d, first.ID); s.Answers != 3 {
			t.Errorf("%d forms", s.Answers)
		}
		_, err = d.Remove(p.Ctx, joko, wrong.ID)
		province.Must(t, err)
		for name, one := range map[string]struct {
			err  error
			want string
		}{
			"before the round": {second(d.Enter(p.Ctx, joko, first.ID, form(today.Add(-11), 3))), "invalid"},
			"in the future":    {second(d.Enter(p.Ctx, joko, first.ID, form(today.Add(1), 3))), "invalid"},
			"a worker":         {second(d.Enter(p.Ctx, p.As("ratna"), first.ID, form(today, 3))), "denied"},
			"another centre":   {second(d.OpenRound(p.Ctx, joko, p.B, satisfaction.NewRound{From: today, To: today})), "not-found"},
			"read elsewhere":   {second(d.Look(p.Ctx, p.As("sari"), first.ID)), "not-found"},
			"removed twice":    {second(d.Remove(p.Ctx, joko, wrong.ID)), "not-found"},
			"an old version":   {second(d.CloseRound(p.Ctx, joko, first.ID, first.Version+1)), "stale"},
			"backwards":        {second(d.OpenRound(p.Ctx, joko, p.A, satisfaction.NewRound{From: today, To: today.Add(-1)})), "invalid"},
		} {
			if got := province.Kind(one.err); got != one.want {
				t.Errorf("%s: %s (%v)", name, got, one.err)
			}
		}
		// (8 × 3.5 + 2.5) / 9 × 25
		s := look(t, p, d, first.ID)
		if x := s.Sums.Index(); x == nil || x.RatString() != "1525/18" || s.Grade() != "B" {
			t.Errorf("index %v %s", x, s.Grade())
		}
		closed, err := d.CloseRound(p.Ctx, joko, first.ID, first.Version)
		if err != nil || closed.State != satisfaction.Closed || closed.ClosedOn != today {
			t.Fatalf("closed: %+v %v", closed, err)
		}
		_, err = d.Enter(p.Ctx, joko, first.ID, form(today, 3))
		province.Wants(t, "a form too late", err, "survey-closed")
		next, err := d.OpenRound(p.Ctx, joko, p.A, satisfaction.NewRound{From: today, To: today})
		province.Must(t, err)
		_, err = d.Enter(p.Ctx, joko, next.ID, form(today, 4))
		province.Must(t, err)
		if s = look(t, p, d, next.ID); s.Before == nil || s.Before.ID != first.ID || s.Step().RatString() != "275/18" {
			t.Errorf("beside the round before: %+v", s.Before)
		}
		all, err := d.Rounds(p.Ctx, p.As("wulan"), 0, 0, 10)
		if err != nil || len(all) != 2 || all[0].ID != next.ID || all[1].Sums.Index() == nil {
			t.Errorf("the list: %v %v", all, err)
		}
		if own, err := d.Rounds(p.Ctx, p.As("sari"), 0, 0, 10); err != nil || len(own) != 0 {
			t.Errorf("another institution sees %d rounds, %v", len(own), err)
		}
		if _, forms, err := d.Answers(p.Ctx, joko, first.ID, 0, 10); err != nil || len(forms) != 2 || forms[1].Values != [9]int64{3, 3, 3, 3, 3, 3, 3, 3, 1} {
			t.Errorf("forms: %v %v", forms, err)
		}
		sound(t, p, d)
	})
}

// The figure says what the round says, and every sum is what the forms give.
func sound(t *testing.T, p *province.Province, d *satisfaction.Desk) {
	t.Helper()
	province.Must(t, p.Store.Fold(p.Ctx))
	if wrong, err := d.Broken(p.Ctx); err != nil || len(wrong) > 0 {
		t.Errorf("verify: %v %v", wrong, err)
	}
	if drifts, err := p.Store.Recount(p.Ctx, satisfaction.Measures, false); err != nil || len(drifts) > 0 {
		t.Errorf("recount: %v %v", drifts, err)
	}
	b, err := p.Figures.Board(p.Ctx, p.As("wulan"), "satisfaction", "", monitoring.Span{From: today.Add(-10), To: today, Centre: p.A})
	province.Must(t, err)
	// three forms: 8×3+1, 9×4, 9×4 points of 27 answers
	if want := fmt.Sprint(25 * (25 + 36 + 36)); fmt.Sprint(b.Value.Numerator) != want || b.Value.Denominator != 27 {
		t.Errorf("the figure: %+v, want %s of 27", b.Value, want)
	}
}

// Verify names sums that somebody moved behind the desk's back.
func TestBroken(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := satisfaction.New(p.Store)
		r, err := d.OpenRound(p.Ctx, p.As("joko"), p.A, satisfaction.NewRound{From: today, To: today})
		province.Must(t, err)
		_, err = p.Beside().ExecContext(p.Ctx, fmt.Sprintf(`update survey_sums set n = 2 where round_id = %d and element = 1 and value = 4`, int64(r.ID)))
		province.Must(t, err)
		if wrong, err := d.Broken(p.Ctx); err != nil || len(wrong) != 1 {
			t.Errorf("%v %v", wrong, err)
		}
	})
}

func look(t *testing.T, p *province.Province, d *satisfaction.Desk, round id.ID) satisfaction.Sheet {
	t.Helper()
	s, err := d.Look(p.Ctx, p.As("joko"), round)
	province.Must(t, err)
	return s
}

func second[T any](_ T, err error) error { return err }
