package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/try/browser"
)

// send posts a form as the browser of some cookies, which the answer may change.
func (o *testOffice) send(cookie *string, path string, form url.Values) *httptest.ResponseRecorder {
	o.t.Helper()
	w := o.quickPage(*cookie, http.MethodPost, path, form.Encode())
	for _, c := range w.Result().Cookies() {
		if c.Name == "tuntas" {
			*cookie = c.Name + "=" + c.Value
		}
	}
	return w
}

func (o *testOffice) wants(w *httptest.ResponseRecorder, status int, to string) {
	o.t.Helper()
	if at := w.Header().Get("Location"); w.Code != status || at != to {
		o.t.Fatalf("%d to %q, want %d to %q\n%s", w.Code, at, status, to, w.Body.String())
	}
}

var shownCode = regexp.MustCompile(`[0-9A-Z]{5}-[0-9A-Z]{5}`)

// An administrator makes an account; its code stands on that one page, and opens it.
func TestAccount_fromPageToSignIn(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		bima, nobody := o.signIn("bima"), ""
		made := o.send(&bima, "/users", url.Values{"login": {"dwi"}, "name": {"Dwi Lestari"}, "address": {"Bu"}, "role": {"carer"}, "centre": {o.centres["pstw-jember"].String(), o.centres["rsbn-malang"].String()}})
		code := shownCode.FindString(made.Body.String())
		if made.Code != http.StatusOK || code == "" {
			t.Fatalf("%d %s", made.Code, made.Body)
		}
		twice := o.send(&bima, "/users", url.Values{"login": {"dwi"}, "name": {"Dwi"}, "role": {"auditor"}})
		if twice.Code != http.StatusConflict || shownCode.MatchString(twice.Body.String()) {
			t.Errorf("the same login again: %d", twice.Code)
		}
		u, err := o.Access.ByLogin(context.Background(), who.House("test"), "dwi")
		must(t, err)
		if w := o.quickPage(bima, "GET", "/users/"+u.ID.String(), ""); w.Code != http.StatusOK || strings.Contains(w.Body.String(), code) || !strings.Contains(w.Body.String(), "RSBN Malang") {
			t.Errorf("the page of the account: %d %s", w.Code, w.Body)
		}
		o.wants(o.send(&nobody, "/sign-in/code", url.Values{"login": {"dwi"}, "code": {code}, "new_password": {"empat kata yang biasa"}}), 303, "/sign-in")
		o.wants(o.send(&nobody, "/sign-in", url.Values{"login": {"dwi"}, "password": {"empat kata yang biasa"}}), 303, "/today")
		if got := o.page(nobody, "GET", "/profile", ""); got != http.StatusOK {
			t.Errorf("signed in: %d", got)
		}
	})
}

// The first press on a changed role shows what would change and saves nothing; what is saved is what was shown.
func TestAccount_consequencesBeforeSaving(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		bima := o.signIn("bima")
		ratna, err := o.Access.As(context.Background(), "ratna")
		must(t, err)
		path := "/users/" + ratna.User.String() + "/duty"
		malang := o.centres["rsbn-malang"].String()
		wanted := access.Duty{Role: "social_worker", Centres: []id.ID{o.centres["rsbn-malang"]}}
		role := func() string {
			a, err := o.Access.Account(context.Background(), who.House("test"), ratna.User)
			must(t, err)
			return access.Duty{Role: a.Role, Centres: a.Centres}.Print()
		}
		before := role()
		for _, confirmed := range []string{"", "carer " + malang} {
			w := o.send(&bima, path, url.Values{"role": {"social_worker"}, "centre": {malang}, "_confirmed": {confirmed}})
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Kehilangan akses ke") || role() != before {
				t.Fatalf("%q: %d %s", confirmed, w.Code, w.Body)
			}
		}
		o.wants(o.send(&bima, path, url.Values{"role": {"social_worker"}, "centre": {malang}, "_confirmed": {wanted.Print()}}), 303, "/users/"+ratna.User.String())
		if role() != wanted.Print() {
			t.Errorf("saved as %s", role())
		}
	})
}

// A form that was opened under a duty cover and sent after it is refused as any other without the right: 403.
func TestCover_endsUnderAnOpenForm(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ratna, err := o.Access.As(context.Background(), "ratna")
		must(t, err)
		bima := o.signIn("bima")
		o.wants(o.send(&bima, "/users/"+ratna.User.String()+"/covers", url.Values{"role": {"head_centre"}, "from": {"3 Maret 2025"}, "until": {"4 Maret 2025"}, "reason": {"Cuti"}}),
			303, "/users/"+ratna.User.String())
		_, c := o.old("ratna", "Mbah Karto")
		form := url.Values{"number": {"460/1"}, "on": {"3 Maret 2025"}}.Encode()
		hers := o.signIn("ratna")
		if w := o.quickPage(hers, "GET", "/profile", ""); !strings.Contains(w.Body.String(), "Anda menggantikan tugas") {
			t.Errorf("the cover is not on the profile: %s", w.Body)
		}
		if got := o.page(hers, "POST", "/cases/"+c+"/decision", form); got == http.StatusForbidden || got >= 500 {
			t.Errorf("under the cover: %d", got)
		}
		o.clock.to("2025-03-05")
		hers = o.signIn("ratna")
		if got := o.page(hers, "POST", "/cases/"+c+"/decision", form); got != http.StatusForbidden {
			t.Errorf("after it: %d", got)
		}
	})
}

// With a second factor the password opens nothing; where the office asks for one, sign-in leads to its set-up.
func TestSecond_atSignIn(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ctx := context.Background()
		wulan, err := o.Access.As(ctx, "wulan")
		must(t, err)
		must(t, o.Access.BeginSecond(ctx, wulan))
		pending, err := o.Access.Pending(ctx, wulan)
		must(t, err)
		code := func() string {
			o.clock.ms.Add(60_000)
			c, err := totp.GenerateCode(pending.Secret, o.clock.Now())
			must(t, err)
			return c
		}
		_, err = o.Access.ConfirmSecond(ctx, wulan, code())
		must(t, err)
		cookie := ""
		if got := o.page(cookie, "GET", "/sign-in/second", ""); got != http.StatusSeeOther {
			t.Errorf("the step without a password: %d", got)
		}
		o.wants(o.send(&cookie, "/sign-in/second", url.Values{"code": {code()}}), 303, "/sign-in")
		o.wants(o.send(&cookie, "/sign-in", url.Values{"login": {"wulan"}, "password": {testPassword}, "next": {"/province"}}), 303, "/sign-in/second?next=%2Fprovince")
		if got := o.page(cookie, "GET", "/province", ""); got != http.StatusSeeOther {
			t.Errorf("with the password alone: %d", got)
		}
		wrong := o.send(&cookie, "/sign-in/second", url.Values{"code": {"000000"}, "next": {"/province"}})
		if wrong.Code != http.StatusBadRequest || !strings.Contains(wrong.Body.String(), `name="next" value="/province"`) {
			t.Errorf("a wrong code: %d %s", wrong.Code, wrong.Body)
		}
		o.clock.ms.Add((11 * time.Minute).Milliseconds())
		o.wants(o.send(&cookie, "/sign-in/second", url.Values{"code": {code()}}), 303, "/sign-in") // the half sign-in is over
		o.wants(o.send(&cookie, "/sign-in", url.Values{"login": {"wulan"}, "password": {testPassword}}), 303, "/sign-in/second?next=%2Ftoday")
		before := cookie
		o.wants(o.send(&cookie, "/sign-in/second", url.Values{"code": {code()}, "next": {"/province"}}), 303, "/province")
		if got := o.page(cookie, "GET", "/province", ""); got != http.StatusOK || cookie == before {
			t.Errorf("with both: %d, the same session key: %v", got, cookie == before)
		}

		bima := ""
		o.wants(o.send(&bima, "/sign-in", url.Values{"login": {"bima"}, "password": {testPassword}}), 303, "/today")
		o.wants(o.send(&bima, "/users/rules", url.Values{"second": {"on"}}), 303, "/users")
		again := ""
		o.wants(o.send(&again, "/sign-in", url.Values{"login": {"bima"}, "password": {testPassword}}), 303, "/profile/second-factor")
		o.wants(o.send(&again, "/sign-in", url.Values{"login": {"ratna"}, "password": {testPassword}}), 303, "/today")
	})
}

// Other browsers can be signed out, by their owner and by an administrator; the one that asks stays.
func TestSessions_signedOutElsewhere(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		here, there, joko, bima := o.signIn("ratna"), o.signIn("ratna"), o.signIn("joko"), o.signIn("bima")
		signedIn := func(what string, want bool, cookies ...string) {
			t.Helper()
			for _, c := range cookies {
				if got := o.page(c, "GET", "/profile", "") == http.StatusOK; got != want {
					t.Errorf("%s: %v", what, got)
				}
			}
		}
		o.wants(o.send(&here, "/profile/sign-out", url.Values{}), 303, "/profile")
		signedIn("the browser that asked", true, here, joko)
		signedIn("the other", false, there)
		there = o.signIn("ratna")
		o.wants(o.send(&here, "/profile/password", url.Values{"password": {testPassword}, "new_password": {"empat kata yang biasa"}}), 303, "/profile")
		signedIn("after the new password", true, here)
		signedIn("the other after it", false, there)
		ratna, err := o.Access.As(context.Background(), "ratna")
		must(t, err)
		o.wants(o.send(&bima, "/users/"+ratna.User.String()+"/sign-out", url.Values{}), 303, "/users/"+ratna.User.String())
		signedIn("ended by the administrator", false, here)
		signedIn("another user", true, joko, bima)
	})
}

// The pages that only a deed shows are as sound as the others: the code, the consequences, the set-up of a second
// factor and its recovery codes, the step at sign-in.
func TestPages_ofDeeds(t *testing.T) {
	t.Parallel()
	o, address := demoOn(t, "sqlite")
	for _, width := range []int{360, 1280} {
		b := browser.New(t, address, width)
		look := func(name string) {
			b.AxeBoth()
			b.FitsWidth()
			b.Screenshot(name + "-" + map[int]string{360: "360", 1280: "1280"}[width])
		}
		signInAs(b, "bima")
		login := map[int]string{360: "kecil", 1280: "besar"}[width]
		b.Open("/users/new")
		b.Fill("Nama lengkap", "Dwi Lestari")
		b.Fill("Nama masuk", login)
		b.Choose("Peran", "Pengasuh")
		b.Press("Buat akun")
		b.See("Peran ini perlu sebuah UPT")
		look("deed-user-wrong")
		b.Check("PSTW Jember (contoh)")
		b.Press("Buat akun")
		b.See("Kode ini hanya tampak sekarang")
		look("deed-code")
		ratna, err := o.Access.ByLogin(context.Background(), who.House("test"), "ratna")
		must(t, err)
		b.Open("/users/" + ratna.ID.String() + "/duty")
		b.Choose("Peran", "Pengasuh")
		b.Check("RSBN Malang (contoh)")
		b.Press("Lihat akibatnya")
		b.See("Mendapat akses ke")
		look("deed-duty")

		u, err := o.Access.ByLogin(context.Background(), who.House("test"), login)
		must(t, err)
		code, err := o.Access.MakeCode(context.Background(), who.House("test"), u.ID)
		must(t, err)
		b = browser.New(t, address, width)
		b.Open("/sign-in/code")
		b.Fill("Nama masuk", login)
		b.Fill("Kode", code)
		b.Fill("Kata sandi baru", "empat kata yang biasa")
		b.Press("Simpan kata sandi")
		b.Fill("Nama masuk", login)
		b.Fill("Kata sandi", "empat kata yang biasa")
		b.Press("Masuk")
		b.Open("/profile/second-factor")
		b.Press("Mulai menyiapkan")
		b.See("Buktikan dengan satu kode")
		look("deed-second")
		by, err := o.Access.As(context.Background(), login)
		must(t, err)
		pending, err := o.Access.Pending(context.Background(), by)
		must(t, err)
		now, err := totp.GenerateCode(pending.Secret, o.Store.Now())
		must(t, err)
		b.Fill("Kode dari aplikasi", now)
		b.Press("Aktifkan faktor kedua")
		b.See("Simpan sepuluh kode cadangan ini")
		look("deed-recovery")
		b.Open("/profile/second-factor")
		look("deed-second-on")
		b = browser.New(t, address, width)
		b.Open("/sign-in")
		b.Fill("Nama masuk", login)
		b.Fill("Kata sandi", "empat kata yang biasa")
		b.Press("Masuk")
		b.See("Kode dari aplikasi Anda?")
		look("deed-step")
	}
}
