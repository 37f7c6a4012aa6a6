package notice

import (
	"context"
	"fmt"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/law"
)

var sendDigest = store.NewSystemAct("notice.digest", who.Anyone)

// fromHour is when the first digest of a day leaves, in the office's time: our design, before work begins.
const fromHour = 6

var kindWords = map[string]text.Word{"referral": "Rujukan", "training": "Pelatihan", "certificate": "Sertifikat", "action": "Aksi|pemberitahuan", "meeting": "Rapat|pemberitahuan", "need": "Kebutuhan UPT", "alert": "Peringatan|pemberitahuan", "": "Lain-lain|pemberitahuan"}

// kinds is the order in which the digest counts.
var kinds = []string{"referral", "action", "meeting", "need", "alert", "training", "certificate", ""}

// reader is somebody to whom a digest may go.
type reader struct {
	user           id.ID
	email, digest  string
	site, language string
}

// MayLeave tells whether a digest leaves on a day: on working days, a weekly one on the first of the week.
func MayLeave(digest string, today clock.Day) bool {
	works := law.Calendar.On(today)
	if !works.Works(today) {
		return false
	}
	if digest != Weekly {
		return digest == Daily
	}
	back := (int(today.Time().Weekday()) + 6) % 7 // days since Monday
	for i := 1; i <= back; i++ {
		if works.Works(today.Add(-i)) {
			return false
		}
	}
	return true
}

// Digest writes to everybody who wants it and has something unread: one e-mail on a working day at most. It is on the
// timetable.
func (d *Desk) Digest(ctx context.Context) error {
	today := d.store.Today()
	if d.store.Now().In(clock.WIB).Hour() < fromHour {
		return nil
	}
	for _, digest := range []string{Daily, Weekly} {
		if !MayLeave(digest, today) {
			continue
		}
		for {
			var all []reader
			err := d.store.Read(ctx, who.House("notices"), sendDigest, func(tx *store.Tx) (err error) {
				all, err = readersOf(tx, digest, today, batch)
				return err
			})
			if err != nil {
				return err
			}
			for _, r := range all {
				if err := d.digest(ctx, r, today); err != nil {
					return err
				}
			}
			if len(all) < batch {
				break
			}
		}
	}
	return nil
}

// digest writes one, in the same transaction as it is marked as written.
func (d *Desk) digest(ctx context.Context, r reader, today clock.Day) error {
	return d.store.Write(ctx, who.House("notices"), sendDigest, func(tx *store.Tx) error {
		mine, err := markDigest(tx, r.user, today)
		if err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "notice-settings", ID: r.user, Say: fail.Say("Ringkasan pemberitahuan ditulis.")})
		if !mine { // another instance was faster
			return nil
		}
		counts, err := unreadOf(tx, r.user)
		if err != nil {
			return err
		}
		if d.partners.Site != "" {
			r.site = d.partners.Site
		}
		subject, body := letter(r, counts)
		return d.partners.Mail(tx, r.email, subject, body)
	})
}

// letter is the digest: numbers and links, nothing about anybody.
func letter(r reader, counts map[string]int64) (subject, body string) {
	l := text.LangOf(r.language)
	var total int64
	var lines []string
	for _, k := range kinds {
		n := counts[k]
		if k == "" { // all that has no word of its own
			for other, m := range counts {
				if _, known := kindWords[other]; !known {
					n += m
				}
			}
		}
		if total += n; n > 0 {
			lines = append(lines, fmt.Sprintf("%s: %d", text.T(l, string(kindWords[k])), n))
		}
	}
	subject = text.T(l, "%d pemberitahuan belum dibaca", total)
	return subject, text.T(l, "Ada %d pemberitahuan yang belum dibaca di Tuntas.", total) + "\n\n" + strings.Join(lines, "\n") + "\n\n" +
		text.T(l, "Buka: %s", r.site+"/notices") + "\n\n" +
		text.T(l, "Surel ini datang paling banyak sekali dalam satu hari kerja. Ubah atau hentikan: %s", r.site+"/notices/settings") + "\n"
}
