// Package calendar writes iCalendar files (RFC 5545, and RFC 5546 for invitations): what a calendar on a phone reads.
package calendar

import (
	"time"

	ics "github.com/arran4/golang-ical"

	"tuntas/house/clock"
)

// The methods of a file: what a calendar does with it.
const (
	Publish = "PUBLISH" // shows it
	Request = "REQUEST" // invites, or changes what was invited to
	Cancel  = "CANCEL"  // takes it away
)

// Type is the media type of a file; Mail is that of a file in an e-mail with its method.
const Type = "text/calendar; charset=utf-8"

// Mail is the media type of a file that goes with an e-mail.
func Mail(method string) string { return "text/calendar; charset=utf-8; method=" + method }

// Event is one entry of a calendar. With On it is a whole day, else it lasts from From to To.
type Event struct {
	UID      string // the same for each change of it, for ever
	Sequence int64  // raised with each change of its time or place
	Stamp    time.Time
	Name     string
	About    string
	Place    string
	URL      string
	From, To time.Time
	On       clock.Day
	Off      bool // called off

	Organizer string   // who calls, by name: an invitation needs one
	Invited   []string // e-mail addresses
}

// File writes a calendar of some events. Moments are written in UTC, which every calendar reads alike; the same events
// give the same bytes.
func File(method, name string, events ...Event) []byte {
	c := ics.NewCalendarFor("Tuntas")
	c.SetMethod(ics.Method(method))
	c.SetCalscale("GREGORIAN")
	if name != "" {
		c.SetXWRCalName(name)
	}
	for _, e := range events {
		v := c.AddEvent(e.UID)
		v.SetSequence(int(e.Sequence))
		v.SetDtStampTime(e.Stamp)
		v.SetSummary(e.Name)
		set(e.About, v.SetDescription)
		set(e.Place, v.SetLocation)
		set(e.URL, v.SetURL)
		if e.Organizer != "" { // answers go by letter or telephone: there is no mailbox that reads them
			v.AddProperty(ics.ComponentPropertyOrganizer, "invalid:nomail", ics.WithCN(e.Organizer))
		}
		for _, to := range e.Invited {
			v.AddAttendee(to, ics.WithRSVP(false))
		}
		if e.On != "" {
			v.SetAllDayStartAt(e.On.Time())
			v.SetAllDayEndAt(e.On.Add(1).Time())
		} else {
			v.SetStartAt(e.From)
			v.SetEndAt(e.To)
		}
		if e.Off || method == Cancel {
			v.SetStatus(ics.ObjectStatusCancelled)
		} else {
			v.SetStatus(ics.ObjectStatusConfirmed)
		}
	}
	return []byte(c.Serialize(ics.WithNewLineWindows))
}

func set(s string, to func(string, ...ics.PropertyParameter)) {
	if s != "" {
		to(s)
	}
}
