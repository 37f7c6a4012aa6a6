// Package law holds what the regulations say, as dated files: law/<set>/<valid from>.json, each with
// its source and whether it was verified or assumed. Rules of the work lie in the desks; here lie the
// facts they need, and the fact of the day is taken, not that of today.
package law

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sort"

	"tuntas/house/clock"
)

//go:embed regions ppks psks potential targets items accreditation advanced duties atensi stages criteria ages defaults centres instruments referrals calendar standards indicators spm satisfaction performance quality participation
var files embed.FS

// File is one dated statement of a set.
type File[T any] struct {
	ValidFrom clock.Day `json:"valid_from"`
	Source    string    `json:"source"`
	Article   string    `json:"article,omitempty"`
	Status    string    `json:"status"` // verified or assumed
	Note      string    `json:"note,omitempty"`
	Content   T         `json:"content"`
}

// Set is a set of facts through time.
type Set[T any] struct {
	name  string
	files []File[T] // rising by day
}

// Load reads a set and panics on what is not well formed: the program must not run on half a law.
func Load[T any](dir string) Set[T] {
	names, err := fs.Glob(files, dir+"/*.json")
	if err != nil || len(names) == 0 {
		panic("law: no files in " + dir)
	}
	s := Set[T]{name: dir}
	for _, name := range names {
		var f File[T]
		if err := decode(name, &f); err != nil {
			panic(fmt.Sprintf("law/%s: %v", name, err))
		}
		if !f.ValidFrom.Valid() || f.Source == "" || !knownStatus(f.Status) {
			panic(fmt.Sprintf("law/%s: needs valid_from, source and status", name))
		}
		s.files = append(s.files, f)
		entries = append(entries, Entry{Set: dir, File: path.Base(name), Source: f.Source, Status: f.Status, Note: f.Note})
	}
	sort.Slice(s.files, func(i, j int) bool { return s.files[i].ValidFrom < s.files[j].ValidFrom })
	for i := 1; i < len(s.files); i++ {
		if s.files[i].ValidFrom == s.files[i-1].ValidFrom {
			panic("law: two files of one day in " + dir)
		}
	}
	return s
}

// The two marks of a fact: read in its source, or assumed until the office has checked it.
const (
	verified = "verified"
	assumed  = "assumed"
)

func knownStatus(s string) bool { return s == verified || s == assumed }

func decode(name string, into any) error {
	b, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	return strictly(b, into)
}

// strictly decodes one JSON value: a misspelt key or something after the end is an error, not a silence.
func strictly(b []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something stands after the end")
	}
	return nil
}

func (s Set[T]) file(d clock.Day) File[T] {
	f := s.files[0] // before the first file, the first
	for _, next := range s.files[1:] {
		if next.ValidFrom <= d {
			f = next
		}
	}
	return f
}

// On gives the facts of a day.
func (s Set[T]) On(d clock.Day) T { return s.file(d).Content }

// Latest gives the newest facts.
func (s Set[T]) Latest() T { return s.files[len(s.files)-1].Content }

// Version names the rule version of a day, for reports: "stages 2019-10-24".
func (s Set[T]) Version(d clock.Day) string { return s.name + " " + string(s.file(d).ValidFrom) }

// Entry names one file or fact, its source and its status.
type Entry struct{ Set, File, Source, Status, Note string }

var entries []Entry

// Entries lists all files of law, for the page of what is verified and what is assumed.
func Entries() []Entry { return entries }

// Assumed lists what was not read in a source: whole files, and single facts of files that were. The
// administrator checks these first.
func Assumed() []Entry {
	var out []Entry
	for _, e := range entries {
		if e.Status == assumed {
			out = append(out, e)
		}
	}
	for _, k := range Kinds.Latest() {
		if k.Status == assumed {
			out = append(out, Entry{"ppks", k.Name, k.DefinitionSource, assumed, k.Definition})
		}
	}
	for _, c := range Centres.Latest() {
		if c.Status == assumed || c.CapacityStatus == assumed {
			out = append(out, Entry{"centres", c.Abbr + " " + c.Place, c.Source, assumed, fmt.Sprintf("Kapasitas %d", c.Capacity)})
		}
	}
	return out
}
