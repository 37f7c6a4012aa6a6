package centre

import "tuntas/house/web"

type profilePage struct {
	Centre
	Profile Profile
}

func (d *Desk) profilePage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		c, p, err := d.OwnProfile(r.Context(), r.By, r.ID("centre"))
		return profilePage{c, p}, err
	}
}

func (d *Desk) getProfile(r *web.Request) (web.Answer, error) {
	return r.Show("centre/profile.html", d.profilePage(r), func() (any, error) {
		_, p, err := d.OwnProfile(r.Context(), r.By, r.ID("centre"))
		return profileBody(p), err
	})
}

func (d *Desk) postProfile(r *web.Request) (web.Answer, error) {
	var c Centre
	p, err := web.Do(r, func(in NewProfile) (p Profile, err error) {
		c, p, err = d.WriteProfile(r.Context(), r.By, r.ID("centre"), r.IfMatch(), in)
		return p, err
	})
	if err != nil {
		return r.Again("centre/profile.html", d.profilePage(r), err)
	}
	r.Flash("Profil publik disimpan.")
	at := "/centres/" + r.ID("centre").String()
	return r.Done("/panti/"+c.Code, at+"/profile", profileBody(p))
}
