package front

import (
	"tuntas/house/store"
	"tuntas/house/web"
)

// systemPage tells those who look after the house how it is.
type systemPage struct{ Health store.Health }

func (d *Desk) getSystem(r *web.Request) (web.Answer, error) {
	h, err := d.Watch.HealthNow(r.Context(), r.By)
	if err != nil {
		return nil, err
	}
	return r.Page("front/system.html", systemPage{Health: h})
}

// MB is the size of the database in megabytes.
func (p systemPage) MB() int64 { return p.Health.Bytes >> 20 }
