package access

import (
	"context"
	"encoding/base64"
	"time"

	"github.com/alexedwards/scs/v2"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var (
	userByLogin = store.System(`select u.id, u.version, u.login, u.name, u.address, u.role, u.password_hash, u.active, u.lang, u.theme,
		u.created_at, coalesce(u.last_seen_at, 0), coalesce(u.second_at, 0), 0
		from users u where u.login = ?`)
	userByID = store.System(`select u.id, u.version, u.login, u.name, u.address, u.role, u.password_hash, u.active, u.lang, u.theme,
		u.created_at, coalesce(u.last_seen_at, 0), coalesce(u.second_at, 0),
		(select count(*) from notices n where n.user_id = u.id and n.seen_at is null)
		from users u where u.id = ?`)
	userByToken = store.System(`select u.id, u.version, u.login, u.name, u.address, u.role, u.password_hash, u.active, u.lang, u.theme,
		u.created_at, coalesce(u.last_seen_at, 0), coalesce(u.second_at, 0), 0
		from users u join tokens t on t.user_id = u.id
		where t.hash = ? and t.expires_at > ? and t.revoked_at is null`)
	// The centres of an account, each with the roles that it covers there today.
	centresOf = store.System(`select uc.centre_id, coalesce(v.role, ''), coalesce(v.centre_id, 0) from user_centres uc
		left join user_covers v on v.user_id = uc.user_id and v.from_on <= ? and v.until_on >= ? and v.ended_at is null
		where uc.user_id = ? order by uc.centre_id`)
	insertUser = store.System(`insert into users (id, version, login, name, address, role, password_hash, active, lang, theme, created_at)
		values (?, 1, ?, ?, ?, ?, ?, true, 'id', '', ?)`)
	insertUserCentre = store.System(`insert into user_centres (user_id, centre_id) values (?, ?)`)
	setPassword      = store.System(`update users set password_hash = ?, version = version + 1 where id = ?`)
	setActive        = store.System(`update users set active = ?, version = version + 1 where id = ?`)
	setLook          = store.System(`update users set lang = ?, theme = ?, version = version + 1 where id = ?`)
	insertToken      = store.System(`insert into tokens (id, user_id, hash, name, created_at, expires_at) values (?, ?, ?, ?, ?, ?)`)
	revokeTokens     = store.System(`update tokens set revoked_at = ? where user_id = ? and revoked_at is null`)

	noteSeen = store.System(`update users set last_seen_at = ? where id = ? and (last_seen_at is null or last_seen_at < ?)`)

	failuresSince = store.System(`select count(*) from sign_in_failures f where f.key = ? and f.at > ? and f.at < ?`)
	noteFailure   = store.System(`insert into sign_in_failures (key, at) values (?, ?)`)
	dropFailures  = store.System(`delete from sign_in_failures where key = ? or at < ?`)

	sessionData = store.System(`select s.data from sessions s where s.token = ? and s.expires_at > ?`)
	keepSession = store.System(`insert into sessions (token, data, expires_at, user_id, began_at, seen_at, device) values (?, ?, ?, ?, ?, ?, ?)
		on conflict (token) do update set data = excluded.data, expires_at = excluded.expires_at, user_id = excluded.user_id,
			seen_at = excluded.seen_at, device = excluded.device`)
	endSessions  = store.System(`delete from sessions where user_id = ?`)
	dropSession  = store.System(`delete from sessions where token = ?`)
	dropSessions = store.System(`delete from sessions where expires_at < ?`)
)

func scanUser(r store.Row) (u User, err error) {
	err = r.Scan(&u.ID, &u.Version, &u.Login, &u.Name, &u.Address, &u.Role, &u.hash, &u.Active, &u.Lang, &u.Theme, &u.created, &u.seen, &u.second, &u.notices)
	return u, err
}

// Sessions keeps the sign-in sessions in the database: many instances share them, and a restart ends none.
type Sessions struct{ store *store.Store }

// FindCtx gives the data of a session that has not ended.
func (s Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	var found []string
	err := s.store.Read(ctx, who.House("sessions"), keeping, func(tx *store.Tx) (err error) {
		found, err = store.Each(tx, sessionData, store.Text, tokenHash(token), tx.Latest().UnixMilli())
		return err
	})
	if err != nil || len(found) == 0 {
		return nil, false, err
	}
	data, err := base64.StdEncoding.DecodeString(found[0])
	return data, err == nil, err
}

// CommitCtx keeps a session until its end. The token itself is not kept, only its hash.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.store.Keep(ctx, func(tx *store.Tx) error {
		now := tx.Now().UnixMilli()
		user, device := ownerOf(data)
		_, err := store.Exec(tx, keepSession, tokenHash(token), base64.StdEncoding.EncodeToString(data), expiry.UnixMilli(), int64(user), now, now, device)
		return err
	})
}

// ownerOf reads from a session whose it is and with what device it began.
func ownerOf(data []byte) (user id.ID, device string) {
	_, values, err := scs.GobCodec{}.Decode(data)
	if err != nil {
		return 0, ""
	}
	text, _ := values[who.SessionUser].(string)
	user, _ = id.Parse(text)
	device, _ = values[who.SessionDevice].(string)
	return user, device
}

// DeleteCtx ends a session.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.store.Keep(ctx, func(tx *store.Tx) error {
		_, err := store.Exec(tx, dropSession, tokenHash(token))
		return err
	})
}

// Find, Commit and Delete serve the library's older interface.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit keeps a session.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete ends a session.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// Sweep writes down what time it is, and removes what has expired: sessions, one-time codes, old sign-in failures and looks for a file.
func (d *Desk) Sweep(ctx context.Context) error {
	if err := d.store.KeepLatest(ctx); err != nil {
		return err
	}
	return d.store.Keep(ctx, func(tx *store.Tx) error {
		if _, err := store.Exec(tx, dropSessions, tx.Latest().UnixMilli()); err != nil {
			return err
		}
		if _, err := store.Exec(tx, dropCodes, tx.Latest().UnixMilli()); err != nil {
			return err
		}
		if _, err := store.Exec(tx, dropTries, tx.Now().AddDate(0, 0, -7).UnixMilli()); err != nil {
			return err
		}
		_, err := store.Exec(tx, dropFailures, "", tx.Now().Add(-throttleWindow).UnixMilli())
		return err
	})
}

type place struct {
	centre  id.ID
	covered string // a role, "" for none
	at      id.ID  // where it is covered
}

func scanPlace(r store.Row) (p place, err error) {
	err = r.Scan(&p.centre, &p.covered, &p.at)
	return p, err
}

func placesOf(tx *store.Tx, user id.ID, on clock.Day) ([]place, error) {
	return store.Each(tx, centresOf, scanPlace, on, on, user)
}

// IDOfLogin gives the account of a login.
func IDOfLogin(tx *store.Tx, login string) (id.ID, error) {
	u, err := store.One(tx, userByLogin, scanUser, login)
	return u.ID, err
}
