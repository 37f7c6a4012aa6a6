package drafts

import (
	"slices"
	"strings"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Desk is the desk of drafts.
type Desk struct{ store *store.Store }

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{s} }

// What a draft can hold.
const (
	mostFields = 600
	mostBytes  = 256 << 10 // of all values, as they are kept
	atOnce     = 50        // fields in one sending
	mostBegun  = 200       // living drafts that one user began
)

// Form is one form: its key among all forms, what it is called (an Indonesian sentence), where it stands, whose it is.
type Form struct {
	Key, Name, Page string
	Hush            who.Right // who reads it beside its writers and the worker of the case; "" for everybody who may write in it
	Kind            string    // of what it is about, a key of placeOf or, for a form of its writer's own, of standsOn; "" for neither
	Of              id.ID
	About           id.ID // the person whom a form of its writer's own is about, 0 for none
}

// place is whose a draft is.
type place struct{ owner, centre, caseID, person, worker id.ID }

// value is what one user typed in one field; n is the version of the draft with which it came.
type value struct {
	User id.ID    `json:"user"`
	By   string   `json:"by"`
	At   int64    `json:"at"`
	N    int64    `json:"n"`
	Text []string `json:"text"`
}

// field is one field: what the record said when somebody began to type in it, and what was typed since.
type field struct {
	Was    []string `json:"was,omitempty"`
	Values []value  `json:"values"`
}

// fields are those of a draft, by name.
type fields map[string]field

// Draft is what was typed in a form and not sent yet.
type Draft struct {
	ID       id.ID
	Version  int64
	Key      string
	Name     string // of the form
	Page     string // where the form stands
	Base     string // the version of the record on which it was begun
	Owner    id.ID  // whose alone it is; 0 when it belongs to a case or a person
	Centre   id.ID
	Case     id.ID
	Person   id.ID
	Worker   id.ID // of the case
	Holder   id.ID // who took it over
	HeldBy   string
	N        int64 // fields
	Begun    time.Time
	Begunner id.ID
	At       time.Time
	Writer   id.ID
	By       string
	EndedAt  int64 // when it was discarded, 0 while it lives

	fields fields
}

// put takes what somebody typed. What the typist's page had shown gives way; what others typed since, or hold, stays
// beside it, so that nobody's words are overwritten unseen.
func (f field) put(v value, seen int64, holder id.ID) field {
	kept := []value{v}
	for _, o := range f.Values {
		shown := o.N <= seen && (o.User != holder || v.User == holder)
		if o.User != v.User && !shown {
			kept = append(kept, o)
		}
	}
	return field{f.Was, kept}
}

// taken removes what came into the record with a form that was sent: the sender's own, the same from others, and what
// the page had shown. Who sees their own alone takes their own alone.
func (all fields) taken(sender id.ID, seen int64, ownOnly bool) fields {
	left := fields{}
	for name, f := range all {
		own := slices.IndexFunc(f.Values, func(v value) bool { return v.User == sender })
		f.Values = slices.DeleteFunc(slices.Clone(f.Values), func(v value) bool {
			return v.User == sender || !ownOnly && (v.N <= seen || own >= 0 && slices.Equal(v.Text, f.Values[own].Text))
		})
		if len(f.Values) > 0 {
			left[name] = f
		}
	}
	return left
}

// later gives what others typed after the page that somebody had before them.
func (f field) later(user id.ID, seen int64) (all []value) {
	for _, v := range f.Values {
		if v.N > seen && v.User != user {
			all = append(all, v)
		}
	}
	return all
}

// without leaves out what somebody typed.
func (all fields) without(user id.ID) fields {
	left := fields{}
	for name, f := range all {
		if f.Values = f.later(user, 0); len(f.Values) > 0 {
			left[name] = f
		}
	}
	return left
}

// last is the latest value of all.
func (all fields) last() (v value) {
	for _, name := range all.names() {
		for _, o := range all[name].Values {
			if o.N > v.N {
				v = o
			}
		}
	}
	return v
}

// shownTo orders the values of each field as somebody sees them: the own first, then the newest. Of a hushed draft
// they see their own alone.
func (all fields) shownTo(user id.ID, ownOnly bool) fields {
	out := fields{}
	for name, f := range all {
		f.Values = slices.DeleteFunc(slices.Clone(f.Values), func(v value) bool { return ownOnly && v.User != user })
		slices.SortStableFunc(f.Values, func(a, b value) int {
			if own := a.User == user; own != (b.User == user) {
				if own {
					return -1
				}
				return 1
			}
			return int(b.N - a.N)
		})
		f.Values = distinct(f.Values)
		if len(f.Values) > 0 {
			out[name] = f
		}
	}
	return out
}

// distinct leaves each answer once: two who typed the same do not disagree.
func distinct(all []value) (out []value) {
	for _, v := range all {
		if !slices.ContainsFunc(out, func(o value) bool { return slices.Equal(o.Text, v.Text) }) {
			out = append(out, v)
		}
	}
	return out
}

func (all fields) bytes() (n int) {
	for name, f := range all {
		n += len(name) + len(strings.Join(f.Was, ""))
		for _, v := range f.Values {
			n += len(v.By) + len(strings.Join(v.Text, ""))
		}
	}
	return n
}

func (all fields) names() []string {
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// mayKeep holds how much a draft can be.
func mayKeep(all fields) error {
	if len(all) > mostFields || all.bytes() > mostBytes {
		return fail.Broken("draft-full", "Draf ini sudah terlalu panjang untuk disimpan. Kirim formulirnya.")
	}
	return nil
}

// ownOnly tells whether somebody sees nothing of a hushed draft but what they wrote.
func (d Draft) ownOnly(f Form, by who.Asker) bool {
	return f.Hush != "" && !by.May(f.Hush) && (d.Worker != by.User || by.User == 0)
}

// calledOf is how the office speaks of a writer: "Bu Ratna".
func calledOf(by who.Asker) string {
	first, _, _ := strings.Cut(by.Name, " ")
	return strings.TrimSpace(by.Address + " " + first)
}

// entry is the line of the record: which form, never what was typed. It names no case, because a draft is no part of a
// case's history.
func (d Draft) entry(say fail.Saying) store.Entry {
	return store.Entry{Kind: "draft", ID: d.ID, Centre: d.Centre, Say: say, What: map[string]any{"form": d.Key, "case": d.Case, "fields": d.N}}
}
