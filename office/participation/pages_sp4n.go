package participation

import (
	"strings"
	"unicode/utf8"

	"tuntas/house/fail"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/interop"
)

const largestBridge = 2 << 20

func (d *Desk) routesSP4N() []web.Route {
	return []web.Route{
		web.GET("/sp4n", d.getBridge).Page(),
		web.POST("/sp4n", d.postBridge).Page().Limit(largestBridge).NoDrafts("a file"),
		web.GET("/sp4n/reports", d.getBridged).Page().GivesFile("text/csv"),
	}
}

// bridgePage is the form, and what a file would do.
type bridgePage struct {
	Out  *Bridge
	Text string // the file, which travels with its preview
}

func (d *Desk) getBridge(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.HandleReport) {
		return nil, fail.Denied
	}
	return r.Page("participation/sp4n.html", bridgePage{})
}

// postBridge previews a file, and takes it in when the preview is confirmed.
func (d *Desk) postBridge(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.HandleReport) {
		return nil, fail.Denied
	}
	file := []byte(r.Form().Get("text"))
	if len(file) == 0 {
		var err error
		if _, file, err = r.Upload("file"); err != nil {
			return r.Again("participation/sp4n.html", bridgePage{}, err)
		}
	}
	out, err := d.Import(r.Context(), r.By, file, r.Form().Get("confirmed") == "true")
	if err != nil {
		return r.Again("participation/sp4n.html", bridgePage{}, err)
	}
	if out.Written && out.Bad == 0 {
		r.Flash("%d nomor SP4N-LAPOR tercatat.", out.New)
		return r.Go("/public-reports")
	}
	p := bridgePage{Out: &out}
	if utf8.Valid(file) {
		p.Text = string(file)
	} else { // a workbook: its rows as text
		p.Text = rowsAsText(file)
	}
	return r.Page("participation/sp4n.html", p)
}

func rowsAsText(file []byte) string {
	rows, err := bridgeRows(file)
	if err != nil {
		return ""
	}
	var all [][]any
	for _, row := range rows {
		all = append(all, []any{row.Number, row.SP4N, row.State})
	}
	b, err := interop.Table(interop.CSV, []string{"nomor", "nomor_sp4n", "status_sp4n"}, all)
	if err != nil {
		return ""
	}
	return string(b)
}

// getBridged gives the reports as a file; interop keeps formulas away.
func (d *Desk) getBridged(r *web.Request) (web.Answer, error) {
	all, err := d.Bridged(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	var rows [][]any
	for _, o := range all {
		region, _ := law.RegionOf(o.Region)
		rows = append(rows, []any{o.Number, o.Kind().In(string(r.Lang)), region.Name, text.T(r.Lang, string(stateWords[o.State])), string(o.ReceivedOn), string(o.AnsweredOn), string(o.ClosedOn),
			o.SP4N, strings.TrimSpace(o.SP4NState)})
	}
	b, err := interop.Table(interop.CSV, bridgeColumns, rows)
	if err != nil {
		return nil, err
	}
	return r.File("laporan-masyarakat.csv", "text/csv; charset=utf-8", b)
}
