package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"mime"
	"path"
)

//go:embed assets
var assetFiles embed.FS

// AssetFile is a file that the browser keeps for ever: its address changes with its content.
type AssetFile struct {
	ContentType string
	Body, Gzip  []byte
}

var assetURLs, assets = loadAssets()

var spriteURL = assetURLs["sprite.svg"]

func loadAssets() (map[string]string, map[string]AssetFile) {
	urls, all := map[string]string{}, map[string]AssetFile{}
	entries, err := assetFiles.ReadDir("assets")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		body, err := assetFiles.ReadFile("assets/" + e.Name())
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(body)
		ext := path.Ext(e.Name())
		url := "/assets/" + e.Name()[:len(e.Name())-len(ext)] + "." + hex.EncodeToString(sum[:4]) + ext
		var z bytes.Buffer
		w, _ := gzip.NewWriterLevel(&z, gzip.BestCompression)
		_, _ = w.Write(body)
		_ = w.Close()
		kind := mime.TypeByExtension(ext)
		if ext == ".js" {
			kind = "text/javascript; charset=utf-8"
		}
		urls[e.Name()] = url
		all[url] = AssetFile{kind, body, z.Bytes()}
	}
	return urls, all
}

// Asset gives the address of an asset: "app.css" is /assets/app.1a2b3c4d.css.
func Asset(name string) string { return assetURLs[name] }

// Assets gives every asset by its address.
func Assets() map[string]AssetFile { return assets }
