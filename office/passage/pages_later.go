package passage

import (
	"tuntas/house/fail"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/law"
	"tuntas/office/casework"
)

func (d *Desk) reviewPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		all, f, err := d.Reviews(r.Context(), r.By, r.ID("case"))
		keys := []string{Begin}
		if f.ReviewOn != "" {
			keys = []string{Continue, Change, EndStay}
		}
		return map[string]any{"File": f, "Reviews": all, "Decisions": page.WordOptions(r.Lang, reviewWords, keys...), "Usual": keys[0], "Months": law.Standard.On(r.Today()).ReviewMonths, "Today": r.Today(),
			"May": f.Stage == casework.Intervention && f.Plan != nil}, err
	}
}

func (d *Desk) getReviews(r *web.Request) (web.Answer, error) {
	if !r.API() {
		return r.Page("passage/reviews.html", d.reviewPage(r))
	}
	all, _, err := d.Reviews(r.Context(), r.By, r.ID("case"))
	if err != nil {
		return nil, err
	}
	return r.Whole(web.Bodies(all, reviewBody))
}

func (d *Desk) postReview(r *web.Request) (web.Answer, error) {
	var in NewReview
	err := r.Read(&in)
	var v Review
	if err == nil {
		v, _, err = d.Review(r.Context(), r.By, r.ID("case"), r.IfMatch(), in)
	}
	if err != nil {
		return r.Again("passage/reviews.html", d.reviewPage(r), err)
	}
	r.Flash("Peninjauan tercatat.")
	path := "/cases/" + r.ID("case").String() + "/reviews"
	return r.Done(path, path, reviewBody(v))
}

func (d *Desk) deathPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		f, one, group, err := d.DeathOf(r.Context(), r.By, r.ID("case"))
		p := map[string]any{"File": f, "Today": r.Today(), "Family": len(group) > 1,
			"Places":   []page.Option{{Value: "centre", Name: r.Say("Di panti")}, {Value: "hospital", Name: r.Say("Di rumah sakit")}, {Value: "elsewhere", Name: r.Say("Di tempat lain")}},
			"Families": []page.Option{{Value: "contacted", Name: r.Say("Dihubungi")}, {Value: "searched", Name: r.Say("Dicari, belum ditemukan")}, {Value: "none_known", Name: r.Say("Tidak ada yang diketahui")}},
			"Goods":    []page.Option{{Value: "handed_over", Name: r.Say("Diserahkan")}, {Value: "kept", Name: r.Say("Disimpan panti")}, {Value: "none", Name: r.Say("Tidak ada barang")}}}
		if one != nil {
			p["Death"] = *one
		}
		return p, err
	}
}

func (d *Desk) getDeath(r *web.Request) (web.Answer, error) {
	return r.Show("passage/death.html", d.deathPage(r), func() (any, error) {
		_, one, _, err := d.DeathOf(r.Context(), r.By, r.ID("case"))
		if err == nil && one == nil {
			err = fail.NotFound
		}
		if err != nil {
			return nil, err
		}
		return deathBody(*one), nil
	})
}

func (d *Desk) postDeath(r *web.Request) (web.Answer, error) {
	out, err := web.Do(r, func(in NewDeath) (Death, error) {
		return d.RecordDeath(r.Context(), r.By, r.ID("case"), r.IfMatch(), in)
	})
	if err != nil {
		return r.Again("passage/death.html", d.deathPage(r), err)
	}
	r.Flash("Kematian tercatat. Tempat tidur kosong, dan langkah berikutnya ada di halaman ini.")
	path := "/cases/" + out.Case.String() + "/death"
	return r.Done(path, path, deathBody(out))
}

func (d *Desk) patchDeath(r *web.Request) (web.Answer, error) {
	out, err := d.steps(r)
	if err != nil {
		return nil, err
	}
	return r.Changed("/cases/"+out.Case.String()+"/death", deathBody(out))
}

func (d *Desk) steps(r *web.Request) (out Death, err error) {
	var in Steps
	if err = r.Read(&in); err == nil {
		out, err = d.TakeSteps(r.Context(), r.By, r.ID("case"), r.IfMatch(), in)
	}
	return out, err
}

func (d *Desk) postSteps(r *web.Request) (web.Answer, error) {
	out, err := d.steps(r)
	if err != nil {
		return r.Again("passage/death.html", d.deathPage(r), err)
	}
	r.Flash("Langkah tersimpan.")
	return r.Go("/cases/" + out.Case.String() + "/death")
}
