package page

import "strings"

// Tab is one part of a record; Name is an Indonesian sentence.
type Tab struct {
	Path, Name string
	Current    bool
}

// Open marks the tab that a path lies in: the longest that leads there.
func Open(tabs []Tab, path string) []Tab {
	best := -1
	for i, t := range tabs {
		if (path == t.Path || strings.HasPrefix(path, t.Path+"/")) && (best < 0 || len(t.Path) > len(tabs[best].Path)) {
			best = i
		}
	}
	if best >= 0 {
		tabs[best].Current = true
	}
	return tabs
}
