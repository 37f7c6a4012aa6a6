package access

import (
	"context"

	"tuntas/house/id"
	"tuntas/house/web"
	"tuntas/house/who"
)

// deed is the handler of a verb that needs no more than an account, and comes back to its page.
func (d *Desk) deed(do func(context.Context, who.Asker, id.ID) error, done string) web.Handler {
	return func(r *web.Request) (web.Answer, error) {
		if err := do(r.Context(), r.By, r.ID("user")); err != nil {
			return r.Again("access/user.html", func() (any, error) { return d.userView(r) }, err)
		}
		r.Flash(done)
		return r.Go(userPath(r.ID("user")))
	}
}

func (d *Desk) postCover(r *web.Request) (web.Answer, error) {
	var in NewCover
	err := r.Read(&in)
	if err == nil {
		err = d.AddCover(r.Context(), r.By, r.ID("user"), in)
	}
	if err != nil {
		return r.Again("access/user.html", func() (any, error) { return d.userView(r) }, err)
	}
	r.Flash("Tugas pengganti dicatat.")
	return r.Go(userPath(r.ID("user")))
}

func (d *Desk) postEndCover(r *web.Request) (web.Answer, error) {
	if err := d.EndCover(r.Context(), r.By, r.ID("user"), r.ID("cover")); err != nil {
		return nil, err
	}
	r.Flash("Tugas pengganti diakhiri.")
	return r.Go(userPath(r.ID("user")))
}
