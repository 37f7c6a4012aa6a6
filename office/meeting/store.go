package meeting

import (
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

const meetingColumns = `m.id, m.version, m.name, m.on_day, m.from_time, m.to_time, m.place, m.link, m.chair, m.note_taker, m.about, m.state, m.sequence, m.cancelled_why,
	m.minutes, m.sha256, m.approved_at, m.approved_by, m.site, m.made_on, m.user_id, m.user_name from meetings m `

const itemColumns = `i.id, i.version, i.meeting_id, i.place, i.source, i.source_ref, i.title, i.reason, i.number, i.path, i.action_id, i.state, i.notes, i.user_name,
	coalesce(a.id, 0), coalesce(a.title, ''), coalesce(a.state, ''), coalesce(a.live, false), coalesce(a.due_on, ''), coalesce(a.done_on, ''), coalesce(a.postponed, 0), coalesce(a.owner_name, ''),
	coalesce(g.name, e.name, ''), (select count(*) from action_steps s where s.action_id = i.action_id and s.kind = 'escalated')
	from meeting_items i left join actions a on a.id = i.action_id left join agencies g on g.id = a.agency_id left join centre_list e on e.id = a.owner_centre `

var (
	meetingOne   = store.SQL(`select ` + meetingColumns + `where m.id = ?`)
	meetingsPage = store.SQL(`select ` + meetingColumns + `where (m.on_day < ? or m.on_day = ? and m.id < ?) order by m.on_day desc, m.id desc limit ?`) // index: meetings_day
	newMeeting   = store.SQL(`insert into meetings (id, version, name, on_day, from_time, to_time, place, link, chair, note_taker, about, state, sequence, cancelled_why,
			minutes, sha256, approved_at, approved_by, site, made_on, user_id, user_name) values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', '', '', 0, '', ?, ?, ?, ?)`)
	changedMeeting = store.SQL(`update meetings set version = version + 1, name = ?, on_day = ?, from_time = ?, to_time = ?, place = ?, link = ?, chair = ?, note_taker = ?, about = ?,
		state = ?, sequence = ?, cancelled_why = ?, minutes = ?, sha256 = ?, approved_at = ?, approved_by = ? where id = ? and version = ?`)

	inviteesOfMeeting = store.SQL(`select v.id, v.agency_id, v.centre_id, v.name, v.email, v.invited, v.present, v.person, v.post, v.instead_of from meeting_invitees v
		where v.meeting_id = ? order by v.id limit 500`)  // index: meeting_invitees_of
	newInvitee = store.SQL(`insert into meeting_invitees (id, meeting_id, agency_id, centre_id, name, email, invited, present, person, post, instead_of) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	cameOne    = store.SQL(`update meeting_invitees set present = ?, person = ?, post = ?, instead_of = ? where id = ? and meeting_id = ?`)

	itemOne        = store.SQL(`select ` + itemColumns + `where i.id = ?`)
	itemsOfMeeting = store.SQL(`select ` + itemColumns + `where i.meeting_id = ? order by i.place, i.id limit 500`) // index: meeting_items_of
	newItem        = store.SQL(`insert into meeting_items (id, version, meeting_id, place, source, source_ref, title, reason, number, path, action_id, state, notes, user_name)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?)`)
	changedItem = store.SQL(`update meeting_items set version = version + 1, place = ?, state = ?, notes = ? where id = ? and version = ?`)

	addendaOfMeeting = store.SQL(`select u.id, u.at, u.text, u.sha256, u.user_name from meeting_addenda u where u.meeting_id = ? order by u.id limit 200`) // index: meeting_addenda_of
	newAddendum      = store.SQL(`insert into meeting_addenda (id, meeting_id, at, text, sha256, user_name) values (?, ?, ?, ?, ?, ?)`)
)

func scanMeeting(r store.Row) (m Meeting, err error) {
	var at int64
	err = r.Scan(&m.ID, &m.Version, &m.Name, &m.On, &m.From, &m.To, &m.Place, &m.Link, &m.Chair, &m.NoteTaker, &m.About, &m.State, &m.Sequence, &m.CancelledWhy,
		&m.Minutes, &m.SHA256, &at, &m.ApprovedBy, &m.Site, &m.MadeOn, &m.User, &m.By)
	if at != 0 {
		m.ApprovedAt = time.UnixMilli(at)
	}
	return m, err
}

func byID(tx *store.Tx, meeting id.ID) (Meeting, error) {
	return store.One(tx, meetingOne, scanMeeting, meeting)
}

func listed(tx *store.Tx, after Meeting, limit int64) ([]Meeting, error) {
	if after.ID == 0 {
		after.ID, after.On = id.Last, "9999-12-31"
	}
	return store.Each(tx, meetingsPage, scanMeeting, after.On, after.On, after.ID, limit)
}

func insertMeeting(tx *store.Tx, m Meeting) error {
	_, err := store.Exec(tx, newMeeting, m.ID, m.Name, m.On, m.From, m.To, m.Place, m.Link, m.Chair, m.NoteTaker, m.About, m.State, m.Site, m.MadeOn, m.User, m.By)
	return err
}

func keepMeeting(tx *store.Tx, m *Meeting) error {
	at := int64(0)
	if !m.ApprovedAt.IsZero() {
		at = m.ApprovedAt.UnixMilli()
	}
	return store.Change(tx, &m.Version, changedMeeting, m.Name, m.On, m.From, m.To, m.Place, m.Link, m.Chair, m.NoteTaker, m.About, m.State, m.Sequence, m.CancelledWhy, m.Minutes, m.SHA256,
		at, m.ApprovedBy, m.ID, m.Version)
}

func scanInvitee(r store.Row) (v Invitee, err error) {
	err = r.Scan(&v.ID, &v.Agency, &v.Centre, &v.Name, &v.Email, &v.Invited, &v.Present, &v.Person, &v.Post, &v.InsteadOf)
	return v, err
}

func inviteesOf(tx *store.Tx, meeting id.ID) ([]Invitee, error) {
	return store.Each(tx, inviteesOfMeeting, scanInvitee, meeting)
}

func insertInvitee(tx *store.Tx, meeting id.ID, v Invitee) error {
	_, err := store.Exec(tx, newInvitee, v.ID, meeting, v.Agency, v.Centre, v.Name, v.Email, v.Invited, v.Present, v.Person, v.Post, v.InsteadOf)
	return err
}

func keepCame(tx *store.Tx, meeting id.ID, c Came) (int64, error) {
	return store.Exec(tx, cameOne, c.Present, c.Person, c.Post, c.InsteadOf, c.ID, meeting)
}

func scanItem(r store.Row) (i Item, err error) {
	var due, done string
	err = r.Scan(&i.ID, &i.Version, &i.Meeting, &i.Place, &i.Source, &i.Ref, &i.Title, &i.Reason, &i.Number, &i.Path, &i.Action, &i.State, &i.Notes, &i.By,
		&i.Again.ID, &i.Again.Title, &i.Again.State, &i.Again.Live, &due, &done, &i.Again.Postponed, &i.Again.OwnerName, &i.Again.OwnerOrg, &i.Again.Escalated)
	i.Again.DueOn, i.Again.DoneOn = clock.Day(due), clock.Day(done)
	return i, err
}

func itemByID(tx *store.Tx, item id.ID) (Item, error) { return store.One(tx, itemOne, scanItem, item) }

func itemsOf(tx *store.Tx, meeting id.ID) ([]Item, error) {
	return store.Each(tx, itemsOfMeeting, scanItem, meeting)
}

func insertItem(tx *store.Tx, i Item) error {
	_, err := store.Exec(tx, newItem, i.ID, i.Meeting, i.Place, i.Source, i.Ref, i.Title, i.Reason, i.Number, i.Path, i.Action, i.State, i.By)
	return err
}

func keepItem(tx *store.Tx, i *Item) error {
	return store.Change(tx, &i.Version, changedItem, i.Place, i.State, i.Notes, i.ID, i.Version)
}

func addendaOf(tx *store.Tx, meeting id.ID) ([]Addendum, error) {
	return store.Each(tx, addendaOfMeeting, func(r store.Row) (u Addendum, err error) {
		var at int64
		err = r.Scan(&u.ID, &at, &u.Text, &u.SHA256, &u.By)
		u.At = time.UnixMilli(at)
		return u, err
	}, meeting)
}

func insertAddendum(tx *store.Tx, meeting id.ID, u Addendum) error {
	_, err := store.Exec(tx, newAddendum, u.ID, meeting, tx.Now().UnixMilli(), u.Text, u.SHA256, u.By)
	return err
}

// index: meetings_day, meeting_invitees_of; a meeting from today on is one of a few
var meetingsAhead = store.SQL(`select ` + meetingColumns + `where m.state = 'called' and m.on_day >= ? and (cast(? as bigint) = 1
	or exists (select 1 from meeting_invitees v where v.meeting_id = m.id and v.centre_id = ?)) order by m.on_day, m.id limit 60`)

// Ahead gives the meetings from today on: all for who sees the province, else those to which the asker's one institution is
// called.
func Ahead(tx *store.Tx) ([]Meeting, error) {
	all := 0
	if tx.By().Scope.All {
		all = 1
	}
	return store.Each(tx, meetingsAhead, scanMeeting, tx.Today(), all, int64(tx.By().Scope.Only()))
}
