package needs

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// States of a purchase.
const (
	buying = "open"
	undone = "undone"
)

// Purchase joins identical needs of several institutions: bought once, at one price, for all of them.
type Purchase struct {
	ID      id.ID
	Version int64
	Item    string
	Kind    string
	Name    string
	Unit    string
	Year    int64
	State   string // open, ordered, undone
	Note    string
	MadeOn  clock.Day
	By      string
}

// Alike is an item that several institutions need in one year, and that nobody has joined yet.
type Alike struct {
	Key       string // the item as compared
	Name      string
	Unit      string
	Centres   int64
	Quantity  int64
	Cost      int64 // rupiah
	Low, High int64 // unit prices, rupiah
}

// NewPurchase joins what is alike.
type NewPurchase struct {
	Item string `json:"item" required:"true" maxLength:"220" ask:"Pilih barang yang digabung."`
	Year int64  `json:"year" required:"true" minimum:"2000" maximum:"2999" ask:"Tulis tahun anggaran."`
	Note string `json:"note,omitempty" maxLength:"500"`
}

func purchaseEntry(p Purchase, say string, what any) store.Entry {
	return store.Entry{Kind: "purchase", ID: p.ID, Say: fail.Say(say, p.Name), What: what}
}

// Alike lists what several institutions need in a year, the dearest first.
func (d *Desk) Alike(ctx context.Context, by who.Asker, year int64) (all []Alike, made []Purchase, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if all, err = alikeIn(tx, year); err != nil {
			return err
		}
		made, err = purchasesIn(tx, year)
		return err
	})
	return all, made, err
}

// Join makes one purchase of all live needs of a year that are alike.
func (d *Desk) Join(ctx context.Context, by who.Asker, in NewPurchase) (p Purchase, all []Need, err error) {
	err = d.store.Write(ctx, by, joinNeeds, func(tx *store.Tx) error {
		if all, err = store.Each(tx, needsToJoin, scanNeed, in.Year, in.Item); err != nil {
			return err
		}
		centres := map[id.ID]bool{}
		for _, n := range all {
			centres[n.Centre] = true
		}
		if len(centres) < 2 {
			return fail.Broken("nothing-alike", "Tidak ada lagi kebutuhan yang sama dari dua UPT atau lebih. Mungkin sudah digabung orang lain.")
		}
		p = Purchase{ID: id.New(), Version: 1, Item: in.Item, Kind: all[0].Kind, Name: all[0].Name, Unit: all[0].Unit, Year: in.Year, State: buying, Note: in.Note,
			MadeOn: tx.Today(), By: by.Name}
		if err := insertPurchase(tx, p); err != nil {
			return err
		}
		for i := range all {
			all[i].Purchase = p.ID
			tx.Record(needEntry(all[i], "Kebutuhan digabung dalam satu pengadaan: %s", nil))
			if err := keepNeed(tx, &all[i]); err != nil {
				return err
			}
		}
		tx.Record(purchaseEntry(p, "Pengadaan bersama dibuat: %s", in))
		return nil
	})
	return p, all, err
}

// Purchase gives one purchase with the needs in it that the asker sees.
func (d *Desk) Purchase(ctx context.Context, by who.Asker, purchase id.ID) (p Purchase, all []Need, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if p, err = purchaseByID(tx, purchase); err != nil {
			return err
		}
		all, err = store.Each(tx, needsBought, scanNeed, purchase)
		if err == nil && len(all) == 0 && !by.May(who.DecideNeed) {
			return fail.NotFound // nothing of the asker's is in it
		}
		return err
	})
	return p, all, err
}

// Turn is what happens to a purchase: it is ordered with all its needs, or undone.
type Turn struct {
	To string `json:"to" required:"true" enum:"ordered,undone" ask:"Pilih langkahnya."`
}

// TurnPurchase orders a purchase, when each need in it has its budget, or undoes it; its needs then stand alone again.
func (d *Desk) TurnPurchase(ctx context.Context, by who.Asker, purchase id.ID, version int64, in Turn) (p Purchase, all []Need, err error) {
	err = d.store.Write(ctx, by, partNeeds, func(tx *store.Tx) error {
		if p, err = purchaseByID(tx, purchase); err != nil {
			return err
		}
		if version != 0 && version != p.Version {
			return fail.Stale
		}
		if p.State != buying {
			return fail.Broken("purchase-over", "Pengadaan ini sudah dipesan atau dibatalkan.")
		}
		if all, err = store.Each(tx, needsBought, scanNeed, purchase); err != nil {
			return err
		}
		if in.To == Ordered {
			err = orderAll(tx, all)
		} else {
			err = partAll(tx, all)
		}
		if err != nil {
			return err
		}
		p.State = in.To
		tx.Record(purchaseEntry(p, "Pengadaan bersama berubah: %s", in))
		return keepPurchase(tx, &p)
	})
	return p, all, err
}

func orderAll(tx *store.Tx, all []Need) error {
	waiting := 0
	for _, n := range all {
		if n.Live() && n.State != Budgeted && n.State != Ordered {
			waiting++
		}
	}
	if waiting > 0 {
		return fail.Broken("needs-unbudgeted", "%d kebutuhan di dalamnya belum dianggarkan.", waiting)
	}
	for i := range all {
		if all[i].State != Budgeted {
			continue
		}
		if err := moved(tx, &all[i], Move{To: Ordered}); err != nil {
			return err
		}
	}
	return nil
}

func partAll(tx *store.Tx, all []Need) error {
	for i := range all {
		all[i].Purchase = 0
		tx.Record(needEntry(all[i], "Kebutuhan berdiri sendiri lagi: %s", nil))
		if err := keepNeed(tx, &all[i]); err != nil {
			return err
		}
	}
	return nil
}
