// Package gate stands before the forms of people without an account. It refuses what robots send before anything of it
// is stored, with no puzzle and no third party: a form is signed with its age, one field must stay empty, a form counts
// once, and an address may send only so often within an hour. Of an address nothing is kept but a hash under a key that is
// forgotten after two days.
//
// It works on report_keys and report_tries, which came with the desk of participation and serve every desk since.
package gate

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
)

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// stampLives is how long a form may lie open before it is sent; keys are kept for longer.
const stampLives = 24 * time.Hour

// Typing is how long nobody who reads a form and fills it in is faster than.
const Typing = 3 * time.Second

// Gate is the gate of one desk: a form signed for one desk is refused by another.
type Gate struct {
	store *store.Store
	desk  string
}

// New makes the gate of a desk.
func New(s *store.Store, desk string) Gate { return Gate{s, desk} }

// Sent is what a guarded form carries beside its answers: the stamp, and the field that must stay empty. The part
// "gate" of house/page draws both.
type Sent struct {
	Stamp   string `json:"stamp" maxLength:"200"`
	Website string `json:"website,omitempty" maxLength:"200"`
}

// Form is a form that was let through. Its secret is the same each time the form is sent, so that it counts once (First).
type Form struct {
	Secret string
	made   time.Time
}

// counting is what the house does for somebody who has no account: no deed yet, so no record.
var (
	counting = store.NewUpkeep("gate.count", who.Anyone)
	lookKey  = store.NewSystemAct("gate.look", who.Anyone)
)

func porter() who.Asker { return who.House("gate") }

// What is said to who sends a form that may be none. The first two keep what was typed: it is sent once more.
var (
	ErrOld   = fail.Broken("form-old", "Formulir ini sudah lama terbuka. Jawaban Anda masih ada; kirim sekali lagi.")
	ErrSoon  = fail.Broken("form-soon", "Formulir terkirim terlalu cepat. Kirim sekali lagi.")
	ErrRobot = fail.Broken("form-robot", "Formulir ini tidak dapat dikirim. Kosongkan isian yang tersembunyi, lalu kirim lagi.")
)

// throttled says that one address sent too often: 429.
type throttled struct{ until time.Time }

func (throttled) Error() string        { return "too many forms" }
func (t throttled) RetryAt() time.Time { return t.until }

// Keyed is the hash of something under a key.
func Keyed(key, what string) []byte {
	m := hmac.New(sha256.New, []byte(key))
	m.Write([]byte(what))
	return m.Sum(nil)
}

func hexed(key, what string) string { return hex.EncodeToString(Keyed(key, what)) }

// Key gives the key of a day; fail.NotFound when it is forgotten. That of today is made when it is first needed.
func (g Gate) Key(ctx context.Context, day clock.Day) (key string, err error) {
	err = g.store.Read(ctx, porter(), lookKey, func(tx *store.Tx) error {
		key, err = KeyOf(tx, day)
		return err
	})
	if !errors.Is(err, fail.NotFound) || day != g.store.Today() {
		return key, err
	}
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	err = g.store.Write(ctx, porter(), counting, func(tx *store.Tx) error {
		if _, err := store.Exec(tx, newKey, day, hex.EncodeToString(b)); err != nil {
			return err
		}
		key, err = KeyOf(tx, day) // somebody else may have been first
		return err
	})
	return key, err
}

// KeyOf gives the key of a day within a transaction; fail.NotFound when there is none.
func KeyOf(tx *store.Tx, day clock.Day) (string, error) {
	return store.One(tx, keyOfDay, store.Text, day)
}

// Stamp signs an empty form: when it was asked for, and a number that nobody else has.
func (g Gate) Stamp(ctx context.Context) (string, error) {
	key, err := g.Key(ctx, g.store.Today())
	if err != nil {
		return "", err
	}
	b := make([]byte, 12)
	_, _ = rand.Read(b)
	body := strconv.FormatInt(g.store.Now().UnixMilli(), 36) + "." + hex.EncodeToString(b)
	return body + "." + g.sign(key, body), nil
}

func (g Gate) sign(key, body string) string { return hexed(key, "stamp "+g.desk+" "+body)[:32] }

// Again gives the stamp that was sent while it may still be used, so that who pressed too soon presses again; else a new
// one.
func (g Gate) Again(ctx context.Context, sent string) (string, error) {
	if sent != "" {
		if _, err := g.read(ctx, sent, 0); err == nil {
			return sent, nil
		}
	}
	return g.Stamp(ctx)
}

// Pass lets a form through: made by us for this desk, not older than a day and not younger than so long, with nothing in
// the hidden field. Errors: ErrRobot, ErrOld, ErrSoon.
func (g Gate) Pass(ctx context.Context, in Sent, least time.Duration) (Form, error) {
	if in.Website != "" {
		return Form{}, ErrRobot
	}
	return g.read(ctx, in.Stamp, least)
}

func (g Gate) read(ctx context.Context, stamp string, least time.Duration) (f Form, err error) {
	parts := strings.Split(stamp, ".")
	if len(parts) != 3 {
		return f, ErrOld
	}
	ms, err := strconv.ParseInt(parts[0], 36, 64)
	if err != nil {
		return f, ErrOld
	}
	made, now := time.UnixMilli(ms), g.store.Now()
	if made.After(now) || now.Sub(made) > stampLives {
		return f, ErrOld
	}
	key, err := g.Key(ctx, clock.DayOf(made))
	if errors.Is(err, fail.NotFound) {
		return f, ErrOld
	}
	if err != nil {
		return f, err
	}
	body := parts[0] + "." + parts[1]
	if !hmac.Equal([]byte(g.sign(key, body)), []byte(parts[2])) {
		return f, ErrOld
	}
	if now.Sub(made) < least {
		return f, ErrSoon
	}
	return Form{hexed(key, "form "+g.desk+" "+body), made}, nil
}

// Allow counts one try of an address at something of this desk, and refuses (429) more than so many within an hour. The
// address itself is never kept: its hash under the key of the day is.
func (g Gate) Allow(ctx context.Context, what, place string, most int64) error {
	key, err := g.Key(ctx, g.store.Today())
	if err != nil {
		return err
	}
	hash, hour := hexed(key, g.desk+" "+what+" "+place)[:32], hourOf(g.store.Now())
	var n int64
	err = g.store.Write(ctx, porter(), counting, func(tx *store.Tx) error {
		n, err = store.One(tx, tried, store.Int, hash, hour)
		return err
	})
	if err == nil && n > most {
		return throttled{time.Unix((hour+1)*3600, 0)}
	}
	return err
}

// First tells whether a form is sent for the first time. It joins the transaction that keeps the form, and is remembered
// for as long as its stamp lives.
func First(tx *store.Tx, f Form) (bool, error) {
	n, err := store.One(tx, tried, store.Int, hexed(f.Secret, "once")[:32], hourOf(f.made.Add(stampLives))+1)
	return n == 1, err
}

// Sweep forgets keys of days before yesterday and what was counted in hours gone by. Somebody's nightly work calls it.
func Sweep(tx *store.Tx) error {
	if _, err := store.Exec(tx, oldKeys, tx.Today().Add(-1)); err != nil {
		return err
	}
	_, err := store.Exec(tx, oldTries, hourOf(tx.Now())-2)
	return err
}

func hourOf(t time.Time) int64 { return t.Unix() / 3600 }
