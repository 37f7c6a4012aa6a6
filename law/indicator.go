package law

// Indicator is a figure declared as data: what is counted over what, who answers for it and where it is said. The
// language of Numerator and Denominator is that of office/monitoring.
type Indicator struct {
	Named
	Unit        string            `json:"unit"`                // persons, percent, per_100k, per_1000, ratio
	About       string            `json:"about"`               // persons, or other
	Direction   string            `json:"direction,omitempty"` // up or down is better; none, or "": neither
	Numerator   string            `json:"numerator"`
	Denominator string            `json:"denominator,omitempty"`
	By          string            `json:"by"`             // what the dimension of the numerator's measure says
	More        map[string]string `json:"more,omitempty"` // other ways to break the numerator down: the name of one, and the measure that counts by it
	Source      string            `json:"source"`
	SourceEn    string            `json:"source_en"`
	Owner       string            `json:"owner"`
	OwnerEn     string            `json:"owner_en"`
	Legal       string            `json:"legal,omitempty"`
	Marks       []Mark            `json:"marks,omitempty"` // rising by From: what a value means
}

// Mark says in words what a value from here on means.
type Mark struct {
	From   float64 `json:"from"`
	State  string  `json:"state"` // bad, warn, good, or ""
	Name   string  `json:"name"`
	NameEn string  `json:"name_en"`
}

// In gives the words of a mark in a language.
func (m Mark) In(lang string) string { return inLang(lang, m.Name, m.NameEn) }

// SourceIn says from which records the figure comes.
func (i Indicator) SourceIn(lang string) string { return inLang(lang, i.Source, i.SourceEn) }

// OwnerIn says who answers for the figure.
func (i Indicator) OwnerIn(lang string) string { return inLang(lang, i.Owner, i.OwnerEn) }

// MarkOf is the mark of a value; false where none begins at or below it.
func (i Indicator) MarkOf(value float64) (m Mark, ok bool) {
	for _, next := range i.Marks {
		if next.From <= value {
			m, ok = next, true
		}
	}
	return m, ok
}

// Indicators are the figures that come with the product.
var Indicators = Load[[]Indicator]("indicators")
