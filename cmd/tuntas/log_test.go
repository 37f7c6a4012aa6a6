package main

import (
	"bytes"
	"context"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"testing"

	"tuntas/house/who"
	"tuntas/office/person"
)

// written is the log of a test office. Whatever a test does to it, at its end the log names nobody.
type written struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (w *written) Write(line []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.all.Write(line)
}

func (w *written) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.all.String()
}

var longNumber = regexp.MustCompile(`\b\d{16}\b`) // NIK and number of the family card

// newLog gives the log of an office, which is looked through when the test is over: no name, no number, no secret of
// anybody who was registered meanwhile, whatever failed.
func newLog(t testing.TB, o *testOffice) *slog.Logger {
	w := &written{}
	o.log = w
	t.Cleanup(func() {
		hits, _, err := o.Persons.Search(context.WithoutCancel(t.Context()), who.House("test"), person.Query{Limit: 500})
		if err != nil { // some tests take the database away for good
			t.Logf("numbers and secrets alone are looked for: %v", err)
		}
		secrets := []string{testPassword}
		for _, token := range o.tokens {
			secrets = append(secrets, token)
		}
		for _, h := range hits {
			for word := range strings.FieldsSeq(h.Called) {
				if len(word) > 4 {
					secrets = append(secrets, word)
				}
			}
		}
		for line := range strings.Lines(w.String()) {
			for _, secret := range secrets {
				if strings.Contains(line, secret) {
					t.Errorf("%q stands in the log: %s", secret, line)
				}
			}
			if n := longNumber.FindString(line); n != "" {
				t.Errorf("a number of a person stands in the log: %s", line)
			}
		}
	})
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// A name in a path that leads nowhere, in a query, in a form that is refused: none of it comes into the log.
func TestLog_namesNobody(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		o.want(201, "ratna", "POST", "/persons", m{"names": []m{{"text": "Sumarni Kinasih"}}, "identifiers": []m{{"kind": "nik", "value": "3509115507450001"}}})
		o.want(200, "ratna", "GET", "/persons?q=Kinasih", nil)
		o.want(404, "ratna", "GET", "/nowhere/Kinasih?name=Kinasih", nil)
		o.want(400, "ratna", "POST", "/persons", m{"names": []m{{"text": strings.Repeat("Kinasih ", 200)}}})
		log := o.log.String()
		if n := strings.Count(log, "msg=request"); n < 3 {
			t.Fatalf("%d requests in the log:\n%s", n, log)
		}
		for _, never := range []string{"Kinasih", "3509115507450001", "?"} {
			if strings.Contains(log, never) {
				t.Errorf("%q stands in the log:\n%s", never, log)
			}
		}
	})
}
