package try

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// built is a SQLite database as it was filled once.
type built struct {
	once  sync.Once
	bytes []byte
	err   error
}

var files sync.Map // by name

// SQLiteLike puts into a file a fresh copy of a database that build fills once for each test program and name.
func SQLiteLike(t testing.TB, file, name string, build func(address string) error) {
	t.Helper()
	kept, _ := files.LoadOrStore(name, &built{})
	b := kept.(*built)
	b.once.Do(func() {
		first := filepath.Join(t.TempDir(), "first.db")
		if b.err = build("sqlite:" + first); b.err == nil {
			b.bytes, b.err = os.ReadFile(first)
		}
	})
	if b.err != nil {
		t.Fatalf("make the database %s: %v", name, b.err)
	}
	if err := os.WriteFile(file, b.bytes, 0o600); err != nil {
		t.Fatal(err)
	}
}
