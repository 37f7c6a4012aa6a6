package casework

import (
	"strings"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
)

func (d *Desk) routesHousehold() []web.Route {
	return []web.Route{
		web.GET("/cases/{case}/household", d.getHousehold).Openable().Says("cases", "The household as it was known before care ended").Gives(HouseholdBody{}),
		web.POST("/cases/{case}/household", d.postHousehold).Drafts("Keadaan rumah tangga", who.WorkCase).Says("cases", "Record or correct what the household had before").Takes(Before{}).Gives(HouseholdBody{}),
	}
}

// HouseholdBody is the household of a case as it was known before care ended; on is null where nothing was recorded.
type HouseholdBody struct {
	Case         id.ID      `json:"case_id" required:"true"`
	Version      int64      `json:"version"` // of the case
	On           *clock.Day `json:"on"`
	Size         *int64     `json:"household_size"`
	Income       *int64     `json:"household_income"` // of all of them, rupiah a month
	Head         *int64     `json:"income_per_head"`  // rupiah a month, rounded down
	Aid          []string   `json:"aid"`              // "none" alone: it receives none; empty: not known
	Decile       *int64     `json:"dtsen_decile"`
	DecileOn     *clock.Day `json:"dtsen_on"`
	DecileSource string     `json:"dtsen_source"`
	By           string     `json:"by"`
}

// RecordVersion is the ETag: that of the case.
func (b HouseholdBody) RecordVersion() int64 { return b.Version }

func householdBody(f File) HouseholdBody {
	b := HouseholdBody{Case: f.ID, Version: f.Version, Aid: []string{}}
	if h := f.Before; h != nil {
		b.On, b.Size, b.Income, b.Aid, b.Decile, b.DecileOn, b.DecileSource, b.By = h.On.Known(), h.Size, h.Income, aidOf(h.Household), h.Decile, h.DecileOn.Known(), h.DecileSource, h.By
		if head, ok := h.Head(); ok {
			b.Head = &head
		}
	}
	return b
}

// aidOf is the aid of a household as a list that is never null.
func aidOf(h Household) []string { return append([]string{}, h.Aid...) }

// In says a household in one line, "" where nothing is known: "4 orang, Rp1.200.000 per bulan (Rp300.000 per orang), PKH".
func (h Household) In(lang string) string {
	l := text.LangOf(lang)
	var all []string
	if h.Size != nil {
		all = append(all, text.T(l, "%d orang|rumah tangga", *h.Size))
	}
	if head, ok := h.Head(); ok && *h.Size > 1 && head > 0 { // of one, or of nothing, it would say the same again
		all = append(all, text.T(l, "%s per bulan (%s per orang)", text.Money(l, *h.Income), text.Money(l, head)))
	} else if h.Income != nil {
		all = append(all, text.T(l, "%s per bulan", text.Money(l, *h.Income)))
	}
	for _, key := range h.Aid {
		name := named(law.Standard.Latest().Aids, l, key)
		if key == NoAid {
			name = text.T(l, "tidak menerima bantuan")
		}
		all = append(all, name)
	}
	if h.Decile != nil {
		all = append(all, h.decileIn(l))
	}
	return strings.Join(all, ", ")
}

func (h Household) decileIn(l text.Lang) string {
	switch {
	case h.DecileSource != "" && h.DecileOn != "":
		return text.T(l, "desil %d menurut %s pada %s", *h.Decile, h.DecileSource, h.DecileOn)
	case h.DecileSource != "":
		return text.T(l, "desil %d menurut %s", *h.Decile, h.DecileSource)
	case h.DecileOn != "":
		return text.T(l, "desil %d pada %s", *h.Decile, h.DecileOn)
	}
	return text.T(l, "desil %d", *h.Decile)
}

// Last is the household as it was known last before a contact, for whoever asks again; false where nothing was known.
func (f File) Last(before Contact) (last Household, on clock.Day, ok bool) {
	if f.Before != nil && f.Before.Known() {
		last, on, ok = f.Before.Household, f.Before.On, true
	}
	for _, c := range f.Contacts { // by the day they are due
		if c.ID != before.ID && c.Known() && c.On >= on && (before.On == "" || c.On <= before.On) {
			last, on, ok = c.Household, c.On, true
		}
	}
	return last, on, ok
}

// askedHousehold is what the part of a form that asks for a household shows.
type askedHousehold struct {
	Household
	Aids   []page.Tick
	Last   string // what was known before, in words
	LastOn clock.Day
}

func askHousehold(r *web.Request, h Household) askedHousehold {
	return askedHousehold{Household: h, Aids: r.Ticks("aid", Options(r, law.Standard.On(r.Today()).Aids), h.Aid...)}
}

func (d *Desk) householdPage(r *web.Request) (any, error) {
	f, err := d.Look(r.Context(), r.By, r.ID("case"))
	b := Before{On: r.Today()}
	if f.Before != nil {
		b = *f.Before
	}
	return map[string]any{"File": f, "On": b.On, "Ask": askHousehold(r, b.Household)}, err
}

func (d *Desk) getHousehold(r *web.Request) (web.Answer, error) {
	return r.Show("casework/household.html", func() (any, error) { return d.householdPage(r) }, func() (any, error) {
		f, err := d.Look(r.Context(), r.By, r.ID("case"))
		return householdBody(f), err
	})
}

func (d *Desk) postHousehold(r *web.Request) (web.Answer, error) {
	f, err := web.Do(r, func(b Before) (File, error) { return d.KnowHousehold(r.Context(), r.By, r.ID("case"), r.IfMatch(), b) })
	if err != nil {
		return r.Again("casework/household.html", func() (any, error) { return d.householdPage(r) }, err)
	}
	r.Flash("Keadaan rumah tangga tersimpan.")
	return r.Done(f.Path(), f.Path()+"/household", householdBody(f))
}
