package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// keeping is what a copy of the database costs: how long it takes, and what the users at work feel of it.
type keeping struct {
	Size                     int64 // bytes of the copy
	Backup, Restore, Verify  time.Duration
	Before, During           time.Duration // p95 of all pages of the users, without and with a backup under way
	WritesBefore, WritesThen time.Duration // and of all writes
}

// keep lets users work for a while, then while a backup is made, and times restoring and verifying that copy.
func (t *team) keep(ctx context.Context, s settings, binary, address, dir string) (k keeping, err error) {
	all := flows()
	quiet, err := sideBySide(ctx, all, t.crew(s.users), s.length)
	if err != nil {
		return k, err
	}
	file := filepath.Join(dir, "copy.bak")
	defer func() { _ = os.Remove(file) }()
	hours, end := context.WithCancel(ctx)
	failed := make(chan error, 1)
	go func() {
		defer end()
		var err error
		k.Backup, err = command(ctx, binary, "backup", file, "--db", address)
		failed <- err
	}()
	busy, err := workUntil(ctx, hours, all, t.crew(s.users))
	end()
	if err := <-failed; err != nil {
		return k, err
	}
	if err != nil {
		return k, err
	}
	k.Before, k.During = quiet.p95(all, false), busy.p95(all, false)
	k.WritesBefore, k.WritesThen = quiet.p95(all, true), busy.p95(all, true)
	info, err := os.Stat(file)
	if err != nil {
		return k, err
	}
	k.Size = info.Size()
	return k, k.tryCopy(ctx, s, binary, address, file, dir)
}

func (k *keeping) tryCopy(ctx context.Context, s settings, binary, address, file, dir string) (err error) {
	elsewhere := "sqlite:" + filepath.Join(dir, "restored.db")
	if address[:6] != "sqlite" {
		var drop func()
		if elsewhere, drop, err = emptyPostgres(ctx, fmt.Sprintf("bench_restored_%d", os.Getpid())); err != nil {
			return err
		}
		defer drop()
	} else {
		defer func() { _ = os.Remove(elsewhere[len("sqlite:"):]) }()
	}
	if k.Restore, err = command(ctx, binary, "restore", file, "--db", elsewhere); err != nil {
		return err
	}
	k.Verify, err = command(ctx, binary, "verify", "--db", elsewhere)
	return err
}

// command runs a command of the program and tells how long it took.
func command(ctx context.Context, binary string, args ...string) (time.Duration, error) {
	began := time.Now()
	out, err := exec.CommandContext(ctx, binary, args...).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("tuntas %s: %w: %.500s", args[0], err, out)
	}
	return time.Since(began), err
}

func (k keeping) print() {
	fmt.Printf("copy of %.2f GB: made in %s, restored in %s, verified in %s\n", float64(k.Size)/1e9, k.Backup.Round(time.Second/10),
		k.Restore.Round(time.Second/10), k.Verify.Round(time.Second/10))
	fmt.Printf("p95 of the users: pages %s ms, while the copy is made %s ms (%.2f, target 2); writes %s ms, then %s ms\n", ms(k.Before), ms(k.During),
		float64(k.During)/float64(max(1, k.Before)), ms(k.WritesBefore), ms(k.WritesThen))
}
