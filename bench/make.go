package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/access"
	"tuntas/office/centre"
	"tuntas/schema"
	"tuntas/seed"
)

// place gives the address of the province: a file, or a database on the server of the tests, which is named
// after its size so that it is found again as long as that server runs.
func place(ctx context.Context, s settings, engine, dir string) (address string, drop func(), err error) {
	name := fmt.Sprintf("bench_%d_%d", s.persons, s.events)
	if engine == "sqlite" {
		return "sqlite:" + filepath.Join(dir, name+".db"), func() {}, nil
	}
	address, drop, err = emptyPostgres(ctx, name)
	if s.keep != "" {
		drop = func() {}
	}
	return address, drop, err
}

// emptyPostgres makes a database on the server of the tests, unless it is there.
func emptyPostgres(ctx context.Context, name string) (address string, drop func(), err error) {
	server := os.Getenv("TUNTAS_TEST_PG")
	if server == "" {
		return "", nil, errors.New("TUNTAS_TEST_PG is not set; bin/bench starts a server")
	}
	u, err := url.Parse(server)
	if err != nil {
		return "", nil, err
	}
	c, err := pgx.Connect(ctx, server)
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = c.Close(ctx) }()
	var there bool
	if err := c.QueryRow(ctx, `select exists (select 1 from pg_database where datname = $1)`, name).Scan(&there); err != nil {
		return "", nil, err
	}
	if !there {
		if _, err := c.Exec(ctx, `create database `+name); err != nil {
			return "", nil, err
		}
	}
	u.Path = "/" + name
	return u.String(), func() {
		c, err := pgx.Connect(context.WithoutCancel(ctx), server)
		if err != nil {
			return
		}
		defer func() { _ = c.Close(ctx) }()
		_, _ = c.Exec(context.WithoutCancel(ctx), `drop database `+name+` with (force)`)
	}, nil
}

const password = "contoh-beban-2026"

const workplaces = 10

// provinceAt fills the place, unless it was filled before, and gives the team that works there.
func provinceAt(ctx context.Context, s settings, address string) (*team, time.Duration, error) {
	st, err := store.Open(address, store.Options{Scope: access.Scope, Schema: schema.Files})
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = st.Close() }()
	if _, err := st.Migrate(ctx); err != nil {
		return nil, 0, err
	}
	by, centres, doors := who.House("bench"), centre.New(st), access.New(st, false)
	isNew, err := centres.SetUp(ctx, by, law.Centres.Latest(), " (contoh)")
	if err != nil {
		return nil, 0, err
	}
	all, err := centres.List(ctx, by)
	if err != nil {
		return nil, 0, err
	}
	t := &team{}
	t.employ(all)
	if err := t.hire(ctx, by, doors, centres); err != nil {
		return nil, 0, err
	}
	var made time.Duration
	if isNew > 0 {
		if made, err = fill(ctx, s, st); err != nil {
			return nil, 0, err
		}
	}
	for _, u := range t.users {
		if u.token, err = doors.CreateToken(ctx, by, u.login, "bench", 24*time.Hour); err != nil {
			return nil, 0, err
		}
	}
	return t, made, nil
}

// employ names who works where: two social workers and a head at each of ten centres, one of every other role at
// the first, and the roles that see the province.
func (t *team) employ(all []centre.Centre) {
	for _, c := range all {
		if c.ClientService && len(c.Kinds) > 0 && len(t.users) < 3*workplaces {
			t.add("pekerja-a", "social_worker", c)
			t.add("pekerja-b", "social_worker", c)
			t.add("kepala", "head_centre", c)
		}
	}
	first := t.users[0].centre
	for _, r := range access.Roles {
		switch {
		case r.Key == "head_division":
			t.add("provinsi", r.Key, centre.Centre{})
		case len(t.of(r.Key)) > 0:
		case r.Province:
			t.add(r.Key, r.Key, centre.Centre{})
		default:
			t.add(r.Key, r.Key, first)
		}
	}
}

// hire gives everybody of the team who has none an account, and the social workers their certificates.
func (t *team) hire(ctx context.Context, by who.Asker, doors *access.Desk, centres *centre.Desk) error {
	for _, u := range t.users {
		n := access.NewUser{Login: u.login, Name: u.login, Role: u.role}
		if u.centre.ID != 0 {
			n.Centres = []id.ID{u.centre.ID}
		}
		made, err := doors.AddUserWith(ctx, by, n, password)
		var there *fail.Collision
		if errors.As(err, &there) && there.Name == "login-taken" {
			continue
		}
		if err != nil {
			return err
		}
		if u.role != "social_worker" {
			continue
		}
		post := centre.Staff{Centre: u.centre.ID, User: made.ID, Name: u.login, Kind: "pekerja_sosial", CertificateNo: "CONTOH"}
		if _, err := centres.AddStaff(ctx, by, post); err != nil {
			return err
		}
	}
	return nil
}

func fill(ctx context.Context, s settings, st *store.Store) (time.Duration, error) {
	began := time.Now()
	load := seed.Load{Persons: s.persons, Events: s.events, Seed: 1, Progress: func(done, of int64) {
		fmt.Fprintf(os.Stderr, "\r%s: %d of %d, %s\x1b[K", st.Engine(), done, of, time.Since(began).Round(time.Second))
	}}
	err := seed.Generate(st, load, func(act store.Act, fn func(*store.Tx) error) error { return st.Write(ctx, who.House("bench"), act, fn) })
	fmt.Fprintln(os.Stderr)
	return time.Since(began), err
}
