package monitoring

import (
	"strconv"
	"strings"

	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/law"
)

// outcomeDims are the words of the values that the figures of work and outcome are broken down by.
var outcomeDims = map[string]text.Word{
	"assessment:in_time": "asesmen tepat waktu", "assessment:late": "asesmen terlambat",
	"planning:in_time": "rencana tepat waktu", "planning:late": "rencana terlambat",
	"rise": "naik satu tingkat atau lebih", "same": "tetap", "fall": "turun", "unmeasured": "belum diukur dua kali",
	"up": "naik desil", "down": "turun desil", "had": "punya NIK", "none": "belum punya NIK", "issued": "NIK terbit",
	"pending": "masih ditunggu", "in_time": "tepat waktu", "late": "terlambat", "void": "ditarik atau dialihkan",
	"met": "terpenuhi", "partly": "sebagian terpenuhi", "not_met": "tidak terpenuhi", "left": "orangnya pergi", "refused": "ditolak",
	"nobody": "belum ada petugas",
	"rose":   "pendapatan per orang naik", "fell": "pendapatan per orang turun", "once": "baru diketahui sekali",
	"aided>unaided": "semula menerima bantuan, kini tidak", "unaided>aided": "semula tanpa bantuan, kini menerima",
	"aided>aided": "tetap menerima bantuan", "unaided>unaided": "tetap tanpa bantuan", "aided": "menerima bantuan, baru diketahui sekali", "unaided": "tanpa bantuan, baru diketahui sekali",
	"kept": "ditepati", "awaited": "belum datang", "taken_back": "ditarik pemberinya",
}

// courseName says a value of the measure "outcome": how many months after leaving, and what is known.
func courseName(lang text.Lang, dim string) (string, bool) {
	number, state, found := strings.Cut(dim, ":")
	month, err := strconv.Atoi(number)
	switch {
	case !found || err != nil:
		return "", false
	case state == "ended":
		return text.T(lang, "tidak lagi mandiri pada bulan ke-%d", month), true
	case month == 0:
		return text.T(lang, "belum diketahui sejak keluar"), true
	}
	return text.T(lang, "diketahui mandiri sampai bulan ke-%d", month), true
}

// skillName says a value of the measures of skills: what was learned, and whether the tools went along.
func skillName(lang text.Lang, dim string) (string, bool) {
	skill, tool, found := strings.Cut(dim, ":")
	std := law.Standard.Latest()
	s, ok := law.Find(std.Skills, skill)
	t, known := law.Find(std.Tools, tool)
	if !found || !ok || !known {
		return "", false
	}
	return s.In(string(lang)) + ", " + strings.ToLower(t.In(string(lang))), true
}

// gainName says a value of the measures of what households gained: what was known first, and last.
func gainName(lang text.Lang, dim string) (string, bool) {
	first, last, twice := strings.Cut(dim, ">")
	if !twice {
		return "", false
	}
	std := law.Standard.Latest()
	name := func(key string) string {
		for _, list := range [][]law.Named{std.IncomeBands, std.Works} {
			if n, ok := law.Find(list, key); ok {
				return n.In(string(lang))
			}
		}
		return text.T(lang, "desil %s", key)
	}
	return text.T(lang, "dari %s ke %s", name(first), name(last)), true
}

// idWays are the ways to break a figure down by records of the office, whose ids are written as outside.
var idWays = map[string]bool{"worker": true, "ward": true}

// dimOut is a value of a dimension as the API and addresses write it.
func dimOut(by, dim string) string {
	if n, err := strconv.ParseInt(dim, 10, 64); err == nil && idWays[by] {
		return id.ID(n).String()
	}
	return dim
}

// dimIn is a value of a dimension as it is counted.
func dimIn(by, dim string) string {
	if n, ok := id.Parse(dim); ok && idWays[by] {
		return strconv.FormatInt(int64(n), 10)
	}
	return dim
}

// dimsIn are the values that a request names, with commas between, as they are counted; none for all.
func dimsIn(by, dims string) (all []string) {
	for dim := range strings.SplitSeq(dims, ",") {
		if dim != "" {
			all = append(all, dimIn(by, dim))
		}
	}
	return all
}
