package casework

import (
	"tuntas/house/id"
	"tuntas/house/store"
)

var openByCentre = store.SQL(`select c.centre_id, count(*) from cases c where c.stage <> 'closed' and {see c} group by c.centre_id`)

type centreCases struct {
	centre id.ID
	n      int64
}

func scanCentreCases(r store.Row) (c centreCases, err error) {
	err = r.Scan(&c.centre, &c.n)
	return c, err
}

// OpenByCentre counts the open cases of each centre that the asker may see.
func OpenByCentre(tx *store.Tx) (map[id.ID]int64, error) {
	all, err := store.Each(tx, openByCentre, scanCentreCases)
	counts := map[id.ID]int64{}
	for _, c := range all {
		counts[c.centre] = c.n
	}
	return counts, err
}
