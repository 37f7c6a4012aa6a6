package mandate

import (
	"slices"
	"strings"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/law"
	"tuntas/office/casework"
	"tuntas/office/centre"
)

// Now is how an institution is today, from what is on record: nobody types it in.
type Now struct {
	Residents int64
	ByKind    map[string]int64 // residents by kind of PPKS
	ByRegion  map[string]int64 // residents by home district
	Workers   int              // Pekerja Sosial
	Helpers   int              // Tenaga Kesejahteraan Sosial
	Certified int              // of all staff, those whose certificate holds today
	Staff     int
}

func nowOf(tx *store.Tx, at id.ID) (n Now, err error) {
	if n.ByKind, err = casework.ResidentsByKind(tx, at); err != nil {
		return n, err
	}
	homes, err := store.Stock(tx, "stay.region", tx.Today(), at)
	if err != nil {
		return n, err
	}
	n.ByRegion = map[string]int64{}
	for _, h := range homes {
		n.ByRegion[h.Dim] += h.N
		n.Residents += h.N
	}
	staff, err := centre.StaffAt(tx, at)
	for _, s := range staff {
		n.Staff++
		switch s.Kind {
		case "pekerja_sosial":
			n.Workers++
		case "tks":
			n.Helpers++
		}
		if s.Certified(tx.Today()) {
			n.Certified++
		}
	}
	return n, err
}

// Drift is one thing in which an institution is not what it was founded for, or not yet what it shall be.
type Drift struct {
	Say  fail.Saying
	Path string // where the figure behind it is; "" when there is none
	Grim bool   // it stands in the way of the service itself
}

// DriftsAt says what has drifted at a centre, inside the transaction of a desk that plans what it needs.
func DriftsAt(tx *store.Tx, at id.ID) ([]Drift, error) {
	m, err := mandateOf(tx, at)
	if err != nil {
		return nil, err
	}
	now, err := nowOf(tx, at)
	return Drifts(m, now), err
}

// Worn lists facilities of a centre that are heavily damaged.
func Worn(tx *store.Tx, at id.ID, limit int64) ([]Facility, error) {
	return facilitiesOf(tx, at, 0, Heavy, limit)
}

// Drifts says in words what has drifted. What is not written down is not compared: an empty side accuses nobody.
func Drifts(m Mandate, now Now) (all []Drift) {
	all = append(all, staffDrift(m, now)...)
	for _, f := range m.Functions {
		if say, is := functionDrift(f); is {
			all = append(all, Drift{Say: say, Grim: f.Was && !f.Runs && f.Wanted})
		}
	}
	all = append(all, kindDrift(m, now)...)
	all = append(all, capacityDrift(m, now)...)
	return append(all, regionDrift(m, now)...)
}

func functionDrift(f Function) (fail.Saying, bool) {
	switch {
	case f.Was && !f.Runs && f.Wanted:
		return fail.Say("%s: fungsi sejak didirikan, kini tidak berjalan.", f.Name), true
	case f.Was && !f.Runs:
		return fail.Say("%s: fungsi sejak didirikan, sudah dilepas.", f.Name), true
	case !f.Was && f.Runs && !f.Wanted:
		return fail.Say("%s: berjalan sekarang, padahal bukan fungsi semula dan tidak diinginkan.", f.Name), true
	case !f.Was && f.Runs:
		return fail.Say("%s: fungsi baru, tidak ada dalam keputusan pendirian.", f.Name), true
	case f.Wanted && !f.Runs:
		return fail.Say("%s: diinginkan, belum berjalan.", f.Name), true
	case f.Runs && !f.Wanted:
		return fail.Say("%s: berjalan, dan tidak diinginkan lagi.", f.Name), true
	}
	return fail.Saying{}, false
}

// staffDrift holds Pasal 43 ayat (1): every panti has Pekerja Sosial and Tenaga Kesejahteraan Sosial.
func staffDrift(m Mandate, now Now) (all []Drift) {
	if !m.Centre.ClientService {
		return nil
	}
	path := "/centres/" + m.Centre.ID.String() + "/staff"
	if now.Workers == 0 {
		all = append(all, Drift{fail.Say("Tidak ada Pekerja Sosial, padahal setiap panti wajib punya (Permensos 16/2019 Pasal 43 ayat (1))."), path, true})
	}
	if now.Helpers == 0 {
		all = append(all, Drift{fail.Say("Tidak ada Tenaga Kesejahteraan Sosial, padahal setiap panti wajib punya (Permensos 16/2019 Pasal 43 ayat (1))."), path, true})
	}
	return all
}

func kindDrift(m Mandate, now Now) (all []Drift) {
	if len(m.Then.Kinds) == 0 {
		return nil
	}
	path := "/cases?open=true&centre_id=" + m.Centre.ID.String() + "&ppks_type="
	for _, k := range sorted(now.ByKind) {
		if n := now.ByKind[k]; n > 0 && !slices.Contains(m.Then.Kinds, k) {
			all = append(all, Drift{Say: fail.Say("%d penghuni adalah %s, bukan sasaran semula.", n, kindWord(k)), Path: path + k})
		}
	}
	for _, k := range m.Then.Kinds {
		if now.ByKind[k] == 0 {
			all = append(all, Drift{Say: fail.Say("Tidak ada penghuni dari sasaran semula: %s.", kindWord(k))})
		}
	}
	return all
}

func capacityDrift(m Mandate, now Now) (all []Drift) {
	beds := "/centres/" + m.Centre.ID.String() + "/beds"
	switch then := m.Then.Capacity; {
	case then != nil && *then > m.Centre.Capacity:
		all = append(all, Drift{Say: fail.Say("Didirikan untuk %d tempat, sekarang %d.", *then, m.Centre.Capacity), Path: beds})
	case then != nil && *then < m.Centre.Capacity:
		all = append(all, Drift{Say: fail.Say("Bertambah dari %d tempat waktu didirikan menjadi %d.", *then, m.Centre.Capacity), Path: beds})
	}
	if now.Residents > m.Centre.Capacity && m.Centre.Capacity > 0 {
		all = append(all, Drift{fail.Say("%d penghuni pada %d tempat.", now.Residents, m.Centre.Capacity), beds, true})
	}
	if wanted := m.Wanted.Capacity; wanted != nil && *wanted > m.Centre.Capacity {
		all = append(all, Drift{Say: fail.Say("Diinginkan %d tempat, kurang %d.", *wanted, *wanted-m.Centre.Capacity), Path: beds})
	}
	return all
}

func regionDrift(m Mandate, now Now) (all []Drift) {
	if len(m.Then.Regions) == 0 {
		return nil
	}
	var outside int64
	for region, n := range now.ByRegion {
		if region != law.RegionUnknown && !slices.Contains(m.Then.Regions, region) {
			outside += n
		}
	}
	if outside > 0 {
		all = append(all, Drift{Say: fail.Say("%d dari %d penghuni berasal dari luar wilayah layanan semula.", outside, now.Residents)})
	}
	var none []string
	for _, region := range m.Then.Regions {
		if now.ByRegion[region] == 0 {
			if r, known := law.RegionOf(region); known {
				none = append(none, r.Name)
			}
		}
	}
	if len(none) > 0 {
		all = append(all, Drift{Say: fail.Say("Dari wilayah layanan semula tidak ada penghuni asal: %s.", strings.Join(none, ", "))})
	}
	return all
}

func sorted(m map[string]int64) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// kindWord is a kind of PPKS inside a sentence, said in the reader's language.
func kindWord(key string) law.Named {
	k, _ := law.KindOf(key)
	return k.Named
}
