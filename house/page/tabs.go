package page

import "strings"

// Tab is one part of a record; Name is an Indonesian sentence.
type Tab struct {
	Path, Name string
	Current    bool
}

// Open marks the tab that a path lies in.
func Open(tabs []Tab, path string) []Tab {
	if i := Nearest(path, len(tabs), func(i int) string { return tabs[i].Path }); i >= 0 {
		tabs[i].Current = true
	}
	return tabs
}

// Nearest gives the place among n that a path lies in: the longest that leads there, -1 when none does.
func Nearest(path string, n int, at func(i int) string) int {
	best := -1
	for i := range n {
		if p := at(i); (path == p || strings.HasPrefix(path, p+"/")) && (best < 0 || len(p) > len(at(best))) {
			best = i
		}
	}
	return best
}
