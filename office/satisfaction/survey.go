package satisfaction

import (
	"context"
	"math/big"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/gate"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

// Desk is the desk of the survey.
type Desk struct {
	store *store.Store
	gate  gate.Gate
}

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{s, gate.New(s, "pendapat")} }

var (
	look        = store.NewAct("survey.look", who.SeeFigures)
	lookForms   = store.NewAct("survey.forms", who.SeeRecords) // remarks are free text
	openRound   = store.NewAct("survey.open", who.CloseMonth)
	closeRound  = store.NewAct("survey.close", who.CloseMonth)
	enterAnswer = store.NewAct("survey.enter", who.CloseMonth)
	dropAnswer  = store.NewAct("survey.remove", who.CloseMonth)
)

// Mark is the measure of what forms say: one fact for each element of each form, by its value.
const Mark = "survey.mark"

// Measures are the figures of this desk.
var Measures = store.Measures([]store.Measure{{Key: Mark, Kind: store.FlowKind, About: "answers", Facts: markFacts}})

// The states of a round.
const (
	Open   = "open"
	Closed = "closed"
)

// Round is a time in which an institution asks the people whom it serves.
type Round struct {
	ID       id.ID
	Version  int64
	Centre   id.ID
	At       string // the name of the institution
	From, To clock.Day
	State    string
	Answers  int64
	Note     string
	MadeOn   clock.Day
	ClosedOn clock.Day
	By       string
	Pulse    bool // everybody may answer by themselves
	Sums     Sums
}

// Rules are those of the day on which the round ends.
func (r Round) Rules() law.SurveyRules { return law.Survey.On(r.To) }

// Grade is A to D; "" without an answer.
func (r Round) Grade() string { return GradeOf(r.Rules(), r.Sums.Index()) }

// NewRound is a round as it is opened.
type NewRound struct {
	From clock.Day `json:"from" required:"true" ask:"Tulis hari pertama."`
	To   clock.Day `json:"to" required:"true" ask:"Tulis hari terakhir."`
	Note string    `json:"note,omitempty" maxLength:"300"`

	Pulse bool `json:"pulse,omitempty"`
}

// Answer is one filled form. Values are those of the nine elements, in their order.
type Answer struct {
	ID            id.ID
	Round, Centre id.ID
	On            clock.Day
	Sex, Age      string
	Education     string
	Remark, By    string
	Source        string // paper, file, pulse
	Respondent    string // resident, family, visitor; "" is not said
	Ref           string // of a file: the number of the form
	Values        [Elements]int64
}

// Where an answer comes from.
const (
	FromPaper = "paper"
	FromFile  = "file"
	FromPulse = "pulse"
)

// NewAnswer is a form as it is entered; all nine elements are asked for, so that each weighs the same.
type NewAnswer struct {
	On        clock.Day `json:"on" required:"true" ask:"Tulis hari pengisian."`
	U1        int64     `json:"u1" required:"true" minimum:"1" maximum:"4" ask:"Pilih nilai unsur ini."`
	U2        int64     `json:"u2" required:"true" minimum:"1" maximum:"4" ask:"Pilih nilai unsur ini."`
	U3        int64     `json:"u3" required:"true" minimum:"1" maximum:"4" ask:"Pilih nilai unsur ini."`
	U4        int64     `json:"u4" required:"true" minimum:"1" maximum:"4" ask:"Pilih nilai unsur ini."`
	U5        int64     `json:"u5" required:"true" minimum:"1" maximum:"4" ask:"Pilih nilai unsur ini."`
	U6        int64     `json:"u6" required:"true" minimum:"1" maximum:"4" ask:"Pilih nilai unsur ini."`
	U7        int64     `json:"u7" required:"true" minimum:"1" maximum:"4" ask:"Pilih nilai unsur ini."`
	U8        int64     `json:"u8" required:"true" minimum:"1" maximum:"4" ask:"Pilih nilai unsur ini."`
	U9        int64     `json:"u9" required:"true" minimum:"1" maximum:"4" ask:"Pilih nilai unsur ini."`
	Sex       string    `json:"sex,omitempty" enum:"male,female"`
	Age       string    `json:"age_group,omitempty" enum:"0-5,6-17,18-39,40-59,60-69,70-"`
	Education string    `json:"education,omitempty" enum:"none,primary,lower,upper,higher"`
	Remark    string    `json:"remark,omitempty" maxLength:"500"`

	Respondent string `json:"respondent,omitempty" enum:"resident,family,visitor"`
}

// answer is the form as a row of a round.
func (a NewAnswer) answer(r Round, source, by string) Answer {
	return Answer{ID: id.New(), Round: r.ID, Centre: r.Centre, On: a.On, Sex: a.Sex, Age: a.Age, Education: a.Education, Remark: a.Remark, By: by,
		Source: source, Respondent: a.Respondent, Values: a.values()}
}

// mayEnter holds that a form belongs to an open round and to a day of it that has come.
func mayEnter(r Round, on, today clock.Day) error {
	switch {
	case r.State != Open:
		return alreadyClosed(r)
	case on < r.From || on > r.To || on > today:
		return fail.Bad("on", "range", "Hari pengisian harus di dalam putaran dan tidak sesudah hari ini.")
	}
	return nil
}

// enter writes a form down with the sums of its round and the figure: the one way of every form, typed, read or answered.
func enter(tx *store.Tx, a Answer) error {
	if err := insertAnswer(tx, a); err != nil {
		return err
	}
	return count(tx, a, 1)
}

func (a NewAnswer) values() [Elements]int64 {
	return [Elements]int64{a.U1, a.U2, a.U3, a.U4, a.U5, a.U6, a.U7, a.U8, a.U9}
}

func (r Round) entry(say string, what any) store.Entry {
	return store.Entry{Kind: "survey", ID: r.ID, Centre: r.Centre, Say: fail.Say(say, r.At), What: what}
}

// Place gives an institution of the asker's own, for which a round may be opened.
func (d *Desk) Place(ctx context.Context, by who.Asker, at id.ID) (c centre.Centre, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		c, err = centre.Own(tx, at)
		return err
	})
	return c, err
}

// OpenRound opens a round of an institution; it has one open round at a time.
func (d *Desk) OpenRound(ctx context.Context, by who.Asker, at id.ID, in NewRound) (r Round, err error) {
	err = d.store.Write(ctx, by, openRound, func(tx *store.Tx) error {
		there, err := centre.Own(tx, at)
		if err != nil {
			return err
		}
		if in.To < in.From {
			return fail.Bad("to", "order", "Hari terakhir sebelum hari pertama.")
		}
		r = Round{ID: id.New(), Version: 1, Centre: at, At: there.Name, From: in.From, To: in.To, State: Open, Note: in.Note, MadeOn: tx.Today(), By: by.Name, Pulse: in.Pulse}
		tx.Record(r.entry("Putaran survei kepuasan %s dibuka.", in))
		return insertRound(tx, r)
	})
	return r, err
}

// CloseRound ends a round: no form is entered or removed any more.
func (d *Desk) CloseRound(ctx context.Context, by who.Asker, round id.ID, version int64) (r Round, err error) {
	err = d.store.Write(ctx, by, closeRound, func(tx *store.Tx) error {
		if r, err = roundByID(tx, round); err != nil {
			return err
		}
		switch {
		case version > 0 && version != r.Version:
			return fail.Stale
		case r.State != Open:
			return alreadyClosed(r)
		case r.To > tx.Today():
			return fail.Broken("survey-early", "Putaran baru berakhir %s.", r.To)
		case r.Answers == 0:
			return fail.Broken("survey-empty", "Belum ada formulir yang dicatat.")
		}
		r.State, r.ClosedOn = Closed, tx.Today()
		tx.Record(r.entry("Putaran survei kepuasan %s ditutup.", nil))
		return keepRound(tx, &r)
	})
	return r, err
}

func alreadyClosed(r Round) error {
	return fail.Broken("survey-closed", "Putaran ini sudah ditutup pada %s.", r.ClosedOn)
}

// Enter writes a filled form down, with the sums of its round.
func (d *Desk) Enter(ctx context.Context, by who.Asker, round id.ID, in NewAnswer) (a Answer, err error) {
	err = d.store.Write(ctx, by, enterAnswer, func(tx *store.Tx) error {
		r, err := roundByID(tx, round)
		if err != nil {
			return err
		}
		if err := mayEnter(r, in.On, tx.Today()); err != nil {
			return err
		}
		a = in.answer(r, FromPaper, by.Name)
		tx.Record(r.entry("Formulir survei kepuasan %s dicatat.", in))
		return enter(tx, a)
	})
	return a, err
}

// Remove takes a form back that was entered wrongly, while its round is open.
func (d *Desk) Remove(ctx context.Context, by who.Asker, answer id.ID) (a Answer, err error) {
	err = d.store.Write(ctx, by, dropAnswer, func(tx *store.Tx) error {
		if a, err = answerByID(tx, answer); err != nil {
			return err
		}
		r, err := roundByID(tx, a.Round)
		if err != nil {
			return err
		}
		if r.State != Open {
			return alreadyClosed(r)
		}
		tx.Record(r.entry("Formulir survei kepuasan %s yang salah dicatat dihapus.", a))
		if err := deleteAnswer(tx, a.ID); err != nil {
			return err
		}
		return count(tx, a, -1)
	})
	return a, err
}

// count moves the sums and the figure by a form.
func count(tx *store.Tx, a Answer, n int64) error {
	for _, v := range a.Values {
		tx.Count(Mark, a.Centre, a.On, string(rune('0'+v)), n)
	}
	return addUp(tx, a, n)
}

// Rounds lists rounds of the asker's scope, the newest first; of one institution, or of all (0).
func (d *Desk) Rounds(ctx context.Context, by who.Asker, at, before id.ID, limit int64) (all []Round, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if all, err = roundsOf(tx, at, before, limit); err != nil || len(all) == 0 {
			return err
		}
		return sumsInto(tx, at, all)
	})
	return all, err
}

// Sheet is a round beside the one before it.
type Sheet struct {
	Round
	Before *Round
}

// Step is the index now less that of the round before; nil where one of them has none.
func (s Sheet) Step() *big.Rat {
	if s.Before == nil {
		return nil
	}
	now, was := s.Sums.Index(), s.Before.Sums.Index()
	if now == nil || was == nil {
		return nil
	}
	return now.Sub(now, was)
}

// Look gives a round, and the institution's last one before it.
func (d *Desk) Look(ctx context.Context, by who.Asker, round id.ID) (s Sheet, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		s = Sheet{}
		if s.Round, err = roundByID(tx, round); err != nil {
			return err
		}
		both, err := roundsOf(tx, s.Centre, s.ID, 1)
		if err != nil {
			return err
		}
		both = append([]Round{s.Round}, both...)
		if err := sumsInto(tx, s.Centre, both); err != nil {
			return err
		}
		s.Round = both[0]
		if len(both) > 1 {
			s.Before = &both[1]
		}
		return nil
	})
	return s, err
}

// Answers lists the forms of a round, the newest first.
func (d *Desk) Answers(ctx context.Context, by who.Asker, round, before id.ID, limit int64) (r Round, all []Answer, err error) {
	err = d.store.Read(ctx, by, lookForms, func(tx *store.Tx) error {
		if r, err = roundByID(tx, round); err != nil {
			return err
		}
		all, err = answersOf(tx, round, before, limit)
		return err
	})
	return r, all, err
}

var lookBroken = store.NewAct("survey.verify", who.SeeSystem)

// Broken counts the forms anew and names every round whose sums say something else.
func (d *Desk) Broken(ctx context.Context) (wrong []string, err error) {
	err = d.store.Read(ctx, who.House("verify"), lookBroken, func(tx *store.Tx) error {
		wrong, err = store.Faults(tx, []store.Fault{
			{Found: sumsWrong, Says: "survey %s has sums that its forms do not give"},
			{Found: formsWrong, Says: "survey %s counts other forms than it has"},
			{Found: marksMissing, Says: "form %s does not speak of all nine elements"},
		})
		return err
	})
	return wrong, err
}
