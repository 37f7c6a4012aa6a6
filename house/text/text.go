// Package text speaks to people: Indonesian is the source and the key, English stands beside it in
// each desk's words.en.json. Days, numbers and money are written as the office writes them.
package text

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
)

// Lang is a language of the product.
type Lang string

// The languages.
const (
	ID Lang = "id"
	EN Lang = "en"
)

// LangOf gives the language of a header or a setting; Indonesian when it is neither.
func LangOf(s string) Lang {
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(s)), "en") {
		return EN
	}
	return ID
}

var english = struct {
	sync.RWMutex
	words map[string]string
}{words: map[string]string{}}

// Load registers a desk's words.en.json: sentence to English. It panics on broken JSON or on two
// Englishes for one sentence, which the first test of the desk finds.
func Load(words []byte) bool {
	var m map[string]string
	if err := json.Unmarshal(words, &m); err != nil {
		panic(fmt.Sprintf("words.en.json: %v", err))
	}
	english.Lock()
	defer english.Unlock()
	for id, en := range m {
		if old, twice := english.words[id]; twice && old != en {
			panic(fmt.Sprintf("%q has two Englishes: %q and %q", id, old, en))
		}
		english.words[id] = en
	}
	return true
}

// Sentences lists every Indonesian sentence that has its English.
func Sentences() []string {
	english.RLock()
	defer english.RUnlock()
	return slices.Sorted(maps.Keys(english.words))
}

// Has tells whether a sentence has its English.
func Has(sentence string) bool {
	english.RLock()
	defer english.RUnlock()
	_, ok := english.words[sentence]
	return ok
}

// T gives a sentence in a language. A hint after a bar tells homonyms apart and is not shown. Days,
// moments and whole numbers among the arguments are written in the language.
func T(lang Lang, sentence string, args ...any) string {
	out := sentence
	if lang == EN {
		english.RLock()
		if en, ok := english.words[sentence]; ok {
			out = en
		}
		english.RUnlock()
	}
	out, _, _ = strings.Cut(out, "|")
	if len(args) == 0 {
		return out
	}
	if lang == EN && slices.ContainsFunc(args, isOne) {
		out = inNumber(out, args)
	}
	shown := make([]any, len(args))
	for i, a := range args {
		shown[i] = show(lang, a)
	}
	return fmt.Sprintf(strings.ReplaceAll(out, "%d", "%s"), shown...)
}

func show(lang Lang, a any) string {
	switch a := a.(type) {
	case clock.Day:
		return DayShort(lang, a)
	case time.Time:
		return Time(lang, a)
	case int:
		return Number(lang, int64(a))
	case int64:
		return Number(lang, a)
	case fail.Saying:
		return Say(lang, a)
	case Word:
		return T(lang, string(a))
	case official:
		return a.In(string(lang))
	case string:
		if len(a) == 10 && clock.Day(a).Valid() { // a day that went through the record
			return DayShort(lang, clock.Day(a))
		}
		return a
	default:
		return fmt.Sprint(a)
	}
}

// Word is an argument that is itself a sentence of the product and is translated with it.
type Word string

// official is an argument that has its own name in each language: a kind of PPKS, a district.
type official interface{ In(lang string) string }

// Say gives a saying in a language.
func Say(lang Lang, s fail.Saying) string { return T(lang, s.Text, s.Args...) }
