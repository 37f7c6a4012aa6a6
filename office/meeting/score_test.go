package meeting

import (
	"testing"

	"pgregory.net/rapid"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/office/actions"
)

// Whatever was decided, each decision stands in exactly one column of its agency, and none is lost.
func TestScores_add(t *testing.T) {
	t.Parallel()
	const today clock.Day = "2026-11-24"
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.Map(rapid.IntRange(-400, 400), func(n int) clock.Day { return today.Add(n) })
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) actions.Decision {
			d := actions.Decision{Agency: id.ID(rapid.IntRange(1, 4).Draw(t, "agency")), State: rapid.SampledFrom([]string{actions.Planned, actions.Running, actions.Done, actions.Stopped, actions.Replaced}).Draw(t, "state"),
				DueOn: day.Draw(t, "due"), MadeOn: day.Draw(t, "made"), Postponed: int64(rapid.IntRange(0, 5).Draw(t, "postponed"))}
			d.Live = d.State == actions.Planned || d.State == actions.Running
			if !d.Live {
				d.DoneOn = day.Draw(t, "done")
			}
			return d
		}), 0, 60).Draw(t, "rows")
		var decided, moved int64
		for _, s := range scores(rows, today) {
			if s.Decided != s.InTime+s.Late+s.Running+s.Overdue+s.Stopped || s.Measured != s.InTime+s.Late || s.Share() < 0 || s.Share() > 100 || s.Median < 0 {
				t.Errorf("%+v", s)
			}
			decided, moved = decided+s.Decided, moved+s.Moved
		}
		for _, r := range rows {
			moved -= r.Postponed
		}
		if decided != int64(len(rows)) || moved != 0 {
			t.Errorf("%d of %d decisions, %d postponements too many", decided, len(rows), moved)
		}
	})
}
