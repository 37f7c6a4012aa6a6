package page

import (
	"fmt"
	"html/template"
	"strings"

	"tuntas/house/text"
)

// SurvivalPoint is the share of a group that is left at the end of a month, from 0 to 1, with its interval where there is
// one, and how many of whom nothing is known later.
type SurvivalPoint struct {
	Month     int
	Share     float64
	Low, High float64
	Sure      bool
	Censored  int64
}

// Where the axes of a survival chart lie.
const (
	survivalLeft, survivalRight = 54.0, 552.0
	survivalTop, survivalBottom = 14.0, 206.0
)

// Survival draws how a group shrinks over months: steps, for nothing is known between two marks, the interval as a hatched
// band that a printer without colours shows too, and a tick where people were last known. The line ends where nobody is
// followed any more; the axis reaches so many months. The key names the parts of the drawing, so that several can stand on
// a page.
func Survival(lang text.Lang, key string, points []SurvivalPoint, months int) template.HTML {
	if len(points) < 2 {
		return ""
	}
	last := points[len(points)-1]
	months = max(months, last.Month)
	x := func(m int) float64 { return survivalLeft + float64(m)*(survivalRight-survivalLeft)/float64(months) }
	y := func(share float64) float64 { return survivalBottom - share*(survivalBottom-survivalTop) }
	key = template.HTMLEscapeString(key)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="chart survival" viewBox="0 0 620 256" role="img" aria-labelledby="%s-t %s-d"><title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, key, key, key,
		template.HTMLEscapeString(text.T(lang, "Masih mandiri menurut bulan setelah keluar")), key, template.HTMLEscapeString(survivalSays(lang, points)))
	fmt.Fprintf(&b, `<defs><pattern id="%s-p" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>`, key)
	for percent := 0; percent <= 100; percent += 25 {
		at := y(float64(percent) / 100)
		fmt.Fprintf(&b, `<path class="grid" d="M%g %gH%g"/><text x="2" y="%g">%d%%</text>`, survivalLeft, at, survivalRight, at+4, percent)
	}
	for m := 0; m <= months; m += 3 {
		fmt.Fprintf(&b, `<text x="%g" y="226" text-anchor="middle">%d</text>`, x(m), m)
	}
	fmt.Fprintf(&b, `<text x="%g" y="249" text-anchor="middle">%s</text>`, (survivalLeft+survivalRight)/2, template.HTMLEscapeString(text.T(lang, "bulan setelah keluar")))
	bands(&b, points, key, x, y)
	fmt.Fprintf(&b, `<path class="line" d="M%.1f %.1f`, x(0), y(1))
	for _, p := range points {
		fmt.Fprintf(&b, `H%.1fV%.1f`, x(p.Month), y(p.Share))
	}
	b.WriteString(`"/>`)
	for _, p := range points {
		if p.Censored > 0 {
			fmt.Fprintf(&b, `<path class="tick" d="M%.1f %.1fv10"/>`, x(p.Month), y(p.Share)-5)
		}
	}
	fmt.Fprintf(&b, `<text class="strong" x="%g" y="%.1f">%s</text></svg>`, x(last.Month)+10, y(last.Share)+6, survivalPercent(lang, last.Share))
	return template.HTML(b.String()) //nolint:gosec // built from numbers and escaped text
}

// bands draws the interval from each month to the next: a surface, and the hatch upon it.
func bands(b *strings.Builder, points []SurvivalPoint, key string, x func(int) float64, y func(float64) float64) {
	var d strings.Builder
	for i, p := range points[:len(points)-1] {
		if p.Sure {
			fmt.Fprintf(&d, `M%.1f %.1fH%.1fV%.1fH%.1fZ`, x(p.Month), y(p.High), x(points[i+1].Month), y(p.Low), x(p.Month))
		}
	}
	if d.Len() > 0 {
		fmt.Fprintf(b, `<path class="band" d="%s"/><path fill="url(#%s-p)" d="%s"/>`, d.String(), key, d.String())
	}
}

func survivalPercent(lang text.Lang, share float64) string {
	return text.Decimal(lang, 100*share, 0) + "%"
}

// survivalSays says the chart in words: the share after a year, where the chart reaches so far, and at its end.
func survivalSays(lang text.Lang, points []SurvivalPoint) string {
	var said []string
	for i, p := range points {
		if p.Month != 12 && i != len(points)-1 {
			continue
		}
		if p.Sure {
			said = append(said, text.T(lang, "Setelah %d bulan %s masih mandiri, rentang %s sampai %s.", p.Month, survivalPercent(lang, p.Share),
				survivalPercent(lang, p.Low), survivalPercent(lang, p.High)))
		} else {
			said = append(said, text.T(lang, "Setelah %d bulan %s masih mandiri.", p.Month, survivalPercent(lang, p.Share)))
		}
	}
	return strings.Join(said, " ")
}
