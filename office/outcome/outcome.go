package outcome

import (
	"cmp"
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

var see = store.NewAct("outcome.see", who.SeeFigures)

// Desk is the desk of outcomes.
type Desk struct{ store *store.Store }

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{s} }

// Span says whose outcome is asked for: those who left on days from From to To, of one centre or of all (0).
type Span struct {
	From, To clock.Day
	Centre   id.ID
}

// Cohort is who left at least so many months ago: known to be still independent then, known not to be, and unknown. The
// unknown stay: counted as none and as all independent they give the worst and the best case.
type Cohort struct {
	Months                    int
	Independent, Not, Unknown int64
	NotYet                    int64 // left in the span, less than so many months ago
}

// All is how many left at least so many months ago.
func (c Cohort) All() int64 { return c.Independent + c.Not + c.Unknown }

// Best is how many are independent if all of whom nothing is known are.
func (c Cohort) Best() int64 { return c.Independent + c.Unknown }

// add puts so many people with a course into the cohort.
func (c *Cohort) add(dim string, n int64) {
	month, fallen, ok := readCourse(dim)
	switch {
	case !ok:
	case fallen && month <= c.Months:
		c.Not += n
	case month >= c.Months: // held until then, or fell only later
		c.Independent += n
	default:
		c.Unknown += n
	}
}

// Row is a centre's cohort of a year. An estimate is given from so many people on, see Outlook.Least; with fewer, chance
// would speak.
type Row struct {
	Cohort
	Centre    centre.Centre
	Estimated bool
	Share     float64 // of all who left, the unknown among them
	Low, High float64 // Wilson, 95 percent
}

// Outlook is everything that is shown of a span.
type Outlook struct {
	Span
	Curve   []Step
	Cohorts []Cohort // after 1, 3, 6 and 12 months
	Rows    []Row    // by name
	Rise    map[string]int64
	Decile  map[string]int64
	Skills  []Skill // of who has been gone for a year within the span, the most frequent first
	Least   int64   // people from which on an estimate is given
}

// yearMonths is the mark at which centres are shown beside each other.
const yearMonths = 12

// All is how many left in the span.
func (o Outlook) All() (n int64) {
	for _, s := range o.Curve {
		n += s.Fallen + s.Censored
	}
	return n
}

// Look reads the outcome of a span: a fixed number of sums over tallies, whatever the size of the province.
func (d *Desk) Look(ctx context.Context, by who.Asker, s Span) (o Outlook, err error) {
	err = d.store.Read(ctx, by, see, func(tx *store.Tx) error {
		o, err = Of(tx, s)
		return err
	})
	return o, err
}

// Of reads the outcome of a span.
func Of(tx *store.Tx, s Span) (o Outlook, err error) {
	set := law.Standard.On(tx.Today())
	o = Outlook{Span: s, Least: int64(set.EstimateFrom)}
	all, err := store.Total(tx, "outcome", s.From, s.To, s.Centre)
	if err != nil {
		return o, err
	}
	o.Curve = KaplanMeier(counts(all))
	for _, months := range set.AftercareMonths {
		read := store.Total
		if months == yearMonths { // which is shown of each institution
			read = store.Flow
		}
		figures, err := read(tx, "outcome", s.From, min(s.To, tx.Today().AddMonths(-months)), s.Centre)
		if err != nil {
			return o, err
		}
		c := Cohort{Months: months}
		for _, f := range figures {
			c.add(f.Dim, f.N)
		}
		c.NotYet = o.All() - c.All()
		o.Cohorts = append(o.Cohorts, c)
		if months == yearMonths {
			if o.Rows, err = rows(tx, s, figures, o.Least); err != nil {
				return o, err
			}
		}
	}
	if o.Rise, err = sums(tx, "case.rise", s); err != nil {
		return o, err
	}
	if o.Decile, err = sums(tx, "case.decile", s); err != nil {
		return o, err
	}
	o.Skills, err = skills(tx, s, o.Least)
	return o, err
}

// rows are the centres with anybody in the cohort of a year, by name.
func rows(tx *store.Tx, s Span, figures []store.Figure, from int64) (out []Row, err error) {
	all, err := centre.All(tx)
	if err != nil {
		return nil, err
	}
	of := map[id.ID]*Cohort{}
	for _, f := range figures {
		if of[f.Centre] == nil {
			of[f.Centre] = &Cohort{Months: yearMonths}
		}
		of[f.Centre].add(f.Dim, f.N)
	}
	for _, c := range all {
		if of[c.ID] == nil || of[c.ID].All() == 0 || s.Centre != 0 && s.Centre != c.ID {
			continue
		}
		r := Row{Cohort: *of[c.ID], Centre: c}
		if n := r.All(); n >= from {
			r.Estimated, r.Share = true, float64(r.Independent)/float64(n)
			r.Low, r.High = Wilson(r.Independent, n)
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b Row) int { return cmp.Compare(a.Centre.Name, b.Centre.Name) })
	return out, nil
}

func sums(tx *store.Tx, measure string, s Span) (map[string]int64, error) {
	figures, err := store.Total(tx, measure, s.From, s.To, s.Centre)
	all := map[string]int64{}
	for _, f := range figures {
		all[f.Dim] += f.N
	}
	return all, err
}

// Centres are those that serve people, for the choice of one.
func (d *Desk) Centres(ctx context.Context, by who.Asker) (all []centre.Centre, err error) {
	err = d.store.Read(ctx, by, see, func(tx *store.Tx) error {
		all, err = centre.Serving(tx)
		return err
	})
	return all, err
}
