package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"sort"
	"strings"

	"github.com/swaggest/jsonschema-go"
	"github.com/swaggest/openapi-go"
	"github.com/swaggest/openapi-go/openapi31"

	"tuntas/house/clock"
	"tuntas/house/id"
)

// Describe makes the OpenAPI 3.1 document of the routes, from the structs that carry the traffic.
func Describe(routes []Route, version string) ([]byte, error) {
	ref := openapi31.NewReflector()
	if version == "" {
		version = "dev"
	}
	ref.Spec.SetTitle("Tuntas")
	ref.Spec.SetVersion(version)
	ref.Spec.SetDescription("One person, followed from first contact to independence. Errors are problem documents (RFC 9457). " +
		"Lists answer {items, next}; next is the cursor for ?after=. Every record has an ETag; PATCH and DELETE need If-Match. " +
		"POST takes an Idempotency-Key.")
	ref.Spec.SetHTTPBearerTokenSecurity("token", "tts_…", "A token of a user: tuntas token create")
	ref.DefaultOptions = append(ref.DefaultOptions, jsonschema.InterceptSchema(plainTypes), jsonschema.InterceptDefName(shortName))
	sorted := append([]Route(nil), routes...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].Path < sorted[j].Path })
	for _, r := range sorted {
		if r.PageOnly {
			continue
		}
		if err := addOperation(ref, r); err != nil {
			return nil, fmt.Errorf("%s %s: %w", r.Method, r.Path, err)
		}
	}
	doc, err := ref.Spec.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, doc, "", " "); err != nil {
		return nil, err
	}
	pretty.WriteByte('\n')
	return pretty.Bytes(), nil
}

var pathParam = regexp.MustCompile(`\{([a-z_]+)\}`)

func addOperation(ref *openapi31.Reflector, r Route) error {
	op, err := ref.NewOperationContext(r.Method, "/api/v1"+r.Path)
	if err != nil {
		return err
	}
	op.SetSummary(r.Summary)
	if r.Group != "" {
		op.SetTags(r.Group)
	}
	if !r.Public {
		op.AddSecurity("token")
	}
	if params := pathParam.FindAllStringSubmatch(r.Path, -1); len(params) > 0 {
		op.AddReqStructure(pathStruct(params))
	}
	if r.Params != nil {
		op.AddReqStructure(r.Params)
	}
	if r.In != nil {
		op.AddReqStructure(r.In)
	}
	status := http.StatusOK
	switch {
	case r.Method == http.MethodPost:
		status = http.StatusCreated
	case r.Method == http.MethodDelete:
		status = http.StatusNoContent
	}
	var out any
	switch {
	case r.Out != nil && r.List:
		out = listOf(r.Out)
	case r.Out != nil:
		out = r.Out
	}
	op.AddRespStructure(out, openapi.WithHTTPStatus(status), openapi.WithContentType("application/json"))
	op.AddRespStructure(problem{}, openapi.WithContentType("application/problem+json"), func(cu *openapi.ContentUnit) { cu.IsDefault = true })
	return ref.AddOperation(op)
}

// pathStruct makes a struct with the parameters of a path.
func pathStruct(params [][]string) any {
	var fields []reflect.StructField
	for _, p := range params {
		fields = append(fields, reflect.StructField{Name: strings.ToUpper(p[1][:1]) + p[1][1:], Type: reflect.TypeFor[string](),
			Tag: reflect.StructTag(fmt.Sprintf(`path:%q`, p[1]))})
	}
	return reflect.New(reflect.StructOf(fields)).Interface()
}

func listOf(item any) any {
	t := reflect.StructOf([]reflect.StructField{
		{Name: "Items", Type: reflect.SliceOf(reflect.TypeOf(item)), Tag: `json:"items" required:"true"`},
		{Name: "Next", Type: reflect.TypeFor[*string](), Tag: `json:"next" required:"true"`},
	})
	return reflect.New(t).Interface()
}

func plainTypes(p jsonschema.InterceptSchemaParams) (bool, error) {
	if !p.Value.IsValid() {
		return false, nil
	}
	t := p.Value.Type()
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t {
	case reflect.TypeFor[id.ID]():
		p.Schema.WithType(jsonschema.String.Type()).WithPattern("^[0-9A-HJKMNP-TV-Z]{13}$")
		return true, nil
	case reflect.TypeFor[clock.Day]():
		p.Schema.WithType(jsonschema.String.Type()).WithFormat("date")
		return true, nil
	}
	return false, nil
}

func shortName(t reflect.Type, _ string) string {
	name := t.Name()
	if i := strings.LastIndexByte(t.PkgPath(), '/'); i >= 0 && name != "" {
		pkg := t.PkgPath()[i+1:]
		return strings.ToUpper(pkg[:1]) + pkg[1:] + strings.ToUpper(name[:1]) + name[1:]
	}
	return name
}
