package interop

import (
	"strings"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/law"
)

// CentreRef is a UPT as a register may call it.
type CentreRef struct {
	ID                      id.ID
	Code, Abbr, Name, Place string
}

// Kind is a kind of PPKS (Permensos 8/2012).
type Kind struct{ Key, Name string }

// Region is a kabupaten or kota.
type Region struct{ Code, Name, Type string }

// lists finds what the office's words stand for.
type lists struct {
	centres map[string][]CentreRef
	only    *CentreRef // when there is no other
	kinds   map[string]string
	regions map[string][]Region
	codes   map[id.ID]string
}

func listsOf(centres []CentreRef, kinds []Kind, regions []Region) lists {
	l := lists{centres: map[string][]CentreRef{}, kinds: map[string]string{}, regions: map[string][]Region{}, codes: map[id.ID]string{}}
	for _, c := range centres {
		l.codes[c.ID] = c.Code
		for key := range set(bareCentre(c.Code), bareCentre(c.Abbr+" "+c.Place), bareCentre(c.Name), bareCentre(c.Abbr),
			bareCentre(c.Name+" "+c.Place), bareCentre(c.Abbr+" "+c.Name)) {
			if key != "" {
				l.centres[key] = append(l.centres[key], c)
			}
		}
	}
	if len(centres) == 1 {
		l.only = &centres[0]
	}
	for _, k := range kinds {
		l.kinds[foldKind(k.Name)] = k.Key
		l.kinds[foldKind(k.Key)] = k.Key
	}
	for _, r := range regions {
		base := foldRegion(r.Name)
		base = strings.TrimPrefix(strings.TrimPrefix(base, "kabupaten "), "kota ")
		for key := range set(fold(r.Type)+" "+base, base, fold(r.Code)) {
			l.regions[key] = append(l.regions[key], r)
		}
	}
	return l
}

func bareCentre(s string) string {
	return strings.TrimSuffix(strings.TrimPrefix(fold(s), "upt "), " contoh")
}

// centre finds the UPT. There is no guessing here: a stay in the wrong house is worse than a row handed back.
func (l lists) centre(typed string) (CentreRef, *saying) {
	if blank(typed) {
		if l.only != nil {
			return *l.only, nil
		}
		return CentreRef{}, &saying{"required", fail.Say("UPT kosong.")}
	}
	found := l.centres[bareCentre(typed)]
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return CentreRef{}, &saying{"unknown", fail.Say("UPT %s tidak dikenal. Periksa daftar UPT.", typed)}
	}
	return CentreRef{}, &saying{"ambiguous", fail.Say("Ada %d UPT dengan nama %s. Tulis juga tempatnya.", len(found), typed)}
}

// kindWords are names that offices use for the kinds of Permensos 8/2012, folded by foldKind. Older words that
// hurt are read, and never written.
var kindWords = map[string]string{
	"lut": "lansia_telantar", "lanjut usia": "lansia_telantar", "jompo": "lansia_telantar", "jompo telantar": "lansia_telantar",
	"orang telantar lanjut usia": "lansia_telantar", "elderly": "lansia_telantar", "neglected elderly": "lansia_telantar",
	"at": "anak_telantar", "neglected child": "anak_telantar", "balita telantar": "balita_telantar", "bayi telantar": "balita_telantar",
	"abt": "balita_telantar", "anak berhadapan dengan hukum": "abh", "anak nakal": "abh", "anjal": "anak_jalanan", "street child": "anak_jalanan",
	"anak penyandang disabilitas": "adk", "anak disabilitas": "adk", "anak dengan disabilitas": "adk", "abk": "adk",
	"cacat": "disabilitas", "penyandang cacat": "disabilitas", "odgj": "disabilitas", "odgj telantar": "disabilitas", "psikotik": "disabilitas",
	"eks psikotik": "disabilitas", "tuna netra": "disabilitas", "tunanetra": "disabilitas", "tuna rungu": "disabilitas", "tunarungu": "disabilitas",
	"tuna rungu wicara": "disabilitas", "tuna grahita": "disabilitas", "tunagrahita": "disabilitas", "tuna daksa": "disabilitas",
	"tunadaksa": "disabilitas", "disability": "disabilitas", "person with disability": "disabilitas", "homeless": "gelandangan",
	"tunawisma": "gelandangan", "tuna wisma": "gelandangan", "beggar": "pengemis", "scavenger": "pemulung", "ts": "tuna_susila",
	"wts": "tuna_susila", "psk": "tuna_susila", "napza": "korban_napza", "korban napza": "korban_napza", "penyalahguna napza": "korban_napza",
	"odhiv": "odha", "hiv": "odha", "hiv aids": "odha", "eks napi": "bwblp", "bwblk": "bwblp", "korban perdagangan orang": "korban_trafficking",
	"korban tppo": "korban_trafficking", "trafficking": "korban_trafficking", "ktk": "korban_kekerasan", "korban kekerasan": "korban_kekerasan",
	"tki bermasalah": "pmbs", "pekerja migran": "pmbs", "migran bermasalah": "pmbs", "wrse": "prse",
}

var oldSpelling = strings.NewReplacer("terlantar", "telantar", "lansia", "lanjut usia")

func foldKind(s string) string { return oldSpelling.Replace(fold(s)) }

// kind finds the kind of PPKS. "Gepeng" names two kinds at once; the first is taken and doubted.
func (l lists) kind(typed string) (key string, doubt, fault *saying) {
	f := foldKind(typed)
	if blank(typed) {
		return "", nil, &saying{"required", fail.Say("Jenis PPKS kosong.")}
	}
	if key, ok := l.kinds[f]; ok {
		return key, nil, nil
	}
	key = kindWords[f]
	if rest, ok := strings.CutPrefix(strings.TrimPrefix(f, "penyandang "), "disabilitas "); key == "" && ok && rest != "" {
		key = "disabilitas"
	}
	if f == "gepeng" || f == "gelandangan pengemis" || f == "gelandangan dan pengemis" {
		key, doubt = "gelandangan", &saying{"ambiguous", fail.Say("Tertulis gelandangan dan pengemis. Dicatat sebagai gelandangan.")}
	}
	if l.kinds[foldKind(key)] == "" || key == "" {
		return "", nil, &saying{"unknown", fail.Say("Jenis PPKS %s tidak dikenal. Pakai salah satu dari 26 jenis dalam Permensos 8/2012.", typed)}
	}
	return key, doubt, nil
}

func foldRegion(s string) string {
	f := strings.TrimSuffix(strings.TrimSuffix(fold(s), " jatim"), " jawa timur")
	first, rest, _ := strings.Cut(f, " ")
	switch first {
	case "kab", "kabupaten":
		return "kabupaten " + rest
	case "kota", "kodya", "kotamadya":
		return "kota " + rest
	}
	return f
}

// region finds the kabupaten or kota of origin. Where both bear the name, nobody guesses.
func (l lists) region(typed string) (code string, doubt *saying) {
	if blank(typed) {
		return "", nil
	}
	found := l.regions[foldRegion(typed)]
	switch len(found) {
	case 1:
		return found[0].Code, nil
	case 0:
		if code := strings.TrimSpace(typed); law.OtherProvince(code) || code == law.OutsideCode {
			return code, nil
		}
		return "", &saying{"unknown", fail.Say("Daerah asal %s tidak ada dalam daftar Jawa Timur. Dibiarkan kosong.", typed)}
	}
	return "", &saying{"ambiguous", fail.Say("Ada kabupaten dan kota bernama %s. Dibiarkan kosong.", typed)}
}

// codeOf gives the code of a UPT, which is the same in every database.
func (l lists) codeOf(centre id.ID) string { return l.codes[centre] }
