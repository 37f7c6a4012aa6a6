package casework

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
)

// householdColumns are read with the case itself.
const householdColumns = `h.on_day, h.size, h.income, coalesce(h.aid, ''), h.dtsen_decile, h.dtsen_on, coalesce(h.dtsen_source, ''), coalesce(h.user_name, '')`

var newHousehold = store.SQL(`insert into households (on_day, size, income, aid, dtsen_decile, dtsen_on, dtsen_source, user_id, user_name, case_id, centre_id, person_id)
	select ?, ?, ?, ?, ?, ?, ?, ?, ?, c.id, c.centre_id, c.person_id from cases c where c.id = ? and {see c}
	on conflict (case_id) do update set on_day = excluded.on_day, size = excluded.size, income = excluded.income, aid = excluded.aid, dtsen_decile = excluded.dtsen_decile,
		dtsen_on = excluded.dtsen_on, dtsen_source = excluded.dtsen_source, user_id = excluded.user_id, user_name = excluded.user_name`)

// readHousehold is a household as columns hold it; without a day there is none.
type readHousehold struct {
	on  clock.Day
	aid string
	Before
}

func (h *readHousehold) into() []any {
	return []any{&h.on, &h.Size, &h.Income, &h.aid, &h.Decile, &h.DecileOn, &h.DecileSource, &h.By}
}

func (h *readHousehold) before() *Before {
	if h.on == "" {
		return nil
	}
	h.On, h.Aid = h.on, splitCodes(h.aid)
	return &h.Before
}

func keepHousehold(tx *store.Tx, caseID id.ID, b Before) error {
	_, err := store.Exec(tx, newHousehold, b.On, b.Size, b.Income, joinCodes(b.Aid), b.Decile, b.DecileOn, b.DecileSource, tx.By().User, b.By, caseID)
	return err
}
