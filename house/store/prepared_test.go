package store

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
)

func preparing(t *testing.T) *sql.Conn {
	t.Helper()
	c, err := sqliteConnector("file:" + filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(c)
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := conn.ExecContext(context.Background(), "create table a (n int); insert into a values (1), (2), (3)"); err != nil {
		t.Fatal(err)
	}
	return conn
}

// A text whose rows are being read can be asked again before they end.
func TestPrepared_withinItself(t *testing.T) {
	t.Parallel()
	conn, ctx := preparing(t), context.Background()
	const text = "select n from a where n >= ? order by n"
	outer, err := conn.QueryContext(ctx, text, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = outer.Close() }()
	rows := 0
	for outer.Next() {
		var n, m int
		if err := outer.Scan(&n); err != nil {
			t.Fatal(err)
		}
		if err := conn.QueryRowContext(ctx, text, n).Scan(&m); err != nil || m != n {
			t.Fatalf("inside, from %d: %d, %v", n, m, err)
		}
		rows++
	}
	if err := outer.Err(); err != nil || rows != 3 {
		t.Errorf("%d rows of 3, %v", rows, err)
	}
}

// More texts than a connection remembers, a text that is wrong, and a table that changes under a remembered text.
func TestPrepared_forgetsAndReadsAnew(t *testing.T) {
	t.Parallel()
	conn, ctx := preparing(t), context.Background()
	sum := func(text string) (n int) {
		t.Helper()
		if err := conn.QueryRowContext(ctx, text).Scan(&n); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		return n
	}
	for round := range 2 {
		for i := range mostKept + 40 {
			if got := sum(fmt.Sprintf("select sum(n) + %d from a", i)); got != 6+i {
				t.Fatalf("round %d: %d, want %d", round, got, 6+i)
			}
		}
	}
	if _, err := conn.ExecContext(ctx, "insert into b values (1)"); err == nil {
		t.Error("a table that is not there took a row")
	}
	if _, err := conn.ExecContext(ctx, "alter table a add column m int default 4"); err != nil {
		t.Fatal(err)
	}
	if got := sum("select sum(n) + 0 from a"); got != 6 {
		t.Errorf("after the change: %d", got)
	}
	var remembered int
	if err := conn.Raw(func(c any) error {
		remembered = len(c.(*preparedConn).known)
		return nil
	}); err != nil || remembered > mostKept {
		t.Errorf("%d texts remembered, %v", remembered, err)
	}
}
