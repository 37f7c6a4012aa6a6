package outcome_test

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/office/access"
	"tuntas/office/outcome"
	"tuntas/try/province"
)

// door is the desk behind its two doors.
type door struct {
	*province.Province
	server *web.Server
}

func doors(t *testing.T, p *province.Province) *door {
	t.Helper()
	pages, err := page.New(map[string]fs.FS{"outcome": outcome.Pages, "web": web.Pages, "access": access.Pages})
	province.Must(t, err)
	s, err := web.New(web.Options{Store: p.Store, Pages: pages, Routes: append(outcome.New(p.Store).Routes(), p.Access.Routes()...),
		Auth: access.Door{Desk: p.Access}, Keep: p.Access.Keep(), Clock: clock.At(today.Time().Add(12 * time.Hour)), Demo: true})
	province.Must(t, err)
	return &door{p, s}
}

func (d *door) send(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	d.server.ServeHTTP(w, r.WithContext(d.Ctx))
	return w
}

// page opens an address as somebody does in a browser.
func (d *door) page(login, path string) *httptest.ResponseRecorder {
	d.T.Helper()
	in := httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader(url.Values{"login": {login}, "password": {province.Password}}.Encode()))
	in.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	signed := d.send(in)
	if signed.Code != http.StatusSeeOther {
		d.T.Fatalf("sign in %s: %d", login, signed.Code)
	}
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for _, c := range signed.Result().Cookies() {
		r.AddCookie(c)
	}
	return d.send(r)
}

func (d *door) api(login, path string) (body outcome.OutcomeBody, code int) {
	d.T.Helper()
	token, err := d.Access.CreateToken(d.Ctx, d.House, login, "uji", 24*time.Hour)
	province.Must(d.T, err)
	r := httptest.NewRequest(http.MethodGet, "/api/v1"+path, nil)
	r.Header.Set("Authorization", "Bearer "+token)
	w := d.send(r)
	if w.Code == http.StatusOK {
		province.Must(d.T, json.Unmarshal(w.Body.Bytes(), &body))
	}
	return body, w.Code
}

// The page says the worst and the best case, draws the curve with a title, and gives its numbers beside it; the API says the
// same. A span with nobody, a wrong one and a centre that is not there are told in words.
func TestPage(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		var all []exit
		for i := range 12 {
			x := exit{centre: p.A, on: today.AddMonths(-14).Add(-i), reason: "own_wish", states: []string{"independent", "independent", "independent", "independent"}}
			switch i {
			case 0, 1, 2:
				x.states = []string{"independent", "unreached", "unreached", "unreached"}
			case 3:
				x.states[2], x.states[3] = "dependent", "dependent"
			}
			all = append(all, x)
		}
		enter(t, p, all)
		d := doors(t, p)
		body := d.page("joko", "/outcome").Body.String()
		for _, want := range []string{"8 diketahui masih mandiri, 1 tidak, dan 3 belum diketahui", `<title id="masih-mandiri-t">`, `<desc id="masih-mandiri-d">`, "Lihat angka", "kurang dari 30 orang", "bukan peringkat",
			"/indicators/followed/records?", "class=\"tick\"", "class=\"hatch\""} {
			if !strings.Contains(body, want) {
				t.Errorf("no %q on the page", want)
			}
		}
		if got := d.page("joko", "/outcome?from=2001-01-01&to=2001-02-01"); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "Belum ada yang keluar pada masa ini.") {
			t.Errorf("nobody: %d", got.Code)
		}
		for path, want := range map[string]int{"/outcome?from=2026-02-01&to=2026-01-01": 400, "/outcome?from=pisang": 400, "/outcome?centre=" + id.New().String(): 404} {
			if got := d.page("wulan", path).Code; got != want {
				t.Errorf("%s: %d, want %d", path, got, want)
			}
		}
		if got := d.page("yati", "/outcome").Code; got != http.StatusForbidden {
			t.Errorf("a carer: %d", got)
		}
		said, code := d.api("wulan", "/outcome?from=2025-01-01")
		year := said.Cohorts[len(said.Cohorts)-1]
		if code != 200 || said.Left != 12 || year.Months != 12 || year.Worst != 8 || year.Best != 11 || year.Not != 1 || len(said.Centres) != 1 || said.Centres[0].Share != nil {
			t.Errorf("%d %+v", code, said)
		}
		if at := said.Curve[6]; at.AtRisk != 9 || at.Fallen != 1 || at.Low == nil {
			t.Errorf("after six months %+v", at)
		}
	})
}
