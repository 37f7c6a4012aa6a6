package store_test

import (
	"flag"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/try"
	"tuntas/try/province"
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.checks", strconv.Itoa(try.Times(12, 300))); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

type counted struct {
	centre id.ID
	on     clock.Day
	dim    string
	n      int64
}

// Whatever was counted, folded or not, on whatever days: a range, a stock and the months add up as a plain
// sum does, for one centre and for all.
func TestProperty_ranges(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		rapid.Check(t, func(t *rapid.T) {
			measure := "uji." + id.New().String()
			var all []counted
			day := func(name string) clock.Day { return clock.Day("2024-12-20").Add(rapid.IntRange(0, 480).Draw(t, name)) }
			for range rapid.IntRange(1, 4).Draw(t, "rounds") {
				err := p.Store.Write(p.Ctx, p.House, testWrite, func(tx *store.Tx) error {
					for range rapid.IntRange(1, 25).Draw(t, "facts") {
						c := counted{rapid.SampledFrom([]id.ID{p.A, p.B}).Draw(t, "centre"), day("on"), rapid.SampledFrom([]string{"x", "y"}).Draw(t, "dim"),
							rapid.Int64Range(-3, 3).Draw(t, "n")}
						all = append(all, c)
						tx.Count(measure, c.centre, c.on, c.dim, c.n)
					}
					tx.Record(entry(p))
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
				if rapid.Bool().Draw(t, "fold") {
					if err := p.Store.Fold(p.Ctx); err != nil {
						t.Fatal(err)
					}
				}
			}
			from, to := day("from"), day("to")
			from, to = min(from, to), max(from, to)
			centre := rapid.SampledFrom([]id.ID{0, p.A, p.B}).Draw(t, "asked")
			plain := func(from, to clock.Day) (n int64) {
				for _, c := range all {
					if c.on >= from && c.on <= to && (centre == 0 || c.centre == centre) {
						n += c.n
					}
				}
				return n
			}
			err := p.Store.Read(p.Ctx, p.House, testRead, func(tx *store.Tx) error {
				flow, err := store.Flow(tx, measure, from, to, centre)
				if got := total(flow); err != nil || got != plain(from, to) {
					t.Fatalf("from %s to %s: %d, want %d, %v", from, to, got, plain(from, to), err)
				}
				stock, err := store.Stock(tx, measure, to, centre)
				if got := total(stock); err != nil || got != plain("", to) {
					t.Fatalf("on %s: %d, want %d, %v", to, got, plain("", to), err)
				}
				whole, err := store.Total(tx, measure, from, to, centre)
				if got := total(whole); err != nil || got != plain(from, to) {
					t.Fatalf("from %s to %s in all: %d, want %d, %v", from, to, got, plain(from, to), err)
				}
				for n, f := range whole {
					if centre == 0 && (f.Centre != 0 || n > 0 && whole[n-1].Dim == f.Dim) {
						t.Fatalf("a total comes once for each value, at no centre: %+v", whole)
					}
				}
				months, err := store.Monthly(tx, measure, from.Month(), to.Month(), centre)
				for _, m := range months {
					first := clock.Day(m.Month + "-01")
					var want int64
					for _, c := range all {
						if c.on.Month() == m.Month && (centre == 0 || c.centre == centre) && c.dim == m.Dim {
							want += c.n
						}
					}
					if m.N != want || first < clock.Day(from.Month()+"-01") || first > to {
						t.Fatalf("%+v, want %d", m, want)
					}
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	})
}

func total(figures []store.Figure) (n int64) {
	for _, f := range figures {
		n += f.N
	}
	return n
}

// A recount says where a figure drifted and puts it right; folding twice changes nothing.
func TestRecount_repairs(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		db := p.Beside()
		p.Agree()
		province.Must(t, p.Store.Fold(p.Ctx))
		province.Must(t, p.Store.Fold(p.Ctx))
		p.Agree()
		execute(t, db, `update tallies set n = n + 2 where measure = 'staff'`)
		drifts, err := p.Store.Recount(p.Ctx, province.Measures(), false)
		if err != nil || len(drifts) == 0 {
			t.Fatalf("a drift was not seen: %v", err)
		}
		again, err := p.Store.Recount(p.Ctx, province.Measures(), true)
		if err != nil || len(again) != len(drifts) {
			t.Errorf("%d repaired of %d, %v", len(again), len(drifts), err)
		}
		p.Agree()
	})
}
