package access

import (
	"context"
	"embed"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

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
	return by, web.Look{Lang: u.Lang, Theme: u.Theme, Notices: u.notices}, err
}

// Opened are the files that are open to the asker in an emergency.
func (d Door) Opened(ctx context.Context, by who.Asker) ([]who.Opening, error) {
	return d.Desk.Opened(ctx, by)
}

// Keep is where sessions lie.
func (d *Desk) Keep() scs.Store { return Sessions{d.store} }

// Routes are the pages of signing in and out, of accounts, and of the asker's own account.
func (d *Desk) Routes() []web.Route {
	return slices.Concat([]web.Route{
		web.GET("/sign-in", d.getSignIn).Page().Open(),
		web.POST("/sign-in", d.postSignIn).Page().Open(),
		web.GET("/sign-in/second", d.getStep).Page().Open(),
		web.POST("/sign-in/second", d.postStep).Page().Open(),
		web.GET("/sign-in/code", d.getUseCode).Page().Open(),
		web.POST("/sign-in/code", d.postUseCode).Page().Open(),
		web.POST("/sign-out", d.postSignOut).Page().Open(),
		web.POST("/look", d.postLook).Page().NoDrafts("a choice alone"),
		web.GET("/scope", d.getPlace).Page(),
		web.POST("/scope", d.postPlace).Page().Takes(placeForm{}).NoDrafts("a choice alone"),
		web.GET("/me", d.getMe).API().Says("access", "Who this token speaks for").Gives(Me{}),
	}, d.userRoutes(), d.profileRoutes(), d.openingRoutes())
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
	if u.HasSecond() {
		r.Hold(halfIn, u.ID.String()+" "+strconv.FormatInt(r.Latest().Unix(), 10))
		return r.Go("/sign-in/second?next=" + url.QueryEscape(local(in.Next)))
	}
	return d.admit(r, u, in.Next)
}

// admit opens the session and leads to where the user wanted to go; or to the set-up of a second factor, where the
// office asks for one.
func (d *Desk) admit(r *web.Request, u User, next string) (web.Answer, error) {
	if err := r.SignIn(u.ID); err != nil {
		return nil, err
	}
	r.Hold(who.SessionBefore, strconv.FormatInt(u.seen, 10))
	r.Hold(who.SessionPlace, "") // of whoever was here before
	if u.Kind().NeedsSecond() && !u.HasSecond() {
		if on, err := d.Required(r.Context()); err != nil || on {
			return redirectTo(r, "/profile/second-factor", err)
		}
	}
	return r.Go(local(next))
}

func redirectTo(r *web.Request, path string, err error) (web.Answer, error) {
	if err != nil {
		return nil, err
	}
	return r.Go(path)
}

// halfIn is what a session holds of somebody whose password was right and whose second factor is awaited.
const (
	halfIn    = "second"
	halfLives = 10 * time.Minute
)

// half gives who is half in; 0 when nobody is, or no longer.
func half(r *web.Request) id.ID {
	name, at, _ := strings.Cut(r.Held(halfIn), " ")
	user, ok := id.Parse(name)
	began, err := strconv.ParseInt(at, 10, 64)
	if !ok || err != nil || r.Latest().Sub(time.Unix(began, 0)) > halfLives {
		return 0
	}
	return user
}

func (d *Desk) getStep(r *web.Request) (web.Answer, error) {
	if r.By.User != 0 {
		return r.Go(local(r.Param("next")))
	}
	if half(r) == 0 {
		return r.Go("/sign-in")
	}
	return r.Page("access/step.html", signInPage{local(r.Param("next"))})
}

func (d *Desk) postStep(r *web.Request) (web.Answer, error) {
	user := half(r)
	if user == 0 {
		return r.Go("/sign-in")
	}
	var in struct {
		Code string `json:"code" required:"true" ask:"Tulis kode dari aplikasi, atau satu kode cadangan." maxLength:"40"`
		Next string `json:"next"`
	}
	err := r.Read(&in)
	var u User
	if err == nil {
		u, err = d.SecondStep(r.Context(), user, in.Code, r.Place())
	}
	if err != nil {
		r.Form().Del("code")
		return r.Again("access/step.html", signInPage{local(in.Next)}, err)
	}
	r.Hold(halfIn, "")
	return d.admit(r, u, in.Next)
}

func (d *Desk) getUseCode(r *web.Request) (web.Answer, error) {
	return r.Page("access/use-code.html", nil)
}

func (d *Desk) postUseCode(r *web.Request) (web.Answer, error) {
	var in struct {
		Login    string `json:"login" required:"true" ask:"Tulis nama masuk." maxLength:"80"`
		Code     string `json:"code" required:"true" ask:"Tulis kode dari administrator." maxLength:"40"`
		Password string `json:"new_password" required:"true" ask:"Tulis kata sandi baru." maxLength:"200"`
	}
	err := r.Read(&in)
	if err == nil {
		err = d.UseCode(r.Context(), in.Login, in.Code, in.Password, r.Place())
	}
	if err != nil {
		r.Form().Del("new_password")
		return r.Again("access/use-code.html", nil, err)
	}
	r.Flash("Kata sandi tersimpan. Masuklah dengannya.")
	return r.Go("/sign-in")
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
