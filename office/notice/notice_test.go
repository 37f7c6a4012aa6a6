package notice_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/access"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/competence"
	"tuntas/office/coordination"
	"tuntas/office/notice"
	"tuntas/office/person"
	"tuntas/try/province"
)

const today = province.Today // a Tuesday

// office is the small province with an agency and the desk of notices.
type office struct {
	*province.Province
	desk     *notice.Desk
	partners *coordination.Desk
}

func open(p *province.Province) *office {
	partners := coordination.New(p.Store, true)
	return &office{p, notice.New(p.Store, p.Access, partners), partners}
}

// refer sends a referral of a case of Ratna's, and gives the day by which it is to be answered.
func (o *office) refer() coordination.Referral {
	o.T.Helper()
	a, err := o.partners.AddAgency(o.Ctx, o.As("wulan"), coordination.NewAgency{Kind: "opd", Name: "Dinas Tenaga Kerja"})
	province.Must(o.T, err)
	s, err := o.partners.AddService(o.Ctx, o.As("wulan"), a.ID, coordination.NewAgencyService{Category: "training", Name: "Pelatihan AC"})
	province.Must(o.T, err)
	p := o.Enter("ratna", province.Called("Darmo Rahasia", person.Birth{Precision: "year", Date: "1958"}))
	c, err := o.Cases.Open(o.Ctx, o.As("ratna"), casework.Opening{Person: p.ID, Centre: o.A, Kind: "lansia_telantar", OpenedOn: today.Add(-20), Emergency: true})
	province.Must(o.T, err)
	_, err = o.Cases.EnterStage(o.Ctx, o.As("joko"), c.ID, 0, casework.Move{Stage: casework.Assessing, On: today.Add(-9), Waiver: &casework.Waiver{Reason: "uji"}})
	province.Must(o.T, err)
	m, err := o.Cases.Assess(o.Ctx, o.As("ratna"), c.ID, casework.NewAssessment{Instrument: "biopsychosocial", Occasion: "admission", Answers: map[string]any{
		"bio_condition": "Lemah", "psycho_condition": "Tenang", "social_condition": "Sendiri", "family_condition": "Belum ditemukan", "family_care": "unknown", "potential": "Menganyam", "conclusion": "Perlu pelatihan",
		"needs": []any{map[string]any{"domain": "basic", "text": "Makan teratur"}}}})
	province.Must(o.T, err)
	_, err = o.Cases.Sign(o.Ctx, o.As("ratna"), c.ID, m.ID, m.Version)
	province.Must(o.T, err)
	r, err := o.partners.Prepare(o.Ctx, o.As("ratna"), c.ID, coordination.NewReferral{Service: s.ID, Need: "Belajar", Basis: "public_task", BasisNote: "Rencana"})
	province.Must(o.T, err)
	r, err = o.partners.Send(o.Ctx, o.As("ratna"), r.ID, 0, "https://tuntas.example")
	province.Must(o.T, err)
	return r
}

// told gives what a user was told, the newest first.
func (o *office) told(login string) (all []access.Notice) {
	o.T.Helper()
	all, err := o.Access.Notices(o.Ctx, o.As(login), 0, 50)
	province.Must(o.T, err)
	return all
}

// A digest leaves on working days; a weekly one on the first of the week.
func TestMayLeave(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		day           clock.Day
		daily, weekly bool
	}{
		{"2026-11-23", true, true},  // Monday
		{"2026-11-24", true, false}, // Tuesday
		{"2026-11-27", true, false}, // Friday
		{"2026-11-28", false, false}, {"2026-11-29", false, false},
		{"2026-06-01", false, false}, // a Monday that is a holiday
		{"2026-06-02", true, true},   // so the week begins here
	} {
		if d, w, off := notice.MayLeave(notice.Daily, one.day), notice.MayLeave(notice.Weekly, one.day), notice.MayLeave(notice.Off, one.day); d != one.daily || w != one.weekly || off {
			t.Errorf("%s: daily %v, weekly %v, off %v", one.day, d, w, off)
		}
	}
}

// The rungs count working days from the day on which the answer was due.
func TestReached(t *testing.T) {
	t.Parallel()
	ladder := []notice.Rung{{Step: 1, Days: 1, Role: notice.Worker}, {Step: 2, Days: 3, Role: "head_centre"}, {Step: 3, Days: 5, Role: "head_division"}}
	for _, one := range []struct {
		today clock.Day
		step  int64
	}{{"2026-11-20", 0}, {"2026-11-22", 0}, {"2026-11-23", 1}, {"2026-11-24", 1}, {"2026-11-25", 2}, {"2026-11-26", 2}, {"2026-11-27", 3}, {"2027-02-01", 3}} {
		if top, yes := notice.Reached(ladder, "2026-11-20", one.today); top.Step != one.step || yes != (one.step > 0) { // due on a Friday
			t.Errorf("%s: rung %d", one.today, top.Step)
		}
	}
}

// An unanswered referral goes up: the worker, the head of the institution, the head of the division, each told once.
func TestClimb(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := open(p)
		r := o.refer()
		count := func() string {
			for range 2 { // whoever was told is not told again
				province.Must(t, o.desk.Climb(p.Ctx))
			}
			return fmt.Sprint(len(o.told("ratna")), len(o.told("joko")), len(o.told("wulan")), len(o.told("sari")))
		}
		for i, rung := range append([]notice.Rung{{Days: 0}}, notice.UsualLadder(today)...) {
			day := r.DueOn
			for n := int64(0); n < rung.Days; {
				if day = day.Add(1); day.Time().Weekday() != time.Saturday && day.Time().Weekday() != time.Sunday && !strings.HasSuffix(string(day), "-12-25") && !strings.HasSuffix(string(day), "-01-01") {
					n++
				}
			}
			p.Clock.To(day)
			if got, want := count(), []string{"0 0 0 0", "1 0 0 0", "1 1 0 0", "1 1 1 0"}[i]; got != want {
				t.Errorf("%s, %d working days late: told %s, want %s", day, rung.Days, got, want)
			}
		}
		n := o.told("ratna")[0]
		if said := fmt.Sprint(n.Says()); n.Path() != "/referrals/"+r.ID.String() || strings.Contains(said, "Darmo") || !strings.Contains(said, "Dinas Tenaga Kerja") {
			t.Errorf("what it says: %q at %s", said, n.Path())
		}
		for name, in := range map[string]notice.SetLadder{"downwards": {Days1: 5, Role1: notice.Worker, Days2: 3, Role2: "head_centre", Days3: 6, Role3: "head_division"}} {
			if _, err := o.desk.SetLadder(p.Ctx, p.As("wulan"), in); province.Refused(err) == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		up := notice.SetLadder{Days1: 1, Role1: "head_division", Days2: 2, Role2: "head_centre", Days3: 4, Role3: notice.Worker}
		if _, err := o.desk.SetLadder(p.Ctx, p.As("joko"), up); !errors.Is(err, fail.Denied) {
			t.Errorf("an institution sets the ladder: %v", err)
		}
		if _, err := o.desk.SetLadder(p.Ctx, p.As("wulan"), up); err != nil {
			t.Errorf("set: %v", err)
		}
		if all, err := o.desk.Ladder(p.Ctx, p.As("wulan")); err != nil || len(all) != 3 || all[2].Role != notice.Worker {
			t.Errorf("the ladder: %+v %v", all, err)
		}
	})
}

// A notice of the outbox reaches whom it names, once however often it is delivered; it is read by opening it.
func TestHear(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := open(p)
		body, err := json.Marshal(store.Notice{To: []id.ID{p.As("ratna").User, p.As("ratna").User}, Role: "head_centre", Centre: p.A, Kind: "meeting", Say: fail.Say("%d hal diputuskan, paling lambat %s.", 3, today), Path: "/meetings"})
		province.Must(t, err)
		m := store.Message{ID: id.New(), Topic: store.TopicNotice, Body: body}
		province.Must(t, o.desk.Hear(p.Ctx, m))
		province.Must(t, o.desk.Hear(p.Ctx, m))
		if r, j, w := o.told("ratna"), o.told("joko"), o.told("wulan"); len(r) != 1 || len(j) != 1 || len(w) != 0 || fmt.Sprint(r[0].Says()) == "" || r[0].Say.Args[0] != int64(3) {
			t.Fatalf("told: %v %v %v", r, j, w)
		}
		if err := o.desk.Hear(p.Ctx, store.Message{ID: id.New(), Body: []byte("{")}); err == nil {
			t.Error("a broken message is taken")
		}
		mine := o.told("ratna")[0]
		if _, err := p.Access.Notice(p.Ctx, p.As("joko"), mine.ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("somebody else opens it: %v", err)
		}
		if n, err := p.Access.Notice(p.Ctx, p.As("ratna"), mine.ID); err != nil || n.Path() != "/meetings" || o.told("ratna")[0].New || !o.told("joko")[0].New {
			t.Errorf("opened: %+v %v", n, err)
		}
	})
}

// Who proposed somebody for a training is told what became of it; whose certificate ends soon is told, and the head.
func TestTrainings(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o, skills, wulan := open(p), competence.New(p.Store), p.As("wulan")
		tr, err := skills.AddTraining(p.Ctx, wulan, competence.NewTraining{Name: "Uji", Subject: "Uji", Place: "Malang", From: today.Add(9), To: today.Add(10), Places: 3})
		province.Must(t, err)
		_, err = skills.Move(p.Ctx, wulan, tr.ID, 0, "opening", "")
		province.Must(t, err)
		all, err := p.Centres.Staff(p.Ctx, p.As("joko"), p.A)
		province.Must(t, err)
		m, err := skills.Propose(p.Ctx, p.As("joko"), p.A, competence.Propose{Training: tr.ID, Staff: all[0].ID})
		province.Must(t, err)
		_, err = skills.Accept(p.Ctx, wulan, m.ID, 0)
		province.Must(t, err)
		o.deliver()
		if told := o.told("joko"); len(told) != 1 || told[0].Path() != "/trainings/"+tr.ID.String() {
			t.Errorf("who proposed is told: %+v", told)
		}
		_, err = p.Centres.Certify(p.Ctx, p.House, all[0].ID, centre.Certificate{Number: "PS-9", Until: today.Add(60)})
		province.Must(t, err)
		province.Must(t, o.desk.Climb(p.Ctx))
		province.Must(t, o.desk.Climb(p.Ctx))
		if r, j := len(o.told("ratna")), len(o.told("joko")); r != 1 || j != 2 {
			t.Errorf("a certificate ends: the holder is told %d times, the head %d", r, j-1)
		}
	})
}

// deliver takes what lies in the outbox for this desk.
func (o *office) deliver() {
	o.T.Helper()
	all, err := o.Store.Claim(o.Ctx)
	province.Must(o.T, err)
	for _, m := range all {
		if m.Topic == store.TopicNotice {
			province.Must(o.T, o.desk.Hear(o.Ctx, m))
		}
		province.Must(o.T, o.Store.Delivered(o.Ctx, m))
	}
}

// A digest is one e-mail on a working day at most, only when something is unread, with numbers and links alone.
func TestDigest(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o, ratna := open(p), p.As("ratna")
		for _, wrong := range []string{"ratna", "Ratna <ratna@dinsos.example>", "a@b\r\nBcc: x@y", "a b@c"} {
			if _, err := o.desk.Set(p.Ctx, ratna, "https://tuntas.example", 0, notice.NewSettings{Email: wrong, Digest: notice.Daily}); province.Refused(err) == "" {
				t.Errorf("%q is an address: %v", wrong, err)
			}
		}
		set := func(digest string) {
			_, err := o.desk.Set(p.Ctx, ratna, "https://tuntas.example", 0, notice.NewSettings{Email: "ratna@dinsos.example", Digest: digest})
			province.Must(t, err)
		}
		mails := func() []coordination.Mail {
			for range 2 {
				province.Must(t, o.desk.Digest(p.Ctx))
			}
			all, err := o.partners.Mails(p.Ctx)
			province.Must(t, err)
			return all
		}
		say := func(kind string) {
			province.Must(t, p.Store.Keep(p.Ctx, func(tx *store.Tx) error {
				return notice.Tell(tx, ratna.User, fail.Say("Rujukan Darmo belum dijawab."), "/referrals", kind)
			}))
		}
		set(notice.Daily)
		if n := len(mails()); n != 0 {
			t.Errorf("nothing is unread, %d e-mails", n)
		}
		say("referral")
		say("referral")
		say("unheard-of")
		all := mails()
		if len(all) != 1 || all[0].To != "ratna@dinsos.example" || strings.Contains(all[0].Body, "Darmo") || !strings.Contains(all[0].Body, "Rujukan: 2") || !strings.Contains(all[0].Body, "Lain-lain: 1") ||
			!strings.Contains(all[0].Body, "https://tuntas.example/notices") {
			t.Errorf("the digest: %+v", all)
		}
		for _, one := range []struct {
			day    clock.Day
			digest string
			mails  int
		}{{today.Add(1), notice.Off, 1}, {today.Add(1), notice.Daily, 2}, {today.Add(4), notice.Daily, 2}, {today.Add(6), notice.Weekly, 3}, {today.Add(7), notice.Weekly, 3}} {
			set(one.digest)
			p.Clock.To(one.day)
			if n := len(mails()); n != one.mails {
				t.Errorf("%s, %s: %d e-mails, want %d", one.day, one.digest, n, one.mails)
			}
		}
		_, err := p.Access.ReadAll(p.Ctx, ratna)
		province.Must(t, err)
		set(notice.Daily)
		p.Clock.To(today.Add(8))
		if n := len(mails()); n != 3 {
			t.Errorf("all is read, %d e-mails", n)
		}
		p.Agree()
	})
}

// The secret address gives the own due days without a name, until it is renewed or its user is gone.
func TestFeed(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := open(p)
		r := o.refer()
		first, err := o.desk.RenewFeed(p.Ctx, p.As("ratna"))
		province.Must(t, err)
		body, err := o.desk.Feed(p.Ctx, first, "https://tuntas.example")
		if err != nil || !strings.Contains(string(body), "K-"+r.Case.String()[7:]) || !strings.Contains(string(body), "referral-"+r.ID.String()) || strings.Contains(string(body), "Darmo") ||
			strings.Count(string(body), "BEGIN:VEVENT") < 2 {
			t.Errorf("%v\n%s", err, body)
		}
		if s, err := o.desk.Settings(p.Ctx, p.As("ratna")); err != nil || s.Feed == first || s.FeedOn != today {
			t.Errorf("the secret itself is kept: %+v %v", s, err)
		}
		hari, err := o.desk.RenewFeed(p.Ctx, p.As("hari"))
		province.Must(t, err)
		if body, err := o.desk.Feed(p.Ctx, hari, ""); err != nil || strings.Contains(string(body), "VEVENT") {
			t.Errorf("who carries no case has nothing due: %v\n%s", err, body)
		}
		second, err := o.desk.RenewFeed(p.Ctx, p.As("ratna"))
		province.Must(t, err)
		for _, dead := range []string{first, "", "x", strings.Repeat("0", 40)} {
			if _, err := o.desk.Feed(p.Ctx, dead, ""); !errors.Is(err, fail.NotFound) {
				t.Errorf("%q: %v", dead, err)
			}
		}
		if _, err := o.desk.Feed(p.Ctx, second, ""); err != nil {
			t.Errorf("the new address: %v", err)
		}
		province.Must(t, o.desk.DropFeed(p.Ctx, p.As("ratna")))
		if _, err := o.desk.Feed(p.Ctx, second, ""); !errors.Is(err, fail.NotFound) {
			t.Errorf("removed: %v", err)
		}
	})
}
