package front

import (
	"slices"

	"tuntas/house/page"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/coordination"
	"tuntas/office/letters"
	"tuntas/office/passage"
	"tuntas/office/person"
)

// casePage is the page of a case and of the person in it (S3).
type casePage struct {
	File      casework.File
	Rail      page.Rail
	Step      casework.Step
	Gates     []page.Gate
	Domains   []casework.Domain
	Changes   []string
	History   casework.History
	Kind      string // which part of the history is shown; "log" is the record itself
	Kinds     []string
	Older     bool // there is more history than is shown
	Log       []store.Event
	Action    action
	Letters   []letters.Letter
	Referrals []coordination.Referral
	Writes    []letters.Kind // letters that make sense now
	Day       int            // of this stage
	OfDays    int
	Way       passage.Way // leave, transfer, family and the last way
}

// action is the one filled button of the page.
type action struct{ Path, Name string }

// parts tells where each part of a gate is put right.
var parts = map[string]struct{ path, name string }{
	"criteria": {"/criteria", "Periksa syarat"}, "consent": {"", "Catat persetujuan"}, "assessments": {"/assessments", "Isi asesmen"},
	"plan": {"/plans", "Buka rencana"}, "decision": {"/criteria", "Catat surat keputusan"}, "stays": {"/stays/new", "Pilih tempat tidur"},
	"beds": {"/stays/new", "Lihat tempat tidur"}, "services": {"/services", "Catat layanan"}, "independence": {"/assessments?instrument=independence", "Ukur kemandirian"},
	"resocialisation": {"/resocialisation", "Buka daftar"}, "contacts": {"/contacts", "Buka kunjungan"},
}

func (d *Desk) getCase(r *web.Request) (web.Answer, error) {
	kind := r.Param("trail")
	f, history, log, err := d.Cases.WithHistory(r.Context(), r.By, r.ID("case"), kind == "log")
	if err != nil {
		return nil, err
	}
	more, err := d.tell(r, f)
	if err != nil {
		return nil, err
	}
	p := casePage{File: f, Step: casework.NextStep(f), History: history.With(more.Moments...), Kind: kind, Log: log, Domains: f.Domains(r.Lang), Way: more.Way,
		Letters: more.Letters[:min(len(more.Letters), recentLetters)]}
	p.narrow(r.Param("more") == "")
	p.Kinds = kindsOf(more.Moments, p.Kind)
	if !r.By.Emergency() { // referrals are papers that leave the house, as letters are: an opening shows none
		if p.Referrals, err = d.Partners.Recent(r.Context(), r.By, f.ID, recentLetters); err != nil {
			return nil, err
		}
	}
	if r.By.May(who.PrepareLetter) {
		p.Writes = letters.OfferedFor(f)
	}
	p.Rail = railOf(r.Lang, f)
	for _, s := range f.ChangeSays(r.Lang) {
		p.Changes = append(p.Changes, text.Say(r.Lang, s))
	}
	p.Gates = gatesOf(r, f, p.Step)
	p.Action = actionOf(r, p)
	p.Day = r.Today().Sub(f.StageSince) + 1
	for _, s := range law.Stages.On(f.StageSince) {
		if s.Key == f.Stage {
			p.OfDays = s.Days
		}
	}
	return r.Page("front/case.html", p)
}

const (
	firstMoments  = 15
	recentLetters = 3
)

// narrow keeps the part of the history that was asked for, and of that the newest.
func (p *casePage) narrow(newest bool) {
	if slices.Contains(casework.MomentKinds, p.Kind) {
		p.History = p.History.Of(p.Kind)
	} else if p.Kind != "log" {
		p.Kind = ""
	}
	if p.Older = newest && len(p.History) > firstMoments; p.Older {
		p.History = p.History[:firstMoments]
	}
}

// railOf draws the seven stages with their days; a stage entered under a waiver shows a notch.
func railOf(lang text.Lang, f casework.File) page.Rail {
	rail := page.NewRail(lang, f.Reached(), f.Open(), false)
	for i, stage := range casework.Stages[:7] {
		for _, e := range f.Stages {
			if e.Stage != stage {
				continue
			}
			if e.LeftOn != "" {
				rail.Segs[i].Note = text.T(lang, "selesai %s", e.LeftOn)
			} else {
				rail.Segs[i].Note = text.T(lang, "sejak %s", e.On)
			}
		}
		if i < len(f.Stages) && f.Stages[i].Waiver != "" && rail.Segs[i].State == "f" {
			rail.Segs[i].State = "w"
		}
	}
	return rail
}

// gatesOf lists what the next step needs: what is open first, done below.
func gatesOf(r *web.Request, f casework.File, step casework.Step) []page.Gate {
	var open, done []page.Gate
	for _, c := range step.Conditions {
		g := page.Gate{Done: c.Done, Text: text.Say(r.Lang, c.Say), Note: c.Article}
		if c.Done {
			done = append(done, g)
			continue
		}
		if at, ok := parts[c.Part]; ok && (r.By.May("case.work") || c.Part == "decision" || c.Part == "plan") {
			g.Href, g.Action = f.Path()+at.path, r.Say(at.name)
			if c.Part == "consent" {
				g.Href = "/persons/" + f.Person.String() + "/consents?case=" + f.ID.String()
			}
		}
		open = append(open, g)
	}
	return append(open, done...)
}

// actionOf is the next step as one button.
func actionOf(r *web.Request, p casePage) action {
	f := p.File
	switch {
	case !f.Open() || !r.By.May("case.work"):
		return action{}
	case p.Step.Own == "termination":
		return action{f.Path() + "/termination", r.Say("Akhiri layanan")}
	case p.Step.Own == "closure":
		if p.Step.Ready() {
			return action{f.Path() + "/closure", r.Say("Tutup sebagai tuntas")}
		}
		return action{f.Path() + "/contacts", r.Say("Buka kunjungan")}
	case p.Step.Ready():
		return action{"", r.Say("Mulai tahap berikutnya")}
	}
	for _, g := range p.Gates {
		if !g.Done && g.Href != "" {
			return action{g.Href, g.Action}
		}
	}
	return action{}
}

// personPage is a person with every episode.
type personPage struct {
	Person   person.Person
	Cases    []casework.Line
	Consents []person.Consent
	Open     bool
}

func (d *Desk) getPerson(r *web.Request) (web.Answer, error) {
	p, consents, err := d.Persons.ConsentsOf(r.Context(), r.By, r.ID("person"))
	if err != nil {
		return nil, err
	}
	lines := []casework.Line{}
	if r.By.May("case.see") {
		if lines, _, err = d.Cases.List(r.Context(), r.By, casework.Filter{Person: p.ID}); err != nil {
			return nil, err
		}
	}
	view := personPage{Person: p, Cases: lines, Consents: consents}
	for _, l := range lines {
		view.Open = view.Open || l.Case.Open()
	}
	return r.Page("front/person.html", view)
}
