package upkeep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Desk is the administrator's room.
type Desk struct {
	store   *store.Store
	version string
}

// New opens the room; version is that of the program.
func New(s *store.Store, version string) *Desk { return &Desk{s, version} }

// Stale is how long a tested copy comforts: the handbook of operation asks for one test each month.
const Stale = 31 * 24 * time.Hour

// Copy is a backup as it is remembered.
type Copy struct {
	ID     id.ID
	Made   time.Time
	Name   string // of the file, without its folder
	Bytes  int64
	Print  string        // SHA-256 of the file, hexadecimal
	Tested time.Time     // zero when it was never restored
	Faults int64         // found by the check of the restored copy
	Took   time.Duration // to restore and check
}

// Sound tells whether the copy was restored and nothing was wrong with it.
func (c Copy) Sound() bool { return !c.Tested.IsZero() && c.Faults == 0 }

// Outcome is what a rehearsal found.
type Outcome struct {
	Faults int64
	Took   time.Duration
}

var (
	noteCopy  = store.NewSystemAct("backup.note", who.SeeSystem)
	noteTest  = store.NewSystemAct("backup.test", who.SeeSystem)
	seeCopies = store.NewSystemAct("backup.see", who.SeeSystem)
)

// Of reads what identifies a file of a backup. Errors: those of reading the file.
func Of(file string) (c Copy, err error) {
	in, err := os.Open(file)
	if err != nil {
		return c, fmt.Errorf("read the backup: %w", err)
	}
	defer func() { _ = in.Close() }()
	sum := sha256.New()
	if c.Bytes, err = io.Copy(sum, in); err != nil {
		return c, fmt.Errorf("read the backup: %w", err)
	}
	info, err := in.Stat()
	if err != nil {
		return c, fmt.Errorf("read the backup: %w", err)
	}
	c.Name, c.Print, c.Made = filepath.Base(file), hex.EncodeToString(sum.Sum(nil)), info.ModTime()
	return c, nil
}

// Note remembers that a copy was made.
func (d *Desk) Note(ctx context.Context, by who.Asker, c Copy) error {
	return d.store.Write(ctx, by, noteCopy, func(tx *store.Tx) error {
		_, err := keep(tx, c)
		return err
	})
}

// Rehearsed remembers what came of restoring a copy elsewhere and checking it, whoever made the copy.
func (d *Desk) Rehearsed(ctx context.Context, by who.Asker, c Copy, o Outcome) error {
	return d.store.Write(ctx, by, noteTest, func(tx *store.Tx) error {
		known, err := copyOf(tx, c.Print)
		if errors.Is(err, fail.NotFound) {
			known, err = keep(tx, c)
		}
		if err != nil {
			return err
		}
		if _, err := store.Exec(tx, testCopy, tx.Now().UnixMilli(), o.Faults, o.Took.Milliseconds(), known.ID); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "backup", ID: known.ID, What: o, Say: fail.Say("Salinan %s dipulihkan dan diperiksa: %d kesalahan.", known.Name, o.Faults)})
		return nil
	})
}

func keep(tx *store.Tx, c Copy) (Copy, error) {
	c.ID = id.New()
	_, err := store.Exec(tx, insertCopy, c.ID, c.Made.UnixMilli(), c.Name, c.Bytes, c.Print)
	tx.Record(store.Entry{Kind: "backup", ID: c.ID, What: c, Say: fail.Say("Salinan %s dibuat.", c.Name)})
	return c, err
}

// Comforts tells whether a copy was tested lately with nothing wrong in it.
func (c Copy) Comforts(now time.Time) bool { return c.Sound() && now.Sub(c.Tested) <= Stale }

// LastTested gives the copy that was tested last; the zero Copy when none ever was.
func (d *Desk) LastTested(ctx context.Context, by who.Asker) (c Copy, err error) {
	err = d.store.Read(ctx, by, seeCopies, func(tx *store.Tx) error {
		if c, err = store.One(tx, lastTested, scanCopy); errors.Is(err, fail.NotFound) {
			return nil
		}
		return err
	})
	return c, err
}

// Copies gives the newest ten copies.
func (d *Desk) Copies(ctx context.Context, by who.Asker) (all []Copy, err error) {
	err = d.store.Read(ctx, by, seeCopies, func(tx *store.Tx) error {
		all, err = store.Each(tx, lastCopies, scanCopy)
		return err
	})
	return all, err
}
