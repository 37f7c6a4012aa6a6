package passage

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
)

// Desk is the desk of passage.
type Desk struct{ store *store.Store }

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{s} }

var (
	lookWay = store.NewAct("passage.look", who.SeeCase)
	lookDue = store.NewAct("passage.due", who.SeeCase)
)

// Way is where a case stands on the ways between, for its page.
type Way struct {
	Leave    *Leave    // planned or running
	Transfer *Transfer // proposed, or the last that was decided
	Death    *Death
	Family   int64 // how many of the family have a case here

	leaves  []Leave // the latest first, as the rest of what its history tells of
	moves   []Transfer
	reviews []Review
}

// Of tells where a case stands, for its page: in a fixed number of statements.
func (d *Desk) Of(ctx context.Context, by who.Asker, f casework.File) (w Way, err error) {
	err = d.store.Read(ctx, by, lookWay, func(tx *store.Tx) error {
		w, err = wayOf(tx, f.Case)
		return err
	})
	if w.Death != nil {
		*w.Death = w.Death.shown(by)
	}
	return w, err
}

// familyOf counts how many of the family have a case here.
func (d *Desk) familyOf(ctx context.Context, by who.Asker, f casework.File) (n int64, err error) {
	err = d.store.Read(ctx, by, lookWay, func(tx *store.Tx) error {
		n, err = casework.GroupSize(tx, f.Case)
		return err
	})
	return n, err
}

func wayOf(tx *store.Tx, c casework.Case) (w Way, err error) {
	if w.leaves, err = leavesOf(tx, c.ID, 30); err != nil {
		return w, err
	}
	if len(w.leaves) > 0 && w.leaves[0].Running() {
		w.Leave = &w.leaves[0]
	}
	if w.moves, err = transfersOf(tx, c.ID); err != nil {
		return w, err
	}
	if len(w.moves) > 0 {
		w.Transfer = &w.moves[0]
	}
	if w.reviews, err = reviewsOf(tx, c.ID); err != nil {
		return w, err
	}
	deaths, err := deathsOf(tx, c.ID)
	if err != nil {
		return w, err
	}
	if len(deaths) > 0 {
		w.Death = &deaths[0]
	}
	w.Family, err = casework.GroupSize(tx, c)
	return w, err
}

// Kinds of work that are due on the ways between.
const (
	DueLeave    = "leave"    // planned to leave by today, or should be back
	DueReview   = "review"   // of a long stay
	DueTransfer = "transfer" // proposed to this centre
	DueDeath    = "death"    // steps of the last way remain
)

// Work is one thing that is due: whose, of which kind, and since or until when.
type Work struct {
	Kind   string
	ID     id.ID // of the transfer; of the case for the rest
	Person id.ID
	Called string
	On     clock.Day
}

// Works are the first that are due, how many there are, and how many are on leave today.
type Works struct {
	N     int64
	Lines []Work
	Away  int64
}

// Shown is how many a list of these holds at most.
const Shown = 200

// reviewAhead is how many days before its day a review is shown.
const reviewAhead = 14

// Due gives the first six of the work of the asker's centres; mine narrows it to the cases that the asker carries.
func (d *Desk) Due(ctx context.Context, by who.Asker, mine bool) (w Works, err error) {
	err = d.store.Read(ctx, by, lookDue, func(tx *store.Tx) error {
		card, args := dueCard(tx, mine)
		if w.N, w.Lines, err = store.Counted(tx, card.count, card.first, scanWork, args...); err != nil {
			return err
		}
		return w.seen(tx)
	})
	return w, err
}

// AllDue is the same with the first two hundred.
func (d *Desk) AllDue(ctx context.Context, by who.Asker, mine bool) (w Works, err error) {
	err = d.store.Read(ctx, by, lookDue, func(tx *store.Tx) error {
		card, args := dueCard(tx, mine)
		if w.N, w.Lines, err = store.Counted(tx, card.count, card.all, scanWork, args...); err != nil {
			return err
		}
		return w.seen(tx)
	})
	return w, err
}

// OnLeave gives those who are on leave on trial, whoever is due back first; the first two hundred, and how many there
// are with those whom the asker may not see.
func (d *Desk) OnLeave(ctx context.Context, by who.Asker) (w Works, err error) {
	err = d.store.Read(ctx, by, lookDue, func(tx *store.Tx) error {
		if w.N, w.Lines, err = store.Counted(tx, awayCount, awayAll, scanWork); err != nil {
			return err
		}
		w.Away = w.N
		w.saw(tx)
		return nil
	})
	return w, err
}

func dueCard(tx *store.Tx, mine bool) (card, []any) {
	today := tx.Today()
	if user := int64(tx.By().User); mine {
		return dueOfMine, []any{user, today, user, today.Add(reviewAhead), user}
	}
	return dueThere, []any{today, today.Add(reviewAhead)}
}

// seen notes whose names were shown, and counts who is away.
func (w *Works) seen(tx *store.Tx) (err error) {
	w.saw(tx)
	w.Away, err = store.One(tx, awayCount, store.Int)
	return err
}

func (w *Works) saw(tx *store.Tx) {
	for _, l := range w.Lines {
		tx.Saw(l.Person)
	}
}

// byPeople holds that the ways of people are decided by people (UU 27/2022: no automated decision).
func byPeople(by who.Asker) error {
	if by.System {
		return fail.Denied
	}
	return nil
}

// dayBetween refuses a day before another and a day in the future.
func dayBetween(f *fail.Fields, field string, on, from, today clock.Day) {
	if on > today {
		f.Add(field, "future", "Tanggal %s belum terjadi.", on)
	}
	if on < from {
		f.Add(field, "order", "Tanggal %s lebih awal dari %s. Periksa salah satunya.", on, from)
	}
}

// entry is a line of the record about a case.
func entry(kind string, of id.ID, c casework.Case, say fail.Saying, what any) store.Entry {
	return store.Entry{Kind: kind, ID: of, Person: c.Person, Case: c.ID, Centre: c.Centre, Say: say, What: what}
}

// idsOf gives the cases of lines.
func idsOf(lines []casework.Line) []id.ID {
	var all []id.ID
	for _, l := range lines {
		all = append(all, l.ID)
	}
	return all
}

// chosen gives the lines of a family that are in care, and of those the wanted ones when any are named.
func chosen(group []casework.Line, want []id.ID) (all []casework.Line, err error) {
	for _, l := range group {
		if l.InCare() && (len(want) == 0 || slices.Contains(want, l.ID)) {
			all = append(all, l)
		}
	}
	for _, w := range want {
		if !slices.Contains(idsOf(all), w) {
			return nil, fail.Bad("members", "unknown", "Orang ini bukan anggota keluarga yang sedang dilayani.")
		}
	}
	return all, nil
}

// blockedBy says which member of a family holds up a deed that is for all, and why. A clash with somebody who was
// first and a stale version stay what they are.
func blockedBy(called string, err error) error {
	say := sayingOf(err)
	if say.Text == "" {
		return err
	}
	return &fail.Rule{Name: "member-blocks", Say: fail.Say("Belum bisa untuk seluruh keluarga: %s menahan. Tidak ada yang berubah.", called),
		Missing: append([]fail.Missing{{Code: "member", Say: say}}, missingOf(err)...)}
}
