package potential

import (
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/upload"
	"tuntas/house/web"
	"tuntas/house/who"
)

func (d *Desk) routesPromise() []web.Route {
	const group = "potentials"
	at := "/help-promises/{helppromise}"
	return []web.Route{
		web.GET("/help-promises", d.getPromises).Says(group, "What was promised to institutions, the newest first").Query(PromiseListing{}).Lists(PromiseBody{}),
		web.GET(at, d.getPromise).Says(group, "One promise with what became of it").Gives(PromiseBody{}),
		web.POST(at+"/delivery", d.postDelivery).Drafts("Bantuan datang|draf", who.WritePotential).Says(group, "Write down what came, with a photo").Takes(Delivery{}).Carries("file").Limit(upload.Most + 64<<10).Gives(PromiseBody{}),
		web.POST(at+"/use", d.postUse).Drafts("Hasil bantuan|draf", who.WritePotential).Says(group, "Write down what came of it, counted").Takes(Use{}).Gives(PromiseBody{}),
		web.POST(at+"/thanks", d.postThanks).Drafts("Terima kasih|draf", who.WritePotential).Says(group, "Write down how they were thanked").Takes(Thanks{}).Gives(PromiseBody{}),
		web.POST(at+"/ending", d.postEnding).NoDrafts("a choice and a sentence").Says(group, "End a promise without help: withdrawn, or sent back").Takes(Ending{}).Gives(PromiseBody{}),
		web.GET("/promise-photos/{promisephoto}", d.getPhoto).Says(group, "A photo of what came").GivesFile("image/jpeg", "image/png"),
	}
}

// PromiseListing chooses promises.
type PromiseListing struct {
	web.Part
	Show string `query:"show" enum:"due,late,came,past,all"`
}

type promisesPage struct {
	All  []Promise
	N    Tally
	Next string
	F    PromiseListing
}

func (d *Desk) getPromises(r *web.Request) (web.Answer, error) {
	var l PromiseListing
	if err := r.Filter(&l); err != nil {
		return nil, err
	}
	p := promisesPage{F: l}
	var err error
	p.All, p.Next, err = web.PageOf(l.Part, 50, func(part web.Part) (all []Promise, err error) {
		all, p.N, err = d.Promises(r.Context(), r.By, PromiseFilter{Show: l.Show, After: part.After, Limit: part.Limit})
		return all, err
	}, func(one Promise) id.ID { return one.ID })
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(p.All, promiseBody), p.Next)
	}
	return r.Page("potential/promises.html", p)
}

type promisePage struct {
	PromiseSheet
	MayWrite bool
	Endings  []page.Option
	Most     int
}

func (d *Desk) promisePage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		s, err := d.LookPromise(r.Context(), r.By, r.ID("helppromise"))
		p := promisePage{PromiseSheet: s, MayWrite: r.By.May(who.WritePotential), Most: upload.Most >> 20}
		for _, to := range []string{Withdrawn, Refused} {
			if s.May(to) {
				p.Endings = append(p.Endings, page.WordOptions(r.Lang, endWords, to)...)
			}
		}
		return p, err
	}
}

func (d *Desk) getPromise(r *web.Request) (web.Answer, error) {
	return r.Show("potential/promise.html", d.promisePage(r), func() (any, error) {
		s, err := d.LookPromise(r.Context(), r.By, r.ID("helppromise"))
		b := promiseBody(s.Promise)
		for _, f := range s.Photos {
			b.Photos = append(b.Photos, f.ID)
		}
		return b, err
	})
}

func (d *Desk) promiseMoved(r *web.Request, p Promise, err error, said string) (web.Answer, error) {
	if err != nil {
		return r.Again("potential/promise.html", d.promisePage(r), err)
	}
	r.Flash(said)
	return r.Done(p.Path(), p.Path(), promiseBody(p))
}

func (d *Desk) postDelivery(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in Delivery) (Promise, error) {
		file, err := r.SentFile("file", upload.Most)
		if err != nil {
			return Promise{}, err
		}
		return d.Deliver(r.Context(), r.By, r.ID("helppromise"), r.IfMatch(), in, (*upload.File)(file))
	})
	return d.promiseMoved(r, p, err, "Bantuan dicatat sudah datang.")
}

func (d *Desk) postUse(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in Use) (Promise, error) {
		return d.Use(r.Context(), r.By, r.ID("helppromise"), r.IfMatch(), in)
	})
	return d.promiseMoved(r, p, err, "Hasilnya dicatat. Tinggal berterima kasih.")
}

func (d *Desk) postThanks(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in Thanks) (Promise, error) {
		return d.Thank(r.Context(), r.By, r.ID("helppromise"), r.IfMatch(), in)
	})
	return d.promiseMoved(r, p, err, "Terima kasih dicatat.")
}

func (d *Desk) postEnding(r *web.Request) (web.Answer, error) {
	p, err := web.Do(r, func(in Ending) (Promise, error) {
		return d.End(r.Context(), r.By, r.ID("helppromise"), r.IfMatch(), in)
	})
	return d.promiseMoved(r, p, err, "Janji berakhir; sisanya bebas lagi.")
}

func (d *Desk) getPhoto(r *web.Request) (web.Answer, error) {
	p, body, err := d.OpenPhoto(r.Context(), r.By, r.ID("promisephoto"))
	if err != nil {
		return nil, err
	}
	name := "bukti-" + p.ID.String() + ".jpg"
	if p.Type == "image/png" {
		name = "bukti-" + p.ID.String() + ".png"
	}
	return r.File(name, p.Type, body)
}
