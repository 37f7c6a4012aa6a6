package casework

import (
	"testing"

	"tuntas/house/clock"
	"tuntas/house/fail"
)

// house is a household in short; what is below zero is not known.
func house(size, income, decile int64, aid ...string) Household {
	h := Household{Aid: aid}
	if size >= 0 {
		h.Size = &size
	}
	if income >= 0 {
		h.Income = &income
	}
	if decile >= 0 {
		h.Decile = &decile
	}
	return h
}

// What was known before care ended comes first, the contacts follow by the day they are due, and what is not known is left
// out and never taken for none.
func TestGains(t *testing.T) {
	t.Parallel()
	nothing := house(-1, -1, -1)
	for name, c := range map[string]struct {
		before *Household
		visits []Household
		want   Gains
		decile string
	}{
		"never known":              {nil, []Household{nothing, nothing}, Gains{Head: "unknown", Aid: "unknown", Decile: "unknown"}, "unknown"},
		"before with nothing":      {&nothing, nil, Gains{Head: "unknown", Aid: "unknown", Decile: "unknown"}, "unknown"},
		"before alone":             {at(house(4, 800_000, 2, "pkh")), []Household{nothing}, Gains{Head: "once", Aid: "aided", Decile: "2"}, "unknown"},
		"one visit alone":          {nil, []Household{nothing, house(4, 800_000, 2, "none")}, Gains{Head: "once", Aid: "unaided", Decile: "2"}, "unknown"},
		"before and one visit":     {at(house(4, 800_000, 2, "pkh")), []Household{house(4, 1_200_000, 4, "none")}, Gains{Head: "rose", Aid: "aided>unaided", Decile: "2>4"}, "up"},
		"two visits":               {nil, []Household{house(4, 1_200_000, 5, "none"), nothing, house(4, 800_000, 3, "kip", "pkh")}, Gains{Head: "fell", Aid: "unaided>aided", Decile: "5>3"}, "down"},
		"the last that knows":      {at(house(1, 100, 1)), []Household{house(1, 200, 1), nothing}, Gains{Head: "rose", Aid: "unknown", Decile: "1>1"}, "same"},
		"no aid is no unknown":     {at(house(-1, -1, -1)), []Household{house(-1, -1, -1, "none"), house(-1, -1, -1, "none")}, Gains{Head: "unknown", Aid: "unaided>unaided", Decile: "unknown"}, "unknown"},
		"other aid is still aid":   {at(house(-1, -1, -1, "pkh")), []Household{house(-1, -1, -1, "bpnt", "kip")}, Gains{Head: "unknown", Aid: "aided>aided", Decile: "unknown"}, "unknown"},
		"income without size":      {at(house(-1, 100, -1)), []Household{house(2, 100, -1), house(2, -1, -1)}, Gains{Head: "once", Aid: "unknown", Decile: "unknown"}, "unknown"},
		"five percent are same":    {at(house(4, 1_000_000, -1)), []Household{house(4, 1_050_000, -1)}, Gains{Head: "same", Aid: "unknown", Decile: "unknown"}, "unknown"},
		"a rupiah above rose":      {at(house(4, 1_000_000, -1)), []Household{house(4, 1_050_001, -1)}, Gains{Head: "rose", Aid: "unknown", Decile: "unknown"}, "unknown"},
		"five percent less":        {at(house(4, 1_000_000, -1)), []Household{house(4, 950_000, -1)}, Gains{Head: "same", Aid: "unknown", Decile: "unknown"}, "unknown"},
		"a rupiah below fell":      {at(house(4, 1_000_000, -1)), []Household{house(4, 949_999, -1)}, Gains{Head: "fell", Aid: "unknown", Decile: "unknown"}, "unknown"},
		"more people, same income": {at(house(3, 900_000, -1)), []Household{house(6, 900_000, -1)}, Gains{Head: "fell", Aid: "unknown", Decile: "unknown"}, "unknown"},
		"from nothing to nothing":  {at(house(2, 0, -1)), []Household{house(3, 0, -1)}, Gains{Head: "same", Aid: "unknown", Decile: "unknown"}, "unknown"},
		"from nothing to a rupiah": {at(house(2, 0, -1)), []Household{house(30, 1, -1)}, Gains{Head: "rose", Aid: "unknown", Decile: "unknown"}, "unknown"},
		"the most there can be":    {at(house(1, 1_000_000_000, -1)), []Household{house(30, 1_000_000_000, -1)}, Gains{Head: "fell", Aid: "unknown", Decile: "unknown"}, "unknown"},
	} {
		f := File{}
		f.Ended = &Ending{On: "2026-01-01", Reason: "own_wish"}
		if c.before != nil {
			f.Before = &Before{On: "2025-06-01", Household: *c.before}
		}
		for _, h := range c.visits {
			f.Contacts = append(f.Contacts, Contact{Household: h})
		}
		c.want.Income, c.want.Work = "unknown", "unknown"
		if got := f.gains(); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
		if got := f.decile(); got != c.decile {
			t.Errorf("%s: the decile went %s, want %s", name, got, c.decile)
		}
	}
}

func at(h Household) *Household { return &h }

// What is told of a household is checked field by field.
func TestHousehold_check(t *testing.T) {
	t.Parallel()
	const today = clock.Day("2026-11-24")
	dated := func(h Household, on clock.Day, source string) Household {
		h.DecileOn, h.DecileSource = on, source
		return h
	}
	for name, c := range map[string]struct {
		h    Household
		want string // the field that is wrong
	}{
		"nothing":             {Household{}, ""},
		"all":                 {dated(house(4, 0, 10, "pkh", "other"), today, "Cek Bansos"), ""},
		"no aid":              {house(-1, -1, -1, "none"), ""},
		"no aid and some":     {house(-1, -1, -1, "none", "pkh"), "aid"},
		"aid of no list":      {house(-1, -1, -1, "emas"), "aid"},
		"looked up tomorrow":  {dated(house(-1, -1, 3), today.Add(1), ""), "dtsen_on"},
		"a day and no decile": {dated(Household{}, today, ""), "dtsen_decile"},
		"a source alone":      {dated(Household{}, "", "desa"), "dtsen_decile"},
	} {
		var wrong fail.Fields
		c.h.check(&wrong, today, today)
		got := ""
		for _, w := range wrong {
			got += w.Name
		}
		if got != c.want {
			t.Errorf("%s: %q is wrong, want %q", name, got, c.want)
		}
	}
}

// One line says what is known, and nothing else.
func TestHousehold_In(t *testing.T) {
	t.Parallel()
	full := house(4, 1_200_000, 2, "pkh")
	full.DecileOn, full.DecileSource = "2026-01-03", "Cek Bansos"
	for _, c := range []struct {
		h    Household
		lang string
		want string
	}{
		{full, "id", "4 orang, Rp1.200.000 per bulan (Rp300.000 per orang), PKH, desil 2 menurut Cek Bansos pada 3 Jan 2026"},
		{full, "en", "household of 4, Rp1,200,000 a month (Rp300,000 per head), PKH, decile 2 according to Cek Bansos on 3 Jan 2026"},
		{house(1, 500_000, -1), "id", "1 orang, Rp500.000 per bulan"},
		{house(-1, 0, -1, "none"), "id", "Rp0 per bulan, tidak menerima bantuan"},
		{house(-1, -1, 7), "id", "desil 7"},
		{Household{}, "id", ""},
	} {
		if got := c.h.In(c.lang); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
