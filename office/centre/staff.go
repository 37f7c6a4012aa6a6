package centre

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Staff is a post at a centre. The kinds are those of Permensos 16/2019 Pasal 42, and "other".
type Staff struct {
	ID               id.ID
	Centre           id.ID
	User             id.ID
	Name             string
	Kind             string
	CertificateNo    string
	CertificateUntil clock.Day
}

// StaffKinds are the kinds of Pasal 42.
var StaffKinds = []string{"pekerja_sosial", "tks", "relawan", "penyuluh", "other"}

// MaySign tells whether the holder may sign an assessment on a day: a Pekerja Sosial has a certificate of
// competence (Permensos 16/2019 Pasal 1).
func (s Staff) MaySign(on clock.Day) bool {
	return s.Kind == "pekerja_sosial" && s.CertificateNo != "" && (s.CertificateUntil == "" || s.CertificateUntil >= on)
}

// AddStaff gives a user a post at a centre.
func (d *Desk) AddStaff(ctx context.Context, by who.Asker, s Staff) (Staff, error) {
	if !slices.Contains(StaffKinds, s.Kind) {
		return s, fail.Bad("kind", "choice", "Jenis petugas %s tidak dikenal.", s.Kind)
	}
	s.ID = id.New()
	err := d.store.Write(ctx, by, addStaff, func(tx *store.Tx) error {
		n, err := store.Exec(tx, insertStaff, s.ID, s.User, s.Name, s.Kind, s.CertificateNo, s.CertificateUntil, s.Centre)
		if err != nil {
			return err
		}
		if n == 0 {
			return fail.NotFound
		}
		tx.Record(store.Entry{Kind: "staff", ID: s.ID, Centre: s.Centre, Say: fail.Say("Petugas %s dicatat.", s.Name), What: s})
		return nil
	})
	return s, err
}
