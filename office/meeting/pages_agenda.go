package meeting

import (
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/actions"
	"tuntas/office/centre"
)

func (d *Desk) routesAgenda() []web.Route {
	return []web.Route{
		web.GET("/meetings/topic", d.getTopic).Page().Query(AskTopic{}),
		web.POST("/meeting-topics", d.postTopic).Drafts("Acara rakor dari angka|draf", who.HoldMeeting).Says("meetings", "Write a figure on the agenda of a meeting, with what it says now").Takes(Topic{}).Gives(ItemBody{}),
		web.POST("/meetings/{meeting}/items", d.postItem).Drafts("Acara rakor", who.HoldMeeting).Says("meetings", "Write an item on the agenda").Takes(NewItem{}).Gives(ItemBody{}),
		web.POST("/meetings/{meeting}/proposals", d.postProposals).Says("meetings", "Lay on the agenda what presses by now").Takes(struct{}{}).Gives(MeetingBody{}),
		web.GET("/meeting-items/{item}", d.getItem).Says("meetings", "One item of an agenda with its minutes and decisions").Gives(ItemBody{}),
		web.POST("/meeting-items/{item}/standing", d.postStanding).NoDrafts(choiceAlone).Says("meetings", "Accept an item or drop it").Takes(ItemChange{}).Gives(ItemBody{}),
		web.POST("/meeting-items/{item}/place", d.postPlace).NoDrafts(choiceAlone).Says("meetings", "Move an item one place up or down").Takes(ItemMove{}).Gives(ItemBody{}),
		web.POST("/meeting-items/{item}/minutes", d.postNotes).Drafts("Notulen", who.HoldMeeting).Says("meetings", "The minutes of an item").Takes(Notes{}).Gives(ItemBody{}),
		web.POST("/meeting-items/{item}/decisions", d.postDecision).Drafts("Keputusan rakor", who.HoldMeeting).Says("meetings", "Decide: one organisation and one person do it until a day; it is an action at once").Takes(Decision{}).Gives(actions.ActionBody{}),
		web.POST("/meeting-items/{item}/action", d.postApply).Drafts("Keputusan atas tindak lanjut", who.HoldMeeting).Says("meetings", "Decide on an action that the meeting takes up again; after two postponements a date alone is refused").Takes(actions.Move{}).Gives(ItemBody{}),
	}
}

func (d *Desk) postItem(r *web.Request) (web.Answer, error) {
	i, err := web.Do(r, func(in NewItem) (Item, error) { return d.AddItem(r.Context(), r.By, r.ID("meeting"), in) })
	if err != nil {
		return r.Again("meeting/meeting.html", d.meetingPage(r, "item"), err)
	}
	r.Flash("Pokok bahasan ditambahkan.")
	return r.Done("/meetings/"+i.Meeting.String()+"#agenda", "/meeting-items/"+i.ID.String(), itemBody(i))
}

func (d *Desk) postProposals(r *web.Request) (web.Answer, error) {
	m, n, err := d.Propose(r.Context(), r.By, r.ID("meeting"))
	if err != nil {
		return r.Again("meeting/meeting.html", d.meetingPage(r, "proposals"), err)
	}
	r.Flash(r.Say("%d usulan baru.", n))
	return r.Done(m.Path(), m.Path(), bodyOf(m))
}

// itemPage is one item while it is spoken about.
type itemPage struct {
	Item
	M          Meeting
	Holds      bool
	Sent       string
	Owners     []page.Option
	Centres    []page.Option
	Indicators []page.Option
	Deeds      []page.Option
}

var deedWords = map[string]text.Word{"postpone": "Tunda sampai tanggal baru", "escalate": "Naikkan kepada Kepala Dinas", "reassign": "Serahkan kepada pelaksana lain", "stop": "Hentikan"}

func (d *Desk) itemPage(r *web.Request, sent string) func() (any, error) {
	return func() (any, error) {
		i, m, c, err := d.Item(r.Context(), r.By, r.ID("item"))
		if err != nil {
			return nil, err
		}
		p := itemPage{Item: i, M: m, Sent: sent, Holds: r.By.May(who.HoldMeeting) && m.Open()}
		if !p.Holds {
			return p, nil
		}
		p.Owners, p.Centres, p.Indicators = actions.OwnerOptions(r.Lang, c), centre.Options(c.Centres), actions.IndicatorOptions(r.Lang)
		deeds := []string{"postpone", "reassign", "stop"}
		if i.Again.Stuck() {
			deeds = []string{"escalate", "reassign", "stop"}
		}
		p.Deeds = page.WordOptions(r.Lang, deedWords, deeds...)
		return p, nil
	}
}

func (d *Desk) getItem(r *web.Request) (web.Answer, error) {
	return r.Show("meeting/item.html", d.itemPage(r, ""), func() (any, error) {
		i, _, _, err := d.Item(r.Context(), r.By, r.ID("item"))
		return itemBody(i), err
	})
}

// agendaDone answers a button on the agenda: back to the place where it stood.
func (d *Desk) agendaDone(r *web.Request, i Item, err error) (web.Answer, error) {
	if err != nil {
		return r.Again("meeting/item.html", d.itemPage(r, "agenda"), err)
	}
	return r.Done("/meetings/"+i.Meeting.String()+"#agenda", "/meeting-items/"+i.ID.String(), itemBody(i))
}

func (d *Desk) postStanding(r *web.Request) (web.Answer, error) {
	i, err := web.Do(r, func(in ItemChange) (Item, error) { return d.SetItem(r.Context(), r.By, r.ID("item"), r.IfMatch(), in) })
	return d.agendaDone(r, i, err)
}

func (d *Desk) postPlace(r *web.Request) (web.Answer, error) {
	i, err := web.Do(r, func(in ItemMove) (Item, error) { return d.MoveItem(r.Context(), r.By, r.ID("item"), r.IfMatch(), in) })
	return d.agendaDone(r, i, err)
}

func (d *Desk) itemDone(r *web.Request, i Item, err error, form, said string) (web.Answer, error) {
	if err != nil {
		return r.Again("meeting/item.html", d.itemPage(r, form), err)
	}
	r.Flash(said)
	path := "/meeting-items/" + i.ID.String()
	return r.Done(path, path, itemBody(i))
}

func (d *Desk) postNotes(r *web.Request) (web.Answer, error) {
	i, err := web.Do(r, func(in Notes) (Item, error) { return d.WriteNotes(r.Context(), r.By, r.ID("item"), r.IfMatch(), in) })
	return d.itemDone(r, i, err, "notes", "Notulen tersimpan.")
}

func (d *Desk) postDecision(r *web.Request) (web.Answer, error) {
	a, err := web.Do(r, func(in Decision) (actions.Action, error) {
		in.Site = r.Site()
		return d.Decide(r.Context(), r.By, r.ID("item"), in)
	})
	if err != nil {
		return r.Again("meeting/item.html", d.itemPage(r, "decision"), err)
	}
	r.Flash("Keputusan tersimpan sebagai tindak lanjut.")
	return r.Done("/meeting-items/"+a.Decided.String(), a.Path(), actions.BodyOf(a))
}

func (d *Desk) postApply(r *web.Request) (web.Answer, error) {
	i, err := web.Do(r, func(in actions.Move) (Item, error) {
		in.Site = r.Site()
		return d.Apply(r.Context(), r.By, r.ID("item"), r.IfMatch(), in)
	})
	return d.itemDone(r, i, err, "apply", "Keputusan atas tindak lanjut tersimpan.")
}
