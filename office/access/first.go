package access

import (
	"context"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var lookVacant = store.NewSystemAct("user.vacant", who.Anyone)

// Vacant tells whether nobody has an account yet.
func (d *Desk) Vacant(ctx context.Context) (vacant bool, err error) {
	err = d.store.Read(ctx, who.House("setup"), lookVacant, func(tx *store.Tx) error {
		n, err := store.One(tx, countUsers, store.Int)
		vacant = n == 0
		return err
	})
	return vacant, err
}

// AddFirst makes the first administrator, and refuses when somebody has an account already.
func (d *Desk) AddFirst(ctx context.Context, login, name, password string) error {
	u := NewUser{Login: login, Name: name, Role: "admin"}
	if err := mayAddUser(u, d.demo); err != nil {
		return err
	}
	if len([]rune(password)) < 12 {
		return fail.Bad("password", "short", "Kata sandi sedikitnya 12 huruf.")
	}
	hash := hashPassword(password)
	return d.store.Write(ctx, who.House("setup"), addUser, func(tx *store.Tx) error {
		n, err := store.One(tx, countUsers, store.Int)
		if err != nil {
			return err
		}
		if n > 0 {
			return fail.Clash("set-up", "Provinsi ini sudah disiapkan. Masuklah dengan akun yang ada.")
		}
		user := id.New()
		if _, err := store.Exec(tx, insertUser, user, u.Login, u.Name, "", u.Role, hash, tx.Now().UnixMilli()); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "user", ID: user, Say: fail.Say("Akun %s dibuat.", u.Login), What: u})
		return nil
	})
}
