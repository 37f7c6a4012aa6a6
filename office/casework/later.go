package casework

import (
	"tuntas/house/store"
	"tuntas/house/web"
)

// The second half of the stages fills in what is here.

type Later struct{}

func (l *Later) load(tx *store.Tx, c Case) error { return nil }

func beforeResocialisation(f File) []Condition { return nil }
func beforeTermination(f File) []Condition     { return nil }
func beforeAftercare(f File) []Condition       { return nil }
func beforeClosure(f File) []Condition         { return nil }

func (d *Desk) routesLater() []web.Route { return nil }
