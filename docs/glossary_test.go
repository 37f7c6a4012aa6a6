package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	codeName  = regexp.MustCompile("`([a-z]+)\\.([A-Z][A-Za-z]*)`")
	tableName = regexp.MustCompile("`table ([a-z_]+)`")
	roleName  = regexp.MustCompile(`\|[^|]*roles? [^|]*\|\s*$`)
	word      = regexp.MustCompile("`([a-z_]+)`")
)

// TestGlossary: each name of code and each table that the glossary gives is there.
func TestGlossary(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("glossary.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	declared := map[string]bool{}
	for _, folder := range []string{"../office/*", "../house/*", "../law"} {
		dirs, _ := filepath.Glob(folder)
		for _, dir := range dirs {
			declaredIn(t, dir, declared)
		}
	}
	for _, m := range codeName.FindAllStringSubmatch(text, -1) {
		if name := m[1] + "." + m[2]; !declared[name] {
			t.Errorf("the glossary names %s, which is not there", name)
		}
	}
	schema := read(t, "../schema/*.sql")
	for _, m := range tableName.FindAllStringSubmatch(text, -1) {
		if !strings.Contains(schema, "create table "+m[1]+" (") {
			t.Errorf("the glossary names the table %s, which is not there", m[1])
		}
	}
	roles := read(t, "../office/access/roles.go")
	for _, line := range strings.Split(text, "\n") {
		for _, m := range word.FindAllStringSubmatch(roleName.FindString(line), -1) {
			if !strings.Contains(roles, `"`+m[1]+`"`) {
				t.Errorf("the glossary names the role %s, which is not there", m[1])
			}
		}
	}
}

func read(t *testing.T, pattern string) string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("nothing matches %s: %v", pattern, err)
	}
	var all strings.Builder
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(b)
	}
	return all.String()
}

// declaredIn notes the exported names of a package, methods among them.
func declaredIn(t *testing.T, dir string, into map[string]bool) {
	t.Helper()
	names, _ := filepath.Glob(dir + "/*.go")
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			for _, n := range namesOf(d) {
				into[f.Name.Name+"."+n] = true
			}
		}
	}
}

func namesOf(d ast.Decl) (all []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		all = append(all, d.Name.Name)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				all = append(all, s.Name.Name)
			case *ast.ValueSpec:
				for _, n := range s.Names {
					all = append(all, n.Name)
				}
			}
		}
	}
	return all
}
