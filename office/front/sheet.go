package front

import (
	"strconv"

	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/law"
	"tuntas/office/interop"
	"tuntas/office/needs"
)

// rowsOf lays something out as rows under a name without its ending: numbers alone, nobody's data.
type rowsOf func(*web.Request) (name string, head []string, rows [][]any, err error)

// sheet gives what a desk lays out as rows as a workbook.
func sheet(of rowsOf) web.Handler { return table(of, interop.XLSX, ".xlsx", interop.WorkbookType) }

// plain gives the same rows as CSV.
func plain(of rowsOf) web.Handler { return table(of, interop.CSV, ".csv", "text/csv; charset=utf-8") }

func table(of rowsOf, form, ending, kind string) web.Handler {
	return func(r *web.Request) (web.Answer, error) {
		name, head, rows, err := of(r)
		if err != nil {
			return nil, err
		}
		body, err := interop.Table(form, head, rows)
		if err != nil {
			return nil, err
		}
		return r.File(name+ending, kind, body)
	}
}

// getNeedSheet gives the needs of a filter as a workbook in the layout of a work plan and budget (RKA): what, for whom, how
// many, at what price, from which money (Permensos 16/2019 Pasal 46 huruf c, 49 ayat (2)).
func (d *Desk) getNeedSheet(r *web.Request) (web.Answer, error) {
	ask, all, names, err := d.Needs.Budget(r)
	if err != nil {
		return nil, err
	}
	b := budgetOf(r, r.Say("Rencana kerja dan anggaran kebutuhan UPT"))
	for _, n := range all {
		add(r, &b, names, n.Need, n.Because)
	}
	name := "kebutuhan-upt.xlsx"
	if ask.Year != 0 {
		name = "kebutuhan-upt-" + strconv.FormatInt(ask.Year, 10) + ".xlsx"
	}
	return budgetFile(r, name, b)
}

// getPlanSheet gives the needs that a plan pays for as a workbook: what the plan costs is the sum of its lines.
func (d *Desk) getPlanSheet(r *web.Request) (web.Answer, error) {
	p, all, names, err := d.Plans.Budget(r.Context(), r.By, r.ID("actionplan"))
	if err != nil {
		return nil, err
	}
	b := budgetOf(r, r.Say("Rencana aksi: %s, pagu %s", p.Name, text.Money(r.Lang, p.Ceiling)))
	for _, n := range all {
		add(r, &b, names, n, "")
	}
	return budgetFile(r, "rencana-aksi-"+strconv.FormatInt(p.Year, 10)+".xlsx", b)
}

func budgetFile(r *web.Request, name string, b interop.Budget) (web.Answer, error) {
	book, err := b.Workbook()
	if err != nil {
		return nil, err
	}
	return r.File(name, interop.WorkbookType, book)
}

// budgetOf is a budget without lines yet.
func budgetOf(r *web.Request, title string) interop.Budget {
	return interop.Budget{Title: []string{title, r.Say("Dinas Sosial Provinsi Jawa Timur, data per %s", r.Today())},
		Head: []string{r.Say("No."), r.Say("Uraian kebutuhan"), r.Say("Masalah yang diatasi"), r.Say("Jenis kebutuhan"), r.Say("Butir standar"), r.Say("Volume"), r.Say("Satuan"),
			r.Say("Harga satuan (Rp)"), r.Say("Jumlah (Rp)"), r.Say("Tahun anggaran"), r.Say("Sumber dana"), r.Say("Prioritas"), r.Say("Keadaan")},
		Widths: []float64{6, 38, 38, 22, 16, 10, 12, 18, 20, 10, 24, 10, 14}, Sum: r.Say("Jumlah|semua"), Volume: 5, Price: 7, Amount: 8}
}

// add puts a need under its institution; needs come in the order of their institutions.
func add(r *web.Request, b *interop.Budget, names map[id.ID]string, n needs.Need, because string) {
	if len(b.Groups) == 0 || b.Groups[len(b.Groups)-1].Name != names[n.Centre] {
		b.Groups = append(b.Groups, interop.BudgetGroup{Name: names[n.Centre]})
	}
	g := &b.Groups[len(b.Groups)-1]
	g.Rows = append(g.Rows, []any{float64(len(g.Rows) + 1), n.Name, because, needs.KindWord(r, n.Kind), n.Criterion, float64(n.Quantity), n.Unit,
		float64(n.UnitPrice), float64(n.Cost), strconv.FormatInt(n.Year, 10), fundWords(r, n), float64(n.Priority), needs.StateWord(r, n.State)})
}

// fundWords names where the money comes from.
func fundWords(r *web.Request, n needs.Need) string {
	f, _ := law.Find(law.Standard.On(r.Today()).Fundings, n.Fund)
	if n.FundNote != "" {
		return f.In(string(r.Lang)) + ": " + n.FundNote
	}
	return f.In(string(r.Lang))
}
