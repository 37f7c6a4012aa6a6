package quality

import (
	"html/template"
	"net/url"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/monitoring"
)

func (d *Desk) routesAlerts() []web.Route {
	return []web.Route{
		web.GET("/alerts", d.getTasks).Says("quality", "Tasks that a figure beyond its threshold made, the newest first").Query(AskTasks{}).Lists(TaskBody{}),
		web.POST("/alerts/check", d.postCheck).NoDrafts("one button").Says("quality", "Look at all rules now, as the timetable does").Takes(struct{}{}).Gives(CheckBody{}),
		web.GET("/alerts/{alert}", d.getTask).Says("quality", "One task: the figure as it stood, and what happened since").Gives(TaskBody{}),
		web.POST("/alerts/{alert}/moves", d.postMove).NoDrafts("a choice and a line; whoever may write it is found with the task").Says("quality", "Take a task one step further").Takes(Move{}).Gives(TaskBody{}),
		web.GET("/alert-rules", d.getRules).Says("quality", "Rules by which figures are watched, the newest first").Query(web.Part{}).Lists(AlertBody{}),
		web.GET("/alert-rules/new", d.getNewRule).Page().Query(AskAlert{}),
		web.POST("/alert-rules", d.postRule).Drafts("Aturan peringatan|draf", who.KeepFigures).Says("quality", "Write a rule down; it is looked at when it is switched on").Takes(NewAlert{}).Gives(AlertBody{}),
		web.GET("/alert-rules/{alertrule}", d.getOneRule).Page(),
		web.POST("/alert-rules/{alertrule}", d.postRevision).Drafts("Aturan peringatan|draf", who.KeepFigures).Says("quality", "Write a rule anew; open tasks keep the threshold they were made with").Takes(NewAlert{}).Gives(AlertBody{}),
		web.POST("/alert-rules/{alertrule}/state", d.postSwitch).NoDrafts("one button").Says("quality", "Switch a rule on or off").Takes(Switch{}).Gives(AlertBody{}),
	}
}

var (
	conditionWords = map[string]text.Word{above: "Di atas batas", below: "Di bawah batas", worse: "Lebih buruk daripada target", falls: "Turun sebanyak batas atau lebih", rises: "Naik sebanyak batas atau lebih"}
	placeWords     = map[string]text.Word{province: "Seluruh provinsi", each: "Setiap UPT", one: "Satu UPT"}
	againstWords   = map[string]text.Word{"month": "bulan sebelumnya", "year": "bulan yang sama setahun lalu"}
	ownerWords     = map[string]text.Word{"head_centre": "Kepala UPT", "head_administration": "Kepala Subbagian Tata Usaha", "section_head": "Kepala Seksi", "head_division": "Kepala Bidang", "head_province": "Kepala Dinas", Me: "Saya sendiri"}
	ruleStates     = map[string]text.Word{Draft: "Belum dinyalakan", Active: "Menyala|peringatan", Stopped: "Dimatikan|peringatan"}
	taskWords      = map[string]text.Word{Opened: "Baru|peringatan", Seen: "Sudah dilihat", Working: "Dikerjakan|peringatan", Done: "Selesai|peringatan", Dismissed: "Dikesampingkan"}
	stepWords      = map[string]text.Word{"opened": "Angka melewati batas", "back": "Angka kembali", "again": "Angka melewati batas lagi", "late": "Lewat batas waktu, Kepala Bidang diberi tahu",
		Seen: "Sudah dilihat", Working: "Dikerjakan|peringatan", Done: "Selesai|peringatan", Dismissed: "Dikesampingkan"}
)

var _ = page.Lookup("alertstep", func(l text.Lang, key string) string { return text.T(l, string(stepWords[key])) })

var taskKinds = map[string]string{Opened: "warn", Seen: "info", Working: "info", Done: "ok", Dismissed: "none"}

// taskLine is a task in words.
type taskLine struct {
	Task
	Name, Place, Value, Limit, Owner string
	Chip, Weight                     page.Chip
	Overdue, Back                    bool
}

func lineOf(l text.Lang, t Task, c Choices, today clock.Day) taskLine {
	i, ok := c.Named(t.Indicator)
	if !ok {
		i.Name, i.NameEn = t.Indicator, t.Indicator
	}
	line := taskLine{Task: t, Name: i.In(string(l)), Place: c.Place(t.Centre), Value: i.Number(l, float64(t.Value)/1000), Owner: ownerName(l, t.Role), Weight: severity(l, t.Severity),
		Chip: page.Chip{Kind: taskKinds[t.State], Word: text.T(l, string(taskWords[t.State]))}, Overdue: t.Late(today), Back: t.BackOn != ""}
	if line.Place == "" {
		line.Place = text.T(l, "Seluruh provinsi")
	}
	limit := i.Number(l, float64(t.Threshold)/1000)
	switch t.Condition {
	case above:
		line.Limit = text.T(l, "batas atas %s", limit)
	case below:
		line.Limit = text.T(l, "batas bawah %s", limit)
	case worse:
		line.Limit = text.T(l, "target %s", limit)
	default:
		line.Limit = text.T(l, "sebelumnya %s", limit)
	}
	return line
}

func ownerName(l text.Lang, role string) string {
	if role == "" {
		return text.T(l, "satu petugas")
	}
	return text.T(l, string(ownerWords[role]))
}

// AskTasks chooses tasks.
type AskTasks struct {
	web.Part
	Filter
}

type tasksPage struct {
	Filter
	Counts
	Lines []taskLine
	Next  string
	Keeps bool
}

func (d *Desk) getTasks(r *web.Request) (web.Answer, error) {
	var a AskTasks
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	var p tasksPage
	var c Choices
	all, next, err := web.PageOf(a.Part, 50, func(part web.Part) (all []Task, err error) {
		all, p.Counts, c, err = d.Tasks(r.Context(), r.By, a.Filter, part.After, part.Limit)
		return all, err
	}, func(t Task) id.ID { return t.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, taskBody), next)
	}
	p.Filter, p.Next, p.Keeps = a.Filter, next, r.By.May(who.KeepFigures)
	for _, t := range all {
		p.Lines = append(p.Lines, lineOf(r.Lang, t, c, r.Today()))
	}
	return r.Page("quality/tasks.html", p)
}

func (d *Desk) postCheck(r *web.Request) (web.Answer, error) {
	n, err := web.Do(r, func(struct{}) (int, error) { return d.CheckNow(r.Context(), r.By) })
	if err != nil {
		return nil, err
	}
	if r.Flash("Sudah diperiksa: tidak ada peringatan baru."); n > 0 {
		r.Flash("Sudah diperiksa: %d peringatan baru.", n)
	}
	return r.Done("/alerts", "/alerts", CheckBody{n})
}

type taskPage struct {
	Sheet
	Line    taskLine
	Now     string
	NowOf   string
	Then    string
	May     bool
	Choices []page.Option
	Figure  template.URL
	Query   template.URL
}

func (d *Desk) taskPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.Task(r.Context(), r.By, r.ID("alert"))
		if err != nil {
			return nil, err
		}
		p := taskPage{Sheet: s, Line: lineOf(r.Lang, s.Task, s.Choices, r.Today()), May: s.Open() && (s.Of(r.By) || r.By.May(who.KeepFigures))}
		if i, ok := s.Named(s.Indicator); ok {
			p.Now, p.NowOf, p.Then = i.Say(r.Lang, s.Now), i.Of(r.Lang, s.Now), i.Of(r.Lang, s.Figure)
		}
		for _, to := range moves[s.State] {
			p.Choices = append(p.Choices, page.Option{Value: to, Name: r.Say(string(moveWords[to]))})
		}
		p.Query = template.URL(s.Span().Query())                                                      //nolint:gosec // two days and an id
		p.Figure = template.URL("/indicators/" + url.PathEscape(s.Indicator) + "?" + string(p.Query)) //nolint:gosec // a key and the same
		return p, nil
	}
}

var moveWords = map[string]text.Word{Seen: "Sudah saya lihat", Working: "Sedang dikerjakan", Done: "Sudah selesai", Dismissed: "Dikesampingkan"}

func (d *Desk) getTask(r *web.Request) (web.Answer, error) {
	return r.Show("quality/task.html", d.taskPage(r), func() (any, error) {
		s, err := d.Task(r.Context(), r.By, r.ID("alert"))
		return sheetBody(s), err
	})
}

func (d *Desk) postMove(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in Move) (Task, error) { return d.MoveTask(r.Context(), r.By, r.ID("alert"), r.IfMatch(), in) })
	if err != nil {
		return r.Again("quality/task.html", d.taskPage(r), err)
	}
	r.Flash("Langkah tersimpan.")
	return r.Done(t.Path(), t.Path(), taskBody(t))
}

type alertLine struct {
	Rule
	Name, When, Where, Whom string
	Chip, Weight            page.Chip
}

func alertSays(l text.Lang, r Rule, c Choices) alertLine {
	i, ok := c.Named(r.Indicator)
	if !ok {
		i.Name, i.NameEn = r.Indicator, r.Indicator
	}
	line := alertLine{Rule: r, Name: i.In(string(l)), When: text.T(l, string(conditionWords[r.Condition])), Where: text.T(l, string(placeWords[r.Place])), Whom: ownerName(l, r.Role), Weight: severity(l, r.Severity),
		Chip: page.Chip{Kind: "none", Word: text.T(l, string(ruleStates[r.State]))}}
	if r.State == Active {
		line.Chip.Kind = "ok"
	}
	if r.Condition != worse {
		line.When += ": " + i.Number(l, r.Limit())
	}
	if r.Against != "" {
		line.When += ", " + text.T(l, "dibandingkan dengan %s", text.T(l, string(againstWords[r.Against])))
	}
	if r.Centre != 0 {
		line.Where = c.Place(r.Centre)
	}
	return line
}

type rulesPage struct {
	Lines []alertLine
	Next  string
	Keeps bool
}

func (d *Desk) getRules(r *web.Request) (web.Answer, error) {
	var part web.Part
	if err := r.Filter(&part); err != nil {
		return nil, err
	}
	var c Choices
	all, next, err := web.PageOf(part, 50, func(p web.Part) (all []Rule, err error) {
		all, c, err = d.Rules(r.Context(), r.By, p.After, p.Limit)
		return all, err
	}, func(one Rule) id.ID { return one.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, alertBody), next)
	}
	p := rulesPage{Next: next, Keeps: r.By.May(who.KeepFigures)}
	for _, one := range all {
		p.Lines = append(p.Lines, alertSays(r.Lang, one, c))
	}
	return r.Page("quality/alert_rules.html", p)
}

// AskAlert fills a new rule in: from the page of a figure.
type AskAlert struct {
	Indicator string `query:"indicator" maxLength:"60"`
	Centre    id.ID  `query:"centre"`
}

// rulePageOf is the form of a rule.
type formPage struct {
	Rule
	New                                                             bool
	Value, Owner, Centre                                            string
	Figures, Places, Centres, Conditions, Pasts, Owners, Severities []page.Option
}

func (d *Desk) formPage(r *web.Request, rule id.ID, a AskAlert) func() (any, error) {
	return func() (any, error) {
		one, c, err := d.RuleFor(r.Context(), r.By, rule)
		if err != nil {
			return nil, err
		}
		l := r.Lang
		p := formPage{Rule: one, New: rule == 0, Owner: one.Role, Places: page.WordOptions(l, placeWords, province, each, "one"), Conditions: page.WordOptions(l, conditionWords, above, below, worse, falls, rises),
			Pasts: page.WordOptions(l, againstWords, "month", "year"), Owners: page.WordOptions(l, ownerWords, owners...), Severities: page.WordOptions(l, severityWords, "high", "medium", "low")}
		for _, i := range c.Figures {
			p.Figures = append(p.Figures, page.Option{Value: i.Key, Name: i.In(string(l))})
		}
		for _, at := range c.Centres {
			p.Centres = append(p.Centres, page.Option{Value: at.ID.String(), Name: at.Name})
		}
		if p.New {
			p.preset(c, a)
			return p, nil
		}
		if p.Value = text.Quantity(l, one.Limit()); one.Condition == worse {
			p.Value = ""
		}
		if p.Owner == "" {
			p.Owner = Me
		}
		if one.Centre != 0 {
			p.Centre = one.Centre.String()
		}
		return p, nil
	}
}

// preset is what a new rule begins with: the figure and place that were looked at.
func (p *formPage) preset(c Choices, a AskAlert) {
	p.Rule.Place, p.Days, p.Severity, p.Owner = each, 5, "medium", "head_centre"
	if slices.ContainsFunc(c.Figures, func(i monitoring.Indicator) bool { return i.Key == a.Indicator }) {
		p.Indicator = a.Indicator
	}
	if c.Place(a.Centre) != "" {
		p.Rule.Place, p.Centre = "one", a.Centre.String()
	}
}

func (d *Desk) getNewRule(r *web.Request) (web.Answer, error) {
	var a AskAlert
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	return r.Page("quality/alert_rule.html", d.formPage(r, 0, a))
}

func (d *Desk) getOneRule(r *web.Request) (web.Answer, error) {
	return r.Page("quality/alert_rule.html", d.formPage(r, r.ID("alertrule"), AskAlert{}))
}

func (d *Desk) postRule(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in NewAlert) (Rule, error) { return d.SetAlert(r.Context(), r.By, in) })
	if err != nil {
		return r.Again("quality/alert_rule.html", d.formPage(r, 0, AskAlert{}), err)
	}
	r.Flash("Aturan tersimpan. Nyalakan bila sudah benar.")
	return r.Done("/alert-rules", "/alert-rules", alertBody(one))
}

func (d *Desk) postRevision(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in NewAlert) (Rule, error) {
		return d.ReviseAlert(r.Context(), r.By, r.ID("alertrule"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("quality/alert_rule.html", d.formPage(r, r.ID("alertrule"), AskAlert{}), err)
	}
	r.Flash("Aturan tersimpan.")
	return r.Done("/alert-rules", "/alert-rules", alertBody(one))
}

func (d *Desk) postSwitch(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Switch) (Rule, error) {
		return d.SwitchAlert(r.Context(), r.By, r.ID("alertrule"), r.IfMatch(), in)
	})
	if err != nil {
		return nil, err
	}
	r.Flash("Aturan tersimpan.")
	return r.Done("/alert-rules", "/alert-rules", alertBody(one))
}
