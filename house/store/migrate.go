package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"tuntas/house/fail"
)

// changes gives the schema's files as goose names them: "0001-store.sql" is "0001_store.sql", and of a
// change in two halves only the one of this engine.
func (s *Store) changes() (fs.FS, error) {
	names, err := fs.Glob(s.schema, "*.sql")
	if err != nil {
		return nil, err
	}
	out := fstest.MapFS{}
	for _, name := range names {
		body, err := fs.ReadFile(s.schema, name)
		if err != nil {
			return nil, fmt.Errorf("read schema %s: %w", name, err)
		}
		base := strings.TrimSuffix(name, ".sql")
		if half, ok := strings.CutSuffix(base, ".sqlite"); ok {
			if s.engine != sqliteEngine {
				continue
			}
			base = half
		} else if half, ok := strings.CutSuffix(base, ".postgres"); ok {
			if s.engine != postgres {
				continue
			}
			base = half
		}
		if s.engine == sqliteEngine {
			body = byKey(body)
		}
		out[strings.Replace(base, "-", "_", 1)+".sql"] = &fstest.MapFile{Data: body}
	}
	return out, nil
}

var manyKeys = regexp.MustCompile(`(primary key \([a-z_, ]+\))\n\);`)

// byKey makes SQLite keep each table in the order of its key, as one tree. By itself it would keep a hidden
// number and look every key up in a second tree: twice the work of each read by id and of each new row.
func byKey(ddl []byte) []byte {
	ddl = bytes.ReplaceAll(ddl, []byte(" bigint primary key"), []byte(" integer primary key"))
	return manyKeys.ReplaceAll(ddl, []byte("$1\n) without rowid;"))
}

func (s *Store) provider() (*goose.Provider, error) {
	files, err := s.changes()
	if err != nil {
		return nil, err
	}
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{goose.WithVerbose(false)}
	if s.engine == postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120))
		if err != nil {
			return nil, fmt.Errorf("make the lock of the schema: %w", err)
		}
		options = append(options, goose.WithSessionLocker(locker)) // several instances may start at once
	}
	p, err := goose.NewProvider(dialect, s.writer, files, options...)
	if err != nil {
		return nil, fmt.Errorf("read the schema: %w", err)
	}
	return p, nil
}

// Migrate brings the schema up to date and names the changes it made. Several instances may start at once:
// on PostgreSQL a lock lets one work; on SQLite, where each change is one transaction, whoever comes second
// looks again.
func (s *Store) Migrate(ctx context.Context) ([]string, error) {
	before, latest, _ := s.versions(ctx) // 0 when it cannot be read: then nothing is full yet
	if before > latest {
		return nil, fmt.Errorf("the schema is at %d, this program knows %d: use the newer program, or restore the copy made before the upgrade", before, latest)
	}
	done, err := s.migrateTo(ctx, 0)
	if err != nil || before == 0 {
		return done, err
	}
	if err := s.countAllHidden(ctx); err != nil || len(done) == 0 {
		return done, err
	}
	return done, s.analyzeNew(ctx) // a new index on full tables is chosen well only when it was looked at
}

// migrateTo brings the schema to a version; 0 is the newest.
func (s *Store) migrateTo(ctx context.Context, version int64) (done []string, err error) {
	for range 40 {
		var names []string
		names, err = s.migrateOnce(ctx, version)
		done = append(done, names...)
		if err == nil || s.engine == postgres || ctx.Err() != nil {
			break
		}
		current, latest, state := s.versions(ctx)
		if state == nil && current < latest && !overtaken(err, current) {
			break
		}
	}
	if err != nil {
		return done, fmt.Errorf("bring the schema up to date: %w", busy(err))
	}
	return done, nil
}

// overtaken tells whether a change failed because another instance had just made it: the schema is there already, or its
// first table was made in between.
func overtaken(err error, current int64) bool {
	if p := (*goose.PartialError)(nil); errors.As(err, &p) && p.Failed != nil && p.Failed.Source.Version <= current {
		return true
	}
	s := err.Error()
	return strings.Contains(s, "already exists") || strings.Contains(s, "UNIQUE constraint") || errors.Is(busy(err), fail.Busy)
}

func (s *Store) migrateOnce(ctx context.Context, version int64) (done []string, err error) {
	p, err := s.provider()
	if err != nil {
		return nil, err
	}
	var results []*goose.MigrationResult
	if version == 0 {
		results, err = p.Up(ctx)
	} else {
		results, err = p.UpTo(ctx, version)
	}
	var partial *goose.PartialError
	if errors.As(err, &partial) {
		results = partial.Applied
	}
	for _, r := range results {
		done = append(done, r.Source.Path)
	}
	return done, err
}

// SchemaChange is one change of the schema and whether it was applied.
type SchemaChange struct {
	Name    string
	Applied bool
}

// SchemaStatus lists the changes in order.
func (s *Store) SchemaStatus(ctx context.Context) ([]SchemaChange, error) {
	p, err := s.provider()
	if err != nil {
		return nil, err
	}
	all, err := p.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("ask for the schema's state: %w", busy(err))
	}
	var out []SchemaChange
	for _, st := range all {
		out = append(out, SchemaChange{st.Source.Path, st.State == goose.StateApplied})
	}
	return out, nil
}

func (s *Store) versions(ctx context.Context) (current, latest int64, err error) {
	files, err := s.changes()
	if err != nil {
		return 0, 0, err
	}
	names, _ := fs.Glob(files, "*.sql")
	for _, n := range names {
		var v int64
		if _, err := fmt.Sscanf(n, "%d_", &v); err == nil {
			latest = max(latest, v)
		}
	}
	row := s.readers.QueryRowContext(ctx, "select coalesce(max(version_id), 0) from goose_db_version where is_applied")
	if err := row.Scan(&current); err != nil {
		if wrapped := busy(err); wrapped != err { //nolint:errorlint // asks whether it was wrapped
			return 0, latest, wrapped
		}
		return 0, latest, nil // no table yet: nothing was applied
	}
	return current, latest, nil
}

// Empty tells whether the database holds no schema yet.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	current, _, err := s.versions(ctx)
	return current == 0, err
}
