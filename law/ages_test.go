package law_test

import (
	"testing"

	"tuntas/law"
)

// The ages of Permensos 16/2019 Pasal 1 are borders of the groups: a child is not yet 18, the elderly are 60 and over.
func TestAgeGroupOf(t *testing.T) {
	t.Parallel()
	groups := law.Ages.Latest()
	for _, c := range []struct {
		from, to int
		want     string
	}{{0, 0, "0-5"}, {5, 5, "0-5"}, {6, 6, "6-17"}, {17, 17, "6-17"}, {18, 18, "18-39"}, {59, 59, "40-59"}, {60, 60, "60-69"}, {70, 70, "70-"},
		{101, 101, "70-"}, {65, 75, "70-"}, {58, 61, "40-59"}, {151, 160, ""}} {
		if got := law.AgeGroupOf(groups, c.from, c.to); got != c.want {
			t.Errorf("%d–%d: %q, want %q", c.from, c.to, got, c.want)
		}
	}
	for i := 1; i < len(groups); i++ {
		if groups[i].From != groups[i-1].To+1 {
			t.Errorf("between %s and %s is a gap", groups[i-1].Key, groups[i].Key)
		}
	}
}

func TestHomeOf(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{"": law.RegionUnknown, "35.09": "35.09", "33.14": law.RegionOutside, law.OutsideCode: law.RegionOutside} {
		if got := law.HomeOf(code); got != want {
			t.Errorf("%q is counted under %q, want %q", code, got, want)
		}
	}
	for code, want := range map[string]bool{"33.14": true, "35.99": false, "3314": false, "ab.cd": false, "33,14": false, "": false, "33.1a": false} {
		if got := law.OtherProvince(code); got != want {
			t.Errorf("%q of another province: %v", code, got)
		}
	}
}
