package house_test

import (
	"slices"
	"strings"
	"testing"
)

// arrows says who may import whom. Whoever is not listed here has no place in the house yet.
var arrows = map[string]string{
	"house/id":       "",
	"house/clock":    "",
	"house/who":      "house/id",
	"house/fail":     "house/id house/clock",
	"house/text":     "house/fail house/clock",
	"house/store":    "house/who house/fail house/id house/clock",
	"house/mail":     "",
	"house/calendar": "house/clock",
	"house/jobs":     "house/store house/who house/fail house/id house/clock",
	"house/page":     "house/text house/who house/fail house/id house/clock",
	"house/upload":   "house/fail house/text",
	"house/gate":     "house/store house/text house/who house/fail house/clock",
	"house/web":      "house/page house/store house/who house/fail house/text house/id house/clock",

	"law":    "house/clock house/id house/fail",
	"schema": "",

	"office/centre":        "desk",
	"office/access":        "desk office/centre",
	"office/person":        "desk office/centre",
	"office/residence":     "desk office/person office/centre",
	"office/forms":         "desk",
	"office/casework":      "desk office/residence office/person office/centre office/forms",
	"office/mandate":       "desk office/casework office/residence office/centre",
	"office/standards":     "desk office/casework office/residence office/person office/centre",
	"office/passage":       "desk office/casework office/residence office/person office/centre",
	"office/monitoring":    "desk office/centre",
	"office/letters":       "desk office/casework office/residence office/person office/centre office/monitoring",
	"office/spm":           "desk office/mandate office/casework office/residence office/coordination office/person office/monitoring office/centre",
	"office/outcome":       "desk office/casework office/monitoring office/centre",
	"office/interop":       "desk office/casework office/residence office/person office/centre",
	"office/coordination":  "desk office/casework office/person office/centre",
	"office/competence":    "desk office/casework office/standards office/centre",
	"office/needs":         "desk office/mandate office/standards office/coordination office/casework office/monitoring office/centre",
	"office/actions":       "desk office/needs office/competence office/standards office/coordination office/monitoring office/centre",
	"office/planning":      "desk office/actions office/needs office/standards office/coordination office/centre",
	"office/meeting":       "desk office/actions office/needs office/standards office/coordination office/monitoring office/centre",
	"office/notice":        "desk office/meeting office/actions office/competence office/coordination office/casework office/centre office/access",
	"office/drafts":        "desk office/potential office/comments office/participation office/publication office/meeting office/planning office/actions office/needs office/competence office/coordination office/standards office/mandate office/letters office/passage office/casework office/person office/centre",
	"office/satisfaction":  "desk office/interop office/centre",
	"office/participation": "desk office/interop office/coordination office/casework office/person office/centre",
	"office/comments":      "desk office/participation office/publication office/person office/centre",
	"office/opendata":      "desk office/monitoring office/participation office/interop office/centre",
	"office/potential":     "desk office/interop office/needs office/casework office/monitoring office/person office/centre",
	"office/publication":   "desk office/person office/centre",
	"office/performance":   "desk office/actions office/needs office/casework office/monitoring office/centre",
	"office/quality":       "desk office/notice office/coordination office/casework office/residence office/person office/monitoring office/access office/centre",
	"office/audit":         "desk office/access",
	"office/upkeep":        "desk",
	"office/front":         "desk office/*",

	"seed":  "desk schema office/*",
	"cmd":   "*",
	"bench": "*",
	"docs":  "*",
	"try":   "*",
}

// Every desk may import the house and the law.
const ofEveryDesk = "house/* law"

func TestArrows(t *testing.T) {
	t.Parallel()
	for _, s := range everySource(t) {
		if s.test { // a test may look at its desk from any side
			continue
		}
		unit := s.unit
		for _, whole := range []string{"cmd", "bench", "docs", "try"} {
			if strings.HasPrefix(unit, whole+"/") {
				unit = whole
			}
		}
		if unit == "house" {
			continue
		}
		allowed, ok := arrows[unit]
		if !ok {
			t.Errorf("%s: the folder %s has no line in the table of arrows; give it one, and a decision record", s.name, unit)
			continue
		}
		allowed = strings.Replace(allowed, "desk", ofEveryDesk, 1)
		for _, path := range s.imports() {
			if to, ours := strings.CutPrefix(path, module); ours && !mayImport(strings.Fields(allowed), to) {
				t.Errorf("%s imports %s: no such arrow. Move the deed to the higher desk, or compose it in front; "+
					"a new arrow needs a line in this table and a decision record", s.name, to)
			}
		}
	}
}

func mayImport(allowed []string, to string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		prefix, all := strings.CutSuffix(a, "*")
		return a == to || all && strings.HasPrefix(to, prefix)
	})
}

func TestArrows_pointDown(t *testing.T) {
	t.Parallel()
	var visit func(unit string, path []string)
	visit = func(unit string, path []string) {
		if slices.Contains(path, unit) {
			t.Fatalf("the table of arrows goes in a circle: %s -> %s", strings.Join(path, " -> "), unit)
		}
		for _, to := range strings.Fields(arrows[unit]) {
			if _, single := arrows[to]; single {
				visit(to, append(slices.Clone(path), unit))
			}
		}
	}
	for unit := range arrows {
		visit(unit, nil)
	}
	if !mayImport([]string{"house/*"}, "house/web") || mayImport([]string{"house/*"}, "office/web") || mayImport([]string{"office/a"}, "office/ab") {
		t.Error("the reading of the table is wrong")
	}
}
