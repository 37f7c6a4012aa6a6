package publication_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/person"
	"tuntas/office/publication"
	"tuntas/try/clause"
	"tuntas/try/province"
)

const today = province.Today

var yes = publication.Verdict{Person: true, Consent: true, Dignity: true, Data: true}

func desk(p *province.Province) *publication.Desk {
	return publication.New(p.Store, p.Persons, centre.New(p.Store))
}

func text(title string) publication.Text {
	return publication.Text{Title: title, Lead: "Pembuka.", Body: "Isi artikel tentang anyaman.", Topic: "event"}
}

// got gives what a verb gives that must not fail.
func got[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// editor is somebody of the province who did not write it.
func editor(p *province.Province) who.Asker { return p.As("wulan") }

// out writes an article of institution A and publishes it.
func out(t *testing.T, p *province.Province, d *publication.Desk, in publication.Text, people ...publication.NewSubject) (a publication.Article, codes []string) {
	t.Helper()
	a = got(d.Write(p.Ctx, p.As("joko"), publication.NewArticle{Text: in}))
	for _, s := range people {
		_, code, err := d.AddSubject(p.Ctx, p.As("joko"), a.ID, s)
		province.Must(t, err)
		codes = append(codes, code)
	}
	got(d.Submit(p.Ctx, p.As("joko"), a.ID, 0))
	got(d.Approve(p.Ctx, editor(p), a.ID, 0, yes))
	return got(d.Publish(p.Ctx, editor(p), a.ID, 0, publication.Plan{})), codes
}

func somebody() publication.NewSubject {
	return publication.NewSubject{Called: "Mbah Uji", Child: "no", GivenBy: "self", Evidence: "Map uji", GivenOn: today.Add(-1), Until: today.Add(30), Channels: []string{"site"}}
}

// Each step is possible from its states alone.
func TestMoves(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		steps := map[string]func(id.ID) error{
			"submit": func(a id.ID) error { _, err := d.Submit(p.Ctx, p.As("joko"), a, 0); return err },
			"return": func(a id.ID) error {
				_, err := d.Return(p.Ctx, editor(p), a, 0, publication.Reason{Reason: "x"})
				return err
			},
			"approve": func(a id.ID) error { _, err := d.Approve(p.Ctx, editor(p), a, 0, yes); return err },
			"publish": func(a id.ID) error { _, err := d.Publish(p.Ctx, editor(p), a, 0, publication.Plan{}); return err },
			"withdraw": func(a id.ID) error {
				_, err := d.Withdraw(p.Ctx, p.As("joko"), a, 0, publication.Reason{Reason: "x"})
				return err
			},
			"correct": func(a id.ID) error {
				_, err := d.Correct(p.Ctx, editor(p), a, 0, publication.Correction{Title: "J", Lead: "L", Body: "B", Note: "N"})
				return err
			},
			"edit": func(a id.ID) error { _, err := d.Edit(p.Ctx, p.As("joko"), a, 0, text("Lain")); return err },
		}
		way := map[string][]string{"draft": nil, "review": {"submit"}, "approved": {"submit", "approve"}, "published": {"submit", "approve", "publish"},
			"withdrawn": {"submit", "approve", "publish", "withdraw"}}
		may := map[string]string{"draft": "submit edit", "review": "return approve edit", "approved": "return publish edit", "published": "withdraw correct", "withdrawn": "submit edit"}
		for state, path := range way {
			for step, do := range steps {
				a := got(d.Write(p.Ctx, p.As("joko"), publication.NewArticle{Text: text("Dari " + state + " " + step)}))
				for _, s := range path {
					province.Must(t, steps[s](a.ID))
				}
				err := do(a.ID)
				if ok := strings.Contains(" "+may[state]+" ", " "+step+" "); ok != (err == nil) {
					t.Errorf("%s from %s: %v", step, state, err)
				} else if !ok && !isRule(err) {
					t.Errorf("%s from %s is refused by %v, not by a rule", step, state, err)
				}
			}
		}
	})
}

func isRule(err error) bool {
	var r *fail.Rule
	return errors.As(err, &r)
}

// Nobody approves what they wrote at, an institution's own head approves nothing, and each question is answered.
// Clause SE2-23: nobody is used to beg (SE Mensos 2/2023).
func TestApprove(t *testing.T) {
	t.Parallel()
	clause.Test(t, "SE2-23")
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		own := got(d.Write(p.Ctx, editor(p), publication.NewArticle{Text: text("Dari provinsi")}))
		got(d.Submit(p.Ctx, editor(p), own.ID, 0))
		if _, err := d.Approve(p.Ctx, editor(p), own.ID, 0, yes); !isRule(err) {
			t.Errorf("an author approves the own article: %v", err)
		}
		if _, err := d.Look(p.Ctx, p.As("joko"), own.ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("the province's draft is seen by an institution: %v", err)
		}
		a := got(d.Write(p.Ctx, p.As("joko"), publication.NewArticle{Text: text("Dari UPT")}))
		got(d.Submit(p.Ctx, p.As("joko"), a.ID, 0))
		if _, err := d.Approve(p.Ctx, p.As("joko"), a.ID, 0, yes); !errors.Is(err, fail.Denied) {
			t.Errorf("the head of an institution approves: %v", err)
		}
		for n := range 4 {
			v := yes
			for i, answer := range []*bool{&v.Person, &v.Consent, &v.Dignity, &v.Data} {
				*answer = i != n
			}
			if _, err := d.Approve(p.Ctx, editor(p), a.ID, 0, v); !isRule(err) {
				t.Errorf("approved with question %d open: %v", n+1, err)
			}
		}
		in := text("Menyebut orang")
		in.Names = true
		edited := got(d.Edit(p.Ctx, p.As("joko"), a.ID, 0, in))
		got(d.Submit(p.Ctx, p.As("joko"), edited.ID, 0))
		if _, err := d.Approve(p.Ctx, editor(p), a.ID, 0, yes); !isRule(err) {
			t.Errorf("approved with a person and no consent: %v", err)
		}
		// An institution writes for itself alone.
		if _, err := d.Write(p.Ctx, p.As("joko"), publication.NewArticle{Centre: p.B, Text: text("Untuk yang lain")}); !errors.Is(err, fail.NotFound) {
			t.Errorf("written for another institution: %v", err)
		}
	})
}

// What a consent needs (UU 27/2022 Pasal 22, 25, 26), as a table.
func TestAddSubject(t *testing.T) {
	t.Parallel()
	clause.Test(t, "U27-25")
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		a := got(d.Write(p.Ctx, p.As("joko"), publication.NewArticle{Text: text("Kisah")}))
		for name, one := range map[string]struct {
			change func(*publication.NewSubject)
			field  string
		}{
			"good":                     {func(*publication.NewSubject) {}, ""},
			"guardian of a child":      {func(s *publication.NewSubject) { s.Child, s.GivenBy, s.Relation = "yes", "guardian", "Bu Sri, bibi" }, ""},
			"child by itself":          {func(s *publication.NewSubject) { s.Child = "yes" }, "given_by"},
			"guardian without a name":  {func(s *publication.NewSubject) { s.Child, s.GivenBy = "yes", "guardian" }, "relation"},
			"over":                     {func(s *publication.NewSubject) { s.Until = today.Add(-1) }, "until"},
			"for ever":                 {func(s *publication.NewSubject) { s.Until = today.AddMonths(25) }, "until"},
			"not for this site":        {func(s *publication.NewSubject) { s.Channels = []string{"print"} }, "channels"},
			"a channel that is not":    {func(s *publication.NewSubject) { s.Channels = []string{"site", "tv"} }, "channels"},
			"no evidence":              {func(s *publication.NewSubject) { s.Evidence = "" }, "evidence"},
			"given tomorrow":           {func(s *publication.NewSubject) { s.GivenOn = today.Add(1) }, "given_on"},
			"not said whether a child": {func(s *publication.NewSubject) { s.Child = "" }, "child"},
		} {
			in := somebody()
			one.change(&in)
			_, _, err := d.AddSubject(p.Ctx, p.As("joko"), a.ID, in)
			var bad *fail.Invalid
			switch {
			case one.field == "" && err != nil:
				t.Errorf("%s: %v", name, err)
			case one.field != "" && (!errors.As(err, &bad) || bad.Fields[0].Name != one.field):
				t.Errorf("%s: %v, want a word at %s", name, err, one.field)
			}
		}
		if _, _, err := d.AddSubject(p.Ctx, p.As("sari"), a.ID, somebody()); !errors.Is(err, fail.Denied) && !errors.Is(err, fail.NotFound) {
			t.Errorf("a stranger writes a consent: %v", err)
		}
	})
}

// shows tells by which ways the public still finds an article.
func shows(t *testing.T, p *province.Province, d *publication.Desk, a publication.Article) (ways []string) {
	t.Helper()
	if _, err := d.Read(p.Ctx, a.Slug); err == nil {
		ways = append(ways, "page")
	} else if !errors.Is(err, publication.Gone) && !errors.Is(err, fail.NotFound) {
		t.Error(err)
	}
	for _, n := range got(d.Newest(p.Ctx, publication.Choice{})) {
		if n.ID == a.ID {
			ways = append(ways, "feed")
		}
	}
	for _, e := range got(d.Map(p.Ctx)) {
		if e.Slug == a.Slug {
			ways = append(ways, "sitemap")
		}
	}
	for _, n := range got(d.Find(p.Ctx, "anyaman")) {
		if n.ID == a.ID {
			ways = append(ways, "search")
		}
	}
	if a.Image != 0 {
		if _, _, err := d.Picture(p.Ctx, a.Image, 640); err == nil {
			ways = append(ways, "image")
		}
	}
	return ways
}

// A consent that ends in any way takes the article off every way at once; the job then leaves the proof.
func TestConsent_ends(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		in := text("Kisah anyaman")
		in.Names = true
		for name, end := range map[string]func(publication.Article, string){
			"by code": func(_ publication.Article, code string) {
				province.Must(t, d.WithdrawByCode(p.Ctx, publication.ByCode{Code: " " + strings.ToLower(code)}))
				if err := d.WithdrawByCode(p.Ctx, publication.ByCode{Code: code}); err == nil {
					t.Error("a code works twice")
				}
			},
			"by staff": func(a publication.Article, _ string) {
				s := got(d.Look(p.Ctx, p.As("joko"), a.ID))
				got(d.WithdrawSubject(p.Ctx, p.As("joko"), s.Subjects[0].ID, publication.Reason{Reason: "diminta"}))
			},
			"by its day": func(publication.Article, string) { p.Clock.To(today.Add(31)) },
		} {
			p.Clock.To(today)
			a, codes := out(t, p, d, in, somebody())
			if ways := shows(t, p, d, a); fmt.Sprint(ways) != "[page feed sitemap search]" {
				t.Fatalf("%s: before, it is shown by %v", name, ways)
			}
			end(a, codes[0])
			if ways := shows(t, p, d, a); len(ways) != 0 {
				t.Errorf("%s: still shown by %v", name, ways)
			}
			if _, err := d.Read(p.Ctx, a.Slug); !errors.Is(err, publication.Gone) {
				t.Errorf("%s: its address says %v", name, err)
			}
			province.Must(t, d.Watch(p.Ctx))
			s := got(d.Look(p.Ctx, p.As("joko"), a.ID))
			if s.State != publication.Withdrawn || s.Reason == "" {
				t.Errorf("%s: the proof says %s %q", name, s.State, s.Reason)
			}
		}
		if err := d.WithdrawByCode(p.Ctx, publication.ByCode{Code: "AAAA-AAAA-AAAA"}); err == nil {
			t.Error("a code that nobody has")
		}
	})
}

// A story that rests on a consent of the registry goes with it.
func TestConsent_ofRegistry(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		karto := p.Enter("ratna", province.Called("Mbah Karto", person.Birth{})).ID
		given := person.Consent{Purpose: publication.Purpose, GivenOn: today.Add(-2), GivenBy: "self", Form: "written", Evidence: "Map", ExpiresOn: today.Add(40)}
		given = got(p.Persons.GiveConsent(p.Ctx, p.As("ratna"), karto, given))
		other := got(p.Persons.GiveConsent(p.Ctx, p.As("ratna"), karto, person.Consent{Purpose: "service", GivenOn: today.Add(-2), GivenBy: "self", Form: "written"}))
		in := text("Kisah Mbah Karto")
		in.Names = true
		a := got(d.Write(p.Ctx, p.As("joko"), publication.NewArticle{Text: in}))
		s := publication.NewSubject{Called: "Mbah Karto", Person: karto, Consent: given.ID, Until: today.Add(30), Channels: []string{"site"}}
		for name, wrong := range map[string]func(s publication.NewSubject) publication.NewSubject{
			"longer than the consent": func(s publication.NewSubject) publication.NewSubject { s.Until = today.Add(41); return s },
			"of another purpose":      func(s publication.NewSubject) publication.NewSubject { s.Consent = other.ID; return s },
			"of nobody":               func(s publication.NewSubject) publication.NewSubject { s.Person = id.New(); return s },
		} {
			if _, _, err := d.AddSubject(p.Ctx, p.As("joko"), a.ID, wrong(s)); err == nil {
				t.Errorf("a consent %s is taken", name)
			}
		}
		a, _ = out(t, p, d, in, s)
		if len(shows(t, p, d, a)) == 0 {
			t.Fatal("not shown")
		}
		province.Must(t, p.Persons.WithdrawConsent(p.Ctx, p.As("ratna"), karto, given.ID, "Mbah Karto"))
		if ways := shows(t, p, d, a); len(ways) != 0 {
			t.Errorf("still shown by %v", ways)
		}
	})
}

// A planned article appears with its moment and goes with its end, without any job.
func TestPublish_byClock(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		a := got(d.Write(p.Ctx, p.As("joko"), publication.NewArticle{Text: text("Besok")}))
		got(d.Submit(p.Ctx, p.As("joko"), a.ID, 0))
		got(d.Approve(p.Ctx, editor(p), a.ID, 0, yes))
		for name, plan := range map[string]publication.Plan{"yesterday": {On: today.Add(-1)}, "an end before": {On: today.Add(2), Until: today.Add(1)}, "an hour alone": {Hour: "07.00"},
			"no hour": {On: today.Add(1), Hour: "25.99"}} {
			if _, err := d.Publish(p.Ctx, editor(p), a.ID, 0, plan); err == nil {
				t.Errorf("planned for %s", name)
			}
		}
		a = got(d.Publish(p.Ctx, editor(p), a.ID, 0, publication.Plan{On: today.Add(1), Hour: "07.30", Until: today.Add(2)}))
		at := func(want string, wantErr error) {
			t.Helper()
			_, err := d.Read(p.Ctx, a.Slug)
			if (wantErr == nil) != (err == nil) || wantErr != nil && !errors.Is(err, wantErr) || string(a.StateOn(p.Clock.Now())) != want {
				t.Errorf("at %v: %v, %s; want %s", p.Clock.Now(), err, a.StateOn(p.Clock.Now()), want)
			}
		}
		at("scheduled", fail.NotFound)
		p.Clock.To(today.Add(1))
		p.Clock.Pass(-4*time.Hour - 31*time.Minute)
		at("scheduled", fail.NotFound)
		p.Clock.Pass(2 * time.Minute)
		at("published", nil)
		p.Clock.To(today.Add(2))
		at("published", nil)
		p.Clock.To(today.Add(3))
		at("expired", publication.Gone)
		province.Must(t, d.Watch(p.Ctx))
		if s := got(d.Look(p.Ctx, p.As("joko"), a.ID)); s.State != publication.Expired {
			t.Errorf("the proof says %s", s.State)
		}
	})
}

// Ten articles of one title at once get ten addresses.
func TestWrite_sameTitle(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		var mu sync.Mutex
		var all sync.WaitGroup
		slugs := map[string]bool{}
		for range 10 {
			all.Go(func() {
				a, err := d.Write(p.Ctx, p.As("joko"), publication.NewArticle{Text: text("Satu judul")})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				slugs[a.Slug] = true
				mu.Unlock()
			})
		}
		all.Wait()
		if len(slugs) != 10 {
			t.Errorf("%d addresses: %v", len(slugs), slugs)
		}
	})
}

// A correction keeps what was there, and everybody reads its note; every revision stays.
func TestCorrect(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		a, _ := out(t, p, d, text("Dengan salah"))
		got(d.Correct(p.Ctx, editor(p), a.ID, 0, publication.Correction{Title: "Dengan benar", Lead: "L", Body: "Isi lain", Note: "Semula 12; yang benar 21."}))
		s := got(d.Read(p.Ctx, a.Slug))
		if s.Title != "Dengan benar" || len(s.Notes) != 1 || s.Notes[0].Text != "Semula 12; yang benar 21." || s.Corrected == 0 {
			t.Errorf("%+v", s)
		}
		if found := got(d.Find(p.Ctx, "anyaman")); len(found) != 0 {
			t.Errorf("found by a word that is gone: %v", found)
		}
		sheet := got(d.Look(p.Ctx, p.As("joko"), a.ID))
		if len(sheet.Revisions) != 2 || sheet.Revisions[1].Title != "Dengan salah" || sheet.Slug != a.Slug {
			t.Errorf("%+v", sheet.Revisions)
		}
	})
}
