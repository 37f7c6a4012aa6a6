package access

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

// Opening is one person's file opened in an emergency by somebody who otherwise may not see it: for reading, for some
// hours, with a reason, before everybody's eyes. Nothing of it is law: that it exists and how it is bound is a decision
// of the product (docs/decisions/017-break-glass.md).
type Opening struct {
	ID            id.ID
	Version       int64
	User          id.ID
	Login         string
	Address, Name string // of who opened
	Role          string
	Person        id.ID
	Kind, Reason  string
	At, Until     time.Time
	Ended         time.Time // before its time; zero when not
	State         string
}

// The states of an opening on its way through the review.
const (
	Waiting   = "waiting"
	Asked     = "asked"    // the reviewer wants to know more
	Answered  = "answered" // and who opened has said it
	Fair      = "fair"
	Violation = "violation"
)

// Spoken is who opened: "Bu Sari Wulandari".
func (o Opening) Spoken() string { return strings.TrimSpace(o.Address + " " + o.Name) }

// Holds tells whether the file is open at a moment.
func (o Opening) Holds(now time.Time) bool { return o.Ended.IsZero() && now.Before(o.Until) }

// Judged tells whether the review is over.
func (o Opening) Judged() bool { return o.State == Fair || o.State == Violation }

// Post is the role of who opened, as it is now.
func (o Opening) Post() Role {
	r, _ := RoleOf(o.Role)
	return r
}

// Why is the kind of emergency with its name.
func (o Opening) Why() law.Named {
	n, _ := law.Find(law.Standard.On(clock.DayOf(o.At)).OpeningKinds, o.Kind)
	return n
}

// Wanted names the one person whose file is wanted: by NIK, or by centre, whole name and year of birth.
type Wanted struct {
	NIK    string `json:"nik" maxLength:"40"`
	Centre id.ID  `json:"centre"`
	Name   string `json:"name" maxLength:"200"`
	Year   int64  `json:"year" minimum:"1850" maximum:"2200"`
}

// NewOpening is what an opening needs: whose file, and why.
type NewOpening struct {
	NIK    string `json:"nik" maxLength:"40"`
	Centre id.ID  `json:"centre"`
	Name   string `json:"name" maxLength:"200"`
	Year   int64  `json:"year" minimum:"1850" maximum:"2200"`
	Kind   string `json:"kind" maxLength:"40"`
	Reason string `json:"reason" maxLength:"1000"`
}

func (n NewOpening) wanted() Wanted { return Wanted{n.NIK, n.Centre, n.Name, n.Year} }

// Meant is who was found for what was wanted; the desk of persons tells it (wired in cmd).
type Meant struct {
	Person     id.ID
	Centres    []id.ID
	Restricted bool
	Yours      bool // the asker may open the file anyway
}

var (
	openFile  = store.NewSystemAct("emergency.open", who.OpenEmergency)
	checkFile = store.NewSystemAct("emergency.check", who.OpenEmergency)
	tellWhy   = store.NewSystemAct("emergency.answer", who.SignedIn)
	seeOwn    = store.NewSystemAct("emergency.own", who.SignedIn)
)

const (
	leastReason = 20 // letters: a word alone explains nothing
	nikDigits   = 16
	mostSought  = 20 // looks for a file, by a user in a day: who knows whom they need finds them sooner
)

func mayWant(f *fail.Fields, w Wanted) Wanted {
	w.NIK, w.Name = strings.ReplaceAll(strings.TrimSpace(w.NIK), " ", ""), strings.TrimSpace(w.Name)
	switch {
	case w.NIK == "" && w.Name == "":
		f.Add("nik", "required", "Tulis NIK, atau UPT dengan nama lengkap dan tahun lahir.")
	case w.NIK != "" && (len(w.NIK) != nikDigits || strings.Trim(w.NIK, "0123456789") != ""):
		f.Add("nik", "shape", "Tulis NIK selengkapnya, 16 angka.")
	case w.NIK == "" && w.Centre == 0:
		f.Add("centre", "required", "Pilih UPT tempat orang ini tercatat.")
	}
	return w
}

// mayOpen asks for one person and for a reason in words.
func mayOpen(n NewOpening, today clock.Day) (NewOpening, error) {
	var f fail.Fields
	w := mayWant(&f, n.wanted())
	n.NIK, n.Name, n.Reason = w.NIK, w.Name, strings.TrimSpace(n.Reason)
	if !law.Has(law.Standard.On(today).OpeningKinds, n.Kind) {
		f.Add("kind", "required", "Pilih keadaan daruratnya.")
	}
	if utf8.RuneCountInString(n.Reason) < leastReason {
		f.Add("reason", "short", "Tulis apa yang terjadi, paling sedikit %d huruf. Penelaah membacanya.", leastReason)
	}
	return n, f.Err()
}

var errNobody = fail.Bad("nik", "unknown", "Tidak ada satu berkas yang cocok. Periksa angka atau ejaannya, atau tanyakan kepada UPT-nya.")

// Check tells whether there is one file that is meant, and no more. A restricted person gives no hint. Each look counts
// and is on record, so that nobody tries numbers.
func (d *Desk) Check(ctx context.Context, by who.Asker, w Wanted) (there, yours bool, err error) {
	var f fail.Fields
	if w = mayWant(&f, w); f.Err() != nil {
		return false, false, f.Err()
	}
	m, err := d.seek(ctx, by, w)
	if errors.Is(err, fail.NotFound) {
		return false, false, nil
	}
	return err == nil && (m.Yours || !m.Restricted), m.Yours, err
}

// seek counts and records a look, then looks.
func (d *Desk) seek(ctx context.Context, by who.Asker, w Wanted) (Meant, error) {
	look := by
	look.Key, look.Print = "", "" // the key is that of the opening
	err := d.store.Write(ctx, look, checkFile, func(tx *store.Tx) error {
		if _, err := store.Exec(tx, holdUser, by.User); err != nil {
			return err
		}
		n, err := store.One(tx, triesSince, store.Int, by.User, dayBegan(tx))
		if err != nil {
			return err
		}
		if n >= mostSought {
			return fail.Broken("emergency-sought", "Anda sudah mencari %d kali hari ini. Hubungi UPT-nya atau Pengawas.", mostSought)
		}
		_, err = store.Exec(tx, noteTry, by.User, tx.Latest().UnixMilli())
		tx.Record(store.Entry{Kind: "user", ID: by.User, Say: fail.Say("Mencari sebuah berkas untuk akses darurat.")})
		return err
	})
	if err != nil {
		return Meant{}, err
	}
	if d.Meant == nil {
		return Meant{}, fail.NotFound
	}
	return d.Meant(ctx, by, w)
}

// dayBegan is the beginning of the office's day, which a clock that is set back does not repeat.
func dayBegan(tx *store.Tx) int64 { return clock.DayOf(tx.Latest()).Time().UnixMilli() }

// Open opens one person's file to the asker for the hours that the office has set. The ledger, the heads of the
// centres where the person is and the auditors know of it before the file is shown. yours tells that the asker may see
// this person anyway: then nothing is opened.
func (d *Desk) Open(ctx context.Context, by who.Asker, n NewOpening) (o Opening, yours bool, err error) {
	if n, err = mayOpen(n, clock.DayOf(d.store.Latest())); err != nil {
		return o, false, err
	}
	if err := d.settle(ctx); err != nil {
		return o, false, err
	}
	m, err := d.seek(ctx, by, n.wanted())
	if errors.Is(err, fail.NotFound) {
		return o, false, errNobody
	}
	if err != nil || m.Yours {
		return Opening{Person: m.Person}, err == nil, err
	}
	rule, err := d.Emergency(ctx)
	if err != nil {
		return o, false, err
	}
	o = Opening{ID: id.New(), Version: 1, User: by.User, Person: m.Person, Kind: n.Kind, Reason: n.Reason, State: Waiting}
	by.Via, by.Purpose = "emergency", purposeOf(n)
	err = d.store.Write(ctx, by, openFile, func(tx *store.Tx) error { return open(tx, &o, n, m, rule) })
	return o, false, err
}

// purposeOf is the reason as the ledger keeps it.
func purposeOf(n NewOpening) string {
	kind, _ := law.Find(law.Standard.Latest().OpeningKinds, n.Kind)
	return kind.Name + ": " + n.Reason
}

func open(tx *store.Tx, o *Opening, n NewOpening, m Meant, rule Emergency) error {
	now := tx.Latest()
	if _, err := store.Exec(tx, holdUser, o.User); err != nil { // two at once count each other
		return err
	}
	running, err := store.Each(tx, openingsNow, scanOpening, o.User, now.UnixMilli())
	if err != nil {
		return err
	}
	if at := slices.IndexFunc(running, func(r Opening) bool { return r.Person == o.Person }); at >= 0 {
		return fail.Broken("emergency-open", "Berkas ini sudah terbuka bagi Anda.")
	}
	made, err := store.One(tx, openingsSince, store.Int, o.User, dayBegan(tx))
	if err != nil {
		return err
	}
	if made >= rule.PerDay {
		return fail.Broken("emergency-limit", "Batas %d akses darurat sehari sudah tercapai. Hubungi kepala UPT orang ini atau Pengawas.", rule.PerDay)
	}
	o.At, o.Until = now, now.Add(time.Duration(rule.Hours)*time.Hour)
	by := "name"
	if n.NIK != "" {
		by = "nik"
	}
	if _, err := store.Exec(tx, insertOpening, o.ID, o.User, o.Person, by, o.Kind, o.Reason, o.At.UnixMilli(), o.Until.UnixMilli(), Waiting); err != nil {
		return err
	}
	if err := tellReviewers(tx, *o, m.Centres); err != nil {
		return err
	}
	tx.Saw(o.Person)
	tx.Record(store.Entry{Kind: "opening", ID: o.ID, Person: o.Person, What: map[string]string{"kind": o.Kind, "reason": o.Reason, "by": by},
		Say: fail.Say("Berkas dibuka %s dalam keadaan darurat selama %d jam: %s", tx.By().Name, rule.Hours, o.Reason)})
	return nil
}

// HeadsOf are the users who are heads of an institution on a day, by role or as those who stand in. It reads system tables.
func HeadsOf(tx *store.Tx, at id.ID, on clock.Day) ([]id.ID, error) {
	return store.Each(tx, headsOf, store.IDs, at, on, on, at)
}

// tellReviewers leaves a notice with whoever judges it: the heads of the centres where the person is, whoever covers
// for them, and the auditors.
func tellReviewers(tx *store.Tx, o Opening, centres []id.ID) error {
	told := []id.ID{o.User} // who opened does not judge it
	today := clock.DayOf(tx.Latest())
	all, err := store.Each(tx, auditors, store.IDs)
	if err != nil {
		return err
	}
	for _, c := range centres {
		heads, err := HeadsOf(tx, c, today)
		if err != nil {
			return err
		}
		all = append(all, heads...)
	}
	for _, user := range all {
		if slices.Contains(told, user) {
			continue
		}
		told = append(told, user)
		if err := tell(tx, user, noticeOpened, o.ID); err != nil {
			return err
		}
	}
	return nil
}

// Opened are the files that are open to the asker at this moment.
func (d *Desk) Opened(ctx context.Context, by who.Asker) (all []who.Opening, err error) {
	if !by.May(who.OpenEmergency) {
		return nil, nil
	}
	if err := d.settle(ctx); err != nil {
		return nil, err
	}
	err = d.store.Read(ctx, who.House("access"), keeping, func(tx *store.Tx) error {
		rows, err := store.Each(tx, openingsNow, scanOpening, by.User, tx.Latest().UnixMilli())
		for _, o := range rows {
			all = append(all, who.Opening{ID: o.ID, Person: o.Person, Until: o.Until, Reason: purposeOf(NewOpening{Kind: o.Kind, Reason: o.Reason})})
		}
		return err
	})
	return all, err
}

// Own gives the asker's openings, the newest first, no more than the last fifty, and the centres to choose from.
func (d *Desk) Own(ctx context.Context, by who.Asker) (centres []centre.Centre, all []Opening, err error) {
	err = d.store.Read(ctx, by, seeOwn, func(tx *store.Tx) error {
		if centres, err = centre.All(tx); err != nil {
			return err
		}
		all, err = store.Each(tx, openingsOf, scanOpening, by.User)
		return err
	})
	return centres, all, err
}

// OwnOne gives one of the asker's openings with the steps of its review.
func (d *Desk) OwnOne(ctx context.Context, by who.Asker, opening id.ID) (o Opening, steps []Step, err error) {
	err = d.store.Read(ctx, by, seeOwn, func(tx *store.Tx) error {
		if o, err = ownOpening(tx, opening); err != nil {
			return err
		}
		steps, err = StepsOf(tx, opening)
		return err
	})
	return o, steps, err
}

func ownOpening(tx *store.Tx, opening id.ID) (Opening, error) {
	return store.One(tx, openingOwn, scanOpening, opening, tx.By().User)
}

// Answer says more to who asked about an opening.
func (d *Desk) Answer(ctx context.Context, by who.Asker, opening id.ID, note string) error {
	note = strings.TrimSpace(note)
	return d.store.Write(ctx, by, tellWhy, func(tx *store.Tx) error {
		o, err := ownOpening(tx, opening)
		if err != nil {
			return err
		}
		switch {
		case o.State != Asked:
			return fail.Broken("emergency-not-asked", "Tidak ada pertanyaan yang menunggu jawaban.")
		case utf8.RuneCountInString(note) < leastReason:
			return fail.Bad("note", "short", "Tulis jawabannya, paling sedikit %d huruf.", leastReason)
		}
		steps, err := StepsOf(tx, opening)
		if err != nil {
			return err
		}
		for _, s := range steps[max(0, len(steps)-1):] { // who asked last
			if err := tell(tx, s.User, noticeAnswered, o.ID); err != nil {
				return err
			}
		}
		return step(tx, o, Answered, note, fail.Say("Pertanyaan tentang akses darurat dijawab."))
	})
}
