package standards

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
)

var (
	addEvidence    = store.NewAct("evidence.add", who.AssessStandards)
	strikeEvidence = store.NewAct("evidence.strike", who.AssessStandards)
	lookEvidence   = store.NewAct("evidence.look", who.SeeRecords)
)

// mostEvidence is how many files one self-assessment keeps.
const mostEvidence = 300

// Evidence is a file that proves something of a criterion for a time. Its bytes lie apart; a struck one has none.
type Evidence struct {
	ID        id.ID
	Version   int64
	Self      id.ID
	Criterion string
	Title     string
	Label     string // the cleaned name of the file
	Type      string
	Size      int64
	SHA256    string
	From, To  clock.Day // the time that it proves
	ExpiresOn clock.Day // "" is never
	AddedOn   clock.Day
	By        string
	StruckOn  clock.Day
	StruckBy  string
	StruckWhy string
}

// KB is the size in kilobytes, rounded up.
func (e Evidence) KB() int64 { return (e.Size + 1023) >> 10 }

// Proves tells whether the evidence covers a time and has not run out at its end.
func (e Evidence) Proves(from, to clock.Day) bool {
	return e.From <= from && e.To >= to && (e.ExpiresOn == "" || e.ExpiresOn >= to)
}

// NewEvidence is what is said about a file.
type NewEvidence struct {
	Title     string    `json:"title" required:"true" maxLength:"200" ask:"Tulis apa isi berkas ini."`
	From      clock.Day `json:"from" required:"true" ask:"Tulis sejak kapan yang dibuktikan."`
	To        clock.Day `json:"to" required:"true" ask:"Tulis sampai kapan yang dibuktikan."`
	ExpiresOn clock.Day `json:"expires_on,omitempty"`
}

// Strike is why a file does not hold.
type Strike struct {
	Reason string `json:"reason" required:"true" maxLength:"500" ask:"Tulis alasan menghapusnya."`
}

// mayProve holds the days of a piece of evidence in their order, and that it does not prove the future.
func mayProve(in NewEvidence, today clock.Day) error {
	var f fail.Fields
	if in.To < in.From {
		f.Add("to", "order", "Akhir masa yang dibuktikan lebih awal daripada awalnya.")
	}
	if in.From > today {
		f.Add("from", "future", "Tanggal %s belum terjadi.", in.From)
	}
	if in.ExpiresOn != "" && in.ExpiresOn < in.From {
		f.Add("expires_on", "order", "Berkas ini habis masa berlakunya sebelum masa yang dibuktikan.")
	}
	return f.Err()
}

// AddEvidence lays a file to a criterion. It is looked into and made anew outside any transaction.
func (d *Desk) AddEvidence(ctx context.Context, by who.Asker, self id.ID, criterion string, in NewEvidence, u upload.File) (e Evidence, err error) {
	may := func(tx *store.Tx) (sheet, error) {
		s, err := d.sheetOf(tx, self)
		if err != nil {
			return s, err
		}
		if _, err := s.criterion(criterion); err != nil {
			return s, err
		}
		if err := mayFill(s.self, s.campaign); err != nil {
			return s, err
		}
		return s, mayProve(in, tx.Today())
	}
	err = d.store.Read(ctx, by, addEvidence, func(tx *store.Tx) error {
		_, err := may(tx)
		return err
	})
	if err != nil {
		return e, err
	}
	body, err := upload.Cleaned(ctx, u)
	if err != nil {
		return e, err
	}
	e = Evidence{Version: 1, Self: self, Criterion: criterion, Title: in.Title, Label: upload.Label(u.Name), Type: u.Is, Size: int64(len(body)), SHA256: upload.Sum(body),
		From: in.From, To: in.To, ExpiresOn: in.ExpiresOn, By: by.Name}
	err = d.store.Write(ctx, by, addEvidence, func(tx *store.Tx) error {
		s, err := may(tx)
		if err != nil {
			return err
		}
		if err := touchSelf(tx, &s.self); err != nil {
			return err
		}
		have, err := evidenceOf(tx, self)
		if err != nil {
			return err
		}
		if len(have) >= mostEvidence {
			return fail.Broken("evidence-full", "Satu penilaian menyimpan paling banyak %d bukti.", mostEvidence)
		}
		e.ID, e.AddedOn = id.New(), tx.Today()
		if err := insertEvidence(tx, e, body); err != nil {
			return err
		}
		tx.Record(s.entry(fail.Say("Bukti ditambahkan pada butir %s.", criterion), map[string]any{"criterion": criterion, "type": e.Type, "size": e.Size, "sha256": e.SHA256, "from": e.From, "to": e.To}))
		return nil
	})
	return e, err
}

// StrikeEvidence drops the bytes of a file; its row stays and says who dropped them and why.
func (d *Desk) StrikeEvidence(ctx context.Context, by who.Asker, evidence id.ID, version int64, in Strike) (e Evidence, err error) {
	err = d.store.Write(ctx, by, strikeEvidence, func(tx *store.Tx) error {
		if e, err = evidenceByID(tx, evidence); err != nil {
			return err
		}
		s, err := d.sheetOf(tx, e.Self)
		if err != nil {
			return err
		}
		if err := mayFill(s.self, s.campaign); err != nil {
			return err
		}
		switch {
		case e.StruckOn != "":
			return fail.Broken("evidence-struck", "Bukti ini sudah dihapus.")
		case version != 0 && version != e.Version:
			return fail.Stale
		}
		e.StruckOn, e.StruckBy, e.StruckWhy = tx.Today(), by.Name, in.Reason
		if err := dropEvidence(tx, &e); err != nil {
			return err
		}
		tx.Record(s.entry(fail.Say("Bukti dihapus dari butir %s.", e.Criterion), map[string]any{"sha256": e.SHA256, "why": in.Reason}))
		return nil
	})
	return e, err
}

// Evidence gives what is known about one file.
func (d *Desk) Evidence(ctx context.Context, by who.Asker, evidence id.ID) (e Evidence, err error) {
	err = d.store.Read(ctx, by, lookEvidence, func(tx *store.Tx) error {
		e, err = evidenceByID(tx, evidence)
		return err
	})
	return e, err
}

// OpenEvidence gives a file with its bytes.
func (d *Desk) OpenEvidence(ctx context.Context, by who.Asker, evidence id.ID) (e Evidence, body []byte, err error) {
	err = d.store.Read(ctx, by, lookEvidence, func(tx *store.Tx) error {
		if e, err = evidenceByID(tx, evidence); err != nil {
			return err
		}
		if e.StruckOn != "" {
			return fail.NotFound
		}
		body, err = evidenceBytes(tx, e)
		return err
	})
	return e, body, err
}
