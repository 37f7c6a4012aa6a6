package needs

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// States of a problem.
const (
	Open    = "open"
	Solved  = "solved"
	Dropped = "dropped"
)

// Problem is what keeps an institution from its service.
type Problem struct {
	ID        id.ID
	Version   int64
	Centre    id.ID
	Source    string
	Ref       string // what it comes from, in the words of its desk; "" when a person says so
	Standard  string // key of the standard of the criterion
	Criterion string
	Title     string
	Detail    string
	Impact    int64  // 1 to 4
	Risk      int64  // 1 to 4
	People    *int64 // affected
	State     string
	FoundOn   clock.Day
	ClosedOn  clock.Day
	ClosedWhy string
	By        string
	Needs     int64 // that stand under it
	Live      int64 // of these, neither delivered nor refused
	Cost      int64 // rupiah, of all but the refused
}

// Affected is how many people it touches; 0 where nobody knows.
func (p Problem) Affected() int64 {
	if p.People == nil {
		return 0
	}
	return *p.People
}

// NewProblem is a problem as it is reported. Source and Ref name a suggestion of the page where it comes from one.
type NewProblem struct {
	Source    string `json:"source" required:"true" enum:"assessment,waiting,referral,facility,mandate,complaint,meeting,other" ask:"Pilih dari mana masalah ini diketahui."`
	Ref       string `json:"ref,omitempty" maxLength:"120"`
	Criterion string `json:"criterion,omitempty" maxLength:"120"`
	Title     string `json:"title" required:"true" maxLength:"160" ask:"Tulis masalahnya dalam satu kalimat."`
	Detail    string `json:"detail,omitempty" maxLength:"2000"`
	Impact    int64  `json:"impact" required:"true" minimum:"1" maximum:"4" ask:"Pilih dampaknya pada layanan."`
	Risk      int64  `json:"risk" required:"true" minimum:"1" maximum:"4" ask:"Pilih apa yang terjadi bila dibiarkan."`
	People    *int64 `json:"people,omitempty" minimum:"0" maximum:"100000"`
}

// Ending closes a problem.
type Ending struct {
	State string `json:"state" required:"true" enum:"solved,dropped" ask:"Pilih: selesai, atau tidak dilanjutkan."`
	Why   string `json:"why" required:"true" maxLength:"500" ask:"Tulis alasannya."`
}

func problemEntry(p Problem, say string, what any) store.Entry {
	return store.Entry{Kind: "problem", ID: p.ID, Centre: p.Centre, Say: fail.Say(say, p.Title), What: what}
}

// Report writes a problem of an institution down. One that comes from what is on record must still be there, and stands
// once.
func (d *Desk) Report(ctx context.Context, by who.Asker, at id.ID, in NewProblem) (p Problem, err error) {
	err = d.store.Write(ctx, by, report, func(tx *store.Tx) error {
		c, err := centre.Own(tx, at)
		if err != nil {
			return err
		}
		p = Problem{ID: id.New(), Version: 1, Centre: at, Source: in.Source, Ref: in.Ref, Criterion: in.Criterion, Title: in.Title, Detail: in.Detail,
			Impact: in.Impact, Risk: in.Risk, People: in.People, State: Open, FoundOn: tx.Today(), By: by.Name}
		if err := d.grounded(tx, c, &p); err != nil {
			return err
		}
		tx.Record(problemEntry(p, "Masalah dicatat: %s", in))
		return insertProblem(tx, p)
	})
	return p, err
}

// grounded holds that a problem from a desk is one of the suggestions of today, and takes its criterion; that any other
// names a criterion that the institution is measured by, or none.
func (d *Desk) grounded(tx *store.Tx, c centre.Centre, p *Problem) error {
	if p.Ref == "" {
		if !slices.Contains(Sources, p.Source) {
			return fail.Bad("source", "choice", "Masalah dari sumber ini dicatat dari usulan di halaman UPT.")
		}
		if p.Criterion == "" {
			return nil
		}
		criteria, err := d.standards.CriteriaAt(tx, c.ID)
		if err != nil {
			return err
		}
		key, known := criteria[p.Criterion]
		if !known {
			return fail.Bad("criterion", "choice", "Butir %s tidak ada dalam penilaian UPT ini.", p.Criterion)
		}
		p.Standard = key
		return nil
	}
	sheet, err := d.standards.NewestIn(tx, c.ID)
	if err != nil {
		return err
	}
	all, err := suggested(tx, c, sheet)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(s Suggestion) bool { return s.Source == p.Source && s.Ref == p.Ref })
	if i < 0 {
		return fail.Broken("suggestion-gone", "Usulan ini sudah dicatat, atau datanya sudah berubah.")
	}
	p.Standard, p.Criterion = all[i].Standard, all[i].Criterion
	return nil
}

// EndProblem closes a problem. It is solved only when nothing under it is still on its way.
func (d *Desk) EndProblem(ctx context.Context, by who.Asker, problem id.ID, version int64, in Ending) (p Problem, err error) {
	err = d.store.Write(ctx, by, closing, func(tx *store.Tx) error {
		if p, err = problemByID(tx, problem); err != nil {
			return err
		}
		if version != 0 && version != p.Version {
			return fail.Stale
		}
		if p.State != Open {
			return fail.Broken("problem-closed", "Masalah ini sudah ditutup.")
		}
		if p.Live > 0 {
			return fail.Broken("needs-live", "Masih ada %d kebutuhan yang berjalan di bawah masalah ini. Penuhi atau tolak dahulu.", p.Live)
		}
		p.State, p.ClosedOn, p.ClosedWhy = in.State, tx.Today(), in.Why
		tx.Record(problemEntry(p, "Masalah ditutup: %s", in))
		return keepProblem(tx, &p)
	})
	return p, err
}

// Problem gives one problem with its needs.
func (d *Desk) Problem(ctx context.Context, by who.Asker, problem id.ID) (p Problem, c centre.Centre, all []Need, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if p, err = problemByID(tx, problem); err != nil {
			return err
		}
		if c, err = centre.ByID(tx, p.Centre); err != nil {
			return err
		}
		all, err = needsOfProblem(tx, problem)
		return err
	})
	return p, c, all, err
}
