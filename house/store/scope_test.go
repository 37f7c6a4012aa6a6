package store

import (
	"testing"

	"tuntas/house/who"
)

// A visible row that is of the same person answers a part of a mark, and only that part.
func TestPredicate_vouched(t *testing.T) {
	t.Parallel()
	person := Scoped("near({t}, {centres})", "open({t}, {user})").Where("id")
	row := Scoped("at({t}, {centres})", "open({t}, {user})").Present()
	one, all := reach{centres: 1}, reach{centres: -1}
	for _, c := range []struct {
		what    string
		rule    Rule
		reach   reach
		vouched bool
		want    string
	}{
		{"a person", person, one, false, "near(p, \x01) and (open(p, \x02))"},
		{"a person where her row is", person, one, true, "(open(p, \x02))"},
		{"a row", row, one, false, "at(p, \x01) and (open(p, \x02))"},
		{"a row of a person who may be seen", row, one, true, "at(p, \x01)"},
		{"a person, province-wide", person, all, true, "(open(p, \x02))"},
		{"nobody's", person, reach{}, true, "false"},
		{"restricted too", person, reach{centres: 1, restricted: true}, true, "true"},
	} {
		if got := c.rule.predicate("p", c.reach, c.vouched); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

// Who sees by an opening sees the rows of one person, by whatever the rule says for it, and of a rule without it none:
// neither where the asker works, nor what a neighbour vouches for, nor the right to see restricted persons adds any.
func TestPredicate_opened(t *testing.T) {
	t.Parallel()
	row := Scoped("at({t}, {centres})", "open({t}, {user})").Present()
	opened := reach{opened: true, centres: 1, restricted: true}
	for _, vouched := range []bool{false, true} {
		if got := row.predicate("c", opened, vouched); got != "false" {
			t.Errorf("a rule that opens nothing: %q", got)
		}
		if got := row.Opens("{t}.person_id = {person}").predicate("c", opened, vouched); got != "c.person_id = \x03" {
			t.Errorf("a rule that opens: %q", got)
		}
	}
	if got := row.Opens("{t}.person_id = {person}").predicate("c", reach{centres: 1, restricted: true}, false); got != "at(c, \x01)" {
		t.Errorf("everybody else: %q", got)
	}
	by := who.Asker{User: 1, Scope: who.Scope{All: true}, Rights: map[who.Right]bool{who.SeeRestricted: true}}
	if got := reachOf(by.Under(who.Opening{ID: 3, Person: 2})); got != (reach{opened: true}) {
		t.Errorf("the reach of somebody of the whole province under an opening: %+v", got)
	}
}

func TestCheckOpened(t *testing.T) {
	t.Parallel()
	for text, good := range map[string]bool{
		``:                         true,
		`{t}.person_id = {person}`: true,
		`{t}.case_id in (select see_c.id from cases see_c where see_c.person_id = {person})`: true,
		`{t}.person_id = {t}.person_id`:                             false,
		`{t}.person_id = {person} or true`:                          false,
		`({t}.person_id = {person} or true)`:                        false,
		`not {t}.person_id = {person}`:                              false,
		`{t}.person_id = {person} and {t}.centre_id in ({centres})`: false,
		`{t}.case_id in (select see_c.id from cases see_c where see_c.person_id = {person} or see_c.id > 0)`: false,
		`{t}.case_id in (select c.id from cases c where c.person_id = {person})`:                             false,
		`person_id = {person}`:             false,
		`{t}.person_id = {person} limit 1`: false,
	} {
		if err := checkOpened(text, testTables); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
	}
	if err := Check(map[string]Rule{"cases": Scoped("true", "").Opens("{t}.id = {t}.id")}); err == nil {
		t.Error("a scope map with a rule that opens everything passes")
	}
}
