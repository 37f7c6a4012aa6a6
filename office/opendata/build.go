package opendata

import (
	"slices"
	"strconv"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/law"
	"tuntas/office/centre"
)

// draft is a table before its protection: where which cell stands.
type draft struct {
	of         Dataset
	rows, cols []Head
	at         [][]string // names of cells
}

// counting makes the tables of a family from the tallies of a day. It knows every cell by its name, so that two tables
// which count the same share it.
type counting struct {
	tx      *store.Tx
	on      clock.Day
	centres []centre.Centre
	cells   map[string]*Cell
	order   []string
	tables  []draft
}

// count makes the tables of one family.
func count(tx *store.Tx, family string, on clock.Day) (*counting, error) {
	c := &counting{tx: tx, on: on, cells: map[string]*Cell{}}
	var err error
	if c.centres, err = centre.All(tx); err != nil {
		return nil, err
	}
	switch family {
	case residents:
		err = c.residents()
	case arrivals:
		err = c.moves("stay.in", "masuk-per-bulan", "masuk-menurut-panti", "masuk-menurut-asal", "")
	case departures:
		err = c.moves("stay.out", "keluar-per-bulan", "", "", "keluar-menurut-umur")
	case cases:
		err = c.cases()
	case independence:
		err = c.afterwards()
	case basicNeeds:
		err = c.needs()
	case reports:
		err = c.reports()
	case satisfaction:
		err = c.satisfaction()
	}
	return c, err
}

// all gives the cells in the order in which they were made.
func (c *counting) all() (cells []Cell) {
	for _, name := range c.order {
		cells = append(cells, *c.cells[name])
	}
	return cells
}

// cell gives a cell by its name; n is what it counts. A sum that comes to something else than the cell of that name is a cell
// of its own: it does not count the same, whatever it is called.
func (c *counting) cell(name string, n int64, is ...[]string) string {
	have, ok := c.cells[name]
	for k := 2; ok && have.N != n; k++ {
		name += "#" + strconv.Itoa(k)
		have, ok = c.cells[name]
	}
	if !ok {
		have = &Cell{Name: name, N: n}
		c.cells[name] = have
		c.order = append(c.order, name)
	}
	for _, parts := range is {
		if len(parts) > 0 && !slices.ContainsFunc(have.Is, func(other []string) bool { return slices.Equal(other, parts) }) && !slices.Equal(parts, []string{name}) {
			have.Is = append(have.Is, parts)
		}
	}
	return name
}

// sums says what the totals of a table are called; "" has none.
type sums struct {
	row   func(row string) string // over the columns of a row
	col   func(col string) string // over the rows of a column
	whole string                  // over everything
}

// table makes a table of counts with its totals. Cells are called after: prefix@row:column.
func (c *counting) table(key, prefix string, rows, cols []Head, n func(row, col string) int64, total sums) {
	of, _ := DatasetOf(key)
	t := draft{of: of, rows: slices.Clone(rows), cols: slices.Clone(cols)}
	down := make([][]string, len(cols))
	downN := make([]int64, len(cols))
	var rowSums []string
	var whole int64
	for _, r := range rows {
		var line []string
		var sum int64
		for j, col := range cols {
			v := n(r.Key, col.Key)
			name := c.cell(prefix+"@"+r.Key+":"+col.Key, v)
			line, sum = append(line, name), sum+v
			down[j], downN[j] = append(down[j], name), downN[j]+v
		}
		whole += sum
		if total.row != nil {
			name := c.cell(total.row(r.Key), sum, line)
			rowSums = append(rowSums, name)
			line = append(slices.Clone(line), name)
		}
		t.at = append(t.at, line)
	}
	if total.row != nil {
		t.cols = append(t.cols, Head{Key: all})
	}
	if total.col != nil && len(rows) > 0 {
		var line []string
		for j, col := range cols {
			line = append(line, c.cell(total.col(col.Key), downN[j], down[j]))
		}
		if total.row != nil && total.whole != "" {
			line = append(line, c.cell(total.whole, whole, slices.Clone(line), rowSums))
		}
		t.rows, t.at = append(t.rows, Head{Key: all}), append(t.at, line)
	}
	c.tables = append(c.tables, t)
}

func called(name string) func(string) string { return func(string) string { return name } }

func after(prefix string) func(string) string { return func(key string) string { return prefix + key } }

// one is the only column of a table of one dimension.
var one = []Head{{Key: "n"}}

// summed reads a measure: how much by value of its dimension, and by institution.
type summed map[string]map[id.ID]int64

func (s summed) of(dim string) (n int64) {
	for _, v := range s[dim] {
		n += v
	}
	return n
}

func (s summed) at(centre id.ID, dims ...string) (n int64) {
	for dim, by := range s {
		if len(dims) == 0 || slices.Contains(dims, dim) {
			n += by[centre]
		}
	}
	return n
}

func sumOf(figs []store.Figure) summed {
	s := summed{}
	for _, f := range figs {
		if s[f.Dim] == nil {
			s[f.Dim] = map[id.ID]int64{}
		}
		s[f.Dim][f.Centre] += f.N
	}
	return s
}

func (c *counting) stock(measure string) (summed, error) {
	figs, err := store.Stock(c.tx, measure, c.on, 0)
	return sumOf(figs), err
}

func (c *counting) flow(measure string, from, to clock.Day) (summed, error) {
	figs, err := store.Flow(c.tx, measure, from, to, 0)
	return sumOf(figs), err
}

// years are the last three that are over; what is not over would be told again, larger by a few, in the next release.
func (c *counting) years() (years []Head) {
	now, _ := strconv.Atoi(string(c.on[:4]))
	for y := now - 3; y < now; y++ {
		years = append(years, Head{Key: strconv.Itoa(y)})
	}
	return years
}

// byYear reads a measure for each of the years.
func (c *counting) byYear(measure string) (map[string]summed, error) {
	of := map[string]summed{}
	for _, y := range c.years() {
		s, err := c.flow(measure, clock.Day(y.Key+"-01-01"), clock.Day(y.Key+"-12-31"))
		if err != nil {
			return nil, err
		}
		of[y.Key] = s
	}
	return of, nil
}

// with keeps the heads in which anything was counted.
func with(heads []Head, n func(key string) int64) (some []Head) {
	for _, h := range heads {
		if n(h.Key) != 0 {
			some = append(some, h)
		}
	}
	return some
}

// counted are the years of which anything is known: before an office kept its records here, nothing is not none.
func (c *counting) counted(of map[string]summed) []Head {
	return with(c.years(), func(year string) (n int64) {
		for dim := range of[year] {
			n += of[year].of(dim)
		}
		return n
	})
}

// dims gives the values that a measure has, those that are known in their order, and what else occurs after them.
func dims(order []string, of ...summed) (heads []Head) {
	found := map[string]bool{}
	var rest []string
	for _, s := range of {
		for dim := range s {
			if s.of(dim) != 0 && !found[dim] {
				found[dim] = true
				if !slices.Contains(order, dim) {
					rest = append(rest, dim)
				}
			}
		}
	}
	slices.Sort(rest)
	for _, dim := range append(slices.Clone(order), rest...) {
		if found[dim] {
			heads = append(heads, Head{Key: dim})
		}
	}
	return heads
}

var sexes = []string{"female", "male", "unknown"}

func ages() (keys []string) {
	for _, a := range law.Ages.Latest() {
		keys = append(keys, a.Key)
	}
	return keys
}

func regions() (keys []string) {
	for _, r := range law.Regions.Latest() {
		keys = append(keys, r.Code)
	}
	return append(keys, law.RegionOutside, law.RegionUnknown)
}

// houses are the institutions, by the code that programs know them by.
func (c *counting) houses() (heads []Head, by map[string]centre.Centre) {
	by = map[string]centre.Centre{}
	for _, one := range c.centres {
		if one.ClientService {
			heads = append(heads, Head{Key: one.Code, Name: one.Name})
			by[one.Code] = one
		}
	}
	return heads, by
}
