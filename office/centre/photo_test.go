package centre_test

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"testing"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/upload"
	"tuntas/office/centre"
	"tuntas/try/province"
)

// A photo is kept in three sizes, seen by everybody, replaced and removed by the head alone, and neither changes what the
// institution says of itself.
func TestPhoto(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, joko := p.Centres, p.As("joko")
		at := joko.Scope.Only()
		var drawn bytes.Buffer
		province.Must(t, png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 1600, 900))))
		file := upload.File{Name: "gerbang.png", Says: "image/png", Is: "image/png", Body: drawn.Bytes()}
		said := centre.NewPhoto{Alt: "Gerbang panti", NoPerson: true}
		for name, c := range map[string]struct {
			in   centre.NewPhoto
			file upload.File
			want string
		}{
			"nobody looked":        {centre.NewPhoto{Alt: "Gerbang"}, file, "no_residents"},
			"no file":              {said, upload.File{}, "file"},
			"a drawing of vectors": {said, upload.File{Name: "a.svg", Is: "image/svg+xml", Body: []byte("<svg/>")}, "file"},
			"not a picture":        {said, upload.File{Name: "a.png", Is: "image/png", Body: []byte("\x89PNG\r\n\x1a\n")}, "file"},
			"a PDF":                {said, upload.File{Name: "a.pdf", Is: "application/pdf", Body: []byte("%PDF-1.4\n%%EOF")}, "file"},
		} {
			_, _, err := d.AddPhoto(p.Ctx, joko, at, c.in, c.file)
			var wrong *fail.Invalid
			if !errors.As(err, &wrong) || wrong.Fields[0].Name != c.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, _, err := d.AddPhoto(p.Ctx, p.As("ratna"), at, said, file)
		if !errors.Is(err, fail.Denied) {
			t.Errorf("who may not: %v", err)
		}
		_, none, err := d.RemovePhoto(p.Ctx, joko, at)
		if err != nil || none.Photo.ID != 0 {
			t.Errorf("nothing to remove: %v", err)
		}
		_, _, err = d.WriteProfile(p.Ctx, joko, at, 0, centre.NewProfile{About: "Rumah bersama."})
		province.Must(t, err)
		c, first, err := d.AddPhoto(p.Ctx, joko, at, said, file)
		province.Must(t, err)
		_, shown, err := d.Public(p.Ctx, c.Code)
		province.Must(t, err)
		if shown.Photo != first.Photo || shown.Photo.Wide != 640 || shown.Photo.High != 360 || shown.Photo.Alt != said.Alt || shown.About != "Rumah bersama." {
			t.Errorf("shown: %+v", shown)
		}
		size := func(photo id.ID, width int64) int {
			body, err := d.PhotoOf(p.Ctx, photo, width)
			if errors.Is(err, fail.NotFound) {
				return 0
			}
			province.Must(t, err)
			m, err := jpeg.DecodeConfig(bytes.NewReader(body))
			province.Must(t, err)
			return m.Width
		}
		for width, want := range map[int64]int{320: 320, 640: 640, 1280: 1280, 641: 0, -1: 0} {
			if got := size(first.Photo.ID, width); got != want {
				t.Errorf("width %d gives %d", width, got)
			}
		}
		_, second, err := d.AddPhoto(p.Ctx, joko, at, said, file)
		province.Must(t, err)
		if size(first.Photo.ID, 640) != 0 || size(second.Photo.ID, 640) != 640 {
			t.Error("the former photo stays")
		}
		_, kept, err := d.WriteProfile(p.Ctx, joko, at, second.Version, centre.NewProfile{About: "Rumah kita."})
		if err != nil || kept.Photo.ID != second.Photo.ID {
			t.Errorf("what is written takes the photo: %v", err)
		}
		_, gone, err := d.RemovePhoto(p.Ctx, joko, at)
		if err != nil || gone.Photo.ID != 0 || gone.About != "Rumah kita." || size(second.Photo.ID, 320) != 0 {
			t.Errorf("removed: %+v %v", gone, err)
		}
	})
}
