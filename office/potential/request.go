package potential

import (
	"context"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

// Request is what an institution asks the community for. It names nobody whom the institution serves.
type Request struct {
	ID         id.ID
	Version    int64
	Centre     id.ID
	At         string // the name of the institution
	Region     string // its district
	Kind, What string
	Details    string
	Quantity   int64
	Unit       string
	Promised   int64
	Received   int64
	NeededOn   clock.Day
	EndsOn     clock.Day
	Days       string
	From, To   string
	Children   bool // whoever helps meets children
	Public     bool
	Need       id.ID
	Case, Goal id.ID
	State, Why string
	User       id.ID
	By         string
	MadeOn     clock.Day
	RemindedOn clock.Day
}

// Left is what nobody has promised yet.
func (r Request) Left() int64 { return r.Quantity - r.Promised }

// Free is when help is wanted.
func (r Request) Free() Times { return Times{r.Days, r.From, r.To} }

// Path is its page for staff.
func (r Request) Path() string { return "/help-requests/" + r.ID.String() }

// Standing is its state on a day, by the day itself.
func (r Request) Standing(on clock.Day) string {
	switch {
	case r.Received >= r.Quantity:
		return Met
	case r.State != Open:
		return r.State
	case r.EndsOn < on:
		return Expired
	case r.Left() == 0:
		return Full
	}
	return Open
}

// NewRequest is a request as it is entered. It arises from a need of the institution, from the plan of a case or from a goal
// of it, or from neither.
type NewRequest struct {
	Centre   id.ID     `json:"centre_id,omitempty"`
	Need     id.ID     `json:"need_id,omitempty"`
	Case     id.ID     `json:"case_id,omitempty"`
	Goal     id.ID     `json:"goal_id,omitempty"`
	Kind     string    `json:"kind" required:"true" enum:"skill,place,goods,job,time" ask:"Pilih jenis bantuan."`
	What     string    `json:"what" required:"true" maxLength:"160" ask:"Tulis bantuan apa yang diminta."`
	Details  string    `json:"details,omitempty" maxLength:"500"`
	Quantity int64     `json:"quantity" required:"true" minimum:"1" maximum:"1000000" ask:"Tulis jumlahnya."`
	Unit     string    `json:"unit" required:"true" maxLength:"40" ask:"Tulis satuannya."`
	NeededOn clock.Day `json:"needed_on" required:"true" ask:"Tulis kapan diperlukan."`
	Days     []string  `json:"days,omitempty"`
	From     string    `json:"from_time,omitempty" maxLength:"5"`
	To       string    `json:"to_time,omitempty" maxLength:"5"`
	Children bool      `json:"children,omitempty"`
	Public   bool      `json:"public,omitempty"`
}

// mayAsk holds the day ahead, times that can be, and that nothing which arises from somebody's plan is shown to everybody.
func mayAsk(in NewRequest, today clock.Day) error {
	var f fail.Fields
	if in.NeededOn < today {
		f.Add("needed_on", "past", "Hari ini sudah lewat; tulis hari yang akan datang.")
	} else if in.NeededOn > today.AddMonths(24) {
		f.Add("needed_on", "far", "Paling lama dua tahun ke depan.")
	}
	timeFields(&f, Times{strings.Join(in.Days, ","), in.From, in.To})
	if in.Public && (in.Case != 0 || in.Goal != 0) {
		f.Add("public", "person", "Permintaan dari rencana seseorang tidak ditampilkan kepada umum.")
	}
	if in.Goal != 0 && in.Case == 0 {
		f.Add("goal_id", "case", "Sebutkan kasus dari tujuan ini.")
	}
	if in.Need != 0 && in.Case != 0 {
		f.Add("need_id", "both", "Pilih satu asal: kebutuhan UPT atau rencana kasus.")
	}
	return f.Err()
}

// servesChildren tells whether an institution takes children in: then whoever comes there to help meets them.
func servesChildren(c centre.Centre) bool {
	return slices.ContainsFunc(law.Kinds.Latest(), func(k law.Kind) bool { return (k.Cluster == "anak" || k.AgeTo > 0 && k.AgeTo < 18) && c.Serves(k.Key) })
}

// comes tells whether help of a kind brings somebody into the house.
func comes(kind string) bool { return kind == Skill || kind == Time }

func (r Request) entry(say string, what any) store.Entry {
	return store.Entry{Kind: "help_request", ID: r.ID, Centre: r.Centre, Say: fail.Say(say, r.What), What: what}
}

var (
	ask           = store.NewAct("help.ask", who.WritePotential)
	changeRequest = store.NewAct("help.change", who.WritePotential)
	closeRequest  = store.NewAct("help.close", who.WritePotential)
	extendRequest = store.NewAct("help.extend", who.WritePotential)
)

// Ask writes a request down.
func (d *Desk) Ask(ctx context.Context, by who.Asker, in NewRequest) (r Request, err error) {
	err = d.store.Write(ctx, by, ask, func(tx *store.Tx) error {
		in.From, in.To = hourOf(in.From), hourOf(in.To)
		if err := mayAsk(in, tx.Today()); err != nil {
			return err
		}
		c, err := origin(tx, &in)
		if err != nil {
			return err
		}
		r = Request{ID: id.New(), Version: 1, Centre: c.ID, At: c.Name, Region: c.Region, Need: in.Need, Case: in.Case, Goal: in.Goal, State: Open, User: by.User, By: by.Name, MadeOn: tx.Today()}
		r.take(in, c, tx.Today())
		tx.Record(r.entry("Bantuan diminta: %s", map[string]any{"kind": r.Kind, "quantity": r.Quantity, "unit": r.Unit, "needed_on": r.NeededOn, "public": r.Public}))
		return insertRequest(tx, r)
	})
	return r, err
}

func (r *Request) take(in NewRequest, c centre.Centre, today clock.Day) {
	r.Kind, r.What, r.Details, r.Quantity, r.Unit, r.NeededOn, r.Public = in.Kind, in.What, in.Details, in.Quantity, in.Unit, in.NeededOn, in.Public
	r.Days, r.From, r.To = daysOf(in.Days), in.From, in.To
	r.Children = in.Children || comes(in.Kind) && servesChildren(c)
	r.EndsOn = in.NeededOn.Add(law.Potentials.On(today).RequestDays)
}

// ChangeRequest writes a request anew; where it arises from stays.
func (d *Desk) ChangeRequest(ctx context.Context, by who.Asker, request id.ID, version int64, in NewRequest) (r Request, err error) {
	err = d.store.Write(ctx, by, changeRequest, func(tx *store.Tx) error {
		if r, err = requestByID(tx, request); err != nil {
			return err
		}
		in.From, in.To = hourOf(in.From), hourOf(in.To)
		in.Need, in.Case, in.Goal = r.Need, r.Case, r.Goal
		switch {
		case version != 0 && version != r.Version:
			return fail.Stale
		case r.State == Closed:
			return errRequestClosed
		case in.Quantity < r.Promised:
			return fail.Bad("quantity", "promised", "Sudah dijanjikan %d; jumlahnya tidak dapat kurang dari itu.", r.Promised)
		case in.Kind != r.Kind && r.Promised > 0:
			return fail.Bad("kind", "promised", "Sudah ada yang dijanjikan; jenisnya tidak dapat diubah.")
		}
		if err := mayAsk(in, tx.Today()); err != nil {
			return err
		}
		c, err := centre.ByID(tx, r.Centre)
		if err != nil {
			return err
		}
		r.take(in, c, tx.Today())
		r.State, r.RemindedOn = Open, ""
		tx.Record(r.entry("Permintaan bantuan diubah: %s", nil))
		return keepRequest(tx, &r)
	})
	return r, err
}

var errRequestClosed = fail.Broken("help-closed", "Permintaan ini sudah ditutup.")

// Closing says why a request ends before its day.
type Closing struct {
	Reason string `json:"reason" required:"true" maxLength:"300" ask:"Tulis alasannya."`
}

// CloseRequest ends a request; what was promised stays promised.
func (d *Desk) CloseRequest(ctx context.Context, by who.Asker, request id.ID, version int64, in Closing) (r Request, err error) {
	return d.turnRequest(ctx, by, closeRequest, request, version, func(tx *store.Tx, r *Request) {
		r.State, r.Why = Closed, in.Reason
		tx.Record(r.entry("Permintaan bantuan ditutup: %s", in))
	})
}

// ExtendRequest lets a request stand longer, also one that has expired.
func (d *Desk) ExtendRequest(ctx context.Context, by who.Asker, request id.ID, version int64) (r Request, err error) {
	return d.turnRequest(ctx, by, extendRequest, request, version, func(tx *store.Tx, r *Request) {
		r.State, r.RemindedOn = Open, ""
		days := law.Potentials.On(tx.Today()).ExtendDays
		r.EndsOn = max(r.EndsOn, tx.Today()).Add(days)
		if r.NeededOn < tx.Today() {
			r.NeededOn = tx.Today().Add(days)
		}
		tx.Record(r.entry("Permintaan bantuan diperpanjang: %s", map[string]any{"ends_on": r.EndsOn}))
	})
}

func (d *Desk) turnRequest(ctx context.Context, by who.Asker, act store.Act, request id.ID, version int64, turn func(*store.Tx, *Request)) (r Request, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if r, err = requestByID(tx, request); err != nil {
			return err
		}
		switch {
		case version != 0 && version != r.Version:
			return fail.Stale
		case r.State == Closed:
			return errRequestClosed
		}
		turn(tx, &r)
		return keepRequest(tx, &r)
	})
	return r, err
}

// RequestSheet is a request with the offers that fit it and what was promised.
type RequestSheet struct {
	Request
	Promises []Promise
	Fits     []Fit
	CaseSeen bool // the asker may open the case that it arises from
	GoalIs   string
	NeedIs   string
}

// LookRequest gives one request.
func (d *Desk) LookRequest(ctx context.Context, by who.Asker, request id.ID) (s RequestSheet, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		s = RequestSheet{}
		if s.Request, err = requestByID(tx, request); err != nil {
			return err
		}
		if s.Promises, err = promisesOfRequest(tx, request); err != nil {
			return err
		}
		if err := s.from(tx); err != nil {
			return err
		}
		if s.Standing(tx.Today()) != Open {
			return nil
		}
		s.Fits, err = fitting(tx, s.Request)
		return err
	})
	return s, err
}

// fitting are the best offers for a request.
func fitting(tx *store.Tx, r Request) (all []Fit, err error) {
	offers, err := offersServing(tx, r.Region, r.Kind, tx.Today())
	for _, o := range offers {
		if fit, ok := Match(o, r, tx.Today()); ok {
			all = append(all, fit)
		}
	}
	best(all)
	return all[:min(len(all), mostFits)], err
}

// RequestFilter chooses requests.
type RequestFilter struct {
	Show, Kind string // Show: open, past, all
	Centre     id.ID
	After      id.ID
	Limit      int64
}

// Requests lists requests of the asker's reach, with how many there are under the same filter.
func (d *Desk) Requests(ctx context.Context, by who.Asker, f RequestFilter) (all []Request, n int64, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if n, err = countRequests(tx, f); err != nil {
			return err
		}
		all, err = requestsBy(tx, f)
		return err
	})
	return all, n, err
}
