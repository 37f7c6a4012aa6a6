package competence

import (
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	// index: staff (user_id), training_members (centre_id, id)
	trainingsOfUser = store.SQL(`select ` + trainingColumns + ` from staff s join training_members m on m.staff_id = s.id and m.centre_id = s.centre_id
		join trainings t on t.id = m.training_id where s.user_id = ? and m.state = 'accepted' and t.state in ('open', 'held') and {see s} and {see m}
		order by t.from_on, t.id limit 60`)
)

// TrainingsFor gives the trainings in which a user takes part.
func TrainingsFor(tx *store.Tx, user id.ID) ([]Training, error) {
	return store.Each(tx, trainingsOfUser, scanTraining, user)
}

// EndingAfter gives posts whose certificate holds today and ends within the coming days, behind one of them (0: the first).
func EndingAfter(tx *store.Tx, after id.ID, limit int64) ([]Post, error) {
	return endingPosts(tx, tx.Today().Add(soonDays), after, limit)
}
