package opendata

import (
	"slices"
	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/law"
)

// residents are the tables of who lives there on the day. Each institution's total is the same cell in all of them.
func (c *counting) residents() error {
	sex, err := c.stock("stay")
	if err != nil {
		return err
	}
	age, err := c.stock("stay.age")
	if err != nil {
		return err
	}
	region, err := c.stock("stay.region")
	if err != nil {
		return err
	}
	houses, by := c.houses()
	c.table("penghuni-menurut-panti", "stay", houses, dims(sexes, sex), func(row, col string) int64 { return sex.at(by[row].ID, col) },
		sums{row: after("stay@"), col: after("stay@:"), whole: "stay"})
	c.table("penghuni-menurut-umur", "stay.age", dims(ages(), age), one, func(row, _ string) int64 { return age.of(row) }, sums{col: called("stay")})
	c.table("penghuni-menurut-asal", "stay.region", dims(regions(), region), one, func(row, _ string) int64 { return region.of(row) }, sums{col: called("stay")})
	of, _ := DatasetOf("keterisian-panti")
	t := draft{of: of, rows: houses, cols: []Head{{Key: "places"}, {Key: "residents"}}}
	for _, h := range houses {
		places := c.cell("places@"+h.Key, by[h.Key].Capacity)
		c.cells[places].Free = true
		t.at = append(t.at, []string{places, c.cell("stay@"+h.Key, sex.at(by[h.Key].ID))})
	}
	c.tables = append(c.tables, t)
	return nil
}

// months are those from January of last year to the last one that is over.
func (c *counting) months() (heads []Head) {
	now, _ := strconv.Atoi(string(c.on[:4]))
	for d := clock.Day(strconv.Itoa(now-1) + "-01-01"); d[:7] < c.on[:7]; d = d.AddMonths(1) {
		heads = append(heads, Head{Key: string(d[:7])})
	}
	return heads
}

// moves are the tables of who came or left. The months of last year, its institutions and its districts come to the same.
func (c *counting) moves(measure, monthly, byHouse, byRegion, byAge string) error {
	months := c.months()
	type cellOf struct{ month, dim string }
	n := map[cellOf]int64{}
	found := summed{}
	if len(months) > 0 {
		rows, err := store.Monthly(c.tx, measure, months[0].Key, months[len(months)-1].Key, 0)
		if err != nil {
			return err
		}
		for _, m := range rows {
			n[cellOf{m.Month, m.Dim}] += m.N
			if found[m.Dim] == nil {
				found[m.Dim] = map[id.ID]int64{}
			}
			found[m.Dim][0] += m.N
		}
	}
	sex := dims(sexes, found)
	c.table(monthly, measure, months, sex, func(row, col string) int64 { return n[cellOf{row, col}] }, sums{row: after(measure + "@")})
	if err := c.yearly(measure, byHouse, byRegion, byAge); err != nil {
		return err
	}
	_, _, last := c.lastYear()
	if c.cells[measure+"@"+last] == nil { // nobody in that year
		return nil
	}
	var parts []string
	var sum int64
	for _, m := range months {
		if strings.HasPrefix(m.Key, last) {
			parts = append(parts, measure+"@"+m.Key)
			sum += c.cells[measure+"@"+m.Key].N
		}
	}
	if c.cells[measure+"@"+last].N == sum {
		c.cell(measure+"@"+last, sum, parts)
	}
	return nil
}

func (c *counting) yearly(measure, byHouse, byRegion, byAge string) error {
	if byHouse != "" {
		of, err := c.byYear(measure)
		if err != nil {
			return err
		}
		houses, by := c.houses()
		c.table(byHouse, measure+".at", houses, c.counted(of), func(row, col string) int64 { return of[col].at(by[row].ID) }, sums{col: after(measure + "@")})
	}
	for _, more := range []struct {
		key, by string
		order   []string
	}{{byRegion, ".region", regions()}, {byAge, ".age", ages()}} {
		if more.key == "" {
			continue
		}
		if err := c.byDim(more.key, measure+more.by, more.order, sums{col: after(measure + "@")}); err != nil {
			return err
		}
	}
	return nil
}

// byDim is a table of the values of a measure by years.
func (c *counting) byDim(key, measure string, order []string, total sums) error {
	of, err := c.byYear(measure)
	if err != nil {
		return err
	}
	years := c.counted(of)
	var every []summed
	for _, y := range years {
		every = append(every, of[y.Key])
	}
	c.table(key, measure, dims(order, every...), years, func(row, col string) int64 { return of[col].of(row) }, total)
	return nil
}

func (c *counting) cases() error {
	var kinds, reasons, stages []string
	for _, k := range law.Kinds.Latest() {
		kinds = append(kinds, k.Key)
	}
	for _, r := range law.Standard.Latest().ExitReasons {
		reasons = append(reasons, r.Key)
	}
	for _, s := range law.Stages.Latest() {
		stages = append(stages, s.Key)
	}
	if err := c.byDim("kasus-dibuka", "case.opened", kinds, sums{col: after("case.opened@")}); err != nil {
		return err
	}
	stage, err := c.stock("case.stage")
	if err != nil {
		return err
	}
	c.table("kasus-menurut-tahap", "case.stage", dims(stages, stage), one, func(row, _ string) int64 { return stage.of(row) }, sums{col: called("case.stage")})
	return c.byDim("selesai-menurut-alasan", "case.terminated", reasons, sums{col: after("case.terminated@")})
}

// lastYear is the first and the last day of the year that is over.
func (c *counting) lastYear() (from, to clock.Day, year string) {
	years := c.years()
	year = years[len(years)-1].Key
	return clock.Day(year + "-01-01"), clock.Day(year + "-12-31"), year
}

// afterwards are the visits that were due last year, by what they found.
func (c *counting) afterwards() error {
	from, to, year := c.lastYear()
	of := map[string]summed{}
	var every []summed
	var rows []Head
	for _, month := range []string{"3", "6", "12"} {
		s, err := c.flow("aftercare."+month, from, to)
		if err != nil {
			return err
		}
		delete(s, "void")
		of[month] = s
		every, rows = append(every, s), append(rows, Head{Key: month})
	}
	c.table("mandiri-setelah-pulang", "aftercare@"+year, rows, dims([]string{"independent", "dependent", "unreached", "open"}, every...), func(row, col string) int64 { return of[row].of(col) },
		sums{row: after("aftercare@" + year + "@")})
	return nil
}

// needs are those in a house of last year, by whether all that the law asks for was given.
func (c *counting) needs() error {
	from, to, year := c.lastYear()
	before, err := store.Stock(c.tx, "spm.inside", from.Add(-1), 0)
	if err != nil {
		return err
	}
	came, err := store.Flow(c.tx, "spm.inside.new", from, to, 0)
	if err != nil {
		return err
	}
	met, err := c.flow("spm.met", from, to)
	if err != nil {
		return err
	}
	inside := sumOf(slices.Concat(before, came))
	groups := with(dims(nil, inside), func(key string) int64 { return inside.of(key) })
	c.table("kebutuhan-dasar-terpenuhi", "spm@"+year, groups, []Head{{Key: "met"}, {Key: "unmet"}}, func(row, col string) int64 {
		done := min(met.of(row), inside.of(row))
		if col == "met" {
			return done
		}
		return inside.of(row) - done
	}, sums{row: after("spm@" + year + "@"), col: after("spm@" + year + "@:"), whole: "spm@" + year})
	return nil
}

// quarters are the last four that are over, "2024-Q4".
func (c *counting) quarters() (heads []Head) {
	first := c.on[:5] + []clock.Day{"01", "04", "07", "10"}[(int(c.on[5]-'0')*10+int(c.on[6]-'0')-1)/3] + "-01"
	for k := 4; k >= 1; k-- {
		d := first.AddMonths(-3 * k)
		month, _ := strconv.Atoi(string(d[5:7]))
		heads = append(heads, Head{Key: string(d[:4]) + "-Q" + strconv.Itoa((month+2)/3)})
	}
	return heads
}

// daysOf are the first and the last day of a quarter.
func daysOf(quarter string) (from, to clock.Day) {
	q := int(quarter[6] - '0')
	from = clock.Day(quarter[:4] + "-" + []string{"01", "04", "07", "10"}[q-1] + "-01")
	return from, from.AddMonths(3).Add(-1)
}

func (c *counting) reports() error {
	quarters := c.quarters()
	received, answered := map[string]summed{}, map[string]summed{}
	var kinds, answers []summed
	for _, q := range quarters {
		from, to := daysOf(q.Key)
		r, err := c.flow("report.received", from, to)
		if err != nil {
			return err
		}
		a, err := c.flow("report.answered", from, to)
		if err != nil {
			return err
		}
		received[q.Key], answered[q.Key] = r, a
		kinds, answers = append(kinds, r), append(answers, a)
	}
	var order []string
	for _, k := range law.Reports.Latest().Categories {
		order = append(order, k.Key)
	}
	c.table("laporan-menurut-jenis", "report.received", dims(order, kinds...), quarters, func(row, col string) int64 { return received[col].of(row) }, sums{col: after("report.received@")})
	c.table("laporan-dijawab", "report.answered", quarters, dims([]string{"in_time", "late"}, answers...), func(row, col string) int64 { return answered[row].of(col) }, sums{row: after("report.answered@")})
	return nil
}

// elements is how many marks a form of the survey has (PermenPANRB 14/2017).
const elements = 9

// satisfaction is the index of each year: the mean of all marks, times 25. It is shown with the number of forms, and hidden
// with it.
func (c *counting) satisfaction() error {
	of, err := c.byYear("survey.mark")
	if err != nil {
		return err
	}
	years := c.counted(of)
	marks := func(year string) (n, points int64) {
		for mark := range of[year] {
			v, _ := strconv.ParseInt(mark, 10, 64)
			n += of[year].of(mark)
			points += v * of[year].of(mark)
		}
		return n, points
	}
	c.table("kepuasan-masyarakat", "survey.form", years, one, func(row, _ string) int64 {
		n, _ := marks(row)
		return n / elements
	}, sums{})
	for _, y := range years {
		if n, points := marks(y.Key); n > 0 {
			c.cells["survey.form@"+y.Key+":n"].Extra = (points*2500*2 + n) / (2 * n) // hundredths, a half upwards
		}
	}
	return nil
}
