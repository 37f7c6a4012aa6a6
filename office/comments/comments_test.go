package comments_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"tuntas/house/fail"
	"tuntas/house/gate"
	"tuntas/house/id"
	"tuntas/office/centre"
	"tuntas/office/comments"
	"tuntas/office/participation"
	"tuntas/office/person"
	"tuntas/office/publication"
	"tuntas/try/province"
)

// talk is the desk with an article of institution A that is out.
type talk struct {
	*province.Province
	t     *testing.T
	desk  *comments.Desk
	news  *publication.Desk
	about publication.Article
}

func each(t *testing.T, do func(*testing.T, *talk)) {
	province.Each(t, func(t *testing.T, p *province.Province) {
		news := publication.New(p.Store, p.Persons, centre.New(p.Store))
		k := &talk{p, t, comments.New(p.Store, news, participation.New(p.Store, p.Cases), p.Persons), news, publication.Article{}}
		k.about = got(news.Write(p.Ctx, p.As("joko"), publication.NewArticle{Text: publication.Text{Title: "Kebun", Lead: "Panen.", Body: "Isi.", Topic: "event"}}))
		got(news.Submit(p.Ctx, p.As("joko"), k.about.ID, 0))
		got(news.Approve(p.Ctx, p.As("wulan"), k.about.ID, 0, publication.Verdict{Person: true, Consent: true, Dignity: true, Data: true}))
		k.about = got(news.Publish(p.Ctx, p.As("wulan"), k.about.ID, 0, publication.Plan{}))
		do(t, k)
	})
}

func got[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// send sends a comment as a person does, from an address.
func (k *talk) send(from, body string) (secret string, err error) {
	stamp := got(k.desk.Stamp(k.Ctx))
	k.Clock.Pass(10 * time.Second)
	return k.desk.Send(k.Ctx, from, k.about.Slug, comments.NewComment{Name: "Pembaca", Body: body, Sent: gate.Sent{Stamp: stamp}})
}

// sent sends one that must arrive.
func (k *talk) sent(body string) comments.Own {
	k.t.Helper()
	k.Clock.Pass(15 * time.Minute) // far below what one address may send
	return got(k.desk.Receipt(k.Ctx, got(k.send("198.51.100.7", body))))
}

// Each deed is possible from its states alone.
func TestMoves(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, k *talk) {
		by, n := k.As("joko"), 0
		deeds := map[string]func(id.ID) error{
			"show": func(c id.ID) error { _, err := k.desk.Show(k.Ctx, by, c, 0, comments.Showing{}); return err },
			"refuse": func(c id.ID) error {
				_, err := k.desk.Refuse(k.Ctx, by, c, 0, comments.Refusal{Reason: "off"})
				return err
			},
			"complain": func(c id.ID) error {
				_, err := k.desk.Complain(k.Ctx, by, c, 0, comments.Grievance{Category: "service"})
				return err
			},
			"undo": func(c id.ID) error { _, err := k.desk.Undo(k.Ctx, by, c, 0); return err },
			"reply": func(c id.ID) error {
				_, err := k.desk.Reply(k.Ctx, by, c, 0, comments.Answer{Answer: "Ya."})
				return err
			},
		}
		way := map[string][]string{"held": nil, "shown": {"show"}, "refused": {"refuse"}, "complaint": {"complain"}}
		may := map[string]string{"held": "show refuse complain", "shown": "refuse complain undo reply", "refused": "show complain undo", "complaint": ""}
		for state, path := range way {
			for deed, do := range deeds {
				n++
				c := k.sent(fmt.Sprintf("Komentar ke-%d.", n))
				for _, step := range path {
					province.Must(t, deeds[step](c.ID))
				}
				err := do(c.ID)
				var broken *fail.Rule
				if want := strings.Contains(" "+may[state]+" ", " "+deed+" "); (err == nil) != want || !want && !errors.As(err, &broken) {
					t.Errorf("%s of one that is %s: %v", deed, state, err)
				}
			}
		}
	})
}

// What marks a comment, and the lane it lies in.
func TestFound(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, k *talk) {
		k.Enter("ratna", person.Entry{Names: []person.Name{{Text: "Sumarni Hartatik"}}})
		for body, want := range map[string]string{
			"Bagus sekali, terima kasih.":                    "plain",
			"NIK saya 3509 0101 0101 0001, tolong.":          "personal",
			"Hubungi 0812-3456-7890 ya.":                     "personal",
			"Telepon +62 812 3456 7890.":                     "personal",
			"Surel saya budi@contoh.id":                      "personal",
			"Saya kenal Mbah Sumarni.":                       "personal",
			"Tetangga saya Sumarni Hartatik tinggal di sana": "personal", // somebody in the registry
			"Kota Surabaya Timur ramai":                      "plain",
			"Petugasnya GOBLOK":                              "harsh",
			"Kunjungi pinjam.site":                           "link",
			"lihat https://contoh.example/x":                 "link",
			"Penghuni itu dipukul petugas":                   "alarm",
			"Rapat 2025 dihadiri 120 orang, biaya 1.500.000": "plain",
		} {
			if c := k.sent(body); c.Lane != want {
				t.Errorf("%q lies in %s, want %s (%v)", body, c.Lane, want, c.Parts())
			}
		}
	})
}

// What may tell of abuse is seen by nobody of the institution, before and after it became a report; what does not, is.
func TestAlarm(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, k *talk) {
		harm, plain := k.sent("Penghuni ditampar setiap malam."), k.sent("Bagus.")
		grave := k.sent("Petugasnya tidak adil.") // no word of violence, but the moderator of the province knows better
		seen := func(login string) (all string) {
			for _, state := range []string{"held", "shown", "refused", "complaint"} {
				list, _, err := k.desk.Comments(k.Ctx, k.As(login), comments.Filter{State: state, Limit: 50})
				province.Must(t, err)
				for _, c := range list {
					all += c.ID.String() + " "
				}
			}
			return all
		}
		if all := seen("joko"); strings.Contains(all, harm.ID.String()) || !strings.Contains(all, plain.ID.String()) || !strings.Contains(all, grave.ID.String()) {
			t.Error("the head of the institution sees", all)
		}
		for name, do := range map[string]func() error{
			"look": func() error { _, err := k.desk.Look(k.Ctx, k.As("joko"), harm.ID); return err },
			"show": func() error { _, err := k.desk.Show(k.Ctx, k.As("joko"), harm.ID, 0, comments.Showing{}); return err },
			"complain": func() error {
				_, err := k.desk.Complain(k.Ctx, k.As("joko"), harm.ID, 0, comments.Grievance{Category: "abuse"})
				return err
			},
		} {
			if err := do(); !errors.Is(err, fail.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, c := range []comments.Own{harm, grave} {
			got(k.desk.Complain(k.Ctx, k.As("wulan"), c.ID, 0, comments.Grievance{Category: "abuse"}))
		}
		if all := seen("joko"); strings.Contains(all, harm.ID.String()) || strings.Contains(all, grave.ID.String()) {
			t.Error("a sealed complaint is still seen", all)
		}
	})
}

// A complaint is one report, whose number the writer gets with the code, and which that code opens.
func TestComplaint(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, k *talk) {
		c := k.sent("Menunggu tiga jam di loket.")
		got(k.desk.Complain(k.Ctx, k.As("joko"), c.ID, 0, comments.Grievance{Category: "service"}))
		if _, err := k.desk.Complain(k.Ctx, k.As("joko"), c.ID, 0, comments.Grievance{Category: "service"}); err == nil {
			t.Error("two reports of one comment")
		}
		reports := participation.New(k.Store, k.Cases)
		if all, n, err := reports.Reports(k.Ctx, k.As("wulan"), participation.Filter{Limit: 9}); err != nil || n.Live != 1 || all[0].Description != "Menunggu tiga jam di loket." || all[0].About != k.about.Centre {
			t.Fatalf("%+v %v", all, err)
		}
		own := got(k.desk.OwnBy(k.Ctx, strings.ToLower(c.Code)))
		p, err := reports.Track(k.Ctx, participation.Key{Number: own.Number, Code: own.Code})
		if err != nil || p.Number != own.Number {
			t.Errorf("the code of the comment opens %+v %v", p, err)
		}
		province.Must(t, k.desk.Erase(k.Ctx, comments.ByCode{Code: c.Code}))
		if _, err := reports.Track(k.Ctx, participation.Key{Number: own.Number, Code: own.Code}); err != nil {
			t.Error("the report went with the comment:", err)
		}
	})
}

// Erased by the code, nothing of a comment is left in any column, nor for anybody to read; a second time is no comment.
func TestErase(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, k *talk) {
		c := k.sent("Rahasia keluarga kami zzyx.")
		got(k.desk.Show(k.Ctx, k.As("joko"), c.ID, 0, comments.Showing{Text: "Sebagian zzyx.", Answer: "Terima kasih, zzyx."}))
		if under := got(k.desk.Under(k.Ctx, k.about.ID, 0)); under.Count != 1 || under.All[0].Text != "Sebagian zzyx." || !under.All[0].Edited || under.All[0].AnswerBy == "" {
			t.Fatalf("%+v", under)
		}
		province.Must(t, k.desk.Erase(k.Ctx, comments.ByCode{Code: c.Code}))
		if err := k.desk.Erase(k.Ctx, comments.ByCode{Code: c.Code}); err == nil {
			t.Error("erased twice")
		}
		if under := got(k.desk.Under(k.Ctx, k.about.ID, 0)); under.Count != 0 || len(under.All) != 0 {
			t.Errorf("still shown: %+v", under)
		}
		var left int
		province.Must(t, k.Beside().QueryRow(`select count(*) from comments where body like '%zzyx%' or shown_text like '%zzyx%' or answer like '%zzyx%' or name <> '' or network <> '' or same <> ''`).Scan(&left))
		if left != 0 {
			t.Error("something of it is left")
		}
	})
}

// Robots are refused before anything is kept: unstamped, too fast, hidden field, forged, sent again, too often from one
// address, the same words from everywhere. Of an address a hash is kept, for thirty days.
func TestRobots(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, k *talk) {
		rows := func() (n int) {
			province.Must(t, k.Beside().QueryRow(`select count(*) from comments`).Scan(&n))
			return n
		}
		stamp := got(k.desk.Stamp(k.Ctx))
		in := func(s gate.Sent) error {
			_, err := k.desk.Send(k.Ctx, "203.0.113.1", k.about.Slug, comments.NewComment{Name: "R", Body: "x", Sent: s})
			return err
		}
		for name, try := range map[string]struct {
			sent gate.Sent
			want error
		}{"no stamp": {gate.Sent{}, gate.ErrOld}, "forged": {gate.Sent{Stamp: stamp[:len(stamp)-4] + "zzzz"}, gate.ErrOld}, "too fast": {gate.Sent{Stamp: stamp}, gate.ErrSoon},
			"hidden field": {gate.Sent{Stamp: stamp, Website: "http://x"}, gate.ErrRobot}} {
			if err := in(try.sent); !errors.Is(err, try.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if rows() != 0 {
			t.Fatal("kept")
		}
		k.Clock.Pass(time.Minute)
		var all sync.WaitGroup
		for range 5 { // a finger that shakes
			all.Go(func() { _ = in(gate.Sent{Stamp: stamp}) })
		}
		all.Wait()
		if rows() != 1 {
			t.Errorf("one form is %d comments", rows())
		}
		limited := 0
		for n := range 10 {
			if _, err := k.send("203.0.113.9", fmt.Sprintf("Nomor %d", n)); err != nil {
				limited++
			}
		}
		if limited != 4 {
			t.Errorf("of ten from one address %d were refused, want 4", limited)
		}
		limited = 0
		for n := range 6 {
			if _, err := k.send(fmt.Sprintf("192.0.2.%d", n), "Beli  sekarang!!"); err != nil {
				limited++
			}
		}
		if limited != 3 {
			t.Errorf("of six with the same words %d were refused, want 3", limited)
		}
		var hashes int
		where := `select count(*) from comments where network <> ''`
		province.Must(t, k.Beside().QueryRow(where).Scan(&hashes))
		if hashes == 0 {
			t.Error("no network is told from another")
		}
		k.Clock.Pass(31 * 24 * time.Hour)
		province.Must(t, k.desk.Sweep(k.Ctx))
		province.Must(t, k.Beside().QueryRow(where).Scan(&hashes))
		if hashes != 0 {
			t.Errorf("%d hashes of addresses after thirty days", hashes)
		}
	})
}

// Two moderators decide at once: one of them is told that the comment has changed.
func TestTwoModerators(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, k *talk) {
		c := k.sent("Bagus.")
		v := got(k.desk.Look(k.Ctx, k.As("joko"), c.ID)).Version
		got(k.desk.Show(k.Ctx, k.As("joko"), c.ID, v, comments.Showing{}))
		if _, err := k.desk.Refuse(k.Ctx, k.As("wulan"), c.ID, v, comments.Refusal{Reason: "off"}); !errors.Is(err, fail.Stale) {
			t.Error(err)
		}
	})
}

// Nobody writes under an article that is not out, and nothing of a withdrawn article's talk is given with it.
func TestUnpublished(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, k *talk) {
		got(k.news.Withdraw(k.Ctx, k.As("joko"), k.about.ID, 0, publication.Reason{Reason: "uji"}))
		if _, err := k.send("198.51.100.7", "Halo"); !errors.Is(err, publication.Gone) {
			t.Errorf("under one that was withdrawn: %v", err)
		}
		k.about.Slug = "tidak-ada"
		if _, err := k.send("198.51.100.7", "Halo"); !errors.Is(err, fail.NotFound) {
			t.Errorf("under one that never was: %v", err)
		}
	})
}

// The words of what was refused are gone after thirty days, and it cannot be shown any more; a late one is told once a day.
func TestWatch(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, k *talk) {
		c, late := k.sent("Beli obat."), k.sent("Bagus.")
		got(k.desk.Refuse(k.Ctx, k.As("joko"), c.ID, 0, comments.Refusal{Reason: "advert"}))
		k.Clock.Pass(32 * 24 * time.Hour)
		province.Must(t, k.desk.Sweep(k.Ctx))
		province.Must(t, k.desk.Remind(k.Ctx))
		if _, err := k.desk.Show(k.Ctx, k.As("joko"), c.ID, 0, comments.Showing{}); err == nil {
			t.Error("shown without words")
		}
		_, w, err := k.desk.Comments(k.Ctx, k.As("joko"), comments.Filter{Limit: 5})
		if err != nil || w.Count != 1 || w.Median < 30*24*time.Hour || late.State != comments.Held || late.DueOn() >= k.Store.Today() {
			t.Errorf("%+v %v", w, err)
		}
	})
}
