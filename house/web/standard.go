package web

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tuntas/house/fail"
)

// Standard is a door of its own: addresses that a public standard prescribes, and answers and refusals in the shape of it.
// Nobody is known there by a session, so nothing that a browser holds opens anything; what is sent is a form or JSON.
type Standard struct {
	Prefix string                  // of all its addresses, with a slash at both ends
	Refuse func(all []Refused) any // the body of a refusal; it must be fit for JSON and XML
	Status map[int]int             // where the standard names another status than the house
}

// Refused is one reason of a refusal: its status and a sentence.
type Refused struct {
	Status int
	Say    string
}

// By serves the route at the door of a standard alone.
func (r Route) By(s *Standard) Route {
	r.standard, r.PageOnly, r.APIOnly, r.Public = s, true, true, true
	return r
}

// Called is the path of a route as programs call it.
func (r Route) Called() string {
	if r.standard != nil {
		return r.Path
	}
	return "/api/v1" + r.Path
}

// doors opens the doors of all standards.
func (s *Server) doors(mux *http.ServeMux) {
	door, paths := http.NewServeMux(), map[string][]string{}
	standards := map[string]*Standard{}
	of := map[string]*Standard{}
	for _, r := range s.routes {
		if r.standard == nil {
			continue
		}
		standards[r.standard.Prefix], of[r.Path] = r.standard, r.standard
		paths[r.Path] = append(paths[r.Path], r.Method)
		door.HandleFunc(r.Method+" "+r.Path, s.serve(r, true))
	}
	lost := func(st *Standard, err error) http.HandlerFunc {
		return func(w http.ResponseWriter, hr *http.Request) {
			s.refuseFor(&Request{server: s, route: Route{standard: st}, http: hr, w: w, api: true, Lang: langOf(hr, true)}, err)
		}
	}
	for path, methods := range paths {
		taken := strings.Join(withHead(methods), ", ")
		for _, method := range usualMethods {
			if !strings.Contains(taken, method) {
				refuse := lost(of[path], errMethod)
				door.HandleFunc(method+" "+path, func(w http.ResponseWriter, hr *http.Request) {
					w.Header().Set("Allow", taken)
					refuse(w, hr)
				})
			}
		}
	}
	for prefix, st := range standards {
		door.HandleFunc(prefix, lost(st, errNoPath))
		mux.Handle(prefix, door)
	}
}

func withHead(methods []string) []string {
	for _, m := range methods {
		if m == http.MethodGet {
			return append(methods, http.MethodHead)
		}
	}
	return methods
}

// Token makes the asker of a key that was sent in the manner of a standard. What is no key of anybody is Denied.
func (r *Request) Token(token string) error {
	r.http.Header.Set("Authorization", "Bearer "+token)
	if err := r.server.bearer(r); err != nil || token == "" {
		if refusalOf(err) == "no-token" || err == nil {
			return fail.Denied
		}
		return err
	}
	return nil
}

// WantsXML tells whether the caller asks for XML: by the suffix of the address, else by what it accepts.
func (r *Request) WantsXML() bool {
	switch path := r.http.URL.Path; {
	case strings.HasSuffix(path, ".xml"):
		return true
	case strings.HasSuffix(path, ".json"):
		return false
	}
	accept := strings.ToLower(strings.Join(r.http.Header.Values("Accept"), ","))
	return strings.Contains(accept, "xml") && !strings.Contains(accept, "json")
}

// Either answers with a body as JSON or XML, whichever is asked for; asXML is the body as XML has it. What was sent is 201.
func (r *Request) Either(body, asXML any) (Answer, error) {
	status := http.StatusOK
	if r.http.Method == http.MethodPost {
		status = http.StatusCreated
	}
	return either{status, body, asXML}, nil
}

type either struct {
	status      int
	body, asXML any
}

func (a either) send(r *Request) error {
	h := r.w.Header()
	var b []byte
	var err error
	if r.WantsXML() {
		h.Set("Content-Type", "text/xml; charset=utf-8")
		b, err = xml.Marshal(a.asXML)
		b = append([]byte(xml.Header), append(b, '\n')...)
	} else {
		h.Set("Content-Type", "application/json; charset=utf-8")
		b, err = encode(a.body)
	}
	if err != nil {
		return fmt.Errorf("encode the answer: %w", err)
	}
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept")
	if err := r.start(a.status); err != nil {
		return err
	}
	_, _ = r.w.Write(b)
	return nil
}

// refused answers a refusal in the shape of the standard.
func (s *Standard) refused(r *Request, p problem) error {
	status := p.Status
	if other := s.Status[status]; other != 0 {
		status = other
	}
	var all []Refused
	for _, f := range p.Errors {
		say := f.Message
		if f.Field != "" {
			say = f.Field + ": " + say
		}
		all = append(all, Refused{status, say})
	}
	if len(all) == 0 {
		all = []Refused{{status, strings.TrimSpace(p.Title + " " + p.Detail)}}
	}
	body := s.Refuse(all)
	return either{status, body, body}.send(r)
}

// named makes the tree of a form whose parts are named as in attribute[code].
func named(form url.Values) map[string]any {
	dotted := url.Values{}
	for k, v := range form {
		dotted[strings.ReplaceAll(strings.ReplaceAll(k, "]", ""), "[", ".")] = v
	}
	return formTree(dotted)
}

// groupsOfStandards are the groups of addresses at the doors of standards.
func groupsOfStandards(routes []Route) (all []string) {
	for _, r := range routes {
		if r.standard != nil && r.Group != "" && !slices.Contains(all, r.Group) {
			all = append(all, r.Group)
		}
	}
	return all
}
