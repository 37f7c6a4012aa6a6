package try

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx"
)

// server is the test server's own database, from which others are made and dropped.
var server = sync.OnceValues(func() (*sql.DB, error) {
	address := os.Getenv("TUNTAS_TEST_PG")
	if address == "" {
		return nil, fmt.Errorf("TUNTAS_TEST_PG is not set; run the tests through bin/test, which starts a PostgreSQL for them")
	}
	db, err := sql.Open("pgx", address)
	if err != nil {
		return nil, fmt.Errorf("open the test server: %w", err)
	}
	db.SetMaxOpenConns(4)
	return db, nil
})

var databases atomic.Int64

// Postgres gives the address of a fresh, empty PostgreSQL database, dropped when the test ends. It fails
// the test when bin/test did not start a server: half of the promise would go untested in silence.
func Postgres(t testing.TB) string {
	t.Helper()
	return copyOf(t, "template0")
}

var templates struct {
	sync.Mutex
	built map[string]string
}

// PostgresLike gives a fresh copy of a database that build fills once for each test program and name,
// such as one with the whole schema: copying takes a fraction of the time of migrating.
func PostgresLike(t testing.TB, name string, build func(address string) error) string {
	t.Helper()
	templates.Lock()
	from, ok := templates.built[name]
	if !ok {
		from = newName()
		if err := makeTemplate(t.Context(), from, build); err != nil {
			templates.Unlock()
			t.Fatalf("make the template database %s: %v", name, err)
		}
		if templates.built == nil {
			templates.built = map[string]string{}
		}
		templates.built[name] = from
	}
	templates.Unlock()
	return copyOf(t, from)
}

func makeTemplate(ctx context.Context, name string, build func(address string) error) error {
	db, err := server()
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, `create database `+name+` template template0`); err != nil {
		return err
	}
	return build(addressOf(name)) // the server of the tests is thrown away, and its templates with it
}

func copyOf(t testing.TB, template string) string {
	t.Helper()
	db, err := server()
	if err != nil {
		t.Fatal(err)
	}
	name := newName()
	if _, err := db.ExecContext(t.Context(), `create database `+name+` template `+template); err != nil {
		t.Fatalf("make a test database: %v", err)
	}
	t.Cleanup(func() {
		// The test's own context has ended here.
		if _, err := db.ExecContext(context.Background(), `drop database if exists `+name+` with (force)`); err != nil {
			t.Errorf("drop the test database: %v", err)
		}
	})
	return addressOf(name)
}

// newName differs between the test programs that run side by side on one server.
func newName() string { return fmt.Sprintf("t%d_%d", os.Getpid(), databases.Add(1)) }

func addressOf(database string) string {
	u, err := url.Parse(os.Getenv("TUNTAS_TEST_PG"))
	if err != nil {
		return ""
	}
	u.Path = "/" + database
	return u.String()
}

// Times gives short in bin/test and long in bin/soak, for tests that become better by repetition.
func Times(short, long int) int {
	if os.Getenv("TUNTAS_SOAK") != "" {
		return long
	}
	return short
}
