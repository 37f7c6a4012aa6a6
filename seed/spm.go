package seed

import (
	"context"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/spm"
)

// Entitle plays the SPM of last year and of this one: what the districts collected, what is there at the UPTs, the four
// steps, and last year's report, which went to one minister.
func Entitle(ctx context.Context, d *spm.Desk, by who.Asker, today clock.Day) error {
	year := spm.Year(today.Time().Year())
	for _, y := range []spm.Year{year - 1, year} {
		all, err := d.All(ctx, by, y, 0, "")
		if err != nil {
			return err
		}
		var districts []spm.District
		var supplies []spm.Supply
		for n, t := range all {
			districts = append(districts, collected(t, n, y == year, min(y.First().AddMonths(2), today))...)
			supplies = append(supplies, stocked(t, n, y == year)...)
		}
		if err := d.EnterMany(ctx, by, districts, supplies); err != nil {
			return fmt.Errorf("enter the SPM of %s: %w", y.Text(), err)
		}
		for n, t := range all {
			if _, err := d.KeepYear(ctx, by, y, t.Group.Key, 0, stepped(y, y == year, n, today)); err != nil {
				return fmt.Errorf("steps of %s: %w", t.Group.Key, err)
			}
		}
	}
	return reported(ctx, d, by, year-1, today)
}

// collected spreads a little more than is on record over the districts, by their people. Of the last group less is
// collected than live in, as it happens where somebody counts only who is inside.
func collected(t spm.Table, nth int, running bool, on clock.Day) (all []spm.District) {
	total := t.Least()*118/100 + 40
	if running && nth == 3 {
		total = t.Least() * 8 / 10
	}
	people := int64(0)
	for _, r := range law.Regions.Latest() {
		people += r.Population
	}
	for i, r := range law.Regions.Latest() {
		if running && (i+nth)%9 == 0 && nth < 3 { // not yet
			continue
		}
		outside := r.Population/int64(7000+3000*nth) + int64(i*7%23)
		served := outside * int64(55+i*5%40) / 100
		one := spm.District{Year: t.Year, Group: t.Group.Key, Region: r, Entitled: total * r.Population / max(1, people), Source: "Pendataan Dinas Sosial " + r.Name + " (contoh)", CollectedOn: on}
		if i%4 != 1 {
			one.OutsideServed, one.OutsideEntitled = &served, &outside
		}
		all = append(all, one)
	}
	return all
}

// stocked says what is there at the UPTs; some have not said yet in the running year.
func stocked(t spm.Table, nth int, running bool) (all []spm.Supply) {
	for c, at := range t.Centres {
		for i, row := range t.Rows {
			if running && nth == 1 && (c+i)%6 == 0 {
				continue
			}
			enough := at.Centre.Capacity * int64(18+(c*7+i*11)%30) / 100
			all = append(all, spm.Supply{Centre: at.Centre.ID, Year: t.Year, Group: t.Group.Key, Item: row.Item.Key, Persons: enough, Quantity: enough * int64(1+i%3), Unit: "paket",
				UnitCost: int64(1+(i*3)%9) * 250_000, Note: "Menurut DPA UPT. (contoh)"})
		}
	}
	return all
}

func stepped(y spm.Year, running bool, nth int, today clock.Day) spm.SetYear {
	day := func(months int) clock.Day { return min(y.First().AddMonths(months), today) }
	in := spm.SetYear{CollectState: "done", CollectOn: day(1), CollectNote: "38 kabupaten/kota diminta mengisi. (contoh)", ComputeState: "done", ComputeOn: day(2),
		PlanState: "done", PlanOn: day(3), PlanNote: "Masuk Renja dan DPA. (contoh)", DeliverState: "done", DeliverOn: day(4),
		Budget: int64(6+nth*3) * 1_250_000_000, Spent: int64(6+nth*3) * 1_190_000_000,
		Result:    "Sebagian besar penghuni menerima permakanan, sandang, dan bimbingan. (contoh)",
		Obstacles: "Tempat di panti dan pekerja sosial bersertifikat belum cukup. (contoh)"}
	if running {
		in.DeliverState, in.Spent, in.Result = "running", in.Budget*6/10, ""
	}
	return in
}

func reported(ctx context.Context, d *spm.Desk, by who.Asker, y spm.Year, today clock.Day) error {
	if _, err := d.Write(ctx, by, y, 0, spm.SetReport{Foreword: "Dengan hormat kami sampaikan laporan penyelenggaraan rehabilitasi sosial dasar di dalam panti. (contoh)"}); err != nil {
		return err
	}
	if _, err := d.Approve(ctx, by, y, 0); err != nil {
		return err
	}
	_, err := d.Send(ctx, by, y, 0, spm.SetSending{Receiver: "mensos", On: today, LetterNo: "460/118/CONTOH/" + y.Text()})
	return err
}
