package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// build makes the binary as it is given out and tells its size.
func build(ctx context.Context, to string) (int64, error) {
	c := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", to, "./cmd/tuntas")
	c.Env = append(os.Environ(), "CGO_ENABLED=0")
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return 0, fmt.Errorf("build: %w", err)
	}
	at, err := os.Stat(to)
	if err != nil {
		return 0, err
	}
	return at.Size(), nil
}

// program is the server that runs.
type program struct {
	cmd  *exec.Cmd
	url  string
	took time.Duration // until it said that it is ready
}

func start(ctx context.Context, binary, address string) (*program, error) {
	p := &program{cmd: exec.CommandContext(ctx, binary, "serve", "--db", address, "--listen", "127.0.0.1:0")}
	says, err := p.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(says)
	for p.url == "" && lines.Scan() {
		if strings.HasPrefix(lines.Text(), "http://") {
			p.url = lines.Text()
		}
	}
	go func() { _, _ = io.Copy(io.Discard, says) }() // its log
	for {
		res, err := http.Get(p.url + "/readyz") //nolint:noctx // our own server, which is there or not
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				p.took = time.Since(began)
				return p, nil
			}
		}
		if time.Since(began) > 20*time.Second {
			p.stop()
			return nil, fmt.Errorf("the server does not become ready: %w", err)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// memory is what the server holds after a few seconds of rest.
func (p *program) memory() (int64, error) {
	time.Sleep(3 * time.Second)
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
			return n * 1024, err
		}
	}
	return 0, nil
}

func (p *program) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}
