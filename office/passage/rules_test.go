package passage

import (
	"errors"
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/person"
	"tuntas/office/residence"
)

const day clock.Day = "2026-11-24"

// wrongs gives what a refusal is about: the name of the rule, or the fields that are wrong.
func wrongs(err error) string {
	var rule *fail.Rule
	var clash *fail.Collision
	var wrong *fail.Invalid
	switch {
	case err == nil:
		return ""
	case errors.As(err, &rule):
		return rule.Name
	case errors.As(err, &clash):
		return clash.Name
	case errors.As(err, &wrong):
		var all []string
		for _, f := range wrong.Fields {
			all = append(all, f.Name+":"+f.Code)
		}
		return strings.Join(all, " ")
	}
	return err.Error()
}

func lodged(stage string) casework.File {
	return casework.File{Case: casework.Case{ID: 1, Centre: 5, Kind: "lansia_telantar", Stage: stage, StageSince: day.Add(-40), OpenedOn: day.Add(-60), Setting: casework.Inside},
		Today: day, Stays: []residence.Stay{{State: residence.Open, From: day.Add(-50)}}}
}

// Our design, on the fifth stage of Permensos 16/2019 Pasal 7 ayat (1) huruf e.
func TestMayGoOnLeave(t *testing.T) {
	t.Parallel()
	out := lodged(casework.Resocialisation)
	out.Stays = nil
	for _, c := range []struct {
		name string
		f    casework.File
		from clock.Day
		due  clock.Day
		want string
	}{
		{"a week at home", lodged(casework.Resocialisation), day, day.Add(7), ""},
		{"during the intervention", lodged(casework.Intervention), day, day.Add(1), ""},
		{"a month is the most", lodged(casework.Resocialisation), day, day.Add(mostDays), ""},
		{"longer is no leave", lodged(casework.Resocialisation), day, day.Add(mostDays + 1), "due_on:too-long"},
		{"back before leaving", lodged(casework.Resocialisation), day, day, "due_on:order"},
		{"before the stay began", lodged(casework.Resocialisation), day.Add(-51), day.Add(-45), "from:order"},
		{"too early in the stages", lodged(casework.Planning), day, day.Add(7), "not-resocialising"},
		{"no bed", out, day, day.Add(7), "not-housed"},
	} {
		if got := wrongs(mayGoOnLeave(c.f, NewLeave{From: c.from, Due: c.due})); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestLeave_late(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		l    Leave
		want bool
	}{{Leave{State: Away, Due: day.Add(-1)}, true}, {Leave{State: Away, Due: day}, false}, {Leave{State: Planned, Due: day.Add(-1)}, false}, {Leave{State: Back, Due: day.Add(-1)}, false}} {
		if got := c.l.Late(day); got != c.want {
			t.Errorf("%+v: %v", c.l, got)
		}
	}
}

// Both signatures: the "transfer to another UPT". D14 of the handbook: transfer between UPTs is first-class.
func TestMayDecide(t *testing.T) {
	t.Parallel()
	at := func(user id.ID, centres ...id.ID) who.Asker {
		return who.Asker{User: user, Role: "head_centre", Scope: who.Scope{Centres: centres}}
	}
	proposed := Transfer{State: Proposed, From: 5, To: 6, ProposedBy: 11}
	for _, c := range []struct {
		name string
		t    Transfer
		by   who.Asker
		want string
	}{
		{"the other head", proposed, at(12, 6), ""},
		{"the head who proposed", proposed, at(11, 5), "denied"},
		{"one person for both centres", proposed, at(11, 5, 6), "both-signatures"},
		{"another head for both", proposed, at(12, 5, 6), ""},
		{"who sees the province", proposed, who.Asker{User: 13, Role: "head_division", Scope: who.Scope{All: true}}, "denied"},
		{"accepted already", Transfer{State: Accepted, To: 6}, at(12, 6), "transfer-decided"},
		{"refused already", Transfer{State: Refused, To: 6}, at(12, 6), "transfer-decided"},
		{"withdrawn already", Transfer{State: Withdrawn, To: 6}, at(12, 6), "transfer-decided"},
	} {
		if got := wrongs(mayDecide(c.t, c.by)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestMayPropose(t *testing.T) {
	t.Parallel()
	serves := centre.Centre{ID: 6, Kinds: []string{"lansia_telantar"}}
	outside := lodged(casework.Intervention)
	outside.Setting = casework.Outside
	for _, c := range []struct {
		name string
		f    casework.File
		to   centre.Centre
		on   clock.Day
		want string
	}{
		{"to a centre that serves her", lodged(casework.Intervention), serves, day, ""},
		{"where she is", lodged(casework.Intervention), centre.Centre{ID: 5, Kinds: serves.Kinds}, day, "to_centre_id:same"},
		{"that does not serve her", lodged(casework.Intervention), centre.Centre{ID: 6}, day, "to_centre_id:kind-not-served"},
		{"yesterday", lodged(casework.Intervention), serves, day.Add(-1), "wanted_on:past"},
		{"who left care", lodged(casework.Aftercare), serves, day, "not-in-care"},
		{"who is served outside", outside, serves, day, "outside-case"},
	} {
		if got := wrongs(mayPropose(c.f, c.to, Proposal{WantedOn: c.on}, day)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestMayPlaceAll(t *testing.T) {
	t.Parallel()
	two := Transfer{Members: []Member{{Case: 1}, {Case: 2}}}
	for _, c := range []struct {
		name string
		beds []Place
		want string
	}{{"each a bed", []Place{{1, 10}, {2, 11}}, ""}, {"one without", []Place{{1, 10}}, "beds:required"}, {"an empty choice", []Place{{1, 10}, {2, 0}}, "beds:required"}, {"one bed for two", []Place{{1, 10}, {2, 10}}, "beds:twice"}} {
		if got := wrongs(mayPlaceAll(two, Acceptance{Beds: c.beds})); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A child is under 18 (Permensos 16/2019 Pasal 1); the family is one case (Pasal 21).
func TestLeftAlone(t *testing.T) {
	t.Parallel()
	born := func(years int) person.Birth {
		return person.Birth{Precision: "day", Date: string(day.AddMonths(-12 * years))}
	}
	line := func(of id.ID, birth person.Birth, stage string) casework.Line {
		return casework.Line{Case: casework.Case{ID: of, Stage: stage}, Birth: birth}
	}
	in, out := casework.Intervention, casework.Aftercare
	father, mother, child := line(1, born(40), in), line(2, born(38), in), line(3, born(7), in)
	for _, c := range []struct {
		name    string
		group   []casework.Line
		leaving []id.ID
		want    int
	}{
		{"the father leaves, the mother stays", []casework.Line{father, mother, child}, []id.ID{1}, 0},
		{"both leave", []casework.Line{father, mother, child}, []id.ID{1, 2}, 1},
		{"all leave", []casework.Line{father, mother, child}, []id.ID{1, 2, 3}, 0},
		{"the mother left before", []casework.Line{father, line(2, born(38), out), child}, []id.ID{1}, 1},
		{"the child is gone", []casework.Line{father, mother, line(3, born(7), out)}, []id.ID{1, 2}, 0},
		{"eighteen today is grown up", []casework.Line{father, line(3, born(18), in), child}, []id.ID{1}, 0},
		{"an age that nobody knows may be grown up", []casework.Line{father, line(3, person.Birth{Precision: "unknown"}, in)}, []id.ID{1}, 0},
	} {
		if got := casework.LeftAlone(c.group, c.leaving, day); len(got) != c.want {
			t.Errorf("%s: %d children, want %d", c.name, len(got), c.want)
		}
	}
}

func TestMayAdmitFamily(t *testing.T) {
	t.Parallel()
	group := []casework.Line{{Case: casework.Case{ID: 1}}, {Case: casework.Case{ID: 2}}}
	for _, c := range []struct {
		name    string
		members []FamilyMember
		want    string
	}{{"both", []FamilyMember{{1, 10}, {2, 11}}, ""}, {"nobody", nil, "members:required"}, {"a stranger", []FamilyMember{{3, 10}}, "members:unknown"},
		{"one bed for two", []FamilyMember{{1, 10}, {2, 10}}, "members:twice"}, {"two beds for one", []FamilyMember{{1, 10}, {1, 11}}, "members:twice"}} {
		if got := wrongs(mayAdmitFamily(group, FamilyAdmission{Members: c.members})); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// The interval is a setting (law/defaults, assumed); reviews instead of an end for who stays for life: handbook 7.3.
func TestMayReview(t *testing.T) {
	t.Parallel()
	planned := lodged(casework.Intervention)
	planned.Plan = &casework.Plan{}
	long := planned
	long.ReviewOn = day
	for _, c := range []struct {
		name string
		f    casework.File
		in   NewReview
		want string
		next clock.Day
	}{
		{"begins", planned, NewReview{On: day, Decision: Begin}, "", day.AddMonths(6)},
		{"a chosen day", planned, NewReview{On: day, Decision: Begin, NextOn: day.AddMonths(3)}, "", day.AddMonths(3)},
		{"goes on", long, NewReview{On: day, Decision: Continue}, "", day.AddMonths(6)},
		{"ends", long, NewReview{On: day, Decision: EndStay}, "", ""},
		{"begins twice", long, NewReview{On: day, Decision: Begin}, "long-stay-runs", ""},
		{"goes on before it began", planned, NewReview{On: day, Decision: Continue}, "no-long-stay", ""},
		{"without a plan", lodged(casework.Intervention), NewReview{On: day, Decision: Begin}, "no-plan", ""},
		{"in another stage", lodged(casework.Planning), NewReview{On: day, Decision: Begin}, "no-plan", ""},
		{"tomorrow", planned, NewReview{On: day.Add(1), Decision: Begin}, "on:future", ""},
		{"next before this", long, NewReview{On: day, Decision: Continue, NextOn: day}, "next_on:order", ""},
		{"never again", long, NewReview{On: day, Decision: Continue, NextOn: day.AddMonths(13)}, "next_on:too-late", ""},
	} {
		got := wrongs(mayReview(c.f, c.in, day))
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if got == "" && nextReview(c.in) != c.next {
			t.Errorf("%s: next on %s, want %s", c.name, nextReview(c.in), c.next)
		}
	}
}

// Pemulasaraan is an item of Permensos 16/2019 Pasal 24 huruf m; its steps are our design.
func TestChecklistOfDeath(t *testing.T) {
	t.Parallel()
	full := Steps{LetterNo: "1", LetterOn: day, Doctor: "dr. A", Family: "contacted", FamilyOn: day, FamilyBy: "Ratna", BuriedOn: day, BuriedBy: "Panti", BuriedAt: "TPU", Rite: "Islam", Goods: "handed_over", GoodsTo: "Adik", GoodsOn: day}
	for _, c := range []struct {
		name string
		s    func(*Steps)
		want int64
	}{
		{"all done", func(*Steps) {}, 0},
		{"no letter yet", func(s *Steps) { s.LetterNo = "" }, 1},
		{"family searched and not found is done", func(s *Steps) { s.Family, s.FamilyName = "searched", "" }, 0},
		{"nobody says who called", func(s *Steps) { s.FamilyBy = "" }, 1},
		{"no rite told", func(s *Steps) { s.Rite = "" }, 1},
		{"nothing left behind needs no receiver", func(s *Steps) { s.Goods, s.GoodsTo = "none", "" }, 0},
		{"handed to nobody", func(s *Steps) { s.GoodsTo = "" }, 1},
		{"nothing done", func(s *Steps) { *s = Steps{} }, 4},
	} {
		s := full
		c.s(&s)
		if got := s.remaining(); got != c.want {
			t.Errorf("%s: %d remain, want %d", c.name, got, c.want)
		}
	}
	for _, c := range []struct{ on, want string }{{"", ""}, {string(day), ""}, {string(day.Add(1)), "buried_on:future"}, {string(day.Add(-3)), "buried_on:order"}} {
		if got := wrongs(mayStep(Steps{BuriedOn: clock.Day(c.on)}, day.Add(-1), day)); got != c.want {
			t.Errorf("buried on %q: %q, want %q", c.on, got, c.want)
		}
	}
}

func TestMayDie_time(t *testing.T) {
	t.Parallel()
	for at, good := range map[string]bool{"": true, "14.07": true, "00:00": true, "23.59": true, "24.00": false, "9.30": false, "14.60": false, "ab.cd": false, "14-07": false, "1a.30": false, "２２.0": false} {
		if err := mayDie(NewDeath{At: at}); (err == nil) != good {
			t.Errorf("%q: %v", at, err)
		}
	}
}

// The cause of a death is health, and specific data (UU 27/2022).
func TestDeath_shown(t *testing.T) {
	t.Parallel()
	d := Death{Cause: "Gagal jantung"}
	if got := d.shown(who.Asker{Rights: map[who.Right]bool{who.SeeHealth: true}}); got.Cause == "" || got.Withheld {
		t.Errorf("a nurse sees %+v", got)
	}
	if got := d.shown(who.Asker{}); got.Cause != "" || !got.Withheld {
		t.Errorf("a carer sees %+v", got)
	}
	if got := (Death{}).shown(who.Asker{}); got.Withheld {
		t.Error("what is not known is not withheld")
	}
}
