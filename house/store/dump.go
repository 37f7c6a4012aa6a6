package store

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// A backup of PostgreSQL is a zip file: backup.json says what is in it, tables/NAME holds the rows as COPY
// writes them, and rows.json, written last, how many there are. It is one picture of the data, and it can be
// restored by this program alone.
type dumpHead struct {
	Format  int         `json:"format"`
	Schema  int64       `json:"schema"`
	MadeAt  time.Time   `json:"made_at"`
	Tables  []dumpTable `json:"tables"`
	Program string      `json:"program"`
}

type dumpTable struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
}

func (t dumpTable) copyable() string {
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = quoted(c)
	}
	return quoted(t.Name) + " (" + strings.Join(columns, ", ") + ")"
}

const dumpFormat = 1

func (s *Store) dump(ctx context.Context, out io.Writer) error {
	head, err := s.dumpHead(ctx)
	if err != nil {
		return err
	}
	z := zip.NewWriter(out)
	if err := writeJSON(z, "backup.json", head); err != nil {
		return err
	}
	rows := map[string]int64{}
	err = s.native(ctx, func(c *pgx.Conn) error {
		t, err := c.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
		if err != nil {
			return busy(err)
		}
		defer func() { _ = t.Rollback(context.WithoutCancel(ctx)) }()
		for i, table := range head.Tables {
			w, err := z.Create("tables/" + table.Name)
			if err != nil {
				return err
			}
			tag, err := c.PgConn().CopyTo(ctx, w, "copy "+table.copyable()+" to stdout")
			if err != nil {
				return fmt.Errorf("copy %s: %w", table.Name, busy(err))
			}
			rows[table.Name] = tag.RowsAffected()
			Tell(ctx, int64(i+1), int64(len(head.Tables)))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return errors.Join(writeJSON(z, "rows.json", rows), z.Close())
}

func (s *Store) dumpHead(ctx context.Context) (dumpHead, error) {
	current, _, err := s.versions(ctx)
	if err == nil && current == 0 {
		err = errors.New("the database holds no schema yet")
	}
	if err != nil {
		return dumpHead{}, err
	}
	h := dumpHead{Format: dumpFormat, Schema: current, MadeAt: s.clock.Now().UTC(), Program: "tuntas"}
	tables, err := s.tables(ctx)
	if err != nil {
		return h, err
	}
	for _, name := range tables {
		columns, err := s.names(ctx, `select column_name from information_schema.columns
			where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`, name)
		if err != nil {
			return h, err
		}
		h.Tables = append(h.Tables, dumpTable{name, columns})
	}
	return h, nil
}

// native lends the connection as the engine's own driver knows it.
func (s *Store) native(ctx context.Context, do func(*pgx.Conn) error) error {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return busy(err)
	}
	defer func() { _ = conn.Close() }()
	return conn.Raw(func(c any) error {
		std, ok := c.(*stdlib.Conn)
		if !ok {
			return errors.New("not a connection of PostgreSQL")
		}
		return do(std.Conn())
	})
}

func writeJSON(z *zip.Writer, name string, v any) error {
	w, err := z.Create(name)
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(v)
}

func readJSON(z *zip.Reader, name string, into any) error {
	f, err := z.Open(name)
	if err != nil {
		return errForeign
	}
	defer func() { _ = f.Close() }()
	if err := json.NewDecoder(f).Decode(into); err != nil {
		return fmt.Errorf("read %s of the backup: %w", name, err)
	}
	return nil
}

// restorePostgres loads a dump at the schema it was made with, all or nothing, and then brings the schema up to date.
func restorePostgres(ctx context.Context, address string, in *os.File, o Options) error {
	info, err := in.Stat()
	if err != nil {
		return fmt.Errorf("read the backup: %w", err)
	}
	z, err := zip.NewReader(in, info.Size())
	if err != nil {
		return fmt.Errorf("the backup is damaged: %w", err)
	}
	var head dumpHead
	rows := map[string]int64{}
	if err := errors.Join(readJSON(z, "backup.json", &head), readJSON(z, "rows.json", &rows)); err != nil {
		return err
	}
	s, err := Open(address, o)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	if err := s.mayTake(ctx, head); err != nil {
		return err
	}
	if _, err := s.migrateTo(ctx, head.Schema); err != nil {
		return err
	}
	if err := s.native(ctx, func(c *pgx.Conn) error { return undump(ctx, c, z, head, rows) }); err != nil {
		return err
	}
	_, err = s.Migrate(ctx)
	return err
}

// mayTake refuses a database that holds something, and a backup that this program or database cannot take.
func (s *Store) mayTake(ctx context.Context, head dumpHead) error {
	current, latest, err := s.versions(ctx)
	switch {
	case err != nil:
		return err
	case head.Format != dumpFormat || head.Schema > latest:
		return fmt.Errorf("its schema is at %d, this program knows %d: use the newer program", head.Schema, latest)
	case current > head.Schema:
		return errors.New("the database has a newer schema than the backup; restore into a database without any table")
	}
	return s.hollow(ctx)
}

func undump(ctx context.Context, c *pgx.Conn, z *zip.Reader, head dumpHead, rows map[string]int64) error {
	t, err := c.Begin(ctx)
	if err != nil {
		return busy(err)
	}
	defer func() { _ = t.Rollback(context.WithoutCancel(ctx)) }()
	for i, table := range head.Tables {
		f, err := z.Open("tables/" + table.Name)
		if err != nil {
			return fmt.Errorf("the backup is damaged: %w", err)
		}
		tag, err := c.PgConn().CopyFrom(ctx, f, "copy "+table.copyable()+" from stdin")
		if err = errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("load %s: %w", table.Name, busy(err))
		}
		if tag.RowsAffected() != rows[table.Name] {
			return fmt.Errorf("load %s: %d rows, the backup says %d", table.Name, tag.RowsAffected(), rows[table.Name])
		}
		Tell(ctx, int64(i+1), int64(len(head.Tables)))
	}
	return busy(t.Commit(ctx))
}
