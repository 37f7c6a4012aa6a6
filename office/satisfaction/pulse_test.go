package satisfaction_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/office/centre"
	"tuntas/office/interop"
	"tuntas/office/satisfaction"
	"tuntas/try/province"
)

const visitorAt = "198.51.100.7"

// running opens a round that everybody may answer, at the institution of joko.
func running(t *testing.T, p *province.Province, d *satisfaction.Desk) (c centre.Centre, r satisfaction.Round) {
	t.Helper()
	joko := p.As("joko")
	c, err := p.Centres.Look(p.Ctx, joko, joko.Scope.Only())
	province.Must(t, err)
	r, err = d.OpenRound(p.Ctx, joko, c.ID, satisfaction.NewRound{From: today.Add(-3), To: today.Add(30), Pulse: true})
	province.Must(t, err)
	return c, r
}

// stamped is a form of somebody who took some seconds to fill it in.
func stamped(t *testing.T, p *province.Province, d *satisfaction.Desk, values [9]int64) satisfaction.NewPulse {
	t.Helper()
	stamp, err := d.Stamp(p.Ctx)
	province.Must(t, err)
	p.Clock.Pass(4 * time.Second)
	v := values
	in := satisfaction.NewPulse{U1: v[0], U2: v[1], U3: v[2], U4: v[3], U5: v[4], U6: v[5], U7: v[6], U8: v[7], U9: v[8]}
	in.Stamp = stamp
	return in
}

// whole counts everything anew: sums, figures, forms.
func whole(t *testing.T, p *province.Province, d *satisfaction.Desk) {
	t.Helper()
	p.Agree()
	wrong, err := d.Broken(p.Ctx)
	province.Must(t, err)
	if len(wrong) > 0 {
		t.Error(wrong)
	}
}

func all(v int64) [9]int64 { return [9]int64{v, v, v, v, v, v, v, v, v} }

// One answer for each form, however often it is sent; robots, forgeries and closed surveys are refused before anything is kept.
func TestGive(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := satisfaction.New(p.Store)
		c, r := running(t, p, d)
		joko := p.As("joko")
		in := stamped(t, p, d, all(3))
		in.Remark = `<script>alert(1)</script>`
		province.Must(t, d.Give(p.Ctx, visitorAt, c.Code, in))
		province.Must(t, d.Give(p.Ctx, visitorAt, c.Code, in)) // pressed twice
		if s := look(t, p, d, r.ID); s.Answers != 1 || s.Sums[8][2] != 1 {
			t.Errorf("a form sent twice: %d answers, %v", s.Answers, s.Sums)
		}
		_, kept, err := d.Answers(p.Ctx, joko, r.ID, 0, 10)
		province.Must(t, err)
		if len(kept) != 1 || kept[0].Source != satisfaction.FromPulse || kept[0].By != "" || kept[0].Remark != in.Remark {
			t.Errorf("kept %+v", kept)
		}
		robot := stamped(t, p, d, all(4))
		robot.Website = "https://example.test"
		province.Wants(t, "the hidden field", d.Give(p.Ctx, visitorAt, c.Code, robot), "form-robot")
		forged := stamped(t, p, d, all(4))
		forged.Stamp = "x" + forged.Stamp
		province.Wants(t, "a forged stamp", d.Give(p.Ctx, visitorAt, c.Code, forged), "form-old")
		quick := stamped(t, p, d, all(4))
		quick.Stamp, err = d.Stamp(p.Ctx)
		province.Must(t, err)
		province.Wants(t, "at once", d.Give(p.Ctx, visitorAt, c.Code, quick), "form-soon")
		if err := d.Give(p.Ctx, visitorAt, "no-such", stamped(t, p, d, all(4))); !errors.Is(err, fail.NotFound) {
			t.Errorf("an institution that is not there: %v", err)
		}
		late := stamped(t, p, d, all(4))
		_, err = d.TurnPulse(p.Ctx, joko, r.ID, 0, false)
		province.Must(t, err)
		province.Wants(t, "not open to everybody", d.Give(p.Ctx, visitorAt, c.Code, late), "survey-not-running")
		if s := look(t, p, d, r.ID); s.Answers != 1 {
			t.Errorf("%d answers in the end", s.Answers)
		}
		whole(t, p, d)
	})
}

// From one address comes only so much within an hour, and nothing of the rest is kept.
func TestGive_tooMany(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := satisfaction.New(p.Store)
		c, r := running(t, p, d)
		var slow interface{ RetryAt() time.Time }
		n := 0
		for ; n < 100 && slow == nil; n++ {
			if err := d.Give(p.Ctx, visitorAt, c.Code, stamped(t, p, d, all(2))); err != nil && !errors.As(err, &slow) {
				t.Fatal(err)
			}
		}
		if slow == nil {
			t.Fatal("a hundred answers from one address within an hour")
		}
		if s := look(t, p, d, r.ID); s.Answers != int64(n-1) {
			t.Errorf("%d answers kept of %d", s.Answers, n-1)
		}
	})
}

const header = "nomor,tanggal,u1,u2,u3,u4,u5,u6,u7,u8,u9,siapa,saran\n"

// A workbook is taken as a file of text is: days of cells, numbers typed as text, an empty row in between; again it changes
// nothing, and what only looks like one is refused in words.
func TestImport_workbook(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := satisfaction.New(p.Store)
		_, r := running(t, p, d)
		joko := p.As("joko")
		row := func(number any, day any, u any) []any {
			return []any{number, day, u, u, u, u, u, u, u, u, u, "keluarga", "=1+1"}
		}
		book, err := interop.Workbook(strings.Split(strings.TrimSpace(header), ","), [][]any{
			row(1, string(today.Add(-1)), 4), row("B-2", string(today.Add(-1)), "3"), {}, row(3, string(today.Add(-1)), 9), row(4, string(today.Add(-1)), 2.5)})
		province.Must(t, err)
		for n, want := range []satisfaction.Intake{{New: 2, Bad: 2}, {Same: 2, Bad: 2}} {
			out, err := d.Import(p.Ctx, joko, r.ID, book, true)
			province.Must(t, err)
			if out.New != want.New || out.Same != want.Same || out.Bad != want.Bad || look(t, p, d, r.ID).Answers != 2 {
				t.Errorf("time %d: %+v", n+1, out)
			}
		}
		var wrong *fail.Invalid
		if _, err := d.Import(p.Ctx, joko, r.ID, book[:len(book)/2], true); !errors.As(err, &wrong) {
			t.Errorf("half a workbook: %v", err)
		}
		whole(t, p, d)
	})
}

// Good rows of a file are kept and bad ones told; the same file again changes nothing.
func TestImport(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := satisfaction.New(p.Store)
		_, r := running(t, p, d)
		joko := p.As("joko")
		on := string(today.Add(-1))
		file := header +
			"1," + on + ",4,4,4,4,4,4,4,4,4,keluarga,\n" +
			"2," + on + ",5,4,4,4,4,4,4,4,4,,\n" + // no value
			"3," + string(today.Add(-300)) + ",4,4,4,4,4,4,4,4,4,,\n" + // outside
			"1," + on + ",1,1,1,1,1,1,1,1,1,,\n" + // twice
			"," + on + ",1,1,1,1,1,1,1,1,1,,\n" +
			"5," + on + ",1,1,1,1,1,1,1,1,1,tamu negara,\n" +
			"6,kemarin,1,1,1,1,1,1,1,1,1,,\n" +
			"7," + on + ",2,2,2,2,2,2,2,2,2,,=1+1\n"
		out, err := d.Import(p.Ctx, joko, r.ID, []byte(file), false)
		province.Must(t, err)
		if out.New != 2 || out.Bad != 6 || out.Same != 0 || out.Written || look(t, p, d, r.ID).Answers != 0 {
			t.Fatalf("preview: %+v", out)
		}
		out, err = d.Import(p.Ctx, joko, r.ID, []byte(file), true)
		province.Must(t, err)
		if !out.Written || look(t, p, d, r.ID).Answers != 2 {
			t.Fatalf("written: %+v", out)
		}
		out, err = d.Import(p.Ctx, joko, r.ID, []byte(strings.ReplaceAll(file, ",", ";")), true)
		province.Must(t, err)
		if out.New != 0 || out.Same != 2 || look(t, p, d, r.ID).Answers != 2 {
			t.Errorf("the same file again: %+v", out)
		}
		_, err = d.Import(p.Ctx, joko, r.ID, []byte("nomor,tanggal\n1,2\n"), true)
		if err == nil {
			t.Error("a file without the elements was taken")
		}
		if _, err := d.Import(p.Ctx, p.As("ratna"), r.ID, []byte(file), true); !errors.Is(err, fail.Denied) {
			t.Errorf("who may not enter forms: %v", err)
		}
		whole(t, p, d)
	})
}

// The same answers give the same index to the last fraction, whether they are typed, read from a file or given online.
func TestProperty_oneIndex(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := satisfaction.New(p.Store)
		joko := p.As("joko")
		rnd := rand.New(rand.NewPCG(3, 61))
		for range 3 {
			var forms [][9]int64
			for range 4 + rnd.IntN(5) {
				var f [9]int64
				for i := range f {
					f[i] = 1 + rnd.Int64N(4)
				}
				forms = append(forms, f)
			}
			said := map[string]bool{}
			for _, way := range []func(satisfaction.Round, centre.Centre){
				func(r satisfaction.Round, _ centre.Centre) {
					for _, f := range forms {
						_, err := d.Enter(p.Ctx, joko, r.ID, satisfaction.NewAnswer{On: today, U1: f[0], U2: f[1], U3: f[2], U4: f[3], U5: f[4], U6: f[5], U7: f[6], U8: f[7], U9: f[8]})
						province.Must(t, err)
					}
				},
				func(r satisfaction.Round, _ centre.Centre) {
					file := header
					for n, f := range forms {
						file += fmt.Sprintf("%d,%s", n+1, today)
						for _, v := range f {
							file += fmt.Sprintf(",%d", v)
						}
						file += ",,\n"
					}
					_, err := d.Import(p.Ctx, joko, r.ID, []byte(file), true)
					province.Must(t, err)
				},
				func(_ satisfaction.Round, c centre.Centre) {
					for n, f := range forms {
						province.Must(t, d.Give(p.Ctx, fmt.Sprintf("203.0.113.%d", n), c.Code, stamped(t, p, d, f)))
					}
				},
			} {
				c, err := p.Centres.Look(p.Ctx, joko, joko.Scope.Only())
				province.Must(t, err)
				r, err := d.OpenRound(p.Ctx, joko, c.ID, satisfaction.NewRound{From: today, To: today, Pulse: true})
				province.Must(t, err)
				way(r, c)
				s := look(t, p, d, r.ID)
				said[s.Sums.Index().RatString()] = true
				whole(t, p, d)
				_, err = d.CloseRound(p.Ctx, joko, r.ID, 0)
				province.Must(t, err)
			}
			if len(said) != 1 {
				t.Errorf("three ways, %d indexes: %v", len(said), said)
			}
		}
	})
}

// Nothing is shown of a round that runs, nor of one with fewer than ten forms.
func TestPublished(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := satisfaction.New(p.Store)
		joko := p.As("joko")
		at := joko.Scope.Only()
		round := func(forms int) id.ID {
			r, err := d.OpenRound(p.Ctx, joko, at, satisfaction.NewRound{From: today.Add(-1), To: today})
			province.Must(t, err)
			for range forms {
				province.Must(t, second(d.Enter(p.Ctx, joko, r.ID, form(today, 3))))
			}
			return r.ID
		}
		shown := func() id.ID {
			last, _, err := d.Published(p.Ctx, at)
			province.Must(t, err)
			return last.ID
		}
		few := round(satisfaction.LeastShown - 1)
		province.Must(t, second(d.CloseRound(p.Ctx, joko, few, 0)))
		if shown() != 0 {
			t.Error("nine forms are shown")
		}
		enough := round(satisfaction.LeastShown)
		if shown() != 0 {
			t.Error("a round that runs is shown")
		}
		province.Must(t, second(d.CloseRound(p.Ctx, joko, enough, 0)))
		if shown() != enough {
			t.Error("ten forms are not shown")
		}
	})
}
