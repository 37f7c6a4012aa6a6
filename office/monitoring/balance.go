package monitoring

import (
	"context"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

// Balance is the account of a month: opening + in − out = closing, as a whole and for every value of what it is broken
// down by: sex, age on the day of arrival, home district.
type Balance struct {
	From, To                   clock.Day
	By                         string // bySex, byAge or byRegion
	Opening, In, Out, Closing  int64
	ByReason                   map[string]int64
	OpeningOf, InOf, OutOf, At map[string]int64
}

// Adds tells whether the account closes, in every row; when it does not, somebody came or left without a day.
func (b Balance) Adds() bool {
	for _, of := range []map[string]int64{b.OpeningOf, b.InOf, b.OutOf, b.At} {
		for key := range of {
			if b.OpeningOf[key]+b.InOf[key]-b.OutOf[key] != b.At[key] {
				return false
			}
		}
	}
	return b.Opening+b.In-b.Out == b.Closing
}

// BalanceRow is the account of one value; Key is "" for the stays that are not yet counted by it.
type BalanceRow struct {
	Key                       string
	Opening, In, Out, Closing int64
}

// Rows are the values that somebody stands under, in the order of their list; whoever stands under none of it comes
// last, so that the rows always add up to the whole.
func (b Balance) Rows() []BalanceRow {
	var all []BalanceRow
	rest := BalanceRow{"", b.Opening, b.In, b.Out, b.Closing}
	for _, key := range b.keys() {
		row := BalanceRow{key, b.OpeningOf[key], b.InOf[key], b.OutOf[key], b.At[key]}
		if row.Opening == 0 && row.In == 0 && row.Out == 0 && row.Closing == 0 {
			continue
		}
		all = append(all, row)
		rest.Opening, rest.In, rest.Out, rest.Closing = rest.Opening-row.Opening, rest.In-row.In, rest.Out-row.Out, rest.Closing-row.Closing
	}
	if rest != (BalanceRow{}) {
		all = append(all, rest)
	}
	return all
}

func (b Balance) keys() (all []string) {
	switch b.By {
	case byAge:
		for _, g := range law.Ages.On(b.To) {
			all = append(all, g.Key)
		}
	case byRegion:
		for _, r := range law.Regions.Latest() {
			all = append(all, r.Code)
		}
		all = append(all, law.RegionOutside)
	default:
		all = []string{"female", "male"}
	}
	return append(all, law.RegionUnknown)
}

// MonthOf gives the account of the month of a day, up to that day, at one centre or all (0), broken down by sex.
func (d *Desk) MonthOf(ctx context.Context, by who.Asker, at id.ID, to clock.Day) (Balance, error) {
	return d.MonthBy(ctx, by, at, to, bySex)
}

// MonthBy gives the account of the month of a day, up to that day, at one centre or all (0): four figures, and four more
// where they are broken down by something else than sex.
func (d *Desk) MonthBy(ctx context.Context, by who.Asker, at id.ID, to clock.Day, split string) (b Balance, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		b, err = d.monthIn(tx, at, to, split)
		return err
	})
	return b, err
}

// MonthIn gives the account of a month by sex within a transaction.
func (d *Desk) MonthIn(tx *store.Tx, at id.ID, to clock.Day) (Balance, error) {
	return d.monthIn(tx, at, to, bySex)
}

func (d *Desk) monthIn(tx *store.Tx, at id.ID, to clock.Day, split string) (b Balance, err error) {
	b = Balance{From: to[:8] + "01", To: to, By: split}
	whole := func(key string, s Span) (n int64, of map[string]int64, err error) {
		i := mustFind(key)
		if n, of, err = d.sums(tx, i, s); err != nil || split == i.By {
			return n, of, err
		}
		i, _ = i.Split(split)
		_, of, err = d.sums(tx, i, s)
		return n, of, err
	}
	if b.Opening, b.OpeningOf, err = whole("occupancy", Span{To: b.From.Add(-1), Centre: at}); err != nil {
		return b, err
	}
	if b.In, b.InOf, err = whole("arrivals", Span{b.From, to, at}); err != nil {
		return b, err
	}
	if b.Out, b.OutOf, err = whole("departures", Span{b.From, to, at}); err != nil {
		return b, err
	}
	if b.Closing, b.At, err = whole("occupancy", Span{To: to, Centre: at}); err != nil {
		return b, err
	}
	_, b.ByReason, err = d.sums(tx, mustFind("exits"), Span{b.From, to, at})
	return b, err
}

// sums gives the numerator of an indicator, whole and by its dimension.
func (d *Desk) sums(tx *store.Tx, i Indicator, s Span) (n int64, of map[string]int64, err error) {
	i.Denominator = ""
	v, err := d.Of(tx, i, s)
	return v.Numerator, v.Groups, err
}
