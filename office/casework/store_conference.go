package casework

import (
	"cmp"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const (
	conferenceColumns = `g.id, g.version, g.case_id, g.on_day, g.place, g.question, g.decision, coalesce(g.user_id, 0), g.user_name,
		g.struck_on, g.struck_by, g.struck_why`
	followupColumns = `h.id, h.version, h.conference_id, h.case_id, h.text, h.owner, h.due_on, h.done_on, h.done_by`
)

var (
	conferencesOfCase = store.SQL(`select ` + conferenceColumns + ` from conferences g
		where g.case_id = ? and g.id < ? and {see g} order by g.id desc limit ?`)  // index: conferences (case_id, id)
	conferenceOne = store.SQL(`select ` + conferenceColumns + ` from conferences g join persons p on p.id = g.person_id where g.id = ? and {see g} and {see p}`)
	// index: conference_people (case_id), conference_followups (case_id)
	peopleOfCase = store.SQL(`select q.conference_id, q.user_id, q.name, q.role from conference_people q
		where q.case_id = ? and q.conference_id >= ? and q.conference_id <= ? and {see q} order by q.id`)
	followupsOfCase = store.SQL(`select ` + followupColumns + ` from conference_followups h
		where h.case_id = ? and h.conference_id >= ? and h.conference_id <= ? and {see h} order by h.id`)
	followupOne = store.SQL(`select ` + followupColumns + ` from conference_followups h join persons p on p.id = h.person_id
		where h.id = ? and {see h} and {see p}`)

	newConference = store.SQL(`insert into conferences (id, version, on_day, place, question, decision, user_id, user_name, case_id, centre_id, person_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, c.id, c.centre_id, c.person_id from cases c where c.id = ? and {see c}`)
	newPerson = store.SQL(`insert into conference_people (id, user_id, name, role, conference_id, case_id, centre_id, person_id)
		select ?, ?, ?, ?, g.id, g.case_id, g.centre_id, g.person_id from conferences g where g.id = ? and {see g}`)
	newFollowup = store.SQL(`insert into conference_followups (id, version, text, owner, due_on, done_on, done_by, conference_id, case_id, centre_id, person_id)
		select ?, 1, ?, ?, ?, null, '', g.id, g.case_id, g.centre_id, g.person_id from conferences g where g.id = ? and {see g}`)
	struckConference = store.SQL(`update conferences set version = version + 1, struck_on = ?, struck_by = ?, struck_why = ?
		where id = ? and version = ? and {see conferences}`)
	raiseConference = store.SQL(`update conferences set version = version + 1 where id = ? and {see conferences}`)
	doneFollowup    = store.SQL(`update conference_followups set version = version + 1, done_on = ?, done_by = ?
		where id = ? and version = ? and {see conference_followups}`)
)

func scanConference(r store.Row) (c Conference, err error) {
	err = r.Scan(&c.ID, &c.Version, &c.Case, &c.On, &c.Place, &c.Question, &c.Decision, &c.Writer, &c.By, &c.StruckOn, &c.StruckBy, &c.StruckWhy)
	return c, err
}

func scanParticipant(r store.Row) (p Participant, err error) {
	err = r.Scan(&p.Conference, &p.User, &p.Name, &p.Role)
	return p, err
}

func scanFollowup(r store.Row) (f Followup, err error) {
	err = r.Scan(&f.ID, &f.Version, &f.Conference, &f.Case, &f.Text, &f.Owner, &f.DueOn, &f.DoneOn, &f.DoneBy)
	return f, err
}

// conferencesOf gives one page of conferences with who took part and what follows, in three statements.
func conferencesOf(tx *store.Tx, caseID, before id.ID, limit int64) ([]Conference, error) {
	all, err := store.Each(tx, conferencesOfCase, scanConference, caseID, cmp.Or(before, id.Last), limit)
	if err != nil || len(all) == 0 {
		return all, err
	}
	return all, fillConferences(tx, caseID, all)
}

func conferenceByID(tx *store.Tx, conference id.ID) (Conference, error) {
	c, err := store.One(tx, conferenceOne, scanConference, conference)
	if err != nil {
		return c, err
	}
	one := []Conference{c}
	err = fillConferences(tx, c.Case, one)
	return one[0], err
}

// fillConferences adds people and follow-ups to conferences in falling order of their ids.
func fillConferences(tx *store.Tx, caseID id.ID, all []Conference) error {
	from, to := all[len(all)-1].ID, all[0].ID
	people, err := store.Each(tx, peopleOfCase, scanParticipant, caseID, from, to)
	if err != nil {
		return err
	}
	followups, err := store.Each(tx, followupsOfCase, scanFollowup, caseID, from, to)
	for i := range all {
		for _, p := range people {
			if p.Conference == all[i].ID {
				all[i].People = append(all[i].People, p)
			}
		}
		for _, f := range followups {
			if f.Conference == all[i].ID {
				all[i].Followups = append(all[i].Followups, f)
			}
		}
	}
	return err
}

func insertConference(tx *store.Tx, c Conference) error {
	if _, err := store.Exec(tx, newConference, c.ID, c.On, c.Place, c.Question, c.Decision, tx.By().User, c.By, c.Case); err != nil {
		return err
	}
	for _, p := range c.People {
		if _, err := store.Exec(tx, newPerson, id.New(), p.User, p.Name, p.Role, c.ID); err != nil {
			return err
		}
	}
	for _, f := range c.Followups {
		if _, err := store.Exec(tx, newFollowup, f.ID, f.Text, f.Owner, f.DueOn, c.ID); err != nil {
			return err
		}
	}
	return nil
}

func followupByID(tx *store.Tx, followup id.ID) (Followup, error) {
	return store.One(tx, followupOne, scanFollowup, followup)
}

// keepFollowup keeps a follow-up, and raises the version of the conference that shows it.
func keepFollowup(tx *store.Tx, c *Conference, f *Followup) error {
	n, err := store.Exec(tx, doneFollowup, f.DoneOn, f.DoneBy, f.ID, f.Version)
	if err == nil && n == 0 {
		return fail.Stale
	}
	if err != nil {
		return err
	}
	f.Version++
	c.Version++
	_, err = store.Exec(tx, raiseConference, c.ID)
	return err
}

func keepStruckConference(tx *store.Tx, c *Conference) error {
	n, err := store.Exec(tx, struckConference, c.StruckOn, c.StruckBy, c.StruckWhy, c.ID, c.Version)
	if err == nil && n == 0 {
		return fail.Stale
	}
	c.Version++
	return err
}
