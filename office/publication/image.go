package publication

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	_ "image/png" // a drawing is taken too; what is kept is a JPEG
	"strings"

	"golang.org/x/image/draw"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
)

var addImage = store.NewAct("news.image", who.WriteNews)

// Widths are the sizes in which an image is kept, and how many bytes each may have: the middle one is what a phone loads.
var widths = []struct{ Width, Most int }{{320, 12 << 10}, {640, 30 << 10}, {1280, 110 << 10}}

// Size is one size of an image.
type Size struct {
	Image             id.ID
	Width, Wide, High int64
	Body              []byte
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
	sizes, err := sized(ctx, u)
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

// sized gives the sizes of an uploaded picture.
func sized(ctx context.Context, u upload.File) (all []Size, err error) {
	if !strings.HasPrefix(u.Is, "image/") && len(u.Body) > 0 {
		return nil, fail.Bad("file", "type", "Hanya foto JPEG atau PNG yang dapat dipakai.")
	}
	clean, err := upload.Cleaned(ctx, u)
	if err != nil {
		return nil, err
	}
	picture, _, err := image.Decode(bytes.NewReader(clean))
	if err != nil {
		return nil, fail.Bad("file", "unreadable", "Gambar ini tidak terbaca. Buka dan simpan ulang, lalu kirim lagi.")
	}
	for _, w := range widths {
		s, err := at(picture, w.Width, w.Most)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// at draws a picture in a width and writes it so well as its bytes allow; none is made larger than it is. What is
// transparent becomes white.
func at(picture image.Image, width, most int) (Size, error) {
	from := picture.Bounds()
	w := min(width, from.Dx())
	h := max(1, min(from.Dy()*w/from.Dx(), 2*w))
	if from.Dy()*w/from.Dx() > h { // a very tall picture is cut at its foot
		from.Max.Y = from.Min.Y + from.Dx()*h/w
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(to, to.Bounds(), image.White, image.Point{}, draw.Src)
	draw.CatmullRom.Scale(to, to.Bounds(), picture, from, draw.Over, nil)
	var b bytes.Buffer
	for quality := 82; ; quality -= 8 {
		b.Reset()
		if err := jpeg.Encode(&b, to, &jpeg.Options{Quality: quality}); err != nil {
			return Size{}, err
		}
		if b.Len() <= most || quality <= 26 {
			break
		}
	}
	return Size{Width: int64(width), Wide: int64(w), High: int64(h), Body: b.Bytes()}, nil
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
