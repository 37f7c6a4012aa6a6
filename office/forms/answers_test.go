package forms_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"tuntas/house/fail"
	"tuntas/house/text"
	"tuntas/law"
	"tuntas/office/forms"
)

func need(domain, text, item string) map[string]any {
	return map[string]any{"domain": domain, "text": text, "item": item}
}

// codes lists what is wrong as "field code".
func codes(f fail.Fields) string {
	var out []string
	for _, e := range f {
		out = append(out, e.Name+" "+e.Code)
	}
	return strings.Join(out, ", ")
}

func TestValidate_refuses(t *testing.T) {
	t.Parallel()
	for _, try := range []struct {
		key    string
		answer map[string]any
		score  *int64
		want   string
	}{
		{"gds15", map[string]any{"q16": "yes"}, nil, "answers.q16 unknown"},
		{"gds15", map[string]any{"q1": "perhaps", "q2": json.Number("1"), "q3": []any{"yes"}}, nil, "answers.q1 choice, answers.q2 choice, answers.q3 choice"},
		{"gds15", map[string]any{"q1": "yes"}, number(3), "score not-wanted"},
		{"independence", map[string]any{"food": "0", "housing": "6", "health": json.Number("2.5"), "family": true}, nil, "answers.family choice, answers.food choice, answers.health choice, answers.housing choice"},
		{"biopsychosocial", map[string]any{"conclusion": json.Number("7"), "potential": map[string]any{}}, nil, "answers.conclusion type, answers.potential type"},
		{"biopsychosocial", map[string]any{"conclusion": "a\x00b", "potential": "\xff"}, nil, "answers.conclusion characters, answers.potential characters"},
		{"biopsychosocial", map[string]any{"conclusion": strings.Repeat("é", 4001)}, nil, "answers.conclusion too-long"},
		{"biopsychosocial", map[string]any{"family_care": "maybe"}, nil, "answers.family_care choice"},
		{"sdq", map[string]any{"item1": "2"}, nil, "answers restricted"},
		{"sdq", nil, number(41), "score range"},
		{"sdq", nil, number(-1), "score range"},
		{"barthel", nil, number(62), "score step"},
	} {
		out, f := forms.Validate(instrument(t, try.key), try.answer, try.score)
		if codes(f) != try.want {
			t.Errorf("%s %v: %s, want %s", try.key, try.answer, codes(f), try.want)
		}
		for k := range out {
			if strings.Contains(codes(f), "answers."+k+" ") {
				t.Errorf("%s: the refused answer %s was kept", try.key, k)
			}
		}
	}
}

func TestValidate_refusesNeeds(t *testing.T) {
	t.Parallel()
	many := []any{}
	for range 41 {
		many = append(many, need("basic", "x", ""))
	}
	for want, needs := range map[string]any{
		"answers.needs type":                "makan",
		"answers.needs  type":               many,
		"answers.needs.0 type":              []any{"makan"},
		"answers.needs.0.domain choice":     []any{need("food", "Makan", "")},
		"answers.needs.0.domain  choice":    []any{need("", "Makan", "")},
		"answers.needs.1.item choice":       []any{need("basic", "Makan", "lansia-a"), need("basic", "Baju", "lansia-z")},
		"answers.needs.0.text required":     []any{need("basic", "  ", "lansia-a")},
		"answers.needs.0.urgent unknown":    []any{map[string]any{"domain": "basic", "text": "Makan", "urgent": true}},
		"answers.needs.0.text type":         []any{map[string]any{"domain": "basic", "text": json.Number("3")}},
		"answers.needs.0.text characters":   []any{need("basic", "a\x00", "")},
		"answers.needs.0.text too-long":     []any{need("basic", strings.Repeat("x", 501), "")},
		"answers.needs.2.domain choice":     map[string]any{"0": need("basic", "a", ""), "10": need("?", "c", ""), "2": need("basic", "b", "")},
		"answers.needs.0.domain characters": []any{need("ba\x00sic", "", "")},
	} {
		_, f := forms.Validate(instrument(t, "biopsychosocial"), map[string]any{"needs": needs}, nil)
		if want = strings.ReplaceAll(want, "  ", " "); codes(f) != want {
			t.Errorf("%.80v: %s, want %s", needs, codes(f), want)
		}
	}
}

func TestValidate_keeps(t *testing.T) {
	t.Parallel()
	i := instrument(t, "biopsychosocial")
	lines := map[string]any{}
	for n := range 12 { // as a form sends them: the eleventh after the tenth, lines without text left out
		lines[fmt.Sprint(n)] = need("basic", fmt.Sprintf("Kebutuhan %d", n), "")
	}
	lines["12"] = need("basic", "", "")
	out, f := forms.Validate(i, map[string]any{"needs": lines, "conclusion": "  Perlu diasuh\r\nsegera ", "potential": " ", "bio_medicine": nil}, nil)
	if len(f) > 0 || out["conclusion"] != "Perlu diasuh\nsegera" || len(out) != 2 {
		t.Errorf("%v %v", codes(f), out)
	}
	needs := forms.Needs(i, out)
	if len(needs) != 12 || needs[10].Text != "Kebutuhan 10" || needs[2].Text != "Kebutuhan 2" {
		t.Errorf("%v", needs)
	}
	levels, f := forms.Validate(instrument(t, "independence"), map[string]any{"food": json.Number("3"), "income": "na"}, nil)
	if len(f) > 0 || levels["food"] != "3" || levels["income"] != "na" {
		t.Errorf("%v %v", codes(f), levels)
	}
	yes, f := forms.Validate(instrument(t, "gds15"), map[string]any{"q1": true, "q2": false, "q3": "yes"}, nil)
	if len(f) > 0 || yes["q1"] != "yes" || yes["q2"] != "no" || yes["q3"] != "yes" {
		t.Errorf("%v %v", codes(f), yes)
	}
}

// again puts answers through the record and checks them once more, as the next change of a draft does.
func again(t interface{ Fatalf(string, ...any) }, i law.Instrument, out map[string]any) {
	b, err := json.Marshal(out)
	var kept map[string]any
	if err == nil {
		err = json.Unmarshal(b, &kept)
	}
	second, f := forms.Validate(i, kept, nil)
	c, errAgain := json.Marshal(second)
	if err != nil || errAgain != nil || len(f) > 0 || string(b) != string(c) {
		t.Fatalf("%s becomes %s: %v %v", b, c, codes(f), err)
	}
}

// What was accepted once is accepted again, unchanged.
func TestValidate_settles(t *testing.T) {
	t.Parallel()
	i := instrument(t, "biopsychosocial")
	texts := rapid.OneOf(rapid.StringN(0, 60, 200), rapid.SampledFrom([]string{"basic", "lansia-a", "yes", " x\r\n", "\x00"}))
	lines := rapid.SliceOfN(rapid.MapOf(rapid.SampledFrom([]string{"domain", "text", "item", "other"}), texts), 0, 5)
	rapid.Check(t, func(t *rapid.T) {
		given := map[string]any{}
		for _, q := range i.Questions() {
			given[q.Key] = texts.Draw(t, q.Key)
		}
		var needs []any
		for _, line := range lines.Draw(t, "needs") {
			m := map[string]any{}
			for k, v := range line {
				m[k] = v
			}
			needs = append(needs, m)
		}
		given["needs"] = needs
		out, f := forms.Validate(i, given, nil)
		if len(f) == 0 {
			again(t, i, out)
		}
		if !reflect.DeepEqual(forms.Score(i, out, nil), forms.Score(i, out, nil)) {
			t.Fatalf("the score changes")
		}
	})
}

// No answer makes the program fall, and none that the database or a reader cannot take gets through.
func FuzzValidate(f *testing.F) {
	for _, seed := range []string{`{}`, `{"q1":"yes","q2":false}`, `{"food":3,"adl":"na"}`, `{"needs":[{"domain":"basic","text":"NIK","item":"lansia-i"}]}`,
		`{"needs":{"0":{"text":"\u0000"}},"conclusion":["x"]}`, `{"q1":{"a":[1,2,null]},"":0}`, `{"needs":[null,3,[]]}`} {
		f.Add([]byte(seed))
	}
	all := law.Instruments()
	f.Fuzz(func(t *testing.T, body []byte) {
		d := json.NewDecoder(strings.NewReader(string(body)))
		d.UseNumber()
		var given map[string]any
		if d.Decode(&given) != nil {
			return // no JSON object at all: the door refuses it
		}
		for _, i := range all {
			out, wrong := forms.Validate(i, given, nil)
			for _, e := range wrong {
				if len(e.Name) > 400 || text.Say(text.EN, e.Say) == "" {
					t.Fatalf("%s: %q", i.Key, e.Name)
				}
			}
			for _, v := range out {
				if s, ok := v.(string); ok && strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
					t.Fatalf("%s keeps %q", i.Key, s)
				}
			}
			if len(wrong) == 0 {
				again(t, i, out)
			}
			forms.Score(i, out, nil)
		}
	})
}
