package meeting

import (
	"context"
	"fmt"
	"strings"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/actions"
	"tuntas/office/coordination"
)

var (
	addItem     = store.NewAct("meeting.item", who.HoldMeeting)
	changeItem  = store.NewAct("meeting.agenda", who.HoldMeeting)
	proposeMore = store.NewAct("meeting.propose", who.HoldMeeting)
)

// What makes an agenda propose something is the rule of the office, not of the law.
const (
	stalledDays = 30 // without a step
	unmetDays   = 90
	unmetTimes  = 3  // in that time
	mostOfKind  = 20 // proposals of one kind
	mostCarried = 200
)

// The kinds of what stands on an agenda.
const (
	fromOwn        = "own"
	fromCarried    = "carried"
	fromOverdue    = "overdue"
	fromPostponed  = "postponed"
	fromStalled    = "stalled"
	fromLate       = "referral"
	fromRefused    = "refused"
	fromUnmet      = "unmet"
	fromAssessment = "assessment"
	fromImperative = "imperative"
)

// reasons say why something proposed itself; each takes the number behind it.
var reasons = map[string]text.Word{
	fromCarried: "Keputusan rapat lalu, ditunda %d kali", fromOverdue: "Lewat batas waktu %d hari", fromPostponed: "Sudah ditunda %d kali", fromStalled: "Tanpa langkah selama %d hari atau lebih",
	fromLate: "%d rujukan lewat batas jawaban", fromRefused: "%d rujukan ditolak", fromUnmet: "%d kali tidak tersedia dalam 90 hari terakhir",
	fromFigure: "Dari angka pemantauan", fromAssessment: "%d UPT lewat batas pengajuan penilaian mandiri", fromImperative: "%d butir mutlak dijawab tidak",
}

// Why says why an item stands on the agenda; "" for one that somebody wrote.
func (i Item) Why(lang string) string {
	l := text.LangOf(lang)
	w, known := reasons[i.Source]
	switch {
	case !known:
		return ""
	case i.Source == fromCarried && i.Number == 0:
		return text.T(l, "Keputusan rapat lalu")
	}
	return text.T(l, string(w), i.Number)
}

// propose lays what presses on the agenda of a meeting, each thing once, and gives how many are new. Decisions of earlier
// meetings that are still live stand there by themselves.
func (d *Desk) propose(tx *store.Tx, m Meeting) (n int, err error) {
	var all []Item
	for _, of := range []func(*store.Tx) ([]Item, error){carried, pressing, d.unmet, referrals, d.assessments} {
		some, err := of(tx)
		if err != nil {
			return n, err
		}
		all = append(all, some...)
	}
	have, err := itemsOf(tx, m.ID)
	if err != nil {
		return n, err
	}
	known, place := map[string]bool{}, int64(0)
	for _, i := range have {
		known[i.Ref], place = true, max(place, i.Place)
	}
	for _, i := range all {
		if known[i.Ref] {
			continue
		}
		known[i.Ref] = true
		place++
		i.ID, i.Version, i.Meeting, i.Place, i.By = id.New(), 1, m.ID, place, tx.By().Name
		if i.State == "" {
			i.State = Proposed
		}
		if err := insertItem(tx, i); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func ofAction(a actions.Action, source string, number int64) Item {
	return Item{Source: source, Ref: "action:" + a.ID.String(), Title: a.Title, Reason: strings.Trim(a.OwnerOrg+", "+a.OwnerName, ", "), Number: number, Path: a.Path(), Action: a.ID}
}

func carried(tx *store.Tx) (all []Item, err error) {
	live, err := actions.LiveDecided(tx, mostCarried)
	for _, a := range live {
		i := ofAction(a, fromCarried, a.Postponed)
		i.State = Accepted
		all = append(all, i)
	}
	return all, err
}

// pressing are other actions that are late, put off twice, or stand still.
func pressing(tx *store.Tx) (all []Item, err error) {
	late, err := actions.Overdue(tx, mostOfKind)
	if err != nil {
		return nil, err
	}
	for _, a := range late {
		all = append(all, ofAction(a, fromOverdue, int64(tx.Today().Sub(a.DueOn))))
	}
	twice, err := actions.PostponedTwice(tx, mostOfKind)
	if err != nil {
		return nil, err
	}
	for _, a := range twice {
		all = append(all, ofAction(a, fromPostponed, a.Postponed))
	}
	still, err := actions.Stalled(tx, stalledDays, mostOfKind)
	for _, a := range still {
		all = append(all, ofAction(a, fromStalled, stalledDays))
	}
	return all, err
}

// unmetOf is what could not be had in the last days, by kind of service.
func unmetOf(tx *store.Tx) ([]coordination.UnmetKind, error) {
	return coordination.UnmetByKind(tx, 0, tx.Today().Add(-unmetDays), tx.Today())
}

func (d *Desk) unmet(tx *store.Tx) (all []Item, err error) {
	found, err := unmetOf(tx)
	for _, u := range found {
		if u.N >= unmetTimes {
			all = append(all, Item{Source: fromUnmet, Ref: "unmet:" + u.Category, Title: "Layanan yang berulang kali tidak tersedia: " + coordination.CategoryWord(u.Category).In("id"), Number: u.N,
				Path: "/meetings/unmet?category=" + u.Category})
		}
	}
	return all, err
}

// Unmet gives what could not be had in the last days by kind of service, for the page behind a proposal.
func (d *Desk) Unmet(ctx context.Context, by who.Asker) (all []coordination.UnmetKind, err error) {
	err = d.store.Read(ctx, by, lookMeeting, func(tx *store.Tx) error {
		all, err = unmetOf(tx)
		return err
	})
	return all, err
}

func referrals(tx *store.Tx) (all []Item, err error) {
	w, err := coordination.Pressing(tx)
	if w.Late > 0 {
		all = append(all, Item{Source: fromLate, Ref: "referrals:late", Title: "Rujukan yang belum dijawab", Number: w.Late, Path: "/referrals?late=true"})
	}
	if w.Refused > 0 {
		all = append(all, Item{Source: fromRefused, Ref: "referrals:refused", Title: "Rujukan yang ditolak", Number: w.Refused, Path: "/referrals?state=refused"})
	}
	return all, err
}

func (d *Desk) assessments(tx *store.Tx) (all []Item, err error) {
	p, err := d.standards.Pressing(tx)
	if len(p.Late) > 0 {
		all = append(all, Item{Source: fromAssessment, Ref: "assessment:" + p.Campaign.ID.String(), Title: "Penilaian mandiri yang belum diajukan", Reason: p.Campaign.Name, Number: int64(len(p.Late)), Path: "/campaigns/" + p.Campaign.ID.String()})
	}
	for _, l := range p.Imperative[:min(len(p.Imperative), mostOfKind)] {
		all = append(all, Item{Source: fromImperative, Ref: "imperative:" + l.Self.String(), Title: fmt.Sprintf("Butir mutlak yang belum terpenuhi di %s", l.Name), Number: l.N, Path: "/self-assessments/" + l.Self.String()})
	}
	return all, err
}

// NewItem is an item as somebody writes it.
type NewItem struct {
	Title string `json:"title" required:"true" maxLength:"200" ask:"Tulis pokok bahasannya."`
}

// ItemChange accepts or drops an item, or takes back either.
type ItemChange struct {
	State string `json:"state" required:"true" enum:"proposed,accepted,dropped" ask:"Pilih diterima atau tidak dibahas."`
}

// ItemMove moves an item one place.
type ItemMove struct {
	To string `json:"to" required:"true" enum:"up,down" ask:"Pilih naik atau turun."`
}

// AddItem writes an item on the agenda.
func (d *Desk) AddItem(ctx context.Context, by who.Asker, meeting id.ID, in NewItem) (i Item, err error) {
	_, err = d.change(ctx, by, addItem, meeting, 0, func(tx *store.Tx, m *Meeting) error {
		have, err := itemsOf(tx, m.ID)
		if err != nil {
			return err
		}
		i = Item{ID: id.New(), Version: 1, Meeting: m.ID, Place: 1, Source: fromOwn, Title: in.Title, State: Accepted, By: by.Name}
		for _, one := range have {
			i.Place = max(i.Place, one.Place+1)
		}
		tx.Record(entry(*m, fail.Say("Acara rakor ditambah: %s", in.Title), in))
		return insertItem(tx, i)
	})
	return i, err
}

// Propose lays what presses by now on the agenda of a meeting.
func (d *Desk) Propose(ctx context.Context, by who.Asker, meeting id.ID) (m Meeting, n int, err error) {
	m, err = d.change(ctx, by, proposeMore, meeting, 0, func(tx *store.Tx, m *Meeting) error {
		if n, err = d.propose(tx, *m); err != nil {
			return err
		}
		tx.Record(entry(*m, fail.Say("Usulan acara rakor diperbarui: %d baru.", n), nil))
		return nil
	})
	return m, n, err
}

// item is the way of every deed on an item: its meeting is open, and its version is the one that the asker saw.
func (d *Desk) item(ctx context.Context, by who.Asker, act store.Act, item id.ID, version int64, do func(*store.Tx, Meeting, *Item) error) (i Item, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if i, err = itemByID(tx, item); err != nil {
			return err
		}
		m, err := byID(tx, i.Meeting)
		if err != nil {
			return err
		}
		if err := mayKeep(m); err != nil {
			return err
		}
		if version != 0 && version != i.Version {
			return fail.Stale
		}
		return do(tx, m, &i)
	})
	return i, err
}

// SetItem accepts or drops an item.
func (d *Desk) SetItem(ctx context.Context, by who.Asker, item id.ID, version int64, in ItemChange) (Item, error) {
	return d.item(ctx, by, changeItem, item, version, func(tx *store.Tx, m Meeting, i *Item) error {
		i.State = in.State
		tx.Record(entry(m, fail.Say("Acara rakor diubah: %s", i.Title), in))
		return keepItem(tx, i)
	})
}

// MoveItem changes places with the next item that stands on the agenda.
func (d *Desk) MoveItem(ctx context.Context, by who.Asker, item id.ID, version int64, in ItemMove) (Item, error) {
	return d.item(ctx, by, changeItem, item, version, func(tx *store.Tx, m Meeting, i *Item) error {
		all, err := itemsOf(tx, m.ID)
		if err != nil {
			return err
		}
		agenda := (Whole{Items: all}).in(i.State)
		for n, one := range agenda {
			to := n - 1
			if in.To == "down" {
				to = n + 1
			}
			if one.ID != i.ID || to < 0 || to >= len(agenda) {
				continue
			}
			other := agenda[to]
			i.Place, other.Place = other.Place, i.Place
			if err := keepItem(tx, &other); err != nil {
				return err
			}
		}
		tx.Record(entry(m, fail.Say("Urutan acara rakor diubah: %s", i.Title), in))
		return keepItem(tx, i)
	})
}
