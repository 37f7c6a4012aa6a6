package participation

import (
	"errors"
	"net/url"
	"time"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/upload"
	"tuntas/house/web"
	"tuntas/law"
)

var (
	stateWords = map[string]text.Word{Received: "Menunggu diperiksa", Verified: "Sudah diperiksa", Dispatched: "Diteruskan ke petugas", Visited: "Sudah dikunjungi",
		Closed: "Selesai|laporan", Merged: "Digabung"}
	stepWords = map[string]text.Word{Received: "Laporan diterima", Verified: "Laporan diperiksa", Dispatched: "Diteruskan ke petugas", Visited: "Lokasi dikunjungi", Closed: "Laporan selesai",
		Merged: "Digabung dengan laporan lain", "message": "Pesan", "note": "Catatan petugas", "case": "Kasus dimulai", "reopened": "Dibuka lagi", "solved": "Menurut pelapor selesai", "photo": "Foto ditambahkan"}
	endWords = map[string]text.Word{OutcomeFalse: "Tidak terbukti", OutcomeKnown: "Sudah ditangani sebelumnya", OutcomePassed: "Bukan bidang kami, diteruskan"}
)

var (
	_ = page.Lookup("reportstate", func(l text.Lang, key string) string { return text.T(l, string(stateWords[key])) })
	_ = page.Lookup("reportstep", func(l text.Lang, key string) string { return text.T(l, string(stepWords[key])) })
	_ = page.Lookup("reportcategory", func(l text.Lang, key string) string {
		c, _ := law.Reports.Latest().Category(key)
		return c.In(string(l))
	})
	_ = page.Lookup("reportseen", func(l text.Lang, key string) string {
		n, _ := law.Find(law.Reports.Latest().Seen, key)
		return n.In(string(l))
	})
	_ = page.Lookup("reportdanger", func(l text.Lang, key string) string { return text.T(l, string(dangerWords[key])) })
	_ = page.Lookup("reportend", outcomeName)
)

func outcomeName(l text.Lang, key string) string {
	if w, ok := endWords[key]; ok {
		return text.T(l, string(w))
	}
	n, _ := law.Find(law.Reports.Latest().Outcomes, key)
	return n.In(string(l))
}

func (d *Desk) routesTrack() []web.Route {
	looks := web.NewTries(120, 15*time.Minute)
	return []web.Route{
		web.GET("/lacak", d.getTrack).Page().Open().Rarely(looks),
		web.POST("/lacak/keterangan", d.postReply).Page().Open().Rarely(looks).Takes(Reply{}).Carries("file").Limit(mostPhoto + 64<<10),
		web.POST("/lacak/jawaban", d.postJudgement).Page().Open().Rarely(looks).Takes(Judgement{}),
	}
}

// findPage is the form that asks for number and code. It shows nothing of what was typed, so that every wrong answer is
// the same, letter by letter.
type findPage struct{ Wrong, Half bool }

func (d *Desk) getTrack(r *web.Request) (web.Answer, error) {
	r.Hush()
	k := Key{r.Param("nomor"), r.Param("kode")}
	if k.Number == "" && k.Code == "" {
		return r.Page("participation/find.html", findPage{})
	}
	p, err := d.Track(r.Context(), k)
	switch {
	case err == nil:
		return r.Page("participation/track.html", p)
	case errors.Is(err, errNoReport):
		return r.Page("participation/find.html", findPage{Wrong: true, Half: k.Code == ""})
	}
	return nil, err
}

// back is the page of a report for whoever holds its code.
func back(k Key) string {
	return "/lacak?" + url.Values{"nomor": {plainNumber(k.Number)}, "kode": {id.Plain(k.Code)}}.Encode()
}

func (d *Desk) trackPage(r *web.Request, k Key) func() (any, error) {
	return func() (any, error) { return d.Track(r.Context(), k) }
}

// tracked answers what a reporter did: back on the page, or the form with the reason.
func (d *Desk) tracked(r *web.Request, k Key, err error, said string) (web.Answer, error) {
	r.Hush()
	if errors.Is(err, errNoReport) || err != nil && k == (Key{}) {
		return r.Page("participation/find.html", findPage{Wrong: true})
	}
	if err != nil {
		a, failed := r.Again("participation/track.html", d.trackPage(r, k), err)
		if errors.Is(failed, errNoReport) {
			return r.Page("participation/find.html", findPage{Wrong: true})
		}
		return a, failed
	}
	r.Flash(said)
	return r.Go(back(k))
}

func (d *Desk) postReply(r *web.Request) (web.Answer, error) {
	var in Reply
	err := r.Read(&in)
	if err == nil {
		file, failed := r.SentFile("file", mostPhoto)
		if err = failed; err == nil {
			err = d.AddReply(r.Context(), r.Place(), in, (*upload.File)(file))
		}
	}
	return d.tracked(r, in.Key, err, "Keterangan Anda terkirim.")
}

func (d *Desk) postJudgement(r *web.Request) (web.Answer, error) {
	var in Judgement
	err := r.Read(&in)
	if err == nil {
		err = d.Judge(r.Context(), in)
	}
	return d.tracked(r, in.Key, err, "Jawaban Anda terkirim. Terima kasih.")
}

var verdictWords = map[string]text.Word{"real": "Benar: kami tangani", "false": "Tidak terbukti", "known": "Sudah ditangani sebelumnya", "outside": "Bukan bidang kami, diteruskan"}
