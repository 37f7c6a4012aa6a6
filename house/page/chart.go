package page

import (
	"fmt"
	"html/template"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/text"
)

// Rail is the seven stages: the only ornament of the product.
type Rail struct {
	Small bool
	Text  string
	Segs  []Seg
}

// Seg is one stage of a rail: State is f (done), h (in progress), w (done with a waiver), or "".
type Seg struct{ State, Name, Note string }

var stageNames = []string{"Pendekatan awal", "Asesmen", "Penyusunan rencana intervensi", "Intervensi", "Resosialisasi",
	"Terminasi", "Bimbingan lanjut"}

// NewRail draws a rail whose first `reached` stages are done; with half the next is in progress.
func NewRail(lang text.Lang, reached int, half, small bool) Rail {
	r := Rail{Small: small}
	for i, name := range stageNames {
		s := Seg{Name: text.T(lang, name)}
		switch {
		case i < reached:
			s.State = "f"
		case i == reached && half:
			s.State = "h"
		}
		r.Segs = append(r.Segs, s)
	}
	switch {
	case reached >= 7:
		r.Text = text.T(lang, "Ketujuh tahap selesai")
	case half:
		r.Text = text.T(lang, "Tahap %d dari 7, %s, berjalan", reached+1, r.Segs[reached].Name)
	default:
		r.Text = text.T(lang, "%d dari 7 tahap selesai", reached)
	}
	return r
}

// Point is one measurement of a step chart: level 1 to 5.
type Point struct {
	On    clock.Day
	Level int
	Who   string
}

// Steps draws levels over time as steps, not slopes: between two measurements nothing is known.
func Steps(lang text.Lang, points []Point, label string) template.HTML {
	if len(points) == 0 {
		return ""
	}
	const left, right, top, bottom = 18.0, 200.0, 8.0, 72.0
	y := func(level int) float64 { return bottom - float64(level-1)*(bottom-top)/4 }
	x := func(i int) float64 {
		if len(points) == 1 {
			return (left + right) / 2
		}
		return left + float64(i)*(right-left)/float64(len(points)-1)
	}
	var b strings.Builder
	last := points[len(points)-1]
	fmt.Fprintf(&b, `<svg class="chart" viewBox="0 0 230 84" role="img" aria-label="%s">`,
		template.HTMLEscapeString(text.T(lang, "%s: tingkat %d pada %s", label, last.Level, last.On)))
	for level := 1; level <= 5; level++ {
		fmt.Fprintf(&b, `<path class="grid" d="M%g %gH%g"/>`, left, y(level), right)
	}
	fmt.Fprintf(&b, `<text x="2" y="%g">5</text><text x="2" y="%g">1</text><path class="line" d="M%g %g`, top+4, bottom+4, x(0), y(points[0].Level))
	for i, p := range points[1:] {
		fmt.Fprintf(&b, "H%gV%g", x(i+1), y(p.Level))
	}
	b.WriteString(`"/>`)
	for i, p := range points {
		class := "dot"
		if i == len(points)-1 {
			class = "dot last"
		}
		fmt.Fprintf(&b, `<circle class="%s" cx="%g" cy="%g" r="4"/>`, class, x(i), y(p.Level))
	}
	fmt.Fprintf(&b, `<text class="strong" x="%g" y="%g">%d</text></svg>`, x(len(points)-1)+10, y(last.Level)+5, last.Level)
	return template.HTML(b.String()) //nolint:gosec // built from numbers and escaped text
}

func levels(n *int64) []bool {
	out := make([]bool, 5)
	for i := range out {
		out[i] = n != nil && int64(i) < *n
	}
	return out
}

// Bar is one line of a bar list.
type Bar struct {
	Name string
	N    int64
	Href string
}

// CurvePoint is the state of a cohort after some months: known to be independent, known not to be, and
// not reached. The band of the curve is the people not reached, not a statistical interval.
type CurvePoint struct {
	Months                            int
	Independent, Dependent, Unreached int64
}

// Total is the whole cohort at this mark.
func (p CurvePoint) Total() int64 { return p.Independent + p.Dependent + p.Unreached }

// Curve draws how many are still independent: the line is who is known to be, the upper edge of the band
// is who would be if all that were not reached are.
func Curve(lang text.Lang, points []CurvePoint) template.HTML {
	const left, right, top, bottom = 40.0, 400.0, 12.0, 190.0
	y := func(part, whole int64) float64 {
		if whole == 0 {
			return bottom
		}
		return bottom - float64(part)/float64(whole)*(bottom-top)
	}
	x := func(m int) float64 { return left + float64(m)*(right-left)/12 }
	var b, line, upper, lower strings.Builder
	fmt.Fprintf(&b, `<svg class="chart" viewBox="0 0 470 225" role="img" aria-label="%s">`,
		template.HTMLEscapeString(text.T(lang, "Masih mandiri setelah terminasi, menurut bulan")))
	for pc := 0; pc <= 100; pc += 25 {
		gy := bottom - float64(pc)/100*(bottom-top)
		fmt.Fprintf(&b, `<path class="grid" d="M%g %gH%g"/><text x="2" y="%g">%d%%</text>`, left, gy, right, gy+4, pc)
	}
	fmt.Fprintf(&line, "M%g %g", x(0), top)
	fmt.Fprintf(&upper, "M%g %g", x(0), top)
	var tail []string
	for _, p := range points {
		if p.Total() == 0 {
			continue
		}
		fmt.Fprintf(&line, "L%g %g", x(p.Months), y(p.Independent, p.Total()))
		fmt.Fprintf(&upper, "L%g %g", x(p.Months), y(p.Independent+p.Unreached, p.Total()))
		tail = append([]string{fmt.Sprintf("L%g %g", x(p.Months), y(p.Independent, p.Total()))}, tail...)
	}
	lower.WriteString(strings.Join(tail, "") + "Z")
	fmt.Fprintf(&b, `<path class="band" d="%s%s"/><path class="line" d="%s"/>`, upper.String(), lower.String(), line.String())
	for _, p := range points {
		if p.Total() > 0 {
			fmt.Fprintf(&b, `<circle class="dot last" cx="%g" cy="%g" r="4.5"/>`, x(p.Months), y(p.Independent, p.Total()))
		}
		fmt.Fprintf(&b, `<text x="%g" y="210" text-anchor="middle">%d</text>`, x(p.Months), p.Months)
	}
	if n := len(points); n > 0 && points[n-1].Total() > 0 {
		p := points[n-1]
		fmt.Fprintf(&b, `<text class="strong" x="%g" y="%g">%s</text>`, x(p.Months)+10, y(p.Independent, p.Total())+5,
			text.Percent(lang, p.Independent, p.Total()))
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // built from numbers and escaped text
}

// Bars draws a list of counts, each number a link to the people behind it, where there is one.
func Bars(lang text.Lang, bars []Bar) template.HTML {
	var most int64 = 1
	for _, bar := range bars {
		most = max(most, bar.N)
	}
	var b strings.Builder
	b.WriteString(`<table class="bars"><tbody>`)
	for _, bar := range bars {
		n := text.Number(lang, bar.N)
		if bar.Href != "" {
			n = fmt.Sprintf(`<a class="name" href="%s">%s</a>`, template.HTMLEscapeString(bar.Href), n)
		}
		fmt.Fprintf(&b, `<tr><th scope="row">%s</th><td class="r">%s</td><td style="width:45%%"><svg class="chart" viewBox="0 0 100 10" preserveAspectRatio="none" height="12" aria-hidden="true"><rect class="bar" x="0" y="1" width="%g" height="8"/></svg></td></tr>`,
			template.HTMLEscapeString(bar.Name), n, 100*float64(bar.N)/float64(most))
	}
	b.WriteString(`</tbody></table>`)
	return template.HTML(b.String()) //nolint:gosec // built from numbers and escaped text
}
