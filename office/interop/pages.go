package interop

import (
	"embed"

	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/law"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

var _ = page.Lookup("kindof", func(l text.Lang, key string) string { k, _ := law.KindOf(key); return k.In(string(l)) })

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		web.GET("/import", d.getImport).Page(),
		web.POST("/import", d.postImport).Page().Limit(8 << 20),
		web.POST("/imports/register", d.postRegister).API().Says("import", "Take in an office's register (CSV)").Query(Ask{}).Gives(Body{}).Limit(8 << 20),
	}
}

// Ask is the query of an import by the API.
type Ask struct {
	DryRun bool `query:"dry_run"`
}

// Body is what an import did.
type Body struct {
	New      int          `json:"new"`
	Known    int          `json:"known"`
	Doubtful int          `json:"doubtful"`
	Rejected []RejectBody `json:"rejected"`
	Written  bool         `json:"written"`
}

// RejectBody is a row that was handed back.
type RejectBody struct {
	Line   int    `json:"line"`
	Column string `json:"column"`
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

func (d *Desk) getImport(r *web.Request) (web.Answer, error) {
	if !r.By.May("import") {
		return r.Go("/today")
	}
	return r.Page("interop/import.html", map[string]any{"Out": nil})
}

// postImport previews a file, and takes it in when the preview is confirmed: the file travels in the form.
func (d *Desk) postImport(r *web.Request) (web.Answer, error) {
	typed := r.Form().Get("text")
	file := []byte(typed)
	if typed == "" {
		_, body, err := r.Upload("file")
		if err != nil {
			return r.Again("interop/import.html", map[string]any{"Out": nil}, err)
		}
		file = body
	}
	confirmed := r.Form().Get("confirmed") == "true"
	by := r.By
	if !confirmed {
		by.Key = ""
	}
	out, err := d.Register(r.Context(), by, file, !confirmed)
	if err != nil {
		return r.Again("interop/import.html", map[string]any{"Out": nil}, err)
	}
	if out.Written {
		r.Flash("%d orang masuk, %d sudah ada, %d baris ditolak.", len(out.New), out.Known, len(out.Sheet.Rejects))
		return r.Go("/cases")
	}
	return r.Page("interop/import.html", map[string]any{"Out": out, "Text": string(file), "Doubtful": out.Sheet.Doubtful()})
}

func (d *Desk) postRegister(r *web.Request) (web.Answer, error) {
	var a Ask
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	_, file, err := r.Upload("")
	if err != nil {
		return nil, err
	}
	out, err := d.Register(r.Context(), r.By, file, a.DryRun)
	if err != nil {
		return nil, err
	}
	b := Body{New: len(out.New), Known: out.Known, Doubtful: out.Sheet.Doubtful(), Rejected: []RejectBody{}, Written: out.Written}
	for _, x := range out.Sheet.Rejects {
		b.Rejected = append(b.Rejected, RejectBody{x.Line, x.Column, x.Code, text.Say(r.Lang, x.Reason)})
	}
	return r.Done("/cases", "/cases", b)
}
