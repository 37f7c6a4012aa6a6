package publication

import (
	"context"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
)

var addImage = store.NewAct("news.image", who.WriteNews)

// Size is one size of an image.
type Size struct {
	Image id.ID
	upload.Size
}

// NewImage is what is said about an image.
type NewImage struct {
	Alt     string `json:"alt" required:"true" maxLength:"200" ask:"Tulis apa yang terlihat, untuk yang tidak dapat melihatnya."`
	Caption string `json:"caption,omitempty" maxLength:"200"`
}

// AddImage puts an image into an article, in its sizes; a former one goes. The file is looked into and drawn anew, so that
// nothing but the picture is left of it: no place, no device, no name.
func (d *Desk) AddImage(ctx context.Context, by who.Asker, article id.ID, in NewImage, u upload.File) (a Article, err error) {
	err = d.store.Read(ctx, by, addImage, func(tx *store.Tx) error {
		if a, err = articleByID(tx, article); err != nil {
			return err
		}
		return mayEdit(a)
	})
	if err != nil {
		return a, err
	}
	sizes, err := upload.Sized(ctx, u)
	if err != nil {
		return a, err
	}
	err = d.store.Write(ctx, by, addImage, func(tx *store.Tx) error {
		if a, err = articleByID(tx, article); err != nil {
			return err
		}
		if err := mayEdit(a); err != nil {
			return err
		}
		if _, err := store.Exec(tx, dropImages, a.ID); err != nil {
			return err
		}
		a.Image, a.Alt, a.Caption, a.State = id.New(), in.Alt, in.Caption, Draft // another picture is looked at anew
		for _, s := range sizes {
			if _, err := store.Exec(tx, newImage, id.New(), a.Image, s.Width, s.Wide, s.High, s.Body, a.ID); err != nil {
				return err
			}
		}
		tx.Record(a.entry("Foto artikel diganti: %s", in))
		return keepArticle(tx, &a)
	})
	return a, err
}

// ImageFor gives one size of an article's image to those who work on it.
func (d *Desk) ImageFor(ctx context.Context, by who.Asker, article id.ID) (body []byte, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		a, err := articleByID(tx, article)
		if err != nil {
			return err
		}
		body, err = store.One(tx, imageOne, scanBytes, a.ID, a.Image)
		return err
	})
	return body, err
}
