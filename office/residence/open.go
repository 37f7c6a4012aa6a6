package residence

import (
	"context"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Free places as everybody may know them. The exact number would show each arrival and each leaving.
const (
	FreeNone = "none"
	FreeFew  = "few" // 1 to 5
	FreeMany = "many"
)

const mostFew = 5

var lookOpen = store.NewAct("bed.see-public", who.Anyone)

// bandOf says how many places are free, without the number. "" where the institution has no beds.
func bandOf(beds, free int64) string {
	switch {
	case beds == 0:
		return ""
	case free == 0:
		return FreeNone
	case free <= mostFew:
		return FreeFew
	}
	return FreeMany
}

// Free says how many places of an institution are free today, as a band.
func (d *Desk) Free(ctx context.Context, at id.ID) (band string, err error) {
	err = d.store.Read(ctx, who.Visitor(at), lookOpen, func(tx *store.Tx) error {
		band, err = store.One(tx, freeToday, func(r store.Row) (string, error) {
			var beds, taken int64
			err := r.Scan(&beds, &taken)
			return bandOf(beds, max(0, beds-taken)), err
		}, at, at)
		return err
	})
	return band, err
}
