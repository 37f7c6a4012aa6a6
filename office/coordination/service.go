package coordination

import (
	"context"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/casework"
)

var (
	addService    = store.NewAct("agency-service.add", who.ManageAgency)
	changeService = store.NewAct("agency-service.change", who.ManageAgency)
	assureService = store.NewAct("agency-service.assure", who.ManageAgency)
	retireService = store.NewAct("agency-service.retire", who.ManageAgency)
)

// Service is what an agency offers: what, for whom, where, and how much is free.
type Service struct {
	ID            id.ID
	Version       int64
	Agency        id.ID
	Category      string // a key of law.Referral.Categories
	Name          string
	Kinds         []string // of PPKS; none is all
	AgeFrom       *int64
	AgeTo         *int64
	Sex           string // "" is both
	Place         string
	Districts     []string // none: those of the agency
	Capacity      *int64   // free places; nil is not known, 0 is full
	AssuredOn     clock.Day
	AssuredBy     string
	RetiredOn     clock.Day
	AgencyName    string // with the service in a search
	AgencyKind    string
	AgencyCentre  id.ID
	AgencyServes  []string
	AgencyRetired clock.Day
}

// Full tells whether it is known that nothing is free.
func (s Service) Full() bool { return s.Capacity != nil && *s.Capacity == 0 }

// Assured tells whether the entry was looked at lately; else it must be assured before anybody is sent there.
func (s Service) Assured(today clock.Day) bool {
	return s.AssuredOn != "" && s.AssuredOn.Add(law.Referral.On(today).AssuredFor) >= today
}

// NewAgencyService is a service as it is written.
type NewAgencyService struct {
	Category  string   `json:"category" required:"true" maxLength:"40" ask:"Pilih jenis layanan."`
	Name      string   `json:"name" required:"true" maxLength:"160" ask:"Tulis nama layanan."`
	Kinds     []string `json:"kinds,omitempty"`
	AgeFrom   *int64   `json:"age_from,omitempty" minimum:"0" maximum:"120"`
	AgeTo     *int64   `json:"age_to,omitempty" minimum:"0" maximum:"120"`
	Sex       string   `json:"sex,omitempty" enum:"female,male"`
	Place     string   `json:"place,omitempty" maxLength:"160"`
	Districts []string `json:"districts,omitempty"`
	Capacity  *int64   `json:"capacity,omitempty" minimum:"0" maximum:"100000"`
}

// Assurance confirms that a service is still as it is written, and says how much is free.
type Assurance struct {
	Capacity *int64 `json:"capacity,omitempty" minimum:"0" maximum:"100000"`
}

func mayKeepService(in *NewAgencyService, today clock.Day) error {
	var f fail.Fields
	if _, ok := law.Referral.On(today).Category(in.Category); !ok {
		f.Add("category", "choice", "Pilih salah satu dari daftar.")
	}
	in.Kinds = slices.DeleteFunc(in.Kinds, func(k string) bool { return k == "" })
	for _, k := range in.Kinds {
		if _, ok := law.KindOf(k); !ok {
			f.Add("kinds", "unknown", "Jenis PPKS ini tidak dikenal.")
		}
	}
	if in.AgeFrom != nil && in.AgeTo != nil && *in.AgeFrom > *in.AgeTo {
		f.Add("age_to", "order", "Umur tertinggi lebih rendah daripada umur terendah.")
	}
	in.Districts = checkDistricts(&f, in.Districts)
	return f.Err()
}

func (s *Service) take(in NewAgencyService) {
	s.Category, s.Name, s.Kinds, s.AgeFrom, s.AgeTo, s.Sex, s.Place, s.Districts, s.Capacity = in.Category, in.Name, in.Kinds, in.AgeFrom, in.AgeTo, in.Sex, in.Place, in.Districts, in.Capacity
}

// AddService adds what an agency offers; whoever enters it has assured it.
func (d *Desk) AddService(ctx context.Context, by who.Asker, agency id.ID, in NewAgencyService) (s Service, err error) {
	err = d.store.Write(ctx, by, addService, func(tx *store.Tx) error {
		a, err := agencyByID(tx, agency)
		if err != nil {
			return err
		}
		if err := mayKeepService(&in, tx.Today()); err != nil {
			return err
		}
		if a.RetiredOn != "" {
			return fail.Broken("agency-retired", "Lembaga ini sudah tidak dipakai.")
		}
		s = Service{ID: id.New(), Version: 1, Agency: a.ID, AgencyName: a.Name, AssuredOn: tx.Today(), AssuredBy: by.Name}
		s.take(in)
		tx.Record(store.Entry{Kind: "agency-service", ID: s.ID, Say: fail.Say("Layanan %s ditambahkan: %s", a.Name, s.Name), What: in})
		return insertService(tx, s)
	})
	return s, err
}

// change is the way of every change of a service.
func (d *Desk) changed(ctx context.Context, by who.Asker, act store.Act, service id.ID, version int64, say string, with func(*store.Tx, *Service) error) (s Service, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if s, err = serviceByID(tx, service); err != nil {
			return err
		}
		switch {
		case version != 0 && s.Version != version:
			return fail.Stale
		case s.RetiredOn != "":
			return fail.Broken("service-retired", "Layanan ini sudah tidak dipakai.")
		}
		if err := with(tx, &s); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "agency-service", ID: s.ID, Say: fail.Say(say, s.Name), What: map[string]any{"capacity": s.Capacity, "retired_on": s.RetiredOn}})
		return keepService(tx, &s)
	})
	return s, err
}

// ChangeService writes a service anew.
func (d *Desk) ChangeService(ctx context.Context, by who.Asker, service id.ID, version int64, in NewAgencyService) (Service, error) {
	return d.changed(ctx, by, changeService, service, version, "Layanan diubah: %s", func(tx *store.Tx, s *Service) error {
		if err := mayKeepService(&in, tx.Today()); err != nil {
			return err
		}
		s.take(in)
		s.AssuredOn, s.AssuredBy = tx.Today(), by.Name
		return nil
	})
}

// AssureService says that a service was looked at today.
func (d *Desk) AssureService(ctx context.Context, by who.Asker, service id.ID, version int64, in Assurance) (Service, error) {
	return d.changed(ctx, by, assureService, service, version, "Layanan dipastikan masih ada: %s", func(tx *store.Tx, s *Service) error {
		s.AssuredOn, s.AssuredBy, s.Capacity = tx.Today(), by.Name, in.Capacity
		return nil
	})
}

// RetireService takes a service out of use.
func (d *Desk) RetireService(ctx context.Context, by who.Asker, service id.ID, version int64) (Service, error) {
	return d.changed(ctx, by, retireService, service, version, "Layanan tidak dipakai lagi: %s", func(tx *store.Tx, s *Service) error {
		s.RetiredOn = tx.Today()
		return nil
	})
}

// fits tells whether a service is for the person of a case: its kind, sex, age as far as it is known, and the district
// of the centre or of the home. Room is another question.
func fits(s Service, f casework.File, region string) bool {
	if s.RetiredOn != "" || s.AgencyRetired != "" || s.AgencyCentre != 0 && s.AgencyCentre == f.Centre {
		return false
	}
	if len(s.Kinds) > 0 && !slices.Contains(s.Kinds, f.Kind) || s.Sex != "" && f.Who.Sex != "unknown" && s.Sex != f.Who.Sex {
		return false
	}
	where := s.Districts
	if len(where) == 0 {
		where = s.AgencyServes
	}
	if len(where) > 0 && !slices.Contains(where, region) && !slices.Contains(where, f.Who.HomeRegion) {
		return false
	}
	from, to, known := f.Who.Birth.Age(f.Today)
	return !known || (s.AgeFrom == nil || int64(to) >= *s.AgeFrom) && (s.AgeTo == nil || int64(from) <= *s.AgeTo)
}

// Offer is a service that fits, with how its agency answers.
type Offer struct {
	Service
	Pace Pace
}

// offered gives the services that fit, those with room first, then those assured lately, then the fast ones.
func offered(all []Service, f casework.File, region string, pace map[id.ID]Pace) (fit []Offer) {
	for _, s := range all {
		if fits(s, f, region) {
			fit = append(fit, Offer{s, pace[s.Agency]})
		}
	}
	rank := func(o Offer) (n int64) {
		if o.Full() {
			n += 1 << 40
		}
		if !o.Assured(f.Today) {
			n += 1 << 30
		}
		if o.Pace.N == 0 {
			n += 1 << 20
		}
		return n + o.Pace.Hours
	}
	slices.SortStableFunc(fit, func(a, b Offer) int {
		return int(min(1, max(-1, rank(a)-rank(b))))
	})
	return fit
}

// Service gives one service.
func (d *Desk) Service(ctx context.Context, by who.Asker, service id.ID) (s Service, err error) {
	err = d.store.Read(ctx, by, lookAgency, func(tx *store.Tx) error {
		s, err = serviceByID(tx, service)
		return err
	})
	return s, err
}
