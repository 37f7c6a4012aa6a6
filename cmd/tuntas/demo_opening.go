package main

import (
	"context"
	"errors"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/office/audit"
	"tuntas/office/person"
)

// openDemo has the social worker of another centre open two files of the centre of Joko in an emergency: he found the
// first one fair, the second waits for him. All of it is invented.
func openDemo(ctx context.Context, o *Office, sari, joko who.Asker) error {
	hits, _, err := o.Persons.Search(ctx, joko, person.Query{Limit: 50})
	if err != nil {
		return err
	}
	reasons := []access.NewOpening{
		{Kind: "health", Reason: "Pingsan di terminal, puskesmas menanyakan obat dan alerginya."},
		{Kind: "found", Reason: "Ditemukan bingung di pasar, keluarganya harus dihubungi malam ini."},
	}
	for _, h := range hits {
		if len(reasons) == 0 {
			return nil
		}
		year, _, known := h.Birth.Years()
		if !known || h.Restricted {
			continue
		}
		n := reasons[0]
		n.Centre, n.Name, n.Year = joko.Scope.Centres[0], h.Called, int64(year)
		made, yours, err := o.Access.Open(ctx, sari, n)
		var invalid *fail.Invalid
		if errors.As(err, &invalid) || yours { // a namesake, or somebody of both centres
			continue
		}
		if err != nil {
			return err
		}
		if len(reasons) == 2 {
			if err := fairDemo(ctx, o, sari, joko, made.ID); err != nil {
				return err
			}
		}
		reasons = reasons[1:]
	}
	return nil
}

func fairDemo(ctx context.Context, o *Office, sari, joko who.Asker, opening id.ID) error {
	all, err := o.Access.Opened(ctx, sari)
	if err != nil {
		return err
	}
	for _, one := range all {
		by := sari.Under(one)
		if _, err := o.Persons.Look(ctx, by, one.Person); err != nil {
			return err
		}
	}
	if err := o.Access.End(ctx, sari, opening); err != nil {
		return err
	}
	return o.Audit.Review(ctx, joko, opening, 0, audit.Verdict{Verdict: "fair", Note: "Puskesmas membenarkan. Terima kasih."})
}
