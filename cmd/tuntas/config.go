package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/store"
	"tuntas/office/access"
	"tuntas/schema"
)

var errHelp = errors.New("help was asked for")

// settings are what may stand in a file of settings and in the environment for every command; other flags
// of a command belong to one call.
var settings = []string{"db", "data", "listen", "quiet", "no-migrate", "allow-remote", "full", "site", "smtp", "smtp-user", "smtp-password", "smtp-from"}

// Where the value of a flag came from, the strongest first.
const (
	fromFlag = iota
	fromEnvironment
	fromFile
	fromNowhere
)

// flags reads a command's flags: they may also follow the arguments; then the environment (TUNTAS_…), then
// the file given with --config, lines of the form name = value.
type flags struct {
	*flag.FlagSet
	db, data, config *string
	quiet            *bool
	from             map[string]int // flag to where its value came from
}

func newFlags(name string) flags {
	f := flags{FlagSet: flag.NewFlagSet(name, flag.ContinueOnError), from: map[string]int{}}
	f.SetOutput(io.Discard) // faults and help are written by run and by help
	f.Usage = func() {}
	f.db = f.String("db", "", "`URL` basis data: sqlite:PATH atau postgres://… / database: sqlite:PATH or postgres://…")
	f.data = f.String("data", "./data", "`DIR` folder berkas SQLite bila --db tidak diberikan / folder of the SQLite file when --db is not given")
	f.config = f.String("config", "", "`FILE` berkas pengaturan, baris: nama = nilai / file of settings, lines: name = value")
	f.quiet = f.Bool("quiet", false, "tanpa kabar kemajuan / no progress")
	return f
}

// parse gives the arguments that are not flags. What follows -- is an argument, whatever it looks like.
func (f flags) parse(args []string) ([]string, error) {
	var after []string
	if i := slices.Index(args, "--"); i >= 0 {
		args, after = args[:i], args[i+1:]
	}
	var rest []string
	for {
		if err := f.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				f.help(os.Stdout)
				return nil, errHelp
			}
			return nil, fmt.Errorf("%w: %w", errUsage, err)
		}
		if f.NArg() == 0 {
			break
		}
		rest = append(rest, f.Arg(0))
		args = f.Args()[1:]
	}
	f.Visit(func(v *flag.Flag) { f.from[v.Name] = fromFlag })
	return append(rest, after...), errors.Join(f.environment(), f.file())
}

// alone parses a command that takes no arguments.
func (f flags) alone(args []string) error {
	rest, err := f.parse(args)
	if err == nil && len(rest) > 0 {
		err = fmt.Errorf("%w: %s?", errUsage, rest[0])
	}
	return err
}

func (f flags) put(name, value string, from int) error {
	if _, given := f.from[name]; given || f.Lookup(name) == nil {
		return nil
	}
	f.from[name] = from
	if err := f.Set(name, value); err != nil {
		return fmt.Errorf("%w: %s: %w", errUsage, name, err)
	}
	return nil
}

func inEnvironment(name string) string {
	return "TUNTAS_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// environment fills what no flag gave.
func (f flags) environment() error {
	var all error
	f.VisitAll(func(v *flag.Flag) {
		if value, ok := os.LookupEnv(inEnvironment(v.Name)); ok {
			all = errors.Join(all, f.put(v.Name, value, fromEnvironment))
		}
	})
	return all
}

// file fills what neither a flag nor the environment gave. A name that no command knows is refused, so that
// a misspelt setting is never silently lost.
func (f flags) file() error {
	if *f.config == "" {
		return nil
	}
	text, err := os.ReadFile(*f.config)
	if err != nil {
		return fmt.Errorf("%w: --config: %w", errUsage, err)
	}
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(string(text), "\ufeff")) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, value, ok := strings.Cut(line, "=")
		name, value = strings.TrimSpace(name), unquoted(strings.TrimSpace(value))
		if !ok || f.Lookup(name) == nil && !slices.Contains(settings, name) {
			return fmt.Errorf("%w: %s:%d: %s?", errUsage, *f.config, n, name)
		}
		if err := f.put(name, value, fromFile); err != nil {
			return fmt.Errorf("%s:%d: %w", *f.config, n, err)
		}
	}
	return nil
}

func unquoted(s string) string {
	if len(s) > 1 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}

// strength tells where a flag's value came from.
func (f flags) strength(name string) int {
	if from, ok := f.from[name]; ok {
		return from
	}
	return fromNowhere
}

// address is the database that the flags name. A folder that was typed is stronger than a database of the
// environment.
func (f flags) address() string {
	if *f.db != "" && f.strength("db") <= f.strength("data") {
		return *f.db
	}
	return "sqlite:" + filepath.Join(*f.data, "tuntas.db")
}

func (f flags) open() (*store.Store, error) { return openStore(f.address(), false, nil) }

// existing opens a database that must be there: a wrong path shall not make an empty one.
func (f flags) existing() (*store.Store, error) {
	if err := mayOpen(f.address()); err != nil {
		return nil, err
	}
	if path, ok := strings.CutPrefix(f.address(), "sqlite:"); ok {
		if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf(say("tidak ada basis data di %s; mulailah dengan tuntas setup", "no database at %s; begin with tuntas setup"), path)
		}
	}
	return f.open()
}

func storeOptions(unsafe bool, c clock.Clock) store.Options {
	return store.Options{Scope: access.Scope, Schema: schema.Files, Unsafe: unsafe, Clock: c}
}

func openStore(address string, unsafe bool, c clock.Clock) (*store.Store, error) {
	if err := mayOpen(address); err != nil {
		return nil, err
	}
	return store.Open(address, storeOptions(unsafe, c))
}

func mayOpen(address string) error {
	for _, begins := range []string{"sqlite:", "postgres://", "postgresql://"} {
		if strings.HasPrefix(address, begins) && len(address) > len(begins) {
			return nil
		}
	}
	return fmt.Errorf("%w: --db sqlite:PATH | postgres://…", errUsage)
}

// redacted hides the password of a database's address.
func redacted(address string) string {
	if u, err := url.Parse(address); err == nil && u.User != nil {
		return u.Redacted()
	}
	return address
}
