package letters

import (
	"fmt"
	"strings"
)

// letter draws everything between letterhead and foot.
func (s *sheets) letter() {
	b := s.l.Body
	s.font("B", 12.5)
	for _, title := range b.Title {
		for _, part := range s.wrap(title, s.width) {
			s.line(s.width, 6, part, "C")
		}
	}
	s.font("", bodySize)
	s.line(s.width, 6, "Nomor "+s.l.Number, "C")
	if s.l.State == Annulled {
		s.font("B", bodySize)
		s.line(s.width, 6, "DIBATALKAN "+dayID(s.l.AnnulledOn), "C")
		s.font("", bodySize)
	}
	s.Ln(4)
	if len(b.Recipient) > 0 {
		for _, line := range b.Recipient {
			s.text(line, s.left(), s.width, 0)
		}
		s.Ln(3)
	}
	for i, block := range b.Blocks {
		keep := 0.0
		if i == len(b.Blocks)-1 {
			keep = signHeight + 4 // and the gap below a block
		}
		s.block(block, keep)
	}
	s.sign()
	s.copies()
}

// block draws one part of the letter. What it keeps is the room that its last line needs below itself: the place of the
// signature is never alone on a sheet.
func (s *sheets) block(b Block, keep float64) {
	switch b.Kind {
	case blockText:
		parts := strings.Split(b.Text, "\n")
		for i, part := range parts {
			s.text(part, s.left(), s.width, atEnd(i, len(parts), keep))
		}
		s.Ln(2)
	case blockHead:
		s.need(4 * lineHeight) // a heading never stands alone at the end of a page
		s.Ln(1)
		s.font("B", bodySize)
		s.text(b.Text, s.left(), s.width, 0)
		s.font("", bodySize)
		s.Ln(0.5)
	case blockFacts:
		s.facts(b.Facts, keep)
	case blockTable:
		s.table(b.Cols, b.Rows, keep)
	case blockList:
		for i, item := range b.Items {
			last := atEnd(i, len(b.Items), keep)
			s.need(lineHeight + last)
			s.SetX(s.left())
			s.CellFormat(8, lineHeight, fmt.Sprintf("%d.", i+1), "", 0, "L", false, 0, "")
			s.text(item, s.left()+8, s.width-8, last)
		}
		s.Ln(2)
	case blockRail:
		s.rail(b, keep)
	}
}

// atEnd is what is kept below the i-th of n: nothing but for the last.
func atEnd(i, n int, keep float64) float64 {
	if i == n-1 {
		return keep
	}
	return 0
}

// text writes words in lines that fit, over as many pages as they need.
func (s *sheets) text(words string, x, width, keep float64) {
	parts := s.wrap(words, width)
	for i, part := range parts {
		if s.need(lineHeight + atEnd(i, len(parts), keep)) {
			s.font("", bodySize)
		}
		s.SetX(x)
		s.CellFormat(width, lineHeight, part, "", 1, "L", false, 0, "")
	}
}

func (s *sheets) facts(all []Fact, keep float64) {
	const name, colon = 46.0, 4.0
	for i, f := range all {
		last := atEnd(i, len(all), keep)
		s.need(lineHeight + last)
		s.SetX(s.left())
		s.CellFormat(name, lineHeight, printable(f.Name), "", 0, "L", false, 0, "")
		s.CellFormat(colon, lineHeight, ":", "", 0, "L", false, 0, "")
		if f.Bold {
			s.font("B", bodySize)
		}
		s.text(f.Text, s.left()+name+colon, s.width-name-colon, last)
		s.font("", bodySize)
		s.Ln(0.6)
	}
	s.Ln(2)
}

const (
	cellSize = 9.5
	cellLine = 4.6
	cellPad  = 1.4
)

// table draws a table: its head again on each page, no row cut in two unless it is longer than a page.
func (s *sheets) table(cols []Col, rows [][]string, keep float64) {
	s.need(2 * (cellLine + 2*cellPad))
	s.head(cols)
	for i, row := range rows {
		cells, height := s.cells(cols, row)
		if s.GetY()+height+atEnd(i, len(rows), keep) > s.bottom() && height < s.bottom()-60 {
			s.page()
			s.head(cols)
		}
		s.row(cols, cells)
	}
	s.font("", bodySize)
	s.Ln(3)
}

func (s *sheets) head(cols []Col) {
	var names []string
	for _, c := range cols {
		names = append(names, c.Name)
	}
	s.font("B", cellSize)
	cells, _ := s.cells(cols, names)
	s.row(cols, cells)
	s.font("", cellSize)
}

// cells gives the lines of each cell of a row and the height of the row.
func (s *sheets) cells(cols []Col, row []string) (cells [][]string, height float64) {
	most := 1
	for i, c := range cols {
		lines := s.wrap(row[i], s.width*float64(c.Share)/100-2*cellPad)
		most = max(most, len(lines))
		cells = append(cells, lines)
	}
	return cells, float64(most)*cellLine + 2*cellPad
}

// row draws the lines of a row; one that is longer than a page goes on after the head of the next.
func (s *sheets) row(cols []Col, cells [][]string) {
	for {
		room := max(1, int((s.bottom()-s.GetY()-2*cellPad)/cellLine))
		rest := make([][]string, len(cells))
		most, more := 1, false
		for i, lines := range cells {
			n := min(len(lines), room)
			most = max(most, n)
			cells[i], rest[i] = lines[:n], lines[n:]
			more = more || len(rest[i]) > 0
		}
		s.strokes(cols, cells, float64(most)*cellLine+2*cellPad)
		if !more {
			return
		}
		cells = rest
		s.page()
		s.head(cols)
	}
}

func (s *sheets) strokes(cols []Col, cells [][]string, height float64) {
	x, y := s.left(), s.GetY()
	s.SetLineWidth(0.2)
	for i, c := range cols {
		width := s.width * float64(c.Share) / 100
		s.Rect(x, y, width, height, "D")
		align := "L"
		if c.Right {
			align = "R"
		}
		s.SetY(y + cellPad)
		for _, line := range cells[i] {
			s.SetX(x + cellPad)
			s.CellFormat(width-2*cellPad, cellLine, line, "", 1, align, false, 0, "")
		}
		x += width
	}
	s.SetY(y + height)
}

// rail draws the seven stages; what is done is black, what runs is half.
func (s *sheets) rail(b Block, keep float64) {
	s.need(12 + keep)
	s.Ln(1)
	const gap = 1.0
	width := (s.width - 6*gap) / 7
	y := s.GetY()
	s.SetLineWidth(0.2)
	for i := range 7 {
		x := s.left() + float64(i)*(width+gap)
		s.Rect(x, y, width, 2, "D")
		switch {
		case i < b.Done:
			s.Rect(x, y, width, 2, "F")
		case i == b.Done && b.Half:
			s.Rect(x, y, width/2, 2, "F")
		}
	}
	s.SetY(y + 3)
	s.font("", 9)
	s.line(s.width, 4.4, b.Text, "L")
	s.font("", bodySize)
	s.Ln(2)
}

const signHeight = 46.0

// sign is the place of the signature.
func (s *sheets) sign() {
	b := s.l.Body
	s.need(signHeight)
	s.Ln(4)
	half := s.width / 2
	y := s.GetY()
	s.signer(s.left()+half, half, b.Town+", "+dayID(s.l.On), b.Signer)
	end := s.GetY()
	if b.Other != nil {
		s.SetY(y)
		s.signer(s.left(), half-4, "", *b.Other)
	}
	s.SetY(max(end, s.GetY()))
}

func (s *sheets) signer(x, width float64, first string, who Signer) {
	s.font("", bodySize)
	s.SetX(x)
	s.CellFormat(width, lineHeight, printable(first), "", 1, "L", false, 0, "")
	for _, part := range s.wrap(who.Post+",", width) {
		s.SetX(x)
		s.CellFormat(width, lineHeight, part, "", 1, "L", false, 0, "")
	}
	s.Ln(18)
	s.font("B", bodySize)
	for _, part := range s.wrap(who.Name, width) {
		s.SetX(x)
		s.CellFormat(width, lineHeight, part, "", 1, "L", false, 0, "")
	}
	s.font("", bodySize)
	if who.NIP != "" {
		s.SetX(x)
		s.CellFormat(width, lineHeight, printable("NIP "+who.NIP), "", 1, "L", false, 0, "")
	}
}

func (s *sheets) copies() {
	if len(s.l.Body.Copies) == 0 {
		return
	}
	s.Ln(4)
	s.need(2 * lineHeight)
	s.text("Tembusan:", s.left(), s.width, 0)
	for i, line := range s.l.Body.Copies {
		s.text(fmt.Sprintf("%d. %s", i+1, line), s.left(), s.width, 0)
	}
}
