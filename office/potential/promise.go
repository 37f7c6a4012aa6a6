package potential

import (
	"context"
	"errors"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
)

// The states of a promise.
const (
	Promised  = "promised"
	Delivered = "delivered"
	Used      = "used"
	Thanked   = "thanked"
	Refused   = "refused"   // sent back by the institution: nobody broke a promise
	Withdrawn = "withdrawn" // taken back by who promised
)

// How a promise was kept, as the figures count it by the day on which it was due.
const (
	keptOpen   = "awaited"
	keptInTime = "kept"
	keptLate   = "late"
	keptBroken = "taken_back"
	keptNone   = "none" // sent back: counted nowhere
)

// moves is the table of legal moves. What is not here is refused.
var moves = map[string][]string{
	Promised:  {Delivered, Refused, Withdrawn},
	Delivered: {Used, Refused},
	Used:      {Thanked},
}

// Promise is a part of an offer that is promised to a request, and what became of it.
type Promise struct {
	ID          id.ID
	Version     int64
	Request     id.ID
	Offer       id.ID
	Potential   id.ID
	Centre      id.ID // of the request
	At          string
	Kind, What  string // of the request
	Asked       string
	Giver       string
	Unit        string
	Children    bool
	Quantity    int64
	DueOn       clock.Day
	Supervisor  string
	Note        string
	State, Kept string
	PromisedOn  clock.Day
	DeliveredOn clock.Day
	Delivered   int64
	Used        int64
	Result      string
	Thanks, Why string
	EndedOn     clock.Day
	User        id.ID
	By          string
	RemindedOn  clock.Day
}

// Path is its page.
func (p Promise) Path() string { return "/help-promises/" + p.ID.String() }

// May tells whether a move is legal now.
func (p Promise) May(to string) bool {
	for _, next := range moves[p.State] {
		if next == to {
			return true
		}
	}
	return false
}

// Overdue tells whether it should have come already: by the day itself.
func (p Promise) Overdue(on clock.Day) bool { return p.State == Promised && p.DueOn < on }

// Counts is how much of the offer and of the request it takes up now.
func (p Promise) Counts() int64 {
	switch p.State {
	case Promised:
		return p.Quantity
	case Delivered, Used, Thanked:
		return p.Delivered
	}
	return 0
}

func (p Promise) entry(say string, what any) store.Entry {
	return store.Entry{Kind: "help_promise", ID: p.ID, Centre: p.Centre, Say: fail.Say(say, p.What), What: what}
}

// NewPromise promises a part of an offer to a request.
type NewPromise struct {
	Offer      id.ID     `json:"offer_id" required:"true" ask:"Pilih tawarannya."`
	Quantity   int64     `json:"quantity" required:"true" minimum:"1" maximum:"1000000" ask:"Tulis jumlah yang dijanjikan."`
	DueOn      clock.Day `json:"due_on" required:"true" ask:"Tulis paling lambat kapan."`
	Supervisor string    `json:"supervisor,omitempty" maxLength:"120"`
	Note       string    `json:"note,omitempty" maxLength:"500"`
}

// mayPromise holds that both still stand, that there is enough on both sides, and that whoever meets children has a
// clearance which holds on the day and somebody beside them.
func mayPromise(o Offer, r Request, in NewPromise, today clock.Day) error {
	switch {
	case o.Standing(today) == Expired:
		return fail.Broken("offer-expired", "Tawaran ini sudah lewat masanya. Perpanjang dulu bila masih berlaku.")
	case o.Standing(today) == Closed || o.Potential.State != Active:
		return errOfferClosed
	case r.Standing(today) == Expired:
		return fail.Broken("help-expired", "Permintaan ini sudah lewat masanya. Perpanjang dulu bila masih diperlukan.")
	case r.State == Closed:
		return errRequestClosed
	case o.Kind != r.Kind:
		return fail.Bad("offer_id", "kind", "Jenis tawaran ini berbeda dari yang diminta.")
	}
	var f fail.Fields
	if left := min(o.Left(), r.Left()); in.Quantity > left {
		f.Add("quantity", "left", "Paling banyak %d: sisa tawaran %d, sisa permintaan %d.", left, o.Left(), r.Left())
	}
	switch {
	case in.DueOn < today:
		f.Add("due_on", "past", "Hari ini sudah lewat; tulis hari yang akan datang.")
	case in.DueOn < o.From || in.DueOn > o.Until:
		f.Add("due_on", "range", "Tawaran ini berlaku %s sampai %s.", o.From, o.Until)
	}
	mayMeet(&f, r.Children, o.Potential, in.Supervisor, "due_on", in.DueOn)
	return f.Err()
}

// mayMeet holds the care for children: a clearance that holds on the day, and a supervisor.
func mayMeet(f *fail.Fields, children bool, p Potential, supervisor, field string, on clock.Day) {
	if !children {
		return
	}
	switch {
	case p.Clearance == "":
		f.Add(field, "clearance", "Ada anak di sana: %s belum punya keterangan yang dicatat.", p.Name)
	case !p.Cleared(on):
		f.Add(field, "clearance", "Ada anak di sana: keterangan %s berakhir %s, sebelum hari ini dijanjikan.", p.Name, p.ClearanceUntil)
	}
	if supervisor == "" {
		f.Add("supervisor", "required", "Ada anak di sana: tulis siapa yang mendampingi.")
	}
}

var (
	promise    = store.NewAct("promise.make", who.WritePotential)
	deliver    = store.NewAct("promise.deliver", who.WritePotential)
	use        = store.NewAct("promise.use", who.WritePotential)
	thank      = store.NewAct("promise.thank", who.WritePotential)
	endPromise = store.NewAct("promise.end", who.WritePotential)
)

// Promise promises a part of an offer to a request. However many promise at once, no more is promised than there is, and no
// more than is asked for: the two rows say so themselves.
func (d *Desk) Promise(ctx context.Context, by who.Asker, request id.ID, in NewPromise) (p Promise, err error) {
	err = d.store.Write(ctx, by, promise, func(tx *store.Tx) error {
		r, err := requestByID(tx, request)
		if err != nil {
			return err
		}
		o, err := offerByID(tx, in.Offer)
		if errors.Is(err, fail.NotFound) {
			return fail.Bad("offer_id", "unknown", "Tawaran ini tidak ada.")
		}
		if err != nil {
			return err
		}
		if in.Supervisor == "" {
			in.Supervisor = o.Potential.Supervisor
		}
		if err := mayPromise(o, r, in, tx.Today()); err != nil {
			return err
		}
		p = Promise{ID: id.New(), Version: 1, Request: r.ID, Offer: o.ID, Potential: o.Potential.ID, Centre: r.Centre, At: r.At, Kind: r.Kind, What: o.What, Asked: r.What, Giver: o.Potential.Name,
			Unit: r.Unit, Children: r.Children, Quantity: in.Quantity, DueOn: in.DueOn, Supervisor: in.Supervisor, Note: in.Note, State: Promised, Kept: keptOpen, PromisedOn: tx.Today(),
			User: by.User, By: by.Name}
		if err := take(tx, p, p.Quantity); err != nil {
			return err
		}
		tx.Record(p.entry("Bantuan dijanjikan: %s", in))
		tx.Count(measurePromised, p.Centre, p.PromisedOn, p.Kind, 1)
		tx.Count(measureDue, p.Centre, p.DueOn, p.Kept, 1)
		return insertPromise(tx, p)
	})
	return p, err
}

// Delivery is what came. Less than was promised may come; what is left is free again.
type Delivery struct {
	On       clock.Day `json:"on" required:"true" ask:"Tulis hari bantuan datang."`
	Quantity int64     `json:"quantity" required:"true" minimum:"1" maximum:"1000000" ask:"Tulis jumlah yang datang."`
	Note     string    `json:"note,omitempty" maxLength:"500"`
}

// Deliver writes down what came, with a photo where there is one.
func (d *Desk) Deliver(ctx context.Context, by who.Asker, promise id.ID, version int64, in Delivery, file *upload.File) (p Promise, err error) {
	var photo []byte
	if file != nil {
		if err := d.mayAttach(ctx, by, promise); err != nil { // before anybody looks into the file
			return p, err
		}
		if photo, err = photoOf(ctx, *file); err != nil {
			return p, err
		}
	}
	return d.move(ctx, by, deliver, promise, version, Delivered, in.Note, func(tx *store.Tx, p *Promise) error {
		o, err := offerByID(tx, p.Offer)
		if err != nil {
			return err
		}
		var f fail.Fields
		switch {
		case in.On > tx.Today():
			f.Add("on", "future", "Tanggal %s belum terjadi.", in.On)
		case in.On < p.PromisedOn:
			f.Add("on", "order", "Bantuan dijanjikan %s; tidak dapat datang sebelumnya.", p.PromisedOn)
		}
		if in.Quantity > p.Quantity {
			f.Add("quantity", "promised", "Yang dijanjikan %d. Catat kelebihannya sebagai janji baru.", p.Quantity)
		}
		mayMeet(&f, p.Children && comes(p.Kind), o.Potential, p.Supervisor, "on", in.On)
		if err := f.Err(); err != nil {
			return err
		}
		if err := take(tx, *p, in.Quantity-p.Quantity); err != nil {
			return err
		}
		if err := receive(tx, *p, in.Quantity); err != nil {
			return err
		}
		p.DeliveredOn, p.Delivered = in.On, in.Quantity
		kept := keptInTime
		if in.On > p.DueOn {
			kept = keptLate
		}
		p.counted(tx, kept)
		tx.Record(p.entry("Bantuan datang: %s", in))
		if photo == nil {
			return nil
		}
		return insertPhoto(tx, *p, file.Is, photo)
	})
}

// Use is what the help came to: counted, in the unit of the request or in people.
type Use struct {
	Used   int64  `json:"used" required:"true" minimum:"0" maximum:"1000000" ask:"Tulis berapa yang terpakai atau berapa orang terbantu."`
	Result string `json:"result" required:"true" maxLength:"500" ask:"Tulis hasilnya dengan kata-kata."`
}

// Use writes down what came of it.
func (d *Desk) Use(ctx context.Context, by who.Asker, promise id.ID, version int64, in Use) (Promise, error) {
	return d.move(ctx, by, use, promise, version, Used, in.Result, func(tx *store.Tx, p *Promise) error {
		p.Used, p.Result = in.Used, in.Result
		tx.Record(p.entry("Bantuan dipakai: %s", in))
		return nil
	})
}

// Thanks is how they were thanked.
type Thanks struct {
	Text string `json:"text" required:"true" maxLength:"500" ask:"Tulis bagaimana ucapan terima kasih disampaikan."`
}

// Thank writes down that they were thanked.
func (d *Desk) Thank(ctx context.Context, by who.Asker, promise id.ID, version int64, in Thanks) (Promise, error) {
	return d.move(ctx, by, thank, promise, version, Thanked, in.Text, func(tx *store.Tx, p *Promise) error {
		p.Thanks, p.EndedOn = in.Text, tx.Today()
		tx.Record(p.entry("Terima kasih disampaikan: %s", nil))
		return nil
	})
}

// Ending ends a promise without help: withdrawn by who promised, or refused by the institution.
type Ending struct {
	To     string `json:"to" required:"true" enum:"refused,withdrawn" ask:"Pilih siapa yang membatalkan."`
	Reason string `json:"reason" required:"true" maxLength:"300" ask:"Tulis alasannya."`
}

// End ends a promise; what it took up is free again. One that is sent back counts for nobody, one that is withdrawn is not
// kept.
func (d *Desk) End(ctx context.Context, by who.Asker, promise id.ID, version int64, in Ending) (Promise, error) {
	return d.move(ctx, by, endPromise, promise, version, in.To, in.Reason, func(tx *store.Tx, p *Promise) error {
		if p.State == Delivered {
			if err := receive(tx, *p, -p.Delivered); err != nil {
				return err
			}
		}
		if err := take(tx, *p, -p.Counts()); err != nil {
			return err
		}
		kept := keptBroken
		if in.To == Refused {
			kept = keptNone
		}
		p.counted(tx, kept)
		p.Why, p.EndedOn = in.Reason, tx.Today()
		tx.Record(p.entry("Janji bantuan berakhir: %s", in))
		return nil
	})
}

// counted moves the figure of promises that are due from how it was kept to how it is kept.
func (p *Promise) counted(tx *store.Tx, kept string) {
	if p.Kept != keptNone {
		tx.Count(measureDue, p.Centre, p.DueOn, p.Kept, -1)
	}
	if kept != keptNone {
		tx.Count(measureDue, p.Centre, p.DueOn, kept, 1)
	}
	p.Kept = kept
}

// move is the way of every step of a promise.
func (d *Desk) move(ctx context.Context, by who.Asker, act store.Act, promise id.ID, version int64, to, note string, do func(*store.Tx, *Promise) error) (p Promise, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if p, err = promiseByID(tx, promise); err != nil {
			return err
		}
		if version != 0 && version != p.Version {
			return fail.Stale
		}
		if !p.May(to) {
			return fail.Broken("promise-state", "Janji ini sudah di langkah lain. Muat ulang, lalu lihat apa yang dapat dilakukan.")
		}
		if err := do(tx, &p); err != nil {
			return err
		}
		p.State = to
		if err := keepPromise(tx, &p); err != nil {
			return err
		}
		return addStep(tx, p, note)
	})
	return p, err
}
