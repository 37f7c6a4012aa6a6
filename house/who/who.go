// Package who says on whose behalf something is done. It is plain data: access makes it at sign-in,
// everything else passes it on as an argument.
package who

import (
	"slices"
	"time"

	"tuntas/house/id"
)

// Right is one thing that a role may do.
type Right string

// Scope says whose records an asker may touch at all.
type Scope struct {
	All     bool    // the whole province
	Centres []id.ID // else these centres; none means nothing
}

// Has tells whether a centre lies in the scope.
func (s Scope) Has(centre id.ID) bool { return s.All || slices.Contains(s.Centres, centre) }

// Only is the one centre that the scope holds; 0 when it holds several, all or none.
func (s Scope) Only() id.ID {
	if s.All || len(s.Centres) != 1 {
		return 0
	}
	return s.Centres[0]
}

// Narrow gives an asker who sees several centres but one of them for now. Where the asker may not look, nothing changes: it
// never widens.
func (a Asker) Narrow(centre id.ID) Asker {
	if centre == 0 || !a.Scope.Has(centre) || !a.Several() {
		return a
	}
	wide := a.Scope
	a.Scope, a.Wide = Scope{Centres: []id.ID{centre}}, &wide
	return a
}

// Several tells whether the asker sees more than one centre, narrowed for now or not.
func (a Asker) Several() bool { return a.Whole().All || len(a.Whole().Centres) > 1 }

// Whole is the asker's scope without the narrowing.
func (a Asker) Whole() Scope {
	if a.Wide != nil {
		return *a.Wide
	}
	return a.Scope
}

// Asker is who asks: a signed-in user, a token, the public, or the house itself.
type Asker struct {
	User    id.ID
	Login   string
	Name    string
	Address string // "Bu", "Pak": how the office speaks to the user
	Role    string
	Staff   id.ID // the staff post, when the user holds one
	Rights  map[Right]bool
	Scope   Scope
	Wide    *Scope // what Scope was before the asker narrowed the pages to one centre; nil when not narrowed
	System  bool   // the house itself: jobs, migrations, recounts

	Key     string  // idempotency key of this request, "" when it has none
	Print   string  // fingerprint of the request's body, kept with the key
	Via     string  // "page", "api", "command": kept in the ledger
	Purpose string  // why, where a reason is asked for: kept in the ledger
	Opened  Opening // not zero: this asker sees one person alone, and changes nothing
}

// Opening is one person's file opened in an emergency to somebody who otherwise may not see it (break-glass).
type Opening struct {
	ID     id.ID
	Person id.ID
	Until  time.Time
	Reason string // kept in the ledger with whatever is seen
}

// Emergency tells whether the asker sees by an opening.
func (a Asker) Emergency() bool { return a.Opened.Person != 0 }

// reads are the rights that an opening leaves: to read one file, and no more. Confidential notes stay closed.
var reads = []Right{Anyone, SignedIn, SeePerson, SeeCase, SeeBeds, SeeIdentity, SeeHealth}

// Under gives the asker who sees the opened person alone: never with a right that the asker lacks, never with one
// to change anything, and without any other person who could be seen before.
func (a Asker) Under(o Opening) Asker {
	a.Opened, a.Scope, a.Wide, a.Key, a.Print = o, Scope{}, nil, "", ""
	a.Purpose = o.Reason
	held := a.Rights
	a.Rights = map[Right]bool{}
	for _, r := range reads {
		a.Rights[r] = held[r]
	}
	return a
}

// May tells whether the asker holds a right.
func (a Asker) May(r Right) bool { return a.System || a.Rights[r] }

// Public is a visitor who has not signed in.
func Public() Asker { return Asker{Name: "publik", Via: "page", Rights: map[Right]bool{Anyone: true}} }

// Visitor is somebody without an account who looks at what one institution shows to everybody: the statements that read it
// ask for no right, and leave out whatever is not to be shown.
func Visitor(centre id.ID) Asker {
	a := Public()
	a.Scope = Scope{Centres: []id.ID{centre}}
	return a
}

// House is the program itself: it sees all, and its deeds are recorded under its own name.
func House(name string) Asker {
	return Asker{Name: name, Login: name, System: true, Scope: Scope{All: true}, Via: "command"}
}

// What a session of a browser holds of its user: the id, and what the browser calls itself.
const (
	SessionUser   = "user"
	SessionDevice = "device"
	SessionBefore = "before" // held: when the user signed in the time before, milliseconds
	SessionPlace  = "place"  // held: the one centre to which the user narrowed the pages
)
