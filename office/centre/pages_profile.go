package centre

import (
	"strconv"

	"tuntas/house/upload"
	"tuntas/house/web"
)

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

func (d *Desk) postPhoto(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in NewPhoto) (Profile, error) {
		sent, err := r.Sent("file")
		if err != nil {
			return Profile{}, err
		}
		_, p, err := d.AddPhoto(r.Context(), r.By, r.ID("centre"), in, upload.File(sent))
		return p, err
	})
	return d.afterPhoto(r, p, err, "Foto disimpan dalam tiga ukuran, tanpa data lokasi.")
}

func (d *Desk) postRemoval(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(struct{}) (Profile, error) {
		_, p, err := d.RemovePhoto(r.Context(), r.By, r.ID("centre"))
		return p, err
	})
	return d.afterPhoto(r, p, err, "Foto diambil dari halaman publik.")
}

func (d *Desk) afterPhoto(r *web.Request, p Profile, err error, done string) (web.Answer, error) {
	if err != nil {
		return r.Again("centre/profile.html", d.profilePage(r), err)
	}
	r.Flash(done)
	at := "/centres/" + r.ID("centre").String() + "/profile"
	return r.Done(at, at, profileBody(p))
}

// getPhoto gives one size of a photo. It may be kept for ever: another photo has another address.
func (d *Desk) getPhoto(r *web.Request) (web.Answer, error) {
	width, _ := strconv.ParseInt(r.Word("width"), 10, 64)
	body, err := d.PhotoOf(r.Context(), r.ID("centrephoto"), width)
	if err != nil {
		return nil, err
	}
	return r.Plain("image/jpeg", "public, max-age=31536000, immutable", body)
}
