package seed

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"

	"tuntas/house/upload"
	"tuntas/office/casework"
)

// attach has a drawn picture put to the case: no photo of anybody is in the sample.
func (t *tale) attach(kind, title, name string) {
	t.step("attach", func() error {
		_, err := t.Cases.Attach(t.ctx, t.Worker, t.c, casework.NewAttachment{Title: title, Kind: kind},
			upload.File{Name: name, Says: "image/png", Is: "image/png", Body: sampleCard()})
		return err
	})
}

// sampleCard is a card without a name: a frame, a place for a picture, and lines where the words would stand.
func sampleCard() []byte {
	ink, paper := color.Gray{Y: 70}, color.Gray{Y: 236}
	m := image.NewGray(image.Rect(0, 0, 320, 200))
	fill := func(r image.Rectangle, c color.Gray) { draw.Draw(m, r, image.NewUniform(c), image.Point{}, draw.Src) }
	fill(m.Bounds(), ink)
	fill(m.Bounds().Inset(4), paper)
	fill(image.Rect(20, 50, 100, 160), color.Gray{Y: 190})
	for i, long := range []int{190, 150, 170, 120} {
		fill(image.Rect(120, 56+i*28, 120+long, 64+i*28), ink)
	}
	var b bytes.Buffer
	_ = png.Encode(&b, m) // into memory: cannot fail
	return b.Bytes()
}
