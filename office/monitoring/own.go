package monitoring

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/law"
)

var (
	lookDefine   = store.NewAct("figure.draft", who.KeepFigures)
	defineFigure = store.NewAct("figure.define", who.KeepFigures)
	reviseFigure = store.NewAct("figure.revise", who.KeepFigures)
	moveFigure   = store.NewAct("figure.move", who.KeepFigures)
)

// The states of a figure of the office's own: it is tried on real data as a draft, counts while it is live, and keeps its
// past when it is retired.
const (
	Draft   = "draft"
	Live    = "live"
	Retired = "retired"
)

var stateWords = map[string]text.Word{Draft: "Rancangan|indikator", Live: "Dihitung", Retired: "Tidak dipakai lagi"}

// Own is a figure that the office made itself.
type Own struct {
	ID        id.ID
	Version   int64
	Key       string
	Name      string
	NameEn    string
	Unit      string
	Direction string
	Source    string
	Owner     string
	Legal     string
	State     string
	MovedOn   clock.Day
	By        string
	Rules     []Rule // rising by day; never none
}

// Rule is how it is reckoned from a day on, until the next one.
type Rule struct {
	indicator   id.ID
	ValidFrom   clock.Day
	Numerator   string
	Denominator string
	MadeOn      clock.Day
	By          string
}

// on is the rule of a day; before the first, the first.
func (o Own) on(day clock.Day) Rule {
	u := o.Rules[0]
	for _, next := range o.Rules[1:] {
		if next.ValidFrom <= day {
			u = next
		}
	}
	return u
}

func (o Own) indicator(day clock.Day) Indicator {
	u := o.on(day)
	return Indicator{Indicator: law.Indicator{Named: law.Named{Key: o.Key, Name: o.Name, NameEn: o.NameEn}, Unit: o.Unit, About: "other", Direction: o.Direction, Numerator: u.Numerator,
		Denominator: u.Denominator, Source: o.Source, SourceEn: o.Source, Owner: o.Owner, OwnerEn: o.Owner, Legal: o.Legal}, State: o.State, Since: u.ValidFrom}
}

// NewRule is how a figure is reckoned from a day on.
type NewRule struct {
	ValidFrom   clock.Day `json:"valid_from" required:"true" ask:"Tulis sejak kapan rumus ini berlaku."`
	Numerator   string    `json:"numerator" required:"true" maxLength:"500" ask:"Tulis apa yang dihitung."`
	Denominator string    `json:"denominator,omitempty" maxLength:"500"`
}

// NewOwn is a figure as the office defines it.
type NewOwn struct {
	Key       string `json:"key" required:"true" maxLength:"40" ask:"Tulis nama pendeknya."`
	Name      string `json:"name" required:"true" maxLength:"120" ask:"Tulis nama indikatornya."`
	NameEn    string `json:"name_en" required:"true" maxLength:"120" ask:"Tulis namanya dalam bahasa Inggris."`
	Unit      string `json:"unit" required:"true" enum:"persons,percent,per_1000,per_100k,ratio" ask:"Pilih satuannya."`
	Direction string `json:"direction" required:"true" enum:"up,down,none" ask:"Pilih mana yang lebih baik."`
	Source    string `json:"source" required:"true" maxLength:"200" ask:"Tulis dari catatan mana angkanya."`
	Owner     string `json:"owner" required:"true" maxLength:"120" ask:"Tulis siapa yang bertanggung jawab."`
	Legal     string `json:"legal,omitempty" maxLength:"200"`
	NewRule
}

// shortName is what a key may look like: it stands in addresses and in files that others read.
var shortName = regexp.MustCompile(`^[a-z][a-z0-9_]{2,39}$`)

// reserved are words that stand where a key would in an address.
var reserved = map[string]bool{"new": true, "table": true, "records": true}

func (d *Desk) mayDefine(tx *store.Tx, in NewOwn) error {
	var f fail.Fields
	switch _, shipped := Find(in.Key); {
	case !shortName.MatchString(in.Key) || reserved[in.Key]:
		f.Add("key", "pattern", "Nama pendek memakai huruf kecil, angka, dan garis bawah, paling sedikit tiga, dan dimulai dengan huruf.")
	case shipped:
		f.Add("key", "taken", "Nama pendek %s sudah dipakai.", in.Key)
	default:
		if _, err := ownNamed(tx, in.Key); err == nil {
			f.Add("key", "taken", "Nama pendek %s sudah dipakai.", in.Key)
		}
	}
	d.mayReckon(&f, in.NewRule, in.Unit)
	return f.Err()
}

// mayReckon holds that both sides can be read, and that a figure of parts has something to be parted by.
func (d *Desk) mayReckon(f *fail.Fields, in NewRule, unit string) {
	for field, formula := range map[string]string{"numerator": in.Numerator, "denominator": in.Denominator} {
		if strings.TrimSpace(formula) == "" {
			continue
		}
		if why := (Unread{}); !readable(formula, d.measures, &why) {
			*f = append(*f, fail.Field{Name: field, Code: "formula", Say: why.Say})
		}
	}
	if unit != "persons" && strings.TrimSpace(in.Denominator) == "" {
		f.Add("denominator", "required", "Satuan ini memerlukan penyebut.")
	}
}

func readable(formula string, measures map[string]store.Measure, why *Unread) bool {
	_, err := ReadSide(formula, measures)
	return !errors.As(err, why)
}

// MayDefine refuses who does not keep figures.
func (d *Desk) MayDefine(ctx context.Context, by who.Asker) error {
	return d.store.Read(ctx, by, lookDefine, func(*store.Tx) error { return nil })
}

// Define makes a figure of the office's own, as a draft: it stands in no list until it is let count.
func (d *Desk) Define(ctx context.Context, by who.Asker, in NewOwn) (o Own, err error) {
	err = d.store.Write(ctx, by, defineFigure, func(tx *store.Tx) error {
		if err := d.mayDefine(tx, in); err != nil {
			return err
		}
		o = Own{ID: id.New(), Version: 1, Key: in.Key, State: Draft, MovedOn: tx.Today(), By: by.Name}
		o.take(in)
		if err := insertOwn(tx, o); err != nil {
			return err
		}
		if err := o.rule(tx, in.NewRule); err != nil {
			return err
		}
		tx.Record(o.entry("Indikator %s dirancang.", in))
		return nil
	})
	return o, err
}

func (o *Own) take(in NewOwn) {
	o.Name, o.NameEn, o.Unit, o.Direction, o.Source, o.Owner, o.Legal = in.Name, in.NameEn, in.Unit, in.Direction, in.Source, in.Owner, in.Legal
}

func (o *Own) rule(tx *store.Tx, in NewRule) error {
	u := Rule{indicator: o.ID, ValidFrom: in.ValidFrom, Numerator: strings.TrimSpace(in.Numerator), Denominator: strings.TrimSpace(in.Denominator), MadeOn: tx.Today(), By: tx.By().Name}
	o.Rules = append(o.Rules, u)
	return putRule(tx, *o, u)
}

func (o Own) entry(say string, what any) store.Entry {
	return store.Entry{Kind: "indicator", ID: o.ID, Say: fail.Say(say, o.Name), What: what}
}

// Revise reckons a figure anew from a day on; what was reckoned before that day stays. A rule of the same day is replaced.
func (d *Desk) Revise(ctx context.Context, by who.Asker, key string, version int64, in NewRule) (Own, error) {
	return d.changing(ctx, by, reviseFigure, key, version, func(tx *store.Tx, o *Own) error {
		var f fail.Fields
		d.mayReckon(&f, in, o.Unit)
		if o.State == Retired {
			f.Add("valid_from", "retired", "Indikator ini tidak dipakai lagi.")
		}
		if err := f.Err(); err != nil {
			return err
		}
		tx.Record(o.entry("Rumus indikator %s diperbarui.", in))
		return o.rule(tx, in)
	})
}

// FigureMove brings a figure into another state.
type FigureMove struct {
	To string `json:"to" required:"true" enum:"live,retired" ask:"Pilih langkahnya."`
}

// Move lets a draft count, or retires a figure; a retired one can be let count again.
func (d *Desk) Move(ctx context.Context, by who.Asker, key string, version int64, in FigureMove) (Own, error) {
	return d.changing(ctx, by, moveFigure, key, version, func(tx *store.Tx, o *Own) error {
		if in.To == o.State || in.To == Retired && o.State == Draft {
			return fail.Broken("indicator", "Langkah itu tidak ada dari keadaan sekarang.")
		}
		o.State, o.MovedOn, o.By = in.To, tx.Today(), by.Name
		say := "Indikator %s mulai dihitung."
		if in.To == Retired {
			say = "Indikator %s tidak dipakai lagi."
		}
		tx.Record(o.entry(say, in))
		return nil
	})
}

func (d *Desk) changing(ctx context.Context, by who.Asker, act store.Act, key string, version int64, do func(*store.Tx, *Own) error) (o Own, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if o, err = ownNamed(tx, key); err != nil {
			return err
		}
		if version > 0 && version != o.Version {
			return fail.Stale
		}
		if err := do(tx, &o); err != nil {
			return err
		}
		return updateOwn(tx, &o)
	})
	return o, err
}

// named finds a figure as it is reckoned on a day: one of ours, or the office's own. Drafts are for who keeps figures.
func (d *Desk) named(tx *store.Tx, key string, on clock.Day) (Indicator, *Own, error) {
	for _, i := range Shipped(on) {
		if i.Key == key {
			return i, nil, nil
		}
	}
	o, err := ownNamed(tx, key)
	if err != nil {
		return Indicator{}, nil, err
	}
	if o.State == Draft && !tx.By().May(who.KeepFigures) {
		return Indicator{}, nil, fail.NotFound
	}
	return o.indicator(on), &o, nil
}

// every gives all figures that count on a day: ours, then the office's own.
func (d *Desk) every(tx *store.Tx, on clock.Day) ([]Indicator, error) {
	all := Shipped(on)
	mine, err := owns(tx)
	for _, o := range mine {
		if o.State == Live {
			all = append(all, o.indicator(on))
		}
	}
	return all, err
}

// Named finds a figure by its key as it is reckoned on a day.
func (d *Desk) Named(ctx context.Context, by who.Asker, key string, on clock.Day) (i Indicator, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		i, _, err = d.named(tx, key, on)
		return err
	})
	return i, err
}

// Every gives all figures that count on a day, and those that are being drafted to who keeps figures.
func (d *Desk) Every(ctx context.Context, by who.Asker, on clock.Day) (all []Indicator, err error) {
	err = d.store.Read(ctx, by, seeFigures, func(tx *store.Tx) error {
		all, err = d.every(tx, on)
		return err
	})
	return all, err
}
