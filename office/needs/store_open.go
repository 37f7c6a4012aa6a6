package needs

import "tuntas/house/store"

// index: problems (centre_id, state, id)
var solvedAt = store.SQL(`select count(*) from problems p where p.centre_id = ? and p.state = 'solved' and {see p}`)
