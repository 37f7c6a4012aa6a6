package participation_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/access"
	"tuntas/office/casework"
	"tuntas/office/participation"
	"tuntas/try/province"
)

const today = province.Today

func desk(p *province.Province) *participation.Desk { return participation.New(p.Store, p.Cases) }

// someone answers the first question as a person does: some seconds after the form was asked for.
func someone(t *testing.T, p *province.Province, d *participation.Desk, danger string) string {
	t.Helper()
	stamp, err := d.Stamp(p.Ctx)
	province.Must(t, err)
	p.Clock.Pass(5 * time.Second)
	secret, err := d.Begin(p.Ctx, "198.51.100.7", participation.Beginning{Danger: danger, Stamp: stamp})
	province.Must(t, err)
	return secret
}

// typed answers the rest.
func typed(t *testing.T, p *province.Province, d *participation.Desk, category, story, place string) string {
	t.Helper()
	secret := someone(t, p, d, "no")
	province.Must(t, d.AnswerWhat(p.Ctx, secret, participation.What{Category: category, Description: story}))
	province.Must(t, d.AnswerWhere(p.Ctx, secret, participation.Where{Region: "35.09", Place: place}))
	province.Must(t, d.AnswerWhen(p.Ctx, secret, participation.When{Seen: "today"}, nil))
	province.Must(t, d.AnswerContact(p.Ctx, secret, participation.Contact{Contact: "anonymous"}))
	return secret
}

// sent is a report that somebody sent, with its key.
func sent(t *testing.T, p *province.Province, d *participation.Desk, category, story, place string) (participation.Report, participation.Key) {
	t.Helper()
	secret := typed(t, p, d, category, story, place)
	province.Must(t, d.Send(p.Ctx, "198.51.100.7", secret))
	c, err := d.ReceiptOf(p.Ctx, secret)
	province.Must(t, err)
	all, _, err := d.Reports(p.Ctx, p.House, participation.Filter{Number: c.Number, Limit: 2})
	province.Must(t, err)
	if len(all) != 1 {
		t.Fatalf("%d reports of %s", len(all), c.Number)
	}
	return all[0], participation.Key{Number: c.Number, Code: c.Code}
}

// wants holds that an error is of a kind.
func wants(t *testing.T, name string, err error, kind string) {
	t.Helper()
	if got := province.Kind(err); got != kind {
		t.Errorf("%s: %s (%v), want %s", name, got, err, kind)
	}
}

func only[T any](_ T, err error) error { return err }

// A report goes its way; its reporter follows it, and the figures follow too.
func TestWay(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, wulan, joko := desk(p), p.As("wulan"), p.As("joko")
		r, key := sent(t, p, d, "person", "Kakek tidur di emperan, batuk terus.", "Pasar Tanjung, pintu timur")
		if want := law.AddWorkingDays(today, 1); r.State != participation.Received || r.AnswerDueOn != want || r.DueOn != want {
			t.Errorf("received: %+v", r)
		}
		wants(t, "not handed on yet", only(d.Look(p.Ctx, joko, r.ID)), "not-found")
		province.Wants(t, "a visit before anybody looked", only(d.RecordVisit(p.Ctx, wulan, r.ID, 0, participation.Visit{On: today})), "report-state")
		wants(t, "a worker of nothing", only(d.Verify(p.Ctx, p.As("yati"), r.ID, 0, participation.Verdict{Verdict: "real"})), "denied")
		wants(t, "false, and nobody is told why", only(d.Verify(p.Ctx, wulan, r.ID, 0, participation.Verdict{Verdict: "false"})), "invalid")
		r, err := d.Verify(p.Ctx, wulan, r.ID, r.Version, participation.Verdict{Verdict: "real", Message: "Kami ke sana."})
		province.Must(t, err)
		wants(t, "an old page", only(d.Dispatch(p.Ctx, wulan, r.ID, r.Version-1, participation.Dispatching{Centre: p.A})), "stale")
		_, err = d.Dispatch(p.Ctx, wulan, r.ID, r.Version, participation.Dispatching{Centre: p.A})
		province.Must(t, err)
		wants(t, "another institution", only(d.Look(p.Ctx, p.As("sari"), r.ID)), "not-found")
		_, err = d.RecordVisit(p.Ctx, joko, r.ID, 0, participation.Visit{On: today, Note: "Bernama Karto (rekaan)."})
		province.Must(t, err)
		r, err = d.BeginCase(p.Ctx, p.As("ratna"), r.ID, 0, participation.NewCase{Centre: p.A, Kind: "lansia_telantar"})
		province.Must(t, err)
		f, err := p.Cases.Look(p.Ctx, joko, r.Case)
		province.Must(t, err)
		if f.Stage != casework.Approach || f.ReportNumber() != r.Number || f.Who.Called != "Tanpa Nama" {
			t.Errorf("the case: %+v", f)
		}
		way, err := d.Track(p.Ctx, key)
		province.Must(t, err)
		if last := way.Line[len(way.Line)-1]; last.Say.Text != "Petugas sudah bertemu" || len(way.Messages) != 1 {
			t.Errorf("what the reporter sees: %+v", way)
		}
		for _, m := range way.Messages {
			if m.By != "" || strings.Contains(m.Body, "Karto") {
				t.Errorf("a name reached the reporter: %+v", m)
			}
		}
		_, err = d.Finish(p.Ctx, joko, r.ID, 0, participation.Result{Outcome: "helped", Message: "Sudah ditolong."})
		province.Must(t, err)
		province.Must(t, d.Judge(p.Ctx, participation.Judgement{Key: key, Solved: "no", Text: "Masih di sana."}))
		province.Wants(t, "judged twice", d.Judge(p.Ctx, participation.Judgement{Key: key, Solved: "yes"}), "report-judged")
		s, err := d.Look(p.Ctx, wulan, r.ID)
		province.Must(t, err)
		if s.State != participation.Received || s.Reopened != 1 || !s.Live() {
			t.Errorf("opened again: %+v", s.Report)
		}
		sound(t, p, d)
	})
}

func sound(t *testing.T, p *province.Province, d *participation.Desk) {
	t.Helper()
	province.Must(t, p.Store.Fold(p.Ctx))
	if wrong, err := d.Broken(p.Ctx); err != nil || len(wrong) > 0 {
		t.Errorf("verify: %v %v", wrong, err)
	}
	if drifts, err := p.Store.Recount(p.Ctx, participation.Measures, false); err != nil || len(drifts) > 0 {
		t.Errorf("recount: %v %v", drifts, err)
	}
}

// A report on abuse is shown to nobody of any institution: by its row, not by a page. Every role of the institution is
// tried, by every way that reads reports, and even one that somebody gave the right by mistake.
func TestSealed(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, wulan := desk(p), p.As("wulan")
		r, key := sent(t, p, d, "abuse", "Penghuni dipukul petugas malam.", "Asrama putra")
		province.Wants(t, "handed to the institution", only(d.Dispatch(p.Ctx, wulan, r.ID, 0, participation.Dispatching{Centre: p.A})), "report-sealed")
		// Even a row that somebody moved behind the desk's back.
		_, err := p.Beside().ExecContext(p.Ctx, "update reports set centre_id = "+itoa(p.A))
		province.Must(t, err)
		for _, role := range append(access.Roles, access.Role{Key: "mistaken", Rights: who.AllRights}) {
			by := who.Asker{User: 77, Name: role.Key, Role: role.Key, Rights: role.Held(), Scope: who.Scope{Centres: []id.ID{p.A, p.B}}}
			if role.Province {
				by.Scope = who.Scope{All: true}
			}
			sees := role.Province && by.May(who.SeeSealed)
			s, err := d.Look(p.Ctx, by, r.ID)
			if (err == nil) != sees {
				t.Errorf("%s opens it: %+v %v", role.Key, s.Report, err)
			}
			for _, show := range []string{"live", "late", "all", "closed"} {
				all, n, _ := d.Reports(p.Ctx, by, participation.Filter{Show: show, Limit: 50})
				if !sees && (len(all) > 0 || n.Live > 0) {
					t.Errorf("%s lists it under %s: %d, %+v", role.Key, show, len(all), n)
				}
			}
			if all, n, _ := d.Waiting(p.Ctx, by, 5); !sees && (len(all) > 0 || n != (participation.Counts{})) {
				t.Errorf("%s has it at home", role.Key)
			}
			if all, _, _ := d.Reports(p.Ctx, by, participation.Filter{Number: key.Number, Limit: 2}); !sees && len(all) > 0 {
				t.Errorf("%s finds it by number", role.Key)
			}
			if _, err := d.Tell(p.Ctx, by, r.ID, participation.Message{Text: "?", Inside: true}); err == nil && !sees {
				t.Errorf("%s writes in it", role.Key)
			}
		}
		// Of a report that becomes one, nobody below the right sees more from then on.
		other, _ := sent(t, p, d, "service", "Diminta bayaran.", "Kantor depan")
		_, err = d.Sort(p.Ctx, wulan, other.ID, 0, participation.Sorting{Category: "abuse"})
		province.Must(t, err)
		section := who.Asker{User: 78, Role: "section_head", Rights: map[who.Right]bool{who.SeeReport: true, who.HandleReport: true}, Scope: who.Scope{All: true}}
		wants(t, "without the right", only(d.Look(p.Ctx, section, other.ID)), "not-found")
		_, err = p.Beside().ExecContext(p.Ctx, "update reports set centre_id = null")
		province.Must(t, err)
		sound(t, p, d)
	})
}

func itoa(i id.ID) string {
	b := []byte{}
	for n := int64(i); n > 0; n /= 10 {
		b = append([]byte{byte('0' + n%10)}, b...)
	}
	return string(b)
}

// Whatever is wrong about number and code, the answer is the same.
func TestTrack_guessing(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		_, key := sent(t, p, d, "other", "Lampu jalan mati.", "Alun-alun")
		want := only(d.Track(p.Ctx, participation.Key{Number: "JTM-000-000", Code: "AAAA-AAAA-AAAA"})).Error()
		for _, k := range []participation.Key{{key.Number, ""}, {key.Number, "0000-0000-0000"}, {"", key.Code}, {"JTM-111-111", key.Code}, {key.Number + "X", key.Code}, {"' or 1=1", "' or 1=1"}} {
			if err := only(d.Track(p.Ctx, k)); err == nil || err.Error() != want {
				t.Errorf("%+v: %v, want %s", k, err, want)
			}
		}
		for _, k := range []participation.Key{key, {strings.ToLower(strings.ReplaceAll(key.Number, "-", "")), strings.ToLower(strings.ReplaceAll(key.Code, "-", " "))}} {
			if _, err := d.Track(p.Ctx, k); err != nil {
				t.Errorf("%+v: %v", k, err)
			}
		}
	})
}

// A retry is the same report with the same code; the receipt goes after half an hour.
func TestSend_again(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		secret := typed(t, p, d, "person", "Anak di jalan.", "Perempatan")
		for range 3 {
			province.Must(t, d.Send(p.Ctx, "198.51.100.7", secret))
		}
		first, err := d.ReceiptOf(p.Ctx, secret)
		province.Must(t, err)
		again, err := d.ReceiptOf(p.Ctx, secret)
		province.Must(t, err)
		if first.Code != again.Code || first.Number != again.Number {
			t.Errorf("%+v, then %+v", first, again)
		}
		if all, n, err := d.Reports(p.Ctx, p.House, participation.Filter{Limit: 9}); err != nil || len(all) != 1 || n.Live != 1 {
			t.Errorf("%d reports, %v", len(all), err)
		}
		p.Clock.Pass(31 * time.Minute)
		province.Wants(t, "an old receipt", only(d.ReceiptOf(p.Ctx, secret)), "report-none")
		p.Clock.Pass(25 * time.Hour)
		province.Must(t, d.Sweep(p.Ctx))
		province.Wants(t, "after a day", only(d.DraftOf(p.Ctx, secret)), "report-none")
	})
}

// What robots do is refused before anything is kept.
func TestBegin_robots(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		stamp, err := d.Stamp(p.Ctx)
		province.Must(t, err)
		begin := func(in participation.Beginning) error { return only(d.Begin(p.Ctx, "203.0.113.9", in)) }
		province.Wants(t, "at once", begin(participation.Beginning{Danger: "no", Stamp: stamp}), "form-soon")
		p.Clock.Pass(5 * time.Second)
		province.Wants(t, "the hidden field", begin(participation.Beginning{Danger: "no", Stamp: stamp, Website: "x"}), "form-robot")
		for _, bad := range []string{"", "a.b.c", stamp + "0", "0" + stamp, strings.ToUpper(stamp)} {
			province.Wants(t, "a forged stamp", begin(participation.Beginning{Danger: "no", Stamp: bad}), "form-old")
		}
		one, err := d.Begin(p.Ctx, "203.0.113.9", participation.Beginning{Danger: "no", Stamp: stamp})
		province.Must(t, err)
		two, err := d.Begin(p.Ctx, "203.0.113.9", participation.Beginning{Danger: "yes", Stamp: stamp})
		province.Must(t, err)
		if one != two {
			t.Error("one form made two drafts")
		}
		var slow interface{ RetryAt() time.Time }
		for range 70 {
			stamp, err := d.Stamp(p.Ctx)
			province.Must(t, err)
			p.Clock.Pass(3 * time.Second)
			if err = begin(participation.Beginning{Danger: "no", Stamp: stamp}); errors.As(err, &slow) {
				break
			}
			province.Must(t, err)
		}
		if slow == nil {
			t.Error("seventy drafts within minutes from one address")
		}
		stamp, err = d.Stamp(p.Ctx)
		province.Must(t, err)
		p.Clock.Pass(25 * time.Hour)
		province.Wants(t, "a form of yesterday", begin(participation.Beginning{Danger: "no", Stamp: stamp}), "form-old")
	})
}

// Two reports of the same are suggested, joined, and both reporters see the same progress, each the own messages.
func TestMerge(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, wulan := desk(p), p.As("wulan")
		one, _ := sent(t, p, d, "person", "Kakek tidur di emperan toko emas.", "Pasar Tanjung pintu timur")
		two, key := sent(t, p, d, "person", "Ada kakek di emperan toko.", "Pintu timur pasar Tanjung")
		far, _ := sent(t, p, d, "abuse", "Kakek di emperan toko pasar Tanjung pintu timur.", "Pintu timur pasar Tanjung")
		s, err := d.Look(p.Ctx, wulan, two.ID)
		province.Must(t, err)
		if len(s.Alike) == 0 || s.Alike[0].ID != one.ID && s.Alike[0].ID != far.ID {
			t.Errorf("suggested: %+v", s.Alike)
		}
		province.Must(t, d.AddReply(p.Ctx, "198.51.100.7", participation.Reply{Key: key, Text: "Bajunya biru."}, nil))
		province.Wants(t, "a sealed one", only(d.Merge(p.Ctx, wulan, two.ID, 0, participation.Joining{Into: far.Number})), "report-sealed-merge")
		_, err = d.Merge(p.Ctx, wulan, two.ID, 0, participation.Joining{Into: one.Number})
		province.Must(t, err)
		province.Wants(t, "twice", only(d.Merge(p.Ctx, wulan, two.ID, 0, participation.Joining{Into: one.Number})), "report-state")
		_, err = d.Tell(p.Ctx, wulan, one.ID, participation.Message{Text: "Hanya untuk pelapor pertama."})
		province.Must(t, err)
		_, err = d.Verify(p.Ctx, wulan, one.ID, 0, participation.Verdict{Verdict: "real", Message: "Petugas berangkat."})
		province.Must(t, err)
		way, err := d.Track(p.Ctx, key)
		province.Must(t, err)
		var said []string
		for _, m := range way.Messages {
			said = append(said, m.Body)
		}
		if got := strings.Join(said, "|"); got != "Bajunya biru.|Petugas berangkat." || way.State != participation.Verified {
			t.Errorf("the second reporter reads %q in %s", got, way.State)
		}
		sound(t, p, d)
	})
}

// Days are working days: what comes on the eve of a holiday is promised after it.
func TestPromise_holidays(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		for on, want := range map[clock.Day]clock.Day{"2026-08-14": "2026-08-18", "2026-08-15": "2026-08-18", "2026-11-24": "2026-11-25", "2026-11-27": "2026-11-30"} {
			p.Clock.To(on)
			if r, _ := sent(t, p, d, "person", "Nenek sendirian.", "Halte"); r.AnswerDueOn != want {
				t.Errorf("came %s, promised %s, want %s", on, r.AnswerDueOn, want)
			}
		}
	})
}

func photo(t *testing.T) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 32, 24))
	m.Set(1, 1, color.NRGBA{255, 0, 0, 255})
	var b bytes.Buffer
	province.Must(t, jpeg.Encode(&b, m, nil))
	exif := append([]byte{0xff, 0xe1, 0, 24}, "Exif\x00\x00GPS -8.17 113.70"...)
	return append(append([]byte{0xff, 0xd8}, exif...), b.Bytes()[2:]...)
}

// A photo is drawn anew; what is none is refused, and so is one that would fill the memory.
func TestPhoto(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, wulan := desk(p), p.As("wulan")
		secret := typed(t, p, d, "facility", "Atap bocor.", "Wisma Melati")
		bomb := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x86\xa0\x00\x01\x86\xa0\x08\x06\x00\x00\x00"), make([]byte, 40)...)
		for name, file := range map[string]upload.File{
			"svg":     {Name: "a.svg", Says: "image/svg+xml", Is: "text/xml", Body: []byte(`<svg onload="alert(1)"/>`)},
			"html":    {Name: "a.jpg", Says: "image/jpeg", Is: "text/html", Body: []byte("<script>1</script>")},
			"bomb":    {Name: "a.png", Says: "image/png", Is: "image/png", Body: bomb},
			"pdf":     {Name: "a.pdf", Says: "application/pdf", Is: "application/pdf", Body: []byte("%PDF-1.4 %%EOF")},
			"nothing": {Name: "a.jpg", Says: "image/jpeg", Is: "image/jpeg"},
		} {
			if err := d.AnswerWhen(p.Ctx, secret, participation.When{Seen: "today"}, &file); province.Kind(err) != "invalid" {
				t.Errorf("%s: %v", name, err)
			}
		}
		good := upload.File{Name: "IMG.JPG", Says: "image/jpeg", Is: "image/jpeg", Body: photo(t)}
		province.Must(t, d.AnswerWhen(p.Ctx, secret, participation.When{Seen: "today"}, &good))
		province.Must(t, d.Send(p.Ctx, "198.51.100.7", secret))
		all, _, err := d.Reports(p.Ctx, wulan, participation.Filter{Limit: 2})
		province.Must(t, err)
		s, err := d.Look(p.Ctx, wulan, all[0].ID)
		if err != nil || len(s.Photos) != 1 {
			t.Fatalf("%+v %v", s.Photos, err)
		}
		_, body, err := d.OpenPhoto(p.Ctx, wulan, s.Photos[0].ID)
		if err != nil || bytes.Contains(body, []byte("GPS")) || bytes.Contains(body, []byte("Exif")) || len(body) == 0 {
			t.Errorf("the photo keeps what the camera noted: %v", err)
		}
		wants(t, "another's photo", only3(d.OpenPhoto(p.Ctx, p.As("joko"), s.Photos[0].ID)), "not-found")
	})
}

func only3[A, B any](_ A, _ B, err error) error { return err }

// Of a confidential reporter an institution learns nothing; the promise that is past is told once.
func TestContact_andLate(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, wulan := desk(p), p.As("wulan")
		secret := typed(t, p, d, "service", "Lama menunggu.", "Loket")
		province.Must(t, d.AnswerContact(p.Ctx, secret, participation.Contact{Contact: "confidential", Name: "Bu Rahma", Phone: "0812 0000 0000"}))
		province.Must(t, d.Send(p.Ctx, "198.51.100.7", secret))
		all, _, err := d.Reports(p.Ctx, wulan, participation.Filter{Limit: 2})
		province.Must(t, err)
		_, err = d.Verify(p.Ctx, wulan, all[0].ID, 0, participation.Verdict{Verdict: "real"})
		province.Must(t, err)
		_, err = d.Dispatch(p.Ctx, wulan, all[0].ID, 0, participation.Dispatching{Centre: p.A})
		province.Must(t, err)
		there, err := d.Look(p.Ctx, p.As("joko"), all[0].ID)
		if err != nil || there.ContactName != "" || there.ContactPhone != "" {
			t.Errorf("the institution reads %q %q, %v", there.ContactName, there.ContactPhone, err)
		}
		here, err := d.Look(p.Ctx, wulan, all[0].ID)
		if err != nil || here.ContactName != "Bu Rahma" {
			t.Errorf("the province reads %q, %v", here.ContactName, err)
		}
		p.Clock.To(here.DueOn.Add(1))
		province.Must(t, d.Remind(p.Ctx))
		province.Must(t, d.Remind(p.Ctx))
		if _, n, err := d.Reports(p.Ctx, wulan, participation.Filter{Show: "late", Limit: 5}); err != nil || n.Late != 1 {
			t.Errorf("late: %+v %v", n, err)
		}
		notices := 0
		for {
			got, err := p.Store.Claim(context.Background())
			province.Must(t, err)
			for _, m := range got {
				if m.Topic == store.TopicNotice && bytes.Contains(m.Body, []byte("lewat dari janji")) {
					notices++
				}
				province.Must(t, p.Store.Delivered(context.Background(), m))
			}
			if len(got) == 0 {
				break
			}
		}
		if notices != 1 {
			t.Errorf("told %d times", notices)
		}
	})
}
