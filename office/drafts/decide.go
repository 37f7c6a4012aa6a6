package drafts

import (
	"context"
	"slices"
	"strconv"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

func daysOf(set string) int {
	if n, err := strconv.Atoi(set); err == nil && n >= 1 && n <= 3650 {
		return n
	}
	return staleDays
}

// Pick is the answer that somebody chose among those of a field: a writer's, or what the record says.
type Pick struct {
	Name string
	By   id.ID // 0 for the record
}

// change does something to one draft that is on record: the draft is taken for writing, changed, and kept.
func (d *Desk) change(ctx context.Context, by who.Asker, act store.Act, draft id.ID, f Form, say fail.Saying, do func(*store.Tx, *Draft) error) (out Draft, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if _, _, err := touched(tx, draft); err != nil {
			return err
		}
		if out, err = byID(tx, draft); err != nil {
			return err
		}
		if out.Key != f.Key || len(out.fields.shownTo(by.User, out.ownOnly(f, by))) == 0 {
			return fail.NotFound
		}
		if err := do(tx, &out); err != nil {
			return err
		}
		tx.Record(out.entry(say))
		return nil
	})
	return out, err
}

// Read gives one draft as the asker may see it: whose form it is, not what it says.
func (d *Desk) Read(ctx context.Context, by who.Asker, draft id.ID) (out Draft, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		out, err = byID(tx, draft)
		return err
	})
	return out, err
}

// TakeOver makes somebody the one who goes on with a draft: what others still type stands beside it and never takes
// its place.
func (d *Desk) TakeOver(ctx context.Context, by who.Asker, draft id.ID, f Form) (Draft, error) {
	return d.change(ctx, by, takeOver, draft, f, fail.Say("Draf diambil alih."), func(tx *store.Tx, out *Draft) error {
		if out.EndedAt != 0 || out.ownOnly(f, by) {
			return fail.NotFound
		}
		for name, field := range out.fields {
			if len(field.Values) == 1 { // one answer becomes the new writer's; of several they still have to choose
				field.Values[0].User, field.Values[0].By, field.Values[0].N = by.User, calledOf(by), out.Version
				out.fields[name] = field
			}
		}
		body, err := out.fields.body()
		if err == nil {
			_, err = store.Exec(tx, hold, body, by.User, calledOf(by), out.ID)
		}
		return err
	})
}

// Choose settles fields that have several answers; base is the version of the record with which they were compared.
func (d *Desk) Choose(ctx context.Context, by who.Asker, draft id.ID, f Form, base string, seen int64, picks []Pick) (Draft, error) {
	return d.change(ctx, by, choose, draft, f, fail.Say("Isian draf dipilih."), func(tx *store.Tx, out *Draft) error {
		if out.EndedAt != 0 {
			return fail.NotFound
		}
		own := out.ownOnly(f, by)
		if own {
			seen = 0 // no page has shown them what others wrote
		}
		for _, p := range picks {
			answer, known := out.fields[p.Name]
			at := slices.IndexFunc(answer.Values, func(v value) bool { return v.User == p.By })
			switch {
			case !known || at < 0 && p.By != 0 || own && p.By != 0 && p.By != by.User:
				continue // settled meanwhile
			case p.By == 0:
				if answer.Values = answer.later(by.User, seen); len(answer.Values) == 0 {
					delete(out.fields, p.Name)
				} else {
					out.fields[p.Name] = answer
				}
				continue
			}
			chosen := answer.Values[at]
			chosen.User, chosen.By, chosen.At, chosen.N = by.User, calledOf(by), tx.Now().UnixMilli(), out.Version
			out.fields[p.Name] = field{answer.Was, append([]value{chosen}, answer.later(by.User, seen)...)}
		}
		if base != "" && out.Base != "" {
			out.Base = base
		}
		out.N = int64(len(out.fields))
		if len(out.fields) == 0 {
			_, err := store.Exec(tx, drop, out.ID)
			return err
		}
		body, err := out.fields.body()
		if err == nil {
			_, err = store.Exec(tx, settle, body, len(out.fields), out.Base, out.ID)
		}
		return err
	})
}

// Discard sets a draft aside; for a week it can be brought back. Who sees their own words alone takes those away, and
// the others' stay.
func (d *Desk) Discard(ctx context.Context, by who.Asker, draft id.ID, f Form) (Draft, error) {
	return d.change(ctx, by, discard, draft, f, fail.Say("Draf dibuang."), func(tx *store.Tx, out *Draft) error {
		if out.EndedAt != 0 {
			return nil
		}
		if rest := out.fields.without(by.User); out.ownOnly(f, by) && len(rest) > 0 {
			return leave(tx, out.ID, rest)
		}
		out.EndedAt = tx.Now().UnixMilli()
		_, err := store.Exec(tx, end, out.EndedAt, out.ID)
		return err
	})
}

// Restore brings a discarded draft back, unless another was begun meanwhile.
func (d *Desk) Restore(ctx context.Context, by who.Asker, draft id.ID, f Form) (Draft, error) {
	out, err := d.change(ctx, by, restore, draft, f, fail.Say("Draf dikembalikan."), func(tx *store.Tx, out *Draft) error {
		out.EndedAt = 0
		_, err := store.Exec(tx, end, 0, out.ID)
		return err
	})
	if err != nil && store.Duplicate(err) {
		err = fail.Clash("draft-begun", "Formulir ini sudah punya draf baru. Kirim atau buang yang itu lebih dulu.")
	}
	return out, err
}

// Mine lists the drafts of somebody and of the cases they carry, the latest first.
func (d *Desk) Mine(ctx context.Context, by who.Asker, after id.Mark, limit int64) (all []Listed, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		all, err = mineAfter(tx, after, limit)
		for _, l := range all {
			if l.Person != 0 {
				tx.Saw(l.Person)
			}
		}
		return err
	})
	return all, err
}

// Unsent counts the living ones among the latest, up to most.
func (d *Desk) Unsent(ctx context.Context, by who.Asker, most int64) (n int, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		all, err := mineAfter(tx, id.Mark{}, most)
		for _, l := range all {
			if l.EndedAt == 0 {
				n++
			}
		}
		return err
	})
	return n, err
}

// Listed is a draft in a list, with how the person it is about is called; "" for none.
type Listed struct {
	Draft
	Called string
}
