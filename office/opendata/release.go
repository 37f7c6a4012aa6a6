package opendata

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/monitoring"
	"tuntas/office/participation"
)

// Desk is the desk of open figures.
type Desk struct {
	store   *store.Store
	reports *participation.Desk

	mu    sync.Mutex
	tried map[string]clock.Day // families whose monthly release was tried, and in which month
}

// New opens the desk; questions about a number go to the desk of reports.
func New(s *store.Store, reports *participation.Desk) *Desk {
	return &Desk{store: s, reports: reports, tried: map[string]clock.Day{}}
}

// Release is one line of the ledger: a family as it was published.
type Release struct {
	ID        id.ID
	Family    string
	N         int64
	AsOf      clock.Day
	At        int64 // milliseconds
	By        string
	Rule      string
	Threshold int64
	Note      string
	Digest    string // SHA-256 of its tables
}

// Released is the moment of its publication.
func (r Release) Released() time.Time { return time.UnixMilli(r.At) }

// Setting is what the office chose.
type Setting struct {
	ID        id.ID
	Threshold int64
	Monthly   bool
	SetOn     clock.Day
	By        string
}

// Hides is the largest count that was hidden for its own sake.
func (r Release) Hides() int64 { return r.Threshold - 1 }

// Hides is the largest count that will be hidden for its own sake.
func (s Setting) Hides() int64 { return s.Threshold - 1 }

// usualThreshold is the threshold of an office that chose none: counts of 1 to 9 are hidden. It is our choice, as are its
// bounds.
const (
	usualThreshold = 10
	leastThreshold = 3
	mostThreshold  = 100
)

// protectionVersion names the rules of protect.go; it changes when they do.
const protectionVersion = "protection 2026-11"

var (
	lookReleases = store.NewAct("open-figures.look", who.SeeFigures)
	prepare      = store.NewSystemAct("open-figures.prepare", who.OpenFigures)
	release      = store.NewSystemAct("open-figures.release", who.OpenFigures)
	choose       = store.NewAct("open-figures.choose", who.OpenFigures)
	readOpen     = store.NewAct("open-figures.read", who.Anyone)
)

// Preview is a release that is not out yet: each table with what would be hidden, and why.
type Preview struct {
	Family  string
	AsOf    clock.Day
	Setting Setting
	Last    *Release
	Tables  []PreviewTable
	Refused error // a rule that forbids it
	Same    bool  // nothing is different from the last release
	Hidden  int
	Shown   int
	Checks  int
	Digest  string // of what it would publish

	cells  []Cell
	stored []stored
}

// PreviewTable is a table with the true counts, for staff.
type PreviewTable struct {
	Dataset
	Table
	Truth [][]int64
	Why   [][]string
}

// Preview prepares a release of a family as it would be now.
func (d *Desk) Preview(ctx context.Context, by who.Asker, family string) (p Preview, err error) {
	if !slices.Contains(Families, family) {
		return p, fail.NotFound
	}
	err = d.store.Read(ctx, by, prepare, func(tx *store.Tx) error {
		p, err = d.preview(tx, family)
		return err
	})
	return p, err
}

// refusal says why it may not be released.
func (p Preview) refusal(l text.Lang) string {
	var rule *fail.Rule
	if errors.As(p.Refused, &rule) {
		return text.Say(l, rule.Say)
	}
	return ""
}

func (d *Desk) preview(tx *store.Tx, family string) (p Preview, err error) {
	p = Preview{Family: family, AsOf: tx.Today()}
	if p.Setting, err = settingNow(tx); err != nil {
		return p, err
	}
	counted, err := count(tx, family, p.AsOf)
	if err != nil {
		return p, err
	}
	before, err := past(tx, family)
	if err != nil {
		return p, err
	}
	last, err := newestOf(tx, family)
	switch {
	case err == nil:
		p.Last = &last
	case !errors.Is(err, fail.NotFound):
		return p, err
	}
	plan, err := Protect(counted.all(), before, p.Setting.Threshold)
	if rule := (*fail.Rule)(nil); errors.As(err, &rule) {
		p.Refused = err
	} else if err != nil {
		return p, err
	}
	p.Checks = plan.Checks
	return p, p.lay(counted, plan, before)
}

// lay puts the cells into their tables.
func (p *Preview) lay(counted *counting, plan Plan, before []Past) error {
	p.cells = plan.Cells
	if p.cells == nil { // refused before anything was planned
		p.cells = counted.all()
	}
	cells, last := map[string]Cell{}, map[string]lastShown{}
	for _, c := range p.cells {
		cells[c.Name] = c
	}
	for _, r := range slices.Backward(before) {
		for _, c := range r.Cells {
			if c.Shown {
				last[c.Name] = lastShown{c.N, r.On}
			}
		}
	}
	p.Same = len(before) > 0 && sameCells(p.cells, before[0].Cells)
	sum := sha256.New()
	for _, d := range counted.tables {
		t := PreviewTable{Dataset: d.of, Table: Table{Rows: d.rows, Cols: d.cols}}
		for _, line := range d.at {
			var numbers []Number
			var truth []int64
			var why []string
			for _, name := range line {
				c := cells[name]
				numbers = append(numbers, numberOf(c, last[name], d.of.Of == "forms"))
				truth, why = append(truth, c.N), append(why, plan.Why[name])
				if c.Shown {
					p.Shown++
				} else {
					p.Hidden++
				}
			}
			t.Cells, t.Truth, t.Why = append(t.Cells, numbers), append(t.Truth, truth), append(t.Why, why)
		}
		body, err := json.Marshal(t.Table)
		if err != nil {
			return err
		}
		p.Tables, p.stored = append(p.Tables, t), append(p.stored, stored{d.of.Key, string(body)})
		sum.Write([]byte(d.of.Key + "\n" + string(body) + "\n"))
	}
	p.Digest = hex.EncodeToString(sum.Sum(nil))
	return nil
}

func numberOf(c Cell, last lastShown, mean bool) (n Number) {
	if c.Shown {
		n.N = &c.N
		if mean && c.N > 0 {
			n.Mean = &c.Extra
		}
		return n
	}
	if last.on != "" {
		n.Was, n.WasOn = &last.n, last.on
	}
	return n
}

func sameCells(a, b []Cell) bool {
	return slices.EqualFunc(a, b, func(x, y Cell) bool {
		return x.Name == y.Name && x.N == y.N && x.Shown == y.Shown && x.Extra == y.Extra
	})
}

// Releasing is what is said when a family is released.
type Releasing struct {
	Family string `json:"family" required:"true" maxLength:"20"`
	Digest string `json:"digest,omitempty" maxLength:"64"` // of the preview that was seen
	Note   string `json:"note,omitempty" maxLength:"300"`  // why, when it corrects an earlier one
}

// Publish releases a family: its tables are from now on what everybody reads. What may not be released is refused with the
// reason. Where the figures are not those of the preview any more, it is looked at anew first.
func (d *Desk) Publish(ctx context.Context, by who.Asker, in Releasing) (r Release, err error) {
	p, err := d.Preview(ctx, by, in.Family)
	if errors.Is(err, fail.NotFound) {
		return r, fail.Bad("family", "unknown", "Kelompok data ini tidak dikenal.")
	}
	switch {
	case err != nil:
		return r, err
	case p.Refused != nil:
		return r, p.Refused
	case in.Digest != "" && in.Digest != p.Digest:
		return r, fail.Broken("release-changed", "Angkanya berubah sejak pratinjau dibuka. Periksa lagi, lalu rilis.")
	}
	// The attacker took his time outside of the transaction. Two that release at once have the same number: one is refused.
	err = d.store.Write(ctx, by, release, func(tx *store.Tx) error {
		r = Release{ID: id.New(), Family: p.Family, N: 1, AsOf: p.AsOf, At: tx.Now().UnixMilli(), By: by.Name, Threshold: p.Setting.Threshold, Note: in.Note, Digest: p.Digest,
			Rule: protectionVersion + "; " + monitoring.Version(p.AsOf)}
		if p.Last != nil {
			r.N = p.Last.N + 1
		}
		tx.Record(store.Entry{Kind: "release", ID: r.ID, Say: fail.Say("Rilis angka terbuka ke-%d kelompok %s.", r.N, r.Family), What: map[string]any{"digest": r.Digest, "threshold": r.Threshold, "shown": p.Shown, "hidden": p.Hidden, "note": r.Note}})
		return insertRelease(tx, r, p.stored, p.cells)
	})
	return r, err
}

// Overview is the page of staff: each family with its last release, the setting, and the ledger.
type Overview struct {
	Setting Setting
	Last    map[string]Release
	Ledger  []Release
}

// Ledger lists releases, the newest first, with the last of each family.
func (d *Desk) Ledger(ctx context.Context, by who.Asker, before id.ID, limit int64) (o Overview, err error) {
	err = d.store.Read(ctx, by, lookReleases, func(tx *store.Tx) error {
		o = Overview{Last: map[string]Release{}}
		if o.Setting, err = settingNow(tx); err != nil {
			return err
		}
		all, err := store.Each(tx, newest, scanRelease)
		if err != nil {
			return err
		}
		for _, r := range all {
			o.Last[r.Family] = r
		}
		if before == 0 {
			before = id.Last
		}
		o.Ledger, err = store.Each(tx, releases, scanRelease, before, limit)
		return err
	})
	return o, err
}

// Choosing is the setting as it is changed.
type Choosing struct {
	Threshold int64 `json:"threshold" required:"true" minimum:"3" maximum:"100" ask:"Tulis ambang, 3 sampai 100."`
	Monthly   bool  `json:"monthly,omitempty"`
}

// Choose sets the threshold and whether a release comes each month by itself. Earlier releases stay as they were: what was
// shown cannot be called back.
func (d *Desk) Choose(ctx context.Context, by who.Asker, in Choosing) (s Setting, err error) {
	if in.Threshold < leastThreshold || in.Threshold > mostThreshold {
		return s, fail.Bad("threshold", "range", "Tulis ambang, %d sampai %d.", leastThreshold, mostThreshold)
	}
	err = d.store.Write(ctx, by, choose, func(tx *store.Tx) error {
		s = Setting{ID: id.New(), Threshold: in.Threshold, Monthly: in.Monthly, SetOn: tx.Today(), By: by.Name}
		tx.Record(store.Entry{Kind: "release-setting", ID: s.ID, Say: fail.Say("Ambang angka terbuka menjadi %d.", in.Threshold), What: in})
		return insertSetting(tx, s)
	})
	return s, err
}

// Monthly releases each family that has none of this month yet, where the office wants it so. What is refused is tried again
// the next month: whoever looks at the page sees why.
func (d *Desk) Monthly(ctx context.Context) error {
	house := who.House("rilis bulanan")
	o, err := d.Ledger(ctx, house, 0, 1)
	if err != nil || !o.Setting.Monthly {
		return err
	}
	month := d.store.Today()[:7]
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, family := range Families {
		if last, ok := o.Last[family]; ok && last.AsOf[:7] == month || d.tried[family] == month {
			continue
		}
		d.tried[family] = month
		_, err := d.Publish(ctx, house, Releasing{Family: family})
		if rule := (*fail.Rule)(nil); err != nil && !errors.As(err, &rule) {
			return err
		}
	}
	return nil
}
