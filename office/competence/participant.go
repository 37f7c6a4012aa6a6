package competence

import (
	"context"
	"errors"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var (
	proposeAct = store.NewAct("training.propose", who.DevelopStaff)
	acceptAct  = store.NewAct("training.accept", who.DevelopStaff)
	refuseAct  = store.NewAct("training.refuse", who.DevelopStaff)
	withdraw   = store.NewAct("training.withdraw", who.DevelopStaff)
	resultAct  = store.NewAct("training.result", who.DevelopStaff)
)

// The states of a participant.
const (
	Proposed  = "proposed"
	Waiting   = "waiting"
	Accepted  = "accepted"
	Refused   = "refused"
	Withdrawn = "withdrawn"
	Absent    = "absent"
	Attended  = "attended"
	Passed    = "passed"
)

var memberWords = map[string]text.Word{Proposed: "Diusulkan", Waiting: "Daftar tunggu", Accepted: "Diterima|peserta", Refused: "Ditolak|peserta", Withdrawn: "Ditarik|peserta",
	Absent: "Tidak hadir", Attended: "Hadir, belum lulus", Passed: "Lulus"}

// holding are the states in which somebody holds a place.
var holding = []string{Proposed, Accepted, Absent, Attended, Passed}

// Participant is a member of staff in a training.
type Participant struct {
	ID, Training, Staff, Centre id.ID
	Version                     int64
	Name, Kind, At              string // of the post, and the name of its institution
	State                       string
	CertificateNo               string
	Until                       clock.Day
	Reason                      string
	ProposedOn, DecidedOn       clock.Day
	ProposedBy, DecidedBy       string
	User                        id.ID // who proposed
}

// Holds tells whether the participant holds a place.
func (p Participant) Holds() bool { return slices.Contains(holding, p.State) }

// Propose is whom an institution sends where.
type Propose struct {
	Training id.ID `json:"training_id" required:"true" ask:"Pilih pelatihannya."`
	Staff    id.ID `json:"staff_id" required:"true" ask:"Pilih petugasnya."`
}

// Result is what came of somebody's taking part.
type Result struct {
	Result        string    `json:"result" required:"true" enum:"absent,attended,passed" ask:"Pilih hasilnya."`
	CertificateNo string    `json:"certificate_no,omitempty" maxLength:"80"`
	Until         clock.Day `json:"certificate_until,omitempty"`
	Reason        string    `json:"reason,omitempty" maxLength:"500"`
}

// mayPropose holds that the registration is open, and the training for this kind of staff.
func mayPropose(t Training, s centre.Staff) error {
	switch {
	case t.State != Open:
		return fail.Broken("training-state", "Pendaftaran pelatihan ini tidak dibuka.")
	case t.Kind != "" && t.Kind != s.Kind:
		return fail.Bad("staff_id", "kind", "Pelatihan ini untuk %s.", kindWords[t.Kind])
	}
	return nil
}

// mayDecide holds what can become of a participant while the registration is open.
func mayDecide(t Training, p Participant, deed store.Act) error {
	from := []string{Proposed, Waiting, Accepted}
	if deed.Name == acceptAct.Name {
		from = []string{Proposed, Waiting}
	}
	if t.State != Open || !slices.Contains(from, p.State) {
		return fail.Broken("participant-state", "Keadaan peserta: %s. Itu tidak dapat dilakukan lagi.", memberWords[p.State])
	}
	return nil
}

// mayJudge holds that a result is of somebody who was accepted, and that who passes gets the certificate that the
// training gives.
func mayJudge(t Training, p Participant, in Result) error {
	if t.State != Held || !slices.Contains([]string{Accepted, Absent, Attended}, p.State) {
		return fail.Broken("participant-state", "Keadaan peserta: %s. Itu tidak dapat dilakukan lagi.", memberWords[p.State])
	}
	var f fail.Fields
	gives := in.Result == Passed && t.Certificate != ""
	if gives && in.CertificateNo == "" {
		f.Add("certificate_no", "required", "Tulis nomor sertifikat.")
	}
	if !gives && in.CertificateNo != "" {
		f.Add("certificate_no", "none", "Sertifikat hanya untuk yang lulus pelatihan bersertifikat.")
	}
	return f.Err()
}

func (p Participant) entry(t Training, say string, what any) store.Entry {
	return store.Entry{Kind: "training-participant", ID: p.ID, Centre: p.Centre, Say: fail.Say(say, p.Name, t.Name), What: what}
}

// Propose registers somebody of an institution for a training: with a place when one is left and nobody waits, else on
// the waiting list. Of two who ask for the last place at once, one gets it.
func (d *Desk) Propose(ctx context.Context, by who.Asker, at id.ID, in Propose) (p Participant, err error) {
	err = d.store.Write(ctx, by, proposeAct, func(tx *store.Tx) error {
		if _, err := centre.Own(tx, at); err != nil {
			return err
		}
		t, err := trainingByID(tx, in.Training)
		if errors.Is(err, fail.NotFound) {
			return fail.Bad("training_id", "unknown", "Pelatihan ini tidak ada.")
		}
		if err != nil {
			return err
		}
		s, err := centre.StaffByID(tx, in.Staff)
		if errors.Is(err, fail.NotFound) || err == nil && s.Centre != at {
			return fail.Bad("staff_id", "unknown", "Petugas ini tidak ada di UPT ini.")
		}
		if err != nil {
			return err
		}
		if err := mayPropose(t, s); err != nil {
			return err
		}
		p, err = enterMember(tx, t, s)
		return err
	})
	return p, err
}

// enterMember enters somebody, or somebody again who was refused or withdrawn before.
func enterMember(tx *store.Tx, t Training, s centre.Staff) (p Participant, err error) {
	p, err = memberNamed(tx, t.ID, s.ID)
	known := err == nil
	if err != nil && !errors.Is(err, fail.NotFound) {
		return p, err
	}
	if known && (p.Holds() || p.State == Waiting) {
		return p, fail.Clash("registered", "%s sudah terdaftar: %s.", s.Name, memberWords[p.State])
	}
	if !known {
		p = Participant{ID: id.New(), Training: t.ID, Staff: s.ID, Centre: s.Centre}
	}
	p.Name, p.Kind, p.State, p.Reason, p.ProposedOn, p.ProposedBy, p.User, p.DecidedOn, p.DecidedBy = s.Name, s.Kind, Proposed, "", tx.Today(), tx.By().Name, tx.By().User, "", ""
	placed, err := takePlace(tx, t.ID)
	if err != nil {
		return p, err
	}
	say := "%s diusulkan mengikuti %s."
	if !placed {
		p.State, say = Waiting, "%s masuk daftar tunggu %s."
		if err := takeWait(tx, t.ID); err != nil {
			return p, err
		}
	}
	tx.Record(p.entry(t, say, nil))
	if known {
		return p, keepMember(tx, &p)
	}
	p.Version = 1
	return p, insertMember(tx, p)
}

// deciding changes a participant together with the places of the training.
func (d *Desk) deciding(ctx context.Context, by who.Asker, act store.Act, participant id.ID, version int64, do func(tx *store.Tx, t Training, p *Participant) error) (p Participant, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if p, err = memberByID(tx, participant); err != nil {
			return err
		}
		if version > 0 && version != p.Version {
			return fail.Stale
		}
		t, err := trainingByID(tx, p.Training)
		if err != nil {
			return err
		}
		if err := do(tx, t, &p); err != nil {
			return err
		}
		p.DecidedOn, p.DecidedBy = tx.Today(), by.Name
		return keepMember(tx, &p)
	})
	return p, err
}

// tellDecided tells who proposed somebody what became of it.
func tellDecided(tx *store.Tx, t Training, p Participant, say string) {
	if p.User != 0 && p.User != tx.By().User {
		tx.Notify(store.Notice{To: []id.ID{p.User}, Kind: "training", Say: fail.Say(say, p.Name, t.Name), Path: "/trainings/" + t.ID.String()})
	}
}

// Accept gives a participant the place: one who waits gets it when one is left.
func (d *Desk) Accept(ctx context.Context, by who.Asker, participant id.ID, version int64) (Participant, error) {
	return d.deciding(ctx, by, acceptAct, participant, version, func(tx *store.Tx, t Training, p *Participant) error {
		if err := ofProvince(by); err != nil {
			return err
		}
		if err := mayDecide(t, *p, acceptAct); err != nil {
			return err
		}
		if p.State == Waiting {
			if err := placeWaiting(tx, t.ID); err != nil {
				return err
			}
		}
		p.State = Accepted
		tx.Record(p.entry(t, "%s diterima di %s.", nil))
		tellDecided(tx, t, *p, "%s diterima di %s.")
		return nil
	})
}

// Refuse refuses a participant with the reason.
func (d *Desk) Refuse(ctx context.Context, by who.Asker, participant id.ID, version int64, in Cancel) (Participant, error) {
	return d.deciding(ctx, by, refuseAct, participant, version, func(tx *store.Tx, t Training, p *Participant) error {
		if err := ofProvince(by); err != nil {
			return err
		}
		if err := leave(tx, t, p, refuseAct, Refused, in.Reason); err != nil {
			return err
		}
		tx.Record(p.entry(t, "%s tidak diterima di %s.", in))
		tellDecided(tx, t, *p, "%s tidak diterima di %s.")
		return nil
	})
}

// Withdraw takes a participant back: the institution or the province.
func (d *Desk) Withdraw(ctx context.Context, by who.Asker, participant id.ID, version int64, in Cancel) (Participant, error) {
	return d.deciding(ctx, by, withdraw, participant, version, func(tx *store.Tx, t Training, p *Participant) error {
		if err := leave(tx, t, p, withdraw, Withdrawn, in.Reason); err != nil {
			return err
		}
		tx.Record(p.entry(t, "%s ditarik dari %s.", in))
		return nil
	})
}

// leave lets a participant go, and the place with it.
func leave(tx *store.Tx, t Training, p *Participant, deed store.Act, to, why string) error {
	if err := mayDecide(t, *p, deed); err != nil {
		return err
	}
	if err := freePlace(tx, t.ID, p.State == Waiting); err != nil {
		return err
	}
	p.State, p.Reason = to, why
	return nil
}

// Judge records what came of somebody's taking part. Who passes gets the certificate in the same transaction.
func (d *Desk) Judge(ctx context.Context, by who.Asker, participant id.ID, version int64, in Result) (Participant, error) {
	return d.deciding(ctx, by, resultAct, participant, version, func(tx *store.Tx, t Training, p *Participant) error {
		if err := ofProvince(by); err != nil {
			return err
		}
		if err := mayJudge(t, *p, in); err != nil {
			return err
		}
		p.State, p.Reason = in.Result, in.Reason
		tx.Record(p.entry(t, "Hasil %s pada %s dicatat.", in))
		if in.CertificateNo == "" {
			return nil
		}
		p.CertificateNo, p.Until = in.CertificateNo, in.Until
		if p.Until == "" {
			p.Until = t.Until()
		}
		_, err := centre.CertifyPost(tx, p.Staff, centre.Certificate{Number: p.CertificateNo, Until: p.Until})
		return err
	})
}

// Participant gives one participant of the asker's scope.
func (d *Desk) Participant(ctx context.Context, by who.Asker, participant id.ID) (p Participant, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		p, err = memberByID(tx, participant)
		return err
	})
	return p, err
}
