package store

import (
	"errors"
	"fmt"
	"maps"
	"strings"

	"tuntas/house/who"
)

// Rule says how one table is guarded. The map of all tables is the scope map (office/access/scope.go).
type Rule struct {
	guard     guard
	byCentre  string
	unlessSee string
	personIn  string // the column that names the person whose presence byCentre asks for
	present   bool   // the row's person is present at the row's centre
	sealed    string // the predicate that is and-ed for an asker without who.SeeSealed
	opened    string // the predicate for an asker who sees one person alone; "" for no row at all
}

// OpenTable may be read by everybody.
func OpenTable() Rule { return Rule{guard: guardOpen} }

// SystemTable may be named only by statements made with System.
func SystemTable() Rule { return Rule{guard: guardSystem} }

// Scoped is read only where its mark stands. byCentre is the predicate for an asker of some centres;
// unless, when not empty, is and-ed for an asker without who.SeeRestricted. Both may hold {t} (the
// table's alias in the statement), {centres} (a list of placeholders) and {user}. Their own aliases begin
// with see_, which no statement may use.
func Scoped(byCentre, unless string) Rule {
	return Rule{guard: guardScoped, byCentre: byCentre, unlessSee: unless}
}

// Where says that byCentre asks whether the person named by a column is present at one of the asker's centres, and
// nothing else, and that unless asks whether she may be seen at all. {see p by c} then leaves the first out: the
// visible row c, at a centre where its person is present, has said it already.
func (r Rule) Where(column string) Rule {
	r.personIn = column
	return r
}

// Present says that the person_id of a row is always present at the row's centre_id, and that byCentre asks for the
// centre: the writing desk keeps it so, and verify looks. unless, if there is one, asks what it asks of the person
// herself: {see c by p} leaves it out.
func (r Rule) Present() Rule {
	r.present = true
	return r
}

// Sealed is and-ed for an asker without who.SeeSealed, however far the asker sees otherwise: rows that tell of wrong done
// by those who would else read them.
func (r Rule) Sealed(unless string) Rule {
	r.sealed = unless
	return r
}

// Opens names the rows that an asker sees to whom the file of one person was opened in an emergency: those of {person}
// and no others. It stands in place of byCentre and unless, and is never added to them, so that nothing else is seen
// with it. A rule without it shows such an asker nothing.
func (r Rule) Opens(predicate string) Rule {
	r.opened = predicate
	return r
}

// vouchedBy tells whether a row of the other rule, visible and of the same person, answers a part of this rule.
func (r Rule) vouchedBy(other Rule) bool {
	return r.personIn != "" && other.present || r.present && r.unlessSee != "" && other.personIn != ""
}

func (r Rule) personColumn() string {
	if r.personIn != "" {
		return r.personIn
	}
	return "person_id"
}

// ours are the tables of this package.
var ours = []string{"audit", "audit_heads", "refusals", "deltas", "tallies", "outbox", "leases",
	"idempotency", "disclosures", "disclosure_persons"}

// Check goes through every statement of the program and reports all that read a table without its
// mark, or a table that the scope map does not know.
func Check(scope map[string]Rule) error {
	tables := Tables(scope)
	var all []error
	for name, rule := range scope {
		// byCentre is and-ed as it stands; the other is put in brackets.
		if err := errors.Join(checkPredicate(rule.byCentre, tables, false), checkPredicate(rule.unlessSee, tables, true),
			checkPredicate(rule.sealed, tables, true),
			checkOpened(rule.opened, tables)); err != nil {
			all = append(all, fmt.Errorf("the rule of %s: %w", name, err))
		}
	}
	for _, st := range registry {
		if err := st.check(tables); err != nil {
			all = append(all, err)
		}
	}
	for _, p := range parts {
		if err := checkPart(string(p.text)); err != nil {
			all = append(all, fmt.Errorf("%s: %w", p.where, err))
		}
	}
	return errors.Join(all...)
}

// Tables gives the rules of a scope map and of the tables of this package.
func Tables(scope map[string]Rule) map[string]Rule {
	all := maps.Clone(scope)
	for _, name := range ours {
		all[name] = SystemTable()
	}
	return all
}

// reach is how far an asker sees, as one of a few shapes, so that statements stay few and plans plain.
type reach struct {
	centres    int // -1: the whole province; 0: nothing; else the padded number of placeholders
	restricted bool
	sealed     bool // rows that are sealed too
	opened     bool // one person alone
}

func reachOf(by who.Asker) reach {
	if by.Emergency() && !by.System {
		return reach{opened: true}
	}
	r := reach{centres: -1, restricted: by.May(who.SeeRestricted), sealed: by.May(who.SeeSealed)}
	if by.System || by.Scope.All {
		return r
	}
	n := len(by.Scope.Centres)
	r.centres = n
	if n > 1 { // 4, 8, 16 … placeholders, the last centre repeated
		r.centres = 4
		for r.centres < n {
			r.centres *= 2
		}
	}
	return r
}

// predicate gives the SQL that stands for one mark; vouched when another row has answered a part.
func (r Rule) predicate(alias string, reach reach, vouched bool) string {
	var terms []string
	switch {
	case reach.opened && r.opened != "": // what another row vouches for is asked of this one too
		return strings.NewReplacer("{person}", personHole, "{t}", alias).Replace(r.opened)
	case reach.opened, reach.centres == 0:
		return "false"
	case reach.centres > 0 && !(vouched && r.personIn != ""):
		list := strings.TrimSuffix(strings.Repeat(centreHole+", ", reach.centres), ", ")
		terms = append(terms, strings.ReplaceAll(r.byCentre, "{centres}", list))
	}
	if r.unlessSee != "" && !reach.restricted && !(vouched && r.present) {
		terms = append(terms, "("+strings.ReplaceAll(r.unlessSee, "{user}", userHole)+")")
	}
	if r.sealed != "" && !reach.sealed {
		terms = append(terms, "("+r.sealed+")")
	}
	if len(terms) == 0 {
		return "true"
	}
	return strings.ReplaceAll(strings.Join(terms, " and "), "{t}", alias)
}
