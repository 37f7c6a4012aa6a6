// Command tuntas is the whole product in one binary: it serves the pages and the API, and keeps the data.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"tuntas/house/fail"
	"tuntas/house/text"
)

// command is one word of the command line.
type command struct {
	name, idUse, enUse string // its arguments, in both languages
	id, en             string // what it does, in both languages
	run                func(ctx context.Context, args []string) error
}

func (c command) use() string   { return say(c.idUse, c.enUse) }
func (c command) about() string { return say(c.id, c.en) }

func commands() []command {
	return []command{
		{"demo", "[--listen 127.0.0.1:8080]", "[--listen 127.0.0.1:8080]", "provinsi contoh yang hidup, langsung di peramban", "a living sample province in a browser", demo},
		{"serve", "[--listen ALAMAT] [--no-migrate]", "[--listen ADDR] [--no-migrate]", "melayani halaman dan API", "serves pages and API", serve},
		{"migrate", "[--status]", "[--status]", "memperbarui skema basis data", "brings the schema up to date", migrate},
		{"setup", "[--yes] [--admin NAMA]", "[--yes] [--admin NAME]", "menyiapkan provinsi, UPT, dan administrator pertama", "sets up province, centres and the first administrator", setup},
		{"user", "add NAMA --role PERAN [--centre KODE]", "add NAME --role ROLE [--centre CODE]", "membuat akun", "makes an account", user},
		{"token", "create --user NAMA [--expires 30d]", "create --user NAME [--expires 30d]", "membuat token API", "makes a token of the API", token},
		{"generate", "--persons N --events M [--seed S]", "--persons N --events M [--seed S]", "membuat provinsi tiruan untuk uji beban", "makes a synthetic province for load tests", generate},
		{"import", "JENIS BERKAS [--dry-run] [--rejects BERKAS]", "KIND FILE [--dry-run] [--rejects FILE]", "memasukkan daftar dari berkas", "takes in lists from a file", importFile},
		{"export", "JENIS --out BERKAS [--purpose TEKS]", "KIND --out FILE [--purpose TEXT]", "menulis daftar ke berkas", "writes lists to a file", export},
		{"backup", "BERKAS", "FILE", "menyalin basis data selagi melayani", "copies the database while serving", backup},
		{"restore", "BERKAS", "FILE", "memulihkan salinan ke tempat kosong", "restores a copy into an empty place", restore},
		{"rehearse", "BERKAS [--into URL]", "FILE [--into URL]", "memulihkan salinan di tempat lain, memeriksanya, dan mencatat hasilnya", "restores a copy elsewhere, checks it, and keeps the outcome", rehearse},
		{"certificate", "", "", "mencetak sertifikat jejak perbuatan untuk disimpan di luar", "prints the certificate of the record of deeds, to be kept outside", certificate},
		{"verify", "[--certificate BERKAS]", "[--certificate FILE]", "memeriksa jejak, angka, dan kaidah data", "checks the record, the figures and the invariants", verify},
		{"recount", "", "", "menghitung ulang angka dan membetulkannya", "counts the figures anew and puts them right", recount},
		{"config", "", "", "menampilkan pengaturan yang berlaku", "prints the settings in force", printConfig},
		{"acts", "", "", "daftar semua tindakan dan haknya", "lists all deeds and their rights", acts},
	}
}

func commandOf(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
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
	if len(args) == 0 {
		usage(os.Stderr)
		return 2
	}
	args = commandFirst(args)
	switch args[0] {
	case "help", "--help", "-help", "-h":
		if len(args) < 2 || args[0] != "help" {
			usage(os.Stdout)
			return 0
		}
		args = []string{args[1], "--help"}
	}
	c, ok := commandOf(args[0])
	if !ok {
		fmt.Fprintf(os.Stderr, "tuntas: %s?\n", args[0])
		usage(os.Stderr)
		return 2
	}
	return c.code(c.run(ctx, args[1:]))
}

// commandFirst lets flags stand before the command too: tuntas --db URL verify.
func commandFirst(args []string) []string {
	i := 0
	for i < len(args) && strings.HasPrefix(args[i], "-") {
		switch name := strings.TrimLeft(args[i], "-"); {
		case name == "h" || name == "help" || name == "":
			return args
		case name == "quiet" || strings.Contains(name, "="):
			i++
		default:
			i += 2
		}
	}
	if i == 0 || i >= len(args) {
		return args
	}
	return slices.Concat(args[i:i+1], args[:i], args[i+1:])
}

// code tells on standard error what went wrong, and gives the exit code.
func (c command) code(err error) int {
	switch {
	case err == nil, errors.Is(err, errHelp):
		return 0
	case errors.Is(err, errRejected):
		return 3
	case errors.Is(err, errUsage):
		why := strings.TrimPrefix(strings.TrimPrefix(err.Error(), errUsage.Error()), ": ")
		fmt.Fprintf(os.Stderr, "tuntas %s: %s\n  tuntas %s %s\n  tuntas %s --help\n", c.name, why, c.name, c.use(), c.name)
		return 2
	}
	fmt.Fprintf(os.Stderr, "tuntas %s: %s\n", c.name, explain(err))
	return 1
}

// explain says a refusal of a desk in the language of the terminal, and anything else as it is.
func explain(err error) string {
	lang := langOfCommand()
	var rule *fail.Rule
	var clash *fail.Collision
	var wrong *fail.Invalid
	switch {
	case errors.As(err, &rule):
		return text.Say(lang, rule.Say)
	case errors.As(err, &clash):
		return text.Say(lang, clash.Say)
	case errors.As(err, &wrong):
		var all []string
		for _, f := range wrong.Fields {
			all = append(all, text.Say(lang, f.Say))
		}
		return strings.Join(all, " ")
	}
	return err.Error()
}

func langOfCommand() text.Lang {
	if english() {
		return text.EN
	}
	return text.ID
}

// english tells whether the terminal speaks English: the first of the usual variables that is set decides.
func english() bool {
	for _, k := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(k); v != "" {
			return strings.HasPrefix(v, "en")
		}
	}
	return false
}

func usage(w io.Writer) {
	_, _ = fmt.Fprintf(w, "tuntas %s\n\n", say("PERINTAH [PILIHAN]", "COMMAND [FLAGS]"))
	for _, c := range commands() {
		_, _ = fmt.Fprintf(w, "  %-9s %s\n", c.name, c.about())
	}
	_, _ = fmt.Fprintf(w, "\n%s\n", say("tuntas PERINTAH --help menjelaskan satu perintah.", "tuntas COMMAND --help explains one command."))
}
