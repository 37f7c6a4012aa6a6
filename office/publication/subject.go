package publication

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/person"
)

var (
	addSubject  = store.NewAct("news.subject", who.WriteNews)
	dropSubject = store.NewAct("news.subject-remove", who.WriteNews)
	endSubject  = store.NewAct("news.consent-withdraw", who.WriteNews)
	endByCode   = store.NewAct("news.consent-code", who.Anyone)
)

// Purpose is the consent of the registry that a story or a photo needs (law/defaults).
const Purpose = "story"

// Channels are where a consent lets something be shown.
var Channels = []string{"site", "social", "print"}

var (
	channelWords = map[string]text.Word{"site": "Situs ini", "social": "Media sosial kantor", "print": "Cetak"}
	giverWords   = map[string]text.Word{"self": "Orangnya sendiri", "parent": "Orang tua|persetujuan", "guardian": "Wali|persetujuan"}
)

// Subject is a person who is named or shown in an article, with the consent to it.
type Subject struct {
	ID          id.ID
	Version     int64
	Article     id.ID
	Centre      id.ID
	Called      string // as the article calls them
	Person      id.ID  // of the registry; 0: somebody from outside
	Consent     id.ID  // of the registry
	GivenBy     string
	Relation    string
	Evidence    string
	GivenOn     clock.Day
	Until       clock.Day
	Channels    []string
	Photo       bool
	WithdrawnAt int64 // milliseconds; 0: not withdrawn
	WithdrawnBy string
	By          string
	EndedThere  clock.Day // when the consent of the registry was withdrawn
}

// Live tells whether the consent stands on a day: not withdrawn, here or in the registry, and not over.
func (s Subject) Live(on clock.Day) bool {
	return s.WithdrawnAt == 0 && s.EndedThere == "" && s.Until >= on
}

// For tells whether the consent covers a channel.
func (s Subject) For(channel string) bool { return slices.Contains(s.Channels, channel) }

// Withdrawn is when it was withdrawn.
func (s Subject) Withdrawn() time.Time { return time.UnixMilli(s.WithdrawnAt) }

// NewSubject is a person of an article. With Consent it rests on a consent of the registry, which says who gave it and
// when; without, the person is from outside and the consent is written down here.
type NewSubject struct {
	Called   string    `json:"called" required:"true" maxLength:"120" ask:"Tulis bagaimana artikel menyebut orang ini."`
	Person   id.ID     `json:"person_id,omitempty"`
	Consent  id.ID     `json:"consent_id,omitempty"`
	Child    string    `json:"child,omitempty" enum:"yes,no"` // of somebody from outside: younger than 18, or not able to decide
	GivenBy  string    `json:"given_by,omitempty" enum:"self,parent,guardian"`
	Relation string    `json:"relation,omitempty" maxLength:"120"`
	Evidence string    `json:"evidence,omitempty" maxLength:"300"`
	GivenOn  clock.Day `json:"given_on,omitempty"`
	Until    clock.Day `json:"until" required:"true" ask:"Tulis sampai kapan persetujuannya berlaku."`
	Channels []string  `json:"channels,omitempty"`
	Photo    bool      `json:"photo,omitempty"`
}

// mostConsent is how long a consent may hold at most before it is asked for anew; our own caution, no number of the law.
const mostConsent = 24 // months

// mayTell holds what the consent of a person in an article needs (UU 27/2022 Pasal 22: for a purpose and provable; Pasal 25:
// a child by parent or guardian; Pasal 26: a person with disability also by the guardian).
func mayTell(in NewSubject, today clock.Day) error {
	var f fail.Fields
	for _, c := range in.Channels {
		if !slices.Contains(Channels, c) {
			f.Add("channels", "choice", "Pilih dari daftar.")
		}
	}
	if !slices.Contains(in.Channels, "site") {
		f.Add("channels", "site", "Persetujuan harus mencakup situs ini.")
	}
	switch {
	case in.Until < today:
		f.Add("until", "past", "Persetujuan ini sudah tidak berlaku.")
	case in.Until > today.AddMonths(mostConsent):
		f.Add("until", "far", "Paling lama %d bulan; setelah itu tanyakan lagi.", mostConsent)
	}
	if in.Consent != 0 {
		return f.Err()
	}
	if in.GivenBy == "" {
		f.Add("given_by", "required", "Pilih siapa yang memberi persetujuan.")
	}
	if in.Child == "" {
		f.Add("child", "required", "Pilih salah satu.")
	}
	if in.Child == "yes" && in.GivenBy == "self" {
		f.Add("given_by", "child", "Untuk anak dan orang yang tidak cakap memutuskan, persetujuan diberikan orang tua atau wali (UU 27/2022 Pasal 25 dan 26).")
	}
	if in.GivenBy != "self" && in.GivenBy != "" && in.Relation == "" {
		f.Add("relation", "required", "Tulis siapa orang tua atau walinya.")
	}
	if in.Evidence == "" {
		f.Add("evidence", "required", "Tulis di mana bukti persetujuannya disimpan.")
	}
	switch {
	case in.GivenOn == "":
		f.Add("given_on", "required", "Tulis tanggal persetujuan.")
	case in.GivenOn > today:
		f.Add("given_on", "future", "Tanggal %s ada di masa depan.", in.GivenOn)
	}
	return f.Err()
}

// fromRegistry reads the consent of the registry that a subject rests on.
func fromRegistry(tx *store.Tx, in NewSubject, s *Subject) error {
	if !tx.By().May(who.SeePerson) {
		return fail.Denied
	}
	p, err := person.ByID(tx, in.Person)
	if err != nil {
		return err
	}
	all, err := person.Consents(tx, p.ID)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.ID != in.Consent || c.Purpose != Purpose {
			continue
		}
		if !c.Holds(tx.Today()) {
			return fail.Bad("consent_id", "over", "Persetujuan ini tidak berlaku lagi.")
		}
		if c.ExpiresOn != "" && in.Until > c.ExpiresOn {
			return fail.Bad("until", "beyond", "Persetujuan di data orang ini hanya berlaku sampai %s.", c.ExpiresOn)
		}
		s.Person, s.Consent, s.GivenBy, s.Relation, s.Evidence, s.GivenOn = p.ID, c.ID, c.GivenBy, c.Relation, c.Evidence, c.GivenOn
		return nil
	}
	return fail.Bad("consent_id", "choice", "Pilih persetujuan dengan tujuan publikasi.")
}

// AddSubject writes down who stands in an article and on whose consent. code withdraws it; it is shown once and kept as a
// hash only.
func (d *Desk) AddSubject(ctx context.Context, by who.Asker, article id.ID, in NewSubject) (s Subject, code string, err error) {
	code = newCode()
	err = d.store.Write(ctx, by, addSubject, func(tx *store.Tx) error {
		a, err := articleByID(tx, article)
		if err != nil {
			return err
		}
		if err := mayEdit(a); err != nil {
			return err
		}
		if err := mayTell(in, tx.Today()); err != nil {
			return err
		}
		s = Subject{ID: id.New(), Version: 1, Article: a.ID, Centre: a.Centre, Called: in.Called, GivenBy: in.GivenBy, Relation: in.Relation, Evidence: in.Evidence,
			GivenOn: in.GivenOn, Until: in.Until, Channels: in.Channels, Photo: in.Photo, By: by.Name}
		if in.Consent != 0 {
			if err := fromRegistry(tx, in, &s); err != nil {
				return err
			}
		}
		tx.Record(store.Entry{Kind: "article", ID: a.ID, Centre: a.Centre, Person: s.Person, Say: fail.Say("Persetujuan untuk artikel dicatat: %s", a.Title), What: in})
		return insertSubject(tx, s, hashOf(code))
	})
	return s, code, err
}

// SubjectOf gives a person of an article in the asker's scope.
func (d *Desk) SubjectOf(ctx context.Context, by who.Asker, subject id.ID) (s Subject, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		s, err = subjectByID(tx, subject)
		return err
	})
	return s, err
}

// RemoveSubject takes a person off the list of an article that is not out.
func (d *Desk) RemoveSubject(ctx context.Context, by who.Asker, subject id.ID) (s Subject, err error) {
	err = d.store.Write(ctx, by, dropSubject, func(tx *store.Tx) error {
		if s, err = subjectByID(tx, subject); err != nil {
			return err
		}
		a, err := articleByID(tx, s.Article)
		if err != nil {
			return err
		}
		if err := mayEdit(a); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "article", ID: a.ID, Centre: a.Centre, Person: s.Person, Say: fail.Say("Orang dihapus dari artikel: %s", a.Title), What: s})
		_, err = store.Exec(tx, removeSubject, s.ID)
		return err
	})
	return s, err
}

// WithdrawSubject ends a consent for somebody who asks the office to; the article is gone with this very commit.
func (d *Desk) WithdrawSubject(ctx context.Context, by who.Asker, subject id.ID, in Reason) (s Subject, err error) {
	err = d.store.Write(ctx, by, endSubject, func(tx *store.Tx) error {
		if s, err = subjectByID(tx, subject); err != nil {
			return err
		}
		a, err := articleByID(tx, s.Article)
		if err != nil {
			return err
		}
		if s.WithdrawnAt != 0 {
			return fail.Broken("consent-withdrawn", "Persetujuan ini sudah ditarik.")
		}
		s.WithdrawnAt, s.WithdrawnBy = tx.Now().UnixMilli(), by.Name
		tx.Record(store.Entry{Kind: "article", ID: a.ID, Centre: a.Centre, Person: s.Person, Say: fail.Say("Persetujuan untuk artikel ditarik: %s", a.Title), What: in})
		_, err = store.Exec(tx, withdrawnSubject, s.WithdrawnAt, s.WithdrawnBy, s.ID)
		return err
	})
	return s, err
}

// ByCode is what somebody types who withdraws with the code they were given.
type ByCode struct {
	Code string `json:"code" required:"true" maxLength:"40" ask:"Tulis kode yang Anda terima."`
}

// WithdrawByCode ends the consent that a code stands for, without an account and without saying why. A code that nobody has
// and one that was used answer alike.
//
// The house does it for whoever holds the code: a visitor sees no row of a consent.
func (d *Desk) WithdrawByCode(ctx context.Context, in ByCode) error {
	return d.store.Write(ctx, who.House("kode"), endByCode, func(tx *store.Tx) error {
		found, err := store.Each(tx, subjectByCode, scanCoded, hashOf(in.Code))
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fail.Bad("code", "unknown", "Kode ini tidak dikenal atau sudah dipakai. Periksa lagi, atau telepon kami.")
		}
		c := found[0]
		if _, err := store.Exec(tx, withdrawnByCode, tx.Now().UnixMilli(), c.ID); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "article", ID: c.Article, Centre: c.Centre, Person: c.Person, Say: fail.Say("Persetujuan untuk artikel ditarik: %s", c.Title)})
		if c.Author != 0 {
			tx.Notify(store.Notice{To: []id.ID{c.Author}, Kind: "news", Say: fail.Say("Persetujuan ditarik, artikel tidak tayang lagi: %s", c.Title), Path: "/news/" + c.Article.String()})
		}
		return nil
	})
}

// coded is what a code leads to.
type coded struct {
	ID, Article, Centre, Person, Author id.ID
	Title                               string
}

const (
	codeLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ" // 32: none is taken for another
	codeLength  = 12                                 // 60 bits: nobody guesses one
)

// newCode makes a code: XXXX-XXXX-XXXX.
func newCode() string {
	var b [codeLength]byte
	_, _ = rand.Read(b[:])
	var out strings.Builder
	for i, c := range b {
		if i > 0 && i%4 == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(codeLetters[c&31])
	}
	return out.String()
}

// hashOf is what is kept of a code, however it was typed.
func hashOf(code string) string {
	plain := strings.Map(func(c rune) rune {
		if strings.ContainsRune(codeLetters, c) {
			return c
		}
		return -1
	}, strings.ToUpper(code))
	sum := sha256.Sum256([]byte("news consent " + plain))
	return hex.EncodeToString(sum[:])
}
