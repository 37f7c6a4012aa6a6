package passage

import (
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
)

func (d *Desk) routesTransfer() []web.Route {
	return []web.Route{
		web.GET("/cases/{case}/transfer", d.getCaseTransfer).Openable().Says("transfers", "The last transfer of a case").Gives(TransferBody{}),
		web.POST("/cases/{case}/transfer", d.postTransfer).Drafts("Usulan pindah UPT", who.ApproveCase).Says("transfers", "Propose that a case, or a family, passes to another centre").Takes(Proposal{}).Gives(TransferBody{}),
		web.GET("/transfers", d.getTransfers).Says("transfers", "Transfers from and to one's centres, the newest first").Query(web.Part{}).Lists(TransferBody{}),
		web.GET("/transfers/{transfer}", d.getTransfer).Openable().Says("transfers", "One transfer").Gives(TransferBody{}),
		web.POST("/transfers/{transfer}/acceptance", d.postAcceptance).Drafts("Penerimaan pindahan", who.ApproveCase).Says("transfers", "Accept: both have signed, and everybody moves").Takes(Acceptance{}).Gives(TransferBody{}),
		web.POST("/transfers/{transfer}/refusal", d.postRefusal).Drafts("Penolakan pindahan", who.ApproveCase).Says("transfers", "Refuse, with the reason").Takes(Cancelling{}).Gives(TransferBody{}),
		web.POST("/transfers/{transfer}/withdrawal", d.postWithdrawal).Drafts("Penarikan usulan pindah", who.ApproveCase).Says("transfers", "Take a proposal back").Takes(Cancelling{}).Gives(TransferBody{}),
	}
}

func (d *Desk) proposePage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		f, last, to, err := d.TransferOf(r.Context(), r.By, r.ID("case"))
		if err != nil {
			return nil, err
		}
		n, err := d.familyOf(r.Context(), r.By, f)
		var centres []page.Option
		for _, c := range to {
			centres = append(centres, page.Option{Value: c.ID.String(), Name: c.Name})
		}
		p := map[string]any{"File": f, "Centres": centres, "Today": r.Today(), "Family": n > 1}
		if last != nil {
			p["Last"] = *last
		}
		return p, err
	}
}

func (d *Desk) getCaseTransfer(r *web.Request) (web.Answer, error) {
	return r.Show("passage/propose.html", d.proposePage(r), func() (any, error) {
		_, last, _, err := d.TransferOf(r.Context(), r.By, r.ID("case"))
		if err != nil {
			return nil, err
		}
		if last == nil {
			last = &Transfer{} // no such record: an unknown id says so
		}
		t, err := d.Transfer(r.Context(), r.By, last.ID)
		return transferBody(t), err
	})
}

func (d *Desk) postTransfer(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in Proposal) (Transfer, error) {
		return d.Propose(r.Context(), r.By, r.ID("case"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("passage/propose.html", d.proposePage(r), err)
	}
	r.Flash("Usulan dikirim. Belum ada yang berpindah sampai Kepala UPT tujuan menerima.")
	return r.Done(t.Path(), t.Path(), transferBody(t))
}

func (d *Desk) getTransfers(r *web.Request) (web.Answer, error) {
	all, next, err := web.PartOf(r, 50, func(p web.Part) ([]Transfer, error) {
		return d.Transfers(r.Context(), r.By, p.After, p.Limit)
	}, func(t Transfer) id.ID { return t.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(all, transferBody), next)
	}
	return r.Page("passage/transfers.html", map[string]any{"Transfers": all, "Next": next})
}

func (d *Desk) transferPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		t, err := d.Transfer(r.Context(), r.By, r.ID("transfer"))
		if err != nil {
			return nil, err
		}
		p := map[string]any{"T": t, "Today": r.Today(), "Decides": t.State == Proposed && r.By.May("case.approve") && mayDecide(t, r.By) == nil,
			"Takes": t.State == Proposed && t.Sending && r.By.May("case.approve")}
		if p["Decides"] == true {
			free, err := d.FreeBeds(r.Context(), r.By, t.To)
			if err != nil {
				return nil, err
			}
			p["Free"] = bedOptions(free)
		}
		return p, nil
	}
}

func (d *Desk) getTransfer(r *web.Request) (web.Answer, error) {
	return r.Show("passage/transfer.html", d.transferPage(r), func() (any, error) {
		t, err := d.Transfer(r.Context(), r.By, r.ID("transfer"))
		return transferBody(t), err
	})
}

func (d *Desk) postAcceptance(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in Acceptance) (Transfer, error) {
		return d.Accept(r.Context(), r.By, r.ID("transfer"), r.IfMatch(), in)
	})
	return d.moved(r, t, err, fail.Say("Diterima. Orangnya sudah tercatat di UPT Anda."))
}

func (d *Desk) postRefusal(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in Cancelling) (Transfer, error) {
		return d.Refuse(r.Context(), r.By, r.ID("transfer"), r.IfMatch(), in)
	})
	return d.moved(r, t, err, fail.Say("Pemindahan ditolak. Tidak ada yang berubah."))
}

func (d *Desk) postWithdrawal(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in Cancelling) (Transfer, error) {
		return d.Withdraw(r.Context(), r.By, r.ID("transfer"), r.IfMatch(), in)
	})
	return d.moved(r, t, err, fail.Say("Usulan ditarik. Tidak ada yang berubah."))
}

func (d *Desk) moved(r *web.Request, t Transfer, err error, said fail.Saying) (web.Answer, error) {
	if err != nil {
		return r.Again("passage/transfer.html", d.transferPage(r), err)
	}
	r.Flash(said.Text)
	return r.Done(t.Path(), t.Path(), transferBody(t))
}
