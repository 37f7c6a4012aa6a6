package web

import (
	"fmt"
	"net/http"
	"reflect"
	"regexp"
	"sort"
	"strings"

	"github.com/swaggest/jsonschema-go"
	"github.com/swaggest/openapi-go"
	"github.com/swaggest/openapi-go/openapi31"
)

// Describe makes the OpenAPI 3.1 document of the routes, from the structs that carry the traffic.
func Describe(routes []Route, version string) ([]byte, error) {
	ref := openapi31.NewReflector()
	if version == "" {
		version = "dev"
	}
	ref.Spec.SetTitle("Tuntas")
	ref.Spec.SetVersion(version)
	ref.Spec.SetDescription(about)
	ref.Spec.SetHTTPBearerTokenSecurity("token", "", "A token of a user: tuntas token create --user NAME")
	ref.DefaultOptions = append(ref.DefaultOptions, jsonschema.InterceptProp(plainProps), jsonschema.InterceptDefName(shortName))
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
	return complete(doc, sorted, groupsOf(routes))
}

const about = "One person, followed from first contact to independence. Ids are 13 letters of Crockford base32, made by the server " +
	"or by the client; days are YYYY-MM-DD, moments RFC 3339 with their zone. Lists answer {items, next}; next is the cursor for ?after=. " +
	"Errors are problem documents (RFC 9457), in the language of Accept-Language (id or en). Every record has an ETag. PATCH is a JSON merge " +
	"patch: what is not named stays, null clears. Unknown fields and filters are refused."

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
	op.AddRespStructure(problem{}, openapi.WithContentType("application/problem+json"), func(cu *openapi.ContentUnit) {
		cu.IsDefault, cu.Description = true, "a problem document"
	})
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

const idPattern = "^[0-9A-HJKMNP-TV-Z]{13}$"

// plainProps says what a field is on the wire: ids, days and moments are text, a pointer or an id that is not
// needed may be null, a list never is.
func plainProps(p jsonschema.InterceptPropParams) error {
	if !p.Processed {
		return nil
	}
	if p.Field.Tag.Get("needed") == "true" { // by the desk's own check, which names the place better
		p.ParentSchema.Required = append(p.ParentSchema.Required, p.Name)
	}
	t, null := p.Field.Type, false
	for t.Kind() == reflect.Pointer {
		t, null = t.Elem(), true
	}
	var s jsonschema.Schema
	switch {
	case t == idType:
		s.WithPattern(idPattern)
		null = null || p.Field.Tag.Get("required") != "true" && p.Field.Tag.Get("query") == ""
	case t == dayType:
		s.WithFormat("date")
	case t == timeType:
		s.WithFormat("date-time")
	case t.Kind() == reflect.Slice && !null:
		p.PropertySchema.Type = nil
		p.PropertySchema.WithType(jsonschema.Array.Type())
		if t.Elem() == idType {
			one := jsonschema.Schema{}
			one.WithType(jsonschema.String.Type()).WithPattern(idPattern)
			p.PropertySchema.WithItems(*(&jsonschema.Items{}).WithSchemaOrBool(one.ToSchemaOrBool()))
		} else if words := p.PropertySchema.Enum; words != nil { // said of a list, it is meant of each of its items
			one := jsonschema.Schema{}
			one.WithType(jsonschema.String.Type()).WithEnum(words...)
			p.PropertySchema.WithItems(*(&jsonschema.Items{}).WithSchemaOrBool(one.ToSchemaOrBool())).Enum = nil
		}
		return nil
	case null && p.PropertySchema.Ref != nil:
		shape := *p.PropertySchema
		p.PropertySchema.Ref = nil
		p.PropertySchema.WithAnyOf(shape.ToSchemaOrBool(), (&jsonschema.Schema{}).WithType(jsonschema.Null.Type()).ToSchemaOrBool())
		return nil
	default:
		return nil
	}
	s.WithType(jsonschema.String.Type())
	if null {
		s.Type = nil
		s.WithType(jsonschema.Type{SliceOfSimpleTypeValues: []jsonschema.SimpleType{jsonschema.String, jsonschema.Null}})
	}
	*p.PropertySchema = s
	return nil
}

func shortName(t reflect.Type, _ string) string {
	name := t.Name()
	if i := strings.LastIndexByte(t.PkgPath(), '/'); i >= 0 && name != "" {
		pkg := t.PkgPath()[i+1:]
		return strings.ToUpper(pkg[:1]) + pkg[1:] + strings.ToUpper(name[:1]) + name[1:]
	}
	return name
}
