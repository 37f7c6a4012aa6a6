package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"tuntas/house/id"
	"tuntas/house/who"
)

type tell struct {
	topic string
	body  string
}

// Tell leaves a message in the outbox, in the same transaction: the only way up and out of the house.
// It is delivered after the commit, at least once.
func (tx *Tx) Tell(topic string, body any) {
	b, err := json.Marshal(body)
	if err != nil {
		panic(fmt.Sprintf("a message of %s cannot be written: %v", topic, err)) // a programming error, found by the first test
	}
	tx.tells = append(tx.tells, tell{topic, string(b)})
}

var (
	putTell    = house(`insert into outbox (id, topic, body, at, tries, next_at) values (?, ?, ?, ?, 0, ?)`)
	claimTells = house(`update outbox set tries = tries + 1, next_at = ? where id in
		(select o.id from outbox o where o.next_at <= ? order by o.next_at limit 20) and next_at <= ? returning id, topic, body, tries`)
	dropTell  = house(`delete from outbox where id = ?`)
	delayTell = house(`update outbox set next_at = ?, last_error = ? where id = ?`)
	countTell = house(`select count(*) from outbox`)
)

func (tx *Tx) writeTells() error {
	for _, t := range tx.tells {
		now := tx.now.UnixMilli()
		if _, err := Exec(tx, putTell, id.New(), t.topic, t.body, now, now); err != nil {
			return err
		}
	}
	return nil
}

// Message is one line of the outbox.
type Message struct {
	ID    id.ID
	Topic string
	Body  []byte
	Tries int
}

// Claim takes up to twenty messages that are due; others leave them alone for a minute.
func (s *Store) Claim(ctx context.Context) (all []Message, err error) {
	err = s.internal(ctx, func(tx *Tx) (err error) {
		now := tx.now
		all, err = Each(tx, claimTells, func(r Row) (m Message, err error) {
			err = r.Scan(&m.ID, &m.Topic, &m.Body, &m.Tries)
			return m, err
		}, now.Add(time.Minute).UnixMilli(), now.UnixMilli(), now.UnixMilli())
		return err
	})
	return all, err
}

// Delivered takes a message out of the outbox.
func (s *Store) Delivered(ctx context.Context, m Message) error {
	return s.internal(ctx, func(tx *Tx) error {
		_, err := Exec(tx, dropTell, m.ID)
		return err
	})
}

// Failed keeps a message for later: twice as long after each try, an hour at most.
func (s *Store) Failed(ctx context.Context, m Message, why error) error {
	wait := min(time.Second<<min(m.Tries, 12), time.Hour)
	return s.internal(ctx, func(tx *Tx) error {
		_, err := Exec(tx, delayTell, tx.now.Add(wait).UnixMilli(), why.Error(), m.ID)
		return err
	})
}

// Waiting counts the messages not yet delivered.
func (s *Store) Waiting(ctx context.Context) (n int64, err error) {
	err = s.Read(ctx, who.House("outbox"), replay, func(tx *Tx) (err error) {
		n, err = One(tx, countTell, Int)
		return err
	})
	return n, err
}

var takeLease = house(`insert into leases (name, holder, until) values (?, ?, ?)
	on conflict (name) do update set holder = excluded.holder, until = excluded.until
	where leases.until < ? or leases.holder = excluded.holder`)

// Lease lets one instance among several do a job: true while this holder has it.
func (s *Store) Lease(ctx context.Context, name, holder string, length time.Duration) (mine bool, err error) {
	err = s.internal(ctx, func(tx *Tx) error {
		n, err := Exec(tx, takeLease, name, holder, tx.now.Add(length).UnixMilli(), tx.now.UnixMilli())
		mine = n == 1
		return err
	})
	return mine, err
}
