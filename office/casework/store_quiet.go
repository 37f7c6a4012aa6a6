package casework

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	quietOf = store.SQL(`select c.quiet_on, (select max(s.entered_on) from stays s where s.case_id = c.id and s.state = 'open' and {see s}), c.served_on,
		(select max(n.on_day) from case_notes n where n.case_id = c.id and n.struck_on is null and {see n})
		from cases c where c.id = ? and {see c}`)
	keepQuiet   = store.SQL(`update cases set quiet_on = ? where id = ? and {see cases}`)
	servedRange = store.SQL(`update cases set served_on = (select max(v.on_day) from services v where v.case_id = cases.id and {see v})
		where id >= ? and id <= ? and stage <> 'closed' and {see cases}`)
	quietRange = store.SQL(`update cases set quiet_on = served_on where id >= ? and id <= ? and quiet_on < served_on and {see cases}`)

	// Of who lives in the day is that of the arrival, of a service or of a note, and none of these is later.
	casesUnquiet = store.SQL(`select s.case_id from stays s join cases c on c.id = s.case_id where s.state = 'open' and {see s} and {see c} and (c.quiet_on is null
		or c.quiet_on < s.entered_on or c.quiet_on < c.served_on
		or exists (select 1 from case_notes n where n.case_id = c.id and n.on_day > c.quiet_on and n.struck_on is null and {see n})
		or c.quiet_on <> s.entered_on and c.quiet_on <> coalesce(c.served_on, '')
			and not exists (select 1 from case_notes n where n.case_id = c.id and n.on_day = c.quiet_on and n.struck_on is null and {see n})) limit 1000`)
	casesEmptied = store.SQL(`select c.id from cases c where c.quiet_on is not null and {see c}
		and not exists (select 1 from stays s where s.case_id = c.id and s.state = 'open' and {see s}) limit 1000`)
)

type quiet struct{ kept, entered, served, noted clock.Day }

func scanQuiet(r store.Row) (q quiet, err error) {
	err = r.Scan(&q.kept, &q.entered, &q.served, &q.noted)
	return q, err
}

// followQuiet keeps the last day on which something is recorded of who lives in with a case.
func followQuiet(tx *store.Tx, caseID id.ID) error {
	q, err := store.One(tx, quietOf, scanQuiet, caseID)
	if err != nil {
		return err
	}
	var now clock.Day
	if q.entered != "" {
		now = max(q.entered, q.served, q.noted)
	}
	if now == q.kept {
		return nil
	}
	_, err = store.Exec(tx, keepQuiet, now, caseID)
	return err
}

// followServices keeps the last days of cases between two ids to which services were loaded.
func followServices(tx *store.Tx, from, to id.ID) error {
	if _, err := store.Exec(tx, servedRange, from, to); err != nil {
		return err
	}
	_, err := store.Exec(tx, quietRange, from, to)
	return err
}

// quiet is the last day on which something is recorded of a life to load whose person lives in; "" where nobody does.
func (l Life) quiet() (on clock.Day) {
	if l.Housed() {
		on = lastServed(l.Services)
		for _, s := range l.Stays {
			on = max(on, s.From)
		}
	}
	return on
}
