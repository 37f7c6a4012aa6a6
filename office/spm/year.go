package spm

import (
	"context"
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Step is one of the four steps: how far it is, since when, and what there is to say.
type Step struct {
	Key   string
	State string // open, running, done
	On    clock.Day
	Note  string
}

// Entry is the year of a group: its four steps (PP 2/2018 Pasal 11(2)) and what the report says (Pasal 17).
type Entry struct {
	ID        id.ID
	Version   int64 // 0: nothing was written yet
	Year      Year
	Group     string
	Steps     []Step
	Result    string
	Obstacles string
	Budget    int64 // rupiah
	Spent     int64 // rupiah
	By        string
}

// Done counts the steps that are done.
func (e Entry) Done() (n int) {
	for _, s := range e.Steps {
		if s.State == "done" {
			n++
		}
	}
	return n
}

func noEntry(y Year, group string) Entry {
	e := Entry{Year: y, Group: group}
	for _, k := range Steps {
		e.Steps = append(e.Steps, Step{Key: k, State: "open"})
	}
	return e
}

// SetYear is the year of a group as it is written down.
type SetYear struct {
	CollectState string    `json:"collect_state" required:"true" enum:"open,running,done" ask:"Pilih keadaannya."`
	CollectOn    clock.Day `json:"collect_on,omitempty"`
	CollectNote  string    `json:"collect_note,omitempty" maxLength:"500"`
	ComputeState string    `json:"compute_state" required:"true" enum:"open,running,done" ask:"Pilih keadaannya."`
	ComputeOn    clock.Day `json:"compute_on,omitempty"`
	ComputeNote  string    `json:"compute_note,omitempty" maxLength:"500"`
	PlanState    string    `json:"plan_state" required:"true" enum:"open,running,done" ask:"Pilih keadaannya."`
	PlanOn       clock.Day `json:"plan_on,omitempty"`
	PlanNote     string    `json:"plan_note,omitempty" maxLength:"500"`
	DeliverState string    `json:"deliver_state" required:"true" enum:"open,running,done" ask:"Pilih keadaannya."`
	DeliverOn    clock.Day `json:"deliver_on,omitempty"`
	DeliverNote  string    `json:"deliver_note,omitempty" maxLength:"500"`
	Result       string    `json:"result,omitempty" maxLength:"2000"`
	Obstacles    string    `json:"obstacles,omitempty" maxLength:"2000"`
	Budget       int64     `json:"budget,omitempty" minimum:"0" maximum:"100000000000000"`
	Spent        int64     `json:"spent,omitempty" minimum:"0" maximum:"100000000000000"`
}

func (in SetYear) steps() []Step {
	return []Step{{"collect", in.CollectState, in.CollectOn, in.CollectNote}, {"compute", in.ComputeState, in.ComputeOn, in.ComputeNote},
		{"plan", in.PlanState, in.PlanOn, in.PlanNote}, {"deliver", in.DeliverState, in.DeliverOn, in.DeliverNote}}
}

// mayKeepYear holds that a step that began has a day, which is past, and that the steps come in their order: none is done
// before the one before has begun.
func mayKeepYear(in SetYear, today clock.Day) error {
	var f fail.Fields
	before := "done"
	for _, s := range in.steps() {
		switch {
		case s.State != "open" && s.On == "":
			f.Add(s.Key+"_on", "required", "Tulis tanggal langkah ini.")
		case s.On > today:
			f.Add(s.Key+"_on", "future", "Tanggal %s belum terjadi.", s.On)
		}
		if s.State == "done" && before == "open" {
			f.Add(s.Key+"_state", "order", "Langkah sebelumnya belum mulai. Periksa salah satunya.")
		}
		before = s.State
	}
	return f.Err()
}

// KeepYear writes down the year of a group, for the first time or anew.
func (d *Desk) KeepYear(ctx context.Context, by who.Asker, y Year, group string, version int64, in SetYear) (e Entry, err error) {
	if err := wholeProvince(by); err != nil {
		return e, err
	}
	err = d.store.Write(ctx, by, keepYear, func(tx *store.Tx) error {
		g, err := groupOf(group, y.rules(tx.Today()))
		if err != nil {
			return err
		}
		if err := mayKeepYear(in, tx.Today()); err != nil {
			return err
		}
		now, err := known(func() (Entry, error) { return entryAt(tx, y, group) }, func(e Entry) int64 { return e.Version }, version)
		if err != nil {
			return err
		}
		e = Entry{now.ID, now.Version, y, group, in.steps(), in.Result, in.Obstacles, in.Budget, in.Spent, by.Name}
		if err := keepEntry(tx, &e); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "spm", ID: e.ID, Say: fail.Say("Langkah dan laporan SPM %s disimpan.", g.Name+", "+y.Text()), What: in})
		return nil
	})
	return e, err
}

// Entry reads the year of a group; with version 0 where nothing was written.
func (d *Desk) Entry(ctx context.Context, by who.Asker, y Year, group string) (e Entry, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if _, err := groupOf(group, y.rules(tx.Today())); err != nil {
			return err
		}
		e, err = entryAt(tx, y, group)
		if errors.Is(err, fail.NotFound) {
			e = noEntry(y, group)
			return nil
		}
		return err
	})
	return e, err
}
