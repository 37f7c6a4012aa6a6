package casework

import (
	"tuntas/house/clock"
	"tuntas/house/store"
)

// Later is what the second half of the stages adds to a file.
type Later struct {
	Sums     []ServiceSum
	Checks   []Check
	Ended    *Ending
	Contacts []Contact // by the day they are due
}

// ServiceSum is how often an item was given, when first and when last.
type ServiceSum struct {
	Item        string
	N           int64
	First, Last clock.Day
}

func (l *Later) load(tx *store.Tx, c Case) (err error) {
	if l.Sums, err = store.Each(tx, serviceSums, scanSum, c.ID); err != nil {
		return err
	}
	if l.Checks, err = store.Each(tx, checksOfCase, scanCheck, c.ID); err != nil {
		return err
	}
	ended, err := store.Each(tx, endingOfCase, scanEnding, c.ID)
	if err != nil {
		return err
	}
	if len(ended) > 0 {
		l.Ended = &ended[0]
	}
	l.Contacts, err = store.Each(tx, contactsOfCase, scanContact, c.ID)
	return err
}
