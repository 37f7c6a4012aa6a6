package casework

import (
	_ "embed"

	"tuntas/house/text"
)

//go:embed words_later.en.json
var wordsLater []byte

var _ = text.Load(wordsLater)
