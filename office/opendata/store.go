package opendata

import (
	"encoding/json"
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const releaseColumns = `r.id, r.family, r.n, r.as_of, r.released_at, r.user_name, r.rule, r.threshold, r.note, r.digest`

var (
	// index: open_releases (family, n); eight families
	newest     = store.SQL(`select ` + releaseColumns + ` from open_releases r where r.n = (select max(o.n) from open_releases o where o.family = r.family) order by r.family limit 20`)
	releasesOf = store.SQL(`select ` + releaseColumns + ` from open_releases r where r.family = ? order by r.n desc limit 60`) // index: open_releases (family, n)
	releases   = store.SQL(`select ` + releaseColumns + ` from open_releases r where r.id < ? order by r.id desc limit ?`)     // index: the key
	newRelease = store.SQL(`insert into open_releases (id, family, n, as_of, released_at, user_name, rule, threshold, note, digest) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)

	// index: open_tables (release_id, dataset)
	tableOf   = store.SQL(`select x.body from open_tables x where x.release_id = ? and x.dataset = ?`)
	newTable  = store.SQL(`insert into open_tables (id, release_id, family, dataset, body) values (?, ?, ?, ?, ?)`)
	truthsOf  = store.System(`select x.as_of, x.cells from open_truths x where x.family = ? order by x.id desc limit 60`) // index: open_truths_family
	newTruth  = store.System(`insert into open_truths (id, family, as_of, cells) values (?, ?, ?, ?)`)
	setting   = store.SQL(`select s.id, s.threshold, s.monthly, s.set_on, s.user_name from open_settings s order by s.id desc limit 1`)
	newChoice = store.SQL(`insert into open_settings (id, threshold, monthly, set_on, user_name) values (?, ?, ?, ?, ?)`)
)

func scanRelease(row store.Row) (r Release, err error) {
	err = row.Scan(&r.ID, &r.Family, &r.N, &r.AsOf, &r.At, &r.By, &r.Rule, &r.Threshold, &r.Note, &r.Digest)
	return r, err
}

func newestOf(tx *store.Tx, family string) (r Release, err error) {
	all, err := store.Each(tx, releasesOf, scanRelease, family)
	if err == nil && len(all) == 0 {
		err = fail.NotFound
	}
	if err != nil {
		return r, err
	}
	return all[0], nil
}

func tableFrom(tx *store.Tx, release id.ID, dataset string) (t Table, err error) {
	body, err := store.One(tx, tableOf, store.Text, release, dataset)
	if err != nil {
		return t, err
	}
	return t, json.Unmarshal([]byte(body), &t)
}

type stored struct{ dataset, body string }

// past gives the earlier releases of a family with their true counts, the newest first.
func past(tx *store.Tx, family string) (all []Past, err error) {
	return store.Each(tx, truthsOf, func(row store.Row) (p Past, err error) {
		var cells string
		if err = row.Scan(&p.On, &cells); err != nil {
			return p, err
		}
		return p, json.Unmarshal([]byte(cells), &p.Cells)
	}, family)
}

func insertRelease(tx *store.Tx, r Release, tables []stored, cells []Cell) error {
	if _, err := store.Exec(tx, newRelease, r.ID, r.Family, r.N, r.AsOf, r.At, r.By, r.Rule, r.Threshold, r.Note, r.Digest); err != nil {
		if store.Duplicate(err) { // somebody else released the family in between
			return fail.Stale
		}
		return err
	}
	for _, t := range tables {
		if _, err := store.Exec(tx, newTable, id.New(), r.ID, r.Family, t.dataset, t.body); err != nil {
			return err
		}
	}
	truth, err := json.Marshal(cells)
	if err != nil {
		return err
	}
	_, err = store.Exec(tx, newTruth, r.ID, r.Family, r.AsOf, string(truth))
	return err
}

func settingNow(tx *store.Tx) (s Setting, err error) {
	s, err = store.One(tx, setting, func(row store.Row) (s Setting, err error) {
		err = row.Scan(&s.ID, &s.Threshold, &s.Monthly, &s.SetOn, &s.By)
		return s, err
	})
	if errors.Is(err, fail.NotFound) {
		return Setting{Threshold: usualThreshold}, nil
	}
	return s, err
}

func insertSetting(tx *store.Tx, s Setting) error {
	_, err := store.Exec(tx, newChoice, s.ID, s.Threshold, s.Monthly, s.SetOn, s.By)
	return err
}

// lastShown is a count as an earlier release showed it, and the day of that.
type lastShown struct {
	n  int64
	on clock.Day
}
