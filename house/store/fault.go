package store

import "fmt"

// Fault is something that must never be: the statement finds the ids of it, the sentence names one.
type Fault struct {
	Found *Stmt
	Says  string // with one %s for the id
}

// Faults looks for each fault and names all that were found.
func Faults(tx *Tx, all []Fault) (wrong []string, err error) {
	for _, f := range all {
		found, err := Each(tx, f.Found, IDs)
		if err != nil {
			return wrong, err
		}
		for _, i := range found {
			wrong = append(wrong, fmt.Sprintf(f.Says, i))
		}
	}
	return wrong, nil
}
