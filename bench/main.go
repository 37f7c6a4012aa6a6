// Command bench measures the product over a large synthetic province, as people meet it: the built binary,
// over HTTP, on both databases. Run it with bin/bench; it judges nothing and prints what it found beside
// the targets.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"time"
)

type settings struct {
	persons, events, users, alone int
	engine, keep, json, only      string
	length                        time.Duration
	backup, revitalise, public    bool
}

func main() {
	var s settings
	flag.IntVar(&s.persons, "persons", 100_000, "persons of the province")
	flag.IntVar(&s.events, "events", 1_000_000, "services given to them")
	flag.StringVar(&s.engine, "engine", "both", "sqlite, postgres or both")
	flag.IntVar(&s.users, "users", 20, "users at one time, each with a second of thought between two pages")
	flag.IntVar(&s.alone, "alone", 200, "requests of each kind by one user alone")
	flag.DurationVar(&s.length, "for", 40*time.Second, "how long the users work")
	flag.StringVar(&s.keep, "keep", "", "folder in which the SQLite database stays and is used again")
	flag.StringVar(&s.only, "only", "", "regular expression: the flows to measure; ratios are left out")
	flag.BoolVar(&s.backup, "backup", false, "also make a copy while the users work, restore and verify it")
	flag.BoolVar(&s.revitalise, "revitalise", false, "also lay in ten years of assessments, needs, actions and referrals, and measure their pages")
	flag.BoolVar(&s.public, "public", false, "measure the public face alone: a hundred thousand articles, a million comments, and a flood of robots")
	flag.StringVar(&s.json, "json", "", "file for the raw results")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// results are everything that was measured.
type results struct {
	At       time.Time
	Cores    int
	Binary   int64 // bytes
	Settings string
	Engines  []engineResults
}

type engineResults struct {
	Engine      string
	Made        time.Duration // how long the data took; 0 when they were there
	Start       time.Duration
	Idle        int64 // bytes of memory after the start
	After       int64 // and after the work
	Alone, Many []flowResult
	Ratios      []ratio
	Keeping     *keeping
}

func run(ctx context.Context, s settings) error {
	engines := []string{"sqlite", "postgres"}
	switch s.engine {
	case "sqlite", "postgres":
		engines = []string{s.engine}
	case "both":
	default:
		return errors.New("-engine is sqlite, postgres or both")
	}
	dir, err := os.MkdirTemp("", "tuntas-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	binary := filepath.Join(dir, "tuntas")
	size, err := build(ctx, binary)
	if err != nil {
		return err
	}
	all := results{At: time.Now(), Cores: runtime.NumCPU(), Binary: size, Settings: fmt.Sprintf("%d persons, %d services", s.persons, s.events)}
	fmt.Printf("%s, %d cores\nbinary %.1f MB (target 45)\n", all.Settings, all.Cores, float64(size)/1e6)
	for _, engine := range engines {
		if s.public {
			if err := publicFace(ctx, s, engine, dir, binary); err != nil {
				return fmt.Errorf("%s: %w", engine, err)
			}
			continue
		}
		r, err := one(ctx, s, engine, dir, binary)
		if err != nil {
			return fmt.Errorf("%s: %w", engine, err)
		}
		r.print()
		all.Engines = append(all.Engines, r)
	}
	if s.json == "" {
		return nil
	}
	b, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(s.json, append(b, '\n'), 0o600)
}

// one makes a province on an engine and measures it.
func one(ctx context.Context, s settings, engine, dir, binary string) (engineResults, error) {
	r := engineResults{Engine: engine}
	if s.keep != "" {
		dir = s.keep
	}
	address, drop, err := place(ctx, s, engine, dir)
	if err != nil {
		return r, err
	}
	defer drop()
	team, made, err := provinceAt(ctx, s, address)
	if err != nil {
		return r, err
	}
	r.Made = made
	if s.revitalise {
		took, err := revitalise(ctx, address)
		if err != nil {
			return r, err
		}
		if took > 0 {
			fmt.Printf("a standard of 1,000 criteria was entered in %s ms (target 1000)\n", ms(took))
		}
	}
	p, err := start(ctx, binary, address)
	if err != nil {
		return r, err
	}
	defer p.stop()
	r.Start = p.took
	if r.Idle, err = p.memory(); err != nil {
		return r, err
	}
	if err := team.signIn(ctx, p.url); err != nil {
		return r, err
	}
	if r.Alone, err = team.alone(ctx, s); err != nil {
		return r, err
	}
	if s.backup {
		k, err := team.keep(ctx, s, binary, address, dir)
		if err != nil {
			return r, err
		}
		r.Keeping = &k
	}
	if s.only == "" {
		if r.Ratios, err = team.ratios(ctx, s.alone); err != nil {
			return r, err
		}
	}
	if r.Many, err = team.together(ctx, s); err != nil {
		return r, err
	}
	r.After, err = p.memory()
	return r, err
}
