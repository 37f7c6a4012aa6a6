package casework

import (
	"cmp"
	"slices"

	"tuntas/house/fail"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/law"
)

// Domain is one domain of independence over time.
type Domain struct {
	Key, Name, Dimension string
	Points               []page.Point
	Now, First           *int64 // nil where it does not apply
	NotApplicable        bool
}

// Change is how many levels it rose since admission.
func (d Domain) Change() int64 {
	if d.Now == nil || d.First == nil {
		return 0
	}
	return *d.Now - *d.First
}

// Domains gives every domain with its measurements, the lowest first: one crisis must not hide behind an
// average, so there is no total.
func (f File) Domains(lang text.Lang) []Domain {
	form, ok := law.InstrumentOf(Independence, "")
	if !ok {
		return nil
	}
	var out []Domain
	for _, s := range form.Sections {
		for _, q := range s.Questions {
			d := Domain{Key: q.Key, Name: law.Named{Name: q.Label, NameEn: q.LabelEn}.In(string(lang)), Dimension: s.In(string(lang))}
			for i := len(f.Assessments) - 1; i >= 0; i-- { // oldest first
				d.add(f.Assessments[i])
			}
			if len(d.Points) > 0 || d.NotApplicable {
				out = append(out, d)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Domain) int { return cmp.Compare(level(a), level(b)) })
	return out
}

func level(d Domain) int64 {
	if d.Now == nil {
		return 9
	}
	return *d.Now
}

func (d *Domain) add(a Assessment) {
	if a.Instrument != Independence || a.SignedOn == "" {
		return
	}
	n, ok := a.Levels[d.Key]
	switch {
	case !ok:
	case n == nil:
		d.NotApplicable, d.Now = true, nil
	default:
		d.NotApplicable, d.Now = false, n
		if d.First == nil {
			d.First = n
		}
		d.Points = append(d.Points, page.Point{On: a.AssessedOn, Level: int(*n), Who: a.AssessorName})
	}
}

// ChangeSays says what changed since admission: "naik 1 tingkat di Keluarga".
func (f File) ChangeSays(lang text.Lang) []fail.Saying {
	var out []fail.Saying
	for _, d := range f.Domains(lang) {
		switch n := d.Change(); {
		case n > 0:
			out = append(out, fail.Say("naik %d tingkat di %s", n, d.Name))
		case n < 0:
			out = append(out, fail.Say("turun %d tingkat di %s", -n, d.Name))
		}
	}
	return out
}
