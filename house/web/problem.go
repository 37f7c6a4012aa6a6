package web

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/store"
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

// refusal is a no that belongs to no desk: what happened, and what to do.
type refusal struct {
	status        int
	title, detail fail.Saying
}

var refusals = map[string]refusal{
	"invalid":   {400, fail.Say("Ada isian yang perlu diperbaiki."), fail.Say("Daftar errors menyebut setiap isian dan apa yang salah.")},
	"no-token":  {401, fail.Say("Perlu masuk dulu."), fail.Say("Kirim token yang berlaku di kepala Authorization.")},
	"id-used":   {409, fail.Say("Pengenal ini sudah dipakai untuk catatan lain."), fail.Say("Buat pengenal baru, atau jangan kirim pengenal.")},
	"denied":    {403, fail.Say("Bagian ini bukan untuk peran Anda."), fail.Say("Minta akses kepada kepala UPT atau administrator.")},
	"foreign":   {403, fail.Say("Isian ini dikirim dari situs lain dan ditolak."), fail.Say("Buka halamannya di sini, lalu kirim dari sini.")},
	"not-found": {404, fail.Say("Halaman ini tidak ada."), fail.Say("Alamatnya salah, atau catatan ini bukan milik UPT Anda.")},
	"method":    {405, fail.Say("Cara ini tidak dilayani di alamat ini."), fail.Say("Lihat daftar alamat di /api.")},
	"stale":     {412, fail.Say("Orang lain sudah mengubah catatan ini."), fail.Say("Muat ulang, lihat perubahannya, lalu simpan lagi.")},
	"too-large": {413, fail.Say("Kiriman terlalu besar."), fail.Say("Kirim berkas yang lebih kecil.")},
	"type":      {415, fail.Say("Jenis kiriman ini tidak dilayani."), fail.Say("Kirim sebagai application/json.")},
	"if-match":  {428, fail.Say("Sebutkan versi yang Anda ubah."), fail.Say("Kirim kepala If-Match dengan ETag catatan ini.")},
	"throttled": {429, fail.Say("Terlalu banyak percobaan."), fail.Say("Tunggu sebentar, lalu coba lagi.")},
	"failure":   {500, fail.Say("Ada yang salah pada kami."), fail.Say("Data yang sudah tersimpan aman. Sebutkan nomor ini bila menghubungi kami.")},
	"busy":      {503, fail.Say("Sistem sedang tidak bisa dihubungi."), fail.Say("Isian Anda belum tersimpan. Coba lagi sebentar lagi.")},
}

// refusalOf names the refusal of an error that carries no name of its own.
func refusalOf(err error) string {
	var invalid *fail.Invalid
	var slow Throttled
	switch {
	case errors.As(err, &invalid):
		return "invalid"
	case errors.As(err, &slow):
		return "throttled"
	case errors.Is(err, errNoToken):
		return "no-token"
	case errors.Is(err, errForeign):
		return "foreign"
	case errors.Is(err, fail.Denied):
		return "denied"
	case errors.Is(err, fail.NotFound), errors.Is(err, errNoPath):
		return "not-found"
	case errors.Is(err, errMethod):
		return "method"
	case errors.Is(err, fail.Stale):
		return "stale"
	case errors.Is(err, errTooLarge):
		return "too-large"
	case errors.Is(err, errType):
		return "type"
	case errors.Is(err, errNoMatch):
		return "if-match"
	case store.Duplicate(err): // an id that belongs to a record the asker cannot see
		return "id-used"
	case errors.Is(err, fail.Busy), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return "busy"
	}
	return "failure"
}

func describe(err error, lang text.Lang) problem {
	var rule *fail.Rule
	var clash *fail.Collision
	switch {
	case errors.As(err, &rule):
		p := problem{Status: http.StatusUnprocessableEntity, Type: "/problems/" + rule.Name, Title: text.Say(lang, rule.Say)}
		for _, m := range rule.Missing {
			p.Missing = append(p.Missing, lackedBody{m.Code, text.Say(lang, m.Say)})
		}
		return p
	case errors.As(err, &clash):
		return problem{Status: http.StatusConflict, Type: "/problems/" + clash.Name, Title: text.Say(lang, clash.Say)}
	}
	name := refusalOf(err)
	known := refusals[name]
	p := problem{Status: known.status, Type: "/problems/" + name, Title: text.Say(lang, known.title)}
	var invalid *fail.Invalid
	var big *oversize
	if !errors.As(err, &invalid) {
		p.Detail = text.Say(lang, known.detail)
		if errors.As(err, &big) && big.most >= 1<<20 {
			p.Detail = text.T(lang, "Kirim berkas yang lebih kecil, paling besar %d MB.", big.most>>20)
		}
		return p
	}
	for _, f := range invalid.Fields {
		p.Errors = append(p.Errors, fieldBody{f.Name, f.Code, text.Say(lang, f.Say)})
	}
	return p
}

// formAgain tells whether a refusal is shown on the form that caused it.
func formAgain(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusConflict, http.StatusPreconditionFailed, http.StatusUnprocessableEntity,
		http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return true
	}
	return false
}

// Problem answers a refusal as programs read it (RFC 9457), at an address without a door of its own, such as that of a file.
func (r *Request) Problem(err error) (Answer, error) {
	p := describe(err, r.Lang)
	if p.Status == http.StatusInternalServerError || p.Status == http.StatusServiceUnavailable {
		return nil, err
	}
	r.server.heads(r, &p, err)
	return problemBody{p}, nil
}

type problemBody struct{ problem }

func (a problemBody) send(r *Request) error {
	h := r.w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	b, err := encode(a.problem)
	if err != nil {
		return err
	}
	if err := r.start(a.Status); err != nil {
		return err
	}
	_, _ = r.w.Write(b)
	return nil
}

// explain puts the reasons of a refusal on a form's page.
func explain(v *page.View, p problem) {
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

// heads sets the headers that a refusal needs.
func (s *Server) heads(r *Request, p *problem, err error) {
	h := r.w.Header()
	var slow Throttled
	switch {
	case errors.As(err, &slow):
		h.Set("Retry-After", strconv.Itoa(max(1, int(slow.RetryAt().Sub(s.o.Clock.Now()).Seconds()))))
	case p.Status == http.StatusServiceUnavailable:
		h.Set("Retry-After", "5")
		s.o.Log.Warn("busy", "route", noteOf(r.http).pattern, "error", err)
	case p.Status == http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Bearer realm="tuntas"`)
	case p.Status == http.StatusInternalServerError:
		number := id.New().String()
		s.o.Log.Error("failure", "number", number, "route", noteOf(r.http).pattern, "error", err)
		p.Instance = "/problems/failure#" + number
		p.Detail += " (" + number + ")"
	}
}

// refuseFor answers an error at the door the request came by.
func (s *Server) refuseFor(r *Request, err error) {
	if r.begun {
		s.o.Log.Warn("an answer broke off", "route", noteOf(r.http).pattern, "error", err)
		return
	}
	p := describe(err, r.Lang)
	s.heads(r, &p, err)
	if r.route.standard != nil {
		if err := r.route.standard.refused(r, p); err != nil && !r.begun {
			http.Error(r.w, p.Title, p.Status)
		}
		return
	}
	if r.api {
		h := r.w.Header()
		h.Set("Content-Type", "application/problem+json")
		h.Set("Cache-Control", "no-store")
		b, _ := encode(p)
		_ = r.start(p.Status)
		_, _ = r.w.Write(b)
		return
	}
	page := problemPage{problem: p, Typed: r.typedTexts(p.Status)}
	if p.Status == http.StatusServiceUnavailable {
		r.session = false // it could not be kept either
		page.Again = r.sendAgain()
	}
	sent := (pageBody{name: "web/problem.html", data: page, status: p.Status}).send(r)
	if sent != nil && !r.begun {
		s.o.Log.Error("the page of a problem", "error", sent)
		http.Error(r.w, p.Title+" "+p.Detail, p.Status)
	}
}

// problemPage is a refusal that no form of a desk could show.
type problemPage struct {
	problem
	Again *again
	Typed []string // what somebody had written in a form that is not, or no longer, theirs
}

// again is a form that could not be taken now: all that was typed, ready to be sent once more.
type again struct {
	Action string
	Fields []typedField
}

type typedField struct{ Name, Value string }

// sendAgain keeps what was typed on the page that says the system cannot be reached, where nothing else can
// keep it. The key travels with it, so that it is one deed however often it is sent; passwords do not.
func (r *Request) sendAgain() *again {
	if r.http.Method != http.MethodPost {
		return nil
	}
	if r.form == nil && r.take() != nil {
		return nil
	}
	a := again{Action: r.http.URL.RequestURI()}
	for _, name := range slices.Sorted(maps.Keys(r.form)) {
		if strings.Contains(name, "password") {
			continue
		}
		for _, v := range r.form[name] {
			a.Fields = append(a.Fields, typedField{name, v})
		}
	}
	return &a
}

// refuse answers for paths without a route.
func (s *Server) refuse(w http.ResponseWriter, hr *http.Request, api bool, err error) {
	r := &Request{server: s, http: hr, w: w, api: api, Lang: langOf(hr, api)}
	if whoErr := s.who(r); whoErr != nil && api {
		err = whoErr
	}
	s.refuseFor(r, err)
}
