package law

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Instrument is one version of a questionnaire. A restricted one has a score and no questions: its items
// are never shown (licence of their owners).
type Instrument struct {
	Key       string    `json:"key"`
	Version   string    `json:"version"`
	Name      string    `json:"name"`
	NameEn    string    `json:"name_en"`
	Source    string    `json:"source"`
	Licence   string    `json:"licence"`
	Status    string    `json:"status"`
	Note      string    `json:"note,omitempty"` // what to know when filling it in
	NoteEn    string    `json:"note_en,omitempty"`
	Clusters  []string  `json:"clusters,omitempty"` // of Kind.Cluster; none: for everybody
	Scoring   string    `json:"scoring"`            // none, sum, levels, score
	ScoreOnly bool      `json:"score_only,omitempty"`
	ScoreFrom int       `json:"score_from,omitempty"`
	ScoreTo   int       `json:"score_to,omitempty"`
	Step      int       `json:"step,omitempty"` // scores are multiples of it
	Bands     []Band    `json:"bands,omitempty"`
	Sections  []Section `json:"sections,omitempty"`
}

// Band names the scores up to and including To. Only cut-offs that were read in a source have one.
type Band struct {
	Named
	To int `json:"to"`
}

// Section is one page of an instrument.
type Section struct {
	Named
	Questions []Question `json:"questions"`
}

// Question is one item.
type Question struct {
	Key      string         `json:"key"`
	Type     string         `json:"type"` // one of questionTypes
	Label    string         `json:"label"`
	LabelEn  string         `json:"label_en"`
	Hint     string         `json:"hint,omitempty"`
	HintEn   string         `json:"hint_en,omitempty"`
	Required bool           `json:"required,omitempty"`
	Options  []Named        `json:"options,omitempty"`
	Scores   map[string]int `json:"scores,omitempty"`
}

// questionTypes are what the renderer can draw; the value tells whether the question lists its options.
var questionTypes = map[string]bool{"note": false, "text": false, "yesno": false, "needs": false, "choice": true, "level": true}

// In gives the instrument's name in a language.
func (i Instrument) In(lang string) string { return inLang(lang, i.Name, i.NameEn) }

// NoteIn gives what to know when filling it in.
func (i Instrument) NoteIn(lang string) string { return inLang(lang, i.Note, i.NoteEn) }

// Suits tells whether the instrument is meant for people of a cluster.
func (i Instrument) Suits(cluster string) bool {
	return len(i.Clusters) == 0 || slices.Contains(i.Clusters, cluster)
}

// In gives the question in a language.
func (q Question) In(lang string) string { return inLang(lang, q.Label, q.LabelEn) }

// Questions gives all questions in their order.
func (i Instrument) Questions() []Question {
	var all []Question
	for _, s := range i.Sections {
		all = append(all, s.Questions...)
	}
	return all
}

// flaw finds what is not well formed in an instrument.
func (i Instrument) flaw() error {
	switch {
	case i.Key == "" || i.Version == "" || i.Name == "" || i.NameEn == "":
		return errors.New("needs key, version and both names")
	case i.Source == "" || i.Licence == "" || !knownStatus(i.Status):
		return errors.New("needs source, licence and status")
	case i.ScoreOnly != (len(i.Sections) == 0):
		return errors.New("has either sections or a score")
	case i.ScoreOnly && (i.ScoreTo <= i.ScoreFrom || i.Scoring != "score"):
		return errors.New("a restricted instrument needs score_from and score_to")
	case !slices.IsSortedFunc(i.Bands, func(a, b Band) int { return cmp.Compare(a.To, b.To) }):
		return errors.New("bands do not rise")
	}
	seen := map[string]bool{}
	for _, q := range i.Questions() {
		if err := q.flaw(); err != nil {
			return fmt.Errorf("question %q: %w", q.Key, err)
		}
		if seen[q.Key] {
			return fmt.Errorf("question %q stands twice", q.Key)
		}
		seen[q.Key] = true
	}
	return nil
}

func (q Question) flaw() error {
	options, known := questionTypes[q.Type]
	switch {
	case q.Key == "" || strings.ContainsAny(q.Key, ". "):
		return errors.New("needs a key without dot or space")
	case !known:
		return fmt.Errorf("has unknown type %q", q.Type)
	case q.Label == "" || q.LabelEn == "":
		return errors.New("needs a label in both languages")
	case options != (len(q.Options) > 0):
		return errors.New("has options of another type")
	}
	for answer := range q.Scores {
		if !Has(q.Options, answer) && q.Type != "yesno" {
			return fmt.Errorf("scores the unknown answer %q", answer)
		}
	}
	return nil
}

var instruments = loadInstruments()

func loadInstruments() map[string][]Instrument {
	all := map[string][]Instrument{}
	names, err := fs.Glob(files, "instruments/*/*.json")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		var i Instrument
		err := decode(name, &i)
		if err == nil {
			err = i.flaw()
		}
		if path := fmt.Sprintf("instruments/%s/%s.json", i.Key, i.Version); err == nil && path != name {
			err = fmt.Errorf("belongs into %s", path)
		}
		if err != nil {
			panic(fmt.Sprintf("law/%s: %v", name, err))
		}
		all[i.Key] = append(all[i.Key], i)
		entries = append(entries, Entry{Set: "instruments", File: i.Key + "/" + i.Version + ".json", Source: i.Source, Status: i.Status, Note: i.Licence})
	}
	for _, versions := range all {
		slices.SortFunc(versions, func(a, b Instrument) int { return compareVersions(a.Version, b.Version) })
	}
	return all
}

// compareVersions puts "2" before "10".
func compareVersions(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

// InstrumentOf finds a version of an instrument; "" is the newest.
func InstrumentOf(key, version string) (Instrument, bool) {
	versions := instruments[key]
	for n := len(versions) - 1; n >= 0; n-- {
		if version == "" || versions[n].Version == version {
			return versions[n], true
		}
	}
	return Instrument{}, false
}

// Instruments lists the newest version of each, by key.
func Instruments() []Instrument {
	var out []Instrument
	for key := range instruments {
		i, _ := InstrumentOf(key, "")
		out = append(out, i)
	}
	slices.SortFunc(out, func(a, b Instrument) int { return cmp.Compare(a.Key, b.Key) })
	return out
}
