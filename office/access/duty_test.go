package access_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/office/casework"
	"tuntas/office/person"
	"tuntas/try/province"
)

// userOf finds an account by its login.
func userOf(p *province.Province, login string) access.User {
	p.T.Helper()
	u, err := p.Access.ByLogin(p.Ctx, p.House, login)
	province.Must(p.T, err)
	return u
}

// refused names how something was refused.
func refused(err error) string { return province.Refused(err) }

// Every right is said in both languages, and every role says what it may not.
func TestRoles_inWords(t *testing.T) {
	t.Parallel()
	for _, role := range access.Roles {
		if !text.Has(role.Name) {
			t.Errorf("the role %s has no English", role.Name)
		}
		all := append(role.May(), role.MayNot()...)
		if len(all) != len(who.AllRights) || len(role.MayNot()) == 0 {
			t.Errorf("%s speaks of %d rights", role.Key, len(all))
		}
		for _, s := range all {
			if s == "" || !text.Has(s) {
				t.Errorf("%s: %q has no words", role.Key, s)
			}
		}
	}
}

// Before a duty changes, the page says which rights and which cases go and come.
func TestConsequences(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		for _, name := range []string{"Mbah Karto", "Mbah Karsi"} {
			her := p.Enter("ratna", province.Called(name, person.Birth{}))
			_, err := p.Cases.Open(p.Ctx, p.As("ratna"), casework.Opening{Person: her.ID, Centre: p.A, Kind: "lansia_telantar", OpenedOn: province.Today})
			province.Must(t, err)
		}
		bima, ratna := p.As("bima"), userOf(p, "ratna")
		for _, c := range []struct {
			duty   access.Duty
			want   []string
			absent string
		}{
			{access.Duty{Role: "social_worker", Centres: []id.ID{p.B}}, []string{"Kehilangan akses ke 2 kasus berjalan di UPT Jember", "Mendapat akses ke 0 kasus berjalan di UPT Blitar"}, "boleh"},
			{access.Duty{Role: "carer", Centres: []id.ID{p.A}}, []string{"Tidak lagi boleh mengerjakan kasus", "Tidak lagi boleh menandatangani"}, "akses ke"},
			{access.Duty{Role: "admin", Centres: []id.ID{p.A}}, []string{"Kini boleh mengatur akun dan peran.", "Kehilangan akses ke 2 kasus"}, "Mendapat akses"},
			{access.Duty{Role: "section_head"}, []string{"Mendapat akses ke 0 kasus"}, "Kehilangan akses"},
			{access.Duty{Role: "social_worker", Centres: []id.ID{p.A, p.A}}, nil, ""},
		} {
			says, err := p.Access.Consequences(p.Ctx, bima, ratna.ID, c.duty)
			province.Must(t, err)
			var all []string
			for _, s := range says {
				all = append(all, text.Say(text.ID, s))
				if text.Say(text.EN, s) == text.Say(text.ID, s) {
					t.Errorf("no English: %s", s)
				}
			}
			whole := strings.Join(all, "\n")
			for _, w := range c.want {
				if !strings.Contains(whole, w) {
					t.Errorf("%v: %q is not in\n%s", c.duty, w, whole)
				}
			}
			if c.absent != "" && strings.Contains(whole, c.absent) || c.want == nil && whole != "" {
				t.Errorf("%v says too much:\n%s", c.duty, whole)
			}
		}
		if _, err := p.Access.Consequences(p.Ctx, p.As("joko"), ratna.ID, access.Duty{Role: "admin"}); !errors.Is(err, fail.Denied) {
			t.Errorf("the head of a centre asked: %v", err)
		}
	})
}

func TestReassign(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		bima, ratna := p.As("bima"), userOf(p, "ratna")
		for want, c := range map[string]struct {
			by      string
			version int64
			duty    access.Duty
		}{
			"role unknown":    {"bima", 0, access.Duty{Role: "everything"}},
			"centre required": {"bima", 0, access.Duty{Role: "carer"}},
			"centre unknown":  {"bima", 0, access.Duty{Role: "carer", Centres: []id.ID{7}}},
			"stale":           {"bima", 99, access.Duty{Role: "carer", Centres: []id.ID{p.B}}},
			"denied":          {"joko", 0, access.Duty{Role: "carer", Centres: []id.ID{p.B}}},
		} {
			if got := refused(p.Access.Reassign(p.Ctx, p.As(c.by), ratna.ID, c.version, c.duty)); got != want {
				t.Errorf("want %s, got %s", want, got)
			}
		}
		province.Must(t, p.Access.Reassign(p.Ctx, bima, ratna.ID, ratna.Version, access.Duty{Role: "carer", Centres: []id.ID{p.B, p.B}}))
		if now := p.As("ratna"); now.Role != "carer" || !slices.Equal(now.Scope.Centres, []id.ID{p.B}) || now.May(who.WorkCase) {
			t.Errorf("after the change: %+v", now)
		}
		province.Must(t, p.Access.Reassign(p.Ctx, bima, ratna.ID, 0, access.Duty{Role: "auditor", Centres: []id.ID{p.B}}))
		if now := p.As("ratna"); !now.Scope.All || len(now.Scope.Centres) != 0 {
			t.Errorf("a role of the province keeps %v", now.Scope)
		}
		p.Agree()
	})
}

// The office is never left without an administrator: neither by closing the last one nor by another role.
func TestLastAdmin(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		bima := userOf(p, "bima")
		by := p.As("bima")
		if got := refused(p.Access.StopByID(p.Ctx, by, bima.ID)); got != "last-admin" {
			t.Errorf("closed the last: %s", got)
		}
		if got := refused(p.Access.Stop(p.Ctx, by, "bima")); got != "last-admin" {
			t.Errorf("closed the last by name: %s", got)
		}
		if got := refused(p.Access.Reassign(p.Ctx, by, bima.ID, 0, access.Duty{Role: "auditor"})); got != "last-admin" {
			t.Errorf("the last became something else: %s", got)
		}
		second, _, err := p.Access.NewAccount(p.Ctx, by, access.NewUser{Login: "citra", Name: "Citra", Role: "admin"})
		province.Must(t, err)
		province.Must(t, p.Access.StopByID(p.Ctx, by, second.ID))
		if got := refused(p.Access.StopByID(p.Ctx, by, bima.ID)); got != "last-admin" {
			t.Errorf("a closed administrator counts: %s", got)
		}
		province.Must(t, p.Access.Reopen(p.Ctx, by, second.ID))
		province.Must(t, p.Access.StopByID(p.Ctx, by, bima.ID))
		if got := refused(p.Access.StopByID(p.Ctx, p.As("citra"), second.ID)); got != "last-admin" {
			t.Errorf("the one that is left: %s", got)
		}
	})
}

// Two administrators who remove each other at the same moment: one of them stays.
func TestLastAdmin_twoAtOnce(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		second, _, err := p.Access.NewAccount(p.Ctx, p.As("bima"), access.NewUser{Login: "citra", Name: "Citra", Role: "admin"})
		province.Must(t, err)
		deeds := make(chan error, 2)
		go func() { deeds <- p.Access.StopByID(p.Ctx, p.House, second.ID) }()
		go func() {
			deeds <- p.Access.Reassign(p.Ctx, p.House, userOf(p, "bima").ID, 0, access.Duty{Role: "auditor"})
		}()
		got := []string{refused(<-deeds), refused(<-deeds)}
		slices.Sort(got)
		if !slices.Equal(got, []string{"", "last-admin"}) {
			t.Errorf("%q", got)
		}
	})
}

func TestUsers_pages(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		by := p.As("bima")
		for n := range 60 {
			_, err := p.Access.AddUserWith(p.Ctx, by, access.NewUser{Login: "z" + string(rune('a'+n/26)) + string(rune('a'+n%26)), Role: "carer", Centres: []id.ID{p.A}}, "kata sandi uji")
			province.Must(t, err)
		}
		seen, after, pages := map[string]bool{}, "", 0
		for ; pages == 0 || after != ""; pages++ {
			all, next, err := p.Access.Users(p.Ctx, by, access.Search{After: after})
			province.Must(t, err)
			for _, a := range all {
				if seen[a.Login] || !a.Kind().Province && len(a.CentreNames) != 1 {
					t.Errorf("%s: twice, or at %v", a.Login, a.CentreNames)
				}
				seen[a.Login] = true
			}
			after = next
		}
		if pages != 2 || len(seen) != 68 {
			t.Errorf("%d accounts on %d pages", len(seen), pages)
		}
		for want, s := range map[int]access.Search{1: {Q: "RATN"}, 3: {Role: "social_worker", Q: "r"}, 0: {State: "closed"}, 50: {Q: "%"}} {
			if all, _, err := p.Access.Users(p.Ctx, by, s); err != nil || len(all) != want {
				t.Errorf("%+v: %d, want %d, %v", s, len(all), want, err)
			}
		}
		if _, _, err := p.Access.Users(p.Ctx, p.As("joko"), access.Search{}); !errors.Is(err, fail.Denied) {
			t.Errorf("the head of a centre reads the accounts: %v", err)
		}
		a, err := p.Access.Account(p.Ctx, by, userOf(p, "ratna").ID)
		province.Must(t, err)
		if len(a.Centres) != 1 || a.Spoken() != "Ratna" || a.HasSecond() || !a.Seen().IsZero() {
			t.Errorf("%+v", a)
		}
		_, err = p.Access.CreateToken(p.Ctx, by, "ratna", "uji", time.Hour)
		province.Must(t, err)
		a, err = p.Access.Account(p.Ctx, by, a.ID)
		province.Must(t, err)
		if len(a.Tokens) != 1 || a.Tokens[0].Name != "uji" {
			t.Errorf("tokens: %+v", a.Tokens)
		}
	})
}
