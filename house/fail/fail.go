// Package fail holds the seven ways in which a desk can say no. Each carries an Indonesian sentence
// that is translated at the edge; house/web alone turns them into pages and problem documents.
package fail

import (
	"errors"
	"fmt"
)

// NotFound is "not there" and "not yours" alike: 404. Denied is "yours to see, not to do": 403.
// Stale is a version that somebody changed in between: 412. Busy is "try again shortly": 503.
var (
	NotFound = errors.New("not found")
	Denied   = errors.New("denied")
	Stale    = errors.New("stale")
	Busy     = errors.New("busy")
)

// Saying is an Indonesian sentence with its arguments, translated where it is shown.
type Saying struct {
	Text string
	Args []any
}

// Say makes a saying.
func Say(text string, args ...any) Saying { return Saying{text, args} }

func (s Saying) String() string {
	if len(s.Args) == 0 {
		return s.Text
	}
	return fmt.Sprintf(s.Text, s.Args...)
}

// Field is what is wrong with one field of the input.
type Field struct {
	Name string // as in the API: "on", "goals.0.text"
	Code string // for programs: "required", "too-long"
	Say  Saying
}

// Invalid lists all fields that are wrong: 400.
type Invalid struct{ Fields []Field }

func (e *Invalid) Error() string {
	s := "invalid input"
	for _, f := range e.Fields {
		s += "; " + f.Name + ": " + f.Say.String()
	}
	return s
}

// Bad says that one field is wrong.
func Bad(field, code, sentence string, args ...any) error {
	return &Invalid{[]Field{{field, code, Say(sentence, args...)}}}
}

// WrongCursor says that no page of the list begins where the request says.
var WrongCursor = Bad("after", "cursor", "Penunjuk halaman ini tidak dikenal. Mulai lagi dari halaman pertama.")

// Fields collects wrong fields, so that a form can show them all at once.
type Fields []Field

// Add notes one wrong field.
func (f *Fields) Add(field, code, sentence string, args ...any) {
	*f = append(*f, Field{field, code, Say(sentence, args...)})
}

// Err gives nil when nothing was noted.
func (f Fields) Err() error {
	if len(f) == 0 {
		return nil
	}
	return &Invalid{f}
}

// Missing is one thing that a stage or a deed still lacks.
type Missing struct {
	Code string
	Say  Saying
}

// Rule is a rule of the work that refuses: 422. Name ends the type of the problem document.
type Rule struct {
	Name    string
	Say     Saying
	Missing []Missing
}

func (e *Rule) Error() string {
	s := e.Name + ": " + e.Say.String()
	for _, m := range e.Missing {
		s += "; " + m.Code
	}
	return s
}

// Broken says that a rule of the work refuses.
func Broken(name, sentence string, args ...any) error {
	return &Rule{Name: name, Say: Say(sentence, args...)}
}

// Collision is a clash with what is already there: 409.
type Collision struct {
	Name string
	Say  Saying
}

func (e *Collision) Error() string { return e.Name + ": " + e.Say.String() }

// Clash says that a bed is taken, or an id or key was used with other content.
func Clash(name, sentence string, args ...any) error {
	return &Collision{name, Say(sentence, args...)}
}

// Gate collects all that is missing before a stage may be entered.
type Gate struct{ missing []Missing }

// Need notes what is missing unless ok.
func (g *Gate) Need(ok bool, code, sentence string, args ...any) {
	if !ok {
		g.missing = append(g.missing, Missing{code, Say(sentence, args...)})
	}
}

// Missing lists what was noted.
func (g *Gate) Missing() []Missing { return g.missing }

// Err gives nil when nothing is missing.
func (g *Gate) Err() error {
	if len(g.missing) == 0 {
		return nil
	}
	return &Rule{Name: "stage-gate", Say: Say("Tahap berikutnya belum bisa dimulai."), Missing: g.missing}
}
