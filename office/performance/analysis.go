package performance

import (
	"context"
	"math"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/monitoring"
)

var (
	writeAll  = store.NewAct("performance.analyse", who.KeepFigures)
	writeHere = store.NewAct("performance.explain", who.CloseMonth)
)

// Analysis is what was written about a node in a year, for the LKjIP of the office (Centre 0) or of an institution.
type Analysis struct {
	ID              id.ID
	Version         int64
	Origin          id.ID
	Year            int64
	Centre          id.ID
	Reason          string
	Did             string
	Obstacles       string
	Next            string
	Benchmark       *int64 // thousandths of the figure's unit
	BenchmarkSource string
	Budget, Spent   *int64 // rupiah
	On              clock.Day
	By              string
}

// Compared is the benchmark in the unit of the figure; nil where none was written down.
func (a Analysis) Compared() *float64 {
	if a.Benchmark == nil {
		return nil
	}
	v := float64(*a.Benchmark) / 1000
	return &v
}

// Absorbed is how much of the budget was spent, in percent; false where either is not known.
func (a Analysis) Absorbed() (float64, bool) {
	if a.Budget == nil || a.Spent == nil || *a.Budget <= 0 {
		return 0, false
	}
	return 100 * float64(*a.Spent) / float64(*a.Budget), true
}

// SetAnalysis is an analysis as it is written.
type SetAnalysis struct {
	Year            int64    `json:"year" required:"true" minimum:"2000" maximum:"2999" ask:"Tulis tahunnya."`
	Centre          id.ID    `json:"centre_id,omitempty"`
	Reason          string   `json:"reason" required:"true" maxLength:"2000" ask:"Tulis mengapa tercapai atau tidak."`
	Did             string   `json:"done,omitempty" maxLength:"2000"`
	Obstacles       string   `json:"obstacles,omitempty" maxLength:"2000"`
	Next            string   `json:"next,omitempty" maxLength:"2000"`
	Benchmark       *float64 `json:"benchmark,omitempty" minimum:"0" maximum:"1000000000"`
	BenchmarkSource string   `json:"benchmark_source,omitempty" maxLength:"200"`
	Budget          *int64   `json:"budget,omitempty" minimum:"0" maximum:"1000000000000000"`
	Spent           *int64   `json:"spent,omitempty" minimum:"0" maximum:"1000000000000000"`
}

// Analyse writes an analysis; who keeps figures writes that of the office, an institution its own.
func (d *Desk) Analyse(ctx context.Context, by who.Asker, node id.ID, version int64, in SetAnalysis) (a Analysis, err error) {
	act := writeAll
	if in.Centre != 0 && !by.May(who.KeepFigures) {
		act = writeHere
	}
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		n, err := nodeByID(tx, node)
		if err != nil {
			return err
		}
		if in.Centre != 0 {
			if _, err := centre.Own(tx, in.Centre); err != nil {
				return err
			}
		}
		old, err := analysisOf(tx, n.Origin, in.Year, in.Centre)
		if err != nil {
			return err
		}
		a = Analysis{ID: id.New(), Origin: n.Origin, Year: in.Year, Centre: in.Centre}
		if old != nil {
			a = *old
		}
		if version > 0 && version != a.Version {
			return fail.Stale
		}
		if err := a.take(in); err != nil {
			return err
		}
		a.On, a.By = tx.Today(), by.Name
		tx.Record(store.Entry{Kind: "performance", ID: n.Tree, Centre: in.Centre, Say: fail.Say("Analisis %s tahun %s ditulis.", n.Name, yearWord(in.Year)), What: in})
		return keepAnalysis(tx, &a)
	})
	return a, err
}

func (a *Analysis) take(in SetAnalysis) error {
	a.Reason, a.Did, a.Obstacles, a.Next, a.BenchmarkSource, a.Budget, a.Spent, a.Benchmark = in.Reason, in.Did, in.Obstacles, in.Next, in.BenchmarkSource, in.Budget, in.Spent, nil
	if in.Benchmark == nil {
		return nil
	}
	if in.BenchmarkSource == "" {
		return fail.Bad("benchmark_source", "required", "Tulis dari mana angka pembanding itu.")
	}
	v := int64(math.Round(*in.Benchmark * 1000))
	a.Benchmark = &v
	return nil
}

// ReportLine is an indicator in the LKjIP.
type ReportLine struct {
	*Branch
	Under    string // the strategic target above it, in Indonesian
	UnderEn  string
	Final    *monitoring.Target // of the last year of the tree
	Analysis *Analysis
}

// In gives what the line stands under in a language.
func (l ReportLine) UnderIn(lang string) string {
	if lang == "en" {
		return l.UnderEn
	}
	return l.Under
}

// Report is the table of the LKjIP of a year.
type Report struct {
	Cascade
	Lines []ReportLine
}

// Report reads the LKjIP of a year, of the office or of an institution.
func (d *Desk) Report(ctx context.Context, by who.Asker, year int64, at id.ID) (r Report, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		r = Report{}
		if r.Cascade, err = d.cascade(tx, year, at); err != nil || r.Tree.ID == 0 {
			return err
		}
		written, err := analysesIn(tx, year, at)
		if err != nil {
			return err
		}
		last, err := monitoring.TargetsIn(tx, r.ToYear, at)
		if err != nil {
			return err
		}
		ofAll := last
		if at != 0 {
			if ofAll, err = monitoring.TargetsIn(tx, r.ToYear, 0); err != nil {
				return err
			}
		}
		for _, root := range r.Roots {
			r.add(root, root, written, last, ofAll)
		}
		return nil
	})
	return r, err
}

// add writes down the indicators below a branch; under is the nearest strategic target above, or the goal.
func (r *Report) add(b, under *Branch, written map[id.ID]Analysis, last, ofAll map[string]monitoring.Target) {
	if b.Kind == Target {
		under = b
	}
	if b.Kind == Indicator {
		l := ReportLine{Branch: b, Under: under.Name, UnderEn: under.NameEn}
		if t, ok := last[b.Node.Indicator]; ok {
			l.Final = &t
		} else if t, ok := ofAll[b.Node.Indicator]; ok && b.Value.Over {
			l.Final = &t
		}
		if a, ok := written[b.Origin]; ok {
			l.Analysis = &a
		}
		r.Lines = append(r.Lines, l)
	}
	for _, c := range b.Children {
		r.add(c, under, written, last, ofAll)
	}
}
