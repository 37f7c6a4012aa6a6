package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"tuntas/house/clock"
	"tuntas/house/store"
)

func serve(ctx context.Context, args []string) error {
	f := newFlags("serve")
	listen := f.String("listen", "127.0.0.1:8080", "`ADDR` alamat yang dilayani / address to serve")
	noMigrate := f.Bool("no-migrate", false, "jangan memperbarui skema saat mulai / do not migrate at start")
	post := mailFlags(f)
	if err := f.alone(args); err != nil {
		return err
	}
	s, err := f.open()
	if err != nil {
		return err
	}
	defer closing(s)
	if !*noMigrate {
		if _, err := s.Migrate(ctx); err != nil {
			return err
		}
	}
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	fmt.Fprintf(os.Stderr, "http://%s\n", listener.Addr())
	o := Wire(s, false)
	if err := post.into(o); err != nil {
		return err
	}
	code, err := o.offerFirst(ctx)
	if err != nil {
		return err
	}
	if code != "" {
		fmt.Fprintf(os.Stderr, say("Provinsi ini kosong. Buka http://%s/setup dan tulis kode: %s\n", "This province is empty. Open http://%s/setup and write the code: %s\n"), listener.Addr(), code)
	}
	return listenAndServe(ctx, o, listener, slog.New(slog.NewTextHandler(os.Stderr, nil)))
}

func closing(s *store.Store) {
	if err := s.Close(); err != nil {
		fmt.Fprintln(os.Stderr, "tuntas: close:", err)
	}
}

// listenAndServe answers until the context ends, then drains: what was begun is finished.
func listenAndServe(ctx context.Context, o *Office, listener net.Listener, log *slog.Logger) error {
	handler, err := o.Server(clock.Wall, log)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 60 * time.Second, WriteTimeout: 60 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	debug.FreeOSMemory() // what reading the rules took is not needed again
	if os.Getenv("GOGC") == "" {
		// What lives is small and a page leaves much behind: by Go's own measure (100) every tenth page of one user met
		// a collection, and took half as long again. The price is some 60 MB while many are at work.
		debug.SetGCPercent(400)
	}
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	running.Go(func() { o.Jobs(log).Run(work) })
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	select {
	case err = <-done:
	case <-ctx.Done():
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), 25*time.Second)
		defer cancel()
		err = server.Shutdown(drain)
	}
	stop()
	running.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
