package front

import (
	"fmt"
	"slices"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/office/casework"
	"tuntas/office/letters"
	"tuntas/office/passage"
)

// told is what the desks above casework add to a case: for its page, and for its history.
type told struct {
	Way     passage.Way
	Letters []letters.Letter
	Moments []casework.Moment
}

// tell asks each desk once, whatever the case has: a fixed number of statements.
func (d *Desk) tell(r *web.Request, f casework.File) (t told, err error) {
	if t.Way, err = d.Passage.Of(r.Context(), r.By, f); err != nil {
		return t, err
	}
	t.Moments = t.Way.Moments(f, r.Today())
	if r.By.Emergency() { // letters are papers that leave the house: an opening shows none, and no other opening
		return t, nil
	}
	if t.Letters, err = d.Letters.Recent(r.Context(), r.By, f.ID, toldLetters); err != nil {
		return t, err
	}
	t.Moments = append(t.Moments, letters.Moments(t.Letters)...)
	if r.By.May(who.ReviewOpening) {
		all, err := d.Audit.OfPerson(r.Context(), r.By, f.Person)
		if err != nil {
			return t, err
		}
		t.Moments = append(t.Moments, openings(f, all)...)
	}
	return t, nil
}

// toldLetters is how many letters of a case its history tells of.
const toldLetters = 60

// openings tells of the emergencies in which the file was opened while the case ran; why, stands at the review.
func openings(f casework.File, all []access.Opening) (out []casework.Moment) {
	for _, o := range all {
		if on := clock.DayOf(o.At); on >= f.OpenedOn && (f.ClosedOn == "" || on <= f.ClosedOn) {
			out = append(out, casework.Moment{On: on, Kind: "opening", By: o.Spoken(), Path: "/emergency-reviews/" + o.ID.String(), Say: fail.Say("Berkas dibuka lewat akses darurat.")})
		}
	}
	return out
}

// kindsOf are the kinds to filter by: those of every case, and of the rare ones those that this case has.
func kindsOf(more []casework.Moment, open string) (out []string) {
	for _, k := range casework.MomentKinds {
		if k == open || !slices.Contains(casework.RareKinds, k) || slices.ContainsFunc(more, func(m casework.Moment) bool { return m.Kind == k }) {
			out = append(out, k)
		}
	}
	return out
}

// historyQuery narrows the history to one kind, and to a page.
type historyQuery struct {
	Kind  string `query:"kind" enum:"stage,assessment,plan,service,note,conference,stay,visit,paper,leave,transfer,review,death,opening"`
	Limit int64  `query:"limit" minimum:"1" maximum:"500"`
	After string `query:"after" maxLength:"200"`
}

// MomentBody is one thing that happened in a case, in the API. key is its place in the history; text is in the language
// of the caller.
type MomentBody struct {
	Key  string    `json:"key" required:"true"`
	On   clock.Day `json:"on" required:"true"`
	Kind string    `json:"kind" enum:"stage,assessment,plan,service,note,conference,stay,visit,paper,leave,transfer,review,death,opening"`
	Text string    `json:"text"`
	By   string    `json:"by"`
	Path *string   `json:"path"` // of the page that tells more
}

// momentBodies are the moments of a kind. The key counts what happened on a day from its first: a later day moves none.
func momentBodies(l text.Lang, h casework.History, kind string) []MomentBody {
	all := []MomentBody{}
	of := map[clock.Day]int{}
	for _, m := range slices.Backward(h) {
		of[m.On]++
		if kind != "" && m.Kind != kind {
			continue
		}
		b := MomentBody{Key: fmt.Sprintf("%s.%d", m.On, of[m.On]), On: m.On, Kind: m.Kind, Text: text.Say(l, m.Say), By: m.By}
		if m.Path != "" {
			b.Path = &m.Path
		}
		all = append(all, b)
	}
	slices.Reverse(all)
	return all
}

// getHistory is what happened in a case, in the API.
func (d *Desk) getHistory(r *web.Request) (web.Answer, error) {
	var q historyQuery
	if err := r.Filter(&q); err != nil {
		return nil, err
	}
	f, history, _, err := d.Cases.WithHistory(r.Context(), r.By, r.ID("case"), false)
	if err != nil {
		return nil, err
	}
	more, err := d.tell(r, f)
	if err != nil {
		return nil, err
	}
	return r.Cut(momentBodies(r.Lang, history.With(more.Moments...), q.Kind), web.Cut{Limit: q.Limit, After: q.After})
}
