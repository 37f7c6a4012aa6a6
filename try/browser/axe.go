package browser

import (
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/chromedp/chromedp"
)

var axe = sync.OnceValues(func() (string, error) {
	file := os.Getenv("TUNTAS_TEST_AXE")
	if file == "" {
		return "", fmt.Errorf("TUNTAS_TEST_AXE is not set; run the tests through bin/test, which fetches the checker")
	}
	b, err := os.ReadFile(file)
	return string(b), err
})

// The rules of WCAG 2.0 to 2.2, A and AA, and the best practices; the size of targets is off by default.
// Bars that float cover at this moment what comes out by scrolling, so they lie still for the check; whether
// they hide the focus is FocusStaysVisible's matter.
const axeRun = `(() => { const floating = [...document.querySelectorAll('*')].filter(e => ['fixed', 'sticky'].includes(getComputedStyle(e).position));
floating.forEach(e => { e.style.position = 'static'; });
return axe.run(document, {
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'],
	rules: { 'target-size': { enabled: true } },
	resultTypes: ['violations'],
}).then(r => r.violations.map(v => ({ id: v.id, help: v.help, impact: v.impact,
	nodes: v.nodes.map(n => ({ at: String(n.target), html: n.html.slice(0, 200), why: n.failureSummary })) })))
	.finally(() => floating.forEach(e => { e.style.position = ''; })) })()`

type violation struct {
	ID, Help, Impact string
	Nodes            []struct{ At, HTML, Why string }
}

func (v violation) String() string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s (%s): %s", v.ID, v.Impact, v.Help)
	for i, n := range v.Nodes {
		if i == 4 {
			fmt.Fprintf(&s, "\n    and %d more", len(v.Nodes)-i)
			break
		}
		fmt.Fprintf(&s, "\n    %s\n      %s\n      %s", n.At, n.HTML, strings.ReplaceAll(strings.TrimSpace(n.Why), "\n", " "))
	}
	return s.String()
}

// Axe fails with each rule of accessibility that the page breaks as it is shown now.
func (b *Browser) Axe() {
	b.t.Helper()
	for _, v := range b.violations() {
		b.t.Errorf("%s: %s", b.Path(), v)
	}
}

// AxeBoth does so in light and in dark; what is wrong in both is said once.
func (b *Browser) AxeBoth() {
	b.t.Helper()
	b.Light()
	inLight := b.violations()
	b.Dark()
	inDark := b.violations()
	b.Light()
	said := map[string]bool{}
	for _, v := range inLight {
		said[v.String()] = true
		b.t.Errorf("%s: %s", b.Path(), v)
	}
	for _, v := range inDark {
		if !said[v.String()] {
			b.t.Errorf("%s in dark: %s", b.Path(), v)
		}
	}
}

func (b *Browser) violations() []violation {
	b.t.Helper()
	source, err := axe()
	b.must("load the checker", err)
	_, err = chromedp.Run(b.ctx, chromedp.Evaluate[chromedp.Void](`if (!window.axe) {`+source+`}`))
	b.must("inject the checker", err)
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]violation](axeRun, chromedp.EvalAwaitPromise))
	b.must("check accessibility", err)
	return found
}
