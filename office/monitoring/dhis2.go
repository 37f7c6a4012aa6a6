package monitoring

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
)

var (
	seeNames = store.NewAct("figure.names", who.SeeFigures)
	setNames = store.NewAct("figure.name", who.KeepFigures)
)

// The kinds of what has a name in a DHIS2.
const (
	ofFigure = "figure"
	ofCentre = "centre"
)

// TheirName is what a side of a figure, or an institution, is called in a DHIS2 that takes our figures.
type TheirName struct {
	ID     id.ID
	Kind   string // figure, centre
	Ours   string // "occupancy/numerator", or the code of the institution
	Theirs string // eleven letters and digits
	Combo  string // category option combination; "" is the receiver's default
	By     string
}

// NewName says such a name; an empty one is taken away.
type NewName struct {
	Kind   string `json:"kind" required:"true" enum:"figure,centre" ask:"Pilih apa yang dipetakan."`
	Ours   string `json:"ours" required:"true" maxLength:"80" ask:"Pilih apa yang dipetakan."`
	Theirs string `json:"theirs,omitempty" maxLength:"11"`
	Combo  string `json:"combo,omitempty" maxLength:"11"`
}

// theirKey is what an identifier of DHIS2 looks like.
var theirKey = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]{10}$`)

// The sides of a figure that can be sent.
var sidesSent = []string{"numerator", "denominator", "value"}

// SetName keeps what something is called in a DHIS2.
func (d *Desk) SetName(ctx context.Context, by who.Asker, in NewName) (n TheirName, err error) {
	err = d.store.Write(ctx, by, setNames, func(tx *store.Tx) error {
		if err := d.mayName(tx, in); err != nil {
			return err
		}
		n = TheirName{ID: id.New(), Kind: in.Kind, Ours: in.Ours, Theirs: in.Theirs, Combo: in.Combo, By: by.Name}
		tx.Record(store.Entry{Kind: "dhis2", ID: n.ID, Say: fail.Say("Padanan DHIS2 untuk %s diatur.", in.Ours), What: in})
		return putName(tx, n)
	})
	return n, err
}

func (d *Desk) mayName(tx *store.Tx, in NewName) error {
	var f fail.Fields
	for field, v := range map[string]string{"theirs": in.Theirs, "combo": in.Combo} {
		if v != "" && !theirKey.MatchString(v) {
			f.Add(field, "pattern", "Pengenal DHIS2 terdiri dari sebelas huruf atau angka dan dimulai dengan huruf.")
		}
	}
	known := false
	if in.Kind == ofCentre {
		all, err := centre.All(tx)
		if err != nil {
			return err
		}
		for _, c := range all {
			known = known || c.Code == in.Ours
		}
	} else {
		key, side, _ := strings.Cut(in.Ours, "/")
		i, _, err := d.named(tx, key, tx.Today())
		known = err == nil && (side == "numerator" || side == "value" || side == "denominator" && i.Denominator != "")
	}
	if !known {
		f.Add("ours", "choice", "%s tidak dikenal.", in.Ours)
	}
	return f.Err()
}

// Names gives all names, with the figures and institutions that can have one.
func (d *Desk) Names(ctx context.Context, by who.Asker) (names []TheirName, all []Indicator, centres []centre.Centre, err error) {
	err = d.store.Read(ctx, by, seeNames, func(tx *store.Tx) error {
		if names, err = store.Each(tx, namesAll, scanName); err != nil {
			return err
		}
		if all, err = d.every(tx, tx.Today()); err != nil {
			return err
		}
		centres, err = centre.Serving(tx)
		return err
	})
	return names, all, centres, err
}

// DataValue is one figure of one institution in one period, as DHIS2 takes it.
type DataValue struct {
	DataElement string `json:"dataElement"`
	Period      string `json:"period"`
	OrgUnit     string `json:"orgUnit"`
	Combo       string `json:"categoryOptionCombo,omitempty"`
	Value       string `json:"value"`
}

// DataValues reckons every figure that has a name for every institution that has one, over a month ("2026-11") or a year.
// What is over nothing is left out: DHIS2 would read an empty value as nothing reported, and a zero as zero.
func (d *Desk) DataValues(ctx context.Context, by who.Asker, period string) (all []DataValue, err error) {
	s, ok := periodSpan(period)
	if !ok {
		return nil, fail.Bad("period", "period", "Tulis masanya sebagai bulan, misalnya 2026-11, atau tahun.")
	}
	all = []DataValue{}
	err = d.store.Read(ctx, by, seeNames, func(tx *store.Tx) error {
		names, err := store.Each(tx, namesAll, scanName)
		if err != nil {
			return err
		}
		centres, err := centre.All(tx)
		if err != nil {
			return err
		}
		units := map[id.ID]string{}
		figures := map[string][]TheirName{}
		for _, n := range names {
			if n.Kind == ofFigure {
				key, _, _ := strings.Cut(n.Ours, "/")
				figures[key] = append(figures[key], n)
				continue
			}
			for _, c := range centres {
				if c.Code == n.Ours {
					units[c.ID] = n.Theirs
				}
			}
		}
		for _, key := range slices.Sorted(maps.Keys(figures)) {
			i, _, err := d.named(tx, key, s.To)
			if err != nil {
				return err
			}
			at, err := d.spread(tx, i, s, centres, read{})
			if err != nil {
				return err
			}
			for _, c := range centres {
				if unit := units[c.ID]; unit != "" {
					all = append(all, sent(i, at[c.ID], figures[key], unit, strings.ReplaceAll(period, "-", ""))...)
				}
			}
		}
		return nil
	})
	return all, err
}

func sent(i Indicator, v Value, names []TheirName, unit, period string) (all []DataValue) {
	for _, n := range names {
		_, side, _ := strings.Cut(n.Ours, "/")
		one := DataValue{DataElement: n.Theirs, Period: period, OrgUnit: unit, Combo: n.Combo}
		switch side {
		case "numerator":
			one.Value = strconv.FormatInt(v.Numerator, 10)
		case "denominator":
			one.Value = strconv.FormatInt(v.Denominator, 10)
		default:
			f, ok := v.In(i)
			if !ok {
				continue
			}
			one.Value = strconv.FormatFloat(f, 'f', -1, 64)
		}
		all = append(all, one)
	}
	return all
}

// periodSpan is a month or a year as days.
func periodSpan(period string) (Span, bool) {
	if len(period) == len("2026") {
		first, _ := monthSpan(period + "-01")
		last, ok := monthSpan(period + "-12")
		return Span{From: first.From, To: last.To}, ok
	}
	return monthSpan(period)
}
