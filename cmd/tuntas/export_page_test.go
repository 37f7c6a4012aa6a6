package main

import (
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The head of a centre downloads a list as a workbook: only what she may see is in it, and the ledger says why it
// left. Who may not export is told so, and without a purpose nothing leaves.
func TestExport_page(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		o.want(201, "ratna", "POST", "/persons", m{"names": []m{{"text": "Mbah Unduh"}}})
		o.want(201, "sari", "POST", "/persons", m{"names": []m{{"text": "Orang Malang"}}})
		cookie := o.signIn("joko")
		form := url.Values{"kind": {"persons"}, "form": {"xlsx"}, "purpose": {"rapat bulanan"}}
		w := o.quickPage(cookie, "POST", "/export", form.Encode())
		if w.Code != 200 || !strings.Contains(w.Header().Get("Content-Disposition"), ".xlsx") {
			t.Fatalf("%d %v %.300s", w.Code, w.Header(), w.Body)
		}
		book, err := excelize.OpenReader(w.Body)
		must(t, err)
		rows, err := book.GetRows("Sheet1")
		must(t, err)
		if len(rows) != 2 || rows[1][1] != "Mbah Unduh" {
			t.Errorf("%v", rows)
		}
		if n := disclosures(t, o.Office, "person.export", "rapat bulanan"); n != 1 {
			t.Errorf("%d lines in the ledger", n)
		}
		form.Set("purpose", "")
		if w := o.quickPage(cookie, "POST", "/export", form.Encode()); w.Code != 400 && w.Code != 422 {
			t.Errorf("without a purpose: %d", w.Code)
		}
		if got := o.page(o.signIn("ratna"), "POST", "/export", form.Encode()); got != 403 {
			t.Errorf("a social worker: %d", got)
		}
	})
}
