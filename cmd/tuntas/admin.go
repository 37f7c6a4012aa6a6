package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/access"
	"tuntas/office/front"
)

// withOffice opens the database that the flags name, up to date, and hands it on.
func withOffice(ctx context.Context, f flags, do func(*Office) error) error {
	s, err := f.open()
	if err != nil {
		return err
	}
	defer closing(s)
	if _, err := s.Migrate(ctx); err != nil {
		return err
	}
	return do(Wire(s, false))
}

func migrate(ctx context.Context, args []string) error {
	f := newFlags("migrate")
	status := f.Bool("status", false, "tampilkan saja, jangan mengubah / show only, change nothing")
	if err := f.alone(args); err != nil {
		return err
	}
	if *status {
		return schemaStatus(ctx, f)
	}
	s, err := f.open()
	if err != nil {
		return err
	}
	defer closing(s)
	done, err := s.Migrate(ctx)
	for _, name := range done {
		fmt.Println(name)
	}
	return err
}

func schemaStatus(ctx context.Context, f flags) error {
	s, err := f.existing()
	if err != nil {
		return err
	}
	defer closing(s)
	all, err := s.SchemaStatus(ctx)
	for _, c := range all {
		state := say("belum", "pending")
		if c.Applied {
			state = say("sudah", "applied")
		}
		fmt.Printf("%-8s %s\n", state, c.Name)
	}
	return err
}

func setup(ctx context.Context, args []string) error {
	f := newFlags("setup")
	yes := f.Bool("yes", false, "pakai daftar UPT bawaan tanpa bertanya / take the built-in province without asking")
	admin := f.String("admin", "admin", "`NAME` nama masuk administrator pertama / login of the first administrator")
	if err := f.alone(args); err != nil {
		return err
	}
	if !*yes && !agreed(os.Stdin, os.Stderr) {
		return fmt.Errorf("%w: --yes", errUsage)
	}
	return withOffice(ctx, f, func(o *Office) error {
		by := who.House("setup")
		if _, err := o.Access.ByLogin(ctx, by, *admin); err == nil { // before anything is entered
			return fmt.Errorf(say("akun %s sudah ada; provinsi ini sudah disiapkan", "the account %s exists; this province is set up already"), *admin)
		}
		n, err := o.builtIn(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, say("%d UPT dimasukkan dari daftar bawaan; periksa kapasitas dan alamatnya.\n", "%d UPT entered from the built-in list; check their capacity and address.\n"), n)
		_, password, err := o.Access.AddUser(ctx, by, access.NewUser{Login: *admin, Name: *admin, Role: "admin"})
		if err != nil {
			return err
		}
		fmt.Println("password:", password)
		return nil
	})
}

// builtIn enters the built-in province: its centres, and beds by their capacity.
func (o *Office) builtIn(ctx context.Context) (n int, err error) {
	n, err = o.Centres.SetUp(ctx, who.House("setup"), law.Centres.Latest(), "")
	if err != nil {
		return n, err
	}
	return n, places(ctx, o)
}

// offerFirst offers the first run as a page while nobody has an account, and gives its code.
func (o *Office) offerFirst(ctx context.Context) (code string, err error) {
	vacant, err := o.Access.Vacant(ctx)
	if err != nil || !vacant {
		return "", err
	}
	secret := rand.Text()
	code = secret[:4] + "-" + secret[4:8] + "-" + secret[8:12]
	o.Front.First = &front.First{Code: code, Do: func(ctx context.Context, login, name, password string) error {
		if _, err := o.builtIn(ctx); err != nil {
			return err
		}
		return o.Access.AddFirst(ctx, login, name, password)
	}}
	return code, nil
}

// agreed asks whether the built-in province shall be taken.
func agreed(in io.Reader, out io.Writer) bool {
	_, _ = fmt.Fprintf(out, say("Daftar bawaan berisi %d UPT Dinas Sosial Provinsi Jawa Timur. Pakai daftar ini? [y/t] ",
		"The built-in list holds %d UPT of the social affairs office of East Java. Take it? [y/n] "), len(law.Centres.Latest()))
	answer, _ := bufio.NewReader(in).ReadString('\n')
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "ya", "yes":
		return true
	}
	return false
}

// places gives every centre that serves people the beds its capacity says.
func places(ctx context.Context, o *Office) error {
	all, err := o.Centres.List(ctx, who.House("setup"))
	if err != nil {
		return err
	}
	capacities := map[id.ID]int64{}
	for _, c := range all {
		if c.ClientService {
			capacities[c.ID] = c.Capacity
		}
	}
	return o.Residence.SetUp(ctx, who.House("setup"), capacities)
}

func user(ctx context.Context, args []string) error {
	f := newFlags("user")
	role := f.String("role", "", "`ROLE` peran; lihat daftar di atas / role; see the list above")
	at := f.String("centre", "", "`CODE` kode UPT, untuk peran yang bekerja di satu UPT / code of the UPT, for roles that work at one")
	name := f.String("name", "", "`NAME` nama lengkap / full name")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) != 2 || rest[0] != "add" {
		return fmt.Errorf("%w: user add", errUsage)
	}
	if !slices.Contains(roleKeys(), *role) {
		return fmt.Errorf("%w: --role %s", errUsage, strings.Join(roleKeys(), " | "))
	}
	return withOffice(ctx, f, func(o *Office) error {
		u := access.NewUser{Login: rest[1], Name: *name, Role: *role}
		if *at != "" {
			c, err := centreByCode(ctx, o, *at)
			if err != nil {
				return err
			}
			u.Centres = []id.ID{c}
		}
		_, password, err := o.Access.AddUser(ctx, who.House("command"), u)
		var wrong *fail.Invalid
		if errors.As(err, &wrong) {
			return fmt.Errorf("%w: %s", errUsage, explain(err))
		}
		if err == nil {
			fmt.Println("password:", password)
		}
		return err
	})
}

func centreByCode(ctx context.Context, o *Office, code string) (id.ID, error) {
	all, err := o.Centres.List(ctx, who.House("command"))
	for _, c := range all {
		if c.Code == code {
			return c.ID, nil
		}
	}
	return 0, errors.Join(err, fmt.Errorf("%w: --centre %s?", errUsage, code))
}

func token(ctx context.Context, args []string) error {
	f := newFlags("token")
	login := f.String("user", "", "`NAME` nama masuk pemilik token / login of whose token it is")
	expires := f.String("expires", "30d", "`TIME` masa berlaku / how long it holds")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	length, err := duration(*expires)
	if len(rest) != 1 || rest[0] != "create" || *login == "" || err != nil {
		return fmt.Errorf("%w: token create --user, --expires 1d … 3650d", errUsage)
	}
	return withOffice(ctx, f, func(o *Office) error {
		t, err := o.Access.CreateToken(ctx, who.House("command"), *login, "command", length)
		if errors.Is(err, fail.NotFound) {
			return fmt.Errorf(say("tidak ada akun %s", "there is no account %s"), *login)
		}
		if err == nil {
			fmt.Println("token:", t)
		}
		return err
	})
}

func duration(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		n, err := strconv.Atoi(days)
		if err != nil || n < 1 || n > 3650 {
			return 0, fmt.Errorf("%s: 1d to 3650d", s)
		}
		return time.Duration(n) * 24 * time.Hour, nil
	}
	length, err := time.ParseDuration(s)
	if err == nil && length <= 0 {
		err = fmt.Errorf("%s: a time to come", s)
	}
	return length, err
}

func recount(ctx context.Context, args []string) error {
	f := newFlags("recount")
	if err := f.alone(args); err != nil {
		return err
	}
	s, err := f.existing()
	if err != nil {
		return err
	}
	defer closing(s)
	ctx, end := f.watching(ctx, say("angka dihitung:", "figures counted:"))
	drifts, err := s.Recount(ctx, Measures(), true)
	end()
	for _, d := range drifts {
		fmt.Println(d)
	}
	if err == nil {
		fmt.Printf(say("%d angka dibetulkan\n", "%d figures put right\n"), len(drifts))
	}
	return err
}

func acts(_ context.Context, args []string) error {
	if err := newFlags("acts").alone(args); err != nil {
		return err
	}
	for _, a := range store.Acts() {
		fmt.Printf("%-28s %s\n", a.Name, a.Right)
	}
	return nil
}

// printConfig prints the settings in force and where each came from, in the form of a file of settings.
func printConfig(_ context.Context, args []string) error {
	f := newFlags("config")
	f.String("listen", "127.0.0.1:8080", "`ADDR` alamat / address")
	f.Bool("no-migrate", false, "jangan memperbarui skema saat mulai / do not migrate at start")
	f.Bool("allow-remote", false, "contoh boleh dari luar mesin ini / the demo is not only on loopback")
	if err := f.alone(args); err != nil {
		return err
	}
	if err := mayOpen(f.address()); err != nil {
		return err
	}
	for _, name := range []string{"db", "data", "listen", "no-migrate", "allow-remote", "quiet"} {
		v := f.Lookup(name)
		value := v.Value.String()
		if name == "db" {
			value = redacted(f.address())
		}
		from := []string{"--" + name, inEnvironment(name), *f.config, say("bawaan", "default")}[f.strength(name)]
		fmt.Printf("# %s\n%s = %s\n", from, name, value)
	}
	return nil
}
