package monitoring

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"tuntas/house/text"
)

// outline are the 38 districts as paths on a grid, made from the borders by TestOutline.
//
//go:embed outline.json
var outlineFile []byte

var outline = readOutline()

type outlines struct {
	Width, Height int
	Areas         []struct {
		Code string
		D    string
		X, Y int // where its number stands
	}
}

func readOutline() (o outlines) {
	if err := json.Unmarshal(outlineFile, &o); err != nil {
		panic("outline.json: " + err.Error()) // found by the first start
	}
	return o
}

// mostClasses is how many shades a map has; nobody is a pattern of its own, never the palest shade.
const mostClasses = 5

// classesOf cuts counts above zero into at most five classes of about as many districts each: the upper end of each,
// inclusive. Equal counts are never cut apart.
func classesOf(counts []int64) (upper []int64) {
	sorted := slices.DeleteFunc(slices.Clone(counts), func(n int64) bool { return n <= 0 })
	slices.Sort(sorted)
	for i := range mostClasses {
		if len(sorted) == 0 {
			break
		}
		end := sorted[(i+1)*len(sorted)/mostClasses-min(1, (i+1)*len(sorted)/mostClasses)]
		if len(upper) == 0 || end > upper[len(upper)-1] {
			upper = append(upper, end)
		}
	}
	return upper
}

// classOf is the class of a count, from 1; 0 is nobody.
func classOf(n int64, upper []int64) int {
	if n <= 0 {
		return 0
	}
	i := slices.IndexFunc(upper, func(end int64) bool { return n <= end })
	if i < 0 {
		i = len(upper) - 1
	}
	return i + 1
}

// shaded spreads the classes over the five shades, so that two classes are pale and dark and not pale and paler.
func shaded(class, classes int) int {
	if class == 0 || classes < 2 {
		return class
	}
	return 1 + (class-1)*(mostClasses-1)/(classes-1)
}

// Area is one district of a map: how many, and the list behind the number.
type Area struct {
	Code, Name string
	N          int64
	Hidden     bool         // how many is not told
	Href       template.URL // "" for who may not open it
}

// says writes how many.
func (a Area) says(lang text.Lang) string {
	if a.Hidden {
		return text.T(lang, "ditutup")
	}
	return text.Number(lang, a.N)
}

// patterns let the shades be told apart on a black-and-white printer: nobody is hatched, and each darker shade has closer
// marks.
const patterns = `<defs><pattern id="m0" width="12" height="12" patternUnits="userSpaceOnUse"><rect class="k0" width="12" height="12"/><path class="mk" d="M0 12L12 0"/></pattern>` +
	`<pattern id="m1" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="k1" width="8" height="8"/></pattern>` +
	`<pattern id="m2" width="18" height="18" patternUnits="userSpaceOnUse"><rect class="k2" width="18" height="18"/><circle class="md" cx="9" cy="9" r="2"/></pattern>` +
	`<pattern id="m3" width="11" height="11" patternUnits="userSpaceOnUse"><rect class="k3" width="11" height="11"/><circle class="md" cx="5" cy="5" r="2"/></pattern>` +
	`<pattern id="m4" width="9" height="9" patternUnits="userSpaceOnUse"><rect class="k4" width="9" height="9"/><path class="mk" d="M0 4.5H9"/></pattern>` +
	`<pattern id="m5" width="9" height="9" patternUnits="userSpaceOnUse"><rect class="k5" width="9" height="9"/></pattern></defs>`

// Draw gives the map of districts with what its shades stand for, for the figures of another desk.
func Draw(lang text.Lang, areas []Area) (template.HTML, []Legend) {
	return drawMap(lang, areas), legendOf(lang, areas)
}

// drawMap draws the districts in their shades. It is for the eye: the list beside it says the same numbers, and is what
// a keyboard and a screen reader use.
func drawMap(lang text.Lang, areas []Area) template.HTML {
	at := map[string]Area{}
	var counts []int64
	for _, a := range areas {
		at[a.Code] = a
		counts = append(counts, a.N)
	}
	upper := classesOf(counts)
	var b, labels strings.Builder
	fmt.Fprintf(&b, `<svg class="map" viewBox="0 0 %d %d" aria-hidden="true">%s`, outline.Width, outline.Height, patterns)
	for _, o := range outline.Areas {
		a := at[o.Code]
		shade := shaded(classOf(a.N, upper), len(upper))
		shape := fmt.Sprintf(`<path fill="url(#m%d)" d="%s"><title>%s: %s</title></path>`, shade, o.D, template.HTMLEscapeString(a.Name), a.says(lang))
		if a.Href != "" && a.N > 0 {
			shape = `<a href="` + template.HTMLEscapeString(string(a.Href)) + `" tabindex="-1">` + shape + `</a>`
		}
		b.WriteString(shape)
		if a.N > 0 && !strings.HasPrefix(a.Name, "Kota ") { // a town is too small for its number, which is in the list
			dark := ""
			if shade == mostClasses {
				dark = ` class="on"`
			}
			fmt.Fprintf(&labels, `<text%s x="%d" y="%d">%s</text>`, dark, o.X, o.Y+6, text.Number(lang, a.N))
		}
	}
	b.WriteString(labels.String() + `</svg>`)
	return template.HTML(b.String()) //nolint:gosec // built from numbers, embedded paths and escaped text
}

// Legend is one class of a map in words.
type Legend struct {
	Shade     int
	Words     string
	Districts int
}

// leastOf is the smallest count above zero; 0 when there is none.
func leastOf(counts []int64) (least int64) {
	for _, n := range counts {
		if n > 0 && (least == 0 || n < least) {
			least = n
		}
	}
	return least
}

// legendOf says what each shade stands for, nobody first.
func legendOf(lang text.Lang, areas []Area) []Legend {
	counts := make([]int64, len(areas))
	for i, a := range areas {
		counts[i] = a.N
	}
	upper := classesOf(counts)
	all := []Legend{{0, text.T(lang, "Tidak ada"), 0}}
	if slices.ContainsFunc(areas, func(a Area) bool { return a.Hidden }) {
		all[0].Words = text.T(lang, "Tidak ada, atau ditutup")
	}
	low := leastOf(counts) // not 1: where small counts are hidden, no district of the palest class has so few
	for i, end := range upper {
		words := text.Number(lang, low) + "–" + text.Number(lang, end)
		if low == end {
			words = text.Number(lang, low)
		}
		all = append(all, Legend{shaded(i+1, len(upper)), words, 0})
		low = end + 1
	}
	for _, n := range counts {
		all[classOf(n, upper)].Districts++
	}
	return all
}
