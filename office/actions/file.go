package actions

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
	addFile  = store.NewAct("action.file", who.RunAction)
	openFile = store.NewAct("action.open-file", who.SeeCentre)
)

const (
	mostFiles = 40 // of one action
	// MostBytes is how large a file of an action may be.
	MostBytes = 5 << 20
)

// File is a piece of evidence of an action.
type File struct {
	ID      id.ID
	Action  id.ID
	Title   string
	Label   string // the cleaned name of the file
	Type    string
	Size    int64
	SHA256  string
	AddedOn clock.Day
	By      string
}

// KB is the size in kilobytes, rounded up.
func (f File) KB() int64 { return (f.Size + 1023) >> 10 }

// NewFile is what is said about a file.
type NewFile struct {
	Title string `json:"title" required:"true" maxLength:"200" ask:"Tulis apa isi berkas ini."`
}

// looked looks into a file before any transaction, and only for who may lay it to the action.
func (d *Desk) looked(ctx context.Context, by who.Asker, action id.ID, file *upload.File) ([]byte, error) {
	if file == nil {
		return nil, nil
	}
	err := d.store.Read(ctx, by, addFile, func(tx *store.Tx) error {
		a, err := ByID(tx, action)
		if err != nil {
			return err
		}
		return mayWork(by, a)
	})
	if err != nil {
		return nil, err
	}
	return upload.Cleaned(ctx, *file)
}

// AddFile lays a file to an action, also to one that is over.
func (d *Desk) AddFile(ctx context.Context, by who.Asker, action id.ID, in NewFile, file upload.File) (f File, err error) {
	body, err := d.looked(ctx, by, action, &file)
	if err != nil {
		return f, err
	}
	_, err = d.change(ctx, by, addFile, action, 0, func(tx *store.Tx, a *Action) error {
		if f, err = keepFile(tx, *a, in.Title, file, body); err != nil {
			return err
		}
		tx.Record(entry(*a, fail.Say("Bukti ditambahkan pada tindak lanjut %s.", a.Title), map[string]any{"sha256": f.SHA256, "type": f.Type, "size": f.Size}))
		return keepAction(tx, a)
	})
	return f, err
}

func keepFile(tx *store.Tx, a Action, title string, u upload.File, body []byte) (f File, err error) {
	n, err := countFiles(tx, a.ID)
	if err != nil {
		return f, err
	}
	if n >= mostFiles {
		return f, fail.Broken("action-files-full", "Satu tindak lanjut menyimpan paling banyak %d berkas.", mostFiles)
	}
	f = File{ID: id.New(), Action: a.ID, Title: title, Label: upload.Label(u.Name), Type: u.Is, Size: int64(len(body)), SHA256: upload.Sum(body), AddedOn: tx.Today(), By: tx.By().Name}
	return f, insertFile(tx, a, f, body)
}

// OpenFile gives a file with its bytes to who may write to its action, and to the province.
func (d *Desk) OpenFile(ctx context.Context, by who.Asker, file id.ID) (f File, body []byte, err error) {
	err = d.store.Read(ctx, by, openFile, func(tx *store.Tx) error {
		if f, body, err = fileByID(tx, file); err != nil {
			return err
		}
		a, err := ByID(tx, f.Action)
		if err != nil {
			return err
		}
		if mayWork(by, a) != nil {
			return fail.NotFound
		}
		return nil
	})
	return f, body, err
}
