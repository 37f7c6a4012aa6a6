package casework

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	// index: terminations_day, contacts_case
	livelihoodsOf = store.SQL(`select t.case_id, coalesce(cast(k.dtsen_decile as text), ''), coalesce(k.income_band, ''), coalesce(k.work, '')
		from terminations t left join contacts k on k.case_id = t.case_id and k.reached = true and {see k}
		where t.on_day >= ? and t.on_day <= ? and t.course is not null and t.course <> '' and {see t} {parts} order by t.case_id, k.due_on, k.id limit ?`)
	leftCentre = store.NewPart(`and t.centre_id = ?`)
)

// Livelihoods gives, for everybody who left on days from one to another and is followed, what contacts knew first and last: of
// one institution or (0) of all that the asker reaches. cut tells that more was there than is read at once.
func Livelihoods(tx *store.Tx, at id.ID, from, to clock.Day) (all []Livelihood, cut bool, err error) {
	var last id.ID
	n := 0
	type row struct {
		of                   id.ID
		decile, income, work string
	}
	err = store.Stream(tx, livelihoodsOf.With(at != 0, leftCentre, at), func(r store.Row) (k row, err error) {
		err = r.Scan(&k.of, &k.decile, &k.income, &k.work)
		return k, err
	}, func(k row) error {
		if n++; k.of != last || n == 1 {
			all, last = append(all, Livelihood{}), k.of
		}
		s := &all[len(all)-1]
		s.Decile.know(k.decile)
		s.Income.know(k.income)
		s.Work.know(k.work)
		return nil
	}, from, to, MostFollowed)
	return all, n == MostFollowed, err
}
