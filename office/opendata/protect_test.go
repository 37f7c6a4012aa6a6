package opendata

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
	"pgregory.net/rapid"

	"tuntas/house/clock"
	"tuntas/house/fail"
)

// grid makes the cells of a table with all its totals.
func grid(name string, n [][]int64) []Cell {
	var cells []Cell
	total := Cell{Name: name}
	var down, right []string
	cols := make([]Cell, len(n[0]))
	for i, row := range n {
		sum := Cell{Name: fmt.Sprintf("%s@%d", name, i), Is: [][]string{nil}}
		for j, v := range row {
			c := Cell{Name: fmt.Sprintf("%s@%d:%d", name, i, j), N: v}
			cells = append(cells, c)
			sum.N += v
			sum.Is[0] = append(sum.Is[0], c.Name)
			cols[j].N += v
			if cols[j].Is == nil {
				cols[j] = Cell{Name: fmt.Sprintf("%s@:%d", name, j), N: v, Is: [][]string{nil}}
			}
			cols[j].Is[0] = append(cols[j].Is[0], c.Name)
		}
		total.N += sum.N
		down = append(down, sum.Name)
		cells = append(cells, sum)
	}
	for _, c := range cols {
		right = append(right, c.Name)
		cells = append(cells, c)
	}
	total.Is = [][]string{down, right}
	return append(cells, total)
}

func shown(p Plan, name string) bool {
	return p.Cells[slices.IndexFunc(p.Cells, func(c Cell) bool { return c.Name == name })].Shown
}

func TestProtect(t *testing.T) {
	t.Parallel()
	for name, one := range map[string]struct {
		n     [][]int64
		shows []string
		hides []string
	}{
		"nothing small":                {[][]int64{{100, 200}, {20, 30}}, []string{"x@0:0", "x@1:1", "x@0", "x@:1", "x"}, nil},
		"one small, a square hides it": {[][]int64{{12, 3}, {20, 30}, {15, 40}}, []string{"x@1:0", "x@1:1", "x@0", "x@1", "x@2", "x@:0", "x@:1", "x"}, []string{"x@0:1", "x@0:0", "x@2:1", "x@2:0"}},
		"a small total":                {[][]int64{{0, 3}, {20, 30}, {30, 40}}, []string{"x"}, []string{"x@0:1", "x@0"}},
		"zeros are no secret":          {[][]int64{{0, 50}, {20, 0}, {30, 40}}, []string{"x@0:0", "x@1:1", "x"}, nil},
		"nine is small, ten is not":    {[][]int64{{10, 9}, {40, 40}, {40, 40}}, []string{"x"}, []string{"x@0:1", "x@0:0"}},
	} {
		p, err := Protect(grid("x", one.n), nil, 10)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, c := range one.shows {
			if !shown(p, c) {
				t.Errorf("%s: %s is hidden (%s)", name, c, p.Why[c])
			}
		}
		for _, c := range one.hides {
			if shown(p, c) {
				t.Errorf("%s: %s is shown", name, c)
			}
		}
		attackAll(t, p.Cells, nil, 10)
	}
}

// What a release may not reveal together with those before it.
func TestProtect_later(t *testing.T) {
	t.Parallel()
	first, err := Protect(grid("x", [][]int64{{112, 103}, {120, 130}, {115, 140}}), nil, 10)
	if err != nil {
		t.Fatal(err)
	}
	past := []Past{{On: "2025-01-31", Cells: first.Cells}}
	again, err := Protect(grid("x", [][]int64{{112, 103}, {120, 130}, {115, 140}}), past, 10)
	if err != nil || !shown(again, "x@0:0") {
		t.Errorf("nothing changed, and it is not shown: %v", err)
	}
	_, err = Protect(grid("x", [][]int64{{111, 103}, {120, 130}, {115, 140}}), past, 10)
	if broken := (*fail.Rule)(nil); !errors.As(err, &broken) || broken.Name != "release-alike" {
		t.Errorf("one person left: %v", err)
	}
	moved, err := Protect(grid("x", [][]int64{{111, 103}, {120, 130}, {115, 190}}), past, 10)
	if err != nil {
		t.Fatal(err)
	}
	if shown(moved, "x@0:0") || shown(moved, "x@0") || shown(moved, "x@:0") || !shown(moved, "x") {
		t.Errorf("one left, fifty came elsewhere: %v", moved.Why)
	}
	attackAll(t, moved.Cells, past, 10)
	// what one release hides for another's sake, the next does not show
	hid, err := Protect(grid("x", [][]int64{{12, 3}, {20, 30}, {15, 40}}), nil, 10)
	if err != nil {
		t.Fatal(err)
	}
	past = []Past{{On: "2025-01-31", Cells: hid.Cells}}
	next, err := Protect(grid("x", [][]int64{{12, 3}, {20, 30}, {15, 40}}), past, 10)
	if err != nil || shown(next, "x@0:0") || shown(next, "x@2:0") {
		t.Errorf("shown later: %v %v", next.Why, err)
	}
	attackAll(t, next.Cells, past, 10)
	// a threshold that is raised does not call back what everybody has
	raised, err := Protect(grid("x", [][]int64{{112, 103}, {120, 130}, {115, 140}}), []Past{{Cells: first.Cells}}, 120)
	if err != nil || raised.Why["x@0:1"] != Public {
		t.Errorf("raised: %v %v", raised.Why, err)
	}
}

// No number that is hidden can be bounded by somebody with a linear program over all that was ever shown.
func TestProtect_attacked(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows, cols := rapid.IntRange(2, 6).Draw(t, "rows"), rapid.IntRange(2, 4).Draw(t, "cols")
		threshold := int64(rapid.SampledFrom([]int{3, 5, 10}).Draw(t, "threshold"))
		n := make([][]int64, rows)
		for i := range n {
			n[i] = make([]int64, cols)
			for j := range n[i] {
				n[i][j] = int64(rapid.SampledFrom([]int{0, 0, 1, 2, 4, 7, 9, 10, 11, 14, 25, 60, 300}).Draw(t, "n"))
			}
		}
		var past []Past
		for k := range rapid.IntRange(1, 4).Draw(t, "releases") {
			if k > 0 {
				for range rapid.IntRange(0, 4).Draw(t, "changes") {
					i, j := rapid.IntRange(0, rows-1).Draw(t, "row"), rapid.IntRange(0, cols-1).Draw(t, "col")
					n[i][j] = max(0, n[i][j]+int64(rapid.SampledFrom([]int{-12, -3, -1, 1, 2, 15, 40}).Draw(t, "by")))
				}
			}
			cells := linked(n)
			p, err := Protect(cells, past, threshold)
			if err != nil {
				if broken := (*fail.Rule)(nil); !errors.As(err, &broken) {
					t.Fatal(err)
				}
				continue
			}
			for i, c := range p.Cells {
				if c.N != cells[i].N || c.Shown && c.N > 0 && c.N < threshold {
					t.Fatalf("%s: %d shown as %v", c.Name, cells[i].N, c)
				}
			}
			attackAll(t, p.Cells, past, threshold)
			past = append(past, Past{On: clock.Day("2025-01-01").Add(30 * k), Cells: p.Cells})
		}
	})
}

// linked is a table, and a second one that breaks its total down in another way.
func linked(n [][]int64) []Cell {
	cells := grid("x", n)
	last := &cells[len(cells)-1]
	rest, parts := last.N, []string{}
	for k, share := range []int64{2, 3, 5, 1} {
		v := rest / share
		c := Cell{Name: fmt.Sprintf("y@%d", k), N: v}
		rest -= v
		parts = append(parts, c.Name)
		cells = append(cells, c)
	}
	for i := range cells {
		if cells[i].Name == "x" {
			cells[i].Is = append(cells[i].Is, parts)
		}
	}
	return cells
}

type failer interface {
	Helper()
	Errorf(string, ...any)
	Fatalf(string, ...any)
}

// attackAll is an attacker who shares no line with the protection: it writes every count of every release down as an
// unknown, every sum and every shown number as an equation, takes counts of the same name that come to the same for one,
// and asks gonum's linear program for the least and the most of each number that was hidden.
func attackAll(t failer, now []Cell, past []Past, threshold int64) {
	t.Helper()
	type key struct {
		name string
		n    int64
	}
	column := map[key]int{}
	var names []key
	var a [][]float64
	var b []float64
	at := func(k key) int {
		if _, ok := column[k]; !ok {
			column[k] = len(names)
			names = append(names, k)
		}
		return column[k]
	}
	released := [][]Cell{now}
	for _, r := range past {
		released = append(released, r.Cells)
	}
	seen := map[key]bool{}
	for _, cells := range released {
		n := map[string]int64{}
		for _, c := range cells {
			n[c.Name] = c.N
			at(key{c.Name, c.N})
			seen[key{c.Name, c.N}] = seen[key{c.Name, c.N}] || c.Shown
		}
	}
	for _, cells := range released {
		n := map[string]int64{}
		for _, c := range cells {
			n[c.Name] = c.N
		}
		for _, c := range cells {
			for _, parts := range c.Is {
				row := make([]float64, len(names))
				row[at(key{c.Name, c.N})] = 1
				for _, p := range parts {
					row[at(key{p, n[p]})] -= 1
				}
				a, b = append(a, row), append(b, 0)
			}
		}
	}
	for k, ok := range seen {
		if ok {
			row := make([]float64, len(names))
			row[at(k)] = 1
			a, b = append(a, row), append(b, float64(k.n))
		}
	}
	a, b = independent(a, b)
	for _, cells := range released {
		for _, c := range cells {
			k := key{c.Name, c.N}
			if c.Shown || seen[k] {
				continue
			}
			low, high := bound(t, a, b, at(k), 1), bound(t, a, b, at(k), -1)
			if high-low < float64(threshold)-1e-6 {
				t.Fatalf("%s, which is %d, lies between %g and %g: %v", c.Name, c.N, low, high, now)
			}
		}
	}
}

// bound gives the least (sign 1) or the most (-1) of an unknown.
func bound(t failer, a [][]float64, b []float64, j int, sign float64) float64 {
	t.Helper()
	c := make([]float64, len(a[0]))
	c[j] = sign
	var flat []float64
	for _, row := range a {
		flat = append(flat, row...)
	}
	v, _, err := lp.Simplex(c, mat.NewDense(len(a), len(a[0]), flat), b, 1e-9, nil)
	if errors.Is(err, lp.ErrUnbounded) {
		return -sign * math.Inf(1)
	}
	if err != nil {
		t.Fatalf("the linear program: %v", err)
	}
	return sign * v
}

// independent leaves out the equations that follow from others, and the sign so that no right side is below zero.
func independent(a [][]float64, b []float64) ([][]float64, []float64) {
	r := 0
	for j := range a[0] {
		best := -1
		for i := r; i < len(a); i++ {
			if math.Abs(a[i][j]) > 1e-9 && (best < 0 || math.Abs(a[i][j]) > math.Abs(a[best][j])) {
				best = i
			}
		}
		if best < 0 {
			continue
		}
		a[r], a[best], b[r], b[best] = a[best], a[r], b[best], b[r]
		f := a[r][j]
		for k := range a[r] {
			a[r][k] /= f
		}
		b[r] /= f
		for i := range a {
			if f := a[i][j]; i != r && f != 0 {
				for k := range a[i] {
					a[i][k] -= f * a[r][k]
				}
				b[i] -= f * b[r]
			}
		}
		r++
	}
	return a[:r], b[:r]
}

// A family of the real size is protected while somebody waits for it.
func TestProtect_size(t *testing.T) {
	n := make([][]int64, 30)
	for i := range n {
		n[i] = []int64{int64(i * 7 % 41), int64(i * 13 % 29), int64(i % 3)}
	}
	var past []Past
	for k := range 6 {
		p, err := Protect(linked(n), past, 10)
		if err != nil {
			t.Fatal(k, err)
		}
		hidden := 0
		for _, c := range p.Cells {
			if !c.Shown {
				hidden++
			}
		}
		t.Logf("release %d: %d of %d hidden, %d checked", k, hidden, len(p.Cells), p.Checks)
		past = append(past, Past{On: "2025-01-31", Cells: p.Cells})
		for i := range n {
			n[i][0] += int64((i + k) % 5 * 6)
			n[i][1] = max(0, n[i][1]-int64((i*k)%4))
		}
	}
}
