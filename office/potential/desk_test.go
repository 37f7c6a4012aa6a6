package potential_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/person"
	"tuntas/office/potential"
	"tuntas/try/province"
)

const today = province.Today

func desk(p *province.Province) *potential.Desk {
	return potential.New(p.Store)
}

func giver(t *testing.T, p *province.Province, d *potential.Desk, change func(*potential.NewPotential)) potential.Potential {
	t.Helper()
	in := potential.NewPotential{Kind: "psm", Name: "Bu Rahma (contoh)", Region: "35.09", Phone: "0812 0000 0000", Skills: "menjahit", Goods: "kursi roda"}
	if change != nil {
		change(&in)
	}
	one, err := d.Enter(p.Ctx, p.As("ratna"), in)
	province.Must(t, err)
	return one
}

func chairs(t *testing.T, p *province.Province, d *potential.Desk, n int64) potential.Offer {
	t.Helper()
	o, err := d.Offer(p.Ctx, p.As("ratna"), giver(t, p, d, nil).ID, potential.NewOffer{Kind: potential.Goods, What: "Kursi roda", Quantity: n, Unit: "buah", Reach: potential.ReachProvince})
	province.Must(t, err)
	return o
}

func wanted(t *testing.T, p *province.Province, d *potential.Desk, n int64, change func(*potential.NewRequest)) potential.Request {
	t.Helper()
	in := potential.NewRequest{Centre: p.A, Kind: potential.Goods, What: "Kursi roda", Quantity: n, Unit: "buah", NeededOn: today.Add(10)}
	if change != nil {
		change(&in)
	}
	r, err := d.Ask(p.Ctx, p.As("ratna"), in)
	province.Must(t, err)
	return r
}

func promised(o potential.Offer, n int64) potential.NewPromise {
	return potential.NewPromise{Offer: o.ID, Quantity: n, DueOn: today.Add(5)}
}

// codes are the fields of a refusal with what is wrong with each.
func codes(err error) (all []string) {
	var wrong *fail.Invalid
	if errors.As(err, &wrong) {
		for _, f := range wrong.Fields {
			all = append(all, f.Name+" "+f.Code)
		}
	}
	return all
}

func broken(err error, name string) bool {
	var rule *fail.Rule
	return errors.As(err, &rule) && rule.Name == name
}

func TestEnter(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		for want, change := range map[string]func(*potential.NewPotential){
			"kind choice":              func(in *potential.NewPotential) { in.Kind = "x" },
			"region unknown":           func(in *potential.NewPotential) { in.Region = "99.99" },
			"phone required":           func(in *potential.NewPotential) { in.Phone = "" },
			"email email":              func(in *potential.NewPotential) { in.Email = "x" },
			"days choice":              func(in *potential.NewPotential) { in.Days = []string{"8"} },
			"to_time order":            func(in *potential.NewPotential) { in.From, in.To = "10:00", "9:00" },
			"clearance required":       func(in *potential.NewPotential) { in.ClearanceNo = "1" },
			"clearance_until required": func(in *potential.NewPotential) { in.Clearance, in.ClearanceNo, in.ClearanceBy = "skck", "1", "Polres" },
		} {
			in := potential.NewPotential{Kind: "psm", Name: "X", Region: "35.09", Phone: "1"}
			change(&in)
			if _, err := d.Enter(p.Ctx, p.As("ratna"), in); !slices.Contains(codes(err), want) {
				t.Errorf("%s: %v", want, err)
			}
		}
		one := giver(t, p, d, func(in *potential.NewPotential) {
			in.Days, in.From, in.To = []string{"4", "2", "4"}, "8:00", "12.00"
		})
		if one.Days != "2,4" || one.From != "08.00" {
			t.Errorf("times: %q %q", one.Days, one.From)
		}
		giver(t, p, d, func(in *potential.NewPotential) {
			in.Kind, in.Region, in.Skills, in.Name = "dunia_usaha", "35.78", "servis AC", "Bengkel Dingin (contoh)"
		})
		for word, want := range map[string]int64{"": 2, "menj": 1, "kursi": 2, "dingin": 1, "zzz": 0} {
			all, n, err := d.Potentials(p.Ctx, p.As("sari"), potential.Filter{Word: word, Limit: 10})
			province.Must(t, err)
			if n != want || int64(len(all)) != want {
				t.Errorf("%q: %d, listed %d", word, n, len(all))
			}
		}
		if _, n, _ := d.Potentials(p.Ctx, p.As("ratna"), potential.Filter{Kind: "psm", Region: "35.09", Limit: 10}); n != 1 {
			t.Errorf("kind and district: %d", n)
		}
		if _, _, err := d.Potentials(p.Ctx, p.As("yati"), potential.Filter{Limit: 1}); !errors.Is(err, fail.Denied) {
			t.Errorf("a carer: %v", err)
		}
		if _, err := d.Change(p.Ctx, p.As("ratna"), one.ID, 99, potential.NewPotential{}); !errors.Is(err, fail.Stale) {
			t.Errorf("an old version: %v", err)
		}
		o, err := d.Offer(p.Ctx, p.As("ratna"), one.ID, potential.NewOffer{Kind: potential.Goods, What: "Beras", Quantity: 5, Unit: "kg"})
		province.Must(t, err)
		_, err = d.Retire(p.Ctx, p.As("ratna"), one.ID, one.Version)
		province.Must(t, err)
		if s, err := d.LookOffer(p.Ctx, p.As("ratna"), o.ID); err != nil || s.Standing(today) != potential.Closed {
			t.Errorf("offers of who is not active any more: %v %v", s.Standing(today), err)
		}
		if _, err := d.Offer(p.Ctx, p.As("ratna"), one.ID, potential.NewOffer{Kind: potential.Goods, What: "Beras", Quantity: 5, Unit: "kg"}); !broken(err, "potential-retired") {
			t.Errorf("an offer of who is not active: %v", err)
		}
	})
}

// The whole way of a promise, what it frees on the way, and the figures.
func TestPromise(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, by := desk(p), p.As("ratna")
		o, r := chairs(t, p, d, 10), wanted(t, p, d, 8, nil)
		s, err := d.LookRequest(p.Ctx, by, r.ID)
		province.Must(t, err)
		if len(s.Fits) != 1 || s.Fits[0].Enough != 8 {
			t.Fatalf("fits: %+v", s.Fits)
		}
		if _, err := d.Promise(p.Ctx, by, r.ID, promised(o, 9)); !slices.Contains(codes(err), "quantity left") {
			t.Errorf("more than is asked for: %v", err)
		}
		for want, in := range map[string]potential.NewPromise{
			"due_on past":      {Offer: o.ID, Quantity: 1, DueOn: today.Add(-1)},
			"due_on range":     {Offer: o.ID, Quantity: 1, DueOn: today.Add(400)},
			"offer_id unknown": {Offer: id.New(), Quantity: 1, DueOn: today},
		} {
			if _, err := d.Promise(p.Ctx, by, r.ID, in); !slices.Contains(codes(err), want) {
				t.Errorf("%s: %v", want, err)
			}
		}
		if _, err := d.Promise(p.Ctx, p.As("sari"), r.ID, promised(o, 1)); !errors.Is(err, fail.NotFound) {
			t.Errorf("a request of another institution: %v", err)
		}
		if _, err := d.Promise(p.Ctx, p.As("yati"), r.ID, promised(o, 1)); !errors.Is(err, fail.Denied) {
			t.Errorf("a carer: %v", err)
		}
		one, err := d.Promise(p.Ctx, by, r.ID, promised(o, 6))
		province.Must(t, err)
		left(t, p, d, o.ID, r.ID, 4, 2)
		if _, err := d.ChangeOffer(p.Ctx, by, o.ID, 0, potential.NewOffer{Kind: potential.Goods, What: "Kursi roda", Quantity: 5, Unit: "buah"}); !slices.Contains(codes(err), "quantity promised") {
			t.Errorf("less than is promised: %v", err)
		}
		if _, err := d.Use(p.Ctx, by, one.ID, 0, potential.Use{Used: 1, Result: "x"}); !broken(err, "promise-state") {
			t.Errorf("used before it came: %v", err)
		}
		p.Clock.To(today.Add(6))
		if got, err := d.LookPromise(p.Ctx, by, one.ID); err != nil || !got.Overdue(today.Add(6)) {
			t.Errorf("overdue without a job: %v", err)
		}
		if _, err := d.Deliver(p.Ctx, by, one.ID, 0, potential.Delivery{On: today.Add(6), Quantity: 7}, nil); !slices.Contains(codes(err), "quantity promised") {
			t.Errorf("more than was promised: %v", err)
		}
		var photo bytes.Buffer
		province.Must(t, jpeg.Encode(&photo, image.NewRGBA(image.Rect(0, 0, 8, 8)), nil))
		if _, err := d.Deliver(p.Ctx, by, one.ID, 0, potential.Delivery{On: today.Add(4), Quantity: 5}, &upload.File{Name: "a.svg", Is: "text/xml", Body: []byte("<svg/>")}); err == nil {
			t.Error("a drawing was taken for a photo")
		}
		one, err = d.Deliver(p.Ctx, by, one.ID, one.Version, potential.Delivery{On: today.Add(4), Quantity: 5}, &upload.File{Name: "a.jpg", Is: "image/jpeg", Body: photo.Bytes()})
		province.Must(t, err)
		left(t, p, d, o.ID, r.ID, 5, 3)
		sheet, err := d.LookPromise(p.Ctx, by, one.ID)
		province.Must(t, err)
		if len(sheet.Photos) != 1 || sheet.Kept != "kept" {
			t.Errorf("evidence %d, kept %q", len(sheet.Photos), sheet.Kept)
		}
		if _, _, err := d.OpenPhoto(p.Ctx, p.As("sari"), sheet.Photos[0].ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("a photo of another institution: %v", err)
		}
		_, err = d.Use(p.Ctx, by, one.ID, 0, potential.Use{Used: 5, Result: "Lima penghuni dapat ke taman sendiri."})
		province.Must(t, err)
		one, err = d.Thank(p.Ctx, by, one.ID, 0, potential.Thanks{Text: "Surat dari kepala panti"})
		province.Must(t, err)
		if one.State != potential.Thanked {
			t.Errorf("in the end: %s", one.State)
		}
		late, err := d.Promise(p.Ctx, by, r.ID, potential.NewPromise{Offer: o.ID, Quantity: 1, DueOn: today.Add(7)})
		province.Must(t, err)
		gone, err := d.Promise(p.Ctx, by, r.ID, potential.NewPromise{Offer: o.ID, Quantity: 1, DueOn: today.Add(7)})
		province.Must(t, err)
		back, err := d.Promise(p.Ctx, by, r.ID, potential.NewPromise{Offer: o.ID, Quantity: 1, DueOn: today.Add(7)})
		province.Must(t, err)
		left(t, p, d, o.ID, r.ID, 2, 0)
		p.Clock.To(today.Add(9))
		_, err = d.Deliver(p.Ctx, by, late.ID, 0, potential.Delivery{On: today.Add(8), Quantity: 1}, nil)
		province.Must(t, err)
		_, err = d.End(p.Ctx, by, late.ID, 0, potential.Ending{To: potential.Withdrawn, Reason: "x"})
		if !broken(err, "promise-state") {
			t.Errorf("withdrawn after it came: %v", err)
		}
		_, err = d.End(p.Ctx, by, gone.ID, 0, potential.Ending{To: potential.Withdrawn, Reason: "Stok habis"})
		province.Must(t, err)
		_, err = d.End(p.Ctx, by, back.ID, 0, potential.Ending{To: potential.Refused, Reason: "Rusak"})
		province.Must(t, err)
		left(t, p, d, o.ID, r.ID, 4, 2)
		province.Must(t, p.Store.Fold(p.Ctx))
		drifts, err := p.Store.Recount(p.Ctx, potential.Measures, false)
		province.Must(t, err)
		if len(drifts) != 0 {
			t.Errorf("figures drift: %v", drifts)
		}
		for dim, want := range map[string]int64{"kept": 1, "late": 1, "taken_back": 1, "awaited": 0} {
			if got := counted(t, p, "promise.due", dim); got != want {
				t.Errorf("%s: %d, want %d", dim, got, want)
			}
		}
		wrong, err := d.Broken(p.Ctx)
		if err != nil || len(wrong) != 0 {
			t.Errorf("broken: %v %v", wrong, err)
		}
	})
}

var lookTest = store.NewAct("test.figures", who.SeeFigures)

func counted(t *testing.T, p *province.Province, measure, dim string) (n int64) {
	t.Helper()
	province.Must(t, p.Store.Read(p.Ctx, p.House, lookTest, func(tx *store.Tx) error {
		all, err := store.Flow(tx, measure, today, today.Add(400), 0)
		for _, f := range all {
			if f.Dim == dim {
				n += f.N
			}
		}
		return err
	}))
	return n
}

func left(t *testing.T, p *province.Province, d *potential.Desk, offer, request id.ID, ofOffer, ofRequest int64) {
	t.Helper()
	o, err := d.LookOffer(p.Ctx, p.As("ratna"), offer)
	province.Must(t, err)
	r, err := d.LookRequest(p.Ctx, p.As("ratna"), request)
	province.Must(t, err)
	if o.Left() != ofOffer || r.Left() != ofRequest {
		t.Errorf("left %d of the offer and %d of the request, want %d and %d", o.Left(), r.Left(), ofOffer, ofRequest)
	}
}

// Whoever promises at the same time: no more is promised than there is, and no more than is asked for.
func TestPromise_race(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		o := chairs(t, p, d, 7)
		a, b := wanted(t, p, d, 5, nil), wanted(t, p, d, 50, nil)
		var wg sync.WaitGroup
		var mu sync.Mutex
		var got int64
		for n := range 24 {
			wg.Go(func() {
				r := a
				if n%2 == 1 {
					r = b
				}
				one, err := d.Promise(p.Ctx, p.As("ratna"), r.ID, promised(o, 1+int64(n%3)))
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					got += one.Quantity
				} else if errors.Is(err, fail.NotFound) || errors.Is(err, fail.Denied) {
					t.Errorf("refused otherwise: %v", err)
				}
			})
		}
		wg.Wait()
		s, err := d.LookOffer(p.Ctx, p.As("ratna"), o.ID)
		province.Must(t, err)
		if s.Promised != got || got > 7 || got < 5 {
			t.Errorf("promised %d, given %d of 7", s.Promised, got)
		}
		wrong, err := d.Broken(p.Ctx)
		if err != nil || len(wrong) != 0 {
			t.Errorf("broken: %v %v", wrong, err)
		}
	})
}

// Whatever is done in whatever order, the counters say what the promises say.
func TestProperty_promises(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, by := desk(p), p.As("ratna")
		rapid.Check(t, func(rt *rapid.T) {
			o := chairs(t, p, d, rapid.Int64Range(1, 12).Draw(rt, "offer"))
			r := wanted(t, p, d, rapid.Int64Range(1, 12).Draw(rt, "request"), nil)
			var all []id.ID
			for range rapid.IntRange(1, 8).Draw(rt, "deeds") {
				var err error
				switch k := rapid.IntRange(0, 4).Draw(rt, "deed"); {
				case k < 2 || len(all) == 0:
					var one potential.Promise
					if one, err = d.Promise(p.Ctx, by, r.ID, promised(o, rapid.Int64Range(1, 12).Draw(rt, "n"))); err == nil {
						all = append(all, one.ID)
					}
				case k == 2:
					_, err = d.Deliver(p.Ctx, by, rapid.SampledFrom(all).Draw(rt, "which"), 0, potential.Delivery{On: today, Quantity: rapid.Int64Range(1, 12).Draw(rt, "came")}, nil)
				default:
					_, err = d.End(p.Ctx, by, rapid.SampledFrom(all).Draw(rt, "which"), 0, potential.Ending{To: []string{potential.Refused, potential.Withdrawn}[k-3], Reason: "x"})
				}
				var wrong *fail.Invalid
				var rule *fail.Rule
				if err != nil && !errors.As(err, &wrong) && !errors.As(err, &rule) {
					rt.Fatalf("refused otherwise: %v", err)
				}
			}
			if wrong, err := d.Broken(p.Ctx); err != nil || len(wrong) != 0 {
				rt.Fatalf("broken: %v %v", wrong, err)
			}
			s, err := d.LookOffer(p.Ctx, by, o.ID)
			q, failed := d.LookRequest(p.Ctx, by, r.ID)
			if err != nil || failed != nil || s.Left() < 0 || q.Left() < 0 || q.Received > q.Promised {
				rt.Fatalf("too much: %+v %+v %v %v", s.Offer, q.Request, err, failed)
			}
		})
	})
}

// Who meets children has a clearance that holds on the day, and somebody beside them.
func TestPromise_children(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, by := desk(p), p.As("ratna")
		sewing := func(change func(*potential.NewPotential)) potential.Offer {
			o, err := d.Offer(p.Ctx, by, giver(t, p, d, change).ID, potential.NewOffer{Kind: potential.Skill, What: "Menjahit", Quantity: 20, Unit: "jam", Reach: potential.ReachProvince})
			province.Must(t, err)
			return o
		}
		r := wanted(t, p, d, 20, func(in *potential.NewRequest) { in.Kind, in.What, in.Unit = potential.Skill, "Guru menjahit", "jam" })
		if !r.Children {
			t.Fatal("an institution that takes children in does not ask for a clearance")
		}
		if g := wanted(t, p, d, 1, nil); g.Children {
			t.Error("things meet no children")
		}
		bare := sewing(nil)
		_, err := d.Promise(p.Ctx, by, r.ID, promised(bare, 1))
		if got := codes(err); !slices.Contains(got, "due_on clearance") || !slices.Contains(got, "supervisor required") {
			t.Errorf("without a clearance: %v", err)
		}
		cleared := func(until int) func(*potential.NewPotential) {
			return func(in *potential.NewPotential) {
				in.Clearance, in.ClearanceNo, in.ClearanceBy, in.ClearanceUntil = "skck", "12/contoh", "Polres (contoh)", today.Add(until)
			}
		}
		in := promised(sewing(cleared(4)), 1)
		in.Supervisor = "Bu Ratna"
		if _, err := d.Promise(p.Ctx, by, r.ID, in); !slices.Contains(codes(err), "due_on clearance") {
			t.Errorf("over on the day: %v", err)
		}
		o := sewing(cleared(5))
		in.Offer = o.ID
		one, err := d.Promise(p.Ctx, by, r.ID, in)
		province.Must(t, err)
		p.Clock.To(today.Add(8))
		if _, err := d.Deliver(p.Ctx, by, one.ID, 0, potential.Delivery{On: today.Add(7), Quantity: 1}, nil); !slices.Contains(codes(err), "on clearance") {
			t.Errorf("came after the clearance was over: %v", err)
		}
		_, err = d.Deliver(p.Ctx, by, one.ID, 0, potential.Delivery{On: today.Add(5), Quantity: 1}, nil)
		province.Must(t, err)
	})
}

// What is over is over by its day; the job writes it down, tells once, and reminds before.
func TestWatch(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, by := desk(p), p.As("ratna")
		rules := law.Potentials.On(today)
		o := chairs(t, p, d, 5)
		r := wanted(t, p, d, 5, func(in *potential.NewRequest) { in.Public = true })
		p.Clock.To(o.Until.Add(-rules.RemindDays))
		province.Must(t, d.Watch(p.Ctx))
		if n := told(t, p, "offer-soon:"); n != 1 {
			t.Errorf("reminded %d times", n)
		}
		province.Must(t, d.Watch(p.Ctx))
		if n := told(t, p, "offer-soon:"); n != 1 {
			t.Errorf("reminded again: %d", n)
		}
		p.Clock.To(max(o.Until, r.EndsOn).Add(1))
		now := max(o.Until, r.EndsOn).Add(1)
		s, err := d.LookOffer(p.Ctx, by, o.ID)
		province.Must(t, err)
		q, err := d.LookRequest(p.Ctx, by, r.ID)
		province.Must(t, err)
		if s.Standing(now) != potential.Expired || q.Standing(now) != potential.Expired || s.State != potential.Open {
			t.Errorf("before the job: %s %s, row %s", s.Standing(now), q.Standing(now), s.State)
		}
		if open, err := d.OpenRequests(p.Ctx, 0, 10); err != nil || len(open) != 0 {
			t.Errorf("the public still reads it: %v %v", open, err)
		}
		if _, err := d.Promise(p.Ctx, by, r.ID, potential.NewPromise{Offer: o.ID, Quantity: 1, DueOn: now}); !broken(err, "offer-expired") {
			t.Errorf("promised of what is over: %v", err)
		}
		province.Must(t, d.Watch(p.Ctx))
		if s, _ = d.LookOffer(p.Ctx, by, o.ID); s.State != potential.Expired {
			t.Errorf("after the job: %s", s.State)
		}
		more, err := d.ExtendOffer(p.Ctx, by, o.ID, s.Version)
		province.Must(t, err)
		again, err := d.ExtendRequest(p.Ctx, by, r.ID, 0)
		province.Must(t, err)
		if more.Until != now.Add(rules.ExtendDays) || more.Standing(now) != potential.Open || again.Standing(now) != potential.Open {
			t.Errorf("extended to %s", more.Until)
		}
	})
}

// told counts the notices of a kind of key that wait in the outbox.
func told(t *testing.T, p *province.Province, key string) (n int) {
	t.Helper()
	rows, err := p.Beside().QueryContext(p.Ctx, `select body from outbox where topic = 'notice'`)
	province.Must(t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var body string
		province.Must(t, rows.Scan(&body))
		if strings.Contains(body, key) {
			n++
		}
	}
	province.Must(t, rows.Err())
	return n
}

// A request that comes from somebody's plan is never public; it opens the plan to who may see the case alone.
func TestAsk_origin(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := desk(p)
		in := potential.NewRequest{Case: id.New(), Kind: potential.Goods, What: "Mesin jahit", Quantity: 1, Unit: "buah", NeededOn: today.Add(3), Public: true}
		if _, err := d.Ask(p.Ctx, p.As("ratna"), in); !slices.Contains(codes(err), "public person") {
			t.Errorf("public, of a case: %v", err)
		}
		in.Public = false
		if _, err := d.Ask(p.Ctx, p.As("ratna"), in); !errors.Is(err, fail.NotFound) {
			t.Errorf("a case that is not there: %v", err)
		}
		if _, err := d.Ask(p.Ctx, p.As("ratna"), potential.NewRequest{Centre: p.B, Kind: potential.Goods, What: "x", Quantity: 1, Unit: "x", NeededOn: today}); !errors.Is(err, fail.NotFound) {
			t.Errorf("for another institution: %v", err)
		}
		r := wanted(t, p, d, 3, func(in *potential.NewRequest) { in.Public = true })
		wanted(t, p, d, 3, nil)
		open, err := d.OpenRequests(p.Ctx, p.A, 10)
		province.Must(t, err)
		if len(open) != 1 || open[0].ID != r.ID {
			t.Errorf("public: %+v", open)
		}
		if _, err := d.LookRequest(p.Ctx, p.As("sari"), r.ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("the page of another institution's request: %v", err)
		}
	})
}

func giving() potential.Giving {
	return potential.Giving{Kind: potential.Goods, What: `<script>alert(1)</script>`, Quantity: 2, Unit: "buah", Region: "35.09", Name: "=cmd()", Phone: "0812"}
}

// Without an account: robots are refused before anything is kept, a form sent twice is one letter, and what is declined is
// forgotten.
func TestGive(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := potential.New(p.Store)
		r := wanted(t, p, d, 3, func(in *potential.NewRequest) { in.Public = true })
		stamp, err := d.Stamp(p.Ctx)
		province.Must(t, err)
		in := giving()
		in.Stamp, in.Request = stamp, r.ID
		if err := d.Give(p.Ctx, "198.51.100.1", in); !broken(err, "form-soon") {
			t.Errorf("at once: %v", err)
		}
		p.Clock.Pass(5 * time.Second)
		robot := in
		robot.Website = "x"
		if err := d.Give(p.Ctx, "198.51.100.1", robot); !broken(err, "form-robot") {
			t.Errorf("the hidden field: %v", err)
		}
		forged := in
		forged.Stamp = stamp[:len(stamp)-1] + "0"
		if err := d.Give(p.Ctx, "198.51.100.1", forged); err == nil && forged.Stamp != stamp {
			t.Error("a forged stamp was taken")
		}
		bare := in
		bare.Phone = ""
		if err := d.Give(p.Ctx, "198.51.100.1", bare); !slices.Contains(codes(err), "phone required") {
			t.Errorf("without a contact: %v", err)
		}
		province.Must(t, d.Give(p.Ctx, "198.51.100.1", in))
		province.Must(t, d.Give(p.Ctx, "198.51.100.1", in))
		all, n, err := d.Letters(p.Ctx, p.As("joko"), "", 0, 10)
		province.Must(t, err)
		if len(all) != 1 || n != 1 || all[0].Centre != p.A {
			t.Fatalf("letters: %d, waiting %d", len(all), n)
		}
		if other, n, err := d.Letters(p.Ctx, p.As("sari"), "", 0, 10); err != nil || len(other) != 0 || n != 0 {
			t.Errorf("another institution reads it: %v %v", other, err)
		}
		if _, err := d.Letter(p.Ctx, p.As("sari"), all[0].ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("another institution opens it: %v", err)
		}
		verified := potential.Verified{Kind: "psm", What: "Kursi roda", Quantity: 2, Unit: "buah", Reach: potential.ReachNear}
		if _, err := d.Accept(p.Ctx, p.As("joko"), all[0].ID, 0, potential.Verified{Kind: "x", What: "y", Quantity: 1, Unit: "z"}); !slices.Contains(codes(err), "psks choice") {
			t.Errorf("no kind: %v", err)
		}
		l, err := d.Accept(p.Ctx, p.As("joko"), all[0].ID, all[0].Version, verified)
		province.Must(t, err)
		if s, err := d.LookOffer(p.Ctx, p.As("sari"), l.Offer); err != nil || s.Potential.Name != "=cmd()" || s.Left() != 2 {
			t.Errorf("the offer: %+v %v", s.Offer, err)
		}
		if _, err := d.Decline(p.Ctx, p.As("joko"), l.ID, 0, potential.Closing{Reason: "x"}); !broken(err, "letter-decided") {
			t.Errorf("decided twice: %v", err)
		}
		limited := false
		for n := range law.Potentials.On(today).SentAnHour + 5 {
			stamp, err := d.Stamp(p.Ctx)
			province.Must(t, err)
			p.Clock.Pass(3 * time.Second)
			next := giving()
			next.Stamp, next.What = stamp, fmt.Sprint("Beras ", n)
			err = d.Give(p.Ctx, "198.51.100.1", next)
			var until interface{ RetryAt() time.Time }
			limited = limited || errors.As(err, &until)
		}
		if !limited {
			t.Error("one address sends without a limit")
		}
		waiting, _, err := d.Letters(p.Ctx, p.As("wulan"), "", 0, 50)
		province.Must(t, err)
		if len(waiting) == 0 || waiting[0].Centre != 0 {
			t.Fatalf("letters to all: %+v", waiting)
		}
		no, err := d.Decline(p.Ctx, p.As("wulan"), waiting[0].ID, 0, potential.Closing{Reason: "Tidak dapat dihubungi"})
		province.Must(t, err)
		p.Clock.To(no.ForgetOn)
		province.Must(t, d.Watch(p.Ctx))
		if no, err = d.Letter(p.Ctx, p.As("wulan"), no.ID); err != nil || no.Name != "" || no.Phone != "" || no.What == "" {
			t.Errorf("not forgotten: %+v %v", no, err)
		}
	})
}

// What a resident offers is shown without the name, and is gone at once when the consent ends.
func TestWork(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, by := desk(p), p.As("ratna")
		her := p.Enter("ratna", province.Called("Mbah Sukarni", person.Birth{Date: "1950", Precision: "year"}))
		consent := func(purpose string, change func(*person.Consent)) person.Consent {
			c := person.Consent{Purpose: purpose, GivenOn: today, GivenBy: "self", Form: "written", Evidence: "Map 1"}
			if change != nil {
				change(&c)
			}
			c, err := p.Persons.GiveConsent(p.Ctx, by, her.ID, c)
			province.Must(t, err)
			return c
		}
		in := potential.NewWork{Consent: consent("work", nil).ID, Kind: "product", Title: "Keset kain perca", Price: "Rp25.000 sebuah", Contact: "0331 000000", Until: today.Add(60)}
		for want, change := range map[string]func(*potential.NewWork){
			"title name":         func(in *potential.NewWork) { in.Title = "Keset buatan Sukarni" },
			"text number":        func(in *potential.NewWork) { in.Text = "Telepon 0812 3456 7890" },
			"consent_id purpose": func(in *potential.NewWork) { in.Consent = consent("story", nil).ID },
			"consent_id unknown": func(in *potential.NewWork) { in.Consent = id.New() },
			"until past":         func(in *potential.NewWork) { in.Until = today.Add(-1) },
			"until far":          func(in *potential.NewWork) { in.Until = today.Add(900) },
			"until consent": func(in *potential.NewWork) {
				in.Consent = consent("work", func(c *person.Consent) { c.ExpiresOn = today.Add(5) }).ID
			},
		} {
			wrong := in
			change(&wrong)
			if _, err := d.ShowWork(p.Ctx, by, her.ID, 0, wrong); !slices.Contains(codes(err), want) {
				t.Errorf("%s: %v", want, err)
			}
		}
		if _, err := d.ShowWork(p.Ctx, p.As("sari"), her.ID, 0, in); !errors.Is(err, fail.NotFound) {
			t.Errorf("of somebody of another institution: %v", err)
		}
		w, err := d.ShowWork(p.Ctx, by, her.ID, 0, in)
		province.Must(t, err)
		shown := func() int {
			all, err := d.PublicWorks(p.Ctx, "", 0, 10)
			province.Must(t, err)
			for _, one := range all {
				if strings.Contains(fmt.Sprintf("%+v", one), "Sukarni") {
					t.Error("the name is shown")
				}
			}
			return len(all)
		}
		if shown() != 1 {
			t.Fatal("not shown")
		}
		province.Must(t, p.Persons.WithdrawConsent(p.Ctx, by, her.ID, in.Consent, "Sukarni"))
		if shown() != 0 {
			t.Error("shown after the consent was withdrawn")
		}
		if got, err := d.Work(p.Ctx, by, w.ID); err != nil || got.Live(today) {
			t.Errorf("staff see it live: %v", err)
		}
		ends := consent("work", func(c *person.Consent) { c.ExpiresOn = today.Add(30) })
		in.Consent, in.Until = ends.ID, today.Add(30)
		_, err = d.ShowWork(p.Ctx, by, her.ID, 0, in)
		province.Must(t, err)
		p.Clock.To(today.Add(30))
		if shown() != 1 {
			t.Error("gone on the last day")
		}
		p.Clock.To(today.Add(31))
		if shown() != 0 {
			t.Error("shown after its last day")
		}
		p.Clock.To(today)
		_, err = d.EndWork(p.Ctx, by, w.ID, 0, potential.Closing{Reason: "Terjual"})
		province.Must(t, err)
	})
}
