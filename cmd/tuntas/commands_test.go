package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"tuntas/try"
)

// The test program is the command itself when it is asked to be: exit codes, both outputs and the
// environment are those of the real one.
func init() {
	if os.Getenv("AS_TUNTAS") == "" {
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// ran is what a command did.
type ran struct {
	out, err string
	code     int
}

// command prepares a call; env holds NAME=value, and LANG=en unless it says otherwise.
func commandLine(ctx context.Context, env []string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, os.Args[0], args...)
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); !strings.HasPrefix(name, "TUNTAS_") && !strings.HasPrefix(name, "LC_") && name != "LANG" {
			c.Env = append(c.Env, v)
		}
	}
	c.Env = append(append(c.Env, "AS_TUNTAS=1", "LANG=en_GB.UTF-8"), env...)
	return c
}

func tuntasWith(t *testing.T, env []string, args ...string) ran {
	t.Helper()
	c := commandLine(t.Context(), env, args...)
	var out, diagnostics bytes.Buffer
	c.Stdout, c.Stderr = &out, &diagnostics
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return ran{out.String(), diagnostics.String(), c.ProcessState.ExitCode()}
}

// tuntas runs a command and insists on its exit code.
func tuntas(t *testing.T, code int, args ...string) ran {
	t.Helper()
	r := tuntasWith(t, nil, args...)
	if r.code != code {
		t.Fatalf("tuntas %s: exit %d, want %d\n%s%s", strings.Join(args, " "), r.code, code, r.out, r.err)
	}
	return r
}

// eachPlace runs a test on an empty database of each engine.
func eachPlace(t *testing.T, test func(t *testing.T, db string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, "sqlite:"+filepath.Join(t.TempDir(), "t.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, try.Postgres(t))
	})
}

// built are the databases in which an office has begun, made once and copied for each test.
var built struct {
	sync.Once
	file string
	err  error
}

// begin sets up a province and takes the register of an office in.
func begin(db string) error {
	for _, args := range [][]string{{"setup", "--yes"}, {"import", "register", "../../seed/register_example.csv"}} {
		err := commandLine(context.Background(), nil, append(args, "--db", db)...).Run()
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 3) {
			return err
		}
	}
	return nil
}

// eachOffice runs a test on a database of each engine that holds a province and the people of a register.
func eachOffice(t *testing.T, test func(t *testing.T, db string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		built.Do(func() {
			file := filepath.Join(t.TempDir(), "built.db")
			if built.err = begin("sqlite:" + file); built.err != nil {
				return
			}
			var b []byte
			b, built.err = os.ReadFile(file)
			built.file = string(b)
		})
		file := filepath.Join(t.TempDir(), "t.db")
		if err := errors.Join(built.err, os.WriteFile(file, []byte(built.file), 0o600)); err != nil {
			t.Fatal(err)
		}
		test(t, "sqlite:"+file)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, try.PostgresLike(t, "register", begin))
	})
}

// another gives a second empty database of the same engine.
func another(t *testing.T, db string) string {
	t.Helper()
	if strings.HasPrefix(db, "sqlite:") {
		return "sqlite:" + filepath.Join(t.TempDir(), "other.db")
	}
	return try.Postgres(t)
}

func TestHelp(t *testing.T) {
	t.Parallel()
	for _, c := range commands() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			en := tuntas(t, 0, c.name, "--help")
			id := tuntasWith(t, []string{"LANG=id_ID.UTF-8"}, c.name, "--help")
			if id.code != 0 || id.out == en.out || !strings.Contains(en.out, c.en) || !strings.Contains(id.out, c.id) {
				t.Errorf("help is not in both languages:\n%s\n%s", id.out, en.out)
			}
			for _, flag := range []string{"--db URL", "--data DIR", "--config FILE", "--quiet"} {
				if !strings.Contains(en.out, flag) {
					t.Errorf("help does not name %s", flag)
				}
			}
		})
	}
	if all := tuntas(t, 0, "--help").out; !strings.Contains(all, "verify") || !strings.Contains(all, "import") {
		t.Errorf("the list of commands: %s", all)
	}
	if r := tuntasWith(t, []string{"LANG=en_US.UTF-8", "LC_ALL=id_ID.UTF-8"}, "--help"); !strings.Contains(r.out, "memeriksa jejak") {
		t.Error("LC_ALL is stronger than LANG")
	}
	if r := tuntas(t, 0, "help", "user"); r.out != tuntas(t, 0, "user", "add", "--help").out || !strings.Contains(r.out, "social_worker") {
		t.Error("the help of user names no roles")
	}
}

func TestWrongUsage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	csv := filepath.Join(dir, "a.csv")
	if err := os.WriteFile(csv, []byte("name\nSiti\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"", "nothing", "verify --nothing", "verify surplus", "migrate surplus", "setup surplus", "recount surplus", "acts surplus", "config surplus",
		"serve surplus", "verify --db mysql://x", "verify --db sqlite:", "user", "user add", "user add siti", "user add siti --role emperor",
		"user remove siti --role admin", "token", "token create", "token create --user a --expires never", "token create --user a --expires 0d",
		"token create --user a --expires -5h", "import", "import persons", "import animals " + csv, "import persons a b", "import persons a.exe b",
		"export", "export persons", "export animals --out a.csv", "export persons --out a.txt", "export persons --out a",
		"backup", "backup a b", "restore", "restore a b", "generate --persons -1", "generate --persons many", "verify --config nowhere.conf",
		"demo --listen 0.0.0.0:0", "demo --listen nonsense",
	} {
		args := strings.Fields(line)
		if len(args) > 0 && !strings.Contains(line, "--db") {
			args = append(args, "--data", dir)
		}
		if code := run(t.Context(), args); code != 2 { // in this process: there are many
			t.Errorf("tuntas %s: exit %d, want 2", line, code)
		}
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "*.db")); len(files) > 0 {
		t.Errorf("wrong usage made %v", files)
	}
}

// TestNothingThere: a wrong path is said, and makes no empty database.
func TestNothingThere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, line := range []string{"verify", "recount", "backup " + dir + "/b", "export persons --out " + dir + "/p.csv", "migrate --status", "restore " + dir + "/none"} {
		if r := tuntasWith(t, nil, append(strings.Fields(line), "--data", dir+"/d")...); r.code != 1 {
			t.Errorf("tuntas %s: exit %d, want 1: %s", line, r.code, r.err)
		}
	}
	if _, err := os.Stat(dir + "/d"); err == nil {
		t.Error("a database was made")
	}
	if r := tuntas(t, 1, "verify", "--db", "postgres://nobody@127.0.0.1:1/none"); !strings.Contains(r.err, "tuntas verify:") {
		t.Errorf("a database that does not answer: %s", r.err)
	}
}

// TestSettings: flags before the environment before the file; they may stand anywhere.
func TestSettings(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "tuntas.conf")
	if err := os.WriteFile(file, []byte("\ufeff# ours\n\ndata = "+dir+"/file\nlisten = \"127.0.0.1:1\"\nquiet = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		env  []string
		args string
		want []string
	}{
		{nil, "config", []string{"db = sqlite:data/tuntas.db", "listen = 127.0.0.1:8080", "quiet = false"}},
		{nil, "config --config " + file, []string{"data = " + dir + "/file", "listen = 127.0.0.1:1", "quiet = true", "db = sqlite:" + dir + "/file/tuntas.db"}},
		{[]string{"TUNTAS_CONFIG=" + file}, "config", []string{"listen = 127.0.0.1:1"}},
		{[]string{"TUNTAS_LISTEN=127.0.0.1:2", "TUNTAS_NO_MIGRATE=true"}, "config --config " + file, []string{"# TUNTAS_LISTEN\nlisten = 127.0.0.1:2", "no-migrate = true"}},
		{[]string{"TUNTAS_LISTEN=127.0.0.1:2"}, "--listen=127.0.0.1:3 config --config " + file, []string{"# --listen\nlisten = 127.0.0.1:3"}},
		{[]string{"TUNTAS_DB=postgres://u:secret@h/x"}, "config", []string{"db = postgres://u:xxxxx@h/x"}},
		{[]string{"TUNTAS_DB=postgres://u:secret@h/x"}, "config --data " + dir, []string{"db = sqlite:" + dir + "/tuntas.db"}},
	} {
		r := tuntasWith(t, c.env, strings.Fields(c.args)...)
		for _, want := range c.want {
			if r.code != 0 || !strings.Contains(r.out, want+"\n") || strings.Contains(r.out, "secret") {
				t.Errorf("%v tuntas %s: want %q in\n%s%s", c.env, c.args, want, r.out, r.err)
			}
		}
	}
	if err := os.WriteFile(file, []byte("data = x\nlistne = y\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := tuntas(t, 2, "config", "--config", file); !strings.Contains(r.err, ":2: listne") {
		t.Errorf("a misspelt setting: %s", r.err)
	}
	if r := tuntasWith(t, []string{"TUNTAS_QUIET=perhaps"}, "config"); r.code != 2 {
		t.Errorf("a wrong value of the environment: exit %d", r.code)
	}
}
