package centre

import (
	"context"
	"errors"
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
	Version          int64
	Centre           id.ID
	User             id.ID
	Name             string
	Kind             string
	CertificateNo    string
	CertificateUntil clock.Day // its last day; "" is without end
	Since            clock.Day
}

// StaffKinds are the kinds of Pasal 42.
var StaffKinds = []string{"pekerja_sosial", "tks", "relawan", "penyuluh", "other"}

// Certified tells whether the certificate holds on a day.
func (s Staff) Certified(on clock.Day) bool {
	return s.CertificateNo != "" && (s.CertificateUntil == "" || s.CertificateUntil >= on)
}

// MaySign tells whether the holder may sign an assessment on a day: a Pekerja Sosial has a certificate of
// competence (Permensos 16/2019 Pasal 1).
func (s Staff) MaySign(on clock.Day) bool { return s.Kind == "pekerja_sosial" && s.Certified(on) }

// Certificate is a certificate of competence with its last day (Pasal 43 ayat (2)).
type Certificate struct {
	Number string    `json:"certificate_no" required:"true" maxLength:"80" ask:"Tulis nomor sertifikat."`
	Until  clock.Day `json:"certificate_until,omitempty"`
}

// mayHire holds Pasal 42: the kinds of staff.
func mayHire(s Staff) error {
	var f fail.Fields
	if !slices.Contains(StaffKinds, s.Kind) {
		f.Add("kind", "choice", "Jenis petugas %s tidak dikenal.", s.Kind)
	}
	if s.CertificateNo == "" && s.CertificateUntil != "" {
		f.Add("certificate_no", "required", "Tulis nomor sertifikat.")
	}
	return f.Err()
}

// AddStaff gives a user a post at a centre.
func (d *Desk) AddStaff(ctx context.Context, by who.Asker, s Staff) (Staff, error) {
	if err := mayHire(s); err != nil {
		return s, err
	}
	err := d.store.Write(ctx, by, addStaff, func(tx *store.Tx) (err error) {
		s, err = Hire(tx, s)
		return err
	})
	return s, err
}

// Hire gives somebody a post within a transaction. An account has one post: hired again, it keeps the post under the
// new name and kind, and a certificate that is given counts from today.
func Hire(tx *store.Tx, s Staff) (Staff, error) {
	held, err := StaffOf(tx, s.User)
	if err == nil {
		return rehire(tx, held, s)
	}
	if !errors.Is(err, fail.NotFound) {
		return s, err
	}
	s.ID, s.Version, s.Since = id.New(), 1, tx.Today()
	n, err := store.Exec(tx, insertStaff, s.ID, s.User, s.Name, s.Kind, s.CertificateNo, s.CertificateUntil, s.Since, s.Centre)
	if err != nil {
		return s, err
	}
	if n == 0 {
		return s, fail.NotFound
	}
	tx.Count("staff", s.Centre, s.Since, s.Kind, 1)
	if s.CertificateNo != "" {
		if err := keepCertificate(tx, s); err != nil {
			return s, err
		}
	}
	tx.Record(store.Entry{Kind: "staff", ID: s.ID, Centre: s.Centre, Say: fail.Say("Petugas %s dicatat.", s.Name), What: s})
	return s, nil
}

func rehire(tx *store.Tx, old, s Staff) (Staff, error) {
	if old.Centre != s.Centre {
		return s, fail.Clash("post-elsewhere", "Akun ini sudah punya tugas di UPT lain.")
	}
	if old.CertificateNo != "" && old.Kind != s.Kind { // its days are counted under its kind
		return s, fail.Clash("post-certified", "Petugas ini bersertifikat sebagai jenis lain. Catat petugas baru.")
	}
	s.ID, s.Version, s.Since = old.ID, old.Version+1, old.Since
	if _, err := store.Exec(tx, setPost, s.Name, s.Kind, s.ID); err != nil {
		return s, err
	}
	if old.Kind != s.Kind {
		tx.Count("staff", s.Centre, s.Since, old.Kind, -1)
		tx.Count("staff", s.Centre, s.Since, s.Kind, 1)
	}
	tx.Record(store.Entry{Kind: "staff", ID: s.ID, Centre: s.Centre, Say: fail.Say("Petugas %s dicatat.", s.Name), What: s})
	if s.CertificateNo == "" {
		s.CertificateNo, s.CertificateUntil = old.CertificateNo, old.CertificateUntil
		return s, nil
	}
	return certified(tx, s, Certificate{s.CertificateNo, s.CertificateUntil})
}

// keepCertificate keeps the certificate of a post from today and counts it for as long as it holds.
func keepCertificate(tx *store.Tx, s Staff) error {
	p := period{id: id.New(), from: tx.Today()}
	if s.CertificateUntil != "" {
		if p.to = s.CertificateUntil.Add(1); p.to <= p.from { // it has run out already: it never counts
			return nil
		}
	}
	if _, err := store.Exec(tx, insertCertificate, p.id, s.CertificateNo, p.from, p.to, s.ID); err != nil {
		return err
	}
	countCertificate(tx, s, p, 1)
	return nil
}

func countCertificate(tx *store.Tx, s Staff, p period, n int64) {
	tx.Count("staff.certified", s.Centre, p.from, s.Kind, n)
	if p.to != "" {
		tx.Count("staff.certified", s.Centre, p.to, s.Kind, -n)
	}
}

// Certify gives a post a new certificate from today; the one before counts until now.
func (d *Desk) Certify(ctx context.Context, by who.Asker, staff id.ID, c Certificate) (s Staff, err error) {
	err = d.store.Write(ctx, by, certify, func(tx *store.Tx) error {
		s, err = CertifyPost(tx, staff, c)
		return err
	})
	return s, err
}

// CertifyPost gives a post a new certificate within a transaction.
func CertifyPost(tx *store.Tx, staff id.ID, c Certificate) (Staff, error) {
	s, err := StaffByID(tx, staff)
	if err != nil {
		return s, err
	}
	if c.Until != "" && c.Until < tx.Today() {
		return s, fail.Bad("certificate_until", "past", "Sertifikat ini sudah habis masa berlakunya pada %s.", c.Until)
	}
	tx.Record(store.Entry{Kind: "staff", ID: s.ID, Centre: s.Centre, Say: fail.Say("Sertifikat %s dicatat.", s.Name), What: c})
	s, err = certified(tx, s, c)
	s.Version++
	return s, err
}

// certified gives a post a certificate from today; those before count until now.
func certified(tx *store.Tx, s Staff, c Certificate) (Staff, error) {
	old, err := periodsOf(tx, s.ID)
	if err != nil {
		return s, err
	}
	for _, p := range old {
		if p.to != "" && p.to <= tx.Today() {
			continue
		}
		if _, err := store.Exec(tx, cutCertificate, tx.Today(), p.id); err != nil {
			return s, err
		}
		countCertificate(tx, s, p, -1)
		p.to = tx.Today()
		countCertificate(tx, s, p, 1)
	}
	s.CertificateNo, s.CertificateUntil = c.Number, c.Until
	if _, err := store.Exec(tx, setCertificate, s.CertificateNo, s.CertificateUntil, s.ID); err != nil {
		return s, err
	}
	return s, keepCertificate(tx, s)
}

// Staff lists the posts of a centre; fail.NotFound for a centre that is not yours.
func (d *Desk) Staff(ctx context.Context, by who.Asker, centre id.ID) (all []Staff, err error) {
	err = d.store.Read(ctx, by, listStaff, func(tx *store.Tx) (err error) {
		if !by.System && !by.Scope.Has(centre) {
			return fail.NotFound
		}
		all, err = StaffAt(tx, centre)
		return err
	})
	return all, err
}

// LookStaff gives one post.
func (d *Desk) LookStaff(ctx context.Context, by who.Asker, staff id.ID) (s Staff, err error) {
	err = d.store.Read(ctx, by, listStaff, func(tx *store.Tx) (err error) {
		s, err = store.One(tx, staffByID, scanStaff, staff)
		return err
	})
	return s, err
}

// measureServing counts the institutions that serve clients, by kind.
const measureServing = "centre"

// servingSince is the day from which institutions are counted, that of Permensos 16/2019: since when each one serves is
// not on record.
const servingSince = "2019-10-24"

// Measures are the figures of this desk: the institutions that serve clients, who works there, and who of them holds a
// certificate.
var Measures = store.Measures([]store.Measure{
	{Key: measureServing, Kind: store.StockKind, About: "centres", Facts: servingFacts},
	{Key: "staff", Kind: store.StockKind, About: "staff", Facts: staffFacts},
	{Key: "staff.certified", Kind: store.StockKind, About: "staff", Facts: certifiedFacts},
})
