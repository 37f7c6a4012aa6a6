package mandate

import (
	"context"
	"strconv"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var (
	addEvent    = store.NewAct("history.add", who.ManageCentre)
	strikeEvent = store.NewAct("history.strike", who.ManageCentre)
)

// eventWords are the kinds of what happens to an institution.
var eventWords = map[string]text.Word{"founded": "Pendirian", "decision": "Keputusan", "function": "Perubahan fungsi", "place": "Gedung dan tempat",
	"merged": "Penggabungan atau pemisahan", "head": "Pergantian pimpinan", "other": "Lain-lain|riwayat"}

// Event is something that happened to an institution, known by its day or by its year alone.
type Event struct {
	ID        id.ID
	Version   int64
	Centre    id.ID
	Year      int64
	On        clock.Day // "" when only the year is known
	Kind      string
	What      string
	Document  string // number and name of the paper that shows it
	By        string
	StruckOn  clock.Day
	StruckWhy string
}

// NewEvent is an event as it is written down.
type NewEvent struct {
	Year     int64     `json:"year" required:"true" minimum:"1800" maximum:"2999" ask:"Tulis tahunnya."`
	On       clock.Day `json:"on,omitempty"`
	Kind     string    `json:"kind" required:"true" enum:"founded,decision,function,place,merged,head,other" ask:"Pilih jenis kejadian."`
	What     string    `json:"what" required:"true" maxLength:"500" ask:"Tulis apa yang terjadi."`
	Document string    `json:"document,omitempty" maxLength:"200"`
}

// Strike is why something that was written down does not hold.
type Strike struct {
	Reason string `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasannya."`
}

// mayHappen holds that an event is past, and that its day lies in its year.
func mayHappen(in NewEvent, today clock.Day) error {
	var f fail.Fields
	switch year := strconv.FormatInt(in.Year, 10); {
	case in.On != "" && string(in.On[:4]) != year:
		f.Add("on", "order", "Tanggal %s tidak di tahun %s.", in.On, year)
	case in.On > today:
		f.Add("on", "future", "Tanggal %s belum terjadi.", in.On)
	case year > string(today[:4]):
		f.Add("year", "future", "Tahun %s belum terjadi.", year)
	}
	return f.Err()
}

// AddEvent writes down what happened to a centre.
func (d *Desk) AddEvent(ctx context.Context, by who.Asker, at id.ID, in NewEvent) (e Event, err error) {
	err = d.store.Write(ctx, by, addEvent, func(tx *store.Tx) error {
		if _, err := centre.Own(tx, at); err != nil {
			return err
		}
		if err := mayHappen(in, tx.Today()); err != nil {
			return err
		}
		e = Event{ID: id.New(), Version: 1, Centre: at, Year: in.Year, On: in.On, Kind: in.Kind, What: in.What, Document: in.Document, By: by.Name}
		tx.Record(store.Entry{Kind: "centre-event", ID: e.ID, Centre: at, Say: fail.Say("Riwayat UPT ditambah."), What: in})
		return insertEvent(tx, e)
	})
	return e, err
}

// StrikeEvent strikes an event that was written down in error: it stays to be seen, with the reason.
func (d *Desk) StrikeEvent(ctx context.Context, by who.Asker, event id.ID, version int64, in Strike) (e Event, err error) {
	err = d.store.Write(ctx, by, strikeEvent, func(tx *store.Tx) error {
		if e, err = eventByID(tx, event); err != nil {
			return err
		}
		switch {
		case version > 0 && version != e.Version:
			return fail.Stale
		case e.StruckOn != "":
			return fail.Broken("event-struck", "Catatan riwayat ini sudah dicoret.")
		}
		e.StruckOn, e.StruckWhy = tx.Today(), in.Reason
		tx.Record(store.Entry{Kind: "centre-event", ID: e.ID, Centre: e.Centre, Say: fail.Say("Catatan riwayat UPT dicoret."), What: in})
		return keepStruckEvent(tx, &e)
	})
	return e, err
}

// Events gives what happened to a centre, the newest first: those that come after an event in that order.
func (d *Desk) Events(ctx context.Context, by who.Asker, at, after id.ID, limit int64) (all []Event, c centre.Centre, err error) {
	err = d.store.Read(ctx, by, lookMandate, func(tx *store.Tx) error {
		if c, err = centre.Own(tx, at); err != nil {
			return err
		}
		all, err = eventsOf(tx, at, after, limit)
		return err
	})
	return all, c, err
}
