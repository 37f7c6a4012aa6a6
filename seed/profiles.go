package seed

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"tuntas/house/clock"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/centre"
)

// Profiles writes what institutions say to visitors. All of it is invented, numbers to call included.
func Profiles(ctx context.Context, d *centre.Desk, calendar *Calendar, by who.Asker, all []centre.Centre, today clock.Day) error {
	defer calendar.Release()
	calendar.hold(today.Add(-40), 30)
	for n, c := range all {
		if !c.ClientService || n%7 == 6 { // some have not written theirs yet
			continue
		}
		in := centre.NewProfile{About: "Kami merawat, melatih, dan mengantar pulang. Taman depan terbuka untuk keluarga yang berkunjung (contoh).", Address: fmt.Sprintf("Jalan Contoh %d, %s", 3+n, c.Place),
			Phone: fmt.Sprintf("0000 555 %03d", 100+n), Visiting: "Setiap hari 09.00–11.00 dan 14.00–16.00. Bawa kartu identitas bila ada (contoh).", Route: "Angkutan kota berhenti di depan gerbang (contoh)."}
		if _, _, err := d.WriteProfile(ctx, by, c.ID, 0, in); err != nil {
			return fmt.Errorf("profile of %s: %w", c.Code, err)
		}
		if n%2 == 1 { // a drawing, not a photo: nobody is in it
			if _, _, err := d.AddPhoto(ctx, by, c.ID, centre.NewPhoto{Alt: "Gambar contoh: gedung panti dan matahari, digambar oleh program.", NoPerson: true}, house(n)); err != nil {
				return fmt.Errorf("photo of %s: %w", c.Code, err)
			}
		}
	}
	return nil
}

// house draws a house with a door and windows under a sun: an example of a photo that nobody took.
func house(n int) upload.File {
	const w, h = 960, 540
	sky, lawn := color.RGBA{224, 241, 242, 255}, color.RGBA{197, 227, 228, 255}
	wall, roof, open, sun := color.RGBA{255, 255, 255, 255}, color.RGBA{11, 92, 99, 255}, color.RGBA{86, 169, 174, 255}, color.RGBA{180, 83, 9, 255}
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, m.Bounds(), image.NewUniform(sky), image.Point{}, draw.Src)
	box := func(x0, y0, x1, y1 int, c color.Color) {
		draw.Draw(m, image.Rect(x0, y0, x1, y1), image.NewUniform(c), image.Point{}, draw.Src)
	}
	box(0, 430, w, h, lawn)
	box(180, 250, 780, 450, wall)
	for y := range 110 { // the roof, row by row
		box(300-y*15/10, 140+y, 660+y*15/10, 141+y, roof)
	}
	for x := 220; x < 760; x += 110 {
		box(x, 300, x+60, 360, open)
	}
	box(440, 330, 520, 450, roof)
	for y := -50; y <= 50; y++ {
		half := int(math.Sqrt(float64(2500 - y*y)))
		box(110+n*9-half, 90+y, 110+n*9+half, 91+y, sun)
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m) // into memory: it cannot fail
	return upload.File{Name: "gambar.png", Says: "image/png", Is: "image/png", Body: b.Bytes()}
}
