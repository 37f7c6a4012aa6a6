package main

import (
	"context"
	"fmt"

	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/seed"
)

// generate makes a synthetic province of any size, fast, in the centres that are set up or the built-in ones.
func generate(ctx context.Context, args []string) error {
	f := newFlags("generate")
	persons := f.Int("persons", 1000, "N")
	events := f.Int("events", 0, "M")
	number := f.Uint64("seed", 1, "S")
	if _, err := f.parse(args); err != nil {
		return err
	}
	if *persons < 0 || *events < 0 {
		return fmt.Errorf("%w: generate --persons N --events M", errUsage)
	}
	return withOffice(ctx, f, func(o *Office) error {
		by := who.House("generate")
		if _, err := o.Centres.SetUp(ctx, by, law.Centres.Latest(), " (contoh)"); err != nil {
			return err
		}
		return seed.Generate(o.Store, *persons, *events, *number, func(act store.Act, fn func(*store.Tx) error) error { return o.Store.Write(ctx, by, act, fn) })
	})
}
