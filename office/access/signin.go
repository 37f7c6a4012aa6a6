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
	failuresOfCode  = 5  // a code of six digits is guessed sooner than a password
)

// Throttled says that there were too many tries: 429.
type Throttled struct{ Until time.Time }

// RetryAt is when the next try is allowed.
func (t Throttled) RetryAt() time.Time { return t.Until }

func (Throttled) Error() string { return "too many sign-in attempts" }

var errWrong = fail.Bad("password", "wrong", "Nama masuk atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi.")

var errAsleep = fail.Broken("account-asleep", "Akun ini tidur karena lebih dari 60 hari tidak dipakai. Mintalah kode kepada administrator untuk membangunkannya.")

// SignIn gives the user whose password this is. An unknown login, a wrong password and a closed account
// give the same answer after the same work. A user with a second factor is not in yet: SecondStep follows.
func (d *Desk) SignIn(ctx context.Context, login, password, place string) (User, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	if err := d.throttle(ctx, "login:"+login, failuresOfLogin, place); err != nil {
		return User{}, err
	}
	_, u, err := d.find(ctx, userByLogin, login)
	known := err == nil
	if err != nil && !errors.Is(err, fail.NotFound) {
		return User{}, err
	}
	hash := dummyHash()
	if known {
		hash = u.hash
	}
	if !matches(password, hash) || !known {
		return User{}, errors.Join(d.failed(ctx, "login:"+login, place), errWrong)
	}
	switch {
	case u.Asleep(d.store.Latest()) && !d.demo: // an old demo stays open
		return User{}, errAsleep
	case u.HasSecond():
		return u, nil
	}
	return u, d.signedIn(ctx, u, "login:"+login)
}

func (d *Desk) throttle(ctx context.Context, key string, most int64, place string) error {
	var wait bool
	now := d.store.Now()
	err := d.store.Read(ctx, who.House("access"), keeping, func(tx *store.Tx) error {
		// a failure long after now is of a clock that was set back since: it must not shut out anybody for longer
		since, until := now.Add(-throttleWindow).UnixMilli(), now.Add(throttleWindow).UnixMilli()
		byKey, err := store.One(tx, failuresSince, store.Int, key, since, until)
		if err != nil {
			return err
		}
		byPlace, err := store.One(tx, failuresSince, store.Int, "place:"+place, since, until)
		wait = byKey >= most || byPlace >= failuresOfPlace
		return err
	})
	if err == nil && wait {
		return Throttled{now.Add(throttleWindow)}
	}
	return err
}

func (d *Desk) failed(ctx context.Context, key, place string) error {
	return d.store.Keep(ctx, func(tx *store.Tx) error {
		for _, key := range []string{key, "place:" + place} {
			if _, err := store.Exec(tx, noteFailure, key, tx.Now().UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	})
}

// signedIn records that a user is in, and forgets the failures before.
func (d *Desk) signedIn(ctx context.Context, u User, key string) error {
	return d.store.Write(ctx, u.self(), signIn, func(tx *store.Tx) error { return arrive(tx, u, key) })
}

// self is the user before any right is given: for what everybody may do with their own account.
func (u User) self() who.Asker {
	return who.Asker{User: u.ID, Login: u.Login, Name: u.Name, Rights: map[who.Right]bool{who.Anyone: true}}
}

func arrive(tx *store.Tx, u User, key string) error {
	if _, err := store.Exec(tx, dropFailures, key, tx.Now().Add(-throttleWindow).UnixMilli()); err != nil {
		return err
	}
	now := tx.Now().UnixMilli()
	if _, err := store.Exec(tx, noteSeen, now, u.ID, now); err != nil {
		return err
	}
	tx.Record(store.Entry{Kind: "user", ID: u.ID, Say: fail.Say("Masuk.")})
	return nil
}
