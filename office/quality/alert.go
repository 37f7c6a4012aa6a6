package quality

import (
	"context"
	"math"
	"slices"
	"strconv"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/monitoring"
)

var (
	lookRules = store.NewAct("alert.rules", who.SeeFigures)
	setAlert  = store.NewAct("alert.set", who.KeepFigures)
	editAlert = store.NewAct("alert.revise", who.KeepFigures)
	moveAlert = store.NewAct("alert.switch", who.KeepFigures)
)

// The states of a rule: written, looked at every day, no longer looked at.
const (
	Draft   = "draft"
	Active  = "active"
	Stopped = "stopped"
)

// Where a rule looks: at the whole province, at each institution for itself, at one.
const (
	province = "province"
	each     = "each"
	one      = "one"
)

// When a figure has crossed: above or below a value, worse than its target, or moved by so much against a month before.
const (
	above = "above"
	below = "below"
	worse = "worse"
	falls = "falls"
	rises = "rises"
)

// Me stands for whoever writes a rule, among the roles that may answer for a task.
const Me = "me"

// owners are those who may answer for a task, in the order of the form; the first two of an institution alone.
var owners = []string{"head_centre", "head_administration", "section_head", "head_division", "head_province", Me}

var ownersOfCentre = owners[:2]

// Rule is an alert as it is set.
type Rule struct {
	ID        id.ID
	Version   int64
	Indicator string
	Place     string
	Centre    id.ID
	Condition string
	Value     int64 // thousandths of the figure's unit
	Against   string
	Role      string
	Owner     id.ID
	Days      int64
	Severity  string
	State     string
	Note      string
	MadeOn    clock.Day
	User      id.ID
	By        string
}

// Limit is the value in the unit of its figure.
func (r Rule) Limit() float64 { return float64(r.Value) / 1000 }

// NewAlert is a rule as it is written.
type NewAlert struct {
	Indicator string   `json:"indicator" required:"true" maxLength:"60" ask:"Pilih indikatornya."`
	Place     string   `json:"place" required:"true" enum:"province,each,one" ask:"Pilih tempatnya."`
	Centre    id.ID    `json:"centre_id,omitempty"`
	Condition string   `json:"condition" required:"true" enum:"above,below,worse,falls,rises" ask:"Pilih kapan diperingatkan."`
	Value     *float64 `json:"value,omitempty" minimum:"0" maximum:"1000000000"`
	Against   string   `json:"against,omitempty" enum:"month,year"`
	Owner     string   `json:"owner" required:"true" enum:"head_centre,head_administration,section_head,head_division,head_province,me" ask:"Pilih siapa yang menindaklanjuti."`
	Days      int64    `json:"days" required:"true" minimum:"1" maximum:"60" ask:"Tulis jumlah hari kerja."`
	Severity  string   `json:"severity" required:"true" enum:"high,medium,low" ask:"Pilih beratnya."`
	Note      string   `json:"note,omitempty" maxLength:"300"`
}

// mayAlert holds that a rule can be looked at: a figure that counts, a place, a limit where one is needed, and an owner
// who is there.
func mayAlert(s *monitoring.Sweep, in NewAlert) error {
	var f fail.Fields
	i, known := s.Named(in.Indicator)
	if !known {
		f.Add("indicator", "choice", "Indikator ini tidak ada.")
	}
	if in.Place == one && !slices.ContainsFunc(s.Centres, func(c centre.Centre) bool { return c.ID == in.Centre }) {
		f.Add("centre_id", "choice", "Pilih UPT-nya.")
	}
	switch {
	case in.Condition == worse && known && i.Direction != "up" && i.Direction != "down":
		f.Add("condition", "direction", "Indikator ini tidak punya arah yang lebih baik, jadi tidak dapat lebih buruk daripada target.")
	case in.Condition != worse && in.Value == nil:
		f.Add("value", "required", "Tulis batasnya.")
	case (in.Condition == falls || in.Condition == rises) && *in.Value == 0:
		f.Add("value", "minimum", "Tulis perubahan yang lebih dari nol.")
	}
	if (in.Condition == falls || in.Condition == rises) && in.Against == "" {
		f.Add("against", "required", "Pilih pembandingnya.")
	}
	if in.Place == province && slices.Contains(ownersOfCentre, in.Owner) {
		f.Add("owner", "place", "Untuk seluruh provinsi pilih petugas dinas.")
	}
	return f.Err()
}

func (r *Rule) take(tx *store.Tx, in NewAlert) {
	r.Indicator, r.Place, r.Condition, r.Days, r.Severity, r.Note = in.Indicator, in.Place, in.Condition, in.Days, in.Severity, in.Note
	r.Centre, r.Value, r.Against, r.Role, r.Owner = 0, 0, "", in.Owner, 0
	if in.Place == one {
		r.Centre = in.Centre
	}
	if in.Condition != worse {
		r.Value = thousandths(*in.Value)
	}
	if in.Condition == falls || in.Condition == rises {
		r.Against = in.Against
	}
	if in.Owner == Me {
		r.Role, r.Owner = "", tx.By().User
	}
}

func thousandths(v float64) int64 { return int64(math.Round(v * 1000)) }

// SetAlert writes a rule down; it is looked at when it is switched on.
func (d *Desk) SetAlert(ctx context.Context, by who.Asker, in NewAlert) (r Rule, err error) {
	err = d.store.Write(ctx, by, setAlert, func(tx *store.Tx) error {
		s, err := d.figures.Sweep(tx)
		if err != nil {
			return err
		}
		if err := mayAlert(s, in); err != nil {
			return err
		}
		r = Rule{ID: id.New(), Version: 1, State: Draft, MadeOn: tx.Today(), User: by.User, By: by.Name}
		r.take(tx, in)
		tx.Record(r.entry(s, "Peringatan untuk %s ditulis.", in))
		return insertRule(tx, r)
	})
	return r, err
}

func (r Rule) entry(s *monitoring.Sweep, say string, what any) store.Entry {
	return store.Entry{Kind: "alert-rule", ID: r.ID, Centre: r.Centre, Say: fail.Say(say, nameOf(s, r.Indicator)), What: what}
}

func nameOf(s *monitoring.Sweep, key string) string {
	if i, ok := s.Named(key); ok {
		return i.Name
	}
	return key
}

// ReviseAlert writes a rule anew. Tasks that are open keep the threshold that they were made with.
func (d *Desk) ReviseAlert(ctx context.Context, by who.Asker, rule id.ID, version int64, in NewAlert) (r Rule, err error) {
	err = d.store.Write(ctx, by, editAlert, func(tx *store.Tx) error {
		if r, err = ruleByID(tx, rule); err != nil {
			return err
		}
		if version > 0 && version != r.Version {
			return fail.Stale
		}
		s, err := d.figures.Sweep(tx)
		if err != nil {
			return err
		}
		if err := mayAlert(s, in); err != nil {
			return err
		}
		r.take(tx, in)
		tx.Record(r.entry(s, "Peringatan untuk %s diubah.", in))
		return keepRule(tx, &r)
	})
	return r, err
}

// Switch turns a rule on or off.
type Switch struct {
	To string `json:"to" required:"true" enum:"active,stopped"`
}

// SwitchAlert turns a rule on or off. Open tasks stay as they are.
func (d *Desk) SwitchAlert(ctx context.Context, by who.Asker, rule id.ID, version int64, in Switch) (r Rule, err error) {
	err = d.store.Write(ctx, by, moveAlert, func(tx *store.Tx) error {
		if r, err = ruleByID(tx, rule); err != nil {
			return err
		}
		if version > 0 && version != r.Version {
			return fail.Stale
		}
		s, err := d.figures.Sweep(tx)
		if err != nil {
			return err
		}
		say := "Peringatan untuk %s dinyalakan."
		if r.State = in.To; in.To == Stopped {
			say = "Peringatan untuk %s dimatikan."
		}
		tx.Record(r.entry(s, say, in))
		return keepRule(tx, &r)
	})
	return r, err
}

// Choices are the figures and institutions that a rule or a report may name.
type Choices struct {
	Figures []monitoring.Indicator
	Centres []centre.Centre
}

// Named finds a figure of the choices.
func (c Choices) Named(key string) (monitoring.Indicator, bool) {
	for _, i := range c.Figures {
		if i.Key == key {
			return i, true
		}
	}
	return monitoring.Indicator{}, false
}

// Place names an institution of the choices; "" for the province.
func (c Choices) Place(at id.ID) string {
	for _, one := range c.Centres {
		if one.ID == at {
			return one.Name
		}
	}
	return ""
}

func (d *Desk) choices(tx *store.Tx) (Choices, error) {
	s, err := d.figures.Sweep(tx)
	if err != nil {
		return Choices{}, err
	}
	return Choices{s.All(), s.Centres}, nil
}

// Rules lists the rules, the newest first: an office has some dozens.
func (d *Desk) Rules(ctx context.Context, by who.Asker, before id.ID, limit int64) (all []Rule, c Choices, err error) {
	err = d.store.Read(ctx, by, lookRules, func(tx *store.Tx) error {
		if all, err = rulesNewest(tx, before, limit); err != nil {
			return err
		}
		c, err = d.choices(tx)
		return err
	})
	return all, c, err
}

// RuleFor gives a rule to who keeps figures, or the choices for a new one (0).
func (d *Desk) RuleFor(ctx context.Context, by who.Asker, rule id.ID) (r Rule, c Choices, err error) {
	err = d.store.Read(ctx, by, setAlert, func(tx *store.Tx) error {
		if rule != 0 {
			if r, err = ruleByID(tx, rule); err != nil {
				return err
			}
		}
		c, err = d.choices(tx)
		return err
	})
	return r, c, err
}

// openKey is what two open tasks never share.
func openKey(rule, at id.ID) string {
	return strconv.FormatInt(int64(rule), 10) + "/" + strconv.FormatInt(int64(at), 10)
}
