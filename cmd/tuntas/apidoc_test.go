package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// example is one call of docs/api.md with the answer that it shows.
type example struct {
	line        int
	login       string
	method, url string
	head        []string
	body        string
	status      int
	shownHead   map[string]string
	shown       any
	today       string // the office's day from here on
}

// words splits a command as a shell does: quotes hold together what they enclose.
func words(s string) []string {
	var all []string
	var at strings.Builder
	quote, some := rune(0), false
	for _, c := range s {
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"'):
			quote, some = c, true
		case quote == 0 && (c == ' ' || c == '\n'):
			if some {
				all = append(all, at.String())
			}
			at.Reset()
			some = false
		default:
			at.WriteRune(c)
			some = true
		}
	}
	if some {
		all = append(all, at.String())
	}
	return all
}

// command reads `TOKEN=$RATNA api $API/persons -X PATCH -H '…' -d '…'`.
func (e *example) command(s string) error {
	e.method = "GET"
	all := words(s)
	for i := 0; i < len(all); i++ {
		next := func() string {
			if i++; i < len(all) {
				return all[i]
			}
			return ""
		}
		switch w := all[i]; {
		case strings.HasPrefix(w, "TOKEN=$"):
			e.login = strings.ToLower(w[len("TOKEN=$"):])
		case strings.HasPrefix(w, "$API"):
			e.url = w[len("$API"):]
		case w == "-X":
			e.method = next()
		case w == "-H":
			name, v, _ := strings.Cut(next(), ": ")
			e.head = append(e.head, name, v)
		case w == "-d":
			if e.body = next(); e.method == "GET" {
				e.method = "POST"
			}
		case w != "api":
			return fmt.Errorf("line %d: %q is no part of a command", e.line, w)
		}
	}
	return nil
}

// answer reads the status, the headers and the body that are shown.
func (e *example) answer(lines []string) error {
	if _, err := fmt.Sscan(lines[0], &e.status); err != nil {
		return fmt.Errorf("line %d: no status: %q", e.line, lines[0])
	}
	e.shownHead = map[string]string{}
	for i, l := range lines[1:] {
		name, v, ok := strings.Cut(l, ": ")
		if ok && !strings.HasPrefix(l, "{") {
			e.shownHead[name] = v
			continue
		}
		if err := json.Unmarshal([]byte(strings.Join(lines[1+i:], "\n")), &e.shown); err != nil {
			return fmt.Errorf("line %d: the answer is no JSON: %w", e.line, err)
		}
		return nil
	}
	return nil
}

var todayMark = regexp.MustCompile(`^<!-- today (\S+) -->$`)

// examplesOf reads the console blocks of the document.
func examplesOf(text string) (all []example, err error) {
	inside := false
	var e *example
	var command, answer []string
	end := func() {
		if e == nil || err != nil {
			return
		}
		if err = e.command(strings.Join(command, "\n")); err == nil {
			err = e.answer(answer)
		}
		all, e, command, answer = append(all, *e), nil, nil, nil
	}
	today := ""
	for n, l := range strings.Split(text, "\n") {
		if mark := todayMark.FindStringSubmatch(l); mark != nil {
			today = mark[1]
		}
		switch {
		case l == "```console":
			inside = true
		case l == "```" && inside:
			end()
			inside = false
		case !inside:
		case strings.HasPrefix(l, "$ "):
			end()
			e = &example{line: n + 1, today: today}
			command = []string{l[2:]}
		case strings.HasPrefix(l, "    "):
			command = append(command, l[4:])
		case l != "" && e != nil:
			answer = append(answer, l)
		}
	}
	return all, err
}

var named = regexp.MustCompile(`\{([a-z_]+)\}`)

// learnt are the ids that answers gave.
type learnt map[string]string

func (k learnt) fill(s string) string {
	return named.ReplaceAllStringFunc(s, func(n string) string {
		if v, ok := k[n[1:len(n)-1]]; ok {
			return v
		}
		return n
	})
}

// same holds what is shown against what came: every shown field, and no more; a {name} that is new is learnt.
func (k learnt) same(shown, got any, at string) error {
	switch s := shown.(type) {
	case m:
		g, ok := got.(m)
		if !ok {
			return fmt.Errorf("%s is %v", at, got)
		}
		for name, v := range s {
			if _, ok := g[name]; !ok {
				return fmt.Errorf("%s has no %s", at, name)
			}
			if err := k.same(v, g[name], at+"."+name); err != nil {
				return err
			}
		}
		return nil
	case []any:
		return k.sameList(s, got, at)
	case string:
		if mark := named.FindStringSubmatch(s); mark != nil && mark[0] == s && k[mark[1]] == "" {
			k[mark[1]], _ = got.(string)
			return nil
		}
		shown = k.fill(s)
	}
	if shown != got {
		return fmt.Errorf("%s is %v, shown is %v", at, got, shown)
	}
	return nil
}

// sameList: "..." at the end stands for more; what is shown before it may stand anywhere in the list.
func (k learnt) sameList(shown []any, got any, at string) error {
	list, ok := got.([]any)
	if !ok {
		return fmt.Errorf("%s is no list", at)
	}
	if n := len(shown); n > 0 && shown[n-1] == "..." {
		for _, s := range shown[:n-1] {
			err := fmt.Errorf("%s is empty", at)
			for i, g := range list {
				try := maps.Clone(k) // an entry that does not fit teaches nothing
				if err = try.same(s, g, fmt.Sprintf("%s.%d", at, i)); err == nil {
					maps.Copy(k, try)
					break
				}
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	if len(shown) != len(list) {
		return fmt.Errorf("%s has %d entries, shown are %d: %v", at, len(list), len(shown), list)
	}
	for i := range shown {
		if err := k.same(shown[i], list[i], fmt.Sprintf("%s.%d", at, i)); err != nil {
			return err
		}
	}
	return nil
}

// Every example of docs/api.md runs, in its order, on both engines.
func TestAPIDocument(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "api.md"))
	must(t, err)
	all, err := examplesOf(string(text))
	must(t, err)
	if len(all) < 40 {
		t.Fatalf("only %d examples were read", len(all))
	}
	eachEngine(t, func(t *testing.T, o *testOffice) {
		k := learnt{}
		for _, e := range all {
			o.clock.to(clockDay(e.today))
			var body any
			if e.body != "" {
				body = k.fill(e.body)
			}
			r := o.api(e.login, e.method, k.fill(e.url), body, e.head...)
			if r.status != e.status {
				t.Fatalf("docs/api.md:%d: %s %s answers %d: %s", e.line, e.method, e.url, r.status, r.raw)
			}
			var got any
			_ = json.Unmarshal([]byte(r.raw), &got)
			if err := k.same(e.shown, got, "the answer"); err != nil && e.shown != nil {
				t.Fatalf("docs/api.md:%d: %v\n%s", e.line, err, r.raw)
			}
			for name, v := range e.shownHead {
				if err := k.same(k.fill(v), r.head.Get(name), name); err != nil {
					t.Errorf("docs/api.md:%d: %v", e.line, err)
				}
			}
		}
		o.stillSound(t)
	})
}
