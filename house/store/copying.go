package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	"modernc.org/sqlite"
)

const (
	pagesAStep = 256 // how many pages are copied at once: a megabyte
	restful    = 3   // how many times as long as it worked a copy rests
)

var errNoCopies = errors.New("this driver of SQLite copies no database")

// copySQLite copies the pages of the database, as they are now, into a file. It goes step by step: what a step wrote is
// brought to the disk at once, and then the copy rests. Otherwise gigabytes would pile up in
// memory, and every write of those at work would stand in line behind them on the disk.
func (s *Store) copySQLite(ctx context.Context, out *os.File) (err error) {
	conn, err := s.readers.Conn(ctx)
	if err != nil {
		return busy(err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	// One transaction over all the steps is one picture of the data; without it, any write would begin the copy anew.
	t, err := conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return busy(err)
	}
	defer func() { _ = t.Rollback() }()
	var tables int64 // reading anything fixes the picture
	if err = t.QueryRowContext(ctx, "select count(*) from sqlite_master").Scan(&tables); err != nil {
		return busy(err)
	}
	return conn.Raw(func(c any) error {
		from, is := c.(sqliteConn)
		if !is {
			return errNoCopies
		}
		to, err := from.NewBackup(copyTo(out.Name()))
		if err != nil {
			return fmt.Errorf("begin the copy: %w", err)
		}
		return errors.Join(stepwise(ctx, to, out), to.Finish())
	})
}

// copyTo is the address of the file: nobody reads it before it is whole, so that it needs no journal of its own.
func copyTo(path string) string {
	q := url.Values{"_pragma": {"journal_mode(off)", "synchronous(off)"}}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

func stepwise(ctx context.Context, to *sqlite.Backup, out *os.File) error {
	for more := true; more; {
		began := time.Now()
		var err error
		if more, err = to.Step(pagesAStep); err != nil {
			return fmt.Errorf("copy pages: %w", err)
		}
		if err := rest(ctx, out, began); err != nil {
			return err
		}
	}
	return nil
}

// rest brings what was written to the disk, and then waits, longer than was worked since began.
func rest(ctx context.Context, out *os.File, began time.Time) error {
	if err := out.Sync(); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(restful * time.Since(began)):
		return nil
	}
}

// paced is a file that is written with rests in between, like the copy of SQLite.
type paced struct {
	ctx   context.Context //nolint:containedctx // an io.Writer is handed no other way to end
	out   *os.File
	began time.Time // when the last rest was over
}

// longestAtWork is how long a dump may work before it rests: pressing takes a whole core meanwhile.
const longestAtWork = 20 * time.Millisecond

func (p *paced) Write(b []byte) (int, error) {
	n, err := p.out.Write(b)
	if err == nil && time.Since(p.began) >= longestAtWork {
		err = rest(p.ctx, p.out, p.began)
		p.began = time.Now()
	}
	return n, err
}
