package opendata

import (
	"cmp"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
)

// Cell is one number that a release may show. Cells of several tables that count the same carry the same name and are
// shown or hidden together.
type Cell struct {
	Name  string     `json:"name"`  // what is counted: with its period, so that the same name is the same thing
	N     int64      `json:"n"`     // the true count
	Is    [][]string `json:"is"`    // sums of other cells that it equals; empty: it is made of no others
	Free  bool       `json:"free"`  // counts no people, such as places: always shown
	Extra int64      `json:"extra"` // a mean that is shown with it, in hundredths; it changes with every single person
	Shown bool       `json:"shown"` // after Protect
}

// Past is an earlier release with its true counts, as the ledger keeps them.
type Past struct {
	On    clock.Day
	Cells []Cell
}

// The reasons for which a cell is hidden. Staff see them; the public never does, for knowing that a cell is small bounds it.
const (
	Small   = "small"   // one to threshold less one
	Moved   = "moved"   // by fewer than the threshold since a release that showed it
	Kept    = "kept"    // an earlier release hid it, and it is the same number
	Guard   = "guard"   // protects another
	Visible = ""        // shown
	Public  = "already" // small by today's threshold, but everybody has it from an earlier release
)

// Plan says what a release shows, and why the rest is hidden.
type Plan struct {
	Cells  []Cell
	Why    map[string]string // by name; "" for what is shown
	Checks int               // hidden numbers that the attacker tried to bound
}

// known is a count as an attacker holds it: two releases that count the same thing and come to the same are one number.
// That they came to the same is not told to anybody, but may be guessed; so it is taken for known.
type known struct {
	name string
	n    int64
}

// Protect decides which cells are shown. Every hidden one, of this and of all earlier releases, can afterwards be bounded
// by nobody to less than a span as wide as the threshold: not from its row, its column, any total, another table, or
// an earlier release. It refuses what cannot be protected by hiding more.
func Protect(cells []Cell, past []Past, threshold int64) (Plan, error) {
	p := newProtection(cells, past, threshold)
	if err := p.tooAlike(); err != nil {
		return Plan{}, err
	}
	p.first()
	for {
		unsafe := p.unsafe()
		if len(unsafe) == 0 {
			break
		}
		just := map[string]bool{}
		for _, u := range unsafe {
			p.hideFor(u, just)
		}
		if len(just) == 0 {
			return Plan{}, fail.Broken("release-unsafe", "Menutup angka lain tidak menolong: bersama rilis terdahulu, angka yang ditutup masih dapat dihitung.")
		}
	}
	p.trim()
	return p.plan()
}

type protection struct {
	cells     []Cell
	past      []Past
	threshold int64
	index     map[string]int // cells by name
	why       map[string]string
	public    map[known]bool // shown by an earlier release
	covered   map[known]bool // hidden by an earlier release
	sums      [][]string     // members of each sum of this release, the total with them
	sumsOf    map[string][]int
	checks    int
}

func newProtection(cells []Cell, past []Past, threshold int64) *protection {
	p := &protection{cells: slices.Clone(cells), past: past, threshold: threshold, index: map[string]int{}, why: map[string]string{}, public: map[known]bool{}, covered: map[known]bool{}, sumsOf: map[string][]int{}}
	for i, c := range p.cells {
		p.index[c.Name] = i
		for _, parts := range c.Is {
			sum := append([]string{c.Name}, parts...)
			for _, name := range sum {
				p.sumsOf[name] = append(p.sumsOf[name], len(p.sums))
			}
			p.sums = append(p.sums, sum)
		}
	}
	for _, r := range past {
		for _, c := range r.Cells {
			if c.Shown {
				p.public[known{c.Name, c.N}] = true
			} else {
				p.covered[known{c.Name, c.N}] = true
			}
		}
	}
	for k := range p.public { // whatever one release shows is no secret of another
		delete(p.covered, k)
	}
	return p
}

// tooAlike refuses a release that differs from an earlier one by fewer people than the threshold: whatever is hidden, who
// compares both knows that it speaks of them.
func (p *protection) tooAlike() error {
	for _, r := range p.past {
		var moved int64
		for _, was := range r.Cells {
			if i, ok := p.index[was.Name]; ok && len(was.Is) == 0 && !was.Free {
				moved += max(p.cells[i].N-was.N, was.N-p.cells[i].N)
			}
		}
		if moved > 0 && moved < p.threshold {
			return fail.Broken("release-alike", "Sejak rilis %s hanya berubah kurang dari %d orang. Siapa pun yang membandingkan kedua rilis akan tahu angka itu tentang mereka. Rilis lagi setelah lebih banyak yang berubah.", r.On, p.threshold)
		}
	}
	return nil
}

// first hides what may not be shown for its own sake.
func (p *protection) first() {
	for _, c := range p.cells {
		switch me := (known{c.Name, c.N}); {
		case c.Free:
		case p.public[me] && !p.remade(c):
			// everybody has it: hiding it would protect nobody
		case c.N > 0 && c.N < p.threshold:
			p.why[c.Name] = Small
		case p.moved(c):
			p.why[c.Name] = Moved
		case p.covered[me]:
			p.why[c.Name] = Kept
		}
	}
}

// moved tells whether a release showed the same cell with a count that differs by fewer than the threshold, or with another
// mean.
func (p *protection) moved(c Cell) bool {
	for _, r := range p.past {
		for _, was := range r.Cells {
			if was.Name == c.Name && was.Shown {
				if d := max(c.N-was.N, was.N-c.N); d > 0 && d < p.threshold {
					return true
				}
			}
		}
	}
	return p.remade(c)
}

// remade tells whether a release showed the same count with another mean: that one person's answers were put in place of
// another's can be read from it.
func (p *protection) remade(c Cell) bool {
	for _, r := range p.past {
		for _, was := range r.Cells {
			if was.Name == c.Name && was.Shown && was.N == c.N && was.Extra != c.Extra {
				return true
			}
		}
	}
	return false
}

func (p *protection) shows(c Cell) bool { return p.why[c.Name] == "" }

// hideFor hides one more cell, so that somebody knows less of u. A count goes before a total, one that stands in a sum with
// u before one that only hangs together with it, and among those the cheapest. False when there is none left.
func (p *protection) hideFor(u unsafeCell, just map[string]bool) bool {
	for _, sum := range u.sums {
		for _, k := range sum {
			if just[k.name] {
				return false // somebody has just been helped by it: look first whether that is enough
			}
		}
	}
	for _, try := range []struct {
		sums  [][]known
		total bool
	}{{u.sums, false}, {u.near, false}, {u.sums, true}, {u.near, true}} {
		best, least := -1, int64(0)
		for _, sum := range try.sums {
			for _, k := range sum {
				i, ok := p.index[k.name]
				if !ok || p.cells[i].N != k.n || p.cells[i].Free || !p.shows(p.cells[i]) || p.public[k] || len(p.cells[i].Is) > 0 != try.total {
					continue
				}
				if cost := p.cost(p.cells[i], u.name); best < 0 || cost < least || cost == least && p.cells[i].Name < p.cells[best].Name {
					best, least = i, cost
				}
			}
		}
		if best >= 0 {
			p.why[p.cells[best].Name] = Guard
			just[p.cells[best].Name] = true
			return true
		}
	}
	return false
}

// cost is what the public loses by a cell: many people. A zero protects least. A cell that stands in another sum with
// something hidden protects that as well, and costs less.
func (p *protection) cost(c Cell, other string) int64 {
	n := 4 * c.N
	if c.N == 0 {
		n = 12 * p.threshold
	}
	for _, s := range p.sumsOf[c.Name] {
		with, some := false, false
		for _, name := range p.sums[s] {
			with = with || name == other
			some = some || name != c.Name && p.why[name] != ""
		}
		if some && !with {
			return n / 4
		}
	}
	return n
}

// mostTrimmed is how many cells that protect others are tried to be shown again: each try asks the attacker anew.
const mostTrimmed = 60

// trim shows again what turned out to protect nobody, the largest first.
func (p *protection) trim() {
	var guards []Cell
	for _, c := range p.cells {
		if p.why[c.Name] == Guard {
			guards = append(guards, c)
		}
	}
	slices.SortFunc(guards, func(a, b Cell) int {
		return cmp.Or(cmp.Compare(len(b.Is), len(a.Is)), cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name))
	})
	for _, c := range guards[:min(len(guards), mostTrimmed)] {
		delete(p.why, c.Name)
		if len(p.unsafe()) > 0 {
			p.why[c.Name] = Guard
		}
	}
}

func (p *protection) plan() (Plan, error) {
	plan := Plan{Cells: p.cells, Why: map[string]string{}, Checks: p.checks}
	some := false
	for i, c := range p.cells {
		p.cells[i].Shown = p.shows(c)
		some = some || p.cells[i].Shown && !c.Free && c.N > 0
		plan.Why[c.Name] = p.why[c.Name]
		if p.cells[i].Shown && !c.Free && c.N > 0 && c.N < p.threshold {
			plan.Why[c.Name] = Public
		}
	}
	if !some {
		return plan, fail.Broken("release-nothing", "Belum ada angka yang dapat ditampilkan: semuanya kurang dari %d orang atau melindungi yang lain.", p.threshold)
	}
	return plan, nil
}
