package needs

import "tuntas/house/store"

var (
	addSum = store.SQL(`insert into need_sums (year, kind, fund, state, n, cost, centre_id) select ?, ?, ?, ?, ?, ?, e.id from centres e where e.id = ? and {see e}
		on conflict (centre_id, year, kind, fund, state) do update set n = need_sums.n + excluded.n, cost = need_sums.cost + excluded.cost`)
	addCell = store.SQL(`insert into need_cells (criterion, n, cost, centre_id) select ?, ?, ?, e.id from centres e where e.id = ? and {see e}
		on conflict (centre_id, criterion) do update set n = need_cells.n + excluded.n, cost = need_cells.cost + excluded.cost`)
	sumsAll  = store.SQL(`select s.centre_id, s.year, s.kind, s.fund, s.state, s.n, s.cost from need_sums s where s.n <> 0 and {see s} {parts} order by s.centre_id, s.year`) // a row for each centre, year, kind, fund and state: a few thousand
	sumsAt   = store.NewPart(`and s.centre_id = ?`)
	cellsAll = store.SQL(`select m.centre_id, m.criterion, m.n, m.cost from need_cells m where m.n <> 0 and {see m}`) // centres times criteria at most

	sumsCounted = store.SQL(`select n.centre_id, n.year, n.kind, n.fund, n.state, count(*), sum(n.cost) from institution_needs n where {see n}
		group by n.centre_id, n.year, n.kind, n.fund, n.state order by n.centre_id, n.year`)  // for verify alone: it reads all needs
	cellsCounted = store.SQL(`select n.centre_id, n.criterion, count(*), sum(n.cost) from institution_needs n where n.live and n.criterion <> '' and {see n}
		group by n.centre_id, n.criterion`)
)

var linesOf = store.SQL(`select ` + needColumns + `, p.title from institution_needs n join problems p on p.id = n.problem_id where n.state <> 'refused' and {see n} and {see p} {parts}
	order by n.centre_id, n.priority desc, n.id limit 100001`) // index: institution_needs_year or _centre; a file, not a page

var (
	inState   = store.NewPart(`and n.state = ?`)
	stillLive = store.NewPart(`and n.live`)
)
