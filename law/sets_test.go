package law_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"tuntas/law"
	"tuntas/try/clause"
)

var fourGroups = []string{"anak_telantar", "disabilitas_telantar", "gelandangan_pengemis", "lansia_telantar"}

func unique(t *testing.T, what string, keys []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, k := range keys {
		if k == "" || seen[k] {
			t.Errorf("%s: key %q is empty or stands twice", what, k)
		}
		seen[k] = true
	}
}

func TestStages(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-7.1")
	var got []string
	for _, s := range law.Stages.On("2026-11-24") {
		got = append(got, s.Letter+" "+s.Key)
		if s.Name == "" || s.NameEn == "" || s.Days <= 0 {
			t.Errorf("%+v", s)
		}
	}
	want := "a approach, b assessment, c planning, d intervention, e resocialisation, f termination, g aftercare"
	if strings.Join(got, ", ") != want {
		t.Errorf("stages %v", got)
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-5", "P16-9.1")
	kinds, targets := law.Kinds.Latest(), law.Targets.Latest()
	if len(kinds) != 26 || len(targets) != 13 {
		t.Fatalf("%d kinds, %d target groups", len(kinds), len(targets))
	}
	groups := map[string]bool{}
	var keys []string
	for n, k := range kinds {
		keys = append(keys, k.Key)
		if k.No != n+1 || k.Name == "" || k.NameEn == "" || k.Definition == "" || k.DefinitionSource == "" || k.Status == "" {
			t.Errorf("%+v", k)
		}
		if k.OutsideRehabilitation == (len(k.Targets) > 0) || k.OutsideRehabilitation == (k.ItemsGroup != "") {
			t.Errorf("%s neither maps to a target group nor is outside rehabilitation", k.Key)
		}
		for _, target := range k.Targets {
			if !law.Has(targets, target) {
				t.Errorf("%s: unknown target group %s", k.Key, target)
			}
		}
		if k.Group != "" {
			groups[k.Group] = true
		}
		if k.ItemsGroup != "" && !slices.Contains(fourGroups, k.ItemsGroup) {
			t.Errorf("%s: unknown group %s", k.Key, k.ItemsGroup)
		}
	}
	unique(t, "kinds", keys)
	if len(groups) != 4 {
		t.Errorf("groups of Pasal 9 ayat (1): %v", groups)
	}
}

// Children are under 18, the elderly 60 and above, in the kinds as in the criteria.
func TestAges(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-1a")
	for _, k := range law.Kinds.Latest() {
		if k.Cluster == "anak" && (k.AgeTo == 0 || k.AgeTo > 17) || k.Cluster == "lansia" && k.AgeFrom != 60 {
			t.Errorf("%s: from %d to %d", k.Key, k.AgeFrom, k.AgeTo)
		}
	}
	want := map[string][2]int{"age-child": {0, 17}, "age-elderly": {60, 0}, "age-head": {19, 60}}
	for _, c := range law.Criteria.Latest() {
		if c.Fact == "age" && want[c.Code] != [2]int{c.AgeFrom, c.AgeTo} {
			t.Errorf("%s: from %d to %d", c.Code, c.AgeFrom, c.AgeTo)
		}
	}
}

func TestItems(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-22", "P16-23", "P16-24", "P16-25")
	items := law.Items.On("2026-11-24")
	if len(items) != 56 {
		t.Fatalf("%d items", len(items))
	}
	for group, want := range map[string]int{"disabilitas_telantar": 11, "anak_telantar": 12, "lansia_telantar": 13, "gelandangan_pengemis": 9} {
		inside := law.ItemsFor(items, group, "inside")
		for n, i := range inside {
			if i.Letter != string(rune('a'+n)) {
				t.Errorf("%s: letter %s at place %d", i.Key, i.Letter, n+1)
			}
		}
		if len(inside) != want || len(law.ItemsFor(items, group, "outside")) != 11 {
			t.Errorf("%s: %d inside, %d outside", group, len(inside), len(law.ItemsFor(items, group, "outside")))
		}
	}
	var keys []string
	for _, i := range items {
		keys = append(keys, i.Key)
		if i.Name == "" || i.NameEn == "" || !strings.Contains(i.Article, "Pasal") {
			t.Errorf("%+v", i)
		}
		if found, ok := law.ItemOf(i.Key); !ok || found.Name != i.Name {
			t.Errorf("%s is not found", i.Key)
		}
	}
	unique(t, "items", keys)
	if _, ok := law.ItemOf("lansia-z"); ok {
		t.Error("an item that is not there was found")
	}
}

func TestCriteria(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-9.2", "P16-10", "P16-18.3", "P16-18.9", "P16-20", "P16-21")
	all := law.Criteria.On("2026-11-24")
	for at, want := range map[string]string{
		"lansia_telantar inside":       "group-served age-elderly seven-days nobody-cares social-worker",
		"anak_telantar inside":         "group-served age-child seven-days nobody-cares social-worker",
		"disabilitas_telantar inside":  "group-served seven-days nobody-cares social-worker",
		"gelandangan_pengemis inside":  "group-served age-head seven-days no-dwelling social-worker",
		" inside":                      "group-served social-worker",
		"lansia_telantar outside":      "outside-needs-unmet outside-somebody-cares",
		"gelandangan_pengemis outside": "outside-needs-unmet outside-somebody-cares",
	} {
		group, setting, _ := strings.Cut(at, " ")
		var got []string
		for _, c := range law.CriteriaFor(all, group, setting) {
			got = append(got, c.Code)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v", at, got)
		}
	}
	var keys []string
	for _, c := range all {
		keys = append(keys, c.Code)
		if !strings.HasPrefix(c.Article, "Pasal ") || c.Name == "" || c.NameEn == "" || (c.Detail == "") != (c.DetailEn == "") {
			t.Errorf("%+v", c)
		}
	}
	unique(t, "criteria", keys)
}

// The totals are those of the source: 48,055.876 square kilometres, 41,919,906 people.
func TestRegions(t *testing.T) {
	t.Parallel()
	area, people, cities := 0.0, int64(0), 0
	var keys []string
	for _, r := range law.Regions.Latest() {
		keys = append(keys, r.Code)
		area, people = area+r.AreaKm2, people+r.Population
		if r.Type == "kota" {
			cities++
		}
		if r.Lat > -6 || r.Lat < -9 || r.Lng < 110 || r.Lng > 116 || !strings.HasPrefix(r.Code, "35.") {
			t.Errorf("%+v", r)
		}
	}
	unique(t, "regions", keys)
	if len(keys) != 38 || cities != 9 || people != 41919906 || math.Abs(area-48055.876) > 0.01 {
		t.Errorf("%d regions, %d kota, %d people, %.3f km2", len(keys), cities, people, area)
	}
}

func TestCentres(t *testing.T) {
	t.Parallel()
	var keys []string
	for _, c := range law.Centres.Latest() {
		keys = append(keys, c.Key)
		if _, ok := law.RegionOf(c.Region); !ok && c.Region != "" || c.Status == "" || c.CapacityStatus == "" && c.Capacity > 0 {
			t.Errorf("%+v", c)
		}
		for _, k := range c.Kinds {
			if kind, ok := law.KindOf(k); !ok || kind.OutsideRehabilitation {
				t.Errorf("%s serves %s", c.Key, k)
			}
		}
		if c.ClientService == (c.Key == "ptks-malang") || c.ClientService != (len(c.Kinds) > 0) || c.ClientService != (c.Capacity > 0) {
			t.Errorf("%s: serves %v, %d places", c.Key, c.Kinds, c.Capacity)
		}
	}
	unique(t, "centres", keys)
	if len(keys) != 30 {
		t.Errorf("%d centres", len(keys))
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P15-1.4", "P16-49")
	d := law.Standard.On("2026-11-24")
	for what, list := range map[string][]law.Named{"exit reasons": d.ExitReasons, "destinations": d.Destinations, "outcomes": d.Outcomes,
		"works": d.Works, "income bands": d.IncomeBands, "methods": d.Methods, "fundings": d.Fundings, "consents": d.Consents,
		"checklist": d.Checklist, "need domains": d.NeedDomains, "ATENSI": law.Atensi.Latest()} {
		var keys []string
		for _, n := range list {
			keys = append(keys, n.Key)
			if n.Name == "" || n.NameEn == "" {
				t.Errorf("%s: %+v", what, n)
			}
		}
		unique(t, what, keys)
		if len(list) < 2 {
			t.Errorf("%s: %d entries", what, len(list))
		}
	}
	for _, r := range d.Receivers {
		if !law.Has(d.Destinations, r) {
			t.Errorf("unknown destination %s", r)
		}
	}
	if len(law.Atensi.Latest()) != 7 || fmt.Sprint(d.AftercareMonths) != "[1 3 6 12]" || d.IndependentLevel != 4 {
		t.Errorf("%d ATENSI components, contacts after %v, independent from %d", len(law.Atensi.Latest()), d.AftercareMonths, d.IndependentLevel)
	}
}

// Restricted instruments have a range and no items; those that are not to be used or imitated are absent.
func TestInstruments(t *testing.T) {
	t.Parallel()
	full := []string{"biopsychosocial", "gds15", "independence"}
	for _, i := range law.Instruments() {
		if i.ScoreOnly == slices.Contains(full, i.Key) {
			t.Errorf("%s: only a score %v", i.Key, i.ScoreOnly)
		}
		if (i.Note == "") != (i.NoteEn == "") {
			t.Errorf("%s: a note in one language", i.Key)
		}
	}
	for _, key := range []string{"zrm", "outcomesstar", "ipesos"} {
		if _, ok := law.InstrumentOf(key, ""); ok {
			t.Errorf("%s is not ours to use", key)
		}
	}
	if _, ok := law.InstrumentOf("gds15", "99"); ok {
		t.Error("a version that is not there was found")
	}
	gds, _ := law.InstrumentOf("gds15", "1")
	if !gds.Suits("lansia") || gds.Suits("anak") || gds.In("en") == gds.In("id") {
		t.Errorf("%+v", gds.Clusters)
	}
}

// Every level of independence has its own words in both languages, in every domain.
func TestIndependence_levels(t *testing.T) {
	t.Parallel()
	i, _ := law.InstrumentOf("independence", "")
	seen := map[string]bool{}
	for _, q := range i.Questions() {
		for n, o := range q.Options {
			if n < 5 && (o.Key != fmt.Sprint(n+1) || o.HintIn("id") == "" || o.HintIn("en") == o.Hint || seen[o.Hint]) {
				t.Errorf("%s %s: %q", q.Key, o.Key, o.Hint)
			}
			seen[o.Hint] = true
		}
		if len(q.Options) != 6 || q.Options[5].Key != "na" {
			t.Errorf("%s: %d levels", q.Key, len(q.Options))
		}
	}
	if len(i.Questions()) != 11 || len(i.Sections) != 4 {
		t.Errorf("%d domains in %d dimensions", len(i.Questions()), len(i.Sections))
	}
}
