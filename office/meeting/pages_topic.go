package meeting

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/office/monitoring"
)

// topicPage lets whoever holds meetings choose one for a figure.
type topicPage struct {
	monitoring.Quote
	Topic    Topic
	Meetings []page.Option
}

// AskTopic names the figure.
type AskTopic struct {
	Indicator string    `query:"indicator" maxLength:"60"`
	Centre    id.ID     `query:"centre"`
	From      clock.Day `query:"from"`
	To        clock.Day `query:"to"`
}

func (d *Desk) topicPage(r *web.Request, t Topic) (p topicPage, err error) {
	q, s, open, err := d.TopicFor(r.Context(), r.By, t)
	t.From, t.To = s.From, s.To
	p = topicPage{Quote: q, Topic: t}
	for _, m := range open {
		p.Meetings = append(p.Meetings, page.Option{Value: m.ID.String(), Name: r.Say("%s, %s", m.Name, m.On)})
	}
	return p, err
}

func (d *Desk) getTopic(r *web.Request) (web.Answer, error) {
	var a AskTopic
	if err := r.Filter(&a); err != nil {
		return nil, err
	}
	return r.Page("meeting/topic.html", func() (any, error) {
		return d.topicPage(r, Topic{Indicator: a.Indicator, Centre: a.Centre, From: a.From, To: a.To})
	})
}

func (d *Desk) postTopic(r *web.Request) (web.Answer, error) {
	var in Topic
	err := r.Read(&in)
	var i Item
	if err == nil {
		i, err = d.AddTopic(r.Context(), r.By, in)
	}
	if err != nil {
		return r.Again("meeting/topic.html", func() (any, error) { return d.topicPage(r, in) }, err)
	}
	r.Flash("Pokok bahasan ditambahkan.")
	return r.Done("/meetings/"+i.Meeting.String()+"#agenda", "/meeting-items/"+i.ID.String(), itemBody(i))
}
