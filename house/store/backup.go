package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Backup writes a consistent copy of the database to a file while others read and write. It is there whole
// or not at all, and only its owner may read it.
func (s *Store) Backup(ctx context.Context, file string) error {
	if _, err := os.Stat(file); err == nil {
		return fmt.Errorf("%s exists already; a backup never overwrites", file)
	}
	part := PartOf(file)
	out, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600) // SQLite fills an empty file
	if err != nil {
		return fmt.Errorf("write the backup: %w", err)
	}
	if s.engine == postgres {
		err = s.dump(ctx, &paced{ctx: ctx, out: out, began: time.Now()})
	} else {
		err = s.copySQLite(ctx, out)
	}
	if err = errors.Join(err, out.Sync(), out.Close()); err == nil {
		err = os.Rename(part, file)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write the backup: %w", err), os.Remove(part))
	}
	return syncFolder(file)
}

// PartOf names the file in which a backup grows until it is whole.
func PartOf(file string) string { return file + ".part" }

// syncFolder makes a rename outlast the loss of power.
func syncFolder(file string) error {
	d, err := os.Open(filepath.Dir(file))
	if err != nil {
		return fmt.Errorf("open the folder: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}

var (
	errNotEmpty = errors.New("the database is not empty; a backup is restored into an empty one")
	errOther    = errors.New("this backup was made of the other engine; restore it into an address of that engine")
	errForeign  = errors.New("this file is not a backup of this program")
)

// Restore puts a backup into an empty database of the same engine.
func Restore(ctx context.Context, address, file string, o Options) error {
	in, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("read the backup: %w", err)
	}
	defer func() { _ = in.Close() }()
	head := make([]byte, 16)
	n, _ := io.ReadFull(in, head)
	lite, dumped := strings.HasPrefix(string(head[:n]), "SQLite format 3"), strings.HasPrefix(string(head[:n]), "PK")
	path, wantsLite := strings.CutPrefix(address, "sqlite:")
	switch {
	case !lite && !dumped:
		return fmt.Errorf("%s: %w", file, errForeign)
	case lite != wantsLite:
		return fmt.Errorf("%s: %w", file, errOther)
	case lite:
		return restoreSQLite(ctx, path, in, o)
	}
	return restorePostgres(ctx, address, in, o)
}

func restoreSQLite(ctx context.Context, path string, in *os.File, o Options) error {
	if info, err := os.Stat(path); err == nil && info.Size() > 0 {
		if err := hollow(ctx, "sqlite:"+path, o); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	part := PartOf(path)
	if err := copyWhole(part, in); err != nil {
		return errors.Join(fmt.Errorf("write the database: %w", err), os.Remove(part))
	}
	if err := sound(ctx, part, o); err != nil {
		return errors.Join(err, removeAll(part, part+"-wal", part+"-shm"))
	}
	// What another database of this name left behind would be played into the new one.
	if err := removeAll(path+"-wal", path+"-shm", path+"-journal", part+"-wal", part+"-shm"); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return fmt.Errorf("put the database in place: %w", err)
	}
	return syncFolder(path)
}

func removeAll(files ...string) error {
	var all error
	for _, f := range files {
		if err := os.Remove(f); err != nil && !errors.Is(err, os.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}

func copyWhole(file string, in *os.File) error {
	out, err := os.OpenFile(file, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err = in.Seek(0, io.SeekStart); err == nil {
		_, err = io.Copy(out, in)
	}
	return errors.Join(err, out.Sync(), out.Close())
}

// sound refuses a copy that was cut or damaged on its way.
func sound(ctx context.Context, path string, o Options) error {
	s, err := Open("sqlite:"+path, o)
	if err != nil {
		return fmt.Errorf("the backup cannot be opened: %w", err)
	}
	var verdict string
	err = s.readers.QueryRowContext(ctx, "pragma quick_check(1)").Scan(&verdict)
	if err == nil && verdict != "ok" {
		err = errors.New(verdict)
	}
	if err == nil {
		err = s.known(ctx)
	}
	if err = errors.Join(err, s.Close()); err != nil {
		return fmt.Errorf("the backup is damaged: %w", err)
	}
	return nil
}

// known refuses a schema that is not ours, or newer than this program.
func (s *Store) known(ctx context.Context) error {
	current, latest, err := s.versions(ctx)
	switch {
	case err != nil:
		return err
	case current == 0:
		return errForeign
	case current > latest:
		return fmt.Errorf("its schema is at %d, this program knows %d: use the newer program", current, latest)
	}
	return nil
}

// hollow gives an error unless no table of the database holds a row.
func hollow(ctx context.Context, address string, o Options) error {
	s, err := Open(address, o)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	return s.hollow(ctx)
}

func (s *Store) hollow(ctx context.Context) error {
	tables, err := s.tables(ctx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		var any bool
		if err := s.readers.QueryRowContext(ctx, "select exists (select 1 from "+quoted(t)+")").Scan(&any); err != nil {
			return fmt.Errorf("look into %s: %w", t, busy(err))
		}
		if any {
			return errNotEmpty
		}
	}
	return nil
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// tables names the tables of the database, parents before children, without the one that counts the changes
// of the schema.
func (s *Store) tables(ctx context.Context) ([]string, error) {
	text := "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'goose_db_version' order by rowid"
	if s.engine == postgres {
		text = `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where n.nspname = current_schema() and c.relkind = 'r' and c.relname <> 'goose_db_version' order by c.oid`
	}
	return s.names(ctx, text)
}

func (s *Store) names(ctx context.Context, text string, args ...any) (all []string, err error) {
	rows, err := s.readers.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("list the tables: %w", busy(err))
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fmt.Errorf("list the tables: %w", err)
		}
		all = append(all, name)
	}
	return all, rows.Err()
}
