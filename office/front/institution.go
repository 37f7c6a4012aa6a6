package front

import (
	"context"
	"strings"
	"time"

	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
	"tuntas/office/mandate"
	"tuntas/office/participation"
	"tuntas/office/planning"
	"tuntas/office/potential"
	"tuntas/office/residence"
	"tuntas/office/satisfaction"
	"tuntas/office/standards"
)

// institutionsQuery narrows the list of institutions.
type institutionsQuery struct {
	Region string `query:"wilayah" maxLength:"5"`
	Kind   string `query:"sasaran" maxLength:"40"`
}

// institutionsPage is the list of institutions with its two filters.
type institutionsPage struct {
	All            []centre.Centre
	Q              institutionsQuery
	Regions, Kinds []page.Option
}

func (d *Desk) getInstitutions(r *web.Request) (web.Answer, error) {
	p := institutionsPage{}
	if err := r.Filter(&p.Q); err != nil {
		return nil, err
	}
	all, err := d.Centres.List(r.Context(), who.Public())
	if err != nil {
		return nil, err
	}
	regions, kinds := map[string]bool{}, map[string]bool{}
	for _, c := range all {
		if !c.ClientService {
			continue
		}
		regions[c.Region] = true
		for _, k := range c.Kinds {
			kinds[k] = true
		}
		if (p.Q.Region == "" || c.Region == p.Q.Region) && (p.Q.Kind == "" || c.Serves(p.Q.Kind)) {
			p.All = append(p.All, c)
		}
	}
	for _, g := range law.Regions.Latest() {
		if regions[g.Code] {
			p.Regions = append(p.Regions, page.Option{Value: g.Code, Name: g.Name})
		}
	}
	for _, k := range law.Kinds.Latest() {
		if kinds[k.Key] {
			p.Kinds = append(p.Kinds, page.Option{Value: k.Key, Name: k.In(string(r.Lang))})
		}
	}
	return r.Page("front/institutions.html", p)
}

// things are the facilities of one kind.
type things struct {
	Kind  string
	Names []mandate.Thing
}

// institutionPage is the profile of an institution: what several desks let everybody know of it.
type institutionPage struct {
	centre.Centre
	Profile         centre.Profile
	Free            string // band
	At              time.Time
	Things          []things
	Repaired        int64
	Accreditation   mandate.Accreditation
	Accredited      bool
	First, Last     standards.Result
	Survey, Running satisfaction.Round
	Answered        int64 // reports with a first answer; 0 when too few to say
	InTime          int64
	Least           int64
	Solved          int64 // problems
	Delivered       int64 // needs
	Helped          int64 // criteria that became better while a need for them was delivered
	Wanted          []potential.OpenRequest
	Data            any
}

func (d *Desk) getInstitution(r *web.Request) (web.Answer, error) {
	ctx := r.Context()
	c, profile, err := d.Centres.Public(ctx, r.Word("code"))
	if err != nil {
		return nil, err
	}
	p := institutionPage{Centre: c, Profile: profile, Least: participation.LeastShown, At: r.Now()}
	if p.Free, err = d.Residence.Free(ctx, c.ID); err != nil {
		return nil, err
	}
	shown, err := d.Mandates.Shown(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	p.Repaired, p.Accreditation, p.Accredited = shown.Repaired, shown.Now, shown.Holds
	p.Things = byKind(shown.Things)
	if p.First, p.Last, err = d.Standards.Shown(ctx, c); err != nil {
		return nil, err
	}
	if p.Survey, p.Running, err = d.Surveys.Published(ctx, c.ID); err != nil {
		return nil, err
	}
	if p.Answered, p.InTime, err = d.Reports.Answered(ctx, c.ID); err != nil {
		return nil, err
	}
	done, err := d.Needs.Shown(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	p.Solved, p.Delivered, p.Helped = done.Solved, done.Delivered(), planning.Helped(p.First, p.Last, done.Deliveries)
	if p.Wanted, err = d.Potential.OpenRequests(ctx, c.ID, mostWanted); err != nil {
		return nil, err
	}
	p.Data = office(r.Site(), p)
	return r.Page("front/institution.html", p)
}

// mostWanted is how many open requests a profile shows.
const mostWanted = 5

func byKind(all []mandate.Thing) (kinds []things) {
	for _, kind := range mandate.FacilityKinds {
		one := things{Kind: kind}
		for _, t := range all {
			if t.Kind == kind {
				one.Names = append(one.Names, t)
			}
		}
		if one.Names != nil {
			kinds = append(kinds, one)
		}
	}
	return kinds
}

// Path is the address of the profile.
func (p institutionPage) Path() string { return "/panti/" + p.Code }

// Where is what a map is asked for: the address, and the kabupaten or kota.
func (p institutionPage) Where() string {
	region, _ := law.RegionOf(p.Region)
	return p.Profile.Address + ", " + region.Name
}

// Changed tells whether there is anything to say of then and now.
func (p institutionPage) Changed() bool {
	return p.First.On != "" || p.Repaired > 0 || p.Solved > 0 || p.Delivered > 0
}

// Better tells whether the last result is above the first.
func (p institutionPage) Better() bool { return p.Last.Percent > p.First.Percent }

// Percent writes a percentage with one decimal.
func (p institutionPage) Percent(lang string, x float64) string {
	return text.Decimal(text.Lang(lang), x, 1) + "%"
}

var (
	freeWords = map[string]text.Word{residence.FreeNone: "Penuh", residence.FreeFew: "Beberapa (1–5)", residence.FreeMany: "Banyak"}
	_         = page.Lookup("freeplaces", func(l text.Lang, key string) string { return text.T(l, string(freeWords[key])) })
)

// office says to machines what an institution is (schema.org).
func office(site string, p institutionPage) any {
	region, _ := law.RegionOf(p.Region)
	address := map[string]any{"@type": "PostalAddress", "addressLocality": region.Name, "addressRegion": "Jawa Timur", "addressCountry": "ID"}
	if p.Profile.Address != "" {
		address["streetAddress"] = p.Profile.Address
	}
	o := map[string]any{"@context": "https://schema.org", "@type": "GovernmentOffice", "name": p.Name, "url": site + p.Path(), "address": address,
		"parentOrganization": map[string]any{"@type": "GovernmentOrganization", "name": "Dinas Sosial Provinsi Jawa Timur", "url": site + "/"}}
	if p.Profile.Phone != "" {
		o["telephone"] = p.Profile.Phone
	}
	if about := strings.TrimSpace(p.Profile.About); about != "" {
		o["description"] = about
	}
	return o
}

// Institutions lists the addresses of the profiles, for the map of the site.
func (d *Desk) Institutions(ctx context.Context) (paths []string, err error) {
	all, err := d.Centres.List(ctx, who.Public())
	paths = append(paths, "/panti")
	for _, c := range all {
		if c.ClientService {
			paths = append(paths, "/panti/"+c.Code)
		}
	}
	return paths, err
}
