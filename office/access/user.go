package access

import (
	"context"
	"regexp"
	"slices"
	"sync/atomic"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// User is one account.
type User struct {
	ID      id.ID
	Version int64
	Login   string
	Name    string
	Address string // "Bu", "Pak", "": how the office speaks to them
	Role    string
	Active  bool
	Lang    string
	Theme   string
	hash    string
	created int64 // milliseconds, as the two below; 0 is never
	seen    int64
	second  int64 // since when a code of an app is asked for
	notices int64 // that wait to be read, in a session
}

// NewUser is what an account needs.
type NewUser struct {
	Login, Name, Address, Role string
	Centres                    []id.ID
}

// Desk is the desk of access.
type Desk struct {
	store *store.Store
	demo  bool
	falls atomic.Int64 // of the clock, after which what was open is closed: settle

	// OpenCases counts the open cases of each centre: told by a higher desk (wired in cmd), within the same transaction.
	OpenCases func(tx *store.Tx) (map[id.ID]int64, error)
	// Meant finds the one person whose file is wanted in an emergency: told by the desk of persons in the same way.
	Meant func(ctx context.Context, by who.Asker, w Wanted) (Meant, error)
}

// New opens the desk. In a demo the user demo-api may hold every right.
func New(s *store.Store, demo bool) *Desk { return &Desk{store: s, demo: demo} }

var (
	addUser     = store.NewSystemAct("user.add", who.ManageUsers)
	resetUser   = store.NewSystemAct("user.password", who.ManageUsers)
	stopUser    = store.NewSystemAct("user.stop", who.ManageUsers)
	createToken = store.NewSystemAct("token.create", who.ManageUsers)
	seeUsers    = store.NewSystemAct("user.list", who.ManageUsers)
	changeLook  = store.NewSystemAct("user.look", who.SignedIn)
	keeping     = store.NewSystemAct("access.keep", who.Anyone)
	signIn      = store.NewSystemAct("user.sign-in", who.Anyone)
)

var loginShape = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,39}$`)

func mayAddUser(u NewUser, demo bool) error {
	var f fail.Fields
	if !loginShape.MatchString(u.Login) {
		f.Add("login", "shape", "Nama masuk berisi 2–40 huruf kecil, angka, titik, atau tanda hubung.")
	}
	mayHold(&f, Duty{u.Role, u.Centres}, demo)
	return f.Err()
}

// AddUser makes an account and gives its password, once.
func (d *Desk) AddUser(ctx context.Context, by who.Asker, u NewUser) (user User, password string, err error) {
	password = newPassword()
	user, err = d.AddUserWith(ctx, by, u, password)
	return user, password, err
}

// AddUserWith makes an account with a given password: for the demo, whose passwords are printed.
func (d *Desk) AddUserWith(ctx context.Context, by who.Asker, u NewUser, password string) (User, error) {
	if err := mayAddUser(u, d.demo); err != nil {
		return User{}, err
	}
	if u.Name == "" {
		u.Name = u.Login
	}
	user := User{ID: id.New(), Version: 1, Login: u.Login, Name: u.Name, Address: u.Address, Role: u.Role, Active: true}
	hash := hashPassword(password)
	err := d.store.Write(ctx, by, addUser, func(tx *store.Tx) error { return enter(tx, user, u, hash) })
	return user, taken(err, u.Login)
}

func taken(err error, login string) error {
	if store.Duplicate(err) {
		return fail.Clash("login-taken", "Nama masuk %s sudah dipakai.", login)
	}
	return err
}

// enter writes a new account.
func enter(tx *store.Tx, user User, u NewUser, hash string) error {
	if _, err := store.Exec(tx, insertUser, user.ID, u.Login, u.Name, u.Address, u.Role, hash, tx.Now().UnixMilli()); err != nil {
		return err
	}
	tx.Record(store.Entry{Kind: "user", ID: user.ID, Say: fail.Say("Akun %s dibuat.", u.Login), What: u})
	if err := settle(tx, user.ID, u.Centres); err != nil || u.Role != "social_worker" || len(u.Centres) != 1 {
		return err
	}
	// A social worker has a post at once; the certificate is recorded where the staff of the centre stand.
	_, err := centre.Hire(tx, centre.Staff{Centre: u.Centres[0], User: user.ID, Name: user.Name, Kind: "pekerja_sosial"})
	return err
}

// settle writes the centres of an account.
func settle(tx *store.Tx, user id.ID, centres []id.ID) error {
	for _, c := range centres {
		if _, err := store.Exec(tx, insertUserCentre, user, c); err != nil {
			return err
		}
	}
	return nil
}

// ByLogin finds an account.
func (d *Desk) ByLogin(ctx context.Context, by who.Asker, login string) (u User, err error) {
	err = d.store.Read(ctx, by, seeUsers, func(tx *store.Tx) (err error) {
		u, err = store.One(tx, userByLogin, scanUser, login)
		return err
	})
	return u, err
}

// ResetPassword gives an account a new password, and ends its tokens and sessions.
func (d *Desk) ResetPassword(ctx context.Context, by who.Asker, login string) (string, error) {
	password := newPassword()
	hash := hashPassword(password)
	return password, d.change(ctx, by, resetUser, "Kata sandi akun %s diganti.", func(tx *store.Tx, u User) error {
		if _, err := store.Exec(tx, setPassword, hash, u.ID); err != nil {
			return err
		}
		if _, err := store.Exec(tx, endSessions, u.ID); err != nil {
			return err
		}
		_, err := store.Exec(tx, revokeTokens, tx.Now().UnixMilli(), u.ID)
		return err
	}, userByLogin, login)
}

// Stop closes an account: it signs in no more, and its sessions and tokens end with the next request.
func (d *Desk) Stop(ctx context.Context, by who.Asker, login string) error {
	return d.change(ctx, by, stopUser, "Akun %s ditutup.", shut, userByLogin, login)
}

func shut(tx *store.Tx, u User) error {
	if err := keepsAdmin(tx, u); err != nil {
		return err
	}
	_, err := store.Exec(tx, setActive, false, u.ID)
	return err
}

// change finds an account by a statement, does something to it and records it; the sentence takes its login.
func (d *Desk) change(ctx context.Context, by who.Asker, act store.Act, sentence string, do func(*store.Tx, User) error, find *store.Stmt, args ...any) error {
	return d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		u, err := store.One(tx, find, scanUser, args...)
		if err != nil {
			return err
		}
		if err := do(tx, u); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "user", ID: u.ID, Say: fail.Say(sentence, u.Login)})
		return nil
	})
}

// CreateToken gives a bearer token of a user, once; it is kept only as a hash.
func (d *Desk) CreateToken(ctx context.Context, by who.Asker, login, name string, length time.Duration) (string, error) {
	token := newToken()
	return token, d.change(ctx, by, createToken, "Token untuk %s dibuat.", func(tx *store.Tx, u User) error {
		now := tx.Latest()
		_, err := store.Exec(tx, insertToken, id.New(), u.ID, tokenHash(token), name, now.UnixMilli(), now.Add(length).UnixMilli())
		return err
	}, userByLogin, login)
}

// asker makes the Asker of an account: its rights and its scope.
func (d *Desk) asker(tx *store.Tx, u User) (who.Asker, error) {
	role, ok := RoleOf(u.Role)
	if !ok || !u.Active || role.Key == everything && !d.demo {
		return who.Asker{}, fail.NotFound
	}
	a := who.Asker{User: u.ID, Login: u.Login, Name: u.Name, Address: u.Address, Role: u.Role, Rights: role.rights()}
	if role.Province {
		a.Scope.All = true
		return a, nil
	}
	places, err := placesOf(tx, u.ID, clock.DayOf(tx.Latest()))
	for _, p := range places {
		if !slices.Contains(a.Scope.Centres, p.centre) {
			a.Scope.Centres = append(a.Scope.Centres, p.centre)
		}
	}
	covering(&a, places)
	return a, err
}

func (d *Desk) find(ctx context.Context, by *store.Stmt, args ...any) (a who.Asker, u User, err error) {
	err = d.store.Read(ctx, who.House("access"), keeping, func(tx *store.Tx) error {
		if u, err = store.One(tx, by, scanUser, args...); err != nil {
			return err
		}
		a, err = d.asker(tx, u)
		return err
	})
	return a, u, err
}

// Session makes the Asker of a signed-in user, anew for each request: a right that was taken away is
// gone at once.
func (d *Desk) Session(ctx context.Context, user id.ID) (who.Asker, User, error) {
	a, u, err := d.find(ctx, userByID, user)
	if err == nil {
		d.noteSeen(ctx, u)
	}
	return a, u, err
}

// Token makes the Asker of a bearer token that has not expired.
func (d *Desk) Token(ctx context.Context, token string) (who.Asker, error) {
	a, u, err := d.find(ctx, userByToken, tokenHash(token), d.store.Latest().UnixMilli())
	if err == nil {
		d.noteSeen(ctx, u)
	}
	a.Via = "api"
	return a, err
}

// As makes the Asker of a login, for commands and tests.
func (d *Desk) As(ctx context.Context, login string) (who.Asker, error) {
	a, _, err := d.find(ctx, userByLogin, login)
	return a, err
}

// SetLook keeps a user's language and theme.
func (d *Desk) SetLook(ctx context.Context, by who.Asker, lang, theme string) error {
	if !slices.Contains([]string{"id", "en"}, lang) || !slices.Contains([]string{"", "light", "dark"}, theme) {
		return fail.Bad("lang", "unknown", "Pilih bahasa dan tampilan dari daftar.")
	}
	return d.store.Write(ctx, by, changeLook, func(tx *store.Tx) error {
		if _, err := store.Exec(tx, setLook, lang, theme, by.User); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "user", ID: by.User, Say: fail.Say("Tampilan diubah.")})
		return nil
	})
}
