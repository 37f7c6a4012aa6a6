package access

import (
	"net/url"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
)

func (d *Desk) userRoutes() []web.Route {
	return []web.Route{
		web.GET("/users", d.getUsers).Page().Query(Search{}),
		web.POST("/users", d.postUser).Page().Takes(newAccount{}).Drafts("Pengguna baru", who.ManageUsers),
		web.GET("/users/new", d.getNewUser).Page(),
		web.POST("/users/rules", d.postRules).Page().Takes(rules{}).NoDrafts("a choice alone"),
		web.GET("/users/{user}", d.getUser).Page(),
		web.GET("/users/{user}/duty", d.getDuty).Page(),
		web.POST("/users/{user}/duty", d.postDuty).Page().Takes(Duty{}).NoDrafts("choices, confirmed on a second page"),
		web.POST("/users/{user}/code", d.postCode).Page().Takes(struct{}{}),
		web.POST("/users/{user}/closure", d.deed(d.StopByID, "Akun ditutup.")).Page().Takes(struct{}{}),
		web.POST("/users/{user}/reopening", d.deed(d.Reopen, "Akun dibuka kembali.")).Page().Takes(struct{}{}),
		web.POST("/users/{user}/sign-out", d.deed(d.EndSessions, "Dikeluarkan dari semua perangkat.")).Page().Takes(struct{}{}),
		web.POST("/users/{user}/second-factor/release", d.deed(d.ReleaseSecond, "Faktor kedua dilepas.")).Page().Takes(struct{}{}),
		web.POST("/users/{user}/covers", d.postCover).Page().Takes(NewCover{}).Drafts("Tugas pengganti|draf", who.ManageUsers),
		web.POST("/users/{user}/covers/{cover}/end", d.postEndCover).Page().Takes(struct{}{}),
	}
}

// newAccount is what the form of a new account sends.
type newAccount struct {
	Login   string  `json:"login" required:"true" ask:"Tulis nama masuk." maxLength:"40"`
	Name    string  `json:"name" required:"true" ask:"Tulis nama lengkap." maxLength:"120"`
	Address string  `json:"address" enum:"Bu,Pak"`
	Role    string  `json:"role" required:"true" ask:"Pilih peran." maxLength:"40"`
	Centres []id.ID `json:"centre"`
}

type rules struct {
	Second string `json:"second" enum:"on,off"`
}

// usersView is the list of accounts.
type usersView struct {
	Search   Search
	All      []Account
	Next     string
	Roles    []page.Option
	Required bool
	Rule     Emergency
	Now      time.Time
}

func (d *Desk) getUsers(r *web.Request) (web.Answer, error) {
	var s Search
	if err := r.Filter(&s); err != nil {
		return nil, err
	}
	v, err := d.usersView(r, s)
	return redraw(r, "access/users.html", v, err)
}

func (d *Desk) usersView(r *web.Request, s Search) (any, error) {
	all, next, err := d.Users(r.Context(), r.By, s)
	if err != nil {
		return nil, err
	}
	v := usersView{Search: s, All: all, Roles: roleOptions(r, func(Role) bool { return true }), Now: r.Now()}
	if next != "" {
		v.Next = "?" + url.Values{"q": {s.Q}, "role": {s.Role}, "state": {s.State}, "after": {next}}.Encode()
	}
	if v.Required, err = d.Required(r.Context()); err != nil {
		return nil, err
	}
	v.Rule, err = d.Emergency(r.Context())
	return v, err
}

func redraw(r *web.Request, name string, data any, err error) (web.Answer, error) {
	if err != nil {
		return nil, err
	}
	return r.Page(name, data)
}

func roleOptions(r *web.Request, want func(Role) bool) []page.Option {
	var all []page.Option
	for _, role := range Roles {
		if want(role) {
			all = append(all, page.Option{Value: role.Key, Name: r.Say(role.Name)})
		}
	}
	return all
}

// dutyForm is what the forms of a role and its centres show.
type dutyForm struct {
	Account Account
	Role    string
	Roles   []page.Option
	Centres []page.Tick
	Calls   []page.Option
	Says    []fail.Saying // the consequences, once they were asked for
	Shown   bool
	Duty    Duty
}

func (d *Desk) dutyForm(r *web.Request, now Duty) (f dutyForm, err error) {
	f = dutyForm{Role: now.Role, Roles: roleOptions(r, func(Role) bool { return true }),
		Calls: []page.Option{{Value: "Bu", Name: "Bu"}, {Value: "Pak", Name: "Pak"}}}
	var kept []string
	for _, c := range now.Centres {
		kept = append(kept, c.String())
	}
	var options []page.Option
	all, err := d.Centres(r.Context(), r.By)
	for _, c := range all {
		options = append(options, page.Option{Value: c.ID.String(), Name: c.Name})
	}
	f.Centres = r.Ticks("centre", options, kept...)
	return f, err
}

func (d *Desk) getNewUser(r *web.Request) (web.Answer, error) {
	f, err := d.dutyForm(r, Duty{})
	return redraw(r, "access/new.html", f, err)
}

// codeView shows a one-time code, once: it stands in no list and cannot be asked for again.
type codeView struct {
	User id.ID
	Name string
	Code string
	New  bool
}

func (d *Desk) postUser(r *web.Request) (web.Answer, error) {
	var in newAccount
	err := r.Read(&in)
	var u User
	var code string
	if err == nil {
		u, code, err = d.NewAccount(r.Context(), r.By, NewUser(in))
	}
	if err != nil {
		return r.Again("access/new.html", func() (any, error) { return d.dutyForm(r, Duty{}) }, err)
	}
	return r.Page("access/code.html", codeView{u.ID, u.Login, Grouped(code), true})
}

func (d *Desk) postRules(r *web.Request) (web.Answer, error) {
	var in rules
	if err := r.Read(&in); err != nil {
		return nil, err
	}
	if err := d.Require(r.Context(), r.By, in.Second == "on"); err != nil {
		return nil, err
	}
	r.Flash("Aturan masuk tersimpan.")
	return r.Go("/users")
}

// userView is one account.
type userView struct {
	Account Account
	Covers  []page.Option // roles that can be covered
	Now     time.Time
	Day     clock.Day
}

// MayCover tells whether the account has the one centre that a cover needs.
func (v userView) MayCover() bool {
	return len(v.Account.Centres) == 1 && !v.Account.Kind().Province && v.Account.Active
}

func (d *Desk) userView(r *web.Request) (any, error) {
	a, err := d.Account(r.Context(), r.By, r.ID("user"))
	return userView{a, roleOptions(r, func(o Role) bool { return !o.Province && o.Key != a.Role }), r.Now(), r.Today()}, err
}

func (d *Desk) getUser(r *web.Request) (web.Answer, error) {
	v, err := d.userView(r)
	return redraw(r, "access/user.html", v, err)
}

func userPath(user id.ID) string { return "/users/" + user.String() }

func (d *Desk) dutyOf(r *web.Request) (dutyForm, error) {
	a, err := d.Account(r.Context(), r.By, r.ID("user"))
	if err != nil {
		return dutyForm{}, err
	}
	f, err := d.dutyForm(r, Duty{a.Role, a.Centres})
	f.Account = a
	return f, err
}

func (d *Desk) getDuty(r *web.Request) (web.Answer, error) {
	f, err := d.dutyOf(r)
	return redraw(r, "access/duty.html", f, err)
}

// postDuty shows first what would change, and saves what was shown.
func (d *Desk) postDuty(r *web.Request) (web.Answer, error) {
	again := func() (any, error) { return d.dutyOf(r) }
	if !r.By.May(who.ManageUsers) {
		return nil, fail.Denied
	}
	var in Duty
	if err := r.Read(&in); err != nil {
		return r.Again("access/duty.html", again, err)
	}
	if r.Form().Get("_confirmed") != in.Print() {
		says, err := d.Consequences(r.Context(), r.By, r.ID("user"), in)
		if err != nil {
			return r.Again("access/duty.html", again, err)
		}
		f, err := d.dutyOf(r)
		f.Says, f.Shown, f.Duty = says, true, in
		return redraw(r, "access/duty.html", f, err)
	}
	if err := d.Reassign(r.Context(), r.By, r.ID("user"), r.IfMatch(), in); err != nil {
		return r.Again("access/duty.html", again, err)
	}
	r.Flash("Peran tersimpan.")
	return r.Go(userPath(r.ID("user")))
}

func (d *Desk) postCode(r *web.Request) (web.Answer, error) {
	code, err := d.MakeCode(r.Context(), r.By, r.ID("user"))
	if err != nil {
		return r.Again("access/user.html", func() (any, error) { return d.userView(r) }, err)
	}
	a, err := d.Account(r.Context(), r.By, r.ID("user"))
	return redraw(r, "access/code.html", codeView{a.ID, a.Login, Grouped(code), false}, err)
}
