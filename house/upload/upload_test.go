package upload

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"tuntas/house/fail"
)

// drawn is a picture whose upper left corner is red.
func drawn(w, h int) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{0, 0, 255, 255}
			if x < w/2 && y < h/2 {
				c = color.NRGBA{255, 0, 0, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func pngOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// photo is a JPEG as a camera writes it: with an orientation, a place and a comment.
func photo(t *testing.T, m image.Image, orientation int, order binary.AppendByteOrder) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	tiff := []byte("II")
	if order.String() == "BigEndian" {
		tiff = []byte("MM")
	}
	tiff = order.AppendUint32(order.AppendUint16(tiff, 42), 8)
	tiff = order.AppendUint16(tiff, 2)
	tiff = append(order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x010f), 2), 4), "Abc\x00"...)
	tiff = order.AppendUint16(order.AppendUint16(order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x0112), 3), 1), uint16(orientation)), 0)
	tiff = order.AppendUint32(tiff, 0)
	exif := append([]byte("Exif\x00\x00"), append(tiff, "GPS -8.17 113.70"...)...)
	app := append([]byte{0xff, 0xe1, byte((len(exif) + 2) >> 8), byte(len(exif) + 2)}, exif...)
	note := append([]byte{0xff, 0xfe, 0, 10}, "Rahasia!"...)
	return append(append(append([]byte{0xff, 0xd8}, app...), note...), b.Bytes()[2:]...)
}

func code(err error) string {
	var wrong *fail.Invalid
	if !errors.As(err, &wrong) {
		return fmt.Sprint(err)
	}
	return wrong.Fields[0].Name + " " + wrong.Fields[0].Code
}

// What a camera notes instead of turning the picture is applied, and then nothing of it is left.
func TestCleaned_turnsPhotos(t *testing.T) {
	t.Parallel()
	// Where the red corner comes to lie, and whether the picture stands upright after it.
	corners := map[int]struct {
		x, y    int
		swapped bool
	}{1: {0, 0, false}, 2: {1, 0, false}, 3: {1, 1, false}, 4: {0, 1, false}, 5: {0, 0, true}, 6: {1, 0, true}, 7: {1, 1, true}, 8: {0, 1, true}, 9: {0, 0, false}}
	for o, want := range corners {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			raw := photo(t, drawn(64, 32), o, order)
			b, err := Cleaned(context.Background(), File{Name: "IMG_1.JPG", Says: "image/jpeg", Is: "image/jpeg", Body: raw})
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(b, []byte("Exif")) || bytes.Contains(b, []byte("GPS")) || bytes.Contains(b, []byte("Rahasia")) || bytes.Contains(b, []byte("Abc")) {
				t.Errorf("orientation %d: the camera's notes are still there", o)
			}
			m, err := jpeg.Decode(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			w, h := m.Bounds().Dx(), m.Bounds().Dy()
			if (w == 32) != want.swapped {
				t.Errorf("orientation %d: %d by %d", o, w, h)
			}
			for y := range 2 {
				for x := range 2 {
					r, _, blue, _ := m.At(w/4+x*w/2, h/4+y*h/2).RGBA()
					if red := r > blue; red != (x == want.x && y == want.y) {
						t.Errorf("orientation %d, %v: corner %d %d is red %v", o, order, x, y, red)
					}
				}
			}
		}
	}
}

func TestCleaned_makesSmaller(t *testing.T) {
	t.Parallel()
	said := []byte("tEXtAuthor\x00Ratna")
	text := append(append(pngOf(t, drawn(10, 10))[:33], 0, 0, 0, 12), said...)
	text = append(binary.BigEndian.AppendUint32(text, crc32.ChecksumIEEE(said)), pngOf(t, drawn(10, 10))[33:]...)
	for name, c := range map[string]struct {
		u    File
		w, h int
	}{
		"small":        {File{Name: "a.png", Says: "image/png", Is: "image/png", Body: pngOf(t, drawn(30, 20))}, 30, 20},
		"wide":         {File{Name: "a.png", Is: "image/png", Body: pngOf(t, drawn(4000, 10))}, 2000, 5},
		"tall":         {File{Name: "foto", Says: "application/octet-stream", Is: "image/png", Body: pngOf(t, drawn(3, 5000))}, 1, 2000},
		"turned, wide": {File{Name: "a.jpeg", Says: "image/jpg", Is: "image/jpeg", Body: photo(t, drawn(2400, 1200), 6, binary.LittleEndian)}, 1000, 2000},
	} {
		b, err := Cleaned(context.Background(), c.u)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		m, _, err := image.DecodeConfig(bytes.NewReader(b))
		if err != nil || m.Width != c.w || m.Height != c.h {
			t.Errorf("%s: %d by %d, %v", name, m.Width, m.Height, err)
		}
	}
	b, err := Cleaned(context.Background(), File{Name: "a.png", Is: "image/png", Body: text})
	if err != nil || !bytes.Contains(text, []byte("Ratna")) || bytes.Contains(b, []byte("Ratna")) {
		t.Errorf("the author of a PNG is still there: %v", err)
	}
}

func TestCleaned_refuses(t *testing.T) {
	t.Parallel()
	small := pngOf(t, drawn(8, 8))
	bomb := bytes.Clone(small)
	binary.BigEndian.PutUint32(bomb[16:], 8000) // a head that says 8000 by 6000
	binary.BigEndian.PutUint32(bomb[20:], 6000)
	for name, c := range map[string]struct {
		u    File
		want string
	}{
		"nothing":                    {File{}, "file required"},
		"too large":                  {File{Is: "image/png", Body: make([]byte, Most+1)}, "file too-large"},
		"text":                       {File{Name: "a.txt", Is: "text/plain", Body: []byte("halo")}, "file type"},
		"GIF":                        {File{Name: "a.gif", Is: "image/gif", Body: []byte("GIF89a")}, "file type"},
		"HTML called PNG":            {File{Name: "a.png", Says: "image/png", Is: "text/html", Body: []byte("<script>")}, "file type"},
		"PNG called JPEG":            {File{Name: "a.jpg", Is: "image/png", Body: small}, "file disagrees"},
		"PNG called program":         {File{Name: "a.png.exe", Is: "image/png", Body: small}, "file disagrees"},
		"PNG that says PDF":          {File{Name: "a", Says: "application/pdf", Is: "image/png", Body: small}, "file disagrees"},
		"cut short":                  {File{Name: "a.png", Is: "image/png", Body: small[:40]}, "file unreadable"},
		"only a head":                {File{Name: "a.jpg", Is: "image/jpeg", Body: []byte{0xff, 0xd8, 0xff, 0xe1, 0xff}}, "file unreadable"},
		"forty-eight million pixels": {File{Name: "a.png", Is: "image/png", Body: withSum(bomb)}, "file pixels"},
	} {
		if _, err := Cleaned(context.Background(), c.u); code(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// withSum puts the sum of a PNG's head right.
func withSum(b []byte) []byte {
	sum := crc32.ChecksumIEEE(b[12:29])
	binary.BigEndian.PutUint32(b[29:], sum)
	return b
}

func packed(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestMayKeepPDF(t *testing.T) {
	t.Parallel()
	pdf := func(parts ...string) []byte {
		return []byte("%PDF-1.7\n" + strings.Join(parts, "\n") + "\ntrailer <</Root 1 0 R>>\n%%EOF\n")
	}
	stream := func(head, body string) string {
		return "5 0 obj <<" + head + ">> stream\r\n" + body + "\nendstream endobj"
	}
	objects := "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"
	for name, c := range map[string]struct {
		body []byte
		want string
	}{
		"plain":                   {pdf("1 0 obj <</Type /Catalog>> endobj"), ""},
		"with a picture":          {pdf(stream("/Filter /DCTDecode", "abc/JS (def)")), ""},
		"packed objects":          {pdf(stream(objects, packed(t, "1 0 <</Type /Page>>"))), ""},
		"a word that begins so":   {pdf("1 0 obj <</JSON 1 /Launched 2>> endobj"), ""},
		"not whole":               {[]byte("%PDF-1.7\n1 0 obj"), "file unreadable"},
		"locked":                  {pdf("trailer <</Encrypt 4 0 R>>"), "file locked"},
		"a program":               {pdf("1 0 obj <</S /JavaScript /JS (app.alert)>> endobj"), "file active"},
		"a program, short":        {pdf("1 0 obj <</JS 6 0 R>> endobj"), "file active"},
		"a program, spelt out":    {pdf("1 0 obj <</S /J#61va#53cript>> endobj"), "file active"},
		"another file":            {pdf("1 0 obj <</Type /EmbeddedFile>> endobj"), "file active"},
		"other files":             {pdf("1 0 obj <</Names <</EmbeddedFiles 3 0 R>>>> endobj"), "file active"},
		"starts something":        {pdf("1 0 obj <</S /Launch /F (cmd.exe)>> endobj"), "file active"},
		"packed program":          {pdf(stream(objects, packed(t, "1 0 <</S /JavaScript>>"))), "file active"},
		"packed, spelt out":       {pdf(stream("/Type /Obj#53tm /Filter /FlateDecode", packed(t, "1 0 <</S /JavaScript>>"))), "file active"},
		"packed, hidden by words": {pdf(stream(objects+" /Note (obj)", packed(t, "1 0 <</S /JavaScript>>"))), "file active"},
		"packed in another way":   {pdf(stream("/Type /ObjStm /Filter /LZWDecode", "abc")), "file unreadable"},
		"packed and changed":      {pdf(stream(objects+" /DecodeParms <</Predictor 12>>", packed(t, "x"))), "file unreadable"},
		"packed and broken":       {pdf(stream(objects, "no zlib")), "file unreadable"},
		"packed beyond measure":   {pdf(stream(objects, packed(t, strings.Repeat(" ", mostUnpacked+1)))), "file unreadable"},
		"packed where none looks": {pdf("5 0 obj <<" + objects + ">> %x\nstream\nabc\nendstream"), "file unreadable"},
	} {
		err := mayKeepPDF(c.body)
		if got := code(err); err == nil && c.want != "" || err != nil && got != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLabelOf(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"KTP Mbah.pdf": "KTP Mbah.pdf", `C:\Users\Ratna\foto.jpg`: "foto.jpg", "../../etc/passwd": "passwd", "a\x00b\nc.png": "abc.png",
		"foto\u202egnp.exe": "fotognp.exe", "": "berkas", "/": "berkas", "..": "berkas", `a"b<c>.pdf`: "abc.pdf", "\xff\xfe.pdf": ".pdf",
		strings.Repeat("é", 200) + ".pdf": strings.Repeat("é", 116) + ".pdf", strings.Repeat("x", 200): strings.Repeat("x", 120),
	} {
		if got := Label(name); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
}

// Whatever is sent, it is taken or refused, and the program stays up.
func FuzzCleaned(f *testing.F) {
	f.Add([]byte("%PDF-1.4 1 0 obj <</Type /ObjStm>> stream\nabc endstream %%EOF"))
	f.Add([]byte{0xff, 0xd8, 0xff, 0xe1, 0, 16, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8})
	f.Fuzz(func(t *testing.T, b []byte) {
		_ = orientation(b)
		_ = orientationIn(b)
		_ = mayKeepPDF(b)
		for _, is := range []string{"image/jpeg", "image/png", "application/pdf"} {
			if _, err := Cleaned(context.Background(), File{Is: is, Body: b}); err != nil && !strings.HasPrefix(code(err), "file ") {
				t.Error(err)
			}
		}
	})
}
