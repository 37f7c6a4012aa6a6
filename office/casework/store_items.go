package casework

import (
	"tuntas/house/id"
	"tuntas/house/store"
)

const (
	itemFacts = `select i.id as id, i.centre_id as centre_id, i.from_on as from_on, i.to_on as to_on, i.dim as dim, i.person_id as person_id,
		i.case_id as case_id, p.restricted as restricted, p.called as called
		from case_items i join persons p on p.id = i.person_id where {see i} and {see p} and `
	// a flow is counted once, on its first day
	firstFacts = `select i.id as id, i.centre_id as centre_id, i.from_on as from_on, cast(null as text) as to_on, i.dim as dim, i.person_id as person_id,
		i.case_id as case_id, p.restricted as restricted, p.called as called
		from case_items i join persons p on p.id = i.person_id where {see i} and {see p} and `
)

var (
	// index: case_items_from, case_items_ends
	needFacts      = store.Facts(itemFacts + `i.what = 'need'`).ByValue()
	needNewFacts   = store.Facts(firstFacts + `i.what = 'need'`)
	givenFacts     = store.Facts(firstFacts + `i.what = 'given'`)
	metFacts       = store.Facts(firstFacts + `i.what = 'met'`)
	insideFacts    = store.Facts(itemFacts + `i.what = 'inside'`).ByValue()
	insideNewFacts = store.Facts(firstFacts + `i.what = 'inside'`)
	waitingFacts   = store.Facts(itemFacts + `i.what = 'waiting'`).ByValue()

	// index: case_items (case_id, what, item, year)
	linesBetween = store.SQL(`select i.id, i.case_id, i.what, i.item, i.year, i.dim, i.from_on, i.to_on from case_items i
		where i.case_id >= ? and i.case_id <= ? and {see i} order by i.case_id, i.what, i.item, i.year`)
	// index: services (case_id, …)
	givenBetween = store.SQL(`select v.case_id, v.item, min(v.on_day) from services v where v.case_id >= ? and v.case_id <= ? and {see v}
		group by v.case_id, v.item, substr(v.on_day, 1, 4)`)
	needsBetween = store.SQL(`select n.case_id, n.item, a.assessed_on from needs n left join assessments a on a.id = n.assessment_id and {see a}
		where n.case_id >= ? and n.case_id <= ? and n.item <> '' and n.declined = '' and {see n}`)
	bedsBetween = store.SQL(`select y.case_id, min(y.from_on) from stays y where y.case_id >= ? and y.case_id <= ? and y.state in ('open', 'ended')
		and {see y} group by y.case_id`)
	casesBetween = store.SQL(`select ` + caseColumns + `, t.on_day, coalesce(t.reason, '') from cases c left join terminations t on t.case_id = c.id and {see t}
		where c.id >= ? and c.id <= ? and {see c} order by c.id`)

	newLine = store.SQL(`insert into case_items (id, what, item, year, dim, from_on, to_on, case_id, centre_id, person_id)
		select ?, ?, ?, ?, ?, ?, ?, c.id, c.centre_id, c.person_id from cases c where c.id = ? and {see c}`)
	setLine    = store.SQL(`update case_items set dim = ?, from_on = ?, to_on = ? where id = ? and {see case_items}`)
	deleteLine = store.SQL(`delete from case_items where id = ? and {see case_items}`)

	nextCases = store.SQL(`select c.id from cases c where c.id > ? and {see c} order by c.id limit 2000`)
	// index: cases_unkept
	unkeptCases   = store.SQL(`select c.id from cases c where not c.items_kept and {see c} order by c.id limit 500`)
	unkeptBetween = store.SQL(`select c.id from cases c where not c.items_kept and c.id >= ? and c.id <= ? and {see c}`)
	keptCases     = store.SQL(`update cases set items_kept = true where id >= ? and id <= ? and not items_kept and {see cases}`)
)

func scanLineOf(r store.Row) (l spmLine, err error) {
	err = r.Scan(&l.ID, &l.Case, &l.What, &l.Item, &l.Year, &l.Dim, &l.From, &l.To)
	return l, err
}

func linesIn(tx *store.Tx, from, to id.ID) ([]spmLine, error) {
	return store.Each(tx, linesBetween, scanLineOf, int64(from), int64(to))
}

func scanGiven(r store.Row) (g spmGiven, err error) {
	err = r.Scan(&g.Case, &g.Item, &g.First)
	return g, err
}

func givenIn(tx *store.Tx, from, to id.ID) ([]spmGiven, error) {
	return store.Each(tx, givenBetween, scanGiven, int64(from), int64(to))
}

// spmCasesIn reads what is counted of all cases between two ids, in five statements.
func spmCasesIn(tx *store.Tx, from, to id.ID) ([]spmCase, error) {
	at := map[id.ID]int{}
	var all []spmCase
	err := store.Stream(tx, casesBetween, func(r store.Row) (c spmCase, err error) {
		var reason string
		c.Case, err = scanCase(r, &c.until, &reason)
		c.passed = reason == Transferred
		if c.until == "" {
			c.until = c.ClosedOn
		}
		return c, err
	}, func(c spmCase) error {
		at[c.ID] = len(all)
		all = append(all, c)
		return nil
	}, int64(from), int64(to))
	if err != nil {
		return nil, err
	}
	of := func(c id.ID, do func(*spmCase)) {
		if i, there := at[c]; there {
			do(&all[i])
		}
	}
	needs, err := store.Each(tx, needsBetween, func(r store.Row) (n spmNeed, err error) {
		err = r.Scan(&n.Case, &n.Item, &n.Since)
		return n, err
	}, int64(from), int64(to))
	if err != nil {
		return nil, err
	}
	for _, n := range needs {
		of(n.Case, func(c *spmCase) { c.needs = append(c.needs, n) })
	}
	beds, err := store.Each(tx, bedsBetween, func(r store.Row) (b spmNeed, err error) {
		err = r.Scan(&b.Case, &b.Since)
		return b, err
	}, int64(from), int64(to))
	if err != nil {
		return nil, err
	}
	for _, b := range beds {
		of(b.Case, func(c *spmCase) { c.bed = b.Since })
	}
	given, err := givenIn(tx, from, to)
	for _, g := range given {
		of(g.Case, func(c *spmCase) { c.given = append(c.given, g) })
	}
	return all, err
}

func insertLine(tx *store.Tx, c Case, l spmLine) error {
	_, err := store.Exec(tx, newLine, l.ID, l.What, l.Item, l.Year, l.Dim, l.From, l.To, c.ID)
	return err
}

func keepLine(tx *store.Tx, l spmLine) error {
	_, err := store.Exec(tx, setLine, l.Dim, l.From, l.To, l.ID)
	return err
}

func dropLine(tx *store.Tx, l spmLine) error {
	_, err := store.Exec(tx, deleteLine, l.ID)
	return err
}

// unkept gives the first and the last of the next cases to count; nothing when all are counted.
func unkept(tx *store.Tx) (first, last id.ID, err error) { return ends(tx, unkeptCases) }

// rangeAfter gives the first and the last of the next cases behind one; nothing at the end.
func rangeAfter(tx *store.Tx, after id.ID) (first, last id.ID, err error) {
	return ends(tx, nextCases, int64(after))
}

func ends(tx *store.Tx, of *store.Stmt, args ...any) (first, last id.ID, err error) {
	all, err := store.Each(tx, of, store.IDs, args...)
	if err != nil || len(all) == 0 {
		return 0, 0, err
	}
	return all[0], all[len(all)-1], nil
}

func markKept(tx *store.Tx, first, last id.ID) error {
	_, err := store.Exec(tx, keptCases, int64(first), int64(last))
	return err
}
