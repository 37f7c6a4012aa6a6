package notice

import (
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/access"
)

var (
	settingsOne   = store.System(`select s.user_id, s.version, s.email, s.digest, s.digest_on, s.site, s.feed_hash, s.feed_on from notice_settings s where s.user_id = ?`)
	newSettings   = store.System(`insert into notice_settings (user_id, version, email, digest, digest_on, site, feed_hash, feed_on) values (?, 1, ?, ?, null, ?, ?, ?)`)
	setSettingsOf = store.System(`update notice_settings set email = ?, digest = ?, site = ?, feed_hash = ?, feed_on = ?, version = version + 1
		where user_id = ? and version = ?`)
	feedOf = store.System(`select s.user_id from notice_settings s where s.feed_hash = ? and s.feed_hash <> ''`) // index: notice_settings_feed

	// index: notice_settings_digest, notices_unseen
	readers = store.System(`select s.user_id, s.email, s.digest, s.site, u.lang from notice_settings s join users u on u.id = s.user_id
		where s.email <> '' and s.digest = ? and (s.digest_on is null or s.digest_on < ?) and u.active
		and exists (select 1 from notices n where n.user_id = s.user_id and n.seen_at is null) order by s.user_id limit ?`)
	addressOne = store.System(`select coalesce(s.email, ''), coalesce(s.site, ''), u.lang from users u left join notice_settings s on s.user_id = u.id where u.id = ?`)
	digested   = store.System(`update notice_settings set digest_on = ? where user_id = ? and (digest_on is null or digest_on < ?)`)
	unread     = store.System(`select n.kind, count(*) from notices n where n.user_id = ? and n.seen_at is null group by n.kind`) // index: notices_unseen

	ladderAll = store.System(`select l.step, l.days, l.role from notice_ladder l order by l.step`)
	setRung   = store.System(`insert into notice_ladder (step, days, role) values (?, ?, ?) on conflict (step) do update set days = excluded.days, role = excluded.role`)
)

// settingsOf gives what a user wants; a digest on working days where nothing was set, which goes nowhere without an address.
func settingsOf(tx *store.Tx, user id.ID) (Settings, error) {
	s, err := store.One(tx, settingsOne, func(r store.Row) (s Settings, err error) {
		err = r.Scan(&s.User, &s.Version, &s.Email, &s.Digest, &s.DigestOn, &s.Site, &s.Feed, &s.FeedOn)
		return s, err
	}, user)
	if errors.Is(err, fail.NotFound) {
		return Settings{User: user, Digest: Daily}, nil
	}
	return s, err
}

func keepSettings(tx *store.Tx, s *Settings) error {
	if s.Version > 0 {
		return store.Change(tx, &s.Version, setSettingsOf, s.Email, s.Digest, s.Site, s.Feed, s.FeedOn, s.User, s.Version)
	}
	s.Version = 1
	_, err := store.Exec(tx, newSettings, s.User, s.Email, s.Digest, s.Site, s.Feed, s.FeedOn)
	if store.Duplicate(err) {
		return fail.Stale
	}
	return err
}

func feedUser(tx *store.Tx, hash string) (id.ID, error) {
	return store.One(tx, feedOf, store.IDs, hash)
}

func readersOf(tx *store.Tx, digest string, today clock.Day, limit int) ([]reader, error) {
	return store.Each(tx, readers, func(r store.Row) (one reader, err error) {
		err = r.Scan(&one.user, &one.email, &one.digest, &one.site, &one.language)
		return one, err
	}, digest, today, limit)
}

// markDigest says that a digest is written today; false when one was.
func markDigest(tx *store.Tx, user id.ID, today clock.Day) (bool, error) {
	n, err := store.Exec(tx, digested, today, user, today)
	return n == 1, err
}

// unreadOf counts what a user has not read, by kind.
func unreadOf(tx *store.Tx, user id.ID) (map[string]int64, error) {
	type one struct {
		kind string
		n    int64
	}
	by := map[string]int64{}
	return by, store.Stream(tx, unread, func(r store.Row) (o one, err error) {
		err = r.Scan(&o.kind, &o.n)
		return o, err
	}, func(o one) error {
		by[o.kind] = o.n
		return nil
	}, user)
}

func rungs(tx *store.Tx) ([]Rung, error) {
	return store.Each(tx, ladderAll, func(r store.Row) (g Rung, err error) {
		err = r.Scan(&g.Step, &g.Days, &g.Role)
		return g, err
	})
}

func keepRungs(tx *store.Tx, all []Rung) error {
	for _, r := range all {
		if _, err := store.Exec(tx, setRung, r.Step, r.Days, r.Role); err != nil {
			return err
		}
	}
	return nil
}

// Address is where a user is written to: "" where none was given.
type Address struct{ Email, Site, Lang string }

// AddressOf gives the address of a user, for a desk that writes e-mails. It reads system tables.
func AddressOf(tx *store.Tx, user id.ID) (Address, error) {
	return store.One(tx, addressOne, scanAddress, user)
}

// HeadsAt gives the addresses of the heads of an institution, and of those who stand in today; who gave none is not among
// them. It reads system tables.
func HeadsAt(tx *store.Tx, at id.ID) ([]string, error) {
	heads, err := access.HeadsOf(tx, at, tx.Today())
	if err != nil {
		return nil, err
	}
	var emails []string
	for _, h := range heads {
		a, err := AddressOf(tx, h)
		if err != nil {
			return nil, err
		}
		if a.Email != "" {
			emails = append(emails, a.Email)
		}
	}
	return emails, nil
}

func scanAddress(r store.Row) (a Address, err error) {
	err = r.Scan(&a.Email, &a.Site, &a.Lang)
	return a, err
}
