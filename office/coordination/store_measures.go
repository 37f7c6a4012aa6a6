package coordination

import "tuntas/house/store"

const (
	sentReferral = `select r.id as id, r.centre_id as centre_id, r.sent_on as from_on, cast(null as text) as to_on, `
	ofReferral   = ` as dim, r.person_id as person_id, r.case_id as case_id, p.restricted as restricted, p.called as called
		from referrals r join persons p on p.id = r.person_id where r.answered is not null and {see r} and {see p} `
)

var (
	uncounted    = store.SQL(`select ` + referralColumns + `where r.answered is null and r.sent_on is not null and {see r} order by r.id limit ?`) // index: referrals_uncounted
	setReckoning = store.SQL(`update referrals set answered = ?, ended = ? where id = ? and {see referrals}`)
	answerFacts  = store.Facts(sentReferral + `r.answered` + ofReferral)                          // index: referrals_answered
	resultFacts  = store.Facts(sentReferral + `r.ended` + ofReferral + `and r.ended is not null`) // index: referrals_ended
)
