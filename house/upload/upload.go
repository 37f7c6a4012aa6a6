// Package upload looks into files that people send, for every desk that keeps some: their type by their content, their
// size, what a picture tells beside itself, what a PDF can do, and their name, which never becomes a path.
package upload

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"path"
	"slices"
	"strings"
	"unicode"

	"tuntas/house/fail"
	"tuntas/house/text"
)

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Most is how many bytes a file may have, as it comes and as it is kept.
const Most = 10 << 20

// File is a file as it came: its name, what it says it is, what its first bytes say, and all of them.
type File struct {
	Name, Says, Is string
	Body           []byte
}

// The types that are taken, with the endings of their names.
var endings = map[string][]string{"image/jpeg": {".jpg", ".jpeg", ".jpe", ".jfif"}, "image/png": {".png"}, "application/pdf": {".pdf"}}

// Sum names the bytes of a file: SHA-256 in hexadecimal.
func Sum(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// Cleaned gives the bytes to keep. A picture is decoded and written anew, so that nothing but the picture is left: no
// place, no device, no name. A PDF is kept as it is, or refused.
func Cleaned(ctx context.Context, u File) ([]byte, error) {
	switch {
	case len(u.Body) == 0:
		return nil, fail.Bad("file", "required", "Pilih sebuah berkas.")
	case len(u.Body) > Most:
		return nil, tooLarge()
	}
	if err := mayBe(u); err != nil {
		return nil, err
	}
	if u.Is == "application/pdf" {
		return u.Body, mayKeepPDF(u.Body)
	}
	return redrawn(ctx, u)
}

func tooLarge() error {
	return fail.Bad("file", "too-large", "Berkas paling besar %d MB.", Most>>20)
}

// mayBe holds that a file is one of the three types, and that its name and what it says of itself agree with what it is.
func mayBe(u File) error {
	own, known := endings[u.Is]
	if !known {
		return fail.Bad("file", "type", "Hanya foto JPEG atau PNG, dan PDF, yang dapat dilampirkan.")
	}
	says := strings.ToLower(u.Says)
	if says == "image/jpg" || says == "image/pjpeg" {
		says = "image/jpeg"
	}
	end := strings.ToLower(path.Ext(u.Name))
	if says != "" && says != "application/octet-stream" && says != u.Is || end != "" && !slices.Contains(own, end) {
		return fail.Bad("file", "disagrees", "Nama atau jenis berkas tidak sesuai dengan isinya. Simpan ulang berkasnya, lalu kirim lagi.")
	}
	return nil
}

const longestLabel = 120

// Label cleans the name of a file: no folder, nothing invisible, no letters that turn the direction, and short.
func Label(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || strings.ContainsRune(`"<>|:*?`, c) {
			return -1
		}
		return c
	}, name))
	if letters := []rune(name); len(letters) > longestLabel { // the ending stays
		end := []rune(path.Ext(name))
		if len(end) > 6 {
			end = nil
		}
		name = string(letters[:longestLabel-len(end)]) + string(end)
	}
	if strings.Trim(name, "./ ") == "" {
		return "berkas"
	}
	return name
}
