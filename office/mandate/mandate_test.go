package mandate_test

import (
	"errors"
	"slices"
	"testing"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/mandate"
	"tuntas/office/person"
	"tuntas/office/residence"
	"tuntas/try/clause"
	"tuntas/try/province"
)

const today = province.Today

// Clause P16-43.1: a panti without Pekerja Sosial or TKS is a finding. And every way in which an institution drifts.
func TestDrifts(t *testing.T) {
	t.Parallel()
	clause.Test(t, "P16-43.1")
	places := func(n int64) *int64 { return &n }
	c := centre.Centre{ID: 7, Name: "Uji", Capacity: 40, ClientService: true}
	staffed := mandate.Now{Workers: 1, Helpers: 1}
	for name, one := range map[string]struct {
		m    mandate.Mandate
		now  mandate.Now
		want []string // the sentences, before their arguments
		grim int
	}{
		"nothing is written":    {mandate.Mandate{Centre: c}, staffed, nil, 0},
		"nobody works here":     {mandate.Mandate{Centre: c}, mandate.Now{}, []string{"Tidak ada Pekerja Sosial, padahal setiap panti wajib punya (Permensos 16/2019 Pasal 43 ayat (1)).", "Tidak ada Tenaga Kesejahteraan Sosial, padahal setiap panti wajib punya (Permensos 16/2019 Pasal 43 ayat (1))."}, 2},
		"a training centre":     {mandate.Mandate{Centre: centre.Centre{ID: 7}}, mandate.Now{}, nil, 0},
		"a function stopped":    {mandate.Mandate{Centre: c, Functions: []mandate.Function{{Name: "Bengkel", Was: true, Wanted: true}}}, staffed, []string{"%s: fungsi sejak didirikan, kini tidak berjalan."}, 1},
		"a function given up":   {mandate.Mandate{Centre: c, Functions: []mandate.Function{{Name: "Bengkel", Was: true}}}, staffed, []string{"%s: fungsi sejak didirikan, sudah dilepas."}, 0},
		"a function crept in":   {mandate.Mandate{Centre: c, Functions: []mandate.Function{{Name: "Titipan", Runs: true}}}, staffed, []string{"%s: berjalan sekarang, padahal bukan fungsi semula dan tidak diinginkan."}, 0},
		"a new function":        {mandate.Mandate{Centre: c, Functions: []mandate.Function{{Name: "Daring", Runs: true, Wanted: true}}}, staffed, []string{"%s: fungsi baru, tidak ada dalam keputusan pendirian."}, 0},
		"a function to come":    {mandate.Mandate{Centre: c, Functions: []mandate.Function{{Name: "Daring", Wanted: true}}}, staffed, []string{"%s: diinginkan, belum berjalan."}, 0},
		"a function to go":      {mandate.Mandate{Centre: c, Functions: []mandate.Function{{Name: "Dapur", Was: true, Runs: true}}}, staffed, []string{"%s: berjalan, dan tidak diinginkan lagi."}, 0},
		"as founded":            {mandate.Mandate{Centre: c, Functions: []mandate.Function{{Name: "Panti", Was: true, Runs: true, Wanted: true}}}, staffed, nil, 0},
		"others than meant":     {mandate.Mandate{Centre: c, Then: mandate.Side{Kinds: []string{"lansia_telantar"}}}, mandate.Now{Workers: 1, Helpers: 1, ByKind: map[string]int64{"gelandangan": 3}}, []string{"%d penghuni adalah %s, bukan sasaran semula.", "Tidak ada penghuni dari sasaran semula: %s."}, 0},
		"shrunk":                {mandate.Mandate{Centre: c, Then: mandate.Side{Capacity: places(60)}}, staffed, []string{"Didirikan untuk %d tempat, sekarang %d."}, 0},
		"grown":                 {mandate.Mandate{Centre: c, Then: mandate.Side{Capacity: places(20)}}, staffed, []string{"Bertambah dari %d tempat waktu didirikan menjadi %d."}, 0},
		"too full":              {mandate.Mandate{Centre: c}, mandate.Now{Workers: 1, Helpers: 1, Residents: 41}, []string{"%d penghuni pada %d tempat."}, 1},
		"to grow":               {mandate.Mandate{Centre: c, Wanted: mandate.Side{Capacity: places(50)}}, staffed, []string{"Diinginkan %d tempat, kurang %d."}, 0},
		"outside its catchment": {mandate.Mandate{Centre: c, Then: mandate.Side{Regions: []string{"35.09"}}}, mandate.Now{Workers: 1, Helpers: 1, Residents: 2, ByRegion: map[string]int64{"35.05": 2}}, []string{"%d dari %d penghuni berasal dari luar wilayah layanan semula.", "Dari wilayah layanan semula tidak ada penghuni asal: %s."}, 0},
	} {
		var said []string
		grim := 0
		for _, d := range mandate.Drifts(one.m, one.now) {
			said = append(said, d.Say.Text)
			if d.Grim {
				grim++
			}
		}
		if !slices.Equal(said, one.want) || grim != one.grim {
			t.Errorf("%s: %q, %d of them grim", name, said, grim)
		}
	}
}

func TestMandate(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, joko, ratna, sari := mandate.New(p.Store), p.As("joko"), p.As("ratna"), p.As("sari")
		n := int64(30)
		in := mandate.SetMandate{FoundedOn: "1979-11-01", DecisionNo: "41/1979", CapacityThen: &n, KindsThen: []string{"lansia_telantar"}, RegionsThen: []string{"35.09"}}
		m, err := d.Set(p.Ctx, joko, p.A, 0, in)
		province.Must(t, err)
		if m, now, err := d.Of(p.Ctx, ratna, p.A); err != nil || m.Version != 1 || m.DecisionNo != "41/1979" || *m.Then.Capacity != 30 || m.Then.Kinds[0] != "lansia_telantar" || now.Residents != 0 {
			t.Errorf("read again: %+v %+v %v", m, now, err)
		}
		refusals := map[string]error{}
		_, refusals["a worker"] = d.Set(p.Ctx, ratna, p.A, 0, in)
		_, refusals["another centre"] = d.Set(p.Ctx, joko, p.B, 0, in)
		_, refusals["an old version"] = d.Set(p.Ctx, joko, p.A, m.Version+1, in)
		_, refusals["a day to come"] = d.Set(p.Ctx, joko, p.A, 0, mandate.SetMandate{FoundedOn: today.Add(1)})
		_, refusals["an unknown kind"] = d.Set(p.Ctx, joko, p.A, 0, mandate.SetMandate{KindsThen: []string{"penyihir"}})
		_, refusals["a function of no time"] = d.AddFunction(p.Ctx, joko, p.A, mandate.NewFunction{Name: "Bengkel"})
		_, _, refusals["a reader of elsewhere"] = d.Of(p.Ctx, sari, p.A)
		for name, want := range map[string]string{"a worker": "denied", "another centre": "not-found", "an old version": "stale", "a day to come": "invalid", "an unknown kind": "invalid", "a function of no time": "invalid", "a reader of elsewhere": "not-found"} {
			if got := province.Kind(refusals[name]); got != want {
				t.Errorf("%s: %s (%v)", name, got, refusals[name])
			}
		}
		f, err := d.AddFunction(p.Ctx, joko, p.A, mandate.NewFunction{Name: "Bengkel", Was: true, Wanted: true})
		province.Must(t, err)
		if _, err = d.ChangeFunction(p.Ctx, joko, f.ID, f.Version+3, mandate.NewFunction{Name: "Bengkel", Runs: true}); !errors.Is(err, fail.Stale) {
			t.Errorf("an old version of a function: %v", err)
		}
		f, err = d.ChangeFunction(p.Ctx, joko, f.ID, f.Version, mandate.NewFunction{Name: "Bengkel kayu", Was: true, Runs: true, Wanted: true})
		if err != nil || f.Version != 2 || f.Name != "Bengkel kayu" {
			t.Errorf("changed: %+v %v", f, err)
		}
	})
}

func TestEvents(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, joko := mandate.New(p.Store), p.As("joko")
		for _, year := range []int64{2020, 1979, 1998} {
			_, err := d.AddEvent(p.Ctx, joko, p.A, mandate.NewEvent{Year: year, Kind: "decision", What: "Keputusan"})
			province.Must(t, err)
		}
		first, _, err := d.Events(p.Ctx, joko, p.A, 0, 2)
		province.Must(t, err)
		rest, _, err := d.Events(p.Ctx, joko, p.A, first[1].ID, 2)
		if err != nil || len(first) != 2 || len(rest) != 1 || first[0].Year != 2020 || first[1].Year != 1998 || rest[0].Year != 1979 {
			t.Errorf("the newest first, page by page: %v %v %v", first, rest, err)
		}
		for name, in := range map[string]mandate.NewEvent{"a day of another year": {Year: 1979, On: "1980-01-01"}, "a year to come": {Year: 2999}, "a day to come": {Year: int64(today.Time().Year()), On: today.Add(1)}} {
			if _, err := d.AddEvent(p.Ctx, joko, p.A, in); province.Kind(err) != "invalid" {
				t.Errorf("%s: %v", name, err)
			}
		}
		e, err := d.StrikeEvent(p.Ctx, joko, first[0].ID, 0, mandate.Strike{Reason: "Salah tahun"})
		if err != nil || e.StruckOn != today || e.StruckWhy != "Salah tahun" {
			t.Errorf("struck: %+v %v", e, err)
		}
		if _, err := d.StrikeEvent(p.Ctx, joko, e.ID, 0, mandate.Strike{Reason: "Lagi"}); province.Kind(err) != "invalid" {
			t.Errorf("struck twice: %v", err)
		}
	})
}

func TestFacility(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, joko, ratna := mandate.New(p.Store), p.As("joko"), p.As("ratna")
		f, err := d.AddFacility(p.Ctx, joko, p.A, mandate.NewFacility{Kind: "dormitory", Name: "Atap", Quantity: 1, Condition: mandate.Good})
		province.Must(t, err)
		if _, err := d.AddFacility(p.Ctx, ratna, p.A, mandate.NewFacility{Kind: "dormitory", Name: "Atap", Quantity: 1, Condition: mandate.Good}); !errors.Is(err, fail.Denied) {
			t.Errorf("a worker: %v", err)
		}
		cost := int64(2_000_000)
		work := func(kind, condition string, back int) (mandate.Facility, error) {
			_, f, err := d.RecordWork(p.Ctx, joko, f.ID, mandate.NewWork{Kind: kind, On: today.Add(-back), Condition: condition, Cost: &cost})
			return f, err
		}
		f, err = work("inspection", mandate.Heavy, 3)
		if err != nil || f.Condition != mandate.Heavy || f.CheckedOn != today.Add(-3) {
			t.Errorf("inspected: %+v %v", f, err)
		}
		if f, err = work("repair", mandate.Good, 10); err != nil || f.Condition != mandate.Heavy {
			t.Errorf("what was done before the last inspection changes nothing: %+v %v", f, err)
		}
		if _, err = work("repair", mandate.Good, -1); province.Kind(err) != "invalid" {
			t.Errorf("a repair to come: %v", err)
		}
		blocked(t, p, d, joko, f.ID)
		g, err := d.Facilities(p.Ctx, ratna, p.A, 0, mandate.Heavy, 50)
		if err != nil || len(g.Facilities) != 1 || g.By[mandate.Heavy] != 1 || g.Spent != 2*cost {
			t.Errorf("the register: %+v %v", g, err)
		}
		if f, err = d.Retire(p.Ctx, joko, f.ID, 0, mandate.Strike{Reason: "Diganti"}); err != nil || f.RetiredOn != today {
			t.Errorf("retired: %+v %v", f, err)
		}
		if _, err = work("repair", mandate.Good, 0); province.Kind(err) != "invalid" {
			t.Errorf("a repair of what is gone: %v", err)
		}
	})
}

// blocked goes through what a facility does to beds: nobody is put into a blocked bed, and none is blocked under anybody.
func blocked(t *testing.T, p *province.Province, d *mandate.Desk, joko who.Asker, facility id.ID) {
	t.Helper()
	beds := p.Beds(p.A)
	taken, free := beds[0].ID, beds[1].ID
	who := p.Enter("ratna", province.Called("Karto", born(70)))
	c, err := p.Cases.Open(p.Ctx, p.As("ratna"), casework.Opening{Person: who.ID, Centre: p.A, Kind: "lansia_telantar", OpenedOn: today, Emergency: true})
	province.Must(t, err)
	_, err = p.Cases.House(p.Ctx, p.As("ratna"), c.ID, casework.NewStay{Bed: taken, From: today, State: residence.Open})
	province.Must(t, err)
	if _, err := d.BlockBeds(p.Ctx, joko, facility, 0, mandate.SetBeds{Beds: []id.ID{taken}}); province.Kind(err) != "invalid" {
		t.Errorf("a bed that somebody lies in: %v", err)
	}
	if _, err := d.BlockBeds(p.Ctx, joko, facility, 0, mandate.SetBeds{Beds: []id.ID{p.Beds(p.B)[0].ID}}); province.Kind(err) == "none" {
		t.Error("a bed of another centre was blocked")
	}
	f, err := d.BlockBeds(p.Ctx, joko, facility, 0, mandate.SetBeds{Beds: []id.ID{free}})
	if err != nil || f.Beds != 1 || state(p, free) != "broken" {
		t.Errorf("blocked: %+v %s %v", f, state(p, free), err)
	}
	if _, err := d.Retire(p.Ctx, joko, facility, 0, mandate.Strike{Reason: "Diganti"}); province.Kind(err) != "invalid" {
		t.Errorf("gone while it blocks: %v", err)
	}
	if f, err = d.BlockBeds(p.Ctx, joko, facility, 0, mandate.SetBeds{}); err != nil || f.Beds != 0 || state(p, free) != "free" {
		t.Errorf("let go: %+v %s %v", f, state(p, free), err)
	}
}

func state(p *province.Province, bed id.ID) string {
	for _, b := range p.Beds(p.A) {
		if b.ID == bed {
			return b.State()
		}
	}
	return ""
}

// born is a birth so many years before today.
func born(years int) person.Birth {
	return person.Birth{Precision: "day", Date: string(today.AddMonths(-12 * years))}
}
