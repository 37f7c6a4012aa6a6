package page

import (
	"fmt"
	"html/template"
	"strings"

	"tuntas/house/text"
)

// LinePoint is one value of a course; Known is false where there is none, which breaks the line.
type LinePoint struct {
	Name  string // under the axis
	Value float64
	Known bool
}

// Line draws how a figure went on, with its target as a dashed line where there is one. The axis begins at nothing, so
// that a small change does not look like a large one. What it says stands in the table beside it.
func Line(lang text.Lang, label string, points []LinePoint, target *float64) template.HTML {
	var path []LinePoint
	if target != nil {
		path = []LinePoint{{Value: *target, Known: true}}
	}
	return Track(lang, label, points, path)
}

// Track draws how a figure went on beside the path that it should take, point by point, as a dashed line; a path of one point
// holds for all of them.
func Track(lang text.Lang, label string, points, path []LinePoint) template.HTML {
	const left, right, top, bottom = 54.0, 552.0, 14.0, 170.0
	most := 0.0
	for _, p := range append(append([]LinePoint{}, points...), path...) {
		if p.Known {
			most = max(most, p.Value)
		}
	}
	most = roundUp(most)
	y := func(v float64) float64 { return bottom - v/most*(bottom-top) }
	x := func(n int) float64 { return left + float64(n)*(right-left)/float64(max(1, len(points)-1)) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="chart wide" viewBox="0 0 610 200" role="img" aria-label="%s">`, template.HTMLEscapeString(label))
	for n := 0; n <= 4; n++ {
		v := most * float64(n) / 4
		fmt.Fprintf(&b, `<path class="grid" d="M%g %.1fH%g"/><text x="%g" y="%.1f" text-anchor="end">%s</text>`, left, y(v), right, left-6, y(v)+4, text.Decimal(lang, v, decimals(most)))
	}
	goal(&b, lang, path, x, y, left, right)
	b.WriteString(lineOf(points, "line", x, y))
	last := 0
	for n, p := range points {
		if p.Known {
			last = n
		}
	}
	for n, p := range points {
		if p.Known {
			class := "dot"
			if n == last {
				class = "dot last"
			}
			fmt.Fprintf(&b, `<circle class="%s" cx="%.1f" cy="%.1f" r="3.5"/>`, class, x(n), y(p.Value))
		}
		if len(points) < 14 || n%2 == 0 {
			fmt.Fprintf(&b, `<text x="%.1f" y="190" text-anchor="middle">%s</text>`, x(n), template.HTMLEscapeString(p.Name))
		}
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // built from numbers and escaped text
}

// goal draws the path that a figure should take, with its name at the end.
func goal(b *strings.Builder, lang text.Lang, path []LinePoint, x func(int) float64, y func(float64) float64, left, right float64) {
	word := template.HTMLEscapeString(text.T(lang, "target"))
	if len(path) == 1 {
		fmt.Fprintf(b, `<path class="goal" d="M%g %.1fH%g"/><text x="%g" y="%.1f">%s</text>`, left, y(path[0].Value), right, right+6, y(path[0].Value)+4, word)
		return
	}
	end := -1
	for n, p := range path {
		if p.Known {
			end = n
		}
	}
	if end < 0 {
		return
	}
	b.WriteString(lineOf(path, "goal", x, y))
	fmt.Fprintf(b, `<text x="%.1f" y="%.1f">%s</text>`, min(x(end), right)+6, y(path[end].Value)+4, word)
}

func lineOf(points []LinePoint, class string, x func(int) float64, y func(float64) float64) string {
	var d strings.Builder
	open := false
	for n, p := range points {
		switch {
		case !p.Known:
			open = false
		case open:
			fmt.Fprintf(&d, "L%.1f %.1f", x(n), y(p.Value))
		default:
			fmt.Fprintf(&d, "M%.1f %.1f", x(n), y(p.Value))
			open = true
		}
	}
	return `<path class="` + class + `" d="` + d.String() + `"/>`
}

// roundUp is the end of an axis that holds a value: 1, 2, 4, 5 or 8 times a power of ten, which four steps divide well.
func roundUp(v float64) float64 {
	if v <= 0 {
		return 1
	}
	unit := 1.0
	for unit*10 <= v {
		unit *= 10
	}
	for unit > v {
		unit /= 10
	}
	for _, n := range []float64{1, 2, 4, 5, 8} {
		if n*unit >= v {
			return n * unit
		}
	}
	return 10 * unit
}

// decimals is how many of them the steps of an axis need.
func decimals(most float64) int {
	switch {
	case most >= 8:
		return 0
	case most >= 1:
		return 2
	}
	return 3
}
