package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"tuntas/house/clock"
)

// Options are what a store needs to know of the house.
type Options struct {
	Scope  map[string]Rule // the scope map: each table and how it is guarded
	Schema fs.FS           // the numbered changes
	Clock  clock.Clock     // nil: the machine's
	Unsafe bool            // SQLite without fsync: for tests and for filling a demo
}

// Store is an open database of either engine.
type Store struct {
	engine  engine
	readers *sql.DB
	writer  *sql.DB // the same as readers on PostgreSQL
	scope   map[string]Rule
	schema  fs.FS
	clock   clock.Clock
	url     string
	nudge   chan struct{}
	ledger  *ledger
	shapes  sync.Map     // shapeKey -> *shape
	seen    atomic.Int64 // the latest moment, in milliseconds: Latest
	falls   atomic.Int64 // how often the clock was believed to go back: Falls

	uncounted bool // no figures are kept: to measure what they cost
}

// Open opens sqlite:PATH or postgres://…, and checks every statement of the program against the scope
// map. It does not migrate. An unguarded statement is an error that names its file and line.
func Open(address string, o Options) (*Store, error) {
	s := &Store{scope: o.Scope, schema: o.Schema, clock: o.Clock, url: address, nudge: make(chan struct{}, 1)}
	if s.clock == nil {
		s.clock = clock.Wall
	}
	if err := Check(o.Scope); err != nil {
		return nil, err
	}
	var err error
	switch {
	case strings.HasPrefix(address, "sqlite:"):
		s.engine = sqliteEngine
		err = s.openSQLite(strings.TrimPrefix(address, "sqlite:"), o.Unsafe)
	case strings.HasPrefix(address, "postgres://"), strings.HasPrefix(address, "postgresql://"):
		s.engine = postgres
		err = s.openPostgres(address)
	default:
		err = errors.New("a database address begins with sqlite: or postgres://")
	}
	if err != nil {
		return nil, err
	}
	s.ledger = startLedger(s)
	s.remember()
	return s, nil
}

func (s *Store) openSQLite(path string, unsafe bool) error {
	if dir := filepath.Dir(path); dir != "." {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("make the data folder: %w", err)
		}
	}
	sync := "FULL" // an acknowledged write survives the loss of power
	if unsafe {
		sync = "OFF"
	}
	dsn := func(extra ...string) string {
		q := url.Values{"_pragma": append([]string{
			"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(" + sync + ")", "foreign_keys(1)", "temp_store(2)",
		}, extra...)}
		return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
	}
	writing, err := sqliteConnector(dsn("cache_size(-32000)") + "&_txlock=immediate")
	if err != nil {
		return err
	}
	reading, err := sqliteConnector(dsn("query_only(1)", "cache_size(-16000)"))
	if err != nil {
		return err
	}
	s.writer, s.readers = sql.OpenDB(writing), sql.OpenDB(reading)
	s.writer.SetMaxOpenConns(1) // SQLite has one writer: queue here, not on the file's lock
	if err = s.writer.Ping(); err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	s.readers.SetMaxOpenConns(8)
	s.readers.SetMaxIdleConns(8)
	return nil
}

func (s *Store) openPostgres(address string) error {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return fmt.Errorf("read the database address: %w", err)
	}
	config.RuntimeParams["jit"] = "off"                           // compiling a plan takes longer than any page's question
	config.RuntimeParams["max_parallel_workers_per_gather"] = "0" // so does starting workers, and other users need the cores
	config.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	config.RuntimeParams["random_page_cost"] = "1.1" // disks no longer turn; the index is nearly always right here
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(24)
	db.SetMaxIdleConns(12)
	db.SetConnMaxIdleTime(5 * time.Minute)
	s.readers, s.writer = db, db
	return nil
}

// Close writes what the ledger still holds and closes the database.
func (s *Store) Close() error {
	s.ledger.close()
	err := s.writer.Close()
	if s.engine == sqliteEngine {
		err = errors.Join(err, s.readers.Close())
	}
	return err
}

// Engine names the engine: "sqlite" or "postgres".
func (s *Store) Engine() string { return string(s.engine) }

// Today is the office's day.
func (s *Store) Today() clock.Day { return clock.DayOf(s.clock.Now()) }

// Now is the office's time.
func (s *Store) Now() time.Time { return s.clock.Now() }

// Nudge is signalled after each commit that left something in the outbox.
func (s *Store) Nudge() <-chan struct{} { return s.nudge }

// Ready tells whether the database answers and its schema is current.
func (s *Store) Ready(ctx context.Context) error {
	if err := s.readers.PingContext(ctx); err != nil {
		return busy(err)
	}
	current, latest, err := s.versions(ctx)
	if err != nil {
		return err
	}
	if current != latest {
		return fmt.Errorf("the schema is at %d, this program needs %d", current, latest)
	}
	return nil
}
