package web

import "tuntas/house/id"

// Part chooses one page of a list.
type Part struct {
	Limit int64 `query:"limit" minimum:"1" maximum:"500"`
	After id.ID `query:"after"`
}

// PartOf reads the page of a list that the address asks for, and the cursor of the next. read gives up to Limit entries
// behind After; it is asked for one more than the page shows.
func PartOf[T any](r *Request, usual int64, read func(Part) ([]T, error), idOf func(T) id.ID) (all []T, next string, err error) {
	var p Part
	if err := r.Filter(&p); err != nil {
		return nil, "", err
	}
	return PageOf(p, usual, read, idOf)
}

// PageOf is PartOf for a list whose filter was read already.
func PageOf[T any](p Part, usual int64, read func(Part) ([]T, error), idOf func(T) id.ID) (all []T, next string, err error) {
	if p.Limit == 0 {
		p.Limit = usual
	}
	shown := p.Limit
	p.Limit++
	if all, err = read(p); err != nil || int64(len(all)) <= shown {
		return all, "", err
	}
	all = all[:shown]
	return all, idOf(all[shown-1]).String(), nil
}

// Bodies gives entries as the API shows them; an empty list is a list.
func Bodies[T, B any](all []T, of func(T) B) []B {
	bodies := make([]B, 0, len(all))
	for _, v := range all {
		bodies = append(bodies, of(v))
	}
	return bodies
}
