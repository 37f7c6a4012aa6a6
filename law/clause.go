package law

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
)

//go:embed clauses.csv
var clauseFile string

// Clause is one article that a program can check. Tests name the ones they prove.
type Clause struct{ ID, Source, Article, What, Kind, Mark string }

// Clauses lists them in the order of the file.
func Clauses() ([]Clause, error) {
	r := csv.NewReader(strings.NewReader(clauseFile))
	r.LazyQuotes = true // a clause may quote the regulation
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read law/clauses.csv: %w", err)
	}
	all := make([]Clause, 0, len(rows))
	for _, c := range rows[1:] { // the first names the columns
		all = append(all, Clause{c[0], c[1], c[2], c[3], c[4], c[5]})
	}
	return all, nil
}
