package upload

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"

	"tuntas/house/fail"
)

const (
	mostPixels  = 40_000_000 // a picture is decoded whole, and a small file can hold a very large one
	longestSide = 2000
	jpegQuality = 85
)

// oneAtATime lets one picture be decoded at a time: each may take some hundred megabytes.
var oneAtATime = make(chan struct{}, 1)

// redrawn decodes a picture, turns it as its camera says, makes it small enough and writes it anew.
func redrawn(ctx context.Context, u File) ([]byte, error) {
	unreadable := fail.Bad("file", "unreadable", "Gambar ini tidak terbaca. Buka dan simpan ulang, lalu kirim lagi.")
	c, format, err := image.DecodeConfig(bytes.NewReader(u.Body))
	if err != nil || "image/"+format != u.Is {
		return nil, unreadable
	}
	if c.Width < 1 || c.Height < 1 || int64(c.Width)*int64(c.Height) > mostPixels {
		return nil, fail.Bad("file", "pixels", "Gambar ini terlalu besar: paling banyak %d juta titik.", mostPixels/1_000_000)
	}
	select {
	case oneAtATime <- struct{}{}:
		defer func() { <-oneAtATime }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	picture, _, err := image.Decode(bytes.NewReader(u.Body))
	if err != nil {
		return nil, unreadable
	}
	picture = smaller(picture)
	var b bytes.Buffer
	if u.Is == "image/png" {
		err = png.Encode(&b, picture)
	} else {
		err = jpeg.Encode(&b, turned(picture, orientation(u.Body)), &jpeg.Options{Quality: jpegQuality})
	}
	if err != nil {
		return nil, unreadable
	}
	if b.Len() > Most {
		return nil, tooLarge()
	}
	return b.Bytes(), nil
}

// smaller scales a picture down until its longer side fits.
func smaller(picture image.Image) image.Image {
	w, h := picture.Bounds().Dx(), picture.Bounds().Dy()
	long := max(w, h)
	if long <= longestSide {
		return picture
	}
	small := image.NewNRGBA(image.Rect(0, 0, max(1, w*longestSide/long), max(1, h*longestSide/long)))
	draw.BiLinear.Scale(small, small.Bounds(), picture, picture.Bounds(), draw.Src, nil)
	return small
}

// turned applies an orientation of EXIF, 1 to 8: what the camera noted instead of turning the picture itself.
func turned(picture image.Image, orientation int) image.Image {
	if orientation < 2 || orientation > 8 {
		return picture
	}
	from := picture.Bounds()
	w, h := from.Dx(), from.Dy()
	to := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		to = image.Rect(0, 0, h, w)
	}
	out := image.NewNRGBA(to)
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			out.Set(tx, ty, picture.At(from.Min.X+x, from.Min.Y+y))
		}
	}
	return out
}

// orientation reads how a JPEG is to be turned, from the first directory of its EXIF; 1 when it does not say.
func orientation(b []byte) int {
	for at := 2; at+4 <= len(b) && b[at] == 0xff; {
		kind, long := b[at+1], int(b[at+2])<<8|int(b[at+3])
		if kind == 0xda || long < 2 || at+2+long > len(b) { // the picture itself begins, or the head is broken
			return 1
		}
		if kind == 0xe1 {
			if exif, ok := bytes.CutPrefix(b[at+4:at+2+long], []byte("Exif\x00\x00")); ok {
				return orientationIn(exif)
			}
		}
		at += 2 + long
	}
	return 1
}

func orientationIn(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	big := tiff[0] == 'M'
	number := func(at, n int) int { // n bytes in the order that the head names; -1 beyond the end
		if at < 0 || at+n > len(tiff) {
			return -1
		}
		sum := 0
		for i := range n {
			if big {
				sum = sum<<8 | int(tiff[at+i])
			} else {
				sum |= int(tiff[at+i]) << (8 * i)
			}
		}
		return sum
	}
	first := number(4, 4)
	for i := range max(0, number(first, 2)) {
		entry := first + 2 + 12*i
		tag := number(entry, 2)
		if tag < 0 {
			return 1
		}
		if tag == 0x0112 {
			if o := number(entry+8, 2); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
	}
	return 1
}
