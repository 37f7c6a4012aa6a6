package person

import (
	"tuntas/house/id"
	"tuntas/house/store"
)

var calledByIDs = store.SQL(`select p.id, p.called from persons p where p.id in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) and {see p}`)

const mostCalled = 50

type called struct {
	id   id.ID
	name string
}

func scanCalled(r store.Row) (c called, err error) {
	err = r.Scan(&c.id, &c.name)
	return c, err
}

// Called names those of the first fifty persons whom the asker may see.
func Called(tx *store.Tx, persons []id.ID) (map[id.ID]string, error) {
	args := make([]any, mostCalled)
	for i := range args {
		args[i] = id.ID(0)
		if i < len(persons) {
			args[i] = persons[i]
		}
	}
	all, err := store.Each(tx, calledByIDs, scanCalled, args...)
	names := map[id.ID]string{}
	for _, c := range all {
		names[c.id] = c.name
	}
	return names, err
}
