package mandate_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"tuntas/house/clock"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/mandate"
	"tuntas/office/monitoring"
	"tuntas/try/province"
)

var figures = slices.Concat(centre.Measures, mandate.Measures)

var lookFigure = store.NewAct("mandate.look-figure", who.Anyone)

func certificate(from, until clock.Day) mandate.NewAccreditation {
	return mandate.NewAccreditation{Body: "BALKS", Grade: "A", CertificateNo: "7/" + string(from), DecidedOn: from, ValidUntil: until}
}

// A decision is past, ends after it began, has a known grade, and no two hold on the same day.
func TestAccreditation_rules(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, joko := mandate.New(p.Store), p.As("joko")
		first, err := d.AddAccreditation(p.Ctx, joko, p.A, certificate("2024-01-10", "2025-01-09"))
		province.Must(t, err)
		unknown := certificate("2025-01-10", "2026-01-09")
		unknown.Grade = "Z"
		for name, one := range map[string]struct {
			by, want string
			in       mandate.NewAccreditation
		}{
			"a worker":               {"ratna", "denied", certificate("2025-01-10", "2026-01-09")},
			"of another centre":      {"sari", "denied", certificate("2025-01-10", "2026-01-09")},
			"a day to come":          {"joko", "invalid", certificate(today.Add(1), today.Add(90))},
			"ended before it began":  {"joko", "invalid", certificate("2025-02-01", "2025-01-31")},
			"an unknown grade":       {"joko", "invalid", unknown},
			"on the last day of one": {"joko", "invalid", certificate("2025-01-09", "2026-01-08")},
			"until the first day":    {"joko", "invalid", certificate("2023-01-10", "2024-01-10")},
			"around the other":       {"joko", "invalid", certificate("2023-01-10", "2026-01-10")},
			"within the other":       {"joko", "invalid", certificate("2024-03-10", "2024-04-10")},
			"before the other":       {"joko", "none", certificate("2023-01-10", "2024-01-09")},
			"after the other":        {"joko", "none", certificate("2025-01-10", "2026-01-09")},
		} {
			if one.want == "none" {
				continue
			}
			if _, err := d.AddAccreditation(p.Ctx, p.As(one.by), p.A, one.in); province.Kind(err) != one.want {
				t.Errorf("%s: %v, want %s", name, err, one.want)
			}
		}
		for _, in := range []mandate.NewAccreditation{certificate("2023-01-10", "2024-01-09"), certificate("2025-01-10", "2026-01-09")} {
			if _, err := d.AddAccreditation(p.Ctx, joko, p.A, in); err != nil {
				t.Errorf("beside the other: %v", err)
			}
		}
		if _, err := d.CorrectAccreditation(p.Ctx, joko, first.ID, first.Version+1, certificate("2024-01-10", "2025-01-08")); province.Kind(err) != "stale" {
			t.Errorf("an old version: %v", err)
		}
		if _, err := d.CorrectAccreditation(p.Ctx, joko, first.ID, first.Version, certificate("2024-01-10", "2025-01-10")); province.Kind(err) != "invalid" {
			t.Errorf("corrected into the next one: %v", err)
		}
		right, err := d.CorrectAccreditation(p.Ctx, joko, first.ID, first.Version, certificate("2024-01-11", "2025-01-09"))
		if err != nil || right.Version != 2 || right.DecidedOn != "2024-01-11" {
			t.Errorf("corrected: %+v %v", right, err)
		}
		if _, err := d.LookAccreditation(p.Ctx, p.As("sari"), first.ID); province.Kind(err) != "not-found" {
			t.Errorf("read from elsewhere: %v", err)
		}
	})
}

// What is withdrawn holds until the day before, makes room for another, and stays as it was.
func TestAccreditation_withdrawn(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, joko := mandate.New(p.Store), p.As("joko")
		a, err := d.AddAccreditation(p.Ctx, joko, p.A, certificate("2024-01-10", "2029-01-09"))
		province.Must(t, err)
		for name, on := range map[string]clock.Day{"before it began": "2024-01-09", "a day to come": today.Add(1)} {
			if _, err := d.WithdrawAccreditation(p.Ctx, joko, a.ID, 0, mandate.Withdrawal{On: on, Reason: "Dicabut"}); province.Kind(err) != "invalid" {
				t.Errorf("%s: %v", name, err)
			}
		}
		a, err = d.WithdrawAccreditation(p.Ctx, joko, a.ID, a.Version, mandate.Withdrawal{On: "2025-02-01", Reason: "Dicabut"})
		if err != nil || !a.Holds("2025-01-31") || a.Holds("2025-02-01") || a.ValidUntil != "2029-01-09" {
			t.Errorf("withdrawn: %+v %v", a, err)
		}
		if _, err = d.WithdrawAccreditation(p.Ctx, joko, a.ID, 0, mandate.Withdrawal{On: "2025-02-02", Reason: "Lagi"}); province.Kind(err) != "invalid" {
			t.Errorf("withdrawn twice: %v", err)
		}
		if _, err = d.CorrectAccreditation(p.Ctx, joko, a.ID, 0, certificate("2024-01-10", "2029-01-09")); province.Kind(err) != "invalid" {
			t.Errorf("corrected after it was withdrawn: %v", err)
		}
		if _, err = d.AddAccreditation(p.Ctx, joko, p.A, certificate("2025-02-01", "2027-01-31")); err != nil {
			t.Errorf("a new one from that day: %v", err)
		}
	})
}

// Of two that are written down at the same moment for the same days one stands.
func TestAccreditation_together(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := mandate.New(p.Store)
		var both sync.WaitGroup
		kinds := make([]string, 4)
		for i := range kinds {
			both.Go(func() {
				_, err := d.AddAccreditation(p.Ctx, p.As("joko"), p.A, certificate("2024-01-10", "2029-01-09"))
				kinds[i] = province.Kind(err)
			})
		}
		both.Wait()
		slices.Sort(kinds)
		if fmt.Sprint(kinds) != "[invalid invalid invalid none]" {
			t.Errorf("written at the same moment: %v", kinds)
		}
	})
}

// Whatever is written, put right and withdrawn: no two hold at once, kept figures equal their recount, and the figure of a
// day is the length of its list, on days past and to come.
func TestAccreditation_figure(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, joko := mandate.New(p.Store), p.As("joko")
		p.Figures = monitoring.New(p.Store, figures)
		rapid.Check(t, func(r *rapid.T) {
			day := func(name string, least, most int) clock.Day {
				return today.Add(rapid.IntRange(least, most).Draw(r, name))
			}
			from := day("from", -900, 0)
			in := certificate(from, from.Add(rapid.IntRange(-5, 400).Draw(r, "days")))
			in.Grade = rapid.SampledFrom([]string{"A", "B", "C"}).Draw(r, "grade")
			m, _, err := d.Of(p.Ctx, joko, p.A)
			if err != nil {
				r.Fatal(err)
			}
			switch what := rapid.IntRange(0, 3).Draw(r, "what"); {
			case what > 1 || len(m.Accreditations) == 0:
				_, err = d.AddAccreditation(p.Ctx, joko, p.A, in)
			case what == 1:
				_, err = d.CorrectAccreditation(p.Ctx, joko, rapid.SampledFrom(m.Accreditations).Draw(r, "one").ID, 0, in)
			default:
				_, err = d.WithdrawAccreditation(p.Ctx, joko, rapid.SampledFrom(m.Accreditations).Draw(r, "one").ID, 0, mandate.Withdrawal{On: from, Reason: "Uji"})
			}
			if kind := province.Kind(err); kind != "none" && kind != "invalid" {
				r.Fatal(err)
			}
			if m, _, err = d.Of(p.Ctx, joko, p.A); err != nil {
				r.Fatal(err)
			}
			on := day("on", -900, 400)
			holding := int64(0)
			for _, a := range m.Accreditations {
				if a.Holds(on) {
					holding++
				}
			}
			if holding > 1 {
				r.Fatalf("%d hold on %s: %+v", holding, on, m.Accreditations)
			}
			var list []store.Record
			var kept []store.Figure
			if err := p.Store.Read(p.Ctx, joko, lookFigure, func(tx *store.Tx) (err error) {
				if list, err = store.Records(tx, mandate.Measures[0], store.Behind{To: on, Centre: p.A, Limit: 100}); err == nil {
					kept, err = store.Stock(tx, "accreditation", on, p.A)
				}
				return err
			}); err != nil {
				r.Fatal(err)
			}
			sum := int64(0)
			for _, k := range kept {
				sum += k.N
			}
			if sum != holding || int64(len(list)) != holding {
				r.Fatalf("%s: %d hold, %d kept, %d listed", on, holding, sum, len(list))
			}
		})
		if drifts, err := p.Store.Recount(p.Ctx, figures, false); err != nil || len(drifts) > 0 {
			t.Errorf("recount: %v %v", drifts, err)
		}
		b, err := p.Figures.Board(p.Ctx, p.As("wulan"), "accredited", "", monitoring.Span{From: today.Add(-10), To: today})
		province.Must(t, err)
		list, err := centre.New(p.Store).List(p.Ctx, p.As("wulan"))
		province.Must(t, err)
		serving := len(slices.DeleteFunc(list, func(c centre.Centre) bool { return !c.ClientService }))
		if b.Value.Denominator != int64(serving) || b.Value.Numerator > 1 {
			t.Errorf("the figure: %+v of %d institutions", b.Value, serving)
		}
	})
}
