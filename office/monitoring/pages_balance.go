package monitoring

import (
	"cmp"
	"html/template"
	"net/url"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

// AskBalance is the query of the account of a month.
type AskBalance struct {
	Centre id.ID  `query:"centre"`
	Month  string `query:"month" maxLength:"7"` // 2026-11; "" is this month
	By     string `query:"by" enum:"sex,age,home_region"`
}

// balancePage is the account of a month at one centre or in the province, fit for printing.
type balancePage struct {
	Balance
	place
	Months  []page.Option
	Month   string
	Ways    []page.Tab
	Head    string // of the first column
	Lines   []balanceLine
	Sum     balanceLine
	Over    bool // the month: its letter may be written
	Reasons []reasonRow
}

// balanceLine is a row with the lists behind its four numbers; a list is "" for who may not open it.
type balanceLine struct {
	BalanceRow
	Name                      string
	Was, Arrived, Left, Stays template.URL
}

type reasonRow struct {
	Name string
	N    int64
	Href template.URL
}

// BalanceBody is the account of a month in the API.
type BalanceBody struct {
	Month   string           `json:"month"`
	From    clock.Day        `json:"from"`
	To      clock.Day        `json:"to"`
	By      string           `json:"by"`
	Opening int64            `json:"opening"`
	In      int64            `json:"in"`
	Out     int64            `json:"out"`
	Closing int64            `json:"closing"`
	Rows    []BalanceRowBody `json:"rows"`
	Reasons map[string]int64 `json:"out_by_reason"`
}

// BalanceRowBody is one row of it; the key is "" for the stays that are not yet counted by it.
type BalanceRowBody struct {
	Key     string `json:"key"`
	Name    string `json:"name"`
	Opening int64  `json:"opening"`
	In      int64  `json:"in"`
	Out     int64  `json:"out"`
	Closing int64  `json:"closing"`
}

// place is for whom a page of figures was asked: one centre, or the province.
type place struct {
	There   centre.Centre // zero: the province
	Centres []page.Option
}

// placed finds the centre that was asked for; who works at one centre sees that one first.
func placed(at id.ID, all []centre.Centre) (p place, err error) {
	for _, c := range all {
		if !c.ClientService {
			continue
		}
		p.Centres = append(p.Centres, page.Option{Value: c.ID.String(), Name: c.Name})
		if c.ID == at {
			p.There = c
		}
	}
	if at != 0 && p.There.ID == 0 {
		return p, fail.NotFound
	}
	return p, nil
}

// own gives the asker's one centre where none was asked for.
func own(by who.Asker, at id.ID) id.ID {
	return cmp.Or(at, by.Scope.Only())
}

func (d *Desk) getBalance(r *web.Request) (web.Answer, error) {
	p, err := d.balance(r)
	if err != nil {
		return nil, err
	}
	p.Over = clock.Day(p.Month+"-01").AddMonths(1) <= r.Today()
	return r.Show("monitoring/balance.html", func() (any, error) { p.lay(r); return p, nil }, p.body(r))
}

// BalanceSheet is the account that a request asks for, as the rows of a workbook under a name of its own; the whole comes
// last.
func (d *Desk) BalanceSheet(r *web.Request) (name string, head []string, rows [][]any, err error) {
	p, err := d.balance(r)
	if err != nil {
		return "", nil, nil, err
	}
	p.lay(r)
	head = []string{p.Head, r.Say("Awal bulan"), r.Say("Masuk|panti"), r.Say("Keluar|panti"), r.Say("Akhir")}
	for _, l := range p.Lines {
		rows = append(rows, []any{l.Name, float64(l.Opening), float64(l.In), float64(l.Out), float64(l.Closing)})
	}
	rows = append(rows, []any{r.Say("Jumlah|semua"), float64(p.Opening), float64(p.In), float64(p.Out), float64(p.Closing)})
	return "neraca-" + p.Month + "-" + p.By, head, rows, nil
}

func (d *Desk) balance(r *web.Request) (p balancePage, err error) {
	var a AskBalance
	if err := r.Filter(&a); err != nil {
		return p, err
	}
	if !r.API() {
		a.Centre = own(r.By, a.Centre)
	}
	if a.By == "" {
		a.By = bySex
	}
	to, err := monthEnd(a.Month, r.Today())
	if err != nil {
		return p, err
	}
	centres, err := d.centres(r.Context(), r.By)
	if err != nil {
		return p, err
	}
	p.Month = to.Month()
	if p.place, err = placed(a.Centre, centres); err != nil {
		return p, err
	}
	p.Balance, err = d.MonthBy(r.Context(), r.By, a.Centre, to, a.By)
	return p, err
}

// Query is the account's address without its page, for the same account as a workbook.
func (p balancePage) Query() template.URL {
	q := url.Values{"by": {p.By}, "month": {p.Month}}
	if p.There.ID != 0 {
		q.Set("centre", p.There.ID.String())
	}
	return template.URL(q.Encode()) //nolint:gosec // encoded values
}

// monthEnd is the last day of a month, or today when the month still runs.
func monthEnd(month string, today clock.Day) (clock.Day, error) {
	if month == "" {
		return today, nil
	}
	first := clock.Day(month + "-01")
	if !first.Valid() || first > today {
		return "", fail.Bad("month", "month", "Tulis bulan sebagai 2026-11, tidak lebih dari bulan ini.")
	}
	return min(first.AddMonths(1).Add(-1), today), nil
}

const monthsShown = 24

var balanceHeads = map[string]string{bySex: "Jenis kelamin", byAge: "Umur saat masuk", byRegion: "Daerah asal"}

func (p *balancePage) lay(r *web.Request) {
	p.Head = r.Say(balanceHeads[p.By])
	for _, way := range []string{bySex, byAge, byRegion} {
		q := url.Values{"by": {way}, "month": {p.Month}}
		if p.There.ID != 0 {
			q.Set("centre", p.There.ID.String())
		}
		p.Ways = append(p.Ways, page.Tab{Path: "/balance?" + q.Encode(), Name: balanceHeads[way], Current: way == p.By})
	}
	for _, row := range p.Balance.Rows() {
		p.Lines = append(p.Lines, p.line(r, row))
	}
	p.Sum = p.line(r, BalanceRow{"", p.Opening, p.In, p.Out, p.Closing})
	for _, reason := range law.Standard.On(p.To).ExitReasons {
		if n := p.ByReason[reason.Key]; n > 0 {
			p.Reasons = append(p.Reasons, reasonRow{reason.In(string(r.Lang)), n, p.behind(r, "exits", "", reason.Key, p.From, p.To)})
		}
	}
	first := r.Today()[:8] + "01"
	for i := range monthsShown {
		m := first.AddMonths(-i)
		p.Months = append(p.Months, page.Option{Value: m.Month(), Name: text.MonthName(r.Lang, m.Month())})
	}
}

func (p *balancePage) line(r *web.Request, row BalanceRow) balanceLine {
	l := balanceLine{BalanceRow: row, Name: r.Say("Belum dihitung")}
	by := p.By
	if row.Key != "" {
		l.Name = dimName(r.Lang, row.Key)
	} else {
		by = "" // the whole, or the rest, which has no list of its own
	}
	before := p.From.Add(-1)
	l.Was = p.behind(r, "occupancy", by, row.Key, before, before)
	l.Arrived = p.behind(r, "arrivals", by, row.Key, p.From, p.To)
	l.Left = p.behind(r, "departures", by, row.Key, p.From, p.To)
	l.Stays = p.behind(r, "occupancy", by, row.Key, p.From, p.To)
	return l
}

// behind is the list behind a number; "" for who may not open it.
func (p *balancePage) behind(r *web.Request, key, by, dim string, from, to clock.Day) template.URL {
	if !r.By.May(who.SeeRecords) {
		return ""
	}
	return recordsURL(key, by, dim, Span{from, to, p.There.ID})
}

// recordsURL is the address of the list behind a figure.
func recordsURL(key, by, dim string, s Span) template.URL {
	q := url.Values{"from": {string(s.From)}, "to": {string(s.To)}}
	if by != "" && by != bySex {
		q.Set("by", by)
	}
	if dim != "" {
		q.Set("dim", dim)
	}
	if s.Centre != 0 {
		q.Set("centre", s.Centre.String())
	}
	return template.URL("/indicators/" + key + "/records?" + q.Encode()) //nolint:gosec // encoded values
}

func (p *balancePage) body(r *web.Request) BalanceBody {
	b := BalanceBody{Month: p.Month, From: p.From, To: p.To, By: p.By, Opening: p.Opening, In: p.In, Out: p.Out, Closing: p.Closing,
		Rows: []BalanceRowBody{}, Reasons: p.ByReason}
	for _, row := range p.Balance.Rows() {
		l := p.line(r, row)
		b.Rows = append(b.Rows, BalanceRowBody{row.Key, l.Name, row.Opening, row.In, row.Out, row.Closing})
	}
	return b
}
