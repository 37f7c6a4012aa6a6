package casework

import (
	_ "embed"

	"tuntas/house/text"
)

//go:embed words_depth.en.json
var wordsDepth []byte

var _ = text.Load(wordsDepth)
