package coordination_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/audit"
	"tuntas/office/casework"
	"tuntas/office/coordination"
	"tuntas/office/person"
	"tuntas/try/clause"
	"tuntas/try/province"
)

const today = province.Today

// office is the small province with an agency that trains, and one with a case that may be referred.
type office struct {
	*province.Province
	desk    *coordination.Desk
	agency  coordination.Agency
	service coordination.Service
	c       casework.Case
}

func open(t *testing.T, p *province.Province) *office {
	t.Helper()
	o := &office{Province: p, desk: coordination.New(p.Store, true)}
	var err error
	o.agency, err = o.desk.AddAgency(p.Ctx, p.As("wulan"), coordination.NewAgency{Kind: "opd", Name: "Dinas Tenaga Kerja", Email: "rujukan@naker.example"})
	province.Must(t, err)
	if all, _, err := o.desk.Agencies(p.Ctx, p.As("ratna"), coordination.Directory{Limit: 5}); err != nil || len(all) != 1 || all[0].ID != o.agency.ID {
		t.Fatalf("the directory: %v %v", all, err)
	}
	o.service, err = o.desk.AddService(p.Ctx, p.As("wulan"), o.agency.ID, coordination.NewAgencyService{Category: "training", Name: "Pelatihan AC"})
	province.Must(t, err)
	o.c = o.ready("Darmo")
	return o
}

// ready is a case with what a referral rests on.
func (o *office) ready(name string) casework.Case {
	o.T.Helper()
	p := o.Enter("ratna", province.Called(name, person.Birth{Precision: "year", Date: "1958"}))
	c, err := o.Cases.Open(o.Ctx, o.As("ratna"), casework.Opening{Person: p.ID, Centre: o.A, Kind: "lansia_telantar", OpenedOn: today.Add(-20), Emergency: true})
	province.Must(o.T, err)
	for _, purpose := range []string{"service", "referral"} {
		_, err = o.Persons.GiveConsent(o.Ctx, o.As("ratna"), p.ID, person.Consent{Purpose: purpose, GivenOn: today.Add(-10), GivenBy: "self", Form: "written"})
		province.Must(o.T, err)
	}
	_, err = o.Cases.EnterStage(o.Ctx, o.As("joko"), c.ID, 0, casework.Move{Stage: casework.Assessing, On: today.Add(-9), Waiver: &casework.Waiver{Reason: "uji"}})
	province.Must(o.T, err)
	a, err := o.Cases.Assess(o.Ctx, o.As("ratna"), c.ID, casework.NewAssessment{Instrument: "biopsychosocial", Occasion: "admission", Answers: map[string]any{
		"bio_condition": "Lemah", "psycho_condition": "Tenang", "social_condition": "Sendiri", "family_condition": "Belum ditemukan", "family_care": "unknown", "potential": "Menganyam", "conclusion": "Perlu pelatihan",
		"needs": []any{map[string]any{"domain": "basic", "text": "Makan teratur"}}}})
	province.Must(o.T, err)
	_, err = o.Cases.Sign(o.Ctx, o.As("ratna"), c.ID, a.ID, a.Version)
	province.Must(o.T, err)
	return c
}

func (o *office) sent(c casework.Case, service id.ID) coordination.Referral {
	o.T.Helper()
	r, err := o.desk.Prepare(o.Ctx, o.As("ratna"), c.ID, coordination.NewReferral{Service: service, Need: "Pelatihan memperbaiki AC", Basis: "consent"})
	province.Must(o.T, err)
	r, err = o.desk.Send(o.Ctx, o.As("ratna"), r.ID, 0, "https://tuntas.example")
	province.Must(o.T, err)
	return r
}

var (
	inLetter = regexp.MustCompile(`/inbox/([0-9a-f]+)`)
	figures  = regexp.MustCompile(`Kode Anda: ([0-9]{6})`)
)

// last finds something in the newest e-mails.
func (o *office) last(what *regexp.Regexp) string {
	o.T.Helper()
	all, err := o.desk.Mails(o.Ctx)
	province.Must(o.T, err)
	for _, m := range all {
		if found := what.FindStringSubmatch(m.Body); found != nil {
			return found[1]
		}
	}
	o.T.Fatalf("no e-mail holds %s", what)
	return ""
}

// enter opens the inbox as the official of the agency does.
func (o *office) enter() (secret, device string) {
	o.T.Helper()
	secret = o.last(inLetter)
	province.Must(o.T, o.desk.SendCode(o.Ctx, secret))
	device, err := o.desk.Enter(o.Ctx, secret, o.last(figures))
	province.Must(o.T, err)
	return secret, device
}

// Clause P16-46i: a referral between agencies from the need to the result, with a receiver who has no account; each view
// by the link stands in the ledger before the answer, and the person's data are the frozen minimum.
func TestReferral_betweenAgencies(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-46i")
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := open(t, p)
		r := o.sent(o.c, o.service.ID)
		if r.State != coordination.Sent || r.DueOn != "2026-11-27" || len(r.Frozen.Fields) != 2 {
			t.Errorf("sent: %+v", r)
		}
		secret, device := o.enter()
		door, all, _, err := o.desk.Inbox(p.Ctx, secret, device)
		if err != nil || len(all) != 1 || all[0].State != coordination.Received || door.Agency.ID != o.agency.ID {
			t.Fatalf("the inbox: %v %v", all, err)
		}
		if views := o.views(); views == 0 {
			t.Error("the view by the link is not in the ledger")
		}
		o.Clock.Pass(26 * time.Hour)
		for range 2 { // pressed twice is once
			if _, err := o.desk.AnswerByLink(p.Ctx, secret, device, r.ID, coordination.Reply{Answer: "accept"}); err != nil && !errors.Is(err, coordination.ErrNewDevice) {
				t.Fatal(err)
			}
		}
		secret, device = o.enter() // a day later the device is asked anew
		_, err = o.desk.AnswerByLink(p.Ctx, secret, device, r.ID, coordination.Reply{Answer: "accept"})
		province.Must(t, err)
		_, err = o.desk.BeginByLink(p.Ctx, secret, device, r.ID, coordination.Beginning{On: p.Store.Today(), Proof: "Daftar hadir"})
		province.Must(t, err)
		pdf := upload.File{Name: "hasil.pdf", Is: "application/pdf", Body: []byte("%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n")}
		if _, err := o.desk.FinishByLink(p.Ctx, secret, device, r.ID, coordination.Outcome{On: p.Store.Today(), Result: "met"}, &upload.File{Name: "x.exe", Is: "application/octet-stream", Body: []byte("MZ")}); province.Refused(err) != "file type" {
			t.Errorf("a program as result: %v", err)
		}
		done, err := o.desk.FinishByLink(p.Ctx, secret, device, r.ID, coordination.Outcome{On: p.Store.Today(), Result: "met", Note: "Lulus"}, &pdf)
		if err != nil || done.State != coordination.Finished || done.Attachment == 0 {
			t.Fatalf("finished: %+v %v", done, err)
		}
		if a, _, err := p.Cases.OpenAttachment(p.Ctx, p.As("ratna"), done.Attachment); err != nil || !strings.Contains(a.Title, "Dinas Tenaga Kerja") {
			t.Errorf("the file of the result: %+v %v", a, err)
		}
		seen, err := o.desk.Referral(p.Ctx, p.As("ratna"), r.ID)
		if err != nil || len(seen.Events) != 6 {
			t.Errorf("%d steps: %v", len(seen.Events), err)
		}
		_, _, pace, err := o.desk.Agency(p.Ctx, p.As("ratna"), o.agency.ID)
		if err != nil || pace.N != 1 || pace.Hours != 26 {
			t.Errorf("its pace: %+v %v", pace, err)
		}
		p.Agree()
	})
}

// views counts what the ledger keeps of links.
func (o *office) views() int {
	o.T.Helper()
	_, lines, _, err := o.Audit.Ledger(o.Ctx, o.House, audit.View{Via: "link"})
	province.Must(o.T, err)
	return len(lines)
}

// A refusal is evidence; the need goes to somebody else, and the first agency cannot be retired while it owes.
func TestReferral_refusedAndRerouted(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := open(t, p)
		none := int64(0)
		_, err := o.desk.AddService(p.Ctx, p.As("wulan"), o.agency.ID, coordination.NewAgencyService{Category: "training", Name: "Menjahit", Capacity: &none})
		province.Must(t, err)
		other, err := o.desk.AddService(p.Ctx, p.As("wulan"), o.agency.ID, coordination.NewAgencyService{Category: "training", Name: "Las"})
		province.Must(t, err)
		r := o.sent(o.c, o.service.ID)
		_, err = o.desk.RetireAgency(p.Ctx, p.As("wulan"), o.agency.ID, 0, coordination.Retirement{Reason: "Digabung"})
		var rule *fail.Rule
		if !errors.As(err, &rule) || rule.Name != "agency-owes" || len(rule.Missing) != 1 || rule.Missing[0].Say.Args[0] != r.ID {
			t.Errorf("retired though it owes: %v", err)
		}
		for _, in := range []coordination.Reply{{Answer: "refuse"}, {Answer: "ask"}, {Answer: "refuse", Reason: "other"}} {
			if _, err := o.desk.Answer(p.Ctx, p.As("ratna"), r.ID, 0, in); province.Refused(err) == "" {
				t.Errorf("%+v was taken", in)
			}
		}
		_, err = o.desk.Answer(p.Ctx, p.As("ratna"), r.ID, 0, coordination.Reply{Answer: "refuse", Reason: "no_budget", Note: "Tahun depan"})
		province.Must(t, err)
		next, err := o.desk.Reroute(p.Ctx, p.As("ratna"), r.ID, 0, coordination.Rerouting{Service: other.ID})
		if err != nil || next.State != coordination.Prepared || next.Former != r.ID || next.Need != r.Need {
			t.Errorf("rerouted: %+v %v", next, err)
		}
		why := map[string]int64{}
		province.Must(t, p.Store.Read(p.Ctx, p.As("joko"), see, func(tx *store.Tx) error {
			all, err := coordination.Unmet(tx, p.A, today, today)
			for _, u := range all {
				why[u.Why+" "+u.Reason] += u.N
			}
			return err
		}))
		if len(why) != 2 || why["refused no_budget"] != 1 || why["full "] != 1 {
			t.Errorf("the evidence is %v", why)
		}
		if got, err := o.desk.NoteLack(p.Ctx, p.As("ratna"), o.c.ID, coordination.Lack{Category: "health"}); err != nil || got != "none" {
			t.Errorf("nothing for health: %s %v", got, err)
		}
		if _, err := o.desk.NoteLack(p.Ctx, p.As("ratna"), o.c.ID, coordination.Lack{Category: "training"}); province.Refused(err) != "service-fits" {
			t.Errorf("there is something: %v", err)
		}
		province.Must(t, p.Store.Read(p.Ctx, p.As("sari"), see, func(tx *store.Tx) error {
			all, err := coordination.Unmet(tx, 0, today, today)
			if len(all) > 0 {
				t.Errorf("another centre sees %v", all)
			}
			return err
		}))
	})
}

var see = store.NewAct("test-unmet.look", who.SeeCase)

// Consent that is withdrawn between preparing and sending stops the sending; a stranger sees nothing; no other role sends.
func TestReferral_whoAndWhen(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := open(t, p)
		r, err := o.desk.Prepare(p.Ctx, p.As("ratna"), o.c.ID, coordination.NewReferral{Service: o.service.ID, Need: "AC", Basis: "consent"})
		province.Must(t, err)
		for login, want := range map[string]string{"sari": "not found", "yati": "referral.send: denied"} {
			if _, err := o.desk.Send(p.Ctx, p.As(login), r.ID, 0, ""); !strings.Contains(province.Refused(err), strings.TrimPrefix(want, "referral.send: ")) {
				t.Errorf("%s: %v", login, err)
			}
		}
		if _, err := o.desk.AddAgency(p.Ctx, p.As("ratna"), coordination.NewAgency{Kind: "opd", Name: "X"}); !errors.Is(err, fail.Denied) {
			t.Errorf("a social worker keeps the directory: %v", err)
		}
		all, err := o.desk.Mails(p.Ctx)
		if err != nil || len(all) != 0 {
			t.Errorf("before the sending: %v %v", all, err)
		}
		_, given, err := p.Persons.ConsentsOf(p.Ctx, p.As("ratna"), o.c.Person)
		province.Must(t, err)
		for _, c := range given {
			if c.Purpose == "referral" {
				province.Must(t, p.Persons.WithdrawConsent(p.Ctx, p.As("ratna"), o.c.Person, c.ID, "Darmo"))
			}
		}
		if _, err := o.desk.Send(p.Ctx, p.As("ratna"), r.ID, 0, ""); province.Refused(err) != "referral-gate" {
			t.Errorf("after the withdrawal: %v", err)
		}
	})
}

// Between centres: the head of the receiving one answers, nobody else; the sender's case stays closed to them.
func TestReferral_betweenCentres(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := open(t, p)
		upt, err := o.desk.AddAgency(p.Ctx, p.As("wulan"), coordination.NewAgency{Kind: "upt", Name: "UPT Blitar", Centre: p.B})
		province.Must(t, err)
		s, err := o.desk.AddService(p.Ctx, p.As("wulan"), upt.ID, coordination.NewAgencyService{Category: "shelter", Name: "Rehabilitasi"})
		province.Must(t, err)
		r := o.sent(o.c, s.ID)
		if got, err := o.desk.Referrals(p.Ctx, p.As("sari"), coordination.Chosen{Side: "in", Limit: 10}); err != nil || len(got) != 1 || got[0].ID != r.ID {
			t.Fatalf("at the other centre: %v %v", got, err)
		}
		for _, login := range []string{"sari", "ratna", "joko"} {
			if _, err := o.desk.Answer(p.Ctx, p.As(login), r.ID, 0, coordination.Reply{Answer: "accept"}); !errors.Is(err, fail.Denied) {
				t.Errorf("%s accepts: %v", login, err)
			}
		}
		head := p.As("joko")
		head.Scope.Centres, head.User = []id.ID{p.B}, 99
		if _, err := o.desk.Answer(p.Ctx, head, r.ID, 0, coordination.Reply{Answer: "refuse", Reason: "full"}); err != nil {
			t.Errorf("the head refuses: %v", err)
		}
		if _, err := p.Cases.Look(p.Ctx, head, o.c.ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("the case is open to the receiver: %v", err)
		}
		if _, err := o.desk.Withdraw(p.Ctx, head, r.ID, 0, coordination.Withdrawal{Reason: "x"}); province.Refused(err) == "" {
			t.Error("the receiver withdrew it")
		}
	})
}

// Who does not answer is reminded, then it goes up, step by step, and no step twice.
func TestEscalate(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := open(t, p)
		r := o.sent(o.c, o.service.ID)
		for _, step := range []struct {
			day  string
			want int64
		}{{"2026-11-27", 0}, {"2026-11-30", 1}, {"2026-11-30", 1}, {"2026-12-04", 3}} {
			o.Clock.To(province.Today.Add(int(dayOf(step.day))))
			province.Must(t, o.desk.Escalate(p.Ctx))
			got, err := o.desk.Referral(p.Ctx, p.As("ratna"), r.ID)
			if err != nil || got.Steps != step.want {
				t.Errorf("on %s: %d steps, %v", step.day, got.Steps, err)
			}
		}
	})
}

func dayOf(day string) int64 {
	on, _ := time.Parse("2006-01-02", day)
	from, _ := time.Parse("2006-01-02", string(province.Today))
	return int64(on.Sub(from).Hours() / 24)
}
