package coordination

import (
	"context"
	"net/mail"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

var (
	lookAgency   = store.NewAct("agency.look", who.SeeCentre)
	addAgency    = store.NewAct("agency.add", who.ManageAgency)
	changeAgency = store.NewAct("agency.change", who.ManageAgency)
	retireAgency = store.NewAct("agency.retire", who.ManageAgency)
)

// The kinds of agencies that rules look at; the list is law.Referral.
const (
	UPT           = "upt"
	CentralUnit   = "central"
	OtherProvince = "other_province"
)

// Desk is the desk of coordination.
type Desk struct {
	store *store.Store
	demo  bool
	// Post hands an e-mail to the sender; nil where none is set up.
	Post func(ctx context.Context, to, subject, body string, files ...Enclosure) error
	// Site is the address of the server for links in mails; "" takes the address that the sender of a referral used.
	Site string
	// Owed counts what else an agency still owes, for a desk above this one; nil where there is none.
	Owed func(tx *store.Tx, agency id.ID) (int64, error)
}

// New opens the desk.
func New(s *store.Store, demo bool) *Desk { return &Desk{store: s, demo: demo} }

// Agency is an agency, an organisation or a centre that receives referrals.
type Agency struct {
	ID         id.ID
	Version    int64
	Kind       string // a key of law.Referral.AgencyKinds
	Name       string
	Email      string // registered: links and codes go here alone
	Phone      string
	Contact    string // whom staff may call
	Centre     id.ID  // of a UPT: the centre itself
	Districts  []string
	Note       string
	RetiredOn  clock.Day
	RetiredWhy string
}

// Path is the page of the agency.
func (a Agency) Path() string { return "/agencies/" + a.ID.String() }

// NewAgency is an agency as it is written.
type NewAgency struct {
	Kind      string   `json:"kind" required:"true" enum:"opd,lks,upt,central,other_province,partner" ask:"Pilih jenis lembaga."`
	Name      string   `json:"name" required:"true" maxLength:"160" ask:"Tulis nama lembaga."`
	Email     string   `json:"email,omitempty" maxLength:"160"`
	Phone     string   `json:"phone,omitempty" maxLength:"40"`
	Contact   string   `json:"contact,omitempty" maxLength:"160"`
	Centre    id.ID    `json:"centre_id,omitempty"`
	Districts []string `json:"districts,omitempty"`
	Note      string   `json:"note,omitempty" maxLength:"1000"`
}

// Retirement says why something is used no longer.
type Retirement struct {
	Reason string `json:"reason" required:"true" maxLength:"300" ask:"Tulis alasannya."`
}

// mayKeepAgency holds what an agency needs: districts that exist, an address that codes can be sent to, and for a UPT
// which centre it is.
func mayKeepAgency(in *NewAgency) error {
	var f fail.Fields
	in.Email = strings.TrimSpace(in.Email)
	if in.Email != "" {
		if a, err := mail.ParseAddress(in.Email); err != nil || a.Address != in.Email {
			f.Add("email", "email", "Alamat surel ini tidak lengkap. Contoh: rujukan@dinas.example.")
		}
	}
	in.Districts = checkDistricts(&f, in.Districts)
	if (in.Kind == UPT) != (in.Centre != 0) {
		f.Add("centre_id", "kind", "Pilih UPT yang dimaksud bila jenisnya UPT, dan kosongkan bila bukan.")
	}
	return f.Err()
}

func checkDistricts(f *fail.Fields, in []string) []string {
	var all []string
	for _, d := range in {
		d = strings.TrimSpace(d)
		switch {
		case d == "" || slices.Contains(all, d):
		default:
			if _, known := law.RegionOf(d); !known {
				f.Add("districts", "unknown", "Kabupaten/kota ini tidak dikenal.")
				continue
			}
			all = append(all, d)
		}
	}
	return all
}

func (a *Agency) take(in NewAgency) {
	a.Kind, a.Name, a.Email, a.Phone, a.Contact, a.Centre, a.Districts, a.Note = in.Kind, in.Name, in.Email, in.Phone, in.Contact, in.Centre, in.Districts, in.Note
}

// AddAgency adds an agency to the directory.
func (d *Desk) AddAgency(ctx context.Context, by who.Asker, in NewAgency) (a Agency, err error) {
	err = d.store.Write(ctx, by, addAgency, func(tx *store.Tx) error {
		if err := mayKeepAgency(&in); err != nil {
			return err
		}
		a = Agency{ID: id.New(), Version: 1}
		a.take(in)
		if err := knownCentre(tx, a.Centre); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "agency", ID: a.ID, Say: fail.Say("Lembaga ditambahkan: %s", a.Name), What: in})
		return insertAgency(tx, a)
	})
	return a, err
}

func knownCentre(tx *store.Tx, at id.ID) error {
	if at == 0 {
		return nil
	}
	if _, err := centre.ByID(tx, at); err != nil {
		return fail.Bad("centre_id", "unknown", "UPT ini tidak ada.")
	}
	return nil
}

// ChangeAgency writes an agency anew under its version; 0 asks for none.
func (d *Desk) ChangeAgency(ctx context.Context, by who.Asker, agency id.ID, version int64, in NewAgency) (a Agency, err error) {
	err = d.store.Write(ctx, by, changeAgency, func(tx *store.Tx) error {
		if a, err = agencyAt(tx, agency, version); err != nil {
			return err
		}
		if err := mayKeepAgency(&in); err != nil {
			return err
		}
		if err := knownCentre(tx, in.Centre); err != nil {
			return err
		}
		a.take(in)
		tx.Record(store.Entry{Kind: "agency", ID: a.ID, Say: fail.Say("Data lembaga diubah: %s", a.Name), What: in})
		return keepAgency(tx, &a)
	})
	return a, err
}

func agencyAt(tx *store.Tx, agency id.ID, version int64) (Agency, error) {
	a, err := agencyByID(tx, agency)
	if err == nil && version != 0 && a.Version != version {
		return a, fail.Stale
	}
	return a, err
}

// Owed is an open referral that an agency still has to answer or to finish.
type Owed struct {
	Referral id.ID
	State    string
	Centre   string
}

// RetireAgency takes an agency out of use. One that still owes open referrals stays, and it is said which.
func (d *Desk) RetireAgency(ctx context.Context, by who.Asker, agency id.ID, version int64, in Retirement) (a Agency, err error) {
	err = d.store.Write(ctx, by, retireAgency, func(tx *store.Tx) error {
		if a, err = agencyAt(tx, agency, version); err != nil {
			return err
		}
		owed, err := owedBy(tx, agency)
		if err != nil {
			return err
		}
		if err := mayRetire(a, owed); err != nil {
			return err
		}
		if err := d.owesNothing(tx, agency); err != nil {
			return err
		}
		a.RetiredOn, a.RetiredWhy = tx.Today(), in.Reason
		tx.Record(store.Entry{Kind: "agency", ID: a.ID, Say: fail.Say("Lembaga tidak dipakai lagi: %s", a.Name), What: in})
		return keepAgency(tx, &a)
	})
	return a, err
}

// owesNothing refuses to let an agency go that still has agreed actions to do.
func (d *Desk) owesNothing(tx *store.Tx, agency id.ID) error {
	if d.Owed == nil {
		return nil
	}
	n, err := d.Owed(tx, agency)
	if err == nil && n > 0 {
		err = fail.Broken("agency-owes-actions", "Lembaga ini masih memegang %d tindak lanjut. Serahkan dahulu kepada pelaksana lain, atau hentikan, di daftar tindak lanjut lembaga ini.", n)
	}
	return err
}

func mayRetire(a Agency, owed []Owed) error {
	if a.RetiredOn != "" {
		return fail.Broken("agency-retired", "Lembaga ini sudah tidak dipakai.")
	}
	var g fail.Gate
	for _, o := range owed {
		g.Need(false, "referral-open", "Rujukan %s dari %s masih terbuka.", o.Referral, o.Centre)
	}
	if len(g.Missing()) > 0 {
		return &fail.Rule{Name: "agency-owes", Say: fail.Say("Lembaga ini masih memegang rujukan yang terbuka. Tarik atau alihkan dahulu."), Missing: g.Missing()}
	}
	return nil
}

// Directory is how the list of agencies is narrowed.
type Directory struct {
	Kind  string `query:"kind" enum:"opd,lks,upt,central,other_province,partner"`
	Limit int64  `query:"limit" minimum:"1" maximum:"500"`
	After id.ID  `query:"after"`
}

// Agencies lists the directory by age of entry, each with how it answers.
func (d *Desk) Agencies(ctx context.Context, by who.Asker, f Directory) (all []Agency, pace map[id.ID]Pace, err error) {
	err = d.store.Read(ctx, by, lookAgency, func(tx *store.Tx) error {
		if all, err = agencyList(tx, f); err != nil {
			return err
		}
		pace, err = paces(tx)
		return err
	})
	return all, pace, err
}

// Agency gives one agency with its services, its pace, and the centres for its form.
func (d *Desk) Agency(ctx context.Context, by who.Asker, agency id.ID) (a Agency, services []Service, p Pace, err error) {
	err = d.store.Read(ctx, by, lookAgency, func(tx *store.Tx) error {
		if a, err = agencyByID(tx, agency); err != nil {
			return err
		}
		if services, err = servicesOf(tx, agency); err != nil {
			return err
		}
		hours, err := hoursOf(tx, agency)
		p = paceOf(hours)
		return err
	})
	return a, services, p, err
}

// Pace is how an agency answered in the last year.
type Pace struct {
	N     int64 // answers
	Hours int64 // the median, in hours; of no answer it is 0
}

func paceOf(hours []int64) Pace {
	if len(hours) == 0 {
		return Pace{}
	}
	slices.Sort(hours)
	return Pace{int64(len(hours)), hours[len(hours)/2]}
}

// Days is the median in whole days, rounded up.
func (p Pace) Days() int64 { return (p.Hours + 23) / 24 }
