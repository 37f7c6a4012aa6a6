package gate_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"tuntas/house/fail"
	"tuntas/house/gate"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/try/province"
)

const least = 3 * time.Second

var send = store.NewSystemAct("test.gate-send", who.Anyone)

// What a form may be: each case says how the stamp came to be and how long it lay open.
func TestPass(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		g, other := gate.New(p.Store, "one"), gate.New(p.Store, "other")
		stamp := func(g gate.Gate) string {
			s, err := g.Stamp(p.Ctx)
			province.Must(t, err)
			return s
		}
		changed := func(part int) string {
			parts := strings.Split(stamp(g), ".")
			parts[part] = strings.ToLower(parts[part][:len(parts[part])-1]) + map[bool]string{true: "1", false: "0"}[strings.HasSuffix(parts[part], "0")]
			return strings.Join(parts, ".")
		}
		for name, c := range map[string]struct {
			in    gate.Sent
			after time.Duration
			want  error
		}{
			"young":                    {gate.Sent{Stamp: stamp(g)}, least - time.Millisecond, gate.ErrSoon},
			"just old enough":          {gate.Sent{Stamp: stamp(g)}, least, nil},
			"a day":                    {gate.Sent{Stamp: stamp(g)}, 24 * time.Hour, nil},
			"more than a day":          {gate.Sent{Stamp: stamp(g)}, 24*time.Hour + time.Millisecond, gate.ErrOld},
			"none":                     {gate.Sent{}, least, gate.ErrOld},
			"of nothing":               {gate.Sent{Stamp: ".."}, least, gate.ErrOld},
			"no number":                {gate.Sent{Stamp: "#.a.b"}, least, gate.ErrOld},
			"from tomorrow":            {gate.Sent{Stamp: "zzzzzzzz.a.b"}, least, gate.ErrOld},
			"from before any key":      {gate.Sent{Stamp: "1.a.b"}, least, gate.ErrOld},
			"another moment":           {gate.Sent{Stamp: changed(0)}, time.Hour, gate.ErrOld},
			"another number":           {gate.Sent{Stamp: changed(1)}, least, gate.ErrOld},
			"another signature":        {gate.Sent{Stamp: changed(2)}, least, gate.ErrOld},
			"of another desk":          {gate.Sent{Stamp: stamp(other)}, least, gate.ErrOld},
			"hidden field":             {gate.Sent{Stamp: stamp(g), Website: "https://example.org"}, least, gate.ErrRobot},
			"hidden field, and no age": {gate.Sent{Stamp: stamp(g), Website: "x"}, 0, gate.ErrRobot},
		} {
			p.Clock.Pass(c.after)
			form, err := g.Pass(p.Ctx, c.in, least)
			p.Clock.Pass(-c.after)
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
			if (form.Secret != "") != (c.want == nil) {
				t.Errorf("%s: the secret is %q", name, form.Secret)
			}
		}
	})
}

// A form counts once, however often it is sent, as long as its stamp lives and the sweep goes by; what does not commit does not
// count. Who pressed too soon gets the same stamp back, and who sends a dead one a new one.
func TestFirst(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		g := gate.New(p.Store, "one")
		stamp, err := g.Stamp(p.Ctx)
		province.Must(t, err)
		p.Clock.Pass(least)
		form, err := g.Pass(p.Ctx, gate.Sent{Stamp: stamp}, least)
		province.Must(t, err)
		give := func(end error) (first bool) {
			err := p.Store.Write(p.Ctx, p.House, send, func(tx *store.Tx) error {
				if first, err = gate.First(tx, form); err != nil {
					return err
				}
				tx.Record(store.Entry{Kind: "test", Say: fail.Say("Uji.")})
				return end
			})
			if !errors.Is(err, end) {
				t.Fatal(err)
			}
			return first
		}
		undone := errors.New("undone")
		if !give(undone) || !give(nil) {
			t.Error("the first time does not count")
		}
		for range 3 {
			p.Clock.Pass(7 * time.Hour)
			province.Must(t, p.Store.Write(p.Ctx, p.House, send, func(tx *store.Tx) error {
				tx.Record(store.Entry{Kind: "test", Say: fail.Say("Uji.")})
				return gate.Sweep(tx)
			}))
			again, err := g.Pass(p.Ctx, gate.Sent{Stamp: stamp}, least)
			if err != nil || again != form {
				t.Errorf("the form is another one now: %v", err)
			}
			if give(nil) {
				t.Error("a form counts twice")
			}
		}
		if same, err := g.Again(p.Ctx, stamp); err != nil || same != stamp {
			t.Errorf("another stamp: %v", err)
		}
		p.Clock.Pass(4 * time.Hour)
		if other, err := g.Again(p.Ctx, stamp); err != nil || other == stamp {
			t.Errorf("a dead stamp again: %v", err)
		}
	})
}

// So many an hour from one address, and neither another address, nor another deed, nor the next hour pays for it.
func TestAllow(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		g := gate.New(p.Store, "one")
		may := func(g gate.Gate, what, place string) bool { return g.Allow(p.Ctx, what, place, 2) == nil }
		for n := range 4 {
			if may(g, "send", "198.51.100.1") != (n < 2) {
				t.Errorf("try %d", n)
			}
		}
		if !may(g, "send", "198.51.100.2") || !may(g, "look", "198.51.100.1") || !may(gate.New(p.Store, "other"), "send", "198.51.100.1") {
			t.Error("somebody else pays")
		}
		p.Clock.Pass(time.Hour)
		if !may(g, "send", "198.51.100.1") {
			t.Error("the next hour pays")
		}
	})
}
