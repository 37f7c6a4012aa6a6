package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"tuntas/house/id"
	"tuntas/try"
)

// program is the real binary, built once for each test program.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "tuntas-program-")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "tuntas")
	out, err := exec.CommandContext(context.Background(), "go", "build", "-o", file, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w: %s", err, out)
	}
	return file, nil
})

// machine is a database with the real program in front of it, which can be killed and started again.
type machine struct {
	t       *testing.T
	file    string // of the program
	db      string
	token   string
	centre  string
	url     string
	running *exec.Cmd
	client  *http.Client
}

func newMachine(t *testing.T, db string) *machine {
	t.Helper()
	file, err := program()
	must(t, err)
	k := &machine{t: t, file: file, db: db}
	k.client = &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	k.command("setup", "--yes", "--quiet")
	k.command("user", "add", "ratna", "--role", "social_worker", "--centre", "pstw-jember")
	out := k.command("token", "create", "--user", "ratna")
	_, after, _ := strings.Cut(out, "token: ")
	k.token, _, _ = strings.Cut(after, "\n")
	return k
}

func (k *machine) command(args ...string) string {
	k.t.Helper()
	c := exec.CommandContext(context.Background(), k.file, append(args, "--db", k.db)...)
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		k.t.Fatalf("tuntas %s: %v\n%s%s", strings.Join(args, " "), err, out, said.String())
	}
	return string(out)
}

// start starts the program and waits until it answers.
func (k *machine) start() {
	k.t.Helper()
	k.running = exec.CommandContext(context.Background(), k.file, "serve", "--listen", "127.0.0.1:0", "--db", k.db)
	said, err := k.running.StderrPipe()
	must(k.t, err)
	must(k.t, k.running.Start())
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "http://") {
			k.url = lines.Text()
			break
		}
	}
	if k.url == "" {
		k.t.Fatal("the program did not say where it listens")
	}
	go func() { _, _ = io.Copy(io.Discard, said) }()
	if status, _ := k.ask("GET", "/regions", "", nil); status != 200 {
		k.t.Fatalf("the program answers %d", status)
	}
}

// kill ends the program as a loss of power would: at once, whatever it does.
func (k *machine) kill() {
	_ = k.running.Process.Signal(syscall.SIGKILL)
	_ = k.running.Wait()
	k.client.CloseIdleConnections()
}

// ask gives status 0 when no answer came.
func (k *machine) ask(method, path, key string, body any) (int, m) {
	var b []byte
	if body != nil {
		b, _ = json.Marshal(body)
	}
	r, err := http.NewRequestWithContext(context.Background(), method, k.url+"/api/v1"+path, bytes.NewReader(b))
	if err != nil {
		return 0, nil
	}
	r.Header.Set("Authorization", "Bearer "+k.token)
	r.Header.Set("Content-Type", "application/json")
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	res, err := k.client.Do(r)
	if err != nil {
		return 0, nil
	}
	defer func() { _ = res.Body.Close() }()
	var out m
	if json.NewDecoder(res.Body).Decode(&out) != nil {
		return 0, nil
	}
	return res.StatusCode, out
}

// entry is one person with a case, as the writer knows of it: an id is empty until it was acknowledged.
type entry struct{ key, person, caseID string }

// write carries an entry as far as the program lets it; a key makes every step repeatable.
func (k *machine) write(e *entry) bool {
	status, got := k.ask("POST", "/persons", e.key+"-p", m{"names": []m{{"text": "Mbah " + e.key}}, "sex": "female"})
	if !k.acknowledged(status, got, &e.person) {
		return false
	}
	status, got = k.ask("POST", "/cases", e.key+"-c", m{"person_id": e.person, "centre_id": k.centre, "ppks_type": "lansia_telantar", "opened_on": "2025-03-01"})
	return k.acknowledged(status, got, &e.caseID)
}

// acknowledged keeps the id of an answer; another id than the one that was acknowledged before is a loss.
func (k *machine) acknowledged(status int, got m, into *string) bool {
	if status == 0 || status == 503 {
		return false
	}
	made, _ := got["id"].(string)
	if status != 201 || made == "" || *into != "" && *into != made {
		k.t.Errorf("%d, %v instead of the record %s", status, got, *into)
		return false
	}
	*into = made
	return true
}

const killWriters = 6

// round lets writers write until the program is killed among them, and gives all that they tried.
func (k *machine) round(writes int64) []*entry {
	var mu sync.Mutex
	var all []*entry
	var done atomic.Int64
	enough := make(chan struct{})
	var once sync.Once
	var writers sync.WaitGroup
	for range killWriters {
		writers.Go(func() {
			for {
				e := &entry{key: id.New().String()}
				mu.Lock()
				all = append(all, e)
				mu.Unlock()
				if !k.write(e) {
					return // the program is gone
				}
				if done.Add(1) == writes {
					once.Do(func() { close(enough) })
				}
			}
		})
	}
	<-enough
	k.kill()
	writers.Wait()
	return all
}

// list reads all ids of a list.
func (k *machine) list(path string) map[string]bool {
	k.t.Helper()
	all, after := map[string]bool{}, ""
	for {
		status, page := k.ask("GET", path+"?limit=500&after="+after, "", nil)
		if status != 200 {
			k.t.Fatalf("%s: %d %v", path, status, page)
		}
		for _, i := range page["items"].([]any) {
			all[i.(m)["id"].(string)] = true
		}
		if after, _ = page["next"].(string); after == "" {
			return all
		}
	}
}

// The program is killed in the middle of writes, again and again: what was acknowledged is there, nothing is
// half, a retry under the same key gives the same record, and verify finds nothing.
func TestKill(t *testing.T) {
	t.Parallel()
	kills := try.Times(10, 500)
	for engine, address := range map[string]func(t *testing.T) string{"sqlite": func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "t.db") },
		"postgres": func(t *testing.T) string { return try.Postgres(t) }} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			k := newMachine(t, address(t))
			k.start()
			t.Cleanup(func() { k.kill() })
			_, centres := k.ask("GET", "/centres?limit=500", "", nil)
			for _, c := range centres["items"].([]any) {
				if c.(m)["code"] == "pstw-jember" {
					k.centre = c.(m)["id"].(string)
				}
			}
			var all []*entry
			for n := range kills / 2 {
				all = append(all, k.round(int64(3+n*7%20))...)
				k.command("verify")
				k.start()
				for _, e := range all[max(0, len(all)-60):] { // the unfinished, and a look back
					if !k.write(e) {
						t.Fatalf("the retry of %+v fails", e)
					}
				}
			}
			persons, cases := k.list("/persons"), k.list("/cases")
			for _, e := range all {
				if !persons[e.person] || !cases[e.caseID] {
					t.Errorf("acknowledged and lost: %+v", e)
				}
			}
			if len(persons) != len(all) || len(cases) != len(all) {
				t.Errorf("%d persons, %d cases of %d entries: something was written twice or half", len(persons), len(cases), len(all))
			}
			k.kill()
			k.command("verify")
			t.Logf("%d kills, %d entries", kills/2, len(all))
		})
	}
}
