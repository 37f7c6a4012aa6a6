package coordination

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/centre"
)

var (
	prepareReferral = store.NewAct("referral.prepare", who.SendReferral)
	sendReferral    = store.NewSystemAct("referral.send", who.SendReferral)
)

// facts are what the rules of a referral look at.
type facts struct {
	file    casework.File
	service Service
	agency  Agency
	here    bool // a centre of this province serves the kind
	open    int64
	by      who.Asker
}

// signedBySocialWorker gives the newest assessment that a Pekerja Sosial with a certificate signed.
func signedBySocialWorker(f casework.File) id.ID {
	for _, a := range f.Assessments { // newest first
		if a.SignedOn != "" && a.CertificateNo != "" {
			return a.ID
		}
	}
	return 0
}

// consentFor gives the consent to share data for a referral that holds today.
func consentFor(f casework.File) id.ID {
	for _, c := range slices.Backward(f.Consents) {
		if c.Purpose == "referral" && c.Holds(f.Today) {
			return c.ID
		}
	}
	return 0
}

// mayConfide holds who sends the data of a restricted person at all: who holds the right, nobody by carrying the case.
func mayConfide(f casework.File, by who.Asker) error {
	if f.Who.Restricted && !by.May(who.SeeRestricted) {
		return fail.Broken("referral-restricted", "Akses ke orang ini dibatasi. Datanya hanya boleh dirujuk oleh Kepala UPT atau yang diberi hak melihat data terbatas.")
	}
	return nil
}

// mayRefer holds what every referral rests on: a running case, an assessment signed by a Pekerja Sosial (Permensos
// 16/2019 Pasal 18 ayat (9)), and a basis for sharing data: a consent that holds (UU 27/2022 Pasal 22, 24) or another
// that is named. Nobody waives these.
func mayRefer(f facts, in NewReferral) error {
	var g fail.Gate
	g.Need(f.file.Open(), "case-closed", "Kasus ini sudah ditutup.")
	g.Need(signedBySocialWorker(f.file) != 0, "referral-assessment", "Belum ada asesmen yang ditandatangani Pekerja Sosial bersertifikat (Pasal 18 ayat (9)).")
	g.Need(in.Basis != "consent" || consentFor(f.file) != 0, "consent-missing", "Belum ada persetujuan berbagi data untuk rujukan yang berlaku. Catat persetujuannya, atau pilih dasar lain.")
	g.Need(f.agency.RetiredOn == "" && f.service.RetiredOn == "", "agency-retired", "Lembaga atau layanan ini sudah tidak dipakai.")
	g.Need(!f.service.Full(), "service-full", "Layanan ini tercatat penuh.")
	if len(g.Missing()) > 0 {
		return &fail.Rule{Name: "referral-gate", Say: fail.Say("Rujukan belum bisa disiapkan."), Missing: g.Missing()}
	}
	if in.Basis != "consent" && in.BasisNote == "" {
		return fail.Bad("basis_note", "required", "Tulis mengapa data boleh dibagikan tanpa persetujuan.")
	}
	if f.open > 0 {
		return fail.Clash("referral-open", "Rujukan kasus ini ke layanan yang sama masih terbuka.")
	}
	return nil
}

// mayRoute holds where Pasal 18 lets a person go: to a panti after seven days outside it without reunification (ayat
// (3); a waiver lifts it), to a central unit after three months in the panti (ayat (4)), to another province's panti
// when none is here (ayat (5)). To the family the way is the termination (ayat (1)): casework.
func mayRoute(f facts, in NewReferral) error {
	switch f.agency.Kind {
	case UPT:
		if f.file.Setting != casework.Outside || sevenDays(f.file) {
			return nil
		}
		if in.Waiver != nil && in.Waiver.Reason != "" {
			if !f.by.May(who.WaiveRule) {
				return fail.Denied
			}
			return nil
		}
		return broken("referral-seven-days", "seven-days", "Ke panti baru setelah tujuh hari layanan di luar panti tanpa reunifikasi (Pasal 18 ayat (3)). Kepala UPT dapat memberi pengecualian.")
	case CentralUnit:
		return casework.MayReferCentrally(f.file, f.file.Today)
	case OtherProvince:
		if f.here {
			return broken("referral-province", "served-here", "Ke panti provinsi lain hanya bila di Jawa Timur tidak ada yang melayani (Pasal 18 ayat (5)).")
		}
	}
	return nil
}

func broken(name, code, sentence string) error {
	return &fail.Rule{Name: name, Say: fail.Say("Rujukan ke sana belum memenuhi Permensos 16/2019 Pasal 18."), Missing: []fail.Missing{{Code: code, Say: fail.Say(sentence)}}}
}

// sevenDays tells whether the days outside of Pasal 18 ayat (3) are over.
func sevenDays(f casework.File) bool {
	for _, c := range law.Criteria.On(f.Today) {
		if c.Fact == "outside-days" {
			since := f.OutsideSince
			if since == "" {
				since = f.OpenedOn
			}
			return since.Add(c.Days) <= f.Today
		}
	}
	return true
}

// dueDay gives the day of the answer: a working day of the calendar, that of the usual term when none is named.
func dueDay(wanted, today clock.Day) (clock.Day, error) {
	switch {
	case wanted == "":
		return law.AddWorkingDays(today, law.Referral.On(today).AnswerDays), nil
	case wanted <= today:
		return "", fail.Bad("due_on", "past", "Beri waktu: tenggat paling cepat %s.", law.AddWorkingDays(today, 1))
	case wanted > today.AddMonths(6):
		return "", fail.Bad("due_on", "far", "Tenggat jawaban paling lama enam bulan.")
	case !law.Calendar.On(wanted).Works(wanted):
		return "", fail.Bad("due_on", "holiday", "%s bukan hari kerja. Hari kerja berikutnya %s.", wanted, law.AddWorkingDays(wanted, 0))
	}
	return wanted, nil
}

// Prepare writes a referral with exactly what its receiver would see. It is looked at, then sent.
func (d *Desk) Prepare(ctx context.Context, by who.Asker, caseID id.ID, in NewReferral) (r Referral, err error) {
	err = d.store.Write(ctx, by, prepareReferral, func(tx *store.Tx) error {
		f, err := factsOf(tx, caseID, in.Service)
		if err != nil {
			return err
		}
		if in.ID != 0 {
			if old, err := referralByID(tx, in.ID); err == nil {
				r = old
				if old.Case == caseID && old.Service == in.Service && old.Need == in.Need {
					return errSame
				}
				return fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
			}
		}
		r, err = prepared(tx, f, in)
		return err
	})
	return r, notSame(err)
}

// prepared checks and writes a referral.
func prepared(tx *store.Tx, f facts, in NewReferral) (r Referral, err error) {
	if err := mayConfide(f.file, f.by); err != nil {
		return r, err
	}
	if err := mayRefer(f, in); err != nil {
		return r, err
	}
	if err := mayRoute(f, in); err != nil {
		return r, err
	}
	if in.DueOn, err = dueDay(in.DueOn, tx.Today()); err != nil {
		return r, err
	}
	if in.Extras, err = mayShare(f, in.Extras); err != nil {
		return r, err
	}
	r = Referral{ID: in.ID, Version: 1, Case: f.file.ID, Person: f.file.Person, Centre: f.file.Centre, CentreName: f.file.CentreName, ToCentre: f.agency.Centre, Agency: f.agency.ID, AgencyName: f.agency.Name,
		AgencyKind: f.agency.Kind, Service: f.service.ID, Category: f.service.Category, Kind: f.file.Kind, Region: f.file.Region, Need: in.Need, Basis: in.Basis, BasisNote: in.BasisNote, Assessment: signedBySocialWorker(f.file), Extras: in.Extras,
		State: Prepared, DueOn: in.DueOn, MadeOn: tx.Today(), User: f.by.User, By: f.by.Name, Called: f.file.Who.Called}
	if r.ID == 0 {
		r.ID = id.New()
	}
	if in.Basis == "consent" {
		r.Consent = consentFor(f.file)
	}
	if in.Waiver != nil && in.Waiver.Reason != "" {
		r.Note = in.Waiver.Reason
	}
	r.Frozen = freeze(f, r)
	if err := insertReferral(tx, r); err != nil {
		return r, err
	}
	say := fail.Say("Rujukan ke %s disiapkan.", r.AgencyName)
	if r.Note != "" {
		say = fail.Say("Rujukan ke %s disiapkan dengan pengecualian.", r.AgencyName)
	}
	return r, stepped(tx, r, say, r.Note)
}

// stepped records a step of a referral in its history and in the record. What was said of a person stays in the rows.
func stepped(tx *store.Tx, r Referral, say fail.Saying, note string) error {
	by := tx.By()
	tx.Record(store.Entry{Kind: "referral", ID: r.ID, Person: r.Person, Case: r.Case, Centre: r.Centre, Say: say,
		What: map[string]any{"state": r.State, "agency": r.Agency, "basis": r.Basis, "fields": r.Frozen.keys(), "due_on": r.DueOn, "reason": r.Reason, "result": r.Result}})
	return insertEvent(tx, r, by.Via, by.Name, note)
}

func factsOf(tx *store.Tx, caseID, service id.ID) (f facts, err error) {
	f.by = tx.By()
	if f.file, err = casework.FileOf(tx, caseID); err != nil {
		return f, err
	}
	if f.service, err = serviceByID(tx, service); err != nil {
		return f, fail.Bad("service_id", "unknown", "Layanan ini tidak ada di direktori.")
	}
	if f.agency, err = agencyByID(tx, f.service.Agency); err != nil {
		return f, err
	}
	if f.agency.Kind == OtherProvince {
		all, err := centre.All(tx)
		if err != nil {
			return f, err
		}
		f.here = slices.ContainsFunc(all, func(c centre.Centre) bool { return c.Serves(f.file.Kind) })
	}
	f.open, err = openTo(tx, caseID, service)
	return f, err
}

// Send lets a prepared referral go. The basis is looked at once more: a consent may have been withdrawn in between.
func (d *Desk) Send(ctx context.Context, by who.Asker, referral id.ID, version int64, site string) (r Referral, err error) {
	err = d.store.Write(ctx, by, sendReferral, func(tx *store.Tx) error {
		if r, err = takeReferral(tx, referral, version, doSend); err != nil {
			return err
		}
		f, err := factsOf(tx, r.Case, r.Service)
		if err != nil {
			return err
		}
		f.open = 0 // it is this one
		if err := mayConfide(f.file, by); err != nil {
			return err
		}
		if err := mayRefer(f, NewReferral{Basis: r.Basis, BasisNote: r.BasisNote}); err != nil {
			return err
		}
		if r.DueOn <= tx.Today() {
			r.DueOn = law.AddWorkingDays(tx.Today(), law.Referral.On(tx.Today()).AnswerDays)
		}
		r.State, r.SentOn, r.SentAt, r.Site = Sent, tx.Today(), tx.Now(), site
		if err := keepReferral(tx, &r); err != nil {
			return err
		}
		if err := d.seenFull(tx, f, r); err != nil {
			return err
		}
		if err := d.tellAgency(tx, f.agency, r); err != nil {
			return err
		}
		return stepped(tx, r, fail.Say("Rujukan dikirim ke %s.", r.AgencyName), "")
	})
	return r, err
}
