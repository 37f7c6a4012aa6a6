package access

import (
	"context"
	"embed"
	"errors"
	"strings"

	"github.com/alexedwards/scs/v2"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Door is the desk as house/web needs it.
type Door struct{ *Desk }

// Session makes the Asker of a session and tells how its user wants to see pages.
func (d Door) Session(ctx context.Context, user id.ID) (who.Asker, web.Look, error) {
	by, u, err := d.Desk.Session(ctx, user)
	return by, web.Look{Lang: u.Lang, Theme: u.Theme}, err
}

// Keep is where sessions lie.
func (d *Desk) Keep() scs.Store { return Sessions{d.store} }

// Routes are the pages of signing in and out.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		web.GET("/sign-in", d.getSignIn).Page().Open(),
		web.POST("/sign-in", d.postSignIn).Page().Open(),
		web.POST("/sign-out", d.postSignOut).Page().Open(),
		web.POST("/look", d.postLook).Page(),
		web.GET("/me", d.getMe).API().Says("access", "Who this token speaks for").Gives(Me{}),
	}
}

type signInPage struct{ Next string }

func (d *Desk) getSignIn(r *web.Request) (web.Answer, error) {
	if r.By.User != 0 {
		return r.Go(local(r.Param("next")))
	}
	return r.Page("access/sign-in.html", signInPage{local(r.Param("next"))})
}

func (d *Desk) postSignIn(r *web.Request) (web.Answer, error) {
	var in struct {
		Login    string `json:"login" required:"true" ask:"Tulis nama masuk." maxLength:"80"`
		Password string `json:"password" required:"true" ask:"Tulis kata sandi." maxLength:"200"`
		Next     string `json:"next"`
	}
	err := r.Read(&in)
	var u User
	if err == nil {
		u, err = d.SignIn(r.Context(), in.Login, in.Password, r.Place())
	}
	if err != nil {
		r.Form().Del("password")
		return r.Again("access/sign-in.html", signInPage{local(in.Next)}, err)
	}
	if err := r.SignIn(u.ID); err != nil {
		return nil, err
	}
	return r.Go(local(in.Next))
}

func (d *Desk) postSignOut(r *web.Request) (web.Answer, error) {
	if err := r.SignOut(); err != nil {
		return nil, err
	}
	return r.Go("/")
}

func (d *Desk) postLook(r *web.Request) (web.Answer, error) {
	var in struct {
		Lang  string `json:"lang"`
		Theme string `json:"theme"`
		Next  string `json:"next"`
	}
	if err := r.Read(&in); err != nil {
		return nil, err
	}
	if err := d.SetLook(r.Context(), r.By, in.Lang, in.Theme); err != nil {
		var invalid *fail.Invalid
		if errors.As(err, &invalid) {
			return r.Go("/today")
		}
		return nil, err
	}
	r.SetLang(in.Lang)
	return r.Go(local(in.Next))
}

// Me is what a token may know of itself.
type Me struct {
	Login   string      `json:"login"`
	Name    string      `json:"name"`
	Role    string      `json:"role"`
	Rights  []who.Right `json:"rights"`
	Centres []id.ID     `json:"centres"`
	All     bool        `json:"all_centres"`
}

func (d *Desk) getMe(r *web.Request) (web.Answer, error) {
	m := Me{Login: r.By.Login, Name: r.By.Name, Role: r.By.Role, Rights: []who.Right{}, Centres: append([]id.ID{}, r.By.Scope.Centres...), All: r.By.Scope.All}
	for _, right := range who.AllRights {
		if r.By.May(right) {
			m.Rights = append(m.Rights, right)
		}
	}
	return r.JSON(m)
}

// local lets a redirect lead only to our own pages.
func local(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\n\r") || strings.HasPrefix(path, "/sign-in") {
		return "/today"
	}
	return path
}
