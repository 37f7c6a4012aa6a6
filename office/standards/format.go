package standards

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"tuntas/house/clock"
	"tuntas/house/fail"
)

// Standard is one version of a standard, as its file says it (docs/standards-format.md).
type Standard struct {
	Key       string    `json:"key"`
	Edition   string    `json:"version"`
	Name      string    `json:"name"`
	NameEn    string    `json:"name_en,omitempty"`
	ValidFrom clock.Day `json:"valid_from"`
	ValidTo   clock.Day `json:"valid_to,omitempty"` // the last day; "" is without end
	Source    string    `json:"source"`
	Status    string    `json:"status"` // verified, assumed
	Note      string    `json:"note,omitempty"`
	NoteEn    string    `json:"note_en,omitempty"`
	Nodes     []Node    `json:"nodes"`

	tree tree
}

// Node is a chapter, a part of one, or a criterion; what has levels is a criterion.
type Node struct {
	Key        string   `json:"key"`
	Parent     string   `json:"parent,omitempty"` // "" is a chapter
	Name       string   `json:"name"`
	NameEn     string   `json:"name_en,omitempty"`
	Article    string   `json:"article,omitempty"` // of the source; every criterion names one
	Hint       string   `json:"hint,omitempty"`
	HintEn     string   `json:"hint_en,omitempty"`
	Weight     *float64 `json:"weight"`
	Imperative bool     `json:"imperative,omitempty"` // at "no" the institution fails, whatever the score
	Kinds      []string `json:"kinds,omitempty"`      // of PPKS: holds only where one of them is served; none holds everywhere
	Prefill    string   `json:"prefill,omitempty"`    // what operations know about it: a key of Facts
	Levels     *Levels  `json:"levels,omitempty"`
}

// Levels say what each answer looks like.
type Levels struct {
	Yes      string `json:"yes"`
	YesEn    string `json:"yes_en,omitempty"`
	Partly   string `json:"partly"`
	PartlyEn string `json:"partly_en,omitempty"`
	No       string `json:"no"`
	NoEn     string `json:"no_en,omitempty"`
}

// The bounds of a file.
const (
	MostBytes   = 2 << 20
	mostNodes   = 5000
	mostDepth   = 6
	mostWeight  = 1000
	mostFaults  = 200
	longestName = 500
)

// Fault is one thing that is wrong with a file, and where: the line, and the node when it is in one.
type Fault struct {
	Line  int
	Node  string // its key, "" for the head of the file
	Field string
	Code  string
	Say   fail.Saying
}

// Faults are all of them, in the order of the file.
type Faults []Fault

// Err gives the faults as fields that are wrong; nil when there are none.
func (f Faults) Err() error {
	var wrong fail.Fields
	for _, v := range f {
		name := "file"
		if v.Node != "" {
			name += "." + v.Node
		}
		if v.Field != "" {
			name += "." + v.Field
		}
		if v.Node == "" {
			wrong.Add(name, v.Code, "Baris %d: %s", v.Line, v.Say)
		} else {
			wrong.Add(name, v.Code, "Baris %d, %s: %s", v.Line, v.Node, v.Say)
		}
	}
	return wrong.Err()
}

var (
	goodKey     = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,59}$`)
	goodEdition = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,19}$`)
)

// reader collects the faults of one file.
type reader struct {
	ends   []int // where each line ends
	faults Faults
	lines  []int // of the nodes
}

func newReader(body []byte) *reader {
	r := &reader{}
	for i, b := range body {
		if b == '\n' {
			r.ends = append(r.ends, i)
		}
	}
	return r
}

// Parse reads a file and says everything that is wrong with it. Only a standard without faults is of any use.
func Parse(body []byte) (Standard, Faults) {
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	r := newReader(body)
	var s Standard
	switch {
	case len(body) > MostBytes:
		r.bad(1, "", "", "too-large", "Berkas paling besar %d MB.", MostBytes>>20)
		return s, r.faults
	case !utf8.Valid(body):
		r.bad(1, "", "", "characters", "Berkas ini bukan teks UTF-8.")
		return s, r.faults
	}
	members, rest, err := membersOf(body)
	if err != nil || strings.TrimSpace(string(rest)) != "" {
		r.bad(r.line(r.stop(err, len(body)-len(rest))), "", "", "json", "Berkas ini bukan JSON yang utuh. Periksa tanda kurung, koma, dan tanda kutip di sekitar baris ini.")
		return s, r.faults
	}
	r.head(&s, members)
	if len(r.faults) == 0 || len(s.Nodes) > 0 {
		r.sound(&s)
	}
	slices.SortStableFunc(r.faults, func(a, b Fault) int { return a.Line - b.Line })
	if len(r.faults) == 0 {
		s.tree = grow(s.Nodes)
	}
	return s, r.faults
}

func (r *reader) bad(line int, node, field, code, sentence string, args ...any) {
	if len(r.faults) < mostFaults {
		r.faults = append(r.faults, Fault{line, node, field, code, fail.Say(sentence, args...)})
	}
}

// stop is where the reading of JSON came to its end.
func (r *reader) stop(err error, at int) int {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return int(syntax.Offset)
	}
	return at
}

func (r *reader) line(offset int) int {
	n, _ := slices.BinarySearch(r.ends, offset)
	return n + 1
}

// member is one named value of an object, and where it begins in it.
type member struct {
	name  string
	value json.RawMessage
	at    int
}

var errNoObject = errors.New("no object")

// membersOf splits an object into its members and gives what stands behind it.
func membersOf(b []byte) (all []member, rest []byte, err error) {
	d := json.NewDecoder(bytes.NewReader(b))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, b, cmpErr(err, errNoObject)
	}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, b, err
		}
		name, _ := t.(string)
		m := member{name: name}
		if err := d.Decode(&m.value); err != nil {
			return nil, b, err
		}
		m.at = int(d.InputOffset()) - len(m.value)
		all = append(all, m)
	}
	if _, err := d.Token(); err != nil {
		return nil, b, err
	}
	return all, b[d.InputOffset():], nil
}

func cmpErr(err, other error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return other
	}
	return err
}

// fieldsOf knows the fields of a struct by their names in the file.
func fieldsOf(t reflect.Type) map[string]int {
	all := map[string]int{}
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name != "" {
			all[name] = i
		}
	}
	return all
}

var (
	headFields = fieldsOf(reflect.TypeFor[Standard]())
	nodeFields = fieldsOf(reflect.TypeFor[Node]())
)

// fill puts members into a struct, strictly, and says what does not fit.
func (r *reader) fill(into any, fields map[string]int, members []member, base int, node string) {
	v, seen := reflect.ValueOf(into).Elem(), map[string]bool{}
	for _, m := range members {
		n, known := fields[m.name]
		line := r.line(base + m.at)
		switch {
		case !known:
			r.bad(line, node, "", "unknown", "Isian %s tidak dikenal.", clip(m.name))
			continue
		case seen[m.name]:
			r.bad(line, node, m.name, "twice", "Isian %s ditulis dua kali.", m.name)
		}
		seen[m.name] = true
		if m.name == "nodes" {
			continue
		}
		d := json.NewDecoder(bytes.NewReader(m.value))
		d.DisallowUnknownFields()
		if err := d.Decode(v.Field(n).Addr().Interface()); err != nil {
			v.Field(n).SetZero()
			if strings.Contains(err.Error(), "unknown field") {
				r.bad(line, node, m.name, "unknown", "Di dalam %s ada isian yang tidak dikenal.", m.name)
			} else {
				r.bad(line, node, m.name, "type", "Isian %s tidak terbaca: periksa jenisnya (teks, angka, atau tanggal seperti 2026-01-31).", m.name)
			}
		}
	}
}

func clip(s string) string {
	if letters := []rune(s); len(letters) > 40 {
		return string(letters[:40]) + "…"
	}
	return s
}

func (r *reader) head(s *Standard, members []member) {
	r.fill(s, headFields, members, 0, "")
	for _, m := range members {
		if m.name == "nodes" {
			r.nodes(s, m)
		}
	}
}

func (r *reader) nodes(s *Standard, m member) {
	d := json.NewDecoder(bytes.NewReader(m.value))
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		r.bad(r.line(m.at), "", "nodes", "type", "Isian %s harus berupa daftar dalam kurung siku.", m.name)
		return
	}
	for d.More() {
		var raw json.RawMessage
		if d.Decode(&raw) != nil {
			return
		}
		at := m.at + int(d.InputOffset()) - len(raw)
		if len(s.Nodes) == mostNodes {
			r.bad(r.line(at), "", "nodes", "too-many", "Paling banyak %d butir.", mostNodes)
			return
		}
		var n Node
		members, _, err := membersOf(raw)
		if err != nil {
			r.bad(r.line(at), "", "nodes", "type", "Setiap butir ditulis dalam kurung kurawal.")
			continue
		}
		for _, f := range members { // its key first, so that its faults can name it
			if f.name == "key" {
				_ = json.Unmarshal(f.value, &n.Key)
			}
		}
		n.Key = clip(n.Key)
		r.fill(&n, nodeFields, members, at, n.Key)
		s.Nodes, r.lines = append(s.Nodes, n), append(r.lines, r.line(at))
	}
}
