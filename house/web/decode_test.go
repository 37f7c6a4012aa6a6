package web

import (
	"encoding/json"
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
)

const someDay clock.Day = "2026-11-24"

type inner struct {
	Text string `json:"text" required:"true" maxLength:"10" ask:"Tulis namanya."`
	Size int64  `json:"size" minimum:"1" maximum:"9"`
}

type embedded struct {
	Extra string `json:"extra"`
}

// everything has a field of every kind and tag.
type everything struct {
	embedded
	Name   string         `json:"name" required:"true" minLength:"2" maxLength:"5"`
	Choice string         `json:"choice" enum:"red,green"`
	Code   string         `json:"code" pattern:"^[0-9]{2}$"`
	Flag   bool           `json:"flag"`
	Maybe  *bool          `json:"maybe"`
	Count  int64          `json:"count" minimum:"0" maximum:"100"`
	Need   int64          `json:"need"`
	Part   float64        `json:"part" minimum:"-1.5"`
	Level  *int64         `json:"level" minimum:"1"`
	Day    clock.Day      `json:"day"`
	At     time.Time      `json:"at"`
	Ref    id.ID          `json:"ref"`
	One    inner          `json:"one"`
	Other  *inner         `json:"other"`
	List   []inner        `json:"list"`
	Words  []string       `json:"words"`
	Open   map[string]any `json:"open"`
	Hidden string         `json:"-"`
}

type filter struct {
	Q    string `query:"q" maxLength:"5"`
	Late bool   `query:"late"`
	N    int64  `query:"n" minimum:"1"`
}

// faults gives "field:code" of all that was wrong.
func faults(err error) string {
	var invalid *fail.Invalid
	if !errors.As(err, &invalid) {
		if err != nil {
			return err.Error()
		}
		return ""
	}
	var all []string
	for _, f := range invalid.Fields {
		all = append(all, f.Name+":"+f.Code)
	}
	return strings.Join(all, " ")
}

func fromJSON(body string, into any) error {
	tree, err := parseJSON([]byte(body))
	if err != nil {
		return err
	}
	return decode(tree, into, inJSON, someDay)
}

func fromForm(query string, into any) error {
	form, _ := url.ParseQuery(query)
	return decode(formTree(form), into, typedByPeople, someDay)
}

func TestDecode_json(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 6)
	for body, want := range map[string]string{
		`{"name":"Budi"}`:                                  "",
		``:                                                 "name:required",
		`{}`:                                               "name:required",
		`[]`:                                               ":type",
		`null`:                                             ":type",
		`7`:                                                ":type",
		`{"name":null}`:                                    "name:required",
		`{"name":""}`:                                      "name:required",
		`{"name":"   "}`:                                   "name:required",
		`{"name":7}`:                                       "name:type",
		`{"name":["Budi"]}`:                                "name:type",
		`{"name":{"a":1}}`:                                 "name:type",
		`{"name":"B"}`:                                     "name:too-short",
		`{"name":"` + long + `"}`:                          "name:too-long",
		`{"name":"éééé"}`:                                  "",
		`{"name":"Bu\u0000i"}`:                             "name:characters",
		`{"name":"Bu\u0007i"}`:                             "name:characters",
		`{"name":"B\ni"}`:                                  "",
		`{"name":"Budi","nmae":"x"}`:                       "nmae:unknown",
		`{"name":"Budi","Name":"x"}`:                       "Name:unknown",
		`{"name":"Budi","Hidden":"x","-":"x"}`:             "-:unknown Hidden:unknown",
		`{"name":"Budi","name":"Ani"}`:                     ":json",
		`{"name":"Budi"`:                                   ":json",
		`{"name":"Budi"} {}`:                               ":json",
		`{'name':"Budi"}`:                                  ":json",
		"{\"name\":\"\xff\"}":                              ":json",
		`{"name":"Budi","choice":"blue"}`:                  "choice:choice",
		`{"name":"Budi","choice":"green"}`:                 "",
		`{"name":"Budi","choice":""}`:                      "",
		`{"name":"Budi","code":"7"}`:                       "code:pattern",
		`{"name":"Budi","code":"77"}`:                      "",
		`{"name":"Budi","flag":"true"}`:                    "flag:type",
		`{"name":"Budi","flag":1}`:                         "flag:type",
		`{"name":"Budi","maybe":false}`:                    "",
		`{"name":"Budi","count":"7"}`:                      "count:number",
		`{"name":"Budi","count":7.5}`:                      "count:number",
		`{"name":"Budi","count":-1}`:                       "count:too-small",
		`{"name":"Budi","count":101}`:                      "count:too-large",
		`{"name":"Budi","count":1e400}`:                    "count:number",
		`{"name":"Budi","count":1e18}`:                     "count:number",
		`{"name":"Budi","count":1e2}`:                      "",
		`{"name":"Budi","part":-1.5}`:                      "",
		`{"name":"Budi","part":-1.6}`:                      "part:too-small",
		`{"name":"Budi","level":0}`:                        "level:too-small",
		`{"name":"Budi","level":null}`:                     "",
		`{"name":"Budi","day":"2026-02-30"}`:               "day:date",
		`{"name":"Budi","day":"24/11/2026"}`:               "day:date",
		`{"name":"Budi","day":20261124}`:                   "day:type",
		`{"name":"Budi","day":"2026-11-24"}`:               "",
		`{"name":"Budi","day":""}`:                         "",
		`{"name":"Budi","at":"2026-11-24 10:00"}`:          "at:time",
		`{"name":"Budi","at":"2026-11-24T10:00:00+07:00"}`: "",
		`{"name":"Budi","ref":"short"}`:                    "ref:id",
		`{"name":"Budi","ref":12}`:                         "ref:id",
		`{"name":"Budi","ref":"0CNVK5SC6NSC4"}`:            "",
		`{"name":"Budi","one":[]}`:                         "one:type",
		`{"name":"Budi","one":{"size":0}}`:                 "one.text:required one.size:too-small",
		`{"name":"Budi","one":{"text":"a","txt":"b"}}`:     "one.txt:unknown",
		`{"name":"Budi","other":{}}`:                       "other.text:required",
		`{"name":"Budi","other":null}`:                     "",
		`{"name":"Budi","list":{}}`:                        "list:type",
		`{"name":"Budi","list":"a"}`:                       "list:type",
		`{"name":"Budi","list":[{"text":"a"},{"size":10},null,7]}`: "list.1.text:required list.1.size:too-large list.2:required list.3:type",
		`{"name":"Budi","words":["a",1]}`:                          "words.1:type",
		`{"name":"Budi","open":{"a":[1,{"b":null}],"c":true}}`:     "",
		`{"name":"Budi","open":[]}`:                                "open:type",
		`{"name":"Budi","open":{"a":"\u0000"}}`:                    "open.a:characters",
		`{"name":"Budi","open":{"a\u0000":1}}`:                     "open:characters",
		`{"name":"Budi","extra":"x"}`:                              "",
	} {
		var into everything
		if got := faults(fromJSON(body, &into)); sorted(got) != sorted(want) {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

func sorted(s string) string {
	parts := strings.Fields(s)
	for i := range parts {
		for j := i + 1; j < len(parts); j++ {
			if parts[j] < parts[i] {
				parts[i], parts[j] = parts[j], parts[i]
			}
		}
	}
	return strings.Join(parts, " ")
}

func TestDecode_whatIsRead(t *testing.T) {
	t.Parallel()
	var got everything
	must(t, fromJSON(`{"name":" Budi ","extra":"x","choice":"red","flag":true,"maybe":false,"count":7,"part":0.25,"level":3,"day":"2026-11-24",
		"at":"2026-11-24T10:00:00+07:00","ref":"0cnvk5sc6nsc4","one":{"text":"a"},"other":{"text":"b","size":2},"list":[{"text":"c"},{"text":"d"}],
		"words":["e","f"],"open":{"g":1}}`, &got))
	no, three := false, int64(3)
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, clock.WIB)
	ref, _ := id.Parse("0CNVK5SC6NSC4")
	want := everything{embedded: embedded{"x"}, Name: "Budi", Choice: "red", Flag: true, Maybe: &no, Count: 7, Part: 0.25, Level: &three, Day: someDay,
		At: got.At, Ref: ref, One: inner{Text: "a"}, Other: &inner{"b", 2}, List: []inner{{Text: "c"}, {Text: "d"}}, Words: []string{"e", "f"},
		Open: map[string]any{"g": json.Number("1")}}
	if !reflect.DeepEqual(got, want) || !got.At.Equal(at) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}

// A merge patch (RFC 7396): what is not given stays, null clears, parts are merged, lists replaced.
func TestDecode_mergePatch(t *testing.T) {
	t.Parallel()
	two := int64(2)
	old := func() everything {
		return everything{Name: "Budi", Count: 7, Level: &two, Day: someDay, One: inner{"a", 1}, Other: &inner{"b", 2}, List: []inner{{"c", 3}}, Words: []string{"d"}}
	}
	for body, check := range map[string]func(e everything) bool{
		`{}`:                        func(e everything) bool { return reflect.DeepEqual(e, old()) },
		`{"count":0}`:               func(e everything) bool { return e.Count == 0 && e.Name == "Budi" },
		`{"count":null}`:            func(e everything) bool { return e.Count == 0 },
		`{"level":null,"day":null}`: func(e everything) bool { return e.Level == nil && e.Day == "" },
		`{"one":{"size":5}}`:        func(e everything) bool { return e.One == inner{"a", 5} },
		`{"other":{"size":5}}`:      func(e everything) bool { return *e.Other == inner{"b", 5} },
		`{"other":null}`:            func(e everything) bool { return e.Other == nil },
		`{"list":[{"text":"x"}]}`:   func(e everything) bool { return len(e.List) == 1 && e.List[0] == inner{"x", 0} },
		`{"list":null,"words":[]}`:  func(e everything) bool { return len(e.List) == 0 && len(e.Words) == 0 },
	} {
		e := old()
		if err := fromJSON(body, &e); err != nil || !check(e) {
			t.Errorf("%s: %v %+v", body, err, e)
		}
	}
	e := old()
	before := e.Other
	must(t, fromJSON(`{"other":{"size":9}}`, &e))
	if before.Size != 2 {
		t.Error("the record that was read is changed with the patch")
	}
	if got := faults(fromJSON(`{"name":null}`, &e)); got != "name:required" {
		t.Errorf("a needed field is cleared: %q", got)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestDecode_form(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"name=Budi":                        "",
		"name=Budi&_key=x&_version=7":      "",
		"name=Budi&nmae=x":                 "nmae:unknown",
		"name=Budi&name=Ani":               "",
		"name=":                            "name:required",
		"name=Budi&one=x":                  "one:type",
		"name=Budi&one.text=a&one.txt=b":   "one.txt:unknown",
		"name=Budi&list.x.text=a":          "list.x:unknown",
		"name=Budi&list.3.size=10":         "list.3.text:required list.3.size:too-large",
		"name=Budi&a.b.c.d.e.f.g=x":        "a.b.c.d.e.f.g:unknown",
		"name=Budi&name.x=1":               "name:type",
		"name=Budi&flag=yes":               "flag:type",
		"name=Budi&count=banyak":           "count:number",
		"name=Budi&count=12,5":             "count:number",
		"name=Budi&day=31+Februari+2026":   "day:impossible-date",
		"name=Budi&day=entah":              "day:date",
		"name=Budi&at=kapan":               "at:time",
		"name=Budi&words=a":                "",
		"name=Budi&list=a":                 "list.0:type",
		"name=Budi&level=0":                "level:too-small",
		"name=" + strings.Repeat("x", 600): "name:too-long",
	} {
		var into everything
		if got := faults(fromForm(query, &into)); sorted(got) != sorted(want) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

// Numbers, days and moments as people type them.
func TestDecode_asPeopleType(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]int64{"7": 7, " 7 ": 7, "1.234": 1234, "1,234": 1, "12.000": 12000, "50,00": 50} {
		var into struct {
			N int64 `json:"n"`
		}
		err := fromForm("n="+url.QueryEscape(typed), &into)
		if typed == "1,234" { // a decimal comma here
			if faults(err) != "n:number" {
				t.Errorf("%s: %v", typed, err)
			}
			continue
		}
		if err != nil || into.N != want {
			t.Errorf("%q is %d, %v", typed, into.N, err)
		}
	}
	for typed, want := range map[string]clock.Day{"4 11 2020": "2020-11-04", "4/11/20": "2020-11-04", "4 Nov 2020": "2020-11-04", "2020-11-04": "2020-11-04",
		"kemarin": "2026-11-23", "hari ini": someDay, "23 Februari 2026": "2026-02-23", "08.09.24": "2024-09-08"} {
		var into struct {
			D clock.Day `json:"d"`
		}
		if err := fromForm("d="+url.QueryEscape(typed), &into); err != nil || into.D != want {
			t.Errorf("%q is %s, %v", typed, into.D, err)
		}
	}
	var into struct {
		At time.Time `json:"at"`
	}
	must(t, fromForm("at=2026-11-24T10:30", &into))
	if into.At.UTC().Format(time.RFC3339) != "2026-11-24T03:30:00Z" {
		t.Errorf("a browser's own time is %s", into.At)
	}
}

// The lines of a form keep the numbers they were sent with, so that an error finds its row.
func TestDecode_formLists(t *testing.T) {
	t.Parallel()
	var got everything
	must(t, fromForm("name=Budi&list.10.text=c&list.2.text=b&list.2.size=4&list.0.text=a&words=x&words=y&open.q1=yes&open.q2.0.text=z", &got))
	if len(got.List) != 3 || got.List[0].Text != "a" || got.List[1] != (inner{"b", 4}) || got.List[2].Text != "c" {
		t.Errorf("%+v", got.List)
	}
	if !reflect.DeepEqual(got.Words, []string{"x", "y"}) {
		t.Errorf("%v", got.Words)
	}
	if got.Open["q1"] != "yes" || got.Open["q2"].(map[string]any)["0"].(map[string]any)["text"] != "z" {
		t.Errorf("%v", got.Open)
	}
	many := url.Values{"name": {"Budi"}}
	for range 501 {
		many.Add("words", "x")
	}
	if err := decode(formTree(many), &got, typedByPeople, someDay); faults(err) != "words:too-many" {
		t.Error(faults(err))
	}
}

func TestDecode_query(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{"": "", "q=abc&late=true&n=2": "", "q=&n=": "", "q=a&q=b": "q:twice", "n=0": "n:too-small", "n=x": "n:number",
		"late=ya": "late:type", "Q=a": "Q:unknown", "q.x=a": "q.x:unknown", "x=": "x:unknown", "q=abcdef": "q:too-long"} {
		values, _ := url.ParseQuery(query)
		var f filter
		if got := faults(decode(queryTree(values), &f, inQuery, someDay)); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

// A given 0 or false is an answer, a missing one is not.
func TestDecode_requiredZero(t *testing.T) {
	t.Parallel()
	type need struct {
		N int64 `json:"n" required:"true"`
		B bool  `json:"b" required:"true"`
		P *bool `json:"p" required:"true"`
	}
	var into need
	if got := faults(fromJSON(`{"n":0,"b":false,"p":false}`, &into)); got != "" {
		t.Error(got)
	}
	if got := faults(fromJSON(`{}`, &into)); got != "" { // over what is there already, a merge patch
		t.Logf("an empty patch: %s", got)
	}
	into = need{}
	if got := faults(fromJSON(`{}`, &into)); sorted(got) != "b:required n:required p:required" {
		t.Error(got)
	}
}

func TestDecode_deepAndMany(t *testing.T) {
	t.Parallel()
	var into everything
	if got := faults(fromJSON(strings.Repeat("[", 40)+strings.Repeat("]", 40), &into)); got != ":json" {
		t.Error(got)
	}
	var b strings.Builder
	b.WriteString(`{"name":"Budi"`)
	for i := range 300 {
		b.WriteString(`,"x` + strings.Repeat("y", i) + `":1`)
	}
	b.WriteString(`}`)
	var invalid *fail.Invalid
	if err := fromJSON(b.String(), &into); !errors.As(err, &invalid) || len(invalid.Fields) != mostWrong {
		t.Errorf("%v", err)
	}
}
