package access

import (
	"context"
	"slices"
	"strings"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// Duty is what an account is for: a role, and the centres where it holds.
type Duty struct {
	Role    string  `json:"role" required:"true" ask:"Pilih peran." maxLength:"40"`
	Centres []id.ID `json:"centre"`
}

var reassign = store.NewSystemAct("user.reassign", who.ManageUsers)

// mayHold asks for a known role, and for a centre where the role has no province.
func mayHold(f *fail.Fields, d Duty, demo bool) {
	role, ok := RoleOf(d.Role)
	if !ok || role.Key == everything && !demo {
		f.Add("role", "unknown", "Peran %s tidak dikenal.", d.Role)
	} else if !role.Province && len(d.Centres) == 0 {
		f.Add("centre", "required", "Peran ini perlu sebuah UPT.")
	}
}

// settled is a duty as it is kept: each centre once, none for a role of the province.
func (d Duty) settled() Duty {
	if role, _ := RoleOf(d.Role); role.Province {
		d.Centres = nil
	}
	d.Centres = slices.Clone(d.Centres)
	slices.Sort(d.Centres)
	d.Centres = slices.Compact(d.Centres)
	return d
}

// Print names a duty, so that what was confirmed is what was shown.
func (d Duty) Print() string {
	parts := []string{d.Role}
	for _, c := range d.settled().Centres {
		parts = append(parts, c.String())
	}
	return strings.Join(parts, " ")
}

// known refuses centres that are not there.
func known(all []centre.Centre, d Duty) error {
	for _, c := range d.Centres {
		if !slices.ContainsFunc(all, func(e centre.Centre) bool { return e.ID == c }) {
			return fail.Bad("centre", "unknown", "UPT ini tidak dikenal.")
		}
	}
	return nil
}

// keepsAdmin refuses what would leave the office without an administrator. It holds all of them first, so that
// two administrators cannot remove each other at the same moment.
func keepsAdmin(tx *store.Tx, u User) error {
	if u.Role != "admin" || !u.Active {
		return nil
	}
	if _, err := store.Exec(tx, holdAdmins); err != nil {
		return err
	}
	others, err := store.One(tx, otherAdmins, store.Int, u.ID)
	if err == nil && others == 0 {
		return fail.Broken("last-admin", "%s administrator terakhir yang aktif. Buat atau buka administrator lain dahulu.", u.Login)
	}
	return err
}

// Reassign gives an account another role or other centres. What it may do changes with its next request; covers
// that no longer fit end.
func (d *Desk) Reassign(ctx context.Context, by who.Asker, user id.ID, version int64, duty Duty) error {
	var f fail.Fields
	if mayHold(&f, duty, d.demo); len(f) > 0 {
		return f.Err()
	}
	duty = duty.settled()
	return d.store.Write(ctx, by, reassign, func(tx *store.Tx) error {
		u, err := store.One(tx, userByID, scanUser, user)
		if err != nil {
			return err
		}
		all, err := centre.All(tx)
		if err != nil {
			return err
		}
		if err := known(all, duty); err != nil {
			return err
		}
		if duty.Role != u.Role {
			if err := keepsAdmin(tx, u); err != nil {
				return err
			}
		}
		if version == 0 {
			version = u.Version
		}
		if n, err := store.Exec(tx, setRole, duty.Role, user, version); err != nil || n == 0 {
			return orStale(err)
		}
		if _, err := store.Exec(tx, dropUserCentres, user); err != nil {
			return err
		}
		if err := settle(tx, user, duty.Centres); err != nil {
			return err
		}
		if err := endUnfit(tx, user, duty); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "user", ID: user, Say: fail.Say("Peran akun %s diubah.", u.Login), What: duty})
		return nil
	})
}

func orStale(err error) error {
	if err != nil {
		return err
	}
	return fail.Stale
}

// Consequences says what a new duty would change for an account, before anything is changed.
func (d *Desk) Consequences(ctx context.Context, by who.Asker, user id.ID, duty Duty) (says []fail.Saying, err error) {
	var f fail.Fields
	if mayHold(&f, duty, d.demo); len(f) > 0 {
		return nil, f.Err()
	}
	err = d.store.Read(ctx, by, seeUsers, func(tx *store.Tx) error {
		a, err := d.account(tx, user)
		if err != nil {
			return err
		}
		all, err := centre.All(tx)
		if err != nil {
			return err
		}
		if err := known(all, duty); err != nil {
			return err
		}
		open := map[id.ID]int64{}
		if d.OpenCases != nil {
			if open, err = d.OpenCases(tx); err != nil {
				return err
			}
		}
		says = changed(Duty{a.Role, a.Centres}, duty.settled(), all, open)
		for _, c := range a.Covers {
			if c.Holds(tx.Today()) && !fits(c, duty.settled()) {
				role, _ := RoleOf(c.Role)
				says = append(says, fail.Say("Tugas pengganti sebagai %s berakhir.", text.Word(role.Name)))
			}
		}
		return nil
	})
	return says, err
}

// A change of more centres than this is told as a sum.
const namedCentres = 5

// changed says what differs between two duties: cases by centre, then rights.
func changed(from, to Duty, all []centre.Centre, open map[id.ID]int64) []fail.Saying {
	var says []fail.Saying
	before, _ := RoleOf(from.Role)
	after, _ := RoleOf(to.Role)
	var lost, gained []centre.Centre
	for _, c := range all {
		had, has := sees(before, from, c.ID), sees(after, to, c.ID)
		if had && !has {
			lost = append(lost, c)
		}
		if has && !had {
			gained = append(gained, c)
		}
	}
	says = append(says, reachSays(lost, open, "Kehilangan akses ke %d kasus berjalan di %s.", "Kehilangan akses ke %d kasus berjalan di %d UPT.")...)
	says = append(says, reachSays(gained, open, "Mendapat akses ke %d kasus berjalan di %s.", "Mendapat akses ke %d kasus berjalan di %d UPT.")...)
	for _, r := range who.AllRights {
		had, has := slices.Contains(before.Rights, r), slices.Contains(after.Rights, r)
		if had && !has {
			says = append(says, fail.Say("Tidak lagi boleh %s.", text.Word(rightSays[r])))
		}
		if has && !had {
			says = append(says, fail.Say("Kini boleh %s.", text.Word(rightSays[r])))
		}
	}
	return says
}

func sees(r Role, d Duty, at id.ID) bool {
	return slices.Contains(r.Rights, who.SeeCase) && (r.Province || slices.Contains(d.Centres, at))
}

func reachSays(centres []centre.Centre, open map[id.ID]int64, one, several string) []fail.Saying {
	var says []fail.Saying
	var sum int64
	for _, c := range centres {
		sum += open[c.ID]
		says = append(says, fail.Say(one, open[c.ID], c.Name))
	}
	if len(says) > namedCentres {
		return []fail.Saying{fail.Say(several, sum, len(centres))}
	}
	return says
}
