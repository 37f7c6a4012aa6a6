package interop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

// Desk is the desk of exchange.
type Desk struct{ store *store.Store }

// New opens the desk.
func New(s *store.Store) *Desk { return &Desk{s} }

var (
	previewList = store.NewAct("list.preview", who.Import)
	importList  = store.NewAct("list.import", who.Import)
	exportList  = store.NewAct("list.export", who.Export)
)

// Options say what to import and what to keep of it.
type Options struct {
	Kind    string // one of Kinds
	Dry     bool   // write nothing
	Source  string // whose keys the file uses, when several lists count from one
	Rejects io.Writer
	Lang    text.Lang
	Keep    int   // rows, doubts and rejects that the report holds
	Lines   int64 // of the file, when known: for the progress
}

// Report is what an import did, or would do.
type Report struct {
	Kind     string
	Header   []string
	Ignored  []string // headings that nobody reads
	Rows     []Fresh  // the first that are new
	Rejects  []Reject // the first that were handed back
	Doubts   []Fresh  // the first that are new and doubtful
	New      int64
	Known    int64 // taken in before
	Doubtful int64
	Rejected int64
	Written  bool
	at       map[string]int
}

// Fresh is a row that came in, or would.
type Fresh struct {
	Line   int
	Raw    []string
	Doubts []Doubt
}

// Heading gives the heading of a column as the office wrote it.
func (r Report) Heading(column string) string {
	if i, ok := r.at[column]; ok {
		return r.Header[i]
	}
	return column
}

// work is one row on its way: read, or refused already.
type work struct {
	line     int
	raw      []string
	row      taker
	doubts   []Doubt
	problems []Problem
}

const atOnce = 200 // rows of one transaction: others may write in between

var (
	errDry     = errors.New("nothing is written")
	errNothing = errors.New("nothing is new")
)

// Import reads a list and takes the good rows in by the deeds of the desks; the bad ones come back with their
// reasons. Rows that were taken in before are known again. A dry import goes through the same rules and
// writes nothing.
func (d *Desk) Import(ctx context.Context, by who.Asker, in io.Reader, o Options) (Report, error) {
	k, ok := listKinds[o.Kind]
	if !ok {
		return Report{}, fail.Bad("kind", "choice", "Jenis daftar %s tidak dikenal.", o.Kind)
	}
	for _, right := range k.rights {
		if !by.May(right) {
			return Report{}, fail.Denied
		}
	}
	in, err := AsText(in)
	if err != nil {
		return Report{}, err
	}
	l, raw, err := d.lists(ctx, by)
	if err != nil {
		return Report{}, err
	}
	b := &batch{desk: d, by: by, o: o, kind: k, lists: l, seen: map[string]int{}, beds: newBedBook(), report: Report{Kind: o.Kind}}
	if o.Kind == Register {
		err = b.openRegister(in, raw)
	} else {
		err = b.openList(in)
	}
	if err != nil {
		return b.report, err
	}
	if err := b.run(ctx); err != nil {
		return b.report, err
	}
	return b.report, b.finish(ctx)
}

// listed are the things of the office that rows name.
type listed struct {
	centres []CentreRef
	kinds   []Kind
	regions []Region
}

// lists reads the centres of the asker: a row of another centre is handed back.
func (d *Desk) lists(ctx context.Context, by who.Asker) (l lists, raw listed, err error) {
	err = d.store.Read(ctx, by, previewList, func(tx *store.Tx) error {
		all, err := centre.All(tx)
		for _, c := range all {
			if c.ClientService && (by.System || by.Scope.Has(c.ID)) {
				abbr, _, _ := strings.Cut(c.Name, " "+c.Place)
				raw.centres = append(raw.centres, CentreRef{ID: c.ID, Code: c.Code, Abbr: abbr, Name: strings.TrimSuffix(c.Name, " (contoh)"), Place: c.Place})
			}
		}
		return err
	})
	for _, k := range law.Kinds.Latest() {
		raw.kinds = append(raw.kinds, Kind{k.Key, k.Name})
	}
	for _, r := range law.Regions.Latest() {
		raw.regions = append(raw.regions, Region{r.Code, r.Name, r.Type})
	}
	return listsOf(raw.centres, raw.kinds, raw.regions), raw, err
}

// batch is one import under way.
type batch struct {
	desk    *Desk
	by      who.Asker
	o       Options
	kind    *kind
	lists   lists
	seen    map[string]int
	beds    *bedBook
	report  Report
	rejects *RejectFile
	next    func() (work, error) // io.EOF after the last
	line    int
}

// openList prepares to read a list of persons, cases, stays or services.
func (b *batch) openList(in io.Reader) error {
	s, err := openSource(in, b.kind.words, b.kind.keys())
	if err != nil {
		return err
	}
	if err := s.layout.has(b.kind.needs, len(b.lists.codes)); err != nil {
		return err
	}
	b.report.Header, b.report.Ignored, b.report.at = s.layout.header, s.layout.ignored(), s.layout.at
	today := b.desk.store.Today()
	b.next = func() (work, error) {
		l, err := s.next()
		if err != nil {
			return work{}, err
		}
		r := &record{line: l.no, layout: s.layout, lists: b.lists, today: today}
		r.lay(l.cells, b.kind.columns)
		w := work{line: l.no, raw: r.raw}
		if len(r.problems) == 0 {
			w.row = b.kind.read(r, b.o)
		}
		if len(r.problems) == 0 {
			w.row.same(r, b.seen)
		}
		w.doubts, w.problems = r.doubts, r.problems
		return w, nil
	}
	return b.rejectsTo(s.sep)
}

func (b *batch) rejectsTo(sep rune) (err error) {
	if b.o.Rejects != nil {
		b.rejects, err = NewRejectFile(b.o.Rejects, b.o.Lang, b.report.Header, sep)
	}
	return err
}

// result is what became of one row.
type result struct {
	fresh    bool
	doubts   []Doubt
	problems []Problem
}

func (b *batch) run(ctx context.Context) error {
	for {
		var rows []work
		var end error
		for len(rows) < atOnce && end == nil {
			var w work
			if w, end = b.next(); end == nil {
				rows = append(rows, w)
			}
		}
		if end != nil && !errors.Is(end, io.EOF) {
			return end
		}
		results, err := b.take(ctx, rows)
		if err != nil {
			return err
		}
		for i, w := range rows {
			if err := b.count(w, results[i]); err != nil {
				return err
			}
		}
		store.Tell(ctx, int64(b.line), b.o.Lines)
		if end != nil { // the end of the file
			return nil //nolint:nilerr // anything else went out above
		}
	}
}

// take takes some rows in, in one transaction; each bad one is undone alone.
func (b *batch) take(ctx context.Context, rows []work) ([]result, error) {
	results := make([]result, len(rows))
	by := b.by
	by.Key = "" // the last write of the import carries the key of the request
	err := b.desk.store.Write(ctx, by, importList, func(tx *store.Tx) error {
		t, some := newTaking(tx, b.lists, b.beds), false
		for i, w := range rows {
			results[i] = result{problems: w.problems}
			if len(w.problems) > 0 {
				continue
			}
			fresh, doubts, err := t.try(w)
			if err != nil {
				problems, refused := problemsOf(err, b.kind)
				if !refused {
					return fmt.Errorf("line %d: %w", w.line, err)
				}
				results[i] = result{problems: problems}
				continue
			}
			results[i], some = result{fresh: fresh, doubts: doubts}, some || fresh
		}
		switch {
		case b.o.Dry:
			return errDry
		case !some:
			return errNothing
		}
		return t.cases.Close()
	})
	if errors.Is(err, errDry) || errors.Is(err, errNothing) {
		err = nil
	}
	return results, err
}

// count keeps what became of a row.
func (b *batch) count(w work, r result) error {
	b.line = w.line
	switch {
	case len(r.problems) > 0:
		b.report.Rejected++
		reject := Reject{Line: w.line, Raw: w.raw, Problem: r.problems[0], More: r.problems[1:]}
		if len(b.report.Rejects) < b.o.Keep {
			b.report.Rejects = append(b.report.Rejects, reject)
		}
		if b.rejects != nil {
			return b.rejects.Add(reject, b.report.Heading)
		}
	case !r.fresh:
		b.report.Known++
	default:
		b.report.New++
		if len(r.doubts) > 0 {
			b.report.Doubtful++
			if len(b.report.Doubts) < b.o.Keep {
				b.report.Doubts = append(b.report.Doubts, Fresh{Line: w.line, Doubts: r.doubts})
			}
		}
		if len(b.report.Rows) < b.o.Keep {
			b.report.Rows = append(b.report.Rows, Fresh{Line: w.line, Raw: slices.Clone(w.raw), Doubts: r.doubts})
		}
	}
	return nil
}

// finish closes the file of rejects, and records the import as one deed.
func (b *batch) finish(ctx context.Context) error {
	if b.rejects != nil {
		if err := b.rejects.Close(); err != nil {
			return err
		}
	}
	if b.o.Dry {
		return nil
	}
	r := &b.report
	err := b.desk.store.Write(ctx, b.by, importList, func(tx *store.Tx) error {
		tx.Record(store.Entry{Kind: "import", Say: fail.Say("Daftar %s diimpor: %d baris baru, %d sudah ada, %d ditolak.", r.Kind, r.New, r.Known, r.Rejected)})
		return nil
	})
	r.Written = err == nil
	return err
}
