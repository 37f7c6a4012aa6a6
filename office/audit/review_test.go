package audit_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/office/audit"
	"tuntas/office/person"
	"tuntas/try/province"
)

var joining = store.Act{Name: "test.join", Right: who.Anyone}

const nik = "3509011203480001"

// opened is a file of centre A that sari of centre B opened in an emergency.
func opened(p *province.Province, restricted bool) access.Opening {
	p.T.Helper()
	e := province.Called("Mbah Karto", person.Birth{})
	e.Identifiers = []person.Identifier{{Kind: "nik", Value: nik, Certainty: "verified"}}
	e.Restricted = restricted
	p.Enter("joko", e)
	_, err := p.Access.AddUserWith(p.Ctx, p.House, access.NewUser{Login: "agus", Name: "Agus", Role: "auditor"}, province.Password)
	province.Must(p.T, err)
	_, err = p.Access.AddUserWith(p.Ctx, p.House, access.NewUser{Login: "kepala-b", Name: "Rini", Role: "head_centre", Centres: []id.ID{p.B}}, province.Password)
	province.Must(p.T, err)
	o, _, err := p.Access.Open(p.Ctx, p.As("sari"), access.NewOpening{NIK: nik, Kind: "health", Reason: "Pingsan di terminal, alerginya tidak diketahui."})
	province.Must(p.T, err)
	return o
}

// The head of the person's centre and the province's reviewers see an opening; the head of another centre does not.
// Who may not see a restricted person judges without the name.
func TestReview_scope(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := opened(p, true)
		for login, want := range map[string]string{"joko": "1 Mbah Karto", "agus": "1 ", "wulan": "1 ", "kepala-b": "0", "ratna": "denied", "bima": "denied", "sari": "denied"} {
			all, _, err := p.Audit.Openings(p.Ctx, p.As(login), audit.Queue{})
			got := province.Refused(err)
			if err == nil {
				got = fmt.Sprint(len(all))
				for _, one := range all {
					got += " " + one.Called
				}
			}
			if got != want {
				t.Errorf("%s: %q, want %q", login, got, want)
			}
		}
		for login, want := range map[string]string{"joko": "1", "agus": "1", "kepala-b": "0", "ratna": "denied", "sari": "denied"} {
			all, err := p.Audit.OfPerson(p.Ctx, p.As(login), o.Person)
			got := province.Refused(err)
			if err == nil {
				got = fmt.Sprint(len(all))
			}
			if got != want {
				t.Errorf("%s reads %q openings of the file, want %q", login, got, want)
			}
		}
		for _, login := range []string{"kepala-b", "ratna"} {
			if err := p.Audit.Review(p.Ctx, p.As(login), o.ID, 0, audit.Verdict{Verdict: "fair"}); err == nil {
				t.Errorf("%s judges it", login)
			}
		}
		if n, first, err := p.Audit.Waiting(p.Ctx, p.As("bima")); err != nil || n != 1 || len(first) != 1 || first[0].Called != "" {
			t.Errorf("the administrator counts %d, %+v, %v", n, first, err)
		}
	})
}

// A question, its answer, a judgement: each on record, told to the other, and none twice.
func TestReview_askedAnsweredJudged(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := opened(p, false)
		review := func(login, verdict, note string) string {
			return province.Refused(p.Audit.Review(p.Ctx, p.As(login), o.ID, 0, audit.Verdict{Verdict: verdict, Note: note}))
		}
		for _, c := range [][4]string{
			{"joko", "violation", "", "note short"}, {"joko", "ask", "kenapa", "note short"}, {"joko", "maybe", "", "verdict required"},
			{"joko", "ask", "Apakah puskesmas sudah dihubungi?", ""}, {"agus", "ask", "Apakah puskesmas sudah dihubungi?", "emergency-asked"},
		} {
			if got := review(c[0], c[1], c[2]); got != c[3] {
				t.Errorf("%v: %q", c, got)
			}
		}
		if n, _, err := p.Audit.Waiting(p.Ctx, p.As("joko")); err != nil || n != 0 {
			t.Errorf("%d wait while the answer is awaited, %v", n, err)
		}
		answer := func(login, note string) string {
			return province.Refused(p.Access.Answer(p.Ctx, p.As(login), o.ID, note))
		}
		if got := answer("ratna", "Saya tidak tahu apa-apa tentang ini."); got != "not found" {
			t.Errorf("an answer of somebody else: %q", got)
		}
		if got := answer("sari", "Sudah."); got != "note short" {
			t.Errorf("a short answer: %q", got)
		}
		if got := answer("sari", "Sudah, puskesmas meminta daftar obatnya."); got != "" {
			t.Errorf("the answer: %q", got)
		}
		if got := answer("sari", "Sudah, puskesmas meminta daftar obatnya."); got != "emergency-not-asked" {
			t.Errorf("the answer again: %q", got)
		}
		if all, err := p.Access.Notices(p.Ctx, p.As("joko"), 0, 50); err != nil || len(all) != 2 {
			t.Errorf("who asked has %d notices, %v", len(all), err)
		}
		if got := review("joko", "fair", ""); got != "" {
			t.Errorf("fair: %q", got)
		}
		if got := review("agus", "violation", "Tidak perlu sama sekali."); got != "emergency-judged" {
			t.Errorf("judged again: %q", got)
		}
		_, steps, err := p.Access.OwnOne(p.Ctx, p.As("sari"), o.ID)
		province.Must(t, err)
		var got []string
		for _, s := range steps {
			got = append(got, s.Name+" "+s.Step)
		}
		if fmt.Sprint(got) != "[Joko asked Sari answered Joko fair]" {
			t.Errorf("the steps: %v", got)
		}
		if all, err := p.Access.Notices(p.Ctx, p.As("sari"), 0, 50); err != nil || len(all) != 2 {
			t.Errorf("who opened has %d notices, %v", len(all), err)
		}
		if all, _, err := p.Audit.Openings(p.Ctx, p.As("joko"), audit.Queue{State: "judged"}); err != nil || len(all) != 1 {
			t.Errorf("%d are judged, %v", len(all), err)
		}
		p.Agree()
	})
}

// A violation closes what is still open; two reviewers at once judge once; nobody judges themselves.
func TestReview_violationEndsIt(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		o := opened(p, false)
		both := make(chan error, 2)
		for _, login := range []string{"joko", "agus"} {
			by := p.As(login)
			go func() {
				both <- p.Audit.Review(p.Ctx, by, o.ID, o.Version, audit.Verdict{Verdict: "violation", Note: "Tidak ada keadaan darurat."})
			}()
		}
		first, second := <-both, <-both
		if (first == nil) == (second == nil) {
			t.Errorf("two at once: %v, %v", first, second)
		}
		if open, err := p.Access.Opened(p.Ctx, p.As("sari")); err != nil || len(open) != 0 {
			t.Errorf("still open: %v, %v", open, err)
		}
		own, steps, err := p.Access.OwnOne(p.Ctx, p.As("sari"), o.ID)
		if err != nil || own.State != access.Violation || len(steps) != 1 {
			t.Errorf("%+v, %d steps, %v", own, len(steps), err)
		}
		if err := p.Audit.Review(p.Ctx, p.As("joko"), o.ID, o.Version, audit.Verdict{Verdict: "fair"}); !errors.Is(err, fail.Stale) {
			t.Errorf("an old version: %v", err)
		}
		p.Clock.Pass(24 * time.Hour)
		head := opened2(p)
		if err := p.Audit.Review(p.Ctx, p.As("kepala-b"), head.ID, 0, audit.Verdict{Verdict: "fair"}); province.Refused(err) != "emergency-own" {
			t.Errorf("one's own: %v", err)
		}
	})
}

// opened2 is an opening of the head of centre B, who sees the person herself since: she came to B.
func opened2(p *province.Province) access.Opening {
	p.T.Helper()
	o, _, err := p.Access.Open(p.Ctx, p.As("kepala-b"), access.NewOpening{NIK: nik, Kind: "referral", Reason: "Dirujuk ke UPT kami malam ini juga."})
	province.Must(p.T, err)
	province.Must(p.T, p.Store.Write(p.Ctx, p.House, joining, func(tx *store.Tx) error {
		who, err := person.ByID(tx, o.Person)
		if err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "person", ID: o.Person, Person: o.Person, Say: fail.Say("uji")})
		return person.JoinCentre(tx, who, p.B, province.Today)
	}))
	return o
}
