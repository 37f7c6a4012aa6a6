package front

import (
	"strings"

	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/casework"
)

// todayPage is a home: at most six cards, the most urgent thing first.
type todayPage struct {
	Day    casework.Day
	Mine   bool
	Loads  []load
	First  *casework.Line // the one thing to start with
	Decide bool
	Name   string // how the office speaks to the asker
}

// load is the bar of cases by stage.
type load struct {
	Stage string
	N     int64
}

func (d *Desk) getToday(r *web.Request) (web.Answer, error) {
	if !r.By.May(who.SeeCase) {
		return r.Go("/centres")
	}
	if r.By.Scope.All && r.By.May(who.SeeFigures) && !r.By.May(who.WorkCase) {
		return r.Go("/province")
	}
	p := todayPage{Mine: r.By.May(who.WorkCase) && r.By.Role != "everything", Decide: r.By.May(who.ApproveCase)}
	first, _, _ := strings.Cut(r.By.Name, " ")
	p.Name = strings.TrimSpace(r.By.Address + " " + first)
	var err error
	if p.Mine {
		p.Day, err = d.Cases.Mine(r.Context(), r.By)
	} else {
		p.Day, err = d.Cases.Centre(r.Context(), r.By)
	}
	if err != nil {
		return nil, err
	}
	for _, s := range casework.Stages[:7] {
		p.Loads = append(p.Loads, load{s, p.Day.PerStage[s]})
	}
	for _, q := range []casework.Queue{p.Day.Waiting, p.Day.Late, p.Day.Ready} {
		if p.First == nil && len(q.Lines) > 0 {
			p.First = &q.Lines[0]
		}
	}
	return r.Page("front/today.html", p)
}

// Worker narrows a link to the asker's own cases.
func (p todayPage) Worker() string {
	if p.Mine {
		return "&worker=me"
	}
	return ""
}

func (d *Desk) getHelp(r *web.Request) (web.Answer, error) { return r.Page("front/help.html", nil) }
