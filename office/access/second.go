package access

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"html/template"
	"strings"
	"time"

	"github.com/boombuler/barcode/qr"
	"github.com/pquerna/otp/totp"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

const (
	recoveryCodes = 10
	secondPeriod  = 30 // seconds that a code of an app lasts
	secondIssuer  = "Tuntas"

	// SecondRequired is the setting that leads those who must have a second factor to its set-up at sign-in.
	SecondRequired = "second-factor-required"
)

var (
	startSecond = store.NewSystemAct("second-factor.begin", who.SignedIn)
	setSecond   = store.NewSystemAct("second-factor.confirm", who.SignedIn)
	endSecond   = store.NewSystemAct("second-factor.end", who.SignedIn)
	moreCodes   = store.NewSystemAct("second-factor.recovery", who.SignedIn)
	freeSecond  = store.NewSystemAct("second-factor.release", who.ManageUsers)
	stepSecond  = store.NewSystemAct("second-factor.use", who.Anyone)
)

var errSecond = fail.Bad("code", "wrong", "Kode ini tidak cocok atau sudah dipakai. Tunggu kode berikutnya di aplikasi, lalu coba lagi.")

// Second is a second factor as its owner sees it before it counts.
type Second struct {
	Secret string
	Link   string // otpauth://
}

// URL is the link for a page: its scheme is not one that templates trust by themselves.
func (s Second) URL() template.URL { return template.URL(s.Link) } //nolint:gosec // made here, of a login and a secret

// Groups writes the secret in groups of four, to be typed.
func (s Second) Groups() string {
	var b strings.Builder
	for i, c := range s.Secret {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Picture draws the link as a QR code.
func (s Second) Picture(label string) (template.HTML, error) {
	code, err := qr.Encode(s.Link, qr.M, qr.Auto)
	if err != nil {
		return "", fmt.Errorf("draw the code: %w", err)
	}
	size := code.Bounds().Dx()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="-4 -4 %d %d" width="220" height="220" role="img" aria-label="%s" style="background:#fff"><path fill="#000" d="`,
		size+8, size+8, template.HTMLEscapeString(label))
	for y := range size {
		for x := range size {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return template.HTML(b.String()), nil //nolint:gosec // built from numbers and escaped text
}

// BeginSecond makes the secret of a second factor, which counts for nothing until a code confirms it.
func (d *Desk) BeginSecond(ctx context.Context, by who.Asker) error {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: secondIssuer, AccountName: by.Login})
	if err != nil {
		return fmt.Errorf("make a secret: %w", err)
	}
	return d.change(ctx, by, startSecond, "Faktor kedua akun %s disiapkan.", func(tx *store.Tx, u User) error {
		if n, err := store.Exec(tx, beginSecond, key.Secret(), u.ID); err != nil || n == 0 {
			return errors.Join(err, errHasSecond)
		}
		return nil
	}, userByID, by.User)
}

var (
	errHasSecond = fail.Broken("second-factor-set", "Faktor kedua sudah aktif.")
	errNoSecond  = fail.Broken("second-factor-missing", "Faktor kedua belum disiapkan.")
)

// Pending is the asker's second factor that waits for its first code; none when there is none.
func (d *Desk) Pending(ctx context.Context, by who.Asker) (s Second, err error) {
	err = d.store.Read(ctx, by, lookSelf, func(tx *store.Tx) error {
		k, err := store.One(tx, secondOf, scanSecond, by.User)
		if err == nil && k.at == 0 && k.secret != "" {
			s = Second{k.secret, linkOf(by.Login, k.secret)}
		}
		return err
	})
	return s, err
}

func linkOf(login, secret string) string {
	return fmt.Sprintf("otpauth://totp/%s:%s?secret=%s&issuer=%s", secondIssuer, login, secret, secondIssuer)
}

// stepOf finds the time step whose code this is: now, or one before or after for clocks that differ.
func stepOf(secret, code string, now time.Time) (step int64, ok bool) {
	at := now.Unix() / secondPeriod
	for _, step := range []int64{at, at - 1, at + 1} {
		want, err := totp.GenerateCode(secret, time.Unix(step*secondPeriod, 0))
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return step, true
		}
	}
	return 0, false
}

// ConfirmSecond makes the second factor count, and gives its recovery codes, once.
func (d *Desk) ConfirmSecond(ctx context.Context, by who.Asker, code string) ([]string, error) {
	codes, hashes := newRecovery(by.User)
	return codes, d.change(ctx, by, setSecond, "Faktor kedua akun %s aktif.", func(tx *store.Tx, u User) error {
		k, err := store.One(tx, secondOf, scanSecond, u.ID)
		switch {
		case err != nil:
			return err
		case k.at > 0:
			return errHasSecond
		case k.secret == "":
			return errNoSecond
		}
		step, ok := stepOf(k.secret, plainDigits(code), tx.Now())
		if !ok {
			return errSecond
		}
		if n, err := store.Exec(tx, confirmSecond, tx.Now().UnixMilli(), step, u.ID); err != nil || n == 0 {
			return errors.Join(err, errHasSecond)
		}
		return keepAll(tx, u.ID, hashes)
	}, userByID, by.User)
}

func newRecovery(user id.ID) (codes, hashes []string) {
	for range recoveryCodes {
		code := newCode()
		codes, hashes = append(codes, code), append(hashes, hashCode(user, code))
	}
	return codes, hashes
}

// keepAll keeps new recovery codes in place of the old ones.
func keepAll(tx *store.Tx, user id.ID, hashes []string) error {
	_, err := store.Exec(tx, dropRecovery, user)
	for _, h := range hashes {
		if err == nil {
			_, err = store.Exec(tx, keepRecovery, user, h)
		}
	}
	return err
}

func plainDigits(typed string) string { return strings.NewReplacer(" ", "", "-", "").Replace(typed) }

// proof is a code as it was typed: of the app, or a recovery code with the hash it would have.
type proof struct{ digits, hash string }

func proofOf(user id.ID, typed string) proof {
	p := proof{digits: plainDigits(typed)}
	if len(p.digits) != 6 {
		p.hash = hashCode(user, id.Plain(typed))
	}
	return p
}

// use takes a proof: each counts once.
func (p proof) use(tx *store.Tx, user id.ID) error {
	k, err := store.One(tx, secondOf, scanSecond, user)
	if err != nil {
		return err
	}
	if k.at == 0 {
		return errNoSecond
	}
	var n int64
	if p.hash != "" {
		n, err = store.Exec(tx, useRecovery, tx.Now().UnixMilli(), user, p.hash)
	} else if step, ok := stepOf(k.secret, p.digits, tx.Now()); ok {
		n, err = store.Exec(tx, useStep, step, user, step)
	}
	if err == nil && n == 0 {
		return errSecond
	}
	return err
}

// proved does something that only the holder of the second factor may do; wrong codes are counted.
func (d *Desk) proved(ctx context.Context, by who.Asker, act store.Act, sentence, typed, place string, do func(*store.Tx, User, string) error) error {
	key := "second:" + by.User.String()
	if err := d.throttle(ctx, key, failuresOfCode, place); err != nil {
		return err
	}
	p := proofOf(by.User, typed)
	err := d.change(ctx, by, act, sentence, func(tx *store.Tx, u User) error {
		if err := p.use(tx, u.ID); err != nil {
			return err
		}
		return do(tx, u, key)
	}, userByID, by.User)
	if errors.Is(err, errSecond) {
		return errors.Join(d.failed(ctx, key, place), err)
	}
	return err
}

// SecondStep lets a user in whose password was right, by a code of the app or a recovery code.
func (d *Desk) SecondStep(ctx context.Context, user id.ID, typed, place string) (u User, err error) {
	if _, u, err = d.find(ctx, userByID, user); err != nil {
		return u, err
	}
	return u, d.proved(ctx, u.self(), stepSecond, "Faktor kedua akun %s dipakai.", typed, place, func(tx *store.Tx, u User, key string) error {
		if _, err := store.Exec(tx, dropFailures, "login:"+u.Login, tx.Now().Add(-throttleWindow).UnixMilli()); err != nil {
			return err
		}
		return arrive(tx, u, key)
	})
}

// EndSecond takes the asker's second factor away.
func (d *Desk) EndSecond(ctx context.Context, by who.Asker, typed, place string) error {
	return d.proved(ctx, by, endSecond, "Faktor kedua akun %s dilepas.", typed, place, forgetSecond)
}

func forgetSecond(tx *store.Tx, u User, _ string) error {
	if _, err := store.Exec(tx, dropSecond, u.ID); err != nil {
		return err
	}
	return keepAll(tx, u.ID, nil)
}

// MoreRecovery gives new recovery codes in place of the old ones, once.
func (d *Desk) MoreRecovery(ctx context.Context, by who.Asker, typed, place string) ([]string, error) {
	codes, hashes := newRecovery(by.User)
	return codes, d.proved(ctx, by, moreCodes, "Kode cadangan akun %s diganti.", typed, place, func(tx *store.Tx, u User, _ string) error {
		return keepAll(tx, u.ID, hashes)
	})
}

// ReleaseSecond takes somebody's second factor away: the telephone is lost, and the recovery codes with it.
func (d *Desk) ReleaseSecond(ctx context.Context, by who.Asker, user id.ID) error {
	return d.change(ctx, by, freeSecond, "Faktor kedua akun %s dilepas.", func(tx *store.Tx, u User) error { return forgetSecond(tx, u, "") }, userByID, user)
}

// Required tells whether those who must have a second factor are led to it at sign-in.
func (d *Desk) Required(ctx context.Context) (on bool, err error) {
	err = d.store.Read(ctx, who.House("access"), keeping, func(tx *store.Tx) error {
		v, err := centre.Setting(tx, SecondRequired)
		on = v == "true"
		return err
	})
	return on, err
}

// Require sets whether they are.
func (d *Desk) Require(ctx context.Context, by who.Asker, on bool) error {
	return d.store.Write(ctx, by, askForSecond, func(tx *store.Tx) error {
		value, say := "false", fail.Say("Faktor kedua tidak diwajibkan lagi.")
		if on {
			value, say = "true", fail.Say("Faktor kedua diwajibkan.")
		}
		tx.Record(store.Entry{Kind: "setting", ID: by.User, Say: say, What: map[string]string{SecondRequired: value}})
		return centre.Set(tx, SecondRequired, value)
	})
}
