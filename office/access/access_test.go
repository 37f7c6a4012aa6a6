package access_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/office/casework"
	"tuntas/office/monitoring"
	"tuntas/office/person"
	"tuntas/try/province"
)

// What each role of the contract may do, as a table: the columns are the rights, a dot is no.
const table = `
                     person.see person.enter person.change person.restricted person.identity person.health case.see case.open case.work case.sign case.approve case.waive service.give note.confidential letter.prepare letter.issue bed.see stay.place bed.manage centre.see centre.manage figure.see figure.open import export user.manage system.see trail.see emergency.open emergency.review referral.send agency.manage standards.manage standards.assess standards.verify need.propose need.decide action.run meeting.hold staff.develop figure.keep month.close spm.keep agreement.sign news.write news.publish report.see report.handle report.abuse comment.moderate data.release potential.see potential.write
head_province        yes .   .   .   .   .   yes .   .   .   .   .   .   .   .   .   yes .   .   yes .   yes yes .   .   .   .   . . . . . . . . . yes . yes . . . . yes yes yes yes . yes yes yes yes .
head_division        yes .   .   .   .   .   yes .   .   .   .   .   .   .   .   .   yes .   .   yes .   yes yes .   .   .   .   yes . yes . yes yes . yes . yes yes yes yes yes . yes . yes yes yes yes yes yes yes yes yes
section_head         yes .   .   .   .   .   yes .   .   .   .   .   .   .   .   .   yes .   .   yes .   yes yes .   .   .   .   . . . . yes yes . yes . . yes yes yes yes . yes . . . yes yes . . yes yes yes
head_centre          yes yes yes yes yes yes yes yes .   .   yes yes .   yes yes yes yes yes yes yes yes yes yes .   yes .   .   yes yes yes yes . . yes . yes . yes . yes . yes yes yes yes . yes yes . yes . yes yes
head_administration  yes yes yes .   yes .   yes yes .   .   .   .   .   .   yes .   yes yes yes yes .   yes yes yes yes .   .   . yes . . . . yes . yes . yes . yes . yes yes . yes . yes . . . . yes yes
social_worker        yes yes yes .   yes yes yes yes yes yes .   .   yes .   yes .   yes yes .   yes .   yes yes .   .   .   .   . yes . yes . . . . . . . . . . . . . . . yes yes . . . yes yes
carer                yes .   .   .   .   .   yes .   .   .   .   .   yes .   .   .   yes .   .   yes .   .   .   .   .   .   .   . . . . . . . . . . . . . . . . . . . . . . . . . .
nurse                yes .   .   .   .   yes yes .   .   .   .   .   yes .   .   .   yes .   .   yes .   .   .   .   .   .   .   . yes . . . . . . . . . . . . . . . . . . . . . . . .
instructor           yes .   .   .   .   .   yes .   .   .   .   .   yes .   .   .   .   .   .   yes .   .   .   .   .   .   .   . . . . . . . . . . . . . . . . . . . . . . . . yes .
communications       .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   yes .   yes .   .   .   .   .   . . . . . . . . . . . . . . . . . yes yes . . . yes . . .
auditor              yes .   .   .   .   .   yes .   .   .   .   .   .   .   .   .   yes .   .   yes .   yes yes .   .   .   yes yes . yes . . . . . . . . . . . . . . . . yes . yes . . yes .
admin                .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .   yes yes yes .   .   .   yes yes yes . . . . . . . . . . . . . . . . . . . . . . . . .
`

// provincial roles see the whole province, the others the centres they work in.
var provincial = map[string]bool{"head_province": true, "head_division": true, "section_head": true, "communications": true, "auditor": true, "admin": true}

func TestRoles(t *testing.T) {
	t.Parallel()
	lines := strings.Split(strings.TrimSpace(table), "\n")
	columns := strings.Fields(lines[0])
	if len(columns) != len(who.AllRights) {
		t.Fatalf("%d rights in the table, %d in the product", len(columns), len(who.AllRights))
	}
	if len(lines)-1 != len(access.Roles) {
		t.Errorf("%d roles in the table, %d in the product", len(lines)-1, len(access.Roles))
	}
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		role, ok := access.RoleOf(cells[0])
		if !ok || role.Province != provincial[role.Key] || role.Name == "" {
			t.Errorf("%s: %+v", cells[0], role)
		}
		may := map[who.Right]bool{}
		for _, r := range role.Rights {
			may[r] = true
		}
		for n, right := range columns {
			if may[who.Right(right)] != (cells[n+1] == "yes") {
				t.Errorf("%s, %s: %v", role.Key, right, may[who.Right(right)])
			}
		}
	}
}

// The administrator manages the system and reads no casework: neither a person, nor a case, nor the people
// behind a figure, nor a search.
func TestAdmin_readsNoCasework(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		her := p.Enter("ratna", province.Called("Mbah Karto", person.Birth{}))
		c, err := p.Cases.Open(p.Ctx, p.As("ratna"), casework.Opening{Person: her.ID, Centre: p.A, Kind: "lansia_telantar", OpenedOn: province.Today})
		province.Must(t, err)
		bima := p.As("bima")
		opened, _ := monitoring.Find("opened")
		for name, deed := range map[string]func() error{
			"person":   func() error { _, err := p.Persons.Look(p.Ctx, bima, her.ID); return err },
			"search":   func() error { _, _, err := p.Persons.Search(p.Ctx, bima, person.Query{}); return err },
			"history":  func() error { _, err := p.Persons.Changes(p.Ctx, bima, her.ID); return err },
			"consents": func() error { _, _, err := p.Persons.ConsentsOf(p.Ctx, bima, her.ID); return err },
			"case":     func() error { _, err := p.Cases.Look(p.Ctx, bima, c.ID); return err },
			"cases":    func() error { _, _, err := p.Cases.List(p.Ctx, bima, casework.Filter{}); return err },
			"services": func() error { _, _, err := p.Cases.Services(p.Ctx, bima, c.ID, 0, 5); return err },
			"notes":    func() error { _, _, err := p.Cases.Notes(p.Ctx, bima, c.ID, 0, 5); return err },
			"talks":    func() error { _, _, _, err := p.Cases.Conferences(p.Ctx, bima, c.ID, 0, 5); return err },
			"files":    func() error { _, _, err := p.Cases.Attachments(p.Ctx, bima, c.ID, 0, 5); return err },
			"beds":     func() error { _, err := p.Stays.Beds(p.Ctx, bima, p.A); return err },
			"register": func() error {
				_, _, err := p.Persons.Register(p.Ctx, bima, province.Called("X", person.Birth{}))
				return err
			},
			"records": func() error {
				_, err := p.Figures.Records(p.Ctx, bima, opened, monitoring.Span{From: province.Today, To: province.Today}, "", nil, store.Place{}, 10)
				return err
			},
		} {
			if err := deed(); !errors.Is(err, fail.Denied) && name != "register" || err == nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

var readUsers = store.NewSystemAct("test.users", who.Anyone)
var hashes = store.System(`select u.password_hash from users u`)
var tokenHashes = store.System(`select t.hash from tokens t`)

// A password is kept as argon2id with a salt of its own, a token as a hash alone. A guess costs 32 MiB.
func TestSecrets(t *testing.T) {
	t.Parallel()
	if access.Cost != 32<<10 {
		t.Errorf("a password costs %d KiB", access.Cost)
	}
	province.Each(t, func(t *testing.T, p *province.Province) {
		token, err := p.Access.CreateToken(p.Ctx, p.House, "ratna", "uji", time.Hour)
		province.Must(t, err)
		seen := map[string]bool{}
		province.Must(t, p.Store.Read(p.Ctx, p.House, readUsers, func(tx *store.Tx) error {
			all, err := store.Each(tx, hashes, store.Text)
			for _, h := range all {
				if !strings.HasPrefix(h, fmt.Sprintf("$argon2id$v=19$m=%d,t=2,p=1$", access.Cheap)) || seen[h] || strings.Contains(h, province.Password) {
					t.Errorf("kept as %s", h)
				}
				seen[h] = true
			}
			if err != nil || len(all) != 8 {
				return errors.Join(err, errors.New("accounts are missing"))
			}
			kept, err := store.Each(tx, tokenHashes, store.Text)
			if len(kept) != 1 || strings.Contains(kept[0], token) || len(kept[0]) != 64 {
				t.Errorf("tokens kept as %v", kept)
			}
			return err
		}))
		_, first, err := p.Access.AddUser(p.Ctx, p.House, access.NewUser{Login: "dwi", Role: "carer", Centres: []id.ID{p.A}})
		province.Must(t, err)
		_, second, err := p.Access.AddUser(p.Ctx, p.House, access.NewUser{Login: "tri", Role: "carer", Centres: []id.ID{p.A}})
		province.Must(t, err)
		if len(first) != 17 || first == second {
			t.Errorf("passwords %q, %q", first, second)
		}
		if _, err := p.Access.SignIn(p.Ctx, "dwi", first, "here"); err != nil {
			t.Errorf("the printed password: %v", err)
		}
	})
}

func signIn(p *province.Province, login, password, place string) string {
	_, err := p.Access.SignIn(p.Ctx, login, password, place)
	var wrong *fail.Invalid
	var wait access.Throttled
	switch {
	case err == nil:
		return "in"
	case errors.As(err, &wait):
		return "wait"
	case errors.As(err, &wrong) && wrong.Fields[0].Code == "wrong":
		return "wrong"
	}
	return err.Error()
}

// An unknown name, a wrong password and a closed account read the same. After eight failures a name has to
// wait, after sixty a place; the wait ends, and a success clears the name.
func TestSignIn_throttle(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		province.Must(t, p.Access.Stop(p.Ctx, p.As("bima"), "tuti"))
		for login, want := range map[string]string{"nobody": "wrong", "tuti": "wrong", "ratna": "in", " RATNA ": "in"} {
			if got := signIn(p, login, province.Password, "there"); got != want {
				t.Errorf("%s: %s", login, got)
			}
		}
		for n := range 8 {
			if got := signIn(p, "joko", "salah", "there"); got != "wrong" {
				t.Errorf("try %d: %s", n+1, got)
			}
		}
		if got := signIn(p, "joko", province.Password, "elsewhere"); got != "wait" {
			t.Errorf("the ninth, with the right password from elsewhere: %s", got)
		}
		if got := signIn(p, "ratna", province.Password, "there"); got != "in" {
			t.Errorf("another name from the same place: %s", got)
		}
		p.Clock.Pass(16 * time.Minute)
		if got := signIn(p, "joko", province.Password, "there"); got != "in" {
			t.Errorf("after the wait: %s", got)
		}
		for range 7 {
			signIn(p, "yati", "salah", "there")
		}
		signIn(p, "yati", province.Password, "there")
		if got := signIn(p, "yati", "salah", "there"); got != "wrong" {
			t.Errorf("a success clears the name: %s", got)
		}
		province.Must(t, p.Access.Sweep(p.Ctx))
	})
}

func TestSignIn_throttleOfPlace(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		for n := range 60 {
			if got := signIn(p, "x"+id.New().String(), "salah", "cafe"); got != "wrong" {
				t.Fatalf("try %d: %s", n+1, got)
			}
		}
		if got := signIn(p, "ratna", province.Password, "cafe"); got != "wait" {
			t.Errorf("from a place of sixty failures: %s", got)
		}
		if got := signIn(p, "ratna", province.Password, "office"); got != "in" {
			t.Errorf("from the office: %s", got)
		}
	})
}

// A token speaks for its user until it expires, the password is changed or the account is closed.
func TestToken(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		speaks := func(token string) bool {
			a, err := p.Access.Token(p.Ctx, token)
			if err != nil && !errors.Is(err, fail.NotFound) {
				t.Fatal(err)
			}
			return err == nil && a.Via == "api" && a.User != 0
		}
		create := func(login string, length time.Duration) string {
			token, err := p.Access.CreateToken(p.Ctx, p.As("bima"), login, "uji", length)
			province.Must(t, err)
			return token
		}
		short, ratna, joko := create("ratna", time.Hour), create("ratna", 100*time.Hour), create("joko", 100*time.Hour)
		if !speaks(short) || !speaks(ratna) || speaks(short+"x") || speaks("") {
			t.Error("a fresh token does not speak, or a wrong one does")
		}
		p.Clock.Pass(time.Hour)
		if speaks(short) || !speaks(ratna) {
			t.Error("an expired token speaks")
		}
		_, err := p.Access.ResetPassword(p.Ctx, p.As("bima"), "ratna")
		province.Must(t, err)
		if speaks(ratna) || signIn(p, "ratna", province.Password, "here") != "wrong" {
			t.Error("after a reset the old token or password holds")
		}
		province.Must(t, p.Access.Stop(p.Ctx, p.As("bima"), "joko"))
		if speaks(joko) {
			t.Error("the token of a closed account speaks")
		}
		if _, err := p.Access.As(p.Ctx, "joko"); !errors.Is(err, fail.NotFound) {
			t.Errorf("a closed account acts: %v", err)
		}
		if _, err := p.Access.CreateToken(p.Ctx, p.As("ratna"), "sari", "uji", time.Hour); !errors.Is(err, fail.Denied) {
			t.Errorf("a social worker made a token: %v", err)
		}
	})
}

func TestAddUser_refuses(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		for want, u := range map[string]access.NewUser{
			"login shape":     {Login: "Ratna Astuti", Role: "auditor"},
			"role unknown":    {Login: "baru", Role: "everything"}, // exists in the demo only
			"centre required": {Login: "baru", Role: "carer"},
		} {
			var wrong *fail.Invalid
			if _, _, err := p.Access.AddUser(p.Ctx, p.As("bima"), u); !errors.As(err, &wrong) || wrong.Fields[0].Name+" "+wrong.Fields[0].Code != want {
				t.Errorf("%s: %v", want, err)
			}
		}
		var clash *fail.Collision
		if _, _, err := p.Access.AddUser(p.Ctx, p.As("bima"), access.NewUser{Login: "ratna", Role: "auditor"}); !errors.As(err, &clash) {
			t.Errorf("a name twice: %v", err)
		}
		if _, _, err := p.Access.AddUser(p.Ctx, p.As("joko"), access.NewUser{Login: "baru", Role: "auditor"}); !errors.Is(err, fail.Denied) {
			t.Errorf("the head of a centre made an account: %v", err)
		}
	})
}

// A session lies in the database under a hash until it ends; what has ended is swept away.
func TestSessions(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		keep := p.Access.Keep()
		until := p.Clock.Now().Add(time.Hour)
		province.Must(t, keep.Commit("kunci", []byte{0, 1, 255}, until))
		if b, ok, err := keep.Find("kunci"); err != nil || !ok || string(b) != "\x00\x01\xff" {
			t.Errorf("%v %v %v", b, ok, err)
		}
		if _, ok, _ := keep.Find("lain"); ok {
			t.Error("another token finds it")
		}
		p.Clock.Pass(2 * time.Hour)
		if _, ok, _ := keep.Find("kunci"); ok {
			t.Error("it lives on after its end")
		}
		province.Must(t, p.Access.Sweep(p.Ctx))
		province.Must(t, keep.Delete("kunci"))
	})
}
