package store

import (
	"fmt"
	"strings"
)

type parser struct {
	tokens    []token
	i         int
	tables    map[string]Rule
	system    bool
	ctes      map[string]bool
	parts     bool   // {parts} was there, or has no place
	flat      string // what holds no sub-query
	predicate bool   // a predicate of the scope map itself
	creates   bool   // an insert into a scoped table
	depth     int
	block     *block // the innermost one

	marks         []mark
	reads, writes []string
}

func (p *parser) peek() token {
	if p.i < len(p.tokens) {
		return p.tokens[p.i]
	}
	return token{kind: tokenSign}
}

func (p *parser) take() token {
	t := p.peek()
	p.i++
	return t
}

func (p *parser) at(text string) bool { return p.peek().is(text) }

func (p *parser) skip(text string) bool {
	if p.at(text) {
		p.i++
		return true
	}
	return false
}

func (p *parser) want(text string) error {
	if !p.skip(text) {
		return fmt.Errorf("expected %q, found %q", text, p.peek().text)
	}
	return nil
}

func (p *parser) name() (string, error) {
	t := p.take()
	if t.kind != tokenWord || keyword(t.text) {
		return "", fmt.Errorf("expected a name, found %q", t.text)
	}
	if strings.ContainsAny(t.text, ".*") {
		return "", fmt.Errorf("a plain name is wanted, not %s", t.text)
	}
	return t.text, nil
}

// alias reads "as c" or "c" when it is there.
func (p *parser) alias(otherwise string) (string, error) {
	if t := p.peek(); !p.skip("as") && (t.kind != tokenWord || clause[t.text]) {
		return otherwise, nil
	}
	name, err := p.name()
	if err == nil && strings.HasPrefix(name, ownAlias) != p.predicate {
		err = fmt.Errorf("the alias %s: %s… is for the predicates of the scope map, and for them alone", name, ownAlias)
	}
	return name, err
}

func (p *parser) statement() error {
	if p.skip("with") {
		if err := p.commonTables(); err != nil {
			return err
		}
	}
	var err error
	switch {
	case p.at("select"):
		_, err = p.compound()
	case p.skip("insert"):
		err = p.insert()
	case p.skip("update"):
		err = p.update()
	case p.skip("delete"):
		err = p.deletion()
	default:
		err = fmt.Errorf("a statement begins with with, select, insert, update or delete, not %q", p.peek().text)
	}
	if err == nil && p.i < len(p.tokens) {
		err = fmt.Errorf("not understood from %q on", p.peek().text)
	}
	return err
}

func (p *parser) commonTables() error {
	for {
		name, err := p.name()
		if err != nil {
			return err
		}
		if _, real := p.tables[name]; real || p.ctes[name] || strings.HasPrefix(name, ownAlias) {
			return fmt.Errorf("%s cannot be the name of a common table", name)
		}
		if err = p.want("as"); err == nil {
			err = p.subquery()
		}
		if err != nil {
			return err
		}
		if p.ctes == nil {
			p.ctes = map[string]bool{}
		}
		p.ctes[name] = true // known from here on, so it cannot read itself
		if !p.skip(",") {
			return nil
		}
	}
}

// subquery reads ( select … ).
func (p *parser) subquery() error {
	if err := p.want("("); err != nil {
		return err
	}
	if p.depth++; p.depth > 12 {
		return fmt.Errorf("nested too deep")
	}
	if _, err := p.compound(); err != nil {
		return err
	}
	p.depth--
	return p.want(")")
}

// compound reads selects joined by union, and gives its arms.
func (p *parser) compound() ([]*block, error) {
	var arms []*block
	for {
		b, err := p.selection()
		if err != nil {
			return nil, err
		}
		arms = append(arms, b)
		if !p.skip("union") {
			break
		}
		p.skip("all")
	}
	outer := p.block
	p.block = arms[0] // an aggregate in the order by belongs to the select
	defer func() { p.block = outer }()
	for _, c := range []string{"order", "limit", "offset"} {
		if p.skip(c) {
			if err := p.expression(c, nil); err != nil {
				return nil, err
			}
		}
	}
	return arms, arms[0].whole(p.creates)
}

func (p *parser) selection() (*block, error) {
	if err := p.want("select"); err != nil {
		return nil, err
	}
	p.skip("distinct")
	b := &block{}
	outer := p.block
	p.block = b
	defer func() { p.block = outer }()
	list := p.i
	if err := p.expression("select list", nil); err != nil {
		return nil, err
	}
	b.list = fold(p.tokens[list:p.i])
	if p.skip("from") {
		if err := p.sources(b); err != nil {
			return nil, err
		}
	}
	if p.skip("where") {
		if err := p.condition(b, nil); err != nil {
			return nil, err
		}
	}
	for _, c := range []string{"group", "having"} {
		if p.skip(c) {
			b.folds = c
			if err := p.expression(c, nil); err != nil {
				return nil, err
			}
		}
	}
	if err := p.settle(b); err != nil {
		return nil, err
	}
	return b, b.whole(p.creates)
}

// sources reads what stands after from: tables, derived tables, joins.
func (p *parser) sources(b *block) error {
	if _, err := p.source(b, false); err != nil {
		return err
	}
	for {
		left := false
		switch {
		case p.at(","):
			return fmt.Errorf("tables joined by a comma: write join … on")
		case p.skip("left"):
			left = true
			p.skip("outer")
		case p.skip("inner"):
		case p.at("join"):
		case p.at("right"), p.at("full"), p.at("natural"), p.at("cross"):
			return fmt.Errorf("%s join is not used", p.peek().text)
		default:
			return nil
		}
		if err := p.want("join"); err != nil {
			return err
		}
		joined, err := p.source(b, left)
		if err != nil {
			return err
		}
		if err = p.want("on"); err != nil {
			return err
		}
		if err = p.condition(b, joined); err != nil {
			return err
		}
	}
}

func (p *parser) source(b *block, left bool) (*ref, error) {
	r := &ref{left: left}
	if p.at("(") {
		if err := p.subquery(); err != nil {
			return nil, err
		}
	} else {
		name, err := p.name()
		if err != nil {
			return nil, err
		}
		if err = p.read(name); err != nil {
			return nil, err
		}
		r.table, r.alias = name, name
	}
	var err error
	if r.alias, err = p.alias(r.alias); err != nil {
		return nil, err
	}
	switch {
	case r.alias == "":
		return nil, fmt.Errorf("a derived table needs a name")
	case p.predicate && r.alias == r.table:
		return nil, fmt.Errorf("in a predicate %s needs an alias that begins with %s", r.table, ownAlias)
	}
	if b.ref(r.alias) != nil {
		return nil, fmt.Errorf("the alias %s stands twice", r.alias)
	}
	b.refs = append(b.refs, r)
	return r, nil
}

func (p *parser) read(table string) error {
	g, known := p.tables[table]
	switch {
	case p.ctes[table]:
		return nil
	case !known:
		return fmt.Errorf("the table %s is not in the scope map", table)
	case g.guard == guardSystem && !p.system:
		return fmt.Errorf("the table %s is the system's own", table)
	}
	p.reads = append(p.reads, table)
	return nil
}

// condition reads the terms of a where (joined nil) or of the on of a join, and takes the marks that
// stand as whole terms.
func (p *parser) condition(b *block, joined *ref) error {
	var marks []token
	var equal [][2]string
	mixed, before := false, p.parts
	err := p.expression("condition", func(term []token, or bool) error {
		mixed = mixed || or
		if len(term) == 1 && term[0].kind == tokenMark {
			marks = append(marks, term[0])
			return nil
		}
		for _, t := range term {
			if t.kind == tokenMark {
				return fmt.Errorf("{see %s} must stand alone between ands", t.text)
			}
		}
		if len(term) == 3 && term[0].kind == tokenWord && term[1].is("=") && term[2].kind == tokenWord {
			equal = append(equal, [2]string{term[0].text, term[2].text})
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case mixed && len(marks) > 0:
		return fmt.Errorf("{see %s} stands beside an or: put the or in brackets", marks[0].text)
	case mixed && p.parts != before:
		return fmt.Errorf("{parts} stands beside an or: put the or in brackets")
	case joined != nil && p.parts != before:
		return fmt.Errorf("{parts} stands at the end of a where, not of an on")
	}
	if !mixed && (joined == nil || !joined.left) {
		for _, both := range equal {
			b.holds(both)
		}
	}
	for _, m := range marks {
		if err := p.accept(b, joined, m); err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) accept(b *block, joined *ref, m token) error {
	alias, by, _ := strings.Cut(m.text, " by ")
	r := b.ref(alias)
	switch {
	case r == nil:
		return fmt.Errorf("{see %s}: no table of that name in this block", m.text)
	case p.ctes[r.table] || r.table == "" || p.tables[r.table].guard != guardScoped:
		return fmt.Errorf("{see %s}: nothing to guard there", m.text)
	case r.left && joined != r:
		return fmt.Errorf("{see %s}: the mark of a left-joined table stands in its own on", m.text)
	case joined != nil && joined != r:
		return fmt.Errorf("{see %s}: a mark in an on guards the table that is joined there", m.text)
	case r.marked:
		return fmt.Errorf("{see %s} stands twice", m.text)
	}
	r.marked, r.by = true, by
	p.marks = append(p.marks, mark{m.at, m.end, r.table, r.alias, by})
	return nil
}
