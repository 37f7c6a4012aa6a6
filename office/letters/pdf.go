package letters

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"tuntas/house/text"
)

// Printing is how one print is made: by whom, when, and where the public checks the letter.
type Printing struct {
	By   string
	At   time.Time
	Site string // https://…, without a slash at the end
}

// Link is the address at which anybody checks the letter.
func (l Letter) Link(site string) string { return site + "/verify/" + l.Grouped() }

// checked is where the public checks letters, as it is printed: without the scheme.
func (p Printing) checked() string {
	return strings.TrimPrefix(strings.TrimPrefix(p.Site, "https://"), "http://") + "/verify"
}

// moment writes "4 November 2026, 14.07 WIB", as letters do.
func moment(t time.Time) string { return dayID(dayOf(t)) + ", " + text.Time(text.ID, t) }

// secret is the line on each page about a person; "" on others.
func (b Body) secret(p Printing) string {
	if !b.Personal {
		return "Dicetak oleh " + p.By + ", " + moment(p.At)
	}
	return "RAHASIA – dicetak oleh " + p.By + ", " + moment(p.At)
}

const (
	fontFamily = "sans"
	bodySize   = 11.0
	smallSize  = 8.5
	lineHeight = 5.2 // millimetres at the size of the body
	qrSize     = 17.0
	edge       = 8.0 // nothing is printed nearer to the lower edge of the paper
)

// sheets draws one letter on as many sheets as it needs. Lengths are millimetres.
type sheets struct {
	*fpdf.Fpdf
	l     Letter
	p     Printing
	width float64
	check [][]bool // the address of verification as squares, the same on every sheet
}

// PDF draws a letter as a file: the same bytes for the same letter, printer and moment.
func PDF(l Letter, p Printing) ([]byte, error) {
	s, err := draw(l, p)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := s.Output(&out); err != nil {
		return nil, fmt.Errorf("write the PDF: %w", err)
	}
	return out.Bytes(), nil
}

func draw(l Letter, p Printing) (_ *sheets, err error) {
	paper := l.Body.Paper
	size := fpdf.SizeType{Wd: 210, Ht: 297}
	if paper.Size == "F4" {
		size = fpdf.SizeType{Wd: 215, Ht: 330}
	}
	s := &sheets{Fpdf: fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: size}), l: l, p: p}
	if s.check, err = matrixOf(l.Link(p.Site)); err != nil {
		return nil, err
	}
	s.SetCatalogSort(true)
	s.SetCreationDate(l.IssuedAt.UTC())
	s.SetModificationDate(l.IssuedAt.UTC())
	s.SetProducer("Tuntas", true)
	s.SetCreator("Tuntas", true)
	s.SetTitle(printable("Surat "+l.Number), true)
	s.SetLang("id-ID")
	faces := facesFor(l, p)
	s.AddUTF8FontFromBytes(fontFamily, "", faces.regular)
	s.AddUTF8FontFromBytes(fontFamily, "B", faces.bold)
	s.SetMargins(float64(paper.Left), float64(paper.Top), float64(paper.Right))
	s.SetAutoPageBreak(false, 0)
	s.SetCellMargin(0)
	s.width = size.Wd - float64(paper.Left) - float64(paper.Right)
	s.page()
	s.letter()
	for n := range s.PageCount() { // each foot says how many sheets there are: known only now
		s.SetPage(n + 1)
		s.foot()
	}
	return s, s.Error()
}

func (s *sheets) left() float64 { l, _, _, _ := s.GetMargins(); return l }

// bottom is the lowest place that the text may take.
func (s *sheets) bottom() float64 { return s.footTop() - 3 }

// footTop is where the foot begins: within the lower margin, as far as it has the room.
func (s *sheets) footTop() float64 {
	_, h := s.GetPageSize()
	return h - max(float64(s.l.Body.Paper.Bottom), qrSize+2+edge)
}

func (s *sheets) font(style string, size float64) { s.SetFont(fontFamily, style, size) }

// page begins a sheet. From the second on its head says which letter it belongs to.
func (s *sheets) page() {
	s.AddPage()
	if s.PageNo() == 1 {
		s.kop()
	}
	s.strip()
	if s.PageNo() > 1 {
		s.font("", smallSize)
		s.line(s.width, 4, "Lanjutan surat nomor "+s.l.Number, "L")
		s.Ln(3)
	}
	s.font("", bodySize)
}

// need begins a new sheet unless so much room is left.
func (s *sheets) need(height float64) bool {
	if s.GetY()+height <= s.bottom() {
		return false
	}
	s.page()
	return true
}

// line writes one line of a given width, cut to what fits.
func (s *sheets) line(width, height float64, words, align string) {
	s.SetX(s.left())
	s.CellFormat(width, height, printable(words), "", 1, align, false, 0, "")
}

// kop is the letterhead: emblem, centred lines, double rule.
func (s *sheets) kop() {
	top := s.GetY()
	s.emblem(s.left(), top, 18)
	for i, line := range s.l.Body.Head {
		style, size := "", 13.0
		if i > 0 || len(s.l.Body.Head) == 1 {
			style, size = "B", 14
		}
		s.font(style, size)
		for _, part := range s.wrap(line, s.width-40) {
			s.SetX(s.left() + 20)
			s.CellFormat(s.width-40, 6.2, part, "", 1, "C", false, 0, "")
		}
	}
	if s.l.Body.Address != "" {
		s.font("", 9)
		for _, part := range s.wrap(s.l.Body.Address, s.width-40) {
			s.SetX(s.left() + 20)
			s.CellFormat(s.width-40, 4.6, part, "", 1, "C", false, 0, "")
		}
	}
	y := max(s.GetY(), top+20) + 2
	s.SetLineWidth(0.8)
	s.Line(s.left(), y, s.left()+s.width, y)
	s.SetLineWidth(0.26)
	s.Line(s.left(), y+1.2, s.left()+s.width, y+1.2)
	s.SetY(y + 4)
}

// emblem is a plain sign in the place of the arms of the province, which are not ours to draw: seven strokes in a frame.
func (s *sheets) emblem(x, y, size float64) {
	s.SetLineWidth(0.3)
	s.Rect(x, y, size*0.9, size, "D")
	for i := range 7 {
		s.Rect(x+2.4+float64(i)*1.7, y+size*0.78-float64(i)*1.5, 1.1, 1.5+float64(i)*1.5, "F")
	}
}

// strip says on each page that it is confidential and who printed it.
func (s *sheets) strip() {
	s.font("", smallSize)
	words := s.wrap(s.l.Body.secret(s.p), s.width-4-s.demoWidth())
	height := 4.2*float64(len(words)) + 1.6
	y := s.GetY()
	s.SetLineWidth(0.26)
	s.Rect(s.left(), y, s.width, height, "D")
	s.SetY(y + 0.8)
	for _, part := range words {
		s.SetX(s.left() + 2)
		s.CellFormat(s.width-4, 4.2, part, "", 1, "R", false, 0, "")
	}
	if s.l.Body.Demo {
		s.font("B", smallSize)
		s.SetXY(s.left()+2, y+0.8)
		s.CellFormat(40, 4.2, "DATA CONTOH", "", 0, "L", false, 0, "")
	}
	s.SetY(y + height + 5)
}

func (s *sheets) demoWidth() float64 {
	if s.l.Body.Demo {
		return 30
	}
	return 0
}

// foot says which letter this is, of when, and how to check it, on every page.
func (s *sheets) foot() {
	y := s.footTop()
	s.SetLineWidth(0.26)
	s.Line(s.left(), y, s.left()+s.width, y)
	s.SetY(y + 1.5)
	s.font("", smallSize)
	about := fmt.Sprintf("Nomor %s · data per %s", s.l.Number, moment(s.l.Body.AsOf))
	if s.l.State == Annulled {
		about = "DIBATALKAN " + dayID(s.l.AnnulledOn) + " · " + about
	}
	check := "Periksa keaslian di " + s.p.checked() + ", kode " + s.l.Grouped()
	for _, words := range []string{about, check, fmt.Sprintf("Halaman %d dari %d", s.PageNo(), s.PageCount())} {
		for _, part := range s.wrap(words, s.width-qrSize-4) {
			s.line(s.width-qrSize-4, 4, part, "L")
		}
	}
	s.qr(s.left()+s.width-qrSize, y+1.5)
}

// qr draws the address of verification as squares: no picture to decode.
func (s *sheets) qr(x, y float64) {
	cell := qrSize / float64(len(s.check))
	for j, row := range s.check {
		for i := 0; i < len(row); {
			from := i
			for i < len(row) && row[i] {
				i++
			}
			if i > from {
				s.Rect(x+float64(from)*cell, y+float64(j)*cell, float64(i-from)*cell, cell, "F")
			}
			i = max(i, from+1)
		}
	}
}
