package mandate

import "tuntas/house/store"

// What is in good order, and in the row without a kind how many repairs are on record.
// index: facilities_worn (centre_id, condition, id); facility_works (centre_id, on_day)
var facilitiesShown = store.SQL(`select * from (select f.kind, f.name, f.quantity from facilities f where f.centre_id = ? and f.condition = 'good' and f.retired_on is null
	and {see f} order by f.id limit 60) good
	union all select '', '', count(*) from facility_works w where w.centre_id = ? and w.kind = 'repair' and {see w}`)
