package page

import (
	"fmt"
	"html/template"
	"strings"

	"tuntas/house/text"
)

// Step is one step of a funnel: how many came so far.
type Step struct {
	Name string
	N    int64
}

// Funnel draws how many of those who began came as far as each step, the first being the whole. The same numbers stand in
// the table beside it.
func Funnel(lang text.Lang, label string, steps []Step) template.HTML {
	const right, row, thick = 610.0, 48.0, 20.0
	var most int64 = 1
	for _, s := range steps {
		most = max(most, s.N)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="chart wide" viewBox="0 0 %g %g" role="img" aria-label="%s">`, right, row*float64(len(steps)), template.HTMLEscapeString(label))
	for n, s := range steps {
		top := row*float64(n) + 20
		wide := float64(s.N) / float64(most) * right
		fmt.Fprintf(&b, `<text x="0" y="%g">%s</text><text x="%g" y="%g" text-anchor="end">%s</text><rect class="rest" x="0" y="%g" width="%g" height="%g"/><rect class="bar" x="0" y="%g" width="%.1f" height="%g"/>`,
			top-5, template.HTMLEscapeString(s.Name), right, top-5, template.HTMLEscapeString(stepSays(lang, steps, n)), top, right, thick, top, wide, thick)
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // built from numbers and escaped text
}

// stepSays is the number of a step, and what part of the first it is.
func stepSays(lang text.Lang, steps []Step, n int) string {
	if n == 0 || steps[0].N == 0 {
		return text.Number(lang, steps[n].N)
	}
	return text.Number(lang, steps[n].N) + " · " + text.Percent(lang, steps[n].N, steps[0].N)
}

// Column is one column of stacked parts, in the order of the series.
type Column struct {
	Name  string
	Parts []int64
}

// MostSeries is how many parts a stacked chart can tell apart.
const MostSeries = 6

// Stacked draws columns of parts, the first series at the bottom, each with a pattern beside its colour, so that they are
// told apart in black and white too. The key is what patterns are named after, so that several can stand on a page.
func Stacked(lang text.Lang, key, label string, series []string, columns []Column) template.HTML {
	const left, right, top, bottom = 50.0, 606.0, 14.0, 190.0
	most := 0.0
	for _, c := range columns {
		most = max(most, float64(sumOf(c.Parts)))
	}
	most = roundUp(most)
	key = template.HTMLEscapeString(key)
	step := (right - left) / float64(max(1, len(columns)))
	legend := 244.0
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="chart wide" viewBox="0 0 610 %g" role="img" aria-label="%s"><defs>`, legend+26*float64(len(series))-14, template.HTMLEscapeString(label))
	for n := range series {
		b.WriteString(patternOf(key, n))
	}
	b.WriteString(`</defs>`)
	for n := 0; n <= 4; n++ {
		v := most * float64(n) / 4
		y := bottom - v/most*(bottom-top)
		fmt.Fprintf(&b, `<path class="grid" d="M%g %.1fH%g"/><text x="%g" y="%.1f" text-anchor="end">%s</text>`, left, y, right, left-6, y+4, text.Decimal(lang, v, decimals(most)))
	}
	for n, c := range columns {
		y, x := bottom, left+step*float64(n)
		for s, v := range c.Parts {
			high := float64(v) / most * (bottom - top)
			if v > 0 {
				y -= high
				fmt.Fprintf(&b, `<rect class="part s%d" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/><rect fill="url(#%s-%d)" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`,
					s, x+step*.16, y, step*.68, high, key, s, x+step*.16, y, step*.68, high)
			}
		}
		fmt.Fprintf(&b, `<text x="%.1f" y="209" text-anchor="middle">%s</text>`, x+step/2, template.HTMLEscapeString(c.Name))
	}
	for n, name := range series {
		x, y := left, legend+26*float64(n)
		fmt.Fprintf(&b, `<rect class="part s%d" x="%g" y="%g" width="18" height="14"/><rect fill="url(#%s-%d)" x="%g" y="%g" width="18" height="14"/><text x="%g" y="%g">%s</text>`,
			n, x, y-11, key, n, x, y-11, x+26, y+1, template.HTMLEscapeString(name))
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // built from numbers and escaped text
}

// patternOf is what is drawn over the colour of a series: none, or lines in one of five ways.
func patternOf(key string, n int) string {
	lines := []string{"", "M0 0V8", "M0 4H8", "M0 0L8 8", "M0 8L8 0", "M0 0V8M0 4H8"}[n%MostSeries]
	return fmt.Sprintf(`<pattern id="%s-%d" width="8" height="8" patternUnits="userSpaceOnUse"><path class="over" d="%s"/></pattern>`, key, n, lines)
}

func sumOf(parts []int64) (n int64) {
	for _, p := range parts {
		n += p
	}
	return n
}

// Small draws the course of a figure as small as a stamp, to be compared with others on the same axis, which ends at most.
func Small(lang text.Lang, label string, points []LinePoint, target *float64, most float64) template.HTML {
	const left, right, top, bottom = 4.0, 214.0, 6.0, 60.0
	y := func(v float64) float64 { return bottom - v/most*(bottom-top) }
	x := func(n int) float64 { return left + float64(n)*(right-left)/float64(max(1, len(points)-1)) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="chart" viewBox="0 0 220 66" role="img" aria-label="%s"><path class="grid" d="M%g %gH%g"/>`, template.HTMLEscapeString(label), left, bottom, right)
	if target != nil && *target <= most {
		fmt.Fprintf(&b, `<path class="goal" d="M%g %.1fH%g"/>`, left, y(*target), right)
	}
	b.WriteString(lineOf(points, "line", x, y))
	for n := len(points) - 1; n >= 0; n-- {
		if points[n].Known {
			fmt.Fprintf(&b, `<circle class="dot last" cx="%.1f" cy="%.1f" r="3.5"/>`, x(n), y(points[n].Value))
			break
		}
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // built from numbers and escaped text
}

// MostOf is the end of an axis on which all these courses and their target find room.
func MostOf(target *float64, all ...[]LinePoint) float64 {
	most := 0.0
	if target != nil {
		most = *target
	}
	for _, points := range all {
		for _, p := range points {
			if p.Known {
				most = max(most, p.Value)
			}
		}
	}
	if most == 0 {
		return 1
	}
	return 1.04 * most
}
