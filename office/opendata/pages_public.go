package opendata

import (
	"encoding/json"
	"html/template"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/law"
	"tuntas/office/interop"
	"tuntas/office/monitoring"
)

const (
	fresh     = "public, no-cache" // asked each time, answered with 304 while nothing changed
	licence   = "https://creativecommons.org/licenses/by/4.0/"
	publisher = "Dinas Sosial Provinsi Jawa Timur"
)

func (d *Desk) publicRoutes() []web.Route {
	const group = "open figures"
	return []web.Route{
		web.GET("/data", d.getData).Open().Remembered().Says(group, "The datasets that are open, each with its last release").Lists(DatasetBody{}),
		web.GET("/data/{dataset}", d.getDataset).Open().Remembered().Query(Slice{}).Says(group, "A dataset as it was last released; with .csv or .json after its key at /data, as a file").Gives(TableBody{}),
		web.GET("/data/{dataset}/tanya", d.getAsk).Page().Open().Query(about{}),
		web.POST("/data/{dataset}/tanya", d.postAsk).Page().Open().Query(about{}).Takes(question{}),
		web.GET("/catalog.jsonld", d.getCatalogue).Page().Open().Remembered(),
	}
}

// Slice narrows a table to some rows or columns, by their keys, several between commas.
type Slice struct {
	Rows string `query:"baris" maxLength:"400"`
	Cols string `query:"kolom" maxLength:"200"`
}

// cut narrows the table; a key that it has not is refused.
func (q Slice) cut(t Table) (Table, error) {
	rows, err := chosen("baris", q.Rows, t.Rows)
	if err != nil {
		return t, err
	}
	cols, err := chosen("kolom", q.Cols, t.Cols)
	if err != nil {
		return t, err
	}
	var out Table
	for _, j := range cols {
		out.Cols = append(out.Cols, t.Cols[j])
	}
	for _, i := range rows {
		var line []Number
		for _, j := range cols {
			line = append(line, t.Cells[i][j])
		}
		out.Rows, out.Cells = append(out.Rows, t.Rows[i]), append(out.Cells, line)
	}
	return out, nil
}

func chosen(field, keys string, heads []Head) (at []int, err error) {
	if keys == "" {
		for i := range heads {
			at = append(at, i)
		}
		return at, nil
	}
	for key := range strings.SplitSeq(keys, ",") {
		i := slices.IndexFunc(heads, func(h Head) bool { return h.Key == strings.TrimSpace(key) })
		if i < 0 {
			return nil, fail.Bad(field, "unknown", "Tabel ini tidak punya %s.", strings.TrimSpace(key))
		}
		at = append(at, i)
	}
	return at, nil
}

type listPage struct {
	Families []familyOfData
	AsOf     clock.Day
	Data     any
}

type familyOfData struct {
	Key string
	All []Open
}

func (d *Desk) getData(r *web.Request) (web.Answer, error) {
	every, err := d.Listed(r.Context())
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.Whole(web.Bodies(every, func(o Open) DatasetBody { return datasetBody(r.Lang, o) }))
	}
	var p listPage
	for _, f := range Families {
		one := familyOfData{Key: f}
		for _, o := range every {
			if o.Family == f {
				one.All = append(one.All, o)
			}
			if o.Release != nil {
				p.AsOf = max(p.AsOf, o.Release.AsOf)
			}
		}
		p.Families = append(p.Families, one)
	}
	return r.Page("opendata/public_list.html", p)
}

// sheetPage is a dataset as people read it.
type sheetPage struct {
	Sheet
	Lead    string
	RowName string
	Cols    []string
	Rows    []sheetRow
	Share   bool
	Mean    bool
	Hidden  int
	Older   bool // a number of an earlier release stands in it
	Chart   template.HTML
	Title   string // of the chart
	MapSVG  template.HTML
	Legend  []monitoring.Legend
	MapOf   string
	Licence string
	Data    any
}

type sheetRow struct {
	Key, Name string
	Total     bool
	Cells     []sheetCell
	Share     string
}

type sheetCell struct {
	N      string
	Hidden bool
	Mean   string
	Was    string
	WasOn  clock.Day
}

func (d *Desk) getDataset(r *web.Request) (web.Answer, error) {
	key, form := r.Word("dataset"), ""
	for _, suffix := range []string{".csv", ".json"} {
		if name, ok := strings.CutSuffix(key, suffix); ok {
			key, form = name, suffix
		}
	}
	answer, err := d.dataset(r, key, form)
	if err != nil && form != "" && !r.API() {
		return r.Problem(err)
	}
	return answer, err
}

func (d *Desk) dataset(r *web.Request, key, form string) (web.Answer, error) {
	if form != "" && r.API() {
		return nil, fail.NotFound
	}
	var q Slice
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	s, err := d.Sheet(r.Context(), key)
	if err != nil {
		return nil, err
	}
	if s.Table, err = q.cut(s.Table); err != nil {
		return nil, err
	}
	switch {
	case form == ".csv":
		body, err := interop.Table(interop.CSV, csvNames, csvRows(r.Lang, s))
		if err != nil {
			return nil, err
		}
		return r.Plain("text/csv; charset=utf-8", fresh, body)
	case form == ".json":
		body, err := json.MarshalIndent(tableBody(r.Lang, s), "", " ")
		if err != nil {
			return nil, err
		}
		return r.Plain("application/json; charset=utf-8", fresh, append(body, '\n'))
	case r.API():
		return r.JSON(tableBody(r.Lang, s))
	}
	s.Map = s.Map && q.Rows == "" // a map of some districts would say of the others that nobody comes from them
	return r.Page("opendata/public_dataset.html", sheetOf(r, s))
}

// csvNames are the columns of a file: one line for each number, as programs like to read it.
var csvNames = []string{"kode_baris", "baris", "kode_kolom", "kolom", "nilai", "rata_rata", "keadaan", "nilai_terakhir", "nilai_terakhir_per", "per"}

func csvRows(l text.Lang, s Sheet) (rows [][]any) {
	for i, h := range s.Table.Rows {
		for j, c := range s.Table.Cols {
			n := s.Table.Cells[i][j]
			line := []any{h.Key, s.row(l, h), c.Key, s.col(l, c), "", "", "ditutup", "", "", string(s.Release.AsOf)}
			if n.N != nil {
				line[4], line[6] = float64(*n.N), "tampil"
			}
			if n.Mean != nil {
				line[5] = float64(*n.Mean) / 100
			}
			if n.Was != nil {
				line[7], line[8] = float64(*n.Was), string(n.WasOn)
			}
			rows = append(rows, line)
		}
	}
	return rows
}

func sheetOf(r *web.Request, s Sheet) sheetPage {
	p := sheetPage{Sheet: s, RowName: text.T(r.Lang, string(rowWords[s.Dataset.Rows])), Licence: licence, Share: s.Part != ""}
	for _, c := range s.Table.Cols {
		p.Cols = append(p.Cols, s.col(r.Lang, c))
	}
	for i, h := range s.Table.Rows {
		row := sheetRow{Key: h.Key, Name: s.row(r.Lang, h), Total: h.Key == all}
		for _, n := range s.Table.Cells[i] {
			c := sheetCell{Hidden: n.N == nil, WasOn: n.WasOn}
			if n.N != nil {
				c.N = text.Number(r.Lang, *n.N)
			} else {
				p.Hidden++
			}
			if n.Was != nil {
				c.Was, p.Older = text.Number(r.Lang, *n.Was), true
			}
			if n.Mean != nil {
				c.Mean, p.Mean = text.Decimal(r.Lang, float64(*n.Mean)/100, 2), true
			}
			row.Cells = append(row.Cells, c)
		}
		if part, whole, ok := s.share(s.Table, h.Key); ok {
			row.Share = text.Decimal(r.Lang, 100*float64(part)/float64(whole), 1) + "%"
		}
		p.Rows = append(p.Rows, row)
	}
	p.Lead = lead(r.Lang, s)
	p.draw(r)
	p.Data = schemaOf(r, s)
	return p
}

// lead says the total of a table in a sentence, where it is shown.
func lead(l text.Lang, s Sheet) string {
	if len(s.Table.Rows) == 0 {
		return ""
	}
	last := s.Table.Rows[len(s.Table.Rows)-1]
	col := s.Table.Cols[len(s.Table.Cols)-1]
	n, _ := s.Table.At(last.Key, col.Key)
	switch {
	case n.N == nil:
		return ""
	case s.Of == "forms" && n.Mean != nil:
		return text.T(l, "%s: IKM %s dari %s formulir.", s.row(l, last), text.Decimal(l, float64(*n.Mean)/100, 2), text.Number(l, *n.N))
	case last.Key != all:
		return ""
	case s.Cols == "year":
		return text.T(l, "%s orang pada %s.", text.Number(l, *n.N), col.Key)
	case s.Of == "reports":
		return text.T(l, "%s laporan.", text.Number(l, *n.N))
	}
	return text.T(l, "%s orang.", text.Number(l, *n.N))
}

// draw makes the chart, and the map where the rows are districts.
func (p *sheetPage) draw(r *web.Request) {
	t := p.Table
	if len(t.Rows) == 0 {
		return
	}
	j := len(t.Cols) - 1 // the total of a row, or its last year
	if p.Part != "" {
		if k := slices.IndexFunc(t.Cols, func(h Head) bool { return h.Key == p.Part }); k >= 0 {
			j = k
		}
	}
	p.Title = p.Cols[j]
	if t.Cols[j].Key == all {
		p.Title = text.T(r.Lang, p.Name)
	}
	if p.Dataset.Rows == "month" {
		var points []page.LinePoint
		for i, h := range t.Rows {
			one := page.LinePoint{Name: text.MonthShort(r.Lang, h.Key)}
			if n := t.Cells[i][j].N; n != nil {
				one.Value, one.Known = float64(*n), true
			}
			points = append(points, one)
		}
		p.Chart = page.Line(r.Lang, text.T(r.Lang, p.Name), points, nil)
		return
	}
	var bars []page.Bar
	var areas []monitoring.Area
	for i, h := range t.Rows {
		n := t.Cells[i][j]
		if h.Key != all && n.N != nil && *n.N > 0 {
			bars = append(bars, page.Bar{Name: p.row(r.Lang, h), N: *n.N})
		}
		if p.Map {
			area := monitoring.Area{Code: h.Key, Name: p.row(r.Lang, h), Hidden: n.N == nil}
			if n.N != nil {
				area.N = *n.N
			}
			areas = append(areas, area)
		}
	}
	if p.Map {
		p.MapOf = p.Title
		p.MapSVG, p.Legend = monitoring.Draw(r.Lang, every(areas))
		return
	}
	if len(bars) > 1 {
		slices.SortStableFunc(bars, func(a, b page.Bar) int {
			if p.Dataset.Rows != "centre" && p.Dataset.Rows != "kind" && p.Dataset.Rows != "reason" {
				return 0
			}
			return int(b.N - a.N)
		})
		p.Chart = page.Bars(r.Lang, bars)
	}
}

// every adds the districts that the table has no row for, as nobody comes from them, and drops what is no district.
func every(areas []monitoring.Area) (all []monitoring.Area) {
	for _, g := range law.Regions.Latest() {
		i := slices.IndexFunc(areas, func(a monitoring.Area) bool { return a.Code == g.Code })
		if i < 0 {
			all = append(all, monitoring.Area{Code: g.Code, Name: g.Name})
			continue
		}
		all = append(all, areas[i])
	}
	return all
}
