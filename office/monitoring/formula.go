package monitoring

import (
	"cmp"
	"errors"
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/law"
	"tuntas/office/centre"
)

// Side is one side of an indicator, read from its formula: a sum of counts, each times a whole number. Whatever is a
// plain sum of counts has a list behind it.
type Side struct {
	Terms      []Term // one for each measure, in the order of their names
	Plain      int64  // a number of its own
	Capacity   int64  // times the capacity of the centres
	Days       int64  // times the days of the span
	Population int64  // times the people of the province
}

// Term says what one fact of a measure counts: Dims by the value of its dimension, All for every other value.
type Term struct {
	Measure string
	All     int64
	Dims    map[string]int64
}

// Weight is what one fact with this value of the dimension counts.
func (t Term) Weight(dim string) int64 {
	if w, ok := t.Dims[dim]; ok {
		return w
	}
	return t.All
}

// has tells whether the term counts each fact of this value exactly once.
func (t Term) has(dim string) bool { return t.Weight(dim) == 1 }

// Listed tells whether a list of facts stands behind the side: every fact counts once or not at all.
func (s Side) Listed() bool {
	if s.Plain != 0 || s.Capacity != 0 || s.Days != 0 || s.Population != 0 || len(s.Terms) == 0 {
		return false
	}
	for _, t := range s.Terms {
		if t.All != 0 && t.All != 1 {
			return false
		}
		for _, w := range t.Dims {
			if w != 0 && w != 1 {
				return false
			}
		}
	}
	return true
}

// The longest formula, in letters, and the most steps in it: nobody's figure needs more, and reading it stays short.
const (
	longestFormula = 500
	mostSteps      = 200
)

// ReadSide reads a formula. It knows whole numbers, + − × and brackets, jumlah("measure", "value", …), kapasitas(),
// hari() and penduduk(): nothing that could run for ever, and nothing that is not a sum of counts in the end. An error
// says in words what stands where.
func ReadSide(formula string, measures map[string]store.Measure) (Side, error) {
	if len(formula) > longestFormula {
		return Side{}, Unread{fail.Say("Rumus paling panjang %d huruf.", longestFormula)}
	}
	tree, err := parser.Parse(formula)
	if err != nil {
		var where *file.Error
		if errors.As(err, &where) {
			return Side{}, Unread{fail.Say("Rumus tidak dapat dibaca mulai huruf ke-%d.", where.Column+1)}
		}
		return Side{}, Unread{fail.Say("Rumus tidak dapat dibaca.")}
	}
	r := reader{measures: measures}
	sum, err := r.read(tree.Node)
	if err != nil {
		return Side{}, err
	}
	return sum.side(), nil
}

// Unread says why a formula cannot be read.
type Unread struct{ Say fail.Saying }

func (u Unread) Error() string { return u.Say.String() }

// key is one thing that is counted: a value of a measure's dimension ("" is all of them), or one of the house's numbers.
type key struct{ measure, dim string }

// The numbers that are no measure. An empty measure is a number of its own.
const (
	ofCapacity   = "kapasitas"
	ofDays       = "hari"
	ofPopulation = "penduduk"
	ofMeasure    = "jumlah"
)

// linear is a sum being read: each thing counted with its factor.
type linear map[key]int64

type reader struct {
	measures map[string]store.Measure
	steps    int
}

func (r *reader) read(n ast.Node) (linear, error) {
	if r.steps++; r.steps > mostSteps {
		return nil, Unread{fail.Say("Rumus paling panjang %d langkah.", mostSteps)}
	}
	switch n := n.(type) {
	case *ast.IntegerNode:
		if n.Value < 0 || n.Value > 1_000_000 {
			return nil, Unread{fail.Say("Bilangan %d terlalu besar.", n.Value)}
		}
		return linear{{}: int64(n.Value)}, nil
	case *ast.UnaryNode:
		inner, err := r.read(n.Node)
		if err == nil && n.Operator != "-" && n.Operator != "+" {
			err = unknownStep(n.Operator)
		}
		if n.Operator == "-" {
			inner = inner.times(-1)
		}
		return inner, err
	case *ast.BinaryNode:
		return r.binary(n)
	case *ast.CallNode:
		return r.call(n)
	}
	return nil, Unread{fail.Say("Huruf ke-%d: hanya bilangan, + - * dan kurung, jumlah(…), kapasitas(), hari(), dan penduduk().", n.Location().From+1)}
}

func unknownStep(operator string) error {
	if operator == "/" {
		return Unread{fail.Say("Jangan membagi di sini: tulis pembaginya sebagai penyebut.")}
	}
	return Unread{fail.Say("Tanda %s tidak dikenal; pakai + - *.", operator)}
}

func (r *reader) binary(n *ast.BinaryNode) (linear, error) {
	left, err := r.read(n.Left)
	if err != nil {
		return nil, err
	}
	right, err := r.read(n.Right)
	if err != nil {
		return nil, err
	}
	switch n.Operator {
	case "+":
		return left.plus(right), nil
	case "-":
		return left.plus(right.times(-1)), nil
	case "*":
		if f, ok := left.number(); ok {
			return right.times(f), right.bounded(f)
		}
		if f, ok := right.number(); ok {
			return left.times(f), left.bounded(f)
		}
		return nil, Unread{fail.Say("Dua cacahan tidak dapat dikalikan.")}
	}
	return nil, unknownStep(n.Operator)
}

func (r *reader) call(n *ast.CallNode) (linear, error) {
	name, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		return nil, Unread{fail.Say("Huruf ke-%d: hanya bilangan, + - * dan kurung, jumlah(…), kapasitas(), hari(), dan penduduk().", n.Location().From+1)}
	}
	var words []string
	for _, a := range n.Arguments {
		word, ok := a.(*ast.StringNode)
		if !ok {
			return nil, Unread{fail.Say("Di dalam %s(…) tulis kata di antara tanda petik.", name.Value)}
		}
		words = append(words, word.Value)
	}
	switch name.Value {
	case ofCapacity, ofDays, ofPopulation:
		if len(words) > 0 {
			return nil, Unread{fail.Say("%s() tidak memakai isian.", name.Value)}
		}
		return linear{{name.Value, ""}: 1}, nil
	case ofMeasure:
		return r.count(words)
	}
	return nil, Unread{fail.Say("%s(…) tidak dikenal.", name.Value)}
}

func (r *reader) count(words []string) (linear, error) {
	if len(words) == 0 {
		return nil, Unread{fail.Say("jumlah(…) menyebut ukurannya, misalnya jumlah(\"stay\").")}
	}
	if _, ok := r.measures[words[0]]; !ok {
		return nil, Unread{fail.Say("Ukuran %s tidak ada.", words[0])}
	}
	if len(words) == 1 {
		return linear{{words[0], ""}: 1}, nil
	}
	sum := linear{}
	for _, dim := range words[1:] {
		if dim == "" || sum[key{words[0], dim}] != 0 {
			return nil, Unread{fail.Say("Nilai %q dalam jumlah(%q, …) kosong atau tertulis dua kali.", dim, words[0])}
		}
		sum[key{words[0], dim}] = 1
	}
	return sum, nil
}

func (l linear) plus(other linear) linear {
	for k, f := range other {
		l[k] += f
	}
	return l
}

func (l linear) times(f int64) linear {
	for k := range l {
		l[k] *= f
	}
	return l
}

// number is the sum as a plain number; false when something is counted in it.
func (l linear) number() (int64, bool) {
	for k, f := range l {
		if k != (key{}) && f != 0 {
			return 0, false
		}
	}
	return l[key{}], true
}

// bounded keeps factors far from where whole numbers end: a thousand million facts times this still fit.
func (l linear) bounded(int64) error {
	for _, f := range l {
		if f > 1_000_000 || f < -1_000_000 {
			return Unread{fail.Say("Bilangan %d terlalu besar.", f)}
		}
	}
	return nil
}

func (l linear) side() (s Side) {
	terms := map[string]*Term{}
	of := func(measure string) *Term {
		if terms[measure] == nil {
			terms[measure] = &Term{Measure: measure}
		}
		return terms[measure]
	}
	for k, f := range l {
		switch {
		case k.measure == "":
			s.Plain = f
		case k.measure == ofCapacity:
			s.Capacity = f
		case k.measure == ofDays:
			s.Days = f
		case k.measure == ofPopulation:
			s.Population = f
		case k.dim == "":
			of(k.measure).All = f
		}
	}
	for k, f := range l {
		if k.dim != "" {
			t := of(k.measure)
			if t.Dims == nil {
				t.Dims = map[string]int64{}
			}
			t.Dims[k.dim] = t.All + f
		}
	}
	for _, t := range terms {
		s.Terms = append(s.Terms, *t)
	}
	slices.SortFunc(s.Terms, func(a, b Term) int { return cmp.Compare(a.Measure, b.Measure) })
	return s
}

// fixed is what the side says of a span and a centre (0: all of them) without counting anything: its plain number, places,
// days and people.
func (s Side) fixed(span Span, at id.ID, centres []centre.Centre) int64 {
	n := s.Plain
	if s.Days != 0 { // a page asks for many months of many institutions
		n += s.Days * span.days()
	}
	if s.Population != 0 {
		n += s.Population * population()
	}
	if s.Capacity == 0 {
		return n
	}
	for _, c := range centres {
		if at == 0 || at == c.ID {
			n += s.Capacity * c.Capacity
		}
	}
	return n
}

// days is how many days a span has; an empty beginning has none.
func (s Span) days() int64 {
	if s.From == "" {
		return 0
	}
	return int64(s.To.Sub(s.From)) + 1
}

// population is how many people live in the province, by the newest count that we hold.
func population() (n int64) {
	for _, r := range law.Regions.Latest() {
		n += r.Population
	}
	return n
}
