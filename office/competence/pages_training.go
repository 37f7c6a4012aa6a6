package competence

import (
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/standards"
)

func (d *Desk) routesTraining() []web.Route {
	all := []web.Route{
		web.GET("/trainings", d.getTrainings).Says("staff", "Trainings, the newest first").Query(Listing{}).Lists(TrainingBody{}),
		web.GET("/trainings/new", d.getNew).Page(),
		web.POST("/trainings", d.postTraining).Drafts("Pelatihan baru|draf", who.DevelopStaff).Says("staff", "Plan a training").Takes(NewTraining{}).Gives(TrainingBody{}),
		web.GET("/trainings/{training}", d.getTraining).Says("staff", "One training, who takes part of the asker's institutions, and what came of it").Gives(TrainingBody{}),
		web.GET("/trainings/{training}/edit", d.getEdit).Page(),
		web.POST("/trainings/{training}", d.postChange).Drafts("Perubahan pelatihan|draf", who.DevelopStaff).Says("staff", "Change a training that has not been held").Takes(NewTraining{}).Gives(TrainingBody{}),
		web.POST("/trainings/{training}/cancellation", d.postCancel).Drafts("Pembatalan pelatihan|draf", who.DevelopStaff).Says("staff", "Cancel a training").Takes(Cancel{}).Gives(TrainingBody{}),
		web.GET("/training-participants/{participant}", d.getParticipant).Says("staff", "One participant").Gives(ParticipantBody{}),
		web.POST("/training-participants/{participant}/acceptance", d.postAccept).Says("staff", "Accept a participant").Takes(struct{}{}).Gives(ParticipantBody{}),
		web.POST("/training-participants/{participant}/refusal", d.postRefuse).Drafts("Penolakan peserta|draf", who.DevelopStaff).Says("staff", "Refuse a participant with the reason").Takes(Cancel{}).Gives(ParticipantBody{}),
		web.POST("/training-participants/{participant}/withdrawal", d.postWithdraw).Drafts("Penarikan peserta|draf", who.DevelopStaff).Says("staff", "Take a participant back").Takes(Cancel{}).Gives(ParticipantBody{}),
		web.POST("/training-participants/{participant}/result", d.postResult).Drafts("Hasil pelatihan|draf", who.DevelopStaff).Says("staff", "Record what came of it; who passes gets the certificate").Takes(Result{}).Gives(ParticipantBody{}),
	}
	for _, deed := range []struct{ name, says string }{{"opening", "Open the registration"}, {"holding", "Say that a training takes place"}, {"closure", "Close a training with its results"}} {
		all = append(all, web.POST("/trainings/{training}/"+deed.name, func(r *web.Request) (web.Answer, error) { return d.postMove(r, deed.name) }).Says("staff", deed.says).Takes(struct{}{}).Gives(TrainingBody{}))
	}
	return all
}

// Listing chooses trainings.
type Listing struct {
	web.Part
	State string `query:"state" enum:"planned,open,held,closed,cancelled"`
}

type trainingsPage struct {
	All    []Training
	State  string
	Next   string
	States []page.Option
	Mine   bool // the asker may plan one
}

// manages tells whether the asker plans and holds trainings.
func manages(r *web.Request) bool { return r.By.May(who.DevelopStaff) && ofProvince(r.By) == nil }

func (d *Desk) getTrainings(r *web.Request) (web.Answer, error) {
	var l Listing
	if err := r.Filter(&l); err != nil {
		return nil, err
	}
	if l.Limit == 0 {
		l.Limit = 50
	}
	all, err := d.Trainings(r.Context(), r.By, l.State, l.After, l.Limit+1)
	if err != nil {
		return nil, err
	}
	next := ""
	if int64(len(all)) > l.Limit {
		all = all[:l.Limit]
		next = all[l.Limit-1].ID.String()
	}
	if r.API() {
		return r.List(web.Bodies(all, trainingBody), next)
	}
	return r.Page("competence/trainings.html", trainingsPage{all, l.State, next, page.WordOptions(r.Lang, stateWords, States...), manages(r)})
}

// formPage is the form of a training.
type formPage struct {
	Training
	Kinds, Criteria []page.Option
}

// Seats are the places in the form; nothing before any were said.
func (p formPage) Seats() any {
	if p.Places == 0 {
		return nil
	}
	return p.Places
}

func formOf(r *web.Request, t Training) formPage {
	p := formPage{t, page.WordOptions(r.Lang, kindWords, Planned...), nil}
	for _, c := range Criteria {
		p.Criteria = append(p.Criteria, page.Option{Value: c, Name: standards.NameOf(string(r.Lang), standard, c)})
	}
	return p
}

func (d *Desk) getNew(r *web.Request) (web.Answer, error) {
	if !manages(r) {
		return nil, fail.Denied
	}
	return r.Page("competence/training_new.html", formOf(r, Training{}))
}

func (d *Desk) postTraining(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in NewTraining) (Training, error) { return d.AddTraining(r.Context(), r.By, in) })
	if err != nil {
		return r.Again("competence/training_new.html", formOf(r, Training{}), err)
	}
	r.Flash("Pelatihan %s direncanakan.", t.Name)
	return r.Done(trainingPath(t), trainingPath(t), trainingBody(t))
}

func trainingPath(t Training) string { return "/trainings/" + t.ID.String() }

type trainingPage struct {
	Sheet
	Mine bool
	Own  bool // the asker may take the own institution's participants back
}

func (d *Desk) trainingPage(r *web.Request, training id.ID) func() (any, error) {
	return func() (any, error) {
		s, err := d.Look(r.Context(), r.By, training)
		return trainingPage{s, manages(r), r.By.May(who.DevelopStaff)}, err
	}
}

func (d *Desk) getTraining(r *web.Request) (web.Answer, error) {
	return r.Show("competence/training.html", d.trainingPage(r, r.ID("training")), func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("training"))
		return sheetBody(s), err
	})
}

func (d *Desk) editPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.Look(r.Context(), r.By, r.ID("training"))
		return formOf(r, s.Training), err
	}
}

func (d *Desk) getEdit(r *web.Request) (web.Answer, error) {
	if !manages(r) {
		return nil, fail.Denied
	}
	return r.Page("competence/training_edit.html", d.editPage(r))
}

// trainingDone answers a change of a training, or shows the page it came from again with the reason.
func (d *Desk) trainingDone(r *web.Request, t Training, from string, data any, said string, err error) (web.Answer, error) {
	if err != nil {
		return r.Again(from, data, err)
	}
	r.Flash(said, t.Name)
	return r.Done(trainingPath(t), trainingPath(t), trainingBody(t))
}

func (d *Desk) postChange(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in NewTraining) (Training, error) {
		return d.ChangeTraining(r.Context(), r.By, r.ID("training"), r.IfMatch(), in)
	})
	return d.trainingDone(r, t, "competence/training_edit.html", d.editPage(r), "Pelatihan %s diubah.", err)
}

func (d *Desk) postMove(r *web.Request, deed string) (web.Answer, error) {
	t, err := web.Do(r, func(struct{}) (Training, error) {
		return d.Move(r.Context(), r.By, r.ID("training"), r.IfMatch(), deed, "")
	})
	return d.trainingDone(r, t, "competence/training.html", d.trainingPage(r, r.ID("training")), moveSays[deed], err)
}

func (d *Desk) postCancel(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in Cancel) (Training, error) {
		return d.Move(r.Context(), r.By, r.ID("training"), r.IfMatch(), "cancellation", in.Reason)
	})
	return d.trainingDone(r, t, "competence/training_edit.html", d.editPage(r), moveSays["cancellation"], err)
}

// participantPage is one participant with what can be done.
type participantPage struct {
	Participant
	Training Training
	Results  []page.Option
	Mine     bool
}

func (d *Desk) participantPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		p, err := d.Participant(r.Context(), r.By, r.ID("participant"))
		if err != nil {
			return nil, err
		}
		s, err := d.Look(r.Context(), r.By, p.Training)
		return participantPage{p, s.Training, page.WordOptions(r.Lang, memberWords, Passed, Attended, Absent), manages(r)}, err
	}
}

func (d *Desk) getParticipant(r *web.Request) (web.Answer, error) {
	return r.Show("competence/participant.html", d.participantPage(r), func() (any, error) {
		p, err := d.Participant(r.Context(), r.By, r.ID("participant"))
		return participantBody(p), err
	})
}

// participantDone answers what became of a participant.
func (d *Desk) participantDone(r *web.Request, p Participant, said string, err error) (web.Answer, error) {
	if err != nil {
		return r.Again("competence/participant.html", d.participantPage(r), err)
	}
	r.Flash(said, p.Name)
	path := "/trainings/" + p.Training.String()
	if !manages(r) {
		path = "/centres/" + p.Centre.String() + "/competence"
	}
	return r.Done(path, participantPath(p), participantBody(p))
}

func (d *Desk) postAccept(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(struct{}) (Participant, error) {
		return d.Accept(r.Context(), r.By, r.ID("participant"), r.IfMatch())
	})
	return d.participantDone(r, p, "%s diterima.", err)
}

func (d *Desk) postRefuse(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in Cancel) (Participant, error) {
		return d.Refuse(r.Context(), r.By, r.ID("participant"), r.IfMatch(), in)
	})
	return d.participantDone(r, p, "%s tidak diterima.", err)
}

func (d *Desk) postWithdraw(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in Cancel) (Participant, error) {
		return d.Withdraw(r.Context(), r.By, r.ID("participant"), r.IfMatch(), in)
	})
	return d.participantDone(r, p, "%s ditarik dari pelatihan.", err)
}

func (d *Desk) postResult(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in Result) (Participant, error) {
		return d.Judge(r.Context(), r.By, r.ID("participant"), r.IfMatch(), in)
	})
	return d.participantDone(r, p, "Hasil %s dicatat.", err)
}
