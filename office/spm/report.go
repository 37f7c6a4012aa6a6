package spm

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/law"
)

// States of a report.
const (
	Draft    = "draft"
	Approved = "approved"
	Sent     = "sent" // to both
)

// Receivers are to whom the governor reports (Permensos 16/2019 Pasal 46 h, 53).
var (
	Receivers     = []string{"mensos", "mendagri"}
	receiverWords = map[string]text.Word{"mensos": "Menteri Sosial", "mendagri": "Menteri Dalam Negeri"}
	reportWords   = map[string]text.Word{Draft: "Draf", Approved: "Disahkan|laporan", Sent: "Terkirim|laporan"}
)

// Report is the governor's report of a year: a draft follows the figures, an approved one is frozen with its SHA-256.
type Report struct {
	ID         id.ID
	Version    int64 // 0: not begun
	Year       Year
	State      string
	Foreword   string
	Body       string // as it was frozen, or as it stands now
	SHA256     string
	ApprovedAt time.Time
	ApprovedBy string
	By         string
	Sendings   []Sending
}

// Sending is when and by which letter the report went to a minister.
type Sending struct {
	ID       id.ID
	Receiver string
	On       clock.Day
	LetterNo string
	By       string
}

// SetReport is what the office writes itself in the report.
type SetReport struct {
	Foreword string `json:"foreword" required:"true" maxLength:"4000" ask:"Tulis pengantar laporan."`
}

// SetSending is a sending as it is written down.
type SetSending struct {
	Receiver string    `json:"receiver" required:"true" enum:"mensos,mendagri" ask:"Pilih penerimanya."`
	On       clock.Day `json:"sent_on" required:"true" ask:"Tulis tanggal surat dikirim."`
	LetterNo string    `json:"letter_no" required:"true" maxLength:"80" ask:"Tulis nomor suratnya."`
}

// mayApprove holds that a report says of every group what came of it.
func mayApprove(r Report, groups []law.Named, entries []Entry) error {
	var g fail.Gate
	g.Need(r.Version > 0, "spm-report-empty", "Pengantar laporan belum ditulis.")
	for _, one := range groups {
		written := false
		for _, e := range entries {
			written = written || e.Group == one.Key && e.Result != ""
		}
		g.Need(written, "spm-result-missing", "Hasil belum ditulis untuk salah satu kelompok.")
	}
	if len(g.Missing()) > 0 {
		return &fail.Rule{Name: "spm-report-incomplete", Say: fail.Say("Laporan belum bisa disahkan."), Missing: g.Missing()[:1]}
	}
	return nil
}

// maySend holds that what is sent was approved, once to each, on a day that is past.
func maySend(r Report, in SetSending, today clock.Day) error {
	if r.Version == 0 || r.State == Draft {
		return fail.Broken("spm-report-draft", "Laporan ini belum disahkan.")
	}
	for _, s := range r.Sendings {
		if s.Receiver == in.Receiver {
			return fail.Clash("spm-report-sent", "Laporan ini sudah dikirim kepada penerima itu.")
		}
	}
	switch {
	case in.On > today:
		return fail.Bad("sent_on", "future", "Tanggal %s belum terjadi.", in.On)
	case in.On < clock.DayOf(r.ApprovedAt):
		return fail.Bad("sent_on", "order", "Tanggal %s lebih awal dari pengesahan.", in.On)
	}
	return nil
}

// Report reads the report of a year with the tables it is made of.
func (d *Desk) Report(ctx context.Context, by who.Asker, y Year) (r Report, err error) {
	all, err := d.All(ctx, by, y, 0, "")
	if err != nil {
		return r, err
	}
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		r, err = d.report(tx, y)
		return err
	})
	if r.State == Draft {
		r.Body = compose(r, all)
	}
	return r, err
}

func (d *Desk) report(tx *store.Tx, y Year) (r Report, err error) {
	r, err = reportAt(tx, y)
	if errors.Is(err, fail.NotFound) {
		return Report{Year: y, State: Draft}, nil
	}
	if err == nil {
		r.Sendings, err = sendingsOf(tx, r.ID)
	}
	return r, err
}

// Reports lists the reports that were begun, the newest year first.
func (d *Desk) Reports(ctx context.Context, by who.Asker) (all []Report, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		all, err = reportsAll(tx)
		return err
	})
	return all, err
}

func reportEntry(r Report, say fail.Saying, what any) store.Entry {
	return store.Entry{Kind: "spm", ID: r.ID, Say: say, What: what}
}

// Write writes the foreword of a draft.
func (d *Desk) Write(ctx context.Context, by who.Asker, y Year, version int64, in SetReport) (r Report, err error) {
	return d.change(ctx, by, write, y, version, func(tx *store.Tx, r *Report) error {
		if r.State != Draft {
			return fail.Broken("spm-report-frozen", "Laporan ini sudah disahkan dan tidak berubah lagi.")
		}
		r.Foreword = in.Foreword
		tx.Record(reportEntry(*r, fail.Say("Pengantar laporan SPM %s ditulis.", y.Text()), in))
		return nil
	})
}

// Approve freezes the report: the text and its SHA-256 are kept, and it does not change any more.
func (d *Desk) Approve(ctx context.Context, by who.Asker, y Year, version int64) (r Report, err error) {
	all, err := d.All(ctx, by, y, 0, "")
	if err != nil {
		return r, err
	}
	return d.change(ctx, by, approve, y, version, func(tx *store.Tx, r *Report) error {
		if r.State != Draft {
			return fail.Broken("spm-report-frozen", "Laporan ini sudah disahkan dan tidak berubah lagi.")
		}
		entries, err := entriesOf(tx, y)
		if err != nil {
			return err
		}
		if err := mayApprove(*r, y.rules(tx.Today()).Groups, entries); err != nil {
			return err
		}
		r.State, r.Body, r.ApprovedAt, r.ApprovedBy = Approved, compose(*r, all), tx.Now(), by.Name
		r.SHA256 = upload.Sum([]byte(r.Body))
		tx.Record(reportEntry(*r, fail.Say("Laporan SPM %s disahkan.", y.Text()), map[string]any{"sha256": r.SHA256}))
		return nil
	})
}

// Send writes down by which letter the report went to a minister; when both have it, it is sent.
func (d *Desk) Send(ctx context.Context, by who.Asker, y Year, version int64, in SetSending) (r Report, err error) {
	return d.change(ctx, by, send, y, version, func(tx *store.Tx, r *Report) error {
		if err := maySend(*r, in, tx.Today()); err != nil {
			return err
		}
		s := Sending{id.New(), in.Receiver, in.On, in.LetterNo, by.Name}
		if err := insertSending(tx, r.ID, s); err != nil {
			return err
		}
		if r.Sendings = append(r.Sendings, s); len(r.Sendings) == len(Receivers) {
			r.State = Sent
		}
		tx.Record(reportEntry(*r, fail.Say("Laporan SPM %s dikirim.", y.Text()), in))
		return nil
	})
}

// change changes the report of a year under its version.
func (d *Desk) change(ctx context.Context, by who.Asker, act store.Act, y Year, version int64, do func(tx *store.Tx, r *Report) error) (r Report, err error) {
	if err := wholeProvince(by); err != nil {
		return r, err
	}
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if r, err = d.report(tx, y); err != nil {
			return err
		}
		if version != 0 && version != r.Version {
			return fail.Stale
		}
		r.By = by.Name
		if r.ID == 0 {
			r.ID = id.New()
		}
		if err := do(tx, &r); err != nil {
			return err
		}
		return keepReport(tx, &r)
	})
	return r, err
}

// compose writes the report as it stands now: plain text, Indonesian, headings begin with "## ", lines of lists with "- ".
// What is frozen is this text.
func compose(r Report, all []Table) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("## Laporan penyelenggaraan rehabilitasi sosial dasar di dalam panti dan SPM bidang sosial, tahun %s", r.Year.Text())
	line("Dari: Gubernur Jawa Timur. Kepada: Menteri Sosial dan Menteri Dalam Negeri.")
	line("Dasar: Permensos 16/2019 Pasal 46 huruf h dan 53; PP 2/2018 Pasal 17.")
	if r.Foreword != "" {
		line("%s", strings.TrimSpace(r.Foreword))
	}
	for _, t := range all {
		line("## %s", t.Group.Name)
		composeGroup(line, t)
	}
	line("## Rekapitulasi kabupaten/kota (di luar panti)")
	for _, t := range all {
		if t.Outside.Reported == 0 {
			line("- %s: belum ada kabupaten/kota yang melaporkan.", t.Group.Name)
			continue
		}
		line("- %s: %d kabupaten/kota melaporkan; dilayani %d dari %d orang yang berhak.", t.Group.Name, t.Outside.Reported, t.Outside.Served, t.Outside.Entitled)
	}
	if len(all) > 0 {
		line("Data sampai %s. Aturan: %s.", text.Day(text.ID, all[0].To), Version(all[0].To))
	}
	return b.String()
}

func composeGroup(line func(string, ...any), t Table) {
	switch p, ok := t.Percent(); {
	case ok:
		line("Capaian: %d dari %d orang (%s%%) terpenuhi kebutuhan dasarnya di dalam panti; target %d%%.", t.X, t.Y, text.Decimal(text.ID, p, 1), t.Rules.Target)
	case t.TooLow():
		line("Capaian: %d orang terpenuhi kebutuhan dasarnya di dalam panti; yang dihimpun sebagai berhak %d orang, padahal paling sedikit %d orang. Data perlu diperiksa.", t.X, t.Y, t.Least())
	default:
		line("Capaian: %d orang terpenuhi kebutuhan dasarnya di dalam panti; jumlah yang berhak belum dihimpun, paling sedikit %d orang.", t.X, t.Least())
	}
	if t.Index.Known {
		line("Indeks capaian SPM: %s (%s; bobot diasumsikan).", text.Decimal(text.ID, t.Index.Float(), 2), t.Index.Category.Name)
	}
	short, cost := t.Short()
	line("Kekurangan: %d kebutuhan belum tersedia, biaya %s; %d tempat di panti.", short, text.Money(text.ID, cost), t.Places())
	for _, s := range t.Entry.Steps {
		line("- %s: %s%s.", text.T(text.ID, string(stepWords[s.Key])), strings.ToLower(text.T(text.ID, string(doneWords[s.State]))), sinceDay(s.On))
	}
	for _, one := range []struct{ name, value string }{{"Hasil", t.Entry.Result}, {"Kendala", t.Entry.Obstacles}} {
		if one.value != "" {
			line("%s: %s", one.name, strings.TrimSpace(one.value))
		}
	}
	line("Anggaran: %s, terserap %s.", text.Money(text.ID, t.Entry.Budget), text.Money(text.ID, t.Entry.Spent))
}

func sinceDay(d clock.Day) string {
	if d == "" {
		return ""
	}
	return ", " + text.Day(text.ID, d)
}

// Version names the rules behind the figures of a day.
func Version(on clock.Day) string { return law.SPMs.Version(on) + "; " + law.Items.Version(on) }

// Para is one paragraph of the report as a page shows it.
type Para struct {
	Kind string // head, line, ""
	Text string
}

// Paras cuts the report into paragraphs.
func (r Report) Paras() (all []Para) {
	for s := range strings.SplitSeq(r.Body, "\n") {
		p := Para{Text: strings.TrimSpace(s)}
		for prefix, kind := range map[string]string{"## ": "head", "- ": "line"} {
			if rest, cut := strings.CutPrefix(p.Text, prefix); cut {
				p = Para{kind, rest}
			}
		}
		if p.Text != "" {
			all = append(all, p)
		}
	}
	return all
}
