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
	By           string // {see alias by other}: whose mark answers a part of this one
}

// checked is what is known of a statement that passed.
type checked struct {
	Marks         []mark
	Reads, Writes []string // tables, sorted, each once
}

// checkStatement passes a statement only when every scoped table it reads carries its mark where the
// mark has effect: as a plain and-term of the where of the query block that reads the table, or of the
// on of the join that brings it. A shape it does not understand is an error, never a pass.
func checkStatement(text string, tables map[string]Rule, system bool) (checked, error) {
	tokens, err := lex(text)
	if err != nil {
		return checked{}, err
	}
	p := &parser{tokens: tokens, tables: tables, system: system}
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
	if len(tokens) < 2 || !tokens[0].is("and") {
		return fmt.Errorf("a part begins with and: %s", text)
	}
	p := &parser{tokens: tokens, i: 1, parts: true, flat: "a part"}
	err = p.expression("part", func(term []token, or bool) error {
		switch {
		case or:
			return fmt.Errorf("a part has an or at its top: %s", text)
		case slices.ContainsFunc(term, func(t token) bool { return t.kind == tokenMark }):
			return fmt.Errorf("a part holds no mark: %s", text)
		}
		return nil
	})
	if err == nil && p.i < len(p.tokens) {
		err = fmt.Errorf("a part holds no %s: %s", p.peek().text, text)
	}
	return err
}

// ownAlias begins the aliases inside the scope map's predicates, and no alias of a statement: a
// statement's alias equal to one inside a predicate would be captured by it, and compared with itself.
const ownAlias = "see_"

// checkPredicate passes a predicate of the scope map. Its columns all say of which table they are, its
// aliases are its own, and an or at the top is refused unless the predicate is put in brackets.
func checkPredicate(text string, tables map[string]Rule, bracketed bool) error {
	if text == "" {
		return nil
	}
	plain := strings.NewReplacer("{t}", "t", "{centres}", "?", "{user}", "?", "{person}", "?").Replace(text)
	tokens, err := lex(plain)
	if err != nil {
		return err
	}
	all := map[string]Rule{} // a predicate reads what it decides on
	for name := range tables {
		all[name] = OpenTable()
	}
	p := &parser{tokens: tokens, tables: all, parts: true, predicate: true}
	err = p.expression("predicate", func(term []token, or bool) error {
		switch {
		case or && !bracketed:
			return fmt.Errorf("an or at the top of a predicate: %s", text)
		case slices.ContainsFunc(term, func(t token) bool { return t.kind == tokenMark }):
			return fmt.Errorf("a predicate holds no mark: %s", text)
		}
		return nil
	})
	if err == nil && p.i < len(p.tokens) {
		err = fmt.Errorf("a predicate holds no %s: %s", p.peek().text, text)
	}
	return err
}

// checkOpened passes a predicate for one person: it is one term, so that no or beside it lets anybody else in, and it
// asks for the person and for nothing that another asker would see.
func checkOpened(text string, tables map[string]Rule) error {
	switch {
	case text == "":
		return nil
	case !strings.Contains(text, "{person}"):
		return fmt.Errorf("a predicate for one person does not ask for {person}: %s", text)
	case strings.Contains(text, "{centres}"), strings.Contains(text, "{user}"):
		return fmt.Errorf("a predicate for one person asks for more than {person}: %s", text)
	}
	if tokens, err := lex(strings.NewReplacer("{t}", "t", "{person}", "?").Replace(text)); err == nil {
		for _, t := range tokens {
			if t.is("or") || t.is("not") {
				return fmt.Errorf("a predicate for one person has an %s: %s", t.text, text)
			}
		}
	}
	return checkPredicate(text, tables, false)
}

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

var (
	// clause are the words that end an expression, or begin something that no expression may hold.
	clause = words(`select from where group having order limit offset union intersect except returning
		join left right full inner cross natural on set values window for fetch with insert update delete into`)

	// operator are the words of an expression that a bracket may follow.
	operator = words(`and or not in exists when then else between like over by is`)

	// operand are the words of an expression that are neither column nor function.
	operand = words(`case end as null true false distinct asc desc escape partition rows range unbounded preceding
		following current row nulls first last bigint integer text boolean`)

	// foreign are words by which one of the engines reads a table outside of from, or reads the rest of
	// the text differently than the other.
	foreign = words(`table lateral only tablesample indexed outer all any some array operator collate glob match regexp
		similar symmetric recursive materialized using filter exclude attach pragma vacuum raise overlaps`)

	// aggregate functions make one row of many, and one row of none.
	aggregate = words(`count sum min max avg`)

	// function are the other functions that both engines know. A function that reads a table by its
	// name in a text (query_to_xml and its like) must never stand here.
	function = words(`coalesce nullif cast lower upper substr length trim replace abs round
		row_number rank dense_rank lag lead first_value last_value ntile`)
)

func keyword(w string) bool { return clause[w] || operator[w] || operand[w] || foreign[w] }
