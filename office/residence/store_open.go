package residence

import "tuntas/house/store"

// Beds that can be slept in, and those of them that somebody holds. Index: beds (centre_id, id), stays (centre_id, state, id)
var freeToday = store.SQL(`select count(*), (select count(distinct s.bed_id) from stays s join beds h on h.id = s.bed_id where s.centre_id = ? and s.state in ('open', 'reserved')
	and not h.broken and not h.extra and {see s} and {see h}) from beds b where b.centre_id = ? and not b.broken and not b.extra and {see b}`)
