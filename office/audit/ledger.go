package audit

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
	"tuntas/house/who"
	"tuntas/office/access"
)

// Disclosure is one line of the ledger: who saw the data of how many persons, by which deed and way.
type Disclosure struct {
	ID            id.ID
	At            time.Time
	Login         string
	Address, Name string // of who saw
	Act, Via      string
	Purpose       string
	N             int64 // persons
	Person        id.ID // the first of them whom the asker may see; 0 for none
	Called        string
}

// Spoken is who saw: "Bu Ratna".
func (d Disclosure) Spoken() string { return strings.TrimSpace(d.Address + " " + d.Name) }

// Others is how many besides the one who is named.
func (d Disclosure) Others() int64 {
	if d.Called == "" {
		return d.N
	}
	return d.N - 1
}

// deeds say what was done, by act; others are "melihat data".
var deeds = map[string]string{
	"person.find": "mencari dan menemukan", "person.look": "membuka data diri", "person.enter": "mendaftarkan", "person.hint": "melihat kemungkinan orang yang sama:",
	"case.look": "membuka kasus", "case.list": "melihat daftar kasus dengan", "case.today": "melihat pekerjaan hari ini dengan", "contact.look": "melihat daftar kunjungan dengan",
	"contact.open": "membuka kunjungan", "service.look": "melihat layanan", "bed.look": "melihat papan tempat tidur dengan", "stay.choose": "memilih tempat tidur untuk",
	"figure.open": "membuka daftar di balik angka dengan", "person.export": "mengekspor data", "case.export": "mengekspor kasus", "service.export": "mengekspor layanan",
	"letter.print": "mencetak surat tentang", "letter.list": "melihat daftar surat dengan", "letter.look": "membuka surat tentang",
	"letter.look-draft": "melihat draf surat tentang", "letter.prepare": "menyiapkan surat tentang", "letter.issue": "menerbitkan surat tentang",
	"emergency.open": "membuka dalam keadaan darurat berkas", "emergency.queue": "menelaah akses darurat ke", "emergency.review": "menelaah akses darurat ke",
	"conference.look": "melihat konferensi kasus", "note.look": "melihat catatan perkembangan", "attachment.look": "melihat daftar lampiran",
	"attachment.open": "membuka lampiran", "stay.export": "mengekspor masa tinggal", "draft.look": "melihat draf formulir tentang", "ledger.read": "membaca buku akses dengan", "ledger.extract": "membuka buku akses tentang",
}

// Deed says what was done.
func (d Disclosure) Deed() string {
	if say, ok := deeds[d.Act]; ok {
		return say
	}
	return "melihat data"
}

// Channel is a way by which data were seen: how it is called in a sentence, as a choice, and beside a number.
type Channel struct{ via, say, name, Beside string }

var channels = []Channel{
	{"page", "layar", "Layar", "lewat layar"}, {"print", "cetak", "Cetak", "lewat cetak"}, {"export", "ekspor", "Ekspor", "lewat ekspor"},
	{"file", "lampiran|lewat", "Lampiran|lewat", "lewat lampiran"}, {"api", "sistem lain", "Sistem lain", "lewat program"},
	{"command", "perintah di server", "Perintah di server", "lewat perintah"}, {"emergency", "darurat", "Darurat", "darurat|lewat"},
	{"link", "tautan lembaga", "Tautan lembaga", "lewat tautan"},
}

// ChannelOf gives a way by its key; another one is called as it is.
func ChannelOf(via string) Channel {
	if i := slices.IndexFunc(channels, func(c Channel) bool { return c.via == via }); i >= 0 {
		return channels[i]
	}
	return Channel{via: via, Beside: via}
}

// Channel says by which way.
func (d Disclosure) Channel() string { return ChannelOf(d.Via).say }

// View chooses a part of the ledger.
type View struct {
	Person id.ID  `query:"person"`
	User   string `query:"user" maxLength:"40"` // a login
	Via    string `query:"channel" enum:"page,api,command,export,print,file,emergency,link"`
	// Purpose is a part of the words with which the reason was said.
	Purpose string    `query:"purpose" maxLength:"80"`
	From    clock.Day `query:"from"`
	To      clock.Day `query:"to"`
	After   string    `query:"after" maxLength:"40"`
}

var (
	readLedger = store.NewSystemAct("ledger.read", who.SeeTrail)

	// The extract for the person whom it is about is printed and leaves the house.
	extractLedger = store.NewDisclosure("ledger.extract", who.SeeTrail, store.ByPrint)
)

const (
	usualSpan   = 30  // days that are shown when none are chosen
	longestSpan = 366 // a longer one is asked for year by year
	ledgerPage  = 50
	extractPage = 500 // one print

	// So many lines of the province are looked through for the page of a centre; who wants older ones goes on from there.
	ledgerReach = 10_000
)

// span fills in the days that were not chosen.
func (v View) span(today clock.Day) (View, error) {
	if v.To == "" {
		v.To = today
		if v.From > today {
			v.To = v.From
		}
	}
	if v.From == "" {
		v.From = v.To.Add(-usualSpan)
	}
	switch {
	case v.To < v.From:
		return v, fail.Bad("to", "order", "Tanggal akhir lebih awal dari tanggal awal.")
	case v.To.Sub(v.From) > longestSpan:
		return v, fail.Bad("from", "span", "Pilih rentang paling lama setahun.")
	}
	return v, nil
}

// cut is where a page begins: after the line with this moment and id.
func (v View) cut() (at int64, after id.ID, err error) {
	end := v.To.Add(1).Time().UnixMilli() - 1
	if v.After == "" {
		return end, id.Last, nil
	}
	last, ok := id.ParseMark(v.After)
	if !ok {
		return 0, 0, fail.WrongCursor
	}
	return min(last.At, end), last.ID, nil
}

// Ledger gives one page of who saw whom, the newest first; next is the cursor, "" at the end. v comes back with the
// days that are shown. The head of a centre reads of the persons of the centre.
func (d *Desk) Ledger(ctx context.Context, by who.Asker, v View) (_ View, lines []Disclosure, next string, err error) {
	if v, err = v.span(d.store.Today()); err != nil {
		return v, nil, "", err
	}
	err = d.store.Read(ctx, by, readLedger, func(tx *store.Tx) error {
		var user id.ID
		if v.User != "" {
			if user, err = access.IDOfLogin(tx, strings.ToLower(strings.TrimSpace(v.User))); errors.Is(err, fail.NotFound) {
				return fail.Bad("user", "unknown", "Nama masuk %s tidak dikenal.", v.User)
			} else if err != nil {
				return err
			}
		}
		lines, next, err = d.lines(tx, v, user, ledgerPage)
		return err
	})
	return v, lines, next, err
}

func (d *Desk) lines(tx *store.Tx, v View, user id.ID, most int) (lines []Disclosure, next string, err error) {
	at, after, err := v.cut()
	if err != nil {
		return nil, "", err
	}
	from := v.From.Time().UnixMilli()
	edge := ""
	purpose := like(v.Purpose)
	narrow := func(st *store.Stmt) *store.Query {
		return st.With(user != 0, byUser, user).With(v.Via != "", byVia, v.Via)
	}
	if v.Person == 0 && (!tx.By().Scope.All || purpose != "") { // no index finds a part of some words
		far, err := store.Each(tx, narrow(ledgerEdge), store.Int, from, at, at, after, d.reach)
		if err != nil {
			return nil, "", err
		}
		if len(far) > 0 {
			from, edge = far[0], id.Mark{At: far[0], ID: 1}.String() // whatever is older than this moment
		}
	}
	asked, args := ledgerBefore, []any{from, at, at, after, most + 1}
	if v.Person != 0 {
		asked, args = ledgerOfPerson, append([]any{v.Person}, args...)
	}
	lines, err = store.Each(tx, narrow(asked).With(purpose != "", byPurpose, purpose), scanDisclosure, args...)
	if err != nil || len(lines) == 0 {
		return lines, edge, err
	}
	if next = edge; len(lines) > most {
		lines = lines[:most]
		next = id.Mark{At: lines[most-1].At.UnixMilli(), ID: lines[most-1].ID}.String()
	}
	return lines, next, d.nameThem(tx, lines)
}

// like is a pattern for what was typed; "" for nothing.
func like(typed string) string {
	plain := strings.ToLower(strings.TrimSpace(strings.NewReplacer(`%`, ``, `_`, ``).Replace(typed)))
	if plain == "" {
		return ""
	}
	return "%" + plain + "%"
}

// nameThem calls the persons by their names, for those who may see persons.
func (d *Desk) nameThem(tx *store.Tx, lines []Disclosure) error {
	if !tx.By().May(who.SeePerson) || d.Called == nil {
		return nil
	}
	var persons []id.ID
	for _, l := range lines {
		if l.Person != 0 {
			persons = append(persons, l.Person)
		}
	}
	names, err := d.Called(tx, persons)
	for i, l := range lines {
		lines[i].Called = names[l.Person]
		if lines[i].Called != "" {
			tx.Saw(l.Person)
		}
	}
	return err
}

// Extract is the ledger of one person, for that person: who saw these data, how and when.
func (d *Desk) Extract(ctx context.Context, by who.Asker, v View) (_ View, called string, lines []Disclosure, next string, err error) {
	if v.From == "" && v.To == "" {
		v.From = d.store.Today().AddMonths(-12)
	}
	if v, err = v.span(d.store.Today()); err != nil {
		return v, "", nil, "", err
	}
	err = d.store.Read(ctx, by, extractLedger, func(tx *store.Tx) error {
		if !by.May(who.SeePerson) {
			return fail.Denied
		}
		if d.Called == nil {
			return fail.NotFound
		}
		names, err := d.Called(tx, []id.ID{v.Person})
		if called = names[v.Person]; err == nil && called == "" {
			return fail.NotFound
		}
		if err != nil {
			return err
		}
		tx.Saw(v.Person)
		lines, next, err = d.lines(tx, v, 0, extractPage)
		return err
	})
	return v, called, lines, next, err
}
