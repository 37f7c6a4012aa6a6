package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
)

// Event is one line of a trail: who did what, when, in a sentence.
type Event struct {
	ID      id.ID
	At      time.Time
	Actor   string
	Act     string
	Kind    string
	Subject id.ID
	Case    id.ID
	Say     fail.Saying
}

var (
	caseTrail = house(`select id, at, actor_name, act, subject_kind, subject_id, coalesce(case_id, 0), note
		from audit where case_id = ? and id < ? order by id desc limit ?`)
	personTrail = house(`select id, at, actor_name, act, subject_kind, subject_id, coalesce(case_id, 0), note
		from audit where person_id = ? and id < ? order by id desc limit ?`)
)

func scanEvent(r Row) (e Event, err error) {
	var at int64
	var note string
	if err = r.Scan(&e.ID, &at, &e.Actor, &e.Act, &e.Kind, &e.Subject, &e.Case, &note); err != nil {
		return e, err
	}
	e.At = time.UnixMilli(at)
	if e.Say, err = Said(note); err != nil {
		return e, fmt.Errorf("read the sentence of a trail: %w", err)
	}
	return e, nil
}

// Said reads a sentence of the record as it is kept.
func Said(note string) (say fail.Saying, err error) {
	d := json.NewDecoder(bytes.NewReader([]byte(note)))
	d.UseNumber()
	if err = d.Decode(&say); err != nil {
		return say, err
	}
	for i, a := range say.Args {
		if n, ok := a.(json.Number); ok {
			if whole, err := n.Int64(); err == nil {
				say.Args[i] = whole
			}
		}
	}
	return say, nil
}

// CaseTrail gives the newest lines of a case before an id (0: the newest of all). The caller has read
// the case through its scope mark.
func CaseTrail(tx *Tx, caseID, before id.ID, limit int) ([]Event, error) {
	return Each(tx, caseTrail, scanEvent, int64(caseID), int64(orLast(before)), limit)
}

// PersonTrail is the same for a person.
func PersonTrail(tx *Tx, person, before id.ID, limit int) ([]Event, error) {
	return Each(tx, personTrail, scanEvent, int64(person), int64(orLast(before)), limit)
}

func orLast(i id.ID) id.ID {
	if i == 0 {
		return math.MaxInt64
	}
	return i
}
