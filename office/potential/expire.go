package potential

import (
	"context"
	"errors"
	"fmt"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

const (
	measurePromised = "promise.made"
	measureDue      = "promise.due"
)

// Measures are the figures of this desk, each of the institution that asked. A promise is counted on the day on which it is
// due, as open until it came: so what is overdue is known without a job. One that the institution sent back is not counted.
var Measures = store.Measures([]store.Measure{
	{Key: measurePromised, Kind: store.FlowKind, About: "answers", Facts: promisedFacts},
	{Key: measureDue, Kind: store.FlowKind, About: "answers", Facts: dueFacts},
})

var (
	expire     = store.NewAct("help.expire", who.SeeSystem)
	lookBroken = store.NewAct("potential.verify", who.SeeSystem)
)

func keeper() who.Asker { return who.House("potensi") }

// Watch ends what is over by its day, reminds some days before, tells of promises that are overdue, and erases the contacts
// of letters that were declined. What people see of all this they see by the day itself; here it is written down and told.
func (d *Desk) Watch(ctx context.Context) error {
	return errors.Join(d.endOffers(ctx), d.endRequests(ctx), d.remindClearances(ctx), d.remindPromises(ctx), d.forget(ctx))
}

// each reads rows and takes a step for each, in a transaction of its own.
func each[T any](ctx context.Context, d *Desk, read func(*store.Tx, law.PotentialRules) ([]T, error), step func(*store.Tx, T) error) error {
	var all []T
	err := d.store.Read(ctx, keeper(), expire, func(tx *store.Tx) (err error) {
		all, err = read(tx, law.Potentials.On(tx.Today()))
		return err
	})
	for _, one := range all {
		if err != nil {
			return err
		}
		err = d.store.Write(ctx, keeper(), expire, func(tx *store.Tx) error { return step(tx, one) })
		if errors.Is(err, fail.Stale) { // somebody changed it meanwhile: the next hour sees what it is then
			err = nil
		}
	}
	return err
}

func owner(user id.ID, n store.Notice) store.Notice {
	n.Kind = "potential"
	if user != 0 {
		n.To = []id.ID{user}
	} else if n.Role == "" {
		n.Role = "section_head"
	}
	return n
}

func (d *Desk) endOffers(ctx context.Context) error {
	over := each(ctx, d, func(tx *store.Tx, _ law.PotentialRules) ([]Offer, error) {
		return store.Each(tx, offersStale, scanOffer, tx.Today())
	}, func(tx *store.Tx, o Offer) error {
		o.State = Expired
		tx.Record(o.entry("Tawaran lewat masanya: %s", nil))
		tx.Notify(owner(o.User, store.Notice{Say: fail.Say("Tawaran lewat masanya: %s. Masih berlaku? Perpanjang.", o.What), Path: o.Path(), Once: "offer-over:" + o.ID.String() + ":" + string(o.Until)}))
		return keepOffer(tx, &o, false)
	})
	soon := each(ctx, d, func(tx *store.Tx, rules law.PotentialRules) ([]Offer, error) {
		return store.Each(tx, offersEnding, scanOffer, tx.Today(), tx.Today().Add(rules.RemindDays))
	}, func(tx *store.Tx, o Offer) error {
		o.RemindedOn = tx.Today()
		tx.Record(o.entry("Diingatkan bahwa tawaran segera berakhir: %s", nil))
		tx.Notify(owner(o.User, store.Notice{Say: fail.Say("Tawaran berakhir %s: %s. Masih berlaku? Perpanjang.", o.Until, o.What), Path: o.Path(), Once: "offer-soon:" + o.ID.String() + ":" + string(o.Until)}))
		return keepOffer(tx, &o, false)
	})
	return errors.Join(over, soon)
}

func (d *Desk) endRequests(ctx context.Context) error {
	over := each(ctx, d, func(tx *store.Tx, _ law.PotentialRules) ([]Request, error) {
		return store.Each(tx, requestsStale, scanRequest, tx.Today())
	}, func(tx *store.Tx, r Request) error {
		met := r.Received >= r.Quantity
		r.State = Expired
		tx.Record(r.entry("Permintaan bantuan lewat masanya: %s", nil))
		if !met {
			tx.Notify(owner(r.User, store.Notice{Say: fail.Say("Permintaan bantuan lewat masanya: %s. Masih perlu? Perpanjang.", r.What), Path: r.Path(), Role: "head_centre", Centre: r.Centre,
				Once: "help-over:" + r.ID.String() + ":" + string(r.EndsOn)}))
		}
		return keepRequest(tx, &r)
	})
	soon := each(ctx, d, func(tx *store.Tx, rules law.PotentialRules) ([]Request, error) {
		return store.Each(tx, requestsEnding, scanRequest, tx.Today(), tx.Today().Add(rules.RemindDays))
	}, func(tx *store.Tx, r Request) error {
		r.RemindedOn = tx.Today()
		tx.Record(r.entry("Diingatkan bahwa permintaan segera berakhir: %s", nil))
		tx.Notify(owner(r.User, store.Notice{Say: fail.Say("Permintaan bantuan berakhir %s: %s. Masih perlu? Perpanjang.", r.EndsOn, r.What), Path: r.Path(), Role: "head_centre", Centre: r.Centre,
			Once: "help-soon:" + r.ID.String() + ":" + string(r.EndsOn)}))
		return keepRequest(tx, &r)
	})
	return errors.Join(over, soon)
}

func (d *Desk) remindClearances(ctx context.Context) error {
	return each(ctx, d, func(tx *store.Tx, rules law.PotentialRules) ([]Potential, error) {
		return store.Each(tx, clearancesEnding, scanPotential, tx.Today(), tx.Today().Add(rules.ClearanceRemind))
	}, func(tx *store.Tx, p Potential) error {
		tx.Record(p.entry("Diingatkan bahwa keterangan segera berakhir: %s", nil))
		tx.Notify(owner(p.User, store.Notice{Say: fail.Say("Keterangan %s berakhir %s.", p.Name, p.ClearanceUntil), Path: p.Path(), Once: "clearance:" + p.ID.String() + ":" + string(p.ClearanceUntil)}))
		_, err := store.Exec(tx, clearanceTold, tx.Today(), p.ID, p.Version)
		return err
	})
}

func (d *Desk) remindPromises(ctx context.Context) error {
	return each(ctx, d, func(tx *store.Tx, _ law.PotentialRules) ([]Promise, error) {
		return store.Each(tx, promisesOver, scanPromise, tx.Today())
	}, func(tx *store.Tx, p Promise) error {
		tx.Record(p.entry("Janji bantuan lewat waktu; petugas diingatkan: %s", nil))
		tx.Notify(owner(p.User, store.Notice{Say: fail.Say("Janji bantuan seharusnya datang %s: %s.", p.DueOn, p.What), Path: p.Path(), Role: "head_centre", Centre: p.Centre,
			Once: fmt.Sprintf("promise-late:%s:%s", p.ID, p.DueOn)}))
		_, err := store.Exec(tx, promiseTold, tx.Today(), p.ID, p.Version)
		return err
	})
}

func (d *Desk) forget(ctx context.Context) error {
	return each(ctx, d, func(tx *store.Tx, _ law.PotentialRules) ([]Letter, error) {
		return store.Each(tx, lettersToForget, scanLetter, tx.Today())
	}, func(tx *store.Tx, l Letter) error {
		tx.Record(store.Entry{Kind: "help_letter", ID: l.ID, Centre: l.Centre, Say: fail.Say("Nama dan kontak penawar dihapus.")})
		return store.Change(tx, &l.Version, letterForgotten, l.ID, l.Version)
	})
}

// Broken names rows that say two things at once.
func (d *Desk) Broken(ctx context.Context) (wrong []string, err error) {
	err = d.store.Read(ctx, who.House("verify"), lookBroken, func(tx *store.Tx) error {
		wrong, err = store.Faults(tx, []store.Fault{
			{Found: offersWrong, Says: "offer %s is promised otherwise than its promises say"},
			{Found: requestsWrong, Says: "help request %s is promised otherwise than its promises say"},
			{Found: receivedWrong, Says: "help request %s received otherwise than its promises say"},
			{Found: publicWrong, Says: "help request %s comes from a case and is public"},
		})
		return err
	})
	return wrong, err
}
