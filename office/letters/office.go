package letters

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"strings"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var (
	lookOffice   = store.NewAct("letter.office", who.SeeCase)
	changeOffice = store.NewAct("letter.set-office", who.ManageCentre)
)

// The ways in which a letter gets its number.
const (
	Running = "running" // the system counts
	Book    = "book"    // the office takes it from its agenda book
)

// Office is how a centre writes its letters. Margins are millimetres.
type Office struct {
	Centre         centre.Centre
	Version        int64 // 0: the office has set nothing yet
	Numbering      string
	Format         string
	Classification string
	Code           string
	Address        string
	Town           string
	HeadName       string
	HeadNIP        string
	Site           string // where the public checks a letter: https://…; "" is where the user is
	Paper          Paper
}

// usual is an office that has set nothing: letters A4 with the margins of screens.md 2.11.
func usual(c centre.Centre) Office {
	return Office{Centre: c, Numbering: Running, Format: usualFormat, Code: strings.ToUpper(c.Code), Town: c.Place,
		Paper: Paper{Size: "A4", Top: 20, Right: 20, Bottom: 25, Left: 30}}
}

// SetOffice is what an office may set about its letters.
type SetOffice struct {
	Numbering      string `json:"numbering" required:"true" enum:"running,book" ask:"Pilih dari mana nomor surat."`
	Format         string `json:"format,omitempty" maxLength:"80"`
	Classification string `json:"classification,omitempty" maxLength:"20"`
	Code           string `json:"office_code,omitempty" maxLength:"40"`
	Address        string `json:"address,omitempty" maxLength:"200"`
	Town           string `json:"town,omitempty" maxLength:"60"`
	HeadName       string `json:"head_name,omitempty" maxLength:"120"`
	HeadNIP        string `json:"head_nip,omitempty" maxLength:"30"`
	Site           string `json:"site,omitempty" maxLength:"120"`
	Paper          string `json:"paper" required:"true" enum:"A4,F4" ask:"Pilih ukuran kertas."`
	Top            int64  `json:"margin_top,omitempty" minimum:"10" maximum:"60"`
	Right          int64  `json:"margin_right,omitempty" minimum:"10" maximum:"60"`
	Bottom         int64  `json:"margin_bottom,omitempty" minimum:"15" maximum:"60"`
	Left           int64  `json:"margin_left,omitempty" minimum:"10" maximum:"60"`
}

// maySet holds that the settings give numbers, and an address that can be opened.
func maySet(in SetOffice) error {
	if in.Site != "" {
		u, err := url.Parse(in.Site)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
			return fail.Bad("site", "address", "Tulis alamat situs lengkap, misalnya https://tuntas.contoh.go.id.")
		}
	}
	return mayFormat(in.Format)
}

// OfficeOf reads how a centre writes its letters.
func (d *Desk) OfficeOf(ctx context.Context, by who.Asker, at id.ID) (o Office, err error) {
	err = d.store.Read(ctx, by, lookOffice, func(tx *store.Tx) error {
		o, err = officeOf(tx, at)
		return err
	})
	return o, err
}

// officeOf gives the settings of a centre in the asker's reach, or the usual ones.
func officeOf(tx *store.Tx, at id.ID) (Office, error) {
	if !tx.By().System && !tx.By().Scope.Has(at) { // centres are a public list, their letters are not
		return Office{}, fail.NotFound
	}
	c, err := centre.ByID(tx, at)
	if err != nil {
		return Office{}, err
	}
	o, err := store.One(tx, officeByCentre, scanOffice, at)
	if errors.Is(err, fail.NotFound) {
		return usual(c), nil
	}
	o.Centre = c
	return o, err
}

// SetOffice sets how a centre writes its letters. What was issued before stays as it is.
func (d *Desk) SetOffice(ctx context.Context, by who.Asker, at id.ID, version int64, in SetOffice) (o Office, err error) {
	err = d.store.Write(ctx, by, changeOffice, func(tx *store.Tx) error {
		old, err := officeOf(tx, at)
		if err != nil {
			return err
		}
		if version > 0 && version != old.Version {
			return fail.Stale
		}
		base := usual(old.Centre)
		in.Format = cmp.Or(in.Format, usualFormat)
		if err := maySet(in); err != nil {
			return err
		}
		o = Office{Centre: old.Centre, Version: old.Version + 1, Numbering: in.Numbering, Format: in.Format, Classification: in.Classification,
			Code: cmp.Or(in.Code, base.Code), Address: in.Address, Town: cmp.Or(in.Town, base.Town), HeadName: in.HeadName, HeadNIP: in.HeadNIP,
			Site: strings.TrimRight(in.Site, "/"), Paper: Paper{in.Paper, cmp.Or(in.Top, base.Paper.Top), cmp.Or(in.Right, base.Paper.Right),
				cmp.Or(in.Bottom, base.Paper.Bottom), cmp.Or(in.Left, base.Paper.Left)}}
		if err := keepOffice(tx, o, old.Version); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "letter-office", ID: at, Centre: at, Say: fail.Say("Pengaturan surat UPT diubah."), What: in})
		return nil
	})
	return o, err
}

// head is the letterhead. A UPT writes under the province, an LKS under its own name (Permensos 16/2019 Pasal 19).
func (o Office) head() []string {
	name := strings.ToUpper(o.name())
	if o.Centre.Provider == "lks" {
		return []string{name}
	}
	return []string{"PEMERINTAH PROVINSI JAWA TIMUR", "DINAS SOSIAL", name}
}

func (o Office) name() string {
	if o.Centre.Provider == "lks" || strings.HasPrefix(o.Centre.Name, "UPT ") {
		return o.Centre.Name
	}
	return "UPT " + o.Centre.Name
}

// signer is who issues, as the head of the office; the NIP is known for the head whose name the office has set.
func (o Office) signer(name string) Signer {
	s := Signer{Post: "Kepala " + o.name(), Name: name}
	if o.HeadName != "" && strings.EqualFold(o.HeadName, name) {
		s.Name, s.NIP = o.HeadName, o.HeadNIP
	}
	return s
}
