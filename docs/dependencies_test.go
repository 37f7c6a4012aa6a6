package docs

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestDependencies: each module we import has its line of reason, and each line its import.
func TestDependencies(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("decisions/011-dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, line := range strings.Split(string(b), "\n") {
		if cells := strings.Split(line, "|"); len(cells) > 4 && strings.Contains(cells[1], ".") {
			listed = append(listed, strings.Trim(cells[1], " `"))
		}
	}
	used := map[string]bool{}
	for place, path := range foreignImports(t) {
		i := slices.IndexFunc(listed, func(m string) bool { return path == m || strings.HasPrefix(path, m+"/") })
		if i < 0 {
			t.Errorf("%s imports %s: say in docs/decisions/011-dependencies.md why, and under which licence", place, path)
			continue
		}
		used[listed[i]] = true
	}
	for _, m := range listed {
		if !used[m] {
			t.Errorf("docs/decisions/011-dependencies.md lists %s, which nothing imports", m)
		}
	}
}

// foreignImports gives what the Go files import beyond the standard library and ourselves, by place.
func foreignImports(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir("..", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && name != ".." && strings.HasPrefix(e.Name(), "."):
			return filepath.SkipDir
		case filepath.Ext(name) != ".go":
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			path, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if host, _, _ := strings.Cut(path, "/"); strings.Contains(host, ".") {
				all[strings.TrimPrefix(name, "../")+" "+path] = path
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestDecisions: records are numbered without a gap and have their three parts.
func TestDecisions(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("decisions/*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("no decision records: %v", err)
	}
	for i, name := range names {
		if n, _, _ := strings.Cut(filepath.Base(name), "-"); n != strconv.Itoa(1000 + i + 1)[1:] {
			t.Errorf("%s: the next number is %s", name, strconv.Itoa(1000 + i + 1)[1:])
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{"**Context.**", "**Decision.**", "**Consequences.**"} {
			if !strings.Contains(string(b), part) {
				t.Errorf("%s lacks its %s", name, part)
			}
		}
	}
}
