package participation

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/gate"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/centre"
)

// Beginning is the first question, with what tells a person from a robot: a signed moment, and a field that nobody sees.
type Beginning struct {
	Danger  string `json:"danger" required:"true" enum:"yes,no,unknown" ask:"Pilih salah satu."`
	Region  string `json:"wilayah,omitempty" maxLength:"5"` // where who reports came from: chosen beforehand on the third page; an unknown one is left out
	Stamp   string `json:"stamp" maxLength:"200"`
	Website string `json:"website,omitempty" maxLength:"200"`
}

// What is the second question.
type What struct {
	Category    string `json:"category" required:"true" enum:"person,service,abuse,facility,question,other" ask:"Pilih jenis laporan."`
	Description string `json:"description" required:"true" maxLength:"2000" ask:"Ceritakan apa yang Anda lihat."`
}

// Where is the third; the place in words is what a stranger would need to find it.
type Where struct {
	Region string `json:"region" required:"true" maxLength:"5" ask:"Pilih kabupaten atau kota."`
	About  id.ID  `json:"about_centre,omitempty"`
	Place  string `json:"place" required:"true" maxLength:"300" ask:"Tulis tempatnya dengan kata-kata."`
	Lat    string `json:"lat,omitempty" maxLength:"12" pattern:"^-?[0-9]{1,3}(\\.[0-9]{1,8})?$"`
	Lng    string `json:"lng,omitempty" maxLength:"12" pattern:"^-?[0-9]{1,3}(\\.[0-9]{1,8})?$"`
}

// When is the fourth.
type When struct {
	Seen string `json:"seen" required:"true" enum:"now,today,yesterday,week,often" ask:"Pilih salah satu."`
	Drop bool   `json:"drop_photo,omitempty"`
}

// Contact is the fifth; nobody has to give one.
type Contact struct {
	Contact string `json:"contact" required:"true" enum:"anonymous,confidential,open" ask:"Pilih salah satu."`
	Name    string `json:"contact_name,omitempty" maxLength:"120"`
	Phone   string `json:"contact_phone,omitempty" maxLength:"60"`
}

// Draft is what somebody has answered so far.
type Draft struct {
	Danger  string  `json:"danger"`
	Likely  string  `json:"likely,omitempty"` // region that is chosen beforehand
	What    What    `json:"what"`
	Where   Where   `json:"where"`
	When    When    `json:"when"`
	Contact Contact `json:"contact"`

	report    id.ID
	sentAt    time.Time
	HasPhoto  bool `json:"-"`
	photoType string
}

// Next is the first page that lacks an answer, without the slash; "periksa" when all are there.
func (f Draft) Next() string {
	switch {
	case f.What.Category == "":
		return "apa"
	case f.Where.Region == "":
		return "di-mana"
	case f.When.Seen == "":
		return "kapan"
	case f.Contact.Contact == "":
		return "kontak"
	}
	return "periksa"
}

var errLacks = fail.Broken("report-lacks", "Masih ada pertanyaan yang belum dijawab.")

var errNoDraft = fail.Broken("report-none", "Laporan ini belum dimulai atau sudah lewat sehari. Mulai lagi dari pertanyaan pertama.")

// Stamp signs an empty first question.
func (d *Desk) Stamp(ctx context.Context) (string, error) { return d.gate.Stamp(ctx) }

// typing is what the house does for somebody who types and has no account: no deed yet, so no record.
var (
	typing     = store.NewUpkeep("report-draft.type", who.Anyone)
	lookTyping = store.NewSystemAct("report-draft.look", who.Anyone)
)

func porch() who.Asker { return who.House("lapor") }

// Begin takes the first answer. The secret that it gives names what is typed from then on; the same form sent twice gives
// the same one.
func (d *Desk) Begin(ctx context.Context, place string, in Beginning) (secret string, err error) {
	return d.typed(ctx, place, gate.Sent{Stamp: in.Stamp, Website: in.Website}, Draft{Danger: in.Danger, Likely: knownRegion(in.Region)})
}

// typed keeps what was answered so far under a secret that comes from the form: once, however often the form is sent.
func (d *Desk) typed(ctx context.Context, place string, in gate.Sent, f Draft) (secret string, err error) {
	rules := law.Reports.On(d.store.Today())
	form, err := d.gate.Pass(ctx, in, time.Duration(rules.Least)*time.Second)
	if err != nil {
		return "", err
	}
	if err := d.gate.Allow(ctx, "begin", place, int64(3*rules.SentAnHour)); err != nil {
		return "", err
	}
	fields, err := json.Marshal(f)
	if err != nil {
		return "", err
	}
	now := d.store.Now()
	return form.Secret, d.store.Write(ctx, porch(), typing, func(tx *store.Tx) error {
		_, err := store.Exec(tx, newDraft, hashOf("draft", form.Secret), now.UnixMilli(), now.Add(time.Duration(rules.DraftHours)*time.Hour).UnixMilli(), string(fields))
		return err
	})
}

// knownRegion gives the code of a kabupaten or kota of the province; "" for anything else.
func knownRegion(code string) string {
	g, known := law.RegionOf(code)
	if !known {
		return ""
	}
	return g.Code
}

// DraftOf gives what was typed under a secret; a rule report-none where there is nothing any more.
func (d *Desk) DraftOf(ctx context.Context, secret string) (f Draft, err error) {
	if secret == "" {
		return f, errNoDraft
	}
	err = d.store.Read(ctx, porch(), lookTyping, func(tx *store.Tx) error {
		f, err = draftOf(tx, secret)
		return err
	})
	return f, err
}

func draftOf(tx *store.Tx, secret string) (f Draft, err error) {
	f, err = store.One(tx, draftOne, scanDraft, hashOf("draft", secret), tx.Latest().UnixMilli())
	if errors.Is(err, fail.NotFound) {
		err = errNoDraft
	}
	return f, err
}

// keep changes what was typed. After it was sent nothing changes any more.
func (d *Desk) keep(ctx context.Context, secret string, change func(*Draft) error) error {
	if secret == "" {
		return errNoDraft
	}
	return d.store.Write(ctx, porch(), typing, func(tx *store.Tx) error {
		f, err := draftOf(tx, secret)
		if err != nil {
			return err
		}
		if f.report != 0 {
			return nil
		}
		if err := change(&f); err != nil {
			return err
		}
		fields, err := json.Marshal(f)
		if err != nil {
			return err
		}
		_, err = store.Exec(tx, keptDraft, string(fields), hashOf("draft", secret))
		return err
	})
}

// AnswerWhat keeps the second answer.
func (d *Desk) AnswerWhat(ctx context.Context, secret string, in What) error {
	return d.keep(ctx, secret, func(f *Draft) error {
		f.What = in
		return nil
	})
}

// AnswerWhere keeps the third.
func (d *Desk) AnswerWhere(ctx context.Context, secret string, in Where) error {
	if _, known := law.RegionOf(in.Region); !known {
		return fail.Bad("region", "unknown", "Kabupaten/kota ini tidak dikenal.")
	}
	if (in.Lat == "") != (in.Lng == "") {
		in.Lat, in.Lng = "", ""
	}
	return d.keep(ctx, secret, func(f *Draft) error {
		f.Where = in
		return nil
	})
}

// AnswerWhen keeps the fourth, with the photo where one was sent: it is drawn anew, so that neither place nor device is
// left in it.
func (d *Desk) AnswerWhen(ctx context.Context, secret string, in When, file *upload.File) error {
	var photo []byte
	if file != nil {
		if _, err := d.DraftOf(ctx, secret); err != nil { // before anybody looks into the file
			return err
		}
		var err error
		if photo, err = cleanPhoto(ctx, *file); err != nil {
			return err
		}
	}
	err := d.keep(ctx, secret, func(f *Draft) error {
		f.When = When{Seen: in.Seen}
		return nil
	})
	if err != nil || photo == nil && !in.Drop {
		return err
	}
	kind := ""
	if photo != nil {
		kind = file.Is
	}
	return d.store.Write(ctx, porch(), typing, func(tx *store.Tx) error {
		_, err := store.Exec(tx, keptPhoto, photo, kind, hashOf("draft", secret))
		return err
	})
}

// mostPhoto is how many bytes a photo may have as it comes.
const mostPhoto = upload.Most

func cleanPhoto(ctx context.Context, file upload.File) ([]byte, error) {
	if file.Is == "application/pdf" {
		return nil, fail.Bad("file", "type", "Hanya foto JPEG atau PNG yang dapat dikirim.")
	}
	body, err := upload.Cleaned(ctx, file)
	var wrong *fail.Invalid
	if errors.As(err, &wrong) && wrong.Fields[0].Code == "type" {
		err = fail.Bad("file", "type", "Hanya foto JPEG atau PNG yang dapat dikirim.")
	}
	return body, err
}

// AnswerContact keeps the fifth.
func (d *Desk) AnswerContact(ctx context.Context, secret string, in Contact) error {
	if in.Contact == Anonymous {
		in.Name, in.Phone = "", ""
	} else if in.Phone == "" {
		return fail.Bad("contact_phone", "required", "Tulis nomor telepon, atau pilih tanpa nama.")
	}
	return d.keep(ctx, secret, func(f *Draft) error {
		f.Contact = in
		return nil
	})
}

// Receipt is what a reporter gets, once.
type Receipt struct {
	Number, Code string
	At           time.Time
	Danger       string
	Steps        []Promise
}

var sendReport = store.NewSystemAct("report.file", who.Anyone)

// receiptLives is how long the receipt can be seen again: a lost connection must not lose it.
const receiptLives = 30 * time.Minute

// Reporter is somebody who holds the secret of a draft or the code of a report: they see that report and nothing else,
// for every statement they reach asks for it.
func Reporter() who.Asker {
	return who.Asker{Name: "pelapor", Via: "link", Rights: map[who.Right]bool{who.Anyone: true, who.SeeRestricted: true, who.SeeSealed: true}, Scope: who.Scope{All: true}}
}

// Send makes a report of what was typed. Sent again it is the same report.
func (d *Desk) Send(ctx context.Context, place, secret string) error {
	f, err := d.DraftOf(ctx, secret)
	if err != nil || f.report != 0 {
		return err
	}
	if f.Next() != "periksa" {
		return errLacks
	}
	if err := d.gate.Allow(ctx, "send", place, int64(law.Reports.On(d.store.Today()).SentAnHour)); err != nil {
		return err
	}
	return d.store.Write(ctx, Reporter(), sendReport, func(tx *store.Tx) error {
		f, err := draftOf(tx, secret)
		if err != nil {
			return err
		}
		r := reportOf(f, "form", tx.Now())
		n, err := store.Exec(tx, sentDraft, r.ID, tx.Now().UnixMilli(), "{}", hashOf("draft", secret))
		if err != nil {
			return err
		}
		if n == 0 { // somebody's other finger was faster
			tx.Record(store.Entry{Kind: "report", ID: f.report, Say: fail.Say("Laporan masyarakat dikirim dua kali; tetap satu.")})
			return nil
		}
		_, err = d.file(tx, r, codeOf(secret), func() error {
			if f.HasPhoto {
				return copyPhoto(tx, r, hashOf("draft", secret))
			}
			return nil
		})
		return err
	})
}

func reportOf(f Draft, source string, now time.Time) Report {
	today := clock.DayOf(now)
	kind, _ := law.Reports.On(today).Category(f.What.Category)
	days := kind.Answer
	if f.Danger == "yes" {
		days = 0
	}
	due := law.AddWorkingDays(today, days)
	r := Report{ID: id.New(), Version: 1, State: Received, Category: f.What.Category, Sealed: kind.Sealed, Open: kind.Open, Danger: f.Danger, Description: f.What.Description,
		Region: f.Where.Region, Place: f.Where.Place, Lat: f.Where.Lat, Lng: f.Where.Lng, Seen: f.When.Seen, About: f.Where.About, Contact: f.Contact.Contact,
		ContactName: f.Contact.Name, ContactPhone: f.Contact.Phone, Source: source, ReceivedAt: now, ReceivedOn: today, AnswerDueOn: due, DueOn: due}
	r.words = wordsOf(r.Place + " " + r.Description)
	return r
}

// file gives a report its number, which it tells, and writes it with what belongs to it.
func (d *Desk) file(tx *store.Tx, r Report, code string, more func() error) (string, error) {
	if r.About != 0 {
		if _, err := centre.ByID(tx, r.About); err != nil {
			r.About = 0
		}
	}
	for range 8 { // thirty bits: two alike are rare
		r.Number = newNumber()
		taken, err := store.One(tx, numberTaken, store.Int, r.Number)
		if err != nil {
			return "", err
		}
		if taken == 0 {
			break
		}
	}
	if err := insertReport(tx, r, hashOf(r.Number, id.Plain(code))); err != nil {
		return "", err
	}
	if err := addStep(tx, r, Step{Kind: Received, Sender: "reporter", Shown: true}); err != nil {
		return "", err
	}
	if err := more(); err != nil {
		return "", err
	}
	tx.Count(measureReceived, 0, r.ReceivedOn, r.Category, 1)
	tx.Record(r.entry("Laporan masyarakat %s diterima.", nil))
	tell(tx, r, "report-new", fail.Say("Laporan masyarakat %s menunggu diperiksa.", r.Number), "")
	return r.Number, nil
}

// ReceiptOf shows number and code to the browser that sent the report, for some minutes.
func (d *Desk) ReceiptOf(ctx context.Context, secret string) (c Receipt, err error) {
	if secret == "" {
		return c, errNoDraft
	}
	err = d.store.Read(ctx, Reporter(), trackReport, func(tx *store.Tx) error {
		f, err := draftOf(tx, secret)
		if err != nil {
			return err
		}
		if f.report == 0 || tx.Latest().Sub(f.sentAt) > receiptLives {
			return errNoDraft
		}
		r, err := byID(tx, f.report)
		c = Receipt{r.Number, codeOf(secret), r.ReceivedAt, r.Danger, promises(r, nil)}
		return err
	})
	return c, err
}
