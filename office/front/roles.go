package front

import (
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/access"
)

// rolePage shows what a role sees, without anybody's data: its menu, its home over an empty office, its rights.
type rolePage struct {
	Role  access.Role
	Nav   []page.NavItem
	Cards []Card
}

func (d *Desk) getRoles(r *web.Request) (web.Answer, error) {
	all, err := d.Access.RolesFor(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	return r.Page("front/roles.html", all)
}

// getRole draws the home of a role for an asker who has the role's rights and no scope at all: the store shows such an
// asker no row of anybody, so that nothing has to be left out here. Sums of the whole province stay; they name nobody.
func (d *Desk) getRole(r *web.Request) (web.Answer, error) {
	role, err := d.Access.RoleFor(r.Context(), r.By, r.Word("key"))
	if err != nil {
		return nil, err
	}
	tried := who.Asker{Name: role.Name, Role: role.Key, Rights: role.Held(), Via: "page"}
	h := &home{desk: d, r: r, by: tried}
	p := rolePage{Role: role, Nav: d.Nav(r.Context(), tried, "/today")}
	if p.Cards, err = h.cards(); err != nil {
		return nil, err
	}
	for i := range p.Cards { // their links lead to pages that the administrator does not open
		c := &p.Cards[i]
		c.All, c.Lines, c.Bars = "", nil, nil
		for n := range c.Cells {
			c.Cells[n].Path = ""
		}
		if c.Quiet == "" && len(c.Cells) == 0 {
			c.Quiet = r.Say("Di sini berdiri pekerjaan yang menunggu.")
		}
	}
	return r.Page("front/role.html", p)
}
