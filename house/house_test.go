package house_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const module = "tuntas/"

// source is one Go file of the repository.
type source struct {
	name string // from the root: office/casework/plan.go
	unit string // its folder: office/casework
	test bool
	file *ast.File
	set  *token.FileSet
}

func (s source) base() string { return path.Base(s.name) }

// at gives the place of a node, for the sentence of a failure.
func (s source) at(n ast.Node) string {
	return s.name + ":" + strconv.Itoa(s.set.Position(n.Pos()).Line)
}

// imports gives the paths that the file imports.
func (s source) imports() []string {
	var all []string
	for _, i := range s.file.Imports {
		p, _ := strconv.Unquote(i.Path.Value)
		all = append(all, p)
	}
	return all
}

// files names every file of the repository that belongs to it, from the root.
var files = sync.OnceValues(func() ([]string, error) {
	var all []string
	err := filepath.WalkDir("..", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name = strings.TrimPrefix(filepath.ToSlash(name), "../")
		if e.IsDir() {
			if slices.Contains([]string{".git", ".cache", "data", "node_modules"}, name) {
				return filepath.SkipDir
			}
			return nil
		}
		if name == ".git" { // a second tree of the same clone has a file there
			return nil
		}
		all = append(all, name)
		return nil
	})
	return all, err
})

var goFiles = sync.OnceValues(func() ([]source, error) {
	names, err := files()
	if err != nil {
		return nil, err
	}
	set := token.NewFileSet()
	var all []source
	for _, name := range names {
		if path.Ext(name) != ".go" {
			continue
		}
		f, err := parser.ParseFile(set, filepath.Join("..", name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		all = append(all, source{name, path.Dir(name), strings.HasSuffix(name, "_test.go"), f, set})
	}
	return all, nil
})

func everyFile(t *testing.T) []string {
	t.Helper()
	all, err := files()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(all, "go.mod") {
		t.Fatal("the tests of the house run in its folder, one below go.mod")
	}
	return all
}

func everySource(t *testing.T) []source {
	t.Helper()
	all, err := goFiles()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// selector splits "pkg.Name" or "value.Name"; the first part is empty for anything longer.
func selector(e ast.Expr) (of, name string) {
	s, ok := e.(*ast.SelectorExpr)
	if !ok {
		return "", ""
	}
	if id, ok := s.X.(*ast.Ident); ok {
		of = id.Name
	}
	return of, s.Sel.Name
}

// literal gives the text of a string constant, pieces joined by + included.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, err := strconv.Unquote(e.Value)
			return s, err == nil
		}
	case *ast.BinaryExpr:
		a, okA := literal(e.X)
		b, okB := literal(e.Y)
		return a + b, okA && okB
	case *ast.ParenExpr:
		return literal(e.X)
	}
	return "", false
}

// calls goes through every call of a file.
func (s source) calls(visit func(*ast.CallExpr)) {
	ast.Inspect(s.file, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			visit(c)
		}
		return true
	})
}
