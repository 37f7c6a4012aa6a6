package monitoring_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tuntas/house/clock"
	"tuntas/office/monitoring"
	"tuntas/try/province"
)

// Whatever happened: the small charts of the institutions add up to the chart of the province month by month, the table of
// institutions and figures says what each figure's own page says, and the funnel only narrows.
func TestProperty_charts(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		p.Figures = monitoring.New(p.Store, allMeasures)
		h := &history{p: p}
		rapid.Check(t, func(t *rapid.T) {
			t.Repeat(map[string]func(*rapid.T){"open": h.Open, "stage": h.Stage, "stay": h.Stay, "end": h.End, "visit": h.Visit, "fold": h.Fold})
			wulan := p.As("wulan")
			s := monitoring.SpanOf(today.AddMonths(-rapid.IntRange(0, 24).Draw(t, "months")), today.Add(-rapid.IntRange(0, 300).Draw(t, "ago")), 0, today)
			if s.From > s.To {
				s.From = s.To
			}
			grid, err := p.Figures.Grid(p.Ctx, wulan, s)
			if err != nil {
				t.Fatal(err)
			}
			for n, i := range grid.Figures {
				b, err := p.Figures.Board(p.Ctx, wulan, i.Key, "", s)
				if err != nil {
					t.Fatal(err)
				}
				if got := grid.Whole.Cells[n].Value; got.Numerator != b.Value.Numerator || got.Denominator != b.Value.Denominator {
					t.Fatalf("%s of the province: %d of %d in the table, %d of %d on its page", i.Key, got.Numerator, got.Denominator, b.Value.Numerator, b.Value.Denominator)
				}
				for _, l := range b.Lines {
					w := grid.Rows[slices.IndexFunc(grid.Rows, func(w monitoring.GridRow) bool { return w.Centre.ID == l.Centre.ID })]
					if got := w.Cells[n].Value; got.Numerator != l.Value.Numerator || got.Denominator != l.Value.Denominator {
						t.Fatalf("%s at %s: %d of %d in the table, %d of %d on its page", i.Key, l.Centre.Code, got.Numerator, got.Denominator, l.Value.Numerator, l.Value.Denominator)
					}
				}
			}
			key := rapid.SampledFrom([]string{"occupancy", "arrivals", "exits", "still_independent_3", "staff_certified", "stage_funnel", "return_rate"}).Draw(t, "figure")
			all, err := p.Figures.Courses(p.Ctx, wulan, key, s)
			if err != nil {
				t.Fatal(err)
			}
			whole, err := p.Figures.Board(p.Ctx, wulan, key, "", s)
			if err != nil {
				t.Fatal(err)
			}
			for n, month := range whole.Series {
				var num, den int64
				for _, c := range all.Centres {
					course := all.Course[c.ID]
					num, den = num+course[n].Numerator, den+course[n].Denominator
				}
				if num != month.Numerator || key != "occupancy" && den != month.Denominator { // places of those that serve nobody count in the province
					t.Fatalf("%s in %s: %d of %d, its institutions together %d of %d", key, month.Month, month.Numerator, month.Denominator, num, den)
				}
			}
			narrows(t, p, s)
		})
	})
}

// narrows checks that no stage was reached by more cases than the one before, and that the exits of the months are those of
// the figure.
func narrows(t *rapid.T, p *province.Province, s monitoring.Span) {
	c, err := p.Figures.Charts(p.Ctx, p.As("wulan"), s, 3)
	if err != nil {
		t.Fatal(err)
	}
	opened, _ := monitoring.Find("opened")
	v, err := p.Figures.Figure(p.Ctx, p.As("wulan"), opened, s)
	if err != nil {
		t.Fatal(err)
	}
	if c.Reached[0].N > v.Numerator {
		t.Fatalf("%d began, of %d that were opened", c.Reached[0].N, v.Numerator)
	}
	if len(c.Reasons) > 3 {
		t.Fatalf("%d reasons are told apart", len(c.Reasons))
	}
	var left int64
	for _, m := range c.Exits {
		for _, n := range m.N {
			left += n
		}
	}
	exits, _ := monitoring.Find("exits")
	year := monitoring.Span{From: clock.Day(c.Exits[0].Month + "-01"), To: clock.Day(s.To.Month() + "-01").AddMonths(1).Add(-1)}
	if v, err = p.Figures.Figure(p.Ctx, p.As("wulan"), exits, year); err != nil || v.Numerator != left {
		t.Fatalf("%d left in the chart, %d in the figure, %v", left, v.Numerator, err)
	}
}
