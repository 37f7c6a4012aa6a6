package main

import (
	"bytes"
	"database/sql"
	"encoding/csv"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

// TestFirstRun goes the way of an office on its first day, by the commands alone.
func TestFirstRun(t *testing.T) {
	t.Parallel()
	eachPlace(t, func(t *testing.T, db string) {
		if r := tuntas(t, 0, "migrate", "--db", db); !strings.Contains(r.out, "0001_store.sql") {
			t.Errorf("migrate names no change: %s", r.out)
		}
		if r := tuntas(t, 0, "--db", db, "migrate"); r.out != "" {
			t.Errorf("the second time: %s", r.out)
		}
		status := tuntas(t, 0, "migrate", "--status", "--db", db).out
		if lines := strings.Split(strings.TrimSpace(status), "\n"); len(lines) < 7 || strings.Contains(status, "pending") || !strings.Contains(lines[0], "0001") {
			t.Errorf("the state of the schema: %s", status)
		}
		one := regexp.MustCompile(`^(password|token): \S{12,}\n$`)
		for _, args := range [][]string{
			{"setup", "--yes", "--admin", "bima"}, {"user", "add", "ratna", "--role", "social_worker", "--centre", "pstw-jember"},
			{"--quiet", "user", "--role", "head_division", "add", "wulan"}, {"token", "create", "--user", "ratna", "--expires", "30d"},
		} {
			if r := tuntas(t, 0, append(args, "--db", db)...); !one.MatchString(r.out) {
				t.Errorf("tuntas %v prints %q", args, r.out)
			}
		}
		for line, code := range map[string]int{
			"setup --yes --admin bima": 1, "user add ratna --role carer --centre pstw-jember": 1, "user add sari --role carer": 2,
			"user add sari --role carer --centre nowhere": 2, "user add Sari! --role admin": 2, "token create --user nobody": 1,
		} {
			tuntas(t, code, append(strings.Fields(line), "--db", db)...)
		}
		if r := tuntas(t, 0, "verify", "--db", db); !strings.HasSuffix(r.out, "ok\n") {
			t.Errorf("verify: %s", r.out)
		}
		if r := tuntas(t, 0, "acts"); !strings.Contains(r.out, "person.export") {
			t.Errorf("acts: %s", r.out)
		}
	})
}

// TestRegisterCommand: the office's own list, with its faulty rows at the end.
func TestRegisterCommand(t *testing.T) {
	t.Parallel()
	eachPlace(t, func(t *testing.T, db string) {
		tuntas(t, 0, "setup", "--yes", "--db", db)
		rejects := filepath.Join(t.TempDir(), "rejects.csv")
		const file = "../../seed/register_example.csv"
		counts := func(r ran) string { return strings.ReplaceAll(strings.TrimSpace(r.out), "\n", ", ") }
		if got := counts(tuntas(t, 3, "import", "register", file, "--dry-run", "--db", db)); got != "new: 208, known: 0, doubtful: 3, rejected: 6" {
			t.Errorf("dry: %s", got)
		}
		r := tuntas(t, 3, "import", "register", file, "--rejects", rejects, "--db", db)
		if got := counts(r); got != "new: 208, known: 0, doubtful: 3, rejected: 6" {
			t.Errorf("first: %s", got)
		}
		if got := counts(tuntas(t, 3, "import", "register", file, "--db", db)); got != "new: 0, known: 208, doubtful: 0, rejected: 6" {
			t.Errorf("again: %s", got)
		}
		for _, want := range []string{"210: UPT: The UPT PSTW Madiun Lama", "211: Tgl Lahir / Umur: ", "212: Tgl Masuk: ", "213: Nama Lengkap: ", "214: Jenis PPKS, Tgl Masuk: ",
			"215: Nama Lengkap: The same as line 18.", "? 208: Tgl Lahir / Umur: This date is not in the calendar."} {
			if !strings.Contains(r.err, want) {
				t.Errorf("standard error does not say %q:\n%s", want, r.err)
			}
		}
		b, _ := os.ReadFile(rejects)
		if lines := strings.Split(strings.TrimSpace(string(b)), "\n"); len(lines) != 7 || !strings.HasSuffix(strings.TrimSpace(lines[0]), ";Line;Column;Reason") {
			t.Errorf("the rejected rows:\n%s", b)
		}
		if out := export1(t, db, "persons"); !strings.Contains(out, "birth: 31/02/1948") {
			t.Error("the doubtful date was not kept as typed")
		}
		tuntas(t, 0, "verify", "--db", db)
	})
}

// export1 exports one kind as CSV.
func export1(t *testing.T, db, kind string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), kind+".csv")
	tuntas(t, 0, "export", kind, "--out", file, "--purpose", "uji", "--db", db)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func rowsOf(t *testing.T, text string) int {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return len(all) - 1
}

// byHand opens the database beside the program, as somebody who means ill would.
func byHand(t *testing.T, db string) *sql.DB {
	t.Helper()
	driver, address := "pgx", db
	if path, ok := strings.CutPrefix(db, "sqlite:"); ok {
		driver, address = "sqlite", "file:"+path+"?_pragma=busy_timeout(10000)"
	}
	d, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// TestVerifyNames: what was changed by hand is found, and named.
func TestVerifyNames(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, db string) {
		hand := byHand(t, db)
		for _, c := range []struct{ name, harm, repair, says string }{
			{"payload", `update audit set payload = payload || ' ' where chain = 0 and seq = 1`, `update audit set payload = substr(payload, 1, length(payload) - 1) where chain = 0 and seq = 1`,
				"audit, chain 0 (the office): entry 1 was changed (centre.set-up"},
			{"moved to another centre", `update audit set centre_id = 1 where chain = 0 and seq = 1`, `update audit set centre_id = null where chain = 0 and seq = 1`, "entry 1 was changed"},
			{"head", `update audit_heads set seq = seq + 1 where chain = 0`, `update audit_heads set seq = seq - 1 where chain = 0`, "its head says"},
			{"entry cut out", `update audit set seq = -5 where chain = 0 and seq = 2`, `update audit set seq = 2 where chain = 0 and seq = -5`, "what lay between is gone"},
			{"figure", `insert into deltas (id, measure, centre_id, day, dim, n) values (1, 'stay', 1, '2026-01-01', 'female', 1)`, `delete from deltas where id = 1`, "stay, centre 0000000000001, 2026-01-01"},
			{"stage", `update cases set stage = 'planning' where id = (select min(id) from cases)`, `update cases set stage = 'approach' where id = (select min(id) from cases)`, "stands in a stage that its history does not end in"},
			{"closed", `update cases set closed_on = '2026-01-01' where id = (select min(id) from cases)`, `update cases set closed_on = null where id = (select min(id) from cases)`, "is closed without a day, or has a day"},
			{"presence", `update person_centre set centre_id = 5 where person_id = (select min(person_id) from person_centre)`, "", "is not present at its centre"},
			{"stay of another", `update stays set case_id = 7 where id = (select min(id) from stays)`, "", "is not of the person or the centre of its case"},
		} {
			if _, err := hand.ExecContext(t.Context(), c.harm); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			if r := tuntas(t, 1, "verify", "--db", db); !strings.Contains(r.out, c.says) {
				t.Errorf("%s: verify does not say %q:\n%s", c.name, c.says, r.out)
			}
			if c.repair == "" {
				continue
			}
			if _, err := hand.ExecContext(t.Context(), c.repair); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
		}
	})
}

// TestOverlapFound: with the guards of the database taken away, two people in one bed are found and named.
func TestOverlapFound(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, db string) {
		guards := []string{"drop trigger stays_bed_overlap_update"}
		if !strings.HasPrefix(db, "sqlite:") {
			guards = []string{"alter table stays drop constraint stays_bed_overlap"}
		}
		hand := byHand(t, db)
		for _, text := range append(guards, `update stays set bed_id = (select min(bed_id) from stays) where bed_id = (select max(bed_id) from stays)`) {
			if _, err := hand.ExecContext(t.Context(), text); err != nil {
				t.Fatal(err)
			}
		}
		if r := tuntas(t, 1, "verify", "--db", db); !strings.Contains(r.out, "overlaps another, of the same bed") {
			t.Errorf("verify: %s", r.out)
		}
	})
}

func TestRecountCommand(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, db string) {
		if _, err := byHand(t, db).ExecContext(t.Context(), `insert into deltas (id, measure, centre_id, day, dim, n) values (1, 'stay.in', 1, '2026-01-01', 'female', 4)`); err != nil {
			t.Fatal(err)
		}
		tuntas(t, 1, "verify", "--db", db)
		if r := tuntas(t, 0, "recount", "--db", db); !strings.Contains(r.out, "kept 4, counted 0") {
			t.Errorf("recount: %s", r.out)
		}
		tuntas(t, 0, "verify", "--db", db)
	})
}

// TestBackup: a copy that is taken while an import runs is one picture of the data, and verifies clean.
func TestBackup(t *testing.T) {
	t.Parallel()
	eachOffice(t, func(t *testing.T, db string) {
		dir := t.TempDir()
		persons := filepath.Join(dir, "many.csv")
		var many bytes.Buffer
		many.WriteString("id,name,centre,note\n")
		for n := range 1000 {
			fmt.Fprintf(&many, "p%d,Siti Aminah,pstw-jember,\n", n)
		}
		if err := os.WriteFile(persons, many.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		var writing sync.WaitGroup
		writing.Go(func() {
			if r := tuntasWith(t, nil, "import", "persons", persons, "--db", db); r.code != 0 {
				t.Errorf("the import beside the backup: %d %s", r.code, r.err)
			}
		})
		copies := []string{filepath.Join(dir, "first.backup"), filepath.Join(dir, "second.backup")}
		for _, file := range copies {
			tuntas(t, 0, "backup", file, "--db", db)
		}
		writing.Wait()
		for _, file := range copies {
			place := another(t, db)
			tuntas(t, 0, "restore", file, "--db", place)
			tuntas(t, 0, "verify", "--db", place)
			if n := rowsOf(t, export1(t, place, "persons")); n < 208 || n > 1208 {
				t.Errorf("%d persons in the copy", n)
			}
			if r := tuntas(t, 1, "restore", file, "--db", place); !strings.Contains(r.err, "not empty") {
				t.Errorf("restore over data: %s", r.err)
			}
		}
		tuntas(t, 1, "backup", copies[0], "--db", db) // never over a file
		damaged(t, copies[0], db)
		if left, _ := filepath.Glob(filepath.Join(dir, "*.part")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
		tuntas(t, 0, "verify", "--db", db)
	})
}

// damaged: what is no backup, or half of one, or one of the other engine, is refused and leaves nothing.
func damaged(t *testing.T, file, db string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(file); info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the backup: %s", info.Mode())
	}
	half, nonsense := filepath.Join(t.TempDir(), "half"), filepath.Join(t.TempDir(), "nonsense")
	if err := os.WriteFile(half, b[:len(b)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(nonsense, []byte("PK but not ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	place := another(t, db)
	tuntas(t, 1, "restore", half, "--db", place)
	tuntas(t, 1, "restore", nonsense, "--db", place)
	other := "postgres://nobody@127.0.0.1:1/none"
	if !strings.HasPrefix(db, "sqlite:") {
		other = "sqlite:" + filepath.Join(t.TempDir(), "x.db")
	}
	if r := tuntas(t, 1, "restore", file, "--db", other); !strings.Contains(r.err, "other engine") {
		t.Errorf("the other engine: %s", r.err)
	}
	tuntas(t, 0, "restore", file, "--db", place)
}

// TestMigrateAtOnce: several instances start at the same time on one empty database.
func TestMigrateAtOnce(t *testing.T) {
	t.Parallel()
	eachPlace(t, func(t *testing.T, db string) {
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if r := tuntasWith(t, nil, "migrate", "--db", db); r.code != 0 {
					t.Errorf("migrate: %d %s", r.code, r.err)
				}
			})
		}
		all.Wait()
		if r := tuntas(t, 0, "migrate", "--status", "--db", db); strings.Contains(r.out, "pending") {
			t.Errorf("after all: %s", r.out)
		}
	})
}

// TestServe: it migrates, answers, and ends in order on SIGTERM.
func TestServe(t *testing.T) {
	t.Parallel()
	eachPlace(t, func(t *testing.T, db string) {
		c, address := started(t, db)
		for _, path := range []string{"/healthz", "/readyz", "/"} {
			res, err := http.Get(address.String() + path) //nolint:noctx // the server ends with the test
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close()
			if res.StatusCode != http.StatusOK {
				t.Errorf("%s: %d", path, res.StatusCode)
			}
		}
		if err := c.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := c.Wait(); err != nil {
			t.Errorf("after SIGTERM: %v", err)
		}
	})
}
