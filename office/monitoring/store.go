package monitoring

import (
	"tuntas/house/id"
	"tuntas/house/store"
)

const ownColumns = `i.id, i.version, i.key, i.name, i.name_en, i.unit, i.direction, i.source, i.owner, i.legal, i.state, i.moved_on, i.user_name`

const targetColumns = `t.id, t.version, t.indicator, t.centre_id, t.year, t.value, t.note, t.set_on, t.user_name`

var (
	// an office has a handful of figures of its own, each with a handful of rules
	ownAll   = store.SQL(`select ` + ownColumns + ` from own_indicators i order by i.id limit 200`)
	ownByKey = store.SQL(`select ` + ownColumns + ` from own_indicators i where i.key = ?`)
	rulesAll = store.SQL(`select r.indicator_id, r.valid_from, r.numerator, r.denominator, r.made_on, r.user_name from own_rules r order by r.indicator_id, r.valid_from limit 2000`)
	rulesOf  = store.SQL(`select r.indicator_id, r.valid_from, r.numerator, r.denominator, r.made_on, r.user_name from own_rules r where r.indicator_id = ? order by r.valid_from limit 200`)
	newOwn   = store.SQL(`insert into own_indicators (id, version, key, name, name_en, unit, direction, source, owner, legal, state, moved_on, user_name)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	keepOwn = store.SQL(`update own_indicators set version = version + 1, name = ?, name_en = ?, unit = ?, direction = ?, source = ?, owner = ?, legal = ?, state = ?, moved_on = ?, user_name = ?
		where id = ? and version = ?`)
	keepRule = store.SQL(`insert into own_rules (id, indicator_id, valid_from, numerator, denominator, made_on, user_name) values (?, ?, ?, ?, ?, ?, ?)
		on conflict (indicator_id, valid_from) do update set numerator = excluded.numerator, denominator = excluded.denominator, made_on = excluded.made_on, user_name = excluded.user_name`)

	targetsOf  = store.SQL(`select ` + targetColumns + ` from indicator_targets t where t.indicator = ? order by t.year desc, t.centre_id limit 500`) // index: indicator_targets (indicator, year, centre_id)
	targetsFor = store.SQL(`select ` + targetColumns + ` from indicator_targets t where t.year = ? and t.centre_id = ? order by t.indicator limit 500`)
	// index: indicator_targets; some figures, each with a target of the province and of some institutions
	targetsOfYear = store.SQL(`select ` + targetColumns + ` from indicator_targets t where t.year = ? order by t.indicator, t.centre_id limit 5000`)
	newTarget     = store.SQL(`insert into indicator_targets (id, version, indicator, centre_id, year, value, note, set_on, user_name) values (?, 1, ?, ?, ?, ?, ?, ?, ?)`)
	keepTarget    = store.SQL(`update indicator_targets set version = version + 1, value = ?, note = ?, set_on = ?, user_name = ? where id = ? and version = ?`)
	dropTarget    = store.SQL(`delete from indicator_targets where id = ? and version = ?`)

	namesAll = store.SQL(`select n.id, n.kind, n.ours, n.theirs, n.combo, n.user_name from dhis2_names n order by n.kind, n.ours limit 1000`)
	keepName = store.SQL(`insert into dhis2_names (id, kind, ours, theirs, combo, user_name) values (?, ?, ?, ?, ?, ?)
		on conflict (kind, ours) do update set theirs = excluded.theirs, combo = excluded.combo, user_name = excluded.user_name`)
	dropName = store.SQL(`delete from dhis2_names where kind = ? and ours = ?`)

	closedBetween = store.SQL(`select m.id, m.centre_id, m.month, m.closed_on, m.user_name from closed_months m where m.month >= ? and m.month <= ? order by m.month, m.centre_id limit 2000`) // index: closed_months (month, centre_id)
	newClosed     = store.SQL(`insert into closed_months (id, centre_id, month, closed_on, user_name) values (?, ?, ?, ?, ?)`)
	newReported   = store.SQL(`insert into reported_figures (indicator, month, centre_id, numerator, denominator, rule) values (?, ?, ?, ?, ?, ?)`)
	reportedOf    = store.SQL(`select f.indicator, f.centre_id, f.numerator, f.denominator, f.rule from reported_figures f where f.centre_id = ? and f.month = ? order by f.indicator`) // index: reported_figures (centre_id, month)
	reportedFor   = store.SQL(`select f.indicator, f.centre_id, f.numerator, f.denominator, f.rule from reported_figures f where f.indicator = ? and f.month = ? order by f.centre_id`)
)

func scanOwn(r store.Row) (o Own, err error) {
	err = r.Scan(&o.ID, &o.Version, &o.Key, &o.Name, &o.NameEn, &o.Unit, &o.Direction, &o.Source, &o.Owner, &o.Legal, &o.State, &o.MovedOn, &o.By)
	return o, err
}

func scanRule(r store.Row) (u Rule, err error) {
	err = r.Scan(&u.indicator, &u.ValidFrom, &u.Numerator, &u.Denominator, &u.MadeOn, &u.By)
	return u, err
}

// owns gives all figures of the office's own with their rules, in two statements.
func owns(tx *store.Tx) ([]Own, error) {
	all, err := store.Each(tx, ownAll, scanOwn)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	rules, err := store.Each(tx, rulesAll, scanRule)
	for i := range all {
		for _, u := range rules {
			if u.indicator == all[i].ID {
				all[i].Rules = append(all[i].Rules, u)
			}
		}
	}
	return all, err
}

func ownNamed(tx *store.Tx, key string) (o Own, err error) {
	if o, err = store.One(tx, ownByKey, scanOwn, key); err != nil {
		return o, err
	}
	o.Rules, err = store.Each(tx, rulesOf, scanRule, o.ID)
	return o, err
}

func insertOwn(tx *store.Tx, o Own) error {
	_, err := store.Exec(tx, newOwn, o.ID, o.Key, o.Name, o.NameEn, o.Unit, o.Direction, o.Source, o.Owner, o.Legal, o.State, o.MovedOn, o.By)
	return err
}

func updateOwn(tx *store.Tx, o *Own) error {
	return store.Change(tx, &o.Version, keepOwn, o.Name, o.NameEn, o.Unit, o.Direction, o.Source, o.Owner, o.Legal, o.State, o.MovedOn, o.By, o.ID, o.Version)
}

func putRule(tx *store.Tx, o Own, u Rule) error {
	_, err := store.Exec(tx, keepRule, id.New(), o.ID, u.ValidFrom, u.Numerator, u.Denominator, u.MadeOn, u.By)
	return err
}

func scanTarget(r store.Row) (t Target, err error) {
	err = r.Scan(&t.ID, &t.Version, &t.Indicator, &t.Centre, &t.Year, &t.Thousandths, &t.Note, &t.SetOn, &t.By)
	return t, err
}

func insertTarget(tx *store.Tx, t Target) error {
	_, err := store.Exec(tx, newTarget, t.ID, t.Indicator, int64(t.Centre), t.Year, t.Thousandths, t.Note, t.SetOn, t.By)
	return err
}

func scanClosed(r store.Row) (c Closed, err error) {
	err = r.Scan(&c.ID, &c.Centre, &c.Month, &c.On, &c.By)
	return c, err
}

func closings(tx *store.Tx, from, to string) ([]Closed, error) {
	return store.Each(tx, closedBetween, scanClosed, from, to)
}

func insertClosed(tx *store.Tx, c Closed) error {
	_, err := store.Exec(tx, newClosed, c.ID, c.Centre, c.Month, c.On, c.By)
	return err
}

func insertReported(tx *store.Tx, month string, all []Reported) error {
	for _, f := range all {
		var den *int64
		if f.Over {
			den = &f.Denominator
		}
		if _, err := store.Exec(tx, newReported, f.Indicator, month, f.Centre, f.Numerator, den, f.Rule); err != nil {
			return err
		}
	}
	return nil
}

func scanReported(r store.Row) (f Reported, err error) {
	var den *int64
	err = r.Scan(&f.Indicator, &f.Centre, &f.Numerator, &den, &f.Rule)
	if den != nil {
		f.Denominator, f.Over = *den, true
	}
	return f, err
}

func scanName(r store.Row) (n TheirName, err error) {
	err = r.Scan(&n.ID, &n.Kind, &n.Ours, &n.Theirs, &n.Combo, &n.By)
	return n, err
}

func putName(tx *store.Tx, n TheirName) error {
	if n.Theirs == "" {
		_, err := store.Exec(tx, dropName, n.Kind, n.Ours)
		return err
	}
	_, err := store.Exec(tx, keepName, n.ID, n.Kind, n.Ours, n.Theirs, n.Combo, n.By)
	return err
}
