package front

import (
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/office/interop"
	"tuntas/office/spm"
)

// getSPMSheet gives the attachment of the LPPD as a workbook: each item of each group under its X and Y (PP 2/2018
// Pasal 17). Numbers alone, nobody's data.
func (d *Desk) getSPMSheet(r *web.Request) (web.Answer, error) {
	y, all, err := d.SPM.Attached(r)
	if err != nil {
		return nil, err
	}
	head := []string{r.Say("Kelompok"), r.Say("Butir"), r.Say("Butuh"), r.Say("Tersedia"), r.Say("Kurang"), r.Say("Biaya kekurangan"), r.Say("Dilayani"), "%", r.Say("Keterangan")}
	var rows [][]any
	for _, t := range all {
		rows = append(rows, spmRows(r, t)...)
	}
	rows = append(rows, []any{r.Say("Data sampai %s. Aturan: %s.", text.Day(r.Lang, all[0].To), spm.Version(all[0].To)), "", "", "", "", "", "", "", ""})
	book, err := interop.Workbook(head, rows)
	if err != nil {
		return nil, err
	}
	return r.File("lampiran-lppd-spm-"+y.Text()+".xlsx", interop.WorkbookType, book)
}

// spmRows are the items of a group, and a line for X over Y. What nobody said stays empty: it is no nought.
func spmRows(r *web.Request, t spm.Table) (rows [][]any) {
	name := t.Group.In(string(r.Lang))
	for _, row := range t.Rows {
		line := []any{name, row.Item.In(string(r.Lang)), float64(row.Needed), "", "", "", float64(row.Served), "", ""}
		if row.Said > 0 {
			line[3], line[4], line[5] = float64(row.Available), float64(row.Short), float64(row.Cost)
		}
		if p, ok := row.Percent(); ok {
			line[7] = p
		}
		if row.Unsaid > 0 {
			line[8] = r.Say("%d UPT belum mengisi yang tersedia", row.Unsaid)
		}
		rows = append(rows, line)
	}
	sum := []any{name, r.Say("X / Y"), "", "", "", "", float64(t.X), "", r.Say("Y belum dihimpun")}
	if p, ok := t.Percent(); ok {
		sum[2], sum[7], sum[8] = float64(t.Y), p, t.Entry.Result
	}
	if t.TooLow() {
		sum[8] = r.Say("Y terlalu kecil: paling sedikit %d orang", t.Least())
	}
	return append(rows, sum)
}
