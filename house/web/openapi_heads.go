package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// The statuses that refuse, as the description names them.
var refusalNames = map[int]string{
	400: "a field or a filter is wrong; errors names each", 401: "no token, or not a good one", 403: "may be seen, not done",
	404: "not there, or not for this caller", 409: "a clash: a bed taken, an id or a key used with other content", 412: "somebody changed the record",
	413: "too large", 415: "the type of the body is not served", 422: "a rule of the work refuses; missing names what it lacks",
	428: "If-Match is needed", 429: "too often; Retry-After says when", 503: "try again; Retry-After says when",
}

func refusalsOf(route Route) []int {
	all := []int{400, 401, 403, 404, 409, 412, 413, 415, 422, 428}
	switch route.Method {
	case http.MethodGet:
		all = []int{400, 401, 403, 404}
	case http.MethodPost:
		all = []int{400, 401, 403, 404, 409, 412, 413, 415, 422}
	}
	if route.tries != nil {
		all = append(all, 429)
	}
	return append(all, 503)
}

type tree = map[string]any

func ref(kind, name string) tree { return tree{"$ref": "#/components/" + kind + "/" + name} }

func textual(more ...any) tree {
	t := tree{"type": "string"}
	for i := 0; i+1 < len(more); i += 2 {
		t[more[i].(string)] = more[i+1]
	}
	return t
}

// parameters are the headers and filters that many addresses share.
var parameters = tree{
	"IdempotencyKey": tree{"name": "Idempotency-Key", "in": "header", "schema": textual("maxLength", 200),
		"description": "the same key and body gives the same answer; another body is 409"},
	"IfMatch": tree{"name": "If-Match", "in": "header", "required": true, "schema": textual(), "description": "the ETag of the record that is changed"},
	"IfMatchOptional": tree{"name": "If-Match", "in": "header", "schema": textual(),
		"description": "the ETag of the record that the deed is based on; 412 when it has changed"},
	"IfNoneMatch": tree{"name": "If-None-Match", "in": "header", "schema": textual(), "description": "the ETag that the caller holds; 304 when it still stands"},
	"Limit":       tree{"name": "limit", "in": "query", "schema": tree{"type": "integer", "minimum": 1, "maximum": 500, "default": usualPage}},
	"After":       tree{"name": "after", "in": "query", "schema": textual(), "description": "the cursor that the last page gave as next"},
}

var (
	etagHead     = tree{"schema": textual(), "description": "the version of the record, for If-Match"}
	locationHead = tree{"schema": textual(), "description": "the address of what was made"}
	againHead    = tree{"schema": tree{"type": "integer"}, "description": "seconds to wait"}
)

// complete adds to the reflected document what the structs do not say: headers, refusals, names, order.
func complete(doc []byte, routes []Route, groups []string) ([]byte, error) {
	var d tree
	if err := json.Unmarshal(doc, &d); err != nil {
		return nil, err
	}
	parts := d["components"].(tree)
	parts["parameters"], parts["responses"] = parameters, problems()
	for _, r := range routes {
		if r.PageOnly {
			continue
		}
		op := d["paths"].(tree)["/api/v1"+r.Path].(tree)[strings.ToLower(r.Method)].(tree)
		op["operationId"] = nameOf(r)
		takes(op, r, parts["schemas"].(tree))
		answers(op, r)
	}
	closeInputs(d)
	var tags []any
	for _, g := range groups {
		tags = append(tags, tree{"name": g})
	}
	d["tags"] = tags
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(d)
	return b.Bytes(), err
}

func problems() tree {
	all := tree{}
	for status, name := range refusalNames {
		answer := tree{"description": name, "content": tree{"application/problem+json": tree{"schema": ref("schemas", "WebProblem")}}}
		if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
			answer["headers"] = tree{"Retry-After": againHead}
		}
		all["Problem"+strconv.Itoa(status)] = answer
	}
	return all
}

// nameOf makes a name of an operation: postCasesCaseStages.
func nameOf(r Route) string {
	name := strings.ToLower(r.Method)
	for _, word := range strings.FieldsFunc(r.Path, func(c rune) bool { return strings.ContainsRune("/{}-", c) }) {
		name += strings.ToUpper(word[:1]) + word[1:]
	}
	return name
}

// takes completes what a request carries.
func takes(op tree, r Route, schemas tree) {
	list, _ := op["parameters"].([]any)
	add := func(name string) { list = append(list, ref("parameters", name)) }
	switch {
	case r.Method == http.MethodPost:
		add("IdempotencyKey")
		add("IfMatchOptional")
	case needsVersion(r.Method):
		add("IfMatch")
	case versioned(r):
		add("IfNoneMatch")
	case r.List && r.Params == nil:
		add("Limit")
		add("After")
	}
	if len(list) > 0 {
		op["parameters"] = list
	}
	body, _ := op["requestBody"].(tree)
	switch {
	case body == nil && r.Most > 0:
		op["requestBody"] = tree{"required": true, "content": tree{"text/csv": tree{"schema": textual()}, "application/octet-stream": tree{"schema": textual("format", "binary")}}}
	case body == nil:
	default:
		content := body["content"].(tree)
		if r.File != "" {
			content = carried(content, r.File, schemas)
			body["content"] = content
			body["required"] = true
			return
		}
		if r.Method == http.MethodPatch {
			content["application/merge-patch+json"] = content["application/json"]
		}
		shape, _ := content["application/json"].(tree)["schema"].(tree)
		body["required"] = r.Method != http.MethodPost || needsFields(shape, schemas)
	}
}

// carried describes a form with a file: the fields of the input, and the file beside them.
func carried(content tree, file string, schemas tree) tree {
	shape, _ := content["application/json"].(tree)["schema"].(tree)
	if name, ok := shape["$ref"].(string); ok {
		name = name[strings.LastIndexByte(name, '/')+1:]
		shape, _ = schemas[name].(tree)
		delete(schemas, name)
	}
	shape["properties"].(tree)[file] = textual("format", "binary")
	needed, _ := shape["required"].([]any)
	shape["required"] = append(needed, file)
	shape["additionalProperties"] = false
	return tree{"multipart/form-data": tree{"schema": shape}}
}

func needsFields(shape, schemas tree) bool {
	if name, ok := shape["$ref"].(string); ok {
		shape, _ = schemas[name[strings.LastIndexByte(name, '/')+1:]].(tree)
	}
	return shape["required"] != nil
}

// versioned tells whether a route answers with one record that has an ETag.
func versioned(r Route) bool {
	_, ok := r.Out.(Versioned)
	return ok && !r.List && r.Method != http.MethodDelete
}

// answers completes what a route can answer.
func answers(op tree, r Route) {
	all := op["responses"].(tree)
	for _, status := range refusalsOf(r) {
		if status == http.StatusUnauthorized && r.Public {
			continue
		}
		all[strconv.Itoa(status)] = ref("responses", "Problem"+strconv.Itoa(status))
	}
	if len(r.Kinds) > 0 {
		content := tree{}
		for _, kind := range r.Kinds {
			content[kind] = tree{"schema": textual("format", "binary")}
			if kind == "application/json" { // its own format says what is in it
				content[kind] = tree{"schema": tree{}}
			}
		}
		all["200"] = tree{"description": "the file", "content": content}
	}
	heads := tree{}
	if versioned(r) {
		heads["ETag"] = etagHead
	}
	if r.Method == http.MethodPost {
		heads["Location"] = locationHead
	}
	for status, answer := range all {
		if strings.HasPrefix(status, "2") && len(heads) > 0 {
			answer.(tree)["headers"] = heads
		}
	}
	if r.Method == http.MethodGet && versioned(r) {
		all["304"] = tree{"description": "the caller holds this version already", "headers": heads}
	}
}

// closeInputs says of every shape that only requests carry that unknown fields are refused.
func closeInputs(d tree) {
	schemas := d["components"].(tree)["schemas"].(tree)
	in, out := map[string]bool{}, map[string]bool{"WebProblem": true}
	for _, ops := range d["paths"].(tree) {
		for _, op := range ops.(tree) {
			mentioned(op.(tree)["requestBody"], schemas, in)
			mentioned(op.(tree)["responses"], schemas, out)
		}
	}
	for name := range in {
		if shape := schemas[name].(tree); !out[name] && shape["properties"] != nil {
			shape["additionalProperties"] = false
		}
	}
}

// mentioned collects the names of the shapes that a part of the document leads to.
func mentioned(part any, schemas tree, into map[string]bool) {
	switch p := part.(type) {
	case tree:
		if name, ok := p["$ref"].(string); ok {
			if name, ok = strings.CutPrefix(name, "#/components/schemas/"); ok && !into[name] {
				into[name] = true
				mentioned(schemas[name], schemas, into)
			}
		}
		for _, v := range p {
			mentioned(v, schemas, into)
		}
	case []any:
		for _, v := range p {
			mentioned(v, schemas, into)
		}
	}
}

// groupsOf are the groups in the order of the routes.
func groupsOf(routes []Route) []string {
	var all []string
	for _, r := range routes {
		if r.Group != "" && !r.PageOnly && !slices.Contains(all, r.Group) {
			all = append(all, r.Group)
		}
	}
	return all
}
