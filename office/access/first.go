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
	if err := mayPassword(password, login); err != nil {
		return err
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
		return enter(tx, User{ID: id.New(), Version: 1, Login: u.Login, Name: u.Name, Role: u.Role, Active: true}, u, hash)
	})
}
