package person

import (
	"context"
	"regexp"
	"strings"
	"unicode"

	"tuntas/house/store"
	"tuntas/house/who"
)

var (
	spot     = store.NewAct("person.spot", who.Anyone)
	twoNames = regexp.MustCompile(`\p{Lu}[\p{L}']+\s+\p{Lu}[\p{L}']+`)
)

const mostSpotted = 6 // pairs of words that are looked up in one text

// Mentioned gives the pairs of capitalised words in a text that somebody in the registry bears as a name, so that a text
// which is to be read by everybody can be looked at first. It tells nothing else of the person, and looks at no more than
// six pairs.
func (d *Desk) Mentioned(ctx context.Context, text string) (found []string, err error) {
	var pairs []string
	for from := 0; from < len(text) && len(pairs) < mostSpotted; {
		at := twoNames.FindStringIndex(text[from:])
		if at == nil {
			break
		}
		pair := text[from+at[0] : from+at[1]]
		pairs = append(pairs, pair)
		from += at[0] + len(firstWord(pair)) // the second word may begin the next pair
	}
	if len(pairs) == 0 {
		return nil, nil
	}
	err = d.store.Read(ctx, who.House("comment"), spot, func(tx *store.Tx) error {
		found = nil
		for _, pair := range pairs {
			words := tokens(pair)
			if len(words) != 2 || words[0] == words[1] {
				continue
			}
			n, err := store.One(tx, borneBoth, store.Int, words[0], words[1])
			if err != nil {
				return err
			}
			if n > 0 {
				found = append(found, pair)
			}
		}
		return nil
	})
	return found, err
}

func firstWord(s string) string { return strings.FieldsFunc(s, unicode.IsSpace)[0] }
