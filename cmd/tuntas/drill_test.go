package main

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// A copy is restored elsewhere and checked, and the outcome is kept; a copy of wrong figures is told apart.
func TestDrill_rehearse(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, db string) {
		file := filepath.Join(t.TempDir(), "one.backup")
		tuntas(t, 0, "backup", file, "--db", db)
		if r := tuntas(t, 0, rehearsal(t, db, file)...); !strings.Contains(r.out, "this copy is sound") {
			t.Errorf("a sound copy: %s", r.out)
		}
		own := byHand(t, db)
		var tested, faults int64
		if err := own.QueryRow(`select tested_at, faults from backups`).Scan(&tested, &faults); err != nil || tested == 0 || faults != 0 {
			t.Errorf("kept of the rehearsal: %d, %d, %v", tested, faults, err)
		}
		if _, err := own.Exec(`insert into deltas (id, measure, centre_id, day, dim, n) values (1, 'stay', 1, '2026-01-01', 'female', 1)`); err != nil {
			t.Fatal(err)
		}
		wrong := filepath.Join(t.TempDir(), "two.backup")
		tuntas(t, 0, "backup", wrong, "--db", db)
		if r := tuntas(t, 1, rehearsal(t, db, wrong)...); !strings.Contains(r.err, "wrong in this copy") {
			t.Errorf("a copy of wrong figures: %s", r.err)
		}
		if err := own.QueryRow(`select count(*) from backups where faults > 0`).Scan(&faults); err != nil || faults != 1 {
			t.Errorf("kept of the wrong one: %d, %v", faults, err)
		}
	})
}

func rehearsal(t *testing.T, db, file string) []string {
	t.Helper()
	args := []string{"rehearse", file, "--db", db}
	if !strings.HasPrefix(db, "sqlite:") {
		args = append(args, "--into", another(t, db))
	}
	return args
}

// A certificate that was kept outside tells a record that was rewritten, even when the rest fits together again.
func TestDrill_certificate(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, db string) {
		file := filepath.Join(t.TempDir(), "certificate.txt")
		kept := tuntas(t, 0, "certificate", "--db", db).out
		if err := os.WriteFile(file, []byte(kept), 0o600); err != nil {
			t.Fatal(err)
		}
		tuntas(t, 0, "backup", filepath.Join(t.TempDir(), "b"), "--db", db) // the chain of the office goes on
		tuntas(t, 0, "verify", "--certificate", file, "--db", db)
		if _, err := byHand(t, db).Exec(`update audit set hash = 'rewritten' where chain = 0 and seq = 1`); err != nil {
			t.Fatal(err)
		}
		short := strings.Replace(kept, "rantai 0 ", "rantai 0 1", 1)
		if err := os.WriteFile(file, []byte(short), 0o600); err != nil {
			t.Fatal(err)
		}
		if r := tuntas(t, 1, "verify", "--certificate", file, "--db", db); !strings.Contains(r.err, "certificate") {
			t.Errorf("a certificate changed by hand: %s", r.err)
		}
		for _, line := range strings.Split(kept, "\n") {
			if words := strings.Fields(line); len(words) == 4 && words[1] == "0" {
				if _, err := byHand(t, db).Exec(`update audit set hash = 'rewritten' where chain = 0 and seq = ` + words[2]); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := os.WriteFile(file, []byte(kept), 0o600); err != nil {
			t.Fatal(err)
		}
		if r := tuntas(t, 1, "verify", "--certificate", file, "--db", db); !strings.Contains(r.out, "not the one the certificate saw") {
			t.Errorf("a record rewritten: %s", r.out)
		}
	})
}

// earlier restores the copy of an office that an earlier release made, of schema 21.
func earlier(t *testing.T, db string) (file string) {
	t.Helper()
	file = "testdata/schema-21/postgres.bak"
	if strings.HasPrefix(db, "sqlite:") {
		in, err := os.Open("testdata/schema-21/sqlite.bak.gz")
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		z, err := gzip.NewReader(in)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		file = filepath.Join(t.TempDir(), "earlier.bak")
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tuntas(t, 0, "restore", file, "--db", db)
	return file
}

// An office of an earlier release is upgraded with its data: what was there is there, and every figure holds.
func TestDrill_upgrade(t *testing.T) {
	t.Parallel()
	eachPlace(t, func(t *testing.T, db string) {
		earlier(t, db)
		if strings.HasPrefix(db, "sqlite:") { // a dump of PostgreSQL is brought up to date while it is restored
			tuntas(t, 1, "verify", "--db", db)
		}
		before := filepath.Join(t.TempDir(), "before.backup")
		tuntas(t, 0, "backup", before, "--db", db) // with the new program, before the upgrade
		tuntas(t, 0, "migrate", "--db", db)
		tuntas(t, 0, "verify", "--db", db)
		if n := rowsOf(t, export1(t, db, "persons")); n != 40 {
			t.Errorf("%d persons after the upgrade", n)
		}
		if n := rowsOf(t, export1(t, db, "services")); n != 200 {
			t.Errorf("%d services after the upgrade", n)
		}
		tuntas(t, 0, "token", "create", "--user", "rina", "--db", db)
		tuntas(t, 0, rehearsal(t, db, before)...)
	})
}

// The way back: an earlier program leaves a newer schema alone and says so; the copy made before serves again.
func TestDrill_rollback(t *testing.T) {
	t.Parallel()
	eachPlace(t, func(t *testing.T, db string) {
		file := earlier(t, db)
		tuntas(t, 0, "migrate", "--db", db)
		if _, err := byHand(t, db).Exec(`insert into goose_db_version (version_id, is_applied) values (9999, true)`); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"serve", "--listen", "127.0.0.1:0"}, {"verify"}, {"migrate"}} {
			if r := tuntas(t, 1, append(args, "--db", db)...); !strings.Contains(r.err, "9999") {
				t.Errorf("%v on a newer schema: %s", args, r.err)
			}
		}
		place := another(t, db)
		tuntas(t, 0, "restore", file, "--db", place)
		tuntas(t, 0, "migrate", "--db", place)
		tuntas(t, 0, "verify", "--db", place)
	})
}

// started is an instance that serves, and where.
func started(t *testing.T, db string) (*exec.Cmd, *url.URL) {
	t.Helper()
	c := commandLine(t.Context(), nil, "serve", "--listen", "127.0.0.1:0", "--db", db)
	out, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	line := make([]byte, 200)
	n, _ := out.Read(line)
	address, err := url.Parse(strings.TrimSpace(strings.Split(string(line[:n]), "\n")[0]))
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return c, address
}

// Several instances on one PostgreSQL behind a proxy that gives each request to the next of them: who signed in at
// one is signed in at all, a repeated request is one deed wherever it lands, and the death of one is nobody's loss.
func TestDrill_instances(t *testing.T) {
	t.Parallel()
	db := another(t, "")
	earlier(t, db)
	first, a := started(t, db)
	_, b := started(t, db)
	var n atomic.Int64
	alive := atomic.Pointer[url.URL]{}
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		to := alive.Load()
		if to == nil {
			to = []*url.URL{a, b}[n.Add(1)%2]
		}
		r.SetURL(to)
		r.Out.Host = r.In.Host
		r.SetXForwarded()
	}})
	defer proxy.Close()
	token := strings.TrimSpace(strings.TrimPrefix(tuntas(t, 0, "token", "create", "--user", "rina", "--db", db).out, "token: "))
	centre := centreAtDoor(t, proxy.URL, token)

	var all sync.WaitGroup
	answers := make(chan string, 8)
	for range 8 {
		all.Go(func() { answers <- enterPerson(t, proxy.URL, token, centre, "the-same-key") })
	}
	all.Wait()
	close(answers)
	ids := map[string]bool{}
	for one := range answers {
		ids[one] = true
	}
	if delete(ids, "busy"); len(ids) != 1 { // 409: the first is still at it
		t.Errorf("one deed, sent eight times over two instances, gave %v", ids)
	}
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait()
	alive.Store(b)
	if id := enterPerson(t, proxy.URL, token, centre, "another-key"); id == "busy" || ids[id] {
		t.Errorf("after the death of one instance: %s", id)
	}
	tuntas(t, 0, "verify", "--db", db)
}

func atDoor(t *testing.T, method, address, token, key, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/json")
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Error(err)
	}
	return res.StatusCode, string(b)
}

func centreAtDoor(t *testing.T, base, token string) string {
	t.Helper()
	_, body := atDoor(t, http.MethodGet, base+"/api/v1/cases?limit=1", token, "", "")
	return textOf(t, body, "centre_id")
}

func enterPerson(t *testing.T, base, token, centre, key string) string {
	t.Helper()
	status, body := atDoor(t, http.MethodPost, base+"/api/v1/persons", token, key,
		`{"names":[{"text":"Melati Dua Pintu","kind":"legal"}],"sex":"female","centre_id":"`+centre+`"}`)
	switch status {
	case http.StatusCreated:
		return textOf(t, body, "id")
	case http.StatusConflict:
		return "busy"
	}
	t.Errorf("enter a person: %d %s", status, body)
	return ""
}

// textOf gives the first text of a name in a body.
func textOf(t *testing.T, body, name string) string {
	t.Helper()
	_, after, found := strings.Cut(body, `"`+name+`":"`)
	if !found {
		t.Fatalf("no %s in %s", name, body)
	}
	value, _, _ := strings.Cut(after, `"`)
	return value
}
