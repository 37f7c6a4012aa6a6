package needs

import "tuntas/house/store"

// What was solved is the row without a criterion of its own; the others are what was delivered, by criterion.
// index: problems (centre_id, state, id); institution_needs (centre_id, live, priority desc, id)
var doneAt = store.SQL(`select 'solved', '', count(*), '', '' from problems p where p.centre_id = ? and p.state = 'solved' and {see p}
	union all select 'delivered', n.criterion, count(*), coalesce(min(n.delivered_on), ''), coalesce(max(n.delivered_on), '') from institution_needs n
	where n.centre_id = ? and not n.live and n.state = 'delivered' and {see n} group by n.criterion`)
