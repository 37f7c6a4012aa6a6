package performance

import (
	"cmp"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const (
	treeColumns = `t.id, t.version, t.name, t.from_year, t.to_year, t.state, t.valid_from, t.cap_percent, t.down, t.example, t.basis, t.made_on, t.user_name
		from performance_trees t`
	nodeColumns = `n.id, n.version, n.tree_id, n.parent_id, n.origin_id, n.position, n.kind, n.level, n.name, n.name_en, n.owner, n.indicator, n.weight
		from performance_nodes n`
	analysisColumns = `a.id, a.version, a.origin_id, a.year, a.centre_id, a.why, a.done, a.obstacles, a.next, a.benchmark, a.benchmark_source, a.budget, a.spent, a.written_on, a.user_name
		from performance_analyses a`
	agreementColumns = `g.id, g.version, g.centre_id, coalesce(e.name, ''), g.year, g.edition, g.state, g.first_name, g.first_post, g.second_name, g.second_post, g.note, g.tree_id,
		g.rules, g.sha256, g.offered_on, g.offered_by, g.signed_on, g.signed_by, g.made_on, g.user_name
		from performance_agreements g left join centre_list e on e.id = g.centre_id`
)

var (
	treesNewest = store.SQL(`select ` + treeColumns + ` order by t.id desc limit 100`) // an office has a handful
	treeOne     = store.SQL(`select ` + treeColumns + ` where t.id = ?`)
	treeAt      = store.SQL(`select ` + treeColumns + ` where t.state = 'live' and t.valid_from <= ? order by t.valid_from desc limit 1`) // index: performance_trees_live
	newTree     = store.SQL(`insert into performance_trees (id, version, name, from_year, to_year, state, valid_from, cap_percent, down, example, basis, made_on, user_name)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	changedTree = store.SQL(`update performance_trees set name = ?, from_year = ?, to_year = ?, state = ?, valid_from = ?, cap_percent = ?, down = ?, example = ?, basis = ?, version = version + 1
		where id = ? and version = ?`)

	nodesOfTree = store.SQL(`select ` + nodeColumns + ` where n.tree_id = ? order by n.position, n.id limit 300`) // index: performance_nodes_tree
	nodeOne     = store.SQL(`select ` + nodeColumns + ` where n.id = ?`)
	newNode     = store.SQL(`insert into performance_nodes (id, version, tree_id, parent_id, origin_id, position, kind, level, name, name_en, owner, indicator, weight)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	changedNode = store.SQL(`update performance_nodes set kind = ?, level = ?, name = ?, name_en = ?, owner = ?, indicator = ?, weight = ?, version = version + 1 where id = ? and version = ?`)
	droppedNode = store.SQL(`delete from performance_nodes where id = ?`)

	stepsOfYear = store.SQL(`select s.indicator, s.quarter, s.value from performance_steps s where s.year = ? order by s.indicator, s.quarter limit 1000`)
	keptStep    = store.SQL(`insert into performance_steps (id, indicator, year, quarter, value, user_name) values (?, ?, ?, ?, ?, ?)
		on conflict (indicator, year, quarter) do update set value = excluded.value, user_name = excluded.user_name`)
	droppedStep = store.SQL(`delete from performance_steps where indicator = ? and year = ? and quarter = ?`)

	analysisOne  = store.SQL(`select ` + analysisColumns + ` where a.year = ? and a.centre_id = ? and a.origin_id = ?`)
	analysesYear = store.SQL(`select ` + analysisColumns + ` where a.year = ? and a.centre_id = ? order by a.origin_id limit 300`)
	newAnalysis  = store.SQL(`insert into performance_analyses (id, version, origin_id, year, centre_id, why, done, obstacles, next, benchmark, benchmark_source, budget, spent, written_on, user_name)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	changedAnalysis = store.SQL(`update performance_analyses set why = ?, done = ?, obstacles = ?, next = ?, benchmark = ?, benchmark_source = ?, budget = ?, spent = ?, written_on = ?, user_name = ?,
		version = version + 1 where id = ? and version = ?`)

	agreementOne     = store.SQL(`select ` + agreementColumns + ` where g.id = ?`)
	agreementsYear   = store.SQL(`select ` + agreementColumns + ` where g.year = ? and g.centre_id = ? order by g.edition limit 100`)
	agreementsNewest = store.SQL(`select ` + agreementColumns + ` where g.id < ? {parts} order by g.id desc limit ?`)
	atCentre         = store.NewPart(`and g.centre_id = ?`)
	newAgreement     = store.SQL(`insert into performance_agreements (id, version, centre_id, year, edition, state, first_name, first_post, second_name, second_post, note, tree_id, rules, sha256,
			offered_on, offered_by, signed_on, signed_by, made_on, user_name)
		values (?, 1, ?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?, '', '', null, '', null, '', ?, ?)`)
	changedAgreement = store.SQL(`update performance_agreements set state = ?, note = ?, tree_id = ?, rules = ?, sha256 = ?, offered_on = ?, offered_by = ?, signed_on = ?, signed_by = ?,
		version = version + 1 where id = ? and version = ?`)
	linesOfAgreement = store.SQL(`select l.position, l.origin_id, l.under, l.indicator, l.name, l.name_en, l.unit, l.value, l.budget from performance_lines l
		where l.agreement_id = ? order by l.position limit 300`)  // index: performance_lines_agreement
	newLine = store.SQL(`insert into performance_lines (id, agreement_id, position, origin_id, under, indicator, name, name_en, unit, value, budget)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	droppedLines = store.SQL(`delete from performance_lines where agreement_id = ?`)
)

func scanTree(r store.Row) (t Tree, err error) {
	err = r.Scan(&t.ID, &t.Version, &t.Name, &t.FromYear, &t.ToYear, &t.State, &t.ValidFrom, &t.Cap, &t.Down, &t.Example, &t.Basis, &t.MadeOn, &t.By)
	return t, err
}

func scanNode(r store.Row) (n Node, err error) {
	err = r.Scan(&n.ID, &n.Version, &n.Tree, &n.Parent, &n.Origin, &n.Position, &n.Kind, &n.Level, &n.Name, &n.NameEn, &n.Owner, &n.Indicator, &n.Weight)
	return n, err
}

func treesAll(tx *store.Tx) ([]Tree, error) { return store.Each(tx, treesNewest, scanTree) }

// treeOn gives the tree that counts on a day, with its nodes; fail.NotFound when none does.
func treeOn(tx *store.Tx, day clock.Day) (Tree, error) {
	t, err := store.One(tx, treeAt, scanTree, day)
	if err != nil {
		return t, err
	}
	t.Nodes, err = store.Each(tx, nodesOfTree, scanNode, t.ID)
	return t, err
}

func treeWhole(tx *store.Tx, tree id.ID) (Tree, error) {
	t, err := store.One(tx, treeOne, scanTree, tree)
	if err != nil {
		return t, err
	}
	t.Nodes, err = store.Each(tx, nodesOfTree, scanNode, tree)
	return t, err
}

func nodeByID(tx *store.Tx, node id.ID) (Node, error) { return store.One(tx, nodeOne, scanNode, node) }

func insertTree(tx *store.Tx, t Tree) error {
	_, err := store.Exec(tx, newTree, t.ID, t.Name, t.FromYear, t.ToYear, t.State, t.ValidFrom, t.Cap, t.Down, t.Example, t.Basis, t.MadeOn, t.By)
	return err
}

func keepTree(tx *store.Tx, t *Tree) error {
	return store.Change(tx, &t.Version, changedTree, t.Name, t.FromYear, t.ToYear, t.State, t.ValidFrom, t.Cap, t.Down, t.Example, t.Basis, t.ID, t.Version)
}

func insertNode(tx *store.Tx, n Node) error {
	_, err := store.Exec(tx, newNode, n.ID, n.Tree, n.Parent, n.Origin, n.Position, n.Kind, n.Level, n.Name, n.NameEn, n.Owner, n.Indicator, n.Weight)
	return err
}

func keepNode(tx *store.Tx, n *Node) error {
	return store.Change(tx, &n.Version, changedNode, n.Kind, n.Level, n.Name, n.NameEn, n.Owner, n.Indicator, n.Weight, n.ID, n.Version)
}

func deleteNode(tx *store.Tx, node id.ID) error {
	n, err := store.Exec(tx, droppedNode, node)
	if err == nil && n == 0 {
		return fail.NotFound
	}
	return err
}

// stepsOf gives what figures should be at the ends of the quarters of a year, in their units.
func stepsOf(tx *store.Tx, year int64) (map[string][3]*float64, error) {
	out := map[string][3]*float64{}
	type step struct {
		key            string
		quarter, value int64
	}
	return out, store.Stream(tx, stepsOfYear, func(r store.Row) (s step, err error) {
		err = r.Scan(&s.key, &s.quarter, &s.value)
		return s, err
	}, func(s step) error {
		all := out[s.key]
		v := float64(s.value) / 1000
		all[s.quarter-1] = &v
		out[s.key] = all
		return nil
	}, year)
}

// putStep keeps a step, or (nil) takes it away.
func putStep(tx *store.Tx, key string, year, quarter int64, value *int64) error {
	if value == nil {
		_, err := store.Exec(tx, droppedStep, key, year, quarter)
		return err
	}
	_, err := store.Exec(tx, keptStep, id.New(), key, year, quarter, *value, tx.By().Name)
	return err
}

func scanAnalysis(r store.Row) (a Analysis, err error) {
	err = r.Scan(&a.ID, &a.Version, &a.Origin, &a.Year, &a.Centre, &a.Reason, &a.Did, &a.Obstacles, &a.Next, &a.Benchmark, &a.BenchmarkSource, &a.Budget, &a.Spent, &a.On, &a.By)
	return a, err
}

// analysisOf gives what was written about a node in a year; nil when nothing was.
func analysisOf(tx *store.Tx, origin id.ID, year int64, at id.ID) (*Analysis, error) {
	all, err := store.Each(tx, analysisOne, scanAnalysis, year, int64(at), origin)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

func analysesIn(tx *store.Tx, year int64, at id.ID) (map[id.ID]Analysis, error) {
	all, err := store.Each(tx, analysesYear, scanAnalysis, year, int64(at))
	out := map[id.ID]Analysis{}
	for _, a := range all {
		out[a.Origin] = a
	}
	return out, err
}

func keepAnalysis(tx *store.Tx, a *Analysis) error {
	if a.Version == 0 {
		a.Version = 1
		_, err := store.Exec(tx, newAnalysis, a.ID, a.Origin, a.Year, int64(a.Centre), a.Reason, a.Did, a.Obstacles, a.Next, a.Benchmark, a.BenchmarkSource, a.Budget, a.Spent, a.On, a.By)
		if store.Duplicate(err) { // somebody else wrote the first one
			return fail.Stale
		}
		return err
	}
	return store.Change(tx, &a.Version, changedAnalysis, a.Reason, a.Did, a.Obstacles, a.Next, a.Benchmark, a.BenchmarkSource, a.Budget, a.Spent, a.On, a.By, a.ID, a.Version)
}

func scanAgreement(r store.Row) (a Agreement, err error) {
	err = r.Scan(&a.ID, &a.Version, &a.Centre, &a.At, &a.Year, &a.Edition, &a.State, &a.FirstName, &a.FirstPost, &a.SecondName, &a.SecondPost, &a.Note, &a.Tree,
		&a.Rules, &a.SHA256, &a.OfferedOn, &a.OfferedBy, &a.SignedOn, &a.SignedBy, &a.MadeOn, &a.By)
	return a, err
}

func agreementByID(tx *store.Tx, agreement id.ID) (Agreement, error) {
	return store.One(tx, agreementOne, scanAgreement, agreement)
}

func agreementsFor(tx *store.Tx, year int64, at id.ID) ([]Agreement, error) {
	return store.Each(tx, agreementsYear, scanAgreement, year, int64(at))
}

func agreementsOf(tx *store.Tx, at, before id.ID, limit int64) ([]Agreement, error) {
	return store.Each(tx, agreementsNewest.With(at != 0, atCentre, int64(at)), scanAgreement, cmp.Or(before, id.Last), limit)
}

func insertAgreement(tx *store.Tx, a Agreement) error {
	_, err := store.Exec(tx, newAgreement, a.ID, int64(a.Centre), a.Year, a.Edition, a.FirstName, a.FirstPost, a.SecondName, a.SecondPost, a.Note, a.Tree, a.MadeOn, a.By)
	if store.Duplicate(err) {
		return fail.Clash("agreement-open", "Masih ada perjanjian tahun itu yang belum ditandatangani.")
	}
	return err
}

func keepAgreement(tx *store.Tx, a *Agreement) error {
	return store.Change(tx, &a.Version, changedAgreement, a.State, a.Note, a.Tree, a.Rules, a.SHA256, a.OfferedOn, a.OfferedBy, a.SignedOn, a.SignedBy, a.ID, a.Version)
}

func linesOf(tx *store.Tx, agreement id.ID) ([]Line, error) {
	return store.Each(tx, linesOfAgreement, func(r store.Row) (l Line, err error) {
		err = r.Scan(&l.Position, &l.Origin, &l.Under, &l.Indicator, &l.Name, &l.NameEn, &l.Unit, &l.Value, &l.Budget)
		return l, err
	}, agreement)
}

func insertLine(tx *store.Tx, agreement id.ID, l Line) error {
	_, err := store.Exec(tx, newLine, id.New(), agreement, l.Position, l.Origin, l.Under, l.Indicator, l.Name, l.NameEn, l.Unit, l.Value, l.Budget)
	return err
}

func dropLines(tx *store.Tx, agreement id.ID) error {
	_, err := store.Exec(tx, droppedLines, agreement)
	return err
}
