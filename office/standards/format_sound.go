package standards

import (
	"strings"
	"unicode/utf8"

	"tuntas/law"
)

// sound checks what a reader of JSON cannot.
func (r *reader) sound(s *Standard) {
	need := func(ok bool, field, code, sentence string, args ...any) {
		if !ok {
			r.bad(1, "", field, code, sentence, args...)
		}
	}
	need(goodKey.MatchString(s.Key), "key", "pattern", "Isian key berisi huruf kecil, angka, dan tanda hubung, misalnya snrs.")
	need(goodEdition.MatchString(s.Edition), "version", "pattern", "Isian version berisi huruf kecil, angka, titik, dan tanda hubung, misalnya 2019.")
	need(named(s.Name), "name", "required", "Tulis nama standar (name), paling panjang %d huruf.", longestName)
	need(named(s.Source), "source", "required", "Tulis sumbernya (source): peraturan atau keputusan.")
	need(s.Status == "verified" || s.Status == "assumed", "status", "choice", "Isian status berisi verified atau assumed.")
	need(s.ValidFrom.Valid(), "valid_from", "date", "Tulis sejak kapan berlaku (valid_from), misalnya 2019-10-24.")
	need(s.ValidTo == "" || s.ValidTo.Valid(), "valid_to", "date", "Tanggal akhir (valid_to) tidak terbaca, misalnya 2029-12-31.")
	need(s.ValidTo == "" || !s.ValidFrom.Valid() || s.ValidTo >= s.ValidFrom, "valid_to", "order", "Tanggal akhir (valid_to) lebih awal daripada tanggal mulai (valid_from).")
	need(len(s.Nodes) > 0, "nodes", "required", "Tulis bab dan butirnya (nodes).")
	byKey, children := map[string]int{}, map[string]int{}
	for i, n := range s.Nodes {
		if first, twice := byKey[n.Key]; twice && n.Key != "" {
			r.bad(r.lines[i], n.Key, "key", "twice", "Kunci ini sudah dipakai di baris %d.", r.lines[first])
			continue
		}
		byKey[n.Key] = i
	}
	for _, n := range s.Nodes {
		children[n.Parent]++
	}
	for i, n := range s.Nodes {
		r.node(n, r.lines[i], s.Nodes, byKey, children[n.Key])
	}
	r.loops(s.Nodes, byKey)
}

func named(s string) bool {
	return strings.TrimSpace(s) != "" && utf8.RuneCountInString(s) <= longestName
}

func (r *reader) node(n Node, line int, all []Node, byKey map[string]int, children int) {
	need := func(ok bool, field, code, sentence string, args ...any) {
		if !ok {
			r.bad(line, n.Key, field, code, sentence, args...)
		}
	}
	need(goodKey.MatchString(n.Key), "key", "pattern", "Setiap butir perlu kunci (key) dari huruf kecil, angka, dan tanda hubung.")
	need(named(n.Name), "name", "required", "Tulis namanya (name), paling panjang %d huruf.", longestName)
	switch {
	case n.Weight == nil:
		need(false, "weight", "required", "Bobotnya (weight) belum ditulis.")
	case !(*n.Weight > 0 && *n.Weight <= mostWeight):
		need(false, "weight", "range", "Bobot (weight) lebih dari 0 dan paling besar %d.", mostWeight)
	}
	parent, known := byKey[n.Parent]
	need(n.Parent == "" || known, "parent", "unknown", "Induknya (parent) %s tidak ada dalam berkas ini.", clip(n.Parent))
	need(n.Parent == "" || !known || all[parent].Levels == nil, "parent", "criterion", "Induknya (parent) %s adalah butir yang dinilai, bukan bab.", clip(n.Parent))
	for _, k := range n.Kinds {
		_, known := law.KindOf(k)
		need(known, "kinds", "unknown", "Jenis PPKS %s tidak dikenal.", clip(k))
	}
	if n.Levels == nil {
		need(children > 0, "levels", "required", "Butir ini tidak punya uraian jawaban (levels) dan tidak punya anak.")
		need(!n.Imperative, "imperative", "chapter", "Hanya butir yang dinilai dapat bersifat mutlak (imperative).")
		need(n.Prefill == "", "prefill", "chapter", "Hanya butir yang dinilai dapat terisi dari catatan kerja (prefill).")
		return
	}
	need(n.Parent != "", "parent", "required", "Butir yang dinilai berada di dalam sebuah bab: tulis induknya (parent).")
	need(named(n.Article), "article", "required", "Sebutkan pasal atau bagian sumbernya (article).")
	need(named(n.Levels.Yes) && named(n.Levels.Partly) && named(n.Levels.No), "levels", "required", "Uraikan seperti apa ya, sebagian, dan tidak (levels: yes, partly, no).")
	_, fact := FactOf(n.Prefill)
	need(n.Prefill == "" || fact, "prefill", "unknown", "Catatan kerja (prefill) %s tidak dikenal.", clip(n.Prefill))
}

// loops finds nodes that are above themselves, and chapters that lie too deep.
func (r *reader) loops(all []Node, byKey map[string]int) {
	for i, n := range all {
		depth, at := 1, n
		for at.Parent != "" && depth <= len(all) {
			up, known := byKey[at.Parent]
			if !known {
				break
			}
			if at = all[up]; at.Key == n.Key {
				r.bad(r.lines[i], n.Key, "parent", "loop", "Induknya berputar kembali ke butir ini sendiri.")
				depth = 0
				break
			}
			if depth++; depth > mostDepth {
				break
			}
		}
		if depth > mostDepth {
			r.bad(r.lines[i], n.Key, "parent", "depth", "Paling dalam %d tingkat; periksa apakah induknya berputar.", mostDepth)
		}
	}
}
