package passage_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"tuntas/house/id"
	"tuntas/office/casework"
	"tuntas/office/passage"
	"tuntas/office/person"
	"tuntas/office/residence"
)

// Whatever people do and in whatever order: no two stays overlap, who came less who left are there at each centre, and
// every figure is its recount. Deeds that are refused leave nothing.
func TestPassage_alwaysSound(t *testing.T) {
	t.Parallel()
	for seed := range uint64(3) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			each(t, func(t *testing.T, h *house) { h.live(rand.New(rand.NewPCG(seed, 7)), 40) }) //nolint:gosec // a test draws lots
		})
	}
}

// live lets so many things happen, each by whom it would happen, and looks at the whole after each tenth.
func (h *house) live(lots *rand.Rand, deeds int) {
	var cases []id.ID
	pick := func() id.ID { return cases[lots.IntN(len(cases))] }
	day, done := today, map[string]int{}
	for n := range deeds {
		if lots.IntN(3) == 0 {
			day = day.Add(1)
			h.Clock.To(day)
		}
		at := h.A
		worker, head, other := h.ratna, h.joko, h.dewi
		if lots.IntN(3) == 0 {
			at, worker, head, other = h.B, h.sari, h.dewi, h.joko
		}
		kind, err := lots.IntN(7), error(nil)
		if len(cases) == 0 {
			kind = 0
		}
		switch kind {
		case 0, 1:
			p, _, _ := h.Persons.Register(h.Ctx, worker, person.Entry{Names: []person.Name{{Text: fmt.Sprintf("Orang %d", n)}}, Birth: born(8 + lots.IntN(60))})
			family := id.ID(0)
			if kind == 1 && len(cases) > 0 {
				family = pick()
			}
			var c casework.Case
			if c, err = h.Cases.Open(h.Ctx, worker, casework.Opening{Person: p.ID, Centre: at, Kind: "gelandangan", OpenedOn: day, Emergency: true, Family: family}); err == nil {
				cases = append(cases, c.ID)
				if free := h.free(at); len(free) > 0 {
					_, err = h.Cases.House(h.Ctx, worker, c.ID, casework.NewStay{Bed: free[lots.IntN(len(free))], From: day, State: residence.Open})
				}
			}
		case 2, 3:
			var tr passage.Transfer
			to := h.A
			if at == h.A {
				to = h.B
			}
			if tr, err = h.way.Propose(h.Ctx, head, pick(), 0, passage.Proposal{To: to, Reason: "x", WantedOn: day, Along: "x", Family: kind == 3}); err == nil {
				in := passage.Acceptance{On: day, Guardian: "Bibi"}
				for i, m := range tr.Members {
					if free := h.free(to); i < len(free) {
						in.Beds = append(in.Beds, passage.Place{Case: m.Case, Bed: free[i]})
					}
				}
				if tr, err = h.way.Accept(h.Ctx, other, tr.ID, 0, in); err != nil {
					_, _ = h.way.Withdraw(h.Ctx, head, tr.ID, 0, passage.Cancelling{Reason: "x"})
				}
				for _, m := range tr.Members {
					if m.Next != 0 && err == nil {
						cases = append(cases, m.Next)
					}
				}
			}
		case 4:
			_, err = h.way.RecordDeath(h.Ctx, worker, pick(), 0, passage.NewDeath{On: day, Place: "centre", Guardian: "Bibi"})
		case 5:
			_, err = h.way.EndFamily(h.Ctx, worker, pick(), passage.FamilyEnding{On: day, Reason: "own_wish", Destination: "own_home", Outcome: "unchanged"})
		case 6:
			c := pick()
			if _, err = h.Cases.EnterStage(h.Ctx, head, c, 0, casework.Move{Stage: casework.Assessing, On: day, Waiver: &casework.Waiver{Reason: "x"}}); err == nil {
				for _, s := range []string{casework.Planning, casework.Intervention} {
					_, _ = h.Cases.EnterStage(h.Ctx, head, c, 0, casework.Move{Stage: s, On: day, Waiver: &casework.Waiver{Reason: "x"}})
				}
			}
			_, err = h.way.PlanLeave(h.Ctx, worker, c, passage.NewLeave{From: day, Due: day.Add(5), With: "x", Contact: "x", AgreedBy: "x", Bed: []string{passage.BedKept, passage.BedReleased}[lots.IntN(2)]})
		}
		if err == nil {
			done[fmt.Sprint(kind)]++
		}
		if n%10 == 9 {
			h.soundOn(day)
		}
	}
	if len(done) < 4 {
		h.t.Errorf("too little happened for a test: %v", done)
	}
}
