package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"tuntas/house/store"
	"tuntas/office/upkeep"
)

const mostTold = 200 // faults of one kind that are named; the rest are counted

// verify checks the audit chain, the figures against their recount, and the invariants.
func verify(ctx context.Context, args []string) error {
	f := newFlags("verify")
	certificate := f.String("certificate", "", "`FILE` sertifikat jejak yang disimpan di luar / a certificate of the record that was kept outside")
	if err := f.alone(args); err != nil {
		return err
	}
	s, err := f.existing()
	if err != nil {
		return err
	}
	defer closing(s)
	v := &verdict{out: os.Stdout}
	if *certificate != "" {
		if err := v.against(ctx, s, *certificate); err != nil {
			return err
		}
	}
	if err := v.whole(ctx, f, s); err != nil {
		return err
	}
	if v.wrong > 0 {
		return fmt.Errorf(say("%d hal tidak benar", "%d things are wrong"), v.wrong)
	}
	fmt.Println("ok")
	return nil
}

// verdict counts what is wrong, and tells it.
type verdict struct {
	out   io.Writer
	wrong int
}

func (v *verdict) told(what string, faults []string) {
	v.wrong += len(faults)
	fmt.Fprintf(v.out, "%s: %d\n", what, len(faults))
	for i, fault := range faults {
		if i == mostTold {
			fmt.Fprintf(v.out, "  … %d\n", len(faults)-i)
			break
		}
		fmt.Fprintln(v.out, "  "+fault)
	}
}

// against asks whether the record still holds what a certificate saw.
func (v *verdict) against(ctx context.Context, s *store.Store, file string) error {
	in, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("read the certificate: %w", err)
	}
	defer func() { _ = in.Close() }()
	c, err := upkeep.ParseCertificate(in)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	faults, err := s.Departed(ctx, c.Heads)
	if err == nil {
		v.told(say("sertifikat, kesalahan", "certificate, faults"), faults)
	}
	return err
}

// whole looks at everything that can be checked by counting it anew.
func (v *verdict) whole(ctx context.Context, f flags, s *store.Store) error {
	if err := s.Ready(ctx); err != nil {
		return err
	}
	watched, end := f.watching(ctx, say("catatan diperiksa:", "entries checked:"))
	entries, faults, err := s.VerifyChain(watched)
	end()
	if err != nil {
		return err
	}
	fmt.Fprintf(v.out, "audit: %d\n", entries)
	v.told(say("jejak, kesalahan", "audit, faults"), faults)
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
	v.told(say("angka, beda dari hitung ulang", "figures, differences from the recount"), faults)
	o := Wire(s, false)
	for _, c := range []struct {
		id, en string
		check  func(context.Context) ([]string, error)
	}{
		{"masa tinggal, kesalahan", "stays, faults", o.Residence.Broken},
		{"kasus, kesalahan", "cases, faults", o.Cases.Broken},
		{"SPM, beda dari kasusnya", "SPM, differences from the cases", o.Cases.BrokenItems},
		{"orang, kesalahan", "persons, faults", o.Persons.Broken},
		{"kebutuhan UPT, beda dari hitung ulang", "needs of institutions, differences from the recount", o.Needs.Recount},
		{"pelatihan, kesalahan", "trainings, faults", o.Skills.Broken},
		{"laporan masyarakat yang tidak masuk akal", "reports of the public that cannot be", o.Reports.Broken},
		{"janji bantuan yang tidak masuk akal", "promises of help that cannot be", o.Potential.Broken},
		{"survei kepuasan, beda dari hitung ulang", "surveys of satisfaction, differences from the recount", o.Surveys.Broken},
	} {
		faults, err := c.check(ctx)
		if err != nil {
			return err
		}
		v.told(say(c.id, c.en), faults)
	}
	return nil
}
