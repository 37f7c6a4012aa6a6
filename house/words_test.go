package house_test

import (
	"encoding/json"
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
	"text/template/parse"
	"unicode"
)

// The places in Go where an Indonesian sentence stands: function, and which of its arguments it is.
var (
	sentenceOf = map[string]int{
		"fail.Say": 0, "fail.Broken": 1, "fail.Clash": 1, "fail.Bad": 2, "text.T": 1, "text.Word": 0, "r.Say": 0, "r.Flash": 0,
	}
	sentenceOfMethod = map[string]int{"Need": 2, "Add": 2, "Broken": 1, "Clash": 1} // of gates, fields and refusals
	// The places in templates.
	sentenceIn = map[string]int{"t": 1, "field": 3, "hint": 1, "chip": 2}
)

// sentence is one Indonesian sentence and where it stands.
type sentence struct{ text, at, unit string }

// TestWords: every sentence of a desk has its English in the desk's own list, or in those of the house.
func TestWords(t *testing.T) {
	t.Parallel()
	lists, all := wordLists(t)
	found := append(sentencesInGo(t), sentencesInTemplates(t, false)...)
	var missing []string
	for _, s := range found {
		if !speaks(s.text) {
			continue
		}
		if _, ok := lists[s.unit][s.text]; ok {
			continue
		}
		if _, ok := lists["house"][s.text]; ok {
			continue
		}
		where := ""
		if other := all[s.text]; other != "" {
			where = " (" + other + " has it; a desk has its own)"
		}
		missing = append(missing, s.at+": no English for "+quoted(s.text)+where)
	}
	sort.Strings(missing)
	for _, m := range slices.Compact(missing) {
		t.Error(m)
	}
}

// TestWords_orphans: an English whose Indonesian is nowhere any more is a sentence that changed unseen.
func TestWords_orphans(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, s := range everySource(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok && !s.test {
				if text, ok := literal(e); ok {
					used[text] = true
				}
			}
			return true
		})
	}
	for _, s := range append(sentencesInTemplates(t, true), sentencesInGo(t)...) {
		used[s.text] = true
	}
	lists, _ := wordLists(t)
	for unit, list := range lists {
		for text, en := range list {
			if !used[text] {
				t.Errorf("%s: %s is in the list of words and nowhere else; the sentence changed, or went", unit, quoted(text))
			}
			if strings.TrimSpace(en) == "" {
				t.Errorf("%s: %s has an empty English", unit, quoted(text))
			}
			if verbs(text) != verbs(en) {
				t.Errorf("%s: %s takes %s, its English %s takes %s", unit, quoted(text), verbs(text), quoted(en), verbs(en))
			}
		}
	}
}

var verb = regexp.MustCompile(`%(\[\d\])?[a-z%]`)

// verbs counts what a sentence takes: the English may order its arguments anew, %[2]s before %[1]s.
func verbs(s string) string {
	all := verb.FindAllString(s, -1)
	for i, v := range all {
		all[i] = "%" + v[len(v)-1:]
	}
	sort.Strings(all)
	return strings.Join(all, "")
}

// speaks tells whether a text holds a word at all: "%s" and "·" do not.
func speaks(s string) bool {
	s, _, _ = strings.Cut(verb.ReplaceAllString(s, ""), "|")
	return strings.IndexFunc(s, unicode.IsLetter) >= 0
}

func quoted(s string) string { return `"` + s + `"` }

// wordLists gives the words of each folder, with those of the house together under "house", and for each
// sentence a folder that has it.
func wordLists(t *testing.T) (lists map[string]map[string]string, all map[string]string) {
	t.Helper()
	lists, all = map[string]map[string]string{}, map[string]string{}
	for _, name := range everyFile(t) {
		base := path.Base(name)
		if !strings.HasPrefix(base, "words") || !strings.HasSuffix(base, ".en.json") {
			continue
		}
		b, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		var list map[string]string
		if err := json.Unmarshal(b, &list); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		unit := path.Dir(name)
		if strings.HasPrefix(unit, "house/") {
			unit = "house"
		}
		if lists[unit] == nil {
			lists[unit] = map[string]string{}
		}
		for text, en := range list {
			if before, ok := all[text]; ok && lists[before][text] != en {
				t.Errorf("%s: %s is %s here and %s in %s; tell them apart by a hint after a bar", name, quoted(text), quoted(en), quoted(lists[before][text]), before)
			}
			lists[unit][text] = en
			all[text] = unit
		}
	}
	return lists, all
}

func sentencesInGo(t *testing.T) []sentence {
	t.Helper()
	constants := map[string]string{}
	for _, s := range everySource(t) {
		constantsOf(s, constants)
	}
	var all []sentence
	for _, s := range everySource(t) {
		if s.test || strings.HasPrefix(s.unit, "try") {
			continue
		}
		s.calls(func(c *ast.CallExpr) {
			n, ok := sentenceArg(c)
			if !ok || n >= len(c.Args) {
				return
			}
			text, ok := literal(c.Args[n])
			if id, isName := c.Args[n].(*ast.Ident); isName {
				text, ok = constants[s.unit+"."+id.Name], true
			}
			if ok && text != "" {
				all = append(all, sentence{text, s.at(c), s.unit})
			}
		})
		all = append(all, sentencesInTags(s)...)
	}
	return all
}

// sentencesInTags gives what the fields of forms ask for: `ask:"Tulis tanggal layanan."`.
func sentencesInTags(s source) (all []sentence) {
	ast.Inspect(s.file, func(n ast.Node) bool {
		if f, ok := n.(*ast.Field); ok && f.Tag != nil {
			tag, _ := literal(f.Tag)
			if text := reflect.StructTag(tag).Get("ask"); text != "" {
				all = append(all, sentence{text, s.at(f), s.unit})
			}
		}
		return true
	})
	return all
}

// sentenceArg tells which argument of a call is a sentence.
func sentenceArg(c *ast.CallExpr) (int, bool) {
	of, name := selector(c.Fun)
	if n, ok := sentenceOf[of+"."+name]; ok {
		return n, true
	}
	if id, ok := c.Fun.(*ast.Ident); ok && id.Name == "Say" { // inside house/fail
		return 0, true
	}
	if name == "Say" && of != "fail" && len(c.Args) > 0 { // of a request, however it is reached
		_, textual := literal(c.Args[0])
		return 0, textual
	}
	if name == "Drafts" && len(c.Args) > 1 { // of a route: what its form is called
		return 0, true
	}
	n, ok := sentenceOfMethod[name]
	if !ok || of == "fail" || len(c.Args) <= n {
		return 0, false
	}
	_, textual := literal(c.Args[n-1]) // the code or name before the sentence is a constant too
	return n, textual
}

func constantsOf(s source, into map[string]string) {
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
				if text, ok := literal(value); ok && i < len(v.Names) {
					into[s.unit+"."+v.Names[i].Name] = text
				}
			}
		}
	}
}

// sentencesInTemplates gives the sentences of all templates; every string of theirs when asked for all.
func sentencesInTemplates(t *testing.T, whole bool) []sentence {
	t.Helper()
	var all []sentence
	for _, name := range everyFile(t) {
		if path.Ext(name) != ".html" {
			continue
		}
		b, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		tree := parse.New(name)
		tree.Mode = parse.SkipFuncCheck
		trees := map[string]*parse.Tree{}
		if _, err := tree.Parse(string(b), "{{", "}}", trees); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		unit := path.Dir(path.Dir(name)) // office/casework/html/plan.html
		for _, tr := range trees {
			walk(tr.Root, func(c *parse.CommandNode) {
				for _, s := range sentencesOfCommand(c, whole) {
					all = append(all, sentence{s, name, unit})
				}
			})
		}
	}
	return all
}

func sentencesOfCommand(c *parse.CommandNode, whole bool) (all []string) {
	if whole {
		for _, a := range c.Args {
			if s, ok := a.(*parse.StringNode); ok {
				all = append(all, s.Text)
			}
		}
		return all
	}
	id, ok := c.Args[0].(*parse.IdentifierNode)
	if !ok {
		return nil
	}
	if n, ok := sentenceIn[id.Ident]; ok && n < len(c.Args) {
		if s, ok := c.Args[n].(*parse.StringNode); ok {
			all = append(all, s.Text)
		}
	}
	return all
}

// walk goes through every command of a template.
func walk(n parse.Node, visit func(*parse.CommandNode)) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, m := range n.Nodes {
				walk(m, visit)
			}
		}
	case *parse.ActionNode:
		walk(n.Pipe, visit)
	case *parse.TemplateNode:
		walk(n.Pipe, visit)
	case *parse.IfNode:
		walkBranch(&n.BranchNode, visit)
	case *parse.RangeNode:
		walkBranch(&n.BranchNode, visit)
	case *parse.WithNode:
		walkBranch(&n.BranchNode, visit)
	case *parse.PipeNode:
		if n == nil {
			return
		}
		for _, c := range n.Cmds {
			visit(c)
			for _, a := range c.Args {
				walk(a, visit)
			}
		}
	}
}

func walkBranch(n *parse.BranchNode, visit func(*parse.CommandNode)) {
	walk(n.Pipe, visit)
	walk(n.List, visit)
	walk(n.ElseList, visit)
}
