package casework

import "tuntas/house/store"

// index: cases_due_on; with a centre cases_due
var dueFacts = store.Facts(`select c.id as id, c.centre_id as centre_id, c.due_on as from_on, cast(null as text) as to_on, c.stage as dim,
	c.person_id as person_id, c.id as case_id, p.restricted as restricted, p.called as called
	from cases c join persons p on p.id = c.person_id where c.stage <> 'closed' and c.due_on is not null and {see c} and {see p}`)
