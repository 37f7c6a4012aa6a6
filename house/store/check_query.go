package store

import "fmt"

type parser struct {
	tokens []token
	i      int
	tables map[string]guard
	system bool
	ctes   map[string]bool
	parts  bool
	depth  int

	marks         []mark
	reads, writes []string
}

// ref is one table named by a block.
type ref struct {
	alias, table string
	left         bool // brought by a left join: its rows may be missing
	marked       bool
}

// block is one select, or the target of an update or delete.
type block struct {
	refs  []*ref
	marks int
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
	if t.kind != tokenWord || clause[t.text] {
		return "", fmt.Errorf("expected a name, found %q", t.text)
	}
	for _, c := range t.text {
		if c == '.' || c == '*' {
			return "", fmt.Errorf("a plain name is wanted, not %s", t.text)
		}
	}
	return t.text, nil
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
		if _, real := p.tables[name]; real || p.ctes[name] || name == "recursive" {
			return fmt.Errorf("%s cannot be the name of a common table", name)
		}
		if err = p.want("as"); err == nil {
			err = p.subquery()
		}
		if err != nil {
			return err
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

// compound reads selects joined by union, and tells the fewest marks of its arms.
func (p *parser) compound() (int, error) {
	fewest := -1
	for {
		n, err := p.selection()
		if err != nil {
			return 0, err
		}
		if fewest < 0 || n < fewest {
			fewest = n
		}
		if !p.skip("union") {
			break
		}
		p.skip("all")
	}
	for _, c := range []string{"order", "limit", "offset"} {
		if p.skip(c) {
			if err := p.expression(c, nil); err != nil {
				return 0, err
			}
		}
	}
	return fewest, nil
}

func (p *parser) selection() (int, error) {
	if err := p.want("select"); err != nil {
		return 0, err
	}
	p.skip("distinct")
	b := &block{}
	if err := p.expression("select list", nil); err != nil {
		return 0, err
	}
	if p.skip("from") {
		if err := p.sources(b); err != nil {
			return 0, err
		}
	}
	if p.skip("where") {
		if err := p.condition(b, nil); err != nil {
			return 0, err
		}
	}
	if p.skip("group") {
		if err := p.expression("group", nil); err != nil {
			return 0, err
		}
	}
	if p.skip("having") {
		if err := p.expression("having", nil); err != nil {
			return 0, err
		}
	}
	return b.marks, p.settle(b)
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
	p.skip("as")
	if t := p.peek(); t.kind == tokenWord && !clause[t.text] {
		alias, err := p.name()
		if err != nil {
			return nil, err
		}
		r.alias = alias
	}
	if r.alias == "" {
		return nil, fmt.Errorf("a derived table needs a name")
	}
	for _, other := range b.refs {
		if other.alias == r.alias {
			return nil, fmt.Errorf("the alias %s stands twice", r.alias)
		}
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
	case g == guardSystem && !p.system:
		return fmt.Errorf("the table %s is the system's own", table)
	}
	p.reads = append(p.reads, table)
	return nil
}

// settle asks that each scoped table of a block carries its mark.
func (p *parser) settle(b *block) error {
	for _, r := range b.refs {
		if r.table != "" && !p.ctes[r.table] && p.tables[r.table] == guardScoped && !r.marked {
			return fmt.Errorf("the table %s (%s) is read without its mark {see %s}", r.table, r.alias, r.alias)
		}
	}
	return nil
}

// condition reads the terms of a where (joined nil) or of the on of a join, and takes the marks that
// stand as whole terms.
func (p *parser) condition(b *block, joined *ref) error {
	var marks []token
	mixed := false
	start := p.i
	err := p.expression("condition", func(term []token, or bool) error {
		mixed = mixed || or
		for _, t := range term {
			if t.kind == tokenMark && len(term) != 1 {
				return fmt.Errorf("{see %s} must stand alone between ands", t.text)
			}
		}
		if len(term) == 1 && term[0].kind == tokenMark {
			marks = append(marks, term[0])
		}
		return nil
	})
	if err != nil {
		return err
	}
	if p.i == start {
		return fmt.Errorf("an empty condition")
	}
	if mixed && len(marks) > 0 {
		return fmt.Errorf("{see %s} stands beside an or: put the or in brackets", marks[0].text)
	}
	for _, m := range marks {
		if err := p.accept(b, joined, m); err != nil {
			return err
		}
	}
	return nil
}

func (p *parser) accept(b *block, joined *ref, m token) error {
	for _, r := range b.refs {
		if r.alias != m.text {
			continue
		}
		switch {
		case p.ctes[r.table] || r.table == "" || p.tables[r.table] != guardScoped:
			return fmt.Errorf("{see %s}: nothing to guard there", m.text)
		case r.left && joined != r:
			return fmt.Errorf("{see %s}: the mark of a left-joined table stands in its own on", m.text)
		case joined != nil && joined != r:
			return fmt.Errorf("{see %s}: a mark in an on guards the table that is joined there", m.text)
		case r.marked:
			return fmt.Errorf("{see %s} stands twice", m.text)
		}
		r.marked = true
		b.marks++
		p.marks = append(p.marks, mark{m.at, m.end, r.table, r.alias})
		return nil
	}
	return fmt.Errorf("{see %s}: no table of that name in this block", m.text)
}
