package forms

import (
	_ "embed"

	"tuntas/house/text"
)

//go:embed words.en.json
var words []byte

var _ = text.Load(words)
