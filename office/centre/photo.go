package centre

import (
	"context"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
)

var (
	addPhoto    = store.NewAct("centre.add-photo", who.ManageCentre)
	removePhoto = store.NewAct("centre.remove-photo", who.ManageCentre)
)

// Photo is the photo of an institution: its address, what is to be seen, and how large it is on a phone. Its ID is 0 where
// there is none.
type Photo struct {
	ID         id.ID
	Alt        string
	Wide, High int64 // of the middle size
}

// Small is how wide the smallest size is: none is made larger than the picture.
func (p Photo) Small() int64 { return min(320, p.Wide) }

// NewPhoto is what is said of a photo. That it shows no resident is ticked by who sends it, who has looked: a face among many
// cannot be taken back from the browsers that kept it.
type NewPhoto struct {
	Alt      string `json:"alt" required:"true" maxLength:"200" ask:"Tulis apa yang terlihat, untuk yang tidak dapat melihatnya."`
	NoPerson bool   `json:"no_residents"`
}

// AddPhoto puts a photo on the profile of an institution of the asker's; a former one goes. It is drawn anew in its sizes, so
// that neither place nor device is left in it. Errors: those of upload.Sized, and no_residents where nobody ticked it.
func (d *Desk) AddPhoto(ctx context.Context, by who.Asker, at id.ID, in NewPhoto, u upload.File) (c Centre, p Profile, err error) {
	err = d.store.Read(ctx, by, addPhoto, func(tx *store.Tx) error { // before anybody looks into the file
		_, err := Own(tx, at)
		return err
	})
	if err != nil {
		return c, p, err
	}
	if !in.NoPerson {
		return c, p, fail.Bad("no_residents", "required", "Periksa fotonya, lalu centang bahwa tidak ada penghuni yang terlihat.")
	}
	sizes, err := upload.Sized(ctx, u)
	if err != nil {
		return c, p, err
	}
	err = d.store.Write(ctx, by, addPhoto, func(tx *store.Tx) error {
		if c, p, err = ownProfile(tx, at); err != nil {
			return err
		}
		if err := dropPhoto(tx, at); err != nil {
			return err
		}
		p.Photo = Photo{ID: id.New(), Alt: in.Alt}
		for _, s := range sizes {
			if _, err := store.Exec(tx, newPhoto, id.New(), p.Photo.ID, s.Width, s.Wide, s.High, s.Body, at); err != nil {
				return err
			}
			if s.Width == middleWidth {
				p.Photo.Wide, p.Photo.High = s.Wide, s.High
			}
		}
		p.ChangedOn = tx.Today()
		tx.Record(store.Entry{Kind: "centre", ID: at, Centre: at, Say: fail.Say("Foto %s dipasang di profil publik.", c.Name), What: in})
		return keepProfile(tx, at, &p)
	})
	return c, p, err
}

// RemovePhoto takes the photo off the profile, with its bytes; without one nothing changes.
func (d *Desk) RemovePhoto(ctx context.Context, by who.Asker, at id.ID) (c Centre, p Profile, err error) {
	err = d.store.Write(ctx, by, removePhoto, func(tx *store.Tx) error {
		if c, p, err = ownProfile(tx, at); err != nil {
			return err
		}
		if err := dropPhoto(tx, at); err != nil {
			return err
		}
		p.Photo, p.ChangedOn = Photo{}, tx.Today()
		tx.Record(store.Entry{Kind: "centre", ID: at, Centre: at, Say: fail.Say("Foto %s diambil dari profil publik.", c.Name)})
		return keepProfile(tx, at, &p)
	})
	return c, p, err
}

func ownProfile(tx *store.Tx, at id.ID) (c Centre, p Profile, err error) {
	if c, err = Own(tx, at); err == nil {
		p, err = profileIn(tx, at)
	}
	return c, p, err
}

// PhotoOf gives one size of a photo, to everybody.
func (d *Desk) PhotoOf(ctx context.Context, photo id.ID, width int64) (body []byte, err error) {
	err = d.store.Read(ctx, who.Public(), look, func(tx *store.Tx) error {
		body, err = store.One(tx, photoSize, func(r store.Row) (b []byte, err error) {
			err = r.Scan(&b)
			return b, err
		}, photo, width)
		return err
	})
	return body, err
}
