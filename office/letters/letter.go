package letters

import (
	"encoding/json"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/monitoring"
)

// The states of a letter. A draft is none yet: it has no number.
const (
	Issued   = "issued"
	Annulled = "annulled"
)

// Letter is a letter as it was issued. Its body never changes; annulled, it stays and keeps its number.
type Letter struct {
	ID          id.ID
	Version     int64
	Centre      id.ID
	CentreName  string
	Person      id.ID // 0 for a letter about nobody
	Called      string
	Case        id.ID
	Kind        string
	Year        int64
	Number      string
	On          clock.Day
	State       string
	Code        string // of verification, without hyphens
	Template    string
	IssuedAt    time.Time
	IssuedBy    string
	AnnulledOn  clock.Day
	AnnulledBy  string
	AnnulledWhy string
	Body        Body // empty in lists
}

// Path is the page of the letter.
func (l Letter) Path() string { return "/letters/" + l.ID.String() }

// Grouped is the code of verification as it is printed: in fours.
func (l Letter) Grouped() string { return Grouped(l.Code) }

// KindOf describes the kind of the letter.
func (l Letter) KindOf() Kind { k, _ := kindOf(l.Kind); return k }

// Desk is the desk of letters.
type Desk struct {
	store   *store.Store
	figures *monitoring.Desk
	demo    bool // every letter says that it is a sample
}

// New opens the desk.
func New(s *store.Store, figures *monitoring.Desk, demo bool) *Desk { return &Desk{s, figures, demo} }

// entryOf is the line of the record about a letter or a draft.
func (l Letter) entry(say fail.Saying) store.Entry {
	return store.Entry{Kind: "letter", ID: l.ID, Person: l.Person, Case: l.Case, Centre: l.Centre, Say: say,
		What: map[string]any{"kind": l.Kind, "number": l.Number, "on": l.On, "state": l.State, "template": l.Template}}
}

// keyOf is a number as it is compared: "460 / 12 / A" is "460/12/a".
func keyOf(number string) string { return strings.ToLower(strings.Join(strings.Fields(number), "")) }

// Body is what a letter says, in the order of the page. It is kept as text when the letter is issued, so that a page
// printed years later is the same.
type Body struct {
	Head      []string  `json:"head"` // the centred lines of the letterhead
	Address   string    `json:"address,omitempty"`
	Personal  bool      `json:"personal,omitempty"` // about a person: confidential on every page
	Title     []string  `json:"title"`
	Recipient []string  `json:"recipient,omitempty"`
	Blocks    []Block   `json:"blocks"`
	Town      string    `json:"town"`
	Signer    Signer    `json:"signer"`
	Other     *Signer   `json:"other,omitempty"` // who signs on the other side of a handover
	Copies    []string  `json:"copies,omitempty"`
	AsOf      time.Time `json:"as_of"`
	Paper     Paper     `json:"paper"`
	Demo      bool      `json:"demo,omitempty"`
}

// Signer is who signs, with the post.
type Signer struct {
	Post string `json:"post"`
	Name string `json:"name"`
	NIP  string `json:"nip,omitempty"`
}

// Paper is the sheet and its margins in millimetres.
type Paper struct {
	Size   string `json:"size"` // A4 or F4
	Top    int64  `json:"top"`
	Right  int64  `json:"right"`
	Bottom int64  `json:"bottom"`
	Left   int64  `json:"left"`
}

// The kinds of blocks.
const (
	blockText  = "text"
	blockHead  = "heading"
	blockFacts = "facts"
	blockTable = "table"
	blockList  = "list"
	blockRail  = "rail"
)

// Block is one part of the body of a letter.
type Block struct {
	Kind  string     `json:"kind"`
	Text  string     `json:"text,omitempty"`
	Facts []Fact     `json:"facts,omitempty"`
	Cols  []Col      `json:"cols,omitempty"`
	Rows  [][]string `json:"rows,omitempty"`
	Items []string   `json:"items,omitempty"`
	Done  int        `json:"done,omitempty"` // stages behind the person, of seven
	Half  bool       `json:"half,omitempty"` // and one that runs
}

// Col is a column of a table: its name, its share of the width in percent, and whether it holds numbers.
type Col struct {
	Name  string `json:"name"`
	Share int    `json:"share"`
	Right bool   `json:"right,omitempty"`
}

// Fact is one line "name : value". A hidden one is a number of identity, masked for who may not see it.
type Fact struct {
	Name   string `json:"name"`
	Text   string `json:"text"`
	Note   string `json:"note,omitempty"`
	Bold   bool   `json:"bold,omitempty"`
	Hidden bool   `json:"hidden,omitempty"`
}

// kept is the body as text.
func (b Body) kept() string {
	text, err := json.Marshal(b)
	if err != nil {
		panic(err) // strings and numbers alone
	}
	return string(text)
}

func bodyFrom(text string) (b Body, err error) {
	err = json.Unmarshal([]byte(text), &b)
	return b, err
}
