package drafts_test

import (
	"testing"

	"tuntas/office/drafts"
	"tuntas/try/province"
)

func TestSave(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := drafts.New(p.Store)
		_, err := d.Save(p.Ctx, p.As("ratna"), drafts.Form{Key: "/persons", Name: "Orang baru", Page: "/persons/new"}, drafts.Typed{Fields: []drafts.TypedField{{Name: "x", Values: []string{"y"}}}})
		province.Must(t, err)
		_, err = d.Save(p.Ctx, p.As("ratna"), drafts.Form{Key: "/persons", Name: "Orang baru", Page: "/persons/new"}, drafts.Typed{Fields: []drafts.TypedField{{Name: "x", Values: []string{"y"}}}})
		province.Must(t, err)
		_, err = d.Open(p.Ctx, p.As("ratna"), []drafts.Form{{Key: "/persons", Name: "Orang baru", Page: "/persons/new"}})
		province.Must(t, err)
	})
}
