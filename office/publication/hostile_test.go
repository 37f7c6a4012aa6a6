package publication_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"tuntas/house/fail"
	"tuntas/house/upload"
	"tuntas/office/publication"
	"tuntas/try/province"
)

// Whatever stands in Markdown, nothing of it runs.
func TestHTML_hostile(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `[a](javascript:alert(1))`, `[a](JaVaScRiPt:alert(1))`, `[a](data:text/html;base64,PHNjcmlwdD4=)`,
		`![a](https://evil.example/pixel.gif)`, "<svg/onload=alert(1)>", `<a href="x" onclick="alert(1)">a</a>`, "[a](vbscript:x)", `<iframe src=//evil>`, "<style>*{display:none}</style>",
		"[a](<javascript:alert(1)>)", "[a]: javascript:alert(1)\n\n[a]", `<form action=//evil><input>`, "```html\n<script>alert(1)</script>\n```", `<base href=//evil>`, "<math><mtext></p><img src onerror=alert(1)>",
		`[a](java&#x73;cript:alert(1))`, "| <script> |\n|---|\n| <img onerror=1> |", `<details open ontoggle=alert(1)>`,
	} {
		out := strings.ToLower(string(publication.HTML(body)))
		for _, bad := range []string{"<script", "<img", "<svg", "<iframe", "<style", "<form", "<input", "<base", "<math", "<details", `href="javascript`, `href="data:`, `href="vbscript`, "onclick=\""} {
			if strings.Contains(out, bad) {
				t.Errorf("%q gives %q, which has %s", body, out, bad)
			}
		}
	}
	for body, want := range map[string]string{"# Judul": "<h2>Judul</h2>", "**a** *b*": "<p><strong>a</strong> <em>b</em></p>", "[a](https://x.go.id)": `<p><a href="https://x.go.id" rel="nofollow noreferrer">a</a></p>`,
		"[a](/berita)": `<p><a href="/berita">a</a></p>`, "1 < 2 & 3": "<p>1 &lt; 2 &amp; 3</p>"} {
		if got := strings.TrimSpace(string(publication.HTML(body))); got != want {
			t.Errorf("%q: %s, want %s", body, got, want)
		}
	}
}

func TestSlugOf(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{"Élan! Übung — 50% <b>": "elan-ubung-50-b", "": "berita", "   ": "berita", "中文": "berita", "../../etc": "etc", "gambar": "berita", "rss.xml": "rss-xml"} {
		if got := publication.SlugOf(title, 0); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
	if got := publication.SlugOf(strings.Repeat("panjang sekali ", 20), 0); len(got) > 70 || strings.HasSuffix(got, "-") {
		t.Errorf("%q", got)
	}
	if got := publication.SlugOf("Satu", 3); got != "satu-4" {
		t.Errorf("%q", got)
	}
}

func drawnJPEG(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	province.Must(t, jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 1600, 900)), nil))
	return b.Bytes()
}

// withPlace puts a place into the EXIF of a JPEG, as a camera does.
func withPlace(b []byte) []byte {
	exif := append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x88\x25\x00\x04\x00\x00\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00"), []byte("GPS -7.2575 112.7521 KAMERA-RAHASIA")...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2)) //nolint:gosec // short
	return append(append(append([]byte{}, b[:2]...), append(head, exif...)...), b[2:]...)
}

// bomb is a small PNG that says it is 40,000 by 40,000.
func bomb(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	province.Must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))))
	body := b.Bytes()
	binary.BigEndian.PutUint32(body[16:], 40000)
	binary.BigEndian.PutUint32(body[20:], 40000)
	binary.BigEndian.PutUint32(body[29:], crc32.ChecksumIEEE(body[12:29]))
	return body
}

// A picture is drawn anew in three sizes, each within its bytes, without what the camera knew; what is none is refused.
func TestAddImage(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		a := got(d.Write(p.Ctx, p.As("joko"), publication.NewArticle{Text: text("Berfoto")}))
		add := func(name, is string, body []byte) error {
			_, err := d.AddImage(p.Ctx, p.As("joko"), a.ID, publication.NewImage{Alt: "Bedeng sayur"}, upload.File{Name: name, Is: is, Body: body})
			return err
		}
		for name, bad := range map[string]error{
			"a bomb": add("a.png", "image/png", bomb(t)), "SVG": add("a.svg", "image/svg+xml", []byte("<svg onload=alert(1)>")), "HTML": add("a.html", "text/html", []byte("<html>")),
			"HTML as a photo": add("a.jpg", "text/html", []byte("<html>")), "a cut photo": add("a.jpg", "image/jpeg", drawnJPEG(t)[:200]), "nothing": add("", "", nil),
			"a PDF": add("a.pdf", "application/pdf", []byte("%PDF-1.4\n%%EOF")), "a GIF": add("a.gif", "image/gif", []byte("GIF89a")),
		} {
			var invalid *fail.Invalid
			if !errors.As(bad, &invalid) || invalid.Fields[0].Name != "file" {
				t.Errorf("%s: %v", name, bad)
			}
		}
		photo := withPlace(drawnJPEG(t))
		province.Must(t, add("foto.jpg", "image/jpeg", photo))
		got(d.Submit(p.Ctx, p.As("joko"), a.ID, 0))
		got(d.Approve(p.Ctx, editor(p), a.ID, 0, yes))
		a = got(d.Publish(p.Ctx, editor(p), a.ID, 0, publication.Plan{}))
		for width, most := range map[int64]int{320: 12 << 10, 640: 30 << 10, 1280: 110 << 10} {
			body, _, err := d.Picture(context.Background(), a.Image, width)
			province.Must(t, err)
			c, err := jpeg.DecodeConfig(bytes.NewReader(body))
			if err != nil || int64(c.Width) != width || len(body) > most || bytes.Contains(body, []byte("GPS")) || bytes.Contains(body, []byte("Exif")) {
				t.Errorf("%d: %v, %d wide, %d bytes", width, err, c.Width, len(body))
			}
		}
		got(d.Withdraw(p.Ctx, p.As("joko"), a.ID, 0, publication.Reason{Reason: "salah"}))
		if _, _, err := d.Picture(p.Ctx, a.Image, 640); !errors.Is(err, fail.NotFound) {
			t.Errorf("the picture of what was withdrawn: %v", err)
		}
	})
}
