package store

import (
	"fmt"
	"strings"
)

// expression reads up to the next clause word or closing bracket. terms, when given, gets each top-level
// and-term (brackets are one token of it) and whether an or ended it. Marks and {parts} outside of terms
// are refused.
func (p *parser) expression(what string, terms func(term []token, or bool) error) error {
	e := &expr{p: p, what: what, terms: terms}
	for !e.done {
		if err := e.step(); err != nil {
			return err
		}
	}
	switch {
	case e.cases != 0:
		return fmt.Errorf("a case without its end in the %s", what)
	case e.between:
		return fmt.Errorf("a between without its and in the %s", what)
	}
	return e.close(false)
}

type expr struct {
	p       *parser
	what    string
	terms   func([]token, bool) error
	term    []token
	cases   int
	between bool
	ended   bool // after {parts} nothing but the end
	done    bool
}

func (e *expr) close(or bool) error {
	if e.terms == nil {
		return nil
	}
	if len(e.term) == 0 {
		return fmt.Errorf("an empty term in the %s", e.what)
	}
	err := e.terms(e.term, or)
	e.term = nil
	return err
}

func (e *expr) step() error {
	t := e.p.peek()
	switch {
	case e.p.i >= len(e.p.tokens), t.is(")"), t.kind == tokenWord && clause[t.text], t.is(",") && e.terms != nil:
		e.done = true // the caller says what it thinks of it
		return nil
	case e.ended:
		return fmt.Errorf("{parts} stands at the end of a where")
	case t.is("("):
		return e.bracket()
	}
	e.p.i++
	switch t.kind {
	case tokenParts:
		if e.terms == nil || e.cases > 0 || e.between || e.p.parts || len(e.term) == 0 {
			return fmt.Errorf("{parts} stands once, at the end of a where")
		}
		e.p.parts, e.ended = true, true
		return nil
	case tokenMark:
		if e.terms == nil || e.cases > 0 {
			return fmt.Errorf("{see %s} has no effect in the %s", t.text, e.what)
		}
	case tokenWord:
		return e.word(t)
	}
	e.term = append(e.term, t)
	return nil
}

// word reads one word; an and that is neither a between's nor a case's, or an or, ends the term.
func (e *expr) word(t token) error {
	switch {
	case foreign[t.text]:
		return fmt.Errorf("%s is not used in our SQL", t.text)
	case (t.text == "in" || t.text == "exists") && !e.p.at("("): // SQLite: in a table by its bare name
		return fmt.Errorf("%s without a bracket after it", t.text)
	case (t.text == "true" || t.text == "false") && !e.wanted():
		return fmt.Errorf("%s as a name: SQLite would read it where a mark says %s", t.text, t.text)
	case e.p.predicate && !strings.Contains(t.text, ".") && !keyword(t.text) && !function[t.text] && !aggregate[t.text]:
		return fmt.Errorf("the column %s does not say of which table it is", t.text)
	case t.text == "case":
		e.cases++
	case t.text == "end":
		if e.cases--; e.cases < 0 {
			return fmt.Errorf("an end without a case")
		}
	case e.cases > 0:
	case t.text == "between" && e.between:
		return fmt.Errorf("a between inside a between")
	case t.text == "between":
		e.between = true
	case t.text == "and" && e.between:
		e.between = false
	case t.text == "or" && e.between:
		return fmt.Errorf("an or inside a between")
	case e.terms != nil && (t.text == "and" || t.text == "or"):
		return e.close(t.text == "or")
	}
	e.term = append(e.term, t)
	return nil
}

// wanted tells whether an operand is what may follow the word before the one just taken; otherwise the
// word names a column of the result.
func (e *expr) wanted() bool {
	if e.p.i < 2 {
		return true
	}
	switch t := e.p.tokens[e.p.i-2]; t.kind {
	case tokenSign:
		return t.text != ")"
	case tokenWord:
		return clause[t.text] || operator[t.text] || t.text == "case" || t.text == "distinct"
	}
	return false
}

// bracket reads ( … ): a sub-query, the arguments of a function, or an expression in which no mark stands.
func (e *expr) bracket() error {
	p, at := e.p, e.p.i
	folds, err := e.before()
	if err != nil {
		return err
	}
	if at+1 < len(p.tokens) && p.tokens[at+1].is("select") {
		if p.flat != "" {
			return fmt.Errorf("%s holds no sub-query", p.flat)
		}
		err = p.subquery()
	} else {
		err = p.inBrackets()
	}
	if err != nil {
		return err
	}
	if folds && p.block != nil {
		p.block.folds = "an aggregate"
		for _, t := range p.tokens[at:p.i] {
			if t.kind == tokenWord && !keyword(t.text) && !function[t.text] && !aggregate[t.text] {
				p.block.inner = append(p.block.inner, t)
			}
		}
	}
	e.term = append(e.term, token{tokenSign, "()", p.tokens[at].at, p.tokens[p.i-1].end})
	return nil
}

// before asks that what a bracket follows is an operator or a function that both engines know, and tells
// whether it is an aggregate.
func (e *expr) before() (bool, error) {
	if e.p.i == 0 {
		return false, nil
	}
	switch t := e.p.tokens[e.p.i-1]; {
	case t.kind == tokenWord && aggregate[t.text]:
		return true, nil
	case t.kind == tokenWord && !clause[t.text] && !operator[t.text] && !function[t.text]:
		return false, fmt.Errorf("the function %s is not known to the check", t.text)
	case t.kind > tokenSign, t.is(")"):
		return false, fmt.Errorf("a bracket after %s", t.text)
	}
	return false, nil
}

func (p *parser) inBrackets() error {
	p.i++
	if p.depth++; p.depth > 12 {
		return fmt.Errorf("nested too deep")
	}
	err := p.expression("brackets", nil)
	if err == nil && p.skip("order") { // over (partition by … order by …)
		err = p.expression("brackets", nil)
	}
	if err != nil {
		return err
	}
	p.depth--
	return p.want(")")
}
