package casework_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/access"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/person"
	"tuntas/office/residence"
	"tuntas/schema"
	"tuntas/try/province"
)

const today clock.Day = "2026-11-24"

// office is a small office on one engine: two centres for the elderly, and the people of the handbook.
type office struct {
	t                   *testing.T
	ctx                 context.Context
	store               *store.Store
	access              *access.Desk
	centres             *centre.Desk
	persons             *person.Desk
	stays               *residence.Desk
	cases               *casework.Desk
	a, b                id.ID // centres
	ratna, joko, sari   who.Asker
	house               who.Asker
	wulan, helper, tuti who.Asker
}

// eachEngine runs a test on both engines.
func eachEngine(t *testing.T, test func(t *testing.T, o *office)) {
	t.Helper()
	province.Engines(t, func(t *testing.T, address string) { test(t, open(t, address)) })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, address string) *office {
	t.Helper()
	ctx := context.Background()
	noon := time.Date(2026, 11, 24, 12, 0, 0, 0, clock.WIB)
	s, err := store.Open(address, store.Options{Scope: access.Scope, Schema: schema.Files, Clock: clock.At(noon), Unsafe: true})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	_, err = s.Migrate(ctx)
	must(t, err)
	o := &office{t: t, ctx: ctx, store: s, access: access.New(s, true), centres: centre.New(s), persons: person.New(s),
		stays: residence.New(s), cases: casework.New(s), house: who.House("test")}
	o.people()
	return o
}

// people opens the two centres and gives the posts.
func (o *office) people() {
	t := o.t
	kinds := []string{"lansia_telantar", "anak_telantar"}
	_, err := o.centres.SetUp(o.ctx, o.house, []law.Centre{
		{Key: "uji-a", Abbr: "PSTW", Name: "Uji A", Place: "Jember", Region: "35.09", Kind: "elderly", Kinds: kinds, Capacity: 40, ClientService: true, Status: "assumed", Source: "uji"},
		{Key: "uji-b", Abbr: "PSTW", Name: "Uji B", Place: "Blitar", Region: "35.05", Kind: "elderly", Kinds: kinds, Capacity: 40, ClientService: true, Status: "assumed", Source: "uji"},
	}, " (contoh)")
	must(t, err)
	all, err := o.centres.List(o.ctx, o.house)
	must(t, err)
	for _, c := range all {
		if c.Code == "uji-a" {
			o.a = c.ID
		} else {
			o.b = c.ID
		}
		must(t, o.stays.AddWard(o.ctx, o.house, c.ID, residence.NewWard{Name: "Melati", Sex: "mixed", Rooms: 2, Beds: 2}))
	}
	o.ratna = o.post("ratna", "social_worker", o.a, "pekerja_sosial", "PS-001")
	o.joko = o.post("joko", "head_centre", o.a, "", "")
	o.sari = o.post("sari", "social_worker", o.b, "pekerja_sosial", "PS-002")
	o.tuti = o.post("tuti", "social_worker", o.a, "pekerja_sosial", "") // without a certificate
	o.helper = o.post("hari", "social_worker", o.a, "tks", "")
	o.wulan = o.post("wulan", "head_province", 0, "", "")
}

func (o *office) post(login, role string, at id.ID, kind, certificate string) who.Asker {
	o.t.Helper()
	u := access.NewUser{Login: login, Name: strings.ToUpper(login[:1]) + login[1:], Role: role}
	if at != 0 {
		u.Centres = []id.ID{at}
	}
	user, err := o.access.AddUserWith(o.ctx, o.house, u, "sandi-contoh-1")
	must(o.t, err)
	if kind != "" {
		_, err = o.centres.AddStaff(o.ctx, o.house, centre.Staff{Centre: at, User: user.ID, Name: user.Name, Kind: kind, CertificateNo: certificate})
		must(o.t, err)
	}
	by, err := o.access.As(o.ctx, login)
	must(o.t, err)
	return by
}

// person registers somebody at the asker's centre.
func (o *office) person(by who.Asker, name string, birth person.Birth) id.ID {
	o.t.Helper()
	p, _, err := o.persons.Register(o.ctx, by, person.Entry{Centre: by.Scope.Centres[0], Sex: "female", Birth: birth,
		Names: []person.Name{{Kind: "working", Text: name}}})
	must(o.t, err)
	return p.ID
}

var seventies = person.Birth{Precision: "estimated", From: 1952, To: 1958}

// opened opens a case of an elderly woman.
func (o *office) opened() casework.Case {
	o.t.Helper()
	who := o.person(o.ratna, "Mbah "+string(rune('A'+time.Now().UnixNano()%26)), seventies)
	c, err := o.cases.Open(o.ctx, o.ratna, casework.Opening{Person: who, Centre: o.a, Kind: "lansia_telantar", OpenedOn: today.Add(-10),
		OutsideSince: today.Add(-30)})
	must(o.t, err)
	return c
}

func (o *office) consent(c casework.Case) {
	o.t.Helper()
	_, err := o.persons.GiveConsent(o.ctx, o.ratna, c.Person, person.Consent{Purpose: "service", GivenOn: today.Add(-5), GivenBy: "self", Form: "written"})
	must(o.t, err)
}

func (o *office) admitted() casework.Case {
	o.t.Helper()
	c := o.opened()
	o.consent(c)
	_, err := o.cases.CheckCriteria(o.ctx, o.ratna, c.ID, 0, casework.Answers{Answers: []casework.Answer{
		{Code: "nobody-cares", Result: "met", Evidence: "Kunjungan 16 November"},
		{Code: "social-worker", Result: "met", Evidence: "Laporan peksos"}}})
	must(o.t, err)
	return c
}

func (o *office) enter(by who.Asker, c casework.Case, stage string, on clock.Day) error {
	_, err := o.cases.EnterStage(o.ctx, by, c.ID, 0, casework.Move{Stage: stage, On: on})
	return err
}

// assess writes and signs the two instruments of admission.
func (o *office) assess(c casework.Case) {
	o.t.Helper()
	for _, in := range []casework.NewAssessment{bio, matrix} {
		a, err := o.cases.Assess(o.ctx, o.ratna, c.ID, in)
		must(o.t, err)
		_, err = o.cases.Sign(o.ctx, o.ratna, c.ID, a.ID, a.Version)
		must(o.t, err)
	}
}

var bio = casework.NewAssessment{Instrument: "biopsychosocial", Occasion: "admission", Answers: map[string]any{
	"bio_condition": "Lemah, dapat berjalan", "psycho_condition": "Tenang", "social_condition": "Hidup sendiri",
	"family_condition": "Belum ditemukan", "family_care": "unknown", "potential": "Pandai menganyam", "conclusion": "Perlu pengasuhan",
	"needs": []any{map[string]any{"domain": "basic", "text": "Makan teratur"}, map[string]any{"domain": "identity", "text": "NIK"}}}}

var matrix = casework.NewAssessment{Instrument: "independence", Occasion: "admission", Answers: map[string]any{
	"food": "2", "housing": "1", "health": "2", "identity": "1", "family": "1", "community": "3", "conduct": "4", "skill": "3",
	"income": "na", "work": "na", "adl": "3"}}

// plan writes, agrees, submits and approves a plan that covers every need.
func (o *office) plan(c casework.Case) casework.Plan {
	o.t.Helper()
	f, err := o.cases.Look(o.ctx, o.ratna, c.ID)
	must(o.t, err)
	in := casework.NewPlan{AgreedBy: "Mbah sendiri"}
	for _, n := range f.Needs {
		in.Goals = append(in.Goals, casework.NewGoal{Need: n.ID, Domain: n.Domain, Text: "Terpenuhi: " + n.Text, DueOn: today.Add(90),
			Services: []casework.NewService{{Text: "Pendampingan", Owner: "Ratna", Cost: 250000, Funding: "apbd"}}})
	}
	p, err := o.cases.Draft(o.ctx, o.ratna, c.ID, in)
	must(o.t, err)
	_, err = o.cases.Submit(o.ctx, o.ratna, c.ID, p.ID, 0)
	must(o.t, err)
	p, err = o.cases.Approve(o.ctx, o.joko, c.ID, p.ID, 0)
	must(o.t, err)
	return p
}

func (o *office) bed(c casework.Case) residence.Stay {
	o.t.Helper()
	_, free, err := o.cases.FreeBeds(o.ctx, o.ratna, c.ID)
	must(o.t, err)
	s, err := o.cases.House(o.ctx, o.ratna, c.ID, casework.NewStay{Bed: free[0].ID, From: today.Add(-3), State: "open"})
	must(o.t, err)
	return s
}

// missing gives the codes of a refusal, under its name.
func missing(err error) string {
	var rule *fail.Rule
	if !errors.As(err, &rule) {
		return fmt.Sprint(err)
	}
	codes := []string{rule.Name}
	for _, m := range rule.Missing {
		codes = append(codes, m.Code)
	}
	return strings.Join(codes, " ")
}
