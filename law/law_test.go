package law

import (
	"slices"
	"strings"
	"testing"

	"tuntas/house/clock"
)

func TestStrictly_refusesWhatNobodyReads(t *testing.T) {
	t.Parallel()
	for text, good := range map[string]bool{
		`{"valid_from":"2019-10-24","source":"x","status":"verified","content":1}`:       true,
		`{"valid_from":"2019-10-24","sourse":"x","status":"verified","content":1}`:       false,
		`{"valid_from":"2019-10-24","source":"x","status":"verified","content":1} {}`:    false,
		`{"valid_from":"2019-10-24","source":"x","status":"verified","content":"seven"}`: false,
		``: false,
	} {
		var f File[int]
		if err := strictly([]byte(text), &f); (err == nil) != good {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// The facts of the day hold, not those of today: before the first file, the first.
func TestOn(t *testing.T) {
	t.Parallel()
	s := Set[string]{name: "stages", files: []File[string]{{ValidFrom: "2012-01-01", Content: "a"}, {ValidFrom: "2019-10-24", Content: "b"}, {ValidFrom: "2025-01-01", Content: "c"}}}
	for day, want := range map[clock.Day]string{"": "a", "2000-01-01": "a", "2019-10-23": "a", "2019-10-24": "b", "2024-12-31": "b", "2025-01-01": "c", "2030-06-01": "c"} {
		if got := s.On(day); got != want {
			t.Errorf("on %s: %s, want %s", day, got, want)
		}
	}
	if s.Latest() != "c" || s.Version("2020-02-02") != "stages 2019-10-24" {
		t.Errorf("%s, %s", s.Latest(), s.Version("2020-02-02"))
	}
}

func TestEntries_nameTheirSource(t *testing.T) {
	t.Parallel()
	sets := map[string]bool{}
	for _, e := range Entries() {
		sets[e.Set] = true
		if e.Source == "" || !knownStatus(e.Status) || e.File == "" {
			t.Errorf("%+v", e)
		}
	}
	for _, set := range []string{"regions", "ppks", "targets", "items", "atensi", "stages", "criteria", "defaults", "centres", "instruments"} {
		if !sets[set] {
			t.Errorf("no file of %s", set)
		}
	}
}

// What was recalled and not read stays on the list of what the office has to check.
func TestAssumed(t *testing.T) {
	t.Parallel()
	all := Assumed()
	has := func(set, file string) bool {
		return slices.ContainsFunc(all, func(e Entry) bool { return e.Set == set && strings.Contains(e.File, file) })
	}
	for _, want := range [][2]string{{"defaults", "2019-10.json"}, {"centres", "2020-01.json"}, {"ppks", "Fakir miskin"}, {"centres", "PSTW Bondowoso"}, {"instruments", "independence/1.json"}} {
		if !has(want[0], want[1]) {
			t.Errorf("%v is not listed as assumed", want)
		}
	}
	if has("stages", "") || has("ppks", "Pengemis") {
		t.Error("a verified fact is listed as assumed")
	}
}

func TestInstrument_flaws(t *testing.T) {
	t.Parallel()
	good := func() Instrument {
		return Instrument{Key: "k", Version: "1", Name: "n", NameEn: "n", Source: "s", Licence: "l", Status: assumed, Scoring: "none",
			Sections: []Section{{Questions: []Question{{Key: "q", Type: "yesno", Label: "a", LabelEn: "b"}}}}}
	}
	if err := good().flaw(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Instrument){
		"no licence":      func(i *Instrument) { i.Licence = "" },
		"no English":      func(i *Instrument) { i.NameEn = "" },
		"unknown status":  func(i *Instrument) { i.Status = "sure" },
		"nothing to ask":  func(i *Instrument) { i.Sections = nil },
		"score and items": func(i *Instrument) { i.ScoreOnly, i.ScoreTo, i.Scoring = true, 5, "score" },
		"score, no range": func(i *Instrument) { i.ScoreOnly, i.Sections, i.Scoring = true, nil, "score" },
		"bands fall":      func(i *Instrument) { i.Bands = []Band{{To: 5}, {To: 4}} },
		"unknown type":    func(i *Instrument) { i.Sections[0].Questions[0].Type = "slider" },
		"key with a dot":  func(i *Instrument) { i.Sections[0].Questions[0].Key = "a.b" },
		"label missing":   func(i *Instrument) { i.Sections[0].Questions[0].LabelEn = "" },
		"choice of none":  func(i *Instrument) { i.Sections[0].Questions[0].Type = "choice" },
		"question twice":  func(i *Instrument) { i.Sections = append(i.Sections, i.Sections[0]) },
		"scores a strange": func(i *Instrument) {
			i.Sections[0].Questions[0] = Question{Key: "q", Type: "choice", Label: "a", LabelEn: "b", Options: []Named{{Key: "x"}}, Scores: map[string]int{"y": 1}}
		},
	} {
		i := good()
		spoil(&i)
		if i.flaw() == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if compareVersions("2", "10") >= 0 || compareVersions("10", "9") <= 0 || compareVersions("3", "3") != 0 {
		t.Error("versions are out of order")
	}
}
