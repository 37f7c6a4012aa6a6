package actions

import (
	"slices"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/upload"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/needs"
)

// actionPage is one action with the forms of its next steps. Sent names the form that came back.
type actionPage struct {
	Whole
	Sent    string
	Mine    bool
	Owners  []page.Option
	Centres []page.Option
	At      id.ID // whose gaps can be laid to it
	Open    []page.Tick
	Most    int
	Brought []needs.Need
	Bring   []page.Tick
}

// Cost is rupiah of all that the action brings.
func (p actionPage) Cost() (sum int64) {
	for _, n := range p.Brought {
		sum += n.Cost
	}
	return sum
}

func (d *Desk) actionPage(r *web.Request, sent string) func() (any, error) {
	return func() (any, error) {
		w, err := d.Look(r.Context(), r.By, r.ID("action"))
		if err != nil {
			return nil, err
		}
		p := actionPage{Whole: w, Sent: sent, Mine: r.By.May(who.RunAction) && mayWork(r.By, w.Action) == nil, Most: MostBytes >> 20}
		if p.Mine && w.Live {
			p.At = w.Centre
			if other, ok := id.Parse(r.Param("centre_id")); ok {
				p.At = other
			}
		}
		var free []needs.Need
		if p.Brought, free, err = d.Brings(r.Context(), r.By, w.ID, p.At); err != nil || !p.Mine || !w.Live {
			return p, err
		}
		p.Bring = bring(r, p.Brought, free)
		c, err := d.Choices(r.Context(), r.By, p.At)
		if err != nil {
			return nil, err
		}
		p.Owners, p.Centres = OwnerOptions(r.Lang, c), centre.Options(c.Centres)
		var options []page.Option
		for _, g := range c.Gaps {
			if !w.closes(p.At, g.Criterion.Key) {
				options = append(options, page.Option{Value: g.Standard + "/" + g.Criterion.Key, Name: g.Criterion.In(string(r.Lang))})
			}
		}
		p.Open = r.Ticks("gaps", options)
		return p, nil
	}
}

// bring are the needs that an action could bring, those that it does ticked.
func bring(r *web.Request, brought, free []needs.Need) []page.Tick {
	var options []page.Option
	var kept []string
	for i, n := range slices.Concat(brought, free) {
		options = append(options, page.Option{Value: n.ID.String(), Name: n.Name + ", " + text.Money(r.Lang, n.Cost)})
		if i < len(brought) {
			kept = append(kept, n.ID.String())
		}
	}
	return r.Ticks("needs", options, kept...)
}

func (d *Desk) postNeeds(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in SetNeeds) (Action, error) {
		return d.LayNeeds(r.Context(), r.By, r.ID("action"), r.IfMatch(), in)
	})
	return d.done(r, a, err, "needs", "Kebutuhan ditautkan.")
}

func (w Whole) closes(at id.ID, criterion string) bool {
	for _, g := range w.Gaps {
		if g.Centre == at && g.Criterion == criterion {
			return true
		}
	}
	return false
}

func (d *Desk) getAction(r *web.Request) (web.Answer, error) {
	return r.Show("actions/action.html", d.actionPage(r, ""), func() (any, error) {
		w, err := d.Look(r.Context(), r.By, r.ID("action"))
		return wholeBody(w), err
	})
}

// done answers a deed on an action: its page, or the form that was sent with the reason.
func (d *Desk) done(r *web.Request, a Action, err error, form, said string) (web.Answer, error) {
	if err != nil {
		return r.Again("actions/action.html", d.actionPage(r, form), err)
	}
	r.Flash(said)
	return r.Done(a.Path(), a.Path(), BodyOf(a))
}

func (d *Desk) postStart(r *web.Request) (web.Answer, error) {
	a, err := d.Start(r.Context(), r.By, r.ID("action"), r.IfMatch())
	return d.done(r, a, err, "start", "Tindak lanjut dimulai.")
}

func (d *Desk) postReport(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Report) (Action, error) { return d.Report(r.Context(), r.By, r.ID("action"), r.IfMatch(), in) })
	return d.done(r, a, err, "report", "Kemajuan tersimpan.")
}

func (d *Desk) postPostponement(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Postponement) (Action, error) {
		return d.Postpone(r.Context(), r.By, r.ID("action"), r.IfMatch(), in)
	})
	return d.done(r, a, err, "postpone", "Batas waktu yang baru tersimpan. Penundaan dihitung.")
}

func (d *Desk) postEscalation(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Why) (Action, error) { return d.Escalate(r.Context(), r.By, r.ID("action"), r.IfMatch(), in) })
	return d.done(r, a, err, "escalate", "Dinaikkan kepada Kepala Dinas. Satu tanggal lagi boleh ditetapkan.")
}

func (d *Desk) postResult(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Completion) (Action, error) {
		file, err := r.SentFile("file", MostBytes)
		if err != nil {
			return Action{}, err
		}
		return d.Finish(r.Context(), r.By, r.ID("action"), r.IfMatch(), in, (*upload.File)(file))
	})
	return d.done(r, a, err, "finish", "Tindak lanjut selesai. Terima kasih.")
}

func (d *Desk) postStop(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Why) (Action, error) { return d.Stop(r.Context(), r.By, r.ID("action"), r.IfMatch(), in) })
	return d.done(r, a, err, "stop", "Tindak lanjut dihentikan.")
}

func (d *Desk) postReassignment(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Reassignment) (Action, error) {
		in.Site = r.Site()
		return d.Reassign(r.Context(), r.By, r.ID("action"), r.IfMatch(), in)
	})
	return d.done(r, a, err, "reassign", "Diserahkan kepada pelaksana baru. Hitungan penundaan mulai lagi.")
}

func (d *Desk) postMilestone(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in NewMilestone) (Action, error) {
		return d.AddMilestone(r.Context(), r.By, r.ID("action"), r.IfMatch(), in)
	})
	return d.done(r, a, err, "milestone", "Tonggak tersimpan.")
}

func (d *Desk) postReached(r *web.Request) (web.Answer, error) {
	a, err := d.ReachMilestone(r.Context(), r.By, r.ID("action"), r.ID("milestone"), r.IfMatch())
	return d.done(r, a, err, "reached", "Tonggak tercapai.")
}

func (d *Desk) postGaps(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in NewGaps) (Action, error) { return d.LayGaps(r.Context(), r.By, r.ID("action"), r.IfMatch(), in) })
	return d.done(r, a, err, "gaps", "Kesenjangan ditambahkan.")
}

func (d *Desk) postFile(r *web.Request) (web.Answer, error) {
	f, err := web.Do(r, func(in NewFile) (File, error) {
		file, err := r.SentFile("file", MostBytes)
		if err != nil {
			return File{}, err
		}
		if file == nil {
			file = &web.Sent{}
		}
		return d.AddFile(r.Context(), r.By, r.ID("action"), in, upload.File(*file))
	})
	if err != nil {
		return r.Again("actions/action.html", d.actionPage(r, "file"), err)
	}
	r.Flash("Berkas tersimpan.")
	return r.Done("/actions/"+f.Action.String(), "/action-files/"+f.ID.String()+"/content", fileBody(f))
}

func (d *Desk) getFile(r *web.Request) (web.Answer, error) {
	f, body, err := d.OpenFile(r.Context(), r.By, r.ID("actionfile"))
	if err != nil {
		return nil, err
	}
	return r.File(f.Label, f.Type, body)
}
