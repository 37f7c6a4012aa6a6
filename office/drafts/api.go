package drafts

import (
	"strings"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/house/web"
)

// Sent is what the script of a page sends: some fields of one form.
type Sent struct {
	Form   string      `json:"form" required:"true" maxLength:"400"`
	Page   string      `json:"page" maxLength:"400"`
	Key    string      `json:"key" maxLength:"200"`
	Base   string      `json:"base" maxLength:"40"`
	Seen   int64       `json:"seen" minimum:"0"`
	Fields []SentField `json:"fields" required:"true"`
}

// SentField is one field of it: several values when several boxes of a name are ticked, none when it was emptied.
type SentField struct {
	Name   string   `json:"name" required:"true" maxLength:"120"`
	Values []string `json:"values" maxLength:"20000"`
	Was    []string `json:"was" maxLength:"20000"`
}

// SavedBody is the answer to it, in words for the page.
type SavedBody struct {
	Said  string `json:"said"`  // what was saved when
	Notes string `json:"notes"` // who else writes, and where answers stand beside each other
}

// Back is where to go after a deed.
type Back struct {
	Next string `json:"next" maxLength:"400"`
}

// Chosen is what somebody picked among answers that stand beside each other.
type Chosen struct {
	Next  string       `json:"next" maxLength:"400"`
	Base  string       `json:"base" maxLength:"40"`
	Seen  int64        `json:"seen" minimum:"0"`
	Picks []ChosenPick `json:"picks" required:"true"`
}

// ChosenPick is one field: the writer whose answer holds, or "record".
type ChosenPick struct {
	Name string `json:"name" required:"true" maxLength:"120"`
	By   string `json:"by" required:"true" maxLength:"20"`
}

// Part chooses one page of the list.
type Part struct {
	After string `query:"after" maxLength:"40"`
	Limit int64  `query:"limit" minimum:"1" maximum:"500"`
}

// cut is where a part begins: after the draft with this moment and id.
func (p Part) cut() (last id.Mark, err error) {
	if p.After == "" {
		return last, nil
	}
	last, ok := id.ParseMark(p.After)
	if !ok {
		return last, fail.WrongCursor
	}
	return last, nil
}

func (l Listed) cursor() string { return id.Mark{At: l.At.UnixMilli(), ID: l.ID}.String() }

// Body is a draft in a list: which form, whose, since when; never what was typed.
type Body struct {
	ID        id.ID     `json:"id"`
	Form      string    `json:"form"`
	Name      string    `json:"name"`
	Page      string    `json:"page"`
	Case      *id.ID    `json:"case_id"`
	Person    *id.ID    `json:"person_id"`
	Fields    int64     `json:"fields"`
	BegunAt   time.Time `json:"begun_at"`
	UpdatedAt time.Time `json:"updated_at"`
	UpdatedBy string    `json:"updated_by"`
	Discarded bool      `json:"discarded"`
}

func bodyOf(l Listed) Body {
	b := Body{ID: l.ID, Form: l.Key, Name: l.Name, Page: l.Page, Fields: l.N, BegunAt: l.Begun, UpdatedAt: l.At, UpdatedBy: l.By, Discarded: l.EndedAt != 0}
	if l.Case != 0 {
		b.Case = &l.Case
	}
	if l.Person != 0 {
		b.Person = &l.Person
	}
	return b
}

func savedBody(r *web.Request, s Saved) SavedBody {
	out := SavedBody{Said: r.Say("Tersimpan sebagai draf %s", hour(r, s.At))}
	switch {
	case s.HeldBy != "":
		out.Notes = r.Say("%s mengambil alih draf ini. Yang Anda tulis tersimpan di sampingnya.", s.HeldBy)
	case len(s.Clashes) > 0 && len(s.Busy) > 0:
		out.Notes = r.Say("%s juga mengisi isian ini. Kedua isian disimpan; muat ulang halaman untuk memilih.", s.Busy[0].By)
	case len(s.Clashes) > 0:
		out.Notes = r.Say("Isian ini juga diisi orang lain. Kedua isian disimpan; muat ulang halaman untuk memilih.")
	case len(s.Busy) > 0:
		out.Notes = r.Say("%s juga sedang menulis di sini.", s.Busy[0].By)
	}
	return out
}

// hour is the time of day as the pages write it, without the zone.
func hour(r *web.Request, at time.Time) string {
	clock, _, _ := strings.Cut(text.Time(r.Lang, at), " ")
	return clock
}
