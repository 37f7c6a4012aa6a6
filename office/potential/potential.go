package potential

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/gate"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

// Desk is the desk of what the community can give.
type Desk struct {
	store *store.Store
	gate  gate.Gate
}

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{s, gate.New(s, "help")} }

// The kinds of what is offered and asked for, in the order of their list.
const (
	Skill = "skill"
	Place = "place"
	Goods = "goods"
	Job   = "job"
	Time  = "time"
)

// Kinds are all of them.
var Kinds = []string{Skill, Place, Goods, Job, Time}

// Potential is a source of social welfare: a person, a family, a group or a business that can take part.
type Potential struct {
	ID             id.ID
	Version        int64
	Kind           string // of law/psks
	Name           string
	Region, Place  string
	Lat, Lng       string
	Contact        string
	Phone, Email   string
	Skills, Goods  string
	Days           string // "2,4"
	From, To       string // "08.00"
	Capacity       int64
	Clearance      string
	ClearanceNo    string
	ClearanceBy    string
	ClearanceUntil clock.Day
	Supervisor     string
	State          string // active, retired
	User           id.ID
	By             string
	MadeOn         clock.Day
	ChangedOn      clock.Day
}

// The states of a potential.
const (
	Active  = "active"
	Retired = "retired"
)

// Path is its page for staff.
func (p Potential) Path() string { return "/potentials/" + p.ID.String() }

// Free is when it has time.
func (p Potential) Free() Times { return Times{p.Days, p.From, p.To} }

// Cleared tells whether its clearance holds on a day: the day on which it ends counts.
func (p Potential) Cleared(on clock.Day) bool {
	return p.Clearance != "" && p.ClearanceUntil != "" && p.ClearanceUntil >= on
}

// NewPotential is a potential as it is entered.
type NewPotential struct {
	Kind           string    `json:"kind" required:"true" maxLength:"40" ask:"Pilih jenis PSKS."`
	Name           string    `json:"name" required:"true" maxLength:"160" ask:"Tulis nama orang atau lembaganya."`
	Region         string    `json:"region" required:"true" maxLength:"5" ask:"Pilih kabupaten atau kota."`
	Place          string    `json:"place,omitempty" maxLength:"200"`
	Lat            string    `json:"lat,omitempty" maxLength:"12" pattern:"^-?[0-9]{1,2}(\\.[0-9]{1,8})?$"`
	Lng            string    `json:"lng,omitempty" maxLength:"12" pattern:"^-?[0-9]{1,3}(\\.[0-9]{1,8})?$"`
	Contact        string    `json:"contact_name,omitempty" maxLength:"120"`
	Phone          string    `json:"phone,omitempty" maxLength:"40"`
	Email          string    `json:"email,omitempty" maxLength:"120"`
	Skills         string    `json:"skills,omitempty" maxLength:"300"`
	Goods          string    `json:"goods,omitempty" maxLength:"300"`
	Days           []string  `json:"days,omitempty"`
	From           string    `json:"from_time,omitempty" maxLength:"5"`
	To             string    `json:"to_time,omitempty" maxLength:"5"`
	Capacity       int64     `json:"capacity,omitempty" minimum:"0" maximum:"100000"`
	Clearance      string    `json:"clearance,omitempty" maxLength:"20"`
	ClearanceNo    string    `json:"clearance_no,omitempty" maxLength:"80"`
	ClearanceBy    string    `json:"clearance_by,omitempty" maxLength:"120"`
	ClearanceUntil clock.Day `json:"clearance_until,omitempty"`
	Supervisor     string    `json:"supervisor,omitempty" maxLength:"120"`
}

// mayEnter holds a known kind and district, a way to reach them, times that can be, and a clearance that is whole: without
// its number, its issuer and its last day it proves nothing.
func mayEnter(in NewPotential, today clock.Day) error {
	var f fail.Fields
	if _, known := law.SourceOf(in.Kind); !known {
		f.Add("kind", "choice", "Jenis PSKS ini tidak dikenal.")
	}
	if _, known := law.RegionOf(in.Region); !known {
		f.Add("region", "unknown", "Kabupaten/kota ini tidak dikenal.")
	}
	if in.Phone == "" && in.Email == "" {
		f.Add("phone", "required", "Tulis nomor telepon atau surel, supaya dapat dihubungi.")
	}
	mailFields(&f, in.Email)
	if (in.Lat == "") != (in.Lng == "") {
		f.Add("lat", "pair", "Tulis lintang dan bujur, atau kosongkan keduanya.")
	}
	timeFields(&f, Times{strings.Join(in.Days, ","), in.From, in.To})
	if in.Clearance == "" && (in.ClearanceNo != "" || in.ClearanceBy != "" || in.ClearanceUntil != "") {
		f.Add("clearance", "required", "Pilih jenis keterangannya.")
	}
	if in.Clearance != "" {
		if !law.Has(law.Potentials.On(today).Clearances, in.Clearance) {
			f.Add("clearance", "choice", "Jenis keterangan ini tidak dikenal.")
		}
		if in.ClearanceNo == "" {
			f.Add("clearance_no", "required", "Tulis nomor keterangannya.")
		}
		if in.ClearanceBy == "" {
			f.Add("clearance_by", "required", "Tulis siapa yang menerbitkannya.")
		}
		if in.ClearanceUntil == "" {
			f.Add("clearance_until", "required", "Tulis hari terakhir berlakunya.")
		}
	}
	return f.Err()
}

func mailFields(f *fail.Fields, email string) {
	at := strings.LastIndexByte(email, '@')
	if email != "" && (at < 1 || at == len(email)-1 || strings.ContainsAny(email, " \t<>,;\"")) {
		f.Add("email", "email", "Alamat surel ini tidak lengkap.")
	}
}

func (p *Potential) take(in NewPotential) {
	p.Kind, p.Name, p.Region, p.Place, p.Lat, p.Lng = in.Kind, in.Name, in.Region, in.Place, in.Lat, in.Lng
	p.Contact, p.Phone, p.Email, p.Skills, p.Goods = in.Contact, in.Phone, in.Email, in.Skills, in.Goods
	p.Days, p.From, p.To, p.Capacity = daysOf(in.Days), in.From, in.To, in.Capacity
	p.Clearance, p.ClearanceNo, p.ClearanceBy, p.ClearanceUntil, p.Supervisor = in.Clearance, in.ClearanceNo, in.ClearanceBy, in.ClearanceUntil, in.Supervisor
}

func (p Potential) entry(say string, what any) store.Entry {
	return store.Entry{Kind: "potential", ID: p.ID, Say: fail.Say(say, p.Name), What: what}
}

// wordsOf are the words by which texts are found and compared: plain small letters, of three and more.
func wordsOf(texts ...string) (all []string) {
	for _, w := range strings.FieldsFunc(strings.ToLower(strings.Join(texts, " ")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(w) > 2 && len(w) <= 60 && !slices.Contains(common, w) && !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	return all[:min(len(all), mostWords)]
}

const mostWords = 60

// common are words that tell nothing of what is offered or asked for.
var common = []string{"untuk", "dan", "dengan", "yang", "dari", "bagi", "atau", "para", "ini", "itu", "kami", "anak", "lansia", "panti", "orang", "contoh", "layak", "pakai", "baru", "bekas",
	"jam", "hari", "bulan", "minggu", "pagi", "siang", "sore", "buah", "setiap", "satu", "dua", "tiga", "bahan", "alat", "tempat", "kerja", "pelatihan", "kelas", "guru", "pelatih", "tenaga"}

var (
	look   = store.NewAct("potential.look", who.SeePotential)
	enter  = store.NewAct("potential.enter", who.WritePotential)
	change = store.NewAct("potential.change", who.WritePotential)
	retire = store.NewAct("potential.retire", who.WritePotential)
)

// Enter writes a potential into the register.
func (d *Desk) Enter(ctx context.Context, by who.Asker, in NewPotential) (p Potential, err error) {
	err = d.store.Write(ctx, by, enter, func(tx *store.Tx) error {
		p, err = entered(tx, in)
		return err
	})
	return p, err
}

func entered(tx *store.Tx, in NewPotential) (p Potential, err error) {
	in.From, in.To = hourOf(in.From), hourOf(in.To)
	if err := mayEnter(in, tx.Today()); err != nil {
		return p, err
	}
	p = Potential{ID: id.New(), Version: 1, State: Active, User: tx.By().User, By: tx.By().Name, MadeOn: tx.Today(), ChangedOn: tx.Today()}
	p.take(in)
	tx.Record(p.entry("Potensi dicatat: %s", nil))
	return p, insertPotential(tx, p)
}

// Change writes a potential anew.
func (d *Desk) Change(ctx context.Context, by who.Asker, potential id.ID, version int64, in NewPotential) (p Potential, err error) {
	in.From, in.To = hourOf(in.From), hourOf(in.To)
	err = d.store.Write(ctx, by, change, func(tx *store.Tx) error {
		if p, err = potentialByID(tx, potential); err != nil {
			return err
		}
		if version != 0 && version != p.Version {
			return fail.Stale
		}
		if err := mayEnter(in, tx.Today()); err != nil {
			return err
		}
		p.take(in)
		p.ChangedOn = tx.Today()
		tx.Record(p.entry("Potensi diubah: %s", nil))
		return keepPotential(tx, &p)
	})
	return p, err
}

// Retire takes a potential off the register, or back onto it. Its offers are closed; what was promised stays promised.
func (d *Desk) Retire(ctx context.Context, by who.Asker, potential id.ID, version int64) (p Potential, err error) {
	err = d.store.Write(ctx, by, retire, func(tx *store.Tx) error {
		if p, err = potentialByID(tx, potential); err != nil {
			return err
		}
		if version != 0 && version != p.Version {
			return fail.Stale
		}
		say := "Potensi tidak aktif lagi: %s"
		if p.State == Retired {
			p.State, say = Active, "Potensi aktif lagi: %s"
		} else {
			p.State = Retired
			if err := closeOffersOf(tx, p.ID); err != nil {
				return err
			}
		}
		p.ChangedOn = tx.Today()
		tx.Record(p.entry(say, nil))
		return keepPotential(tx, &p)
	})
	return p, err
}

// Sheet is a potential with what it offers and what it promised, as far as the asker may see.
type Sheet struct {
	Potential
	Offers   []Offer
	Promises []Promise
}

// Look gives one potential.
func (d *Desk) Look(ctx context.Context, by who.Asker, potential id.ID) (s Sheet, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		s = Sheet{}
		if s.Potential, err = potentialByID(tx, potential); err != nil {
			return err
		}
		if s.Offers, err = offersOf(tx, potential); err != nil {
			return err
		}
		s.Promises, err = promisesOfPotential(tx, potential)
		return err
	})
	return s, err
}

// Filter chooses potentials.
type Filter struct {
	Kind, Region string
	Word         string // a skill, a thing or a part of the name: its beginning
	Retired      bool
	After        id.ID
	Limit        int64
}

// Potentials lists the register, and says how many there are under the same filter.
func (d *Desk) Potentials(ctx context.Context, by who.Asker, f Filter) (all []Potential, n int64, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if n, err = countPotentials(tx, f); err != nil {
			return err
		}
		all, err = potentialsBy(tx, f)
		return err
	})
	return all, n, err
}

// Regions says how many active potentials there are in each district.
func (d *Desk) Regions(ctx context.Context, by who.Asker) (n map[string]int64, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		n, err = countRegions(tx)
		return err
	})
	return n, err
}
