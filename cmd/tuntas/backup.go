package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/upkeep"
)

// oneFile reads the flags of a command that takes one file.
func (f flags) oneFile(args []string) (string, error) {
	rest, err := f.parse(args)
	if err != nil {
		return "", err
	}
	if len(rest) != 1 {
		return "", fmt.Errorf("%w: %s FILE", errUsage, f.Name())
	}
	return rest[0], nil
}

// backup copies the database while others work in it, and remembers that it did.
func backup(ctx context.Context, args []string) error {
	f := newFlags("backup")
	file, err := f.oneFile(args)
	if err != nil {
		return err
	}
	s, err := f.existing()
	if err != nil {
		return err
	}
	defer closing(s)
	end := f.progress(say("bita ditulis:", "bytes written:")).growth(store.PartOf(file), sizeOf(f.address()))
	err = s.Backup(ctx, file)
	end()
	if err != nil {
		return err
	}
	if err := s.Ready(ctx); err != nil { // of an older schema: copied before an upgrade, with no place to note it
		return nil //nolint:nilerr // the copy is there
	}
	made, err := upkeep.Of(file)
	if err != nil {
		return err
	}
	return Wire(s, false).Upkeep.Note(ctx, who.House("backup"), made)
}

// sizeOf is the size of a database's file; 0 when it is not one file.
func sizeOf(address string) int64 {
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		if info, err := os.Stat(path); err == nil {
			return info.Size()
		}
	}
	return 0
}

func restore(ctx context.Context, args []string) error {
	f := newFlags("restore")
	file, err := f.oneFile(args)
	if err != nil {
		return err
	}
	if err := mayOpen(f.address()); err != nil {
		return err
	}
	ctx, end := f.watching(ctx, say("tabel:", "tables:"))
	defer end()
	return store.Restore(ctx, f.address(), file, storeOptions(false, nil))
}

// rehearse restores a copy elsewhere, brings it up to date, checks all of it, and remembers the outcome in the
// database that serves.
func rehearse(ctx context.Context, args []string) error {
	f := newFlags("rehearse")
	into := f.String("into", "", "`URL` tempat kosong untuk latihan; bawaan: berkas sementara / an empty place for the rehearsal; default: a temporary file")
	file, err := f.oneFile(args)
	if err != nil {
		return err
	}
	live, err := f.existing()
	if err != nil {
		return err
	}
	defer closing(live)
	if err := live.Ready(ctx); err != nil {
		return err
	}
	place := *into
	if place == "" {
		if live.Engine() != "sqlite" {
			return fmt.Errorf("%w: --into postgres://…", errUsage)
		}
		folder, err := os.MkdirTemp(filepath.Dir(file), "tuntas-rehearsal-")
		if err != nil {
			return fmt.Errorf("make room for the rehearsal: %w", err)
		}
		defer func() { _ = os.RemoveAll(folder) }()
		place = "sqlite:" + filepath.Join(folder, "copy.db")
	}
	made, err := upkeep.Of(file)
	if err != nil {
		return err
	}
	outcome, err := f.checkedCopy(ctx, place, file)
	if err != nil {
		return err
	}
	if err := Wire(live, false).Upkeep.Rehearsed(ctx, who.House("rehearse"), made, outcome); err != nil {
		return err
	}
	if outcome.Faults > 0 {
		return fmt.Errorf(say("%d hal tidak benar di salinan ini", "%d things are wrong in this copy"), outcome.Faults)
	}
	fmt.Printf(say("salinan ini utuh: dipulihkan dan diperiksa dalam %s\n", "this copy is sound: restored and checked in %s\n"), outcome.Took.Round(time.Millisecond))
	return nil
}

// checkedCopy restores a file into an empty place and looks at everything in it.
func (f flags) checkedCopy(ctx context.Context, place, file string) (o upkeep.Outcome, err error) {
	began := time.Now()
	if err := store.Restore(ctx, place, file, storeOptions(false, nil)); err != nil {
		return o, err
	}
	s, err := store.Open(place, storeOptions(false, nil))
	if err != nil {
		return o, err
	}
	defer closing(s)
	if _, err := s.Migrate(ctx); err != nil {
		return o, err
	}
	v := &verdict{out: os.Stdout}
	if err := v.whole(ctx, f, s); err != nil {
		return o, err
	}
	return upkeep.Outcome{Faults: int64(v.wrong), Took: time.Since(began)}, nil
}

// certificate prints where the chains of the record end, to be kept outside of the house.
func certificate(ctx context.Context, args []string) error {
	f := newFlags("certificate")
	if err := f.alone(args); err != nil {
		return err
	}
	s, err := f.existing()
	if err != nil {
		return err
	}
	defer closing(s)
	c, err := Wire(s, false).Upkeep.Certify(ctx, who.House("certificate"))
	if err == nil {
		fmt.Print(c)
	}
	return err
}
