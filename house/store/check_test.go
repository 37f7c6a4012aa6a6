package store

import (
	"strings"
	"testing"
)

var testTables = map[string]guard{
	"cases": guardScoped, "persons": guardScoped, "stays": guardScoped, "services": guardScoped, "person_centre": guardScoped,
	"centres": guardScoped, "news": guardOpen, "name_token": guardOpen, "outbox": guardSystem,
}

var goodShapes = map[string]string{
	"one table":             `select c.id from cases c where c.id = ? and {see c}`,
	"mark first":            `select c.id from cases c where {see c} and c.id = ?`,
	"mark alone":            `select c.id from cases c where {see c}`,
	"no alias":              `select id from cases where {see cases}`,
	"as alias":              `select c.id from cases as c where {see c}`,
	"join, marks in where":  `select c.id, p.called from cases c join persons p on p.id = c.person_id where c.id > ? and {see c} and {see p} order by c.id limit 51`,
	"join, mark in its on":  `select c.id from cases c join persons p on p.id = c.person_id and {see p} where {see c}`,
	"inner join":            `select c.id from cases c inner join persons p on p.id = c.person_id where {see c} and {see p}`,
	"left join":             `select c.id from cases c left join stays s on s.case_id = c.id and {see s} where {see c}`,
	"left join open":        `select c.id from cases c left join news n on n.id = c.id where {see c}`,
	"parts":                 `select c.id from cases c where c.id > ? and {see c} {parts} order by c.id limit 51`,
	"or in brackets":        `select c.id from cases c where (c.stage = ? or c.stage = ?) and {see c}`,
	"between":               `select c.id from cases c where c.opened_on between ? and ? and {see c}`,
	"case":                  `select case when c.stage = 'a' and c.id = 1 then 1 else 0 end from cases c where {see c}`,
	"exists":                `select c.id from cases c where {see c} and exists (select 1 from stays s where s.case_id = c.id and {see s})`,
	"in":                    `select c.id from cases c where c.id in (select s.case_id from stays s where {see s}) and {see c}`,
	"not exists":            `select c.id from cases c where not exists (select 1 from stays s where s.case_id = c.id and {see s}) and {see c}`,
	"sub-query in list":     `select (select count(*) from stays s where s.case_id = c.id and {see s}) from cases c where {see c}`,
	"common table":          `with x as (select c.id as id from cases c where {see c}) select x.id from x where x.id > ?`,
	"two common tables":     `with x as (select c.id as id from cases c where {see c}), y as (select x.id as id from x) select y.id from y`,
	"derived table":         `select f.id from (select c.id as id from cases c where {see c}) f where f.id > ? limit ?`,
	"union":                 `select c.id from cases c where {see c} union all select s.id from stays s where {see s} order by 1`,
	"group and having":      `select c.stage, count(*) from cases c where {see c} group by c.stage having count(*) > ?`,
	"window":                `select row_number() over (partition by c.stage order by c.id) from cases c where {see c}`,
	"open table":            `select n.id from news n where n.id = ? or n.id = ?`,
	"no table":              `select 1`,
	"update":                `update cases set stage = ?, version = version + 1 where id = ? and version = ? and {see cases}`,
	"update open":           `update news set title = ? where id = ?`,
	"update returning":      `update cases set stage = ? where id = ? and {see cases} returning version`,
	"delete":                `delete from services where id = ? and {see services}`,
	"insert select":         `insert into cases (id, centre_id) select ?, e.id from centres e where e.id = ? and {see e}`,
	"upsert":                `insert into cases (id, centre_id) select ?, e.id from centres e where e.id = ? and {see e} on conflict (id) do update set centre_id = excluded.centre_id where cases.id > ?`,
	"insert nothing":        `insert into person_centre (person_id, centre_id) select p.id, ? from persons p where p.id = ? and {see p} on conflict do nothing`,
	"insert values, open":   `insert into news (id, title) values (?, ?)`,
	"upsert open":           `insert into name_token (id, n) values (?, ?) on conflict (id) do update set n = name_token.n + excluded.n returning id`,
	"like and concatenated": `select c.id from cases c where c.stage like ? || '%' and {see c}`,
	"cast":                  `select cast(? as bigint) from cases c where {see c}`,
	"is null":               `select c.id from cases c where c.closed_on is null and c.id <> ? and {see c}`,
}

var badShapes = map[string]string{
	"no mark":                  `select c.id from cases c where c.id = ?`,
	"no where":                 `select c.id from cases c`,
	"one of two marks":         `select c.id from cases c join persons p on p.id = c.person_id where {see c}`,
	"beside an or":             `select c.id from cases c where {see c} or c.id = ?`,
	"or later":                 `select c.id from cases c where {see c} and c.id = ? or c.id = ?`,
	"or earlier":               `select c.id from cases c where c.id = ? or c.id = ? and {see c}`,
	"in brackets":              `select c.id from cases c where (c.id = ? and {see c})`,
	"in brackets with or":      `select c.id from cases c where ({see c} or c.id = ?) and c.id > 0`,
	"double brackets":          `select c.id from cases c where (({see c}))`,
	"not":                      `select c.id from cases c where not {see c}`,
	"inside not":               `select c.id from cases c where not ({see c})`,
	"between low":              `select c.id from cases c where c.id between {see c} and ?`,
	"between high":             `select c.id from cases c where c.id between ? and {see c}`,
	"between swallows":         `select c.id from cases c where ? between 0 and {see c} and c.id = 1`,
	"in a case":                `select c.id from cases c where case when {see c} then true else true end`,
	"in a case with and":       `select c.id from cases c where case when true and {see c} and true then true else true end`,
	"compared":                 `select c.id from cases c where {see c} = false`,
	"compared before":          `select c.id from cases c where true <> {see c}`,
	"is":                       `select c.id from cases c where {see c} is not null`,
	"in a function":            `select c.id from cases c where coalesce({see c}, true)`,
	"in the list":              `select {see c} from cases c where c.id = ?`,
	"in order by":              `select c.id from cases c where c.id = ? order by {see c}`,
	"in group by":              `select c.id from cases c where c.id = ? group by {see c}`,
	"in having":                `select c.id from cases c group by c.id having {see c}`,
	"in limit":                 `select c.id from cases c limit {see c}`,
	"in a sub-query":           `select c.id from cases c where exists (select 1 from news n where n.id = c.id and {see c})`,
	"outer marked, inner not":  `select c.id from cases c where {see c} and exists (select 1 from stays s where s.case_id = c.id)`,
	"inner marked, outer not":  `select c.id from cases c where exists (select 1 from stays s where s.case_id = c.id and {see s})`,
	"sub-query in list":        `select (select count(*) from stays s) from cases c where {see c}`,
	"sub-query in order":       `select c.id from cases c where {see c} order by (select s.id from stays s)`,
	"in the wrong query":       `select c.id from cases c where exists (select 1 from stays s where {see c} and {see s})`,
	"left join, mark in where": `select c.id from cases c left join stays s on s.case_id = c.id where {see c} and {see s}`,
	"left join, wrong on":      `select c.id from cases c left join stays s on s.case_id = c.id and {see c} and {see s}`,
	"left join, none":          `select c.id from cases c left join stays s on s.case_id = c.id where {see c}`,
	"left join, or in on":      `select c.id from cases c left join stays s on s.case_id = c.id and {see s} or true where {see c}`,
	"mark of first in on":      `select c.id from cases c join persons p on p.id = c.person_id and {see c} where {see p}`,
	"comma join":               `select c.id from cases c, persons p where {see c} and {see p}`,
	"comma after join":         `select c.id from cases c join news n on n.id = c.id, persons p where {see c}`,
	"right join":               `select c.id from cases c right join persons p on p.id = c.person_id where {see c} and {see p}`,
	"full join":                `select c.id from cases c full join persons p on p.id = c.person_id where {see c} and {see p}`,
	"natural join":             `select c.id from cases c natural join persons p where {see c} and {see p}`,
	"cross join":               `select c.id from cases c cross join persons p where {see c} and {see p}`,
	"using":                    `select c.id from cases c join persons p using (id) where {see c} and {see p}`,
	"common table unmarked":    `with x as (select c.id as id from cases c) select x.id from x`,
	"common table shadows":     `with cases as (select n.id as id from news n) select cases.id from cases`,
	"common table marked":      `with x as (select n.id as id from news n) select x.id from x where {see x}`,
	"recursive":                `with recursive x as (select n.id as id from news n) select x.id from x`,
	"derived unmarked":         `select f.id from (select c.id as id from cases c) f`,
	"derived marked outside":   `select c.id from (select c.id as id from cases c) c where {see c}`,
	"derived unnamed":          `select id from (select c.id as id from cases c where {see c})`,
	"second arm of union":      `select c.id from cases c where {see c} union select s.id from stays s`,
	"first arm of union":       `select c.id from cases c union all select s.id from stays s where {see s}`,
	"except":                   `select c.id from cases c where {see c} except select s.id from stays s where {see s}`,
	"intersect":                `select c.id from cases c where {see c} intersect select s.id from stays s where {see s}`,
	"unknown table":            `select x.id from secrets x where {see x}`,
	"unknown alias":            `select c.id from cases c where {see k}`,
	"alias twice":              `select c.id from cases c join persons c on c.id = c.person_id where {see c}`,
	"mark twice":               `select c.id from cases c where {see c} and {see c}`,
	"mark on an open table":    `select n.id from news n where {see n}`,
	"schema name":              `select c.id from public.cases c where {see c}`,
	"quoted name":              `select c.id from "cases" c where {see c}`,
	"comment":                  "select c.id from cases c -- where\n where {see c}",
	"block comment":            `select c.id from cases c where /* {see c} */ c.id = ?`,
	"mark in a string":         `select c.id from cases c where c.stage = '{see c}'`,
	"semicolon":                `select c.id from cases c where {see c}; delete from cases where {see cases}`,
	"dollar":                   `select c.id from cases c where c.id = $1 and {see c}`,
	"system table":             `select o.id from outbox o where o.id = ?`,
	"system table joined":      `select c.id from cases c join outbox o on o.id = c.id where {see c}`,
	"capitals":                 `SELECT c.id FROM cases c WHERE {see c}`,
	"values":                   `insert into cases (id, centre_id) values (?, ?)`,
	"insert from open":         `insert into cases (id) select n.id from news n where n.id = ?`,
	"insert from nothing":      `insert into cases (id) select ?`,
	"insert unmarked":          `insert into cases (id) select e.id from centres e where e.id = ?`,
	"insert, one arm":          `insert into cases (id) select e.id from centres e where {see e} union all select n.id from news n`,
	"insert without columns":   `insert into cases select e.id from centres e where {see e}`,
	"insert reads unmarked":    `insert into news (id, title) select c.id, c.stage from cases c`,
	"upsert reads unmarked":    `insert into news (id) values (?) on conflict (id) do update set title = (select c.stage from cases c)`,
	"update without mark":      `update cases set stage = ? where id = ?`,
	"update without where":     `update cases set stage = ?`,
	"update, mark in set":      `update cases set stage = {see cases} where id = ?`,
	"update beside or":         `update cases set stage = ? where id = ? or {see cases}`,
	"update from":              `update cases set stage = p.called from persons p where {see cases}`,
	"update reads unmarked":    `update news set title = (select p.called from persons p) where id = ?`,
	"delete without mark":      `delete from cases where id = ?`,
	"delete without where":     `delete from cases`,
	"delete using":             `delete from cases using persons p where {see cases}`,
	"returning reads":          `delete from news where id = ? returning (select p.called from persons p)`,
	"pragma":                   `pragma table_info(cases)`,
	"create":                   `create table x (id bigint)`,
	"empty":                    ``,
	"open bracket":             `select c.id from cases c where (c.id = ? and {see c}`,
	"open quote":               `select c.id from cases c where c.stage = 'a and {see c}`,
	"broken mark":              `select c.id from cases c where {see c`,
	"other brace":              `select c.id from cases c where {look c}`,
	"parts twice":              `select c.id from cases c where {see c} {parts} {parts}`,
	"parts before or":          `select c.id from cases c where {see c} {parts} or c.id = 1`,
	"parts in the list":        `select c.id {parts} from cases c where {see c}`,
	"parts in a case":          `select c.id from cases c where {see c} and case when true {parts} then true end`,
	"for update":               `select c.id from cases c where {see c} for update`,
	"case left open":           `select case when true then 1 from cases c where {see c}`,
	"trailing":                 `select c.id from cases c where {see c} limit 5 where true`,
}

func TestCheck_honestShapesPass(t *testing.T) {
	t.Parallel()
	for name, text := range goodShapes {
		c, err := checkStatement(text, testTables, false)
		if err != nil {
			t.Errorf("%s: refused: %v\n%s", name, err, text)
			continue
		}
		for _, m := range c.Marks { // each mark is needed: without it the statement does not pass
			without := text[:m.At] + "true" + text[m.End:]
			if _, err := checkStatement(without, testTables, false); err == nil {
				t.Errorf("%s: passes without {see %s}", name, m.Alias)
			}
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
		`and c.stage = ?`:                           true,
		`and (c.stage = ? or c.stage = ?)`:          true,
		`and c.due_on is not null and c.due_on < ?`: true,
		`or c.stage = ?`:                            false,
		`and c.stage = ? or true`:                   false,
		`c.stage = ?`:                               false,
		`and exists (select 1 from persons p)`:      false,
		`and {see c}`:                               false,
		`and c.stage = ?) or (true`:                 false,
		`and (c.stage = ?`:                          false,
		`and c.stage = ? order by c.id`:             false,
		`and c.id = ? limit 1`:                      false,
		``:                                          false,
	} {
		if err := checkPart(text); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, text := range goodShapes {
		f.Add(text)
	}
	for _, text := range badShapes {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := checkStatement(text, testTables, false)
		if err != nil {
			return
		}
		if len(c.Marks) == 0 && strings.Contains(text, "from cases") && !strings.Contains(text, "from cases_") {
			for _, r := range c.Reads {
				if testTables[r] == guardScoped {
					t.Errorf("reads %s without a mark: %s", r, text)
				}
			}
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
