package monitoring

import (
	"cmp"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/law"
)

// ReportBody is the monthly report of an institution in the API. Provisional: the month is not closed.
type ReportBody struct {
	Centre      id.ID                   `json:"centre_id"`
	Month       string                  `json:"month"`
	Provisional bool                    `json:"provisional"`
	ClosedOn    *clock.Day              `json:"closed_on"`
	Revised     bool                    `json:"revised"`
	Accounts    map[string]BalanceBody  `json:"accounts"`
	Reported    map[string]int64        `json:"reported"`
	Services    map[string]int64        `json:"services_by_item"`
	Staff       map[string]StaffOfMonth `json:"staff_by_kind"`
}

// StaffOfMonth is how many of a kind there were on the last day, and how many of them with a certificate.
type StaffOfMonth struct {
	Posts     int64 `json:"posts"`
	Certified int64 `json:"certified"`
}

// reportPart is one table of the report.
type reportPart struct {
	Head string
	Rows []reportRow
}

type reportRow struct {
	BalanceRow
	Name string
}

type reportLine struct {
	Name string
	N    int64
	Of   int64 // with a certificate
}

type reportPage struct {
	Report
	MonthName                string
	Tables                   []reportPart
	Reasons, Services, Staff []reportLine
	Given                    int64 // services in all
	Running                  bool
}

// Title names the month and the place.
func (p reportPage) Title() string { return p.MonthName + ", " + p.There.Name }

// Path is the report's own address.
func (p reportPage) Path() string { return "/centres/" + p.There.ID.String() + "/reports/" + p.Month }

// Said is what was reported of a figure when the month was closed.
func (p reportPage) Said(key string) int64 { return p.Reported[key].Numerator }

func (d *Desk) reportPage(r *web.Request) (p reportPage, err error) {
	if p.Report, err = d.ReportOf(r.Context(), r.By, r.ID("centre"), r.Word("month")); err != nil {
		return p, err
	}
	p.MonthName = text.MonthName(r.Lang, p.Month)
	p.Running = p.Balance().To.Add(1).Month() == p.Month
	for _, b := range p.Parts {
		t := reportPart{Head: r.Say(balanceHeads[b.By])}
		for _, row := range b.Rows() {
			name := r.Say("Belum dihitung")
			if row.Key != "" {
				name = dimName(r.Lang, row.Key)
			}
			t.Rows = append(t.Rows, reportRow{row, name})
		}
		p.Tables = append(p.Tables, t)
	}
	for _, reason := range law.Standard.On(p.Balance().To).ExitReasons {
		if n := p.Balance().ByReason[reason.Key]; n > 0 {
			p.Reasons = append(p.Reasons, reportLine{Name: reason.In(string(r.Lang)), N: n})
		}
	}
	for key, n := range p.Report.Services {
		i, _ := law.ItemOf(key)
		p.Services = append(p.Services, reportLine{Name: cmp.Or(i.In(string(r.Lang)), key), N: n})
		p.Given += n
	}
	slices.SortFunc(p.Services, func(a, b reportLine) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	for key, n := range p.Report.Staff {
		if n > 0 {
			p.Staff = append(p.Staff, reportLine{dimName(r.Lang, key), n, p.Certified[key]})
		}
	}
	slices.SortFunc(p.Staff, func(a, b reportLine) int { return cmp.Compare(a.Name, b.Name) })
	return p, nil
}

func (d *Desk) getReport(r *web.Request) (web.Answer, error) {
	p, err := d.reportPage(r)
	if err != nil {
		return nil, err
	}
	return r.Show("monitoring/report.html", p, func() (any, error) { return p.body(), nil })
}

func (p reportPage) body() ReportBody {
	b := ReportBody{Centre: p.There.ID, Month: p.Month, Provisional: p.Closed == nil, Revised: p.Revised(), Accounts: map[string]BalanceBody{}, Reported: map[string]int64{},
		Services: p.Report.Services, Staff: map[string]StaffOfMonth{}}
	if p.Closed != nil {
		b.ClosedOn = p.Closed.On.Known()
	}
	for n, part := range p.Parts {
		a := BalanceBody{Month: p.Month, From: part.From, To: part.To, By: part.By, Opening: part.Opening, In: part.In, Out: part.Out, Closing: part.Closing, Rows: []BalanceRowBody{}, Reasons: part.ByReason}
		for _, row := range p.Tables[n].Rows {
			a.Rows = append(a.Rows, BalanceRowBody{row.Key, row.Name, row.Opening, row.In, row.Out, row.Closing})
		}
		b.Accounts[part.By] = a
	}
	for key, f := range p.Reported {
		b.Reported[key] = f.Numerator
	}
	for key, n := range p.Report.Staff {
		b.Staff[key] = StaffOfMonth{n, p.Certified[key]}
	}
	return b
}

// ReportSheet is the monthly report as the rows of a workbook: one table under the other, the part in the first column.
func (d *Desk) ReportSheet(r *web.Request) (name string, head []string, rows [][]any, err error) {
	p, err := d.reportPage(r)
	if err != nil {
		return "", nil, nil, err
	}
	head = []string{r.Say("Bagian|laporan"), r.Say("Rincian"), r.Say("Awal bulan"), r.Say("Masuk|panti"), r.Say("Keluar|panti"), r.Say("Akhir")}
	b := p.Balance()
	rows = append(rows, []any{r.Say("Jumlah|semua"), p.There.Name, float64(b.Opening), float64(b.In), float64(b.Out), float64(b.Closing)})
	for _, t := range p.Tables {
		for _, l := range t.Rows {
			rows = append(rows, []any{t.Head, l.Name, float64(l.Opening), float64(l.In), float64(l.Out), float64(l.Closing)})
		}
	}
	for _, l := range p.Reasons {
		rows = append(rows, []any{r.Say("Selesai dari panti menurut alasan"), l.Name, nil, nil, float64(l.N), nil})
	}
	for _, l := range p.Services {
		rows = append(rows, []any{r.Say("Layanan yang diberikan"), l.Name, nil, nil, nil, float64(l.N)})
	}
	for _, l := range p.Staff {
		rows = append(rows, []any{r.Say("Petugas pada akhir masa"), l.Name, nil, nil, nil, float64(l.N)}, []any{r.Say("Petugas bersertifikat"), l.Name, nil, nil, nil, float64(l.Of)})
	}
	return "laporan-" + p.There.Code + "-" + p.Month, head, rows, nil
}
