package letters_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/access"
	"tuntas/office/audit"
	"tuntas/office/casework"
	"tuntas/office/letters"
	"tuntas/office/person"
	"tuntas/try/province"
)

const today = province.Today

// office is the province of the test with its desk of letters.
type office struct {
	*province.Province
	desk                                      *letters.Desk
	ratna, joko, sari, wulan, yati, bima, kas who.Asker
	server                                    *web.Server
	tokens                                    map[string]string
}

func each(t *testing.T, test func(t *testing.T, o *office)) {
	t.Helper()
	province.Each(t, func(t *testing.T, p *province.Province) { test(t, at(t, p)) })
}

func at(t testing.TB, p *province.Province) *office {
	t.Helper()
	o := &office{Province: p, desk: letters.New(p.Store, p.Figures, false), tokens: map[string]string{}}
	for login, by := range map[string]*who.Asker{"ratna": &o.ratna, "joko": &o.joko, "sari": &o.sari, "wulan": &o.wulan, "yati": &o.yati, "bima": &o.bima} {
		a, err := p.Access.As(p.Ctx, login)
		must(t, err)
		*by = a
	}
	_, err := p.Access.AddUserWith(p.Ctx, p.House, access.NewUser{Login: "kas", Name: "Kas", Role: "head_administration", Centres: []id.ID{p.A}}, province.Password)
	must(t, err)
	o.kas, err = p.Access.As(p.Ctx, "kas")
	must(t, err)
	return o
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sumarni opens the case of an old woman in A, ready to be admitted.
func (o *office) sumarni(name string) casework.Case {
	o.T.Helper()
	p, _, err := o.Persons.Register(o.Ctx, o.ratna, person.Entry{Centre: o.A, Sex: "female", Birth: person.Birth{Precision: "estimated", From: 1952, To: 1958},
		Names: []person.Name{{Kind: "working", Text: name}}, FoundPlace: "Pasar Ajung", HomeRegion: "35.09",
		Identifiers: []person.Identifier{{Kind: "nik", Value: "3509105207540001", Certainty: "claimed", Source: "uji"}}})
	must(o.T, err)
	c, err := o.Cases.Open(o.Ctx, o.ratna, casework.Opening{Person: p.ID, Centre: o.A, Kind: "lansia_telantar", OpenedOn: today.Add(-10), OutsideSince: today.Add(-30)})
	must(o.T, err)
	_, err = o.Persons.GiveConsent(o.Ctx, o.ratna, p.ID, person.Consent{Purpose: "service", GivenOn: today.Add(-5), GivenBy: "self", Form: "written"})
	must(o.T, err)
	_, err = o.Cases.CheckCriteria(o.Ctx, o.ratna, c.ID, 0, casework.Answers{Answers: []casework.Answer{
		{Code: "nobody-cares", Result: "met", Evidence: "Kunjungan 16 November"}, {Code: "social-worker", Result: "met", Evidence: "Laporan pekerja sosial"}}})
	must(o.T, err)
	return c
}

func (o *office) enter(c casework.Case, stage string) {
	o.T.Helper()
	_, err := o.Cases.EnterStage(o.Ctx, o.ratna, c.ID, 0, casework.Move{Stage: stage, On: today})
	must(o.T, err)
}

// assessed brings the case to its signed assessment, and the person to a bed.
func (o *office) assessed(c casework.Case) {
	o.T.Helper()
	o.enter(c, casework.Assessing)
	_, free, err := o.Cases.FreeBeds(o.Ctx, o.ratna, c.ID)
	must(o.T, err)
	_, err = o.Cases.House(o.Ctx, o.ratna, c.ID, casework.NewStay{Bed: free[0].ID, From: today.Add(-3), State: "open"})
	must(o.T, err)
	o.measure(c, "admission", "2")
	a, err := o.Cases.Assess(o.Ctx, o.ratna, c.ID, casework.NewAssessment{Instrument: "biopsychosocial", Occasion: "admission", Answers: map[string]any{
		"bio_condition": "Lemah, dapat berjalan", "psycho_condition": "Tenang", "social_condition": "Hidup sendiri", "family_condition": "Belum ditemukan",
		"family_care": "unknown", "potential": "Pandai menganyam", "conclusion": "Perlu pengasuhan sampai keluarga ditemukan.",
		"needs": []any{map[string]any{"domain": "basic", "text": "Makan teratur"}, map[string]any{"domain": "identity", "text": "NIK"}}}})
	must(o.T, err)
	_, err = o.Cases.Sign(o.Ctx, o.ratna, c.ID, a.ID, a.Version)
	must(o.T, err)
}

func (o *office) measure(c casework.Case, occasion, level string) {
	o.T.Helper()
	answers := map[string]any{"income": "na", "work": "na"}
	for _, domain := range []string{"food", "housing", "health", "identity", "family", "community", "conduct", "skill", "adl"} {
		answers[domain] = level
	}
	a, err := o.Cases.Assess(o.Ctx, o.ratna, c.ID, casework.NewAssessment{Instrument: "independence", Occasion: occasion, Answers: answers})
	must(o.T, err)
	_, err = o.Cases.Sign(o.Ctx, o.ratna, c.ID, a.ID, a.Version)
	must(o.T, err)
}

// planned brings an assessed case to its approved plan.
func (o *office) planned(c casework.Case) {
	o.T.Helper()
	o.enter(c, casework.Planning)
	f, err := o.Cases.Look(o.Ctx, o.ratna, c.ID)
	must(o.T, err)
	in := casework.NewPlan{AgreedBy: "Mbah sendiri"}
	for _, n := range f.Needs {
		in.Goals = append(in.Goals, casework.NewGoal{Need: n.ID, Domain: n.Domain, Text: "Terpenuhi: " + n.Text, Measure: "Tiga kali sehari", DueOn: today.Add(90),
			Services: []casework.NewService{{Text: "Pendampingan", Owner: "Ratna", Cost: 250_000, Funding: "apbd"}}})
	}
	p, err := o.Cases.Draft(o.Ctx, o.ratna, c.ID, in)
	must(o.T, err)
	_, err = o.Cases.Submit(o.Ctx, o.ratna, c.ID, p.ID, 0)
	must(o.T, err)
	_, err = o.Cases.Approve(o.Ctx, o.joko, c.ID, p.ID, 0)
	must(o.T, err)
}

// gone brings a planned and decided case to the end of its stay in the panti.
func (o *office) gone(c casework.Case) {
	o.T.Helper()
	o.enter(c, casework.Intervention)
	_, err := o.Cases.Give(o.Ctx, o.ratna, c.ID, casework.Given{Item: "lansia-a", On: today, Quantity: 1, Unit: "kali"})
	must(o.T, err)
	o.measure(c, "review", "3")
	o.enter(c, casework.Resocialisation)
	f, err := o.Cases.Look(o.Ctx, o.ratna, c.ID)
	must(o.T, err)
	var in casework.Resocialising
	for _, n := range law.Standard.On(today).Checklist {
		in.Checks = append(in.Checks, casework.Check{Code: n.Key, State: "done", Note: "uji"})
	}
	for _, g := range f.OpenGoals() {
		in.Goals = append(in.Goals, casework.GoalEnd{Goal: g.ID, State: "done"})
	}
	_, err = o.Cases.Resocialise(o.Ctx, o.ratna, c.ID, in)
	must(o.T, err)
	o.measure(c, "termination", "4")
	_, err = o.Cases.Terminate(o.Ctx, o.ratna, c.ID, 0, casework.Ending{On: today, Reason: "reunified", Destination: "family", Outcome: "independent",
		HandedTo: "Suwarno", Relation: "Keponakan", Contact: "Desa Tempeh", Note: "Kartu tanda penduduk\nSalep untuk 30 hari"})
	must(o.T, err)
}

func (o *office) draft(c casework.Case, kind string) letters.Draft {
	o.T.Helper()
	in := letters.NewDraft{Kind: kind}
	if kind == letters.Referral {
		in.To, in.ToAddress, in.Reason, in.Copies = "Kepala RSUD Contoh", "Jember", "Pemeriksaan mata.", "Kepala Dinas Sosial Provinsi Jawa Timur"
	}
	g, err := o.desk.Prepare(o.Ctx, o.ratna, c.ID, in)
	must(o.T, err)
	return g
}

func (o *office) issued(c casework.Case, kind string) letters.Letter {
	o.T.Helper()
	l, err := o.desk.Issue(o.Ctx, o.joko, o.draft(c, kind).ID, 0, letters.Signing{})
	must(o.T, err)
	return l
}

// refusal names what refused: the rule with what is missing, the clash, or the fields with their codes.
func refusal(err error) string {
	var rule *fail.Rule
	var clash *fail.Collision
	var wrong *fail.Invalid
	switch {
	case errors.As(err, &rule):
		all := []string{rule.Name}
		for _, m := range rule.Missing {
			all = append(all, m.Code)
		}
		return strings.Join(all, " ")
	case errors.As(err, &clash):
		return clash.Name
	case errors.As(err, &wrong):
		var all []string
		for _, f := range wrong.Fields {
			all = append(all, f.Name+":"+f.Code)
		}
		return strings.Join(all, " ")
	case errors.Is(err, fail.NotFound):
		return "not found"
	case errors.Is(err, fail.Denied):
		return "denied"
	case errors.Is(err, fail.Stale):
		return "stale"
	}
	return fmt.Sprint(err)
}

// prints gives the lines of the ledger about prints: who, by which way, for what, how many persons.
func (o *office) prints() (all []string) {
	o.T.Helper()
	_, lines, _, err := audit.New(o.Store).Ledger(o.Ctx, o.wulan, audit.View{Via: "print"})
	must(o.T, err)
	for _, l := range lines {
		all = append(all, fmt.Sprintf("%s %s %s %d", l.Name, l.Act, l.Purpose, l.N))
	}
	return all
}

// open serves the desk at both doors.
func (o *office) open() *office {
	o.T.Helper()
	pages, err := page.New(map[string]fs.FS{"letters": letters.Pages, "web": web.Pages, "access": access.Pages})
	must(o.T, err)
	o.server, err = web.New(web.Options{Store: o.Store, Pages: pages, Routes: append(o.desk.Routes(), o.Access.Routes()...),
		Auth: access.Door{Desk: o.Access}, Keep: o.Access.Keep(), Clock: o.Clock})
	must(o.T, err)
	return o
}

// ask sends a request to the API as somebody, or to a public page as nobody.
func (o *office) ask(login, method, path, body string) *httptest.ResponseRecorder {
	o.T.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if login != "" {
		if o.tokens[login] == "" {
			token, err := o.Access.CreateToken(o.Ctx, o.House, login, "uji", 365*24*time.Hour)
			must(o.T, err)
			o.tokens[login] = token
		}
		r.Header.Set("Authorization", "Bearer "+o.tokens[login])
	}
	w := httptest.NewRecorder()
	o.server.ServeHTTP(w, r)
	return w
}

// signedIn asks for a page as somebody.
func (o *office) signedIn(login string) func(method, path string, form url.Values) *httptest.ResponseRecorder {
	o.T.Helper()
	var cookies []*http.Cookie
	do := func(method, path string, form url.Values) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
		if method == http.MethodPost {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		for _, c := range cookies {
			r.AddCookie(c)
		}
		w := httptest.NewRecorder()
		o.server.ServeHTTP(w, r)
		if got := w.Result().Cookies(); len(got) > 0 {
			cookies = got
		}
		return w
	}
	if w := do("POST", "/sign-in", url.Values{"login": {login}, "password": {province.Password}}); w.Code != http.StatusSeeOther {
		o.T.Fatalf("sign in as %s: %d %s", login, w.Code, w.Body)
	}
	return do
}

var streams = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)

// shown tells whether a PDF shows some words, all on the same one of its pages: the text of its fonts is UTF-16.
func shown(pdf []byte, words ...string) bool {
	for _, s := range streams.FindAllSubmatch(pdf, -1) {
		z, err := zlib.NewReader(bytes.NewReader(s[1]))
		if err != nil {
			continue
		}
		plain, _ := io.ReadAll(z)
		if !slices.ContainsFunc(words, func(w string) bool { return !bytes.Contains(plain, printed(w)) }) {
			return true
		}
	}
	return false
}

// printed is how words stand in a page.
func printed(words string) (want []byte) {
	for _, u := range utf16.Encode([]rune(words)) {
		for _, b := range []byte{byte(u >> 8), byte(u)} {
			if b == '(' || b == ')' || b == '\\' {
				want = append(want, '\\')
			}
			if b == '\r' {
				want = append(want, '\\', 'r')
				continue
			}
			want = append(want, b)
		}
	}
	return want
}

// sheetsOf counts the pages of a PDF.
func sheetsOf(pdf []byte) int { return len(regexp.MustCompile(`/Type /Page\b`).FindAll(pdf, -1)) }

var printing = letters.Printing{By: "Joko", At: time.Date(2026, 11, 24, 14, 7, 0, 0, clock.WIB), Site: "https://tuntas.contoh.go.id"}
