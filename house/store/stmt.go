package store

import (
	"fmt"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"sync/atomic"

	"tuntas/house/id"
	"tuntas/house/who"
)

// literal is unexported, so that only constant text can become SQL: a concatenated variable does not compile.
type literal string

// Stmt is one statement of the program, known and checked at start.
type Stmt struct {
	text    literal
	where   string // file:line, for the checker's sentence
	system  bool
	inHouse bool
	holds   bool                    // keeps the rows it found from being changed until the write is done
	checked atomic.Pointer[checked] // of the last check: another store of this process may be at work
}

// Part is a constant condition that a Query may add at {parts}.
type Part struct {
	text  literal
	where string
}

var (
	registry []*Stmt
	parts    []*Part
)

// SQL makes a statement. Call it for package variables only.
func SQL(text literal) *Stmt { return register(&Stmt{text: text, where: caller()}) }

// System makes a statement that names system tables; it runs only under a system act.
func System(text literal) *Stmt { return register(&Stmt{text: text, where: caller(), system: true}) }

// house makes a statement of this package itself.
func house(text literal) *Stmt {
	return register(&Stmt{text: text, where: caller(), system: true, inHouse: true})
}

// NewPart makes a condition: it begins with "and" and names no table.
func NewPart(text literal) *Part {
	p := &Part{text: text, where: caller()}
	parts = append(parts, p)
	return p
}

func register(st *Stmt) *Stmt {
	registry = append(registry, st)
	return st
}

func caller() string {
	_, file, line, _ := runtime.Caller(2)
	return fmt.Sprintf("%s/%s:%d", filepath.Base(filepath.Dir(file)), filepath.Base(file), line)
}

func (st *Stmt) check(tables map[string]Rule) error {
	c, err := checkStatement(string(st.text), tables, st.system)
	if err != nil {
		return fmt.Errorf("%s: %w", st.where, err)
	}
	st.checked.Store(&c)
	return nil
}

// Statements lists what each statement reads and writes, with its place: for the house rules.
func Statements() []struct {
	Where         string
	Reads, Writes []string
} {
	var all []struct {
		Where         string
		Reads, Writes []string
	}
	for _, st := range registry {
		known := st.checked.Load()
		if known == nil {
			known = &checked{}
		}
		all = append(all, struct {
			Where         string
			Reads, Writes []string
		}{st.where, known.Reads, known.Writes})
	}
	return all
}

// Query is a statement with the parts chosen for this call.
type Query struct {
	stmt  *Stmt
	parts []*Part
	args  []any
}

// Asked is a *Stmt or a *Query.
type Asked interface{ query() *Query }

func (st *Stmt) query() *Query { return &Query{stmt: st} }
func (q *Query) query() *Query { return q }

// With adds a part when the condition holds. Parts keep the order in which they were added.
func (st *Stmt) With(when bool, p *Part, args ...any) *Query {
	return st.query().With(when, p, args...)
}

// With adds a part when the condition holds.
func (q *Query) With(when bool, p *Part, args ...any) *Query {
	if when {
		q.parts = append(q.parts, p)
		q.args = append(q.args, args...)
	}
	return q
}

// Holes stand for arguments of the scope until the text is built.
const (
	centreHole = "\x01"
	userHole   = "\x02"
	personHole = "\x03"
)

// shape is a statement made ready for one reach and one choice of parts.
type shape struct {
	text string
	plan []source
}

type source struct {
	from byte // 'a' argument of the call, 'p' argument of a part, 'c' centre, 'u' user, 'o' person opened
	n    int
}

type shapeKey struct {
	stmt  *Stmt
	reach reach
	parts string
}

// ready gives the text and arguments to run for an asker.
func (s *Store) ready(q *Query, by who.Asker, args []any) (string, []any, error) {
	key := shapeKey{q.stmt, reachOf(by), partsKey(q.parts)}
	var sh *shape
	if v, ok := s.shapes.Load(key); ok {
		sh = v.(*shape)
	} else {
		sh = s.build(q, key.reach)
		s.shapes.Store(key, sh)
	}
	out := make([]any, 0, len(sh.plan))
	for _, src := range sh.plan {
		switch src.from {
		case 'a':
			if src.n >= len(args) {
				return "", nil, fmt.Errorf("%s: %d arguments given, more are needed", q.stmt.where, len(args))
			}
			out = append(out, args[src.n])
		case 'p':
			out = append(out, q.args[src.n])
		case 'c':
			out = append(out, int64(centreAt(by.Scope.Centres, src.n)))
		case 'u':
			out = append(out, int64(by.User))
		case 'o':
			out = append(out, int64(by.Opened.Person))
		}
	}
	return sh.text, out, nil
}

// padded are values for a statement that takes so many of them, the last repeated.
func padded[T any](some []T, n int) []any {
	all := make([]any, n)
	for k := range all {
		all[k] = some[min(k, len(some)-1)]
	}
	return all
}

func centreAt(centres []id.ID, n int) id.ID { return centres[min(n, len(centres)-1)] }

func partsKey(parts []*Part) string {
	var b strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&b, "%p", p)
	}
	return b.String()
}

// splice is a place in the text where something else goes.
type splice struct {
	at, end int
	text    string
	parts   bool
}

func (s *Store) build(q *Query, r reach) *shape {
	text := string(q.stmt.text)
	var cuts []splice
	for _, m := range q.stmt.checked.Load().Marks {
		cuts = append(cuts, splice{m.At, m.End, s.scope[m.Table].predicate(m.Alias, r, m.By != ""), false})
	}
	if at := strings.Index(text, "{parts}"); at >= 0 {
		var all []string
		for _, p := range q.parts {
			all = append(all, string(p.text))
		}
		cuts = append(cuts, splice{at, at + len("{parts}"), strings.Join(all, " "), true})
	}
	sort.Slice(cuts, func(i, j int) bool { return cuts[i].at < cuts[j].at })
	b := builder{}
	last := 0
	for _, c := range cuts {
		b.add(text[last:c.at], 'a')
		if c.parts {
			b.add(c.text, 'p')
		} else {
			b.add(c.text, 'c')
			b.centres = 0 // each mark lists the centres from the first
		}
		last = c.end
	}
	b.add(text[last:], 'a')
	sh := &shape{text: b.text.String(), plan: b.plan}
	if s.engine == postgres {
		if q.stmt.holds { // SQLite has one writer
			sh.text += " for share"
		}
		sh.text = number(sh.text)
	}
	return sh
}

type builder struct {
	text           strings.Builder
	plan           []source
	args, partArgs int
	centres        int
}

func (b *builder) add(text string, from byte) {
	quoted := false
	for i := range len(text) {
		switch c := text[i]; {
		case c == '\'':
			quoted = !quoted
		case c == '?' && !quoted && from == 'a':
			b.plan = append(b.plan, source{'a', b.args})
			b.args++
		case c == '?' && !quoted:
			b.plan = append(b.plan, source{'p', b.partArgs})
			b.partArgs++
		case c == centreHole[0]:
			b.plan = append(b.plan, source{'c', b.centres})
			b.centres++
			b.text.WriteByte('?')
			continue
		case c == userHole[0]:
			b.plan = append(b.plan, source{'u', 0})
			b.text.WriteByte('?')
			continue
		case c == personHole[0]:
			b.plan = append(b.plan, source{'o', 0})
			b.text.WriteByte('?')
			continue
		}
		b.text.WriteByte(text[i])
	}
}
