package casework

import (
	"context"
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
)

var (
	writeNote  = store.NewAct("note.write", who.GiveService)
	strikeNote = store.NewAct("note.strike", who.GiveService)
	lookNotes  = store.NewAct("note.look", who.SeeCase)
)

// Who reads a note: everybody who sees the case, or its writer, the worker of the case and the head of the centre.
const (
	ForTeam      = "team"
	Confidential = "confidential"
)

// Note is a line of the progress of a case. It is never changed: a wrong one is struck by its writer, and stays to
// be seen so, and a new one stands.
type Note struct {
	ID           id.ID
	Version      int64
	Case         id.ID
	Kind         string // progress, counselling, family, phone, other
	On           clock.Day
	Text         string
	Confidential bool
	Writer       id.ID
	By           string
	StruckOn     clock.Day
	StruckWhy    string
	Withheld     bool // confidential, and not for this reader: what it says and why it was struck are not here
}

// noteWords are the kinds of notes as the office calls them.
var noteWords = map[string]text.Word{"progress": "Perkembangan", "counselling": "Konseling", "family": "Keluarga|catatan", "phone": "Telepon|catatan", "other": "Lain-lain"}

// Papers is how many notes, conferences and attachments a case has; struck ones do not count.
type Papers struct{ Notes, Conferences, Attachments int64 }

// NewNote is a note as it is written.
type NewNote struct {
	ID              id.ID     `json:"id,omitempty"`
	Kind            string    `json:"kind" required:"true" enum:"progress,counselling,family,phone,other" ask:"Pilih jenis catatan."`
	On              clock.Day `json:"on" required:"true" ask:"Tulis tanggal kejadiannya."`
	Text            string    `json:"text" required:"true" maxLength:"4000" ask:"Tulis catatannya."`
	Confidentiality string    `json:"confidentiality,omitempty" enum:"team,confidential"`
}

// Strike is why something that was recorded does not hold.
type Strike struct {
	Reason string `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasan mencoretnya."`
}

// mayNote holds what a note needs: a running case, and a day of it.
func mayNote(c Case, on, today clock.Day) error {
	if !c.Open() {
		return fail.Broken("case-closed", "Kasus ini sudah ditutup.")
	}
	return dayInOrder("on", on, c.OpenedOn, today)
}

// mayReadNote tells who reads what a note says (UU 27/2022 Pasal 4: what is told in confidence is for those who
// need it for their work).
func mayReadNote(n Note, worker id.ID, by who.Asker) bool {
	own := by.User != 0 && (n.Writer == by.User || worker == by.User)
	return !n.Confidential || own || by.May(who.SeeNotes)
}

// mayStrikeNote holds that a note is struck by its writer alone, and once.
func mayStrikeNote(n Note, by who.Asker) error {
	switch {
	case n.Writer != by.User || by.User == 0:
		return fail.Denied
	case n.StruckOn != "":
		return fail.Broken("note-struck", "Catatan ini sudah dicoret.")
	}
	return nil
}

// shown gives a note as this reader sees it.
func (n Note) shown(worker id.ID, by who.Asker) Note {
	if mayReadNote(n, worker, by) {
		return n
	}
	n.Kind, n.Text, n.StruckWhy, n.Withheld = "", "", "", true
	return n
}

// noteEntry is the line of the record. What a note says lies in its own row alone, which is never changed.
func noteEntry(c Case, n Note, say fail.Saying) store.Entry {
	return store.Entry{Kind: "note", ID: n.ID, Person: c.Person, Case: c.ID, Centre: c.Centre, Say: say,
		What: map[string]any{"on": n.On, "confidential": n.Confidential, "letters": len([]rune(n.Text)), "struck_on": n.StruckOn}}
}

// WriteNote adds a note to a case.
func (d *Desk) WriteNote(ctx context.Context, by who.Asker, caseID id.ID, in NewNote) (n Note, err error) {
	err = d.store.Write(ctx, by, writeNote, func(tx *store.Tx) error {
		c, err := ByID(tx, caseID)
		if err != nil {
			return err
		}
		n = Note{ID: in.ID, Version: 1, Case: c.ID, Kind: in.Kind, On: in.On, Text: in.Text, Confidential: in.Confidentiality == Confidential,
			Writer: by.User, By: by.Name}
		if in.ID == 0 {
			n.ID = id.New()
		} else if old, err := noteByID(tx, in.ID); err == nil {
			return n.sameAs(old)
		} else if !errors.Is(err, fail.NotFound) {
			return err
		}
		if err := mayNote(c, n.On, tx.Today()); err != nil {
			return err
		}
		if err := insertNote(tx, n); err != nil {
			return err
		}
		say := fail.Say("Catatan perkembangan ditulis.")
		if n.Confidential {
			say = fail.Say("Catatan rahasia ditulis.")
		}
		tx.Record(noteEntry(c, n, say))
		return nil
	})
	if errors.Is(err, errSame) {
		err = nil
	}
	return n, err
}

// sameAs tells apart the same note sent twice from another one under its id.
func (n Note) sameAs(old Note) error {
	if n.Case == old.Case && n.Writer == old.Writer && n.Kind == old.Kind && n.On == old.On && n.Text == old.Text && n.Confidential == old.Confidential {
		return errSame
	}
	return fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
}

// StrikeNote strikes a note: it stays, and says why it does not hold.
func (d *Desk) StrikeNote(ctx context.Context, by who.Asker, note id.ID, version int64, in Strike) (n Note, err error) {
	err = d.store.Write(ctx, by, strikeNote, func(tx *store.Tx) error {
		if n, err = noteByID(tx, note); err != nil {
			return err
		}
		c, err := ByID(tx, n.Case)
		if err != nil {
			return err
		}
		if err := mayStrikeNote(n, by); err != nil {
			return err
		}
		if version != 0 && n.Version != version {
			return fail.Stale
		}
		n.StruckOn, n.StruckWhy = tx.Today(), in.Reason
		if err := keepStruckNote(tx, &n); err != nil {
			return err
		}
		tx.Record(noteEntry(c, n, fail.Say("Catatan perkembangan dicoret.")))
		return nil
	})
	return n, err
}

// Note gives one note as the asker may see it.
func (d *Desk) Note(ctx context.Context, by who.Asker, note id.ID) (n Note, err error) {
	err = d.store.Read(ctx, by, lookNotes, func(tx *store.Tx) error {
		if n, err = noteByID(tx, note); err != nil {
			return err
		}
		c, err := ByID(tx, n.Case)
		n = n.shown(c.Worker, by)
		tx.Saw(c.Person)
		return err
	})
	return n, err
}

// Notes lists the notes of a case as the asker may see them, the newest first.
func (d *Desk) Notes(ctx context.Context, by who.Asker, caseID, before id.ID, limit int64) (all []Note, f File, err error) {
	err = d.store.Read(ctx, by, lookNotes, func(tx *store.Tx) error {
		if f, err = FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(f.Person)
		all, err = notesOf(tx, caseID, before, limit)
		for i, n := range all {
			all[i] = n.shown(f.Worker, by)
		}
		return err
	})
	return all, f, err
}
