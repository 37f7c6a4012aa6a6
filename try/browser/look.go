package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// See waits until the page shows a text.
func (b *Browser) See(text string) {
	b.t.Helper()
	want := strings.Join(strings.Fields(text), " ")
	b.until(func() string {
		if a, err := b.ask(call("text", b.within)); err != nil || !strings.Contains(a.Text, want) {
			return fmt.Sprintf("%q is not to be seen %s", want, a.Miss)
		}
		return ""
	})
}

// NotSee waits until the page shows a text no more.
func (b *Browser) NotSee(text string) {
	b.t.Helper()
	unwanted := strings.Join(strings.Fields(text), " ")
	b.until(func() string {
		if a, err := b.ask(call("text", b.within)); err != nil || strings.Contains(a.Text, unwanted) {
			return fmt.Sprintf("%q is still to be seen", unwanted)
		}
		return ""
	})
}

// Shows tells whether the page shows a text now, without waiting.
func (b *Browser) Shows(text string) bool {
	a, err := b.ask(call("text", b.within))
	return err == nil && strings.Contains(a.Text, strings.Join(strings.Fields(text), " "))
}

// Text is all that the page, or the part chosen by In, shows.
func (b *Browser) Text() string {
	b.t.Helper()
	return b.get("read the page", call("text", b.within)).Text
}

// Value is what stands in the field with this label: the text, the chosen option, "true" for a box.
func (b *Browser) Value(label string) string {
	b.t.Helper()
	return b.get("read "+label, "valueOf("+call("field", b.within, label)+")").Text
}

// Title is the title of the page.
func (b *Browser) Title() string { return Eval[string](b, `document.title`) }

// Path is the address of the page without the server.
func (b *Browser) Path() string {
	path, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`location.pathname + location.search`))
	return path
}

// Eval asks the page for the value of a JavaScript expression.
func Eval[T any](b *Browser, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	b.must("evaluate "+expression, err)
	return v
}

// Fetched is what the server gave to Fetch.
type Fetched struct {
	Status int    `json:"status"`
	Type   string `json:"type"`
	Body   string `json:"body"`
}

// Fetch gets a path with the cookies of this window, such as a file that the page offers.
func (b *Browser) Fetch(path string) Fetched {
	b.t.Helper()
	f, err := chromedp.Run(b.ctx, chromedp.Evaluate[Fetched](`fetch(`+quote(path)+
		`).then(async r => ({ status: r.status, type: r.headers.get('content-type') || '', body: await r.text() }))`,
		chromedp.EvalAwaitPromise))
	b.must("fetch "+path, err)
	return f
}

// FitsWidth fails when the page must be moved sideways to be read (WCAG 1.4.10).
func (b *Browser) FitsWidth() {
	b.t.Helper()
	if a, err := b.ask(`sideways()`); err != nil || a.Text != "" {
		b.t.Errorf("%s is too wide: %s %v", b.Path(), a.Text, err)
	}
}

// FocusStaysVisible goes through the page by Tab and fails when a bar lies over what has the focus
// (WCAG 2.4.11). It gives the names of what it passed, in order.
func (b *Browser) FocusStaysVisible() []string {
	b.t.Helper()
	var passed []string
	for range 200 {
		b.Key("Tab")
		a, err := b.ask(`covered()`)
		b.must("follow the focus", err)
		if a.Done { // round the corner, back at the page itself
			break
		}
		if a.Miss != "" {
			b.t.Errorf("%s: %s", b.Path(), a.Miss)
		}
		passed = append(passed, a.Text)
	}
	return passed
}

// Screenshot keeps a picture of the whole page in the folder TUNTAS_SHOTS, when it is set.
func (b *Browser) Screenshot(name string) {
	b.t.Helper()
	dir := os.Getenv("TUNTAS_SHOTS")
	if dir == "" {
		return
	}
	size, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]float64](
		`[document.documentElement.clientWidth, Math.max(innerHeight, document.documentElement.scrollHeight)]`))
	if err != nil || len(size) != 2 {
		b.t.Logf("no picture %s: %v", name, err)
		return
	}
	beyond := true
	shot, err := chromedp.Call(b.ctx, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &beyond,
		Clip: &page.Viewport{Width: size[0], Height: size[1], Scale: 1}})
	if err != nil {
		b.t.Logf("no picture %s: %v", name, err)
		return
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), shot.Data, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
