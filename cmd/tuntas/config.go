package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/store"
	"tuntas/office/access"
	"tuntas/schema"
)

var errHelp = errors.New("help was asked for")

// flags reads a command's flags: they may also follow the arguments; then the environment (TUNTAS_…), then
// the file given with --config, lines of the form name = value.
type flags struct {
	*flag.FlagSet
	db, data, config *string
	quiet            *bool
}

func newFlags(name string) flags {
	f := flags{FlagSet: flag.NewFlagSet(name, flag.ContinueOnError)}
	f.SetOutput(os.Stderr)
	f.db = f.String("db", "", "sqlite:PATH | postgres://…")
	f.data = f.String("data", "./data", "folder / DIR")
	f.config = f.String("config", "", "FILE")
	f.quiet = f.Bool("quiet", false, "tanpa kabar kemajuan / no progress")
	return f
}

// parse gives the arguments that are not flags.
func (f flags) parse(args []string) ([]string, error) {
	var rest []string
	for {
		if err := f.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, errHelp
			}
			return nil, fmt.Errorf("%w: %s", errUsage, err)
		}
		if f.NArg() == 0 {
			break
		}
		rest = append(rest, f.Arg(0))
		args = f.Args()[1:]
	}
	return rest, f.elsewhere()
}

// elsewhere fills what no flag gave from the environment and the file.
func (f flags) elsewhere() error {
	given := map[string]bool{}
	f.Visit(func(v *flag.Flag) { given[v.Name] = true })
	set := func(name, value string) error {
		if given[name] || f.Lookup(name) == nil {
			return nil
		}
		given[name] = true
		if err := f.Set(name, value); err != nil {
			return fmt.Errorf("%w: %s: %w", errUsage, name, err)
		}
		return nil
	}
	var err error
	f.VisitAll(func(v *flag.Flag) {
		if value, ok := os.LookupEnv("TUNTAS_" + strings.ToUpper(strings.ReplaceAll(v.Name, "-", "_"))); ok {
			err = errors.Join(err, set(v.Name, value))
		}
	})
	if *f.config == "" || err != nil {
		return err
	}
	text, err := os.ReadFile(*f.config)
	if err != nil {
		return fmt.Errorf("read the settings: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
		if !ok || strings.HasPrefix(name, "#") {
			continue
		}
		if err := set(strings.TrimSpace(name), strings.TrimSpace(value)); err != nil {
			return err
		}
	}
	return nil
}

// address is the database that the flags name.
func (f flags) address() string {
	if *f.db != "" {
		return *f.db
	}
	return "sqlite:" + filepath.Join(*f.data, "tuntas.db")
}

func (f flags) open() (*store.Store, error) { return openStore(f.address(), false, nil) }

func openStore(address string, unsafe bool, c clock.Clock) (*store.Store, error) {
	return store.Open(address, store.Options{Scope: access.Scope, Schema: schema.Files, Unsafe: unsafe, Clock: c})
}
