package interop

import (
	"bytes"
	"embed"
	"fmt"
	"io"
	"strings"

	"tuntas/house/fail"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

const (
	largestUpload = 8 << 20
	shownRows     = 100    // of a preview
	givenRejects  = 10_000 // in an answer of the API
)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	all := []web.Route{
		web.GET("/import", d.getImport).Page(),
		web.POST("/import", d.postImport).Page().Limit(largestUpload).NoDrafts("a file"),
		web.GET("/export", d.getExport).Page(),
		web.POST("/export", d.postExport).Page().Takes(exported{}).NoDrafts("its purpose goes to the ledger, not to a draft"),
		web.POST("/import/rejects", d.postRejects).Page().Limit(largestUpload).NoDrafts("a file"),
	}
	for _, kind := range Kinds {
		all = append(all, web.POST("/imports/"+kind, d.postList(kind)).API().Says("import", summaries[kind]).Query(Ask{}).Gives(Body{}).Limit(largestUpload))
	}
	return all
}

var summaries = map[string]string{
	Register: "Take in an office's register (CSV or XLSX)", "persons": "Take in persons (CSV or XLSX)", "cases": "Take in cases (CSV or XLSX)",
	"stays": "Take in stays (CSV or XLSX)", "services": "Take in services (CSV or XLSX)",
}

// kindNames are the kinds of lists as the page calls them.
var kindNames = map[string]text.Word{
	Register: "Register UPT: orang, kasus, dan masa tinggal", "persons": "Orang", "cases": "Kasus",
	"stays": "Masa tinggal", "services": "Layanan yang diberikan",
}

// Ask is the query of an import by the API.
type Ask struct {
	DryRun bool   `query:"dry_run"`
	Source string `query:"source" maxLength:"60"`
}

// Body is what an import did.
type Body struct {
	Kind          string       `json:"kind"`
	New           int64        `json:"new"`
	Known         int64        `json:"known"`
	Doubtful      int64        `json:"doubtful"`
	RejectedCount int64        `json:"rejected_count"`
	Rejected      []RejectBody `json:"rejected"`
	Written       bool         `json:"written"`
}

// RejectBody is a row that was handed back.
type RejectBody struct {
	Line   int    `json:"line"`
	Column string `json:"column"`
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

// importPage is what the page of an import shows.
type importPage struct {
	Out   *Report
	Kind  string
	Kinds []page.Option
	Text  string
}

func pageOf(r *web.Request, kind string) importPage {
	p := importPage{Kind: kind}
	for _, k := range KindsFor(r.By) {
		p.Kinds = append(p.Kinds, page.Option{Value: k, Name: text.T(r.Lang, string(kindNames[k]))})
	}
	return p
}

// ListHint is one kind of list with the columns that it may have.
type ListHint struct{ Name, Columns string }

// Hints tell for each kind which columns a file may have.
func (p importPage) Hints() (all []ListHint) {
	for _, k := range p.Kinds {
		if k.Value != Register {
			all = append(all, ListHint{k.Name, strings.Join(listKinds[k.Value].keys(), ", ")})
		}
	}
	return all
}

func (d *Desk) getImport(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.Import) {
		return nil, fail.Denied
	}
	return r.Page("interop/import.html", pageOf(r, Register))
}

// posted gives the kind and the file of a form: the file itself, or its text, which travels with the preview.
func posted(r *web.Request) (p importPage, file []byte, err error) {
	kind := r.Form().Get("kind")
	if kind == "" {
		kind = Register
	}
	p = pageOf(r, kind)
	if p.Text = r.Form().Get("text"); p.Text != "" {
		return p, []byte(p.Text), nil
	}
	_, file, err = r.Upload("file")
	if err == nil {
		file, err = textOf(file)
	}
	p.Text = decode(file)
	return p, file, err
}

// textOf gives an uploaded list as text, whatever it is.
func textOf(file []byte) ([]byte, error) {
	in, err := AsText(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(in)
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	return text, nil
}

// postImport previews a file, and takes it in when the preview is confirmed.
func (d *Desk) postImport(r *web.Request) (web.Answer, error) {
	p, file, err := posted(r)
	if err != nil {
		return r.Again("interop/import.html", p, err)
	}
	confirmed := r.Form().Get("confirmed") == "true"
	out, err := d.Import(r.Context(), r.By, bytes.NewReader(file), Options{Kind: p.Kind, Dry: !confirmed, Keep: shownRows})
	if err != nil {
		return r.Again("interop/import.html", p, err)
	}
	if out.Written && out.Rejected == 0 {
		r.Flash("%d baris masuk, %d sudah ada.", out.New, out.Known)
		if p.Kind == "persons" {
			return r.Go("/persons")
		}
		return r.Go("/cases")
	}
	p.Out = &out
	return r.Page("interop/import.html", p)
}

// postRejects gives the rejected rows as a file, to be corrected and read in again.
func (d *Desk) postRejects(r *web.Request) (web.Answer, error) {
	p, file, err := posted(r)
	if err != nil {
		return r.Again("interop/import.html", p, err)
	}
	var rejects bytes.Buffer
	if _, err := d.Import(r.Context(), r.By, bytes.NewReader(file), Options{Kind: p.Kind, Dry: true, Rejects: &rejects, Lang: r.Lang}); err != nil {
		return r.Again("interop/import.html", p, err)
	}
	return r.File("ditolak-"+p.Kind+".csv", "text/csv; charset=utf-8", rejects.Bytes())
}

func (d *Desk) postList(kind string) func(*web.Request) (web.Answer, error) {
	return func(r *web.Request) (web.Answer, error) {
		var a Ask
		if err := r.Filter(&a); err != nil {
			return nil, err
		}
		_, file, err := r.Upload("")
		if err != nil {
			return nil, err
		}
		if file, err = textOf(file); err != nil {
			return nil, err
		}
		out, err := d.Import(r.Context(), r.By, bytes.NewReader(file), Options{Kind: kind, Dry: a.DryRun, Source: a.Source, Keep: givenRejects})
		if err != nil {
			return nil, err
		}
		b := Body{Kind: kind, New: out.New, Known: out.Known, Doubtful: out.Doubtful, RejectedCount: out.Rejected, Rejected: []RejectBody{}, Written: out.Written}
		for _, x := range out.Rejects {
			b.Rejected = append(b.Rejected, RejectBody{x.Line, x.Column, x.Code, text.Say(r.Lang, x.Reason)})
		}
		return r.Done("/cases", "/cases", b)
	}
}
