package access

import (
	"time"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/centre"
)

var (
	usersAfter = store.System(`select u.id, u.version, u.login, u.name, u.address, u.role, u.password_hash, u.active, u.lang, u.theme,
		u.created_at, coalesce(u.last_seen_at, 0), coalesce(u.second_at, 0), 0
		from users u where u.login > ? {parts} order by u.login limit 51`)  // index: the unique login
	loginLike    = store.NewPart(`and (lower(u.name) like ? or u.login like ?)`)
	usersAsleep  = store.NewPart(`and u.active and coalesce(u.last_seen_at, u.created_at) < ?`)
	usersClosed  = store.NewPart(`and u.active is not true`)
	usersInRole  = store.NewPart(`and u.role = ?`)
	centresAmong = store.System(`select uc.user_id, uc.centre_id from user_centres uc join users u on u.id = uc.user_id
		where u.login >= ? and u.login <= ?`)

	setRole         = store.System(`update users set role = ?, version = version + 1 where id = ? and version = ?`)
	dropUserCentres = store.System(`delete from user_centres where user_id = ?`)
	holdAdmins      = store.System(`update users set version = version where role = 'admin' and active`)
	otherAdmins     = store.System(`select count(*) from users u where u.role = 'admin' and u.active and u.id <> ?`)

	sessionsOf = store.System(`select s.token, s.began_at, s.seen_at, s.device from sessions s where s.user_id = ? and s.expires_at > ?
		order by s.seen_at desc limit 50`)  // index: sessions (user_id)
	tokensOf = store.System(`select t.name, t.created_at, t.expires_at from tokens t where t.user_id = ? and t.expires_at > ? and t.revoked_at is null
		order by t.id desc limit 50`)  // index: tokens (user_id)
	endOthers = store.System(`delete from sessions where user_id = ? and token <> ?`)

	coversOf = store.System(`select v.id, v.role, v.centre_id, v.from_on, v.until_on, v.reason, coalesce(v.ended_at, 0) from user_covers v
		where v.user_id = ? order by v.until_on desc, v.id desc limit 50`)  // index: user_covers (user_id, until_on)
	insertCover = store.System(`insert into user_covers (id, user_id, role, centre_id, from_on, until_on, reason) values (?, ?, ?, ?, ?, ?, ?)`)
	endCover    = store.System(`update user_covers set ended_at = ? where id = ? and user_id = ? and ended_at is null and until_on >= ?`)

	codeOf   = store.System(`select c.hash, c.expires_at, c.tries from reset_codes c where c.user_id = ?`)
	keepCode = store.System(`insert into reset_codes (user_id, hash, made_at, expires_at, tries) values (?, ?, ?, ?, 0)
		on conflict (user_id) do update set hash = excluded.hash, made_at = excluded.made_at, expires_at = excluded.expires_at, tries = 0`)
	countTry  = store.System(`update reset_codes set tries = tries + 1 where user_id = ? and tries < ? and expires_at > ?`)
	useCode   = store.System(`delete from reset_codes where user_id = ? and hash = ?`)
	dropCodes = store.System(`delete from reset_codes where expires_at < ?`)

	secondOf      = store.System(`select u.second_secret, u.second_step, coalesce(u.second_at, 0) from users u where u.id = ?`)
	beginSecond   = store.System(`update users set second_secret = ?, second_step = 0 where id = ? and second_at is null`)
	confirmSecond = store.System(`update users set second_at = ?, second_step = ? where id = ? and second_at is null`)
	useStep       = store.System(`update users set second_step = ? where id = ? and second_step < ? and second_at is not null`)
	dropSecond    = store.System(`update users set second_secret = '', second_step = 0, second_at = null where id = ?`)
	keepRecovery  = store.System(`insert into recovery_codes (user_id, hash) values (?, ?)`)
	dropRecovery  = store.System(`delete from recovery_codes where user_id = ?`)
	useRecovery   = store.System(`update recovery_codes set used_at = ? where user_id = ? and hash = ? and used_at is null`)
	recoveryLeft  = store.System(`select count(*) from recovery_codes r where r.user_id = ? and r.used_at is null`)
)

type userCentre struct{ user, centre id.ID }

func scanUserCentre(r store.Row) (u userCentre, err error) {
	err = r.Scan(&u.user, &u.centre)
	return u, err
}

// SignedIn is one browser that a user is signed in with.
type SignedIn struct {
	token  string // its hash
	Began  time.Time
	Seen   time.Time
	Device string
	Here   bool // the browser that asks
}

func scanSignedIn(r store.Row) (s SignedIn, err error) {
	var began, seen int64
	err = r.Scan(&s.token, &began, &seen, &s.Device)
	s.Began, s.Seen = time.UnixMilli(began), time.UnixMilli(seen)
	return s, err
}

// Token is a bearer token that still speaks, as far as it is kept.
type Token struct {
	Name        string
	Made, Until time.Time
}

func scanToken(r store.Row) (t Token, err error) {
	var made, until int64
	err = r.Scan(&t.Name, &made, &until)
	t.Made, t.Until = time.UnixMilli(made), time.UnixMilli(until)
	return t, err
}

func scanCover(r store.Row) (c Cover, err error) {
	var ended int64
	err = r.Scan(&c.ID, &c.Role, &c.Centre, &c.From, &c.Until, &c.Reason, &ended)
	c.Ended = moment(ended)
	return c, err
}

type resetCode struct {
	hash           string
	expires, tries int64
}

func scanCode(r store.Row) (c resetCode, err error) {
	err = r.Scan(&c.hash, &c.expires, &c.tries)
	return c, err
}

type secondKey struct {
	secret   string
	step, at int64
}

func scanSecond(r store.Row) (k secondKey, err error) {
	err = r.Scan(&k.secret, &k.step, &k.at)
	return k, err
}

// account reads an account with all that belongs to it.
func (d *Desk) account(tx *store.Tx, user id.ID) (a Account, err error) {
	if a.User, err = store.One(tx, userByID, scanUser, user); err != nil {
		return a, err
	}
	places, err := placesOf(tx, user, tx.Today())
	if err != nil {
		return a, err
	}
	for _, p := range places {
		if len(a.Centres) == 0 || a.Centres[len(a.Centres)-1] != p.centre {
			a.Centres = append(a.Centres, p.centre)
		}
	}
	names, err := centre.Names(tx)
	if err != nil {
		return a, err
	}
	for _, c := range a.Centres {
		a.CentreNames = append(a.CentreNames, names[c])
	}
	if a.Covers, err = store.Each(tx, coversOf, scanCover, user); err != nil {
		return a, err
	}
	for i := range a.Covers {
		a.Covers[i].CentreName = names[a.Covers[i].Centre]
	}
	now := tx.Now().UnixMilli()
	if a.Sessions, err = store.Each(tx, sessionsOf, scanSignedIn, user, now); err != nil {
		return a, err
	}
	if a.Tokens, err = store.Each(tx, tokensOf, scanToken, user, now); err != nil {
		return a, err
	}
	codes, err := store.Each(tx, codeOf, scanCode, user)
	for _, c := range codes {
		if c.expires > now && c.tries < mostTries {
			a.CodeUntil = time.UnixMilli(c.expires)
		}
	}
	if err == nil {
		a.Recovery, err = store.One(tx, recoveryLeft, store.Int, user)
	}
	return a, err
}

// endUnfit ends the covers that a new duty leaves no place for.
func endUnfit(tx *store.Tx, user id.ID, duty Duty) error {
	all, err := store.Each(tx, coversOf, scanCover, user)
	for _, c := range all {
		if err == nil && c.Ended.IsZero() && !fits(c, duty) {
			_, err = store.Exec(tx, endCover, tx.Now().UnixMilli(), c.ID, user, tx.Today())
		}
	}
	return err
}
