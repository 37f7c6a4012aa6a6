package actions

import (
	"testing"

	"tuntas/house/clock"
)

// The table of moves, state by deed: what it leads to, or a dash where it is refused. It is the rule of the office.
func TestMoves(t *testing.T) {
	t.Parallel()
	deeds := []string{doStart, doReport, doPostpone, doEscalate, doFinish, doStop, doReassign}
	for state, want := range map[string][]string{
		Planned:  {Running, Running, Planned, Planned, Done, Stopped, Replaced},
		Running:  {"-", Running, Running, Running, Done, Stopped, Replaced},
		Done:     {"-", "-", "-", "-", "-", "-", "-"},
		Stopped:  {"-", "-", "-", "-", "-", "-", "-"},
		Replaced: {"-", "-", "-", "-", "-", "-", "-"},
	} {
		for i, deed := range deeds {
			a := Action{State: state, Live: state == Planned || state == Running}
			may := a.May(deed)
			err := a.move(deed)
			got := a.State
			if err != nil {
				got = "-"
			}
			if got != want[i] || err == nil && a.Live != (got == Planned || got == Running) || may != (err == nil) {
				t.Errorf("%s, %s: %s (live %v, %v), want %s", state, deed, got, a.Live, err, want[i])
			}
		}
	}
}

// A date may be moved twice; after that only once more for each time that it went up.
func TestMayPostpone(t *testing.T) {
	t.Parallel()
	const today clock.Day = "2026-11-24"
	for _, c := range []struct {
		postponed, escalated int64
		due                  clock.Day
		refused              bool
	}{
		{0, 0, "2026-12-10", false}, {1, 0, "2026-12-10", false}, {2, 0, "2026-12-10", true}, {2, 1, "2026-12-10", false}, {3, 1, "2026-12-10", true}, {3, 2, "2026-12-10", false},
		{0, 0, "2026-12-01", true}, {0, 0, "2026-11-20", true},
	} {
		a := Action{State: Running, Live: true, DueOn: "2026-12-01", Postponed: c.postponed, Escalated: c.escalated}
		if err := mayPostpone(a, Postponement{DueOn: c.due, Reason: "uji"}, today); (err != nil) != c.refused {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
