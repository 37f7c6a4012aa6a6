package law

import (
	"fmt"
	"io/fs"
	"sort"
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
	Groups    []string  `json:"groups,omitempty"`
	Scoring   string    `json:"scoring"` // none, sum, levels, score
	ScoreOnly bool      `json:"score_only,omitempty"`
	ScoreFrom int       `json:"score_from,omitempty"`
	ScoreTo   int       `json:"score_to,omitempty"`
	Bands     []Band    `json:"bands,omitempty"`
	Sections  []Section `json:"sections"`
}

// Band names the scores up to and including To.
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
	Type     string         `json:"type"` // note, text, choice, yesno, level, needs
	Label    string         `json:"label"`
	LabelEn  string         `json:"label_en"`
	Hint     string         `json:"hint,omitempty"`
	HintEn   string         `json:"hint_en,omitempty"`
	Required bool           `json:"required,omitempty"`
	Options  []Named        `json:"options,omitempty"`
	Scores   map[string]int `json:"scores,omitempty"`
}

// In gives the instrument's name in a language.
func (i Instrument) In(lang string) string { return Named{Name: i.Name, NameEn: i.NameEn}.In(lang) }

var instruments = loadInstruments()

func loadInstruments() map[string][]Instrument {
	all := map[string][]Instrument{}
	names, err := fs.Glob(files, "instruments/*/*.json")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		var i Instrument
		if err := decode(name, &i); err != nil {
			panic(fmt.Sprintf("law/%s: %v", name, err))
		}
		if i.Source == "" || i.Licence == "" || i.Status == "" || i.ScoreOnly != (len(i.Sections) == 0) {
			panic("law/" + name + ": needs source, licence, status, and either sections or a score")
		}
		all[i.Key] = append(all[i.Key], i)
	}
	for _, versions := range all {
		sort.Slice(versions, func(a, b int) bool { return versions[a].Version < versions[b].Version })
	}
	return all
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
	sort.Slice(out, func(a, b int) bool { return out[a].Key < out[b].Key })
	return out
}
