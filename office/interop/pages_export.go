package interop

import (
	"bytes"

	"tuntas/house/fail"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

// exportPage is the form by which a list leaves the house.
type exportPage struct{ Kinds, Forms []page.Option }

var formNames = map[string]text.Word{XLSX: "XLSX, untuk lembar kerja", CSV: "CSV, untuk program lain", JSONLines: "JSON per baris, untuk program lain"}

func exportForm(r *web.Request) exportPage {
	var p exportPage
	for _, k := range Kinds[1:] {
		p.Kinds = append(p.Kinds, page.Option{Value: k, Name: text.T(r.Lang, string(kindNames[k]))})
	}
	for _, f := range []string{XLSX, CSV, JSONLines} {
		p.Forms = append(p.Forms, page.Option{Value: f, Name: text.T(r.Lang, string(formNames[f]))})
	}
	return p
}

func (d *Desk) getExport(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.Export) {
		return nil, fail.Denied
	}
	return r.Page("interop/export.html", exportForm(r))
}

// exported is what the form of an export asks.
type exported struct {
	Kind    string `json:"kind" required:"true" ask:"Pilih jenis daftar." enum:"persons,cases,stays,services"`
	Form    string `json:"form" required:"true" ask:"Pilih bentuk berkas." enum:"xlsx,csv,jsonl"`
	Purpose string `json:"purpose" required:"true" ask:"Tulis untuk apa daftar ini." maxLength:"200"`
}

// postExport gives the list as a file; whose data left, and what for, stands in the ledger before the first letter does.
func (d *Desk) postExport(r *web.Request) (web.Answer, error) {
	var in exported
	if !r.By.May(who.Export) {
		return nil, fail.Denied
	}
	err := r.Read(&in)
	if err == nil {
		by := r.By
		by.Purpose = in.Purpose
		var out bytes.Buffer
		if _, err = d.Export(r.Context(), by, in.Kind, in.Form, &out); err == nil {
			return r.File(in.Kind+"-"+string(r.Today())+"."+in.Form, mediaTypes[in.Form], out.Bytes())
		}
	}
	return r.Again("interop/export.html", exportForm(r), err)
}

var mediaTypes = map[string]string{
	XLSX: WorkbookType, CSV: "text/csv; charset=utf-8", JSONLines: "application/jsonl",
}
