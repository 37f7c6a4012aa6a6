package participation

import (
	"cmp"
	"context"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/gate"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

var (
	readOpen = store.NewAct("report.read-open", who.Anyone)
	fileOpen = store.NewSystemAct("report.file-open", who.HandleReport)
)

// Opened is what everybody may read of a report. Place and words are empty until staff found it real.
type Opened struct {
	Number, Category, State, Outcome, Region string
	Status                                   string // open, closed
	Judged                                   bool
	Description, Place, Lat, Lng             string
	ReceivedAt, ChangedAt                    time.Time
	DueOn                                    clock.Day
}

// OpenAsk chooses reports that everybody may read. Several values of one kind stand between commas, as GeoReport asks.
type OpenAsk struct {
	Numbers  string    `query:"service_request_id" maxLength:"400"`
	Services string    `query:"service_code" maxLength:"120"`
	Status   string    `query:"status" maxLength:"20"`
	From     time.Time `query:"start_date"`
	To       time.Time `query:"end_date"`
	Page     int64     `query:"page" minimum:"1" maximum:"1000"`
	Size     int64     `query:"page_size" minimum:"1" maximum:"200"`
	Place    string    `query:"jurisdiction_id" maxLength:"60"` // there is one; whatever it is called
}

const (
	usualOpen   = 50
	mostNumbers = 20                  // asked for at once
	usualSpan   = 90 * 24 * time.Hour // what GeoReport lists when no day is named
)

// several cuts a list at its commas; a rule of the field where it is too long.
func several(field, s string, most int) (all []string, err error) {
	for one := range strings.SplitSeq(s, ",") {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	if len(all) > most {
		return nil, fail.Bad(field, "too-many", "Paling banyak %d nilai.", most)
	}
	return all, nil
}

// between writes a list so that a value is found in it by its commas.
func between(all []string) string { return "," + strings.Join(all, ",") + "," }

// OpenReports lists reports that are about no person, the newest first; asked for by number, those of the numbers.
func (d *Desk) OpenReports(ctx context.Context, q OpenAsk) (all []Opened, err error) {
	numbers, err := several("service_request_id", q.Numbers, mostNumbers)
	if err != nil {
		return nil, err
	}
	services, err := several("service_code", q.Services, 20)
	if err != nil {
		return nil, err
	}
	status, err := several("status", q.Status, 2)
	if err != nil {
		return nil, err
	}
	for _, s := range status {
		if s != "open" && s != "closed" {
			return nil, fail.Bad("status", "choice", "Pilih open atau closed.")
		}
	}
	if q.To.IsZero() {
		q.To = d.store.Now()
	}
	if q.From.IsZero() {
		q.From = q.To.Add(-usualSpan)
	}
	err = d.store.Read(ctx, who.Public(), readOpen, func(tx *store.Tx) error {
		if len(numbers) > 0 { // GeoReport: numbers override whatever else is asked
			all, err = openNumbered(tx, numbers)
			return err
		}
		all, err = openListed(tx, q, services, status)
		return err
	})
	return all, err
}

// OpenReport gives one report that everybody may read; the same NotFound for one that is about somebody and for none.
func (d *Desk) OpenReport(ctx context.Context, number string) (o Opened, err error) {
	err = d.store.Read(ctx, who.Public(), readOpen, func(tx *store.Tx) error {
		o, err = store.One(tx, openOne, scanOpened, cmp.Or(plainNumber(number), "-"))
		return err
	})
	return o, err
}

// OpenFiling is a report that another program sends in the manner of GeoReport, on behalf of somebody.
type OpenFiling struct {
	Key         string      `json:"api_key,omitempty" maxLength:"200"`
	Place       string      `json:"jurisdiction_id,omitempty" maxLength:"60"`
	Service     string      `json:"service_code" required:"true" maxLength:"40"`
	Lat         any         `json:"lat,omitempty"`
	Long        any         `json:"long,omitempty"`
	Address     string      `json:"address_string,omitempty" maxLength:"300"`
	AddressID   string      `json:"address_id,omitempty" maxLength:"60"`
	Email       string      `json:"email,omitempty" maxLength:"60"`
	Device      string      `json:"device_id,omitempty" maxLength:"120"`
	Account     string      `json:"account_id,omitempty" maxLength:"120"`
	First       string      `json:"first_name,omitempty" maxLength:"60"`
	Last        string      `json:"last_name,omitempty" maxLength:"60"`
	Phone       string      `json:"phone,omitempty" maxLength:"60"`
	Description string      `json:"description" required:"true" maxLength:"2000" ask:"Ceritakan apa yang Anda lihat."`
	Media       string      `json:"media_url,omitempty" maxLength:"500"`
	Attribute   OpenAnswers `json:"attribute,omitempty"`
}

// OpenAnswers are the attributes that each service asks for.
type OpenAnswers struct {
	Region string `json:"region" required:"true" maxLength:"5" ask:"Pilih kabupaten atau kota."`
	Seen   string `json:"seen,omitempty" enum:"now,today,yesterday,week,often"`
	Danger string `json:"danger,omitempty" enum:"yes,no,unknown"`
}

// OpenReceipt is what the sender gets: the number, and the code with which the reporter follows the report.
type OpenReceipt struct{ Number, Code string }

// draft reads what was sent as the answers of the five pages.
func (in OpenFiling) draft(rules law.ReportRules) (f Draft, err error) {
	if _, known := rules.Category(in.Service); !known {
		return f, fail.Bad("service_code", "unknown", "Jenis laporan ini tidak dikenal.")
	}
	if _, known := law.RegionOf(in.Attribute.Region); !known {
		return f, fail.Bad("attribute.region", "unknown", "Kabupaten/kota ini tidak dikenal.")
	}
	lat, lng, err := point(in.Lat, in.Long)
	if err != nil {
		return f, err
	}
	if in.Address == "" && lat == "" {
		return f, fail.Bad("address_string", "required", "Tulis tempatnya dengan kata-kata, atau titiknya (lat dan long).")
	}
	f = Draft{Danger: cmp.Or(in.Attribute.Danger, "unknown"), What: What{Category: in.Service, Description: in.Description},
		Where: Where{Region: in.Attribute.Region, Place: cmp.Or(in.Address, lat+", "+lng), Lat: lat, Lng: lng},
		When:  When{Seen: cmp.Or(in.Attribute.Seen, "today")}, Contact: Contact{Contact: Anonymous}}
	if name, phone := strings.TrimSpace(in.First+" "+in.Last), cmp.Or(in.Phone, in.Email); name != "" || phone != "" {
		f.Contact = Contact{Contact: Confidential, Name: name, Phone: phone} // whoever sends for somebody cannot agree for them to more
	}
	return f, nil
}

// FileOpen makes a report of what a program sent. The same once more within a day is the same report: GeoReport knows no key
// by which a retry could be told from a second report.
func (d *Desk) FileOpen(ctx context.Context, by who.Asker, in OpenFiling) (c OpenReceipt, err error) {
	if !by.May(who.HandleReport) {
		return c, fail.Denied
	}
	now := d.store.Now()
	f, err := in.draft(law.Reports.On(d.store.Today()))
	if err != nil {
		return c, err
	}
	fields, err := json.Marshal(f)
	if err != nil {
		return c, err
	}
	hash := hashOf("open311", by.User.String()+" "+string(fields))
	if _, err = d.gate.Key(ctx, d.store.Today()); err != nil {
		return c, err
	}
	// Whoever sends need not see what becomes of it; the record names the sender.
	sender := by
	sender.Scope, sender.Wide = who.Scope{All: true}, nil
	sender.Rights = map[who.Right]bool{who.Anyone: true, who.HandleReport: true, who.SeeRestricted: true, who.SeeSealed: true}
	err = d.store.Write(ctx, sender, fileOpen, func(tx *store.Tx) error {
		if _, err := store.Exec(tx, endedDrafts, tx.Latest().UnixMilli()); err != nil {
			return err
		}
		if _, err := store.Exec(tx, newDraft, hash, now.UnixMilli(), now.Add(24*time.Hour).UnixMilli(), string(fields)); err != nil {
			return err
		}
		held, err := store.One(tx, draftOne, scanDraft, hash, tx.Latest().UnixMilli())
		if err != nil {
			return err
		}
		if held.report == 0 {
			r := reportOf(f, "open311", now)
			if _, err = store.Exec(tx, sentDraft, r.ID, now.UnixMilli(), "{}", hash); err != nil {
				return err
			}
			if c.Code, err = openCode(tx, hash, now); err != nil {
				return err
			}
			c.Number, err = d.file(tx, r, c.Code, func() error { return nil })
			return err
		}
		r, err := byID(tx, held.report)
		if err != nil {
			return err
		}
		c.Number = r.Number
		tx.Record(store.Entry{Kind: "report", ID: r.ID, Say: fail.Say("Laporan masyarakat %s dikirim lagi; tetap satu.", r.Number)})
		c.Code, err = openCode(tx, hash, held.sentAt)
		return err
	})
	return c, err
}

// openCode is the code of a report that a program sent: the same again while its day's key is kept.
func openCode(tx *store.Tx, hash string, at time.Time) (string, error) {
	key, err := gate.KeyOf(tx, clock.DayOf(at))
	return codeOf(hex.EncodeToString(gate.Keyed(key, "open311 "+hash))), err
}

// OpenServices are the kinds of reports, as they are today.
func (d *Desk) OpenServices() []law.ReportCategory {
	return slices.Clone(law.Reports.On(d.store.Today()).Categories)
}
