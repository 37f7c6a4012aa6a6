package store

import (
	"fmt"
	"strings"
)

type tokenKind int

const (
	tokenWord  tokenKind = iota // names and keywords, lower case; a.b is one word
	tokenSign                   // punctuation and operators
	tokenValue                  // numbers, strings, ?
	tokenMark                   // {see alias} or {see alias by other}; text is what follows see
	tokenParts                  // {parts}
)

type token struct {
	kind    tokenKind
	text    string
	at, end int
}

func (t token) is(text string) bool { return t.text == text && t.kind <= tokenSign }

// lex cuts a text into tokens and refuses what the common subset of the engines does not need.
func lex(text string) ([]token, error) {
	var all []token
	for i := 0; i < len(text); {
		c := text[i]
		if c == ' ' || c == '\n' || c == '\t' {
			i++
			continue
		}
		t, err := next(text, i)
		if err != nil {
			return nil, err
		}
		if n := len(all); n > 0 && all[n-1].end == t.at && all[n-1].kind != tokenSign && t.kind != tokenSign {
			// e'…', 1or and ?1 are read differently by the engines, and a glued mark would become part of a name.
			return nil, fmt.Errorf("a space is wanted between %s and %s", text[all[n-1].at:t.at], text[t.at:t.end])
		}
		all = append(all, t)
		i = t.end
	}
	return all, nil
}

func next(text string, i int) (token, error) {
	c := text[i]
	switch {
	case isLetter(c):
		return lexWord(text, i)
	case c >= '0' && c <= '9':
		end := i
		for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == '.') {
			end++
		}
		return token{tokenValue, text[i:end], i, end}, nil
	case c == '\'':
		end := strings.IndexByte(text[i+1:], '\'')
		if end < 0 {
			return token{}, fmt.Errorf("a quote is not closed: %s", text[i:])
		}
		end += i + 2
		if end < len(text) && text[end] == '\'' {
			return token{}, fmt.Errorf("a doubled quote: pass the text as an argument")
		}
		if strings.ContainsAny(text[i:end], "?{\\\x00\x01\x02") { // the places of arguments, and what escapes a quote
			return token{}, fmt.Errorf("a quoted text with ?, { or a backslash: pass it as an argument")
		}
		return token{tokenValue, text[i:end], i, end}, nil
	case c == '?':
		return token{tokenValue, "?", i, i + 1}, nil
	case c == '{':
		return lexMark(text, i)
	case strings.HasPrefix(text[i:], "--"), strings.HasPrefix(text[i:], "/*"):
		return token{}, fmt.Errorf("a comment inside SQL; say it in Go above the text")
	}
	for _, two := range []string{"<=", ">=", "<>", "||"} {
		if strings.HasPrefix(text[i:], two) {
			return token{tokenSign, two, i, i + 2}, nil
		}
	}
	if strings.IndexByte("()=<>+-*/%,", c) >= 0 {
		return token{tokenSign, text[i : i+1], i, i + 1}, nil
	}
	return token{}, fmt.Errorf("%q is not used in our SQL", c)
}

func isLetter(c byte) bool { return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func lexWord(text string, i int) (token, error) {
	end := i
	for end < len(text) && (isLetter(text[end]) || text[end] >= '0' && text[end] <= '9' || text[end] == '.') {
		end++
	}
	w := text[i:end]
	if w != strings.ToLower(w) {
		return token{}, fmt.Errorf("our SQL is written small: %s", w)
	}
	if strings.HasSuffix(w, ".") { // c.*
		if end < len(text) && text[end] == '*' {
			return token{tokenWord, w + "*", i, end + 1}, nil
		}
		return token{}, fmt.Errorf("%s is not a name", w)
	}
	return token{tokenWord, w, i, end}, nil
}

func lexMark(text string, i int) (token, error) {
	n := strings.IndexByte(text[i:], '}')
	if n < 0 {
		return token{}, fmt.Errorf("a { is not closed: %s", text[i:])
	}
	end := i + n + 1
	inside := text[i+1 : end-1]
	if inside == "parts" {
		return token{tokenParts, "{parts}", i, end}, nil
	}
	alias, ok := strings.CutPrefix(inside, "see ")
	first, other, by := strings.Cut(alias, " by ")
	if !ok || !isAlias(first) || by && !isAlias(other) {
		return token{}, fmt.Errorf("{%s} is neither {see alias}, {see alias by other} nor {parts}", inside)
	}
	return token{tokenMark, alias, i, end}, nil
}

func isAlias(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_0123456789") == ""
}
