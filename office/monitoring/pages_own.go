package monitoring

import (
	"cmp"
	"slices"

	"tuntas/house/page"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/web"
)

var unitWords = map[string]text.Word{"persons": "Jumlah|satuan", "percent": "Persen", "per_1000": "Per 1.000", "per_100k": "Per 100.000", "ratio": "Perbandingan|satuan"}

var units = []string{"persons", "percent", "per_1000", "per_100k", "ratio"}

var directionWords = map[string]text.Word{"up": "Makin tinggi makin baik", "down": "Makin rendah makin baik", "none": "Tidak ada arahnya"}

var directions = []string{"up", "down", "none"}

var _ = page.Lookup("unitword", func(l text.Lang, key string) string { return text.T(l, string(unitWords[key])) })

var _ = page.Lookup("directionword", func(l text.Lang, key string) string {
	return text.T(l, string(directionWords[cmp.Or(key, "none")]))
})

var _ = page.Lookup("figurestate", func(l text.Lang, key string) string { return text.T(l, string(stateWords[key])) })

// ownForm is what the form of a new figure offers: the measures that can be counted, each with an example.
type ownForm struct {
	Units, Directions []page.Option
	Measures          []measureLine
}

type measureLine struct {
	Key, Name string
	Stock     bool
}

func (d *Desk) ownForm(r *web.Request) ownForm {
	f := ownForm{Units: page.WordOptions(r.Lang, unitWords, units...), Directions: page.WordOptions(r.Lang, directionWords, directions...)}
	for _, m := range d.measures {
		f.Measures = append(f.Measures, measureLine{m.Key, text.T(r.Lang, string(measureWords[m.Key])), m.Kind == store.StockKind})
	}
	slices.SortFunc(f.Measures, func(a, b measureLine) int { return cmp.Compare(a.Key, b.Key) })
	return f
}

func (d *Desk) getNewOwn(r *web.Request) (web.Answer, error) {
	return r.Page("monitoring/own_new.html", func() (any, error) { return d.mayKeep(r) })
}

// mayKeep gives the form to who keeps figures, and to nobody else.
func (d *Desk) mayKeep(r *web.Request) (ownForm, error) {
	return d.ownForm(r), d.MayDefine(r.Context(), r.By)
}

func (d *Desk) postOwn(r *web.Request) (web.Answer, error) {
	o, err := web.Do(r, func(in NewOwn) (Own, error) { return d.Define(r.Context(), r.By, in) })
	if err != nil {
		return r.Again("monitoring/own_new.html", func() (any, error) { return d.mayKeep(r) }, err)
	}
	r.Flash("Indikator dirancang. Periksa angkanya di bawah, lalu mulai hitung.")
	return r.Done(figurePath(o.Key), figurePath(o.Key), d.ownBody(r, o))
}

func figurePath(key string) string { return "/indicators/" + key }

func (d *Desk) ownBody(r *web.Request, o Own) Described {
	return describe(r, o.indicator(r.Today()), r.Today())
}

func (d *Desk) postRule(r *web.Request) (web.Answer, error) {
	o, err := web.Do(r, func(in NewRule) (Own, error) { return d.Revise(r.Context(), r.By, r.Word("key"), r.IfMatch(), in) })
	return d.ownDone(r, o, "Rumus tersimpan. Angka sejak tanggal itu sudah memakai rumus baru.", err)
}

func (d *Desk) postFigureMove(r *web.Request) (web.Answer, error) {
	o, err := web.Do(r, func(in FigureMove) (Own, error) { return d.Move(r.Context(), r.By, r.Word("key"), r.IfMatch(), in) })
	return d.ownDone(r, o, "Langkah tercatat.", err)
}

func (d *Desk) ownDone(r *web.Request, o Own, said string, err error) (web.Answer, error) {
	if err != nil {
		return d.boardAgain(r, err)
	}
	r.Flash(said)
	return r.Done(figurePath(o.Key), figurePath(o.Key), d.ownBody(r, o))
}

func (d *Desk) boardAgain(r *web.Request, err error) (web.Answer, error) {
	return r.Again("monitoring/indicator.html", func() (any, error) {
		s, err := d.spanOf(r, Ask{})
		if err != nil {
			return nil, err
		}
		return d.boardPage(r, "", s)
	}, err)
}

func (d *Desk) postTarget(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in NewTarget) (Target, error) { return d.SetTarget(r.Context(), r.By, r.Word("key"), in) })
	if err != nil {
		return d.boardAgain(r, err)
	}
	r.Flash("Target tersimpan.")
	return r.Done(figurePath(t.Indicator), figurePath(t.Indicator), targetBody(t))
}

// UnitWord names a unit of figures.
func UnitWord(l text.Lang, unit string) string { return text.T(l, string(unitWords[unit])) }
