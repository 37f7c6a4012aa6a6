package meeting

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/monitoring"
)

var addTopic = store.NewAct("meeting.topic", who.HoldMeeting)

// fromFigure is an item that a figure brought on the agenda: its words say how the figure stood then.
const fromFigure = "figure"

// Topic is a figure that a meeting shall speak about.
type Topic struct {
	Meeting   id.ID     `json:"meeting_id" required:"true" ask:"Pilih rakornya."`
	Indicator string    `json:"indicator" required:"true" maxLength:"60" ask:"Pilih angkanya."`
	Centre    id.ID     `json:"centre_id,omitempty"`
	From      clock.Day `json:"from,omitempty"`
	To        clock.Day `json:"to,omitempty"`
	Title     string    `json:"title" required:"true" maxLength:"200" ask:"Tulis pokok bahasannya."`
}

func (t Topic) span(today clock.Day) monitoring.Span {
	return monitoring.SpanOf(t.From, t.To, t.Centre, today)
}

// AddTopic writes a figure on the agenda, with what it said at that moment; the same figure stands there once.
func (d *Desk) AddTopic(ctx context.Context, by who.Asker, in Topic) (i Item, err error) {
	_, err = d.change(ctx, by, addTopic, in.Meeting, 0, func(tx *store.Tx, m *Meeting) error {
		q, err := d.figures.Quote(tx, in.Indicator, in.span(tx.Today()))
		if err != nil {
			return err
		}
		have, err := itemsOf(tx, m.ID)
		if err != nil {
			return err
		}
		i = Item{ID: id.New(), Version: 1, Meeting: m.ID, Place: 1, Source: fromFigure, Ref: "figure:" + q.Path, Title: in.Title, Reason: q.Says, Path: q.Path, State: Accepted, By: by.Name}
		for _, one := range have {
			i.Place = max(i.Place, one.Place+1)
			if one.Ref == i.Ref {
				return fail.Bad("indicator", "twice", "Angka ini sudah menjadi acara rapat itu: %s", one.Title)
			}
		}
		tx.Record(entry(*m, fail.Say("Acara rakor ditambah: %s", in.Title), in))
		return insertItem(tx, i)
	})
	return i, err
}

// topicsOffered is how many meetings a figure can be brought to: those that are called and not over.
const topicsOffered = 50

// TopicFor gives what a figure says, and the meetings that could speak about it.
func (d *Desk) TopicFor(ctx context.Context, by who.Asker, t Topic) (q monitoring.Quote, s monitoring.Span, open []Meeting, err error) {
	err = d.store.Read(ctx, by, addTopic, func(tx *store.Tx) error {
		s = t.span(tx.Today())
		if q, err = d.figures.Quote(tx, t.Indicator, s); err != nil {
			return err
		}
		all, err := listed(tx, Meeting{}, topicsOffered)
		for _, m := range all {
			if m.Open() {
				open = append(open, m)
			}
		}
		return err
	})
	return q, s, open, err
}
