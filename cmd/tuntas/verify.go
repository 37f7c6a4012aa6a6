package main

import (
	"context"
	"fmt"
)

const mostTold = 200 // faults of one kind that are named; the rest are counted

// verify checks the audit chain, the figures against their recount, and the invariants.
func verify(ctx context.Context, args []string) error {
	f := newFlags("verify")
	if err := f.alone(args); err != nil {
		return err
	}
	s, err := f.existing()
	if err != nil {
		return err
	}
	defer closing(s)
	if err := s.Ready(ctx); err != nil {
		return err
	}
	wrong := 0
	told := func(what string, faults []string) {
		wrong += len(faults)
		fmt.Printf("%s: %d\n", what, len(faults))
		for i, fault := range faults {
			if i == mostTold {
				fmt.Printf("  … %d\n", len(faults)-i)
				break
			}
			fmt.Println("  " + fault)
		}
	}
	watched, end := f.watching(ctx, say("catatan diperiksa:", "entries checked:"))
	entries, faults, err := s.VerifyChain(watched)
	end()
	if err != nil {
		return err
	}
	fmt.Printf("audit: %d\n", entries)
	told(say("jejak, kesalahan", "audit, faults"), faults)
	watched, end = f.watching(ctx, say("angka dihitung:", "figures counted:"))
	drifts, err := s.Recount(watched, Measures(), false)
	end()
	if err != nil {
		return err
	}
	faults = nil
	for _, d := range drifts {
		faults = append(faults, d.String())
	}
	told(say("angka, beda dari hitung ulang", "figures, differences from the recount"), faults)
	o := Wire(s, false)
	for _, c := range []struct {
		id, en string
		check  func(context.Context) ([]string, error)
	}{
		{"masa tinggal, kesalahan", "stays, faults", o.Residence.Broken},
		{"kasus, kesalahan", "cases, faults", o.Cases.Broken},
		{"orang, kesalahan", "persons, faults", o.Persons.Broken},
	} {
		faults, err := c.check(ctx)
		if err != nil {
			return err
		}
		told(say(c.id, c.en), faults)
	}
	if wrong > 0 {
		return fmt.Errorf(say("%d hal tidak benar", "%d things are wrong"), wrong)
	}
	fmt.Println("ok")
	return nil
}
