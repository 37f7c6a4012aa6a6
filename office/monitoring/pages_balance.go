package monitoring

import (
	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/law"
	"tuntas/office/centre"
)

// AskBalance is the query of the account of a month.
type AskBalance struct {
	Centre id.ID  `query:"centre"`
	Month  string `query:"month" maxLength:"7"` // 2026-11; "" is this month
}

// balancePage is the account of a month at one centre or in the province, fit for printing.
type balancePage struct {
	Balance
	At      centre.Centre // zero: the province
	Centres []page.Option
	Months  []page.Option
	Month   string
	Over    bool // the month: its letter may be written
	Rows    []balanceRow
	Reasons []reasonRow
}

type balanceRow struct {
	Name                      string
	Opening, In, Out, Closing int64
}

type reasonRow struct {
	Name string
	N    int64
}

func (d *Desk) getBalance(r *web.Request) (web.Answer, error) {
	var a AskBalance
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	if all := r.By.Scope.Centres; a.Centre == 0 && !r.By.Scope.All && len(all) == 1 {
		a.Centre = all[0]
	}
	p := balancePage{Month: a.Month}
	to, err := monthEnd(a.Month, r.Today())
	if err != nil {
		return nil, err
	}
	if p.Month == "" {
		p.Month = string(to[:7])
	}
	centres, err := d.centres(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	for _, c := range centres {
		if !c.ClientService {
			continue
		}
		p.Centres = append(p.Centres, page.Option{Value: c.ID.String(), Name: c.Name})
		if c.ID == a.Centre {
			p.At = c
		}
	}
	if a.Centre != 0 && p.At.ID == 0 {
		return nil, fail.NotFound
	}
	if p.Balance, err = d.MonthOf(r.Context(), r.By, a.Centre, to); err != nil {
		return nil, err
	}
	p.Over = clock.Day(p.Month+"-01").AddMonths(1) <= r.Today()
	p.lay(r)
	return r.Page("monitoring/balance.html", p)
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

func (p *balancePage) lay(r *web.Request) {
	for _, sex := range []string{"female", "male", "unknown"} {
		row := balanceRow{dimName(r.Lang, sex), p.OpeningOf[sex], p.InOf[sex], p.OutOf[sex], p.Balance.At[sex]}
		if row.Opening+row.In+row.Out+row.Closing > 0 {
			p.Rows = append(p.Rows, row)
		}
	}
	for _, reason := range law.Standard.On(p.To).ExitReasons {
		if n := p.ByReason[reason.Key]; n > 0 {
			p.Reasons = append(p.Reasons, reasonRow{reason.In(string(r.Lang)), n})
		}
	}
	first := r.Today()[:8] + "01"
	for i := range monthsShown {
		m := first.AddMonths(-i)
		p.Months = append(p.Months, page.Option{Value: m.Month(), Name: text.MonthName(r.Lang, m.Month())})
	}
}

// Query narrows a link to the records of the month.
func (p balancePage) Query() string {
	q := "from=" + string(p.From) + "&to=" + string(p.To)
	if p.At.ID != 0 {
		q += "&centre=" + p.At.ID.String()
	}
	return q
}
