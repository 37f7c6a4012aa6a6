// Package docs holds the documents; its tests make the generated ones and keep them true.
package docs

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tuntas/law"
	"tuntas/try/golden"
)

// TestClauses makes clauses.md: which clause is proved by which test, and which waits.
func TestClauses(t *testing.T) {
	t.Parallel()
	clauses, err := law.Clauses()
	if err != nil {
		t.Fatal(err)
	}
	if len(clauses) != 61 {
		t.Errorf("the list of clauses holds %d, not 61", len(clauses))
	}
	proofs, err := proofsIn("..")
	if err != nil {
		t.Fatal(err)
	}
	golden.Same(t, "clauses.md", table(clauses, proofs))
}

func table(clauses []law.Clause, proofs map[string][]string) []byte {
	covered := 0
	var rows bytes.Buffer
	for _, c := range clauses {
		by := "waits"
		if tests := proofs[c.ID]; len(tests) > 0 {
			covered++
			by = strings.Join(tests, "<br>")
		}
		fmt.Fprintf(&rows, "| %s | %s, %s | %s | %s | %s |\n", c.ID, c.Source, c.Article, cell(c.What), c.Kind, by)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "# Clauses and the tests that prove them\n\n"+
		"Made by `bin/golden` from `law/clauses.csv` and the tests that call `clause.Test`. "+
		"%d of %d are covered; the others wait for the desk they belong to.\n\n", covered, len(clauses))
	out.WriteString("| Clause | Regulation, article | What the program must do | Kind | Covered by |\n|---|---|---|---|---|\n")
	out.Write(rows.Bytes())
	return out.Bytes()
}

func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

// proofsIn reads every test of the repository: clause id to "folder: TestName", sorted.
func proofsIn(root string) (map[string][]string, error) {
	proofs := map[string][]string{}
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && name != root && strings.HasPrefix(e.Name(), ".") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, "_test.go") {
			return nil
		}
		return proofsOf(name, strings.TrimPrefix(path.Dir(filepath.ToSlash(name)), "../"), proofs)
	})
	for _, tests := range proofs {
		slices.Sort(tests)
	}
	return proofs, err
}

func proofsOf(name, folder string, into map[string][]string) error {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			for _, clause := range clausesOf(n) {
				proof := fmt.Sprintf("%s: `%s`", folder, f.Name.Name)
				if !slices.Contains(into[clause], proof) {
					into[clause] = append(into[clause], proof)
				}
			}
			return true
		})
	}
	return nil
}

// clausesOf gives the ids in a call of clause.Test.
func clausesOf(n ast.Node) []string {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return nil
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != "Test" {
		return nil
	}
	if pkg, ok := sel.X.(*ast.Ident); !ok || pkg.Name != "clause" {
		return nil
	}
	var ids []string
	for _, arg := range call.Args {
		if lit, ok := arg.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if id, err := strconv.Unquote(lit.Value); err == nil {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
