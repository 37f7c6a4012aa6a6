package mandate

import "tuntas/house/store"

var (
	// index: facilities_worn (centre_id, condition, id)
	facilitiesShown = store.SQL(`select f.kind, f.name, f.quantity from facilities f where f.centre_id = ? and f.condition = 'good' and f.retired_on is null and {see f} order by f.id limit 60`)
	// index: facility_works (centre_id, on_day)
	repairsOf = store.SQL(`select count(*) from facility_works w where w.centre_id = ? and w.on_day >= ? and w.kind = 'repair' and {see w}`)
)
