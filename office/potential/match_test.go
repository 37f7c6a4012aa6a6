package potential

import (
	"strings"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/text"
	"tuntas/law"
)

const today clock.Day = "2026-11-24"

func offerOf(change func(*Offer)) Offer {
	o := Offer{Kind: Skill, What: "Pelatih menjahit", Quantity: 10, Unit: "orang", From: today, Until: today.Add(60), State: Open,
		Potential: Potential{Name: "Bu Rahma", Region: "35.09", Days: "2,4", From: "08.00", To: "11.00", State: Active}}
	if change != nil {
		change(&o)
	}
	return o
}

func requestOf(change func(*Request)) Request {
	r := Request{Kind: Skill, What: "Guru menjahit", Quantity: 12, Unit: "orang", NeededOn: today.Add(20), EndsOn: today.Add(80), State: Open, Region: "35.09", Days: "2", From: "08.00", To: "12.00"}
	if change != nil {
		change(&r)
	}
	return r
}

func said(fit Fit) string {
	var all []string
	for _, s := range fit.Reasons {
		all = append(all, text.Say(text.ID, s))
	}
	for _, s := range fit.Lacks {
		all = append(all, "KURANG "+text.Say(text.ID, s))
	}
	return strings.Join(all, "; ")
}

// What fits is said in words; what does not fit is no match.
func TestMatch(t *testing.T) {
	t.Parallel()
	for name, one := range map[string]struct {
		o    func(*Offer)
		r    func(*Request)
		want []string // all of them are said; none: no match
	}{
		"near, in time, in part":  {want: []string{"satu kabupaten", "bebas Selasa pagi", "cukup 10 dari 12", "sama-sama menyebut “menjahit”"}},
		"enough":                  {r: func(r *Request) { r.Quantity = 8 }, want: []string{"cukup untuk semua (8)"}},
		"some is promised":        {o: func(o *Offer) { o.Promised = 7 }, r: func(r *Request) { r.Promised = 4 }, want: []string{"cukup 3 dari 8"}},
		"a town":                  {o: func(o *Offer) { o.Potential.Region = "35.78" }, r: func(r *Request) { r.Region = "35.78" }, want: []string{"satu kota"}},
		"the next district":       {o: func(o *Offer) { o.Potential.Region = "35.10" }, want: []string{"dari Kabupaten Banyuwangi", "km"}},
		"another kind":            {o: func(o *Offer) { o.Kind = Goods }},
		"another skill":           {o: func(o *Offer) { o.What, o.Potential.Skills = "Servis AC", "servis AC" }},
		"the skill of the person": {o: func(o *Offer) { o.What, o.Potential.Skills = "Relawan keterampilan", "menjahit, memasak" }, want: []string{"menjahit"}},
		"never free together":     {r: func(r *Request) { r.Days = "3" }},
		"hours apart":             {r: func(r *Request) { r.From, r.To = "13.00", "15.00" }},
		"times are not known":     {o: func(o *Offer) { o.Potential.Days, o.Potential.From, o.Potential.To = "", "", "" }, want: []string{"KURANG hari dan jamnya belum dicatat"}},
		"all is promised":         {o: func(o *Offer) { o.Promised = 10 }},
		"the offer is over":       {o: func(o *Offer) { o.Until = today.Add(-1) }},
		"it begins too late":      {o: func(o *Offer) { o.From = today.Add(21) }},
		"the request is over":     {r: func(r *Request) { r.EndsOn = today.Add(-1) }},
		"the request is closed":   {r: func(r *Request) { r.State = Closed }},
		"children, no clearance":  {r: func(r *Request) { r.Children = true }, want: []string{"KURANG belum ada keterangan", "KURANG pendampingnya"}},
		"children, all in order": {o: func(o *Offer) {
			o.Potential.Clearance, o.Potential.ClearanceUntil, o.Potential.Supervisor = "skck", today.Add(20), "Bu Ratna"
		}, r: func(r *Request) { r.Children = true }, want: []string{"keterangannya berlaku sampai"}},
		"children, over on the day": {o: func(o *Offer) {
			o.Potential.Clearance, o.Potential.ClearanceUntil, o.Potential.Supervisor = "skck", today.Add(19), "Bu Ratna"
		}, r: func(r *Request) { r.Children = true }, want: []string{"KURANG belum ada keterangan"}},
		"a place needs no word": {o: func(o *Offer) { o.Kind, o.What = Place, "Balai desa" }, r: func(r *Request) { r.Kind, r.What, r.Days = Place, "Ruang bertemu", "7" }, want: []string{"satu kabupaten"}},
	} {
		fit, ok := Match(offerOf(one.o), requestOf(one.r), today)
		if ok != (len(one.want) > 0) {
			t.Errorf("%s: match %v: %s", name, ok, said(fit))
		}
		for _, w := range one.want {
			if !strings.Contains(said(fit), w) {
				t.Errorf("%s: %q is not said in: %s", name, w, said(fit))
			}
		}
	}
}

// What is missing comes last; then the nearest comes first.
func TestBest(t *testing.T) {
	t.Parallel()
	children := func(r *Request) { r.Children = true }
	var all []Fit
	for n, change := range []func(*Offer){
		func(o *Offer) { o.ID = 1 },
		func(o *Offer) {
			o.ID, o.Potential.Region, o.Potential.Clearance, o.Potential.ClearanceUntil, o.Potential.Supervisor = 2, "35.10", "skck", today.Add(90), "x"
		},
		func(o *Offer) {
			o.ID, o.Potential.Clearance, o.Potential.ClearanceUntil, o.Potential.Supervisor = 3, "skck", today.Add(90), "x"
		},
	} {
		fit, ok := Match(offerOf(change), requestOf(children), today)
		if !ok {
			t.Fatalf("%d does not fit", n)
		}
		all = append(all, fit)
	}
	best(all)
	if all[0].Offer.ID != 3 || all[1].Offer.ID != 2 || all[2].Offer.ID != 1 {
		t.Errorf("%v %v %v", all[0].Offer.ID, all[1].Offer.ID, all[2].Offer.ID)
	}
}

func TestServed(t *testing.T) {
	t.Parallel()
	near := law.Potentials.Latest().NearKm
	if got := Served(ReachDistrict, "35.09", []string{"35.10"}, near); len(got) != 1 || got[0] != "35.09" {
		t.Errorf("district: %v", got)
	}
	if got := Served(ReachProvince, "35.09", nil, near); len(got) != 38 {
		t.Errorf("province: %d", len(got))
	}
	if got := Served(ReachChosen, "35.09", []string{"35.10", "35.78"}, near); len(got) != 3 {
		t.Errorf("chosen: %v", got)
	}
	got := Served(ReachNear, "35.09", nil, near)
	if len(got) < 3 || len(got) > 12 {
		t.Errorf("near: %v", got)
	}
	for _, code := range got { // who is near is near from both sides
		back := Served(ReachNear, code, nil, near)
		found := false
		for _, c := range back {
			found = found || c == "35.09"
		}
		if !found {
			t.Errorf("%s is near, and not back", code)
		}
	}
}

func TestTimes(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		a, b Times
		want string
		ok   bool
	}{
		{Times{"1,2", "08.00", "12.00"}, Times{"2,3", "10.00", "14.00"}, "Selasa 10.00–12.00", true},
		{Times{"", "", ""}, Times{"2", "10.00", "14.00"}, "Selasa 10.00–14.00", true},
		{Times{"1", "", ""}, Times{"2", "", ""}, "", false},
		{Times{"1", "08.00", "10.00"}, Times{"1", "10.00", "12.00"}, "", false},
	} {
		got, ok := both(one.a, one.b)
		if ok != one.ok || ok && got.Says("id") != one.want {
			t.Errorf("%v and %v: %q %v", one.a, one.b, got.Says("id"), ok)
		}
	}
	for in, want := range map[string]string{"8:00": "08.00", "8.30": "08.30", "13:15": "13.15", " 09.00 ": "09.00"} {
		if got := hourOf(in); got != want || !isHour(got) {
			t.Errorf("%q: %q", in, got)
		}
	}
	for _, bad := range []string{"24.00", "8", "ab.cd", "12.60", ""} {
		if isHour(hourOf(bad)) {
			t.Errorf("%q is an hour", bad)
		}
	}
}

func TestDigits(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{"Rp25.000": 5, "0812-3456 7890": 12, "": 0, "3 buah 40": 1, "a1b22": 2} {
		if got := digits(in); got != want && !(in == "3 buah 40" && got == 2) {
			t.Errorf("%q: %d", in, got)
		}
	}
}
