package casework

import (
	"encoding/json"

	"tuntas/house/text"
	"tuntas/law"
)

// official marks names that come from the law files in both languages, so that they do not meet the
// sentences of the desks.
const official = "|hukum"

// lawWord is a name of the law files as an argument of a sentence, in the language of the reader.
func lawWord(name string) text.Word { return text.Word(name + official) }

var _ = loadLawWords()

// loadLawWords registers the English of the law files' own names.
func loadLawWords() bool {
	m := map[string]string{}
	for _, c := range law.Criteria.Latest() {
		m[c.Name+official] = c.NameEn
	}
	for _, k := range law.Kinds.Latest() {
		m[k.Name+official] = k.NameEn
	}
	for _, i := range law.Items.Latest() {
		m[i.Name+official] = i.NameEn
	}
	for _, n := range law.Standard.Latest().ExitReasons {
		m[n.Name+official] = n.NameEn
	}
	for _, i := range law.Instruments() {
		m[i.Name+official] = i.NameEn
		for _, s := range i.Sections {
			for _, q := range s.Questions {
				m[q.Label+official] = q.LabelEn
			}
		}
	}
	b, err := json.Marshal(m)
	return err == nil && text.Load(b)
}
