package house_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// What makes a statement, and what goes to the data.
var (
	makesSQL = []string{"SQL", "System", "NewPart", "Fork", "Facts"}
	runsSQL  = []string{"Each", "One", "Exec", "Stream"}
)

func inStoreRoom(s source) bool { return strings.HasPrefix(s.base(), "store") }

func inPageRoom(s source) bool {
	return s.unit == "office/front" || strings.HasPrefix(s.base(), "pages") || strings.HasPrefix(s.base(), "api")
}

func TestRooms_imports(t *testing.T) {
	t.Parallel()
	for _, s := range everySource(t) {
		if s.test {
			continue
		}
		outside := strings.HasPrefix(s.unit, "cmd") || strings.HasPrefix(s.unit, "try") || strings.HasPrefix(s.unit, "bench")
		for _, path := range s.imports() {
			switch {
			case path == "net/http" && s.unit != "house/web" && !outside:
				t.Errorf("%s speaks HTTP: only house/web does; take a web.Request and give a web.Answer", s.name)
			case path == "database/sql" && s.unit != "house/store" && !strings.HasPrefix(s.unit, "try"):
				t.Errorf("%s opens a database: only house/store does; go through store.Read and store.Write", s.name)
			case path == module+"house/web" && s.unit != "house/web" && !inPageRoom(s) && !outside:
				t.Errorf("%s imports house/web: handlers and routes lie in pages*.go or api*.go, the verb knows no request", s.name)
			case path == module+"house/store" && strings.HasPrefix(s.base(), "api") && strings.HasPrefix(s.unit, "office/"):
				t.Errorf("%s imports house/store: api*.go holds the shapes on the wire and nothing else", s.name)
			}
		}
	}
}

func TestRooms_sql(t *testing.T) {
	t.Parallel()
	for _, s := range everySource(t) {
		if s.test || s.unit == "house/store" || strings.HasPrefix(s.unit, "try") {
			continue
		}
		s.calls(func(c *ast.CallExpr) {
			of, name := selector(c.Fun)
			if of != "store" {
				return
			}
			if slices.Contains(makesSQL, name) && !inStoreRoom(s) {
				t.Errorf("%s: store.%s outside store*.go; put the text there under a name that says what it returns or does", s.at(c), name)
			}
			if slices.Contains(runsSQL, name) && inPageRoom(s) {
				t.Errorf("%s: a page asks a verb of its desk, never the store", s.at(c))
			}
		})
	}
}

// TestRooms_pagesAskVerbs: a page or a body knows no transaction.
func TestRooms_pagesAskVerbs(t *testing.T) {
	t.Parallel()
	for _, s := range everySource(t) {
		if s.test || !strings.HasPrefix(s.unit, "office/") || !inPageRoom(s) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				if of, name := selector(e); of == "store" && slices.Contains([]string{"Tx", "Store", "NewAct", "NewSystemAct"}, name) {
					t.Errorf("%s: store.%s in a page: make it a verb of the desk (ctx, by, ...) and call that one verb", s.at(n), name)
				}
			}
			return true
		})
	}
}

// TestRooms_time: the office's time comes from the store's clock, so that tests can hold it.
func TestRooms_time(t *testing.T) {
	t.Parallel()
	for _, s := range everySource(t) {
		s.calls(func(c *ast.CallExpr) {
			of, name := selector(c.Fun)
			switch {
			case of != "time":
			case name == "Now" && !s.test && strings.HasPrefix(s.unit, "office/"):
				t.Errorf("%s: time.Now in a desk; the day comes from tx.Today or the request", s.at(c))
			case name == "Sleep" && s.test:
				t.Errorf("%s: a test waits for a condition, never for a time", s.at(c))
			}
		})
	}
}

// TestSize is advice: it never fails.
func TestSize(t *testing.T) {
	t.Parallel()
	for _, s := range everySource(t) {
		lines := s.set.Position(s.file.End()).Line
		if lines > 400 {
			t.Logf("%s has %d lines; beyond 400 split it by work", s.name, lines)
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || s.test {
				continue
			}
			if long := s.set.Position(f.End()).Line - s.set.Position(f.Pos()).Line; long > 70 {
				t.Logf("%s: %s has %d lines", s.at(f), f.Name.Name, long)
			}
		}
	}
}
