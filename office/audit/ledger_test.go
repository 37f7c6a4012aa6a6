package audit_test

import (
	"fmt"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/office/audit"
	"tuntas/office/person"
	"tuntas/try/province"
)

func lookAt(p *province.Province, login string, who id.ID) {
	p.T.Helper()
	by := p.As(login)
	by.Via = "page"
	_, err := p.Persons.Look(p.Ctx, by, who)
	province.Must(p.T, err)
	province.Must(p.T, p.Store.FlushLedger(p.Ctx))
}

// Whatever was done is said in both languages.
func TestLedger_inWords(t *testing.T) {
	t.Parallel()
	for _, act := range store.Acts() {
		if say := (audit.Disclosure{Act: act.Name}).Deed(); !text.Has(say) {
			t.Errorf("%s: %q has no English", act.Name, say)
		}
	}
	for _, via := range []string{"page", "api", "command", "export", "print", "file", "emergency", "link"} {
		if say := (audit.Disclosure{Via: via}).Channel(); say == "" || !text.Has(say) {
			t.Errorf("%s: %q has no English", via, say)
		}
	}
}

// The ledger says who saw whom; the head of a centre reads of the persons of the centre, the administrator without
// names, and nobody of a restricted person without the right.
func TestLedger_scope(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		ours := p.Enter("ratna", province.Called("Mbah Karto", person.Birth{}))
		theirs := p.Enter("sari", province.Called("Pak Darmo", person.Birth{}))
		p.Clock.Pass(time.Minute)
		lookAt(p, "ratna", ours.ID)
		lookAt(p, "wulan", ours.ID)
		lookAt(p, "sari", theirs.ID)
		read := func(login string, v audit.View) (out []string) {
			_, lines, _, err := p.Audit.Ledger(p.Ctx, p.As(login), v)
			province.Must(t, err)
			for _, l := range lines {
				if l.Act == "person.look" {
					out = append(out, l.Login+" "+l.Called)
				}
			}
			return out
		}
		for _, c := range []struct {
			login string
			view  audit.View
			want  string
		}{
			{"joko", audit.View{}, "[wulan Mbah Karto ratna Mbah Karto]"},
			{"wulan", audit.View{}, "[sari Pak Darmo wulan Mbah Karto ratna Mbah Karto]"},
			{"bima", audit.View{}, "[sari  wulan  ratna ]"},
			{"joko", audit.View{User: "RATNA"}, "[ratna Mbah Karto]"},
			{"joko", audit.View{User: "sari"}, "[]"},
			{"wulan", audit.View{Person: theirs.ID}, "[sari Pak Darmo]"},
			{"joko", audit.View{Person: theirs.ID}, "[]"},
			{"wulan", audit.View{Via: "api"}, "[]"},
			{"wulan", audit.View{Via: "page", User: "sari"}, "[sari Pak Darmo]"},
			{"wulan", audit.View{From: province.Today.Add(1), To: province.Today.Add(2)}, "[]"},
			{"wulan", audit.View{From: province.Today, To: province.Today, User: "sari"}, "[sari Pak Darmo]"},
		} {
			if got := fmt.Sprint(read(c.login, c.view)); got != c.want {
				t.Errorf("%s, %+v: %s, want %s", c.login, c.view, got, c.want)
			}
		}
		for want, c := range map[string]struct {
			login string
			view  audit.View
		}{
			"denied":       {"ratna", audit.View{}},
			"user unknown": {"wulan", audit.View{User: "nobody"}},
			"to order":     {"wulan", audit.View{From: province.Today, To: province.Today.Add(-1)}},
			"from span":    {"wulan", audit.View{From: province.Today.Add(-400), To: province.Today}},
			"after cursor": {"wulan", audit.View{After: "x"}},
		} {
			if _, _, _, err := p.Audit.Ledger(p.Ctx, p.As(c.login), c.view); province.Refused(err) != want {
				t.Errorf("%s: %v", want, err)
			}
		}
		_, err := p.Persons.Change(p.Ctx, p.As("joko"), ours.ID, ours.Version, person.Entry{Names: ours.Names, Restricted: true})
		province.Must(t, err)
		if got := fmt.Sprint(read("wulan", audit.View{User: "ratna"})); got != "[ratna ]" {
			t.Errorf("of a restricted person: %s", got)
		}
		if got := fmt.Sprint(read("wulan", audit.View{Person: ours.ID})); got != "[]" {
			t.Errorf("a restricted person's own ledger: %s", got)
		}
	})
}

// The extract for a person shows every look at these data, itself among them the next time; a stranger finds nobody.
func TestLedger_extract(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		ours := p.Enter("ratna", province.Called("Mbah Karto", person.Birth{}))
		other := p.Enter("ratna", province.Called("Mbah Karsi", person.Birth{}))
		theirs := p.Enter("sari", province.Called("Pak Darmo", person.Birth{}))
		p.Clock.Pass(time.Minute)
		lookAt(p, "ratna", ours.ID)
		lookAt(p, "ratna", other.ID)
		p.Clock.Pass(time.Minute)
		extract := func(login string, who id.ID) (string, []audit.Disclosure, error) {
			_, called, lines, _, err := p.Audit.Extract(p.Ctx, p.As(login), audit.View{Person: who})
			return called, lines, err
		}
		called, lines, err := extract("joko", ours.ID)
		province.Must(t, err)
		if called != "Mbah Karto" || len(lines) == 0 || lines[0].Act != "person.look" || lines[0].Login != "ratna" {
			t.Errorf("%s: %+v", called, lines)
		}
		before := len(lines)
		p.Clock.Pass(time.Minute)
		if _, lines, err = extract("joko", ours.ID); err != nil || len(lines) != before+1 || lines[0].Act != "ledger.extract" {
			t.Errorf("the extract itself is not in the ledger: %+v, %v", lines, err)
		}
		for _, c := range []struct {
			login string
			who   id.ID
			want  string
		}{{"joko", theirs.ID, "not found"}, {"joko", 7, "not found"}, {"ratna", ours.ID, "denied"}, {"bima", ours.ID, "denied"}, {"wulan", theirs.ID, ""}} {
			if _, _, err := extract(c.login, c.who); province.Refused(err) != c.want {
				t.Errorf("%s: %v, want %s", c.login, err, c.want)
			}
		}
	})
}

// The ledger is read page by page: every line once, the newest first, also those of one moment.
func TestLedger_pages(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		ours := p.Enter("ratna", province.Called("Mbah Karto", person.Birth{}))
		for n := range 120 {
			if n%40 == 0 {
				p.Clock.Pass(time.Minute)
			}
			lookAt(p, "ratna", ours.ID)
		}
		seen, after, pages := map[id.ID]bool{}, "", 0
		last := time.Time{}
		for ; pages == 0 || after != ""; pages++ {
			_, lines, next, err := p.Audit.Ledger(p.Ctx, p.As("wulan"), audit.View{User: "ratna", After: after, To: clock.DayOf(p.Clock.Now())})
			province.Must(t, err)
			for _, l := range lines {
				if seen[l.ID] || !last.IsZero() && l.At.After(last) {
					t.Errorf("%v comes twice, or out of order", l)
				}
				seen[l.ID], last = true, l.At
			}
			after = next
		}
		if pages != 3 || len(seen) < 120 {
			t.Errorf("%d lines on %d pages", len(seen), pages)
		}
	})
}

// The page of a centre looks through a part of the ledger and no further; the next goes on from there, and no line
// is lost or comes twice.
func TestLedger_lookedThroughInParts(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		ours := p.Enter("ratna", province.Called("Mbah Karto", person.Birth{}))
		theirs := p.Enter("sari", province.Called("Pak Darmo", person.Birth{}))
		for n := range 60 {
			if p.Clock.Pass(time.Second); n%20 < 3 {
				lookAt(p, "ratna", ours.ID)
				lookAt(p, "ratna", ours.ID)
			} else {
				lookAt(p, "sari", theirs.ID)
			}
		}
		p.Audit.LookBack(10)
		seen, after, pages, empty := map[id.ID]bool{}, "", 0, 0
		for ; pages == 0 || after != ""; pages++ {
			_, lines, next, err := p.Audit.Ledger(p.Ctx, p.As("joko"), audit.View{After: after})
			province.Must(t, err)
			if len(lines) == 0 {
				empty++
			}
			for _, l := range lines {
				if seen[l.ID] {
					t.Errorf("%v comes twice", l)
				}
				if seen[l.ID] = true; l.Login == "sari" {
					t.Errorf("%v is not of the centre", l)
				}
			}
			after = next
		}
		if len(seen) < 18 || pages < 5 || empty == 0 {
			t.Errorf("%d lines on %d pages, %d of them empty", len(seen), pages, empty)
		}
	})
}
