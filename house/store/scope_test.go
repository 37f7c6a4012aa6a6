package store

import "testing"

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
