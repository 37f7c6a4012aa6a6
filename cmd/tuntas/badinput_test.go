package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/web"
)

// field is one field of an input: where it stands, and what its tags say.
type field struct {
	path string
	kind reflect.Type
	tag  reflect.StructTag
}

func (f field) required() bool { return f.tag.Get("required") == "true" }

func (f field) most() int {
	if n, err := strconv.Atoi(f.tag.Get("maxLength")); err == nil {
		return n
	}
	return 500
}

var (
	dayType  = reflect.TypeFor[clock.Day]()
	idType   = reflect.TypeFor[id.ID]()
	timeType = reflect.TypeFor[time.Time]()
)

func bare(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// fieldsOf lists the fields of an input struct, those of its parts with them; a list is looked at in its first line.
func fieldsOf(t reflect.Type, prefix string) []field {
	var all []field
	t = bare(t)
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			all = append(all, fieldsOf(f.Type, prefix)...)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json")+f.Tag.Get("query"), ",")
		if name == "" || name == "-" {
			continue
		}
		kind := bare(f.Type)
		all = append(all, field{prefix + name, kind, f.Tag})
		switch {
		case kind.Kind() == reflect.Struct && kind != timeType:
			all = append(all, fieldsOf(kind, prefix+name+".")...)
		case kind.Kind() == reflect.Slice && bare(kind.Elem()).Kind() == reflect.Struct:
			all = append(all, fieldsOf(kind.Elem(), prefix+name+".0.")...)
		}
	}
	return all
}

// sampleOf makes an input with every field filled in a way that the decoder takes; ids name real records.
func sampleOf(t reflect.Type, ids map[string]string) m {
	body := m{}
	for _, f := range fieldsOf(t, "") {
		if strings.Contains(f.path, ".") {
			continue
		}
		body[f.path] = valueOf(f, ids)
	}
	return body
}

func valueOf(f field, ids map[string]string) any {
	enum, _, _ := strings.Cut(f.tag.Get("enum"), ",")
	switch {
	case f.kind == dayType:
		return "2025-03-03"
	case f.kind == timeType:
		return "2025-03-03T10:00:00+07:00"
	case f.kind == idType:
		return ids[strings.TrimSuffix(f.path[strings.LastIndexByte(f.path, '.')+1:], "_id")]
	case enum != "":
		return enum
	}
	switch f.kind.Kind() {
	case reflect.Bool:
		return false
	case reflect.Int64, reflect.Float64:
		if least, err := strconv.Atoi(f.tag.Get("minimum")); err == nil {
			return least
		}
		return 1
	case reflect.Struct:
		return sampleOf(f.kind, ids)
	case reflect.Slice:
		if e := bare(f.kind.Elem()); e.Kind() == reflect.Struct {
			return []any{sampleOf(e, ids)}
		} else if e == idType {
			return []any{ids["case"]}
		}
		return []any{known(f.path, ids)}
	case reflect.Map:
		return m{"x": "y"}
	}
	return known(f.path, ids)
}

// known are values of lists of the law, so that the input gets beyond the first check.
func known(path string, ids map[string]string) string {
	words := map[string]string{"ppks_type": "lansia_telantar", "purpose": "service", "instrument": "katz", "home_region": "35.09", "item": "lansia-a", "reason": "own_wish", "at": "14.07",
		"destination": "own_home", "outcome": "unchanged", "code": "nobody-cares", "domain": "basic", "funding": "apbd", "version": "", "method": "phone", "work": "casual",
		"income_band": "500k_1m", "aid": "pkh", "atensi": "", "worker": "me", "centre": ids["centre"], "after": "", "by": "", "lang": "id", "theme": "", "date": "1948", "owner": "office"}
	if w, ok := words[path[strings.LastIndexByte(path, '.')+1:]]; ok {
		return w
	}
	return "uji"
}

// fault is one way to spoil a field. sure: the answer must be 400 and name the field.
type fault struct {
	name  string
	value any
	sure  bool
}

type missing struct{}

const nasty = `<script>alert(1)</script>'; drop table persons; -- " %00`

// faultsOf spoils a field in every way that its type and tags allow.
func faultsOf(f field, foreign map[string]string) []fault {
	all := []fault{{"missing", missing{}, f.required()}, {"null", nil, f.required()}, {"object", m{"a": m{"b": 1}}, f.kind.Kind() != reflect.Map && f.kind.Kind() != reflect.Struct},
		{"list of lists", []any{[]any{}}, true}}
	text := f.kind.Kind() == reflect.String && f.kind != dayType
	switch {
	case f.kind == dayType:
		for _, day := range []string{"2025-02-30", "31-12-2025", "9999-12-31", "0001-01-01", "kemarin lusa", nasty, "2025-03-03T00:00:00Z"} {
			all = append(all, fault{"day " + day, day, true})
		}
		all = append(all, fault{"number", 20250303, true}, fault{"far ahead", "2999-12-31", false}, fault{"long ago", "1800-01-01", false})
	case f.kind == idType:
		for _, v := range []string{"x", nasty, "ZZZZZZZZZZZZZ", "0000000000000", strings.Repeat("0", 4000)} {
			all = append(all, fault{"id " + v, v, true})
		}
		all = append(all, fault{"number", 17, true}, fault{"nobody's", id.New().String(), false}, fault{"another centre's", foreign[strings.TrimSuffix(f.path[strings.LastIndexByte(f.path, '.')+1:], "_id")], false},
			fault{"another kind's", foreign["person"], false})
	case text:
		listed := f.tag.Get("enum") != ""
		all = append(all, fault{"number", 7, true}, fault{"yes", true, true}, fault{"too long", strings.Repeat("é", f.most()+1), true}, fault{"control characters", "a\x00b\x07", true},
			fault{"blank", " \t ", f.required()}, fault{"other alphabets", "愛😀\u202ex", listed})
		if listed || f.most() >= len(nasty) {
			all = append(all, fault{"HTML and SQL", nasty, listed})
		}
	case f.kind.Kind() == reflect.Int64, f.kind.Kind() == reflect.Float64:
		for _, v := range []any{json.RawMessage("1e300"), json.RawMessage("9007199254740993"), json.RawMessage("-1e17"), "7", "banyak", true} {
			all = append(all, fault{fmt.Sprintf("number %s", v), v, true})
		}
		all = append(all, fault{"half", 0.5, f.kind.Kind() == reflect.Int64}, fault{"negative", -1, f.tag.Get("minimum") != ""})
	case f.kind.Kind() == reflect.Bool:
		all = append(all, fault{"text", "ya", true}, fault{"number", 1, true})
	case f.kind.Kind() == reflect.Slice:
		all = append(all, fault{"text", "x", true}, fault{"empty", []any{}, f.required()}, fault{"too many", slices.Repeat([]any{m{}}, 501), true}, fault{"of null", []any{nil}, true})
	case f.kind.Kind() == reflect.Struct, f.kind.Kind() == reflect.Map:
		all = append(all, fault{"text", nasty, true}, fault{"number", 7, true})
	}
	return all
}

// spoiled gives a copy of an input with one field changed.
func spoiled(body m, path string, value any) m {
	b, _ := json.Marshal(body)
	var out m
	_ = json.Unmarshal(b, &out)
	steps := strings.Split(path, ".")
	var at any = out
	for i, step := range steps {
		last := i == len(steps)-1
		switch here := at.(type) {
		case m:
			if !last {
				at = here[step]
				continue
			}
			if _, gone := value.(missing); gone {
				delete(here, step)
			} else {
				here[step] = value
			}
		case []any:
			at = here[0]
		}
	}
	return out
}

// quick asks the server without a network; the answer is held against the description.
func (o *testOffice) quick(login, method, path string, body []byte, head ...string) reply {
	o.t.Helper()
	r := httptest.NewRequestWithContext(o.t.Context(), method, "/api/v1"+path, bytes.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+o.tokens[login])
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	out := reply{status: w.Code, head: w.Header(), raw: w.Body.String()}
	_ = json.Unmarshal(w.Body.Bytes(), &out.body)
	served.once.Do(func() { served.promise = newPromise(o.t, o.handler) })
	served.check(o.t, method, "/api/v1"+path, out)
	return out
}

// names tells whether a refusal names the field, or the part that it stands in.
func (r reply) names(path string) bool {
	list, _ := r.body["errors"].([]any)
	return slices.ContainsFunc(list, func(e any) bool {
		name, _ := e.(m)["field"].(string)
		return name != "" && (name == path || strings.HasPrefix(path, name+".") || strings.HasPrefix(name, path+"."))
	})
}

// shaken is an office with a case in the middle of its way, one in aftercare, and records of another centre.
func shaken(t *testing.T, o *testOffice) (ids, foreign map[string]string) {
	t.Helper()
	over := o.records() // this case ends in termination; its contacts are open
	person, c := o.old("ratna", "Mbah Karsi")
	o.admit(person, c)
	o.stage(c, "assessment")
	o.sign(c, "biopsychosocial", "admission", complete("biopsychosocial"))
	base := "/cases/" + c
	first := func(path string) string { return o.want(200, "ratna", "GET", path, nil).items()[0]["id"].(string) }
	ids = map[string]string{"person": person, "case": c, "centre": o.centres["pstw-jember"].String(), "contact": over["contact"], "staff": over["staff"], "worker": "", "id": "",
		"user": over["user"], "cover": over["cover"], "opening": over["opening"], "leave": over["leave"], "transfer": over["transfer"], "to_centre": over["to_centre"], "unsent": over["unsent"],
		"function": over["function"], "event": over["event"], "facility": over["facility"], "accreditation": over["accreditation"], "training": over["training"], "participant": over["participant"], "notice": over["notice"], "surveyround": over["surveyround"], "surveyanswer": over["surveyanswer"], "publicreport": over["publicreport"], "reportphoto": over["reportphoto"], "feed": over["feed"]}
	for _, name := range []string{"standard", "edition", "campaign", "selfassessment", "criterion", "chapter", "fact", "evidence", "problem", "instneed", "purchase", "actionplan", "meeting", "item", "action", "milestone", "actionfile", "invitee", "agency", "month", "perftree", "perfnode", "agreement", "year", "group", "region", "basicitem", "qualityrule", "alertrule", "alert", "reportorder", "reportcopy", "article", "newssubject", "comment", "slug", "dataset", "openfamily", "potential", "potoffer", "offer", "helprequest", "helppromise", "helpletter", "residentwork", "promisephoto"} {
		ids[name] = over[name]
	}
	o.want(201, "joko", "POST", "/centres/"+ids["centre"]+"/closings", m{"month": ids["month"]})
	o.want(201, "wulan", "POST", "/dhis2", m{"kind": "figure", "ours": "occupancy/numerator", "theirs": "aBcDeFgHiJ1"})
	o.want(201, "wulan", "POST", "/indicators", m{"key": "uji_kantor", "name": "Uji", "name_en": "Test", "unit": "persons", "direction": "up", "source": "uji", "owner": "uji", "valid_from": "2025-01-01", "numerator": "jumlah(\"stay\")"})
	ids["consent"], ids["stay"], ids["need"] = first("/persons/"+person+"/consents"), first(base+"/stays"), first(base+"/needs")
	ids["assessment"] = o.want(201, "ratna", "POST", base+"/assessments", m{"instrument": "independence", "occasion": "admission"}).text("id")
	plan := o.want(201, "ratna", "POST", base+"/plans", m{"goals": []m{{"text": "Makan", "need_id": ids["need"]}}})
	ids["plan"], ids["goal"] = plan.text("id"), plan.body["goals"].([]any)[0].(m)["id"].(string)
	ids["service"] = o.want(201, "ratna", "POST", base+"/services", m{"item": "lansia-a", "on": "2025-03-02"}).text("id")
	o.papers(c, ids)
	for _, b := range o.want(200, "ratna", "GET", "/centres/"+ids["centre"]+"/beds", nil).items() {
		if b["state"] == "free" {
			ids["bed"] = b["id"].(string)
		}
	}
	hers := o.want(201, "sari", "POST", "/persons", m{"names": []m{{"text": "Sumiati"}}}).text("id")
	malang := o.centres["rsbn-malang"].String()
	foreign = map[string]string{"person": hers, "centre": malang, "id": hers, "worker": hers}
	foreign["case"] = o.want(201, "sari", "POST", "/cases", m{"person_id": hers, "centre_id": malang, "ppks_type": "disabilitas", "opened_on": "2025-03-01"}).text("id")
	foreign["bed"] = o.want(200, "sari", "GET", "/centres/"+malang+"/beds", nil).items()[0]["id"].(string)
	return ids, foreign
}

// allowed is somebody who may do what a route does.
func allowed(route web.Route) string {
	switch {
	case strings.HasPrefix(route.Path, "/users"), strings.HasPrefix(route.Path, "/roles"), route.Path == "/emergency-access/rules":
		return "bima"
	case strings.HasPrefix(route.Path, "/emergency-reviews"), strings.HasPrefix(route.Path, "/comments"):
		return "joko"
	case strings.HasSuffix(route.Path, "{agreement}/signature"):
		return "joko"
	case strings.HasPrefix(route.Path, "/performance"):
		return "wulan"
	case (strings.HasPrefix(route.Path, "/indicators") || route.Path == "/dhis2") && route.Method != http.MethodGet:
		return "wulan"
	case strings.HasPrefix(route.Path, "/open-figures"):
		return "wulan"
	case strings.HasPrefix(route.Path, "/alert"):
		return "wulan"
	case strings.HasPrefix(route.Path, "/agenc"), strings.HasPrefix(route.Path, "/meeting"), strings.HasPrefix(route.Path, "/actions"), strings.HasPrefix(route.Path, "/spm"):
		return "wulan"
	case strings.HasPrefix(route.Path, "/purchases"), strings.HasPrefix(route.Path, "/action-plans"), strings.HasSuffix(route.Path, "{instneed}/state"):
		return "wulan"
	case strings.HasSuffix(route.Path, "/ledger"):
		return "joko"
	case strings.HasPrefix(route.Path, "/standards"), strings.HasPrefix(route.Path, "/campaigns"), strings.HasPrefix(route.Path, "/training"), strings.HasPrefix(route.Path, "/notices/ladder"), strings.HasSuffix(route.Path, "/verdict"), strings.HasSuffix(route.Path, "/verification"),
		strings.HasSuffix(route.Path, "{selfassessment}/return"):
		return "wulan"
	}
	if notHers(route.Path) && route.Method != http.MethodGet {
		return "joko"
	}
	return "ratna"
}

// fill puts real ids into the path of a route.
func fill(route web.Route, ids map[string]string) string {
	return inBraces.ReplaceAllStringFunc(route.Path, func(p string) string {
		if p == "{key}" && strings.HasPrefix(route.Path, "/standards") {
			return "snrs"
		}
		if p == "{key}" && (strings.HasSuffix(route.Path, "/rules") || strings.HasSuffix(route.Path, "/state")) {
			return "uji_kantor"
		}
		if p == "{key}" {
			return "occupancy"
		}
		return ids[strings.Trim(p, "{}")]
	})
}

// Every field of every input of the API is spoiled in every way. Never 500; what is surely wrong is 400 and
// names the field; and every refusal is as the description says.
func TestBadInput_API(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ids, foreign := shaken(t, o)
		asked := 0
		for _, route := range o.Routes() {
			if route.PageOnly || route.In == nil {
				continue
			}
			in := reflect.TypeOf(route.In)
			good, path, login := sampleOf(in, ids), fill(route, ids), allowed(route)
			try := func(f field, bad fault, body m) {
				b, err := json.Marshal(body)
				must(t, err)
				r := o.quick(login, route.Method, path, b, "If-Match", "*")
				asked++
				what := fmt.Sprintf("%s %s: %s %s", route.Method, route.Path, f.path, bad.name)
				switch {
				case r.status >= 500:
					t.Errorf("%s: %d %s", what, r.status, r.raw)
				case r.status == 413 && bad.name == "too long": // more than the route takes at all
				case bad.sure && (r.status != 400 || !r.names(f.path)):
					t.Errorf("%s: %d %.300s", what, r.status, r.raw)
				case r.status == 400 && len(r.body["errors"].([]any)) == 0:
					t.Errorf("%s: no field is named: %s", what, r.raw)
				}
			}
			for _, f := range fieldsOf(in, "") {
				for _, bad := range o.worth(faultsOf(f, foreign)) {
					if _, whole := bad.value.(missing); route.Method == http.MethodPatch && whole {
						bad.sure = false // a patch leaves out what it does not change
					}
					try(f, bad, spoiled(good, f.path, bad.value))
				}
				unknown := f.path + "x"
				try(field{path: unknown}, fault{"unknown", "x", true}, spoiled(good, unknown, "x"))
			}
		}
		if t.Logf("%d requests", asked); asked < 700 {
			t.Errorf("only %d requests: the routes do not name their inputs", asked)
		}
		o.stillSound(t)
	})
}

// worth leaves out, on the second engine, what is refused before any database is asked.
func (o *testOffice) worth(all []fault) []fault {
	if o.Store.Engine() == "sqlite" {
		return all
	}
	return slices.DeleteFunc(all, func(f fault) bool { return f.sure })
}

// stillSound checks that nothing of all that left the office in disorder.
func (o *testOffice) stillSound(t *testing.T) {
	t.Helper()
	if _, wrong, err := o.Store.VerifyChain(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("the record: %v %v", wrong, err)
	}
	if drifts, err := o.Store.Recount(t.Context(), Measures(), false); err != nil || len(drifts) > 0 {
		t.Errorf("the figures: %v %v", drifts, err)
	}
	if wrong, err := o.Residence.Overlaps(t.Context()); err != nil || len(wrong) > 0 {
		t.Errorf("the beds: %v %v", wrong, err)
	}
}
