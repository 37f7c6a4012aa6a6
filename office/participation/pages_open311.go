package participation

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"tuntas/house/fail"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/law"
)

// geoReport is the door of Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2). A key that is missing, wrong or too
// weak is 403 there; whatever else is wrong with what was sent is 400.
var geoReport = &web.Standard{Prefix: "/open311/v2/", Refuse: openErrors, Status: map[int]int{401: 403, 409: 400, 422: 400}}

// OpenErrors are the reasons of a refusal in the shape of GeoReport.
type OpenErrors struct {
	XMLName xml.Name    `json:"-" xml:"errors"`
	All     []OpenError `xml:"error"`
}

// OpenError is one reason.
type OpenError struct {
	Code int    `json:"code" xml:"code"`
	Say  string `json:"description" xml:"description"`
}

// MarshalJSON leaves the name of the list out: in JSON the answers of GeoReport are plain lists.
func (e OpenErrors) MarshalJSON() ([]byte, error) { return json.Marshal(e.All) }

func openErrors(all []web.Refused) any {
	var e OpenErrors
	for _, one := range all {
		e.All = append(e.All, OpenError{one.Status, one.Say})
	}
	return e
}

// OpenDiscovery says where the addresses are.
type OpenDiscovery struct {
	XMLName   xml.Name       `json:"-" xml:"discovery"`
	Changeset time.Time      `json:"changeset" xml:"changeset"`
	Contact   string         `json:"contact" xml:"contact"`
	KeyBy     string         `json:"key_service" xml:"key_service"`
	Endpoints []OpenEndpoint `json:"endpoints" xml:"endpoints>endpoint"`
}

// OpenEndpoint is one door of the same standard.
type OpenEndpoint struct {
	Specification string    `json:"specification" xml:"specification"`
	URL           string    `json:"url" xml:"url"`
	Changeset     time.Time `json:"changeset" xml:"changeset"`
	Type          string    `json:"type" xml:"type"`
	Formats       []string  `json:"formats" xml:"formats>format"`
}

// OpenService is a kind of report. A blackbox is never listed and cannot be found.
type OpenService struct {
	XMLName     xml.Name `json:"-" xml:"service"`
	Code        string   `json:"service_code" xml:"service_code"`
	Name        string   `json:"service_name" xml:"service_name"`
	Description string   `json:"description" xml:"description"`
	Metadata    bool     `json:"metadata" xml:"metadata"`
	Type        string   `json:"type" xml:"type"`
	Keywords    string   `json:"keywords" xml:"keywords"`
	Group       string   `json:"group" xml:"group"`
}

// OpenDefinition is what a kind of report asks for.
type OpenDefinition struct {
	XMLName    xml.Name        `json:"-" xml:"service_definition"`
	Code       string          `json:"service_code" xml:"service_code"`
	Attributes []OpenAttribute `json:"attributes" xml:"attributes>attribute"`
}

// OpenAttribute is one question of a definition.
type OpenAttribute struct {
	Variable bool        `json:"variable" xml:"variable"`
	Code     string      `json:"code" xml:"code"`
	Datatype string      `json:"datatype" xml:"datatype"`
	Required bool        `json:"required" xml:"required"`
	Hint     string      `json:"datatype_description" xml:"datatype_description"`
	Order    int         `json:"order" xml:"order"`
	Say      string      `json:"description" xml:"description"`
	Values   []OpenValue `json:"values" xml:"values>value"`
}

// OpenValue is one answer that may be chosen.
type OpenValue struct {
	Key  string `json:"key" xml:"key"`
	Name string `json:"name" xml:"name"`
}

// OpenRequest is a report as everybody may read it.
type OpenRequest struct {
	XMLName     xml.Name `json:"-" xml:"request"`
	Number      string   `json:"service_request_id" xml:"service_request_id"`
	Status      string   `json:"status" xml:"status"`
	Notes       string   `json:"status_notes" xml:"status_notes"`
	Name        string   `json:"service_name" xml:"service_name"`
	Code        string   `json:"service_code" xml:"service_code"`
	Description string   `json:"description" xml:"description"`
	Agency      string   `json:"agency_responsible" xml:"agency_responsible"`
	Notice      string   `json:"service_notice" xml:"service_notice"`
	Requested   string   `json:"requested_datetime" xml:"requested_datetime"`
	Updated     string   `json:"updated_datetime" xml:"updated_datetime"`
	Expected    string   `json:"expected_datetime" xml:"expected_datetime"`
	Address     string   `json:"address" xml:"address"`
	AddressID   string   `json:"address_id" xml:"address_id"`
	Zipcode     string   `json:"zipcode" xml:"zipcode"`
	Lat         *string  `json:"lat" xml:"lat,omitempty"`
	Long        *string  `json:"long" xml:"long,omitempty"`
	Media       string   `json:"media_url" xml:"media_url"` // never: a photo may show somebody
}

// OpenFiled answers a report that was sent.
type OpenFiled struct {
	XMLName xml.Name `json:"-" xml:"request"`
	Number  string   `json:"service_request_id" xml:"service_request_id"`
	Notice  string   `json:"service_notice" xml:"service_notice"`
	Account string   `json:"account_id" xml:"account_id"`
}

// listXML is a list with its name, as XML has it.
type listXML[T any] struct {
	XMLName xml.Name
	All     []T
}

func openList[T any](r *web.Request, name string, all []T) (web.Answer, error) {
	if all == nil {
		all = []T{}
	}
	return r.Either(all, listXML[T]{XMLName: xml.Name{Local: name}, All: all})
}

func (d *Desk) routesOpen311() []web.Route {
	const group = "Open311 GeoReport v2"
	tries := web.NewTries(600, time.Minute)
	var all []web.Route
	add := func(says string, route func(string, web.Handler) web.Route, path string, h web.Handler, suffixes ...string) {
		for i, suffix := range suffixes {
			one := route("/open311/v2/"+path+suffix, h).By(geoReport).Rarely(tries)
			if i == 0 {
				one = one.Says(group, says)
			}
			all = append(all, one)
		}
	}
	add("Where the addresses are; each also with .json and .xml", web.GET, "discovery", d.getOpenDiscovery, "", ".json", ".xml")
	add("The kinds of reports; a blackbox is never listed", web.GET, "services", d.getOpenServices, "", ".json", ".xml")
	add("What one kind of report asks for", web.GET, "services/{service}", d.getOpenDefinition, "")
	add("Reports that are about no person", web.GET, "requests", d.getOpenRequests, "", ".json", ".xml")
	add("Send a report; api_key is a token of a user who handles reports", web.POST, "requests", d.postOpenRequest, "", ".json", ".xml")
	add("One report that is about no person", web.GET, "requests/{request}", d.getOpenRequest, "")
	return all
}

// bare is a word of the path without the suffix that names the form of the answer.
func bare(r *web.Request, name string) string {
	return strings.TrimSuffix(strings.TrimSuffix(r.Word(name), ".xml"), ".json")
}

var openSince = time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC) // when these addresses last changed

func (d *Desk) getOpenDiscovery(r *web.Request) (web.Answer, error) {
	b := OpenDiscovery{Changeset: openSince, Contact: r.Say("Dinas Sosial Provinsi Jawa Timur") + ", " + r.Site(), KeyBy: r.Site() + "/api",
		Endpoints: []OpenEndpoint{{"http://wiki.open311.org/GeoReport_v2", r.Site() + "/open311/v2", openSince, "production", []string{"text/xml", "application/json"}}}}
	return r.Either(b, b)
}

func openType(c law.ReportCategory) string {
	if c.Open && !c.Sealed {
		return "realtime"
	}
	return "blackbox"
}

func (d *Desk) getOpenServices(r *web.Request) (web.Answer, error) {
	var all []OpenService
	for _, c := range d.OpenServices() {
		all = append(all, OpenService{Code: c.Key, Name: c.In(string(r.Lang)), Description: c.HintIn(string(r.Lang)), Metadata: true, Type: openType(c), Group: r.Say("Laporan masyarakat")})
	}
	return openList(r, "services", all)
}

func (d *Desk) getOpenDefinition(r *web.Request) (web.Answer, error) {
	code := bare(r, "service")
	all := d.OpenServices()
	if !slices.ContainsFunc(all, func(c law.ReportCategory) bool { return c.Key == code }) {
		return nil, fail.NotFound
	}
	region := OpenAttribute{true, "region", "singlevaluelist", true, "", 1, r.Say("Kabupaten atau kota"), nil}
	for _, o := range regionOptions() {
		region.Values = append(region.Values, OpenValue{o.Value, o.Name})
	}
	seen := OpenAttribute{true, "seen", "singlevaluelist", false, "", 2, r.Say("Kapan Anda melihatnya?"), nil}
	for _, n := range law.Reports.On(r.Today()).Seen {
		seen.Values = append(seen.Values, OpenValue{n.Key, n.In(string(r.Lang))})
	}
	danger := OpenAttribute{true, "danger", "singlevaluelist", false, "", 3, r.Say("Apakah ada yang dalam bahaya sekarang?"), nil}
	for _, k := range []string{"yes", "no", "unknown"} {
		danger.Values = append(danger.Values, OpenValue{k, text.T(r.Lang, string(dangerWords[k]))})
	}
	b := OpenDefinition{Code: code, Attributes: []OpenAttribute{region, seen, danger}}
	return r.Either(b, b)
}

func openBody(r *web.Request, o Opened) OpenRequest {
	kind, _ := law.Reports.Latest().Category(o.Category)
	b := OpenRequest{Number: o.Number, Status: o.Status, Name: kind.In(string(r.Lang)), Code: o.Category, Description: o.Description, Agency: r.Say("Dinas Sosial Provinsi Jawa Timur"),
		Requested: o.ReceivedAt.UTC().Format(time.RFC3339), Updated: o.ChangedAt.UTC().Format(time.RFC3339), Address: o.Place, AddressID: o.Region}
	b.Notes = text.T(r.Lang, string(stateWords[o.State]))
	if o.State == Closed && o.Outcome != "" {
		b.Notes = outcomeName(r.Lang, o.Outcome)
	}
	if o.DueOn != "" {
		b.Expected = o.DueOn.Time().UTC().Format(time.RFC3339)
	}
	if o.Lat != "" {
		b.Lat, b.Long = &o.Lat, &o.Lng
	}
	return b
}

func (d *Desk) getOpenRequests(r *web.Request) (web.Answer, error) {
	var q OpenAsk
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	found, err := d.OpenReports(r.Context(), q)
	if err != nil {
		return nil, err
	}
	var all []OpenRequest
	for _, o := range found {
		all = append(all, openBody(r, o))
	}
	return openList(r, "service_requests", all)
}

func (d *Desk) getOpenRequest(r *web.Request) (web.Answer, error) {
	o, err := d.OpenReport(r.Context(), bare(r, "request"))
	if err != nil {
		return nil, err
	}
	return openList(r, "service_requests", []OpenRequest{openBody(r, o)})
}

// postOpenRequest takes a report of another program. The key is looked at before anything else that was sent.
func (d *Desk) postOpenRequest(r *web.Request) (web.Answer, error) {
	var in OpenFiling
	wrong := r.Read(&in)
	if err := r.Token(in.Key); err != nil {
		return nil, err
	}
	if wrong != nil {
		return nil, wrong
	}
	c, err := d.FileOpen(r.Context(), r.By, in)
	if err != nil {
		return nil, err
	}
	notice := r.Say("Nomor %s, kode rahasia %s. Ikuti laporan di %s. Foto dari alamat lain tidak diambil.", c.Number, c.Code, r.Site()+"/lacak")
	return openList(r, "service_requests", []OpenFiled{{Number: c.Number, Notice: notice}})
}

var degrees = regexp.MustCompile(`^-?[0-9]{1,3}(\.[0-9]{1,15})?$`)

// point reads a place on earth: a number or a text, both or none.
func point(lat, long any) (string, string, error) {
	var out [2]string
	for i, v := range []any{lat, long} {
		if v == nil {
			continue
		}
		s := strings.TrimSpace(fmt.Sprint(v))
		if s != "" && !degrees.MatchString(s) {
			return "", "", fail.Bad([]string{"lat", "long"}[i], "pattern", "Susunan isian ini tidak benar.")
		}
		out[i] = s[:min(len(s), 12)]
	}
	if (out[0] == "") != (out[1] == "") {
		return "", "", fail.Bad("lat", "required", "Tulis lat dan long, atau tidak keduanya.")
	}
	return out[0], out[1], nil
}
