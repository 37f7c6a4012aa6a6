package mandate

import (
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/residence"
)

func (d *Desk) routesFacility() []web.Route {
	return []web.Route{
		web.GET("/centres/{centre}/facilities", d.getFacilities).Says("centres", "Facilities of a centre in the order in which they were entered").Query(Listing{}).Lists(FacilityBody{}),
		web.POST("/centres/{centre}/facilities", d.postFacility).Drafts("Fasilitas baru|draf", who.ManageBeds).Says("centres", "Enter a facility of a centre").Takes(NewFacility{}).Gives(FacilityBody{}),
		web.GET("/facilities/{facility}", d.getFacility).Says("centres", "One facility, what was done to it, and the beds that it blocks").Gives(FacilityBody{}),
		web.GET("/facilities/{facility}/edit", d.getFacilityEdit).Page(),
		web.POST("/facilities/{facility}", d.postFacilityChange).Drafts("Perubahan fasilitas|draf", who.ManageBeds).Says("centres", "Change what is said of a facility").Takes(NewFacility{}).Gives(FacilityBody{}),
		web.POST("/facilities/{facility}/works", d.postWork).Drafts("Pemeriksaan atau perbaikan|draf", who.ManageBeds).Says("centres", "Record an inspection or a repair").Takes(NewWork{}).Gives(WorkBody{}),
		web.POST("/facilities/{facility}/beds", d.postBeds).NoDrafts("ticks of beds that others take meanwhile").Says("centres", "Say which beds cannot be slept in because of a facility").Takes(SetBeds{}).Gives(FacilityBody{}),
		web.POST("/facilities/{facility}/retirement", d.postRetire).Drafts("Penghapusan fasilitas|draf", who.ManageBeds).Says("centres", "Take a facility off the list").Takes(Strike{}).Gives(FacilityBody{}),
	}
}

// Listing chooses facilities.
type Listing struct {
	web.Part
	Condition string `query:"condition" enum:"good,light,heavy"`
}

// facilitiesPage is the register of a centre, and the form for one more.
type facilitiesPage struct {
	Register
	Centre     id.ID
	Name       string
	Condition  string
	Next       string
	Kinds      []page.Option
	Conditions []page.Option
}

// Total is how many facilities there are.
func (p facilitiesPage) Total() (n int64) {
	for _, k := range p.By {
		n += k
	}
	return n
}

func (d *Desk) facilitiesPage(r *web.Request, l Listing) (p facilitiesPage, err error) {
	if l.Limit == 0 {
		l.Limit = 50
	}
	p = facilitiesPage{Centre: r.ID("centre"), Condition: l.Condition, Kinds: page.WordOptions(r.Lang, kindWords, FacilityKinds...), Conditions: conditionOptions(r)}
	if p.Register, err = d.Facilities(r.Context(), r.By, p.Centre, l.After, l.Condition, l.Limit+1); err != nil {
		return p, err
	}
	if int64(len(p.Facilities)) > l.Limit {
		p.Facilities = p.Facilities[:l.Limit]
		p.Next = p.Facilities[l.Limit-1].ID.String()
	}
	p.Name = p.Of.Name
	return p, nil
}

func conditionOptions(r *web.Request) []page.Option {
	return page.WordOptions(r.Lang, conditionWords, Good, Light, Heavy)
}

func (d *Desk) getFacilities(r *web.Request) (web.Answer, error) {
	var l Listing
	if err := r.Filter(&l); err != nil {
		return nil, err
	}
	p, err := d.facilitiesPage(r, l)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(p.Facilities, facilityBody), p.Next)
	}
	return r.Page("mandate/facilities.html", p)
}

func (d *Desk) postFacility(r *web.Request) (web.Answer, error) {
	f, err := web.Do(r, func(in NewFacility) (Facility, error) { return d.AddFacility(r.Context(), r.By, r.ID("centre"), in) })
	if err != nil {
		return r.Again("mandate/facilities.html", func() (any, error) { return d.facilitiesPage(r, Listing{}) }, err)
	}
	r.Flash("Fasilitas %s tercatat.", f.Name)
	return r.Done("/centres/"+f.Centre.String()+"/facilities", facilityPath(f), facilityBody(f))
}

func facilityPath(f Facility) string { return "/facilities/" + f.ID.String() }

// facilityPage is one facility with the forms of what can be done to it.
type facilityPage struct {
	Facility
	Works      []Work
	Blocked    []Blocked
	Free       []residence.Bed // that may be blocked too
	Kinds      []page.Option
	Conditions []page.Option
	WorkKinds  []page.Option
}

func (d *Desk) facilityPage(r *web.Request) (p facilityPage, err error) {
	p = facilityPage{Kinds: page.WordOptions(r.Lang, kindWords, FacilityKinds...), Conditions: conditionOptions(r), WorkKinds: page.WordOptions(r.Lang, workWords, "inspection", "repair")}
	if p.Facility, p.Works, p.Blocked, err = d.Facility(r.Context(), r.By, r.ID("facility")); err != nil {
		return p, err
	}
	if r.By.May(who.ManageBeds) && p.RetiredOn == "" {
		p.Free, err = d.FreeBeds(r.Context(), r.By, p.Centre)
	}
	return p, err
}

func (d *Desk) facilityAgain(r *web.Request) func() (any, error) {
	return func() (any, error) { return d.facilityPage(r) }
}

func (d *Desk) getFacility(r *web.Request) (web.Answer, error) {
	return r.Show("mandate/facility.html", d.facilityAgain(r), func() (any, error) {
		f, works, beds, err := d.Facility(r.Context(), r.By, r.ID("facility"))
		return fullBody(f, works, beds), err
	})
}

func (d *Desk) getFacilityEdit(r *web.Request) (web.Answer, error) {
	return r.Page("mandate/facility_edit.html", d.facilityAgain(r))
}

// facilityDone answers a change of a facility, or shows the page it came from again with the reason.
func (d *Desk) facilityDone(r *web.Request, f Facility, from, said string, err error) (web.Answer, error) {
	if err != nil {
		return r.Again(from, d.facilityAgain(r), err)
	}
	r.Flash(said)
	return r.Done(facilityPath(f), facilityPath(f), facilityBody(f))
}

func (d *Desk) postFacilityChange(r *web.Request) (web.Answer, error) {
	f, err := web.Do(r, func(in NewFacility) (Facility, error) {
		return d.ChangeFacility(r.Context(), r.By, r.ID("facility"), r.IfMatch(), in)
	})
	return d.facilityDone(r, f, "mandate/facility_edit.html", "Fasilitas tersimpan.", err)
}

func (d *Desk) postWork(r *web.Request) (web.Answer, error) {
	var in NewWork
	err := r.Read(&in)
	var w Work
	var f Facility
	if err == nil {
		w, f, err = d.RecordWork(r.Context(), r.By, r.ID("facility"), in)
	}
	if err != nil {
		return r.Again("mandate/facility.html", d.facilityAgain(r), err)
	}
	r.Flash("Tercatat.")
	return r.Done(facilityPath(f), facilityPath(f), WorkBody(w))
}

func (d *Desk) postBeds(r *web.Request) (web.Answer, error) {
	f, err := web.Do(r, func(in SetBeds) (Facility, error) {
		return d.BlockBeds(r.Context(), r.By, r.ID("facility"), r.IfMatch(), in)
	})
	return d.facilityDone(r, f, "mandate/facility.html", "Tempat tidur ditetapkan.", err)
}

func (d *Desk) postRetire(r *web.Request) (web.Answer, error) {
	f, err := web.Do(r, func(in Strike) (Facility, error) {
		return d.Retire(r.Context(), r.By, r.ID("facility"), r.IfMatch(), in)
	})
	return d.facilityDone(r, f, "mandate/facility_edit.html", "Fasilitas dihapus dari daftar.", err)
}
