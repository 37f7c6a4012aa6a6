package front

import (
	"context"
	"crypto/subtle"
	"strings"
	"sync/atomic"

	"tuntas/house/fail"
	"tuntas/house/web"
)

// First is the first run, offered as a page while nobody has an account. Who opens the page proves with the code
// that the program was started by them.
type First struct {
	Code string // told where the program was started
	Do   func(ctx context.Context, login, name, password string) error

	over  atomic.Bool  // it was done
	tries atomic.Int64 // wrong codes
}

// mostTries is how many wrong codes are answered; after that only a new start helps.
const mostTries = 20

func (f *First) offered() bool { return f != nil && !f.over.Load() }

// firstPage is the form of the first run.
type firstPage struct {
	Login    string `json:"login" required:"true" ask:"Tulis nama masuk administrator." maxLength:"40"`
	Name     string `json:"name" required:"true" ask:"Tulis nama administrator." maxLength:"80"`
	Password string `json:"new_password" required:"true" ask:"Tulis kata sandi baru." maxLength:"200"`
	Code     string `json:"code" required:"true" ask:"Tulis kode yang ditampilkan saat program dijalankan." maxLength:"40"`
}

func (d *Desk) getSetup(r *web.Request) (web.Answer, error) {
	if !d.First.offered() {
		return nil, fail.NotFound
	}
	return r.Page("front/setup.html", nil)
}

// postSetup enters the built-in province and the first administrator.
func (d *Desk) postSetup(r *web.Request) (web.Answer, error) {
	if !d.First.offered() {
		return nil, fail.NotFound
	}
	var in firstPage
	err := r.Read(&in)
	if err == nil {
		err = d.First.proven(in.Code)
	}
	if err == nil {
		err = d.First.Do(r.Context(), in.Login, in.Name, in.Password)
	}
	if err != nil {
		r.Form().Del("new_password")
		return r.Again("front/setup.html", nil, err)
	}
	d.First.over.Store(true)
	return r.Go("/sign-in?next=/users")
}

// proven compares the code; letters and signs between them do not matter.
func (f *First) proven(code string) error {
	plain := func(s string) []byte {
		return []byte(strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(s)))
	}
	if f.tries.Load() >= mostTries {
		return fail.Broken("setup-locked", "Terlalu banyak kode salah. Jalankan ulang program untuk kode baru.")
	}
	if subtle.ConstantTimeCompare(plain(code), plain(f.Code)) != 1 {
		f.tries.Add(1)
		return fail.Bad("code", "wrong", "Kode ini tidak cocok. Lihat kode di tempat program dijalankan.")
	}
	return nil
}
