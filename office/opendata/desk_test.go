package opendata_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/gate"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/opendata"
	"tuntas/office/participation"
	"tuntas/try/province"
)

const today = province.Today

var testCount = store.NewAct("test.open-figures", who.SeeFigures)

// counted adds people who live at an institution, to every measure that tells of them.
func counted(t *testing.T, p *province.Province, at id.ID, on clock.Day, sex, age, region string, n int64) {
	t.Helper()
	province.Must(t, p.Store.Write(p.Ctx, p.As("wulan"), testCount, func(tx *store.Tx) error {
		tx.Record(store.Entry{Kind: "test"})
		tx.Count("stay", at, on, sex, n)
		tx.Count("stay.age", at, on, age, n)
		tx.Count("stay.region", at, on, region, n)
		return nil
	}))
}

func desk(p *province.Province) *opendata.Desk {
	return opendata.New(p.Store, participation.New(p.Store, p.Cases))
}

func at(t *testing.T, d *opendata.Desk, p *province.Province, row, col string) opendata.Number {
	t.Helper()
	s, err := d.Sheet(p.Ctx, "penghuni-menurut-panti")
	province.Must(t, err)
	n, ok := s.Table.At(row, col)
	if !ok {
		t.Fatalf("no %s, %s in %v", row, col, s.Table)
	}
	return n
}

// The ledger: what is released is what everybody reads, until the next release; a release that speaks of few people is
// refused; what is hidden stands nowhere in public.
func TestRelease(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, wulan := desk(p), p.As("wulan")
		counted(t, p, p.A, today, "female", "70-", "35.09", 43)
		counted(t, p, p.A, today, "male", "60-69", "35.78", 12)
		counted(t, p, p.B, today, "female", "70-", "35.09", 31)
		counted(t, p, p.B, today, "male", "60-69", "35.09", 26)
		if s, err := d.Sheet(p.Ctx, "penghuni-menurut-panti"); err != nil || s.Release != nil {
			t.Errorf("before the first release: %v %v", s.Release, err)
		}
		_, err := d.Publish(p.Ctx, p.As("joko"), opendata.Releasing{Family: "penghuni"})
		province.Wants(t, "the head of an institution releases", err, "denied")
		_, err = d.Publish(p.Ctx, wulan, opendata.Releasing{Family: "zzz"})
		if k := province.Kind(err); k != "invalid" {
			t.Errorf("an unknown family: %v", err)
		}
		v, err := d.Preview(p.Ctx, wulan, "penghuni")
		province.Must(t, err)
		first, err := d.Publish(p.Ctx, wulan, opendata.Releasing{Family: "penghuni", Digest: v.Digest})
		province.Must(t, err)
		if n := at(t, d, p, "*", "*"); n.N == nil || *n.N != 112 || first.N != 1 || first.Threshold != 10 {
			t.Errorf("the total: %v of %+v", n.N, first)
		}
		counted(t, p, p.A, today, "male", "60-69", "35.78", -1)
		_, err = d.Publish(p.Ctx, wulan, opendata.Releasing{Family: "penghuni"})
		province.Wants(t, "one left", err, "release-alike")
		if n := at(t, d, p, "uji-a", "male"); n.N == nil || *n.N != 12 {
			t.Errorf("a live number is public: %v", n)
		}
		p.Clock.To(today.Add(40))
		counted(t, p, p.B, today.Add(30), "female", "70-", "35.07", 30)
		_, err = d.Publish(p.Ctx, wulan, opendata.Releasing{Family: "penghuni", Digest: v.Digest})
		province.Wants(t, "an old preview", err, "release-changed")
		_, err = d.Publish(p.Ctx, wulan, opendata.Releasing{Family: "penghuni", Note: "Satu catatan diperbaiki."})
		province.Must(t, err)
		if n := at(t, d, p, "uji-a", "male"); n.N != nil || n.Was == nil || *n.Was != 12 || n.WasOn != today {
			t.Errorf("one left there: %+v", n)
		}
		if n := at(t, d, p, "*", "*"); n.N == nil || *n.N != 141 {
			t.Errorf("the total: %+v", n)
		}
		s, err := d.Sheet(p.Ctx, "penghuni-menurut-panti")
		if err != nil || len(s.History) != 2 || s.History[0].Note == "" || s.History[1].Digest != first.Digest {
			t.Errorf("the history: %v %v", s.History, err)
		}
		secret(t, p)
		o, err := d.Ledger(p.Ctx, p.As("joko"), 0, 10)
		if err != nil || len(o.Ledger) != 2 || o.Last["penghuni"].N != 2 {
			t.Errorf("the ledger: %v %v", o, err)
		}
		h, err := d.Headlines(p.Ctx, text.ID)
		if err != nil || len(h) != 3 || h[0].Big != "141" || h[2].Big != "" {
			t.Errorf("the first page: %v %v", h, err)
		}
	})
}

// secret looks into the rows that the public may read: no number that is hidden stands there, be it under whatever name.
func secret(t *testing.T, p *province.Province) {
	t.Helper()
	rows, err := p.Beside().QueryContext(p.Ctx, `select x.dataset, x.body, u.cells from open_tables x join open_truths u on u.id = x.release_id`)
	province.Must(t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var dataset, body, cells string
		province.Must(t, rows.Scan(&dataset, &body, &cells))
		var table opendata.Table
		province.Must(t, json.Unmarshal([]byte(body), &table))
		for _, line := range table.Cells {
			for _, n := range line {
				if n.N != nil && *n.N > 0 && *n.N < 10 && dataset != "keterisian-panti" {
					t.Errorf("%s shows %d", dataset, *n.N)
				}
			}
		}
		if strings.Contains(body, `"truth"`) || strings.Contains(body, `"why"`) {
			t.Errorf("%s tells more than it should: %s", dataset, body)
		}
	}
	province.Must(t, rows.Err())
}

// The threshold is chosen within bounds, by who may; the next release keeps to it.
func TestSetting(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, wulan := desk(p), p.As("wulan")
		_, err := d.Choose(p.Ctx, wulan, opendata.Choosing{Threshold: 2})
		if k := province.Kind(err); k != "invalid" {
			t.Errorf("too low: %v", err)
		}
		_, err = d.Choose(p.Ctx, p.As("joko"), opendata.Choosing{Threshold: 20})
		province.Wants(t, "the head of an institution", err, "denied")
		_, err = d.Choose(p.Ctx, wulan, opendata.Choosing{Threshold: 20, Monthly: true})
		province.Must(t, err)
		counted(t, p, p.A, today, "female", "70-", "35.09", 43)
		counted(t, p, p.A, today, "male", "60-69", "35.78", 52)
		counted(t, p, p.B, today, "female", "70-", "35.09", 31)
		counted(t, p, p.B, today, "male", "60-69", "35.09", 12)
		province.Must(t, d.Monthly(p.Ctx))
		if n := at(t, d, p, "uji-b", "male"); n.N != nil {
			t.Errorf("twelve of a threshold of twenty is shown: %v", *n.N)
		}
		province.Must(t, d.Monthly(p.Ctx)) // the same month: once is enough
		o, err := d.Ledger(p.Ctx, wulan, 0, 10)
		if err != nil || len(o.Ledger) != 1 || o.Ledger[0].Threshold != 20 || !o.Setting.Monthly {
			t.Errorf("by itself: %+v %v", o, err)
		}
		p.Clock.To(today.AddMonths(1))
		province.Must(t, desk(p).Monthly(p.Ctx))
		if o, err = d.Ledger(p.Ctx, wulan, 0, 10); err != nil || len(o.Ledger) != 2 {
			t.Errorf("the month after: %+v %v", o.Ledger, err)
		}
	})
}

// A question about a number is a report of its own kind, with a number to follow it by.
func TestAsk(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		r := participation.New(p.Store, p.Cases)
		stamp, err := r.Stamp(p.Ctx)
		province.Must(t, err)
		_, err = r.Ask(p.Ctx, "198.51.100.7", "Tentang angka", participation.Question{Text: "Mengapa turun?", Sent: gate.Sent{Stamp: stamp}})
		province.Wants(t, "too soon", err, "form-soon")
		p.Clock.Pass(5 * time.Second)
		_, err = r.Ask(p.Ctx, "198.51.100.7", "Tentang angka", participation.Question{Text: "Mengapa turun?", Sent: gate.Sent{Stamp: stamp, Website: "http://spam"}})
		province.Wants(t, "a robot", err, "form-robot")
		_, err = r.Ask(p.Ctx, "198.51.100.7", "Tentang angka", participation.Question{Text: "Mengapa turun?", Sent: gate.Sent{Stamp: "x.y.z"}})
		province.Wants(t, "a forged form", err, "form-old")
		for range 2 { // sent twice is one question
			secret, err := r.Ask(p.Ctx, "198.51.100.7", "Tentang angka", participation.Question{Text: "Mengapa turun?", Sent: gate.Sent{Stamp: stamp}})
			province.Must(t, err)
			c, err := r.ReceiptOf(p.Ctx, secret)
			if err != nil || c.Number == "" || c.Code == "" {
				t.Errorf("the receipt: %+v %v", c, err)
			}
		}
		all, _, err := r.Reports(p.Ctx, p.As("wulan"), participation.Filter{Category: "question", Limit: 10})
		if err != nil || len(all) != 1 || all[0].Description != "Tentang angka\n\nMengapa turun?" || all[0].AnswerDueOn == "" {
			t.Errorf("the reports: %+v %v", all, err)
		}
	})
}
