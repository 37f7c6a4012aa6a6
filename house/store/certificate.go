package store

import (
	"context"
	"errors"
	"fmt"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
)

// Head is where a chain of the record of deeds ends: whoever keeps it outside of the house can tell later that
// nothing up to there was rewritten, even by somebody who rewrote the whole chain.
type Head struct {
	Chain   id.ID // the centre; 0 is the office itself
	Entries int64
	Hash    string // SHA-256 of the last entry, hexadecimal
}

var (
	seeHeads = NewSystemAct("trail.heads", who.SeeSystem)
	hashAt   = house(`select a.hash from audit a where a.chain = ? and a.seq = ?`) // index: audit (chain, seq)
)

// Heads gives the end of every chain.
func (s *Store) Heads(ctx context.Context, by who.Asker) (all []Head, err error) {
	err = s.Read(ctx, by, seeHeads, func(tx *Tx) error {
		heads, err := Each(tx, everyHead, scanChainHead)
		for _, h := range heads {
			all = append(all, Head{id.ID(h.chain), h.seq, h.hash})
		}
		return err
	})
	return all, err
}

// Departed says, in sentences, which chains no longer hold what a certificate saw in them.
func (s *Store) Departed(ctx context.Context, seen []Head) (wrong []string, err error) {
	err = s.Read(ctx, who.House("verify"), replay, func(tx *Tx) error {
		for _, h := range seen {
			hash, err := One(tx, hashAt, Text, int64(h.Chain), h.Entries)
			switch {
			case errors.Is(err, fail.NotFound):
				wrong = append(wrong, fmt.Sprintf("audit, chain %s: entry %d of the certificate is gone", chainName(int64(h.Chain)), h.Entries))
			case err != nil:
				return err
			case hash != h.Hash:
				wrong = append(wrong, fmt.Sprintf("audit, chain %s: entry %d is not the one the certificate saw", chainName(int64(h.Chain)), h.Entries))
			}
		}
		return nil
	})
	return wrong, err
}
