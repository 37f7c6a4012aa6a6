package standards

import (
	"slices"
)

// Criterion is one thing that is assessed, with what its place in the tree makes of it.
type Criterion struct {
	Node
	Share   float64  // its weight in the whole: its own times those of all above it
	Chapter string   // key of the topmost node above it
	Path    []string // keys of all nodes above it, the topmost first
	only    [][]string
}

// Serves tells whether the criterion holds for an institution that serves these kinds of PPKS.
func (c Criterion) Serves(kinds []string) bool {
	for _, some := range c.only {
		if !slices.ContainsFunc(some, func(k string) bool { return slices.Contains(kinds, k) }) {
			return false
		}
	}
	return true
}

// tree is a standard in the order in which it is read: each chapter with all below it.
type tree struct {
	criteria []Criterion
	at       map[string]int // of criteria
	nodes    map[string]Node
	chapters []Node
}

func grow(nodes []Node) tree {
	t := tree{at: map[string]int{}, nodes: map[string]Node{}}
	below := map[string][]Node{}
	for _, n := range nodes {
		t.nodes[n.Key] = n
		below[n.Parent] = append(below[n.Parent], n)
	}
	t.chapters = below[""]
	var walk func(n Node, share float64, path []string, only [][]string)
	walk = func(n Node, share float64, path []string, only [][]string) {
		share *= *n.Weight
		if len(n.Kinds) > 0 {
			only = append(slices.Clip(only), n.Kinds)
		}
		if n.Levels != nil {
			t.at[n.Key] = len(t.criteria)
			t.criteria = append(t.criteria, Criterion{Node: n, Share: share, Chapter: path[0], Path: path, only: only})
			return
		}
		path = append(slices.Clip(path), n.Key)
		for _, b := range below[n.Key] {
			walk(b, share, path, only)
		}
	}
	for _, n := range t.chapters {
		walk(n, 1, nil, nil)
	}
	return t
}

// Criteria lists all criteria in the order of reading.
func (s Standard) Criteria() []Criterion { return s.tree.criteria }

// For lists the criteria that hold for an institution which serves these kinds of PPKS.
func (s Standard) For(kinds []string) []Criterion {
	var all []Criterion
	for _, c := range s.tree.criteria {
		if c.Serves(kinds) {
			all = append(all, c)
		}
	}
	return all
}

// Criterion finds a criterion by its key.
func (s Standard) Criterion(key string) (Criterion, bool) {
	n, ok := s.tree.at[key]
	if !ok {
		return Criterion{}, false
	}
	return s.tree.criteria[n], true
}

// Chapters are the topmost nodes.
func (s Standard) Chapters() []Node { return s.tree.chapters }

// Node finds a node by its key.
func (s Standard) Node(key string) Node { return s.tree.nodes[key] }

func inLang(lang, id, en string) string {
	if lang == "en" && en != "" {
		return en
	}
	return id
}

// In gives the name of the standard in a language.
func (s Standard) In(lang string) string { return inLang(lang, s.Name, s.NameEn) }

// NoteIn gives the note of the standard in a language.
func (s Standard) NoteIn(lang string) string { return inLang(lang, s.Note, s.NoteEn) }

// In gives the name of a node in a language.
func (n Node) In(lang string) string { return inLang(lang, n.Name, n.NameEn) }

// HintIn gives the hint of a node in a language.
func (n Node) HintIn(lang string) string { return inLang(lang, n.Hint, n.HintEn) }

// In says what an answer looks like.
func (l Levels) In(value, lang string) string {
	switch value {
	case Yes:
		return inLang(lang, l.Yes, l.YesEn)
	case Partly:
		return inLang(lang, l.Partly, l.PartlyEn)
	case No:
		return inLang(lang, l.No, l.NoEn)
	}
	return ""
}
