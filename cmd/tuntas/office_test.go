package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
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
		test(t, newTestOffice(t, try.Postgres(t)))
	})
}

const testPassword = "kata-sandi-uji"

func newTestOffice(t testing.TB, address string) *testOffice {
	t.Helper()
	return newTestOfficeOn(t, address, "2025-03-03")
}

// newTestOfficeOn is the office of the tests, opened on a day.
func newTestOfficeOn(t testing.TB, address string, day clock.Day) *testOffice {
	t.Helper()
	ctx := context.Background()
	c := &movable{}
	c.to(day)
	s, err := store.Open(address, store.Options{Scope: access.Scope, Schema: schema.Files, Clock: c, Unsafe: true})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	_, err = s.Migrate(ctx)
	must(t, err)
	o := &testOffice{Office: Wire(s, true), t: t, clock: c, tokens: map[string]string{}, centres: map[string]id.ID{}}
	by := who.House("test")
	_, err = o.Centres.SetUp(ctx, by, law.Centres.Latest(), " (contoh)")
	must(t, err)
	all, err := o.Centres.List(ctx, by)
	must(t, err)
	for _, c := range all {
		o.centres[c.Code] = c.ID
	}
	must(t, o.Residence.SetUp(ctx, by, map[id.ID]int64{o.centres["pstw-jember"]: 12, o.centres["rsbn-malang"]: 8}))
	o.people(ctx, by)
	handler, err := o.Server(c, newLog(t, o))
	must(t, err)
	o.handler = handler
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	o.url = server.URL
	return o
}

func (o *testOffice) people(ctx context.Context, by who.Asker) {
	o.t.Helper()
	for _, p := range []struct{ login, name, role, centre string }{
		{"ratna", "Ratna Astuti", "social_worker", "pstw-jember"}, {"joko", "Joko Santoso", "head_centre", "pstw-jember"},
		{"lina", "Lina Marlina", "social_worker", "pstw-jember"}, {"yati", "Yati Lestari", "carer", "pstw-jember"},
		{"sari", "Sari Wulandari", "social_worker", "rsbn-malang"}, {"wulan", "Endah Wulan", "head_division", ""}, {"bima", "Bima Saputra", "admin", ""},
	} {
		u := access.NewUser{Login: p.login, Name: p.name, Role: p.role}
		if p.centre != "" {
			u.Centres = []id.ID{o.centres[p.centre]}
		}
		user, err := o.Access.AddUserWith(ctx, by, u, testPassword)
		must(o.t, err)
		if p.role == "social_worker" {
			_, err = o.Centres.AddStaff(ctx, by, centre.Staff{Centre: o.centres[p.centre], User: user.ID, Name: p.name, Kind: "pekerja_sosial", CertificateNo: "UJI-" + p.login})
			must(o.t, err)
		}
		o.tokens[p.login], err = o.Access.CreateToken(ctx, by, p.login, "test", 3600*24*time.Hour)
		must(o.t, err)
	}
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
