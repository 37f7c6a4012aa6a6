package monitoring

import (
	"html/template"
	"net/url"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/web"
	"tuntas/house/who"
)

// AskPlace is the query of a page of figures of today: one centre, or the province.
type AskPlace struct {
	Centre id.ID `query:"centre"`
}

// deadlinesPage is how open cases stand against their deadlines, by stage and, in the province, by centre.
type deadlinesPage struct {
	place
	Stages, Places []deadlineLine
	Sum            deadlineLine
}

// deadlineLine is a row of four numbers, each with its list of cases; a list is "" for who may not open it.
type deadlineLine struct {
	Deadline
	Name                            string
	Path                            template.URL // of the row
	LateAt, WeekAt, LaterAt, NoneAt template.URL
}

// DeadlinesBody are the deadlines in the API.
type DeadlinesBody struct {
	On      clock.Day               `json:"on"`
	Stages  map[string]DeadlineBody `json:"stages"`
	Centres map[string]DeadlineBody `json:"centres"` // by the id of the centre
}

// DeadlineBody is how many cases are overdue, due today or within seven days, due later, and without a day.
type DeadlineBody struct {
	Overdue int64 `json:"overdue"`
	Week    int64 `json:"within_week"`
	Later   int64 `json:"later"`
	None    int64 `json:"none"`
}

func (d *Desk) getDeadlines(r *web.Request) (web.Answer, error) {
	var a AskPlace
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	if !r.API() {
		a.Centre = own(r.By, a.Centre)
	}
	all, err := d.Deadlines(r.Context(), r.By, a.Centre)
	if err != nil {
		return nil, err
	}
	p := deadlinesPage{}
	if p.place, err = placed(a.Centre, all.Serving); err != nil {
		return nil, err
	}
	return r.Show("monitoring/deadlines.html", func() (any, error) { p.lay(r, all); return p, nil }, bodyOf(all))
}

func bodyOf(all Deadlines) DeadlinesBody {
	b := DeadlinesBody{On: all.Today, Stages: map[string]DeadlineBody{}, Centres: map[string]DeadlineBody{}}
	for _, key := range stageKeys() {
		b.Stages[key] = dueBody(all.Stages[key])
	}
	for at, w := range all.Centres {
		b.Centres[at.String()] = dueBody(w)
	}
	return b
}

func dueBody(w Deadline) DeadlineBody { return DeadlineBody{w.Late, w.Week, w.Later, w.None} }

func (p *deadlinesPage) lay(r *web.Request, all Deadlines) {
	for _, key := range stageKeys() {
		p.Stages = append(p.Stages, lineOf(r, dimName(r.Lang, key), all.Stages[key], p.There.ID, key))
	}
	p.Sum = lineOf(r, r.Say("Jumlah|semua"), all.All, p.There.ID, "")
	if p.There.ID != 0 {
		return
	}
	for _, c := range all.Serving {
		if w := all.Centres[c.ID]; w.Cases() > 0 {
			l := lineOf(r, c.Name, w, c.ID, "")
			l.Path = template.URL("/deadlines?centre=" + c.ID.String()) //nolint:gosec // an id
			p.Places = append(p.Places, l)
		}
	}
}

// lineOf is a row with its lists. What lies beyond the asker's centres has none: the number is told, not who it is.
func lineOf(r *web.Request, name string, w Deadline, at id.ID, stage string) deadlineLine {
	l := deadlineLine{Deadline: w, Name: name}
	if !r.By.May(who.SeeCase) || at == 0 && !r.By.Scope.All || at != 0 && !r.By.Scope.Has(at) {
		return l
	}
	list := func(key, value string) template.URL {
		q := url.Values{key: {value}}
		if stage != "" {
			q.Set("stage", stage)
		}
		if at != 0 {
			q.Set("centre_id", at.String())
		}
		return template.URL("/cases?" + q.Encode()) //nolint:gosec // encoded values
	}
	l.LateAt, l.WeekAt, l.LaterAt, l.NoneAt = list("late", "true"), list("due", "week"), list("due", "later"), list("due", "none")
	return l
}
