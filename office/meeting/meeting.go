package meeting

import (
	"context"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/actions"
	"tuntas/office/coordination"
	"tuntas/office/monitoring"
	"tuntas/office/standards"
)

// Desk is the desk of meetings.
type Desk struct {
	store     *store.Store
	actions   *actions.Desk
	standards *standards.Desk
	partners  *coordination.Desk
	figures   *monitoring.Desk
	// HeadsAt gives where the heads of an institution are written to, for a desk above this one; nil where there is none.
	HeadsAt func(tx *store.Tx, at id.ID) ([]string, error)
}

// New opens the desk.
func New(s *store.Store, actions *actions.Desk, standards *standards.Desk, partners *coordination.Desk, figures *monitoring.Desk) *Desk {
	return &Desk{store: s, actions: actions, standards: standards, partners: partners, figures: figures}
}

var lookMeeting = store.NewAct("meeting.look", who.SeeCentre)

// The states of a meeting.
const (
	Called    = "called"
	Approved  = "approved" // its minutes are frozen
	Cancelled = "cancelled"
)

var (
	stateWords = map[string]text.Word{Called: "Diundang", Approved: "Notulen disahkan", Cancelled: "Dibatalkan|rakor"}
	stateKinds = map[string]string{Called: "info", Approved: "ok", Cancelled: "none"}
)

// Meeting is one coordination meeting.
type Meeting struct {
	ID           id.ID
	Version      int64
	Name         string
	On           clock.Day
	From, To     string // 09:00, of the office's zone
	Place        string
	Link         string
	Chair        string
	NoteTaker    string
	About        string
	State        string
	Sequence     int64
	CancelledWhy string
	Minutes      string // frozen; "" until it is approved
	SHA256       string // of the frozen text
	ApprovedAt   time.Time
	ApprovedBy   string
	Site         string
	MadeOn       clock.Day
	User         id.ID
	By           string
}

// Path is the page of the meeting.
func (m Meeting) Path() string { return "/meetings/" + m.ID.String() }

// Open tells whether something of it can still change.
func (m Meeting) Open() bool { return m.State == Called }

// Over tells whether its day is past.
func (m Meeting) Over(today clock.Day) bool { return m.On < today }

// moment is when a clock time of its day is.
func (m Meeting) moment(at string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", string(m.On)+" "+at, clock.WIB)
	if err != nil {
		return m.On.Time()
	}
	return t
}

// Invitee is an organisation that was called, or came without a call, with who came for it.
type Invitee struct {
	ID        id.ID
	Agency    id.ID
	Centre    id.ID
	Name      string // of the organisation
	Email     string
	Invited   bool
	Present   bool
	Person    string
	Post      string
	InsteadOf string
}

// The states of an item of an agenda.
const (
	Proposed = "proposed"
	Accepted = "accepted"
	Dropped  = "dropped"
)

// Item is one point of an agenda.
type Item struct {
	ID      id.ID
	Version int64
	Meeting id.ID
	Place   int64
	Source  string
	Ref     string
	Title   string
	Reason  string // a name that the reason needs
	Number  int64  // behind the reason
	Path    string // where what is behind it is seen
	Action  id.ID  // taken up again
	State   string
	Notes   string
	By      string

	Again     actions.Action   // as it stands now; zero: none
	Decisions []actions.Action // that came of it
}

// Addendum is what was added to approved minutes.
type Addendum struct {
	ID     id.ID
	At     time.Time
	Text   string
	SHA256 string
	By     string
}

// Whole is a meeting with everything about it.
type Whole struct {
	Meeting
	Invitees []Invitee
	Items    []Item
	Addenda  []Addendum
	Standing actions.Standing // of all decisions of meetings
}

// Agenda are the items that stand, in order.
func (w Whole) Agenda() []Item { return w.in(Accepted) }

// Proposals are the items that nobody has accepted or dropped.
func (w Whole) Proposals() []Item { return w.in(Proposed) }

// DroppedItems are those that shall not be spoken of.
func (w Whole) DroppedItems() []Item { return w.in(Dropped) }

func (w Whole) in(state string) (all []Item) {
	for _, i := range w.Items {
		if i.State == state {
			all = append(all, i)
		}
	}
	return all
}

// Present are those who came.
func (w Whole) Present() (all []Invitee) {
	for _, v := range w.Invitees {
		if v.Present {
			all = append(all, v)
		}
	}
	return all
}

// Decisions are all that the meeting decided, in the order of the agenda.
func (w Whole) Decisions() (all []actions.Action) {
	for _, i := range w.Items {
		all = append(all, i.Decisions...)
	}
	return all
}

// Look gives a meeting with everything about it.
func (d *Desk) Look(ctx context.Context, by who.Asker, meeting id.ID) (w Whole, err error) {
	err = d.store.Read(ctx, by, lookMeeting, func(tx *store.Tx) error {
		w, err = whole(tx, meeting)
		return err
	})
	return w, err
}

func whole(tx *store.Tx, meeting id.ID) (w Whole, err error) {
	if w.Meeting, err = byID(tx, meeting); err != nil {
		return w, err
	}
	if w.Invitees, err = inviteesOf(tx, meeting); err != nil {
		return w, err
	}
	if w.Items, err = itemsOf(tx, meeting); err != nil {
		return w, err
	}
	if err = decided(tx, w.Items); err != nil {
		return w, err
	}
	if w.Addenda, err = addendaOf(tx, meeting); err != nil {
		return w, err
	}
	w.Standing, err = actions.StandingIn(tx)
	return w, err
}

// decided gives each item what was decided on it.
func decided(tx *store.Tx, items []Item) error {
	if len(items) == 0 {
		return nil
	}
	first, last, at := items[0].ID, items[0].ID, map[id.ID]int{}
	for n, i := range items {
		first, last, at[i.ID] = min(first, i.ID), max(last, i.ID), n
	}
	all, err := actions.DecidedBetween(tx, first, last)
	for _, a := range all {
		if n, ours := at[a.Decided]; ours {
			items[n].Decisions = append(items[n].Decisions, a)
		}
	}
	return err
}

// List gives meetings, the latest day first.
func (d *Desk) List(ctx context.Context, by who.Asker, after id.ID, limit int64) (all []Meeting, err error) {
	err = d.store.Read(ctx, by, lookMeeting, func(tx *store.Tx) error {
		var last Meeting
		if after != 0 {
			if last, err = byID(tx, after); err != nil {
				return fail.WrongCursor
			}
		}
		all, err = listed(tx, last, limit)
		return err
	})
	return all, err
}

// mayKeep holds that minutes which were approved and meetings that were called off stay as they are.
func mayKeep(m Meeting) error {
	switch m.State {
	case Approved:
		return fail.Broken("meeting-approved", "Notulen rapat ini sudah disahkan dan tidak berubah lagi. Tulis tambahan notulen.")
	case Cancelled:
		return fail.Broken("meeting-cancelled", "Rapat ini dibatalkan.")
	}
	return nil
}

// change is the way of every deed on a meeting: while it is open, under its version, 0 asks for none.
func (d *Desk) change(ctx context.Context, by who.Asker, act store.Act, meeting id.ID, version int64, do func(*store.Tx, *Meeting) error) (m Meeting, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if m, err = byID(tx, meeting); err != nil {
			return err
		}
		if err := mayKeep(m); err != nil {
			return err
		}
		if version != 0 && version != m.Version {
			return fail.Stale
		}
		return do(tx, &m)
	})
	return m, err
}

func entry(m Meeting, say fail.Saying, what any) store.Entry {
	return store.Entry{Kind: "meeting", ID: m.ID, Say: say, What: what}
}

// hour reads a time of day as people write it: 9.00, 09:00, 13.30.
func hour(s string) (string, bool) {
	s = strings.ReplaceAll(strings.TrimSpace(s), ".", ":")
	t, err := time.Parse("15:04", s)
	if err != nil {
		return "", false
	}
	return t.Format("15:04"), true
}
