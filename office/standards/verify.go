package standards

import (
	"context"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
)

var (
	judgeAct  = store.NewAct("self-assessment.judge", who.VerifyStandards)
	returnAct = store.NewAct("self-assessment.return", who.VerifyStandards)
	verifyAct = store.NewAct("self-assessment.verify", who.VerifyStandards)
)

// How the province looks: directly, by a visit, or indirectly, by papers (Permensos 16/2019 Pasal 50-51).
var howWords = map[string]text.Word{"visit": "Langsung, dengan kunjungan", "papers": "Tidak langsung, dari berkas"}

// Verdict is the province's own answer to one criterion.
type Verdict struct {
	Value string `json:"verdict" required:"true" enum:"yes,partly,no,na" ask:"Pilih jawaban Dinas."`
	How   string `json:"how" required:"true" enum:"visit,papers" ask:"Pilih cara memeriksanya."`
	Note  string `json:"verdict_note,omitempty" maxLength:"2000"`
}

// mayJudge holds that the province looks at what was submitted and answered, and says why where it sees it otherwise.
func mayJudge(a Self, c Campaign, w Answer, answered bool, in Verdict) error {
	switch {
	case c.State != Running:
		return fail.Broken("campaign-closed", "Putaran penilaian ini sudah ditutup.")
	case a.State == Running:
		return fail.Broken("self-open", "Penilaian ini sedang diisi UPT. Tunggu sampai diajukan lagi.")
	case a.State == Verified:
		return fail.Broken("self-verified", "Penilaian ini sudah diverifikasi Dinas.")
	case !answered || !w.Confirmed:
		return fail.Broken("not-assessed", "Butir ini belum dinilai UPT.")
	case in.Value != w.Value && in.Note == "":
		return fail.Bad("verdict_note", "required", "Tulis mengapa Dinas melihatnya lain.")
	}
	return nil
}

// Judge keeps the province's own answer to one criterion; version is that of the answer which the asker saw.
func (d *Desk) Judge(ctx context.Context, by who.Asker, self id.ID, criterion string, version int64, in Verdict) (w Answer, err error) {
	err = d.store.Write(ctx, by, judgeAct, func(tx *store.Tx) error {
		s, err := d.sheetOf(tx, self)
		if err != nil {
			return err
		}
		if _, err := s.criterion(criterion); err != nil {
			return err
		}
		all, err := answersOf(tx, self)
		if err != nil {
			return err
		}
		old, answered := all[criterion]
		if err := mayJudge(s.self, s.campaign, old, answered, in); err != nil {
			return err
		}
		if version != 0 && version != old.Version {
			return fail.Stale
		}
		if err := touchSelf(tx, &s.self); err != nil {
			return err
		}
		w = old
		w.Verdict, w.VerdictHow, w.VerdictNote, w.VerdictOn, w.VerdictBy = in.Value, in.How, in.Note, tx.Today(), by.Name
		if err := judgeAnswer(tx, &w); err != nil {
			return err
		}
		tx.Record(s.entry(fail.Say("Verifikasi: butir %s dijawab %s.", criterion, valueWords[w.Verdict]), map[string]any{"criterion": criterion, "own": w.Value, "verdict": w.Verdict, "how": w.VerdictHow}))
		return nil
	})
	return w, err
}

// Return is why a self-assessment goes back to its institution.
type Return struct {
	Why string `json:"why" required:"true" maxLength:"1000" ask:"Tulis apa yang perlu diperbaiki UPT."`
}

// Return gives a self-assessment back to its institution to be mended.
func (d *Desk) Return(ctx context.Context, by who.Asker, self id.ID, version int64, in Return) (Self, error) {
	return d.move(ctx, by, returnAct, self, version, func(tx *store.Tx, s *sheet) (fail.Saying, error) {
		if err := mayDecide(s.self, s.campaign); err != nil {
			return fail.Saying{}, err
		}
		s.self.State, s.self.ReturnedOn, s.self.ReturnedWhy = Running, tx.Today(), in.Why
		return fail.Say("Penilaian mandiri dikembalikan ke UPT."), nil
	})
}

func mayDecide(a Self, c Campaign) error {
	switch {
	case c.State != Running:
		return fail.Broken("campaign-closed", "Putaran penilaian ini sudah ditutup.")
	case a.State != Submitted:
		return fail.Broken("self-not-submitted", "Penilaian ini tidak sedang menunggu verifikasi.")
	}
	return nil
}

// Verification ends the province's look.
type Verification struct {
	AgreeRest bool   `json:"agree_rest,omitempty"` // with the answers that were not looked at one by one
	Note      string `json:"note,omitempty" maxLength:"2000"`
}

// mayVerify holds that the province has said something to every answer.
func mayVerify(all map[string]Answer) error {
	left := 0
	for _, w := range all {
		if w.Confirmed && w.Verdict == "" {
			left++
		}
	}
	if left > 0 {
		return fail.Broken("not-judged", "%d jawaban belum diperiksa. Periksa, atau nyatakan setuju dengan yang lain.", left)
	}
	return nil
}

// Verify ends the province's look at a self-assessment.
func (d *Desk) Verify(ctx context.Context, by who.Asker, self id.ID, version int64, in Verification) (Self, error) {
	return d.move(ctx, by, verifyAct, self, version, func(tx *store.Tx, s *sheet) (fail.Saying, error) {
		if err := mayDecide(s.self, s.campaign); err != nil {
			return fail.Saying{}, err
		}
		if in.AgreeRest {
			if _, err := agreeRest(tx, self, "papers"); err != nil {
				return fail.Saying{}, err
			}
		}
		all, err := answersOf(tx, self)
		if err != nil {
			return fail.Saying{}, err
		}
		if err := mayVerify(all); err != nil {
			return fail.Saying{}, err
		}
		s.self.State, s.self.VerifiedOn, s.self.VerifiedBy, s.self.VerifiedNote = Verified, tx.Today(), by.Name, in.Note
		return fail.Say("Penilaian mandiri selesai diverifikasi."), nil
	})
}
