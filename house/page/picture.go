package page

import (
	"fmt"
	"html/template"
	"regexp"
	"strconv"
	"strings"
)

// PictureType is what a picture of a chart is.
const PictureType = "image/svg+xml"

var (
	viewBox  = regexp.MustCompile(`^<svg class="([^"]*)" viewBox="0 0 ([0-9.]+) ([0-9.]+)"`)
	variable = regexp.MustCompile(`--([a-z0-9-]+):([^;}]+)`)
	used     = regexp.MustCompile(`var\(--([a-z0-9-]+)\)`)
)

// pictureStyle are the rules of the style sheet that charts need, with the colours of the light theme written in: a picture
// stands alone, and is put on white paper.
var pictureStyle = func() string {
	sheet, err := assetFiles.ReadFile("assets/app.css")
	if err != nil {
		panic(err)
	}
	light, _, _ := strings.Cut(string(sheet), "@media")
	values := map[string]string{}
	for _, m := range variable.FindAllStringSubmatch(light, -1) {
		values[m[1]] = m[2]
	}
	var rules []string
	for line := range strings.Lines(string(sheet)) {
		if strings.HasPrefix(line, ".chart{") || strings.HasPrefix(line, ".map{") {
			rules = append(rules, used.ReplaceAllStringFunc(strings.TrimSpace(line), func(s string) string { return values[used.FindStringSubmatch(s)[1]] }))
		}
	}
	return strings.Join(rules, "")
}()

// Picture is a chart as a file of its own: with its title above and where its numbers come from below. A chart that is
// empty gives an empty picture.
func Picture(title, note string, chart template.HTML) []byte {
	const margin, head, foot = 24.0, 56.0, 40.0
	wide, high := 610.0, 20.0
	inner := string(chart)
	if m := viewBox.FindStringSubmatch(inner); m != nil {
		wide, _ = strconv.ParseFloat(m[2], 64)
		high, _ = strconv.ParseFloat(m[3], 64)
		inner = fmt.Sprintf(`<svg class="%s" x="%g" y="%g" width="%g" height="%g" viewBox="0 0 %g %g"`, m[1], margin, head, wide, high, wide, high) + inner[len(m[0]):]
	}
	w, h := wide+2*margin, high+head+foot
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%g" height="%g" font-family="Roboto,Arial,sans-serif"><style>%s</style><rect width="%g" height="%g" fill="#fff"/>`, w, h, w, h, pictureStyle, w, h)
	fmt.Fprintf(&b, `<text x="%g" y="34" font-size="18" font-weight="700" fill="#14212b">%s</text>%s<text x="%g" y="%g" font-size="11" fill="#45555f">%s</text></svg>`,
		margin, template.HTMLEscapeString(title), inner, margin, h-14, template.HTMLEscapeString(note))
	return []byte(b.String())
}
