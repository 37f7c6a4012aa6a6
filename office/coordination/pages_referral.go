package coordination

import (
	"slices"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
)

func (d *Desk) routesReferrals() []web.Route {
	return []web.Route{
		web.GET("/cases/{case}/referrals", d.getOfCase).Says("referrals", "Referrals of a case, the newest first").Query(web.Part{}).Lists(ReferralBody{}),
		web.GET("/cases/{case}/referrals/new", d.getNew).Page(),
		web.POST("/cases/{case}/referrals", d.postPrepare).Drafts("Rujukan|draf", who.SendReferral).Says("referrals", "Prepare a referral: it shows what the receiver would see; nothing leaves yet").Takes(NewReferral{}).Gives(ReferralBody{}),
		web.POST("/cases/{case}/referrals/lack", d.postLack).NoDrafts(choiceAlone).Says("referrals", "Count that no service fits, or that all are full").Takes(Lack{}).Gives(LackBody{}),
		web.GET("/referrals", d.getReferrals).Says("referrals", "Referrals from and to one's centres, the newest first").Query(Chosen{}).Lists(ReferralBody{}),
		web.GET("/referrals/{referral}", d.getReferral).Says("referrals", "One referral").Gives(ReferralBody{}),
		web.POST("/referrals/{referral}/sending", d.postSending).Says("referrals", "Send a prepared referral").Takes(struct{}{}).Gives(ReferralBody{}),
		web.POST("/referrals/{referral}/answer", d.postAnswer).Drafts("Jawaban rujukan", who.SendReferral).Says("referrals", "Answer: the head of the receiving centre, or the sender for an agency that telephoned").Takes(Reply{}).Gives(ReferralBody{}),
		web.POST("/referrals/{referral}/beginning", d.postBeginning).Drafts("Mulai layanan rujukan", who.SendReferral).Says("referrals", "The service began").Takes(Beginning{}).Gives(ReferralBody{}),
		web.POST("/referrals/{referral}/result", d.postResult).Drafts("Hasil rujukan|draf", who.SendReferral).Says("referrals", "How it ended").Takes(Outcome{}).Gives(ReferralBody{}),
		web.POST("/referrals/{referral}/information", d.postInformation).Drafts("Keterangan rujukan", who.SendReferral).Says("referrals", "Answer a question of the receiver").Takes(Information{}).Gives(ReferralBody{}),
		web.POST("/referrals/{referral}/withdrawal", d.postWithdrawn).Drafts("Penarikan rujukan", who.SendReferral).Says("referrals", "Take a referral back").Takes(Withdrawal{}).Gives(ReferralBody{}),
		web.POST("/referrals/{referral}/rerouting", d.postRerouting).NoDrafts(choiceAlone).Says("referrals", "End it and prepare the same need for another service").Takes(Rerouting{}).Gives(ReferralBody{}),
	}
}

func (d *Desk) getOfCase(r *web.Request) (web.Answer, error) {
	var f casework.File
	all, next, err := web.PartOf(r, 50, func(p web.Part) (all []Referral, err error) {
		all, f, err = d.OfCase(r.Context(), r.By, r.ID("case"), p.After, p.Limit)
		return all, err
	}, func(v Referral) id.ID { return v.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, referralBody), next)
	}
	return r.Page("coordination/of-case.html", map[string]any{"File": f, "Referrals": all, "Next": next})
}

// newPage asks the three questions one after the other: what is needed, to whom, which data go along.
func (d *Desk) newPage(r *web.Request, caseID id.ID, category, need string, service id.ID) func() (any, error) {
	return func() (any, error) {
		w, err := d.WaysFor(r.Context(), r.By, caseID, category)
		if err != nil {
			return nil, err
		}
		today := r.Today()
		rules := law.Referral.On(today)
		p := map[string]any{"File": w.File, "Offers": w.Offers, "Category": category, "Need": need, "Categories": casework.Options(r, categories(rules)), "Today": today}
		p["Full"] = len(w.Offers) > 0 && !slices.ContainsFunc(w.Offers, func(o Offer) bool { return !o.Full() })
		if i := slices.IndexFunc(w.Offers, func(o Offer) bool { return o.ID == service }); i >= 0 {
			p["Chosen"] = w.Offers[i]
			least, _ := rules.Category(category)
			var minimum []Shown
			var more []law.ShareField
			for _, f := range rules.Fields {
				if slices.Contains(least.Minimum, f.Key) {
					minimum = append(minimum, Shown{f.Key, valueOf(w.File, f.Key)})
				} else if right, guard := guarded[f.Key]; (!guard || r.By.May(right)) && (f.Key == "health_note" || valueOf(w.File, f.Key) != "") {
					more = append(more, f)
				}
			}
			p["Minimum"], p["More"], p["Consented"], p["Due"] = minimum, more, consentFor(w.File) != 0, law.AddWorkingDays(today, rules.AnswerDays)
			p["Signed"] = signedBySocialWorker(w.File) != 0
			p["Bases"] = casework.Options(r, rules.Bases)
			p["Waive"] = w.Offers[i].AgencyKind == UPT && w.File.Setting == casework.Outside && !sevenDays(w.File) && r.By.May(who.WaiveRule)
			p["Basis"] = ""
			if consentFor(w.File) != 0 {
				p["Basis"] = "consent"
			}
		}
		return p, nil
	}
}

func (d *Desk) getNew(r *web.Request) (web.Answer, error) {
	service, _ := id.Parse(r.Param("service"))
	category := r.Param("category")
	if _, ok := law.Referral.On(r.Today()).Category(category); !ok {
		category = ""
	}
	need := []rune(r.Param("need"))
	return r.Page("coordination/new.html", d.newPage(r, r.ID("case"), category, string(need[:min(len(need), 500)]), service))
}

func (d *Desk) postPrepare(r *web.Request) (web.Answer, error) {
	var in NewReferral
	err := r.Read(&in)
	var made Referral
	if err == nil {
		made, err = d.Prepare(r.Context(), r.By, r.ID("case"), in)
	}
	if err != nil {
		category := ""
		if s, failed := d.Service(r.Context(), r.By, in.Service); failed == nil {
			category = s.Category
		}
		return r.Again("coordination/new.html", d.newPage(r, r.ID("case"), category, in.Need, in.Service), err)
	}
	return r.Done(made.Path(), made.Path(), referralBody(made))
}

func (d *Desk) postLack(r *web.Request) (web.Answer, error) {
	var in Lack
	err := r.Read(&in)
	why := ""
	if err == nil {
		why, err = d.NoteLack(r.Context(), r.By, r.ID("case"), in)
	}
	if err != nil {
		return r.Again("coordination/new.html", d.newPage(r, r.ID("case"), in.Category, "", 0), err)
	}
	r.Flash("Tercatat sebagai kebutuhan yang belum terlayani.")
	return r.Done("/cases/"+r.ID("case").String()+"/referrals", "/cases/"+r.ID("case").String()+"/referrals", LackBody{why})
}

func (d *Desk) getReferrals(r *web.Request) (web.Answer, error) {
	var c Chosen
	if err := r.Filter(&c); err != nil {
		return nil, err
	}
	if c.Limit == 0 {
		c.Limit = 50
	}
	shown := c.Limit
	c.Limit++
	all, err := d.Referrals(r.Context(), r.By, c)
	if err != nil {
		return nil, err
	}
	next := ""
	if int64(len(all)) > shown {
		all = all[:shown]
		next = all[shown-1].ID.String()
	}
	if r.API() {
		return r.List(web.Bodies(all, referralBody), next)
	}
	return r.Page("coordination/referrals.html", map[string]any{"Referrals": all, "Next": next, "F": c, "States": []string{Sent, Received, Asked, Accepted, Started, Finished, Refused}})
}

func (d *Desk) referralPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		one, err := d.Referral(r.Context(), r.By, r.ID("referral"))
		if err != nil {
			return nil, err
		}
		sends, takes := r.By.May(who.SendReferral) && r.By.Scope.Has(one.Centre), mayAnswer(one, r.By) == nil && r.By.May(who.SendReferral)
		p := map[string]any{"R": one, "Today": r.Today(), "Sends": sends, "Takes": takes, "Mine": r.By.Scope.Has(one.Centre), "Rules": law.Referral.On(r.Today()),
			"Refusals": casework.Options(r, law.Referral.On(r.Today()).Refusals), "Results": casework.Options(r, law.Referral.On(r.Today()).Results)}
		if sends && one.May(doReroute) {
			w, err := d.WaysFor(r.Context(), r.By, one.Case, one.Category)
			if err != nil {
				return nil, err
			}
			var others []page.Option
			for _, o := range w.Offers {
				if !o.Full() && o.ID != one.Service {
					others = append(others, page.Option{Value: o.ID.String(), Name: o.AgencyName + " · " + o.Name})
				}
			}
			p["Others"] = others
		}
		return p, nil
	}
}

func (d *Desk) getReferral(r *web.Request) (web.Answer, error) {
	return r.Show("coordination/referral.html", d.referralPage(r), func() (any, error) {
		one, err := d.Referral(r.Context(), r.By, r.ID("referral"))
		return referralBody(one), err
	})
}

// moved answers a deed about a referral.
func (d *Desk) moved(r *web.Request, one Referral, err error, said fail.Saying) (web.Answer, error) {
	if err != nil {
		return r.Again("coordination/referral.html", d.referralPage(r), err)
	}
	r.Flash(said.Text, said.Args...)
	return r.Done(one.Path(), one.Path(), referralBody(one))
}

func (d *Desk) postSending(r *web.Request) (web.Answer, error) {
	one, err := d.Send(r.Context(), r.By, r.ID("referral"), r.IfMatch(), r.Site())
	return d.moved(r, one, err, fail.Say("Rujukan terkirim ke %s. Jawaban diminta paling lambat %s.", one.AgencyName, one.DueOn))
}

func (d *Desk) postAnswer(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Reply) (Referral, error) {
		return d.Answer(r.Context(), r.By, r.ID("referral"), r.IfMatch(), in)
	})
	return d.moved(r, one, err, fail.Say("Jawaban tercatat."))
}

func (d *Desk) postBeginning(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Beginning) (Referral, error) {
		return d.Begin(r.Context(), r.By, r.ID("referral"), r.IfMatch(), in)
	})
	return d.moved(r, one, err, fail.Say("Mulai layanan tercatat."))
}

func (d *Desk) postResult(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Outcome) (Referral, error) {
		return d.Finish(r.Context(), r.By, r.ID("referral"), r.IfMatch(), in)
	})
	return d.moved(r, one, err, fail.Say("Hasil rujukan tercatat."))
}

func (d *Desk) postInformation(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Information) (Referral, error) {
		return d.Inform(r.Context(), r.By, r.ID("referral"), r.IfMatch(), in)
	})
	return d.moved(r, one, err, fail.Say("Keterangan terkirim."))
}

func (d *Desk) postWithdrawn(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Withdrawal) (Referral, error) {
		return d.Withdraw(r.Context(), r.By, r.ID("referral"), r.IfMatch(), in)
	})
	return d.moved(r, one, err, fail.Say("Rujukan ditarik. Penerima tidak melihatnya lagi."))
}

func (d *Desk) postRerouting(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Rerouting) (Referral, error) {
		return d.Reroute(r.Context(), r.By, r.ID("referral"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("coordination/referral.html", d.referralPage(r), err)
	}
	r.Flash("Rujukan baru disiapkan. Periksa, lalu kirim.")
	return r.Done(one.Path(), one.Path(), referralBody(one))
}
