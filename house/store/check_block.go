package store

import (
	"fmt"
	"strings"
)

// ref is one table named by a block.
type ref struct {
	alias, table string
	left         bool // brought by a left join: its rows may be missing
	marked       bool
	by           string // the alias whose mark answers a part of this one
}

// block is one select, or the target of an update or delete.
type block struct {
	refs  []*ref
	list  []token            // the select list, brackets folded
	folds string             // why it gives a row even when it reads none: an aggregate, group or having
	inner []token            // columns inside aggregates
	equal map[[2]string]bool // columns that every row of the block holds equal
}

func (b *block) ref(alias string) *ref {
	for _, r := range b.refs {
		if r.alias == alias {
			return r
		}
	}
	return nil
}

// holds notes that two columns are equal in every row of the block.
func (b *block) holds(both [2]string) {
	if b.equal == nil {
		b.equal = map[[2]string]bool{}
	}
	b.equal[both] = true
}

// guarded tells whether the block gives no row without something visible.
func (b *block) guarded() bool {
	for _, r := range b.refs {
		if r.marked && !r.left {
			return true
		}
	}
	return false
}

// settle asks that each scoped table of a block carries its mark.
func (p *parser) settle(b *block) error {
	for _, r := range b.refs {
		if r.table != "" && !p.ctes[r.table] && p.tables[r.table].guard == guardScoped && !r.marked {
			return fmt.Errorf("the table %s (%s) is read without its mark {see %s}", r.table, r.alias, r.alias)
		}
		if r.by != "" {
			if err := p.vouched(b, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// vouched asks of {see r by other} that both are of the same person in every row the block gives, and that other,
// under its own mark, says what r then need not ask: where she is, or that she may be seen at all.
func (p *parser) vouched(b *block, r *ref) error {
	other := b.ref(r.by)
	if other == nil || other == r || !other.marked || other.left || r.left || p.ctes[other.table] {
		return fmt.Errorf("{see %s by %s}: both are joined in this block, and %s carries its own mark", r.alias, r.by, r.by)
	}
	mine, its := p.tables[r.table], p.tables[other.table]
	if !mine.vouchedBy(its) {
		return fmt.Errorf("{see %s by %s}: a row of %s says nothing that %s asks", r.alias, r.by, other.table, r.table)
	}
	a, c := r.alias+"."+mine.personColumn(), other.alias+"."+its.personColumn()
	if !b.equal[[2]string{a, c}] && !b.equal[[2]string{c, a}] {
		return fmt.Errorf("{see %s by %s}: the block does not say %s = %s", r.alias, r.by, a, c)
	}
	return nil
}

// fold gives the tokens with each pair of brackets as one.
func fold(tokens []token) []token {
	var all []token
	depth := 0
	for _, t := range tokens {
		if t.is("(") {
			if depth++; depth == 1 {
				all = append(all, t)
			}
		} else if t.is(")") {
			depth--
		} else if depth == 0 {
			all = append(all, t)
		}
	}
	return all
}

// whole asks that the aggregates of a block are its own: an aggregate whose columns are all of an outer
// query makes that query give one row, even when its where lets nothing through.
func (b *block) whole(creates bool) error {
	for _, t := range b.inner {
		alias, _, dotted := strings.Cut(t.text, ".")
		switch {
		case dotted && b.ref(alias) == nil:
			return fmt.Errorf("the aggregate of %s folds the outer query", t.text)
		case !dotted && creates:
			return fmt.Errorf("the aggregate of %s: say of which table it is", t.text)
		}
	}
	return nil
}

// visibleID tells whether the item of the select list is plainly x.id, or x.…_id, of a marked row x.
func (b *block) visibleID(item int) bool {
	var one []token
	for _, t := range b.list {
		if t.is(",") {
			item--
		} else if item == 0 {
			one = append(one, t)
		}
	}
	if len(one) != 1 || one[0].kind != tokenWord {
		return false
	}
	alias, column, _ := strings.Cut(one[0].text, ".")
	r := b.ref(alias)
	return r != nil && r.marked && !r.left && (column == "id" || strings.HasSuffix(column, "_id"))
}
