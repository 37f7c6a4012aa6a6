package gate

import "tuntas/house/store"

var (
	keyOfDay = store.System(`select k.secret from report_keys k where k.day = ?`)
	newKey   = store.System(`insert into report_keys (day, secret) values (?, ?) on conflict (day) do nothing`)
	oldKeys  = store.System(`delete from report_keys where day < ?`)
	tried    = store.System(`insert into report_tries (hash, hour, n) values (?, ?, 1) on conflict (hash, hour) do update set n = report_tries.n + 1 returning n`)
	oldTries = store.System(`delete from report_tries where hour < ?`)
)
