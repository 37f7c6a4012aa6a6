package upkeep

import (
	"embed"
	"time"

	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/web"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Routes are the addresses of this desk.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		web.GET("/system", d.getSystem).Page(),
		web.GET("/system/certificate", d.getCertificate).Page(),
	}
}

type systemPage struct {
	Health  store.Health
	Copies  []Copy
	Tested  Copy // last; zero when none ever was
	Stale   bool
	Version string
}

// MB is the size of the database in megabytes.
func (p systemPage) MB() int64 { return p.Health.Bytes >> 20 }

// KB is the size of a copy.
func (c Copy) KB() int64 { return (c.Bytes + 1023) >> 10 }

// Seconds is how long the rehearsal took, at least one.
func (c Copy) Seconds() int64 { return max(1, int64(c.Took.Round(time.Second).Seconds())) }

func (d *Desk) getSystem(r *web.Request) (web.Answer, error) {
	h, err := d.store.HealthNow(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	tested, err := d.LastTested(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	all, err := d.Copies(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	return r.Page("upkeep/system.html", systemPage{h, all, tested, !tested.Comforts(r.Now()), d.version})
}

func (d *Desk) getCertificate(r *web.Request) (web.Answer, error) {
	c, err := d.Certify(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	return r.File("tuntas-"+string(r.Today())+".txt", "text/plain; charset=utf-8", []byte(c.String()))
}
