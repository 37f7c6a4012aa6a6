package letters

import (
	"fmt"
	"html/template"
	"strings"

	"tuntas/house/clock"
)

// Sheet is a letter as it is drawn on a page. A draft has no number and no code.
type Sheet struct {
	Body    Body
	Number  string
	On      clock.Day
	Code    string
	Secret  string
	Check   string
	AsOf    string
	Void    string // when it was annulled
	Picture template.HTML
}

func sheetOf(l Letter, p Printing) Sheet {
	s := Sheet{Body: l.Body, Number: l.Number, On: l.On, Secret: l.Body.secret(p), AsOf: moment(l.Body.AsOf)}
	if l.Number == "" {
		return s
	}
	s.Code = l.Grouped()
	s.Check = p.checked()
	if l.State == Annulled {
		s.Void = dayID(l.AnnulledOn)
	}
	if m, err := matrixOf(l.Link(p.Site)); err == nil { // an address too long for a code is printed in words
		s.Picture = picture(m)
	}
	return s
}

// picture draws squares as SVG, one path.
func picture(m [][]bool) template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="qr" viewBox="-4 -4 %d %d" role="img" aria-label="Kode QR untuk memeriksa surat"><path d="`, len(m)+8, len(m)+8)
	for y, row := range m {
		for x := 0; x < len(row); x++ {
			from := x
			for x < len(row) && row[x] {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from, y, x-from, x-from)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return template.HTML(b.String()) //nolint:gosec // built from numbers alone
}

// Day is the day of the letter in words.
func (s Sheet) Day() string { return dayID(s.On) }

// Segments are the seven stages of a rail as classes: f is done, h runs.
func (b Block) Segments() []string {
	all := make([]string, 7)
	for i := range all {
		switch {
		case i < b.Done:
			all[i] = "f"
		case i == b.Done && b.Half:
			all[i] = "h"
		}
	}
	return all
}

// Lines are the lines of a text.
func (b Block) Lines() []string { return strings.Split(b.Text, "\n") }

// Margins are the margins of the paper as they are shown on a screen.
func (p Paper) Margins() string {
	return fmt.Sprintf("%dmm %dmm %dmm %dmm", p.Top, p.Right, p.Bottom, p.Left)
}
