package actions

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/needs"
)

var (
	reportAction   = store.NewAct("action.report", who.RunAction)
	startAction    = store.NewAct("action.start", who.RunAction)
	postponeAction = store.NewAct("action.postpone", who.RunAction)
	escalateAction = store.NewAct("action.escalate", who.RunAction)
	finishAction   = store.NewAct("action.finish", who.RunAction)
	stopAction     = store.NewAct("action.stop", who.RunAction)
	reassignAction = store.NewSystemAct("action.reassign", who.RunAction) // the new agency learns of it by a letter
	markAction     = store.NewAct("action.milestone", who.RunAction)
)

var errOver = fail.Broken("action-state", "Tindak lanjut ini sudah selesai, dihentikan, atau diserahkan. Tidak ada yang berubah.")

// Report is how far an action is.
type Report struct {
	Note string `json:"note" required:"true" maxLength:"1000" ask:"Tulis apa yang sudah dikerjakan."`
}

// Postponement is a new date, and why.
type Postponement struct {
	DueOn  clock.Day `json:"due_on" required:"true" ask:"Tulis batas waktu yang baru."`
	Reason string    `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasan menundanya."`
}

// Why is the reason of a move.
type Why struct {
	Reason string `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasannya."`
}

// Completion is how an action ended.
type Completion struct {
	On     clock.Day `json:"on" required:"true" ask:"Tulis kapan selesai."`
	Result string    `json:"result" required:"true" maxLength:"1000" ask:"Tulis hasilnya."`
}

// Reassignment hands an action to another owner, who counts anew.
type Reassignment struct {
	Owner
	DueOn  clock.Day `json:"due_on" required:"true" ask:"Tulis batas waktu yang baru."`
	Reason string    `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasannya."`

	Site string `json:"-"` // the address for the link in a letter to an agency
}

// NewMilestone is a step on the way with its date.
type NewMilestone struct {
	Title string    `json:"title" required:"true" maxLength:"200" ask:"Tulis apa yang dicapai."`
	DueOn clock.Day `json:"due_on" required:"true" ask:"Tulis kapan tercapai."`
}

// change is the way of every deed on an action: the action of the asker's reach, under its version, 0 asks for none.
func (d *Desk) change(ctx context.Context, by who.Asker, act store.Act, action id.ID, version int64, do func(*store.Tx, *Action) error) (a Action, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if a, err = ByID(tx, action); err != nil {
			return err
		}
		if err := mayWork(by, a); err != nil {
			return err
		}
		if version != 0 && version != a.Version {
			return fail.Stale
		}
		return do(tx, &a)
	})
	return a, err
}

// Start says that work on it began.
func (d *Desk) Start(ctx context.Context, by who.Asker, action id.ID, version int64) (Action, error) {
	return d.change(ctx, by, startAction, action, version, func(tx *store.Tx, a *Action) error {
		if err := a.move(doStart); err != nil {
			return err
		}
		return stepped(tx, a, Step{Kind: stepStarted}, fail.Say("Tindak lanjut dimulai: %s", a.Title), nil)
	})
}

// Report notes how far an action is; the first report starts it.
func (d *Desk) Report(ctx context.Context, by who.Asker, action id.ID, version int64, in Report) (Action, error) {
	return d.change(ctx, by, reportAction, action, version, func(tx *store.Tx, a *Action) error { return reported(tx, a, in) })
}

func reported(tx *store.Tx, a *Action, in Report) error {
	if err := a.move(doReport); err != nil {
		return err
	}
	return stepped(tx, a, Step{Kind: stepProgress, Note: in.Note}, fail.Say("Kemajuan dicatat: %s", a.Title), in)
}

// mayPostpone holds that a new date is later than the old one and than today, and that what was put off twice is not put
// off again by a date alone: after it went up to the head of the office once more.
func mayPostpone(a Action, in Postponement, today clock.Day) error {
	if a.Stuck() {
		return &fail.Rule{Name: "action-postponed-twice", Say: fail.Say("Tindak lanjut ini sudah ditunda %d kali. Tanggal baru saja tidak cukup; pilih salah satu:", a.Postponed),
			Missing: []fail.Missing{{Code: "stop", Say: fail.Say("hentikan, dengan alasan")}, {Code: "reassign", Say: fail.Say("serahkan kepada pelaksana lain; hitungan mulai lagi")},
				{Code: "escalate", Say: fail.Say("naikkan kepada Kepala Dinas; lalu satu tanggal lagi boleh ditetapkan")}}}
	}
	return mayDate(a, in, today)
}

// mayDate holds that a new date is later than the old one and not past.
func mayDate(a Action, in Postponement, today clock.Day) error {
	if in.DueOn <= a.DueOn || in.DueOn < today {
		return fail.Bad("due_on", "order", "Batas waktu yang baru harus setelah yang lama dan belum lewat.")
	}
	return nil
}

// Postpone moves the date of an action, and counts it.
func (d *Desk) Postpone(ctx context.Context, by who.Asker, action id.ID, version int64, in Postponement) (Action, error) {
	return d.change(ctx, by, postponeAction, action, version, func(tx *store.Tx, a *Action) error { return postponed(tx, a, in) })
}

func postponed(tx *store.Tx, a *Action, in Postponement) error {
	if err := a.move(doPostpone); err != nil {
		return err
	}
	if err := mayPostpone(*a, in, tx.Today()); err != nil {
		return err
	}
	a.DueOn, a.Postponed = in.DueOn, a.Postponed+1
	return stepped(tx, a, Step{Kind: stepPostponed, DueOn: in.DueOn, Note: in.Reason}, fail.Say("Tindak lanjut ditunda: %s", a.Title), in)
}

// Escalate takes an action that was put off twice to the head of the office; then one more date may be set.
func (d *Desk) Escalate(ctx context.Context, by who.Asker, action id.ID, version int64, in Why) (Action, error) {
	return d.change(ctx, by, escalateAction, action, version, func(tx *store.Tx, a *Action) error { return escalated(tx, a, in) })
}

func escalated(tx *store.Tx, a *Action, in Why) error {
	if err := a.move(doEscalate); err != nil {
		return err
	}
	if !a.Stuck() {
		return fail.Broken("action-escalate-early", "Tindak lanjut dinaikkan kepada Kepala Dinas setelah ditunda dua kali. Sebelum itu tanggalnya masih bisa ditunda.")
	}
	a.Escalated++
	tx.Notify(store.Notice{Role: "head_province", Kind: "action", Say: fail.Say("Tindak lanjut dinaikkan kepada Anda setelah ditunda %d kali: %s.", a.Postponed, a.Title), Path: a.Path()})
	return stepped(tx, a, Step{Kind: stepEscalated, Note: in.Reason}, fail.Say("Tindak lanjut dinaikkan kepada Kepala Dinas: %s", a.Title), in)
}

// mayFinish holds that the end is past and not before the beginning.
func mayFinish(a Action, in Completion, today clock.Day) error {
	switch {
	case in.On > today:
		return fail.Bad("on", "future", "Tanggal %s belum terjadi.", in.On)
	case in.On < a.StartOn:
		return fail.Bad("on", "order", "Selesai lebih awal daripada mulainya.")
	}
	return nil
}

// Finish says how an action ended, with a file as evidence when there is one.
func (d *Desk) Finish(ctx context.Context, by who.Asker, action id.ID, version int64, in Completion, file *upload.File) (a Action, err error) {
	body, err := d.looked(ctx, by, action, file)
	if err != nil {
		return a, err
	}
	return d.change(ctx, by, finishAction, action, version, func(tx *store.Tx, a *Action) error { return finished(tx, a, in, file, body) })
}

func finished(tx *store.Tx, a *Action, in Completion, file *upload.File, body []byte) error {
	if err := a.move(doFinish); err != nil {
		return err
	}
	if err := mayFinish(*a, in, tx.Today()); err != nil {
		return err
	}
	a.Result, a.DoneOn = in.Result, in.On
	if file != nil {
		if _, err := keepFile(tx, *a, "", *file, body); err != nil {
			return err
		}
	}
	return stepped(tx, a, Step{Kind: stepDone, DoneOn: in.On, Note: in.Result}, fail.Say("Tindak lanjut selesai: %s", a.Title), in)
}

// Stop ends an action without a result.
func (d *Desk) Stop(ctx context.Context, by who.Asker, action id.ID, version int64, in Why) (Action, error) {
	return d.change(ctx, by, stopAction, action, version, func(tx *store.Tx, a *Action) error { return stopped(tx, a, in) })
}

func stopped(tx *store.Tx, a *Action, in Why) error {
	if err := a.move(doStop); err != nil {
		return err
	}
	a.Result, a.DoneOn = in.Reason, tx.Today()
	return stepped(tx, a, Step{Kind: stepStopped, Note: in.Reason}, fail.Say("Tindak lanjut dihentikan: %s", a.Title), in)
}

// Reassign hands an action to another owner: a new action with the same gaps and open milestones stands for it, and its
// postponements count from nothing. It gives the new one.
func (d *Desk) Reassign(ctx context.Context, by who.Asker, action id.ID, version int64, in Reassignment) (next Action, err error) {
	_, err = d.change(ctx, by, reassignAction, action, version, func(tx *store.Tx, a *Action) error {
		next, err = d.reassigned(tx, a, in)
		return err
	})
	return next, err
}

func (d *Desk) reassigned(tx *store.Tx, a *Action, in Reassignment) (next Action, err error) {
	by, today := tx.By(), tx.Today()
	if err := a.move(doReassign); err != nil {
		return next, err
	}
	var f fail.Fields
	if mayOwn(&f, &in.Owner, by); in.DueOn < today {
		f.Add("due_on", "order", "Batas waktu yang baru harus setelah yang lama dan belum lewat.")
	}
	if err := f.Err(); err != nil {
		return next, err
	}
	next = *a
	next.ID, next.Version, next.Former, next.State, next.Live, next.Postponed, next.Escalated = id.New(), 1, a.ID, Planned, true, 0, 0
	next.StartOn, next.DueOn, next.MadeOn, next.User, next.By = today, in.DueOn, today, by.User, by.Name
	if err := next.take(tx, in.Owner); err != nil {
		return next, err
	}
	if next.Owner() == a.Owner() && next.OwnerName == a.OwnerName {
		return next, fail.Bad("owner", "same", "Pelaksana ini sama dengan yang sekarang. Pilih yang lain.")
	}
	a.Result, a.DoneOn = in.Reason, today
	if err := stepped(tx, a, Step{Kind: stepReassigned, DueOn: in.DueOn, Note: in.Reason}, fail.Say("Tindak lanjut diserahkan kepada pelaksana lain: %s", a.Title), in); err != nil {
		return next, err
	}
	if err := insertAction(tx, next); err != nil {
		return next, err
	}
	if err := copyOpen(tx, a.ID, next); err != nil {
		return next, err
	}
	if err := needs.Follow(tx, a.ID, next.ID); err != nil {
		return next, err
	}
	tx.Record(entry(next, fail.Say("Tindak lanjut ditetapkan: %s", next.Title), in))
	return next, d.tell(tx, next, in.Site)
}

// AddMilestone plans a step on the way.
func (d *Desk) AddMilestone(ctx context.Context, by who.Asker, action id.ID, version int64, in NewMilestone) (Action, error) {
	return d.change(ctx, by, markAction, action, version, func(tx *store.Tx, a *Action) error {
		if !a.Live {
			return errOver
		}
		return stepped(tx, a, Step{Kind: stepMilestone, DueOn: in.DueOn, Note: in.Title}, fail.Say("Tonggak direncanakan: %s", in.Title), in)
	})
}

// ReachMilestone says that a step on the way is done, today.
func (d *Desk) ReachMilestone(ctx context.Context, by who.Asker, action, milestone id.ID, version int64) (Action, error) {
	return d.change(ctx, by, markAction, action, version, func(tx *store.Tx, a *Action) error {
		if !a.Live {
			return errOver
		}
		n, err := reachStep(tx, a.ID, milestone)
		if err == nil && n == 0 {
			err = fail.NotFound
		}
		if err != nil {
			return err
		}
		tx.Record(entry(*a, fail.Say("Tonggak tercapai: %s", a.Title), map[string]any{"milestone_id": milestone}))
		return keepAction(tx, a)
	})
}

// stepped keeps an action with the step that changed it, and the entry of the record.
func stepped(tx *store.Tx, a *Action, s Step, say fail.Saying, what any) error {
	if err := keepAction(tx, a); err != nil {
		return err
	}
	s.ID, s.Via = id.New(), viaStaff
	if tx.By().Via == "link" {
		s.Via = viaAgency
	}
	tx.Record(entry(*a, say, what))
	return insertStep(tx, *a, s)
}
