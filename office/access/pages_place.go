package access

import (
	"slices"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// placeForm narrows the pages to one centre; none is all of them again.
type placeForm struct {
	Centre id.ID  `json:"centre"`
	Next   string `json:"next" maxLength:"300"`
}

// placePage is the choice: one centre, or all that the asker sees.
type placePage struct {
	Centres []page.Option
	At      string
	Next    string
}

func (d *Desk) placePage(r *web.Request, next string) func() (any, error) {
	return func() (any, error) {
		p := placePage{Next: local(next)}
		if r.By.Wide != nil {
			p.At = r.By.Scope.Centres[0].String()
		}
		all, err := d.Places(r.Context(), r.By)
		for _, c := range all {
			p.Centres = append(p.Centres, page.Option{Value: c.ID.String(), Name: c.Name})
		}
		return p, err
	}
}

func (d *Desk) getPlace(r *web.Request) (web.Answer, error) {
	if !r.By.Several() {
		return nil, fail.NotFound
	}
	return r.Page("access/place.html", d.placePage(r, r.Param("next")))
}

func (d *Desk) postPlace(r *web.Request) (web.Answer, error) {
	if !r.By.Several() {
		return nil, fail.NotFound
	}
	var in placeForm
	err := r.Read(&in)
	if err == nil && in.Centre != 0 {
		err = d.mayNarrow(r, in.Centre)
	}
	if err != nil {
		return r.Again("access/place.html", d.placePage(r, in.Next), err)
	}
	at := ""
	if in.Centre != 0 {
		at = in.Centre.String()
	}
	r.Hold(who.SessionPlace, at)
	return r.Go(local(in.Next))
}

// mayNarrow refuses a centre that the asker does not see.
func (d *Desk) mayNarrow(r *web.Request, at id.ID) error {
	all, err := d.Places(r.Context(), r.By)
	if err == nil && !slices.ContainsFunc(all, func(c centre.Centre) bool { return c.ID == at }) {
		err = fail.Bad("centre", "unknown", "Pilih UPT dari daftar.")
	}
	return err
}
