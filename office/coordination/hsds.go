package coordination

import (
	"context"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/law"
)

// By decision the directory is open: what agencies offer is no secret (docs/decisions/025-hsds.md).
var readOpen = store.NewAct("hsds.read", who.Anyone)

// OpenQuery chooses a page of the open directory.
type OpenQuery struct {
	Page          int64     `query:"page" minimum:"1" maximum:"10000"`
	PerPage       int64     `query:"per_page" minimum:"1" maximum:"100"`
	Search        string    `query:"search" maxLength:"80"`
	ModifiedAfter time.Time `query:"modified_after"`
	Organization  string    `query:"organization_id" maxLength:"40"`
	Full          bool      `query:"full"`
	Format        string    `query:"format" enum:"json"`
}

// OpenAgencyQuery chooses a page of organizations.
type OpenAgencyQuery struct {
	Page        int64  `query:"page" minimum:"1" maximum:"10000"`
	PerPage     int64  `query:"per_page" minimum:"1" maximum:"100"`
	Search      string `query:"search" maxLength:"80"`
	Full        bool   `query:"full"`
	FullService bool   `query:"full_service"` // with the services, fully nested
	Format      string `query:"format" enum:"json"`
}

// usualOpen is how many a page has when nobody says.
const usualOpen = 50

// opened is a service with its agency, as the open directory reads it.
type opened struct {
	Service
	Phone   string
	Changed int64 // milliseconds, of the service or its agency; 0 where nobody has changed it since it was kept
}

func pageOf[T any](page, per, total int64, all []T) OpenPage[T] {
	pages := (total + per - 1) / per
	if all == nil {
		all = []T{}
	}
	return OpenPage[T]{total, pages, page, int64(len(all)), page == 1, page >= pages, len(all) == 0, all}
}

// OpenServices gives a page of the services that are offered today; full nests everything.
func (d *Desk) OpenServices(ctx context.Context, by who.Asker, q OpenQuery) (p OpenPage[OpenService], err error) {
	all, total, err := d.openServices(ctx, by, &q)
	var bodies []OpenService
	for _, s := range all {
		if q.Full {
			bodies = append(bodies, wholeService(s))
		} else {
			bodies = append(bodies, flatService(s))
		}
	}
	return pageOf(q.Page, q.PerPage, total, bodies), err
}

// OpenPlaces gives a page of services at their locations.
func (d *Desk) OpenPlaces(ctx context.Context, by who.Asker, q OpenQuery) (p OpenPage[OpenPlace], err error) {
	all, total, err := d.openServices(ctx, by, &q)
	var bodies []OpenPlace
	for _, s := range all {
		bodies = append(bodies, openPlace(s, q.Full))
	}
	return pageOf(q.Page, q.PerPage, total, bodies), err
}

func (d *Desk) openServices(ctx context.Context, by who.Asker, q *OpenQuery) (all []opened, total int64, err error) {
	q.Page, q.PerPage = usual(q.Page, 1), usual(q.PerPage, usualOpen)
	of := id.ID(0)
	if q.Organization != "" {
		if of, err = idOf(openOrganization, q.Organization); err != nil {
			return nil, 0, nil // of nobody: nothing
		}
	}
	err = d.store.Read(ctx, by, readOpen, func(tx *store.Tx) error {
		all, total, err = openedServices(tx, *q, of)
		return err
	})
	return all, total, err
}

func usual(n, otherwise int64) int64 {
	if n == 0 {
		return otherwise
	}
	return n
}

// OpenServiceOf gives one service, fully nested; one that is offered no more says so.
func (d *Desk) OpenServiceOf(ctx context.Context, by who.Asker, uuid string) (b OpenService, err error) {
	s, err := d.openServiceOf(ctx, by, openService, uuid)
	return wholeService(s), err
}

// OpenPlaceOf gives a service at its location, fully nested.
func (d *Desk) OpenPlaceOf(ctx context.Context, by who.Asker, uuid string) (b OpenPlace, err error) {
	s, err := d.openServiceOf(ctx, by, openSpot, uuid)
	return openPlace(s, true), err
}

func (d *Desk) openServiceOf(ctx context.Context, by who.Asker, kind int, uuid string) (s opened, err error) {
	of, err := idOf(kind, uuid)
	if err != nil {
		return s, err
	}
	err = d.store.Read(ctx, by, readOpen, func(tx *store.Tx) error {
		s, err = openedService(tx, of)
		return err
	})
	return s, err
}

// OpenAgencies gives a page of organizations: agencies, organisations and institutions of the directory.
func (d *Desk) OpenAgencies(ctx context.Context, by who.Asker, q OpenAgencyQuery) (p OpenPage[OpenOrganization], err error) {
	q.Page, q.PerPage = usual(q.Page, 1), usual(q.PerPage, usualOpen)
	err = d.store.Read(ctx, by, readOpen, func(tx *store.Tx) error {
		all, total, err := openedAgencies(tx, q)
		if err != nil {
			return err
		}
		offers := map[id.ID][]opened{}
		if (q.Full || q.FullService) && len(all) > 0 {
			if offers, err = openedBetween(tx, all[0].ID, all[len(all)-1].ID); err != nil {
				return err
			}
		}
		var bodies []OpenOrganization
		for _, a := range all {
			bodies = append(bodies, wholeAgency(a, offers[a.ID], q.FullService, q.Full || q.FullService))
		}
		p = pageOf(q.Page, q.PerPage, total, bodies)
		return nil
	})
	return p, err
}

// OpenAgencyOf gives one organization with its services, fully nested unless full says otherwise.
func (d *Desk) OpenAgencyOf(ctx context.Context, by who.Asker, uuid string, full bool) (b OpenOrganization, err error) {
	of, err := idOf(openOrganization, uuid)
	if err != nil {
		return b, err
	}
	err = d.store.Read(ctx, by, readOpen, func(tx *store.Tx) error {
		a, err := agencyByID(tx, of)
		if err != nil {
			return err
		}
		offers, err := openedBetween(tx, of, of)
		b = wholeAgency(a, offers[of], full, true)
		return err
	})
	return b, err
}

// statusOf says whether a service is offered still.
func statusOf(s Service) string {
	switch {
	case s.RetiredOn != "":
		return "defunct"
	case s.AgencyRetired != "":
		return "inactive"
	}
	return "active"
}

func indonesian(all []law.Named, key string) string {
	n, _ := law.Find(all, key)
	return n.In(string(text.ID))
}

func rules() law.ReferralRules { return law.Referral.Latest() }

func kindNames(keys []string) (all []string) {
	for _, key := range keys {
		for _, k := range law.Kinds.Latest() {
			if k.Key == key {
				all = append(all, k.In(string(text.ID)))
			}
		}
	}
	return all
}

// flatService is a service with what belongs to it once.
func flatService(s opened) OpenService {
	b := OpenService{ID: openID(openService, 0, s.ID), OrganizationID: openID(openOrganization, 0, s.Agency), Name: s.Name, Description: indonesian(categories(rules()), s.Category),
		Status: statusOf(s.Service), MinimumAge: s.AgeFrom, MaximumAge: s.AgeTo, AssuredDate: string(s.AssuredOn)}
	if names := kindNames(s.Kinds); len(names) > 0 {
		b.Eligibility = text.T(text.ID, "Untuk %s.", strings.Join(names, ", "))
	}
	switch s.Sex {
	case "female":
		b.Eligibility = strings.TrimSpace(b.Eligibility + " " + text.T(text.ID, "Hanya perempuan."))
	case "male":
		b.Eligibility = strings.TrimSpace(b.Eligibility + " " + text.T(text.ID, "Hanya laki-laki."))
	}
	if s.Full() {
		b.Alert = text.T(text.ID, "Tidak ada tempat kosong menurut catatan %s.", s.AssuredOn)
	}
	if s.Changed > 0 {
		at := time.UnixMilli(s.Changed).UTC()
		b.LastModified = &at
	}
	o := flatAgency(s.Agency, s.AgencyName, s.AgencyKind)
	b.Organization = &o
	return b
}

// wholeService is a service with everything nested in it.
func wholeService(s opened) OpenService {
	b := flatService(s)
	if s.Phone != "" {
		b.Phones = []OpenPhone{{openID(openPhone, 0, s.Agency), s.Phone, "voice"}}
	}
	at := openPlace(s, false)
	at.Service = nil // it stands in it
	b.At = []OpenPlace{at}
	serves := s.Districts
	if len(serves) == 0 {
		serves = s.AgencyServes
	}
	for n, region := range law.Regions.Latest() {
		if slices.Contains(serves, region.Code) {
			b.Areas = append(b.Areas, OpenArea{openID(openArea, n, s.ID), region.Name, "kemendagri:" + region.Code})
		}
	}
	b.Attributes = append(b.Attributes, OpenAttribute{openID(openCategory, 0, s.ID), "service_category", termOf("tuntas:service", s.Category, b.Description)})
	for n, key := range s.Kinds {
		if names := kindNames([]string{key}); len(names) > 0 {
			b.Attributes = append(b.Attributes, OpenAttribute{openID(openKind, n, s.ID), "service_eligibility", termOf("tuntas:ppks", key, names[0])})
		}
	}
	return b
}

// termOf is a word of a list. Its identifier is made of the list and the key.
func termOf(list, key, name string) OpenTerm {
	h := fnv.New64a()
	_, _ = h.Write([]byte(list + "/" + key))
	return OpenTerm{openID(openTerm, 0, id.ID(h.Sum64()>>1)), key, name, name, list, "id"}
}

func placeName(s Service) string {
	if s.Place != "" {
		return s.Place
	}
	return s.AgencyName
}

func locationOf(s Service) OpenLocation {
	return OpenLocation{openID(openLocation, 0, s.ID), "physical", placeName(s)}
}

// openPlace is a service at its location, with the service flat or nested.
func openPlace(s opened, full bool) OpenPlace {
	at := locationOf(s.Service)
	b := flatService(s)
	if full {
		b = wholeService(s)
		b.At = nil // it stands around it
	}
	return OpenPlace{openID(openSpot, 0, s.ID), &b, &at}
}

func flatAgency(agency id.ID, name, kind string) OpenOrganization {
	return OpenOrganization{ID: openID(openOrganization, 0, agency), Name: name, Description: indonesian(rules().AgencyKinds, kind)}
}

// wholeAgency is an organization; with its places, and its services when they are asked for.
func wholeAgency(a Agency, offers []opened, services, nested bool) OpenOrganization {
	b := flatAgency(a.ID, a.Name, a.Kind)
	if !nested {
		return b
	}
	if a.Phone != "" {
		b.Phones = []OpenPhone{{openID(openPhone, 0, a.ID), a.Phone, "voice"}}
	}
	for _, s := range offers {
		b.Locations = append(b.Locations, locationOf(s.Service))
		if services {
			whole := wholeService(s)
			whole.Organization = nil // it stands around it
			b.Services = append(b.Services, whole)
		}
	}
	return b
}
