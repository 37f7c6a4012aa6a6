package passage

import (
	"slices"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/law"
	"tuntas/office/casework"
)

// familyPage is the family of a case, and what may be done for all of it.
func (d *Desk) familyPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		f, group, err := d.Family(r.Context(), r.By, r.ID("case"))
		if err != nil {
			return nil, err
		}
		lists := law.Standard.On(r.Today())
		reasons := casework.Options(r, lists.ExitReasons)
		reasons = slices.DeleteFunc(reasons, func(o page.Option) bool { return slices.Contains(ownForms, o.Value) })
		p := map[string]any{"File": f, "Group": group, "Today": r.Today(), "Reasons": reasons, "Destinations": casework.Options(r, lists.Destinations), "Outcomes": casework.Options(r, lists.Outcomes),
			"Alone": casework.LeftAlone(group, nil, r.Today())}
		if r.By.May("stay.place") && r.By.Scope.Has(f.Centre) {
			free, err := d.FreeBeds(r.Context(), r.By, f.Centre)
			if err != nil {
				return nil, err
			}
			p["Free"] = bedOptions(free)
		}
		return p, nil
	}
}

func (d *Desk) getFamily(r *web.Request) (web.Answer, error) {
	if !r.API() {
		return r.Page("passage/family.html", d.familyPage(r))
	}
	f, group, err := d.Family(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	return r.Whole(familyBodies(f, group))
}

func (d *Desk) familyDone(r *web.Request, head id.ID) (web.Answer, error) {
	path := "/cases/" + head.String() + "/family"
	f, group, err := d.Family(r.Context(), r.By, head)
	if err != nil {
		return nil, err
	}
	bodies := familyBodies(f, group)
	return r.Done(path, path, bodies[0])
}

func (d *Desk) postFamilyAdmission(r *web.Request) (web.Answer, error) {
	var in FamilyAdmission
	err := r.Read(&in)
	var head id.ID
	if err == nil {
		if !r.API() { // a form has a place for every member; who gets none is left out
			var some []FamilyMember
			for _, m := range in.Members {
				if m.Bed != 0 {
					some = append(some, m)
				}
			}
			in.Members = some
		}
		head, err = d.AdmitFamily(r.Context(), r.By, r.ID("case"), in)
	}
	if err != nil {
		return r.Again("passage/family.html", d.familyPage(r), err)
	}
	r.Flash("Keluarga ditempatkan bersama.")
	return d.familyDone(r, head)
}

func (d *Desk) postFamilyEnding(r *web.Request) (web.Answer, error) {
	head, err := web.Do(r, func(in FamilyEnding) (id.ID, error) { return d.EndFamily(r.Context(), r.By, r.ID("case"), in) })
	if err != nil {
		return r.Again("passage/family.html", d.familyPage(r), err)
	}
	r.Flash("Layanan keluarga diakhiri bersama.")
	return d.familyDone(r, head)
}
