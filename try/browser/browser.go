// Package browser drives Debian's Chromium as a person would: fields are found by their labels, buttons
// by their words, and every step waits for what it needs instead of for a time. For tests only.
//
//	b := browser.New(t, server.URL, 360)
//	b.Open("/sign-in")
//	b.Fill("Nama pengguna", "ratna")
//	b.Press("Masuk")
//	b.See("Pekerjaan saya hari ini")
//	b.Axe()
package browser

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// patience is how long a step waits before it fails; a laden machine is slow, a working page is not.
const patience = 20 * time.Second

// Browser is one window with cookies of its own.
type Browser struct {
	t      testing.TB
	ctx    context.Context
	base   string
	within string
	state  *state
	effort *Effort
}

// Effort is what a person would have done so far: taps, where a list to choose from takes two, and keys.
type Effort struct{ Taps, Keys int }

// Effort tells what the steps so far would have cost a person.
func (b *Browser) Effort() Effort { return *b.effort }

// chromium is the browser process, shared by all tests of a program.
type chromium struct {
	ctx     context.Context
	cleaner io.Closer // held to the end: collected as garbage it would close early
}

var process = sync.OnceValues(start)

func start() (*chromium, error) {
	profile, err := os.MkdirTemp("", "tuntas-chromium-")
	if err != nil {
		return nil, err
	}
	cleaner, err := removeAfterUs(profile)
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(os.Getenv("TUNTAS_TEST_CHROMIUM")),
		chromedp.UserDataDir(filepath.Join(profile, "profile")),
		chromedp.Env("TMPDIR="+profile),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("hide-scrollbars", true),
		// The product needs no internet, and a page that asks for it must not get it.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ = chromedp.NewContext(ctx) // lives as long as the test program; the kernel ends it with us
	return &chromium{ctx, cleaner}, chromedp.Do(ctx)
}

// removeAfterUs deletes a folder when this program has ended, however it ended: the shell waits for its
// standard input, which closes with us.
func removeAfterUs(dir string) (io.Closer, error) {
	sh := exec.Command("/bin/sh", "-c", `cat >/dev/null; for i in 1 2 3 4 5; do rm -rf "$0" && break; sleep 1; done`, dir)
	pipe, err := sh.StdinPipe()
	if err != nil {
		return nil, err
	}
	return pipe, sh.Start()
}

// New opens a window of a width on a server, in Indonesian, in the office's time. What the pages complain
// about (a script that fails, a refused style, a missing asset) fails the test at its end.
func New(t testing.TB, base string, width int) *Browser {
	t.Helper()
	if os.Getenv("TUNTAS_TEST_CHROMIUM") == "" {
		t.Fatal("TUNTAS_TEST_CHROMIUM is not set; run the tests through bin/test, which finds the browser")
	}
	shared, err := process()
	if err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	ctx, cancel := chromedp.NewContext(shared.ctx, chromedp.WithNewBrowserContext())
	b := &Browser{t: t, ctx: ctx, base: strings.TrimSuffix(base, "/"), effort: &Effort{}, state: &state{pending: map[network.RequestID]bool{}, cached: map[network.RequestID]bool{}}}
	t.Cleanup(func() {
		b.finish()
		cancel()
	})
	b.must("open a window", chromedp.Do(ctx))
	b.must("listen to the window", chromedp.Listen(ctx, func(event any) { b.state.note(ctx, event) }))
	_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	b.must("watch the network", err)
	_, err = chromedp.Call(ctx, log.Enable, cdp.Empty{})
	b.must("watch the log", err)
	_, err = chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	b.must("hold the focus", err)
	_, err = chromedp.Call(ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "Asia/Jakarta"})
	b.must("set the time zone", err)
	b.Width(width)
	b.Light()
	b.Lang("id")
	return b
}

// finish reports what the pages complained of, and keeps a picture of a failure.
func (b *Browser) finish() {
	if b.t.Failed() {
		b.Screenshot("failed-" + strings.NewReplacer("/", "-", " ", "-").Replace(b.t.Name()))
		return
	}
	for _, c := range b.Complaints() {
		b.t.Errorf("the page complained: %s", c)
	}
}

// Width sets the width of the window: 360 is a phone, 768 a tablet, 1280 a desk.
func (b *Browser) Width(px int) {
	b.t.Helper()
	height, mobile := 900, px < 768
	if mobile {
		height = 780
	}
	_, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: int64(px), Height: int64(height), DeviceScaleFactor: 1, Mobile: mobile})
	b.must("set the width", err)
}

// Dark shows pages as to somebody who prefers dark, Light as to others; both keep still.
func (b *Browser) Dark() { b.t.Helper(); b.media("", "dark") }

// Light is the window's first state.
func (b *Browser) Light() { b.t.Helper(); b.media("", "light") }

// Print shows pages as they would be printed.
func (b *Browser) Print() { b.t.Helper(); b.media("print", "light") }

func (b *Browser) media(kind, scheme string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: kind, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
	b.must("set the media", err)
}

// Lang sets the language that the browser asks for from the next page on: "id" or "en".
func (b *Browser) Lang(lang string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": lang}})
	b.must("set the language", err)
}

// NoScript switches the scripts of pages off from the next page on: everything must work without.
func (b *Browser) NoScript() {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.must("switch scripts off", err)
	b.state.scriptless = true
}

// Slow makes the network of the window that of slow 3G from the next page on: 50 KB in a second, answers 400 ms late.
func (b *Browser) Slow() {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
		MatchedNetworkConditions: []*network.Conditions{{URLPattern: "", Latency: 400, DownloadThroughput: 50_000, UploadThroughput: 50_000}}})
	b.must("slow the network down", err)
}

// Painted is when the largest thing of the page that is open was painted, in milliseconds after the page was asked for (LCP).
func (b *Browser) Painted() float64 {
	b.t.Helper()
	at, err := chromedp.Run(b.ctx, chromedp.Evaluate[float64](`new Promise(done => new PerformanceObserver(l => { const all = l.getEntries(); done(all[all.length - 1].startTime); })
		.observe({ type: 'largest-contentful-paint', buffered: true }))`, chromedp.EvalAwaitPromise))
	b.must("ask when it was painted", err)
	return at
}

// Open goes to a path of the server and waits until the page is there.
func (b *Browser) Open(path string) {
	b.t.Helper()
	before := b.state.count()
	r, err := chromedp.Call(b.ctx, page.Navigate, page.NavigateParams{URL: b.base + path})
	b.must("open "+path, err)
	if r.ErrorText != "" {
		b.fail("open %s: %s", path, r.ErrorText)
	}
	b.loaded(before)
}

// Reload asks for the same page again.
func (b *Browser) Reload() {
	b.t.Helper()
	before := b.state.count()
	_, err := chromedp.Call(b.ctx, page.Reload, page.ReloadParams{})
	b.must("reload", err)
	b.loaded(before)
}

// Back goes to the page before.
func (b *Browser) Back() {
	b.t.Helper()
	from := b.Path()
	_, _ = chromedp.Run(b.ctx, chromedp.Evaluate[chromedp.Void](`history.back()`))
	b.until(func() string {
		if b.Path() == from {
			return "the page before did not come back"
		}
		return ""
	})
}

// loaded waits until one more page than before has come in whole.
func (b *Browser) loaded(before int) {
	b.t.Helper()
	b.until(func() string {
		if b.state.count() <= before {
			return "the next page did not come"
		}
		return ""
	})
}

// until asks again and again until there is nothing to say, and fails with what was said last.
func (b *Browser) until(ask func() string) {
	b.t.Helper()
	said := b.wait(patience, ask)
	if said != "" {
		b.fail("%s", said)
	}
}

func (b *Browser) wait(long time.Duration, ask func() string) string {
	end := time.After(long)
	tick := time.NewTicker(15 * time.Millisecond)
	defer tick.Stop()
	for {
		said := ask()
		if said == "" {
			return ""
		}
		select {
		case <-end:
			return said
		case <-b.ctx.Done():
			return "the browser has gone: " + said
		case <-tick.C:
		}
	}
}

func (b *Browser) must(what string, err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
}

// fail ends the test with what the page showed.
func (b *Browser) fail(format string, args ...any) {
	b.t.Helper()
	a, _ := b.ask(`text('')`)
	b.t.Logf("the page %s showed: %.1500s", b.Path(), a.Text)
	b.t.Fatalf(format, args...)
}
