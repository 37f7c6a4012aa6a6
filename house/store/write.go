package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
)

// Write runs fn in one transaction: rule, rows, audit, tally and outbox together, or nothing. fn may
// touch nothing but tx, because it runs again when the database says that two writers clashed. A write
// that recorded nothing does not commit.
func (s *Store) Write(ctx context.Context, by who.Asker, act Act, fn func(*Tx) error) error {
	if by.Emergency() { // who sees by an opening changes nothing: not yours is not there
		return fmt.Errorf("%s: under an opening: %w", act.Name, fail.NotFound)
	}
	if err := s.allowed(ctx, by, act); err != nil {
		return err
	}
	var err error
	for range 6 {
		if err = s.once(ctx, by, act, fn); err == nil || !again(err) || ctx.Err() != nil {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", act.Name, err)
	}
	return nil
}

func (s *Store) once(ctx context.Context, by who.Asker, act Act, fn func(*Tx) error) error {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return busy(err)
	}
	defer func() { _ = conn.Close() }()
	t, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return busy(err)
	}
	defer func() { _ = t.Rollback() }()
	tx := &Tx{ctx: ctx, store: s, by: by, act: act, run: t, conn: conn, write: true, now: s.clock.Now()}
	if err = fn(tx); err != nil {
		return err
	}
	if len(tx.entries) == 0 && !act.upkeep {
		return errors.New("nothing was recorded: a write without an audit entry does not commit")
	}
	if err = tx.finish(t); err != nil {
		return err
	}
	if len(tx.tells) > 0 {
		select {
		case s.nudge <- struct{}{}:
		default:
		}
	}
	return nil
}

// finish writes what goes with every write, the heads of the audit chains last, so that they are held shortly.
func (tx *Tx) finish(t *sql.Tx) error {
	if err := tx.claimKey(); err != nil {
		return err
	}
	if err := tx.countHidden(); err != nil {
		return err
	}
	if err := tx.writeDeltas(); err != nil {
		return err
	}
	if err := tx.writeTells(); err != nil {
		return err
	}
	if len(tx.saw) > 0 && !tx.by.System {
		if err := tx.writeViews(disclosed(tx)); err != nil {
			return err
		}
	}
	if err := tx.chain(); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return busy(err)
	}
	return nil
}

type deltaKey struct {
	measure string
	centre  id.ID
	day     clock.Day
	dim     string
}

// Count moves a figure by n on a day: one delta row, folded into the tallies each second.
func (tx *Tx) Count(measure string, centre id.ID, day clock.Day, dim string, n int64) {
	if tx.store.uncounted {
		return
	}
	if tx.deltas == nil {
		tx.deltas = map[deltaKey]int64{}
	}
	tx.deltas[deltaKey{measure, centre, day, dim}] += n
}

var (
	insertDelta      = house(`insert into deltas (id, measure, centre_id, day, dim, n) values (?, ?, ?, ?, ?, ?)`)
	insertFourDeltas = house(`insert into deltas (id, measure, centre_id, day, dim, n)
		values (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?), (?, ?, ?, ?, ?, ?)`)
)

// fourDeltas is how many values insertFourDeltas takes.
const fourDeltas = 4 * 6

func (tx *Tx) writeDeltas() error {
	if len(tx.deltas) > 500 { // a bulk load
		rows := make([][]any, 0, len(tx.deltas))
		for k, n := range tx.deltas {
			rows = append(rows, []any{id.New(), k.measure, int64(k.centre), string(k.day), k.dim, n})
		}
		return tx.bulk("deltas", []string{"id", "measure", "centre_id", "day", "dim", "n"}, rows)
	}
	var args []any // four at a time: a deed of a case moves several figures, and each statement is a way to the database
	for k, n := range tx.deltas {
		if n == 0 {
			continue
		}
		if args = append(args, id.New(), k.measure, int64(k.centre), string(k.day), k.dim, n); len(args) < fourDeltas {
			continue
		}
		if _, err := Exec(tx, insertFourDeltas, args...); err != nil {
			return err
		}
		args = nil
	}
	for ; len(args) > 0; args = args[fourDeltas/4:] {
		if _, err := Exec(tx, insertDelta, args[:fourDeltas/4]...); err != nil {
			return err
		}
	}
	return nil
}

// Replayed says that this request was already carried out under the same key: the first answer stands.
type Replayed struct {
	Kind     string
	ID       id.ID
	Status   int
	Location string
	Body     string
	print    string
}

func (r *Replayed) Error() string { return "already done under this key" }

var (
	claimKey = house(`insert into idempotency (user_id, key, print, at, subject_kind, subject_id, status, location, body)
		values (?, ?, ?, ?, ?, ?, 0, '', '') on conflict (user_id, key) do nothing`)
	keyOf = house(`select subject_kind, subject_id, status, location, body, print from idempotency
		where user_id = ? and key = ?`)
	keepAnswer = house(`update idempotency set status = ?, location = ?, body = ? where user_id = ? and key = ?`)
)

func scanReplayed(r Row) (*Replayed, error) {
	var p Replayed
	err := r.Scan(&p.Kind, &p.ID, &p.Status, &p.Location, &p.Body, &p.print)
	return &p, err
}

func (tx *Tx) claimKey() error {
	if tx.by.Key == "" || len(tx.entries) == 0 {
		return nil
	}
	first := tx.entries[0]
	n, err := Exec(tx, claimKey, int64(tx.by.User), tx.by.Key, tx.by.Print, tx.now.UnixMilli(), first.Kind, int64(first.ID))
	if err != nil || n == 1 {
		return err
	}
	p, err := One(tx, keyOf, scanReplayed, int64(tx.by.User), tx.by.Key)
	if err != nil {
		return err
	}
	return p.sameAs(tx.by.Print)
}

func (r *Replayed) sameAs(print string) error {
	if r.print != print {
		return fail.Clash("key-reused", "Kunci ini sudah dipakai untuk isian lain. Muat ulang halaman, lalu kirim lagi.")
	}
	return r
}

var replay = Act{Name: "house.replay", Right: who.Anyone}

// Replay tells whether a request with this key was carried out before: nil when not, fail.Clash when
// the key was used with another body.
func (s *Store) Replay(ctx context.Context, user id.ID, key, print string) (*Replayed, error) {
	var p *Replayed
	err := s.Read(ctx, who.House("house"), replay, func(tx *Tx) (err error) {
		p, err = One(tx, keyOf, scanReplayed, int64(user), key)
		return err
	})
	if errors.Is(err, fail.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if err := p.sameAs(print); !errors.Is(err, p) { // told by itself that it is the same
		return nil, err
	}
	return p, nil
}

// KeepAnswer keeps what was answered under a key, for the retry that may come.
func (s *Store) KeepAnswer(ctx context.Context, user id.ID, key string, status int, location, body string) error {
	return s.internal(ctx, func(tx *Tx) error {
		_, err := Exec(tx, keepAnswer, status, location, body, int64(user), key)
		return err
	})
}

// internal runs a write of the house's own bookkeeping, which is not itself a deed to be recorded.
func (s *Store) internal(ctx context.Context, fn func(*Tx) error) error {
	var err error
	for range 6 {
		if err = s.internalOnce(ctx, sql.LevelDefault, fn); err == nil || !again(err) {
			break
		}
	}
	return err
}

// Keep is for bookkeeping that is not a deed of anybody and therefore not recorded: sessions, failed
// sign-ins. It may use system statements; nothing about a person in need goes through it.
func (s *Store) Keep(ctx context.Context, fn func(*Tx) error) error { return s.internal(ctx, fn) }

func (s *Store) internalOnce(ctx context.Context, level sql.IsolationLevel, fn func(*Tx) error) error {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return busy(err)
	}
	defer func() { _ = conn.Close() }()
	t, err := conn.BeginTx(ctx, &sql.TxOptions{Isolation: level})
	if err != nil {
		return busy(err)
	}
	defer func() { _ = t.Rollback() }()
	tx := &Tx{ctx: ctx, store: s, by: who.House("house"), act: replay, run: t, conn: conn, write: true, now: s.clock.Now()}
	if err = fn(tx); err != nil {
		return err
	}
	return busy(t.Commit())
}
