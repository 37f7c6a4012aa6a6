package standards

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tuntas/law"
)

// The standards that come with the program are sound, name an article for every criterion, and hold no invented number:
// quantities are configuration (Permensos 16/2019 sets none).
func TestParse_shipped(t *testing.T) {
	t.Parallel()
	if len(law.Standards()) < 3 {
		t.Fatal("fewer than three standards")
	}
	for _, f := range law.Standards() {
		s, faults := Parse(f.Body)
		if len(faults) > 0 {
			t.Errorf("%s: %v", f.Key, faults)
			continue
		}
		prefilled := 0
		for _, c := range s.Criteria() {
			if c.Prefill != "" {
				prefilled++
			}
			if c.NameEn == "" || c.Levels.YesEn == "" || c.Levels.PartlyEn == "" || c.Levels.NoEn == "" {
				t.Errorf("%s: %s has no English", f.Key, c.Key)
			}
			for _, say := range []string{c.Name, c.Levels.Yes, c.Levels.Partly, c.Levels.No} {
				if strings.ContainsAny(say, "0123456789%") {
					t.Errorf("%s: %s states a number: %s", f.Key, c.Key, say)
				}
			}
		}
		if f.Key != "spm" && prefilled < 5 {
			t.Errorf("%s: only %d criteria are filled in from operations", f.Key, prefilled)
		}
		if f.Key == "accreditation" && (s.Status != "assumed" || len(s.Chapters()) != 5) {
			t.Errorf("accreditation is %s with %d chapters", s.Status, len(s.Chapters()))
		}
	}
}

func sample(change func(m map[string]any, nodes []any)) string {
	levels := map[string]any{"yes": "a", "partly": "b", "no": "c"}
	nodes := []any{
		map[string]any{"key": "a", "name": "Bab", "weight": 1},
		map[string]any{"key": "b", "parent": "a", "name": "Bagian", "weight": 2},
		map[string]any{"key": "c", "parent": "b", "name": "Butir", "article": "Pasal x", "weight": 3, "levels": levels},
		map[string]any{"key": "d", "parent": "a", "name": "Butir lain", "article": "Pasal y", "weight": 0.5, "levels": levels, "prefill": "capacity", "imperative": true},
	}
	m := map[string]any{"key": "own", "version": "1", "name": "Milik sendiri", "valid_from": "2026-01-01", "source": "SK Kepala Dinas", "status": "assumed"}
	if change != nil {
		change(m, nodes)
	}
	if _, set := m["nodes"]; !set {
		m["nodes"] = nodes
	}
	b, _ := json.MarshalIndent(m, "", " ")
	return string(b)
}

func node(all []any, n int) map[string]any { return all[n].(map[string]any) }

// Every fault is named with its place, and nothing that has one is of any use.
func TestParse_faults(t *testing.T) {
	t.Parallel()
	if s, faults := Parse([]byte(sample(nil))); len(faults) > 0 || len(s.Criteria()) != 2 || s.Criteria()[0].Share != 6 || s.Criteria()[1].Share != 0.5 {
		t.Fatalf("a sound file: %v, %+v", faults, s.Criteria())
	}
	for what, c := range map[string]struct {
		change func(m map[string]any, nodes []any)
		want   string // node.field code
	}{
		"loop":             {func(_ map[string]any, n []any) { node(n, 0)["parent"] = "b" }, "a.parent loop"},
		"its own parent":   {func(_ map[string]any, n []any) { node(n, 0)["parent"] = "a" }, "a.parent loop"},
		"missing weight":   {func(_ map[string]any, n []any) { delete(node(n, 2), "weight") }, "c.weight required"},
		"zero weight":      {func(_ map[string]any, n []any) { node(n, 2)["weight"] = 0 }, "c.weight range"},
		"weight in words":  {func(_ map[string]any, n []any) { node(n, 2)["weight"] = "tiga" }, "c.weight type"},
		"same key twice":   {func(_ map[string]any, n []any) { node(n, 3)["key"] = "c" }, "c.key twice"},
		"unknown parent":   {func(_ map[string]any, n []any) { node(n, 3)["parent"] = "z" }, "d.parent unknown"},
		"parent criterion": {func(_ map[string]any, n []any) { node(n, 3)["parent"] = "c" }, "d.parent criterion"},
		"unknown prefill":  {func(_ map[string]any, n []any) { node(n, 3)["prefill"] = "weather" }, "d.prefill unknown"},
		"unknown kind":     {func(_ map[string]any, n []any) { node(n, 3)["kinds"] = []string{"orang"} }, "d.kinds unknown"},
		"no article":       {func(_ map[string]any, n []any) { delete(node(n, 2), "article") }, "c.article required"},
		"no levels":        {func(_ map[string]any, n []any) { delete(node(n, 2), "levels") }, "c.levels required"},
		"half levels":      {func(_ map[string]any, n []any) { node(n, 2)["levels"] = map[string]any{"yes": "a"} }, "c.levels required"},
		"strange level":    {func(_ map[string]any, n []any) { node(n, 2)["levels"] = map[string]any{"yes": "a", "maybe": "b"} }, "c.levels unknown"},
		"criterion alone":  {func(_ map[string]any, n []any) { delete(node(n, 2), "parent") }, "c.parent required"},
		"misspelt field":   {func(_ map[string]any, n []any) { node(n, 2)["wieght"] = 1 }, "c. unknown"},
		"misspelt head":    {func(m map[string]any, _ []any) { m["sorce"] = "x" }, ". unknown"},
		"no source":        {func(m map[string]any, _ []any) { delete(m, "source") }, ".source required"},
		"bad date":         {func(m map[string]any, _ []any) { m["valid_from"] = "2026-13-01" }, ".valid_from date"},
		"ends too early":   {func(m map[string]any, _ []any) { m["valid_to"] = "2025-01-01" }, ".valid_to order"},
		"bad version":      {func(m map[string]any, _ []any) { m["version"] = "../1" }, ".version pattern"},
		"status":           {func(m map[string]any, _ []any) { m["status"] = "sure" }, ".status choice"},
		"no nodes":         {func(m map[string]any, _ []any) { m["nodes"] = []any{} }, ".nodes required"},
		"nodes in words":   {func(m map[string]any, _ []any) { m["nodes"] = "a" }, ".nodes type"},
		"node in words":    {func(m map[string]any, n []any) { m["nodes"] = append(slices.Clone(n), "a") }, ".nodes type"},
	} {
		_, faults := Parse([]byte(sample(c.change)))
		found := slices.ContainsFunc(faults, func(f Fault) bool {
			return f.Node+"."+f.Field+" "+f.Code == c.want && f.Line > 0
		})
		if !found {
			t.Errorf("%s: %v, want %s", what, faults, c.want)
		}
	}
	for what, body := range map[string]string{"nothing": "", "not whole": `{"key": "a",`, "list": `[]`, "two": sample(nil) + `{}`, "not text": "\xff\xfe", "null": "null"} {
		if _, faults := Parse([]byte(body)); len(faults) == 0 || faults.Err() == nil {
			t.Errorf("%s is taken", what)
		}
	}
}

// All faults of a file are told at once, each with its line.
func TestParse_allFaultsAtOnce(t *testing.T) {
	t.Parallel()
	_, faults := Parse([]byte(sample(func(m map[string]any, n []any) {
		delete(m, "source")
		delete(node(n, 0), "weight")
		node(n, 2)["prefill"] = "x"
		node(n, 3)["parent"] = "z"
	})))
	if len(faults) < 4 {
		t.Fatalf("%v", faults)
	}
	lines := map[int]bool{}
	for _, f := range faults {
		lines[f.Line] = true
	}
	if len(lines) < 4 {
		t.Errorf("the lines are %v", lines)
	}
}

func large(n int) []byte {
	return []byte(sample(func(m map[string]any, _ []any) {
		nodes := []any{}
		for i := range n {
			if i%20 == 0 {
				nodes = append(nodes, map[string]any{"key": fmt.Sprintf("bab-%d", i/20), "name": "Bab", "weight": 1})
			}
			nodes = append(nodes, map[string]any{"key": fmt.Sprintf("butir-%d", i), "parent": fmt.Sprintf("bab-%d", i/20), "name": "Butir yang cukup panjang namanya", "article": "Pasal",
				"weight": 1, "levels": map[string]any{"yes": "Semua ada.", "partly": "Sebagian ada.", "no": "Tidak ada."}})
		}
		m["nodes"] = nodes
	}))
}

// A thousand criteria are read within a second.
func TestParse_thousand(t *testing.T) {
	t.Parallel()
	body := large(1000)
	began := time.Now()
	s, faults := Parse(body)
	if took := time.Since(began); len(faults) > 0 || len(s.Criteria()) != 1000 || took > time.Second {
		t.Errorf("%d criteria in %s: %v", len(s.Criteria()), took, faults)
	}
}

func BenchmarkParse_thousand(b *testing.B) {
	body := large(1000)
	for b.Loop() {
		if _, faults := Parse(body); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}

// Whatever comes: no panic, and what is taken is a tree whose every criterion can be reached and scored.
func FuzzParse(f *testing.F) {
	for _, file := range law.Standards() {
		f.Add(file.Body)
	}
	f.Add([]byte(sample(nil)))
	f.Add([]byte(sample(func(_ map[string]any, n []any) { node(n, 0)["parent"] = "b" })))
	f.Add([]byte(`{"nodes":[{"key":"a","parent":"b"},{"key":"b","parent":"a"}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		s, faults := Parse(body)
		if len(faults) > 0 {
			if faults.Err() == nil {
				t.Error("faults without an error")
			}
			return
		}
		leaves := 0
		for _, n := range s.Nodes {
			if n.Levels != nil {
				leaves++
			}
		}
		if leaves != len(s.Criteria()) || leaves == 0 {
			t.Errorf("%d of %d criteria are in the tree", len(s.Criteria()), leaves)
		}
	})
}
