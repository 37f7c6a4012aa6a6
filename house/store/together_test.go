package store_test

import (
	"context"
	"testing"

	"tuntas/house/store"
	"tuntas/office/person"
	"tuntas/try/province"
)

// What is read together is one moment: a person who is entered meanwhile is in none of the reads, and in the next.
func TestTogether(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		by := p.As("ratna")
		seen := func(ctx context.Context) int {
			hits, _, err := p.Persons.Search(ctx, by, person.Query{Limit: 500})
			province.Must(t, err)
			return len(hits)
		}
		before := seen(p.Ctx)
		province.Must(t, p.Store.Together(p.Ctx, func(ctx context.Context) error {
			if n := seen(ctx); n != before {
				t.Errorf("%d, want %d", n, before)
			}
			p.Enter("ratna", person.Entry{Names: []person.Name{{Text: "Mbah Serentak"}}})
			if n := seen(ctx); n != before {
				t.Errorf("meanwhile %d, want %d", n, before)
			}
			// the right and the reach of each asker hold in it as always
			return p.Store.Read(ctx, by, testRead, func(*store.Tx) error { return nil })
		}))
		if n := seen(p.Ctx); n != before+1 {
			t.Errorf("afterwards %d, want %d", n, before+1)
		}
	})
}
