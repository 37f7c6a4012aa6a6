package person

import "tuntas/house/store"

// borneBoth is 1 when somebody bears both words as names. index: the unique token, and the primary key of person_token
var borneBoth = store.SQL(`select count(*) from (select p.person_id from name_token a join person_token p on p.token_id = a.id
	join name_token b on b.token = ? join person_token q on q.token_id = b.id and q.centre_id = p.centre_id and q.person_id = p.person_id
	where a.token = ? and {see p} and {see q} limit 1) x`)
