package house_test

import (
	"go/ast"
	"regexp"
	"slices"
	"testing"
)

var actName = regexp.MustCompile(`^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$`)

// act is one declared act.
type act struct {
	source
	node ast.Node
	name string
}

// acts gives the package variables made by store.NewAct, NewSystemAct, NewDisclosure and NewUpkeep, by folder and name.
func acts(t *testing.T) map[string]act {
	t.Helper()
	all := map[string]act{}
	for _, s := range everySource(t) {
		for _, d := range s.file.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range g.Specs {
				v, ok := spec.(*ast.ValueSpec)
				if !ok {
					continue
				}
				for i, value := range v.Values {
					if name, ok := newAct(value); ok {
						all[s.unit+"."+v.Names[i].Name] = act{s, value, name}
					}
				}
			}
		}
	}
	return all
}

func newAct(e ast.Expr) (string, bool) {
	c, ok := e.(*ast.CallExpr)
	if !ok || len(c.Args) == 0 {
		return "", false
	}
	if of, name := selector(c.Fun); of != "store" || name != "NewAct" && name != "NewSystemAct" && name != "NewDisclosure" && name != "NewUpkeep" {
		return "", false
	}
	return literal(c.Args[0])
}

// TestActs: every way to the data names an act that its own desk declared; a name is given once.
func TestActs(t *testing.T) {
	t.Parallel()
	declared := acts(t)
	for _, s := range everySource(t) {
		if s.unit == "house/store" {
			continue
		}
		s.calls(func(c *ast.CallExpr) {
			_, name := selector(c.Fun)
			if name != "Write" && name != "Read" || len(c.Args) != 4 {
				return
			}
			id, ok := c.Args[2].(*ast.Ident)
			if !ok {
				if of, _ := selector(c.Args[2]); of == "" && !s.test {
					t.Errorf("%s: name the act: a package variable made by store.NewAct", s.at(c))
				}
				return
			}
			if declared[s.unit+"."+id.Name].name == "" && !s.test && !isGiven(s, id, declared) {
				t.Errorf("%s: %s is no act of this desk; declare it above the rule with store.NewAct", s.at(c), id.Name)
			}
		})
	}
	places := map[string]string{}
	for _, a := range declared {
		if a.test {
			continue
		}
		if before := places[a.name]; before != "" {
			t.Errorf("the act %s is declared twice, %s and %s: the audit could not tell them apart", a.name, before, a.at(a.node))
		}
		places[a.name] = a.at(a.node)
		if !actName.MatchString(a.name) {
			t.Errorf("%s: an act is named thing.deed in small letters, not %q", a.at(a.node), a.name)
		}
	}
}

// isGiven tells whether a name is a parameter of a function around it, or a variable that holds one of
// the desk's acts: the stage is entered under one act, with a waiver under another.
func isGiven(s source, id *ast.Ident, declared map[string]act) bool {
	found := false
	ast.Inspect(s.file, func(n ast.Node) bool {
		if n == nil || id.Pos() < n.Pos() || id.Pos() > n.End() {
			return false
		}
		switch f := n.(type) {
		case *ast.FuncDecl:
			found = found || takesAct(f.Type, id.Name) || choosesAct(s, f.Body, id.Name, declared)
		case *ast.FuncLit:
			found = found || takesAct(f.Type, id.Name)
		}
		return true
	})
	return found
}

func takesAct(f *ast.FuncType, name string) bool {
	for _, p := range f.Params.List {
		if of, kind := selector(p.Type); of != "store" || kind != "Act" {
			continue
		}
		for _, n := range p.Names {
			if n.Name == name {
				return true
			}
		}
	}
	return false
}

// choosesAct: everything that the variable is given in this function is an act of the desk.
func choosesAct(s source, body *ast.BlockStmt, name string, declared map[string]act) bool {
	given, all := 0, true
	ast.Inspect(body, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || len(a.Lhs) != 1 || len(a.Rhs) != 1 {
			return true
		}
		if to, ok := a.Lhs[0].(*ast.Ident); ok && to.Name == name {
			from, ok := a.Rhs[0].(*ast.Ident)
			given++
			all = all && ok && declared[s.unit+"."+from.Name].name != ""
		}
		return true
	})
	return given > 0 && all
}

// unrecorded are the only acts that may change something without an entry of the record (docs/decisions/018-drafts.md).
var unrecorded = []string{"comment.key", "comment.sweep", "draft.accept", "draft.save", "gate.count", "report-draft.type"}

// TestActs_unrecorded: who may write without a record is decided here, and by nobody alone.
func TestActs_unrecorded(t *testing.T) {
	t.Parallel()
	var found []string
	for _, a := range acts(t) {
		if _, made := selector(a.node.(*ast.CallExpr).Fun); made == "NewUpkeep" && !a.test {
			found = append(found, a.name)
		}
	}
	slices.Sort(found)
	if !slices.Equal(found, unrecorded) {
		t.Errorf("acts that may write without an entry of the record: %v, want %v; a new one needs a decision record", found, unrecorded)
	}
}
