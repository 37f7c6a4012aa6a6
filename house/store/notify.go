package store

import (
	"tuntas/house/fail"
	"tuntas/house/id"
)

// TopicNotice is the message of the outbox that leaves notices with users (office/notice).
const TopicNotice = "notice"

// Notice says in a sentence to somebody what happened, and where it is seen. Nothing about a person in need stands in it:
// it is read in the head of every page, and counted in an e-mail.
type Notice struct {
	To     []id.ID     `json:"to,omitempty"`     // users
	Role   string      `json:"role,omitempty"`   // and everybody who holds this role
	Centre id.ID       `json:"centre,omitempty"` // at this institution; none: in the whole province
	Kind   string      `json:"kind"`             // what the digest counts it under: referral, training, certificate, action, meeting
	Say    fail.Saying `json:"say"`
	Path   string      `json:"path"`
	Once   string      `json:"once,omitempty"` // a key under which it is told once only; "" is once for each deed
}

// Notify tells users of something after the commit: the way of a desk that lies below the notices.
func (tx *Tx) Notify(n Notice) { tx.Tell(TopicNotice, n) }
