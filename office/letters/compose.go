package letters

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/text"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/monitoring"
	"tuntas/office/residence"
)

// source is everything that a letter is written from. Letters are Indonesian, whoever asks for them.
type source struct {
	casework.File // empty for a letter about no case
	Office        Office
	Input         Input
	Month         string
	Sum           monitoring.Balance
	On            clock.Day
	Now           time.Time
	Signer        string
	Demo          bool
}

// begin is what all letters share.
func (s source) begin(title ...string) Body {
	return Body{Head: s.Office.head(), Address: s.Office.Address, Title: title, Town: s.Office.Town, Signer: s.Office.signer(s.Signer),
		Copies: lines(s.Input.Copies), AsOf: s.Now, Paper: s.Office.Paper, Demo: s.Demo}
}

// about begins a letter about the person of the case.
func (s source) about(title ...string) Body {
	b := s.begin(title...)
	b.Personal = true
	return b
}

func (b *Body) say(format string, args ...any) {
	b.Blocks = append(b.Blocks, Block{Kind: blockText, Text: fmt.Sprintf(format, args...)})
}

func (b *Body) heading(name string) { b.Blocks = append(b.Blocks, Block{Kind: blockHead, Text: name}) }

func (b *Body) facts(all []Fact) { b.Blocks = append(b.Blocks, Block{Kind: blockFacts, Facts: all}) }

func (b *Body) table(cols []Col, rows [][]string) {
	b.Blocks = append(b.Blocks, Block{Kind: blockTable, Cols: cols, Rows: rows})
}

func (b *Body) list(items []string) {
	if len(items) > 0 {
		b.Blocks = append(b.Blocks, Block{Kind: blockList, Items: items})
	}
}

// points are what was typed, one to a line; the usual ones when nothing was.
func (s source) points(k Kind) []string {
	if typed := lines(s.Input.Points); len(typed) > 0 || k.points == nil {
		return typed
	}
	return k.points(s.File)
}

// lines gives the lines of a text that say something.
func lines(typed string) []string {
	var all []string
	for line := range strings.Lines(typed) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

func dayID(d clock.Day) string   { return text.Day(text.ID, d) }
func shortID(d clock.Day) string { return text.DayShort(text.ID, d) }

const unknown = "belum diketahui"

// who are the facts about the person that every letter begins with.
func (s source) who() []Fact {
	p := s.Who
	name, legal := p.Called, ""
	for _, n := range p.Names {
		if n.Kind == "legal" {
			legal = n.Text
		}
	}
	all := []Fact{{Name: "Nama", Text: cmp.Or(legal, name), Bold: true}}
	switch {
	case legal == "":
		all = []Fact{{Name: "Nama panggilan", Text: name + " (nama lengkap belum diketahui)", Bold: true}}
	case legal != name:
		all = append(all, Fact{Name: "Nama panggilan", Text: name})
	}
	sex := map[string]string{"female": "perempuan", "male": "laki-laki"}[p.Sex]
	age := "umur " + unknown
	if years := p.Birth.AgeText(s.On); years != "" {
		age = years + " tahun"
	}
	all = append(all, Fact{Name: "Jenis kelamin, umur", Text: cmp.Or(sex, unknown) + ", " + age}, s.nik())
	if p.FoundPlace != "" {
		found := p.FoundPlace
		if p.FoundOn != "" {
			found += ", " + dayID(p.FoundOn)
		}
		all = append(all, Fact{Name: "Ditemukan di", Text: found})
	}
	if r, ok := law.RegionOf(p.HomeRegion); ok {
		all = append(all, Fact{Name: "Daerah asal", Text: r.Name})
	}
	kind, _ := law.KindOf(s.Kind)
	return append(all, Fact{Name: "Jenis PPKS", Text: kind.Name})
}

func (s source) nik() Fact {
	for _, i := range s.Who.Identifiers {
		if i.Kind == "nik" {
			f := Fact{Name: "NIK", Text: i.Value, Hidden: true}
			if i.Certainty == "doubtful" {
				f.Note = "diragukan"
			}
			return f
		}
	}
	return Fact{Name: "NIK", Text: "belum ada"}
}

// place is where the person lives in the panti.
func (s source) place() []Fact {
	for _, stay := range s.Stays {
		if stay.State == residence.Open {
			return []Fact{{Name: "Tempat", Text: fmt.Sprintf("kamar %s, tempat tidur %s, mulai %s", stay.Room, stay.BedLabel, dayID(stay.From))}}
		}
	}
	return nil
}

func (s source) worker() []Fact {
	if s.WorkerName == "" {
		return nil
	}
	return []Fact{{Name: "Pekerja sosial", Text: s.WorkerName}}
}

// signed is the newest signed assessment that referrals and plans rest on; nil when there is none.
func (s source) signed() *casework.Assessment { return s.Signed(casework.Biopsychosocial) }

// rail is how far the case had come on the day of the letter.
func (b *Body) rail(s source) {
	r := Block{Kind: blockRail, Done: min(s.Reached(), 7), Half: s.Open()}
	switch {
	case r.Done == 7 && s.Open():
		r.Text = "Ketujuh tahap selesai"
	case s.Open():
		r.Text = fmt.Sprintf("Tahap %d dari 7: %s, berjalan", r.Done+1, casework.StageName(text.ID, s.Stage))
	default:
		r.Text = "Kasus selesai"
	}
	b.Blocks = append(b.Blocks, r)
}

func named(list []law.Named, key string) string {
	n, _ := law.Find(list, key)
	return n.Name
}
