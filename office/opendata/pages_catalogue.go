package opendata

import (
	"encoding/json"
	"encoding/xml"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/text"
	"tuntas/house/web"
)

// organisation is the publisher as CKAN knows it.
const organisation = "dinas-sosial-jawa-timur"

type jsonLD = map[string]any

// getCatalogue is the catalogue as DCAT 3 in JSON-LD: the datasets that have a release, each with its two files.
func (d *Desk) getCatalogue(r *web.Request) (web.Answer, error) {
	every, err := d.Listed(r.Context())
	if err != nil {
		return nil, err
	}
	site := r.Site()
	office := jsonLD{"@id": site + "/tentang", "@type": "foaf:Organization", "foaf:name": publisher}
	var sets []jsonLD
	changed := time.Time{}
	for _, o := range every {
		if o.Release == nil {
			continue
		}
		at := site + "/data/" + o.Key
		released := o.Release.Released().In(clock.WIB)
		if released.After(changed) {
			changed = released
		}
		set := jsonLD{"@id": at, "@type": "dcat:Dataset", "dct:identifier": o.Key, "dct:title": both(o.Name), "dct:description": both(o.Says), "dct:publisher": jsonLD{"@id": office["@id"]},
			"dct:license": jsonLD{"@id": licence}, "dct:issued": stamp(released), "dct:modified": stamp(released), "dct:language": "id", "dcat:landingPage": jsonLD{"@id": at}, "dcat:keyword": o.Keyword,
			"dcat:version": o.Release.N, "dct:spatial": jsonLD{"@type": "dct:Location", "skos:prefLabel": "Jawa Timur"}, "dcat:theme": text.T(text.ID, string(familyNames[o.Family])),
			"dct:provenance": jsonLD{"@type": "dct:ProvenanceStatement", "skos:prefLabel": text.T(text.ID, o.Formula)}, "dcat:distribution": []jsonLD{
				file(at+".csv", "text/csv", "CSV", released), file(at+".json", "application/json", "JSON", released)}}
		sets = append(sets, set)
	}
	catalogue := jsonLD{"@context": jsonLD{"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "skos": "http://www.w3.org/2004/02/skos/core#", "xsd": "http://www.w3.org/2001/XMLSchema#"},
		"@id": site + "/catalog.jsonld", "@type": "dcat:Catalog", "dct:title": both("Data terbuka Dinas Sosial Provinsi Jawa Timur"), "dct:description": both("Angka dari pekerjaan sehari-hari panti dan dinas, yang kecil ditutup."),
		"dct:publisher": office, "dct:license": jsonLD{"@id": licence}, "dct:language": "id", "foaf:homepage": jsonLD{"@id": site + "/data"}, "dcat:dataset": sets}
	if !changed.IsZero() {
		catalogue["dct:modified"] = stamp(changed)
	}
	body, err := json.MarshalIndent(catalogue, "", " ")
	if err != nil {
		return nil, err
	}
	return r.Plain("application/ld+json; charset=utf-8", fresh, append(body, '\n'))
}

// both gives a sentence in both languages.
func both(w string) []jsonLD {
	return []jsonLD{{"@language": "id", "@value": text.T(text.ID, w)}, {"@language": "en", "@value": text.T(text.EN, w)}}
}

func stamp(at time.Time) jsonLD {
	return jsonLD{"@type": "xsd:dateTime", "@value": at.Format(time.RFC3339)}
}

func file(at, kind, name string, released time.Time) jsonLD {
	return jsonLD{"@id": at, "@type": "dcat:Distribution", "dct:title": name, "dcat:downloadURL": jsonLD{"@id": at}, "dcat:accessURL": jsonLD{"@id": at},
		"dcat:mediaType": "https://www.iana.org/assignments/media-types/" + kind, "dct:license": jsonLD{"@id": licence}, "dct:issued": stamp(released)}
}

// schemaOf says to search engines what a page is (schema.org).
func schemaOf(r *web.Request, s Sheet) any {
	at := r.Site() + "/data/" + s.Key
	o := map[string]any{"@context": "https://schema.org", "@type": "Dataset", "name": text.T(text.ID, s.Name), "description": text.T(text.ID, s.Says+" ") + text.T(text.ID, s.Formula), "url": at, "license": licence, "isAccessibleForFree": true,
		"creator": map[string]any{"@type": "GovernmentOrganization", "name": publisher}, "keywords": s.Keyword,
		"distribution": []any{map[string]any{"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": at + ".csv"}, map[string]any{"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": at + ".json"}}}
	if s.Release != nil {
		o["datePublished"] = s.Release.Released().In(clock.WIB).Format(time.RFC3339)
	}
	return o
}

// ckan is the door for programs that read a CKAN portal: three questions, with its envelope.
var ckan = &web.Standard{Prefix: "/api/3/action/", Refuse: ckanRefused, Status: map[int]int{422: 409}}

// CKANProblem is a refusal as CKAN writes it.
type CKANProblem struct {
	XMLName xml.Name  `json:"-" xml:"response"`
	Help    string    `json:"help" xml:"help"`
	Success bool      `json:"success" xml:"success"`
	Error   CKANError `json:"error" xml:"error"`
}

// CKANError says what was wrong.
type CKANError struct {
	Message string `json:"message" xml:"message"`
	Type    string `json:"__type" xml:"type"`
}

func ckanRefused(all []web.Refused) any {
	b := CKANProblem{Help: "https://docs.ckan.org/en/latest/api/"}
	for _, one := range all {
		b.Error = CKANError{one.Say, "Validation Error"}
		if one.Status == 404 {
			b.Error = CKANError{"Not found", "Not Found Error"}
		}
	}
	return b
}

// CKANAnswer is the envelope of CKAN.
type CKANAnswer[T any] struct {
	Help    string `json:"help"`
	Success bool   `json:"success"`
	Result  T      `json:"result"`
}

// CKANPackage is a dataset as CKAN writes it.
type CKANPackage struct {
	ID           string         `json:"id" required:"true"`
	Name         string         `json:"name"`
	Title        string         `json:"title"`
	Notes        string         `json:"notes"`
	State        string         `json:"state"`
	Type         string         `json:"type"`
	Private      bool           `json:"private"`
	Open         bool           `json:"isopen"`
	URL          string         `json:"url"`
	Version      string         `json:"version"`
	LicenseID    string         `json:"license_id"`
	LicenseTitle string         `json:"license_title"`
	LicenseURL   string         `json:"license_url"`
	Created      string         `json:"metadata_created"`
	Modified     string         `json:"metadata_modified"`
	Organization CKANOrg        `json:"organization"`
	NumResources int            `json:"num_resources"`
	NumTags      int            `json:"num_tags"`
	Resources    []CKANResource `json:"resources"`
	Tags         []CKANTag      `json:"tags"`
}

// CKANOrg is the publisher.
type CKANOrg struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Title string `json:"title"`
	State string `json:"state"`
}

// CKANResource is a file of a dataset.
type CKANResource struct {
	ID       string `json:"id"`
	Package  string `json:"package_id"`
	Name     string `json:"name"`
	Format   string `json:"format"`
	Mimetype string `json:"mimetype"`
	URL      string `json:"url"`
	State    string `json:"state"`
	Modified string `json:"last_modified"`
	Position int    `json:"position"`
}

// CKANTag is a keyword.
type CKANTag struct {
	Name  string `json:"name"`
	State string `json:"state"`
}

type ckanAsk struct {
	ID string `query:"id" required:"true" maxLength:"100"`
}

func (d *Desk) ckanRoutes() []web.Route {
	const group = "CKAN"
	tries := web.NewTries(600, time.Minute)
	return []web.Route{
		web.GET("/api/3/action/package_list", d.ckanList).By(ckan).Rarely(tries).Says(group, "The keys of all datasets that have a release").Gives(CKANAnswer[[]string]{}),
		web.GET("/api/3/action/package_show", d.ckanShow).By(ckan).Rarely(tries).Query(ckanAsk{}).Says(group, "One dataset with its files").Gives(CKANAnswer[CKANPackage]{}),
		web.GET("/api/3/action/organization_list", d.ckanOffices).By(ckan).Rarely(tries).Says(group, "Who publishes").Gives(CKANAnswer[[]string]{}),
	}
}

func ckanAnswer[T any](r *web.Request, action string, result T) (web.Answer, error) {
	return r.JSON(CKANAnswer[T]{r.Site() + "/api/3/action/help_show?name=" + action, true, result})
}

func (d *Desk) ckanList(r *web.Request) (web.Answer, error) {
	every, err := d.Listed(r.Context())
	if err != nil {
		return nil, err
	}
	keys := []string{}
	for _, o := range every {
		if o.Release != nil {
			keys = append(keys, o.Key)
		}
	}
	return ckanAnswer(r, "package_list", keys)
}

func (d *Desk) ckanOffices(r *web.Request) (web.Answer, error) {
	return ckanAnswer(r, "organization_list", []string{organisation})
}

func (d *Desk) ckanShow(r *web.Request) (web.Answer, error) {
	var q ckanAsk
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	s, err := d.Sheet(r.Context(), q.ID)
	if err == nil && s.Release == nil {
		err = fail.NotFound
	}
	if err != nil {
		return nil, err
	}
	at, when := r.Site()+"/data/"+s.Key, s.Release.Released().UTC().Format("2006-01-02T15:04:05.000000")
	p := CKANPackage{ID: s.Key, Name: s.Key, Title: text.T(r.Lang, s.Name), Notes: text.T(r.Lang, s.Says) + " " + text.T(r.Lang, s.Formula), State: "active", Type: "dataset", Open: true, URL: at, Version: s.Release.Digest[:12],
		LicenseID: "cc-by-4.0", LicenseTitle: "CC BY 4.0", LicenseURL: licence, Created: s.History[len(s.History)-1].Released().UTC().Format("2006-01-02T15:04:05.000000"), Modified: when,
		Organization: CKANOrg{organisation, organisation, publisher, "active"}}
	for i, f := range []struct{ name, kind string }{{"csv", "text/csv"}, {"json", "application/json"}} {
		p.Resources = append(p.Resources, CKANResource{s.Key + "-" + f.name, s.Key, p.Title, map[string]string{"csv": "CSV", "json": "JSON"}[f.name], f.kind, at + "." + f.name, "active", when, i})
	}
	for _, k := range s.Keyword {
		p.Tags = append(p.Tags, CKANTag{k, "active"})
	}
	p.NumResources, p.NumTags = len(p.Resources), len(p.Tags)
	return ckanAnswer(r, "package_show", p)
}
