package front

import (
	"tuntas/house/web"
	"tuntas/office/interop"
)

// getBalanceSheet gives the account of a month as a workbook: numbers alone, nobody's data.
func (d *Desk) getBalanceSheet(r *web.Request) (web.Answer, error) {
	name, head, rows, err := d.Figures.BalanceSheet(r)
	if err != nil {
		return nil, err
	}
	book, err := interop.Workbook(head, rows)
	if err != nil {
		return nil, err
	}
	return r.File(name, interop.WorkbookType, book)
}
