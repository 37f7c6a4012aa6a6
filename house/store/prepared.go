package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	"modernc.org/sqlite"
)

// prepares gives connections to SQLite that remember how they read their texts. A page asks some twenty
// statements, and reading them anew takes SQLite longer than most answers. PostgreSQL's driver does the same by itself.
type prepares struct{ driver.Connector }

func sqliteConnector(dsn string) (driver.Connector, error) {
	plain, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	return prepares{plain}, nil
}

// Connect opens a connection.
func (p prepares) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err //nolint:wrapcheck // between database/sql and its driver
	}
	full, ok := c.(sqliteConn)
	if !ok {
		_ = c.Close()
		return nil, errors.New("the driver of SQLite lacks what this program needs of a connection")
	}
	return &preparedConn{sqliteConn: full, known: map[string]*knownText{}}, nil
}

// sqliteConn is what the driver's connections can do.
type sqliteConn interface {
	NewBackup(to string) (*sqlite.Backup, error)
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// mostKept is how many texts a connection remembers: more than all pages of a day have, some megabytes.
const mostKept = 256

// preparedConn is one connection; database/sql gives it to one goroutine at a time.
type preparedConn struct {
	sqliteConn
	known map[string]*knownText
	clock int64
}

type knownText struct {
	keptStmt
	inUse bool // its rows are being read
	last  int64
}

type keptStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// Unwrap gives the driver's own connection.
func (c *preparedConn) Unwrap() driver.Conn { return c.sqliteConn }

// remembered gives the prepared form of a text, or nil when the plain way must do: for scripts and orders to the
// engine, and for a text whose own rows are still open.
func (c *preparedConn) remembered(ctx context.Context, text string) (*knownText, error) {
	k, ok := c.known[text]
	switch {
	case ok && k.inUse:
		return nil, nil
	case !ok:
		if !plainDeed(text) {
			return nil, nil
		}
		st, err := c.PrepareContext(ctx, text)
		if err != nil {
			return nil, err //nolint:wrapcheck // between database/sql and its driver
		}
		full, ok := st.(keptStmt)
		if !ok {
			return nil, st.Close() //nolint:wrapcheck // the plain way does it
		}
		c.makeRoom()
		k = &knownText{keptStmt: full}
		c.known[text] = k
	}
	c.clock++
	k.last = c.clock
	return k, nil
}

func plainDeed(text string) bool {
	for _, begin := range []string{"select ", "insert ", "update ", "delete "} {
		if len(text) > len(begin) && text[:len(begin)] == begin {
			return true
		}
	}
	return false
}

// makeRoom forgets the text that was not asked for longest.
func (c *preparedConn) makeRoom() {
	if len(c.known) < mostKept {
		return
	}
	oldest := ""
	for text, k := range c.known {
		if !k.inUse && (oldest == "" || k.last < c.known[oldest].last) {
			oldest = text
		}
	}
	if k, ok := c.known[oldest]; ok {
		_ = k.Close()
		delete(c.known, oldest)
	}
}

// QueryContext asks for rows.
func (c *preparedConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	k, err := c.remembered(ctx, text)
	if err != nil {
		return nil, err
	}
	if k == nil {
		return c.sqliteConn.QueryContext(ctx, text, args)
	}
	rows, err := k.keptStmt.QueryContext(ctx, args)
	if err != nil {
		return nil, err //nolint:wrapcheck // between database/sql and its driver
	}
	k.inUse = true
	return &keptRows{rows, k}, nil
}

// ExecContext changes rows.
func (c *preparedConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	k, err := c.remembered(ctx, text)
	if err != nil {
		return nil, err
	}
	if k == nil {
		return c.sqliteConn.ExecContext(ctx, text, args)
	}
	return k.keptStmt.ExecContext(ctx, args)
}

// Close forgets all texts and closes the connection.
func (c *preparedConn) Close() error {
	var err error
	for _, k := range c.known {
		err = errors.Join(err, k.Close())
	}
	clear(c.known)
	return errors.Join(err, c.sqliteConn.Close())
}

// keptRows are the rows of a remembered text, which is free again when they are closed.
type keptRows struct {
	driver.Rows
	of *knownText
}

func (r *keptRows) Close() error {
	r.of.inUse = false
	return r.Rows.Close() //nolint:wrapcheck // between database/sql and its driver
}
