package standards_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/residence"
	"tuntas/office/standards"
	"tuntas/try/clause"
	"tuntas/try/province"
)

func (o *office) places(at id.ID) error {
	return residence.New(o.store).AddWard(o.ctx, who.House("test"), at, residence.NewWard{Name: "Melati", Rooms: 8, Beds: 4})
}

const own = `{"key":"own","version":"%s","name":"%s","valid_from":"2026-01-01","source":"SK","status":"assumed","nodes":[
 {"key":"a","name":"Bab","weight":1},
 {"key":"b","parent":"a","name":"Butir","article":"1","weight":1,"levels":{"yes":"x","partly":"y","no":"z"}}]}`

// A file of the office is kept when it is sound; replaced as long as no campaign uses it; and never a version of the program.
func TestEnter(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		enter := func(by who.Asker, text string) error {
			_, err := o.desk.Enter(o.ctx, by, []byte(text))
			return err
		}
		province.Wants(t, "a head of a centre", enter(o.joko, fmt.Sprintf(own, "1", "Satu")), "denied")
		province.Wants(t, "a fault", enter(o.wulan, strings.Replace(fmt.Sprintf(own, "1", "Satu"), `"weight":1,"levels"`, `"levels"`, 1)), "file.b.weight required")
		if _, _, _, err := o.desk.Standard(o.ctx, o.wulan, "own", "1"); province.Code(err) != "not found" {
			t.Errorf("a file with a fault is kept: %v", err)
		}
		must(t, enter(o.wulan, fmt.Sprintf(own, "1", "Satu")))
		must(t, enter(o.wulan, fmt.Sprintf(own, "1", "Dua")))
		must(t, enter(o.wulan, fmt.Sprintf(own, "2", "Tiga")))
		s, _, body, err := o.desk.Standard(o.ctx, o.humas, "own", "1")
		must(t, err)
		if s.Name != "Dua" || string(body) != fmt.Sprintf(own, "1", "Dua") {
			t.Errorf("%s: %s", s.Name, body)
		}
		province.Wants(t, "a version of the program", enter(o.wulan, strings.Replace(fmt.Sprintf(own, "2019", "SNRS"), `"own"`, `"snrs"`, 1)), "standard-shipped")
		_, err = o.desk.OpenCampaign(o.ctx, o.wulan, standards.NewCampaign{Name: "x", Standard: "own/1", From: "2026-01-01", To: "2026-06-30", DueOn: "2026-07-01", Centres: []id.ID{o.b}})
		must(t, err)
		province.Wants(t, "a version in use", enter(o.wulan, fmt.Sprintf(own, "1", "Empat")), "standard-used")
		all, err := o.desk.Library(o.ctx, o.joko)
		must(t, err)
		if len(all) != 5 {
			t.Errorf("%d versions: %+v", len(all), all)
		}
	})
}

func TestOpenCampaign_rules(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		good := standards.NewCampaign{Name: "x", Standard: "snrs/2019", From: "2026-01-01", To: "2026-06-30", DueOn: "2026-07-01"}
		for what, c := range map[string]struct {
			by     who.Asker
			change func(*standards.NewCampaign)
			want   string
		}{
			"a head of a centre":  {o.joko, func(*standards.NewCampaign) {}, "denied"},
			"a social worker":     {o.ratna, func(*standards.NewCampaign) {}, "denied"},
			"communications":      {o.humas, func(*standards.NewCampaign) {}, "denied"},
			"ends before":         {o.wulan, func(in *standards.NewCampaign) { in.To = "2025-01-01" }, "to order"},
			"due before":          {o.wulan, func(in *standards.NewCampaign) { in.DueOn = "2025-01-01" }, "due_on order"},
			"an unknown standard": {o.wulan, func(in *standards.NewCampaign) { in.Standard = "snrs/1900" }, "standard unknown"},
			"before it held":      {o.wulan, func(in *standards.NewCampaign) { in.From, in.To = "2010-01-01", "2010-02-01" }, "standard validity"},
			"an unknown centre":   {o.wulan, func(in *standards.NewCampaign) { in.Centres = []id.ID{id.New()} }, "centres unknown"},
			"a section head may":  {o.seksi, func(*standards.NewCampaign) {}, ""},
		} {
			in := good
			c.change(&in)
			_, err := o.desk.OpenCampaign(o.ctx, c.by, in)
			province.Wants(t, what, err, c.want)
		}
	})
}

// From nothing to verified: an empty sheet has no progress and no score; what operations suggest is taken over or
// overridden with a reason; the province answers beside, and both numbers stay (Permensos 16/2019 Pasal 46 e, 50-51).
func TestSelfAssessment_life(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-46e")
	eachEngine(t, func(t *testing.T, o *office) {
		o.peopled()
		_, self := o.campaign("Semester")
		if v := o.look(self); v.Own().Progress() != 0 || v.Own().Known() || len(v.Gaps()) != 0 {
			t.Errorf("an empty sheet: %+v", v.Own())
		}
		_, err := o.desk.Submit(o.ctx, o.joko, self, 0)
		province.Wants(t, "an empty sheet handed in", err, "self-empty")
		answer := func(by who.Asker, criterion string, in standards.NewAnswer) error {
			_, err := o.desk.Answer(o.ctx, by, self, criterion, 0, in)
			return err
		}
		yes := standards.NewAnswer{Value: standards.Yes, Source: "document"}
		province.Wants(t, "a stranger", answer(o.dewi, "aims-guide", yes), "not found")
		province.Wants(t, "a social worker", answer(o.ratna, "aims-guide", yes), "denied")
		province.Wants(t, "the province", answer(o.wulan, "aims-guide", yes), "denied")
		province.Wants(t, "no source", answer(o.joko, "aims-guide", standards.NewAnswer{Value: standards.No}), "source required")
		province.Wants(t, "na without a note", answer(o.joko, "aims-guide", standards.NewAnswer{Value: standards.NotApplicable}), "note required")
		province.Wants(t, "an unknown criterion", answer(o.joko, "nothing", yes), "not found")
		province.Wants(t, "for another target group", answer(o.joko, "need-anak-a", yes), "not found")
		must(t, answer(o.joko, "aims-guide", yes))
		must(t, answer(o.tutik, "aims-reports", standards.NewAnswer{Value: standards.Partly, Source: "interview"}))
		province.Wants(t, "other than suggested", answer(o.joko, "staff-both", standards.NewAnswer{Value: standards.Yes, Source: "observation"}), "why required")
		must(t, answer(o.joko, "staff-both", standards.NewAnswer{Value: standards.No, Source: "observation", Why: "Pekerja Sosial cuti panjang."}))
		v := o.look(self)
		if w := v.Answers["staff-both"]; w.Suggested != standards.Partly || *w.Counted != 1 || *w.CountedOf != 2 || w.Why == "" {
			t.Errorf("what was suggested is not kept: %+v", w)
		}
		// weights: aims-guide 1 × 1 yes, aims-reports 1 × 1 partly, staff-both 3 × 2 no
		if own := v.Own(); own.Assessed != 3 || own.Sum != 1.5 || own.Weight != 8 || !slices.Equal(own.Fails, []string{"staff-both"}) {
			t.Errorf("the score: %+v", own)
		}
		judge := func(criterion string, in standards.Verdict) error {
			_, err := o.desk.Judge(o.ctx, o.seksi, self, criterion, 0, in)
			return err
		}
		visited := standards.Verdict{Value: standards.Yes, How: "visit", Note: "Keduanya ada saat kunjungan."}
		province.Wants(t, "judged too early", judge("staff-both", visited), "self-open")
		_, err = o.desk.Submit(o.ctx, o.joko, self, 0)
		must(t, err)
		province.Wants(t, "answered after", answer(o.joko, "aims-reach", yes), "self-submitted")
		province.Wants(t, "what nobody assessed", judge("aims-reach", visited), "not-assessed")
		province.Wants(t, "otherwise without a note", judge("staff-both", standards.Verdict{Value: standards.Yes, How: "visit"}), "verdict_note required")
		must(t, judge("staff-both", visited))
		_, err = o.desk.Withdraw(o.ctx, o.joko, self, 0)
		province.Wants(t, "taken back after a look", err, "self-looked-at")
		_, err = o.desk.Verify(o.ctx, o.seksi, self, 0, standards.Verification{})
		province.Wants(t, "verified too early", err, "not-judged")
		_, err = o.desk.Verify(o.ctx, o.joko, self, 0, standards.Verification{AgreeRest: true})
		province.Wants(t, "the centre itself", err, "denied")
		_, err = o.desk.Verify(o.ctx, o.wulan, self, 0, standards.Verification{AgreeRest: true})
		must(t, err)
		v = o.look(self)
		if v.State != standards.Verified || v.Differ() != 1 || v.Theirs().Sum != 7.5 || v.Own().Sum != 1.5 || v.Answers["aims-guide"].VerdictHow != "papers" {
			t.Errorf("verified: %s, %d, %+v, %+v", v.State, v.Differ(), v.Theirs(), v.Own())
		}
		_, err = o.desk.Return(o.ctx, o.wulan, self, 0, standards.Return{Why: "x"})
		province.Wants(t, "given back after", err, "self-not-submitted")
		ov, err := o.desk.Overview(o.ctx, o.wulan, v.Self.Campaign, 0, 50)
		must(t, err)
		if len(ov.Stands) != 2 || len(ov.Stands[0].Chapters) != len(ov.Standard.Chapters()) {
			t.Errorf("the overview: %+v", ov.Stands)
		}
		seen, err := o.desk.Overview(o.ctx, o.dewi, v.Self.Campaign, 0, 50)
		must(t, err)
		if len(seen.Stands) != 1 || seen.Stands[0].Centre != o.b {
			t.Errorf("the head of another institution sees %+v", seen.Stands)
		}
		_, err = o.desk.CloseCampaign(o.ctx, o.wulan, v.Self.Campaign, 0)
		must(t, err)
		_, err = o.desk.Answer(o.ctx, o.dewi, o.selfAt(o.dewi, o.b), "aims-guide", 0, yes)
		province.Wants(t, "after the end", err, "campaign-closed")
	})
}

// Whoever saves second is told, on either side.
func TestAnswer_atOnce(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		_, self := o.campaign("Semester")
		yes := standards.NewAnswer{Value: standards.Yes, Source: "document"}
		_, err := o.desk.Answer(o.ctx, o.joko, self, "aims-guide", standards.NoVersion, yes)
		must(t, err)
		_, err = o.desk.Answer(o.ctx, o.tutik, self, "aims-guide", standards.NoVersion, yes)
		province.Wants(t, "both began with nothing", err, "stale")
		w := o.look(self).Answers["aims-guide"]
		_, err = o.desk.Answer(o.ctx, o.tutik, self, "aims-guide", w.Version, standards.NewAnswer{Value: standards.Partly, Source: "interview"})
		must(t, err)
		_, err = o.desk.Answer(o.ctx, o.joko, self, "aims-guide", w.Version, yes)
		province.Wants(t, "both began with one", err, "stale")
		seen := o.look(self)
		_, err = o.desk.Submit(o.ctx, o.joko, self, seen.Version)
		must(t, err)
		submitted := o.look(self)
		_, err = o.desk.Judge(o.ctx, o.wulan, self, "aims-guide", submitted.Answers["aims-guide"].Version, standards.Verdict{Value: standards.Partly, How: "papers"})
		must(t, err)
		_, err = o.desk.Withdraw(o.ctx, o.joko, self, submitted.Version)
		province.Wants(t, "the centre takes back what the province begins to look at", err, "stale")
		_, err = o.desk.Judge(o.ctx, o.seksi, self, "aims-guide", submitted.Answers["aims-guide"].Version, standards.Verdict{Value: standards.Yes, How: "papers", Note: "x"})
		province.Wants(t, "two of the province", err, "stale")
		_, err = o.desk.Return(o.ctx, o.wulan, self, 0, standards.Return{Why: "Lengkapi."})
		must(t, err)
		_, err = o.desk.Judge(o.ctx, o.seksi, self, "aims-guide", 0, standards.Verdict{Value: standards.Partly, How: "papers"})
		province.Wants(t, "the province looks while the centre fills in again", err, "self-open")
	})
}

// A copy of the last period is no assessment: nothing of it counts until somebody stands by it.
func TestCopyLast(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		_, first := o.campaign("Pertama")
		_, err := o.desk.CopyLast(o.ctx, o.joko, first)
		province.Wants(t, "there is none before", err, "no-last-period")
		for _, c := range o.look(first).Criteria[:3] {
			_, err := o.desk.Answer(o.ctx, o.joko, first, c.Key, 0, standards.NewAnswer{Value: standards.Yes, Source: "document", Note: "Lihat map biru."})
			must(t, err)
		}
		_, second := o.campaign("Kedua")
		n, err := o.desk.CopyLast(o.ctx, o.joko, second)
		must(t, err)
		v := o.look(second)
		if n != 3 || v.Own().Progress() != 0 || v.Own().Assessed != 0 || v.Own().Known() || v.Last.ID != first || len(v.Gaps()) != 0 {
			t.Errorf("%d copied: %+v", n, v.Own())
		}
		_, err = o.desk.Submit(o.ctx, o.joko, second, 0)
		province.Wants(t, "a mere copy handed in", err, "self-empty")
		key := v.Criteria[0].Key
		_, err = o.desk.Answer(o.ctx, o.joko, second, key, v.Answers[key].Version, standards.NewAnswer{Value: standards.Partly, Source: "document"})
		must(t, err)
		v = o.look(second)
		if v.Own().Assessed != 1 || v.Answers[key].Value != standards.Partly {
			t.Errorf("confirmed: %+v", v.Own())
		}
		turns := v.Turns()
		if !slices.ContainsFunc(turns, func(u standards.Turn) bool { return u.Criterion.Key == key && u.Worse() && !u.Better }) {
			t.Errorf("what changed: %+v", turns)
		}
	})
}

// What operations say is what their list shows, line by line; a missing TKS is a finding, and certificates count while
// they hold (Permensos 16/2019 Pasal 43 ayat (1) and (2)).
func TestFacts(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-43.1", "P16-43.2")
	eachEngine(t, func(t *testing.T, o *office) {
		o.peopled()
		_, self := o.campaign("Semester")
		v := o.look(self)
		counted := 0
		for _, f := range standards.Facts {
			var good, all int64
			var after id.ID
			for {
				lines, _, _, err := o.desk.Behind(o.ctx, o.joko, self, f.Key, after, 20)
				must(t, err)
				for _, l := range lines {
					all++
					if l.Good {
						good++
					}
					after = l.ID
				}
				if len(lines) < 20 {
					break
				}
			}
			n := v.Counts[f.Key]
			switch f.Key {
			case "capacity":
				all = n.Of
			case "staff-kinds":
				good, all = n.N, n.Of // kinds, not people
			}
			if n.N != good || n.Of != all {
				t.Errorf("%s says %d of %d, its list %d of %d", f.Key, n.N, n.Of, good, all)
			}
			if n.Of > 0 {
				counted++
			}
		}
		if counted < 6 {
			t.Errorf("only %d facts count something: %+v", counted, v.Counts)
		}
		if n := v.Counts["staff-kinds"]; n.N != 1 || v.Load.Cases == 0 || v.Load.Workers != 1 || v.Load.TKS != 0 {
			t.Errorf("without a TKS: %+v, %+v", n, v.Load)
		}
		_, err := o.desk.Answer(o.ctx, o.joko, self, "staff-both", 0, standards.NewAnswer{Value: standards.Partly, Source: "operations"})
		must(t, err)
		gaps := o.look(self).Gaps()
		if len(gaps) != 1 || gaps[0].Criterion.Key != "staff-both" {
			t.Errorf("the finding: %+v", gaps)
		}
		_, err = o.centres.AddStaff(o.ctx, who.House("test"), centre.Staff{Centre: o.a, User: id.New(), Name: "TKS", Kind: "tks"})
		must(t, err)
		after := o.look(self)
		if n := after.Counts["staff-kinds"]; n.N != 2 {
			t.Errorf("with a TKS: %+v", n)
		}
		if n := after.Counts["staff-certified"]; n.N != 1 || n.Of != 2 {
			t.Errorf("certified: %+v", n)
		}
		_, _, _, err = o.desk.Behind(o.ctx, o.dewi, self, "capacity", 0, 20)
		province.Wants(t, "a stranger opens a list", err, "not found")
	})
}

func picture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))))
	return b.Bytes()
}

func TestEvidence(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		_, self := o.campaign("Semester")
		file := upload.File{Name: `C:\..\pedoman.png`, Says: "image/png", Is: "image/png", Body: picture(t)}
		about := standards.NewEvidence{Title: "Pedoman", From: "2026-01-01", To: "2026-12-31"}
		add := func(by who.Asker, in standards.NewEvidence, u upload.File) error {
			_, err := o.desk.AddEvidence(o.ctx, by, self, "aims-guide", in, u)
			return err
		}
		province.Wants(t, "a stranger", add(o.dewi, about, file), "not found")
		province.Wants(t, "a social worker", add(o.ratna, about, file), "denied")
		province.Wants(t, "a program", add(o.joko, about, upload.File{Name: "a.png", Is: "application/octet-stream", Body: []byte("MZ")}), "file type")
		province.Wants(t, "nothing", add(o.joko, about, upload.File{}), "file required")
		province.Wants(t, "ends before", add(o.joko, standards.NewEvidence{Title: "x", From: "2026-02-01", To: "2026-01-01"}, file), "to order")
		province.Wants(t, "of the future", add(o.joko, standards.NewEvidence{Title: "x", From: "2027-02-01", To: "2027-03-01"}, file), "from future")
		must(t, add(o.joko, about, file))
		e := o.look(self).Evidence[0]
		if e.Label != "pedoman.png" || !e.Proves("2026-01-01", "2026-12-31") || e.Proves("2025-12-31", "2026-12-31") {
			t.Errorf("%+v", e)
		}
		_, body, err := o.desk.OpenEvidence(o.ctx, o.wulan, e.ID)
		must(t, err)
		if _, err := png.Decode(bytes.NewReader(body)); err != nil || int64(len(body)) != e.Size {
			t.Errorf("%d bytes: %v", len(body), err)
		}
		_, _, err = o.desk.OpenEvidence(o.ctx, o.dewi, e.ID)
		province.Wants(t, "a stranger opens it", err, "not found")
		_, err = o.desk.StrikeEvidence(o.ctx, o.joko, e.ID, e.Version, standards.Strike{Reason: "Salah berkas."})
		must(t, err)
		_, _, err = o.desk.OpenEvidence(o.ctx, o.joko, e.ID)
		province.Wants(t, "a struck one", err, "not found")
		_, err = o.desk.StrikeEvidence(o.ctx, o.joko, e.ID, 0, standards.Strike{Reason: "x"})
		province.Wants(t, "struck twice", err, "evidence-struck")
	})
}

var lookGaps = store.NewAct("test.gaps", who.SeeRecords)

// The findings of the newest sheet that was handed in are there for who plans what an institution needs.
func TestGaps(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		gaps := func() (all []standards.Gap) {
			must(t, o.store.Read(o.ctx, o.wulan, lookGaps, func(tx *store.Tx) (err error) {
				all, err = o.desk.Gaps(tx, o.a)
				return err
			}))
			return all
		}
		_, self := o.campaign("Semester")
		_, err := o.desk.Answer(o.ctx, o.joko, self, "aims-guide", 0, standards.NewAnswer{Value: standards.No, Source: "document"})
		must(t, err)
		if all := gaps(); len(all) != 0 {
			t.Errorf("not handed in, and yet %+v", all)
		}
		_, err = o.desk.Submit(o.ctx, o.joko, self, 0)
		must(t, err)
		if all := gaps(); len(all) != 1 || all[0].Value != standards.No || all[0].Verified {
			t.Errorf("%+v", all)
		}
		_, err = o.desk.Judge(o.ctx, o.wulan, self, "aims-guide", 0, standards.Verdict{Value: standards.Yes, How: "visit", Note: "Ada."})
		must(t, err)
		if all := gaps(); len(all) != 0 {
			t.Errorf("the province sees none: %+v", all)
		}
	})
}
