package person

import "tuntas/house/store"

var (
	consentsOf = store.SQL(`select c.id, c.version, c.purpose, c.given_on, c.given_by, c.relation, c.form, c.evidence, c.explained, c.expires_on,
		c.withdrawn_on, c.withdrawn_by from consents c where c.person_id = ? and {see c} order by c.id`)
	insertConsent = store.SQL(`insert into consents (id, version, purpose, given_on, given_by, relation, form, evidence, explained, expires_on, withdrawn_by, person_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, '', p.id from persons p where p.id = ? and {see p}`)
	endConsent = store.SQL(`update consents set withdrawn_on = ?, withdrawn_by = ?, version = version + 1
		where id = ? and person_id = ? and withdrawn_on is null and {see consents}`)
)
