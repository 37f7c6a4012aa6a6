package law_test

import (
	"fmt"
	"maps"
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
	groups, served := map[string]bool{}, map[string]bool{}
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
		for _, target := range k.Targets {
			served[target] = true
		}
		if k.ItemsGroup != "" && !slices.Contains(fourGroups, k.ItemsGroup) {
			t.Errorf("%s: unknown group %s", k.Key, k.ItemsGroup)
		}
	}
	unique(t, "kinds", keys)
	if got := slices.Sorted(maps.Keys(groups)); !slices.Equal(got, fourGroups) {
		t.Errorf("groups of Pasal 9 ayat (1): %v", got)
	}
	for _, target := range targets {
		if !served[target.Key] && !slices.Contains([]string{"anak_pengembangan", "lansia_nontelantar"}, target.Key) {
			t.Errorf("no kind maps to %s", target.Key)
		}
	}
}

// The clusters of SNRS Pasal 28, by the number that Permensos 8/2012 gives to a kind.
func TestKinds_clusters(t *testing.T) {
	t.Parallel()
	want := map[string][]int{"anak": {1, 2, 3, 4, 5, 6, 7}, "lansia": {8}, "disabilitas": {9}, "ts_kpo": {10, 11, 12, 13, 14, 15, 16, 18, 19, 20}, "napza": {17},
		"non_rehsos": {21, 22, 23, 24, 25, 26}}
	got := map[string][]int{}
	for _, k := range law.Kinds.Latest() {
		got[k.Cluster] = append(got[k.Cluster], k.No)
		if k.OutsideRehabilitation != (k.Cluster == "non_rehsos") {
			t.Errorf("%s: outside rehabilitation %v", k.Key, k.OutsideRehabilitation)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("clusters %v", got)
	}
	for no, ages := range map[int][2]int{1: {0, 5}, 2: {6, 17}, 3: {12, 17}, 8: {60, 0}} {
		if k := law.Kinds.Latest()[no-1]; [2]int{k.AgeFrom, k.AgeTo} != ages {
			t.Errorf("%s: from %d to %d", k.Key, k.AgeFrom, k.AgeTo)
		}
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

// itemWords are what Pasal 22 to 25 list, letter by letter.
var itemWords = map[string]string{
	"disabilitas_telantar": "permakanan, sandang, asrama, alat bantu, perbekalan kesehatan, mental spiritual, keterampilan hidup sehari-hari, nomor induk kependudukan, pendidikan dan kesehatan, penelusuran, reunifikasi",
	"anak_telantar":        "pengasuhan, permakanan, sandang, asrama, perbekalan kesehatan, mental spiritual, keterampilan hidup sehari-hari, akta kelahiran, pendidikan dan kesehatan, penelusuran, reunifikasi, keluarga pengganti",
	"lansia_telantar":      "permakanan, sandang, asrama, alat bantu, perbekalan kesehatan, mental spiritual, keterampilan hidup sehari-hari, fasilitasi, nomor induk kependudukan, kesehatan, penelusuran, reunifikasi, pemulasaraan",
	"gelandangan_pengemis": "permakanan, sandang, asrama/cottage, perbekalan kesehatan, mental spiritual, keterampilan dasar, nik, kesehatan, pemulangan",
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
	for group, words := range itemWords {
		for n, i := range law.ItemsFor(items, group, "inside") {
			if word := strings.Split(words, ", ")[n]; !strings.Contains(strings.ToLower(i.Name), word) {
				t.Errorf("%s: %q says nothing of %s", i.Key, i.Name, word)
			}
		}
	}
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
	facts := map[string]string{}
	for _, c := range all {
		facts[c.Code] = fmt.Sprint(c.Article, " ", c.Days, c.Months, " ", c.Waivable)
	}
	for code, want := range map[string]string{
		"seven-days": "Pasal 18 ayat (3) 7 0 true", "social-worker": "Pasal 18 ayat (9) 0 0 false", "nobody-cares": "Pasal 20 0 0 true",
		"no-dwelling": "Pasal 21 0 0 true", "outside-needs-unmet": "Pasal 10, 11 0 0 true", "outside-somebody-cares": "Pasal 10, 11 0 0 true",
		"central-months": "Pasal 18 ayat (4) 0 3 false", "referral-assessment": "Pasal 18 ayat (9) 0 0 false",
	} {
		if facts[code] != want {
			t.Errorf("%s: %s", code, facts[code])
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

// Who is responsible: outside the regent, inside the governor, for the advanced level the centre.
func TestDuties(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-8", "P16-9.4")
	var got []string
	for _, d := range law.Duties.On("2026-11-24") {
		got = append(got, d.Level+" "+d.Setting+" "+d.Key)
		if d.Name == "" || d.NameEn == "" || !strings.HasPrefix(d.Article, "Pasal 8") {
			t.Errorf("%+v", d)
		}
	}
	want := []string{"basic inside gubernur", "basic outside bupati_walikota", "advanced inside pusat", "advanced outside pusat"}
	if !slices.Equal(got, want) || law.DutyOf(law.Duties.Latest(), "none", "inside").Key != "" {
		t.Errorf("%v", got)
	}
}

// The services of Pasal 26 are marked as advanced, under keys of their own.
func TestAdvanced(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-26")
	var keys []string
	for _, i := range law.Advanced.Latest() {
		keys = append(keys, i.Key)
		if found, ok := law.ItemOf(i.Key); !ok || !found.Advanced || !i.Advanced || i.NameEn == "" || !strings.HasPrefix(i.Article, "Pasal 26") {
			t.Errorf("%+v", i)
		}
	}
	for _, i := range law.Items.Latest() {
		keys = append(keys, i.Key)
		if i.Advanced {
			t.Errorf("%s is a basic need", i.Key)
		}
	}
	unique(t, "services", keys)
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
		"checklist": d.Checklist, "need domains": d.NeedDomains, "opening kinds": d.OpeningKinds, "ATENSI": law.Atensi.Latest()} {
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
	var parts, sources []string
	for _, a := range law.Atensi.Latest() {
		parts = append(parts, a.Key)
	}
	for _, f := range d.Fundings {
		sources = append(sources, f.Key)
	}
	if got := strings.Join(parts, " "); got != "kebutuhan_hidup_layak perawatan_pengasuhan dukungan_keluarga terapi vokasional_wirausaha bantuan_asistensi aksesibilitas" {
		t.Errorf("ATENSI components %s", got)
	}
	if !slices.Equal(sources, []string{"apbd", "other"}) {
		t.Errorf("sources of funds %v", sources)
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
	for key, want := range map[string]string{"barthel": "0–100/5", "katz": "0–6/1", "lawton": "0–8/1", "minicog": "0–5/1", "sdq": "0–40/1", "audit": "0–40/1", "dast10": "0–10/1", "srq20": "0–20/1"} {
		i, ok := law.InstrumentOf(key, "")
		if got := fmt.Sprintf("%d–%d/%d", i.ScoreFrom, i.ScoreTo, max(1, i.Step)); !ok || got != want || len(i.Sections) > 0 {
			t.Errorf("%s: %s, %d sections", key, got, len(i.Sections))
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
