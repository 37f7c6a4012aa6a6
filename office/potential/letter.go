package potential

import (
	"context"
	"encoding/hex"
	"errors"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/gate"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

// The states of a letter.
const (
	Incoming = "incoming"
	Accepted = "accepted"
	Declined = "declined"
)

// Letter is what somebody without an account offers. Nothing of it is shown to the public.
type Letter struct {
	ID         id.ID
	Version    int64
	Request    id.ID
	Asked      string // what the request asks for
	Centre     id.ID
	At         string
	Name       string
	Phone      string
	Email      string
	Region     string
	Kind, What string
	Quantity   int64
	Unit       string
	Times      string
	State      string
	ReceivedAt time.Time
	ReceivedOn clock.Day
	DecidedOn  clock.Day
	Why        string
	Offer      id.ID
	By         string
	ForgetOn   clock.Day
}

// Path is its page for staff.
func (l Letter) Path() string { return "/help-letters/" + l.ID.String() }

// Giving is the form of the public.
type Giving struct {
	Request  id.ID  `json:"permintaan,omitempty"`
	Kind     string `json:"kind" required:"true" enum:"skill,place,goods,job,time" ask:"Pilih jenis bantuan."`
	What     string `json:"what" required:"true" maxLength:"160" ask:"Tulis apa yang Anda tawarkan."`
	Quantity int64  `json:"quantity" required:"true" minimum:"1" maximum:"100000" ask:"Tulis jumlahnya."`
	Unit     string `json:"unit" required:"true" maxLength:"40" ask:"Tulis satuannya, misalnya orang, buah, atau jam."`
	Region   string `json:"region" required:"true" maxLength:"5" ask:"Pilih kabupaten atau kota Anda."`
	Times    string `json:"times,omitempty" maxLength:"200"`
	Name     string `json:"name" required:"true" maxLength:"120" ask:"Tulis nama Anda atau lembaga Anda."`
	Phone    string `json:"phone,omitempty" maxLength:"40"`
	Email    string `json:"email,omitempty" maxLength:"120"`
	gate.Sent
}

func mayGive(in Giving) error {
	var f fail.Fields
	if in.Phone == "" && in.Email == "" {
		f.Add("phone", "required", "Tulis nomor telepon atau surel, supaya kami dapat menghubungi Anda.")
	}
	mailFields(&f, in.Email)
	if _, known := law.RegionOf(in.Region); !known {
		f.Add("region", "unknown", "Kabupaten/kota ini tidak dikenal.")
	}
	return f.Err()
}

var (
	give        = store.NewSystemAct("help-letter.send", who.Anyone)
	lookOpen    = store.NewAct("help.look-open", who.Anyone)
	lookLetter  = store.NewAct("help-letter.look", who.WritePotential)
	acceptOffer = store.NewAct("help-letter.accept", who.WritePotential)
	decline     = store.NewAct("help-letter.decline", who.WritePotential)
)

// giver is somebody who sends a letter: every statement that they reach writes that letter, or reads what everybody may.
func giver() who.Asker {
	return who.Asker{Name: "penawar", Via: "link", Rights: map[who.Right]bool{who.Anyone: true}, Scope: who.Scope{All: true}}
}

// Stamp signs an empty form.
func (d *Desk) Stamp(ctx context.Context) (string, error) { return d.gate.Stamp(ctx) }

// Give keeps what somebody without an account offers, until staff have looked at it. The same form sent twice is one letter.
func (d *Desk) Give(ctx context.Context, place string, in Giving) error {
	if err := mayGive(in); err != nil {
		return err
	}
	rules := law.Potentials.On(d.store.Today())
	form, err := d.gate.Pass(ctx, in.Sent, gate.Typing)
	if err != nil {
		return err
	}
	if err := d.gate.Allow(ctx, "send", place, int64(rules.SentAnHour)); err != nil {
		return err
	}
	token := hex.EncodeToString(gate.Keyed(form.Secret, "letter"))
	return d.store.Write(ctx, giver(), give, func(tx *store.Tx) error {
		l := Letter{ID: id.New(), Version: 1, Name: in.Name, Phone: in.Phone, Email: in.Email, Region: in.Region, Kind: in.Kind, What: in.What, Quantity: in.Quantity, Unit: in.Unit,
			Times: in.Times, State: Incoming, ReceivedAt: tx.Now(), ReceivedOn: tx.Today()}
		if in.Request != 0 {
			n, err := openRequest(tx, in.Request)
			if err != nil && !errors.Is(err, fail.NotFound) {
				return err
			}
			if err == nil { // one that was met meanwhile is an offer to all
				l.Request, l.Centre = n.ID, n.Centre
			}
		}
		isNew, err := insertLetter(tx, l, token)
		if err != nil {
			return err
		}
		say := "Tawaran bantuan dari masyarakat masuk."
		if !isNew {
			say = "Tawaran bantuan dikirim dua kali; tetap satu."
		}
		tx.Record(store.Entry{Kind: "help_letter", ID: l.ID, Centre: l.Centre, Say: fail.Say(say)})
		if isNew {
			n := store.Notice{Role: "section_head", Kind: "potential", Say: fail.Say("Tawaran bantuan dari masyarakat menunggu diperiksa."), Path: l.Path()}
			if l.Centre != 0 {
				n.Role, n.Centre = "head_centre", l.Centre
			}
			tx.Notify(n)
		}
		return nil
	})
}

// Letters lists letters of the asker's reach: those that wait the oldest first, the others the newest first.
func (d *Desk) Letters(ctx context.Context, by who.Asker, show string, after id.ID, limit int64) (all []Letter, waiting int64, err error) {
	err = d.store.Read(ctx, by, lookLetter, func(tx *store.Tx) error {
		if all, err = lettersBy(tx, show, after, limit); err != nil {
			return err
		}
		waiting, err = lettersWaiting(tx)
		return err
	})
	return all, waiting, err
}

// Letter gives one letter.
func (d *Desk) Letter(ctx context.Context, by who.Asker, letter id.ID) (l Letter, err error) {
	err = d.store.Read(ctx, by, lookLetter, func(tx *store.Tx) error {
		l, err = letterByID(tx, letter)
		return err
	})
	return l, err
}

// Verified is what staff found out when they called: which kind of PSKS it is, and until when the offer stands.
type Verified struct {
	Potential id.ID     `json:"potential_id,omitempty"` // on the register already; none: a new one is entered
	Kind      string    `json:"psks" maxLength:"40"`
	What      string    `json:"what" required:"true" maxLength:"160" ask:"Tulis apa yang ditawarkan."`
	Quantity  int64     `json:"quantity" required:"true" minimum:"1" maximum:"1000000" ask:"Tulis jumlahnya."`
	Unit      string    `json:"unit" required:"true" maxLength:"40" ask:"Tulis satuannya."`
	Until     clock.Day `json:"until,omitempty"`
	Reach     string    `json:"reach,omitempty" enum:"district,near,province"`
}

// Accept makes a letter a potential with an offer.
func (d *Desk) Accept(ctx context.Context, by who.Asker, letter id.ID, version int64, in Verified) (l Letter, err error) {
	return d.decide(ctx, by, acceptOffer, letter, version, func(tx *store.Tx, l *Letter) error {
		var p Potential
		var err error
		if in.Potential != 0 {
			p, err = potentialByID(tx, in.Potential)
			if errors.Is(err, fail.NotFound) {
				err = fail.Bad("potential_id", "unknown", "Potensi ini tidak ada.")
			}
		} else {
			entry := NewPotential{Kind: in.Kind, Name: l.Name, Region: l.Region, Contact: l.Name, Phone: l.Phone, Email: l.Email}
			if _, known := law.SourceOf(in.Kind); !known {
				return fail.Bad("psks", "choice", "Pilih jenis PSKS.")
			}
			switch l.Kind {
			case Skill:
				entry.Skills = in.What
			case Goods:
				entry.Goods = in.What
			}
			p, err = entered(tx, entry)
		}
		if err != nil {
			return err
		}
		o, err := offered(tx, p, NewOffer{Kind: l.Kind, What: in.What, Quantity: in.Quantity, Unit: in.Unit, Until: in.Until, Reach: in.Reach, Note: l.Times})
		if err != nil {
			return err
		}
		l.State, l.Offer = Accepted, o.ID
		return nil
	})
}

// Decline sends a letter away; name and contact are erased after some days.
func (d *Desk) Decline(ctx context.Context, by who.Asker, letter id.ID, version int64, in Closing) (Letter, error) {
	return d.decide(ctx, by, decline, letter, version, func(tx *store.Tx, l *Letter) error {
		l.State, l.Why, l.ForgetOn = Declined, in.Reason, tx.Today().Add(law.Potentials.On(tx.Today()).ForgetDays)
		return nil
	})
}

func (d *Desk) decide(ctx context.Context, by who.Asker, act store.Act, letter id.ID, version int64, how func(*store.Tx, *Letter) error) (l Letter, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if l, err = letterByID(tx, letter); err != nil {
			return err
		}
		switch {
		case version != 0 && version != l.Version:
			return fail.Stale
		case l.State != Incoming:
			return fail.Broken("letter-decided", "Tawaran ini sudah diputuskan.")
		}
		if err := how(tx, &l); err != nil {
			return err
		}
		l.DecidedOn, l.By = tx.Today(), by.Name
		say := "Tawaran dari masyarakat diterima."
		if l.State == Declined {
			say = "Tawaran dari masyarakat tidak dilanjutkan."
		}
		tx.Record(store.Entry{Kind: "help_letter", ID: l.ID, Centre: l.Centre, Say: fail.Say(say)})
		return keepLetter(tx, &l)
	})
	return l, err
}

// OpenRequest is a request as everybody may read it.
type OpenRequest struct {
	ID       id.ID
	Centre   id.ID
	At       string
	Region   string
	Kind     string
	What     string
	Details  string
	Quantity int64
	Left     int64
	Unit     string
	NeededOn clock.Day
	Children bool
}

// OpenRequests are what everybody may help with, the most pressing first: of one institution, or of all (0). Nothing that
// arises from somebody's plan is among them.
func (d *Desk) OpenRequests(ctx context.Context, at id.ID, limit int64) (all []OpenRequest, err error) {
	err = d.store.Read(ctx, who.Public(), lookOpen, func(tx *store.Tx) error {
		all, err = openRequests(tx, OpenFilter{Centre: at, Limit: limit})
		return err
	})
	return all, err
}

// OpenFilter chooses what the public may help with.
type OpenFilter struct {
	Centre       id.ID
	Kind, Region string
	After        id.ID
	Limit        int64
}

// Opened is OpenRequests with a filter.
func (d *Desk) Opened(ctx context.Context, f OpenFilter) (all []OpenRequest, err error) {
	err = d.store.Read(ctx, who.Public(), lookOpen, func(tx *store.Tx) error {
		all, err = openRequests(tx, f)
		return err
	})
	return all, err
}

// OneOpen is one of them; fail.NotFound when it is none any more.
func (d *Desk) OneOpen(ctx context.Context, request id.ID) (r OpenRequest, err error) {
	err = d.store.Read(ctx, who.Public(), lookOpen, func(tx *store.Tx) error {
		r, err = openRequest(tx, request)
		return err
	})
	return r, err
}
