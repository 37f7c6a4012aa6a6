package text

import "strings"

// Indonesian counts one as many; English does not. Where a number of an English sentence is 1, the words behind it are put
// into the singular, so that nobody writes each sentence twice.

// odd are plurals that no rule makes singular.
var odd = map[string]string{"people": "person", "criteria": "criterion", "accesses": "access"}

// noPlural end in s and are one.
var noPlural = map[string]bool{"is": true, "was": true, "has": true, "this": true, "its": true, "as": true, "less": true, "does": true}

// ofOne are verbs as they follow one.
var ofOne = map[string]string{"are": "is", "were": "was", "have": "has", "wait": "waits", "need": "needs"}

func singular(noun string) (string, bool) {
	if one, ok := odd[noun]; ok {
		return one, true
	}
	if noPlural[noun] || len(noun) < 4 || !strings.HasSuffix(noun, "s") {
		return noun, false
	}
	if stem, ok := strings.CutSuffix(noun, "ies"); ok {
		return stem + "y", true
	}
	return strings.TrimSuffix(noun, "s"), true
}

// inNumber puts the words behind each number of an English sentence that is 1 into the singular.
func inNumber(sentence string, args []any) string {
	parts := strings.Split(sentence, "%")
	arg := 0
	for n := 1; n < len(parts); n++ {
		if parts[n] == "" { // %%
			n++
			continue
		}
		if parts[n][0] == 'd' && arg < len(args) && isOne(args[arg]) {
			parts[n] = "d" + behindOne(parts[n][1:])
		}
		arg++
	}
	return strings.Join(parts, "%")
}

func isOne(a any) bool { return a == 1 || a == int64(1) }

// behindOne changes "days late" to "day late", "open cases are" to "open case is", and "are yours" to "is yours": one of the
// next two words, and the verb behind it, up to the end of the clause.
func behindOne(rest string) string {
	words := strings.SplitN(rest, " ", 5) // rest begins with the blank
	if words[0] != "" {
		return rest
	}
	counted := false
	for n := 1; n < len(words) && n < 4; n++ {
		word := strings.TrimRight(words[n], ".,:;)")
		ends := words[n][len(word):]
		one, verb := ofOne[word]
		switch noun, plural := singular(word); {
		case verb:
			words[n] = one + ends
			return strings.Join(words, " ")
		case plural && !counted && n < 3:
			words[n], counted = noun+ends, true
		case counted: // something else than a verb follows
			return strings.Join(words, " ")
		}
		if ends != "" {
			break
		}
	}
	return strings.Join(words, " ")
}
