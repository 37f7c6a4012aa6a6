package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/who"
)

// A figure is kept as deltas (one row per counted fact, in the fact's own transaction) that a folder
// moves into the tallies, by day, by month, by year and over all time, at each centre and, in grains of their own, over the
// whole province: a page of the province reads a thirtieth. Every read is tallies plus deltas, hence exact at all times; when
// the folder rests, figures get slower, never wrong.
var (
	foldDays = house(`insert into tallies (measure, grain, centre_id, bucket, dim, n)
		select measure, 'd', centre_id, day, dim, sum(n) from deltas where true group by measure, centre_id, day, dim
		on conflict (measure, grain, bucket, centre_id, dim) do update set n = tallies.n + excluded.n`)
	foldMonths = house(`insert into tallies (measure, grain, centre_id, bucket, dim, n)
		select measure, 'm', centre_id, substr(day, 1, 7), dim, sum(n) from deltas where true
		group by measure, centre_id, substr(day, 1, 7), dim
		on conflict (measure, grain, bucket, centre_id, dim) do update set n = tallies.n + excluded.n`)
	foldYears = house(`insert into tallies (measure, grain, centre_id, bucket, dim, n)
		select measure, 'y', centre_id, substr(day, 1, 4), dim, sum(n) from deltas where true
		group by measure, centre_id, substr(day, 1, 4), dim
		on conflict (measure, grain, bucket, centre_id, dim) do update set n = tallies.n + excluded.n`)
	foldAll = house(`insert into tallies (measure, grain, centre_id, bucket, dim, n)
		select measure, 'a', centre_id, '', dim, sum(n) from deltas where true group by measure, centre_id, dim
		on conflict (measure, grain, bucket, centre_id, dim) do update set n = tallies.n + excluded.n`)
	foldDayTotals = house(`insert into tallies (measure, grain, centre_id, bucket, dim, n)
		select measure, 'D', 0, day, dim, sum(n) from deltas where true group by measure, day, dim
		on conflict (measure, grain, bucket, centre_id, dim) do update set n = tallies.n + excluded.n`)
	foldMonthTotals = house(`insert into tallies (measure, grain, centre_id, bucket, dim, n)
		select measure, 'M', 0, substr(day, 1, 7), dim, sum(n) from deltas where true group by measure, substr(day, 1, 7), dim
		on conflict (measure, grain, bucket, centre_id, dim) do update set n = tallies.n + excluded.n`)
	foldYearTotals = house(`insert into tallies (measure, grain, centre_id, bucket, dim, n)
		select measure, 'Y', 0, substr(day, 1, 4), dim, sum(n) from deltas where true group by measure, substr(day, 1, 4), dim
		on conflict (measure, grain, bucket, centre_id, dim) do update set n = tallies.n + excluded.n`)
	foldAllTotals = house(`insert into tallies (measure, grain, centre_id, bucket, dim, n)
		select measure, 'A', 0, '', dim, sum(n) from deltas where true group by measure, dim
		on conflict (measure, grain, bucket, centre_id, dim) do update set n = tallies.n + excluded.n`)
	dropDeltas = house(`delete from deltas where true`)
	anyDelta   = house(`select id from deltas limit 1`)
)

// Fold moves the deltas into the tallies. On PostgreSQL it runs at REPEATABLE READ: at READ COMMITTED
// rows that others commit between the statements would be deleted uncounted.
func (s *Store) Fold(ctx context.Context) error {
	some := false
	if err := s.Read(ctx, who.House("fold"), replay, func(tx *Tx) error {
		rows, err := Each(tx, anyDelta, IDs)
		some = len(rows) > 0
		return err
	}); err != nil || !some {
		return err
	}
	level := sql.LevelDefault
	if s.engine == postgres {
		level = sql.LevelRepeatableRead
	}
	return s.internalOnce(ctx, level, func(tx *Tx) error {
		for _, st := range []*Stmt{foldDays, foldMonths, foldYears, foldAll, foldDayTotals, foldMonthTotals, foldYearTotals, foldAllTotals, dropDeltas} {
			if _, err := Exec(tx, st); err != nil {
				return err
			}
		}
		return nil
	})
}

// Figure is a sum for one centre and one dimension value.
type Figure struct {
	Centre id.ID
	Dim    string
	N      int64
}

// Month is what a dimension counted in one month, "2026-11".
type Month struct {
	Month string
	Dim   string
	N     int64
}

// The range is cut into pieces of whole years, whole months and days, see cut: a small number of rows whatever the
// range. A statement reads together measures, which a page of many figures asks for at once. The pieces are asked for
// one after the other, each along the key of the tallies: a union of as many questions takes the engines longer to
// plan than to answer. It leaves the order to the reader: PostgreSQL would sort all rows before it adds them up.
const (
	together = 12
	these    = `measure in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	span     = ` union all select ?, ?, ?, ?`
	inPieces = `(select cast(? as text) as grain, cast(? as text) as first, cast(? as text) as last, cast(? as bigint) as sign` +
		span + span + span + span + span + span + span + span + `) s
			join tallies t on t.grain = s.grain and t.bucket >= s.first and t.bucket <= s.last
		where t.` + these
)

var sumRange = house(`select measure, centre_id, dim, cast(sum(n) as bigint) from (
		select t.measure as measure, t.centre_id as centre_id, t.dim as dim, t.n * s.sign as n
		from ` + inPieces + `
		union all
		select d.measure, d.centre_id, d.dim, d.n from deltas d where d.` + these + ` and d.day >= ? and d.day <= ?) f
	where (cast(? as bigint) = 0 or f.centre_id = ?) group by measure, centre_id, dim`)

var totalRange = house(`select measure, cast(0 as bigint), dim, cast(sum(n) as bigint) from (
		select t.measure as measure, t.dim as dim, t.n * s.sign as n
		from ` + inPieces + `
		union all
		select d.measure, d.dim, d.n from deltas d where d.` + these + ` and d.day >= ? and d.day <= ?) f
	group by measure, dim`)

const (
	firstDay = clock.Day("1900-01-01")
	lastDay  = clock.Day("2999-12-31")
)

// Flow sums a measure over inclusive days; an empty from or to is open. Centre 0 is all.
func Flow(tx *Tx, measure string, from, to clock.Day, centre id.ID) ([]Figure, error) {
	all, err := Flows(tx, []string{measure}, from, to, centre)
	return all[measure], err
}

// Flows sums several measures over the same days: one statement for each dozen of them.
func Flows(tx *Tx, measures []string, from, to clock.Day, centre id.ID) (map[string][]Figure, error) {
	return sums(tx, measures, from, to, func(g string) string { return g }, sumRange, int64(centre), int64(centre))
}

// Totals is Flows for whoever does not ask where: of all centres together each value of a dimension comes once, with
// centre 0, and from rows of its own.
func Totals(tx *Tx, measures []string, from, to clock.Day, centre id.ID) (map[string][]Figure, error) {
	if centre != 0 {
		return Flows(tx, measures, from, to, centre)
	}
	return sums(tx, measures, from, to, strings.ToUpper, totalRange)
}

// Total is Flow for whoever does not ask where.
func Total(tx *Tx, measure string, from, to clock.Day, centre id.ID) ([]Figure, error) {
	all, err := Totals(tx, []string{measure}, from, to, centre)
	return all[measure], err
}

func sums(tx *Tx, measures []string, from, to clock.Day, grain func(string) string, ask *Stmt, where ...any) (map[string][]Figure, error) {
	if from == "" {
		from = firstDay
	}
	if to == "" {
		to = lastDay
	}
	all := map[string][]Figure{}
	for some := range slices.Chunk(measures, together) {
		names := padded(some, together)
		var args []any
		for n, p := range cut(from, to, tx.Today()) {
			args = append(args, grain(grainOf[n].key), p.from, p.to, grainOf[n].sign)
		}
		args = append(append(args, names...), names...)
		args = append(append(args, string(from), string(to)), where...)
		err := Stream(tx, ask, scanMeasured, func(m measured) error {
			all[m.measure] = append(all[m.measure], m.Figure)
			return nil
		}, args...)
		if err != nil {
			return nil, err
		}
	}
	for _, figs := range all {
		slices.SortFunc(figs, func(a, b Figure) int { return cmp.Or(cmp.Compare(a.Centre, b.Centre), cmp.Compare(a.Dim, b.Dim)) })
	}
	return all, nil
}

type measured struct {
	measure string
	Figure
}

func scanMeasured(r Row) (m measured, err error) {
	err = r.Scan(&m.measure, &m.Centre, &m.Dim, &m.N)
	return m, err
}

// Stock gives how many there were at the end of a day.
func Stock(tx *Tx, measure string, on clock.Day, centre id.ID) ([]Figure, error) {
	return Flow(tx, measure, firstDay, on, centre)
}

var byMonthTotal = house(`select bucket, dim, cast(sum(n) as bigint) from (
		select t.bucket as bucket, t.dim as dim, t.n as n from tallies t
		where t.measure = ? and t.grain = 'M' and t.bucket >= ? and t.bucket <= ?
		union all
		select substr(d.day, 1, 7), d.dim, d.n from deltas d
		where d.measure = ? and substr(d.day, 1, 7) >= ? and substr(d.day, 1, 7) <= ?) f
	group by bucket, dim`)

var byMonth = house(`select bucket, dim, cast(sum(n) as bigint) from (
		select t.bucket as bucket, t.centre_id as centre_id, t.dim as dim, t.n as n from tallies t
		where t.measure = ? and t.grain = 'm' and t.bucket >= ? and t.bucket <= ?
		union all
		select substr(d.day, 1, 7), d.centre_id, d.dim, d.n from deltas d
		where d.measure = ? and substr(d.day, 1, 7) >= ? and substr(d.day, 1, 7) <= ?) f
	where f.centre_id = ? group by bucket, dim`)

// Monthly gives a measure month by month, in no order, both ends inclusive, "2026-01" to "2026-11". Centre 0 is all.
func Monthly(tx *Tx, measure, from, to string, centre id.ID) ([]Month, error) {
	scan := func(r Row) (m Month, err error) {
		err = r.Scan(&m.Month, &m.Dim, &m.N)
		return m, err
	}
	if centre == 0 {
		return Each(tx, byMonthTotal, scan, measure, from, to, measure, from, to)
	}
	return Each(tx, byMonth, scan, measure, from, to, measure, from, to, int64(centre))
}

var byMonthAt = house(`select t.bucket, t.dim, t.n, t.centre_id from tallies t
		where t.measure = ? and t.grain = 'm' and t.bucket >= ? and t.bucket <= ?
		union all
		select substr(d.day, 1, 7), d.dim, d.n, d.centre_id from deltas d
		where d.measure = ? and substr(d.day, 1, 7) >= ? and substr(d.day, 1, 7) <= ?`)

// What the key of tallies gives in its order is added up on the way; deltas are few.
var byMonthAlike = house(`select t.bucket, '', cast(sum(t.n) as bigint), t.centre_id from tallies t
		where t.measure = ? and t.grain = 'm' and t.bucket >= ? and t.bucket <= ? group by t.bucket, t.centre_id
		union all
		select substr(d.day, 1, 7), '', d.n, d.centre_id from deltas d
		where d.measure = ? and substr(d.day, 1, 7) >= ? and substr(d.day, 1, 7) <= ?`)

// MonthAt is a month of one centre.
type MonthAt struct {
	Month
	Centre id.ID
}

// MonthlyAt is Monthly for every centre at once; alike for whoever does not ask for the dimension, which is then "". A month of a
// centre may come in parts, to be added up: the engine would sort them all to do it.
func MonthlyAt(tx *Tx, measure, from, to string, alike bool) ([]MonthAt, error) {
	ask := byMonthAt
	if alike {
		ask = byMonthAlike
	}
	return Each(tx, ask, func(r Row) (m MonthAt, err error) {
		err = r.Scan(&m.Month.Month, &m.Dim, &m.N, &m.Centre)
		return m, err
	}, measure, from, to, measure, from, to)
}

var (
	allOfGrain = house(`select centre_id, bucket, dim, n from tallies where measure = ? and grain = ?`)
	allDeltas  = house(`select centre_id, day, dim, n from deltas where measure = ?`)
)

func scanKept(measure string) func(Row) (kept, error) {
	return func(r Row) (k kept, err error) {
		k.measure = measure
		err = r.Scan(&k.centre, &k.day, &k.dim, &k.n)
		return k, err
	}
}

type kept struct {
	deltaKey
	n int64
}

// keptOf gives the kept figures of a measure by the key of their grain.
func keptOf(tx *Tx, measure string) (all map[string]map[deltaKey]int64, err error) {
	all = map[string]map[deltaKey]int64{}
	for _, g := range grains {
		into := map[deltaKey]int64{}
		all[g.key] = into
		add := func(k kept) error {
			into[g.of(k.deltaKey)] += k.n
			return nil
		}
		if err = Stream(tx, allOfGrain, scanKept(measure), add, measure, g.key); err == nil {
			err = Stream(tx, allDeltas, scanKept(measure), add, measure)
		}
		if err != nil {
			return nil, fmt.Errorf("read the kept figures of %s: %w", measure, err)
		}
	}
	return all, nil
}

// grain is a width in which figures are kept: how long the names of its buckets are, 2026-11-05, 2026-11, 2026 and none, for
// all time; at each centre, or over all of them.
type grain struct {
	key    string
	length int
	whole  bool
}

var grains = []grain{{"d", 10, false}, {"m", 7, false}, {"y", 4, false}, {"a", 0, false}, {"D", 10, true}, {"M", 7, true}, {"Y", 4, true}, {"A", 0, true}}

// of gives the row of the grain in which a day at a centre is counted.
func (g grain) of(k deltaKey) deltaKey {
	k.day = k.day[:g.length]
	if g.whole {
		k.centre = 0
	}
	return k
}
