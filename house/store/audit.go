package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
)

// Entry is one line of the record: what was done to which subject. Person and Case place it in the
// trail of a person and a case; Centre chooses the chain (0 is the office itself).
type Entry struct {
	Kind   string // "case", "person", "stay": the API's word, singular
	ID     id.ID
	Person id.ID
	Case   id.ID
	Centre id.ID
	Say    fail.Saying // the sentence of the trail
	What   any         // what was written, kept as JSON
}

// Record notes what this write did. It is written last, in the same transaction.
func (tx *Tx) Record(e Entry) { tx.entries = append(tx.entries, e) }

var (
	openHead   = house(`insert into audit_heads (chain, seq, hash) values (?, 0, '') on conflict (chain) do nothing`)
	takeHead   = house(`update audit_heads set seq = seq + ? where chain = ? returning seq, hash`)
	moveHead   = house(`update audit_heads set hash = ? where chain = ?`)
	writeAudit = house(`insert into audit (id, chain, seq, at, actor, actor_name, act, subject_kind, subject_id, person_id,
		case_id, centre_id, note, payload, prev_hash, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
)

// sealed is an audit row as it is hashed: fixed fields in fixed order.
type sealed struct {
	ID, Chain, Seq, At, Actor int64
	ActorName, Act, Kind      string
	Subject, Person, Case     int64
	Note, Payload, Prev       string
}

func (r sealed) hash() string {
	b, _ := json.Marshal(r) // strings and numbers only: cannot fail
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

type head struct {
	seq  int64
	hash string
}

func scanHead(r Row) (h head, err error) {
	err = r.Scan(&h.seq, &h.hash)
	return h, err
}

// chain seals the entries, chain after chain in ascending order, so that two writers cannot wait for each other.
func (tx *Tx) chain() error {
	byChain := map[id.ID][]Entry{}
	for _, e := range tx.entries {
		byChain[e.Centre] = append(byChain[e.Centre], e)
	}
	chains := make([]id.ID, 0, len(byChain))
	for c := range byChain {
		chains = append(chains, c)
	}
	slices.Sort(chains)
	for _, c := range chains {
		if err := tx.seal(c, byChain[c]); err != nil {
			return fmt.Errorf("record the audit: %w", err)
		}
	}
	return nil
}

func (tx *Tx) seal(chain id.ID, entries []Entry) error {
	h, err := One(tx, takeHead, scanHead, len(entries), int64(chain))
	if errors.Is(err, fail.NotFound) { // the first entry of this chain
		if _, err = Exec(tx, openHead, int64(chain)); err == nil {
			h, err = One(tx, takeHead, scanHead, len(entries), int64(chain))
		}
	}
	if err != nil {
		return err
	}
	seq := h.seq - int64(len(entries))
	for _, e := range entries {
		seq++
		row, err := tx.row(e, chain, seq, h.hash)
		if err != nil {
			return err
		}
		h.hash = row.hash()
		if _, err = Exec(tx, writeAudit, row.ID, row.Chain, row.Seq, row.At, row.Actor, row.ActorName, row.Act, row.Kind,
			row.Subject, e.Person, e.Case, e.Centre, row.Note, row.Payload, row.Prev, h.hash); err != nil {
			return err
		}
	}
	_, err = Exec(tx, moveHead, h.hash, int64(chain))
	return err
}

func (tx *Tx) row(e Entry, chain id.ID, seq int64, prev string) (sealed, error) {
	note, err := json.Marshal(e.Say)
	if err != nil {
		return sealed{}, fmt.Errorf("the sentence of %s: %w", tx.act.Name, err)
	}
	payload, err := json.Marshal(e.What)
	if err != nil {
		return sealed{}, fmt.Errorf("what %s did: %w", tx.act.Name, err)
	}
	return sealed{ID: int64(id.New()), Chain: int64(chain), Seq: seq, At: tx.now.UnixMilli(), Actor: int64(tx.by.User),
		ActorName: tx.by.Name, Act: tx.act.Name, Kind: e.Kind, Subject: int64(e.ID), Person: int64(e.Person),
		Case: int64(e.Case), Note: string(note), Payload: string(payload), Prev: prev}, nil
}

var (
	everyEntry = house(`select id, chain, seq, at, coalesce(actor, 0), actor_name, act, subject_kind, subject_id, coalesce(person_id, 0),
		coalesce(case_id, 0), note, payload, prev_hash, hash, coalesce(centre_id, 0) from audit order by chain, seq`)
	everyHead  = house(`select chain, seq, hash from audit_heads order by chain`)
	allEntries = house(`select cast(coalesce(sum(seq), 0) as bigint) from audit_heads`)
)

type storedSeal struct {
	sealed
	Hash   string
	Centre int64
}

func scanSeal(r Row) (s storedSeal, err error) {
	err = r.Scan(&s.ID, &s.Chain, &s.Seq, &s.At, &s.Actor, &s.ActorName, &s.Act, &s.Kind, &s.Subject, &s.Person,
		&s.Case, &s.Note, &s.Payload, &s.Prev, &s.Hash, &s.Centre)
	return s, err
}

// VerifyChain goes through the whole record and says, in sentences, where it was changed by hand.
func (s *Store) VerifyChain(ctx context.Context) (entries int64, wrong []string, err error) {
	ends := map[int64]head{}
	err = s.Read(ctx, who.House("verify"), replay, func(tx *Tx) error {
		total, err := One(tx, allEntries, Int)
		if err != nil {
			return err
		}
		err = Stream(tx, everyEntry, scanSeal, func(r storedSeal) error {
			entries++
			Tell(ctx, entries, total)
			if fault := r.fault(ends[r.Chain]); fault != "" {
				wrong = append(wrong, fault)
			}
			ends[r.Chain] = head{r.Seq, r.Hash}
			return nil
		})
		if err != nil {
			return err
		}
		heads, err := Each(tx, everyHead, scanChainHead)
		wrong = append(wrong, unheaded(ends, heads)...)
		return err
	})
	return entries, wrong, err
}

// fault says what is wrong with an entry that follows another; "" when nothing is.
func (r storedSeal) fault(last head) string {
	where := fmt.Sprintf("audit, chain %s: entry %d", chainName(r.Chain), r.Seq)
	which := fmt.Sprintf(" (%s, %s)", r.Act, time.UnixMilli(r.At).UTC().Format(time.RFC3339))
	switch {
	case r.Seq != last.seq+1:
		return fmt.Sprintf("%s follows %d, what lay between is gone%s", where, last.seq, which)
	case r.Prev != last.hash:
		return where + " does not continue the one before" + which
	case r.hash() != r.Hash, r.Centre != r.Chain:
		return where + " was changed" + which
	}
	return ""
}

func chainName(chain int64) string {
	if chain == 0 {
		return "0 (the office)"
	}
	return id.ID(chain).String()
}

type chainHead struct {
	chain int64
	head
}

func scanChainHead(r Row) (h chainHead, err error) {
	err = r.Scan(&h.chain, &h.seq, &h.hash)
	return h, err
}

// unheaded names chains that do not end where their head says, and chains without one.
func unheaded(ends map[int64]head, heads []chainHead) (wrong []string) {
	headed := map[int64]bool{}
	for _, h := range heads {
		headed[h.chain] = true
		if ends[h.chain] != h.head {
			wrong = append(wrong, fmt.Sprintf("audit, chain %s: ends at entry %d, its head says %d", chainName(h.chain), ends[h.chain].seq, h.seq))
		}
	}
	for chain := range ends {
		if !headed[chain] {
			wrong = append(wrong, fmt.Sprintf("audit, chain %s: has no head", chainName(chain)))
		}
	}
	return wrong
}

var keepRefusal = house(`insert into refusals (id, at, actor, actor_name, act) values (?, ?, ?, ?, ?)`)

// refuse keeps that somebody without the right tried; it never changes the answer.
func (s *Store) refuse(ctx context.Context, by who.Asker, act Act) {
	if by.User == 0 {
		return
	}
	_ = s.internal(ctx, func(tx *Tx) error {
		_, err := Exec(tx, keepRefusal, id.New(), tx.now.UnixMilli(), by.User, by.Name, act.Name)
		return err
	})
}
