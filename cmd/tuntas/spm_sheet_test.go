package main

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The attachment of the LPPD as a workbook: every item of every group, X over Y beneath, the rules last. What nobody said
// stays empty; a year that is none is refused, not a fault; who sees no figures gets none.
func TestSPM_sheet(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		person, c := o.old("ratna", "Mbah Karto")
		o.admit(person, c)
		joko := o.browse("joko")
		w := joko.send(http.MethodGet, "/spm/sheet", "")
		if w.Code != http.StatusOK {
			t.Fatalf("%d", w.Code)
		}
		book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
		must(t, err)
		rows, err := book.GetRows("Sheet1")
		must(t, err)
		if len(rows) != 1+11+12+13+9+4+1 { // the head, the items of four groups, a line for each group, the rules
			t.Errorf("%d rows", len(rows))
		}
		if last := rows[len(rows)-1][0]; !strings.Contains(last, "spm 2021-01-01") {
			t.Errorf("the last line says no rules: %s", last)
		}
		if food := rows[1]; food[2] != "0" || food[3] != "" || food[6] != "0" {
			t.Errorf("%q", food)
		}
		if got := joko.send(http.MethodGet, "/spm/sheet?year=2018", "").Code; got != http.StatusBadRequest {
			t.Errorf("a year before the SPM: %d", got)
		}
		if got := o.browse("yati").send(http.MethodGet, "/spm/sheet", "").Code; got != http.StatusForbidden {
			t.Errorf("who sees no figures: %d", got)
		}
	})
}
