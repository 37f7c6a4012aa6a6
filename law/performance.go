package law

// PerformanceRules say how achievement is reckoned where the office has not set it otherwise (assumed).
type PerformanceRules struct {
	CapPercent  int64  `json:"cap_percent"`  // no achievement counts for more
	Down        string `json:"down"`         // for figures that are better when low: mirror is (2T − A)/T, inverse is T/A
	PoorDecile  int64  `json:"poor_decile"`  // the highest DTSEN decile that is called poor
	SamePercent int64  `json:"same_percent"` // an income that moved by so little is called the same
	Marks       []Mark `json:"marks"`        // rising: what an achievement is called
}

// MarkOf is the word for an achievement in percent.
func (p PerformanceRules) MarkOf(percent float64) (m Mark) {
	for _, next := range p.Marks {
		if next.From <= percent {
			m = next
		}
	}
	return m
}

// Performance is how the cascade of performance is reckoned (Perpres 29/2014, PermenPANRB 53/2014).
var Performance = Load[PerformanceRules]("performance")
