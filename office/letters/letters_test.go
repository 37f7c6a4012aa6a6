package letters_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/office/casework"
	"tuntas/office/letters"
	"tuntas/office/person"
	"tuntas/try/golden"
)

// Every letter as it reads, from one case that went all the way. The date is that of the test; NIK is whole because the
// head, who issues, may see it.
func TestLetters_text(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		c := o.sumarni("Mbah Sumarni")
		o.assessed(c)
		all := []letters.Letter{o.issued(c, letters.Admission), o.issued(c, letters.Summary)}
		o.planned(c)
		all = append(all, o.issued(c, letters.Plan), o.issued(c, letters.Referral))
		o.gone(c)
		all = append(all, o.issued(c, letters.Termination), o.issued(c, letters.Handover))
		g, err := o.desk.PrepareBalance(o.Ctx, o.kas, o.A, letters.NewBalance{Month: "2026-10"})
		must(t, err)
		balance, err := o.desk.Issue(o.Ctx, o.joko, g.ID, 0, letters.Signing{})
		must(t, err)
		for _, l := range append(all, balance) {
			l, _, err := o.desk.Print(o.Ctx, o.joko, l.ID, "uji")
			must(t, err)
			golden.Same(t, "testdata/"+l.Kind+".golden", []byte(plain(l)))
		}
	})
}

// plain writes a letter as words, for the golden files.
func plain(l letters.Letter) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	body := l.Body
	for _, s := range slices.Concat(body.Head, body.Title) {
		line("%s", s)
	}
	line("Nomor %s", l.Number)
	for _, s := range body.Recipient {
		line("> %s", s)
	}
	for _, k := range body.Blocks {
		line("")
		if k.Text != "" {
			line("[%s] %s", k.Kind, k.Text)
		}
		for _, f := range k.Facts {
			line("%s : %s", f.Name, f.Text)
		}
		for i, s := range k.Items {
			line("%d. %s", i+1, s)
		}
		var names []string
		for _, col := range k.Cols {
			names = append(names, col.Name)
		}
		if len(names) > 0 {
			line("| %s |", strings.Join(names, " | "))
		}
		for _, r := range k.Rows {
			line("| %s |", strings.Join(r, " | "))
		}
	}
	line("\n%s, %s\n%s\n%s", body.Town, l.On, body.Signer.Post, body.Signer.Name)
	if body.Other != nil {
		line("%s: %s", body.Other.Post, body.Other.Name)
	}
	for _, s := range body.Copies {
		line("Tembusan: %s", s)
	}
	return b.String()
}

// Sixteen heads issue at once: all succeed, and each letter has a number of its own.
func TestNumber_race(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		c := o.sumarni("Mbah Race")
		o.assessed(c)
		var drafts []letters.Draft
		for range 16 {
			drafts = append(drafts, o.draft(c, letters.Referral))
		}
		numbers, errs := make([]string, 16), make([]error, 16)
		var all sync.WaitGroup
		for i, g := range drafts {
			all.Go(func() {
				l, err := o.desk.Issue(o.Ctx, o.joko, g.ID, 0, letters.Signing{})
				numbers[i], errs[i] = l.Number, err
			})
		}
		all.Wait()
		seen := map[string]bool{}
		for i, n := range numbers {
			must(t, errs[i])
			if seen[n] {
				t.Errorf("%s was given twice", n)
			}
			seen[n] = true
		}
		for n := 1; n <= 16; n++ {
			if want := fmt.Sprintf("%d/UJI-A/2026", n); !seen[want] {
				t.Errorf("%s was left out: %v", want, numbers)
			}
		}
	})
}

// Sixteen letters get the same number from the agenda book at once: one has it, and the others are told which letter that
// is, however the number was spaced.
func TestNumber_takenAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		c := o.sumarni("Mbah Agenda")
		o.assessed(c)
		o.book()
		var drafts []letters.Draft
		for range 16 {
			drafts = append(drafts, o.draft(c, letters.Referral))
		}
		errs := make([]error, 16)
		var all sync.WaitGroup
		for i, g := range drafts {
			typed := []string{"460/7/UPT", "460 / 7 / upt"}[i%2]
			all.Go(func() { _, errs[i] = o.desk.Issue(o.Ctx, o.joko, g.ID, 0, letters.Signing{Number: typed}) })
		}
		all.Wait()
		issued := 0
		for i, err := range errs {
			switch {
			case err == nil:
				issued++
			case refusal(err) != "number:taken":
				t.Errorf("the %d. letter: %v", i+1, err)
			}
		}
		waiting, _, err := o.desk.Waiting(o.Ctx, o.joko, 0)
		must(t, err)
		if issued != 1 || waiting != 15 {
			t.Errorf("%d letters have the number, %d drafts wait", issued, waiting)
		}
	})
}

// What waits for a signature: counted, the longest first for the card, paged newest first for its list, and only that of
// one's own centre.
func TestWaiting(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		c := o.sumarni("Mbah Tunggu")
		o.assessed(c)
		var want []id.ID
		for range 7 {
			want = append(want, o.draft(c, letters.Referral).ID)
		}
		_, err := o.desk.Withdraw(o.Ctx, o.ratna, want[0], 0)
		must(t, err)
		_, err = o.desk.Issue(o.Ctx, o.joko, want[1], 0, letters.Signing{})
		must(t, err)
		want = want[2:]
		n, first, err := o.desk.Waiting(o.Ctx, o.joko, 3)
		must(t, err)
		if n != 5 || len(first) != 3 || first[0].ID != want[0] || first[2].ID != want[2] {
			t.Errorf("the card says %d, and first %v", n, first)
		}
		var listed []id.ID
		for after := id.ID(0); ; {
			page, err := o.desk.Drafts(o.Ctx, o.joko, after, 2)
			must(t, err)
			if len(page) == 0 {
				break
			}
			for _, g := range page {
				listed = append(listed, g.ID)
			}
			after = page[len(page)-1].ID
		}
		slices.Reverse(listed)
		if !slices.Equal(listed, want) {
			t.Errorf("the list has %v, not %v", listed, want)
		}
		if n, first, err := o.desk.Waiting(o.Ctx, o.sari, 3); n != 0 || len(first) != 0 || err != nil {
			t.Errorf("a stranger is told of %d: %v %v", n, first, err)
		}
		if _, _, err := o.desk.Waiting(o.Ctx, o.bima, 3); refusal(err) != "denied" {
			t.Errorf("who sees no cases: %v", err)
		}
	})
}

// Two heads sign the same draft at once: one letter, and the other is told its number.
func TestIssue_twoHeads(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		c := o.sumarni("Mbah Dua")
		g := o.draft(c, letters.Admission)
		errs := make([]error, 2)
		var both sync.WaitGroup
		for i := range errs {
			both.Go(func() { _, errs[i] = o.desk.Issue(o.Ctx, o.joko, g.ID, 0, letters.Signing{}) })
		}
		both.Wait()
		got := []string{fmt.Sprint(errs[0]), fmt.Sprint(errs[1])}
		slices.Sort(got)
		if !slices.Contains(got, "<nil>") || !strings.Contains(got[0]+got[1], "letter-issued") && !strings.Contains(got[0]+got[1], "stale") {
			t.Errorf("%v", got)
		}
		all, _, err := o.desk.List(o.Ctx, o.joko, letters.Filter{})
		must(t, err)
		if len(all) != 1 {
			t.Errorf("%d letters", len(all))
		}
		// Another draft of the same decision is refused too: there is one decision.
		if _, err := o.desk.Issue(o.Ctx, o.joko, o.draft(c, letters.Admission).ID, 0, letters.Signing{}); refusal(err) != "letter-issued" {
			t.Errorf("a second decision: %s", refusal(err))
		}
	})
}

// book lets the office take its numbers from an agenda book.
func (o *office) book() {
	o.T.Helper()
	_, err := o.desk.SetOffice(o.Ctx, o.joko, o.A, 0, letters.SetOffice{Numbering: letters.Book, Paper: "A4"})
	must(o.T, err)
}

// A number taken twice in an office and year is refused at its field, however it is typed; who has it is told by number
// and day alone. Another year, and another office, are free.
func TestNumber_twice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		o.book()
		c := o.sumarni("Mbah Buku")
		o.assessed(c)
		sign := func(number string, on clock.Day) (letters.Letter, error) {
			return o.desk.Issue(o.Ctx, o.joko, o.draft(c, letters.Referral).ID, 0, letters.Signing{Number: number, On: on})
		}
		if _, err := sign("", ""); refusal(err) != "number:required" {
			t.Errorf("without a number: %s", refusal(err))
		}
		if _, err := sign("460/7", today.Add(1)); refusal(err) != "on:future" {
			t.Errorf("tomorrow: %s", refusal(err))
		}
		if _, err := sign("460/7", today.Add(-20)); refusal(err) != "on:order" {
			t.Errorf("before the case: %s", refusal(err))
		}
		first, err := sign("460/7/UPT", today.Add(-1))
		must(t, err)
		for _, again := range []string{"460/7/UPT", " 460 / 7 / upt "} {
			_, err := sign(again, "")
			if refusal(err) != "number:taken" || !strings.Contains(err.Error(), "460/7/UPT") || strings.Contains(err.Error(), "Mbah") {
				t.Errorf("%q: %v", again, err)
			}
		}
		_, err = o.desk.Annul(o.Ctx, o.joko, first.ID, 0, letters.Annulment{Reason: "Salah alamat"})
		must(t, err)
		if _, err := sign("460/7/UPT", ""); refusal(err) != "number:taken" {
			t.Errorf("the number of an annulled letter: %s", refusal(err))
		}
		// Counting begins where nothing stands in the way.
		_, err = o.desk.SetOffice(o.Ctx, o.joko, o.A, 0, letters.SetOffice{Numbering: letters.Running, Format: "460/{nomor}/upt", Paper: "A4"})
		must(t, err)
		for n := 1; n <= 8; n++ {
			l := o.issued(c, letters.Referral)
			if want := fmt.Sprintf("460/%d/upt", n+n/7); l.Number != want {
				t.Errorf("the %d. letter is %s, not %s", n, l.Number, want)
			}
		}
		if _, err := sign("460/99/upt", ""); refusal(err) != "number:running" {
			t.Errorf("typed where the system counts: %s", refusal(err))
		}
	})
}

// Property: whatever is issued and annulled, by hand or counted, the numbers of an office and a year are unique.
func TestNumber_unique(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		c := o.sumarni("Mbah Unik")
		o.assessed(c)
		have := map[string]id.ID{}
		rapid.Check(t, func(r *rapid.T) {
			for range 3 {
				in := letters.Signing{}
				set := letters.SetOffice{Numbering: letters.Running, Format: "A/{nomor}", Paper: "A4"}
				if rapid.Bool().Draw(r, "book") {
					set.Numbering, in.Number = letters.Book, fmt.Sprintf("a / %d", rapid.IntRange(1, 40).Draw(r, "number"))
				}
				_, err := o.desk.SetOffice(o.Ctx, o.joko, o.A, 0, set)
				must(t, err)
				l, err := o.desk.Issue(o.Ctx, o.joko, o.draft(c, letters.Referral).ID, 0, in)
				key := strings.ToLower(strings.ReplaceAll(or(l.Number, in.Number), " ", ""))
				_, taken := have[key]
				if (err != nil) != taken {
					r.Fatalf("%q: taken %v, %v", key, taken, err)
				}
				if have[key] = l.ID; err == nil && rapid.IntRange(0, 3).Draw(r, "annul") == 0 {
					_, err = o.desk.Annul(o.Ctx, o.joko, l.ID, 0, letters.Annulment{Reason: "uji"})
					must(t, err)
				}
			}
		})
	})
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// What was issued stays as it was, whatever becomes of the case and of the settings.
func TestLetter_frozen(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		c := o.sumarni("Mbah Beku")
		l := o.issued(c, letters.Admission)
		before, _, err := o.desk.Print(o.Ctx, o.joko, l.ID, "uji")
		must(t, err)
		file, err := letters.PDF(before, printing)
		must(t, err)
		o.assessed(c)
		p, err := o.Persons.Look(o.Ctx, o.ratna, c.Person)
		must(t, err)
		_, err = o.Persons.Change(o.Ctx, o.ratna, c.Person, p.Version, person.Entry{Names: []person.Name{{Kind: "legal", Text: "Sri Beku"}}, Sex: "male", Birth: p.Birth})
		must(t, err)
		o.book()
		after, _, err := o.desk.Print(o.Ctx, o.joko, l.ID, "uji")
		must(t, err)
		if plain(before) != plain(after) || after.Template != "admission/1" {
			t.Errorf("before:\n%s\nafter:\n%s", plain(before), plain(after))
		}
		again, err := letters.PDF(after, printing)
		must(t, err)
		if string(file) != string(again) {
			t.Error("the file of the same letter, printed by the same person at the same moment, differs")
		}
	})
}

// A letter of admission is the decision: the case has it from the same moment, and waits again when it is annulled.
func TestAdmission_decides(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, o *office) {
		c := o.sumarni("Mbah Putus")
		l := o.issued(c, letters.Admission)
		look := func() casework.File {
			f, err := o.Cases.Look(o.Ctx, o.ratna, c.ID)
			must(t, err)
			return f
		}
		if f := look(); f.DecisionNo != l.Number || f.DecisionOn != today {
			t.Errorf("the case has %q, %s", f.DecisionNo, f.DecisionOn)
		}
		_, err := o.desk.Annul(o.Ctx, o.joko, l.ID, 0, letters.Annulment{Reason: "Nama keliru"})
		must(t, err)
		if f := look(); f.DecisionNo != "" {
			t.Errorf("the annulled decision stands: %q", f.DecisionNo)
		}
		if again := o.issued(c, letters.Admission); look().DecisionNo != again.Number || again.Number == l.Number {
			t.Errorf("the new decision: %s, %s", look().DecisionNo, again.Number)
		}
		if _, err := o.desk.Annul(o.Ctx, o.joko, l.ID, 0, letters.Annulment{Reason: "lagi"}); refusal(err) != "letter-annulled" {
			t.Errorf("annulled twice: %s", refusal(err))
		}
		open, _, err := o.Persons.Register(o.Ctx, o.ratna, person.Entry{Centre: o.A, Names: []person.Name{{Kind: "working", Text: "Tanpa Syarat"}}})
		must(t, err)
		bare, err := o.Cases.Open(o.Ctx, o.ratna, casework.Opening{Person: open.ID, Centre: o.A, Kind: "lansia_telantar", OpenedOn: today})
		must(t, err)
		if _, err := o.desk.Issue(o.Ctx, o.joko, o.draft(bare, letters.Admission).ID, 0, letters.Signing{}); !strings.HasPrefix(refusal(err), "stage-gate criterion-") {
			t.Errorf("criteria open: %s", refusal(err))
		}
	})
}
