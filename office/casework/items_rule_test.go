package casework

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/try/clause"
)

// What the SPM counts of a case (Permensos 9/2018 annex I, PP 2/2018 Pasal 10(2)), as short lines.
func TestSPMLines(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P9-XY", "PP2-10")
	given := func(days ...clock.Day) (all []spmGiven) {
		for _, d := range days {
			all = append(all, spmGiven{1, "lansia-a", d})
		}
		return all
	}
	base := func(change func(*spmCase)) spmCase {
		c := spmCase{Case: Case{ID: 1, Kind: "lansia_telantar", Setting: Inside, OpenedOn: "2025-03-01"}, needs: []spmNeed{{1, "lansia-a", "2025-03-10"}}, bed: "2025-03-05"}
		change(&c)
		return c
	}
	for name, c := range map[string]struct {
		change func(*spmCase)
		want   string
	}{
		"outside the panti":           {func(c *spmCase) { c.Setting = Outside }, ""},
		"a kind of none of the four":  {func(c *spmCase) { c.Kind = "korban_napza" }, ""},
		"no bed yet":                  {func(c *spmCase) { c.bed = "" }, "need 2025-03-10.., waiting 2025-03-01.."},
		"a bed on the first day":      {func(c *spmCase) { c.bed = "2025-03-01" }, "inside 2025-03-01.., need 2025-03-10.."},
		"given in two years":          {func(c *spmCase) { c.given = given("2025-04-01", "2026-02-01") }, "given 2025 2025-04-01, given 2026 2026-02-01, inside 2025-03-05.., met 2025 2025-04-01, met 2026 2026-02-01, need 2025-03-10.., waiting 2025-03-01..2025-03-05"},
		"an item nobody needs":        {func(c *spmCase) { c.given = []spmGiven{{1, "lansia-b", "2025-04-01"}} }, "inside 2025-03-05.., need 2025-03-10.., waiting 2025-03-01..2025-03-05"},
		"an item of another group":    {func(c *spmCase) { c.needs[0].Item = "anak-a" }, "inside 2025-03-05.., waiting 2025-03-01..2025-03-05"},
		"assessed before the opening": {func(c *spmCase) { c.needs[0].Since = "" }, "inside 2025-03-05.., need 2025-03-01.., waiting 2025-03-01..2025-03-05"},
		"one of two items": {func(c *spmCase) {
			c.needs = append(c.needs, spmNeed{1, "lansia-b", "2025-03-10"})
			c.given = given("2025-04-01")
		}, "given 2025 2025-04-01, inside 2025-03-05.., need 2025-03-10.., need 2025-03-10.., waiting 2025-03-01..2025-03-05"},
		"the other is found next year": {func(c *spmCase) {
			c.needs = append(c.needs, spmNeed{1, "lansia-b", "2026-01-10"})
			c.given = given("2025-04-01")
		}, "given 2025 2025-04-01, inside 2025-03-05.., met 2025 2025-04-01, need 2025-03-10.., need 2026-01-10.., waiting 2025-03-01..2025-03-05"},
		"passed on within the year": {func(c *spmCase) { c.given, c.until, c.passed = given("2025-04-01"), "2025-09-01", true },
			"given 2025 2025-04-01, inside 2025-03-05..2025-09-01, need 2025-03-10..2025-09-01, waiting 2025-03-01..2025-03-05"},
		"passed on the year after": {func(c *spmCase) { c.given, c.until, c.passed = given("2025-04-01"), "2026-02-01", true },
			"given 2025 2025-04-01, inside 2025-03-05..2026-02-01, met 2025 2025-04-01, need 2025-03-10..2026-02-01, waiting 2025-03-01..2025-03-05"},
		"recorded after the year of the end": {func(c *spmCase) { c.given, c.until = given("2026-02-01"), "2025-09-01" }, "inside 2025-03-05..2025-09-01, need 2025-03-10..2025-09-01, waiting 2025-03-01..2025-03-05"},
	} {
		var got []string
		for _, l := range base(c.change).lines() {
			s := l.What + " " + string(l.From)
			if l.Year != "" {
				s = fmt.Sprint(l.What, " ", l.Year, " ", l.From)
			} else {
				s += ".." + string(l.To)
			}
			got = append(got, s)
		}
		slices.Sort(got)
		if is := strings.Join(got, ", "); is != c.want {
			t.Errorf("%s:\n %s\nwant\n %s", name, is, c.want)
		}
	}
}
