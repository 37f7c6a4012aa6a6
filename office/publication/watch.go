package publication

import (
	"context"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

var watching = store.NewAct("news.watch", who.SeeSystem)

// Watch writes down what is not shown any more already: articles whose time is over, and those in which a consent has ended.
// It changes nothing of what the public sees, for that is asked of the consent itself each time; it leaves the proof, and
// tells the author.
func (d *Desk) Watch(ctx context.Context) error {
	by := who.House("news")
	var over []Article
	var ended []id.ID
	err := d.store.Read(ctx, by, watching, func(tx *store.Tx) (err error) {
		if over, err = store.Each(tx, overTime, scanArticle, tx.Now().UnixMilli()); err != nil {
			return err
		}
		ended, err = store.Each(tx, overConsent, store.IDs, tx.Today())
		return err
	})
	if err != nil {
		return err
	}
	for _, article := range ended {
		if err := d.close(ctx, by, article, Withdraw); err != nil {
			return err
		}
	}
	for _, a := range over {
		if err := d.close(ctx, by, a.ID, Expire); err != nil {
			return err
		}
	}
	return nil
}

// close takes the step of an article that came by itself.
func (d *Desk) close(ctx context.Context, by who.Asker, article id.ID, step string) error {
	return d.store.Write(ctx, by, watching, func(tx *store.Tx) error {
		a, err := articleByID(tx, article)
		if err != nil {
			return err
		}
		note := ""
		if step == Withdraw {
			if note, err = endedOf(tx, a); err != nil {
				return err
			}
			a.Reason = note
		}
		if a.State != Published { // somebody was faster; the look at it is on record
			tx.Record(a.entry("Artikel diperiksa: %s", nil))
			return nil
		}
		if err := moved(tx, &a, step, note, ""); err != nil {
			return err
		}
		say := fail.Say("Masa tayang artikel habis: %s", a.Title)
		if step == Withdraw {
			say = fail.Say("Persetujuan berakhir, artikel tidak tayang lagi: %s", a.Title)
		}
		n := store.Notice{Kind: "news", Say: say, Path: a.Path()}
		if n.Role, n.Centre = "head_centre", a.Centre; a.Centre == 0 {
			n.Role = "communications"
		}
		if a.Author != 0 {
			n.To = []id.ID{a.Author}
		}
		tx.Notify(n)
		return nil
	})
}

// The reasons for which a consent does not stand, as they are kept with the article.
const (
	reasonWithdrawn = "Persetujuan ditarik."
	reasonOver      = "Masa persetujuan habis."
)

func endedOf(tx *store.Tx, a Article) (string, error) {
	all, err := subjectsOf(tx, a.ID)
	if err != nil {
		return "", err
	}
	for _, s := range all {
		if s.WithdrawnAt != 0 || s.EndedThere != "" {
			return reasonWithdrawn, nil
		}
	}
	return reasonOver, nil
}
