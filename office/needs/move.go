package needs

import (
	"context"
	"slices"
	"strconv"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// States of a need, from its proposal until it is there.
const (
	Proposed  = "proposed"
	Reviewed  = "reviewed"
	Approved  = "approved"
	Budgeted  = "budgeted"
	Ordered   = "ordered"
	Delivered = "delivered"
	Refused   = "refused"
)

// States are all states in their order.
var States = []string{Proposed, Reviewed, Approved, Budgeted, Ordered, Delivered, Refused}

// moves is where a need can go from each state. What the province decides is decided by it alone; ordering and receiving is
// the institution's too.
var moves = map[string][]string{
	Proposed: {Reviewed, Refused},
	Reviewed: {Approved, Proposed, Refused},
	Approved: {Budgeted, Refused},
	Budgeted: {Ordered, Approved},
	Ordered:  {Delivered, Budgeted},
	Refused:  {Proposed},
}

// theirs are the moves that an institution makes itself.
var theirs = map[string]bool{Ordered: true, Delivered: true}

// Ways are the states to which a need can go now.
func (n Need) Ways() []string { return moves[n.State] }

// MayGo tells whether an asker may bring a need into a state.
func MayGo(by who.Asker, n Need, to string) bool {
	if !slices.Contains(moves[n.State], to) {
		return false
	}
	if theirs[to] || n.State == Refused {
		return by.May(who.DecideNeed) || by.May(who.ProposeNeed)
	}
	return by.May(who.DecideNeed)
}

// Step is one thing that happened to a need.
type Step struct {
	ID    id.ID
	At    int64 // milliseconds
	State string
	Note  string
	By    string
}

// On is the day of the step.
func (s Step) On() clock.Day { return clock.DayOf(time.UnixMilli(s.At)) }

// Move brings a need into another state. Budgeting names the money, a refusal and a return their reason, and a delivery its
// day.
type Move struct {
	To       string    `json:"to" required:"true" enum:"proposed,reviewed,approved,budgeted,ordered,delivered,refused" ask:"Pilih langkahnya."`
	Note     string    `json:"note,omitempty" maxLength:"500"`
	Fund     string    `json:"fund,omitempty" maxLength:"20"`
	FundNote string    `json:"fund_note,omitempty" maxLength:"160"`
	Year     int64     `json:"year,omitempty" minimum:"0" maximum:"2999"`
	On       clock.Day `json:"on,omitempty"`
}

// mayMove holds what each move must say. Pasal 49 ayat (2): what is budgeted names its source of money.
func mayMove(n Need, m Move, today clock.Day) error {
	var f fail.Fields
	back := slices.Index(States, m.To) < slices.Index(States, n.State) && n.State != Refused
	if (back || m.To == Refused) && m.Note == "" {
		f.Add("note", "required", "Tulis alasannya.")
	}
	if m.To == Budgeted {
		if n.Fund == "" {
			f.Add("fund", "required", "Pilih sumber dana: APBD atau sumber lain yang sah (Permensos 16/2019 Pasal 49 ayat (2)).")
		}
		fundFields(&f, n.Fund, n.FundNote)
	}
	if m.To == Delivered {
		switch {
		case m.On == "":
			f.Add("on", "required", "Tulis tanggal diterima.")
		case m.On > today:
			f.Add("on", "future", "Tanggal %s belum terjadi.", m.On)
		case m.On < n.ProposedOn:
			f.Add("on", "order", "Diterima sebelum diusulkan (%s)?", n.ProposedOn)
		}
	}
	if this := int64(today.Time().Year()); m.Year != 0 && (m.Year < this || m.Year > this+yearsAhead) {
		f.Add("year", "range", "Tahun anggaran antara %s dan %s.", strconv.FormatInt(this, 10), strconv.FormatInt(this+yearsAhead, 10))
	}
	return f.Err()
}

// MoveNeed brings a need into another state.
func (d *Desk) MoveNeed(ctx context.Context, by who.Asker, need id.ID, version int64, m Move) (n Need, err error) {
	act := decide
	if theirs[m.To] && !by.May(who.DecideNeed) || m.To == Proposed && by.May(who.ProposeNeed) {
		act = fulfil
	}
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if n, err = needByID(tx, need); err != nil {
			return err
		}
		if version != 0 && version != n.Version {
			return fail.Stale
		}
		if !slices.Contains(moves[n.State], m.To) {
			return fail.Broken("need-state", "Dari %s kebutuhan tidak dapat menjadi %s.", stateWords[n.State], stateWords[m.To])
		}
		if !MayGo(by, n, m.To) {
			return fail.Denied
		}
		return moved(tx, &n, m)
	})
	return n, err
}

// moved joins the transaction of whoever moves a need.
func moved(tx *store.Tx, n *Need, m Move) error {
	was := *n
	if m.Fund != "" {
		n.Fund, n.FundNote = m.Fund, m.FundNote
	}
	if err := mayMove(*n, m, tx.Today()); err != nil {
		return err
	}
	if m.Year != 0 {
		n.Year = m.Year
	}
	n.State, n.MovedOn = m.To, tx.Today()
	if m.To == Delivered {
		n.DeliveredOn = m.On
	}
	if m.To == Refused {
		n.Purchase = 0
	}
	tx.Record(needEntry(*n, "Kebutuhan berubah keadaan: %s", m))
	if err := keepNeed(tx, n); err != nil {
		return err
	}
	if err := insertStep(tx, *n, m.Note); err != nil {
		return err
	}
	told(tx, *n)
	return counted(tx, was, *n)
}

// told tells the head of an institution and of its administration what the province decided about a need.
func told(tx *store.Tx, n Need) {
	if by := tx.By(); by.System || !by.Scope.All || !slices.Contains([]string{Approved, Budgeted, Refused, Proposed}, n.State) {
		return
	}
	for _, role := range []string{"head_centre", "head_administration"} {
		tx.Notify(store.Notice{Role: role, Centre: n.Centre, Kind: "need", Say: fail.Say("Kebutuhan %s: %s.", n.Name, stateWords[n.State]), Path: "/needs/" + n.ID.String()})
	}
}
