package monitoring

import (
	"math"

	"tuntas/house/page"
	"tuntas/house/text"
)

// Say writes a figure in its unit: "85,4%", "41 orang", "3,21 per 100.000"; "–" where it is over nothing.
func (i Indicator) Say(lang text.Lang, v Value) string {
	n, ok := v.In(i)
	if !ok {
		return "–"
	}
	return i.number(lang, n)
}

func (i Indicator) number(lang text.Lang, n float64) string {
	switch i.Unit {
	case "percent":
		return text.Decimal(lang, n, 1) + "%"
	case "per_1000":
		return text.T(lang, "%s per 1.000", text.Decimal(lang, n, 2))
	case "per_100k":
		return text.T(lang, "%s per 100.000", text.Decimal(lang, n, 2))
	case "ratio":
		return text.Decimal(lang, n, 2)
	}
	return text.Decimal(lang, n, 0)
}

// Of writes what a share is a share of: "41 dari 48"; "" for a plain count.
func (i Indicator) Of(lang text.Lang, v Value) string {
	if !v.Over || i.Unit == "ratio" { // a mean is no part of a whole
		return ""
	}
	return text.T(lang, "%d dari %d", v.Numerator, v.Denominator)
}

// Change says how a figure moved against before, with a word for better or worse where its direction is known.
func (i Indicator) Change(lang text.Lang, now, before Value) page.Chip {
	n, ok := now.In(i)
	was, had := before.In(i)
	if !ok || !had {
		return page.Chip{}
	}
	step := math.Round((n-was)*1000) / 1000
	chip := page.Chip{Kind: "none", Word: text.T(lang, "tetap")}
	size := i.number(lang, math.Abs(step))
	if i.Unit == "percent" {
		size = text.T(lang, "%s poin", text.Decimal(lang, math.Abs(step), 1))
	}
	switch {
	case step > 0:
		chip.Word = text.T(lang, "naik %s", size)
	case step < 0:
		chip.Word = text.T(lang, "turun %s", size)
	default:
		return chip
	}
	switch better := i.Better(step); {
	case better > 0:
		chip.Kind = "ok"
	case better < 0:
		chip.Kind = "warn"
	}
	return chip
}

// Better tells whether a step is one for the better (1) or for the worse (-1); 0 where neither is.
func (i Indicator) Better(step float64) int {
	switch {
	case step == 0 || i.Direction != "up" && i.Direction != "down":
		return 0
	case step > 0 == (i.Direction == "up"):
		return 1
	}
	return -1
}

// Against says how a figure stands to its target; an empty chip where there is none, or nothing to hold against it.
func (i Indicator) Against(lang text.Lang, v Value, t *Target) page.Chip {
	n, ok := v.In(i)
	if t == nil || !ok {
		return page.Chip{}
	}
	gap := math.Round((n-t.Value())*1000) / 1000
	size := i.number(lang, math.Abs(gap))
	if i.Unit == "percent" {
		size = text.T(lang, "%s poin", text.Decimal(lang, math.Abs(gap), 1))
	}
	switch {
	case gap == 0:
		return page.Chip{Kind: "ok", Word: text.T(lang, "sesuai target")}
	case i.Better(gap) > 0:
		return page.Chip{Kind: "ok", Word: text.T(lang, "target tercapai, lebih %s", size)}
	case i.Better(gap) < 0:
		return page.Chip{Kind: "bad", Word: text.T(lang, "kurang %s dari target", size)}
	case gap > 0:
		return page.Chip{Kind: "none", Word: text.T(lang, "%s di atas target", size)}
	}
	return page.Chip{Kind: "none", Word: text.T(lang, "%s di bawah target", size)}
}

// Means says in the words of the figure's own marks what a value means; an empty chip where it has none.
func (i Indicator) Means(lang text.Lang, v Value) page.Chip {
	n, ok := v.In(i)
	if !ok {
		return page.Chip{}
	}
	m, ok := i.MarkOf(n)
	if !ok {
		return page.Chip{}
	}
	kind := m.State
	if kind == "" {
		kind = "none"
	}
	return page.Chip{Kind: kind, Word: m.In(string(lang))}
}
