package potential

import (
	"context"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
)

var lookPhoto = store.NewDisclosure("promise.photo", who.SeePotential, store.ByFile)

// Step is one line of what happened to a promise.
type Step struct {
	At              time.Time
	State, Note, By string
}

// Photo is a photo of what came, without its bytes.
type Photo struct {
	ID   id.ID
	At   time.Time
	Type string
	Size int64
}

// PromiseSheet is a promise with what happened to it.
type PromiseSheet struct {
	Promise
	From   Offer
	Steps  []Step
	Photos []Photo
}

// LookPromise gives one promise.
func (d *Desk) LookPromise(ctx context.Context, by who.Asker, promise id.ID) (s PromiseSheet, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		s = PromiseSheet{}
		if s.Promise, err = promiseByID(tx, promise); err != nil {
			return err
		}
		if s.From, err = offerByID(tx, s.Promise.Offer); err != nil {
			return err
		}
		if s.Steps, err = stepsOf(tx, promise); err != nil {
			return err
		}
		s.Photos, err = photosOf(tx, promise)
		return err
	})
	return s, err
}

// PromiseFilter chooses promises.
type PromiseFilter struct {
	Show  string // due: not come yet; late: overdue; came: to be used or thanked; past; all
	After id.ID
	Limit int64
}

// Tally is how many promises of the asker's reach stand where.
type Tally struct{ Due, Late, Came int64 }

// Promises lists promises of the asker's reach.
func (d *Desk) Promises(ctx context.Context, by who.Asker, f PromiseFilter) (all []Promise, n Tally, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if all, err = promisesBy(tx, f); err != nil {
			return err
		}
		n, err = tallyOf(tx)
		return err
	})
	return all, n, err
}

func (d *Desk) mayAttach(ctx context.Context, by who.Asker, promise id.ID) error {
	return d.store.Read(ctx, by, deliver, func(tx *store.Tx) error {
		p, err := promiseByID(tx, promise)
		if err == nil && !p.May(Delivered) {
			err = fail.Broken("promise-state", "Janji ini sudah di langkah lain. Muat ulang, lalu lihat apa yang dapat dilakukan.")
		}
		return err
	})
}

func photoOf(ctx context.Context, file upload.File) ([]byte, error) {
	if file.Is == "application/pdf" {
		return nil, fail.Bad("file", "type", "Hanya foto JPEG atau PNG yang dapat dikirim.")
	}
	return upload.Cleaned(ctx, file)
}

// OpenPhoto gives the bytes of a photo.
func (d *Desk) OpenPhoto(ctx context.Context, by who.Asker, photo id.ID) (p Photo, body []byte, err error) {
	err = d.store.Read(ctx, by, lookPhoto, func(tx *store.Tx) error {
		p, body, err = photoBytes(tx, photo)
		tx.Leaves()
		return err
	})
	return p, body, err
}
