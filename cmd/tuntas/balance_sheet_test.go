package main

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The workbook of a balance holds the rows of the page, the whole last; a month that is none is refused, not a fault.
func TestBalance_sheet(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		person, c := o.old("ratna", "Mbah Karto")
		o.admit(person, c)
		joko := o.browse("joko")
		w := joko.send(http.MethodGet, "/balance/sheet?by=age", "")
		if w.Code != http.StatusOK {
			t.Fatalf("%d", w.Code)
		}
		book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
		must(t, err)
		rows, err := book.GetRows("Sheet1")
		must(t, err)
		last := rows[len(rows)-1]
		if len(rows) != 3 || rows[0][0] != "Umur saat masuk" || rows[1][0] != "70 tahun ke atas" || last[0] != "Jumlah" || last[4] != "1" || rows[1][4] != "1" {
			t.Errorf("%v", rows)
		}
		if got := joko.send(http.MethodGet, "/balance/sheet?month=2025-99", "").Code; got != http.StatusBadRequest {
			t.Errorf("a month that is none: %d", got)
		}
		if got := o.browse("yati").send(http.MethodGet, "/balance/sheet", "").Code; got != http.StatusForbidden {
			t.Errorf("who sees no figures: %d", got)
		}
	})
}
