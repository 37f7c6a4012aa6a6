package access

import (
	"context"
	"slices"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
)

// Cover is a duty taken over for a time: the rights of a second role, at one centre. The rights of an Asker are one
// set for all its centres, so somebody may cover only at the centre that is the only one of the account; else the
// rights of the cover would hold at the others too.
type Cover struct {
	ID          id.ID
	Role        string
	Centre      id.ID
	CentreName  string
	From, Until clock.Day // both inclusive: it ends by itself with the last day
	Reason      string
	Ended       time.Time // when it was ended before its last day; zero when not
}

// Kind is the role that is covered.
func (c Cover) Kind() Role {
	r, _ := RoleOf(c.Role)
	return r
}

// Holds tells whether the cover gives rights on a day.
func (c Cover) Holds(on clock.Day) bool { return c.Ended.IsZero() && c.From <= on && on <= c.Until }

// Waits tells whether the cover gives, or will give, rights.
func (c Cover) Waits(on clock.Day) bool { return c.Ended.IsZero() && on <= c.Until }

// NewCover is what a cover needs.
type NewCover struct {
	Role   string    `json:"role" required:"true" ask:"Pilih peran yang digantikan." maxLength:"40"`
	From   clock.Day `json:"from" required:"true" ask:"Tulis hari pertama."`
	Until  clock.Day `json:"until" required:"true" ask:"Tulis hari terakhir."`
	Reason string    `json:"reason" required:"true" ask:"Tulis alasannya, misalnya cuti kepala UPT." maxLength:"200"`
}

var (
	addCover  = store.NewSystemAct("user.cover", who.ManageUsers)
	stopCover = store.NewSystemAct("user.uncover", who.ManageUsers)
)

// A cover of more than a year is no cover but another role.
const longestCover = 366

func mayCover(u User, centres []id.ID, c NewCover, today clock.Day) error {
	var f fail.Fields
	role, ok := RoleOf(c.Role)
	switch {
	case !ok || role.Province:
		f.Add("role", "unknown", "Hanya peran di sebuah UPT yang bisa digantikan.")
	case c.Role == u.Role:
		f.Add("role", "same", "Akun ini sudah memegang peran itu.")
	case len(centres) != 1 || u.Kind().Province:
		f.Add("role", "scope", "Tugas pengganti hanya bisa untuk akun dengan tepat satu UPT: haknya tidak boleh berlaku di tempat lain.")
	}
	switch {
	case c.Until < c.From:
		f.Add("until", "order", "Hari terakhir lebih awal dari hari pertama.")
	case c.Until < today:
		f.Add("until", "past", "Tanggal %s sudah lewat.", c.Until)
	case c.Until.Sub(c.From) > longestCover:
		f.Add("until", "long", "Tugas pengganti paling lama setahun.")
	}
	return f.Err()
}

// fits tells whether a cover gives no more than it should to an account with this duty.
func fits(c Cover, d Duty) bool {
	role, _ := RoleOf(d.Role)
	return !role.Province && len(d.Centres) == 1 && d.Centres[0] == c.Centre && d.Role != c.Role
}

// covering adds the rights of the covers that hold today. One that fits no longer gives nothing.
func covering(a *who.Asker, places []place) {
	if len(a.Scope.Centres) != 1 {
		return
	}
	for _, p := range places {
		role, ok := RoleOf(p.covered)
		if !ok || role.Province || p.at != a.Scope.Centres[0] {
			continue
		}
		for _, r := range role.Rights {
			a.Rights[r] = true
		}
	}
}

// AddCover lets an account take over a role at its centre for a time.
func (d *Desk) AddCover(ctx context.Context, by who.Asker, user id.ID, c NewCover) error {
	return d.store.Write(ctx, by, addCover, func(tx *store.Tx) error {
		a, err := d.account(tx, user)
		if err != nil {
			return err
		}
		if err := mayCover(a.User, a.Centres, c, tx.Today()); err != nil {
			return err
		}
		if slices.ContainsFunc(a.Covers, func(o Cover) bool {
			return o.Ended.IsZero() && o.Role == c.Role && o.From <= c.Until && c.From <= o.Until
		}) {
			return fail.Bad("from", "overlap", "Akun ini sudah menggantikan peran itu pada hari-hari tersebut.")
		}
		i := id.New()
		if _, err := store.Exec(tx, insertCover, i, user, c.Role, a.Centres[0], c.From, c.Until, c.Reason); err != nil {
			return err
		}
		role, _ := RoleOf(c.Role)
		tx.Record(store.Entry{Kind: "user", ID: user, What: c,
			Say: fail.Say("%s menggantikan tugas %s, %s sampai %s.", a.Login, text.Word(role.Name), c.From, c.Until)})
		return nil
	})
}

// EndCover ends a cover before its last day.
func (d *Desk) EndCover(ctx context.Context, by who.Asker, user, cover id.ID) error {
	return d.change(ctx, by, stopCover, "Tugas pengganti %s diakhiri.", func(tx *store.Tx, _ User) error {
		n, err := store.Exec(tx, endCover, tx.Now().UnixMilli(), cover, user, tx.Today())
		if err == nil && n == 0 {
			return fail.NotFound
		}
		return err
	}, userByID, user)
}
