package meeting

import (
	"context"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/actions"
)

// A decision may tell its agency by a letter, and letters lie in a table of the system.
var (
	decideItem  = store.NewSystemAct("meeting.decide", who.HoldMeeting)
	applyItem   = store.NewSystemAct("meeting.apply", who.HoldMeeting)
	writeNotes  = store.NewAct("meeting.notes", who.HoldMeeting)
	noteWhoCame = store.NewAct("meeting.attendance", who.HoldMeeting)
)

// Decision is what a meeting decides: one organisation and one person do it until a day.
type Decision struct {
	Title     string    `json:"title" required:"true" maxLength:"200" ask:"Tulis apa yang diputuskan."`
	Owner     string    `json:"owner" required:"true" maxLength:"40" ask:"Pilih lembaga yang mengerjakan."` // office, centre:ID or agency:ID
	OwnerName string    `json:"owner_name" required:"true" maxLength:"160" ask:"Tulis nama satu orang yang bertanggung jawab."`
	DueOn     clock.Day `json:"due_on" required:"true" ask:"Tulis kapan paling lambat selesai."`
	Measure   string    `json:"measure" required:"true" maxLength:"500" ask:"Tulis bagaimana terlihat bahwa ini selesai."`
	Indicator string    `json:"indicator,omitempty" maxLength:"60"`
	Centre    id.ID     `json:"centre_id,omitempty"`

	Site string `json:"-"`
}

// Decide takes a decision on an item: it is an action in the same moment.
func (d *Desk) Decide(ctx context.Context, by who.Asker, item id.ID, in Decision) (a actions.Action, err error) {
	_, err = d.item(ctx, by, decideItem, item, 0, func(tx *store.Tx, m Meeting, i *Item) error {
		a, err = d.actions.Decide(tx, actions.NewAction{Title: in.Title, Owner: actions.Owner{Owner: in.Owner, OwnerName: in.OwnerName}, DueOn: in.DueOn, Measure: in.Measure, Indicator: in.Indicator,
			Centre: in.Centre, StartOn: min(m.On, in.DueOn), Decided: i.ID, Site: in.Site})
		if err != nil {
			return err
		}
		i.State = Accepted
		tx.Record(entry(m, fail.Say("Diputuskan: %s", in.Title), map[string]any{"item_id": i.ID, "action_id": a.ID}))
		return keepItem(tx, i)
	})
	return a, err
}

// Apply does what the meeting decided with an action that it takes up again: the rules of the action hold here too.
func (d *Desk) Apply(ctx context.Context, by who.Asker, item id.ID, version int64, in actions.Move) (Item, error) {
	return d.item(ctx, by, applyItem, item, version, func(tx *store.Tx, m Meeting, i *Item) error {
		if i.Action == 0 {
			return fail.Broken("meeting-no-action", "Pokok bahasan ini tidak memuat tindak lanjut dari rapat lalu.")
		}
		a, err := d.actions.Apply(tx, i.Action, in)
		if err != nil {
			return err
		}
		tx.Record(entry(m, fail.Say("Tindak lanjut dibahas dalam rakor: %s", a.Title), in))
		return keepItem(tx, i)
	})
}

// Notes are the minutes of one item.
type Notes struct {
	Notes string `json:"notes" required:"true" maxLength:"4000" ask:"Tulis apa yang dibahas."`
}

// WriteNotes keeps the minutes of an item.
func (d *Desk) WriteNotes(ctx context.Context, by who.Asker, item id.ID, version int64, in Notes) (Item, error) {
	return d.item(ctx, by, writeNotes, item, version, func(tx *store.Tx, m Meeting, i *Item) error {
		i.Notes = in.Notes
		tx.Record(entry(m, fail.Say("Notulen ditulis: %s", i.Title), in))
		return keepItem(tx, i)
	})
}

// Item gives one item with its meeting, what it takes up again, and its decisions.
func (d *Desk) Item(ctx context.Context, by who.Asker, item id.ID) (i Item, m Meeting, c actions.Choices, err error) {
	err = d.store.Read(ctx, by, lookMeeting, func(tx *store.Tx) error {
		if i, err = itemByID(tx, item); err != nil {
			return err
		}
		if m, err = byID(tx, i.Meeting); err != nil {
			return err
		}
		if i.Decisions, err = actions.OfDecision(tx, i.ID); err != nil {
			return err
		}
		if i.Action != 0 {
			if i.Again, err = actions.ByID(tx, i.Action); err != nil {
				return err
			}
		}
		if by.May(who.HoldMeeting) && m.Open() {
			c, err = d.actions.ChoicesIn(tx, 0)
		}
		return err
	})
	return i, m, c, err
}

// Came is who came for one organisation; a substitute says instead of whom.
type Came struct {
	ID        id.ID  `json:"invitee_id" required:"true" ask:"Pilih yang diundang."`
	Present   bool   `json:"present,omitempty"`
	Person    string `json:"person,omitempty" maxLength:"160"`
	Post      string `json:"post,omitempty" maxLength:"160"`
	InsteadOf string `json:"instead_of,omitempty" maxLength:"160"`
}

// Attendance is the list of who came.
type Attendance struct {
	Rows []Came `json:"rows" required:"true" ask:"Tandai siapa yang hadir."`
}

// Guest came without a call.
type Guest struct {
	Name      string `json:"name" required:"true" maxLength:"160" ask:"Tulis lembaganya."`
	Person    string `json:"person" required:"true" maxLength:"160" ask:"Tulis nama yang hadir."`
	Post      string `json:"post,omitempty" maxLength:"160"`
	InsteadOf string `json:"instead_of,omitempty" maxLength:"160"`
}

// mayAttend holds that who stood for somebody else is named.
func mayAttend(c *Came, field string, f *fail.Fields) {
	c.Person, c.InsteadOf = strings.TrimSpace(c.Person), strings.TrimSpace(c.InsteadOf)
	if c.Present && c.InsteadOf != "" && c.Person == "" {
		f.Add(field+"person", "required", "Tulis nama yang mewakili %s.", c.InsteadOf)
	}
}

// Attend keeps who came, for all who were called.
func (d *Desk) Attend(ctx context.Context, by who.Asker, meeting id.ID, version int64, in Attendance) (Meeting, error) {
	return d.change(ctx, by, noteWhoCame, meeting, version, func(tx *store.Tx, m *Meeting) error {
		var f fail.Fields
		n := 0
		for k := range in.Rows {
			mayAttend(&in.Rows[k], "rows."+itoa(k)+".", &f)
		}
		if err := f.Err(); err != nil {
			return err
		}
		for k, c := range in.Rows {
			found, err := keepCame(tx, m.ID, c)
			if err != nil {
				return err
			}
			if found == 0 {
				return fail.Bad("rows."+itoa(k)+".invitee_id", "unknown", "Yang diundang ini tidak dikenal.")
			}
			if c.Present {
				n++
			}
		}
		tx.Record(entry(*m, fail.Say("Daftar hadir rakor: %d hadir.", n), in))
		return keepMeeting(tx, m)
	})
}

// AddGuest notes somebody who came without a call.
func (d *Desk) AddGuest(ctx context.Context, by who.Asker, meeting id.ID, in Guest) (Meeting, error) {
	return d.change(ctx, by, noteWhoCame, meeting, 0, func(tx *store.Tx, m *Meeting) error {
		tx.Record(entry(*m, fail.Say("Hadir tanpa undangan: %s", in.Name), in))
		if err := keepMeeting(tx, m); err != nil {
			return err
		}
		return insertInvitee(tx, m.ID, Invitee{ID: id.New(), Name: in.Name, Present: true, Person: in.Person, Post: in.Post, InsteadOf: in.InsteadOf})
	})
}
