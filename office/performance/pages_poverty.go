package performance

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/web"
	"tuntas/law"
	"tuntas/office/casework"
)

// PovertyBody is what became of those who left in a year: each number of the matrix counts people whose first known decile,
// perhaps before care ended, is the row and whose last is the column, both from 1 to 10.
type PovertyBody struct {
	Year     int64         `json:"year"`
	Centre   *id.ID        `json:"centre_id"`
	All      int64         `json:"left"`
	Known    int64         `json:"deciles_known_twice"`
	Rose     int64         `json:"rose"`
	Fell     int64         `json:"fell"`
	Poor     int64         `json:"poor_decile"`
	WerePoor int64         `json:"were_poor"`
	LeftPoor int64         `json:"left_poor"`
	Deciles  [10][10]int64 `json:"deciles"`
	Income   GainBody      `json:"income"`
	Work     GainBody      `json:"work"`
	Head     GainBody      `json:"income_per_head"`
	Same     int64         `json:"income_same_percent"`
	Aid      AidMoveBody   `json:"aid"`
}

// AidMoveBody is how the aid to households moved, of those in whom it was known twice.
type AidMoveBody struct {
	Known int64 `json:"known_twice"`
	Kept  int64 `json:"kept"`
	Ended int64 `json:"ended"`
	Began int64 `json:"began"`
	Never int64 `json:"never"`
}

// GainBody is how something moved, of those in whom it was known twice.
type GainBody struct {
	Known  int64 `json:"known_twice"`
	Better int64 `json:"better"`
	Same   int64 `json:"same"`
	Worse  int64 `json:"worse"`
}

func povertyBody(p Poverty) PovertyBody {
	return PovertyBody{p.Year, p.Span.Centre.Known(), p.All, p.Known, p.Rose, p.Fell, p.Poor, p.WerePoor, p.LeftPoor, p.Decile, GainBody(p.Income), GainBody(p.Work),
		GainBody(p.Head), p.Same, AidMoveBody(p.Aid)}
}

type povertyPage struct {
	Poverty
	chooser
	Rows    []decileRow
	Reach   string // whose people these are
	Columns []int64
	Moves   []moves
	Had     int64   // households that received aid at first, of those known twice
	Left    moveRow // the deciles of the poor
	Bands   []moveRow
	Rule    string
}

// moves is a table of how something moved, of those in whom it was known twice; each number opens its people.
type moves struct {
	Title      string
	Known, All int64
	Rows       []moveRow
}

type moveRow struct {
	Name string
	N    int64
	Href template.URL
}

// open fills the rows' addresses: an indicator and the values behind the numbers.
func (p Poverty) open(indicator string, dims ...string) (all []template.URL) {
	q := url.Values{"from": {string(p.Span.From)}, "to": {string(p.Span.To)}, "part": {"denominator"}}
	if p.Span.Centre != 0 {
		q.Set("centre", p.Span.Centre.String())
	}
	for _, dim := range dims {
		q.Set("dim", dim)
		all = append(all, template.URL("/indicators/"+indicator+"/records?"+q.Encode())) //nolint:gosec // encoded values
	}
	return all
}

func (p povertyPage) tables(r *web.Request) []moves {
	aid := p.open("aid_ended", casework.Aided+">"+casework.Unaided, casework.Unaided+">"+casework.Aided, casework.Aided+">"+casework.Aided, casework.Unaided+">"+casework.Unaided)
	work := p.open("work_began", worksMoved(p.Span.To)...)
	return []moves{
		{r.Say("Pendapatan per orang"), p.Head.Known, p.All, p.Head.rows(r, p.open("head_rose", casework.HeadRose, casework.HeadSame, casework.HeadFell))},
		{r.Say("Bantuan bagi rumah tangga"), p.Aid.Known, p.All, []moveRow{{r.Say("menerima, kini tidak"), p.Aid.Ended, aid[0]}, {r.Say("tidak, kini menerima"), p.Aid.Began, aid[1]},
			{r.Say("tetap menerima"), p.Aid.Kept, aid[2]}, {r.Say("tetap tidak menerima"), p.Aid.Never, aid[3]}}},
		{r.Say("Pekerjaan"), p.Work.Known, p.All, []moveRow{{r.Say("mulai bekerja atau bersekolah"), p.Work.Better, work[0]}, {r.Say("tetap"), p.Work.Same, work[1]}, {r.Say("berhenti|pekerjaan"), p.Work.Worse, work[2]}}}}
}

// rows are how an income moved, each with its people.
func (g Gain) rows(r *web.Request, open []template.URL) []moveRow {
	return []moveRow{{r.Say("naik|pendapatan"), g.Better, open[0]}, {r.Say("tetap"), g.Same, open[1]}, {r.Say("turun"), g.Worse, open[2]}}
}

func worksMoved(on clock.Day) []string { return moved(law.Standard.On(on).Works, working) }

func bandsMoved(on clock.Day) []string {
	bands := law.Standard.On(on).IncomeBands
	return moved(bands, func(key string) int { return place(bands, key) })
}

// moved are the values behind each way in which something of a list moved, as its numbers are counted: up, the same, down.
// What is not known, or does not apply, is not compared.
func moved(list []law.Named, rank func(key string) int) []string {
	var all [3][]string
	list = slices.DeleteFunc(slices.Clone(list), func(n law.Named) bool { return n.Key == "unknown" || n.Key == "not_applicable" })
	for _, first := range list {
		for _, last := range list {
			way := 1 - cmp.Compare(rank(last.Key), rank(first.Key))
			all[way] = append(all[way], first.Key+">"+last.Key)
		}
	}
	return []string{strings.Join(all[0], ","), strings.Join(all[1], ","), strings.Join(all[2], ",")}
}

// leftPoor are the values behind those who left the deciles of the poor.
func leftPoor(poor int64) string {
	var all []string
	for first := int64(1); first <= poor; first++ {
		for last := poor + 1; last <= 10; last++ {
			all = append(all, decilesMoved(first, last))
		}
	}
	return strings.Join(all, ",")
}

func decilesMoved(first, last int64) string { return fmt.Sprintf("%d>%d", first, last) }

type decileRow struct {
	From  int64
	Cells []decileCell
}

type decileCell struct {
	N    int64
	Href template.URL
	Up   bool
}

// getPoverty is for who may open the people behind figures: cells of a matrix are small.
func (d *Desk) getPoverty(r *web.Request) (web.Answer, error) {
	var named Ask
	if err := r.Filter(&named); err != nil {
		return nil, err
	}
	a, err := asked(r)
	if err != nil {
		return nil, err
	}
	if named.Year == 0 {
		a.Year-- // who left this year was hardly visited twice
	}
	p, err := d.Poverty(r.Context(), r.By, a.Year, a.Centre)
	if err != nil {
		return nil, err
	}
	return r.Show("performance/poverty.html", func() (any, error) {
		v := povertyPage{Poverty: p, chooser: Cascade{Centres: p.Centres}.chooser(r, a, "/performance/poverty"), Reach: p.There.Name, Rule: law.Performance.Version(p.Span.To)}
		if at := r.By.Scope.Only(); v.Reach == "" && !r.By.Scope.All {
			v.Reach = r.Say("UPT Anda")
			for _, c := range p.Centres {
				if c.ID == at {
					v.Reach = c.Name
				}
			}
		}
		v.Had, v.Moves, v.Bands = p.Aid.Ended+p.Aid.Kept, v.tables(r), p.Income.rows(r, p.open("band_rose", bandsMoved(p.Span.To)...))
		v.Left = moveRow{N: p.LeftPoor, Href: p.open("left_poor", leftPoor(p.Poor))[0]}
		for n := range int64(10) {
			v.Columns = append(v.Columns, n+1)
			row := decileRow{From: n + 1}
			for k, count := range p.Decile[n] {
				cell := decileCell{N: count, Up: int64(k) > n}
				if count > 0 {
					cell.Href = p.open("left_poor", decilesMoved(n+1, int64(k)+1))[0]
				}
				row.Cells = append(row.Cells, cell)
			}
			v.Rows = append(v.Rows, row)
		}
		return v, nil
	}, povertyBody(p))
}
