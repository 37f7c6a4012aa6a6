package house_test

import (
	"bytes"
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The words are written in pieces, so that this file does not hold them.
var (
	foreign = []string{
		"/wo" + "rk/", "/tmp/" + "bash", "/ro" + "ot/",
		"proxy.gol" + "ang.org", "sum.gol" + "ang.org", "registry.npm" + "js.org", "deb.deb" + "ian.org", "py" + "pi.org", "crates" + ".io",
	}
	foreignWords = regexp.MustCompile(`(?i)\b(` + strings.Join([]string{"cla" + "ude", "anthro" + "pic", "chat" + "gpt", "open" + "ai",
		"copi" + "lot", "ll" + "ms?", "language " + "model", "as an " + "ai", "ai-" + "generated", "artificial " + "intelligence",
		"sub-?" + "agents?", "co-authored" + "-by"}, "|") + `)\b`)
	unfinished = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`)
)

// textual tells whether a file is read by people; binary ones and lists of checksums are not.
func textual(name string, b []byte) bool {
	return path.Base(name) != "go.sum" && !bytes.ContainsRune(b[:min(len(b), 8000)], 0)
}

// TestProduct: the repository speaks of the product alone, not of how or where it was written.
func TestProduct(t *testing.T) {
	t.Parallel()
	for _, name := range everyFile(t) {
		b, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !textual(name, b) {
			continue
		}
		for i, line := range strings.Split(string(b), "\n") {
			if slices.ContainsFunc(foreign, func(f string) bool { return strings.Contains(line, f) }) {
				t.Errorf("%s:%d names a place outside the repository: %.120s", name, i+1, strings.TrimSpace(line))
			}
			if w := foreignWords.FindString(line); w != "" {
				t.Errorf("%s:%d says %q: the repository speaks of the product alone", name, i+1, w)
			}
			if w := unfinished.FindString(line); w != "" && path.Ext(name) == ".go" {
				t.Errorf("%s:%d says %s: do it, or write it into the changelog as missing", name, i+1, w)
			}
		}
	}
}

// TestTests: a test runs or fails; one that is passed over proves nothing and nobody notices.
func TestTests(t *testing.T) {
	t.Parallel()
	for _, s := range everySource(t) {
		if !s.test {
			continue
		}
		s.calls(func(c *ast.CallExpr) {
			if _, name := selector(c.Fun); name == "Skip" || name == "Skipf" || name == "SkipNow" {
				t.Errorf("%s: a test that is skipped", s.at(c))
			}
		})
	}
}
