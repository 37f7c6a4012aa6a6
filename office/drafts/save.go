package drafts

import (
	"context"
	"errors"
	"slices"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var (
	save     = store.NewUpkeep("draft.save", who.SignedIn)
	accept   = store.NewUpkeep("draft.accept", who.SignedIn)
	look     = store.NewAct("draft.look", who.SignedIn)
	takeOver = store.NewAct("draft.take-over", who.SignedIn)
	choose   = store.NewAct("draft.choose", who.SignedIn)
	discard  = store.NewAct("draft.discard", who.SignedIn)
	restore  = store.NewAct("draft.restore", who.SignedIn)
	clear    = store.NewAct("draft.clear", who.SignedIn)
)

// Typed is what the script of a page sends while somebody types.
type Typed struct {
	Seen   int64  // how far the page had seen the draft
	Base   string // the version of the record that the page shows
	Fields []TypedField
}

// TypedField is one field: what is in it now, and what the page had shown in it before anybody typed.
type TypedField struct {
	Name   string
	Values []string
	Was    []string
}

// Saved is what a page learns when a field was saved.
type Saved struct {
	ID      id.ID
	At      time.Time
	Busy    []Writer // others who write in it
	Clashes []string // fields in which somebody else's answer stands beside
	HeldBy  string   // who took the draft over, "" when nobody else did
}

// Writer is somebody who writes in a draft, and when they last did.
type Writer struct {
	By string
	At time.Time
}

// Save keeps what is typed in a form. The first line of a draft is on record, the ones after it are not: they are no
// deeds, and a form of twenty fields would be twenty entries (docs/decisions/018-drafts.md).
func (d *Desk) Save(ctx context.Context, by who.Asker, f Form, in Typed) (out Saved, err error) {
	by.Key = ""
	for range 3 {
		if out, err = d.saveOnce(ctx, by, f, in); !store.Duplicate(err) { // two began at once: the other was first
			break
		}
	}
	return out, err
}

func (d *Desk) saveOnce(ctx context.Context, by who.Asker, f Form, in Typed) (out Saved, err error) {
	err = d.store.Write(ctx, by, save, func(tx *store.Tx) error {
		p, err := placeFor(tx, f)
		if err != nil {
			return err
		}
		draft, begun, err := begunOrNew(tx, f, p, in.Base)
		if err != nil {
			return err
		}
		draft.Centre, draft.Case, draft.Worker = p.centre, p.caseID, p.worker
		if draft.ownOnly(f, by) {
			in.Seen = 0 // no page has shown them what others wrote
		}
		for _, t := range in.Fields {
			old, known := draft.fields[t.Name]
			if !known {
				old.Was = t.Was
			}
			draft.fields[t.Name] = old.put(value{by.User, calledOf(by), tx.Now().UnixMilli(), draft.Version, t.Values}, in.Seen, draft.Holder)
		}
		if err := mayKeep(draft.fields); err != nil {
			return err
		}
		if err := keepFields(tx, draft, f.Page); err != nil {
			return err
		}
		if begun {
			draft.Key, draft.N = f.Key, int64(len(draft.fields))
			tx.Record(draft.entry(fail.Say("Draf dimulai.")))
		}
		out = draft.saved(tx.Now(), f, by, in)
		return nil
	})
	return out, err
}

// saved is what the typist is told.
func (d Draft) saved(now time.Time, f Form, by who.Asker, in Typed) Saved {
	out := Saved{ID: d.ID, At: now}
	shown := d.fields.shownTo(by.User, d.ownOnly(f, by))
	out.Busy = shown.busy(by.User, now)
	for _, t := range in.Fields {
		if len(shown[t.Name].Values) > 1 {
			out.Clashes = append(out.Clashes, t.Name)
		}
	}
	if d.Holder != 0 && d.Holder != by.User {
		out.HeldBy = d.HeldBy
	}
	return out
}

// ofOthers tells whether somebody else wrote some of it.
func (all fields) ofOthers(user id.ID) bool {
	for _, f := range all {
		if slices.ContainsFunc(f.Values, func(v value) bool { return v.User != user }) {
			return true
		}
	}
	return false
}

const fresh = 5 * time.Minute

// busy lists the others who wrote within the last minutes, the latest first.
func (all fields) busy(user id.ID, now time.Time) []Writer {
	last := map[id.ID]Writer{}
	for _, f := range all {
		for _, v := range f.Values {
			at := time.UnixMilli(v.At)
			if v.User != user && now.Sub(at) < fresh && at.After(last[v.User].At) {
				last[v.User] = Writer{v.By, at}
			}
		}
	}
	var out []Writer
	for _, w := range last {
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b Writer) int { return b.At.Compare(a.At) })
	return out
}

// Accepted forgets what came into the record with a form that was sent. What somebody else typed meanwhile, and the
// sender's page had not shown, stays a draft.
func (d *Desk) Accepted(ctx context.Context, by who.Asker, f Form, seen int64) error {
	drafts, err := d.Open(ctx, by, []Form{f})
	if err != nil || drafts[f.Key].ID == 0 {
		return err
	}
	return d.store.Write(ctx, by, accept, func(tx *store.Tx) error {
		_, all, err := touched(tx, drafts[f.Key].ID)
		if errors.Is(err, fail.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return leave(tx, drafts[f.Key].ID, all.taken(by.User, seen, drafts[f.Key].ownOnly(f, by)))
	})
}

func touched(tx *store.Tx, draft id.ID) (id.ID, fields, error) {
	type row struct {
		id  id.ID
		all fields
	}
	got, err := store.One(tx, touchOne, func(r store.Row) (out row, err error) {
		var body string
		if err = r.Scan(&out.id, &body); err == nil {
			out.all, err = readFields(body)
		}
		return out, err
	}, draft, tx.By().User)
	return got.id, got.all, err
}

// Open gives the living drafts of these forms, as the asker sees them, by their keys.
func (d *Desk) Open(ctx context.Context, by who.Asker, forms []Form) (map[string]Draft, error) {
	found := map[string]Draft{}
	forms = forms[:min(len(forms), onePage)]
	err := d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		args := make([]any, 0, onePage+1)
		for _, f := range forms {
			args = append(args, f.Key)
		}
		for len(args) < onePage {
			args = append(args, "")
		}
		all, err := store.Each(tx, open, scanWhole, append(args, by.User)...)
		for _, draft := range all {
			at := slices.IndexFunc(forms, func(f Form) bool { return f.Key == draft.Key })
			if _, twice := found[draft.Key]; twice || at < 0 {
				continue
			}
			draft.fields = draft.fields.shownTo(by.User, draft.ownOnly(forms[at], by))
			if len(draft.fields) == 0 {
				continue
			}
			found[draft.Key] = draft
			if draft.Person != 0 && draft.fields.ofOthers(by.User) {
				tx.Saw(draft.Person)
			}
		}
		return err
	})
	return found, err
}

// Days after which a draft that nobody touched is cleared, unless the office has set drafts.days; and those after
// which a discarded one cannot be brought back.
const (
	staleDays     = 30
	discardedDays = 7
	staleSetting  = "drafts.days"
)

// Clear removes drafts that nobody touched for long, and discarded ones.
func (d *Desk) Clear(ctx context.Context) error {
	by := who.House("drafts")
	var gone []id.ID
	err := d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		set, err := centre.Setting(tx, staleSetting)
		if err != nil {
			return err
		}
		if gone, err = store.Each(tx, stale, store.IDs, tx.Now().AddDate(0, 0, -daysOf(set)).UnixMilli()); err != nil {
			return err
		}
		more, err := store.Each(tx, discarded, store.IDs, tx.Now().AddDate(0, 0, -discardedDays).UnixMilli())
		gone = append(gone, more...)
		return err
	})
	if err != nil || len(gone) == 0 {
		return err
	}
	return d.store.Write(ctx, by, clear, func(tx *store.Tx) error {
		for _, i := range gone {
			if _, err := store.Exec(tx, drop, i); err != nil {
				return err
			}
		}
		tx.Record(store.Entry{Kind: "draft", ID: gone[0], Say: fail.Say("%d draf lama dihapus.", len(gone)), What: map[string]any{"drafts": gone}})
		return nil
	})
}
