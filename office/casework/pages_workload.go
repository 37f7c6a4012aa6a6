package casework

import (
	"cmp"
	"context"
	"html/template"
	"net/url"
	"strconv"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
)

func (d *Desk) routesFigures() []web.Route {
	return []web.Route{
		web.GET("/workload", d.getWorkload).Says("cases", "Work load by social worker of a centre, or by centre").Query(AskLoad{}).Gives(LoadsBody{}),
		web.GET("/changes", d.getChanges).Page(),
	}
}

// AskLoad is the query of the work load.
type AskLoad struct {
	Centre id.ID `query:"centre"`
}

// LoadsBody is the work load in the API.
type LoadsBody struct {
	Items []LoadBody `json:"items" required:"true"`
}

// LoadBody is one line of it.
type LoadBody struct {
	CentreID id.ID            `json:"centre_id"`
	WorkerID id.ID            `json:"worker_id"` // null by centre, and for cases that nobody carries
	Name     string           `json:"name"`
	Stages   map[string]int64 `json:"stages"`
	Open     int64            `json:"open"`
	Overdue  int64            `json:"overdue"`
	Waiting  int64            `json:"waiting"`
	Contacts int64            `json:"contacts_within_week"`
}

// loadPage is the work load as a page; each number opens the list with the same filter.
type loadPage struct {
	There   string // the name of the centre; "" for all in reach
	Many    bool   // the asker may choose another centre
	Centres []page.Option
	At      string
	Lines   []loadLine
	Sum     loadLine
	Stages  []string
}

type loadLine struct {
	Load
	Path                        template.URL
	Stages                      []loadCell
	OpenAt, LateAt, WaitAt, See template.URL
}

type loadCell struct {
	N    int64
	Href template.URL
}

func (d *Desk) getWorkload(r *web.Request) (web.Answer, error) {
	var a AskLoad
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	a.Centre = cmp.Or(a.Centre, r.By.Scope.Only())
	read := d.WorkloadByCentre
	if a.Centre != 0 {
		if !r.By.Scope.Has(a.Centre) {
			return nil, fail.NotFound
		}
		read = func(ctx context.Context, by who.Asker) (Workload, error) { return d.WorkloadAt(ctx, by, a.Centre) }
	}
	w, err := read(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	return r.Show("casework/workload.html", func() (any, error) { return d.loadPage(r, w) }, loadsBody(w))
}

func loadsBody(w Workload) LoadsBody {
	b := LoadsBody{Items: []LoadBody{}}
	for _, l := range w.Lines {
		b.Items = append(b.Items, LoadBody{l.Centre, l.Worker, l.Name, l.Stages, l.Cases, l.Late, l.Waiting, l.Visit})
	}
	return b
}

func (d *Desk) loadPage(r *web.Request, w Workload) (loadPage, error) {
	p := loadPage{There: w.There.Name, Many: r.By.Scope.All || len(r.By.Scope.Centres) > 1, Stages: Stages[:7], At: w.There.ID.String()}
	if p.Many {
		centres, err := d.Serving(r.Context(), r.By)
		if err != nil {
			return p, err
		}
		for _, c := range centres {
			p.Centres = append(p.Centres, page.Option{Value: c.ID.String(), Name: c.Name})
		}
	}
	for _, l := range w.Lines {
		line := lineOf(l, w.There.ID == 0)
		if w.There.ID == 0 {
			line.Path = template.URL("/workload?centre=" + l.Centre.String()) //nolint:gosec // an id
		} else if l.Worker == 0 {
			line.Name = r.Say("Belum ada petugas")
		} else if l.Name == "" {
			line.Name = r.Say("Petugas yang sudah pindah")
		}
		p.Lines = append(p.Lines, line)
	}
	sum := w.Sum
	sum.Centre = w.There.ID
	p.Sum = lineOf(sum, true)
	p.Sum.Name = r.Say("Jumlah|semua")
	return p, nil
}

// lineOf is a line with the lists behind its numbers; whole is of a centre or of all, and not of one worker.
func lineOf(l Load, whole bool) loadLine {
	line := loadLine{Load: l}
	base := url.Values{}
	if l.Centre != 0 {
		base.Set("centre_id", l.Centre.String())
	}
	switch {
	case whole:
	case l.Worker == 0:
		base.Set("worker", nobody)
	default:
		base.Set("worker", l.Worker.String())
	}
	list := func(path, key, value string) template.URL {
		q := url.Values{key: {value}}
		for k, v := range base {
			q[k] = v
		}
		return template.URL(path + "?" + q.Encode()) //nolint:gosec // encoded values
	}
	for _, s := range Stages[:7] {
		line.Stages = append(line.Stages, loadCell{l.Stages[s], list("/cases", "stage", s)})
	}
	line.OpenAt, line.LateAt = list("/cases", "open", "true"), list("/cases", "late", "true")
	line.WaitAt, line.See = list("/cases", "waiting", "any"), list("/aftercare", "days", "7")
	return line
}

// Since is the moment of the asker's visit before this one, as the session holds it; zero when there was none.
func Since(r *web.Request) time.Time {
	ms, err := strconv.ParseInt(r.Held(who.SessionBefore), 10, 64)
	if err != nil || ms <= 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

func (d *Desk) getChanges(r *web.Request) (web.Answer, error) {
	var q struct {
		After id.ID `query:"after"`
	}
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	n, lines, since, err := d.Changes(r.Context(), r.By, Since(r), q.After, mostNews+1)
	if err != nil {
		return nil, err
	}
	next := ""
	if len(lines) > mostNews {
		lines = lines[:mostNews]
		next = lines[mostNews-1].ID.String()
	}
	return r.Page("casework/changes.html", map[string]any{"N": n, "Lines": lines, "Since": since, "Next": next})
}
