package store_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"tuntas/house/store"
	"tuntas/office/access"
	"tuntas/schema"
	"tuntas/try/province"
)

// After an upgrade SQLite knows how a new index is spread, and has not read what it knew before.
func TestMigrate_analyzes(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		province.Must(t, p.Store.Analyze(p.Ctx))
		beside := p.Beside()
		lite := strings.HasPrefix(p.Address, "sqlite:")
		if lite {
			_, err := beside.Exec(`update sqlite_stat1 set stat = '9 9' where tbl = 'centres'`)
			province.Must(t, err)
		}
		later := fstest.MapFS{"9000-try.sql": {Data: []byte("-- +goose Up\ncreate index try_users on users (name);\n")}}
		names, err := fs.Glob(schema.Files, "*.sql")
		province.Must(t, err)
		for _, name := range names {
			body, err := fs.ReadFile(schema.Files, name)
			province.Must(t, err)
			later[name] = &fstest.MapFile{Data: body}
		}
		s, err := store.Open(p.Address, store.Options{Scope: access.Scope, Schema: later})
		province.Must(t, err)
		defer func() { _ = s.Close() }()
		done, err := s.Migrate(p.Ctx)
		province.Must(t, err)
		if len(done) != 1 {
			t.Errorf("made %v, want one change", done)
		}
		if !lite {
			return
		}
		var looked, kept int
		province.Must(t, beside.QueryRow(`select count(*) from sqlite_stat1 where idx = 'try_users'`).Scan(&looked))
		province.Must(t, beside.QueryRow(`select count(*) from sqlite_stat1 where tbl = 'centres' and stat = '9 9'`).Scan(&kept))
		if looked != 1 || kept == 0 {
			t.Errorf("the new index was looked at %d times, of what was known %d stand", looked, kept)
		}
	})
}
