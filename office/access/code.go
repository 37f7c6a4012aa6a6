package access

import (
	"context"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"golang.org/x/crypto/argon2"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// A one-time code stands for a password that is not there yet: ten letters that can be read out on the telephone.
// It is short, so it lives a day and dies after a few tries.
const (
	codeLength = 10
	codeLives  = 24 * time.Hour
	mostTries  = 5
)

var (
	makeCode = store.NewSystemAct("user.code", who.ManageUsers)
	spend    = store.NewSystemAct("user.code-used", who.Anyone)
)

func newCode() string { return id.Letters(randomBytes(codeLength)) }

// Grouped writes a code in groups of five.
func Grouped(code string) string {
	if len(code) != codeLength {
		return code
	}
	return code[:5] + "-" + code[5:]
}

// hashCode keeps a code of a user. The user is the salt, so that a code is found by its hash; the work is that of a
// password, since a code of fifty bits would not stand long against a plain hash.
func hashCode(user id.ID, code string) string {
	sum := argon2.IDKey([]byte(code), []byte("tuntas code "+user.String()), hashPasses, hashMemory, hashThreads, hashLength)
	return hex.EncodeToString(sum)
}

func giveCode(tx *store.Tx, user id.ID, hash string) error {
	now := tx.Latest()
	_, err := store.Exec(tx, keepCode, user, hash, now.UnixMilli(), now.Add(codeLives).UnixMilli())
	return err
}

// MakeCode gives an account a one-time code, and takes away one made before. The password holds until the code is used.
func (d *Desk) MakeCode(ctx context.Context, by who.Asker, user id.ID) (code string, err error) {
	code = newCode()
	hash := hashCode(user, code)
	return code, d.change(ctx, by, makeCode, "Kode sekali pakai untuk %s dibuat.", func(tx *store.Tx, u User) error {
		if !u.Active {
			return fail.Broken("account-closed", "Akun %s ditutup. Buka dahulu, lalu buat kode.", u.Login)
		}
		return giveCode(tx, u.ID, hash)
	}, userByID, user)
}

var errCode = fail.Bad("code", "wrong", "Nama masuk dan kode tidak cocok, atau kodenya tidak berlaku lagi. Mintalah kode baru kepada administrator.")

// UseCode sets a password by a one-time code, wakes the account and ends everything that was open. An unknown
// login, a wrong code, a dead one and a closed account give the same answer after the same work.
func (d *Desk) UseCode(ctx context.Context, login, code, password, place string) error {
	login = strings.ToLower(strings.TrimSpace(login))
	if err := mayPassword(password, login); err != nil {
		return err
	}
	key := "code:" + login
	if err := d.throttle(ctx, key, failuresOfLogin, place); err != nil {
		return err
	}
	_, u, err := d.find(ctx, userByLogin, login)
	if errors.Is(err, fail.NotFound) {
		u = User{} // a closed account is no account here
	} else if err != nil {
		return err
	}
	kept, err := d.tryCode(ctx, u.ID)
	if err != nil {
		return err
	}
	hash := hashCode(u.ID, id.Plain(code))
	if kept == "" || subtle.ConstantTimeCompare([]byte(kept), []byte(hash)) != 1 {
		return errors.Join(d.failed(ctx, key, place), errCode)
	}
	fresh := hashPassword(password)
	return d.change(ctx, u.self(), spend, "Akun %s memakai kode sekali pakai.", func(tx *store.Tx, u User) error {
		if n, err := store.Exec(tx, useCode, u.ID, hash); err != nil || n == 0 { // somebody was faster
			return errors.Join(err, errCode)
		}
		return renew(tx, u, fresh, key)
	}, userByID, u.ID)
}

// tryCode counts a try, whether it succeeds or not, and gives the hash of the code when it still lives.
func (d *Desk) tryCode(ctx context.Context, user id.ID) (hash string, err error) {
	err = d.store.Keep(ctx, func(tx *store.Tx) error {
		n, err := store.Exec(tx, countTry, user, mostTries, tx.Latest().UnixMilli())
		if err != nil || n == 0 {
			return err
		}
		c, err := store.One(tx, codeOf, scanCode, user)
		hash = c.hash
		return err
	})
	return hash, err
}

// renew gives an account its new password and ends what was open under the old one.
func renew(tx *store.Tx, u User, hash, key string) error {
	now := tx.Now().UnixMilli()
	if _, err := store.Exec(tx, setPassword, hash, u.ID); err != nil {
		return err
	}
	if _, err := store.Exec(tx, endSessions, u.ID); err != nil {
		return err
	}
	if _, err := store.Exec(tx, revokeTokens, now, u.ID); err != nil {
		return err
	}
	if _, err := store.Exec(tx, noteSeen, now, u.ID, now); err != nil {
		return err
	}
	for _, k := range []string{key, "login:" + u.Login} {
		if _, err := store.Exec(tx, dropFailures, k, tx.Now().Add(-throttleWindow).UnixMilli()); err != nil {
			return err
		}
	}
	return nil
}
