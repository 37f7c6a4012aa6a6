package browser

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

//go:embed page.js
var script string

// answer is what page.js says.
type answer struct {
	Miss, Text        string
	X, Y              float64
	Leads, Done, Type bool
}

// ask evaluates an expression with the words of page.js.
func (b *Browser) ask(expression string) (answer, error) {
	return chromedp.Run(b.ctx, chromedp.Evaluate[answer]("(() => {"+script+"\nreturn "+expression+"})()"))
}

// call writes a call of page.js with text arguments.
func call(name string, args ...string) string {
	quoted := make([]string, len(args))
	for i, a := range args {
		quoted[i] = quote(a)
	}
	return name + "(" + strings.Join(quoted, ", ") + ")"
}

func quote(s string) string {
	j, _ := json.Marshal(s)
	return string(j)
}

// get asks until page.js finds what is meant.
func (b *Browser) get(what, expression string) (found answer) {
	b.t.Helper()
	b.until(func() string {
		a, err := b.ask(expression)
		if err != nil {
			return fmt.Sprintf("%s: %v", what, err)
		}
		found = a
		if a.Miss != "" {
			return what + ": " + a.Miss
		}
		return ""
	})
	return found
}

// In narrows the next steps to the smallest part of the page headed so: a fieldset, a row, a section.
func (b *Browser) In(heading string) *Browser {
	part := *b
	part.within = heading
	return &part
}

// Fill types a value into the field with this label, in place of what stood there.
func (b *Browser) Fill(label, value string) {
	b.t.Helper()
	what := "fill " + label
	a := b.get(what, "fill("+call("field", b.within, label)+", "+quote(value)+")")
	b.effort.Taps++
	b.effort.Keys += utf8.RuneCountInString(value)
	if a.Type {
		_, err := chromedp.Call(b.ctx, input.InsertText, input.InsertTextParams{Text: value})
		b.must(what, err)
	}
}

// Choose takes an option of a list, or of a group of buttons or boxes, by the words of both.
func (b *Browser) Choose(label, option string) {
	b.t.Helper()
	before := b.state.count()
	a := b.get("choose "+option+" for "+label, call("choose", b.within, label, option))
	if !a.Done {
		b.click("choose "+option, a)
		return
	}
	b.effort.Taps += 2
	if b.went(false) {
		b.loaded(before)
	}
}

// Check clicks the box with this label.
func (b *Browser) Check(label string) {
	b.t.Helper()
	b.click("check "+label, b.get("check "+label, "clickable("+call("field", b.within, label)+")"))
}

// Attach puts a file into the field with this label.
func (b *Browser) Attach(label, file string) {
	b.t.Helper()
	found := call("field", b.within, label)
	b.get("attach to "+label, found+".miss ? "+found+" : {}")
	object, err := chromedp.Run(b.ctx, chromedp.Evaluate[*runtime.RemoteObject]("(() => {"+script+"\nreturn "+found+".e})()"))
	b.must("attach to "+label, err)
	_, err = chromedp.Call(b.ctx, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{file}, ObjectID: object.ObjectID})
	b.must("attach "+file, err)
}

// Press clicks the button or the link with these words. When the click leaves the page, it waits for
// the next one.
func (b *Browser) Press(words string) {
	b.t.Helper()
	b.click("press "+words, b.get("press "+words, "clickable("+call("button", b.within, words)+")"))
}

func (b *Browser) click(what string, at answer) {
	b.t.Helper()
	b.effort.Taps++
	before := b.state.count()
	for _, kind := range []input.DispatchMouseEventType{input.DispatchMouseEventTypeMouseMoved, input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased} {
		p := input.DispatchMouseEventParams{Type: kind, X: at.X, Y: at.Y}
		if kind != input.DispatchMouseEventTypeMouseMoved {
			p.Button, p.ClickCount = input.MouseButtonLeft, 1
		}
		_, err := chromedp.Call(b.ctx, input.DispatchMouseEvent, p)
		b.must(what, err)
	}
	if b.went(at.Leads) {
		b.loaded(before)
	}
}

// went tells whether the page is being left: it noted so, or it is gone already with its notes.
func (b *Browser) went(byMarkup bool) bool {
	if b.state.scriptless {
		return byMarkup
	}
	stayed, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`window.tryWent === false`))
	return err != nil || !stayed
}

// Key presses one key where the focus is: "Tab", "Enter", "Escape".
func (b *Browser) Key(key string) {
	b.t.Helper()
	codes := map[string]int64{"Tab": 9, "Enter": 13, "Escape": 27}
	code, ok := codes[key]
	if !ok {
		b.t.Fatalf("no key %s", key)
	}
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		p := input.DispatchKeyEventParams{Type: kind, Key: key, Code: key, WindowsVirtualKeyCode: code, NativeVirtualKeyCode: code}
		if key == "Enter" && kind == input.DispatchKeyEventTypeKeyDown {
			p.Text = "\r"
		}
		_, err := chromedp.Call(b.ctx, input.DispatchKeyEvent, p)
		b.must("press the key "+key, err)
	}
}

// Enter presses Enter in a form and waits for the next page.
func (b *Browser) Enter() {
	b.t.Helper()
	before := b.state.count()
	b.Key("Enter")
	b.loaded(before)
}
