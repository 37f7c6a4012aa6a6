package access

import (
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
)

func (d *Desk) openingRoutes() []web.Route {
	return []web.Route{
		web.GET("/emergency-access", d.getEmergency).Page().Query(prefilled{}),
		web.POST("/emergency-access", d.postEmergency).Page().Takes(NewOpening{}).NoDrafts(watched),
		web.POST("/emergency-access/check", d.postCheck).Page().Takes(NewOpening{}).NoDrafts(watched),
		web.POST("/emergency-access/rules", d.postBind).Page().Takes(Emergency{}).NoDrafts("two numbers"),
		web.GET("/emergency-access/{opening}", d.getOpening).Page(),
		web.POST("/emergency-access/{opening}/end", d.postEnd).Page().Takes(struct{}{}),
		web.POST("/emergency-access/{opening}/answer", d.postAnswer).Page().Takes(answered{}).NoDrafts(watched),
	}
}

// prefilled is what a hint on a likely same person brings along.
type prefilled struct {
	Name string `query:"name" maxLength:"200"`
}

// watched is why nothing about an opening lies in a draft: whose file somebody looks for in an emergency, and why, stands
// where it is watched, and nowhere else.
const watched = "what is said about an opening stands in the record alone"

type answered struct {
	Note string `json:"note" maxLength:"2000"`
}

// emergencyPage is where a file is opened: the rules first, then whose file, and why.
type emergencyPage struct {
	Rule    Emergency
	Name    string
	Kinds   []page.Option
	Centres []page.Option
	Own     []Opening
	Now     time.Time
	Checked bool // whether there is such a file was asked
	There   bool
	Yours   bool
}

func (d *Desk) emergencyPage(r *web.Request) (p emergencyPage, err error) {
	if !r.By.May(who.OpenEmergency) {
		return p, fail.Denied
	}
	p.Now = r.Latest()
	if p.Rule, err = d.Emergency(r.Context()); err != nil {
		return p, err
	}
	for _, n := range law.Standard.On(r.Today()).OpeningKinds {
		p.Kinds = append(p.Kinds, page.Option{Value: n.Key, Name: n.In(string(r.Lang)), Hint: n.HintIn(string(r.Lang))})
	}
	all, own, err := d.Own(r.Context(), r.By)
	if err != nil {
		return p, err
	}
	p.Own = own
	for _, c := range all {
		p.Centres = append(p.Centres, page.Option{Value: c.ID.String(), Name: c.Name})
	}
	return p, nil
}

func (d *Desk) getEmergency(r *web.Request) (web.Answer, error) {
	var q prefilled
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	p, err := d.emergencyPage(r)
	p.Name = q.Name
	return redraw(r, "access/emergency.html", p, err)
}

func (d *Desk) emergencyAgain(r *web.Request, err error) (web.Answer, error) {
	return r.Again("access/emergency.html", func() (any, error) { return d.emergencyPage(r) }, err)
}

// postEmergency opens a file and leads to it.
func (d *Desk) postEmergency(r *web.Request) (web.Answer, error) {
	var in NewOpening
	err := r.Read(&in)
	var o Opening
	var yours bool
	if err == nil {
		o, yours, err = d.Open(r.Context(), r.By, in)
	}
	if err != nil {
		return d.emergencyAgain(r, err)
	}
	if yours {
		r.Flash("Anda memang boleh membuka berkas ini; akses darurat tidak diperlukan.")
	} else {
		r.Flash("Berkas terbuka. Kepala UPT dan Pengawas sudah diberi tahu.")
	}
	return r.Go("/persons/" + o.Person.String())
}

// postCheck says whether there is one such file, and shows the form as it was typed.
func (d *Desk) postCheck(r *web.Request) (web.Answer, error) {
	var in NewOpening
	err := r.Read(&in)
	var there, yours bool
	if err == nil {
		there, yours, err = d.Check(r.Context(), r.By, in.wanted())
	}
	if err != nil {
		return d.emergencyAgain(r, err)
	}
	p, err := d.emergencyPage(r)
	p.Checked, p.There, p.Yours = true, there, yours
	return redraw(r, "access/emergency.html", p, err)
}

func (d *Desk) postBind(r *web.Request) (web.Answer, error) {
	var in Emergency
	err := r.Read(&in)
	if err == nil {
		err = d.BindEmergency(r.Context(), r.By, in)
	}
	if err != nil {
		return r.Again("access/users.html", func() (any, error) { return d.usersView(r, Search{}) }, err)
	}
	r.Flash("Batas akses darurat tersimpan.")
	return r.Go("/users")
}

// openingPage is one of the asker's own openings.
type openingPage struct {
	Opening Opening
	Steps   []Step
	Now     time.Time
}

func (d *Desk) opening(r *web.Request) (any, error) {
	o, steps, err := d.OwnOne(r.Context(), r.By, r.ID("opening"))
	return openingPage{o, steps, r.Latest()}, err
}

func (d *Desk) getOpening(r *web.Request) (web.Answer, error) {
	p, err := d.opening(r)
	return redraw(r, "access/opening.html", p, err)
}

func openingPath(opening id.ID) string { return "/emergency-access/" + opening.String() }

func (d *Desk) postEnd(r *web.Request) (web.Answer, error) {
	if err := d.End(r.Context(), r.By, r.ID("opening")); err != nil {
		return r.Again("access/opening.html", func() (any, error) { return d.opening(r) }, err)
	}
	r.Flash("Akses darurat diakhiri. Berkasnya tertutup lagi.")
	return r.Go(openingPath(r.ID("opening")))
}

func (d *Desk) postAnswer(r *web.Request) (web.Answer, error) {
	var in answered
	err := r.Read(&in)
	if err == nil {
		err = d.Answer(r.Context(), r.By, r.ID("opening"), in.Note)
	}
	if err != nil {
		return r.Again("access/opening.html", func() (any, error) { return d.opening(r) }, err)
	}
	r.Flash("Jawaban terkirim kepada penelaah.")
	return r.Go(openingPath(r.ID("opening")))
}
