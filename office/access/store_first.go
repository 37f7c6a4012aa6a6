package access

import "tuntas/house/store"

var countUsers = store.System(`select count(*) from users`)
