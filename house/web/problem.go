package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
)

// Throttled errors name the moment from which one may try again: 429.
type Throttled interface {
	error
	RetryAt() time.Time
}

// problem is a problem document (RFC 9457).
type problem struct {
	Type     string       `json:"type"`
	Title    string       `json:"title"`
	Status   int          `json:"status"`
	Detail   string       `json:"detail,omitempty"`
	Instance string       `json:"instance,omitempty"`
	Errors   []fieldBody  `json:"errors,omitempty"`
	Missing  []lackedBody `json:"missing,omitempty"`
}

type fieldBody struct {
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

type lackedBody struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

func statusOf(err error) int {
	var invalid *fail.Invalid
	var rule *fail.Rule
	var clash *fail.Collision
	var slow Throttled
	switch {
	case errors.As(err, &invalid):
		return 400
	case errors.As(err, &rule):
		return 422
	case errors.As(err, &clash):
		return 409
	case errors.As(err, &slow):
		return 429
	case errors.Is(err, errNoToken):
		return 401
	case errors.Is(err, fail.Denied):
		return 403
	case errors.Is(err, fail.NotFound), errors.Is(err, errNoPath):
		return 404
	case errors.Is(err, errMethod):
		return 405
	case errors.Is(err, fail.Stale):
		return 412
	case errors.Is(err, errTooLarge):
		return 413
	case errors.Is(err, errType):
		return 415
	case errors.Is(err, errNoMatch):
		return 428
	case errors.Is(err, fail.Busy), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return 503
	}
	return 500
}

// The sentences of the refusals that belong to no desk: name of the problem, title, what to do.
var known = map[int][3]fail.Saying{
	401: {fail.Say("no-token"), fail.Say("Perlu masuk dulu."), fail.Say("Kirim token yang berlaku di kepala Authorization.")},
	403: {fail.Say("denied"), fail.Say("Bagian ini bukan untuk peran Anda."), fail.Say("Minta akses kepada kepala UPT atau administrator.")},
	404: {fail.Say("not-found"), fail.Say("Halaman ini tidak ada."), fail.Say("Alamatnya salah, atau catatan ini bukan milik UPT Anda.")},
	405: {fail.Say("method"), fail.Say("Cara ini tidak dilayani di alamat ini."), fail.Say("Lihat daftar alamat di /api.")},
	412: {fail.Say("stale"), fail.Say("Orang lain sudah mengubah catatan ini."), fail.Say("Muat ulang, lihat perubahannya, lalu simpan lagi.")},
	413: {fail.Say("too-large"), fail.Say("Kiriman terlalu besar."), fail.Say("Kirim berkas yang lebih kecil.")},
	415: {fail.Say("type"), fail.Say("Jenis kiriman ini tidak dilayani."), fail.Say("Kirim sebagai application/json.")},
	428: {fail.Say("if-match"), fail.Say("Sebutkan versi yang Anda ubah."), fail.Say("Kirim kepala If-Match dengan ETag catatan ini.")},
	429: {fail.Say("throttled"), fail.Say("Terlalu banyak percobaan."), fail.Say("Tunggu sebentar, lalu coba lagi.")},
	500: {fail.Say("failure"), fail.Say("Ada yang salah pada kami."), fail.Say("Data yang sudah tersimpan aman. Sebutkan nomor ini bila menghubungi kami.")},
	503: {fail.Say("busy"), fail.Say("Sistem sedang tidak bisa dihubungi."), fail.Say("Isian Anda belum tersimpan. Coba lagi sebentar lagi.")},
}

// ProblemSentences lists the sentences above, for the words test and the page of problems.
func ProblemSentences() map[int][3]fail.Saying { return known }

func describe(err error, lang text.Lang) problem {
	p := problem{Status: statusOf(err)}
	var invalid *fail.Invalid
	var rule *fail.Rule
	var clash *fail.Collision
	switch {
	case errors.As(err, &invalid):
		p.Type, p.Title = "/problems/invalid", text.T(lang, "Ada isian yang perlu diperbaiki.")
		for _, f := range invalid.Fields {
			p.Errors = append(p.Errors, fieldBody{f.Name, f.Code, text.Say(lang, f.Say)})
		}
	case errors.As(err, &rule):
		p.Type, p.Title = "/problems/"+rule.Name, text.Say(lang, rule.Say)
		for _, m := range rule.Missing {
			p.Missing = append(p.Missing, lackedBody{m.Code, text.Say(lang, m.Say)})
		}
	case errors.As(err, &clash):
		p.Type, p.Title = "/problems/"+clash.Name, text.Say(lang, clash.Say)
	default:
		k := known[p.Status]
		p.Type, p.Title, p.Detail = "/problems/"+k[0].Text, text.Say(lang, k[1]), text.Say(lang, k[2])
	}
	return p
}

// explain puts the reasons of a refusal on a form's page.
func explain(r *Request, v *page.View, err error) {
	p := describe(err, r.Lang)
	for _, f := range p.Errors {
		v.Errors = append(v.Errors, page.FieldError{Name: f.Field, Message: f.Message})
	}
	if len(p.Errors) == 0 {
		v.Broken = p.Title
		if p.Detail != "" {
			v.Broken += " " + p.Detail
		}
	}
	for _, m := range p.Missing {
		v.Lacks = append(v.Lacks, m.Message)
	}
}

// refuseFor answers an error at the door the request came by.
func (s *Server) refuseFor(r *Request, err error) {
	p := describe(err, r.Lang)
	h := r.w.Header()
	var slow Throttled
	switch {
	case errors.As(err, &slow):
		h.Set("Retry-After", strconv.Itoa(max(1, int(slow.RetryAt().Sub(s.o.Clock.Now()).Seconds()))))
	case p.Status == 503:
		h.Set("Retry-After", "5")
	case p.Status == 401:
		h.Set("WWW-Authenticate", `Bearer realm="tuntas"`)
	case p.Status >= 500:
		number := id.New().String()
		s.o.Log.Error("failure", "number", number, "error", err)
		p.Instance = "/problems/failure#" + number
		p.Detail += " (" + number + ")"
	}
	if r.api {
		h.Set("Content-Type", "application/problem+json")
		h.Set("Cache-Control", "no-store")
		b, _ := encode(p)
		r.w.WriteHeader(p.Status)
		_, _ = r.w.Write(b)
		return
	}
	if sent := (pageBody{name: "web/problem.html", data: p, status: p.Status}).send(r); sent != nil {
		s.o.Log.Error("the page of a problem", "error", sent)
		http.Error(r.w, p.Title, p.Status)
	}
}

// refuse answers for paths without a route.
func (s *Server) refuse(w http.ResponseWriter, hr *http.Request, api bool, err error) {
	r := &Request{server: s, http: hr, w: w, api: api, Lang: langOf(hr)}
	if whoErr := s.who(r); whoErr != nil && api {
		err = whoErr
	}
	s.refuseFor(r, err)
}

func (s *Server) fatal(w http.ResponseWriter, hr *http.Request, err error) {
	s.o.Log.Error("session", "error", err)
	w.Header().Set("Retry-After", "5")
	p := describe(fail.Busy, langOf(hr))
	http.Error(w, p.Title+" "+p.Detail, p.Status)
}

func (s *Server) crossOrigin(w http.ResponseWriter, hr *http.Request) {
	http.Error(w, text.T(langOf(hr), "Isian ini dikirim dari situs lain dan ditolak."), http.StatusForbidden)
}
