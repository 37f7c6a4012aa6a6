// Package province gives a test a small province on either engine: two centres, beds, and the people of
// the handbook in their roles. Tests of desks work on it as the office does, through the desks' own verbs.
package province

import (
	"context"
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/access"
	"tuntas/office/audit"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/monitoring"
	"tuntas/office/person"
	"tuntas/office/residence"
	"tuntas/office/satisfaction"
	"tuntas/schema"
	"tuntas/try"
)

// Today is the day on which the province opens; Password is everybody's.
const (
	Today    clock.Day = "2026-11-24"
	Password string    = "kata-sandi-uji"
)

// Clock is a clock that the test moves.
type Clock struct{ ms atomic.Int64 }

// Now tells the time of the test.
func (c *Clock) Now() time.Time { return time.UnixMilli(c.ms.Load()) }

// To sets the clock to noon of a day.
func (c *Clock) To(d clock.Day) { c.ms.Store(d.Time().Add(12 * time.Hour).UnixMilli()) }

// Pass lets time go by.
func (c *Clock) Pass(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// Province is the small province of one test.
type Province struct {
	T       testing.TB
	Ctx     context.Context
	Address string
	Clock   *Clock
	Store   *store.Store
	Access  *access.Desk
	Audit   *audit.Desk
	Centres *centre.Desk
	Persons *person.Desk
	Stays   *residence.Desk
	Cases   *casework.Desk
	Figures *monitoring.Desk
	A, B    id.ID // two centres
	House   who.Asker
}

// Measures are the figures that the desks below declare; those of coordination, whose own tests work on this province, come
// beside them.
func Measures() []store.Measure {
	return slices.Concat(residence.Measures, casework.Measures, centre.Measures, satisfaction.Measures)
}

// Each runs a test on both engines.
func Each(t *testing.T, test func(t *testing.T, p *Province)) {
	t.Helper()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			test(t, On(t, engine))
		})
	}
}

// On opens a province on an engine.
func On(t testing.TB, engine string) *Province {
	t.Helper()
	if engine == "postgres" {
		return Open(t, try.PostgresLike(t, "province", build))
	}
	file := filepath.Join(t.TempDir(), "t.db")
	try.SQLiteLike(t, file, "province", build)
	return Open(t, "sqlite:"+file)
}

// Open opens a built province at an address.
func Open(t testing.TB, address string) *Province {
	t.Helper()
	p, err := open(address)
	Must(t, err)
	p.T = t
	t.Cleanup(func() { _ = p.Store.Close() })
	all, err := p.Centres.List(p.Ctx, p.House)
	Must(t, err)
	for _, c := range all {
		if c.Code == "uji-a" {
			p.A = c.ID
		} else {
			p.B = c.ID
		}
	}
	return p
}

func open(address string) (*Province, error) {
	c := &Clock{}
	c.To(Today)
	s, err := store.Open(address, store.Options{Scope: access.Scope, Schema: schema.Files, Clock: c, Unsafe: true})
	if err != nil {
		return nil, err
	}
	desk := access.New(s, false)
	desk.OpenCases = casework.OpenByCentre
	persons := person.New(s)
	desk.Meant = func(ctx context.Context, by who.Asker, w access.Wanted) (access.Meant, error) {
		m, err := persons.Exactly(ctx, by, person.Exact(w))
		return access.Meant(m), err
	}
	trail := audit.New(s)
	trail.Called = person.Called
	return &Province{Ctx: context.Background(), Address: address, Clock: c, Store: s, Access: desk, Audit: trail, Centres: centre.New(s),
		Persons: persons, Stays: residence.New(s), Cases: casework.New(s), Figures: monitoring.New(s, Measures()),
		House: who.House("test")}, nil
}

// kinds is whom the two centres serve: one kind of each group.
var kinds = []string{"lansia_telantar", "anak_telantar", "disabilitas", "gelandangan", "tuna_susila"}

func build(address string) error {
	p, err := open(address)
	if err != nil {
		return err
	}
	defer func() { _ = p.Store.Close() }()
	if _, err := p.Store.Migrate(p.Ctx); err != nil {
		return err
	}
	uji := func(key, place, region string) law.Centre {
		return law.Centre{Key: key, Abbr: "UPT", Name: "Uji", Place: place, Region: region, Kind: "test", Kinds: kinds, Capacity: 6, ClientService: true,
			Status: "assumed", Source: "uji"}
	}
	if _, err := p.Centres.SetUp(p.Ctx, p.House, []law.Centre{uji("uji-a", "Jember", "35.09"), uji("uji-b", "Blitar", "35.05")}, " (contoh)"); err != nil {
		return err
	}
	all, err := p.Centres.List(p.Ctx, p.House)
	if err != nil {
		return err
	}
	at := map[string]id.ID{}
	for _, c := range all {
		at[c.Code] = c.ID
		if err := p.Stays.AddWard(p.Ctx, p.House, c.ID, residence.NewWard{Name: "Melati", Rooms: 2, Beds: 3}); err != nil {
			return err
		}
	}
	for _, who := range people {
		if err := p.hire(who, at[who.centre]); err != nil {
			return err
		}
	}
	return nil
}

type post struct{ login, role, centre, kind, certificate string }

// people are the invented people of the tests: login, role, centre, post (Pasal 42) and certificate.
var people = []post{
	{"ratna", "social_worker", "uji-a", "pekerja_sosial", "PS-001"},
	{"tuti", "social_worker", "uji-a", "pekerja_sosial", ""}, // without a certificate
	{"hari", "social_worker", "uji-a", "tks", ""},
	{"joko", "head_centre", "uji-a", "", ""},
	{"yati", "carer", "uji-a", "", ""},
	{"sari", "social_worker", "uji-b", "pekerja_sosial", "PS-002"},
	{"wulan", "head_division", "", "", ""},
	{"bima", "admin", "", "", ""},
}

func (p *Province) hire(h post, at id.ID) error {
	u := access.NewUser{Login: h.login, Name: string(h.login[0]-'a'+'A') + h.login[1:], Role: h.role}
	if at != 0 {
		u.Centres = []id.ID{at}
	}
	user, err := p.Access.AddUserWith(p.Ctx, p.House, u, Password)
	if err != nil || h.kind == "" {
		return err
	}
	_, err = p.Centres.AddStaff(p.Ctx, p.House, centre.Staff{Centre: at, User: user.ID, Name: user.Name, Kind: h.kind, CertificateNo: h.certificate})
	return err
}

// Must ends the test at an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// As is somebody of the handbook: ratna, joko, sari …
func (p *Province) As(login string) who.Asker {
	p.T.Helper()
	by, err := p.Access.As(p.Ctx, login)
	Must(p.T, err)
	return by
}

// Enter registers somebody at the asker's centre.
func (p *Province) Enter(login string, e person.Entry) person.Person {
	p.T.Helper()
	out, _, err := p.Persons.Register(p.Ctx, p.As(login), e)
	Must(p.T, err)
	return out
}

// Called is an entry with a name alone, and a birth.
func Called(name string, birth person.Birth) person.Entry {
	return person.Entry{Names: []person.Name{{Text: name}}, Birth: birth}
}

// Beds are the beds of a centre.
func (p *Province) Beds(centre id.ID) []residence.Bed {
	p.T.Helper()
	all, err := p.Stays.Beds(p.Ctx, p.House, centre)
	Must(p.T, err)
	return all
}

// Beside opens the same database beside the program, to read or spoil rows by plain SQL.
func (p *Province) Beside() *sql.DB {
	p.T.Helper()
	driver, address := "pgx", p.Address
	if path, ok := strings.CutPrefix(p.Address, "sqlite:"); ok {
		driver, address = "sqlite", "file:"+path+"?_pragma=busy_timeout(5000)"
	}
	db, err := sql.Open(driver, address)
	Must(p.T, err)
	p.T.Cleanup(func() { _ = db.Close() })
	return db
}

// Agree compares what is kept with what can be counted: the tallies with their recount, and the record
// with its seals.
func (p *Province) Agree() {
	p.T.Helper()
	drifts, err := p.Store.Recount(p.Ctx, Measures(), false)
	Must(p.T, err)
	for _, d := range drifts {
		p.T.Errorf("a figure drifted: %s", d)
	}
	_, wrong, err := p.Store.VerifyChain(p.Ctx)
	Must(p.T, err)
	for _, w := range wrong {
		p.T.Errorf("the record: %s", w)
	}
}

// Role is an asker of a role at a centre, or in the whole province; without an account.
func Role(t testing.TB, role string, at id.ID) who.Asker {
	t.Helper()
	r, ok := access.RoleOf(role)
	if !ok {
		t.Fatal(role)
	}
	by := who.Asker{User: id.New(), Name: role, Role: role, Rights: r.Held(), Scope: who.Scope{All: at == 0}}
	if at != 0 {
		by.Scope.Centres = []id.ID{at}
	}
	return by
}
