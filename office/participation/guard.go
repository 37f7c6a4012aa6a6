package participation

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

// throttled says that one address asked too often: 429.
type throttled struct{ until time.Time }

func (throttled) Error() string        { return "too many reports" }
func (t throttled) RetryAt() time.Time { return t.until }

// typing is what the house does for somebody who types and has no account: no deed yet, so no record.
var (
	typing     = store.NewUpkeep("report-draft.type", who.Anyone)
	lookTyping = store.NewSystemAct("report-draft.look", who.Anyone)
)

func porch() who.Asker { return who.House("lapor") }

// dayKey gives the key of a day; it is made when it is first needed and forgotten two days later, and with it every
// address that it made unreadable.
func (d *Desk) dayKey(ctx context.Context, day clock.Day) (key string, err error) {
	err = d.store.Read(ctx, porch(), lookTyping, func(tx *store.Tx) error {
		key, err = store.One(tx, keyOfDay, store.Text, day)
		return err
	})
	if !errors.Is(err, fail.NotFound) || day != d.store.Today() {
		return key, err
	}
	b := make([]byte, 32)
	_, _ = rand.Read(b)
	err = d.store.Write(ctx, porch(), typing, func(tx *store.Tx) error {
		if _, err := store.Exec(tx, newKey, day, hex.EncodeToString(b)); err != nil {
			return err
		}
		key, err = store.One(tx, keyOfDay, store.Text, day) // somebody else may have been first
		return err
	})
	return key, err
}

// Stamp signs an empty form: when it was asked for, and a number that nobody else has.
func (d *Desk) Stamp(ctx context.Context) (string, error) {
	key, err := d.dayKey(ctx, d.store.Today())
	if err != nil {
		return "", err
	}
	b := make([]byte, 12)
	_, _ = rand.Read(b)
	body := strconv.FormatInt(d.store.Now().UnixMilli(), 36) + "." + hex.EncodeToString(b)
	return body + "." + hex.EncodeToString(keyed(key, "stamp "+body))[:32], nil
}

var (
	errOldForm = fail.Broken("report-form", "Formulir ini sudah lama terbuka. Jawaban Anda masih ada; kirim sekali lagi.")
	errTooSoon = fail.Broken("report-soon", "Formulir terkirim terlalu cepat. Kirim sekali lagi.")
	errRobot   = fail.Broken("report-robot", "Formulir ini tidak dapat dikirim. Kosongkan isian yang tersembunyi, lalu kirim lagi.")
)

// read gives the secret that belongs to a stamp. It is the same each time: a form that is sent twice is one report.
func (d *Desk) readStamp(ctx context.Context, stamp string) (secret string, err error) {
	parts := strings.Split(stamp, ".")
	if len(parts) != 3 {
		return "", errOldForm
	}
	ms, err := strconv.ParseInt(parts[0], 36, 64)
	if err != nil {
		return "", errOldForm
	}
	made, now := time.UnixMilli(ms), d.store.Now()
	if made.After(now) || now.Sub(made) > 24*time.Hour {
		return "", errOldForm
	}
	key, err := d.dayKey(ctx, clock.DayOf(made))
	if errors.Is(err, fail.NotFound) {
		return "", errOldForm
	}
	if err != nil {
		return "", err
	}
	body := parts[0] + "." + parts[1]
	if !hmac.Equal([]byte(hex.EncodeToString(keyed(key, "stamp "+body))[:32]), []byte(parts[2])) {
		return "", errOldForm
	}
	if now.Sub(made) < time.Duration(law.Reports.On(d.store.Today()).Least)*time.Second {
		return "", errTooSoon
	}
	return hex.EncodeToString(keyed(key, "draft "+body)), nil
}

// allow counts one try of an address at something, and refuses more than so many within an hour. The address itself is
// never kept: its hash under the key of the day is.
func (d *Desk) allow(ctx context.Context, what, place string, most int64) error {
	key, err := d.dayKey(ctx, d.store.Today())
	if err != nil {
		return err
	}
	hash, hour := hex.EncodeToString(keyed(key, what+" "+place))[:32], d.store.Now().Unix()/3600
	var n int64
	err = d.store.Write(ctx, porch(), typing, func(tx *store.Tx) error {
		n, err = store.One(tx, tried, store.Int, hash, hour)
		return err
	})
	if err == nil && n > most {
		return throttled{time.Unix((hour+1)*3600, 0)}
	}
	return err
}

// Taken looks at a form of the public that another desk takes, as this desk looks at its own: the field that nobody sees is
// empty, the stamp is ours and neither too old nor too young, and the address did not send more than so many within the
// hour. It gives a token that is the same each time the same form is sent.
func (d *Desk) Taken(ctx context.Context, what, place, stamp, hidden string, most int) (token string, err error) {
	if hidden != "" {
		return "", errRobot
	}
	secret, err := d.readStamp(ctx, stamp)
	if err != nil {
		return "", err
	}
	return hashOf(what, secret), d.allow(ctx, what, place, int64(most))
}

// StampFor gives the stamp for a form that is shown: the one that came with it while it may still be used, so that who
// pressed too soon presses again, else a new one.
func (d *Desk) StampFor(ctx context.Context, typed string) (string, error) {
	if typed != "" {
		if _, err := d.readStamp(ctx, typed); err == nil || errors.Is(err, errTooSoon) {
			return typed, nil
		}
	}
	return d.Stamp(ctx)
}
