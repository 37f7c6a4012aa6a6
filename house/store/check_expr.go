package store

import "fmt"

// expression reads up to the next clause word or closing bracket. terms, when given, gets each top-level
// and-term (nested brackets are one token of it) and whether an or stands at the top. Marks and {parts}
// outside of terms are refused.
func (p *parser) expression(what string, terms func(term []token, or bool) error) error {
	e := &expr{p: p, what: what, terms: terms}
	for !e.done {
		if err := e.step(); err != nil {
			return err
		}
	}
	if e.cases != 0 {
		return fmt.Errorf("a case without its end in the %s", what)
	}
	return e.close()
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

func (e *expr) close() error {
	if e.terms == nil {
		return nil
	}
	err := e.terms(e.term, false)
	e.term = nil
	return err
}

func (e *expr) step() error {
	t := e.p.peek()
	switch {
	case e.p.i >= len(e.p.tokens), t.is(")"), t.kind == tokenWord && clause[t.text]:
		e.done = true
		return nil
	case t.is(",") && e.terms != nil:
		if e.what == "condition" {
			e.done = true // the caller says what it thinks of a comma
			return nil
		}
	case e.ended:
		return fmt.Errorf("{parts} stands at the end of a where")
	}
	if t.is("(") {
		return e.bracket()
	}
	e.p.i++
	switch {
	case t.kind == tokenParts:
		if e.terms == nil || e.cases > 0 || e.p.parts || len(e.term) == 0 {
			return fmt.Errorf("{parts} stands once, at the end of a where")
		}
		e.p.parts, e.ended = true, true
		return nil
	case t.kind == tokenMark && (e.terms == nil || e.cases > 0):
		return fmt.Errorf("{see %s} has no effect in the %s", t.text, e.what)
	case t.is("case"):
		e.cases++
	case t.is("end"):
		if e.cases--; e.cases < 0 {
			return fmt.Errorf("an end without a case")
		}
	case e.cases > 0:
	case t.is("between"):
		e.between = true
	case t.is("and") && e.between:
		e.between = false
	case t.is("and") && e.terms != nil:
		return e.close()
	case t.is("or") && e.terms != nil:
		if err := e.terms(e.term, true); err != nil {
			return err
		}
		e.term = nil
		return nil
	}
	e.term = append(e.term, t)
	return nil
}

// bracket reads ( … ): a sub-query, or an expression in which no mark may stand.
func (e *expr) bracket() error {
	p := e.p
	at := p.peek()
	if p.i+1 < len(p.tokens) && p.tokens[p.i+1].is("select") {
		if err := p.subquery(); err != nil {
			return err
		}
		e.term = append(e.term, token{tokenSign, "()", at.at, at.end})
		return nil
	}
	p.i++
	if p.depth++; p.depth > 12 {
		return fmt.Errorf("nested too deep")
	}
	for {
		if err := p.expression("brackets", nil); err != nil {
			return err
		}
		if p.at("order") || p.at("distinct") { // over (partition by … order by …)
			p.i++
			continue
		}
		break
	}
	p.depth--
	e.term = append(e.term, token{tokenSign, "()", at.at, at.end})
	return p.want(")")
}

func (p *parser) insert() error {
	if err := p.want("into"); err != nil {
		return err
	}
	table, err := p.target()
	if err != nil {
		return err
	}
	if !p.at("(") {
		return fmt.Errorf("an insert names its columns")
	}
	if err = (&expr{p: p, what: "columns"}).bracket(); err != nil {
		return err
	}
	scoped := p.tables[table] == guardScoped
	switch {
	case p.at("select"):
		n, err := p.compound()
		if err != nil {
			return err
		}
		if scoped && n == 0 {
			return fmt.Errorf("a row of %s is created under something visible: insert … select … where … and {see …}", table)
		}
	case p.skip("values"):
		if scoped {
			return fmt.Errorf("plain values into %s: insert … select … from something visible", table)
		}
		if err := p.expression("values", nil); err != nil {
			return err
		}
	default:
		return fmt.Errorf("an insert has values or a select, not %q", p.peek().text)
	}
	if p.skip("on") {
		if err := p.conflict(); err != nil {
			return err
		}
	}
	return p.returning()
}

// conflict reads "conflict (…) do nothing", or "do update set …", which changes only the row that the
// insert itself was allowed to make.
func (p *parser) conflict() error {
	if err := p.want("conflict"); err != nil {
		return err
	}
	if p.at("(") {
		if err := (&expr{p: p, what: "conflict"}).bracket(); err != nil {
			return err
		}
	}
	if err := p.want("do"); err != nil {
		return err
	}
	if p.skip("nothing") {
		return nil
	}
	for _, w := range []string{"update", "set"} {
		if err := p.want(w); err != nil {
			return err
		}
	}
	if err := p.expression("set", nil); err != nil {
		return err
	}
	if p.skip("where") {
		return p.expression("conflict", nil)
	}
	return nil
}

func (p *parser) target() (string, error) {
	table, err := p.name()
	if err != nil {
		return "", err
	}
	g, known := p.tables[table]
	if !known {
		return "", fmt.Errorf("the table %s is not in the scope map", table)
	}
	if g == guardSystem && !p.system {
		return "", fmt.Errorf("the table %s is the system's own", table)
	}
	p.writes = append(p.writes, table)
	return table, nil
}

func (p *parser) update() error {
	table, err := p.target()
	if err != nil {
		return err
	}
	if err = p.want("set"); err != nil {
		return err
	}
	if err = p.expression("set", nil); err != nil {
		return err
	}
	return p.narrowed(table)
}

func (p *parser) deletion() error {
	if err := p.want("from"); err != nil {
		return err
	}
	table, err := p.target()
	if err != nil {
		return err
	}
	return p.narrowed(table)
}

// narrowed reads the where of an update or delete, with the mark of its table.
func (p *parser) narrowed(table string) error {
	b := &block{refs: []*ref{{alias: table, table: table}}}
	if err := p.want("where"); err != nil {
		return fmt.Errorf("a change of %s without a where", table)
	}
	if err := p.condition(b, nil); err != nil {
		return err
	}
	if err := p.settle(b); err != nil {
		return err
	}
	return p.returning()
}

func (p *parser) returning() error {
	if p.skip("returning") {
		return p.expression("returning", nil)
	}
	return nil
}
