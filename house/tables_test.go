package house_test

import (
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	schemaFile = regexp.MustCompile(`^schema/\d{4}-([a-z]+)-?[a-z-]*(\.sqlite|\.postgres)?\.sql$`)
	creates    = regexp.MustCompile(`(?mi)^\s*create\s+(?:table|view)\s+(?:if\s+not\s+exists\s+)?([a-z_]+)`)
	comment    = regexp.MustCompile(`(?m)--.*$`)
	reads      = regexp.MustCompile(`(?i)\b(?:from|join)\s+([a-z_]+)`)
	writes     = regexp.MustCompile(`(?i)\b(?:insert\s+into|update|delete\s+from)\s+([a-z_]+)`)
)

// owners gives each table, and each view, with the desk that owns it: the name in its schema file.
func owners(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range everyFile(t) {
		if path.Dir(name) != "schema" || path.Ext(name) != ".sql" {
			continue
		}
		m := schemaFile.FindStringSubmatch(name)
		if m == nil {
			t.Errorf("%s: a change of the schema is named NNNN-owner-what.sql", name)
			continue
		}
		b, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range creates.FindAllStringSubmatch(comment.ReplaceAllString(string(b), ""), -1) {
			if before, ok := all[table[1]]; ok && before != m[1] {
				t.Errorf("%s: the table %s belongs to %s already", name, table[1], before)
			}
			all[table[1]] = m[1]
		}
	}
	return all
}

// named gives the tables that a statement reads and writes.
func named(text string) (read, written []string) {
	text = comment.ReplaceAllString(text, "")
	for _, m := range writes.FindAllStringSubmatch(text, -1) {
		if m[1] != "set" { // on conflict do update set
			written = append(written, m[1])
		}
	}
	for _, m := range reads.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(written, m[1]) {
			read = append(read, m[1])
		}
	}
	return read, written
}

// statements gives the texts of SQL in a call, and the tables of a bulk load.
func statements(c *ast.CallExpr) (texts []string, bulk string) {
	of, name := selector(c.Fun)
	switch {
	case of == "store" && slices.Contains(makesSQL, name):
		for _, a := range c.Args {
			if s, ok := literal(a); ok {
				texts = append(texts, s)
			}
		}
	case name == "Bulk" && len(c.Args) > 0:
		bulk, _ = literal(c.Args[0])
	}
	return texts, bulk
}

func TestTables(t *testing.T) {
	t.Parallel()
	owner := owners(t)
	if len(owner) == 0 {
		t.Fatal("no table was found in schema/")
	}
	for _, s := range everySource(t) {
		desk, isDesk := strings.CutPrefix(s.unit, "office/")
		if s.test || !isDesk {
			continue
		}
		check := func(c *ast.CallExpr, table string, write bool) {
			of, known := owner[table]
			switch {
			case !known || of == desk: // a name from a with clause is no table
			case write:
				t.Errorf("%s: writes %s, a table of %s; call a function of that desk with tx instead", s.at(c), table, of)
			case !mayImport(strings.Fields(arrows[s.unit]), "office/"+of):
				t.Errorf("%s: reads %s, a table of %s, to which this desk has no arrow", s.at(c), table, of)
			}
		}
		s.calls(func(c *ast.CallExpr) {
			texts, bulk := statements(c)
			for _, text := range texts {
				read, written := named(text)
				for _, table := range read {
					check(c, table, false)
				}
				for _, table := range written {
					check(c, table, true)
				}
			}
			check(c, bulk, true)
		})
	}
}

func TestNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, read, written string }{
		{`select c.id from cases c join persons p on p.id = c.person_id`, "cases persons", ""},
		{`insert into cases (id) select ?, e.id from centres e where {see e}`, "centres", "cases"},
		{`update beds set state = ? where id in (select bed_id from stays)`, "stays", "beds"},
		{`insert into a (n) values (?) on conflict (n) do update set n = 1`, "", "a"},
		{"delete from needs where id = ? -- not from plans", "", "needs"},
	} {
		read, written := named(c.text)
		if strings.Join(read, " ") != c.read || strings.Join(written, " ") != c.written {
			t.Errorf("%s: reads %v, writes %v", c.text, read, written)
		}
	}
}
