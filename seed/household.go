package seed

import (
	"math/rand/v2"

	"tuntas/house/clock"
	"tuntas/office/casework"
)

// home is an invented household as it moves through time: what it had before, and what visits find.
type home struct {
	r            *rand.Rand
	known        bool
	size, income int64
	aid          []string
	work, band   int
}

var (
	works = []string{"none", "casual", "business", "employed"}
	bands = []string{"none", "below_500k", "500k_1m", "1m_2m"}
)

var aids = [][]string{{"pkh"}, {"bpnt"}, {"bpnt", "pkh"}, {"bpnt", "pbi_jk"}, {"pbi_jk"}}

// household tells of two in three what their household had before they left; of the others nothing is known, then or later.
func (g *planter) household(l *casework.Life, decile int) *home {
	h := &home{r: rand.New(rand.NewPCG(g.p.Seed, uint64(len(g.lives))*977+13))} //nolint:gosec // invented people
	h.work, h.band = h.r.IntN(2), h.r.IntN(3)
	if h.known = h.r.IntN(3) > 0; !h.known {
		return h
	}
	h.size, h.income = 1+h.r.Int64N(6), 50_000*h.r.Int64N(40)
	h.aid = []string{casework.NoAid}
	if h.r.IntN(10) < 6 {
		h.aid = aids[h.r.IntN(len(aids))]
	}
	on := l.OpenedOn.Add(h.r.IntN(20))
	b := casework.Before{On: on, Household: h.now(), By: l.WorkerName}
	if now := int64(decile); h.r.IntN(4) > 0 {
		b.Decile, b.DecileOn, b.DecileSource = &now, on, "Cek Bansos (contoh)"
	}
	l.Before = &b
	return h
}

func (h *home) now() casework.Household {
	size, income := h.size, h.income
	return casework.Household{Size: &size, Income: &income, Aid: h.aid}
}

// visit lets months pass and tells most visits what became of it.
func (h *home) visit(v *casework.Visit, on clock.Day) {
	h.work, h.band = h.step(h.work, len(works)), h.step(h.band, len(bands))
	v.Work, v.IncomeBand = works[h.work], bands[h.band]
	if !h.known {
		return
	}
	h.income = max(0, h.income/50_000*50_000+50_000*(h.r.Int64N(7)-2))
	switch { // aid ends more often than it begins
	case h.aid[0] != casework.NoAid && h.r.IntN(8) == 0:
		h.aid = []string{casework.NoAid}
	case h.aid[0] == casework.NoAid && h.r.IntN(10) == 0:
		h.aid = aids[h.r.IntN(len(aids))]
	}
	if h.r.IntN(10) < 8 {
		decile := v.Decile
		v.Household = h.now()
		if v.Decile = decile; decile != nil {
			v.DecileOn, v.DecileSource = on, "Cek Bansos (contoh)"
		}
	}
}

// step moves along a list of so many, up more often than down.
func (h *home) step(at, of int) int {
	switch n := h.r.IntN(10); {
	case n < 2:
		return min(at+1, of-1)
	case n == 2:
		return max(at-1, 0)
	}
	return at
}
