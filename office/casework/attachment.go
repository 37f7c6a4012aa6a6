package casework

import (
	"context"
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/upload"
	"tuntas/house/who"
)

var (
	attach           = store.NewAct("attachment.add", who.GiveService)
	strikeAttachment = store.NewAct("attachment.strike", who.SeeCase)
	lookAttachments  = store.NewAct("attachment.look", who.SeeCase)
	openAttachment   = store.NewDisclosure("attachment.open", who.SeeCase, store.ByFile)
)

// MostAttachment is how many bytes an attachment may have, as it comes and as it is kept.
const MostAttachment = upload.Most

// Two kinds of attachments show what is masked elsewhere: numbers of identity and data of health.
const (
	IdentityPaper = "identity"
	Medical       = "medical"
)

var attachmentRights = map[string]who.Right{IdentityPaper: who.SeeIdentity, Medical: who.SeeHealth}

// mayOpenKind tells whether somebody who sees the case may also add and open attachments of a kind.
func mayOpenKind(kind string, by who.Asker) bool {
	right, guarded := attachmentRights[kind]
	return !guarded || by.May(right)
}

// attachmentWords are the kinds of attachments as the office calls them.
var attachmentWords = map[string]text.Word{IdentityPaper: "Identitas", "letter": "Surat|lampiran", "photo": "Foto", Medical: "Medis", "other": "Lain-lain"}

// Attachment is a photo or a PDF of a case. Its bytes lie apart; a struck one has none any more.
type Attachment struct {
	ID        id.ID
	Version   int64
	Case      id.ID
	Kind      string
	Title     string
	Label     string // the cleaned name of the file
	Type      string // image/jpeg, image/png or application/pdf
	Size      int64
	SHA256    string
	AddedOn   clock.Day
	By        string
	StruckOn  clock.Day
	StruckBy  string
	StruckWhy string
	Withheld  bool // of a kind that is not for this reader: title and name are not here
}

// KB is the size in kilobytes, rounded up.
func (a Attachment) KB() int64 { return (a.Size + 1023) >> 10 }

// NewAttachment is what is said about a file.
type NewAttachment struct {
	ID    id.ID  `json:"id,omitempty"`
	Title string `json:"title" required:"true" maxLength:"200" ask:"Tulis apa isi berkas ini."`
	Kind  string `json:"kind" required:"true" enum:"identity,letter,photo,medical,other" ask:"Pilih jenis lampiran."`
}

// mayAttach holds what an attachment needs before anybody looks into the file: a running case, and the right to what
// its kind shows.
func mayAttach(c Case, in NewAttachment, by who.Asker) error {
	switch {
	case !mayOpenKind(in.Kind, by):
		return fail.Denied
	case !c.Open():
		return fail.Broken("case-closed", "Kasus ini sudah ditutup.")
	}
	return nil
}

// mayStrikeAttachment holds who drops the bytes of an attachment: the worker of the case or the head of the centre, once.
func mayStrikeAttachment(a Attachment, worker id.ID, by who.Asker) error {
	switch {
	case (by.User == 0 || worker != by.User) && !by.May(who.ApproveCase):
		return fail.Denied
	case a.StruckOn != "":
		return fail.Broken("attachment-struck", "Lampiran ini sudah dihapus.")
	}
	return nil
}

// shown gives an attachment as this reader sees it.
func (a Attachment) shown(by who.Asker) Attachment {
	if !mayOpenKind(a.Kind, by) {
		a.Title, a.Label, a.SHA256, a.StruckWhy, a.Withheld = "", "", "", "", true
	}
	return a
}

// attachmentEntry is the line of the record: what was attached, without its title or name.
func attachmentEntry(c Case, a Attachment, say fail.Saying) store.Entry {
	return store.Entry{Kind: "attachment", ID: a.ID, Person: c.Person, Case: c.ID, Centre: c.Centre, Say: say,
		What: map[string]any{"kind": a.Kind, "type": a.Type, "size": a.Size, "sha256": a.SHA256, "struck_on": a.StruckOn}}
}

// Attach adds a photo or a PDF to a case. Whether the case is there for the asker comes first; the file is then
// looked into and made anew outside any transaction, because that takes its time.
func (d *Desk) Attach(ctx context.Context, by who.Asker, caseID id.ID, in NewAttachment, u upload.File) (a Attachment, err error) {
	err = d.store.Read(ctx, by, attach, func(tx *store.Tx) error {
		c, err := ByID(tx, caseID)
		if err != nil {
			return err
		}
		return mayAttach(c, in, by)
	})
	if err != nil {
		return a, err
	}
	body, err := upload.Cleaned(ctx, u)
	if err != nil {
		return a, err
	}
	a = attachmentOf(caseID, in.Kind, in.Title, u, body)
	a.ID, a.By = in.ID, by.Name
	err = d.store.Write(ctx, by, attach, func(tx *store.Tx) error { return keepNewAttachment(tx, &a, in, body) })
	if errors.Is(err, errSame) {
		err = nil
	}
	return a, err
}

func keepNewAttachment(tx *store.Tx, a *Attachment, in NewAttachment, body []byte) error {
	c, err := ByID(tx, a.Case)
	if err != nil {
		return err
	}
	if err := mayAttach(c, in, tx.By()); err != nil {
		return err
	}
	if in.ID == 0 {
		a.ID = id.New()
	} else if old, err := attachmentByID(tx, in.ID); err == nil {
		if old.Case != a.Case || old.SHA256 != a.SHA256 || old.Title != a.Title || old.Kind != a.Kind {
			return fail.Clash("id-used", "Pengenal ini sudah dipakai untuk isian lain.")
		}
		*a = old
		return errSame
	} else if !errors.Is(err, fail.NotFound) {
		return err
	}
	return lay(tx, c, a, body)
}

// attachmentOf is a cleaned file as an attachment.
func attachmentOf(caseID id.ID, kind, title string, u upload.File, body []byte) Attachment {
	return Attachment{Version: 1, Case: caseID, Kind: kind, Title: title, Label: upload.Label(u.Name), Type: u.Is, Size: int64(len(body)), SHA256: upload.Sum(body)}
}

// lay puts an attachment into a case.
func lay(tx *store.Tx, c Case, a *Attachment, body []byte) error {
	a.AddedOn = tx.Today()
	tx.Record(attachmentEntry(c, *a, fail.Say("Lampiran ditambahkan: %s", attachmentWords[a.Kind])))
	return insertAttachment(tx, *a, body)
}

// Receive lays a cleaned file that somebody else sent into a case; who sent it is the asker.
func Receive(tx *store.Tx, caseID id.ID, title string, u upload.File, body []byte) (a Attachment, err error) {
	c, err := ByID(tx, caseID)
	if err != nil {
		return a, err
	}
	a = attachmentOf(caseID, "letter", title, u, body)
	a.ID, a.By = id.New(), tx.By().Name
	return a, lay(tx, c, &a, body)
}

// StrikeAttachment drops the bytes of an attachment; its row stays and says who dropped them and why.
func (d *Desk) StrikeAttachment(ctx context.Context, by who.Asker, attachment id.ID, version int64, in Strike) (a Attachment, err error) {
	err = d.store.Write(ctx, by, strikeAttachment, func(tx *store.Tx) error {
		if a, err = attachmentByID(tx, attachment); err != nil {
			return err
		}
		c, err := ByID(tx, a.Case)
		if err != nil {
			return err
		}
		if err := mayStrikeAttachment(a, c.Worker, by); err != nil {
			return err
		}
		if version != 0 && a.Version != version {
			return fail.Stale
		}
		a.StruckOn, a.StruckBy, a.StruckWhy = tx.Today(), by.Name, in.Reason
		if err := dropAttachment(tx, &a); err != nil {
			return err
		}
		tx.Record(attachmentEntry(c, a, fail.Say("Lampiran dihapus: %s", attachmentWords[a.Kind])))
		return nil
	})
	return a.shown(by), err
}

// Attachment gives what is known about one attachment, without its bytes.
func (d *Desk) Attachment(ctx context.Context, by who.Asker, attachment id.ID) (a Attachment, err error) {
	err = d.store.Read(ctx, by, lookAttachments, func(tx *store.Tx) error {
		if a, err = attachmentByID(tx, attachment); err != nil {
			return err
		}
		c, err := ByID(tx, a.Case)
		tx.Saw(c.Person)
		return err
	})
	return a.shown(by), err
}

// OpenAttachment gives an attachment with its bytes; the ledger has it before they leave.
func (d *Desk) OpenAttachment(ctx context.Context, by who.Asker, attachment id.ID) (a Attachment, body []byte, err error) {
	err = d.store.Read(ctx, by, openAttachment, func(tx *store.Tx) error {
		if a, err = attachmentByID(tx, attachment); err != nil {
			return err
		}
		c, err := ByID(tx, a.Case)
		if err != nil {
			return err
		}
		if !mayOpenKind(a.Kind, by) {
			return fail.Denied
		}
		if a.StruckOn != "" { // it is gone, whoever asks
			return fail.NotFound
		}
		tx.Saw(c.Person)
		body, err = bytesOf(tx, a)
		return err
	})
	return a, body, err
}

// Attachments lists the attachments of a case as the asker may see them, the newest first.
func (d *Desk) Attachments(ctx context.Context, by who.Asker, caseID, before id.ID, limit int64) (all []Attachment, f File, err error) {
	err = d.store.Read(ctx, by, lookAttachments, func(tx *store.Tx) error {
		if f, err = FileOf(tx, caseID); err != nil {
			return err
		}
		tx.Saw(f.Person)
		all, err = attachmentsOf(tx, caseID, before, limit)
		for i, a := range all {
			all[i] = a.shown(by)
		}
		return err
	})
	return all, f, err
}
