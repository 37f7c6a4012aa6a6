package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// TestProgress: nothing for two seconds, then count, rate and time left, at most twice a second.
func TestProgress(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	now := time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)
	p := &progress{out: &out, what: "rows:", now: func() time.Time { return now }, began: now}
	p.at(100, 4000)
	now = now.Add(1900 * time.Millisecond)
	p.at(900, 4000)
	if out.Len() > 0 {
		t.Errorf("it speaks too early: %q", out.String())
	}
	now = now.Add(100 * time.Millisecond)
	p.at(1000, 4000)
	p.at(1001, 4000)
	if got := out.String(); strings.Count(got, "rows:") != 1 || !strings.Contains(got, "1.000 / 4.000") && !strings.Contains(got, "1,000 / 4,000") || !strings.Contains(got, "500") || !strings.Contains(got, "6s") {
		t.Errorf("after two seconds: %q", got)
	}
	p.end()
	if !strings.HasSuffix(out.String(), "\r\x1b[K") {
		t.Error("the line is not cleared at the end")
	}
	quiet := &progress{now: p.now}
	quiet.at(1, 2)
	quiet.end()
}
