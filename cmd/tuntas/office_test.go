package main

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/access"
	"tuntas/office/centre"
	"tuntas/schema"
	"tuntas/try"
)

// movable is a clock that the test sets: a year of aftercare passes in a line.
type movable struct{ ms atomic.Int64 }

func (m *movable) Now() time.Time { return time.UnixMilli(m.ms.Load()) }

func (m *movable) to(d clock.Day) { m.ms.Store(d.Time().Add(10 * time.Hour).UnixMilli()) }

// testOffice is a whole office behind HTTP, with two centres' people and a stranger.
type testOffice struct {
	*Office
	t       testing.TB
	url     string
	clock   *movable
	tokens  map[string]string
	centres map[string]id.ID
	handler http.Handler
	spares  int // accounts that nobody needs
	log     *written
}

func eachEngine(t *testing.T, test func(t *testing.T, o *testOffice)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, newTestOffice(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db")))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, newTestOffice(t, officeOnPostgres(t)))
	})
}

const (
	testPassword = "kata-sandi-uji"
	testDay      = clock.Day("2025-03-03")
)

// furnishedTokens are those of the people of an office as it was made on an engine, on a day.
var furnishedTokens sync.Map

type madeOn struct {
	sqlite bool
	day    clock.Day
}

// furnished makes the office of the tests on a day: once for each engine, of which each test gets a copy.
func furnished(day clock.Day) func(address string) error {
	return func(address string) error {
		tokens, err := furnish(address, day)
		furnishedTokens.Store(madeOn{strings.HasPrefix(address, "sqlite:"), day}, tokens)
		return err
	}
}

// officeOnPostgres gives a copy of the office.
func officeOnPostgres(t testing.TB) string {
	t.Helper()
	return try.PostgresLike(t, "office", furnished(testDay))
}

// newTestOffice opens the office of the tests: in a file that is not there yet, or at a copy on PostgreSQL.
func newTestOffice(t testing.TB, address string) *testOffice {
	t.Helper()
	return newTestOfficeOn(t, address, testDay)
}

// newTestOfficeOn is the office of the tests, opened on a day.
func newTestOfficeOn(t testing.TB, address string, day clock.Day) *testOffice {
	t.Helper()
	file, onFile := strings.CutPrefix(address, "sqlite:")
	if onFile {
		try.SQLiteLike(t, file, "office on "+string(day), furnished(day))
	}
	tokens, ok := furnishedTokens.Load(madeOn{onFile, day})
	if !ok {
		t.Fatalf("no office of %s was made", day)
	}
	c := &movable{}
	c.to(day)
	s, err := store.Open(address, store.Options{Scope: access.Scope, Schema: schema.Files, Clock: c, Unsafe: true})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	o := &testOffice{Office: Wire(s, true), t: t, clock: c, tokens: maps.Clone(tokens.(map[string]string)), centres: map[string]id.ID{}}
	all, err := o.Centres.List(context.Background(), who.House("test"))
	must(t, err)
	for _, c := range all {
		o.centres[c.Code] = c.ID
	}
	handler, err := o.Server(c, newLog(t, o))
	must(t, err)
	o.handler = handler
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	o.url = server.URL
	return o
}

// furnish makes the office at an empty database: institutions, beds and people, whose tokens it gives.
func furnish(address string, day clock.Day) (map[string]string, error) {
	ctx, by, c := context.Background(), who.House("test"), &movable{}
	c.to(day)
	s, err := store.Open(address, store.Options{Scope: access.Scope, Schema: schema.Files, Clock: c, Unsafe: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Close() }()
	if _, err = s.Migrate(ctx); err != nil {
		return nil, err
	}
	o := Wire(s, true)
	if _, err = o.Centres.SetUp(ctx, by, law.Centres.Latest(), " (contoh)"); err != nil {
		return nil, err
	}
	all, err := o.Centres.List(ctx, by)
	if err != nil {
		return nil, err
	}
	at := map[string]id.ID{}
	for _, c := range all {
		at[c.Code] = c.ID
	}
	if err := o.Residence.SetUp(ctx, by, map[id.ID]int64{at["pstw-jember"]: 12, at["rsbn-malang"]: 8}); err != nil {
		return nil, err
	}
	tokens := map[string]string{}
	for _, p := range testPeople {
		if tokens[p.login], err = hire(ctx, o, by, p, at); err != nil {
			return nil, err
		}
	}
	return tokens, nil
}

type testPerson struct{ login, name, role, centre string }

var testPeople = []testPerson{
	{"ratna", "Ratna Astuti", "social_worker", "pstw-jember"}, {"joko", "Joko Santoso", "head_centre", "pstw-jember"},
	{"lina", "Lina Marlina", "social_worker", "pstw-jember"}, {"yati", "Yati Lestari", "carer", "pstw-jember"},
	{"sari", "Sari Wulandari", "social_worker", "rsbn-malang"}, {"wulan", "Endah Wulan", "head_division", ""}, {"bima", "Bima Saputra", "admin", ""},
}

// hire makes an account and gives a token of it.
func hire(ctx context.Context, o *Office, by who.Asker, p testPerson, at map[string]id.ID) (string, error) {
	u := access.NewUser{Login: p.login, Name: p.name, Role: p.role}
	if p.centre != "" {
		u.Centres = []id.ID{at[p.centre]}
	}
	user, err := o.Access.AddUserWith(ctx, by, u, testPassword)
	if err != nil {
		return "", err
	}
	if p.role == "social_worker" {
		if _, err := o.Centres.AddStaff(ctx, by, centre.Staff{Centre: at[p.centre], User: user.ID, Name: p.name, Kind: "pekerja_sosial", CertificateNo: "UJI-" + p.login}); err != nil {
			return "", err
		}
	}
	return o.Access.CreateToken(ctx, by, p.login, "test", 3600*24*time.Hour)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// reply is an answer of the API.
type reply struct {
	status int
	head   http.Header
	body   map[string]any
	raw    string
}

// api asks the API as somebody; body is anything that becomes JSON, nil for none. head holds pairs.
func (o *testOffice) api(login, method, path string, body any, head ...string) reply {
	o.t.Helper()
	var b []byte
	if raw, ok := body.(string); ok {
		b = []byte(raw)
	} else if body != nil {
		b, _ = json.Marshal(body)
	}
	r, err := http.NewRequestWithContext(context.Background(), method, o.url+"/api/v1"+path, bytes.NewReader(b))
	must(o.t, err)
	if login != "" {
		r.Header.Set("Authorization", "Bearer "+o.tokens[login])
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	must(o.t, err)
	defer func() { _ = res.Body.Close() }()
	out := reply{status: res.StatusCode, head: res.Header}
	var raw bytes.Buffer
	_, _ = raw.ReadFrom(res.Body)
	out.raw = raw.String()
	_ = json.Unmarshal(raw.Bytes(), &out.body)
	served.once.Do(func() { served.promise = newPromise(o.t, o.handler) })
	served.check(o.t, method, "/api/v1"+path, out)
	return out
}

// want asks and insists on a status.
func (o *testOffice) want(status int, login, method, path string, body any, head ...string) reply {
	o.t.Helper()
	r := o.api(login, method, path, body, head...)
	if r.status != status {
		o.t.Fatalf("%s %s as %s: %d, want %d: %s", method, path, login, r.status, status, r.raw)
	}
	return r
}

func (r reply) text(key string) string {
	s, _ := r.body[key].(string)
	return s
}

func (r reply) codes() []string {
	var out []string
	list, _ := r.body["missing"].([]any)
	for _, m := range list {
		out = append(out, m.(map[string]any)["code"].(string))
	}
	return out
}

func (r reply) items() []map[string]any {
	var out []map[string]any
	list, _ := r.body["items"].([]any)
	for _, i := range list {
		out = append(out, i.(map[string]any))
	}
	return out
}

type m = map[string]any
