package opendata

import (
	"html/template"
	"slices"

	"tuntas/house/fail"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/office/participation"
)

// about is the number that is asked about.
type about struct {
	Row string `query:"baris" maxLength:"60"`
	Col string `query:"kolom" maxLength:"60"`
}

// question is what is sent of the form.
type question = participation.Question

type askPage struct {
	Dataset
	Number string // in words
	Stamp  string
	Query  template.URL
}

// asked says in words which number is meant, as it was released.
func (d *Desk) asked(r *web.Request) (p askPage, err error) {
	var q about
	q.Row, q.Col = r.Param("baris"), r.Param("kolom")
	s, err := d.Sheet(r.Context(), r.Word("dataset"))
	if err != nil {
		return p, err
	}
	p = askPage{Dataset: s.Dataset}
	p.Number = text.T(text.ID, s.Name)
	if s.Release != nil {
		p.Number += ", per " + text.DayLong(text.ID, s.Release.AsOf)
	}
	if i := slices.IndexFunc(s.Table.Rows, func(h Head) bool { return h.Key == q.Row }); i >= 0 {
		p.Number += ", " + s.row(text.ID, s.Table.Rows[i])
		p.Query = template.URL("?baris=" + template.URLQueryEscaper(q.Row)) //nolint:gosec // escaped
	} else if q.Row != "" {
		return p, fail.Bad("baris", "unknown", "Tabel ini tidak punya %s.", q.Row)
	}
	return p, nil
}

func (d *Desk) askPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		p, err := d.asked(r)
		if err == nil {
			p.Stamp, err = d.reports.StampFor(r)
		}
		return p, err
	}
}

func (d *Desk) getAsk(r *web.Request) (web.Answer, error) {
	p, err := d.askPage(r)()
	if err != nil {
		return nil, err
	}
	return r.Page("opendata/public_ask.html", p)
}

// postAsk makes a report of the kind "question" of it: with number, code, promised days, and /lacak.
func (d *Desk) postAsk(r *web.Request) (web.Answer, error) {
	p, err := d.asked(r)
	if err != nil {
		return nil, err
	}
	secret, err := web.Do(r, func(in participation.Question) (string, error) {
		return d.reports.Ask(r.Context(), r.Place(), text.T(text.ID, "Tentang angka di /data/%s: %s", p.Key, p.Number), in)
	})
	if err != nil {
		return r.Again("opendata/public_ask.html", d.askPage(r), err)
	}
	return participation.Receive(r, secret)
}
