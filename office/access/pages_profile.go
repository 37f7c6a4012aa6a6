package access

import (
	"html/template"
	"time"

	"tuntas/house/clock"
	"tuntas/house/web"
)

func (d *Desk) profileRoutes() []web.Route {
	return []web.Route{
		web.GET("/profile", d.getProfile).Page(),
		web.POST("/profile/password", d.postPassword).Page().Takes(passwords{}).NoDrafts("secrets"),
		web.POST("/profile/sign-out", d.postLeave).Page().Takes(struct{}{}),
		web.GET("/profile/second-factor", d.getSecond).Page(),
		web.POST("/profile/second-factor", d.postSecond).Page().Takes(struct{}{}),
		web.POST("/profile/second-factor/confirmation", d.postConfirm).Page().Takes(oneCode{}).NoDrafts("a secret"),
		web.POST("/profile/second-factor/recovery", d.postRecovery).Page().Takes(oneCode{}).NoDrafts("a secret"),
		web.POST("/profile/second-factor/removal", d.postRemoval).Page().Takes(oneCode{}).NoDrafts("a secret"),
	}
}

type passwords struct {
	Old string `json:"password" required:"true" ask:"Tulis kata sandi sekarang." maxLength:"200"`
	New string `json:"new_password" required:"true" ask:"Tulis kata sandi baru." maxLength:"200"`
}

type oneCode struct {
	Code string `json:"code" required:"true" ask:"Tulis kode dari aplikasi." maxLength:"40"`
}

// profileView is the asker's own account.
type profileView struct {
	Account Account
	Needs   bool // a second factor that is not there
	Now     time.Time
	Day     clock.Day
}

func (d *Desk) profile(r *web.Request) (any, error) {
	a, err := d.Self(r.Context(), r.By, r.Session())
	return profileView{a, a.Kind().NeedsSecond() && !a.HasSecond(), r.Now(), r.Today()}, err
}

func (d *Desk) getProfile(r *web.Request) (web.Answer, error) {
	v, err := d.profile(r)
	return redraw(r, "access/profile.html", v, err)
}

func (d *Desk) postPassword(r *web.Request) (web.Answer, error) {
	var in passwords
	err := r.Read(&in)
	if err == nil {
		err = d.ChangePassword(r.Context(), r.By, in.Old, in.New, r.Session(), r.Place())
	}
	if err != nil {
		r.Form().Del("password")
		r.Form().Del("new_password")
		return r.Again("access/profile.html", func() (any, error) { return d.profile(r) }, err)
	}
	r.Flash("Kata sandi diganti. Perangkat lain dikeluarkan.")
	return r.Go("/profile")
}

func (d *Desk) postLeave(r *web.Request) (web.Answer, error) {
	if err := d.LeaveOthers(r.Context(), r.By, r.Session()); err != nil {
		return nil, err
	}
	r.Flash("Perangkat lain dikeluarkan.")
	return r.Go("/profile")
}

// secondView is the set-up of a second factor, or what can be done with one.
type secondView struct {
	Account Account
	Needs   bool
	Pending Second
	Picture template.HTML
}

func (d *Desk) second(r *web.Request) (any, error) {
	a, err := d.Self(r.Context(), r.By, r.Session())
	if err != nil {
		return nil, err
	}
	v := secondView{Account: a, Needs: a.Kind().NeedsSecond() && !a.HasSecond()}
	if v.Pending, err = d.Pending(r.Context(), r.By); err != nil || v.Pending.Secret == "" {
		return v, err
	}
	v.Picture, err = v.Pending.Picture(r.Say("Kode untuk dibaca aplikasi"))
	return v, err
}

func (d *Desk) getSecond(r *web.Request) (web.Answer, error) {
	v, err := d.second(r)
	return redraw(r, "access/second.html", v, err)
}

func (d *Desk) secondAgain(r *web.Request, err error) (web.Answer, error) {
	r.Form().Del("code")
	return r.Again("access/second.html", func() (any, error) { return d.second(r) }, err)
}

func (d *Desk) postSecond(r *web.Request) (web.Answer, error) {
	if err := d.BeginSecond(r.Context(), r.By); err != nil {
		return d.secondAgain(r, err)
	}
	return r.Go("/profile/second-factor")
}

// postConfirm and postRecovery show the recovery codes in their answer, once.
func (d *Desk) postConfirm(r *web.Request) (web.Answer, error) {
	codes, err := web.Do(r, func(in oneCode) ([]string, error) { return d.ConfirmSecond(r.Context(), r.By, in.Code) })
	if err != nil {
		return d.secondAgain(r, err)
	}
	return r.Page("access/recovery.html", grouped(codes))
}

func (d *Desk) postRecovery(r *web.Request) (web.Answer, error) {
	codes, err := web.Do(r, func(in oneCode) ([]string, error) { return d.MoreRecovery(r.Context(), r.By, in.Code, r.Place()) })
	if err != nil {
		return d.secondAgain(r, err)
	}
	return r.Page("access/recovery.html", grouped(codes))
}

func grouped(codes []string) []string {
	all := make([]string, len(codes))
	for i, c := range codes {
		all[i] = Grouped(c)
	}
	return all
}

func (d *Desk) postRemoval(r *web.Request) (web.Answer, error) {
	var in oneCode
	err := r.Read(&in)
	if err == nil {
		err = d.EndSecond(r.Context(), r.By, in.Code, r.Place())
	}
	if err != nil {
		return d.secondAgain(r, err)
	}
	r.Flash("Faktor kedua dilepas.")
	return r.Go("/profile")
}
