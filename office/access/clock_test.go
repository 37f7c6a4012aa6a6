package access_test

import (
	"errors"
	"testing"
	"time"

	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/schema"
	"tuntas/try/province"
)

// A clock that jumps back an hour makes nothing hold again that has ended, also when the program is started anew, and
// hinders nobody: the record stays whole, and new codes and openings hold.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		karto(p)
		keep := access.Door{Desk: p.Access}.Keep().(access.Sessions)
		p.Clock.Pass(11*time.Hour + 30*time.Minute) // 23.30
		now := p.Clock.Now()
		province.Must(t, keep.CommitCtx(p.Ctx, "sesi", []byte("x"), now.Add(20*time.Minute)))
		province.Must(t, p.Access.AddCover(p.Ctx, p.As("bima"), userOf(p, "tuti").ID, access.NewCover{Role: "head_centre", From: province.Today, Until: province.Today, Reason: "cuti"}))
		token, err := p.Access.CreateToken(p.Ctx, p.As("bima"), "ratna", "uji", 20*time.Minute)
		province.Must(t, err)
		p.Clock.Pass(-23 * time.Hour)
		code, err := p.Access.MakeCode(p.Ctx, p.As("bima"), userOf(p, "hari").ID) // dies at 0.30
		province.Must(t, err)
		p.Clock.Pass(23 * time.Hour)
		province.Must(t, p.Access.BindEmergency(p.Ctx, p.As("bima"), access.Emergency{Hours: 1, PerDay: 1}))
		_, _, err = p.Access.Open(p.Ctx, p.As("sari"), urgent(nikOfKarto))
		province.Must(t, err)
		by, _ := under(p, "sari")

		holds := func(when string, d *access.Desk, want bool) {
			t.Helper()
			_, session, err := access.Door{Desk: d}.Keep().(access.Sessions).FindCtx(p.Ctx, "sesi")
			province.Must(t, err)
			tuti, err := d.As(p.Ctx, "tuti")
			province.Must(t, err)
			_, err = d.Token(p.Ctx, token)
			opened, failed := d.Opened(p.Ctx, p.As("sari"))
			province.Must(t, failed)
			for what, got := range map[string]bool{"the session": session, "the cover": tuti.May(who.ApproveCase), "the token": err == nil, "the opening": len(opened) > 0} {
				if got != want {
					t.Errorf("%s: %s holds: %v", when, what, got)
				}
			}
		}
		holds("before", p.Access, true)
		p.Clock.Pass(70 * time.Minute) // 0.40 of the next day
		holds("after", p.Access, false)
		province.Must(t, p.Access.Sweep(p.Ctx))
		p.Clock.Pass(-time.Hour) // 23.40
		holds("set back", p.Access, false)
		again, err := store.Open(p.Address, store.Options{Scope: access.Scope, Schema: schema.Files, Clock: p.Clock, Unsafe: true})
		province.Must(t, err)
		t.Cleanup(func() { _ = again.Close() })
		holds("set back and started anew", access.New(again, false), false)
		if _, err := p.Persons.Look(p.Ctx, by, by.Opened.Person); !errors.Is(err, fail.NotFound) {
			t.Errorf("an asker that was kept reads: %v", err)
		}
		if got := useCode(p, "hari", code); got != "code wrong" {
			t.Errorf("the code of yesterday: %q", got)
		}

		// and work goes on
		code, err = p.Access.MakeCode(p.Ctx, p.As("bima"), userOf(p, "hari").ID)
		province.Must(t, err)
		if got := useCode(p, "hari", code); got != "" {
			t.Errorf("a new code: %q", got)
		}
		if got := signIn(p, "ratna", province.Password, "here"); got != "in" {
			t.Errorf("sign-in: %s", got)
		}
		province.Must(t, keep.CommitCtx(p.Ctx, "baru", []byte("x"), p.Clock.Now().Add(12*time.Hour)))
		if _, found, err := keep.FindCtx(p.Ctx, "baru"); err != nil || !found {
			t.Errorf("a new session: %v, %v", found, err)
		}
		if _, _, err = p.Access.Open(p.Ctx, p.As("sari"), urgent(nikOfKarto)); err != nil {
			t.Errorf("the opening of a new day: %v", err)
		}
		if _, ok := under(p, "sari"); !ok {
			t.Error("the new opening does not hold")
		}
		p.Agree()
	})
}

// A file that was opened in an emergency and closed by time stays closed however far the clock goes back, also when the
// program is started anew; and another can be opened.
func TestClockSetBack_openings(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		karto(p)
		for _, anew := range []bool{false, true} {
			_, _, err := p.Access.Open(p.Ctx, p.As("sari"), urgent(nikOfKarto))
			province.Must(t, err)
			if _, ok := under(p, "sari"); !ok {
				t.Fatal("an opening does not hold")
			}
			p.Clock.Pass(12 * time.Hour)
			if _, ok := under(p, "sari"); ok {
				t.Fatal("open after twelve hours")
			}
			province.Must(t, p.Access.Sweep(p.Ctx))
			p.Clock.Pass(-11 * time.Hour) // an hour after it was opened
			d := p.Access
			if anew {
				again, err := store.Open(p.Address, store.Options{Scope: access.Scope, Schema: schema.Files, Clock: p.Clock, Unsafe: true})
				province.Must(t, err)
				t.Cleanup(func() { _ = again.Close() })
				d = access.New(again, false)
			}
			open, err := d.Opened(p.Ctx, who.Asker{User: userOf(p, "sari").ID, Rights: map[who.Right]bool{who.OpenEmergency: true}})
			province.Must(t, err)
			if len(open) > 0 {
				t.Errorf("started anew %v: open again until %s", anew, open[0].Until)
			}
		}
		p.Agree()
	})
}

// A clock that was a day ahead is believed when it is put right: nobody waits for a day.
func TestClockSetBack_farther(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		p.Clock.Pass(24 * time.Hour)
		_ = p.As("ratna")
		p.Clock.Pass(-24 * time.Hour)
		if got := p.Store.Latest(); !got.Equal(p.Clock.Now()) {
			t.Errorf("the latest moment is %s, the clock says %s", got, p.Clock.Now())
		}
	})
}

// Ten thousand guesses at a one-time code: a few are compared, the rest wait, and the code is dead.
func TestCode_tenThousandGuesses(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		code, err := p.Access.MakeCode(p.Ctx, p.As("bima"), userOf(p, "ratna").ID)
		province.Must(t, err)
		answers := map[string]int{}
		for range 10_000 {
			answers[useCode(p, "ratna", "0000000000")]++
		}
		if answers["code wrong"] != 8 || answers["wait"] != 9_992 {
			t.Errorf("%v", answers)
		}
		for range 20 { // a guess every quarter of an hour, from other places
			p.Clock.Pass(16 * time.Minute)
			if got := useCode(p, "ratna", "0000000001"); got != "code wrong" {
				t.Errorf("a patient guess: %s", got)
			}
		}
		if got := useCode(p, "ratna", code); got != "code wrong" {
			t.Errorf("the code after all these: %q", got)
		}
	})
}
