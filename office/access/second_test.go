package access_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/access"
	"tuntas/try/province"
)

// withSecond gives an account a second factor; it comes back with the secret and the recovery codes.
func withSecond(p *province.Province, login string) (secret string, codes []string) {
	p.T.Helper()
	by := p.As(login)
	province.Must(p.T, p.Access.BeginSecond(p.Ctx, by))
	pending, err := p.Access.Pending(p.Ctx, by)
	province.Must(p.T, err)
	codes, err = p.Access.ConfirmSecond(p.Ctx, by, codeNow(p, pending.Secret))
	province.Must(p.T, err)
	p.Clock.Pass(30 * time.Second) // the code that confirmed is used
	return pending.Secret, codes
}

func codeNow(p *province.Province, secret string) string {
	p.T.Helper()
	code, err := totp.GenerateCode(secret, p.Clock.Now())
	province.Must(p.T, err)
	return code
}

func step(p *province.Province, user id.ID, code string) string {
	_, err := p.Access.SecondStep(p.Ctx, user, code, "here")
	var wait access.Throttled
	if errors.As(err, &wait) {
		return "wait"
	}
	return refused(err)
}

// A second factor counts only after its first code; then the password alone lets nobody in.
func TestSecond_setUp(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		by := p.As("wulan")
		if _, err := p.Access.ConfirmSecond(p.Ctx, by, "123456"); refused(err) != "second-factor-missing" {
			t.Errorf("a code without a secret: %v", err)
		}
		province.Must(t, p.Access.BeginSecond(p.Ctx, by))
		pending, err := p.Access.Pending(p.Ctx, by)
		province.Must(t, err)
		picture, err := pending.Picture("kode")
		province.Must(t, err)
		if !strings.HasPrefix(pending.Link, "otpauth://totp/Tuntas:wulan?secret="+pending.Secret) || strings.ReplaceAll(pending.Groups(), " ", "") != pending.Secret ||
			!strings.Contains(string(picture), `aria-label="kode"`) || len(picture) < 2000 {
			t.Errorf("%+v %s", pending, picture)
		}
		if u := userOf(p, "wulan"); u.HasSecond() {
			t.Error("it counts before it is confirmed")
		}
		if _, err := p.Access.ConfirmSecond(p.Ctx, by, "000000"); refused(err) != "code wrong" {
			t.Errorf("a wrong code: %v", err)
		}
		codes, err := p.Access.ConfirmSecond(p.Ctx, by, codeNow(p, pending.Secret))
		if err != nil || len(codes) != 10 {
			t.Errorf("%v, %v", codes, err)
		}
		if left, err := p.Access.Pending(p.Ctx, by); err != nil || left.Secret != "" {
			t.Errorf("the secret can be read again: %+v, %v", left, err)
		}
		if got := refused(p.Access.BeginSecond(p.Ctx, by)); got != "second-factor-set" {
			t.Errorf("begun a second time: %s", got)
		}
		if u, err := p.Access.SignIn(p.Ctx, "wulan", province.Password, "here"); err != nil || !u.HasSecond() {
			t.Errorf("%+v, %v", u, err)
		}
	})
}

// A code of the app counts once, also beside a clock that is a little off; a recovery code counts once; wrong ones
// are throttled.
func TestSecond_step(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		secret, codes := withSecond(p, "wulan")
		wulan := userOf(p, "wulan").ID
		code := codeNow(p, secret)
		for n, c := range []struct{ code, want string }{
			{code[:3] + " " + code[3:], ""}, {code, "code wrong"}, {codes[0], ""}, {codes[0], "code wrong"}, {strings.ToLower(access.Grouped(codes[1])), ""},
			{"", "code wrong"}, {"0000000000", "code wrong"},
		} {
			if got := step(p, wulan, c.code); got != c.want {
				t.Errorf("%d, %q: %q, want %q", n, c.code, got, c.want)
			}
		}
		p.Clock.Pass(20 * time.Minute)
		late := codeNow(p, secret)
		p.Clock.Pass(30 * time.Second)
		if got := step(p, wulan, late); got != "" {
			t.Errorf("a code of the half minute before: %s", got)
		}
		p.Clock.Pass(5 * time.Minute)
		if got := step(p, wulan, late); got != "code wrong" {
			t.Errorf("a code of five minutes ago: %s", got)
		}
		for range 4 {
			step(p, wulan, "000000")
		}
		if got := step(p, wulan, codeNow(p, secret)); got != "wait" {
			t.Errorf("the right code after five wrong ones: %s", got)
		}
		p.Clock.Pass(16 * time.Minute)
		if got := step(p, wulan, codeNow(p, secret)); got != "" {
			t.Errorf("after the wait: %s", got)
		}
		if got := step(p, userOf(p, "ratna").ID, "123456"); got != "second-factor-missing" {
			t.Errorf("an account without one: %s", got)
		}
		p.Agree()
	})
}

var recoveryHashes = store.System(`select r.hash from recovery_codes r`)

func TestSecond_ends(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		secret, codes := withSecond(p, "wulan")
		wulan, by := p.As("wulan"), p.As("bima")
		if got := refused(p.Access.EndSecond(p.Ctx, wulan, "000000", "here")); got != "code wrong" {
			t.Errorf("ended without a code: %s", got)
		}
		more, err := p.Access.MoreRecovery(p.Ctx, wulan, codes[3], "here")
		province.Must(t, err)
		if got := step(p, wulan.User, codes[4]); got != "code wrong" || len(more) != 10 {
			t.Errorf("a code of the old list: %s", got)
		}
		province.Must(t, p.Store.Read(p.Ctx, p.House, readUsers, func(tx *store.Tx) error {
			kept, err := store.Each(tx, recoveryHashes, store.Text)
			if len(kept) != 10 || len(kept[0]) != 64 {
				t.Errorf("kept as %v", kept)
			}
			return err
		}))
		province.Must(t, p.Access.EndSecond(p.Ctx, wulan, codeNow(p, secret), "here"))
		if userOf(p, "wulan").HasSecond() || signIn(p, "wulan", province.Password, "here") != "in" {
			t.Error("it is still asked for")
		}
		withSecond(p, "wulan")
		if got := refused(p.Access.ReleaseSecond(p.Ctx, p.As("joko"), wulan.User)); got != "denied" {
			t.Errorf("the head of a centre released it: %s", got)
		}
		province.Must(t, p.Access.ReleaseSecond(p.Ctx, by, wulan.User))
		if userOf(p, "wulan").HasSecond() {
			t.Error("released, and still there")
		}
	})
}

// Who must have a second factor is led to it only when the office says so.
func TestSecond_required(t *testing.T) {
	t.Parallel()
	for _, role := range access.Roles {
		want := role.Key == "head_province" || role.Key == "head_division" || role.Key == "section_head" || role.Key == "auditor" || role.Key == "admin"
		if role.NeedsSecond() != want {
			t.Errorf("%s: %v", role.Key, !want)
		}
	}
	province.Each(t, func(t *testing.T, p *province.Province) {
		asks := func(want bool) {
			if on, err := p.Access.Required(p.Ctx); err != nil || on != want {
				t.Errorf("required: %v, %v", on, err)
			}
		}
		asks(false)
		province.Must(t, p.Access.Require(p.Ctx, p.As("bima"), true))
		asks(true)
		province.Must(t, p.Access.Require(p.Ctx, p.As("bima"), false))
		asks(false)
		if got := refused(p.Access.Require(p.Ctx, p.As("joko"), true)); got != "denied" {
			t.Errorf("the head of a centre: %s", got)
		}
	})
}

// A user's own password: the present one is asked for, and other browsers are signed out.
func TestOwnPassword(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		ratna := p.As("ratna")
		for _, c := range []struct{ old, password, want string }{
			{"salah", fresh, "password wrong"}, {province.Password, "pendek", "new_password short"}, {province.Password, "Ratna-2026-x", "new_password login"}, {province.Password, fresh, ""},
		} {
			if got := refused(p.Access.ChangePassword(p.Ctx, ratna, c.old, c.password, "kunci", "here")); got != c.want {
				t.Errorf("%+v: %s", c, got)
			}
		}
		if got := signIn(p, "ratna", fresh, "here"); got != "in" {
			t.Error(got)
		}
		for range 8 {
			_ = p.Access.ChangePassword(p.Ctx, ratna, "salah", "kata kata kata", "kunci", "here")
		}
		var wait access.Throttled
		if err := p.Access.ChangePassword(p.Ctx, ratna, fresh, "kata kata kata", "kunci", "here"); !errors.As(err, &wait) {
			t.Errorf("after eight wrong ones: %v", err)
		}
	})
}
