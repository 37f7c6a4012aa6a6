package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
)

// Backup writes a consistent copy of a SQLite database to a file while others read and write. For
// PostgreSQL pg_dump does the same.
func (s *Store) Backup(ctx context.Context, file string) error {
	if s.engine != sqliteEngine {
		return errNotSQLite
	}
	if _, err := os.Stat(file); err == nil {
		return fmt.Errorf("%s exists already; a backup never overwrites", file)
	}
	part := file + ".part"
	_ = os.Remove(part)
	if _, err := s.writer.ExecContext(ctx, "vacuum into ?", part); err != nil {
		return errors.Join(fmt.Errorf("write the backup: %w", busy(err)), os.Remove(part))
	}
	if err := os.Rename(part, file); err != nil { // a backup is there whole or not at all
		return fmt.Errorf("put the backup in place: %w", err)
	}
	return nil
}

// Restore puts a backup in the place of a database that does not exist yet.
func Restore(address, file string) error {
	path, ok := strings.CutPrefix(address, "sqlite:")
	if !ok {
		return errNotSQLite
	}
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s exists already; restore into an empty place", path)
	}
	in, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read the backup: %w", err)
	}
	if !strings.HasPrefix(string(in[:min(len(in), 15)]), "SQLite format 3") {
		return fmt.Errorf("%s is not a backup of this program", file)
	}
	if err := os.WriteFile(path+".part", in, 0o600); err != nil {
		return fmt.Errorf("write the database: %w", err)
	}
	return os.Rename(path+".part", path)
}
