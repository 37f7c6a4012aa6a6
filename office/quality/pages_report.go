package quality

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

func (d *Desk) routesReports() []web.Route {
	return []web.Route{
		web.GET("/reports/scheduled", d.getReports).Says("quality", "The asker's own reports by e-mail").Query(web.Cut{}).Lists(OrderBody{}),
		web.GET("/reports/scheduled/new", d.getNewReport).Page(),
		web.POST("/reports/scheduled", d.postReport).Drafts("Laporan terjadwal|draf", who.SeeFigures).Says("quality", "Order a report by e-mail for oneself: its figures are those that the reader may see on that day").Takes(NewOrder{}).Gives(OrderBody{}),
		web.POST("/report-orders/{reportorder}/state", d.postReportSwitch).NoDrafts("one button").Says("quality", "Stop a report, or let it begin again").Takes(Switch{}).Gives(OrderBody{}),
		web.GET("/report-copies/{reportcopy}", d.getCopy).Says("quality", "A report as it was written").Gives(CopyBody{}),
	}
}

var (
	rhythmWords  = map[string]text.Word{Weekly: "Setiap minggu", Monthly: "Setiap bulan"}
	weekdayWords = map[string]text.Word{"1": "Senin", "2": "Selasa", "3": "Rabu", "4": "Kamis", "5": "Jumat", "6": "Sabtu", "7": "Minggu"}
)

type orderLine struct {
	Order
	When, Place, Names string
	Next               time.Time
	Running            bool
}

func orderSays(l text.Lang, o Order, c Choices) orderLine {
	hour := fmt.Sprintf("%02d.00", o.Hour)
	line := orderLine{Order: o, Place: c.Place(o.Centre), Next: o.NextAt, Running: o.State == Active}
	if o.Rhythm == Weekly {
		line.When = text.T(l, "setiap %s pukul %s", text.T(l, string(weekdayWords[strconv.FormatInt(o.Day, 10)])), hour)
	} else {
		line.When = text.T(l, "setiap tanggal %d pukul %s", o.Day, hour)
	}
	if line.Place == "" {
		line.Place = text.T(l, "semua yang Anda lihat")
	}
	var names []string
	for _, key := range o.Figures {
		if i, ok := c.Named(key); ok {
			names = append(names, i.In(string(l)))
		}
	}
	line.Names = strings.Join(names, ", ")
	return line
}

type reportsPage struct {
	Desktop
	Lines []orderLine
}

func (d *Desk) getReports(r *web.Request) (web.Answer, error) {
	var cut web.Cut
	if err := r.Filter(&cut); err != nil {
		return nil, err
	}
	p, err := d.Reports(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.Cut(web.Bodies(p.Orders, orderBody), cut)
	}
	out := reportsPage{Desktop: p}
	for _, o := range p.Orders {
		out.Lines = append(out.Lines, orderSays(r.Lang, o, p.Choices))
	}
	return r.Page("quality/reports.html", out)
}

type newReportPage struct {
	Figures                           []page.Tick
	Centres, Rhythms, Weekdays, Hours []page.Option
}

func (d *Desk) newReportPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		all, err := d.Reports(r.Context(), r.By)
		if err != nil {
			return nil, err
		}
		l := r.Lang
		p := newReportPage{Rhythms: page.WordOptions(l, rhythmWords, Weekly, Monthly), Weekdays: page.WordOptions(l, weekdayWords, "1", "2", "3", "4", "5", "6", "7")}
		var options []page.Option
		for _, i := range all.Figures {
			options = append(options, page.Option{Value: i.Key, Name: i.In(string(l))})
		}
		p.Figures = r.Ticks("figures", options)
		for _, c := range all.Centres {
			if r.By.Whole().Has(c.ID) {
				p.Centres = append(p.Centres, page.Option{Value: c.ID.String(), Name: c.Name})
			}
		}
		for h := 5; h <= 20; h++ {
			p.Hours = append(p.Hours, page.Option{Value: strconv.Itoa(h), Name: fmt.Sprintf("%02d.00", h)})
		}
		return p, nil
	}
}

func (d *Desk) getNewReport(r *web.Request) (web.Answer, error) {
	return r.Page("quality/report_new.html", d.newReportPage(r))
}

func (d *Desk) postReport(r *web.Request) (web.Answer, error) {
	o, err := web.Do(r, func(in NewOrder) (Order, error) { return d.OrderReport(r.Context(), r.By, r.Site(), in) })
	if err != nil {
		return r.Again("quality/report_new.html", d.newReportPage(r), err)
	}
	r.Flash("Laporan dipesan. Yang pertama datang %s.", text.Moment(r.Lang, o.NextAt))
	return r.Done("/reports/scheduled", "/reports/scheduled", orderBody(o))
}

func (d *Desk) postReportSwitch(r *web.Request) (web.Answer, error) {
	o, err := web.Do(r, func(in Switch) (Order, error) {
		return d.SwitchReport(r.Context(), r.By, r.ID("reportorder"), r.IfMatch(), in)
	})
	if err != nil {
		return nil, err
	}
	if r.Flash("Laporan dijalankan lagi."); o.State == Stopped {
		r.Flash("Laporan dihentikan.")
	}
	return r.Done("/reports/scheduled", "/reports/scheduled", orderBody(o))
}

// copyLine is one line of a copy; the link below a figure is laid on the figure.
type copyLine struct{ Text, Path string }

func (d *Desk) getCopy(r *web.Request) (web.Answer, error) {
	c, err := d.CopyOf(r.Context(), r.By, r.ID("reportcopy"))
	if err != nil {
		return nil, err
	}
	return r.Show("quality/copy.html", func() (any, error) { return copyPage(c), nil }, copyBody(c))
}

func copyPage(c Copy) map[string]any {
	var lines []copyLine
	for line := range strings.Lines(c.Body) {
		line = strings.TrimSpace(line)
		one := copyLine{Text: line}
		for _, at := range []string{"/indicators/", "/reports/scheduled"} {
			if i := strings.Index(line, at); i >= 0 {
				one.Path, one.Text = line[i:], strings.TrimSpace(line[:max(0, strings.LastIndex(line[:i], " "))])
			}
		}
		if one.Path != "" && one.Text == "" && len(lines) > 0 {
			lines[len(lines)-1].Path = one.Path
			continue
		}
		if line != "" {
			lines = append(lines, one)
		}
	}
	return map[string]any{"Copy": c, "Lines": lines}
}
