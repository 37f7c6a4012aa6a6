package casework

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var (
	holdConference  = store.NewAct("conference.hold", who.WorkCase)
	finishFollowup  = store.NewAct("conference.followup", who.WorkCase)
	strikeConf      = store.NewAct("conference.strike", who.SeeCase)
	lookConferences = store.NewAct("conference.look", who.SeeCase)
)

// Conference is a discussion of a case: who sat together, what was asked, what was decided and who does what until when.
// It is never changed: one that was written down in error is struck, and stays to be seen so.
type Conference struct {
	ID        id.ID
	Version   int64
	Case      id.ID
	On        clock.Day
	Place     string
	Question  string
	Decision  string
	Writer    id.ID
	By        string
	StruckOn  clock.Day
	StruckBy  string
	StruckWhy string
	People    []Participant
	Followups []Followup
}

// Path is the page of the conference.
func (c Conference) Path() string { return "/conferences/" + c.ID.String() }

// Open counts the follow-ups that are not done; those of a struck conference wait for nobody.
func (c Conference) Open() (n int) {
	if c.StruckOn != "" {
		return 0
	}
	for _, f := range c.Followups {
		if f.DoneOn == "" {
			n++
		}
	}
	return n
}

// Participant is somebody who took part: a user of the centre, or anybody by name.
type Participant struct {
	Conference id.ID
	User       id.ID
	Name       string
	Role       string
}

// Followup is what somebody does after a conference, until a day.
type Followup struct {
	ID         id.ID
	Version    int64
	Conference id.ID
	Case       id.ID
	Text       string
	Owner      string
	DueOn      clock.Day
	DoneOn     clock.Day
	DoneBy     string
}

// NewConference is a conference as it is written down.
type NewConference struct {
	ID        id.ID            `json:"id,omitempty"`
	On        clock.Day        `json:"on" required:"true" ask:"Tulis tanggal pembahasan."`
	Place     string           `json:"place" required:"true" maxLength:"200" ask:"Tulis tempat pembahasan."`
	Question  string           `json:"question" required:"true" maxLength:"2000" ask:"Tulis apa yang dibahas."`
	Decision  string           `json:"decision" required:"true" maxLength:"4000" ask:"Tulis apa yang diputuskan."`
	People    []NewParticipant `json:"participants" required:"true" ask:"Sebutkan paling sedikit dua peserta."`
	Followups []NewFollowup    `json:"followups,omitempty"`
}

// NewParticipant is a participant as it is written: the user, or a name.
type NewParticipant struct {
	User id.ID  `json:"user_id,omitempty"`
	Name string `json:"name,omitempty" maxLength:"120"`
	Role string `json:"role,omitempty" maxLength:"120"`
}

// NewFollowup is a follow-up as it is written.
type NewFollowup struct {
	Text  string    `json:"text" required:"true" maxLength:"500" ask:"Tulis tindak lanjutnya."`
	Owner string    `json:"owner" required:"true" maxLength:"120" ask:"Tulis siapa yang mengerjakan."`
	DueOn clock.Day `json:"due_on" required:"true" ask:"Tulis kapan paling lambat selesai."`
}

// Done is the day on which a follow-up was done.
type Done struct {
	On clock.Day `json:"on" required:"true" ask:"Tulis tanggal selesainya."`
}

const (
	leastParticipants = 2
	mostParticipants  = 30
	mostFollowups     = 30
)

// mayConfer holds what a conference needs: a running case and a day of it, at least two who took part, each with
// a name and a role, and follow-ups that fall due after it.
func mayConfer(c Case, in NewConference, staff []centre.Staff, today clock.Day) error {
	if err := mayNote(c, in.On, today); err != nil {
		return err
	}
	var wrong fail.Fields
	if n := len(in.People); n < leastParticipants || n > mostParticipants {
		wrong.Add("participants", "count", "Sebutkan %d sampai %d peserta.", leastParticipants, mostParticipants)
	}
	for i, p := range in.People {
		at := fmt.Sprintf("participants.%d.", i)
		known := slices.ContainsFunc(staff, func(s centre.Staff) bool { return s.User == p.User && p.User != 0 })
		switch {
		case p.User != 0 && !known:
			wrong.Add(at+"user_id", "unknown", "Petugas ini tidak dikenal di UPT ini.")
		case p.User == 0 && p.Name == "":
			wrong.Add(at+"name", "required", "Tulis nama peserta, atau pilih petugas.")
		}
		if p.Role == "" {
			wrong.Add(at+"role", "required", "Tulis perannya dalam pembahasan.")
		}
		if slices.ContainsFunc(in.People[:i], func(q NewParticipant) bool { return q.User != 0 && q.User == p.User }) {
			wrong.Add(at+"user_id", "twice", "Petugas ini sudah disebut.")
		}
	}
	if len(in.Followups) > mostFollowups {
		wrong.Add("followups", "too-many", "Paling banyak %d tindak lanjut.", mostFollowups)
	}
	for i, f := range in.Followups {
		if f.DueOn < in.On {
			wrong.Add(fmt.Sprintf("followups.%d.due_on", i), "order", "Tanggal %s lebih awal dari %s. Periksa salah satunya.", f.DueOn, in.On)
		}
	}
	return wrong.Err()
}

// conferenceOf makes a conference of what was written; a user of the centre goes by the name of the post.
func conferenceOf(in NewConference, c Case, staff []centre.Staff, by who.Asker) Conference {
	out := Conference{ID: in.ID, Version: 1, Case: c.ID, On: in.On, Place: in.Place, Question: in.Question, Decision: in.Decision, Writer: by.User, By: by.Name}
	if out.ID == 0 {
		out.ID = id.New()
	}
	for _, p := range in.People {
		name := p.Name
		for _, s := range staff {
			if p.User != 0 && s.User == p.User {
				name = s.Name
			}
		}
		out.People = append(out.People, Participant{Conference: out.ID, User: p.User, Name: name, Role: p.Role})
	}
	for _, f := range in.Followups {
		out.Followups = append(out.Followups, Followup{ID: id.New(), Version: 1, Conference: out.ID, Case: c.ID, Text: f.Text, Owner: f.Owner, DueOn: f.DueOn})
	}
	return out
}

// Confer records a conference of a case.
func (d *Desk) Confer(ctx context.Context, by who.Asker, caseID id.ID, in NewConference) (k Conference, err error) {
	err = d.store.Write(ctx, by, holdConference, func(tx *store.Tx) error {
		c, err := ByID(tx, caseID)
		if err != nil {
			return err
		}
		staff, err := centre.StaffAt(tx, c.Centre)
		if err != nil {
			return err
		}
		k = conferenceOf(in, c, staff, by)
		if in.ID != 0 {
			old, err := conferenceByID(tx, in.ID)
			if err == nil {
				err = k.sameAs(old)
				k = old
				return err
			}
			if !errors.Is(err, fail.NotFound) {
				return err
			}
		}
		if err := mayConfer(c, in, staff, tx.Today()); err != nil {
			return err
		}
		if err := insertConference(tx, k); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "conference", ID: k.ID, Person: c.Person, Case: c.ID, Centre: c.Centre,
			Say:  fail.Say("Pembahasan kasus dicatat: %d peserta, %d tindak lanjut.", len(k.People), len(k.Followups)),
			What: map[string]any{"on": k.On, "participants": len(k.People), "followups": len(k.Followups)}})
		return nil
	})
	if errors.Is(err, errSame) {
		err = nil
	}
	return k, err
}

// sameAs tells apart the same conference sent twice from another one under its id.
func (c Conference) sameAs(old Conference) error {
	if c.Case == old.Case && c.On == old.On && c.Place == old.Place && c.Question == old.Question && c.Decision == old.Decision &&
		slices.Equal(c.People, old.People) && slices.EqualFunc(c.Followups, old.Followups, func(a, b Followup) bool {
		return a.Text == b.Text && a.Owner == b.Owner && a.DueOn == b.DueOn
	}) {
		return errSame
	}
	return fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
}

// FollowupDone says that a follow-up was done, and when.
func (d *Desk) FollowupDone(ctx context.Context, by who.Asker, followup id.ID, version int64, in Done) (k Conference, err error) {
	err = d.store.Write(ctx, by, finishFollowup, func(tx *store.Tx) error {
		f, err := followupByID(tx, followup)
		if err != nil {
			return err
		}
		c, err := ByID(tx, f.Case)
		if err != nil {
			return err
		}
		if k, err = conferenceByID(tx, f.Conference); err != nil {
			return err
		}
		if version != 0 && k.Version != version {
			return fail.Stale
		}
		if k.StruckOn != "" {
			return errConferenceStruck
		}
		if f.DoneOn != "" {
			return fail.Broken("followup-done", "Tindak lanjut ini sudah dinyatakan selesai.")
		}
		if err := dayInOrder("on", in.On, k.On, tx.Today()); err != nil {
			return err
		}
		f.DoneOn, f.DoneBy = in.On, by.Name
		if err := keepFollowup(tx, &k, &f); err != nil {
			return err
		}
		k.Followups[slices.IndexFunc(k.Followups, func(o Followup) bool { return o.ID == f.ID })] = f
		tx.Record(store.Entry{Kind: "followup", ID: f.ID, Person: c.Person, Case: c.ID, Centre: c.Centre,
			Say: fail.Say("Tindak lanjut pembahasan selesai."), What: map[string]any{"on": f.DoneOn}})
		return nil
	})
	return k, err
}

var errConferenceStruck = fail.Broken("conference-struck", "Pembahasan ini sudah dicoret.")

// mayStrikeConference holds who strikes a conference: whoever wrote it down, the worker of the case, or the head of
// the centre; and once.
func mayStrikeConference(k Conference, worker id.ID, by who.Asker) error {
	own := by.User != 0 && (k.Writer == by.User || worker == by.User) && by.May(who.WorkCase)
	switch {
	case !own && !by.May(who.ApproveCase):
		return fail.Denied
	case k.StruckOn != "":
		return errConferenceStruck
	}
	return nil
}

// StrikeConference strikes a conference that was written down in error: it stays, says why it does not hold, and what
// was to follow from it waits for nobody any more.
func (d *Desk) StrikeConference(ctx context.Context, by who.Asker, conference id.ID, version int64, in Strike) (k Conference, err error) {
	err = d.store.Write(ctx, by, strikeConf, func(tx *store.Tx) error {
		if k, err = conferenceByID(tx, conference); err != nil {
			return err
		}
		c, err := ByID(tx, k.Case)
		if err != nil {
			return err
		}
		if err := mayStrikeConference(k, c.Worker, by); err != nil {
			return err
		}
		if version != 0 && k.Version != version {
			return fail.Stale
		}
		open := k.Open()
		k.StruckOn, k.StruckBy, k.StruckWhy = tx.Today(), by.Name, in.Reason
		if err := keepStruckConference(tx, &k); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "conference", ID: k.ID, Person: c.Person, Case: c.ID, Centre: c.Centre,
			Say:  fail.Say("Pembahasan kasus dicoret."),
			What: map[string]any{"on": k.On, "struck_on": k.StruckOn, "followups_dropped": open}})
		return nil
	})
	return k, err
}

// Conference gives one conference with the file of its case.
func (d *Desk) Conference(ctx context.Context, by who.Asker, conference id.ID) (k Conference, f File, err error) {
	err = d.store.Read(ctx, by, lookConferences, func(tx *store.Tx) error {
		if k, err = conferenceByID(tx, conference); err != nil {
			return err
		}
		f, err = FileOf(tx, k.Case)
		tx.Saw(f.Person)
		return err
	})
	return k, f, err
}

// Conferences lists the conferences of a case, the newest first, with the posts of the centre to choose from.
func (d *Desk) Conferences(ctx context.Context, by who.Asker, caseID, before id.ID, limit int64) (all []Conference, f File, staff []centre.Staff, err error) {
	err = d.store.Read(ctx, by, lookConferences, func(tx *store.Tx) error {
		if f, err = FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(f.Person)
		if all, err = conferencesOf(tx, caseID, before, limit); err != nil {
			return err
		}
		staff, err = centre.StaffAt(tx, f.Centre)
		return err
	})
	return all, f, staff, err
}

// ConferenceOf names the conference that a follow-up belongs to.
func (d *Desk) ConferenceOf(ctx context.Context, by who.Asker, followup id.ID) (conference id.ID, err error) {
	err = d.store.Read(ctx, by, lookConferences, func(tx *store.Tx) error {
		f, err := followupByID(tx, followup)
		conference = f.Conference
		return err
	})
	return conference, err
}
