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

// Note remembers that a copy was made. Noting the same file again changes nothing.
func (d *Desk) Note(ctx context.Context, by who.Asker, c Copy) error {
	return d.store.Write(ctx, by, noteCopy, func(tx *store.Tx) error {
		if _, err := copyOf(tx, c.Print); !errors.Is(err, fail.NotFound) {
			return err
		}
		return keep(tx, c)
	})
}

// Rehearsed remembers what came of restoring a copy elsewhere and checking it, whoever made the copy.
func (d *Desk) Rehearsed(ctx context.Context, by who.Asker, c Copy, o Outcome) error {
	return d.store.Write(ctx, by, noteTest, func(tx *store.Tx) error {
		known, err := copyOf(tx, c.Print)
		if errors.Is(err, fail.NotFound) {
			c.ID = 0
			if err = keep(tx, c); err == nil {
				known, err = copyOf(tx, c.Print)
			}
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

func keep(tx *store.Tx, c Copy) error {
	c.ID = id.New()
	if _, err := store.Exec(tx, insertCopy, c.ID, c.Made.UnixMilli(), c.Name, c.Bytes, c.Print); err != nil {
		return err
	}
	tx.Record(store.Entry{Kind: "backup", ID: c.ID, What: c, Say: fail.Say("Salinan %s dibuat.", c.Name)})
	return nil
}

// Copies are what is known of backups: the newest ten, and the last that was tested, if one ever was.
type Copies struct {
	Last   []Copy
	Tested *Copy
}

// Stale tells whether no copy was tested lately with nothing wrong in it.
func (c Copies) Stale(now time.Time) bool {
	return c.Tested == nil || !c.Tested.Sound() || now.Sub(c.Tested.Tested) > Stale
}

// CopiesNow gives what is known of backups.
func (d *Desk) CopiesNow(ctx context.Context, by who.Asker) (c Copies, err error) {
	err = d.store.Read(ctx, by, seeCopies, func(tx *store.Tx) error {
		if c.Last, err = store.Each(tx, lastCopies, scanCopy); err != nil {
			return err
		}
		tested, err := store.Each(tx, lastTested, scanCopy)
		if len(tested) > 0 {
			c.Tested = &tested[0]
		}
		return err
	})
	return c, err
}
