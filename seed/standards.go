package seed

import (
	"context"
	"fmt"
	"hash/fnv"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/standards"
)

// Assessing is what the campaigns of the sample need: who of the province opens and verifies, and who answers for three
// of the institutions.
type Assessing struct {
	Standards *standards.Desk
	Store     *store.Store
	Calendar  *Calendar
	Province  who.Asker
	Heads     map[id.ID]who.Asker // by institution
	// Since plays what was done about the findings of 2020, before they are assessed again.
	Since func(ctx context.Context) error
}

// firstRound is when the province first assessed its institutions after the meeting of 4 November 2020; the round itself is
// invented.
const firstRound = clock.Day("2020-12-01")

var enterAnswers = store.NewAct("seed.answers", who.AssessStandards)

// Assess plays three campaigns: that of 2020 and that of last year, verified everywhere, and this year's, which is running.
// All answers are invented.
func Assess(ctx context.Context, a Assessing, today clock.Day) error {
	defer a.Calendar.Release()
	year := today.Time().Year()
	if err := a.whole(ctx, firstRound, 2020); err != nil {
		return err
	}
	if err := a.Since(ctx); err != nil {
		return err
	}
	if err := a.whole(ctx, today.AddMonths(-13), year-1); err != nil {
		return err
	}
	running, err := a.open(ctx, today.Add(-20), year)
	if err != nil {
		return err
	}
	a.Calendar.hold(today.Add(-6), 60)
	for n, s := range running.Stands {
		if head, ours := a.Heads[s.Centre]; ours {
			err = a.byHead(ctx, head, s.Self.ID)
		} else if n%3 > 0 {
			err = a.some(ctx, s, n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// whole plays a campaign to its end: opened on a day, answered and verified a month later, and closed.
func (a Assessing) whole(ctx context.Context, on clock.Day, year int) error {
	round, err := a.open(ctx, on, year)
	if err != nil {
		return err
	}
	for n, s := range round.Stands {
		if err := a.verified(ctx, s, n, year, on.AddMonths(1)); err != nil {
			return err
		}
	}
	a.Calendar.hold(on.AddMonths(2), 30)
	_, err = a.Standards.CloseCampaign(ctx, a.Province, round.Campaign.ID, 0)
	return err
}

// open opens a campaign on a day, about the twelve months before it.
func (a Assessing) open(ctx context.Context, on clock.Day, year int) (standards.Overview, error) {
	a.Calendar.hold(on, 0)
	c, err := a.Standards.OpenCampaign(ctx, a.Province, standards.NewCampaign{Name: fmt.Sprintf("Penilaian mandiri %d (CONTOH)", year), Standard: "snrs/2019",
		From: on.AddMonths(-12), To: on, DueOn: on.Add(40)})
	if err != nil {
		return standards.Overview{}, fmt.Errorf("open a campaign: %w", err)
	}
	return a.Standards.Overview(ctx, a.Province, c.ID, 0, 200)
}

// invented gives an answer that is the same every time.
func invented(centre id.ID, criterion string, year int) string {
	h := fnv.New32a()
	_, _ = fmt.Fprintf(h, "%d/%s/%d", int64(centre)%997, criterion, year)
	good := uint32(12)
	if year == 2020 {
		good = 7
	}
	switch n := h.Sum32() % 20; {
	case n < good:
		return standards.Yes
	case n < 17:
		return standards.Partly
	case n < 19:
		return standards.No
	}
	return standards.NotApplicable
}

// house is the asker of what the sample says for an institution that has no account of its own.
func (a Assessing) house() who.Asker {
	by := who.House("demo")
	by.Name = "Kepala UPT (contoh)"
	return by
}

// answers fills in invented answers, all of them or the first of so many.
func (a Assessing) answers(ctx context.Context, self id.ID, year, most int) error {
	v, err := a.Standards.Look(ctx, a.house(), self)
	if err != nil {
		return err
	}
	var all []standards.Answer
	for i, c := range v.Criteria {
		if _, there := v.Answers[c.Key]; there || i >= most {
			continue
		}
		all = append(all, standards.Answer{Criterion: c.Key, Value: invented(v.Self.Centre, c.Key, year), Source: "document", Note: "Rekaan (contoh)."})
	}
	return a.Store.Write(ctx, a.house(), enterAnswers, func(tx *store.Tx) error { return a.Standards.EnterMany(tx, self, all) })
}

func (a Assessing) verified(ctx context.Context, s standards.Stand, n, year int, on clock.Day) error {
	a.Calendar.hold(on, n)
	if year != 2020 {
		year = 1
	}
	if err := a.answers(ctx, s.Self.ID, year, 1000); err != nil {
		return err
	}
	if _, err := a.Standards.Submit(ctx, a.house(), s.Self.ID, 0); err != nil {
		return err
	}
	if n%4 == 0 {
		if err := a.doubt(ctx, s.Self.ID); err != nil {
			return err
		}
	}
	_, err := a.Standards.Verify(ctx, a.Province, s.Self.ID, 0, standards.Verification{AgreeRest: true, Note: "Verifikasi rekaan (contoh)."})
	return err
}

// doubt has the province see two answers otherwise.
func (a Assessing) doubt(ctx context.Context, self id.ID) error {
	v, err := a.Standards.Look(ctx, a.Province, self)
	if err != nil {
		return err
	}
	left := 2
	for _, c := range v.Criteria {
		if w := v.Answers[c.Key]; left > 0 && w.Confirmed && w.Value == standards.Yes {
			left--
			_, err := a.Standards.Judge(ctx, a.Province, self, c.Key, 0, standards.Verdict{Value: standards.Partly, How: "visit", Note: "Saat kunjungan belum lengkap (contoh)."})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// byHead answers as a head does: what operations suggest, with one answer of their own and its reason, and a file.
func (a Assessing) byHead(ctx context.Context, head who.Asker, self id.ID) error {
	v, err := a.Standards.Look(ctx, head, self)
	if err != nil {
		return err
	}
	overridden := false
	for i, c := range v.Criteria {
		f, prefilled := standards.FactOf(c.Prefill)
		if !prefilled && i%3 > 0 {
			continue
		}
		in := standards.NewAnswer{Value: invented(v.Self.Centre, c.Key, 1), Source: "observation", Note: "Rekaan (contoh)."}
		if said := f.Suggests(v.Counts[c.Prefill]); prefilled && said != "" {
			in.Value, in.Source, in.Note = said, "operations", ""
			if !overridden && said != standards.Yes {
				overridden = true
				in.Value, in.Why = standards.Yes, "Dua berkas sedang ditandatangani dan belum dicatat (contoh)."
			}
		}
		if _, err := a.Standards.Answer(ctx, head, self, c.Key, 0, in); err != nil {
			return err
		}
	}
	key := v.Criteria[0].Key
	_, err = a.Standards.AddEvidence(ctx, head, self, key, standards.NewEvidence{Title: "Pedoman kerja UPT (contoh)", From: v.Campaign.From, To: v.Campaign.To},
		upload.File{Name: "pedoman-contoh.png", Says: "image/png", Is: "image/png", Body: sampleCard()})
	if err != nil {
		return err
	}
	_, err = a.Standards.CopyLast(ctx, head, self)
	return err
}

// some has the other institutions at different points of the way.
func (a Assessing) some(ctx context.Context, s standards.Stand, n int) error {
	most := 1000
	if n%3 == 1 {
		most = 8 + n
	}
	if err := a.answers(ctx, s.Self.ID, 2, most); err != nil || n%3 == 1 {
		return err
	}
	if _, err := a.Standards.Submit(ctx, a.house(), s.Self.ID, 0); err != nil || n%4 > 1 {
		return err
	}
	if err := a.doubt(ctx, s.Self.ID); err != nil {
		return err
	}
	_, err := a.Standards.Verify(ctx, a.Province, s.Self.ID, 0, standards.Verification{AgreeRest: true})
	return err
}
