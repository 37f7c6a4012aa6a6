package opendata

import "math"

// polytope is what somebody who reads the published numbers knows of the numbers that are not: sums of them, each with
// what it comes to, and that no count is below zero. It walks from corner to corner by the simplex method, each pivot by
// Bland's rule, so that it always ends. It starts at the true counts, which are a point of it, and so needs no first phase.
type polytope struct {
	t       [][]float64 // one row for each sum that says something new; the columns of the basis are unit vectors
	x       []float64   // the point where it stands
	basis   []int       // the column that is basic in a row
	rowOf   []int       // the row in which a column is basic; -1: it is not
	low, up []float64   // the least and the most that any point so far gave each count
}

const tiny = 1e-9

// newPolytope takes sums, each a list of coefficients by column, and the true point, which fulfils them.
func newPolytope(sums []map[int]float64, truth []float64) *polytope {
	p := &polytope{x: truth, rowOf: make([]int, len(truth)), low: make([]float64, len(truth)), up: make([]float64, len(truth))}
	copy(p.low, truth)
	copy(p.up, truth)
	for j := range p.rowOf {
		p.rowOf[j] = -1
	}
	for _, s := range sums {
		row := make([]float64, len(truth))
		for j, c := range s {
			row[j] = c
		}
		p.add(row)
	}
	p.toCorner()
	return p
}

// add takes a sum in, unless it follows from the others.
func (p *polytope) add(row []float64) {
	for i, b := range p.basis {
		if f := row[b]; f != 0 {
			for j, c := range p.t[i] {
				row[j] = clean(row[j] - f*c)
			}
		}
	}
	best := -1
	for j, c := range row { // the largest count becomes basic: it is the farthest from its edge
		if math.Abs(c) > tiny && (best < 0 || p.x[j] > p.x[best]) {
			best = j
		}
	}
	if best < 0 {
		return
	}
	p.t, p.basis = append(p.t, row), append(p.basis, -1)
	p.pivot(len(p.t)-1, best)
}

// clean takes the dust of reckoning off: nearly all coefficients are whole.
func clean(v float64) float64 {
	if r := math.Round(v); math.Abs(v-r) < tiny {
		return r
	}
	return v
}

// pivot makes column j basic in row r.
func (p *polytope) pivot(r, j int) {
	f := p.t[r][j]
	for k := range p.t[r] {
		p.t[r][k] = clean(p.t[r][k] / f)
	}
	for i := range p.t {
		if f := p.t[i][j]; i != r && f != 0 {
			for k, c := range p.t[r] {
				if c != 0 {
					p.t[i][k] = clean(p.t[i][k] - f*c)
				}
			}
		}
	}
	if out := p.basis[r]; out >= 0 {
		p.rowOf[out] = -1
	}
	p.basis[r], p.rowOf[j] = j, r
}

// move carries a column that is not basic up (1) or down (-1) until some count reaches zero, and swaps it in for that one.
// False when nothing stops it: it may be of any size.
func (p *polytope) move(j int, way float64) bool {
	step, stop := math.Inf(1), -1
	for i, b := range p.basis {
		if fall := way * p.t[i][j]; fall > tiny {
			if s := p.x[b] / fall; s < step-tiny || s < step+tiny && stop >= 0 && b < p.basis[stop] {
				step, stop = s, i
			}
		}
	}
	if way < 0 && p.x[j] <= step { // it reaches zero itself
		step, stop = p.x[j], -1
	} else if stop < 0 {
		return false
	}
	p.x[j] = clean(p.x[j] + way*step)
	for i, b := range p.basis {
		p.x[b] = math.Max(0, clean(p.x[b]-way*step*p.t[i][j]))
	}
	if stop >= 0 {
		p.x[p.basis[stop]] = 0
		p.pivot(stop, j)
	}
	for k, v := range p.x {
		p.low[k], p.up[k] = math.Min(p.low[k], v), math.Max(p.up[k], v)
	}
	return true
}

// toCorner brings every column that is not basic to zero.
func (p *polytope) toCorner() {
	for j := range p.x {
		for p.rowOf[j] < 0 && p.x[j] > tiny {
			p.move(j, -1)
		}
	}
}

// widen looks for the least and the most of a count, until they are at least so far apart. They are exact where it ends
// with less.
func (p *polytope) widen(u int, enough float64) {
	for _, way := range []float64{1, -1} {
		for p.up[u]-p.low[u] < enough-tiny {
			j, dir := p.entering(u, way)
			if j < 0 {
				break
			}
			if !p.move(j, dir) {
				p.up[u] = math.Inf(1)
				break
			}
		}
	}
}

// entering is the column that makes a count larger (way 1) or smaller (-1) when it moves; -1 when none does.
func (p *polytope) entering(u int, way float64) (j int, dir float64) {
	r := p.rowOf[u]
	if r < 0 { // it stands at zero
		if way > 0 {
			return u, 1
		}
		return -1, 0
	}
	for j, c := range p.t[r] {
		if p.rowOf[j] < 0 && way*c < -tiny {
			return j, 1
		}
	}
	return -1, 0
}
