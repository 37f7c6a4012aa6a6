package passage

import (
	"embed"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/residence"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Routes are the desk's addresses.
func (d *Desk) Routes() []web.Route {
	return append(d.routesTransfer(),
		web.GET("/cases/{case}/leaves", d.getLeaves).Openable().Says("leaves", "Leaves on trial of a case").Lists(LeaveBody{}),
		web.POST("/cases/{case}/leaves", d.postLeave).Drafts("Cuti percobaan|draf", who.WorkCase).Says("leaves", "Plan a leave on trial, or begin it").Takes(NewLeave{}).Gives(LeaveBody{}),
		web.GET("/leaves/{leave}", d.getLeave).Openable().API().Says("leaves", "One leave").Gives(LeaveBody{}),
		web.POST("/leaves/{leave}/departure", d.postDeparture).Drafts("Keberangkatan cuti", who.WorkCase).Says("leaves", "Record that a leave began").Takes(Departure{}).Gives(LeaveBody{}),
		web.POST("/leaves/{leave}/contacts", d.postCall).Drafts("Kabar selama cuti", who.WorkCase).Says("leaves", "Record a visit or a call during a leave").Takes(NewCall{}).Gives(LeaveBody{}),
		web.POST("/leaves/{leave}/homecoming", d.postHomecoming).Drafts("Hasil cuti percobaan", who.WorkCase).Says("leaves", "Record how a leave ended").Takes(Homecoming{}).Gives(LeaveBody{}),
		web.POST("/leaves/{leave}/cancellation", d.postCancelLeave).Drafts("Pembatalan cuti", who.WorkCase).Says("leaves", "Cancel a leave that has not begun").Takes(Cancelling{}).Gives(LeaveBody{}),
		web.GET("/cases/{case}/family", d.getFamily).Says("cases", "The family of a case, each member with an own case").Lists(FamilyBody{}),
		web.POST("/cases/{case}/family/admission", d.postFamilyAdmission).Drafts("Penempatan keluarga", who.PlaceStay).Says("cases", "Place members of a family together: all or nobody").Takes(FamilyAdmission{}).Gives(FamilyBody{}),
		web.POST("/cases/{case}/family/termination", d.postFamilyEnding).Drafts("Pengakhiran layanan keluarga", who.WorkCase).Says("cases", "End the stay in care of a family together: all or nobody").Takes(FamilyEnding{}).Gives(FamilyBody{}),
		web.GET("/cases/{case}/reviews", d.getReviews).Openable().Says("cases", "Reviews of a long stay, the latest first").Lists(ReviewBody{}),
		web.POST("/cases/{case}/reviews", d.postReview).Drafts("Tinjauan tinggal jangka panjang", who.WorkCase).Says("cases", "Begin a long stay, or review it").Takes(NewReview{}).Gives(ReviewBody{}),
		web.GET("/cases/{case}/death", d.getDeath).Openable().Says("cases", "A death in care and what remains to be done").Gives(DeathBody{}),
		web.POST("/cases/{case}/death", d.postDeath).Drafts("Catatan meninggal", who.WorkCase).Says("cases", "Record a death in care: the stay ends").Takes(NewDeath{}).Gives(DeathBody{}),
		web.PATCH("/cases/{case}/death", d.patchDeath).Says("cases", "Record steps after a death").Takes(Steps{}).Gives(DeathBody{}),
		web.POST("/cases/{case}/death/steps", d.postSteps).Drafts("Langkah setelah meninggal", who.WorkCase).Page().Takes(Steps{}),
	)
}

func bedOptions(beds []residence.Bed) []page.Option {
	var out []page.Option
	for _, b := range beds {
		out = append(out, page.Option{Value: b.ID.String(), Name: b.Ward + " · " + b.Room + " · " + b.Label})
	}
	return out
}

var (
	_ = page.Lookup("leavestate", func(l text.Lang, key string) string { return text.T(l, string(leaveWords[key])) })
	_ = page.Lookup("leaveresult", func(l text.Lang, key string) string { return text.T(l, string(resultWords[key])) })
	_ = page.Lookup("reviewword", func(l text.Lang, key string) string { return text.T(l, string(reviewWords[key])) })
	_ = page.Lookup("methodname", func(l text.Lang, key string) string {
		n, _ := law.Find(law.Standard.Latest().Methods, key)
		return n.In(string(l))
	})
)

var (
	leaveWords  = map[string]text.Word{Planned: "Direncanakan", Away: "Sedang cuti", Back: "Sudah kembali", Stayed: "Menetap di sana", Cancelled: "Dibatalkan"}
	resultWords = map[string]text.Word{"went_well": "Berjalan baik", "with_help": "Berjalan dengan bantuan", "failed": "Belum berhasil"}
)

var reviewWords = map[string]text.Word{Begin: "Ditetapkan tinggal jangka panjang", Continue: "Diteruskan", Change: "Diteruskan, rencana diubah", EndStay: "Diakhiri, menuju resosialisasi"}

func (d *Desk) leavePage(r *web.Request, of id.ID) func() (any, error) {
	return func() (any, error) {
		all, f, err := d.Leaves(r.Context(), r.By, of)
		if err != nil {
			return nil, err
		}
		p := map[string]any{"File": f, "Leaves": all, "Today": r.Today(), "Methods": casework.Options(r, law.Standard.On(r.Today()).Methods),
			"Beds": []page.Option{{Value: BedKept, Name: r.Say("Disimpan"), Hint: r.Say("Menunggu ia kembali.")},
				{Value: BedReleased, Name: r.Say("Dilepas"), Hint: r.Say("Bisa dipakai orang lain. Ia tetap terhitung penghuni.")}},
			"Came":    []page.Option{{Value: Back, Name: r.Say("Kembali ke panti")}, {Value: Stayed, Name: r.Say("Menetap di sana"), Hint: r.Say("Lanjutkan dengan mengakhiri layanan.")}},
			"Results": page.WordOptions(r.Lang, resultWords, "went_well", "with_help", "failed")}
		if len(all) > 0 && all[0].Running() {
			p["Now"] = all[0]
			if all[0].State == Away && all[0].Bed == BedReleased {
				free, err := d.FreeBeds(r.Context(), r.By, f.Centre)
				if err != nil {
					return nil, err
				}
				p["Free"] = bedOptions(free)
			}
		}
		return p, nil
	}
}

func (d *Desk) getLeaves(r *web.Request) (web.Answer, error) {
	if !r.API() {
		return r.Page("passage/leaves.html", d.leavePage(r, r.ID("case")))
	}
	all, _, err := d.Leaves(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	return r.Whole(web.Bodies(all, leaveBody))
}

func (d *Desk) getLeave(r *web.Request) (web.Answer, error) {
	l, err := d.LeaveOf(r.Context(), r.By, r.ID("leave"))
	if err != nil {
		return nil, err
	}
	return r.JSON(leaveBody(l))
}

func (d *Desk) postLeave(r *web.Request) (web.Answer, error) {
	l, err := web.Do(r, func(in NewLeave) (Leave, error) { return d.PlanLeave(r.Context(), r.By, r.ID("case"), in) })
	if err != nil {
		return r.Again("passage/leaves.html", d.leavePage(r, r.ID("case")), err)
	}
	r.Flash("Cuti percobaan tersimpan.")
	return leaveDone(r, l)
}

func leaveDone(r *web.Request, l Leave) (web.Answer, error) {
	return r.Done("/cases/"+l.Case.String()+"/leaves", "/leaves/"+l.ID.String(), leaveBody(l))
}

// leaveAgain shows the page of leaves again with what was typed.
func (d *Desk) leaveAgain(r *web.Request, err error) (web.Answer, error) {
	return r.Again("passage/leaves.html", func() (any, error) {
		l, failed := d.LeaveOf(r.Context(), r.By, r.ID("leave"))
		if failed != nil {
			return nil, failed
		}
		return d.leavePage(r, l.Case)()
	}, err)
}

func (d *Desk) postDeparture(r *web.Request) (web.Answer, error) {
	l, err := web.Do(r, func(in Departure) (Leave, error) { return d.Depart(r.Context(), r.By, r.ID("leave"), r.IfMatch(), in) })
	if err != nil {
		return d.leaveAgain(r, err)
	}
	r.Flash("Keberangkatan tercatat.")
	return leaveDone(r, l)
}

func (d *Desk) postCall(r *web.Request) (web.Answer, error) {
	l, err := web.Do(r, func(in NewCall) (Leave, error) { return d.CallOnLeave(r.Context(), r.By, r.ID("leave"), in) })
	if err != nil {
		return d.leaveAgain(r, err)
	}
	r.Flash("Kabar selama cuti tercatat.")
	return leaveDone(r, l)
}

func (d *Desk) postHomecoming(r *web.Request) (web.Answer, error) {
	l, err := web.Do(r, func(in Homecoming) (Leave, error) {
		return d.EndLeave(r.Context(), r.By, r.ID("leave"), r.IfMatch(), in)
	})
	if err != nil {
		return d.leaveAgain(r, err)
	}
	r.Flash("Hasil cuti percobaan tercatat.")
	return leaveDone(r, l)
}

func (d *Desk) postCancelLeave(r *web.Request) (web.Answer, error) {
	l, err := web.Do(r, func(in Cancelling) (Leave, error) {
		return d.CancelLeave(r.Context(), r.By, r.ID("leave"), r.IfMatch(), in)
	})
	if err != nil {
		return d.leaveAgain(r, err)
	}
	r.Flash("Cuti percobaan dibatalkan.")
	return leaveDone(r, l)
}
