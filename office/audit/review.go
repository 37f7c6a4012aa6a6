package audit

import (
	"cmp"
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/access"
)

// Opened is a file that was opened in an emergency, as its reviewers see it.
type Opened struct {
	access.Opening
	Called string // of the person; "" for whoever may not see them
}

// Seen is something that was read by an opening: how often, and when first.
type Seen struct {
	Act string
	At  time.Time
	N   int
}

// Says is what was read.
func (s Seen) Says() string {
	switch s.Act {
	case "case.list":
		return "melihat daftar kasusnya"
	case "contact.look":
		return "melihat daftar kunjungannya"
	}
	return Disclosure{Act: s.Act}.Deed()
}

// folded brings together what was read more than once, in the order of the first look.
func folded(all []Seen) (out []Seen) {
	at := map[string]int{}
	for _, s := range all {
		i, known := at[s.Act]
		if !known {
			i = len(out)
			at[s.Act] = i
			out = append(out, s)
		}
		out[i].N++
	}
	return out
}

// Queue chooses openings: those that wait for a reviewer (also when nothing is chosen), those about which was asked, or
// those that were judged.
type Queue struct {
	State string `query:"state" enum:"waiting,asked,judged"`
	After id.ID  `query:"after"`
}

// Verdict is what a reviewer says of an opening: fair, ask or violation. Who asks, and who finds a violation, says why.
type Verdict struct {
	Verdict string `json:"verdict" required:"true" ask:"Pilih penilaian Anda." enum:"fair,ask,violation"`
	Note    string `json:"note" maxLength:"2000"`
}

var (
	seeQueue  = store.NewAct("emergency.queue", who.ReviewOpening)
	seeOfOne  = store.NewAct("emergency.person", who.ReviewOpening)
	seeOpened = store.NewSystemAct("emergency.review", who.ReviewOpening)
	judge     = store.NewSystemAct("emergency.judge", who.ReviewOpening)
	countWait = store.NewAct("emergency.waiting", who.SeeTrail)
)

const (
	queuePage = 50
	leastNote = 10 // letters of a question or of a violation
)

// mayJudge refuses to be one's own judge, to judge twice, and to ask or accuse without a word.
func mayJudge(o access.Opening, by who.Asker, v Verdict) error {
	switch {
	case o.User == by.User:
		return fail.Broken("emergency-own", "Akses darurat sendiri ditelaah orang lain.")
	case o.Judged():
		return fail.Broken("emergency-judged", "Akses darurat ini sudah dinilai.")
	case v.Verdict == "ask" && o.State == access.Asked:
		return fail.Broken("emergency-asked", "Pertanyaan sebelumnya belum dijawab.")
	case v.Verdict != "fair" && utf8.RuneCountInString(v.Note) < leastNote:
		return fail.Bad("note", "short", "Tulis pertanyaan atau alasannya, paling sedikit %d huruf.", leastNote)
	}
	return nil
}

// verdicts are the steps that a verdict leads to, and the sentences of the trail.
var verdicts = map[string]struct{ step, say string }{
	"fair":      {access.Fair, "Akses darurat dinilai wajar."},
	"ask":       {access.Asked, "Akses darurat ditanyakan kepada yang membuka."},
	"violation": {access.Violation, "Akses darurat dinilai pelanggaran."},
}

// Openings gives one page of the openings that the asker reviews, the newest first.
func (d *Desk) Openings(ctx context.Context, by who.Asker, q Queue) (all []Opened, next id.ID, err error) {
	err = d.store.Read(ctx, by, seeQueue, func(tx *store.Tx) error {
		rows, err := store.Each(tx, openingsBefore.With(q.State == "judged", areJudged).With(q.State == "asked", areAsked).
			With(q.State == "" || q.State == "waiting", areWaiting), access.ScanOpening, cmp.Or(q.After, id.Last))
		if err != nil {
			return err
		}
		if len(rows) > queuePage {
			rows = rows[:queuePage]
			next = rows[queuePage-1].ID
		}
		all, err = d.withNames(tx, rows)
		return err
	})
	return all, next, err
}

// OfPerson gives the openings of one person's file that the asker reviews, the newest twenty.
func (d *Desk) OfPerson(ctx context.Context, by who.Asker, person id.ID) (all []access.Opening, err error) {
	err = d.store.Read(ctx, by, seeOfOne, func(tx *store.Tx) error {
		all, err = store.Each(tx, openingsOfOne, access.ScanOpening, person)
		return err
	})
	return all, err
}

func (d *Desk) withNames(tx *store.Tx, rows []access.Opening) (all []Opened, err error) {
	var persons []id.ID
	for _, o := range rows {
		persons = append(persons, o.Person)
	}
	names := map[id.ID]string{}
	if d.Called != nil && tx.By().May(who.SeePerson) {
		if names, err = d.Called(tx, persons); err != nil {
			return nil, err
		}
	}
	for _, o := range rows {
		all = append(all, Opened{o, names[o.Person]})
		if names[o.Person] != "" {
			tx.Saw(o.Person)
		}
	}
	return all, nil
}

// Opening gives one opening with the steps of its review and what was seen by it, the oldest first.
func (d *Desk) Opening(ctx context.Context, by who.Asker, opening id.ID) (o Opened, steps []access.Step, seen []Seen, err error) {
	err = d.store.Read(ctx, by, seeOpened, func(tx *store.Tx) error {
		row, err := store.One(tx, openingByID, access.ScanOpening, opening)
		if err != nil {
			return err
		}
		named, err := d.withNames(tx, []access.Opening{row})
		if err != nil {
			return err
		}
		o = named[0]
		if steps, err = access.StepsOf(tx, opening); err != nil {
			return err
		}
		seen, err = store.Each(tx, viewsOf, scanSeen, opening)
		seen = folded(seen)
		return err
	})
	return o, steps, seen, err
}

// Review judges an opening, or asks about it.
func (d *Desk) Review(ctx context.Context, by who.Asker, opening id.ID, version int64, v Verdict) error {
	v.Note = strings.TrimSpace(v.Note)
	to, ok := verdicts[v.Verdict]
	if !ok {
		return fail.Bad("verdict", "required", "Pilih penilaian Anda.")
	}
	return d.store.Write(ctx, by, judge, func(tx *store.Tx) error {
		o, err := store.One(tx, openingByID, access.ScanOpening, opening)
		if err != nil {
			return err
		}
		if version != 0 && version != o.Version {
			return fail.Stale
		}
		if err := mayJudge(o, by, v); err != nil {
			return err
		}
		return access.Judge(tx, o, to.step, v.Note, fail.Say(to.say))
	})
}

// Waiting tells how many openings wait for a reviewer, and gives the first five; of the centres of the asker.
func (d *Desk) Waiting(ctx context.Context, by who.Asker) (n int64, first []Opened, err error) {
	err = d.store.Read(ctx, by, countWait, func(tx *store.Tx) error {
		var rows []access.Opening
		if n, rows, err = store.Counted(tx, openingsWaiting, openingsOldest, access.ScanOpening); err != nil {
			return err
		}
		first, err = d.withNames(tx, rows)
		return err
	})
	return n, first, err
}
