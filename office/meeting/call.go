package meeting

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tuntas/house/calendar"
	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/coordination"
)

// Letters of invitation lie in a table of the system.
var (
	callMeeting   = store.NewSystemAct("meeting.call", who.HoldMeeting)
	changeMeeting = store.NewSystemAct("meeting.change", who.HoldMeeting)
	inviteMore    = store.NewSystemAct("meeting.invite", who.HoldMeeting)
	cancelMeeting = store.NewSystemAct("meeting.cancel", who.HoldMeeting)
)

// caller is who invites, as calendars and letters name it.
const caller = "Dinas Sosial Provinsi Jawa Timur"

// Details is what a meeting is called by.
type Details struct {
	Name      string    `json:"name" required:"true" maxLength:"160" ask:"Tulis nama rapat."`
	On        clock.Day `json:"on" required:"true" ask:"Tulis hari rapat."`
	From      string    `json:"from" required:"true" maxLength:"5" ask:"Tulis jam mulai, misalnya 09.00."`
	To        string    `json:"to" required:"true" maxLength:"5" ask:"Tulis jam selesai, misalnya 12.00."`
	Place     string    `json:"place,omitempty" maxLength:"200"`
	Link      string    `json:"link,omitempty" maxLength:"300"`
	Chair     string    `json:"chair" required:"true" maxLength:"160" ask:"Tulis siapa yang memimpin."`
	NoteTaker string    `json:"note_taker" required:"true" maxLength:"160" ask:"Tulis siapa notulisnya."`
	About     string    `json:"about,omitempty" maxLength:"2000"`
}

// Invited are the organisations that are called.
type Invited struct {
	Agencies []id.ID `json:"agencies,omitempty"`
	Centres  []id.ID `json:"centres,omitempty"`
}

// NewMeeting is a meeting as it is called.
type NewMeeting struct {
	Details
	Invited
	Site string `json:"-"` // the address for links
}

// Cancellation is why a meeting does not take place.
type Cancellation struct {
	Reason string `json:"reason" required:"true" maxLength:"300" ask:"Tulis alasannya."`
}

// mayMeet holds that a meeting has its hours in their order, and a place or a link.
func mayMeet(in *Details) error {
	var f fail.Fields
	from, ok := hour(in.From)
	if !ok {
		f.Add("from", "time", "Tulis jam seperti 09.00.")
	}
	to, sound := hour(in.To)
	switch {
	case !sound:
		f.Add("to", "time", "Tulis jam seperti 09.00.")
	case ok && to <= from:
		f.Add("to", "order", "Jam selesai harus setelah jam mulai.")
	}
	if in.Link != "" && !strings.HasPrefix(in.Link, "https://") {
		f.Add("link", "link", "Tautan rapat dimulai dengan https://.")
	}
	if strings.TrimSpace(in.Place) == "" && in.Link == "" {
		f.Add("place", "required", "Tulis tempatnya, atau tautan rapatnya.")
	}
	in.From, in.To = from, to
	return f.Err()
}

func (m *Meeting) take(in Details) {
	m.Name, m.On, m.From, m.To, m.Place, m.Link, m.Chair, m.NoteTaker, m.About = in.Name, in.On, in.From, in.To, in.Place, in.Link, in.Chair, in.NoteTaker, in.About
}

// Call calls a meeting: whoever is invited gets a letter with a calendar file, and the agenda takes up what earlier
// meetings decided and proposes what presses.
func (d *Desk) Call(ctx context.Context, by who.Asker, in NewMeeting) (m Meeting, err error) {
	err = d.store.Write(ctx, by, callMeeting, func(tx *store.Tx) error {
		if err := mayMeet(&in.Details); err != nil {
			return err
		}
		m = Meeting{ID: id.New(), Version: 1, State: Called, Site: in.Site, MadeOn: tx.Today(), User: by.User, By: by.Name}
		m.take(in.Details)
		if err := insertMeeting(tx, m); err != nil {
			return err
		}
		if _, err := d.propose(tx, m); err != nil {
			return err
		}
		n, err := d.invite(tx, m, in.Invited)
		if err != nil {
			return err
		}
		tx.Record(entry(m, fail.Say("Rakor %s diundang untuk %d lembaga.", m.Name, n), in))
		return nil
	})
	return m, err
}

// invite keeps who is called and sends each a letter; those that are called already are left out.
func (d *Desk) invite(tx *store.Tx, m Meeting, in Invited) (n int, err error) {
	have, err := inviteesOf(tx, m.ID)
	if err != nil {
		return 0, err
	}
	items, err := itemsOf(tx, m.ID)
	if err != nil {
		return 0, err
	}
	for _, a := range slices.Compact(slices.Sorted(slices.Values(in.Agencies))) {
		if slices.ContainsFunc(have, func(v Invitee) bool { return v.Agency == a }) {
			continue
		}
		g, err := coordination.AgencyByID(tx, a)
		if err != nil || g.RetiredOn != "" {
			return n, fail.Bad("agencies", "unknown", "Lembaga ini tidak dikenal. Pilih dari daftar.")
		}
		v := Invitee{ID: id.New(), Agency: g.ID, Centre: g.Centre, Name: g.Name, Email: g.Email, Invited: true}
		if err := d.invited(tx, m, v, items); err != nil {
			return n, err
		}
		n++
	}
	for _, c := range slices.Compact(slices.Sorted(slices.Values(in.Centres))) {
		if slices.ContainsFunc(have, func(v Invitee) bool { return v.Centre == c }) {
			continue
		}
		e, err := centre.ByID(tx, c)
		if err != nil {
			return n, fail.Bad("centres", "unknown", "UPT ini tidak ada.")
		}
		if err := d.invited(tx, m, Invitee{ID: id.New(), Centre: e.ID, Name: e.Name, Invited: true}, items); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func (d *Desk) invited(tx *store.Tx, m Meeting, v Invitee, items []Item) error {
	if err := insertInvitee(tx, m.ID, v); err != nil {
		return err
	}
	return d.letter(tx, m, v, items, calendar.Request, "Undangan rapat")
}

// letter writes to one who is called, with the calendar file: an agency at its registered address, an institution to its
// heads who gave one, and among their notices. What is past is told to nobody.
func (d *Desk) letter(tx *store.Tx, m Meeting, v Invitee, items []Item, method, kind string) error {
	if m.On < tx.Today() {
		return nil
	}
	to := []string{v.Email}
	if v.Centre != 0 {
		if d.HeadsAt != nil {
			heads, err := d.HeadsAt(tx, v.Centre)
			if err != nil {
				return err
			}
			to = append(to, heads...)
		}
		say := fail.Say("Undangan rapat: %s, %s pukul %s.", m.Name, m.On, m.From)
		if method == calendar.Cancel {
			say = fail.Say("Rapat dibatalkan: %s, %s.", m.Name, m.On)
		}
		tx.Notify(store.Notice{Role: "head_centre", Centre: v.Centre, Kind: "meeting", Say: say, Path: "/meetings/" + m.ID.String()})
	}
	for _, address := range slices.Compact(slices.Sorted(slices.Values(to))) {
		if address == "" {
			continue
		}
		e := m.Event(tx.Now())
		e.Invited = []string{address}
		file := coordination.Enclosure{Name: "rapat.ics", Type: calendar.Mail(method), Body: calendar.File(method, "", e)}
		note := coordination.Note{Subject: fmt.Sprintf("%s: %s, %s", kind, m.Name, text.DayLong(text.ID, m.On)), Text: m.invitation(v.Name, kind, items), Files: []coordination.Enclosure{file}}
		if err := d.partners.WriteTo(tx, address, note); err != nil {
			return err
		}
	}
	return nil
}

// Event is the meeting as calendars know it.
func (m Meeting) Event(now time.Time) calendar.Event {
	place := m.Place
	if place == "" {
		place = m.Link
	}
	return calendar.Event{UID: m.ID.String() + "@tuntas", Sequence: m.Sequence, Stamp: now, Name: m.Name, About: m.About, Place: place, URL: m.Link,
		From: m.moment(m.From), To: m.moment(m.To), Off: m.State == Cancelled, Organizer: caller}
}

// invitation is the text of a letter; those to agencies are Indonesian.
func (m Meeting) invitation(to, kind string, items []Item) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Kepada %s,\n\n%s: %s\nHari: %s\nPukul: %s sampai %s WIB\n", to, kind, m.Name, text.DayLong(text.ID, m.On), dotted(m.From), dotted(m.To))
	for _, line := range []struct{ name, value string }{{"Tempat", m.Place}, {"Tautan", m.Link}, {"Dipimpin oleh", m.Chair}, {"Alasan", m.CancelledWhy}} {
		if line.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", line.name, line.value)
		}
	}
	if m.About != "" {
		b.WriteString("\n" + m.About + "\n")
	}
	n := 0
	for _, i := range items {
		if i.State == Accepted && m.State == Called {
			if n++; n == 1 {
				b.WriteString("\nAcara:\n")
			}
			fmt.Fprintf(&b, "%d. %s\n", n, i.Title)
		}
	}
	b.WriteString("\nBerkas kalender terlampir.\n" + caller + "\n")
	return b.String()
}

func dotted(at string) string { return strings.ReplaceAll(at, ":", ".") }

// Change writes a meeting anew. When its day, hours or place change, everybody who was called gets the calendar file
// again with a higher sequence.
func (d *Desk) Change(ctx context.Context, by who.Asker, meeting id.ID, version int64, in Details) (Meeting, error) {
	return d.change(ctx, by, changeMeeting, meeting, version, func(tx *store.Tx, m *Meeting) error {
		if err := mayMeet(&in); err != nil {
			return err
		}
		before := *m
		m.take(in)
		moved := before.On != m.On || before.From != m.From || before.To != m.To || before.Place != m.Place || before.Link != m.Link
		if moved {
			m.Sequence++
		}
		tx.Record(entry(*m, fail.Say("Rakor %s diubah.", m.Name), in))
		if err := keepMeeting(tx, m); err != nil || !moved {
			return err
		}
		return d.tellAll(tx, *m, calendar.Request, "Perubahan rapat")
	})
}

func (d *Desk) tellAll(tx *store.Tx, m Meeting, method, kind string) error {
	all, err := inviteesOf(tx, m.ID)
	if err != nil {
		return err
	}
	items, err := itemsOf(tx, m.ID)
	if err != nil {
		return err
	}
	for _, v := range all {
		if !v.Invited {
			continue
		}
		if err := d.letter(tx, m, v, items, method, kind); err != nil {
			return err
		}
	}
	return nil
}

// Invite calls further organisations to a meeting.
func (d *Desk) Invite(ctx context.Context, by who.Asker, meeting id.ID, version int64, in Invited) (Meeting, error) {
	return d.change(ctx, by, inviteMore, meeting, version, func(tx *store.Tx, m *Meeting) error {
		n, err := d.invite(tx, *m, in)
		if err != nil {
			return err
		}
		if n == 0 {
			return fail.Bad("agencies", "required", "Pilih yang belum diundang.")
		}
		tx.Record(entry(*m, fail.Say("Rakor %s diundang untuk %d lembaga.", m.Name, n), in))
		return keepMeeting(tx, m)
	})
}

// Cancel calls a meeting off; calendars take it away.
func (d *Desk) Cancel(ctx context.Context, by who.Asker, meeting id.ID, version int64, in Cancellation) (Meeting, error) {
	return d.change(ctx, by, cancelMeeting, meeting, version, func(tx *store.Tx, m *Meeting) error {
		m.State, m.CancelledWhy, m.Sequence = Cancelled, in.Reason, m.Sequence+1
		tx.Record(entry(*m, fail.Say("Rakor %s dibatalkan.", m.Name), in))
		if err := keepMeeting(tx, m); err != nil {
			return err
		}
		return d.tellAll(tx, *m, calendar.Cancel, "Pembatalan rapat")
	})
}

// Calendar gives a meeting as a file for a calendar.
func (d *Desk) Calendar(ctx context.Context, by who.Asker, meeting id.ID) (name string, body []byte, err error) {
	w, err := d.Look(ctx, by, meeting)
	if err != nil {
		return "", nil, err
	}
	method := calendar.Publish
	if w.State == Cancelled {
		method = calendar.Cancel
	}
	return "rapat-" + string(w.On) + ".ics", calendar.File(method, "", w.Event(d.store.Now())), nil
}
