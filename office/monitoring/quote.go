package monitoring

import (
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/office/centre"
)

// Quote is what a figure says at a moment, in a sentence for minutes and agendas, and where it is seen.
type Quote struct{ Name, Says, Path string }

// Quote writes down what a figure says: "Keterisian, PSTW Jember: 112,0% (112 dari 100), target 95,0%".
func (d *Desk) Quote(tx *store.Tx, key string, s Span) (q Quote, err error) {
	i, _, err := d.named(tx, key, s.To)
	if err != nil {
		return q, err
	}
	v, err := d.of(tx, i, s, nil)
	if err != nil {
		return q, err
	}
	names, err := centre.Names(tx)
	if err != nil {
		return q, err
	}
	targets, err := store.Each(tx, targetsOf, scanTarget, key)
	if err != nil {
		return q, err
	}
	q.Name, q.Path = i.Name, figurePath(key)+"?"+s.query()
	q.Says = i.Name
	if name := names[s.Centre]; name != "" {
		q.Says += ", " + name
	}
	q.Says += ": " + i.Say(text.ID, v)
	if of := i.Of(text.ID, v); of != "" {
		q.Says += " (" + of + ")"
	}
	if t, ok := targetOf(targets, s.Centre, yearOf(s.To)); ok {
		q.Says += text.T(text.ID, ", target %s", i.number(text.ID, t.Value()))
	}
	return q, nil
}
