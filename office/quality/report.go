package quality

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/monitoring"
	"tuntas/office/notice"
)

var (
	lookOrders = store.NewSystemAct("report.orders", who.SeeFigures)
	setOrder   = store.NewSystemAct("report.order", who.SeeFigures)
	moveOrder  = store.NewSystemAct("report.switch", who.SeeFigures)
	findDue    = store.NewSystemAct("report.due", who.Anyone)
	sendOrder  = store.NewSystemAct("report.send", who.Anyone)
	readReport = store.NewAct("report.read", who.SeeFigures)
)

// The rhythms of a report.
const (
	Weekly  = "weekly"
	Monthly = "monthly"
)

// mostFigures is how many figures a report holds, and mostOrders how many reports a user may have: an e-mail is read.
const (
	mostFigures = 12
	mostOrders  = 20
)

// Order is a report that a user wants by e-mail: which figures, of where, when.
type Order struct {
	ID      id.ID
	Version int64
	User    id.ID
	Name    string
	Figures []string
	Centre  id.ID // 0: all that the user sees
	Rhythm  string
	Day     int64 // 1 is Monday, or the day of the month
	Hour    int64
	State   string
	Site    string
	NextAt  time.Time
	MadeOn  clock.Day
}

// NewOrder is a report as it is wanted.
type NewOrder struct {
	Name    string   `json:"name" required:"true" maxLength:"80" ask:"Beri nama laporannya."`
	Figures []string `json:"figures" required:"true" ask:"Pilih paling sedikit satu indikator."`
	Centre  id.ID    `json:"centre_id,omitempty"`
	Rhythm  string   `json:"rhythm" required:"true" enum:"weekly,monthly" ask:"Pilih seberapa sering."`
	Weekday int64    `json:"weekday,omitempty" minimum:"1" maximum:"7"`
	Day     int64    `json:"day,omitempty" minimum:"1" maximum:"28"`
	Hour    int64    `json:"hour" required:"true" minimum:"0" maximum:"23" ask:"Pilih jamnya."`
}

// mayOrder holds that a report has figures that count, a place that the user sees, and a day.
func mayOrder(by who.Asker, c Choices, in NewOrder) error {
	var f fail.Fields
	switch {
	case len(in.Figures) == 0:
		f.Add("figures", "required", "Pilih paling sedikit satu indikator.")
	case len(in.Figures) > mostFigures:
		f.Add("figures", "maximum", "Paling banyak %d indikator.", mostFigures)
	}
	for _, key := range in.Figures {
		if _, ok := c.Named(key); !ok {
			f.Add("figures", "choice", "Indikator ini tidak ada.")
			break
		}
	}
	if in.Centre != 0 && (c.Place(in.Centre) == "" || !by.Whole().Has(in.Centre)) {
		f.Add("centre_id", "choice", "UPT ini tidak ada.")
	}
	if in.Rhythm == Weekly && in.Weekday == 0 {
		f.Add("weekday", "required", "Pilih harinya.")
	}
	if in.Rhythm == Monthly && in.Day == 0 {
		f.Add("day", "required", "Tulis tanggalnya, 1 sampai 28.")
	}
	return f.Err()
}

// Next is the first moment after another at which the report is due. However long the server was down, one is due.
func (o Order) Next(after time.Time) time.Time {
	day := clock.DayOf(after)
	for {
		at := day.Time().Add(time.Duration(o.Hour) * time.Hour)
		if o.on(day) && at.After(after) {
			return at
		}
		day = day.Add(1)
	}
}

func (o Order) on(day clock.Day) bool {
	if o.Rhythm == Monthly {
		return int64(day.Time().In(clock.WIB).Day()) == o.Day
	}
	return (int64(day.Time().In(clock.WIB).Weekday())+6)%7+1 == o.Day
}

// OrderReport keeps a report for the asker. site is the address of the server as the asker reaches it.
func (d *Desk) OrderReport(ctx context.Context, by who.Asker, site string, in NewOrder) (o Order, err error) {
	err = d.store.Write(ctx, by, setOrder, func(tx *store.Tx) error {
		c, err := d.choices(tx)
		if err != nil {
			return err
		}
		if err := mayOrder(by, c, in); err != nil {
			return err
		}
		held, err := ordersOf(tx, by.User)
		if err != nil {
			return err
		}
		if len(held) >= mostOrders {
			return fail.Broken("reports-many", "Paling banyak %d laporan terjadwal. Hentikan dulu salah satunya.", mostOrders)
		}
		o = Order{ID: id.New(), Version: 1, User: by.User, Name: in.Name, Figures: unique(in.Figures), Centre: in.Centre, Rhythm: in.Rhythm, Day: in.Weekday, Hour: in.Hour, State: Active, Site: site, MadeOn: tx.Today()}
		if in.Rhythm == Monthly {
			o.Day = in.Day
		}
		o.NextAt = o.Next(tx.Now())
		tx.Record(store.Entry{Kind: "report-order", ID: o.ID, Say: fail.Say("Laporan terjadwal %s dipesan.", o.Name), What: in})
		return insertOrder(tx, o)
	})
	return o, err
}

// SwitchReport stops a report of the asker, or lets it begin again: what was missed meanwhile is not sent.
func (d *Desk) SwitchReport(ctx context.Context, by who.Asker, order id.ID, version int64, in Switch) (o Order, err error) {
	err = d.store.Write(ctx, by, moveOrder, func(tx *store.Tx) error {
		if o, err = orderByID(tx, order, by.User); err != nil {
			return err
		}
		if version > 0 && version != o.Version {
			return fail.Stale
		}
		o.State, o.NextAt = in.To, o.Next(tx.Now())
		say := "Laporan terjadwal %s dijalankan lagi."
		if in.To == Stopped {
			say = "Laporan terjadwal %s dihentikan."
		}
		tx.Record(store.Entry{Kind: "report-order", ID: o.ID, Say: fail.Say(say, o.Name), What: in})
		return keepOrder(tx, &o)
	})
	return o, err
}

// Desktop is what the page of reports shows: the asker's reports, the last copies, the address, and the choices.
type Desktop struct {
	Orders  []Order
	Copies  []Copy
	Address notice.Address
	Choices
}

// Reports gives the reports of the asker with their last copies.
func (d *Desk) Reports(ctx context.Context, by who.Asker) (p Desktop, err error) {
	err = d.store.Read(ctx, by, lookOrders, func(tx *store.Tx) error {
		p = Desktop{}
		if p.Orders, err = ordersOf(tx, by.User); err != nil {
			return err
		}
		if p.Copies, err = copiesOf(tx, by.User); err != nil {
			return err
		}
		if p.Address, err = notice.AddressOf(tx, by.User); err != nil && !errors.Is(err, fail.NotFound) {
			return err
		}
		p.Choices, err = d.choices(tx)
		return err
	})
	return p, err
}

// Copy is a report as it was written.
type Copy struct {
	ID, Order     id.ID
	DueAt, MadeAt time.Time
	Email         string
	Subject, Body string
}

// CopyOf gives a copy of the asker's own.
func (d *Desk) CopyOf(ctx context.Context, by who.Asker, sent id.ID) (c Copy, err error) {
	err = d.store.Read(ctx, by, lookOrders, func(tx *store.Tx) error {
		c, err = copyByID(tx, sent, by.User)
		return err
	})
	return c, err
}

// dueBatch is how many reports are written between two looks at what is due.
const dueBatch = 50

// SendDue writes every report that is due, each once for its moment however many instances are at work: in one transaction
// the copy is kept, the next moment is set and the e-mail goes to the outbox. What was missed is sent once.
func (d *Desk) SendDue(ctx context.Context) error {
	for {
		var all []Order
		err := d.store.Read(ctx, who.House("reports"), findDue, func(tx *store.Tx) (err error) {
			all, err = ordersDue(tx, tx.Now(), dueBatch)
			return err
		})
		if err != nil || len(all) == 0 {
			return err
		}
		for _, o := range all {
			if err := d.send(ctx, o); err != nil {
				return err
			}
		}
		if len(all) < dueBatch {
			return nil
		}
	}
}

// send writes one report with the rights that its reader has now. Who may no longer see the figures gets none, and the
// report ends.
func (d *Desk) send(ctx context.Context, o Order) error {
	by, err := d.access.AskerOf(ctx, o.User)
	var lines []figureLine
	if err == nil {
		lines, err = d.reportLines(ctx, by, o)
	}
	ended := errors.Is(err, fail.NotFound) || errors.Is(err, fail.Denied)
	if err != nil && !ended {
		return err
	}
	return d.store.Write(ctx, who.House("reports"), sendOrder, func(tx *store.Tx) error {
		due := o.NextAt
		next := o
		if next.NextAt = o.Next(tx.Now()); ended {
			next.State = Stopped
		}
		tx.Record(store.Entry{Kind: "report-order", ID: o.ID, Say: fail.Say("Laporan terjadwal %s disiapkan.", o.Name)})
		mine, err := passOrder(tx, next, due)
		if err != nil || !mine || ended { // another instance was faster, or nobody reads it any more
			return err
		}
		to, err := notice.AddressOf(tx, o.User)
		if err != nil {
			return err
		}
		if d.partners.Site != "" {
			o.Site = d.partners.Site
		}
		c := Copy{ID: id.New(), Order: o.ID, DueAt: due, MadeAt: tx.Now(), Email: to.Email}
		c.Subject, c.Body = o.letter(text.LangOf(to.Lang), lines, tx.Now())
		if err := insertCopy(tx, o.User, c); err != nil || c.Email == "" {
			return err
		}
		return d.partners.Mail(tx, c.Email, c.Subject, c.Body)
	})
}

// figureLine is a figure of a report.
type figureLine struct {
	monitoring.Indicator
	Now, Before monitoring.Value
	Target      *monitoring.Target
	Span        monitoring.Span
	Place       string
}

// reportLines reckons the figures of a report as its reader may see them.
func (d *Desk) reportLines(ctx context.Context, by who.Asker, o Order) (all []figureLine, err error) {
	at := o.Centre
	if at == 0 {
		at = by.Whole().Only()
	}
	if at != 0 && !by.Whole().Has(at) {
		return nil, fail.NotFound
	}
	err = d.store.Read(ctx, by, readReport, func(tx *store.Tx) error {
		all = nil
		s, err := d.figures.Sweep(tx)
		if err != nil {
			return err
		}
		now := monitoring.SpanOf("", "", 0, tx.Today())
		past := monitoring.Span{From: now.From.AddMonths(-12), To: now.To.AddMonths(-12)}
		var wanted []monitoring.Indicator
		for _, key := range o.Figures {
			if i, ok := s.Named(key); ok {
				wanted = append(wanted, i)
			}
		}
		for _, span := range []monitoring.Span{now, past} {
			if err := s.Ahead(wanted, span); err != nil {
				return err
			}
		}
		for _, i := range wanted {
			one := figureLine{Indicator: i, Span: now, Place: placeOf(s, at)}
			one.Span.Centre = at
			v, err := s.Of(i, now)
			if err != nil {
				return err
			}
			before, err := s.Of(i, past)
			if err != nil {
				return err
			}
			one.Now, one.Before = v[at], before[at]
			if one.Target, err = s.Target(i.Key, at, now.To); err != nil {
				return err
			}
			all = append(all, one)
		}
		return nil
	})
	return all, err
}

// letter writes a report: numbers and links, nobody's name.
func (o Order) letter(l text.Lang, lines []figureLine, now time.Time) (subject, body string) {
	var b strings.Builder
	place := text.T(l, "Seluruh provinsi")
	for _, one := range lines {
		if one.Place != "" {
			place = one.Place
		}
	}
	b.WriteString(o.Name + "\n" + place + "\n")
	if len(lines) > 0 {
		b.WriteString(text.DayShort(l, lines[0].Span.From) + " – " + text.DayShort(l, lines[0].Span.To) + ". ")
	}
	b.WriteString(text.T(l, "Angka per %s.", text.Moment(l, now)) + "\n\n")
	for _, one := range lines {
		b.WriteString(one.says(l) + "\n" + o.Site + "/indicators/" + one.Key + "?" + one.Span.Query() + "\n\n")
	}
	b.WriteString(text.T(l, "Ubah atau hentikan laporan ini: %s", o.Site+"/reports/scheduled") + "\n")
	return text.T(l, "%s: angka %s", o.Name, text.DayShort(l, clock.DayOf(now))), b.String()
}

// says writes a figure on one line: what it is, of what, its target, and how it moved in a year.
func (f figureLine) says(l text.Lang) string {
	s := f.In(string(l)) + ": " + f.Say(l, f.Now)
	if of := f.Of(l, f.Now); of != "" {
		s += " (" + of + ")"
	}
	if f.Target != nil {
		s += text.T(l, ", target %s", f.Number(l, f.Target.Value()))
	}
	if c := f.Change(l, f.Now, f.Before); c.Word != "" {
		s += text.T(l, ", %s dari setahun lalu", c.Word)
	}
	return s
}

// unique keeps each key once, where it first stands.
func unique(keys []string) (all []string) {
	for _, k := range keys {
		if !slices.Contains(all, k) {
			all = append(all, k)
		}
	}
	return all
}
