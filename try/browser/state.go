package browser

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// state is what the window told about itself.
type state struct {
	sync.Mutex
	loads      int
	loader     string // of the page now shown
	status     int64
	traffic    Traffic
	pending    map[network.RequestID]bool
	cached     map[network.RequestID]bool
	complaints []string
	scriptless bool
}

// Traffic is what came over the wire for the page now shown: from its address to its last picture,
// redirects included, what the browser had kept not.
type Traffic struct{ Requests, Bytes int }

func (s *state) count() int {
	s.Lock()
	defer s.Unlock()
	return s.loads
}

func (s *state) note(ctx context.Context, event any) {
	s.Lock()
	defer s.Unlock()
	switch e := event.(type) {
	case *page.EventLoadEventFired:
		s.loads++
	case *page.EventJavascriptDialogOpening: // it holds the window until somebody answers
		go func() {
			_, _ = chromedp.Call(ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}()
	case *network.EventRequestWillBeSent:
		s.sent(e)
	case *network.EventRequestServedFromCache:
		s.cached[e.RequestID] = true
	case *network.EventResponseReceived:
		s.received(e)
	case *network.EventLoadingFinished:
		s.traffic.Bytes += int(e.EncodedDataLength)
		delete(s.pending, e.RequestID)
	case *network.EventLoadingFailed:
		delete(s.pending, e.RequestID)
	case *runtime.EventExceptionThrown:
		s.complain("script: %s", exception(e))
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" {
			s.complain("console: %s", arguments(e))
		}
	case *log.EventEntryAdded:
		// The answer 422 to a form is told as an error of the network; missing assets are noted by received.
		if e.Entry.Level == "error" && e.Entry.Source != "network" {
			s.complain("%s: %s", e.Entry.Source, e.Entry.Text)
		}
	}
}

func (s *state) sent(e *network.EventRequestWillBeSent) {
	if strings.HasPrefix(e.Request.URL, "data:") {
		return
	}
	if e.RedirectResponse != nil {
		s.traffic.Requests++
		s.traffic.Bytes += int(e.RedirectResponse.EncodedDataLength)
		return
	}
	if e.Type == network.ResourceTypeDocument && string(e.RequestID) == string(e.LoaderID) {
		s.traffic, s.pending, s.loader = Traffic{}, map[network.RequestID]bool{}, string(e.LoaderID)
	}
	if string(e.LoaderID) != s.loader { // asked for by the page before, and never answered
		return
	}
	s.pending[e.RequestID] = true
}

func (s *state) received(e *network.EventResponseReceived) {
	if e.Type == network.ResourceTypeDocument {
		s.status = e.Response.Status
	} else if e.Response.Status >= 400 {
		s.complain("%d for %s", e.Response.Status, e.Response.URL)
	}
	if s.pending[e.RequestID] && !e.Response.FromDiskCache && !s.cached[e.RequestID] {
		s.traffic.Requests++
	}
}

func (s *state) complain(format string, args ...any) {
	s.complaints = append(s.complaints, fmt.Sprintf(format, args...))
}

func exception(e *runtime.EventExceptionThrown) string {
	if x := e.ExceptionDetails.Exception; x != nil && x.Description != "" {
		return x.Description
	}
	return e.ExceptionDetails.Text
}

func arguments(e *runtime.EventConsoleAPICalled) string {
	var words []string
	for _, a := range e.Args {
		words = append(words, string(a.Value)+a.Description)
	}
	return strings.Join(words, " ")
}

// Complaints gives what the pages complained of since the last question, and forgets it.
func (b *Browser) Complaints() []string {
	b.state.Lock()
	defer b.state.Unlock()
	all := slices.Clone(b.state.complaints)
	b.state.complaints = nil
	return all
}

// Status is the HTTP status of the page now shown.
func (b *Browser) Status() int {
	b.state.Lock()
	defer b.state.Unlock()
	return int(b.state.status)
}

// Traffic waits for the last asset of the page and tells what it cost.
func (b *Browser) Traffic() Traffic {
	b.t.Helper()
	b.until(func() string {
		b.state.Lock()
		defer b.state.Unlock()
		if n := len(b.state.pending); n > 0 {
			return fmt.Sprintf("%d requests are still on their way", n)
		}
		return ""
	})
	b.state.Lock()
	defer b.state.Unlock()
	return b.state.traffic
}
