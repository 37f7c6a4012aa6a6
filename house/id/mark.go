package id

import (
	"strconv"
	"strings"
)

// Mark is where a page of a list ends that goes by moments: the moment of its last line, in milliseconds, and the line's id.
type Mark struct {
	At int64
	ID ID
}

// String is the mark as a request carries it.
func (m Mark) String() string { return strconv.FormatInt(m.At, 10) + "-" + m.ID.String() }

// ParseMark reads what String wrote; false for anything else.
func ParseMark(s string) (m Mark, ok bool) {
	at, name, _ := strings.Cut(s, "-")
	ms, err := strconv.ParseInt(at, 10, 64)
	m.ID, ok = Parse(name)
	if err != nil || !ok || ms < 0 {
		return Mark{}, false
	}
	m.At = ms
	return m, true
}
