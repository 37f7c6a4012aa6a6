package potential

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/person"
)

// Purpose is the consent of the registry on which the potentials of a resident are shown (law/defaults).
const Purpose = "work"

// Work is what a resident can do or makes, offered to employers and buyers: without the name, and only while a consent of
// its own holds.
type Work struct {
	ID         id.ID
	Version    int64
	Person     id.ID
	Called     string
	Centre     id.ID
	At         string
	Consent    id.ID
	Kind       string // skill, product
	Title      string
	Text       string
	Price      string
	Contact    string
	Until      clock.Day
	State      string // shown, ended
	EndedOn    clock.Day
	Why        string
	By         string
	MadeOn     clock.Day
	ConsentEnd clock.Day // its last day or the day of its withdrawal; "" is without end
	Withdrawn  bool
}

// The states of a work.
const (
	Shown = "shown"
	Ended = "ended"
)

// Live tells whether everybody sees it on a day.
func (w Work) Live(on clock.Day) bool {
	return w.State == Shown && w.Until >= on && !w.Withdrawn && (w.ConsentEnd == "" || w.ConsentEnd >= on)
}

// NewWork is a work as it is entered.
type NewWork struct {
	Consent id.ID     `json:"consent_id" required:"true" ask:"Pilih persetujuannya."`
	Kind    string    `json:"kind" required:"true" enum:"skill,product" ask:"Pilih keterampilan atau karya."`
	Title   string    `json:"title" required:"true" maxLength:"120" ask:"Tulis keterampilan atau karyanya."`
	Text    string    `json:"text,omitempty" maxLength:"500"`
	Price   string    `json:"price,omitempty" maxLength:"120"`
	Contact string    `json:"contact" required:"true" maxLength:"120" ask:"Tulis nomor atau alamat panti untuk dihubungi."`
	Until   clock.Day `json:"until" required:"true" ask:"Tulis sampai kapan ditawarkan."`
}

// mayShow holds what is shown without the name: a consent to just this which holds until then, and no word by which the
// person is known. UU 27/2022 Pasal 22: consent is for a purpose.
func mayShow(p person.Person, consents []person.Consent, in NewWork, today clock.Day) error {
	var f fail.Fields
	i := slices.IndexFunc(consents, func(c person.Consent) bool { return c.ID == in.Consent })
	switch {
	case i < 0:
		f.Add("consent_id", "unknown", "Persetujuan ini tidak ada pada orang itu.")
	case consents[i].Purpose != Purpose:
		f.Add("consent_id", "purpose", "Perlu persetujuan untuk menawarkan keterampilan atau karya.")
	case !consents[i].Holds(today):
		f.Add("consent_id", "ended", "Persetujuan ini tidak berlaku lagi.")
	case consents[i].ExpiresOn != "" && in.Until > consents[i].ExpiresOn:
		f.Add("until", "consent", "Persetujuan berakhir %s; pilih hari sebelumnya.", consents[i].ExpiresOn)
	}
	if in.Until < today {
		f.Add("until", "past", "Hari terakhir sudah lewat.")
	} else if in.Until > today.AddMonths(mostMonths) {
		f.Add("until", "far", "Paling lama %d bulan; setelah itu tanyakan lagi.", mostMonths)
	}
	names := namesOf(p)
	for _, t := range []struct{ field, text string }{{"title", in.Title}, {"text", in.Text}, {"price", in.Price}, {"contact", in.Contact}} {
		switch {
		case slices.ContainsFunc(wordsIn(t.text), func(w string) bool { return slices.Contains(names, w) }):
			f.Add(t.field, "name", "Jangan tulis nama orangnya; karya ditawarkan tanpa nama.")
		case t.field != "contact" && digits(t.text) > mostDigits:
			f.Add(t.field, "number", "Jangan tulis nomor telepon atau nomor identitas di sini.")
		}
	}
	if p.Restricted {
		f.Add("consent_id", "restricted", "Data orang ini dirahasiakan; karyanya tidak ditawarkan kepada umum.")
	}
	return f.Err()
}

const (
	mostMonths = 12 // then the person is asked anew; our own caution, no number of the law
	mostDigits = 8  // of one number in a text: a price has fewer, a telephone has more
)

// namesOf are the words of a person's names, but for those that are said of many: Pak, Bu, Mbah.
func namesOf(p person.Person) (all []string) {
	texts := []string{p.Called}
	for _, n := range p.Names {
		texts = append(texts, n.Text)
	}
	for _, w := range wordsIn(strings.Join(texts, " ")) {
		if len(w) > 2 && !slices.Contains([]string{"pak", "bapak", "ibu", "mbah", "mbak", "mas", "dik", "adik", "kakek", "nenek", "tanpa", "nama", "contoh", "bin", "binti"}, w) {
			all = append(all, w)
		}
	}
	return all
}

func wordsIn(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// digits is how long the longest number in a text is, read over blanks, points and hyphens.
func digits(s string) (longest int) {
	n := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			n++
			longest = max(longest, n)
		case r != ' ' && r != '.' && r != '-':
			n = 0
		}
	}
	return longest
}

var (
	showWork = store.NewAct("work.show", who.WritePotential)
	endWork  = store.NewAct("work.end", who.WritePotential)
	lookWork = store.NewAct("work.look", who.SeePotential)
)

func (w Work) entry(say string) store.Entry {
	return store.Entry{Kind: "resident_work", ID: w.ID, Person: w.Person, Centre: w.Centre, Say: fail.Say(say, w.Title)}
}

// ShowWork offers what a resident can do or makes, at the institution at which the asker sees the person.
func (d *Desk) ShowWork(ctx context.Context, by who.Asker, of, at id.ID, in NewWork) (w Work, err error) {
	if !by.May(who.SeePerson) {
		return w, fail.Denied
	}
	err = d.store.Write(ctx, by, showWork, func(tx *store.Tx) error {
		p, err := person.ByID(tx, of)
		if err != nil {
			return err
		}
		if at == 0 {
			if at, err = centreOf(tx, of); err != nil {
				return err
			}
		}
		c, err := centre.Own(tx, at)
		if err != nil {
			return err
		}
		consents, err := person.Consents(tx, of)
		if err != nil {
			return err
		}
		if err := mayShow(p, consents, in, tx.Today()); err != nil {
			return err
		}
		w = Work{ID: id.New(), Version: 1, Person: of, Called: p.Called, Centre: c.ID, At: c.Name, Consent: in.Consent, Kind: in.Kind, Title: in.Title, Text: in.Text, Price: in.Price,
			Contact: in.Contact, Until: in.Until, State: Shown, By: by.Name, MadeOn: tx.Today()}
		tx.Record(w.entry("Karya atau keterampilan ditawarkan: %s"))
		return insertWork(tx, w)
	})
	return w, err
}

// EndWork takes a work down.
func (d *Desk) EndWork(ctx context.Context, by who.Asker, work id.ID, version int64, in Closing) (w Work, err error) {
	err = d.store.Write(ctx, by, endWork, func(tx *store.Tx) error {
		if w, err = workByID(tx, work); err != nil {
			return err
		}
		switch {
		case version != 0 && version != w.Version:
			return fail.Stale
		case w.State != Shown:
			return fail.Broken("work-ended", "Tawaran ini sudah diturunkan.")
		}
		w.State, w.EndedOn, w.Why = Ended, tx.Today(), in.Reason
		tx.Record(w.entry("Karya atau keterampilan tidak ditawarkan lagi: %s"))
		return keepWork(tx, &w)
	})
	return w, err
}

// Works lists what residents offer, as far as the asker sees the people; their names are in it only for who may see persons.
func (d *Desk) Works(ctx context.Context, by who.Asker, after id.ID, limit int64) (all []Work, err error) {
	err = d.store.Read(ctx, by, lookWork, func(tx *store.Tx) error {
		all, err = worksBy(tx, after, limit)
		for i := range all {
			all[i] = seenBy(tx, all[i])
		}
		return err
	})
	return all, err
}

// Work gives one.
func (d *Desk) Work(ctx context.Context, by who.Asker, work id.ID) (w Work, err error) {
	err = d.store.Read(ctx, by, lookWork, func(tx *store.Tx) error {
		w, err = workByID(tx, work)
		w = seenBy(tx, w)
		return err
	})
	return w, err
}

// seenBy writes down that the asker saw the person, or leaves the person out.
func seenBy(tx *store.Tx, w Work) Work {
	if !tx.By().May(who.SeePerson) {
		w.Person, w.Called = 0, ""
		return w
	}
	if w.Person != 0 {
		tx.Saw(w.Person)
	}
	return w
}

// Offering is a person with the consents to offer something.
type Offering struct {
	Person   person.Person
	Centre   id.ID
	Consents []person.Consent
}

// Offering gives what the form of a new work stands on.
func (d *Desk) Offering(ctx context.Context, by who.Asker, of id.ID) (o Offering, err error) {
	if !by.May(who.SeePerson) || !by.May(who.WritePotential) {
		return o, fail.Denied
	}
	err = d.store.Read(ctx, by, lookWork, func(tx *store.Tx) error {
		o = Offering{}
		if o.Person, err = person.ByID(tx, of); err != nil {
			return err
		}
		tx.Saw(of)
		if o.Centre, err = centreOf(tx, of); err != nil {
			return err
		}
		all, err := person.Consents(tx, of)
		for _, c := range all {
			if c.Purpose == Purpose && c.Holds(tx.Today()) {
				o.Consents = append(o.Consents, c)
			}
		}
		return err
	})
	return o, err
}

// PublicWork is a work as everybody may read it.
type PublicWork struct {
	ID      id.ID
	Centre  id.ID
	At      string
	Region  string
	Kind    string
	Title   string
	Text    string
	Price   string
	Contact string
}

// PublicWorks are what residents offer, the newest first.
func (d *Desk) PublicWorks(ctx context.Context, kind string, after id.ID, limit int64) (all []PublicWork, err error) {
	err = d.store.Read(ctx, who.Public(), lookOpen, func(tx *store.Tx) error {
		all, err = publicWorks(tx, kind, after, limit)
		return err
	})
	return all, err
}
