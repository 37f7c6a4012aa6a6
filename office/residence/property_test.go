package residence_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/residence"
	"tuntas/try/province"
)

// model is what should stand: the office's board kept in a list.
type model struct {
	p       *province.Province
	beds    []id.ID
	lodgers []id.ID
	stays   []residence.Stay
}

const forever = clock.Day("9999-12-31")

func end(s residence.Stay) clock.Day {
	if s.To == "" {
		return forever
	}
	return s.To
}

// free tells whether nothing else holds the bed or the person.
func (m *model) free(s residence.Stay) bool {
	return !slices.ContainsFunc(m.stays, func(o residence.Stay) bool {
		return o.ID != s.ID && o.State != residence.Cancelled && (o.Bed == s.Bed || o.Person == s.Person) && o.From < end(s) && end(o) > s.From
	})
}

func day(t *rapid.T, name string) clock.Day { return today.Add(rapid.IntRange(-60, 30).Draw(t, name)) }

func must(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Place reserves or begins a stay: taken exactly when the board is free.
func (m *model) Place(t *rapid.T) {
	s := residence.Stay{Bed: rapid.SampledFrom(m.beds).Draw(t, "bed"), Person: rapid.SampledFrom(m.lodgers).Draw(t, "person"),
		From: day(t, "from"), State: rapid.SampledFrom([]string{residence.Reserved, residence.Open}).Draw(t, "state")}
	if s.State == residence.Reserved && rapid.Bool().Draw(t, "with an end") {
		s.To = s.From.Add(rapid.IntRange(1, 20).Draw(t, "days"))
	}
	got, err := place(m.p, s.Person, s.Bed, s.From, s.To, s.State)
	if free := m.free(s); free != (err == nil) {
		t.Fatalf("free %v, placed %v", free, err)
	}
	if err == nil {
		m.stays = append(m.stays, got)
	}
}

// some is the place of one of the stays; the first is made when the board is empty.
func (m *model) some(t *rapid.T) int {
	for len(m.stays) == 0 {
		m.Place(t)
	}
	return rapid.IntRange(0, len(m.stays)-1).Draw(t, "stay")
}

// Begin turns a reservation into a stay.
func (m *model) Begin(t *rapid.T) {
	i := m.some(t)
	on := day(t, "on")
	s := m.stays[i]
	s.From, s.HeldUntil = on, ""
	may := s.State == residence.Reserved && m.free(s) && (s.To == "" || s.To > on)
	err := do(m.p, func(tx *store.Tx) (err error) { s, err = residence.Begin(tx, m.stays[i], on); return err })
	if may != (err == nil) {
		t.Fatalf("may begin %v: %v", may, err)
	}
	if err == nil {
		m.stays[i] = s
	}
}

// End ends a stay or cancels a reservation.
func (m *model) End(t *rapid.T) {
	i := m.some(t)
	s := m.stays[i]
	on := max(s.From, day(t, "on"))
	may := s.State == residence.Reserved || s.State == residence.Open
	if s.State == residence.Open { // a last day later than the one that was planned may meet the next
		then := s
		then.To = max(on, s.From.Add(1))
		may = m.free(then)
	}
	err := do(m.p, func(tx *store.Tx) (err error) { s, err = residence.End(tx, m.stays[i], on); return err })
	if may != (err == nil) {
		t.Fatalf("may end %v: %v", may, err)
	}
	if err == nil {
		m.stays[i] = s
	}
}

// Move changes the bed.
func (m *model) Move(t *rapid.T) {
	i := m.some(t)
	s, bed, on := m.stays[i], rapid.SampledFrom(m.beds).Draw(t, "bed"), day(t, "on")
	var moved, ended residence.Stay
	err := do(m.p, func(tx *store.Tx) (err error) {
		if moved, err = residence.Move(tx, s, bed, on); err != nil {
			return err
		}
		ended, err = residence.ByID(tx, s.ID)
		return err
	})
	if err != nil {
		return // whether it may is said by TestMove; here it must leave no trace
	}
	m.stays[i] = ended
	if !m.free(moved) {
		t.Fatalf("moved to a taken bed")
	}
	m.stays = append(m.stays, moved)
}

// Check looks at the board as a whole: nobody lies double, and each day's opening + in − out = closing.
func (m *model) Check(t *rapid.T) {
	wrong, err := m.p.Stays.Overlaps(m.p.Ctx)
	if must(t, err); len(wrong) > 0 {
		t.Fatalf("%v", wrong)
	}
}

func (m *model) balance(t *rapid.T) {
	must(t, m.p.Store.Read(m.p.Ctx, m.p.House, testStay, func(tx *store.Tx) error {
		for on := today.Add(-62); on < today.Add(60); on = on.Add(7) {
			sum := map[string]int64{}
			for key, ask := range map[string]func() ([]store.Figure, error){
				"opening": func() ([]store.Figure, error) { return store.Stock(tx, "stay", on.Add(-1), 0) },
				"in":      func() ([]store.Figure, error) { return store.Flow(tx, "stay.in", on, on.Add(6), 0) },
				"out":     func() ([]store.Figure, error) { return store.Flow(tx, "stay.out", on, on.Add(6), 0) },
				"closing": func() ([]store.Figure, error) { return store.Stock(tx, "stay", on.Add(6), 0) },
			} {
				figures, err := ask()
				if err != nil {
					return err
				}
				for _, f := range figures {
					sum[key] += f.N
				}
			}
			if sum["opening"]+sum["in"]-sum["out"] != sum["closing"] {
				t.Fatalf("week of %s: %v", on, sum)
			}
		}
		return nil
	}))
	drifts, err := m.p.Store.Recount(m.p.Ctx, residence.Measures, false)
	if must(t, err); len(drifts) > 0 {
		t.Fatalf("%v", drifts)
	}
}

// Whatever is reserved, begun, moved and ended in whatever order: the database takes what the board allows
// and refuses what it does not, and the figures agree with the board.
func TestProperty_board(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		rapid.Check(t, func(t *rapid.T) {
			m := &model{p: p}
			must(t, p.Stays.AddWard(p.Ctx, p.House, p.A, residence.NewWard{Name: "Acak", Rooms: 1, Beds: 3}))
			all := p.Beds(p.A)
			for _, b := range all[len(all)-3:] {
				m.beds = append(m.beds, b.ID)
			}
			for range 4 {
				m.lodgers = append(m.lodgers, lodger(p, "Orang Acak"))
			}
			t.Repeat(map[string]func(*rapid.T){"place": m.Place, "begin": m.Begin, "end": m.End, "move": m.Move, "": m.Check})
			m.balance(t)
		})
	})
}
