package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/access"
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
	status := f.Bool("status", false, "tampilkan saja / show only")
	if _, err := f.parse(args); err != nil {
		return err
	}
	s, err := f.open()
	if err != nil {
		return err
	}
	defer closing(s)
	if *status {
		all, err := s.SchemaStatus(ctx)
		for name, done := range all {
			fmt.Println(name, done)
		}
		return err
	}
	done, err := s.Migrate(ctx)
	for _, name := range done {
		fmt.Println(name)
	}
	return err
}

func setup(ctx context.Context, args []string) error {
	f := newFlags("setup")
	yes := f.Bool("yes", false, "pakai daftar UPT bawaan / take the built-in province")
	admin := f.String("admin", "admin", "NAME")
	if _, err := f.parse(args); err != nil {
		return err
	}
	if !*yes {
		return fmt.Errorf("%w: --yes", errUsage)
	}
	return withOffice(ctx, f, func(o *Office) error {
		by := who.House("setup")
		n, err := o.Centres.SetUp(ctx, by, law.Centres.Latest(), "")
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%d UPT\n", n)
		if err := places(ctx, o); err != nil {
			return err
		}
		_, password, err := o.Access.AddUser(ctx, by, access.NewUser{Login: *admin, Name: *admin, Role: "admin"})
		if err != nil {
			return err
		}
		fmt.Println("password:", password)
		return nil
	})
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
	role := f.String("role", "", "ROLE")
	at := f.String("centre", "", "CODE")
	name := f.String("name", "", "nama lengkap / full name")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) != 2 || rest[0] != "add" {
		return fmt.Errorf("%w: user add NAME --role ROLE [--centre CODE]", errUsage)
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
	return 0, errors.Join(err, fmt.Errorf("%w: no centre %s", errUsage, code))
}

func token(ctx context.Context, args []string) error {
	f := newFlags("token")
	login := f.String("user", "", "NAME")
	expires := f.String("expires", "30d", "30d, 12h")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	length, err := duration(*expires)
	if len(rest) != 1 || rest[0] != "create" || *login == "" || err != nil {
		return fmt.Errorf("%w: token create --user NAME [--expires 30d]", errUsage)
	}
	return withOffice(ctx, f, func(o *Office) error {
		t, err := o.Access.CreateToken(ctx, who.House("command"), *login, "command", length)
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
	return time.ParseDuration(s)
}

func backup(ctx context.Context, args []string) error {
	f := newFlags("backup")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return fmt.Errorf("%w: backup FILE", errUsage)
	}
	s, err := f.open()
	if err != nil {
		return err
	}
	defer closing(s)
	return s.Backup(ctx, rest[0])
}

func restore(_ context.Context, args []string) error {
	f := newFlags("restore")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return fmt.Errorf("%w: restore FILE", errUsage)
	}
	return store.Restore(f.address(), rest[0])
}

// verify checks the audit chain, the figures against their recount, and the invariants.
func verify(ctx context.Context, args []string) error {
	f := newFlags("verify")
	if _, err := f.parse(args); err != nil {
		return err
	}
	s, err := f.open()
	if err != nil {
		return err
	}
	defer closing(s)
	entries, wrong, err := s.VerifyChain(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("audit: %d\n", entries)
	drifts, err := s.Recount(ctx, Measures(), false)
	if err != nil {
		return err
	}
	for _, d := range drifts {
		wrong = append(wrong, d.String())
	}
	fmt.Printf("figures: %d differences\n", len(drifts))
	overlaps, err := Wire(s, false).Residence.Overlaps(ctx)
	if err != nil {
		return err
	}
	wrong = append(wrong, overlaps...)
	fmt.Printf("stays: %d overlaps\n", len(overlaps))
	for _, w := range wrong {
		fmt.Println(w)
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%d things are wrong", len(wrong))
	}
	fmt.Println("ok")
	return nil
}

func recount(ctx context.Context, args []string) error {
	f := newFlags("recount")
	if _, err := f.parse(args); err != nil {
		return err
	}
	s, err := f.open()
	if err != nil {
		return err
	}
	defer closing(s)
	drifts, err := s.Recount(ctx, Measures(), true)
	for _, d := range drifts {
		fmt.Println(d)
	}
	return err
}

func acts(context.Context, []string) error {
	for _, a := range store.Acts() {
		fmt.Printf("%-28s %s\n", a.Name, a.Right)
	}
	return nil
}
