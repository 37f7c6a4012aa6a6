package access_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/access"
	"tuntas/try/province"
)

const fresh = "empat kata yang biasa"

func useCode(p *province.Province, login, code string) string {
	err := p.Access.UseCode(p.Ctx, login, code, fresh, "here")
	var wait access.Throttled
	if errors.As(err, &wait) {
		return "wait"
	}
	return refused(err)
}

// A new account is opened by its code: once, within a day, in whatever way it is written.
func TestCode_opensAnAccount(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		by := p.As("bima")
		_, code, err := p.Access.NewAccount(p.Ctx, by, access.NewUser{Login: " Dwi", Name: "Dwi", Role: "carer", Centres: []id.ID{p.A, p.A}})
		province.Must(t, err)
		if len(code) != 10 || strings.ContainsAny(code, "ILOU") {
			t.Errorf("the code %s", code)
		}
		if got := refused(p.Access.UseCode(p.Ctx, "dwi", code, "pendek", "here")); got != "new_password short" {
			t.Errorf("a short password: %s", got)
		}
		if got := refused(p.Access.UseCode(p.Ctx, "dwi", code, "sandi dwi 2026", "here")); got != "new_password login" {
			t.Errorf("a password with the login: %s", got)
		}
		if got := useCode(p, "dwi", "0000000000"); got != "code wrong" {
			t.Errorf("a wrong code: %s", got)
		}
		if got := useCode(p, "DWI ", strings.ToLower(access.Grouped(code))); got != "" {
			t.Errorf("the code with a hyphen and in small letters: %s", got)
		}
		if got := useCode(p, "dwi", code); got != "code wrong" {
			t.Errorf("the code a second time: %s", got)
		}
		if got := signIn(p, "dwi", fresh, "here"); got != "in" {
			t.Errorf("the password that was set: %s", got)
		}
	})
}

// A code dies with its day, with its fifth try, and with the code after it; it opens no closed account.
func TestCode_dies(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		by, ratna := p.As("bima"), userOf(p, "ratna")
		give := func() string {
			code, err := p.Access.MakeCode(p.Ctx, by, ratna.ID)
			province.Must(t, err)
			return code
		}
		old := give()
		code := give()
		if got := useCode(p, "ratna", old); got != "code wrong" {
			t.Errorf("the code before: %s", got)
		}
		p.Clock.Pass(25 * time.Hour)
		if got := useCode(p, "ratna", code); got != "code wrong" {
			t.Errorf("after a day: %s", got)
		}
		code = give()
		for n := range 5 {
			if got := useCode(p, "ratna", "1111111111"); got != "code wrong" {
				t.Errorf("try %d: %s", n+1, got)
			}
		}
		if got := useCode(p, "ratna", code); got != "code wrong" {
			t.Errorf("the right code after five wrong ones: %s", got)
		}
		for range 8 {
			useCode(p, "nobody", "1111111111")
		}
		if got := useCode(p, "nobody", "1111111111"); got != "wait" {
			t.Errorf("the ninth try on one name: %s", got)
		}
		p.Clock.Pass(20 * time.Minute)
		code = give()
		province.Must(t, p.Access.StopByID(p.Ctx, by, ratna.ID))
		if got := useCode(p, "ratna", code); got != "code wrong" {
			t.Errorf("of a closed account: %s", got)
		}
		if _, err := p.Access.MakeCode(p.Ctx, by, ratna.ID); refused(err) != "account-closed" {
			t.Errorf("a code for a closed account: %v", err)
		}
		if _, err := p.Access.MakeCode(p.Ctx, p.As("joko"), ratna.ID); refused(err) != "denied" {
			t.Errorf("the head of a centre made a code: %v", err)
		}
	})
}

var codeHashes = store.System(`select c.hash from reset_codes c`)

// The old password holds until the code is used; then it is gone, and every token and session with it. The code is
// kept as a hash alone.
func TestCode_replacesThePassword(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		by, ratna := p.As("bima"), userOf(p, "ratna")
		token, err := p.Access.CreateToken(p.Ctx, by, "ratna", "uji", time.Hour)
		province.Must(t, err)
		code, err := p.Access.MakeCode(p.Ctx, by, ratna.ID)
		province.Must(t, err)
		province.Must(t, p.Store.Read(p.Ctx, p.House, readUsers, func(tx *store.Tx) error {
			kept, err := store.Each(tx, codeHashes, store.Text)
			if len(kept) != 1 || len(kept[0]) != 64 || strings.Contains(kept[0], code) {
				t.Errorf("kept as %v", kept)
			}
			return err
		}))
		a, err := p.Access.Account(p.Ctx, by, ratna.ID)
		if err != nil || a.CodeUntil.Sub(p.Clock.Now()) != 24*time.Hour {
			t.Errorf("waits until %v, %v", a.CodeUntil, err)
		}
		if got := signIn(p, "ratna", province.Password, "here"); got != "in" {
			t.Errorf("the old password before: %s", got)
		}
		if got := useCode(p, "ratna", code); got != "" {
			t.Fatal(got)
		}
		if got := signIn(p, "ratna", province.Password, "here"); got != "wrong" {
			t.Errorf("the old password after: %s", got)
		}
		if _, err := p.Access.Token(p.Ctx, token); err == nil {
			t.Error("a token of before speaks")
		}
		p.Agree()
	})
}

// An account that nobody used for sixty days sleeps, and says so only to its owner; a code wakes it.
func TestAsleep(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		if got := signIn(p, "ratna", province.Password, "here"); got != "in" {
			t.Fatal(got)
		}
		p.Clock.Pass(59 * 24 * time.Hour)
		_, _, err := p.Access.Session(p.Ctx, userOf(p, "ratna").ID) // she is seen
		province.Must(t, err)
		p.Clock.Pass(2 * 24 * time.Hour)
		if got := signIn(p, "ratna", province.Password, "here"); got != "in" {
			t.Errorf("seen two days ago: %s", got)
		}
		if _, err := p.Access.SignIn(p.Ctx, "joko", province.Password, "here"); refused(err) != "account-asleep" {
			t.Errorf("never seen, made 61 days ago: %v", err)
		}
		if got := signIn(p, "joko", "salah", "here"); got != "wrong" {
			t.Errorf("with a wrong password: %s", got)
		}
		by, joko := p.As("bima"), userOf(p, "joko")
		all, _, err := p.Access.Users(p.Ctx, by, access.Search{State: "asleep"})
		if err != nil || len(all) != 7 {
			t.Errorf("%d sleep, %v", len(all), err)
		}
		code, err := p.Access.MakeCode(p.Ctx, by, joko.ID)
		province.Must(t, err)
		if got := useCode(p, "joko", code); got != "" {
			t.Fatal(got)
		}
		if got := signIn(p, "joko", fresh, "here"); got != "in" {
			t.Errorf("woken: %s", got)
		}
	})
}

var seenOf = store.System(`select coalesce(u.last_seen_at, 0) from users u where u.id = ?`)

// When an account was last seen is written once an hour, not with every page.
func TestSeen_onceAnHour(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		ratna := userOf(p, "ratna")
		seen := func() (at int64) {
			_, _, err := p.Access.Session(p.Ctx, ratna.ID)
			province.Must(t, err)
			province.Must(t, p.Store.Read(p.Ctx, p.House, readUsers, func(tx *store.Tx) (err error) {
				at, err = store.One(tx, seenOf, store.Int, ratna.ID)
				return err
			}))
			return at
		}
		first := seen()
		p.Clock.Pass(50 * time.Minute)
		if first != p.Clock.Now().Add(-50*time.Minute).UnixMilli() || seen() != first {
			t.Error("written again within the hour, or not at first")
		}
		p.Clock.Pass(11 * time.Minute)
		if seen() != p.Clock.Now().UnixMilli() {
			t.Error("not written after an hour")
		}
	})
}
