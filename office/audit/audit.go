package audit

import (
	"embed"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Desk is the desk that reads the trail.
type Desk struct {
	store *store.Store
	reach int64 // of a page of the ledger of one centre, in lines

	// Called names those of the persons whom the asker may see: told by a higher desk (wired in cmd), within the same
	// transaction.
	Called func(tx *store.Tx, persons []id.ID) (map[id.ID]string, error)
}

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{store: s, reach: ledgerReach} }
