package opendata

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
)

// Open is a dataset with its last release; Release is nil while there is none.
type Open struct {
	Dataset
	Release *Release
}

// Listed are all datasets, each with its last release.
func (d *Desk) Listed(ctx context.Context) (all []Open, err error) {
	err = d.store.Read(ctx, who.Public(), readOpen, func(tx *store.Tx) error {
		last, err := store.Each(tx, newest, scanRelease)
		if err != nil {
			return err
		}
		all = nil
		for _, s := range Datasets {
			o := Open{Dataset: s}
			for _, r := range last {
				if r.Family == s.Family {
					o.Release = &r
				}
			}
			all = append(all, o)
		}
		return nil
	})
	return all, err
}

// Sheet is a dataset as everybody reads it: the table of its last release, and the releases before it.
type Sheet struct {
	Open
	Table   Table
	History []Release
}

// Sheet gives one dataset. NotFound where there is no such; without a release the table is empty.
func (d *Desk) Sheet(ctx context.Context, key string) (s Sheet, err error) {
	of, ok := DatasetOf(key)
	if !ok {
		return s, fail.NotFound
	}
	err = d.store.Read(ctx, who.Public(), readOpen, func(tx *store.Tx) error {
		s = Sheet{Open: Open{Dataset: of}}
		if s.History, err = store.Each(tx, releasesOf, scanRelease, of.Family); err != nil || len(s.History) == 0 {
			return err
		}
		s.Release = &s.History[0]
		s.Table, err = tableFrom(tx, s.Release.ID, key)
		return err
	})
	return s, err
}

// Headline is one number of the last releases, in a sentence.
type Headline struct {
	Key, Big, Says string
	AsOf           clock.Day
}

// Headlines are the numbers that the first page shows: of the last releases, as everything that is public.
func (d *Desk) Headlines(ctx context.Context, l text.Lang) (all []Headline, err error) {
	err = d.store.Read(ctx, who.Public(), readOpen, func(tx *store.Tx) error {
		last, err := store.Each(tx, newest, scanRelease)
		if err != nil {
			return err
		}
		all = nil
		for _, say := range []func(Table) (big, says string){livesThere(l), leftIn(l), independentAfter(l)} {
			key := []string{"penghuni-menurut-panti", "selesai-menurut-alasan", "mandiri-setelah-pulang"}[len(all)]
			of, _ := DatasetOf(key)
			h := Headline{Key: key}
			for _, r := range last {
				if r.Family == of.Family {
					t, err := tableFrom(tx, r.ID, key)
					if err != nil {
						return err
					}
					h.AsOf = r.AsOf
					h.Big, h.Says = say(t)
				}
			}
			all = append(all, h)
		}
		return nil
	})
	return all, err
}

func livesThere(l text.Lang) func(Table) (string, string) {
	return func(t Table) (string, string) {
		n, _ := t.At(all, all)
		return n.say(l), text.T(l, "orang tinggal di panti")
	}
}

func leftIn(l text.Lang) func(Table) (string, string) {
	return func(t Table) (string, string) {
		if len(t.Cols) == 0 {
			return "", ""
		}
		year := t.Cols[len(t.Cols)-1].Key
		n, _ := t.At(all, year)
		return n.say(l), text.T(l, "orang selesai dari panti pada %s", year)
	}
}

func independentAfter(l text.Lang) func(Table) (string, string) {
	return func(t Table) (string, string) {
		part, _ := t.At("12", "independent")
		whole, _ := t.At("12", all)
		if part.N == nil || whole.N == nil {
			return "", ""
		}
		return text.T(l, "%d dari %d", *part.N, *whole.N), text.T(l, "masih mandiri setahun setelah pulang, dari yang waktunya tiba tahun lalu")
	}
}

// say writes a number, or the last that was shown; "" where there is none.
func (n Number) say(l text.Lang) string {
	switch {
	case n.N != nil:
		return text.Number(l, *n.N)
	case n.Was != nil:
		return text.Number(l, *n.Was)
	}
	return ""
}
