package audit

// LookBack lets a page of the ledger look through so many lines.
func (d *Desk) LookBack(lines int64) { d.reach = lines }
