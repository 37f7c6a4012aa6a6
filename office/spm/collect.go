package spm

import (
	"context"
	"errors"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

// District is what was collected in a district about a group in a year: who needs rehabilitation inside a panti (PP 2/2018
// Pasal 11(2), 12(3)), and what the district reports of its own part, outside (Pasal 10(3), 17).
type District struct {
	ID              id.ID
	Version         int64 // 0: nothing was collected yet
	Year            Year
	Group           string
	Region          law.Region
	Entitled        int64
	Source          string
	CollectedOn     clock.Day
	OutsideServed   *int64
	OutsideEntitled *int64
	Note            string
	By              string
}

// SetDistrict is a district as it is written down.
type SetDistrict struct {
	Entitled        int64     `json:"entitled" minimum:"0" maximum:"10000000"`
	Source          string    `json:"source" required:"true" maxLength:"200" ask:"Tulis sumber datanya."`
	CollectedOn     clock.Day `json:"collected_on" required:"true" ask:"Tulis tanggal data."`
	OutsideServed   *int64    `json:"outside_served,omitempty" minimum:"0" maximum:"10000000"`
	OutsideEntitled *int64    `json:"outside_entitled,omitempty" minimum:"0" maximum:"10000000"`
	Note            string    `json:"note,omitempty" maxLength:"500"`
}

// mayCollect holds that a number has a day that is past, and that nobody serves more than there are.
func mayCollect(in SetDistrict, today clock.Day) error {
	var f fail.Fields
	if in.CollectedOn > today {
		f.Add("collected_on", "future", "Tanggal %s belum terjadi.", in.CollectedOn)
	}
	switch {
	case in.OutsideServed != nil && in.OutsideEntitled == nil:
		f.Add("outside_entitled", "required", "Tulis juga berapa orang yang berhak di luar panti.")
	case in.OutsideServed != nil && *in.OutsideServed > *in.OutsideEntitled:
		f.Add("outside_served", "order", "Yang dilayani (%d) lebih banyak daripada yang berhak (%d). Periksa salah satunya.", *in.OutsideServed, *in.OutsideEntitled)
	}
	return f.Err()
}

// known tells a record that is not there yet from one that was changed by somebody else meanwhile.
func known[T any](read func() (T, error), version func(T) int64, asked int64) (now T, err error) {
	now, err = read()
	switch {
	case err == nil && asked != 0 && asked != version(now), errors.Is(err, fail.NotFound) && asked > 0:
		return now, fail.Stale
	case errors.Is(err, fail.NotFound):
		return now, nil
	}
	return now, err
}

// Collect writes down what was collected in a district, for the first time or anew.
func (d *Desk) Collect(ctx context.Context, by who.Asker, y Year, group, region string, version int64, in SetDistrict) (one District, err error) {
	if err := wholeProvince(by); err != nil {
		return one, err
	}
	err = d.store.Write(ctx, by, collect, func(tx *store.Tx) error {
		if one, err = districtPlace(y, group, region, tx.Today()); err != nil {
			return err
		}
		if err := mayCollect(in, tx.Today()); err != nil {
			return err
		}
		now, err := known(func() (District, error) { return districtAt(tx, y, group, region) }, func(d District) int64 { return d.Version }, version)
		if err != nil {
			return err
		}
		one.ID, one.Version = now.ID, now.Version
		one.Entitled, one.Source, one.CollectedOn, one.OutsideServed, one.OutsideEntitled, one.Note, one.By =
			in.Entitled, in.Source, in.CollectedOn, in.OutsideServed, in.OutsideEntitled, in.Note, by.Name
		if err := keepDistrict(tx, &one); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "spm", ID: one.ID, Say: fail.Say("Data SPM %s %s dihimpun.", one.Region.Name, y.Text()), What: in})
		return nil
	})
	return one, err
}

func districtPlace(y Year, group, region string, today clock.Day) (District, error) {
	if _, err := groupOf(group, y.rules(today)); err != nil {
		return District{}, err
	}
	r, there := law.RegionOf(region)
	if !there {
		return District{}, fail.NotFound
	}
	return District{Year: y, Group: group, Region: r}, nil
}

// District reads one; with version 0 where nothing was collected.
func (d *Desk) District(ctx context.Context, by who.Asker, y Year, group, region string) (one District, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if one, err = districtPlace(y, group, region, tx.Today()); err != nil {
			return err
		}
		now, err := districtAt(tx, y, group, region)
		if errors.Is(err, fail.NotFound) {
			return nil
		}
		one = now
		return err
	})
	return one, err
}

// Districts lists all districts of the province for a group in a year, also those where nothing was collected.
func (d *Desk) Districts(ctx context.Context, by who.Asker, y Year, group string) (all []District, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if _, err := groupOf(group, y.rules(tx.Today())); err != nil {
			return err
		}
		there, err := districtsOf(tx, y, group)
		if err != nil {
			return err
		}
		at := map[string]District{}
		for _, one := range there {
			at[one.Region.Code] = one
		}
		all = nil
		for _, r := range law.Regions.Latest() {
			one, collected := at[r.Code]
			if !collected {
				one = District{Year: y, Group: group, Region: r}
			}
			all = append(all, one)
		}
		return nil
	})
	return all, err
}

// Supply is for how many persons an item is there at a UPT in a year (PP 2/2018 Pasal 12(3), 13), and what it costs for
// one, in rupiah.
type Supply struct {
	ID       id.ID
	Version  int64 // 0: nothing was said yet
	Centre   id.ID
	Year     Year
	Group    string
	Item     string
	Persons  int64
	Quantity int64
	Unit     string
	UnitCost int64
	Note     string
	By       string
}

// Name is the item as the law names it.
func (s Supply) Name(lang string) string {
	i, _ := law.ItemOf(s.Item)
	return i.In(lang)
}

// SetSupply is what is there as it is written down.
type SetSupply struct {
	Persons  int64  `json:"persons" minimum:"0" maximum:"1000000"`
	Quantity int64  `json:"quantity,omitempty" minimum:"0" maximum:"1000000000"`
	Unit     string `json:"unit,omitempty" maxLength:"40"`
	UnitCost int64  `json:"unit_cost,omitempty" minimum:"0" maximum:"1000000000"`
	Note     string `json:"note,omitempty" maxLength:"500"`
}

// supplyPlace finds the item of a UPT: one of the lists of the groups that it serves.
func supplyPlace(tx *store.Tx, at id.ID, y Year, item string) (Supply, centre.Centre, error) {
	c, err := centre.Own(tx, at)
	if err != nil {
		return Supply{}, c, err
	}
	i, there := law.ItemOf(item)
	if _, err := groupOf(i.Group, y.rules(tx.Today())); !there || err != nil || i.Setting != "inside" {
		return Supply{}, c, fail.NotFound
	}
	return Supply{Centre: at, Year: y, Group: i.Group, Item: item}, c, nil
}

// Stock writes down what is there at a UPT, for the first time or anew.
func (d *Desk) Stock(ctx context.Context, by who.Asker, at id.ID, y Year, item string, version int64, in SetSupply) (one Supply, err error) {
	err = d.store.Write(ctx, by, supply, func(tx *store.Tx) error {
		var c centre.Centre
		if one, c, err = supplyPlace(tx, at, y, item); err != nil {
			return err
		}
		now, err := known(func() (Supply, error) { return supplyAt(tx, at, y, item) }, func(s Supply) int64 { return s.Version }, version)
		if err != nil {
			return err
		}
		one.ID, one.Version = now.ID, now.Version
		one.Persons, one.Quantity, one.Unit, one.UnitCost, one.Note, one.By = in.Persons, in.Quantity, in.Unit, in.UnitCost, in.Note, by.Name
		if err := keepSupply(tx, &one); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "spm", ID: one.ID, Centre: c.ID, Say: fail.Say("Persediaan SPM %s dicatat.", fmt.Sprint(one.Name("id"), ", ", y.Text())), What: in})
		return nil
	})
	return one, err
}

// Supply reads what is there of an item at a UPT; with version 0 where nothing was said.
func (d *Desk) Supply(ctx context.Context, by who.Asker, at id.ID, y Year, item string) (one Supply, c centre.Centre, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if one, c, err = supplyPlace(tx, at, y, item); err != nil {
			return err
		}
		now, err := supplyAt(tx, at, y, item)
		if errors.Is(err, fail.NotFound) {
			return nil
		}
		one = now
		return err
	})
	return one, c, err
}

// Supplies lists what is there at a UPT in a year, for every item of the groups that it serves.
func (d *Desk) Supplies(ctx context.Context, by who.Asker, at id.ID, y Year) (all []Supply, c centre.Centre, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if c, err = centre.Own(tx, at); err != nil {
			return err
		}
		there, err := suppliesAt(tx, at, y)
		if err != nil {
			return err
		}
		of := map[string]Supply{}
		for _, s := range there {
			of[s.Item] = s
		}
		all = nil
		for _, g := range y.rules(tx.Today()).Groups {
			for _, i := range ItemsOf(g.Key, min(y.Last(), tx.Today())) {
				s, said := of[i.Key]
				if !said {
					s = Supply{Centre: at, Year: y, Group: g.Key, Item: i.Key}
				}
				if said || serves(c, g.Key) {
					all = append(all, s)
				}
			}
		}
		return nil
	})
	return all, c, err
}

// EnterMany takes over what was collected and what is there from another list, by the rules of one: for an office that
// kept it elsewhere.
func (d *Desk) EnterMany(ctx context.Context, by who.Asker, districts []District, supplies []Supply) error {
	if err := wholeProvince(by); err != nil {
		return err
	}
	return d.store.Write(ctx, by, collect, func(tx *store.Tx) error {
		for i := range districts {
			one := districts[i]
			if err := mayCollect(SetDistrict{one.Entitled, one.Source, one.CollectedOn, one.OutsideServed, one.OutsideEntitled, one.Note}, tx.Today()); err != nil {
				return fmt.Errorf("%s %s: %w", one.Region.Name, one.Group, err)
			}
			if one.By = by.Name; one.Region.Code == "" {
				return fail.NotFound
			}
			if err := keepDistrict(tx, &one); err != nil {
				return err
			}
		}
		for i := range supplies {
			one := supplies[i]
			if one.By = by.Name; one.Item == "" {
				return fail.NotFound
			}
			if err := keepSupply(tx, &one); err != nil {
				return err
			}
		}
		tx.Record(store.Entry{Kind: "spm", Say: fail.Say("%d data kabupaten/kota dan %d persediaan SPM dimasukkan sekaligus.", len(districts), len(supplies))})
		return nil
	})
}
