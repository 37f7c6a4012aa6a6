package participation

import (
	"context"
	"errors"
	"slices"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
)

var (
	trackReport = store.NewSystemAct("report.track", who.Anyone)
	replyReport = store.NewSystemAct("report.reply", who.Anyone)
)

// Key is what a reporter holds: the number, and the secret code.
type Key struct {
	Number string `query:"nomor" json:"nomor" required:"true" maxLength:"40" ask:"Tulis nomor laporan."`
	Code   string `query:"kode" json:"kode" required:"true" maxLength:"40" ask:"Tulis kode rahasia."`
}

// Promise is one step of the way of a report as its reporter sees it.
type Promise struct {
	Say  fail.Saying
	Done bool
	Now  bool
	At   time.Time // when it was done; zero when it is not, or the day alone is known
	On   clock.Day // the day of it, done or promised
}

// Progress is what a reporter sees: no person, and no name of anybody of the office.
type Progress struct {
	Number, Code string
	Category     string
	State        string
	Outcome      string
	ReceivedAt   time.Time
	DueOn        clock.Day
	Line         []Promise
	Messages     []Step
	MayReply     bool
	MayJudge     bool
	Satisfied    string
	Joined       bool // it goes on under another report of the same
	report       Report
}

// errNoReport is the same for a wrong code, a number that is not there, and a number alone.
var errNoReport = fail.Broken("report-unknown", "Nomor dan kode ini tidak cocok. Periksa keduanya pada tanda terima.")

// noHash stands for the hash of a number that is not there.
var noHash = hashOf("none", "")

// opened finds a report by its number and code: the same answer whatever is wrong.
func opened(tx *store.Tx, k Key) (Report, error) {
	r, hash, err := byNumber(tx, plainNumber(k.Number))
	if err != nil && !errors.Is(err, fail.NotFound) {
		return r, err
	}
	if err != nil { // as long as a real one, so that both are compared to the end
		r.Number, hash = "JTM-000-000", noHash
	}
	if !codeMatches(r.Number, k.Code, hash) || err != nil {
		return Report{}, errNoReport
	}
	return r, nil
}

// Track shows a reporter what became of the report.
func (d *Desk) Track(ctx context.Context, k Key) (p Progress, err error) {
	err = d.store.Read(ctx, Reporter(), trackReport, func(tx *store.Tx) error {
		r, err := opened(tx, k)
		if err != nil {
			return err
		}
		p, err = progressOf(tx, r)
		p.Code = id.Plain(k.Code)
		return err
	})
	return p, err
}

func progressOf(tx *store.Tx, own Report) (p Progress, err error) {
	steps, err := stepsOf(tx, own.ID)
	if err != nil {
		return p, err
	}
	r, way := own, steps
	if own.MergedInto != 0 { // both see the same progress, and each the own messages
		if r, err = byID(tx, own.MergedInto); err != nil {
			return p, err
		}
		if way, err = stepsOf(tx, r.ID); err != nil {
			return p, err
		}
	}
	p = Progress{Number: own.Number, Category: own.Category, State: r.State, Outcome: r.Outcome, ReceivedAt: own.ReceivedAt, DueOn: r.DueOn, Joined: own.MergedInto != 0,
		MayReply: true, MayJudge: r.State == Closed && own.MergedInto == 0 && own.Satisfied == "", Satisfied: own.Satisfied, report: r}
	p.Line = promises(r, way)
	if r.Case != 0 {
		c, err := casework.ByID(tx, r.Case)
		if err != nil && !errors.Is(err, fail.NotFound) {
			return p, err
		}
		if err == nil {
			p.Line = append(p.Line, caseLine(c))
		}
	}
	for _, s := range steps {
		if s.Shown && s.Body != "" {
			s.By = ""
			p.Messages = append(p.Messages, s)
		}
	}
	if own.MergedInto != 0 {
		for _, s := range way {
			if s.Shown && s.Body != "" && s.Sender == "staff" && s.Kind != "message" {
				s.By = ""
				p.Messages = append(p.Messages, s)
			}
		}
	}
	slices.SortStableFunc(p.Messages, func(a, b Step) int { return a.At.Compare(b.At) })
	return p, nil
}

// caseLine says in general words how far somebody is helped: never who.
func caseLine(c casework.Case) Promise {
	switch c.Stage {
	case casework.Approach:
		return Promise{Say: fail.Say("Petugas sudah bertemu"), Now: true, Done: true, On: c.OpenedOn}
	case casework.Closed:
		return Promise{Say: fail.Say("Pendampingan selesai"), Done: true, On: c.ClosedOn}
	}
	return Promise{Say: fail.Say("Sedang didampingi"), Now: true, Done: true, On: c.StageSince}
}

// promises lays the way of a report: what was done and when, and until when the rest is promised, on working days.
func promises(r Report, steps []Step) []Promise {
	at := map[string]time.Time{Received: r.ReceivedAt}
	for _, s := range steps {
		if s.Kind != Received {
			at[s.Kind] = s.At
		}
	}
	kind, n := r.Kind(), reached(r.State)
	visitOn := law.AddWorkingDays(clock.DayOf(r.ReceivedAt), kind.Answer+kind.Visit)
	resultOn := law.AddWorkingDays(clock.DayOf(r.ReceivedAt), kind.Answer+kind.Visit+kind.Result)
	check := Promise{Say: fail.Say("Diperiksa petugas"), Done: n >= 2, Now: n == 1, On: r.AnswerDueOn}
	if r.State == Received {
		check.On = r.DueOn
	}
	if check.Done {
		check.On = r.AnsweredOn
	}
	visit := Promise{Say: fail.Say("Petugas ke lokasi"), Done: !at[Visited].IsZero(), Now: n == 2, At: at[Visited], On: visitOn}
	if r.State == Verified || r.State == Dispatched {
		visit.On = r.DueOn
	}
	end := Promise{Say: fail.Say("Hasil ditulis di sini"), Done: r.State == Closed, Now: n == 3, At: at[Closed], On: resultOn}
	if r.State == Visited {
		end.On = r.DueOn
	}
	if r.State == Closed {
		end.On = r.ClosedOn
	}
	all := []Promise{{Say: fail.Say("Diterima"), Done: true, At: r.ReceivedAt, On: r.ReceivedOn}, check}
	if r.State != Closed || visit.Done {
		all = append(all, visit)
	}
	return append(all, end)
}

// Reply is what a reporter adds.
type Reply struct {
	Key
	Text string `json:"text,omitempty" maxLength:"2000"`
}

// AddReply writes a message of the reporter, with a photo where one was sent.
func (d *Desk) AddReply(ctx context.Context, place string, in Reply, file *upload.File) error {
	err := d.store.Read(ctx, Reporter(), trackReport, func(tx *store.Tx) error { // before anybody looks into the file
		_, err := opened(tx, in.Key)
		return err
	})
	if err != nil {
		return err
	}
	if in.Text == "" && file == nil {
		return fail.Bad("text", "required", "Tulis keterangan Anda, atau pilih sebuah foto.")
	}
	if err := d.gate.Allow(ctx, "reply", place, 30); err != nil {
		return err
	}
	var photo []byte
	if file != nil {
		var err error
		if photo, err = cleanPhoto(ctx, *file); err != nil {
			return err
		}
	}
	return d.store.Write(ctx, Reporter(), replyReport, func(tx *store.Tx) error {
		r, err := opened(tx, in.Key)
		if err != nil {
			return err
		}
		s := Step{Kind: "message", Sender: "reporter", Body: in.Text, Shown: true}
		if photo != nil {
			if err := insertPhoto(tx, r, file.Is, photo); err != nil {
				return err
			}
			if in.Text == "" {
				s.Kind = "photo"
			}
		}
		if err := addStep(tx, r, s); err != nil {
			return err
		}
		tx.Record(r.entry("Pelapor %s menambah keterangan.", nil))
		tell(tx, r, "report-reply", fail.Say("Pelapor %s menambah keterangan.", r.Number), "")
		return nil
	})
}

// Judgement is whether the reporter finds it solved.
type Judgement struct {
	Key
	Solved string `json:"solved" required:"true" enum:"yes,no" ask:"Pilih sudah atau belum."`
	Text   string `json:"text,omitempty" maxLength:"2000"`
}

// Judge takes the reporter's word: solved, or the report is opened again with a new promise.
func (d *Desk) Judge(ctx context.Context, in Judgement) error {
	return d.store.Write(ctx, Reporter(), replyReport, func(tx *store.Tx) error {
		r, err := opened(tx, in.Key)
		if err != nil {
			return err
		}
		if r.State != Closed || r.Satisfied != "" {
			return fail.Broken("report-judged", "Laporan ini sedang dikerjakan, atau sudah Anda jawab.")
		}
		if in.Solved == "yes" {
			r.Satisfied = "yes"
			tx.Record(r.entry("Pelapor %s: sudah selesai.", nil))
			if err := addStep(tx, r, Step{Kind: "solved", Sender: "reporter", Body: in.Text, Shown: true}); err != nil {
				return err
			}
			return keepReport(tx, &r)
		}
		if err := r.move(doReopen, tx.Today()); err != nil {
			return err
		}
		tx.Record(r.entry("Laporan %s dibuka lagi oleh pelapor.", nil))
		if err := addStep(tx, r, Step{Kind: "reopened", Sender: "reporter", Body: in.Text, Shown: true}); err != nil {
			return err
		}
		tell(tx, r, "report-again", fail.Say("Laporan %s dibuka lagi: menurut pelapor belum selesai.", r.Number), "")
		return keepReport(tx, &r)
	})
}

// tell notifies those who must act: of the institution it lies with, else of the province. Of a sealed report nobody of an
// institution hears.
func tell(tx *store.Tx, r Report, kind string, say fail.Saying, once string) {
	n := store.Notice{Role: "head_division", Kind: kind, Say: say, Path: r.Path(), Once: once}
	if r.Centre != 0 && !r.Sealed {
		n.Role, n.Centre = "head_centre", r.Centre
	}
	tx.Notify(n)
}
