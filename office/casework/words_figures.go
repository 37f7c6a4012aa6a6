package casework

import (
	_ "embed"

	"tuntas/house/text"
)

//go:embed words_figures.en.json
var wordsFigures []byte

var _ = text.Load(wordsFigures)
