package notice

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/access"
	"tuntas/office/coordination"
)

// Desk is the desk of notices.
type Desk struct {
	store    *store.Store
	access   *access.Desk
	partners *coordination.Desk
}

// New opens the desk.
func New(s *store.Store, a *access.Desk, p *coordination.Desk) *Desk { return &Desk{s, a, p} }

// Tell leaves a notice with a user, in the transaction of a desk above: a sentence without the name of a person in need,
// the page that shows it, and the kind under which the digest counts it.
func Tell(tx *store.Tx, user id.ID, say fail.Saying, path, kind string) error {
	_, err := access.Tell(tx, user, kind, say, path, "")
	return err
}

// Hear takes a notice that a desk below left in the outbox. A message that comes twice is told once.
func (d *Desk) Hear(ctx context.Context, m store.Message) error {
	n, err := rawNotice(m.Body)
	if err != nil {
		return fmt.Errorf("read a notice: %w", err)
	}
	if n.Once == "" {
		n.Once = "message/" + m.ID.String()
	}
	return d.store.Keep(ctx, func(tx *store.Tx) error {
		_, err := give(tx, n)
		return err
	})
}

// rawNotice reads a notice with the sentence as the record keeps sentences: whole numbers stay whole.
func rawNotice(body []byte) (n store.Notice, err error) {
	var parts struct {
		Say json.RawMessage `json:"say"`
	}
	if err = json.Unmarshal(body, &n); err != nil {
		return n, err
	}
	if err = json.Unmarshal(body, &parts); err != nil {
		return n, err
	}
	n.Say, err = store.Said(string(parts.Say))
	return n, err
}

// give leaves a notice with everybody whom it names, and tells how many did not have it yet.
func give(tx *store.Tx, n store.Notice) (told int, err error) {
	to := n.To
	if n.Role != "" {
		held, err := access.Holders(tx, n.Role, n.Centre)
		if err != nil {
			return 0, err
		}
		to = append(slices.Clone(to), held...)
	}
	slices.Sort(to)
	for _, user := range slices.Compact(to) {
		if user == 0 {
			continue
		}
		fresh, err := access.Tell(tx, user, n.Kind, n.Say, n.Path, n.Once)
		if err != nil {
			return told, err
		}
		if fresh {
			told++
		}
	}
	return told, nil
}
