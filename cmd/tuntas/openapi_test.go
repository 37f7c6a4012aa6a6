package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"tuntas/try/golden"
)

// promise is the description of the API as the program serves it, and its shapes, compiled once each.
type promise struct {
	mu     sync.Mutex
	doc    m
	maker  *jsonschema.Compiler
	shapes map[string]*jsonschema.Schema
}

var served struct {
	once sync.Once
	*promise
}

const promiseURL = "tuntas.json"

func newPromise(t testing.TB, handler http.Handler) *promise {
	t.Helper()
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/openapi.json", nil))
	p := &promise{maker: jsonschema.NewCompiler(), shapes: map[string]*jsonschema.Schema{}}
	must(t, json.Unmarshal(w.Body.Bytes(), &p.doc))
	strict, err := jsonschema.UnmarshalJSON(bytes.NewReader(w.Body.Bytes()))
	must(t, err)
	closeShapes(strict)
	p.maker.AssertFormat()
	must(t, p.maker.AddResource(promiseURL, strict))
	return p
}

// closeShapes refuses fields that the description does not name: it must name all that is answered.
func closeShapes(part any) {
	switch part := part.(type) {
	case m:
		if part["type"] == "object" && part["properties"] != nil && part["additionalProperties"] == nil {
			part["additionalProperties"] = false
		}
		for _, v := range part {
			closeShapes(v)
		}
	case []any:
		for _, v := range part {
			closeShapes(v)
		}
	}
}

// templateOf finds the path of the description that an address belongs to; words win over parameters.
func (p *promise) templateOf(method, path string) string {
	path, _, _ = strings.Cut(path, "?")
	have := strings.Split(path, "/")
	best, fixed := "", -1
	for template, ops := range p.doc["paths"].(m) {
		parts := strings.Split(template, "/")
		if len(parts) != len(have) || ops.(m)[strings.ToLower(method)] == nil {
			continue
		}
		words := 0
		for i := range parts {
			if strings.HasPrefix(parts[i], "{") {
				continue
			}
			if words++; parts[i] != have[i] {
				words = -1
				break
			}
		}
		if words > fixed {
			best, fixed = template, words
		}
	}
	return best
}

// check holds an answer against the description: its status, its head, its body.
func (p *promise) check(t testing.TB, method, path string, r reply) {
	t.Helper()
	template := p.templateOf(method, path)
	if template == "" || r.status == http.StatusMethodNotAllowed {
		return // 404 and 405 of the server itself
	}
	op := p.doc["paths"].(m)[template].(m)[strings.ToLower(method)].(m)
	key := strconv.Itoa(r.status)
	answer, known := op["responses"].(m)[key].(m)
	if !known {
		t.Errorf("%s %s answers %d, which its description does not know", method, path, r.status)
		return
	}
	at := "/paths/" + escapePointer(template) + "/" + strings.ToLower(method) + "/responses/" + key
	if to, ok := answer["$ref"].(string); ok {
		at = strings.TrimPrefix(to, "#")
		answer = p.doc["components"].(m)["responses"].(m)[to[strings.LastIndexByte(to, '/')+1:]].(m)
	}
	heads, _ := answer["headers"].(m)
	for name := range heads {
		if r.head.Get(name) == "" {
			t.Errorf("%s %s: %d lacks the header %s", method, path, r.status, name)
		}
	}
	for _, name := range []string{"ETag", "Location"} {
		if r.head.Get(name) != "" && heads[name] == nil {
			t.Errorf("%s %s: the header %s is not described", method, path, name)
		}
	}
	content, _ := answer["content"].(m)
	kind := r.head.Get("Content-Type")
	if len(content) == 0 {
		if r.raw != "" {
			t.Errorf("%s %s: %d has a body that is not described: %.200s", method, path, r.status, r.raw)
		}
		return
	}
	if content[kind] == nil {
		t.Errorf("%s %s answers %q, which is not described", method, path, kind)
		return
	}
	if content[kind].(m)["schema"] == nil {
		t.Errorf("%s %s: the body of %d has no shape", method, path, r.status)
		return
	}
	if !strings.HasSuffix(kind, "json") {
		return // a file: its type is all that is described
	}
	if err := p.valid(at+"/content/"+escapePointer(kind)+"/schema", r.raw); err != nil {
		t.Errorf("%s %s: the answer is not as described: %v\n%.600s", method, path, err, r.raw)
	}
}

func escapePointer(s string) string {
	return strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D", "+", "%2B").Replace(s)
}

func (p *promise) valid(pointer, body string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	shape := p.shapes[pointer]
	if shape == nil {
		var err error
		if shape, err = p.maker.Compile(promiseURL + "#" + pointer); err != nil {
			return err
		}
		p.shapes[pointer] = shape
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		return err
	}
	return shape.Validate(v)
}

// TestOpenAPI: the description is valid OpenAPI 3.1, and docs/openapi.json is the one that is served, so that a
// change of the promise shows in the difference.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+t.TempDir()+"/t.db")
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/openapi.json", nil))
	golden.Same(t, "../../docs/openapi.json", w.Body.Bytes())
	doc, err := openapi3.NewLoader().LoadFromData(w.Body.Bytes())
	must(t, err)
	if err := doc.Validate(t.Context(), openapi3.IsOpenAPI31OrLater()); err != nil {
		t.Error(err)
	}
	if doc.OpenAPI[:3] != "3.1" || doc.Components.SecuritySchemes["token"].Value.Scheme != "bearer" {
		t.Errorf("OpenAPI %s, %+v", doc.OpenAPI, doc.Components.SecuritySchemes)
	}
	names := map[string]bool{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if op.Summary == "" || len(op.Tags) != 1 || op.OperationID == "" || names[op.OperationID] {
				t.Errorf("%s %s has no name of its own, no group or no sentence", method, path)
			}
			names[op.OperationID] = true
		}
	}
}

// The table of the contract, as far as a description can say it.
func TestOpenAPI_words(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+t.TempDir()+"/t.db")
	p := newPromise(t, o.handler)
	shape := func(name string) m { return p.doc["components"].(m)["schemas"].(m)[name].(m) }
	for name, fields := range map[string]string{
		"PersonBody":             "id names sex birth identifiers home_region restricted deceased_on possible_duplicates",
		"PersonEntry":            "id names sex birth identifiers home_region restricted deceased_on centre_id",
		"PersonName":             "text kind",
		"PersonBirth":            "date precision from to",
		"PersonIdentifier":       "kind value certainty",
		"CentreBody":             "id code name kind region capacity",
		"ResidenceBedBody":       "id room label state",
		"CaseworkBody":           "id person_id centre_id ppks_type setting level stage stage_since opened_on closed_on outcome worker_id",
		"CaseworkOpening":        "id person_id centre_id ppks_type setting level opened_on worker_id",
		"CaseworkStageBody":      "stage on by reason waiver",
		"CaseworkMove":           "stage on reason waiver",
		"CaseworkEnding":         "on reason destination outcome handed_to",
		"CaseworkClosing":        "on result",
		"CaseworkAssessmentBody": "id instrument version occasion answers score assessed_on assessor_id signed_on",
		"CaseworkNewAssessment":  "id instrument version occasion answers score assessed_on",
		"CaseworkPlanBody":       "id version current goals approved_on",
		"CaseworkNewGoal":        "domain text target_level due_on services",
		"CaseworkGiven":          "id item on quantity unit note",
		"CaseworkServiceBody":    "id item on quantity unit note",
		"ResidenceBody":          "id bed_id from to state",
		"CaseworkNewStay":        "id bed_id from to state",
		"CaseworkContactBody":    "id due_on on reached method independence work income_band household_size household_income aid dtsen_decile dtsen_on dtsen_source note",
		"MonitoringDescribed":    "key name names unit about rule_version",
		"MonitoringBody":         "key value numerator denominator record_count as_of rule_version",
		"MonitoringRecordsBody":  "items next withheld",
		"WebProblem":             "type title status detail errors missing",
		"WebFieldBody":           "field code message",
	} {
		have := shape(name)["properties"].(m)
		for _, f := range strings.Fields(fields) {
			if have[f] == nil {
				t.Errorf("%s lacks %s", name, f)
			}
		}
	}
	for at, want := range map[string]string{
		"PersonName.kind": "legal,alias,working", "PersonBody.sex": "female,male,unknown", "PersonBirth.precision": "day,month,year,estimated,unknown",
		"PersonIdentifier.kind": "nik,kk,bpjs,dtsen,other", "PersonIdentifier.certainty": "verified,claimed,doubtful",
		"CaseworkOpening.setting": "inside,outside", "CaseworkOpening.level": "basic,advanced",
		"CaseworkMove.stage":             "approach,assessment,planning,intervention,resocialisation,termination,aftercare,closed",
		"CaseworkNewAssessment.occasion": "admission,review,termination,aftercare", "CaseworkClosing.result": "settled,lost,deceased,transferred,returned",
	} {
		name, field, _ := strings.Cut(at, ".")
		var got []string
		list, _ := shape(name)["properties"].(m)[field].(m)["enum"].([]any)
		for _, v := range list {
			got = append(got, v.(string))
		}
		if strings.Join(got, ",") != want {
			t.Errorf("%s may be %v, want %s", at, got, want)
		}
	}
	for name, want := range map[string]string{"CaseworkOpening": "centre_id opened_on person_id ppks_type", "PersonName": "text", "CaseworkClosing": "on result",
		"CaseworkNewStay": "bed_id from", "CaseworkGiven": "item on", "PersonEntry": "names"} {
		var got []string
		list, _ := shape(name)["required"].([]any)
		for _, v := range list {
			got = append(got, v.(string))
		}
		if slices.Sort(got); strings.Join(got, " ") != want {
			t.Errorf("%s needs %v, want %s", name, got, want)
		}
	}
}
