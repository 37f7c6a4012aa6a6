package house_test

import (
	"go/ast"
	"strings"
	"testing"
)

// formRoute is what a route of a desk says of itself: the methods called on it, with their arguments.
type formRoute struct {
	at   string
	says map[string][]ast.Expr
}

// formRoutes gives the routes made by web.POST that answer a page, by their place.
func formRoutes(s source) map[*ast.CallExpr]formRoute {
	all := map[*ast.CallExpr]formRoute{}
	s.calls(func(c *ast.CallExpr) {
		says := map[string][]ast.Expr{}
		for {
			if of, name := selector(c.Fun); of == "web" {
				if name == "POST" {
					found, known := all[c]
					if !known {
						found = formRoute{s.at(c), map[string][]ast.Expr{}}
						all[c] = found
					}
					for method, args := range says {
						found.says[method] = args
					}
				}
				return
			}
			on, ok := c.Fun.(*ast.SelectorExpr)
			if !ok {
				return
			}
			says[on.Sel.Name] = c.Args
			if c, ok = on.X.(*ast.CallExpr); !ok {
				return
			}
		}
	})
	return all
}

// asksSomething tells whether the form of a route has fields; one that both doors share and takes nothing is a button.
func (f formRoute) asksSomething() bool {
	takes, ok := f.says["Takes"]
	if !ok || len(takes) == 0 {
		_, page := f.says["Page"]
		return page
	}
	made, ok := takes[0].(*ast.CompositeLit)
	if !ok {
		return true
	}
	nothing, ok := made.Type.(*ast.StructType)
	return !ok || nothing.Fields.NumFields() > 0
}

// TestForms_keepDrafts: what is typed in a form of staff is never lost (rule R2).
func TestForms_keepDrafts(t *testing.T) {
	t.Parallel()
	n := 0
	for _, s := range everySource(t) {
		if s.test || !strings.HasPrefix(s.unit, "office/") {
			continue
		}
		for _, f := range formRoutes(s) {
			_, api := f.says["API"]
			_, public := f.says["Open"]
			if api || public || !f.asksSomething() {
				continue
			}
			n++
			drafts, why := f.says["Drafts"], f.says["NoDrafts"]
			said := false
			if len(why) == 1 {
				reason, here := literal(why[0])
				said = !here || strings.TrimSpace(reason) != "" // a constant has said it
			}
			if (len(drafts) > 1) == said {
				t.Errorf("%s: what is typed in this form is lost with the tab. Say .Drafts(what a draft of it is called, the right that its act asks for), "+
					"or .NoDrafts(why none)", f.at)
			}
		}
	}
	if n < 40 {
		t.Errorf("only %d forms were found", n)
	}
}
