package web

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/who"
)

// Drafts keeps what was typed in a form and not sent yet (office/drafts). The pages of the desks know nothing of it: a
// drawn page is looked through for forms whose route keeps drafts, and what was typed is put into them.
type Drafts interface {
	// Open gives the drafts of these forms that the asker may see, by their keys.
	Open(ctx context.Context, by who.Asker, forms []Form) (map[string]page.Draft, error)
	// Accepted forgets a draft whose form was taken: what the sender wrote, and what the page had shown.
	Accepted(ctx context.Context, by who.Asker, form Form, seen int64) error
}

// Drafts keeps what is typed in the form of this route as a draft under this name, an Indonesian sentence, for whoever
// holds one of the rights.
func (r Route) Drafts(name string, rights ...who.Right) Route {
	r.Draft, r.DraftRights = name, rights
	return r
}

// NoDrafts keeps none, and says why: a secret, a file, a choice alone.
func (r Route) NoDrafts(why string) Route { r.Undrafted = why; return r }

// drafted gives a form of a case that says nothing of drafts some all the same, for whoever works on cases. Its name
// and its right are better said: house/forms_test.go asks for them.
func (r Route) drafted() Route {
	ofCase := r.Method == http.MethodPost && !r.APIOnly && !r.Public && strings.Contains(r.Path, "/{case}/")
	if ofCase && r.Draft == "" && r.Undrafted == "" && r.In != nil && reflect.TypeOf(r.In).NumField() > 0 {
		return r.Drafts("Formulir|draf", who.WorkCase)
	}
	return r
}

// Hushed keeps its drafts from everybody but those who wrote in it, the worker of the case, and holders of a right.
func (r Route) Hushed(right who.Right) Route { r.DraftHush = right; return r }

// Form is one form that keeps drafts.
type Form struct {
	Key    string // the address it is sent to, and what tells two forms of that address apart
	Name   string // an Indonesian sentence
	Page   string // where it stands
	Hush   who.Right
	Params map[string]string // of its address

	route Route
}

// ID reads an id of the form's address; 0 when it has none.
func (f Form) ID(name string) id.ID {
	i, _ := id.Parse(f.Params[name])
	return i
}

// Carried reads an id that the form carries hidden, as the person of a new case; 0 when it has none.
func (f Form) Carried(name string) id.ID {
	_, query, _ := strings.Cut(f.Key, "?")
	with, _ := url.ParseQuery(query)
	i, _ := id.Parse(with.Get(name))
	return i
}

// May tells whether somebody holds a right to the form.
func (f Form) May(by who.Asker) bool { return slices.ContainsFunc(f.route.DraftRights, by.May) }

// Takes tells whether the form has a field of this name that a draft may hold: secrets and files are none.
func (f Form) Takes(field string) bool {
	if field == "" || len(field) > longestName || strings.HasPrefix(field, "_") || field == f.route.File || f.route.In == nil {
		return false
	}
	path := strings.Split(field, ".")
	_, ok := fieldOf(reflect.TypeOf(f.route.In), path, "")
	return ok && len(path) <= deepestForm
}

// says tells whether a field holds somebody's own words, not a choice from a list.
func (f Form) says(field string) bool {
	tag, ok := fieldOf(reflect.TypeOf(f.route.In), strings.Split(field, "."), "")
	return ok && f.Takes(field) && tag.Get("enum") == "" && tag.Get("is") == ""
}

const (
	longestName = 120
	longestKey  = 400
)

// fieldOf follows the parts of a dotted name through an input, to the tag of the field that it names; the tag of a yes
// or no and of a reference says so. Fields that are secret are not there.
func fieldOf(t reflect.Type, path []string, tag reflect.StructTag) (reflect.StructTag, bool) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == timeType:
	case t == idType || t.Kind() == reflect.Bool:
		tag = `is:"choice"`
	case t.Kind() == reflect.Map || t.Kind() == reflect.Interface:
		return tag, true
	case t.Kind() == reflect.Slice && len(path) == 0:
		return fieldOf(t.Elem(), nil, tag)
	case t.Kind() == reflect.Slice:
		n, err := strconv.ParseUint(path[0], 10, 16)
		if err != nil || n >= mostLines {
			return "", false
		}
		return fieldOf(t.Elem(), path[1:], tag)
	case t.Kind() == reflect.Struct:
		return memberOf(t, path)
	}
	return tag, len(path) == 0
}

func memberOf(t reflect.Type, path []string) (reflect.StructTag, bool) {
	for i := 0; i < t.NumField() && len(path) > 0; i++ {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && f.Type.Kind() == reflect.Struct:
			if tag, ok := memberOf(f.Type, path); ok {
				return tag, true
			}
		case name == path[0] && f.IsExported():
			if f.Tag.Get("secret") != "" || strings.Contains(name, "password") {
				return "", false
			}
			return fieldOf(f.Type, path[1:], f.Tag)
		}
	}
	return "", false
}

// FormAt finds the form of a key, if it keeps drafts. at is the page on which it stands; one that is none of ours
// becomes the nearest page above the form.
func (r *Request) FormAt(key, at string) (Form, bool) {
	f, ok := r.server.formAt(key)
	f.Page = at
	if to, err := url.Parse(at); err != nil || to.Host != "" || !strings.HasPrefix(at, "/") || len(at) > longestKey || !isText(at) || !r.server.isPage(to.Path) {
		f.Page = r.server.above(f.path())
	}
	return f, ok
}

func (f Form) path() string {
	path, _, _ := strings.Cut(f.Key, "?")
	return path
}

func (s *Server) formAt(key string) (Form, bool) {
	f := Form{Key: key}
	if len(key) > longestKey || !isText(key) || !strings.HasPrefix(key, "/") || strings.ContainsAny(key, "#\\") {
		return f, false
	}
	_, pattern := s.pages.Handler(&http.Request{Method: http.MethodPost, URL: &url.URL{Path: f.path()}})
	route, ok := s.reads[pattern]
	if !ok || route.Draft == "" || route.Method != http.MethodPost {
		return f, false
	}
	f.route, f.Name, f.Hush, f.Params = route, route.Draft, route.DraftHush, map[string]string{}
	parts := strings.Split(f.path(), "/")
	for i, p := range strings.Split(route.Path, "/") {
		if strings.HasPrefix(p, "{") && i < len(parts) {
			f.Params[strings.Trim(p, "{}")] = parts[i]
		}
	}
	return f, true
}

// Spent tells whether the form of this key of a page was taken already: what its script still sends comes too late.
func (r *Request) Spent(key string) (bool, error) {
	if key == "" {
		return false, nil
	}
	done, err := r.server.o.Store.Replay(r.Context(), r.By.User, key, "")
	if err != nil && describe(err, r.Lang).Status == http.StatusConflict { // taken, with what the form held
		return true, nil
	}
	return done != nil, err
}

// accepted forgets the draft of a form that was taken. The deed is done: what goes wrong here is only logged, and the
// draft is offered again.
func (s *Server) accepted(r *Request) {
	if r.api || r.route.Draft == "" || s.o.Drafts == nil {
		return
	}
	form, ok := s.formAt(r.form.Get("_draft"))
	if !ok || form.path() != r.http.URL.Path {
		return
	}
	by := r.By
	by.Key = ""
	seen, _ := strconv.ParseInt(r.form.Get("_seen"), 10, 64)
	if err := s.o.Drafts.Accepted(r.Context(), by, form, seen); err != nil {
		s.o.Log.Warn("a draft outlived its form", "route", noteOf(r.http).pattern, "error", err)
	}
}

// takenForm tells whether an answer means that the form was taken. Of a page it is known when it is drawn: one that
// shows the form again has only asked something.
func takenForm(a Answer) bool {
	switch a.(type) {
	case redirect, empty, replayed:
		return true
	}
	return false
}

func shownAgain(all []draftable, key string) bool {
	return slices.ContainsFunc(all, func(f draftable) bool { return f.form.Key == key })
}

// unwelcome tells whether a form was refused for what is in it, while its sender may not send it at all: the page that
// would show it again has no such form for them, and what they wrote would be lost.
func (r *Request) unwelcome(a Answer, err error) bool {
	if r.api || r.route.Draft == "" || r.By.User == 0 || (Form{route: r.route}).May(r.By) {
		return false
	}
	again, ok := a.(pageBody)
	return ok && again.why != nil || err != nil && formAgain(describe(err, r.Lang).Status)
}

// draftable is a form of a drawn page that keeps drafts.
type draftable struct {
	page.Form
	form Form
}

func (r *Request) draftables(v *page.View, drawn []byte) (all []draftable) {
	for _, f := range page.Forms(drawn, v.Path) {
		if form, ok := r.server.formAt(f.Key()); ok && form.May(r.By) && f.Asks() {
			all = append(all, draftable{f, form})
		}
	}
	return all
}

// withDrafts puts what was typed into the forms of a drawn page.
func (r *Request) withDrafts(a *pageBody, v *page.View, drawn []byte) ([]byte, error) {
	if r.By.User == 0 || r.By.Emergency() || r.server.o.Drafts == nil { // a file opened in an emergency is for reading
		return drawn, nil
	}
	all := r.draftables(v, drawn)
	if r.http.Method == http.MethodPost && a.why == nil && !shownAgain(all, r.form.Get("_draft")) {
		r.server.accepted(r)
	}
	if len(all) == 0 {
		return drawn, nil
	}
	drafts := map[string]page.Draft{}
	if a.why == nil && r.http.Method == http.MethodGet {
		var forms []Form
		for _, f := range all {
			forms = append(forms, f.form)
		}
		var err error
		if drafts, err = r.server.o.Drafts.Open(r.Context(), r.By, forms); err != nil {
			return nil, err
		}
		if more, err := r.drawnAgain(a, v, all, drafts); err != nil {
			return nil, err
		} else if more != nil {
			drawn, all = more, r.draftables(v, more)
		}
	}
	forms, with := make([]page.Form, len(all)), make([]page.Filling, len(all))
	for i := range all {
		forms[i] = all[i].Form
		var err error
		if with[i], err = r.filling(v, &all[i], drafts); err != nil {
			return nil, err
		}
	}
	return page.Fill(drawn, forms, with), nil
}

// filling is what one form gets: its draft, and what was typed in it before a refusal or a sign-in.
func (r *Request) filling(v *page.View, f *draftable, drafts map[string]page.Draft) (page.Filling, error) {
	typed := map[string][]string{}
	again := v.Typed != nil && url.Values(v.Typed).Get("_draft") == f.form.Key
	if again {
		for name, values := range v.Typed {
			if f.form.Takes(name) {
				typed[name] = values
			}
		}
	}
	d := drafts[f.form.Key].Within(&f.Form, r.By.User)
	has := len(d.Fields) > 0
	seen, base := d.Seen, d.Base
	if !has {
		base = f.Version()
	}
	if again && !has {
		seen, _ = strconv.ParseInt(url.Values(v.Typed).Get("_seen"), 10, 64)
	}
	w := page.Filling{Values: typed}
	if has {
		var err error
		if w, err = r.server.o.Pages.Draw(v, &f.Form, d, typed); err != nil {
			return w, err
		}
	}
	m := page.Mark(f.form.Key, seen, base)
	w.Marks, w.Inside, w.After = m.Marks, m.Inside, m.After
	return w, nil
}

// drawnAgain draws the page a second time when a draft has rows that the form did not show: the handler finds them in
// the form as if it had been sent and refused. nil when once was enough.
func (r *Request) drawnAgain(a *pageBody, v *page.View, all []draftable, drafts map[string]page.Draft) ([]byte, error) {
	for i := range all {
		values := map[string][]string{}
		for _, field := range drafts[all[i].form.Key].Fields {
			values[field.Name] = field.Values[0].Value
		}
		if r.form != nil || !rowsIn(all[i].Lost(values)) {
			continue
		}
		r.form = all[i].Values()
		for name, v := range values {
			r.form[name] = v
		}
		answer, err := r.route.Handle(r)
		if err != nil {
			return nil, err
		}
		if again, ok := answer.(pageBody); ok && again.name == a.name {
			v.D, v.Typed = again.data, r.form
			drawn, err := r.server.draw(a.name, v)
			v.Typed = nil
			r.form = nil
			return drawn, err
		}
		r.form = nil
	}
	return nil, nil
}

func rowsIn(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.Contains(n, ".") })
}

// typedTexts gives back what was written in a form that was refused as a whole: a duty cover may have ended while it
// was open. What was chosen from lists is not worth copying.
func (r *Request) typedTexts(status int) (all []string) {
	if r.api || r.route.Draft == "" || status != http.StatusForbidden && status != http.StatusNotFound && status != http.StatusInternalServerError {
		return nil
	}
	f := Form{route: r.route}
	for _, name := range slices.Sorted(maps.Keys(r.form)) {
		for _, v := range r.form[name] {
			if strings.TrimSpace(v) != "" && f.says(name) {
				all = append(all, v)
			}
		}
	}
	return all
}
