package try

import (
	"database/sql"
	"testing"
)

func query(t *testing.T, address, question string) (n int, err error) {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	return n, db.QueryRowContext(t.Context(), question).Scan(&n)
}

func change(t *testing.T, address, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

func TestPostgres_eachIsItsOwn(t *testing.T) {
	t.Parallel()
	a, b := Postgres(t), Postgres(t)
	if a == b {
		t.Fatal("two tests share a database")
	}
	if n, err := query(t, a, `select count(*) from pg_class where relnamespace = 'public'::regnamespace`); err != nil || n != 0 {
		t.Errorf("a fresh database holds %d things of its own, %v", n, err)
	}
	change(t, a, `create table here (n int)`)
	if n, err := query(t, b, `select count(*) from pg_class where relname = 'here'`); err != nil || n != 0 {
		t.Errorf("the other database has the table too: %d, %v", n, err)
	}
}

func TestPostgresLike_copiesWhatWasBuiltOnce(t *testing.T) {
	t.Parallel()
	built := 0
	build := func(address string) error {
		built++
		change(t, address, `create table here as select 7 as n`)
		return nil
	}
	name := newName() // each run of this test builds anew
	first, second := PostgresLike(t, name, build), PostgresLike(t, name, build)
	change(t, first, `delete from here`)
	if n, err := query(t, second, `select n from here`); err != nil || n != 7 || built != 1 {
		t.Errorf("the second copy holds %d, %v, built %d times", n, err, built)
	}
}

func TestPostgres_isDroppedAtTheEnd(t *testing.T) {
	t.Parallel()
	var address string
	t.Run("inner", func(t *testing.T) { address = Postgres(t) })
	if _, err := query(t, address, `select 1`); err == nil {
		t.Error("the database is still there after its test")
	}
}
