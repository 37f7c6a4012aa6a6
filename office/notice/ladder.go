package notice

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/competence"
	"tuntas/office/coordination"
)

var (
	lookLadder = store.NewSystemAct("notice.ladder", who.SignedIn)
	setLadder  = store.NewSystemAct("notice.set-ladder", who.ManageAgency)
	climb      = store.NewSystemAct("notice.climb", who.Anyone)
)

// Worker stands for the worker of the case on a rung.
const Worker = "worker"

// Rung is one step of the ladder: so many working days after the day of a referral, this role is told.
type Rung struct {
	Step int64  `json:"step" required:"true" minimum:"1" maximum:"3"`
	Days int64  `json:"days" required:"true" minimum:"1" maximum:"60" ask:"Tulis jumlah hari kerja."`
	Role string `json:"role" required:"true" enum:"worker,head_centre,head_administration,section_head,head_division,head_province" ask:"Pilih siapa yang diberi tahu."`
}

// Roles are those who may be told, in the order of the form.
var Roles = []string{Worker, "head_centre", "head_administration", "section_head", "head_division", "head_province"}

var roleWords = map[string]text.Word{Worker: "Pekerja Sosial yang memegang kasus", "head_centre": "Kepala UPT", "head_administration": "Kepala Subbagian Tata Usaha",
	"section_head": "Kepala Seksi", "head_division": "Kepala Bidang", "head_province": "Kepala Dinas"}

// ofCentre are the roles that are told at the institution alone.
var ofCentre = []string{"head_centre", "head_administration"}

// usualLadder is the ladder where the office has set none: the worker, the head of the institution, the head of the
// division, on the days of the reminders (law/referrals).
func usualLadder(today clock.Day) []Rung {
	all := []Rung{{1, 1, Worker}, {2, 3, "head_centre"}, {3, 5, "head_division"}}
	for i, days := range law.Referral.On(today).ReminderIn {
		if i < len(all) {
			all[i].Days = int64(days)
		}
	}
	return all
}

// SetLadder is the whole ladder as it is written.
type SetLadder struct {
	Days1 int64  `json:"days_1" required:"true" minimum:"1" maximum:"60" ask:"Tulis jumlah hari kerja."`
	Role1 string `json:"role_1" required:"true" enum:"worker,head_centre,head_administration,section_head,head_division,head_province" ask:"Pilih siapa yang diberi tahu."`
	Days2 int64  `json:"days_2" required:"true" minimum:"1" maximum:"60" ask:"Tulis jumlah hari kerja."`
	Role2 string `json:"role_2" required:"true" enum:"worker,head_centre,head_administration,section_head,head_division,head_province" ask:"Pilih siapa yang diberi tahu."`
	Days3 int64  `json:"days_3" required:"true" minimum:"1" maximum:"60" ask:"Tulis jumlah hari kerja."`
	Role3 string `json:"role_3" required:"true" enum:"worker,head_centre,head_administration,section_head,head_division,head_province" ask:"Pilih siapa yang diberi tahu."`
}

func (in SetLadder) rungs() []Rung {
	return []Rung{{1, in.Days1, in.Role1}, {2, in.Days2, in.Role2}, {3, in.Days3, in.Role3}}
}

// mayClimb holds that a ladder goes up.
func mayClimb(all []Rung) error {
	var f fail.Fields
	for i := 1; i < len(all); i++ {
		if all[i].Days <= all[i-1].Days {
			f.Add(fmt.Sprintf("days_%d", i+1), "order", "Setiap anak tangga lebih lama daripada sebelumnya.")
		}
	}
	return f.Err()
}

// Ladder gives the ladder as it holds.
func (d *Desk) Ladder(ctx context.Context, by who.Asker) (all []Rung, err error) {
	err = d.store.Read(ctx, by, lookLadder, func(tx *store.Tx) error {
		all, err = ladderOf(tx)
		return err
	})
	return all, err
}

func ladderOf(tx *store.Tx) ([]Rung, error) {
	all, err := rungs(tx)
	if err == nil && len(all) == 0 {
		all = usualLadder(tx.Today())
	}
	return all, err
}

// SetLadder sets the ladder.
func (d *Desk) SetLadder(ctx context.Context, by who.Asker, in SetLadder) (all []Rung, err error) {
	all = in.rungs()
	err = d.store.Write(ctx, by, setLadder, func(tx *store.Tx) error {
		if err := mayClimb(all); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "notice-ladder", Say: fail.Say("Tangga pemberitahuan rujukan ditetapkan."), What: in})
		return keepRungs(tx, all)
	})
	return all, err
}

// reached gives the highest rung that is due for a referral on a day; none before the first.
func reached(ladder []Rung, due, today clock.Day) (top Rung, yes bool) {
	for _, r := range ladder {
		if law.AddWorkingDays(due, int(r.Days)) <= today {
			top, yes = r, true
		}
	}
	return top, yes
}

// Climb tells of every overdue referral whoever is due by the ladder, each rung once; and of certificates that end soon,
// once each. It is on the timetable.
func (d *Desk) Climb(ctx context.Context) error {
	return errors.Join(d.referrals(ctx), d.certificates(ctx))
}

const batch = 200

// each reads list after list and gives what comes of it.
func each[T any](ctx context.Context, d *Desk, read func(tx *store.Tx, last T) ([]T, error), say func(T) []store.Notice) error {
	var last T
	for {
		var all []T
		err := d.store.Read(ctx, who.House("notices"), climb, func(tx *store.Tx) (err error) {
			all, err = read(tx, last)
			return err
		})
		if err != nil || len(all) == 0 {
			return err
		}
		err = d.store.Keep(ctx, func(tx *store.Tx) error {
			for _, v := range all {
				for _, n := range say(v) {
					if _, err := give(tx, n); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil || len(all) < batch {
			return err
		}
		last = all[len(all)-1]
	}
}

func (d *Desk) referrals(ctx context.Context) error {
	var ladder []Rung
	today := d.store.Today()
	err := d.store.Read(ctx, who.House("notices"), climb, func(tx *store.Tx) (err error) {
		ladder, err = ladderOf(tx)
		return err
	})
	if err != nil {
		return err
	}
	return each(ctx, d, func(tx *store.Tx, last coordination.Unanswered) ([]coordination.Unanswered, error) {
		return coordination.LateAfter(tx, last, batch)
	}, func(r coordination.Unanswered) []store.Notice {
		top, yes := reached(ladder, r.DueOn, today)
		if !yes {
			return nil
		}
		n := store.Notice{Kind: "referral", Say: fail.Say("Rujukan ke %s belum dijawab; seharusnya paling lambat %s.", r.Agency, r.DueOn), Path: "/referrals/" + r.ID.String(),
			Once: fmt.Sprintf("referral/%s/%s/%d", r.ID, r.DueOn, top.Step)}
		switch {
		case top.Role == Worker:
			n.To = []id.ID{r.Worker}
		case slices.Contains(ofCentre, top.Role):
			n.Role, n.Centre = top.Role, r.Centre
		default:
			n.Role = top.Role
		}
		return []store.Notice{n}
	})
}

func (d *Desk) certificates(ctx context.Context) error {
	today := d.store.Today()
	return each(ctx, d, func(tx *store.Tx, last competence.Post) ([]competence.Post, error) {
		return competence.EndingAfter(tx, last.ID, batch)
	}, func(p competence.Post) []store.Notice {
		if p.CertificateUntil < today { // it ended: the page of the institution says so
			return nil
		}
		at := "/centres/" + p.Centre.String() + "/competence"
		once := fmt.Sprintf("certificate/%s/%s", p.ID, p.CertificateUntil)
		return []store.Notice{
			{To: []id.ID{p.User}, Kind: "certificate", Say: fail.Say("Sertifikat Anda berlaku sampai %s.", p.CertificateUntil), Path: at, Once: once},
			{Role: "head_centre", Centre: p.Centre, Kind: "certificate", Say: fail.Say("Sertifikat %s berlaku sampai %s.", p.Name, p.CertificateUntil), Path: at, Once: once + "/head"},
		}
	})
}
