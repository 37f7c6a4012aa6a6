package access

import (
	"context"
	"errors"
	"strings"
	"time"

	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/who"
)

// After so many failures in the window a login, or an address, has to wait.
const (
	throttleWindow  = 15 * time.Minute
	failuresOfLogin = 8
	failuresOfPlace = 60 // an office behind one address has many people
)

// Throttled says that there were too many tries: 429.
type Throttled struct{ Until time.Time }

// RetryAt is when the next try is allowed.
func (t Throttled) RetryAt() time.Time { return t.Until }

func (Throttled) Error() string { return "too many sign-in attempts" }

var errWrong = fail.Bad("password", "wrong", "Nama masuk atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi.")

// SignIn gives the user whose password this is. An unknown login, a wrong password and a closed account
// give the same answer after the same work.
func (d *Desk) SignIn(ctx context.Context, login, password, place string) (User, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	if err := d.throttle(ctx, login, place); err != nil {
		return User{}, err
	}
	_, u, err := d.find(ctx, userByLogin, login)
	known := err == nil
	if err != nil && !errors.Is(err, fail.NotFound) {
		return User{}, err
	}
	hash := dummyHash
	if known {
		hash = u.hash
	}
	if !matches(password, hash) || !known {
		return User{}, errors.Join(d.failed(ctx, login, place), errWrong)
	}
	return u, d.signedIn(ctx, u, login)
}

func (d *Desk) throttle(ctx context.Context, login, place string) error {
	var wait bool
	now := d.store.Now()
	err := d.store.Read(ctx, who.House("access"), keeping, func(tx *store.Tx) error {
		since := now.Add(-throttleWindow).UnixMilli()
		byLogin, err := store.One(tx, failuresSince, store.Int, "login:"+login, since)
		if err != nil {
			return err
		}
		byPlace, err := store.One(tx, failuresSince, store.Int, "place:"+place, since)
		wait = byLogin >= failuresOfLogin || byPlace >= failuresOfPlace
		return err
	})
	if err == nil && wait {
		return Throttled{now.Add(throttleWindow)}
	}
	return err
}

func (d *Desk) failed(ctx context.Context, login, place string) error {
	return d.store.Keep(ctx, func(tx *store.Tx) error {
		for _, key := range []string{"login:" + login, "place:" + place} {
			if _, err := store.Exec(tx, noteFailure, key, tx.Now().UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *Desk) signedIn(ctx context.Context, u User, login string) error {
	by := who.Asker{User: u.ID, Login: u.Login, Name: u.Name, Rights: map[who.Right]bool{who.Anyone: true}}
	return d.store.Write(ctx, by, signIn, func(tx *store.Tx) error {
		if _, err := store.Exec(tx, dropFailures, "login:"+login, tx.Now().Add(-throttleWindow).UnixMilli()); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "user", ID: u.ID, Say: fail.Say("Masuk.")})
		return nil
	})
}
