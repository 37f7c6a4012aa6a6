package opendata

import (
	"context"

	"tuntas/house/fail"
	"tuntas/house/store"
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
