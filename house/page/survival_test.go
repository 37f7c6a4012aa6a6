package page

import (
	"strings"
	"testing"

	"tuntas/house/text"
)

// The drawing says in words what it shows, ends where the points end, hatches the interval where there is one, and marks
// where people were last known; the key is never markup.
func TestSurvival(t *testing.T) {
	t.Parallel()
	points := []SurvivalPoint{{Month: 0, Share: 1, Low: 1, High: 1}, {Month: 1, Share: .8, Low: .7, High: .9, Sure: true, Censored: 2}, {Month: 12, Share: .6, Low: .4, High: .75, Sure: true, Censored: 5}}
	drawn := string(Survival(text.ID, `a"b`, points, 12))
	for _, want := range []string{`aria-labelledby="a&#34;b-t a&#34;b-d"`, "Setelah 12 bulan 60% masih mandiri, rentang 40% sampai 75%.", `class="band"`, "H552.0V"} {
		if !strings.Contains(drawn, want) {
			t.Errorf("no %s in %s", want, drawn)
		}
	}
	if ticks := strings.Count(drawn, `class="tick"`); ticks != 2 {
		t.Errorf("%d ticks", ticks)
	}
	sure := points[:2]
	sure[1].Sure, sure[1].Share = false, 1
	if drawn := string(Survival(text.ID, "x", sure, 12)); strings.Contains(drawn, `class="band"`) || !strings.Contains(drawn, "H95.5V14.0") {
		t.Errorf("a band without an interval, or a line that goes on: %s", drawn)
	}
	if Survival(text.ID, "x", points[:1], 12) != "" || Survival(text.ID, "x", nil, 12) != "" {
		t.Error("a drawing of nothing")
	}
}
