package opendata

import (
	"strings"

	"tuntas/house/text"
	"tuntas/law"
	"tuntas/office/monitoring"
)

var colWords = map[string]text.Word{"places": "Tempat", "residents": "Penghuni", "met": "Terpenuhi", "unmet": "Belum terpenuhi", "in_time": "Sesuai janji", "late": "Terlambat|laporan"}

var rowWords = map[string]text.Word{"centre": "Panti", "sex": "Jenis kelamin", "age": "Umur", "region": "Kabupaten/kota", "month": "Bulan", "year": "Tahun", "kind": "Jenis PPKS", "stage": "Tahap",
	"reason": "Alasan", "after": "Sesudah pulang", "group": "Kelompok", "category": "Jenis laporan", "quarter": "Triwulan"}

var whyWords = map[string]text.Word{Small: "kecil", Moved: "berubah sedikit sejak rilis sebelumnya", Kept: "sudah ditutup di rilis sebelumnya", Guard: "melindungi angka lain", Public: "kecil, tetapi sudah terbuka di rilis sebelumnya"}

// said names a row or a column. by is what the rows or columns are: a value of the dimension is looked up by it.
func (s Dataset) said(l text.Lang, by string, h Head) string {
	switch {
	case h.Key == all:
		return text.T(l, "Jumlah|tabel")
	case h.Name != "":
		return h.Name
	case h.Key == "n":
		return text.T(l, s.Word)
	}
	switch by {
	case "month":
		return text.MonthName(l, h.Key)
	case "year":
		return h.Key
	case "quarter":
		year, q, _ := strings.Cut(h.Key, "-Q")
		return text.T(l, "Triwulan %s %s", q, year)
	case "after":
		return text.T(l, "%s bulan sesudah pulang", h.Key)
	case "category":
		if c, ok := law.Reports.Latest().Category(h.Key); ok {
			return c.In(string(l))
		}
	case "group":
		if g, ok := law.Find(law.SPMs.Latest().Groups, h.Key); ok {
			return g.In(string(l))
		}
	}
	if w, ok := colWords[h.Key]; ok {
		return text.T(l, string(w))
	}
	return upper(monitoring.DimName(l, h.Key))
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func (s Dataset) row(l text.Lang, h Head) string { return s.said(l, s.Rows, h) }
func (s Dataset) col(l text.Lang, h Head) string { return s.said(l, s.Cols, h) }

// share is the part of a row in its whole, where both are shown and the whole is not nothing.
func (s Dataset) share(t Table, row string) (part, whole int64, ok bool) {
	if s.Part == "" {
		return 0, 0, false
	}
	p, some := t.At(row, s.column(s.Part))
	w, more := t.At(row, s.column(s.Whole))
	if !some || !more || p.N == nil || w.N == nil || *w.N == 0 {
		return 0, 0, false
	}
	return *p.N, *w.N, true
}

func (s Dataset) column(key string) string { return key }
