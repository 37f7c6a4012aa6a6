package coordination

import (
	"context"
	"slices"
	"time"

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
	lookReferral    = store.NewAct("referral.look", who.SeeCase)
	prepareReferral = store.NewAct("referral.prepare", who.SendReferral)
	sendReferral    = store.NewSystemAct("referral.send", who.SendReferral)
)

// Referral is a case, or one need of it, put into the hands of somebody else: what was asked, which data went along,
// on which basis, by when an answer is owed, and how it went.
type Referral struct {
	ID           id.ID
	Version      int64
	Case, Person id.ID
	Centre       id.ID // that sends
	ToCentre     id.ID // that receives, when a UPT does; else 0
	Agency       id.ID
	Service      id.ID
	Category     string
	Kind         string // of PPKS
	Region       string // home district as counted
	Need         string
	Basis        string // a key of law.Referral.Bases
	BasisNote    string
	Consent      id.ID
	Assessment   id.ID // of a Pekerja Sosial, on which it rests (Pasal 18 ayat (9))
	Extras       []Extra
	Frozen       Frozen // exactly what the receiver sees
	State        string
	DueOn        clock.Day // an answer is owed
	MadeOn       clock.Day
	SentOn       clock.Day
	SentAt       time.Time
	AnsweredAt   time.Time
	StartedOn    clock.Day
	StartedProof string
	FinishedOn   clock.Day
	Result       string // a key of law.Referral.Results
	Reason       string // of a refusal: a key of law.Referral.Refusals
	Note         string // the last word: of a question, a refusal, a result
	Steps        int64  // of escalation, so far
	Attachment   id.ID  // the file of the result, in the case
	Former       id.ID  // the referral that this one replaces
	User         id.ID
	By           string
	Site         string
	AgencyName   string
	AgencyKind   string
	CentreName   string
	Called       string
	Events       []Event // with one referral
}

// Path is the page of the referral.
func (r Referral) Path() string { return "/referrals/" + r.ID.String() }

// Late tells whether an answer is owed since before today.
func (r Referral) Late(today clock.Day) bool { return r.Waits() && r.DueOn < today }

// Event is one step of a referral.
type Event struct {
	At    time.Time
	State string
	Via   string // page, api, link, command
	By    string
	Note  string
}

// NewReferral prepares a referral. Nothing leaves before it is sent.
type NewReferral struct {
	ID        id.ID            `json:"id,omitempty"`
	Service   id.ID            `json:"service_id" required:"true" ask:"Pilih ke mana."`
	Need      string           `json:"need" required:"true" maxLength:"500" ask:"Tulis apa yang dibutuhkan."`
	Extras    []Extra          `json:"extras,omitempty"`
	Basis     string           `json:"basis" required:"true" enum:"consent,vital_interest,legal_duty,public_task" ask:"Pilih dasar berbagi data."`
	BasisNote string           `json:"basis_note,omitempty" maxLength:"500"`
	DueOn     clock.Day        `json:"due_on,omitempty"`
	Waiver    *casework.Waiver `json:"waiver,omitempty"`
}

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

// takeReferral reads a referral for a deed that must be possible.
func takeReferral(tx *store.Tx, referral id.ID, version int64, deed string) (Referral, error) {
	r, err := referralByID(tx, referral)
	if err != nil {
		return r, err
	}
	if version != 0 && r.Version != version {
		return r, fail.Stale
	}
	return r, mayDo(r, deed)
}

// Referral gives one referral with its history.
func (d *Desk) Referral(ctx context.Context, by who.Asker, referral id.ID) (r Referral, err error) {
	err = d.store.Read(ctx, by, lookReferral, func(tx *store.Tx) error {
		if r, err = referralByID(tx, referral); err != nil {
			return err
		}
		tx.Saw(r.Person)
		r.Events, err = eventsOf(tx, r.ID)
		return err
	})
	return r, err
}

// OfCase gives the referrals of a case, the newest first.
func (d *Desk) OfCase(ctx context.Context, by who.Asker, caseID, before id.ID, limit int64) (all []Referral, f casework.File, err error) {
	err = d.store.Read(ctx, by, lookReferral, func(tx *store.Tx) error {
		if f, err = casework.FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(f.Person)
		all, err = referralsOf(tx, caseID, before, limit)
		return err
	})
	return all, f, err
}

// Recent gives the newest referrals of a case that was read already.
func (d *Desk) Recent(ctx context.Context, by who.Asker, caseID id.ID, n int64) (all []Referral, err error) {
	err = d.store.Read(ctx, by, lookReferral, func(tx *store.Tx) error {
		all, err = referralsOf(tx, caseID, 0, n)
		return err
	})
	return all, err
}

// Chosen is how the list of referrals is narrowed.
type Chosen struct {
	Side  string `query:"side" enum:"in,out"`
	State string `query:"state" enum:"prepared,sent,received,needs_information,accepted,started,finished,refused,rerouted,withdrawn"`
	Late  bool   `query:"late"`
	Limit int64  `query:"limit" minimum:"1" maximum:"500"`
	After id.ID  `query:"after"`
}

// Referrals lists those from and to the asker's centres, the newest first.
func (d *Desk) Referrals(ctx context.Context, by who.Asker, c Chosen) (all []Referral, err error) {
	err = d.store.Read(ctx, by, lookReferral, func(tx *store.Tx) error {
		all, err = referralList(tx, c)
		for _, r := range all {
			tx.Saw(r.Person)
		}
		return err
	})
	return all, err
}

// Ways is what the page of a new referral shows: the case, and once a kind of service is chosen what fits.
type Ways struct {
	File   casework.File
	Offers []Offer
	Any    int // services of this kind before anything was asked of them
}

// WaysFor searches the directory for the person of a case.
func (d *Desk) WaysFor(ctx context.Context, by who.Asker, caseID id.ID, category string) (w Ways, err error) {
	err = d.store.Read(ctx, by, lookReferral, func(tx *store.Tx) error {
		if w.File, err = casework.FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(w.File.Person)
		if category == "" {
			return nil
		}
		w.Offers, w.Any, err = offersFor(tx, w.File, category)
		return err
	})
	return w, err
}

func offersFor(tx *store.Tx, f casework.File, category string) ([]Offer, int, error) {
	at, err := centre.ByID(tx, f.Centre)
	if err != nil {
		return nil, 0, err
	}
	all, err := servicesIn(tx, category)
	if err != nil {
		return nil, 0, err
	}
	pace, err := paces(tx)
	return offered(all, f, at.Region, pace), len(all), err
}
