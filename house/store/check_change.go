package store

import (
	"fmt"
	"strings"
)

// insertion is an insert as far as it was read.
type insertion struct {
	table   string
	scoped  bool
	columns []string
	arms    []*block
}

func (p *parser) insert() error {
	if err := p.want("into"); err != nil {
		return err
	}
	table, err := p.target()
	if err != nil {
		return err
	}
	in := &insertion{table: table, scoped: p.tables[table].guard == guardScoped}
	if in.columns, err = p.columns(); err != nil {
		return err
	}
	switch {
	case p.at("select"):
		p.creates = in.scoped
		if in.arms, err = p.compound(); err == nil && in.scoped {
			err = in.under()
		}
	case p.at("values") && in.scoped:
		err = fmt.Errorf("plain values into %s: insert … select … from something visible", table)
	case p.skip("values"):
		err = p.expression("values", nil)
	default:
		err = fmt.Errorf("an insert has values or a select, not %q", p.peek().text)
	}
	if err == nil && p.skip("on") {
		err = p.conflict(in)
	}
	if err != nil {
		return err
	}
	return p.returning()
}

// under asks that a row of a scoped table is only created under something visible: no arm may give a
// row when its marks let nothing through.
func (in *insertion) under() error {
	for _, b := range in.arms {
		switch {
		case !b.guarded():
			return fmt.Errorf("a row of %s is created under something visible: insert … select … where … and {see …}", in.table)
		case b.folds != "":
			return fmt.Errorf("%s in an insert into %s: it gives a row even when nothing is visible", b.folds, in.table)
		}
	}
	return nil
}

// columns reads (a, b, c).
func (p *parser) columns() ([]string, error) {
	if !p.skip("(") {
		return nil, fmt.Errorf("the columns are wanted in brackets, not %q", p.peek().text)
	}
	var all []string
	for {
		t := p.take()
		if t.kind != tokenWord || strings.ContainsAny(t.text, ".*") {
			return nil, fmt.Errorf("expected a column, found %q", t.text)
		}
		all = append(all, t.text)
		if !p.skip(",") {
			return all, p.want(")")
		}
	}
}

// conflict reads "conflict (…) do nothing", or "do update set … where …". The row that is there already
// may be somebody else's: in a scoped table it is changed only when it carries its mark in the where, or
// when its key holds the id of something visible.
func (p *parser) conflict(in *insertion) error {
	if err := p.want("conflict"); err != nil {
		return err
	}
	var key []string
	if p.at("(") {
		var err error
		if key, err = p.columns(); err != nil {
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
	r := &ref{alias: in.table, table: in.table}
	if p.skip("where") {
		if err := p.condition(&block{refs: []*ref{r}}, nil); err != nil {
			return err
		}
	}
	if in.scoped && !r.marked && !in.keyVisible(key) {
		return fmt.Errorf("on conflict may change a row of %s that is not visible: where {see %s}", in.table, in.table)
	}
	return nil
}

// keyVisible tells whether some column of the key is filled, in every arm, with an id of a marked row.
func (in *insertion) keyVisible(key []string) bool {
	for _, column := range key {
		at := -1
		for i, c := range in.columns {
			if c == column {
				at = i
			}
		}
		visible := at >= 0
		for _, b := range in.arms {
			visible = visible && b.visibleID(at)
		}
		if visible {
			return true
		}
	}
	return false
}

// target reads the table that is changed.
func (p *parser) target() (string, error) {
	table, err := p.name()
	if err != nil {
		return "", err
	}
	g, known := p.tables[table]
	if !known {
		return "", fmt.Errorf("the table %s is not in the scope map", table)
	}
	if g.guard == guardSystem && !p.system {
		return "", fmt.Errorf("the table %s is the system's own", table)
	}
	p.writes = append(p.writes, table)
	return table, nil
}

// named reads the target of an update or delete with its alias, which SQLite wants after an as.
func (p *parser) named() (*ref, error) {
	table, err := p.target()
	if err != nil {
		return nil, err
	}
	alias := table
	if p.at("as") {
		alias, err = p.alias(table)
	}
	return &ref{alias: alias, table: table}, err
}

func (p *parser) update() error {
	r, err := p.named()
	if err != nil {
		return err
	}
	if err = p.want("set"); err != nil {
		return err
	}
	if err = p.expression("set", nil); err != nil {
		return err
	}
	return p.narrowed(r)
}

func (p *parser) deletion() error {
	if err := p.want("from"); err != nil {
		return err
	}
	r, err := p.named()
	if err != nil {
		return err
	}
	return p.narrowed(r)
}

// narrowed reads the where of an update or delete, with the mark of its table.
func (p *parser) narrowed(r *ref) error {
	b := &block{refs: []*ref{r}}
	if err := p.want("where"); err != nil {
		return fmt.Errorf("a change of %s without a where", r.table)
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
