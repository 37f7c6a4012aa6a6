package calendar

import (
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"tuntas/house/clock"
)

// An invitation is read back as it was meant: the hours of the office in UTC, its sequence and method, and text with
// commas, line ends and letters of two bytes.
func TestFile(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, 11, 24, 9, 0, 0, 0, clock.WIB)
	e := Event{UID: "X1@tuntas", Sequence: 3, Stamp: from, Name: "Rakor, lansia; rehabilitasi", About: "Baris satu\nBaris dua – penutup", Place: "Aula Dinas, lantai 2", From: from, To: from.Add(2 * time.Hour),
		Organizer: "Dinas Sosial", Invited: []string{"rujukan@naker.example"}}
	body := File(Request, "Rakor", e)
	for _, want := range []string{"METHOD:REQUEST", "SEQUENCE:3", "DTSTART:20261124T020000Z", "DTEND:20261124T040000Z", "STATUS:CONFIRMED", "ORGANIZER;CN=Dinas Sosial:invalid:nomail", "mailto:rujukan@naker.example", "\r\n"} {
		if !strings.Contains(string(body), want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	read, err := ics.ParseCalendar(strings.NewReader(string(body)))
	if err != nil || len(read.Events()) != 1 {
		t.Fatalf("%v\n%s", err, body)
	}
	v := read.Events()[0]
	if got := v.GetProperty(ics.ComponentPropertySummary).Value; got != e.Name {
		t.Errorf("the name is %q", got)
	}
	if got := v.GetProperty(ics.ComponentPropertyDescription).Value; got != e.About {
		t.Errorf("the text is %q", got)
	}
	if again := File(Request, "Rakor", e); string(again) != string(body) {
		t.Error("the same event gives other bytes")
	}
	off := string(File(Cancel, "", e))
	if !strings.Contains(off, "METHOD:CANCEL") || !strings.Contains(off, "STATUS:CANCELLED") {
		t.Errorf("called off:\n%s", off)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(string(body), "\r\n"), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes", len(line))
		}
	}
	day := string(File(Publish, "", Event{UID: "d", Stamp: from, Name: "Batas", On: "2026-12-31"}))
	if !strings.Contains(day, "20261231") || !strings.Contains(day, "20270101") || !strings.Contains(day, "VALUE=DATE") {
		t.Errorf("a whole day:\n%s", day)
	}
}
