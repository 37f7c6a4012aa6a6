package store

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// spoilt gives the ways in which a mark loses its effect; no statement may pass with one of them.
func spoilt(text string, m mark) []string {
	see, before, after := text[m.At:m.End], text[:m.At], text[m.End:]
	return []string{
		before + "true" + after, before + "not " + see + after, before + "(" + see + ")" + after,
		before + see + " or true" + after, before + "true or " + see + after, before + see + " = false" + after,
		before + "(" + see + " or true)" + after, before + "coalesce(" + see + ", true)" + after,
		before + "1 between 0 and " + see + after, before + "case when " + see + " then true else true end" + after,
		before + see + " and " + see + after, before + "{see nobody}" + after,
	}
}

func refusesSpoilt(t *testing.T, text string, c checked) {
	for _, m := range c.Marks {
		for _, bad := range spoilt(text, m) {
			if _, err := checkStatement(bad, testTables, false); err == nil {
				t.Errorf("passes without the effect of {see %s}:\n%s", m.Alias, bad)
			}
		}
	}
}

func TestCheck_honestShapesPass(t *testing.T) {
	t.Parallel()
	for name, text := range goodShapes {
		c, err := checkStatement(text, testTables, false)
		if err != nil {
			t.Errorf("%s: refused: %v\n%s", name, err, text)
		}
		for _, m := range c.Marks {
			by := ""
			if m.By != "" {
				by = " by " + m.By
			}
			if text[m.At:m.End] != "{see "+m.Alias+by+"}" {
				t.Errorf("%s: the mark of %s is said to be at %q", name, m.Alias, text[m.At:m.End])
			}
		}
		refusesSpoilt(t, text, c)
	}
}

func TestCheck_tellsWhatIsReadAndWritten(t *testing.T) {
	t.Parallel()
	c, err := checkStatement(goodShapes["upsert under a case"], testTables, false)
	if err != nil || !slices.Equal(c.Reads, []string{"cases"}) || !slices.Equal(c.Writes, []string{"services"}) {
		t.Errorf("reads %v, writes %v, %v", c.Reads, c.Writes, err)
	}
	c, err = checkStatement(goodShapes["same alias inside"], testTables, false)
	if err != nil || !slices.Equal(c.Reads, []string{"cases"}) || len(c.Marks) != 2 {
		t.Errorf("reads %v, marks %v, %v", c.Reads, c.Marks, err)
	}
}

// A refusal says which table or alias is meant, so that whoever wrote the statement can put it right.
func TestCheck_refusalsName(t *testing.T) {
	t.Parallel()
	for name, part := range map[string]string{
		"one of two marks": "persons (p)", "beside an or": "{see c} stands beside an or", "left join, mark in where": "{see s}",
		"unknown table": "secrets", "second arm of union": "stays (s)", "values": "plain values into cases",
		"upsert of a guessed id": "{see cases}", "function of a query": "query_to_xml", "system table": "outbox",
	} {
		if _, err := checkStatement(badShapes[name], testTables, false); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: %v does not say %q", name, err, part)
		}
	}
}

func TestCheck_wrongShapesAreRefused(t *testing.T) {
	t.Parallel()
	for name, text := range badShapes {
		if _, err := checkStatement(text, testTables, false); err == nil {
			t.Errorf("%s: passed\n%s", name, text)
		}
	}
}

func TestCheck_systemStatementsMayNameSystemTables(t *testing.T) {
	t.Parallel()
	if _, err := checkStatement(`select o.id from outbox o`, testTables, true); err != nil {
		t.Error(err)
	}
	if _, err := checkStatement(`select c.id from cases c`, testTables, true); err == nil {
		t.Error("a system statement read a scoped table without its mark")
	}
}

func TestCheckPart(t *testing.T) {
	t.Parallel()
	for text, good := range map[string]bool{
		`and c.stage = ?`:                              true,
		`and (c.stage = ? or c.stage = ?)`:             true,
		`and c.due_on is not null and c.due_on < ?`:    true,
		`or c.stage = ?`:                               false,
		`and c.stage = ? or true`:                      false,
		`c.stage = ?`:                                  false,
		`and exists (select 1 from persons p)`:         false,
		`and {see c}`:                                  false,
		`and c.stage = ?) or (true`:                    false,
		`and (c.stage = ?`:                             false,
		`and c.stage = ? order by c.id`:                false,
		`and c.id in (?, ?) and lower(c.stage) like ?`: true,
		`and c.id between ? and ?`:                     true,
		`and c.id between ?`:                           false,
		`and case when c.id = 1 or c.id = 2 then true else false end`: true,
		`and case when c.id = 1`:                      false,
		`and true, c.id`:                              false,
		`and c.id in persons`:                         false,
		`and (table persons)`:                         false,
		`and (true or exists (select 1 from news n))`: false,
		`and (true and {see c})`:                      false,
		`and c.id = 1; delete from cases`:             false,
		`and c.id = 1 -- `:                            false,
		`and c.id = 1 {parts}`:                        false,
		`and c.id = 1 union select 1`:                 false,
		`and c.id = 1 for update`:                     false,
		`and c.id = 1 and`:                            false,
		`and`:                                         false,
		`and query_to_xml('x')`:                       false,
		`and c.id = ? limit 1`:                        false,
		``:                                            false,
	} {
		if err := checkPart(text); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestCheckPredicate(t *testing.T) {
	t.Parallel()
	for text, good := range map[string]bool{
		``:                             true,
		`{t}.centre_id in ({centres})`: true,
		`exists (select 1 from person_centre see_at where see_at.person_id = {t}.id and see_at.centre_id in ({centres}))`: true,
		`exists (select 1 from person_centre at where at.person_id = {t}.id)`:                                             false,
		`exists (select 1 from person_centre where person_centre.person_id = {t}.id)`:                                     false,
		`exists (select 1 from person_centre see_at where person_id = {t}.id)`:                                            false,
		`exists (select 1 from secrets see_at where see_at.id = {t}.id)`:                                                  false,
		`{t}.centre_id in ({centres}) or {t}.worker_id = {user}`:                                                          false,
		`({t}.centre_id in ({centres}) or {t}.worker_id = {user})`:                                                        true,
		`centre_id in ({centres})`:                 false,
		`{t}.centre_id in ({centres}) and {see t}`: false,
		`{t}.centre_id in ({centres}) limit 1`:     false,
		`{t}.centre_id in ({centres})) or (true`:   false,
	} {
		if err := checkPredicate(text, testTables, false); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
	}
	if err := checkPredicate(`not {t}.restricted or {t}.worker_id = {user}`, testTables, true); err != nil {
		t.Errorf("a predicate that is put in brackets: %v", err)
	}
}

func FuzzCheck(f *testing.F) {
	for _, text := range slices.Concat(slices.Collect(maps.Values(goodShapes)), slices.Collect(maps.Values(badShapes))) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_ = checkPart(text)
		_ = checkPredicate(text, testTables, true)
		c, err := checkStatement(text, testTables, false)
		if err != nil {
			return
		}
		for _, table := range c.Reads {
			marked := slices.ContainsFunc(c.Marks, func(m mark) bool { return m.Table == table })
			if testTables[table].guard == guardSystem || testTables[table].guard == guardScoped && !marked {
				t.Errorf("reads %s without a mark: %s", table, text)
			}
		}
		if !strings.Contains(text, "conflict") { // there a mark may stand although the key says enough
			refusesSpoilt(t, text, c)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	for b.Loop() {
		if _, err := checkStatement(goodShapes["join, marks in where"], testTables, false); err != nil {
			b.Fatal(err)
		}
	}
}
