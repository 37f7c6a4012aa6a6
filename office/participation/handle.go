package participation

import (
	"context"
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/person"
)

var (
	judgeReport    = store.NewAct("report.judge", who.HandleReport)
	dispatchReport = store.NewAct("report.dispatch", who.HandleReport)
	visitReport    = store.NewAct("report.visit", who.HandleReport)
	finishReport   = store.NewAct("report.finish", who.HandleReport)
	writeReport    = store.NewAct("report.message", who.HandleReport)
	mergeReport    = store.NewAct("report.merge", who.HandleReport)
	referReport    = store.NewAct("report.reference", who.HandleReport)
	sortReport     = store.NewAct("report.category", who.HandleReport)
	beginCase      = store.NewAct("report.case", who.OpenCase)
)

// change is the way of every deed: the report as the asker may see it, the deed, its step, the version.
func (d *Desk) change(ctx context.Context, by who.Asker, act store.Act, report id.ID, version int64, do func(*store.Tx, *Report) error) (r Report, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if r, err = byID(tx, report); err != nil {
			return err
		}
		if version != 0 && version != r.Version {
			return fail.Stale
		}
		if err := do(tx, &r); err != nil {
			return err
		}
		return keepReport(tx, &r)
	})
	return r.shown(by), err
}

// step moves a report by a deed and writes down what happened, with what the reporter is told.
func step(tx *store.Tx, r *Report, deed, body string) error {
	if err := r.move(deed, tx.Today()); err != nil {
		return err
	}
	if r.answered(tx.Today()) {
		tx.Count(measureAnswered, 0, r.AnsweredOn, r.inTime(), 1)
	}
	return addStep(tx, *r, Step{Kind: r.State, Sender: "staff", By: tx.By().Name, Body: body, Shown: true})
}

// Verdict is what came of looking into a report.
type Verdict struct {
	Verdict string `json:"verdict" required:"true" enum:"real,false,known,outside" ask:"Pilih hasil pemeriksaan."`
	Message string `json:"message,omitempty" maxLength:"2000"`
}

// Verify says whether a report is real. One that is false, known already or not our field is closed, and its reporter is
// told why: so the message is asked for.
func (d *Desk) Verify(ctx context.Context, by who.Asker, report id.ID, version int64, in Verdict) (Report, error) {
	return d.change(ctx, by, judgeReport, report, version, func(tx *store.Tx, r *Report) error {
		if in.Verdict != "real" && in.Message == "" {
			return fail.Bad("message", "required", "Tulis kepada pelapor mengapa.")
		}
		deed := map[string]string{"real": doConfirm, "false": doDismiss, "known": doDismiss, "outside": doPassOn}[in.Verdict]
		if err := step(tx, r, deed, in.Message); err != nil {
			return err
		}
		r.Outcome = map[string]string{"false": OutcomeFalse, "known": OutcomeKnown, "outside": OutcomePassed}[in.Verdict]
		tx.Record(r.entry("Laporan %s diperiksa.", map[string]string{"verdict": in.Verdict}))
		return nil
	})
}

// Dispatching hands a report on.
type Dispatching struct {
	Centre  id.ID  `json:"centre_id,omitempty"`
	Agency  id.ID  `json:"agency_id,omitempty"`
	Message string `json:"message,omitempty" maxLength:"2000"`
}

// Dispatch hands a report to an institution, or to an agency or district. One that is sealed goes to no institution.
func (d *Desk) Dispatch(ctx context.Context, by who.Asker, report id.ID, version int64, in Dispatching) (Report, error) {
	return d.change(ctx, by, dispatchReport, report, version, func(tx *store.Tx, r *Report) error {
		switch {
		case (in.Centre == 0) == (in.Agency == 0):
			return fail.Bad("centre_id", "required", "Pilih satu UPT, atau satu lembaga.")
		case r.Sealed && in.Centre != 0:
			return fail.Broken("report-sealed", "Laporan tentang kekerasan di panti tidak diteruskan ke UPT mana pun.")
		}
		if in.Centre != 0 {
			if _, err := centre.ByID(tx, in.Centre); err != nil {
				return fail.Bad("centre_id", "unknown", "UPT ini tidak ada.")
			}
		}
		if in.Agency != 0 {
			n, err := store.One(tx, agencyThere, store.Int, in.Agency)
			if err != nil {
				return err
			}
			if n == 0 {
				return fail.Bad("agency_id", "unknown", "Lembaga ini tidak ada.")
			}
		}
		if !tx.By().Whole().All && in.Centre != 0 && !tx.By().Scope.Has(in.Centre) {
			return fail.Broken("report-not-yours", "UPT mengembalikan laporan ke Dinas Sosial; hanya Dinas Sosial yang meneruskannya ke UPT lain.")
		}
		r.Centre, r.Agency = in.Centre, in.Agency
		if err := step(tx, r, doDispatch, in.Message); err != nil {
			return err
		}
		tx.Record(r.entry("Laporan %s diteruskan.", in))
		if in.Centre != 0 {
			tell(tx, *r, "report-yours", fail.Say("Laporan masyarakat %s diteruskan kepada UPT Anda.", r.Number), "")
		}
		return nil
	})
}

// Visit is what was found on the spot. Note is read by staff alone.
type Visit struct {
	On      clock.Day `json:"on" required:"true" ask:"Tulis tanggal kunjungan."`
	Note    string    `json:"note,omitempty" maxLength:"2000"`
	Message string    `json:"message,omitempty" maxLength:"2000"`
}

// RecordVisit writes a visit down.
func (d *Desk) RecordVisit(ctx context.Context, by who.Asker, report id.ID, version int64, in Visit) (Report, error) {
	return d.change(ctx, by, visitReport, report, version, func(tx *store.Tx, r *Report) error {
		if in.On > tx.Today() || in.On < r.ReceivedOn {
			return fail.Bad("on", "range", "Tanggal kunjungan harus sesudah laporan diterima dan tidak di masa depan.")
		}
		if err := step(tx, r, doVisit, in.Message); err != nil {
			return err
		}
		tx.Record(r.entry("Lokasi laporan %s dikunjungi.", map[string]any{"on": in.On}))
		if in.Note == "" {
			return nil
		}
		return addStep(tx, *r, Step{Kind: "note", Sender: "staff", By: tx.By().Name, Body: in.Note})
	})
}

// Result is how a report ended; the reporter reads the message.
type Result struct {
	Outcome string `json:"outcome" required:"true" enum:"helped,mended,gone,refused,passed,false,known" ask:"Pilih hasil."`
	Message string `json:"message" required:"true" maxLength:"2000" ask:"Tulis hasilnya kepada pelapor."`
}

// Finish closes a report with its result.
func (d *Desk) Finish(ctx context.Context, by who.Asker, report id.ID, version int64, in Result) (Report, error) {
	return d.change(ctx, by, finishReport, report, version, func(tx *store.Tx, r *Report) error {
		if err := step(tx, r, doFinish, in.Message); err != nil {
			return err
		}
		r.Outcome = in.Outcome
		tx.Record(r.entry("Laporan %s selesai.", map[string]string{"outcome": in.Outcome}))
		return nil
	})
}

// Message is a message to the reporter, or a note that only staff read.
type Message struct {
	Text   string `json:"text" required:"true" maxLength:"2000" ask:"Tulis pesannya."`
	Inside bool   `json:"inside,omitempty"`
}

// Tell sends a message, which the reporter reads at /lacak.
func (d *Desk) Tell(ctx context.Context, by who.Asker, report id.ID, in Message) (Report, error) {
	return d.change(ctx, by, writeReport, report, 0, func(tx *store.Tx, r *Report) error {
		s := Step{Kind: "message", Sender: "staff", By: tx.By().Name, Body: in.Text, Shown: !in.Inside}
		if in.Inside {
			s.Kind = "note"
		}
		tx.Record(r.entry("Pesan pada laporan %s ditulis.", nil))
		return addStep(tx, *r, s)
	})
}

// Joining names the report that goes on.
type Joining struct {
	Into string `json:"into" required:"true" maxLength:"20" ask:"Tulis nomor laporan yang dilanjutkan."`
}

// Merge joins a report to another of the same; both reporters then see the same progress.
func (d *Desk) Merge(ctx context.Context, by who.Asker, report id.ID, version int64, in Joining) (Report, error) {
	return d.change(ctx, by, mergeReport, report, version, func(tx *store.Tx, r *Report) error {
		into, _, err := byNumber(tx, plainNumber(in.Into))
		switch {
		case errors.Is(err, fail.NotFound):
			return fail.Bad("into", "unknown", "Nomor laporan ini tidak ada.")
		case err != nil:
			return err
		case into.ID == r.ID || into.MergedInto != 0:
			return fail.Bad("into", "itself", "Pilih laporan lain yang masih berdiri sendiri.")
		case into.Sealed != r.Sealed:
			return fail.Broken("report-sealed-merge", "Laporan tentang kekerasan di panti hanya digabung dengan yang sejenis.")
		}
		if err := step(tx, r, doMerge, ""); err != nil {
			return err
		}
		r.MergedInto = into.ID
		tx.Record(r.entry("Laporan %s digabung ke %s.", nil, into.Number))
		return rejoin(tx, r.ID, into.ID)
	})
}

// Reference is the number of the same report in SP4N-LAPOR, and its state there.
type Reference struct {
	Number string `json:"number" required:"true" maxLength:"40" pattern:"^[0-9A-Za-z./-]+$" ask:"Tulis nomor SP4N-LAPOR."`
	State  string `json:"state,omitempty" maxLength:"60"`
}

// Refer keeps the number of SP4N-LAPOR.
func (d *Desk) Refer(ctx context.Context, by who.Asker, report id.ID, version int64, in Reference) (Report, error) {
	return d.change(ctx, by, referReport, report, version, func(tx *store.Tx, r *Report) error { return refer(tx, r, in) })
}

func refer(tx *store.Tx, r *Report, in Reference) error {
	r.SP4N, r.SP4NState = in.Number, in.State
	tx.Record(r.entry("Nomor SP4N-LAPOR laporan %s dicatat.", in))
	return nil
}

// Sorting is another category.
type Sorting struct {
	Category string `json:"category" required:"true" enum:"person,service,abuse,facility,question,other" ask:"Pilih jenis laporan."`
}

// Sort puts a report into another category. Into abuse seals it at once: whoever lacks the right to such reports sees it no
// more. Out of it only who sees it can take it.
func (d *Desk) Sort(ctx context.Context, by who.Asker, report id.ID, version int64, in Sorting) (Report, error) {
	return d.change(ctx, by, sortReport, report, version, func(tx *store.Tx, r *Report) error {
		kind, _ := law.Reports.On(r.ReceivedOn).Category(in.Category)
		tx.Count(measureReceived, 0, r.ReceivedOn, r.Category, -1)
		tx.Count(measureReceived, 0, r.ReceivedOn, in.Category, 1)
		r.Category, r.Sealed, r.Open = in.Category, kind.Sealed, kind.Open
		if r.Sealed {
			r.Centre = 0
		}
		tx.Record(r.entry("Jenis laporan %s diubah.", nil))
		return nil
	})
}

// NewCase begins a case from a report, with somebody who is known, or without a name.
type NewCase struct {
	Centre id.ID  `json:"centre_id" required:"true" ask:"Pilih UPT."`
	Kind   string `json:"ppks_type" required:"true" maxLength:"60" ask:"Pilih jenis PPKS."`
	Person id.ID  `json:"person_id,omitempty"`
	Called string `json:"called_name,omitempty" maxLength:"120"`
	Sex    string `json:"sex,omitempty" enum:"female,male,unknown"`
}

// BeginCase opens a case in its first stage, which goes on where the report ends: linked both ways.
func (d *Desk) BeginCase(ctx context.Context, by who.Asker, report id.ID, version int64, in NewCase) (r Report, err error) {
	if !by.May(who.HandleReport) {
		return r, fail.Denied
	}
	return d.change(ctx, by, beginCase, report, version, func(tx *store.Tx, r *Report) error {
		switch {
		case r.State == Received || !r.Live():
			return fail.Broken("report-unverified", "Kasus dimulai dari laporan yang sudah diperiksa dan belum selesai.")
		case r.Case != 0:
			return fail.Broken("report-has-case", "Laporan ini sudah menjadi kasus.")
		}
		if in.Person == 0 {
			if in.Called == "" {
				in.Called = "Tanpa Nama"
			}
			p, err := person.Ready(person.Entry{ID: id.New(), Centre: in.Centre, Names: []person.Name{{Kind: "alias", Text: in.Called}}, Sex: in.Sex,
				HomeRegion: "", FoundPlace: cut(r.Place, 200), FoundOn: r.ReceivedOn}, tx.Today())
			if err != nil {
				return err
			}
			entered, err := person.Enter(tx, p)
			if err != nil {
				return err
			}
			in.Person = entered.ID
		}
		c, err := casework.Open(tx, casework.Opening{Person: in.Person, Centre: in.Centre, Kind: in.Kind, OpenedOn: tx.Today(), Source: casework.FromReport + r.Number,
			Story: r.Description})
		if err != nil {
			return err
		}
		r.Case = c.ID
		tx.Record(store.Entry{Kind: "case", ID: c.ID, Person: c.Person, Case: c.ID, Centre: c.Centre, Say: fail.Say("Kasus dimulai dari laporan masyarakat %s.", r.Number)})
		return addStep(tx, *r, Step{Kind: "case", Sender: "staff", By: tx.By().Name, Shown: true})
	})
}

func cut(s string, n int) string {
	if letters := []rune(s); len(letters) > n {
		return string(letters[:n])
	}
	return s
}
