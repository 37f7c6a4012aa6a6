package potential

import "tuntas/house/store"

var (
	promisedFacts = store.Facts(`select m.id, m.centre_id, m.promised_on as from_on, cast(null as text) as to_on, r.kind as dim, 0 as person_id, 0 as case_id,
		false as restricted, r.what as called from help_promises m join help_requests r on r.id = m.request_id where {see m} and {see r}`)
	dueFacts = store.Facts(`select m.id, m.centre_id, m.due_on as from_on, cast(null as text) as to_on, m.kept as dim, 0 as person_id, 0 as case_id,
		false as restricted, r.what as called from help_promises m join help_requests r on r.id = m.request_id where m.kept <> 'none' and {see m} and {see r}`)

	offersWrong = store.SQL(`select o.id from potential_offers o where o.promised <> (select coalesce(sum(case when m.state = 'promised' then m.quantity
		when m.state in ('delivered', 'used', 'thanked') then m.delivered else 0 end), 0) from help_promises m where m.offer_id = o.id and {see m}) order by o.id limit 100`)
	requestsWrong = store.SQL(`select r.id from help_requests r where r.promised <> (select coalesce(sum(case when m.state = 'promised' then m.quantity
		when m.state in ('delivered', 'used', 'thanked') then m.delivered else 0 end), 0) from help_promises m where m.request_id = r.id and {see m}) and {see r} order by r.id limit 100`)
	receivedWrong = store.SQL(`select r.id from help_requests r where r.received <> (select coalesce(sum(m.delivered), 0) from help_promises m where m.request_id = r.id
		and m.state in ('delivered', 'used', 'thanked') and {see m}) and {see r} order by r.id limit 100`)
	publicWrong = store.SQL(`select r.id from help_requests r where r.public and r.case_id is not null and {see r} order by r.id limit 100`)
)
