package opendata

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
)

// unsafeCell is a hidden number that somebody could bound, with the sums that it stands in and those nearby.
type unsafeCell struct {
	known
	low, up    float64
	sums, near [][]known
}

// unsafe plays the attacker: everything that is shown now and was shown before is a sum that must hold, counts are never
// below zero, and of each number that is hidden it asks for the least and the most. It gives those that are too narrow.
func (p *protection) unsafe() []unsafeCell {
	s := p.system()
	var all []unsafeCell
	for _, part := range s.parts() {
		all = append(all, s.attack(part, p.threshold)...)
	}
	p.checks = len(s.hidden)
	return all
}

// system is the attacker's knowledge.
type system struct {
	sums   [][]term // each comes to zero
	shown  map[known]bool
	hidden map[known]bool
}

type term struct {
	known
	sign float64
}

func (p *protection) system() *system {
	s := &system{shown: maps.Clone(p.public), hidden: map[known]bool{}}
	for _, c := range p.cells {
		if p.shows(c) {
			s.shown[known{c.Name, c.N}] = true
		}
	}
	seen := map[string]bool{}
	s.take(p.cells, seen)
	for _, r := range p.past {
		s.take(r.Cells, seen)
	}
	return s
}

// take reads the cells of one release and their sums. The same sum of two releases is taken once.
func (s *system) take(cells []Cell, seen map[string]bool) {
	n := map[string]int64{}
	for _, c := range cells {
		n[c.Name] = c.N
		if k := (known{c.Name, c.N}); !s.shown[k] {
			s.hidden[k] = true
		}
	}
	for _, c := range cells {
		for _, parts := range c.Is {
			sum := []term{{known{c.Name, c.N}, 1}}
			key := c.Name + "=" + strconv.FormatInt(c.N, 10)
			for _, name := range parts {
				sum = append(sum, term{known{name, n[name]}, -1})
				key += "|" + name + "=" + strconv.FormatInt(n[name], 10)
			}
			if !seen[key] {
				seen[key] = true
				s.sums = append(s.sums, sum)
			}
		}
	}
}

// part is what hangs together: hidden numbers and the sums that tie them.
type part struct {
	hidden []known
	sums   [][]term
}

// parts takes the system apart, in an order that is always the same.
func (s *system) parts() []part {
	root := map[known]known{}
	var find func(k known) known
	find = func(k known) known {
		if r, ok := root[k]; ok && r != k {
			r = find(r)
			root[k] = r
			return r
		}
		return k
	}
	first := make([]*known, len(s.sums))
	for i, sum := range s.sums {
		for _, t := range sum {
			if s.hidden[t.known] {
				if first[i] == nil {
					first[i] = &t.known
				} else {
					root[find(t.known)] = find(*first[i])
				}
			}
		}
	}
	of := map[known]*part{}
	for k := range s.hidden {
		r := find(k)
		if of[r] == nil {
			of[r] = &part{}
		}
		of[r].hidden = append(of[r].hidden, k)
	}
	for i, sum := range s.sums {
		if first[i] != nil {
			of[find(*first[i])].sums = append(of[find(*first[i])].sums, sum)
		}
	}
	var all []part
	for _, p := range of {
		slices.SortFunc(p.hidden, byName)
		all = append(all, *p)
	}
	slices.SortFunc(all, func(a, b part) int { return byName(a.hidden[0], b.hidden[0]) })
	return all
}

func byName(a, b known) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.n, b.n)) }

// attack asks for the span of every hidden number of a part.
func (s *system) attack(p part, threshold int64) (all []unsafeCell) {
	column, truth := map[known]int{}, make([]float64, len(p.hidden))
	for j, k := range p.hidden {
		column[k], truth[j] = j, float64(k.n)
	}
	var rows []map[int]float64
	for _, sum := range p.sums {
		row := map[int]float64{}
		for _, t := range sum {
			if j, ok := column[t.known]; ok {
				row[j] += t.sign
			}
		}
		rows = append(rows, row)
	}
	space := newPolytope(rows, truth)
	for j, k := range p.hidden {
		if space.widen(j, float64(threshold)); space.up[j]-space.low[j] >= float64(threshold)-tiny {
			continue
		}
		u := unsafeCell{known: k, low: space.low[j], up: space.up[j]}
		for _, sum := range p.sums {
			with, all := false, []known{}
			for _, t := range sum {
				with = with || t.known == k
				all = append(all, t.known)
			}
			if with {
				u.sums = append(u.sums, all)
			}
			u.near = append(u.near, all)
		}
		all = append(all, u)
	}
	return all
}
