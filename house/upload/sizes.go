package upload

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"strings"

	"golang.org/x/image/draw"

	"tuntas/house/fail"
)

// widths are the sizes in which a picture for pages is kept, and how many bytes each may have: the middle one is what a phone
// loads.
var widths = []struct{ Width, Most int }{{320, 12 << 10}, {640, 30 << 10}, {1280, 110 << 10}}

// Size is one size of a picture: the width that was asked for, and how wide and high it is, since none is made larger.
type Size struct {
	Width, Wide, High int64
	Body              []byte
}

// Sized gives an uploaded picture in its sizes, drawn anew, so that nothing but the picture is left of it: no place, no device,
// no name. Errors: those of Cleaned, and file for what is no picture.
func Sized(ctx context.Context, u File) (all []Size, err error) {
	if !strings.HasPrefix(u.Is, "image/") && len(u.Body) > 0 {
		return nil, fail.Bad("file", "type", "Hanya foto JPEG atau PNG yang dapat dipakai.")
	}
	clean, err := Cleaned(ctx, u)
	if err != nil {
		return nil, err
	}
	picture, _, err := image.Decode(bytes.NewReader(clean))
	if err != nil {
		return nil, fail.Bad("file", "unreadable", "Gambar ini tidak terbaca. Buka dan simpan ulang, lalu kirim lagi.")
	}
	for _, w := range widths {
		s, err := drawnAt(picture, w.Width, w.Most)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// drawnAt draws a picture in a width and writes it so well as its bytes allow; none is made larger than it is. What is
// transparent becomes white.
func drawnAt(picture image.Image, width, most int) (Size, error) {
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
