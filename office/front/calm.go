package front

// Hidden tells whether a card counts what the asker may not read, as an administrator the openings that others judge.
func (c Card) Hidden() bool { return c.Counts && c.N > 0 && len(c.Lines)+len(c.Cells)+len(c.Bars) == 0 }

// Calm tells whether nothing waits on any card: only then a home says that all is well.
func (p homePage) Calm() bool {
	for _, c := range p.Cards {
		if c.Counts && c.N > 0 {
			return false
		}
		for _, l := range c.Lines {
			if l.Chip != nil && l.Chip.Kind != "ok" {
				return false
			}
		}
	}
	return true
}
