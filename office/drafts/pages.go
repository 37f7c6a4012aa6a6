package drafts

import (
	"context"
	"embed"
	"io/fs"
	"slices"
	"strconv"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

//go:embed html
var htmlFiles embed.FS

// Pages are the templates of this desk.
var Pages fs.FS = htmlFiles

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Routes are the addresses of this desk.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		web.GET("/drafts", d.getDrafts).Says("drafts", "Drafts of one's own and of one's cases, the latest first").Query(Part{}).Lists(Body{}),
		web.POST("/drafts", d.postDraft).ByScript().Takes(Sent{}).NoDrafts(itself),
		web.POST("/drafts/{unsent}/choice", d.postChoice).Page().Takes(Chosen{}).NoDrafts(itself),
		web.POST("/drafts/{unsent}/takeover", d.deed(d.TakeOver, "Draf sekarang Anda lanjutkan.")).Page().Takes(Back{}).NoDrafts(itself),
		web.POST("/drafts/{unsent}/discard", d.postDiscard).Page().Takes(Back{}).NoDrafts(itself),
		web.POST("/drafts/{unsent}/restore", d.deed(d.Restore, "Draf dikembalikan.")).Page().Takes(Back{}).NoDrafts(itself),
	}
}

// itself is why the forms of this desk keep no drafts.
const itself = "it is the draft"

// Door gives the pages of the other desks their drafts.
type Door struct{ Desk *Desk }

// formOf says whose a form is: it follows from its address.
func formOf(f web.Form) Form {
	out := Form{Key: f.Key, Name: f.Name, Page: f.Page, Hush: f.Hush, About: f.Carried("person")}
	for _, kind := range []string{"case", "person", "contact", "note", "attachment", "conference", "followup", "leave", "transfer", "referral", "facility", "function", "accreditation", "event", "letter", "draft", "staff", "selfassessment", "evidence", "problem", "instneed", "actionplan", "action", "item", "meeting", "participant", "publicreport", "potential", "potoffer", "helprequest", "helppromise", "helpletter", "article", "newssubject", "comment", "centre"} {
		if i, named := f.Params[kind]; named && i != "" {
			out.Kind, out.Of = kind, f.ID(kind)
			break
		}
	}
	return out
}

// Open gives the drafts of the forms of a page.
func (d Door) Open(ctx context.Context, by who.Asker, forms []web.Form) (map[string]page.Draft, error) {
	asked := make([]Form, len(forms))
	for i, f := range forms {
		asked[i] = formOf(f)
	}
	found, err := d.Desk.Open(ctx, by, asked)
	out := make(map[string]page.Draft, len(found))
	for key, draft := range found {
		out[key] = draft.onPage(by, d.Desk.store.Now())
	}
	return out, err
}

// Accepted forgets the draft of a form that was taken.
func (d Door) Accepted(ctx context.Context, by who.Asker, form web.Form, seen int64) error {
	return d.Desk.Accepted(ctx, by, formOf(form), seen)
}

func (d Draft) onPage(by who.Asker, now time.Time) page.Draft {
	out := page.Draft{ID: d.ID, Seen: d.Version, Base: d.Base, By: d.By, Mine: d.Writer == by.User, At: d.At}
	for _, w := range d.fields.busy(by.User, now) {
		out.Busy = append(out.Busy, page.Writing{By: w.By, At: w.At})
	}
	for _, name := range d.fields.names() {
		f := page.DraftField{Name: name, Base: d.fields[name].Was}
		for _, v := range d.fields[name].Values {
			f.Values = append(f.Values, page.DraftValue{User: v.User, By: v.By, At: time.UnixMilli(v.At), Value: v.Text})
		}
		out.Fields = append(out.Fields, f)
	}
	return out
}

// postDraft saves what somebody types. It speaks with the script of a page alone: a program has no half-filled forms.
func (d *Desk) postDraft(r *web.Request) (web.Answer, error) {
	var in Sent
	if err := r.Read(&in); err != nil {
		return nil, err
	}
	form, ok := r.FormAt(in.Form, in.Page)
	if !ok {
		return nil, fail.NotFound
	}
	if !form.May(r.By) {
		return nil, fail.Denied
	}
	typed, err := in.typed(form)
	if err != nil {
		return nil, err
	}
	if late, err := r.Spent(in.Key); err != nil || late {
		return silent(r, err)
	}
	saved, err := d.Save(r.Context(), r.By, formOf(form), typed)
	if err != nil {
		return nil, err
	}
	return r.JSON(savedBody(r, saved))
}

func silent(r *web.Request, err error) (web.Answer, error) {
	if err != nil {
		return nil, err
	}
	return r.JSON(SavedBody{})
}

func (in Sent) typed(form web.Form) (Typed, error) {
	out := Typed{Seen: in.Seen, Base: in.Base}
	if len(in.Fields) > atOnce {
		return out, fail.Bad("fields", "too-many", "Paling banyak %d isian sekali kirim.", atOnce)
	}
	for i, f := range in.Fields {
		if !form.Takes(f.Name) {
			return out, fail.Bad("fields."+strconv.Itoa(i)+".name", "unknown", "Isian ini tidak bisa disimpan sebagai draf.")
		}
		out.Fields = append(out.Fields, TypedField(f))
	}
	return out, nil
}

func (d *Desk) getDrafts(r *web.Request) (web.Answer, error) {
	var p Part
	if err := r.Filter(&p); err != nil {
		return nil, err
	}
	if p.Limit == 0 {
		p.Limit = 50
	}
	after, err := p.cut()
	if err != nil {
		return nil, err
	}
	all, err := d.Mine(r.Context(), r.By, after, p.Limit+1)
	if err != nil {
		return nil, err
	}
	next := ""
	if int64(len(all)) > p.Limit {
		all = all[:p.Limit]
		next = all[p.Limit-1].cursor()
	}
	all = slices.DeleteFunc(all, func(l Listed) bool { // who lost the right to a form has no use for its draft
		form, ok := r.FormAt(l.Key, l.Page)
		return !ok || !form.May(r.By)
	})
	if r.API() {
		bodies := []Body{}
		for _, l := range all {
			bodies = append(bodies, bodyOf(l))
		}
		return r.List(bodies, next)
	}
	v := listView{Next: next, Days: discardedDays}
	for _, l := range all {
		if l.EndedAt == 0 {
			v.Living = append(v.Living, l)
		} else {
			v.Gone = append(v.Gone, l)
		}
	}
	return r.Page("drafts/drafts.html", v)
}

type listView struct {
	Living, Gone []Listed
	Next         string
	Days         int
}

// Title is what the form is called.
func (d Draft) Title() string { return d.Name }

// formFor finds the form of a draft, and asks for its right: who may not write in a form decides nothing about its
// draft.
func (d *Desk) formFor(r *web.Request) (Form, error) {
	draft, err := d.Read(r.Context(), r.By, r.ID("unsent"))
	if err != nil {
		return Form{}, err
	}
	form, ok := r.FormAt(draft.Key, draft.Page)
	if !ok {
		return Form{}, fail.NotFound
	}
	if !form.May(r.By) {
		return Form{}, fail.Denied
	}
	return formOf(form), nil
}

func (d *Desk) deed(do func(context.Context, who.Asker, id.ID, Form) (Draft, error), say string) web.Handler {
	return func(r *web.Request) (web.Answer, error) {
		form, err := d.formFor(r)
		if err != nil {
			return nil, err
		}
		var in Back
		if err = r.Read(&in); err != nil {
			return nil, err
		}
		if _, err = do(r.Context(), r.By, r.ID("unsent"), form); err != nil {
			return nil, err
		}
		r.Flash(say)
		return r.Go(back(in.Next))
	}
}

func (d *Desk) postDiscard(r *web.Request) (web.Answer, error) {
	form, err := d.formFor(r)
	if err != nil {
		return nil, err
	}
	var in Back
	if err = r.Read(&in); err != nil {
		return nil, err
	}
	left, err := d.Discard(r.Context(), r.By, r.ID("unsent"), form)
	if err != nil {
		return nil, err
	}
	if left.EndedAt == 0 { // what others wrote in it stays
		r.Flash("Yang Anda tulis dihapus dari draf.")
	} else {
		r.Flash("Draf dibuang. Selama tujuh hari masih bisa dikembalikan dari halaman Draf saya.")
	}
	return r.Go(back(in.Next))
}

func (d *Desk) postChoice(r *web.Request) (web.Answer, error) {
	form, err := d.formFor(r)
	if err != nil {
		return nil, err
	}
	var in Chosen
	if err = r.Read(&in); err != nil {
		return nil, err
	}
	var picks []Pick
	for i, p := range in.Picks {
		by, ok := id.Parse(p.By)
		if !ok && p.By != page.Record {
			return nil, fail.Bad("picks."+strconv.Itoa(i)+".by", "choice", "Pilih salah satu dari daftar.")
		}
		picks = append(picks, Pick{p.Name, by})
	}
	if _, err = d.Choose(r.Context(), r.By, r.ID("unsent"), form, in.Base, in.Seen, picks); err != nil {
		return nil, err
	}
	r.Flash("Pilihan Anda ada di formulir. Periksa, lalu kirim.")
	return r.Go(back(in.Next))
}

func back(next string) string {
	if next == "" {
		return "/drafts"
	}
	return next
}
