package seed

import (
	"context"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/mandate"
)

// asset is a facility of the sample, and what was done to it.
type asset struct {
	kind, name, place string
	quantity          int64
	condition         string
	since, worth      int64 // year, rupiah
	works             []mandate.NewWork
}

// assetsOf invents what a centre has; n makes the centres differ.
func assetsOf(n int, today clock.Day) []asset {
	cost := func(v int64) *int64 { return &v }
	day := func(back int) clock.Day { return today.Add(-back - n%20) }
	roof, ramp := mandate.Good, mandate.Light
	if n%3 == 0 {
		roof = mandate.Heavy
	}
	return []asset{
		{"dormitory", "Atap wisma", "Wisma bagian timur", 1, roof, 1998, 145_000_000, []mandate.NewWork{
			{Kind: "inspection", On: day(40), Condition: roof, DoneBy: "Kasubag TU", Note: "Diperiksa setelah hujan lebat. (contoh)"}}},
		{"sanitation", "Kamar mandi", "Setiap wisma", int64(6 + n%5), mandate.Light, 2004, 60_000_000, []mandate.NewWork{
			{Kind: "repair", On: day(120), Condition: mandate.Light, Cost: cost(8_500_000), DoneBy: "CV Contoh Karya", Note: "Pegangan dipasang pada tiga kamar mandi. (contoh)"}}},
		{"access", "Jalan landai kursi roda", "Aula ke wisma", 2, ramp, 2015, 24_000_000, nil},
		{"kitchen", "Dapur umum", "Gedung utama", 1, mandate.Good, 2011, 210_000_000, []mandate.NewWork{
			{Kind: "inspection", On: day(200), Condition: mandate.Good, DoneBy: "Petugas gizi", Note: "Bersih, cerobong berfungsi. (contoh)"}}},
		{"vehicle", "Mobil antar-jemput", "Garasi", 1, mandate.Good, 2018, 320_000_000, []mandate.NewWork{
			{Kind: "repair", On: day(75), Condition: mandate.Good, Cost: cost(4_200_000), DoneBy: "Bengkel Contoh", Note: "Rem dan ban diganti. (contoh)"}}},
	}
}

// purpose is what a kind of centre was founded for, what came since, and what is wanted.
func purpose(c centre.Centre, n int) []mandate.NewFunction {
	all := []mandate.NewFunction{
		{Name: "Rehabilitasi sosial di dalam panti", Was: true, Runs: true, Wanted: true},
		{Name: "Bimbingan keterampilan", Was: true, Runs: n%4 != 0, Wanted: true},
		{Name: "Bimbingan lanjut setelah keluar", Was: n%2 == 0, Runs: true, Wanted: true},
	}
	if n%5 == 0 {
		all = append(all, mandate.NewFunction{Name: "Titipan hasil razia tanpa asesmen", Runs: true, Note: "Terjadi karena penampungan sementara penuh. (contoh)"})
	}
	if !c.ClientService {
		all = []mandate.NewFunction{{Name: "Pelatihan petugas", Was: true, Runs: true, Wanted: true}, {Name: "Uji kompetensi Pekerja Sosial", Wanted: true}}
	}
	return all
}

// Found writes down an invented mandate, history and register of facilities for every centre that has none.
func Found(ctx context.Context, d *mandate.Desk, by who.Asker, all []centre.Centre, today clock.Day) error {
	for n, c := range all {
		if m, _, err := d.Of(ctx, by, c.ID); err != nil || m.Version > 0 {
			if err != nil {
				return err
			}
			continue
		}
		if err := found(ctx, d, by, c, n, today); err != nil {
			return fmt.Errorf("the mandate of %s: %w", c.Code, err)
		}
	}
	return nil
}

func found(ctx context.Context, d *mandate.Desk, by who.Asker, c centre.Centre, n int, today clock.Day) error {
	year := int64(1962 + (7*n)%40)
	then, wanted := c.Capacity-int64(n%3)*5, c.Capacity+int64(n%4)*10
	in := mandate.SetMandate{FoundedOn: clock.Day(fmt.Sprintf("%d-04-%02d", year, 1+n%27)), DecisionNo: fmt.Sprintf("%d/SK/%d (contoh)", 100+n, year), DecisionBy: "Gubernur Jawa Timur (contoh)",
		TargetThen: "Sasaran menurut keputusan pendirian. (contoh)", TargetWanted: "Kembali ke sasaran semula, dengan bimbingan lanjut sampai mandiri. (contoh)",
		CapacityThen: &then, CapacityWanted: &wanted, KindsThen: c.Kinds, KindsWanted: c.Kinds}
	if _, err := d.Set(ctx, by, c.ID, 0, in); err != nil {
		return err
	}
	for _, f := range purpose(c, n) {
		if _, err := d.AddFunction(ctx, by, c.ID, f); err != nil {
			return err
		}
	}
	for _, e := range []mandate.NewEvent{
		{Year: year, On: in.FoundedOn, Kind: "founded", What: "UPT didirikan. (contoh)", Document: in.DecisionNo},
		{Year: 2020, On: "2020-11-04", Kind: "decision", What: "Revitalisasi dibahas bersama 15 OPD. (contoh)", Document: "Notulen rapat koordinasi (contoh)"},
	} {
		if _, err := d.AddEvent(ctx, by, c.ID, e); err != nil {
			return err
		}
	}
	if err := accredit(ctx, d, by, c, n, today); err != nil {
		return err
	}
	for _, a := range assetsOf(n, today) {
		if err := furnish(ctx, d, by, c, a); err != nil {
			return err
		}
	}
	return nil
}

// accredit writes down what a body said of a centre: most hold an accreditation, every seventh let it lapse, and some
// renewed it. The centre of training asks for none.
func accredit(ctx context.Context, d *mandate.Desk, by who.Asker, c centre.Centre, n int, today clock.Day) error {
	if !c.ClientService || n%9 == 8 {
		return nil
	}
	grade, months := "A", 60
	if n%3 == 1 {
		grade, months = "B", 36
	}
	began := today.AddMonths(-2 - 5*(n%6))
	if n%7 == 3 {
		began = today.AddMonths(-months - 3)
	}
	all := []mandate.NewAccreditation{{Grade: grade, DecidedOn: began, ValidUntil: began.AddMonths(months).Add(-1)}}
	if n%4 == 0 { // what was there before
		all = append(all, mandate.NewAccreditation{Grade: "C", DecidedOn: began.AddMonths(-24), ValidUntil: began.Add(-1)})
	}
	for i, a := range all {
		a.Body, a.CertificateNo = "BALKS (contoh)", fmt.Sprintf("%03d/AKR-%d/%s (contoh)", 40+n, i+1, a.DecidedOn[:4])
		if _, err := d.AddAccreditation(ctx, by, c.ID, a); err != nil {
			return err
		}
	}
	return nil
}

func furnish(ctx context.Context, d *mandate.Desk, by who.Asker, c centre.Centre, a asset) error {
	f, err := d.AddFacility(ctx, by, c.ID, mandate.NewFacility{Kind: a.kind, Name: a.name, Place: a.place, Quantity: a.quantity, Condition: a.condition, Since: &a.since, Worth: &a.worth})
	if err != nil {
		return err
	}
	for _, w := range a.works {
		if _, _, err := d.RecordWork(ctx, by, f.ID, w); err != nil {
			return err
		}
	}
	return nil
}
