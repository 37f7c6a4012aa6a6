package province

import (
	"context"
	"path/filepath"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/store"
	"tuntas/office/access"
	"tuntas/schema"
	"tuntas/try"
)

// Engines runs a test on both engines, each with a database of its own in which nobody has entered anything.
func Engines(t *testing.T, test func(t *testing.T, address string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, "sqlite:"+filepath.Join(t.TempDir(), "tuntas.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, try.PostgresLike(t, "empty", migrate))
	})
}

// migrate makes the database of which each test gets a copy.
func migrate(address string) error {
	s, err := store.Open(address, store.Options{Scope: access.Scope, Schema: schema.Files, Clock: clock.Wall, Unsafe: true})
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	_, err = s.Migrate(context.Background())
	return err
}
