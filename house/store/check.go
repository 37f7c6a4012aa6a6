package store

import (
	"fmt"
	"slices"
	"strings"
)

// guard is how a table is guarded.
type guard int

const (
	guardOpen   guard = iota // read freely
	guardScoped              // read only where its mark {see alias} stands
	guardSystem              // named only by system statements
)

// mark is one {see alias} in a text.
type mark struct {
	At, End      int // bytes
	Table, Alias string
}

// checked is what is known of a statement that passed.
type checked struct {
	Marks         []mark
	Reads, Writes []string // tables, sorted, each once
}

// checkStatement passes a statement only when every scoped table it reads carries its mark where the
// mark has effect: as a plain and-term of the where of the query block that reads the table, or of the
// on of the join that brings it. A shape it does not understand is an error, never a pass.
func checkStatement(text string, tables map[string]guard, system bool) (checked, error) {
	tokens, err := lex(text)
	if err != nil {
		return checked{}, err
	}
	p := &parser{tokens: tokens, tables: tables, system: system, ctes: map[string]bool{}}
	if err := p.statement(); err != nil {
		return checked{}, err
	}
	slices.Sort(p.reads)
	slices.Sort(p.writes)
	return checked{p.marks, slices.Compact(p.reads), slices.Compact(p.writes)}, nil
}

// checkPart passes a condition that may be spliced in at {parts}: and-ed to what is there, without a
// table, a sub-query, a mark or an or at the top, so that it can only narrow.
func checkPart(text string) error {
	tokens, err := lex(text)
	if err != nil {
		return err
	}
	if len(tokens) == 0 || !tokens[0].is("and") {
		return fmt.Errorf("a part begins with and: %s", text)
	}
	depth := 0
	for _, t := range tokens {
		switch {
		case t.is("("):
			depth++
		case t.is(")"):
			depth--
			if depth < 0 {
				return fmt.Errorf("a part closes a bracket that it did not open: %s", text)
			}
		case t.is("or") && depth == 0:
			return fmt.Errorf("a part has an or at its top: %s", text)
		case t.kind == tokenMark, t.kind == tokenParts:
			return fmt.Errorf("a part holds no mark: %s", text)
		case t.kind == tokenWord && clause[t.text]:
			return fmt.Errorf("a part holds no %s: %s", t.text, text)
		}
	}
	if depth != 0 {
		return fmt.Errorf("a part leaves a bracket open: %s", text)
	}
	return nil
}

// clause are the words that end an expression, or begin something that no expression may hold.
var clause = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`select from where group having order limit offset union intersect except returning
		join left right full inner cross natural on set values window for fetch with insert update delete into`) {
		m[w] = true
	}
	return m
}()
