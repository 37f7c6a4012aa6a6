// Command tuntas is the whole product in one binary: it serves the pages and the API, and keeps the data.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// command is one word of the command line.
type command struct {
	name, id, en string // what it does, in both languages
	run          func(ctx context.Context, args []string) error
}

func commands() []command {
	return []command{
		{"demo", "provinsi contoh yang hidup, langsung di peramban", "a living sample province in a browser", demo},
		{"serve", "melayani halaman dan API", "serves pages and API", serve},
		{"migrate", "memperbarui skema basis data", "brings the schema up to date", migrate},
		{"setup", "menyiapkan provinsi, UPT, dan administrator pertama", "sets up province, centres and the first administrator", setup},
		{"user", "user add NAMA --role PERAN [--centre KODE]", "user add NAME --role ROLE [--centre CODE]", user},
		{"token", "token create --user NAMA [--expires 30d]", "token create --user NAME [--expires 30d]", token},
		{"generate", "membuat provinsi tiruan untuk uji beban", "makes a synthetic province for load tests", generate},
		{"import", "import register BERKAS [--dry-run] [--rejects BERKAS]", "import register FILE [--dry-run] [--rejects FILE]", importFile},
		{"export", "export persons|cases --out BERKAS [--purpose TEKS]", "export persons|cases --out FILE [--purpose TEXT]", export},
		{"backup", "menyalin basis data selagi melayani", "copies the database while serving", backup},
		{"restore", "memulihkan salinan ke tempat kosong", "restores a copy into an empty place", restore},
		{"verify", "memeriksa jejak, angka, dan kaidah data", "checks the record, the figures and the invariants", verify},
		{"recount", "menghitung ulang angka dan membetulkannya", "counts the figures anew and puts them right", recount},
		{"acts", "daftar semua tindakan dan haknya", "lists all deeds and their rights", acts},
	}
}

// Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with rejected rows.
var (
	errUsage    = errors.New("wrong usage")
	errRejected = errors.New("some rows were rejected")
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:]))
}

func run(ctx context.Context, args []string) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		usage()
		if len(args) == 0 {
			return 2
		}
		return 0
	}
	for _, c := range commands() {
		if c.name != args[0] {
			continue
		}
		switch err := c.run(ctx, args[1:]); {
		case err == nil, errors.Is(err, errHelp):
			return 0
		case errors.Is(err, errRejected):
			return 3
		case errors.Is(err, errUsage):
			fmt.Fprintln(os.Stderr, "tuntas "+c.name+":", err)
			return 2
		default:
			fmt.Fprintln(os.Stderr, "tuntas "+c.name+":", err)
			return 1
		}
	}
	fmt.Fprintf(os.Stderr, "tuntas: %s?\n", args[0])
	usage()
	return 2
}

func english() bool {
	for _, k := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(k); v != "" {
			return strings.HasPrefix(v, "en")
		}
	}
	return false
}

func usage() {
	for _, c := range commands() {
		say := c.id
		if english() {
			say = c.en
		}
		fmt.Fprintf(os.Stderr, "  tuntas %-9s %s\n", c.name, say)
	}
}
