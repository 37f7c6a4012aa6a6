package access

import (
	"context"
	"strings"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// Account is a user with all that belongs to the account.
type Account struct {
	User
	Centres     []id.ID
	CentreNames []string
	Covers      []Cover
	Sessions    []SignedIn
	Tokens      []Token
	CodeUntil   time.Time // until when a one-time code waits to be used; zero for none
	Recovery    int64     // recovery codes that are left
}

// Kind is the role of the account.
func (u User) Kind() Role {
	r, _ := RoleOf(u.Role)
	return r
}

// Spoken is how the office speaks of the user: "Bu Ratna Astuti".
func (u User) Spoken() string { return strings.TrimSpace(u.Address + " " + u.Name) }

// HasSecond tells whether a code is asked for after the password.
func (u User) HasSecond() bool { return u.second > 0 }

// SecondSince is since when it is.
func (u User) SecondSince() time.Time { return moment(u.second) }

var (
	openUser     = store.NewSystemAct("user.open", who.ManageUsers)
	endUser      = store.NewSystemAct("user.sign-out", who.ManageUsers)
	lookSelf     = store.NewSystemAct("user.self", who.SignedIn)
	leaveOthers  = store.NewSystemAct("user.leave", who.SignedIn)
	ownPassword  = store.NewSystemAct("user.own-password", who.SignedIn)
	askForSecond = store.NewSystemAct("user.require-second", who.ManageUsers)
)

// Search chooses accounts.
type Search struct {
	Q     string `query:"q" maxLength:"80"`
	Role  string `query:"role" maxLength:"40"`
	State string `query:"state" enum:"asleep,closed"`
	After string `query:"after" maxLength:"80"`
}

const usersPage = 50

// Users gives one page of the accounts, by login; next is where the following page begins, "" at the end.
func (d *Desk) Users(ctx context.Context, by who.Asker, s Search) (all []Account, next string, err error) {
	err = d.store.Read(ctx, by, seeUsers, func(tx *store.Tx) error {
		like := "%" + strings.NewReplacer(`%`, ``, `_`, ``).Replace(strings.ToLower(s.Q)) + "%"
		users, err := store.Each(tx, usersAfter.With(s.Q != "", loginLike, like, like).With(s.Role != "", usersInRole, s.Role).
			With(s.State == "asleep", usersAsleep, tx.Now().Add(-asleepAfter).UnixMilli()).With(s.State == "closed", usersClosed), scanUser, s.After)
		if err != nil || len(users) == 0 {
			return err
		}
		if len(users) > usersPage {
			users = users[:usersPage]
			next = users[usersPage-1].Login
		}
		names, err := centre.Names(tx)
		if err != nil {
			return err
		}
		places, err := store.Each(tx, centresAmong, scanUserCentre, users[0].Login, users[len(users)-1].Login)
		at := map[id.ID][]string{}
		for _, p := range places {
			at[p.user] = append(at[p.user], names[p.centre])
		}
		for _, u := range users {
			all = append(all, Account{User: u, CentreNames: at[u.ID]})
		}
		return err
	})
	return all, next, err
}

// Account is one account, for whoever manages them.
func (d *Desk) Account(ctx context.Context, by who.Asker, user id.ID) (a Account, err error) {
	err = d.store.Read(ctx, by, seeUsers, func(tx *store.Tx) (err error) {
		a, err = d.account(tx, user)
		return err
	})
	return a, err
}

// Self is the asker's own account; session is the browser that asks.
func (d *Desk) Self(ctx context.Context, by who.Asker, session string) (a Account, err error) {
	err = d.store.Read(ctx, by, lookSelf, func(tx *store.Tx) (err error) {
		a, err = d.account(tx, by.User)
		return err
	})
	here := tokenHash(session)
	for i := range a.Sessions {
		a.Sessions[i].Here = a.Sessions[i].token == here
	}
	return a, err
}

// Centres are all centres, to choose from.
func (d *Desk) Centres(ctx context.Context, by who.Asker) (all []centre.Centre, err error) {
	err = d.store.Read(ctx, by, seeUsers, func(tx *store.Tx) (err error) {
		all, err = centre.All(tx)
		return err
	})
	return all, err
}

// NewAccount makes an account that is opened by a one-time code.
func (d *Desk) NewAccount(ctx context.Context, by who.Asker, u NewUser) (user User, code string, err error) {
	u.Login = strings.ToLower(strings.TrimSpace(u.Login))
	if err := mayAddUser(u, d.demo); err != nil {
		return User{}, "", err
	}
	u.Centres = Duty{u.Role, u.Centres}.settled().Centres
	user = User{ID: id.New(), Version: 1, Login: u.Login, Name: u.Name, Address: u.Address, Role: u.Role, Active: true}
	code = newCode()
	hash, codeHash := hashPassword(newPassword()), hashCode(user.ID, code)
	err = d.store.Write(ctx, by, addUser, func(tx *store.Tx) error {
		all, err := centre.All(tx)
		if err != nil {
			return err
		}
		if err := known(all, Duty{u.Role, u.Centres}); err != nil {
			return err
		}
		if err := enter(tx, user, u, hash); err != nil {
			return err
		}
		return giveCode(tx, user.ID, codeHash)
	})
	return user, code, taken(err, u.Login)
}

// StopByID closes an account; its sessions and tokens end with the next request.
func (d *Desk) StopByID(ctx context.Context, by who.Asker, user id.ID) error {
	return d.change(ctx, by, stopUser, "Akun %s ditutup.", shut, userByID, user)
}

// Reopen lets a closed account sign in again, with the password it had.
func (d *Desk) Reopen(ctx context.Context, by who.Asker, user id.ID) error {
	return d.change(ctx, by, openUser, "Akun %s dibuka kembali.", func(tx *store.Tx, u User) error {
		_, err := store.Exec(tx, setActive, true, u.ID)
		return err
	}, userByID, user)
}

// EndSessions signs a user out of every browser.
func (d *Desk) EndSessions(ctx context.Context, by who.Asker, user id.ID) error {
	return d.change(ctx, by, endUser, "Akun %s dikeluarkan dari semua perangkat.", func(tx *store.Tx, u User) error {
		_, err := store.Exec(tx, endSessions, u.ID)
		return err
	}, userByID, user)
}

// LeaveOthers signs the asker out of every other browser.
func (d *Desk) LeaveOthers(ctx context.Context, by who.Asker, session string) error {
	return d.change(ctx, by, leaveOthers, "Akun %s dikeluarkan dari perangkat lain.", func(tx *store.Tx, u User) error {
		_, err := store.Exec(tx, endOthers, u.ID, tokenHash(session))
		return err
	}, userByID, by.User)
}

// A password is long rather than strange.
const leastPassword = 10

func mayPassword(password, login string) error {
	switch {
	case len([]rune(password)) < leastPassword:
		return fail.Bad("new_password", "short", "Kata sandi paling sedikit %d huruf. Beberapa kata biasa pun boleh.", leastPassword)
	case strings.Contains(strings.ToLower(password), login):
		return fail.Bad("new_password", "login", "Kata sandi tidak boleh memuat nama masuk.")
	}
	return nil
}

// ChangePassword replaces the asker's own password and ends what was open under the old one elsewhere.
func (d *Desk) ChangePassword(ctx context.Context, by who.Asker, old, password, session, place string) error {
	if err := mayPassword(password, by.Login); err != nil {
		return err
	}
	if err := d.throttle(ctx, "login:"+by.Login, failuresOfLogin, place); err != nil {
		return err
	}
	_, u, err := d.find(ctx, userByID, by.User)
	if err != nil {
		return err
	}
	if !matches(old, u.hash) {
		if err := d.failed(ctx, "login:"+by.Login, place); err != nil {
			return err
		}
		return fail.Bad("password", "wrong", "Kata sandi sekarang tidak cocok.")
	}
	hash := hashPassword(password)
	return d.change(ctx, by, ownPassword, "Kata sandi akun %s diganti.", func(tx *store.Tx, u User) error {
		if _, err := store.Exec(tx, setPassword, hash, u.ID); err != nil {
			return err
		}
		_, err := store.Exec(tx, endOthers, u.ID, tokenHash(session))
		return err
	}, userByID, by.User)
}
