package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"tuntas/house/fail"
)

type engine string

const (
	sqliteEngine engine = "sqlite"
	postgres     engine = "postgres"
)

// number rewrites `?` to $1, $2 …; question marks inside quotes stay.
func number(text string) string {
	var b strings.Builder
	n, quoted := 0, false
	for i := range len(text) {
		switch c := text[i]; {
		case c == '\'':
			quoted = !quoted
			b.WriteByte(c)
		case c == '?' && !quoted:
			n++
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// again tells whether a transaction clashed with another and may simply run once more.
func again(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01"
	}
	return false
}

// busy turns "the database is not there" into fail.Busy, so that people read "try again" and not a number.
func busy(err error) error {
	if err == nil || errors.Is(err, fail.Busy) {
		return err
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		if again(err) || strings.HasPrefix(pg.Code, "08") || strings.HasPrefix(pg.Code, "57P") || strings.HasPrefix(pg.Code, "53") {
			return errors.Join(fail.Busy, err)
		}
		return err
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() & 0xff {
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN,
			sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOTADB:
			return errors.Join(fail.Busy, err)
		}
		return err
	}
	if lost(err) {
		return errors.Join(fail.Busy, err)
	}
	return err
}

// lost tells whether the way to the database broke: before, within or after a statement.
func lost(err error) bool {
	var network net.Error
	var connect *pgconn.ConnectError
	if errors.As(err, &network) || errors.As(err, &connect) || pgconn.SafeToRetry(err) {
		return true
	}
	for _, known := range []error{sql.ErrConnDone, sql.ErrTxDone, driver.ErrBadConn, net.ErrClosed, io.EOF, io.ErrUnexpectedEOF, context.DeadlineExceeded, context.Canceled} {
		if errors.Is(err, known) {
			return true
		}
	}
	return strings.HasSuffix(err.Error(), "sql: database is closed") // the one error of that package that has no name
}

// Violates tells whether the database refused because of the named constraint or trigger.
func Violates(err error, constraint string) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.ConstraintName == constraint || strings.Contains(pg.Message, constraint)
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) && strings.Contains(lite.Error(), constraint)
}

// Duplicate tells whether the database refused because a unique value is already there.
func Duplicate(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) &&
		(lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}
