package access_test

import (
	"slices"
	"testing"

	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/office/casework"
	"tuntas/office/person"
	"tuntas/try/province"
)

// A social worker covers for the head: for the days, with the rights, and at the centre that was said; it ends by
// itself after the last day, and a form that is sent afterwards is refused as any deed without the right.
func TestCover(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		by, ratna := p.As("bima"), userOf(p, "ratna")
		first, last := province.Today.Add(1), province.Today.Add(3)
		province.Must(t, p.Access.AddCover(p.Ctx, by, ratna.ID, access.NewCover{Role: "head_centre", From: first, Until: last, Reason: "Cuti"}))
		her := p.Enter("ratna", province.Called("Mbah Karto", person.Birth{}))
		c, err := p.Cases.Open(p.Ctx, p.As("ratna"), casework.Opening{Person: her.ID, Centre: p.A, Kind: "lansia_telantar", OpenedOn: province.Today})
		province.Must(t, err)
		if p.As("ratna").May(who.ApproveCase) {
			t.Error("the cover holds before its first day")
		}
		for _, day := range []int{1, 3} {
			p.Clock.To(province.Today.Add(day))
			now := p.As("ratna")
			if !now.May(who.ApproveCase) || !now.May(who.WorkCase) || now.Role != "social_worker" || !slices.Equal(now.Scope.Centres, []id.ID{p.A}) {
				t.Errorf("on day %d: %+v", day, now)
			}
		}
		decide := func() string {
			_, err := p.Cases.Decide(p.Ctx, p.As("ratna"), c.ID, 0, casework.Decision{Number: "1/2026", On: province.Today.Add(3)})
			return refused(err)
		}
		if got := decide(); got == "denied" {
			t.Error("the cover may not decide on its last day")
		}
		p.Clock.To(province.Today.Add(4))
		if got := decide(); got != "denied" {
			t.Errorf("a decision that was begun under the cover and sent after it: %s", got)
		}
		a, err := p.Access.Account(p.Ctx, by, ratna.ID)
		if err != nil || len(a.Covers) != 1 || a.Covers[0].Holds(p.Store.Today()) || a.Covers[0].CentreName == "" {
			t.Errorf("%+v, %v", a.Covers, err)
		}
		p.Agree()
	})
}

func TestCover_refuses(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		by := p.As("bima")
		today := province.Today
		good := access.NewCover{Role: "head_centre", From: today, Until: today.Add(5), Reason: "Cuti"}
		with := func(change func(*access.NewCover)) access.NewCover {
			c := good
			change(&c)
			return c
		}
		_, err := p.Access.AddUserWith(p.Ctx, by, access.NewUser{Login: "dua", Role: "carer", Centres: []id.ID{p.A, p.B}}, province.Password)
		province.Must(t, err)
		for _, c := range []struct {
			login string
			cover access.NewCover
			want  string
		}{
			{"ratna", with(func(c *access.NewCover) { c.Role = "admin" }), "role unknown"},
			{"ratna", with(func(c *access.NewCover) { c.Role = "head" }), "role unknown"},
			{"ratna", with(func(c *access.NewCover) { c.Role = "social_worker" }), "role same"},
			{"dua", good, "role scope"}, // the rights would hold at the other centre too
			{"wulan", good, "role scope"},
			{"ratna", with(func(c *access.NewCover) { c.Until = today.Add(-1); c.From = today.Add(-2) }), "until past"},
			{"ratna", with(func(c *access.NewCover) { c.Until = today.Add(-1) }), "until order"},
			{"ratna", with(func(c *access.NewCover) { c.Until = today.Add(400) }), "until long"},
			{"ratna", good, ""},
			{"ratna", with(func(c *access.NewCover) { c.From, c.Until = today.Add(5), today.Add(9) }), "from overlap"},
			{"ratna", with(func(c *access.NewCover) { c.From, c.Until = today.Add(6), today.Add(9) }), ""},
			{"ratna", with(func(c *access.NewCover) { c.Role = "nurse" }), ""},
		} {
			if got := refused(p.Access.AddCover(p.Ctx, by, userOf(p, c.login).ID, c.cover)); got != c.want {
				t.Errorf("%s, %+v: %q, want %q", c.login, c.cover, got, c.want)
			}
		}
		if got := refused(p.Access.AddCover(p.Ctx, p.As("joko"), userOf(p, "ratna").ID, good)); got != "denied" {
			t.Errorf("the head of a centre: %s", got)
		}
	})
}

// A cover ends early when it is ended, and when the account gets a second centre: its rights never reach there.
func TestCover_neverReachesAnotherCentre(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		by, ratna, tuti := p.As("bima"), userOf(p, "ratna"), userOf(p, "tuti")
		cover := access.NewCover{Role: "head_centre", From: province.Today, Until: province.Today.Add(9), Reason: "Cuti"}
		for _, u := range []access.User{ratna, tuti} {
			province.Must(t, p.Access.AddCover(p.Ctx, by, u.ID, cover))
		}
		province.Must(t, p.Access.Reassign(p.Ctx, by, ratna.ID, 0, access.Duty{Role: "social_worker", Centres: []id.ID{p.A, p.B}}))
		if now := p.As("ratna"); now.May(who.ApproveCase) {
			t.Errorf("with two centres: %+v", now)
		}
		province.Must(t, p.Access.Reassign(p.Ctx, by, ratna.ID, 0, access.Duty{Role: "social_worker", Centres: []id.ID{p.B}}))
		if now := p.As("ratna"); now.May(who.ApproveCase) {
			t.Errorf("at the other centre: %+v", now)
		}
		a, err := p.Access.Account(p.Ctx, by, tuti.ID)
		province.Must(t, err)
		if got := refused(p.Access.EndCover(p.Ctx, by, ratna.ID, a.Covers[0].ID)); got != "not found" {
			t.Errorf("ended under another account: %s", got)
		}
		province.Must(t, p.Access.EndCover(p.Ctx, by, tuti.ID, a.Covers[0].ID))
		if p.As("tuti").May(who.ApproveCase) {
			t.Error("an ended cover holds")
		}
		if got := refused(p.Access.EndCover(p.Ctx, by, tuti.ID, a.Covers[0].ID)); got != "not found" {
			t.Errorf("ended twice: %s", got)
		}
	})
}
