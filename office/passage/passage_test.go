package passage_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/office/casework"
	"tuntas/office/monitoring"
	"tuntas/office/passage"
	"tuntas/office/person"
	"tuntas/office/residence"
	"tuntas/try/province"
)

const today = province.Today

// house is a province with the desk of passage, and a head at each centre.
type house struct {
	*province.Province
	t          *testing.T
	way        *passage.Desk
	ratna      who.Asker // works at a
	joko       who.Asker // heads a
	sari, dewi who.Asker // b
	yati       who.Asker // a carer of a
}

func each(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	province.Each(t, func(t *testing.T, p *province.Province) { test(t, opened(t, p)) })
}

func opened(t *testing.T, p *province.Province) *house {
	t.Helper()
	_, err := p.Access.AddUserWith(p.Ctx, p.House, access.NewUser{Login: "dewi", Name: "Dewi", Role: "head_centre", Centres: []id.ID{p.B}}, province.Password)
	province.Must(t, err)
	return &house{Province: p, t: t, way: passage.New(p.Store), ratna: p.As("ratna"), joko: p.As("joko"), sari: p.As("sari"), dewi: p.As("dewi"), yati: p.As("yati")}
}

func (h *house) must(err error) {
	h.t.Helper()
	province.Must(h.t, err)
}

// born is a birth so many years before today.
func born(years int) person.Birth {
	return person.Birth{Precision: "day", Date: string(today.AddMonths(-12 * years))}
}

// lodge takes somebody in at a as an emergency, ten days ago, in a free bed.
func (h *house) lodge(name, kind string, years int, head id.ID) casework.Case {
	h.t.Helper()
	p := h.Enter("ratna", province.Called(name, born(years)))
	c, err := h.Cases.Open(h.Ctx, h.ratna, casework.Opening{Person: p.ID, Centre: h.A, Kind: kind, OpenedOn: today.Add(-10), Emergency: true, Family: head})
	h.must(err)
	for _, bed := range h.free(h.A) { // in some of them somebody lay until today
		if _, err = h.Cases.House(h.Ctx, h.ratna, c.ID, casework.NewStay{Bed: bed, From: today.Add(-10), State: residence.Open}); err == nil {
			break
		}
	}
	h.must(err)
	return c
}

func (h *house) free(at id.ID) (all []id.ID) {
	for _, b := range h.Beds(at) {
		if b.State() == "free" {
			all = append(all, b.ID)
		}
	}
	return all
}

var assessed = map[string]any{"bio_condition": "Lemah", "psycho_condition": "Tenang", "social_condition": "Sendiri", "family_condition": "Belum ditemukan", "family_care": "unknown",
	"potential": "Menganyam", "conclusion": "Perlu pengasuhan", "needs": []any{map[string]any{"domain": "health", "text": "Tensi"}}}

// to brings a case to a stage under waivers of the head.
func (h *house) to(c casework.Case, stage string) {
	h.t.Helper()
	for _, s := range casework.Stages[1:] {
		if s == casework.Planning {
			a, err := h.Cases.Assess(h.Ctx, h.ratna, c.ID, casework.NewAssessment{Instrument: casework.Biopsychosocial, Occasion: casework.AtAdmission, AssessedOn: today.Add(-9), Answers: assessed})
			h.must(err)
			_, err = h.Cases.Sign(h.Ctx, h.ratna, c.ID, a.ID, 0)
			h.must(err)
		}
		if s == casework.Intervention {
			p, err := h.Cases.Draft(h.Ctx, h.ratna, c.ID, casework.NewPlan{AgreedBy: "PM", Goals: []casework.NewGoal{{Need: h.look(h.ratna, c.ID).Needs[0].ID, Domain: "health", Text: "Tensi terkendali", Services: []casework.NewService{{Text: "Kontrol"}}}, {Domain: "family", Text: "Keponakan ditemukan", Services: []casework.NewService{{Text: "Penelusuran"}}}}})
			h.must(err)
			_, err = h.Cases.Submit(h.Ctx, h.ratna, c.ID, p.ID, 0)
			h.must(err)
			_, err = h.Cases.Approve(h.Ctx, h.joko, c.ID, p.ID, 0)
			h.must(err)
		}
		_, err := h.Cases.EnterStage(h.Ctx, h.joko, c.ID, 0, casework.Move{Stage: s, On: today.Add(-9), Waiver: &casework.Waiver{Reason: "uji"}})
		h.must(err)
		if s == stage {
			return
		}
	}
}

func (h *house) look(by who.Asker, c id.ID) casework.File {
	h.t.Helper()
	f, err := h.Cases.Look(h.Ctx, by, c)
	h.must(err)
	return f
}

func (h *house) propose(c casework.Case, family bool) passage.Transfer {
	h.t.Helper()
	t, err := h.way.Propose(h.Ctx, h.joko, c.ID, 0, passage.Proposal{To: h.B, Reason: "Dekat keponakan", WantedOn: today, Along: "KTP, salep", Family: family})
	h.must(err)
	return t
}

func (h *house) places(t passage.Transfer) (in passage.Acceptance) {
	in.On = today
	for i, m := range t.Members {
		in.Beds = append(in.Beds, passage.Place{Case: m.Case, Bed: h.free(h.B)[i]})
	}
	return in
}

// sound checks the figures against their recount, the stays, and that who came less who left are there.
func (h *house) sound() { h.t.Helper(); h.soundOn(today) }

func (h *house) soundOn(day clock.Day) {
	h.t.Helper()
	h.Agree()
	broken, err := h.Stays.Broken(h.Ctx)
	h.must(err)
	for _, b := range broken {
		h.t.Errorf("a stay: %s", b)
	}
	broken, err = h.Cases.BrokenItems(h.Ctx)
	h.must(err)
	for _, b := range broken {
		h.t.Errorf("what the SPM counts: %s", b)
	}
	for _, at := range []id.ID{h.A, h.B} {
		of := func(key string) int64 {
			i, ok := monitoring.Find(key)
			if !ok {
				h.t.Fatalf("no indicator %s", key)
			}
			v, err := h.Figures.Figure(h.Ctx, h.As("wulan"), i, monitoring.Span{From: today.AddMonths(-24), To: day, Centre: at})
			h.must(err)
			return v.Numerator
		}
		if in, out, there := of("arrivals"), of("departures"), of("occupancy"); in-out != there {
			h.t.Errorf("%d came, %d left, %d are there", in, out, there)
		}
	}
}

func says(err error) string {
	var rule *fail.Rule
	var clash *fail.Collision
	switch {
	case errors.As(err, &rule):
		return rule.Name
	case errors.As(err, &clash):
		return clash.Name
	case err == nil:
		return ""
	}
	return err.Error()
}

// A case passes on when both heads have signed: closed there, opened here, the bed too, in one deed.
func TestTransfer(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		c := h.lodge("Mbah Sumarni", "lansia_telantar", 75, 0)
		h.to(c, casework.Intervention)
		three := int64(3)
		_, err := h.Cases.KnowHousehold(h.Ctx, h.ratna, c.ID, 0, casework.Before{On: today, Household: casework.Household{Size: &three}})
		h.must(err)
		tr := h.propose(c, false)
		if f := h.look(h.joko, c.ID); !f.InCare() || !f.Housed() {
			t.Fatal("something moved before both signed")
		}
		if _, err := h.way.Propose(h.Ctx, h.joko, c.ID, 0, passage.Proposal{To: h.B, Reason: "x", WantedOn: today, Along: "x"}); says(err) != "transfer-open" {
			t.Errorf("proposed twice: %v", err)
		}
		if _, err := h.way.Accept(h.Ctx, h.joko, tr.ID, 0, h.places(tr)); !errors.Is(err, fail.Denied) {
			t.Errorf("the head who proposed accepts: %v", err)
		}
		if _, err := h.way.Accept(h.Ctx, h.sari, tr.ID, 0, h.places(tr)); !errors.Is(err, fail.Denied) {
			t.Errorf("a worker accepts: %v", err)
		}
		if w, err := h.way.Due(h.Ctx, h.dewi, false); err != nil || w.N != 1 || w.Lines[0].Kind != passage.DueTransfer || w.Lines[0].Called != "Mbah Sumarni" {
			t.Errorf("the home of the receiving head: %+v, %v", w, err)
		}
		if w, err := h.way.Due(h.Ctx, h.joko, false); err != nil || w.N != 0 {
			t.Errorf("the home of the head who proposed: %+v, %v", w, err)
		}
		if _, err := h.way.Accept(h.Ctx, h.dewi, tr.ID, tr.Version+1, h.places(tr)); !errors.Is(err, fail.Stale) {
			t.Errorf("a stale version: %v", err)
		}
		done, err := h.way.Accept(h.Ctx, h.dewi, tr.ID, tr.Version, h.places(tr))
		h.must(err)
		if done.State != passage.Accepted || done.Members[0].Next == 0 {
			t.Fatalf("accepted: %+v", done)
		}
		old, next := h.look(h.joko, c.ID), h.look(h.sari, done.Members[0].Next)
		if old.Stage != casework.Closed || old.Result != "transferred" || old.Housed() || len(old.Contacts) != 0 || old.Ended.Reason != "transferred" {
			t.Errorf("the case that was left: %+v", old.Case)
		}
		if next.Before == nil || *next.Before.Size != 3 {
			t.Errorf("what the household had before: %+v", next.Before)
		}
		if next.Centre != h.B || next.Stage != casework.Assessing || !next.Housed() || next.OpenedOn != today || next.Former != c.ID || next.ReturnDays != nil {
			t.Errorf("the case that goes on: %+v", next.Case)
		}
		if _, err := h.Cases.Look(h.Ctx, h.sari, c.ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("the new centre opens what the old one wrote: %v", err)
		}
		if _, err := h.Cases.Look(h.Ctx, h.ratna, next.ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("the old centre opens the new case: %v", err)
		}
		former, _, err := h.Cases.FormerOf(h.Ctx, h.sari, next.ID)
		h.must(err)
		if len(former) != 1 || len(former[0].Goals) != 2 || former[0].Mine || former[0].Until != today || former[0].Reason != "transferred" {
			t.Errorf("what the new worker sees: %+v", former)
		}
		h.sound()
	})
}

// Two heads decide at once: one wins, the other is told what was decided.
func TestTransfer_atOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		for _, name := range []string{"Mbah Satu", "Mbah Dua"} {
			c := h.lodge(name, "lansia_telantar", 75, 0)
			tr := h.propose(c, false)
			in, errs := h.places(tr), make([]error, 3)
			var wait sync.WaitGroup
			for i, do := range []func() error{
				func() error { _, err := h.way.Accept(h.Ctx, h.dewi, tr.ID, 0, in); return err },
				func() error {
					_, err := h.way.Withdraw(h.Ctx, h.joko, tr.ID, 0, passage.Cancelling{Reason: "Batal"})
					return err
				},
				func() error {
					_, err := h.way.Refuse(h.Ctx, h.dewi, tr.ID, 0, passage.Cancelling{Reason: "Penuh"})
					return err
				},
			} {
				wait.Go(func() { errs[i] = do() })
			}
			wait.Wait()
			won := 0
			for _, err := range errs {
				switch says(err) {
				case "":
					won++
				case "transfer-decided":
				default:
					t.Errorf("the loser is told %v", err)
				}
			}
			if won != 1 {
				t.Errorf("%d won: %v", won, errs)
			}
			now, err := h.way.Transfer(h.Ctx, h.joko, tr.ID)
			h.must(err)
			if moved := !h.look(h.joko, c.ID).InCare(); moved != (now.State == passage.Accepted) {
				t.Errorf("%s, and moved is %v", now.State, moved)
			}
		}
		h.sound()
	})
}

func TestTransfer_refusedAndBlocked(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		c := h.lodge("Mbah Karto", "lansia_telantar", 75, 0)
		tr := h.propose(c, false)
		in := h.places(tr)
		taken := h.Enter("sari", province.Called("Mbah Lain", born(70)))
		other, err := h.Cases.Open(h.Ctx, h.sari, casework.Opening{Person: taken.ID, Centre: h.B, Kind: "lansia_telantar", OpenedOn: today.Add(-2), Emergency: true})
		h.must(err)
		_, err = h.Cases.House(h.Ctx, h.sari, other.ID, casework.NewStay{Bed: in.Beds[0].Bed, From: today, State: residence.Open})
		h.must(err)
		if _, err := h.way.Accept(h.Ctx, h.dewi, tr.ID, 0, in); says(err) != "bed-taken" {
			t.Errorf("a bed that is taken: %v", err)
		}
		if _, err := h.way.Accept(h.Ctx, h.dewi, tr.ID, 0, passage.Acceptance{On: today.Add(-10), Beds: h.places(tr).Beds}); err == nil || !strings.Contains(err.Error(), "on: Tanggal pindah") {
			t.Errorf("on the day of arrival: %v", err)
		}
		if now, err := h.way.Transfer(h.Ctx, h.dewi, tr.ID); err != nil || now.State != passage.Proposed || !h.look(h.joko, c.ID).Housed() {
			t.Errorf("a refused acceptance left traces: %+v, %v", now, err)
		}
		if _, err := h.way.Transfer(h.Ctx, h.As("bima"), tr.ID); !errors.Is(err, fail.Denied) {
			t.Errorf("who sees no case: %v", err)
		}
		_, err = h.way.Refuse(h.Ctx, h.dewi, tr.ID, 0, passage.Cancelling{Reason: "Penuh"})
		h.must(err)
		if now, err := h.way.Transfer(h.Ctx, h.joko, tr.ID); err != nil || now.State != passage.Refused || now.Why != "Penuh" || now.Decider != "Dewi" {
			t.Errorf("refused: %+v, %v", now, err)
		}
		h.propose(c, false) // and may be proposed anew
		h.sound()
	})
}

// A family moves together: all or nobody, each with an own case, and no child stays without a guardian.
func TestFamily(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		head := h.lodge("Pak Slamet", "gelandangan", 40, 0)
		wife := h.lodge("Bu Slamet", "gelandangan", 38, head.ID)
		child := h.lodge("Dik Ayu", "gelandangan", 8, head.ID)
		_, group, err := h.way.Family(h.Ctx, h.ratna, child.ID)
		h.must(err)
		if len(group) != 3 || group[0].ID != head.ID {
			t.Fatalf("the family: %+v", group)
		}
		leave := passage.FamilyEnding{On: today, Reason: "own_wish", Destination: "own_home", Outcome: "unchanged", Members: []id.ID{head.ID, wife.ID}}
		if _, err := h.way.EndFamily(h.Ctx, h.ratna, head.ID, leave); err == nil || !strings.Contains(err.Error(), "guardian") {
			t.Errorf("a child is left behind: %v", err)
		}
		if _, err := h.Cases.Terminate(h.Ctx, h.ratna, wife.ID, 0, casework.Ending{On: today, Reason: "own_wish", Destination: "own_home", Outcome: "unchanged"}); err != nil {
			t.Errorf("the father stays: %v", err)
		}
		if _, err := h.Cases.Terminate(h.Ctx, h.ratna, head.ID, 0, casework.Ending{On: today, Reason: "own_wish", Destination: "own_home", Outcome: "unchanged"}); err == nil || !strings.Contains(err.Error(), "guardian") {
			t.Errorf("the last grown-up leaves by the plain form: %v", err)
		}
		tr := h.propose(head, true)
		if len(tr.Members) != 2 {
			t.Fatalf("who is in care moves: %+v", tr.Members)
		}
		in := h.places(tr)
		bad := in
		bad.Beds = slices.Clone(in.Beds)
		bad.Beds[1].Bed = h.free(h.A)[0]
		if _, err := h.way.Accept(h.Ctx, h.dewi, tr.ID, 0, bad); says(err) != "member-blocks" || !strings.Contains(err.Error(), "Dik Ayu") {
			t.Errorf("a bed elsewhere for the child: %v", err)
		}
		if !h.look(h.joko, head.ID).Housed() {
			t.Error("the father moved alone")
		}
		done, err := h.way.Accept(h.Ctx, h.dewi, tr.ID, 0, in)
		h.must(err)
		father, girl := h.look(h.dewi, done.Members[0].Next), h.look(h.dewi, done.Members[1].Next)
		if father.Family != 0 || girl.Family != father.ID || !girl.Housed() {
			t.Errorf("the family there: %+v, %+v", father.Case, girl.Case)
		}
		h.sound()
	})
}

func TestFamily_admittedAndEnded(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		open := func(name string, years int, head id.ID, emergency bool) casework.Case {
			p := h.Enter("ratna", province.Called(name, born(years)))
			c, err := h.Cases.Open(h.Ctx, h.ratna, casework.Opening{Person: p.ID, Centre: h.A, Kind: "gelandangan", OpenedOn: today.Add(-3), Emergency: emergency, Family: head})
			h.must(err)
			return c
		}
		head := open("Pak Slamet", 40, 0, true)
		child := open("Dik Ayu", 8, head.ID, false)
		beds := h.free(h.A)
		in := passage.FamilyAdmission{On: today, Members: []passage.FamilyMember{{Case: head.ID, Bed: beds[0]}, {Case: child.ID, Bed: beds[1]}}}
		if _, err := h.way.AdmitFamily(h.Ctx, h.ratna, child.ID, in); says(err) != "member-blocks" || !strings.Contains(err.Error(), "Dik Ayu") {
			t.Errorf("the child's papers are not there: %v", err)
		}
		if h.look(h.ratna, head.ID).Housed() {
			t.Fatal("the father got a bed alone")
		}
		_, err := h.Cases.AdmitUrgently(h.Ctx, h.ratna, child.ID, 0, casework.Urgency{Reason: "Bersama ayahnya"})
		h.must(err)
		_, err = h.way.AdmitFamily(h.Ctx, h.ratna, child.ID, in)
		h.must(err)
		if _, err := h.way.AdmitFamily(h.Ctx, h.sari, head.ID, in); !errors.Is(err, fail.NotFound) {
			t.Errorf("a stranger: %v", err)
		}
		h.Clock.To(today.Add(1))
		_, err = h.way.EndFamily(h.Ctx, h.ratna, head.ID, passage.FamilyEnding{On: today.Add(1), Reason: "own_wish", Destination: "own_home", Outcome: "unchanged"})
		h.must(err)
		if h.look(h.ratna, child.ID).InCare() || h.look(h.ratna, head.ID).InCare() {
			t.Error("somebody stayed")
		}
		h.Agree()
	})
}

// A leave on trial: the bed as decided, the figures untouched, late work on the homes, the result kept.
func TestLeave(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		c := h.lodge("Mbah Sumarni", "lansia_telantar", 75, 0)
		h.to(c, casework.Resocialisation)
		in := passage.NewLeave{From: today.Add(-5), Due: today.Add(-1), With: "Suwarno", Contact: "Desa Tempeh", AgreedBy: "PM sendiri", Bed: passage.BedReleased}
		if _, err := h.way.PlanLeave(h.Ctx, h.yati, c.ID, in); !errors.Is(err, fail.Denied) {
			t.Errorf("a carer plans: %v", err)
		}
		if _, err := h.way.PlanLeave(h.Ctx, h.sari, c.ID, in); !errors.Is(err, fail.NotFound) {
			t.Errorf("a stranger plans: %v", err)
		}
		old := h.look(h.ratna, c.ID).Stays[0].Bed
		l, err := h.way.PlanLeave(h.Ctx, h.ratna, c.ID, in)
		h.must(err)
		if _, err := h.way.PlanLeave(h.Ctx, h.ratna, c.ID, in); says(err) != "leave-runs" {
			t.Errorf("two leaves: %v", err)
		}
		if l.State != passage.Away || !slices.Contains(h.free(h.A), old) || !h.look(h.ratna, c.ID).Housed() {
			t.Errorf("gone, the bed is free and she still counts: %+v", l)
		}
		h.sound()
		for name, by := range map[string]who.Asker{"the head": h.joko, "the worker": h.ratna} {
			w, err := h.way.Due(h.Ctx, by, by.User == h.ratna.User)
			if away, err := h.way.OnLeave(h.Ctx, h.joko); err != nil || away.N != 1 || len(away.Lines) != 1 || away.Lines[0].ID != c.ID {
				t.Errorf("on leave: %+v %v", away, err)
			}
			if h.must(err); w.N != 1 || w.Lines[0].Kind != passage.DueLeave || w.Away != 1 {
				t.Errorf("the home of %s: %+v", name, w)
			}
		}
		_, err = h.way.CallOnLeave(h.Ctx, h.ratna, l.ID, passage.NewCall{On: today.Add(-3), Method: "phone", Note: "Kerasan"})
		h.must(err)
		if _, err := h.way.EndLeave(h.Ctx, h.ratna, l.ID, 0, passage.Homecoming{On: today, Came: passage.Back, Result: "went_well", Note: "x"}); err == nil || !strings.Contains(err.Error(), "bed_id") {
			t.Errorf("back without a bed: %v", err)
		}
		back, err := h.way.EndLeave(h.Ctx, h.ratna, l.ID, 0, passage.Homecoming{On: today, Came: passage.Back, Result: "went_well", Note: "Siap pulang", Bed: old})
		h.must(err)
		if back.State != passage.Back || h.look(h.ratna, c.ID).Stays[2].Bed != old {
			t.Errorf("back: %+v", back)
		}
		if w, err := h.way.Due(h.Ctx, h.joko, false); err != nil || w.N != 0 || w.Away != 0 {
			t.Errorf("still due: %+v, %v", w, err)
		}
		all, _, err := h.way.Leaves(h.Ctx, h.ratna, c.ID)
		if h.must(err); len(all) != 1 || len(all[0].Calls) != 1 || all[0].Result != "went_well" {
			t.Errorf("kept: %+v", all)
		}
		h.sound()
	})
}

func TestLeave_plannedAndKept(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		c := h.lodge("Pak Darmo", "lansia_telantar", 70, 0)
		h.to(c, casework.Resocialisation)
		l, err := h.way.PlanLeave(h.Ctx, h.ratna, c.ID, passage.NewLeave{From: today.Add(2), Due: today.Add(6), With: "Anak", Contact: "x", AgreedBy: "x", Bed: passage.BedKept})
		h.must(err)
		if l.State != passage.Planned {
			t.Fatalf("%+v", l)
		}
		if _, err := h.way.EndLeave(h.Ctx, h.ratna, l.ID, 0, passage.Homecoming{On: today, Came: passage.Back, Result: "failed", Note: "x"}); says(err) != "not-away" {
			t.Errorf("back before leaving: %v", err)
		}
		_, err = h.way.CancelLeave(h.Ctx, h.ratna, l.ID, 0, passage.Cancelling{Reason: "Sakit"})
		h.must(err)
		l, err = h.way.PlanLeave(h.Ctx, h.ratna, c.ID, passage.NewLeave{From: today.Add(2), Due: today.Add(6), With: "Anak", Contact: "x", AgreedBy: "x", Bed: passage.BedKept})
		h.must(err)
		h.Clock.To(today.Add(3))
		if w, err := h.way.Due(h.Ctx, h.ratna, true); err != nil || w.N != 1 {
			t.Errorf("to leave two days ago: %+v, %v", w, err)
		}
		l, err = h.way.Depart(h.Ctx, h.ratna, l.ID, l.Version, passage.Departure{On: today.Add(3)})
		h.must(err)
		_, err = h.way.EndLeave(h.Ctx, h.ratna, l.ID, l.Version, passage.Homecoming{On: today.Add(3), Came: passage.Stayed, Result: "went_well", Note: "Menetap"})
		h.must(err)
		if len(h.look(h.ratna, c.ID).Stays) != 1 {
			t.Error("the bed that was kept changed")
		}
	})
}

// Who dies in care: the case ends, the bed is free, nobody is to be visited, and the steps remain until done.
func TestDeath(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		c := h.lodge("Mbah Kasan", "lansia_telantar", 80, 0)
		if _, err := h.way.RecordDeath(h.Ctx, h.sari, c.ID, 0, passage.NewDeath{On: today, Place: "centre"}); !errors.Is(err, fail.NotFound) {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := h.way.RecordDeath(h.Ctx, h.ratna, c.ID, 0, passage.NewDeath{On: today.Add(1), Place: "centre"}); err == nil || !strings.Contains(err.Error(), "on: ") {
			t.Errorf("tomorrow: %v", err)
		}
		_, err := h.way.RecordDeath(h.Ctx, h.ratna, c.ID, 0, passage.NewDeath{On: today, At: "04.10", Place: "centre", Cause: "Gagal jantung"})
		h.must(err)
		f := h.look(h.ratna, c.ID)
		if f.Stage != casework.Terminated || f.Housed() || len(f.Contacts) != 0 || f.Who.DeceasedOn != today || len(h.free(h.A)) != 6 {
			t.Errorf("after the death: %+v, contacts %d, deceased %s", f.Case, len(f.Contacts), f.Who.DeceasedOn)
		}
		if _, one, _, err := h.way.DeathOf(h.Ctx, h.yati, c.ID); err != nil || one.Cause != "" || !one.Withheld {
			t.Errorf("a carer reads the cause: %+v, %v", one, err)
		}
		_, _, trail, err := h.Cases.WithHistory(h.Ctx, h.joko, c.ID, true)
		h.must(err)
		for _, e := range trail {
			if strings.Contains(e.Say.String(), "jantung") {
				t.Errorf("the record tells the cause: %s", e.Say)
			}
		}
		if w, err := h.way.Due(h.Ctx, h.joko, false); err != nil || w.N != 1 || w.Lines[0].Kind != passage.DueDeath {
			t.Errorf("the home: %+v, %v", w, err)
		}
		steps := passage.Steps{LetterNo: "12", LetterOn: today, Doctor: "dr. Uji", Family: "contacted", FamilyOn: today, FamilyBy: "Ratna", FamilyName: "Adik"}
		one, err := h.way.TakeSteps(h.Ctx, h.ratna, c.ID, 0, steps)
		if h.must(err); one.Remains != 2 {
			t.Errorf("%d remain", one.Remains)
		}
		if _, err := h.way.TakeSteps(h.Ctx, h.ratna, c.ID, 1, steps); !errors.Is(err, fail.Stale) {
			t.Errorf("a stale version: %v", err)
		}
		one, err = h.way.TakeSteps(h.Ctx, h.ratna, c.ID, 0, passage.Steps{BuriedOn: today, BuriedBy: "Panti", BuriedAt: "TPU", Rite: "Islam", Goods: "none", GoodsOn: today})
		if h.must(err); one.Remains != 0 || one.LetterNo != "12" {
			t.Errorf("all done: %+v", one)
		}
		_, err = h.Cases.Close(h.Ctx, h.ratna, c.ID, 0, casework.Closing{On: today, Result: "deceased"})
		h.must(err)
		h.sound()
	})
}

// Reviews instead of an end: the deadline of the case follows them.
func TestLongStay(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		c := h.lodge("Mbah Kasan", "lansia_telantar", 80, 0)
		h.to(c, casework.Intervention)
		_, err := h.Cases.Decide(h.Ctx, h.joko, c.ID, 0, casework.Decision{Number: "1/UJI", On: today})
		h.must(err)
		_, f, err := h.way.Review(h.Ctx, h.ratna, c.ID, 0, passage.NewReview{On: today, Decision: passage.Begin, Note: "Tidak ada keluarga"})
		h.must(err)
		if f.ReviewOn != today.AddMonths(6) || f.DueOn != f.ReviewOn {
			t.Errorf("review on %s, due %s", f.ReviewOn, f.DueOn)
		}
		if w, err := h.way.Due(h.Ctx, h.ratna, true); err != nil || w.N != 0 {
			t.Errorf("half a year early: %+v, %v", w, err)
		}
		h.Clock.To(f.ReviewOn.Add(-10))
		if w, err := h.way.Due(h.Ctx, h.ratna, true); err != nil || w.N != 1 || w.Lines[0].Kind != passage.DueReview {
			t.Errorf("due soon: %+v, %v", w, err)
		}
		if _, _, err := h.way.Review(h.Ctx, h.sari, c.ID, 0, passage.NewReview{On: today, Decision: passage.Continue, Note: "x"}); !errors.Is(err, fail.NotFound) {
			t.Errorf("a stranger: %v", err)
		}
		_, f, err = h.way.Review(h.Ctx, h.ratna, c.ID, 0, passage.NewReview{On: f.ReviewOn.Add(-10), Decision: passage.EndStay, Note: "Keponakan ditemukan"})
		if h.must(err); f.ReviewOn != "" {
			t.Errorf("still reviewed on %s", f.ReviewOn)
		}
		all, _, err := h.way.Reviews(h.Ctx, h.ratna, c.ID)
		if h.must(err); len(all) != 2 || all[0].Decision != passage.EndStay {
			t.Errorf("%+v", all)
		}
	})
}

// Who comes back is known, also after another centre, and the old plan may begin the new one.
func TestReturn(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		c := h.lodge("Pak Wagiman", "lansia_telantar", 70, 0)
		h.to(c, casework.Intervention)
		_, err := h.Cases.Terminate(h.Ctx, h.ratna, c.ID, 0, casework.Ending{On: today, Reason: "own_wish", Destination: "own_home", Outcome: "unchanged"})
		h.must(err)
		_, err = h.Cases.EnterStage(h.Ctx, h.joko, c.ID, 0, casework.Move{Stage: casework.Aftercare, On: today, Waiver: &casework.Waiver{Reason: "uji"}})
		h.must(err)
		_, err = h.Cases.Close(h.Ctx, h.ratna, c.ID, 0, casework.Closing{On: today, Result: "lost"})
		h.must(err)
		h.Clock.To(today.Add(15))
		before, err := h.Cases.EpisodesOf(h.Ctx, h.ratna, c.Person)
		if h.must(err); len(before) != 1 || before[0].Until != today || before[0].Centre != h.A {
			t.Errorf("what the opening shows: %+v", before)
		}
		if _, err := h.Cases.EpisodesOf(h.Ctx, h.sari, c.Person); !errors.Is(err, fail.NotFound) {
			t.Errorf("of a person who is nobody's here: %v", err)
		}
		again, err := h.Cases.Open(h.Ctx, h.ratna, casework.Opening{Person: c.Person, Centre: h.A, Kind: "lansia_telantar", OpenedOn: today.Add(15), Emergency: true})
		h.must(err)
		if again.Former != c.ID || again.FormerUntil != today || again.ReturnDays == nil || *again.ReturnDays != 15 {
			t.Errorf("after 15 days: %+v", again)
		}
		former, _, err := h.Cases.FormerOf(h.Ctx, h.ratna, again.ID)
		if h.must(err); len(former) != 1 || len(former[0].Goals) != 2 || !former[0].Mine {
			t.Fatalf("former: %+v", former)
		}
		if _, err := h.Cases.Bring(h.Ctx, h.ratna, again.ID, casework.Bringing{Goals: []id.ID{former[0].Goals[0].ID}}); says(err) != "not-planning" {
			t.Errorf("a plan before the assessment: %v", err)
		}
		h.bring(again, former[0].Goals[1])
		h.Agree()
	})
}

func (h *house) bring(c casework.Case, goal casework.Goal) {
	h.t.Helper()
	for _, s := range []string{casework.Assessing, casework.Planning} {
		_, err := h.Cases.EnterStage(h.Ctx, h.joko, c.ID, 0, casework.Move{Stage: s, On: c.OpenedOn, Waiver: &casework.Waiver{Reason: "uji"}})
		h.must(err)
	}
	p, err := h.Cases.Bring(h.Ctx, h.ratna, c.ID, casework.Bringing{Goals: []id.ID{goal.ID}})
	h.must(err)
	if len(p.Goals) != 1 || p.Goals[0].Text != goal.Text || p.Goals[0].State != "open" || p.State != casework.PlanDraft {
		h.t.Errorf("brought: %+v", p)
	}
	if _, err := h.Cases.Bring(h.Ctx, h.ratna, c.ID, casework.Bringing{Goals: []id.ID{id.New()}}); err == nil || !strings.Contains(err.Error(), "goals") {
		h.t.Errorf("a goal of nobody: %v", err)
	}
}
