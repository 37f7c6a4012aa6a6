package notice

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/mail"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
)

var (
	lookSettings = store.NewSystemAct("notice.settings", who.SignedIn)
	setSettings  = store.NewSystemAct("notice.set", who.SignedIn)
	renewFeed    = store.NewSystemAct("notice.calendar", who.SignedIn)
)

// How often a digest goes out.
const (
	Daily  = "daily"
	Weekly = "weekly"
	Off    = "off"
)

var digestWords = map[string]text.Word{Daily: "Setiap hari kerja", Weekly: "Sekali seminggu", Off: "Tidak usah|surel"}

// Settings are what a user wants.
type Settings struct {
	User     id.ID
	Version  int64 // 0: nothing was set yet
	Email    string
	Digest   string
	DigestOn clock.Day
	Site     string
	Feed     string // hash of the secret address; "" for none
	FeedOn   clock.Day
}

// NewSettings are the settings as they are written.
type NewSettings struct {
	Email  string `json:"email,omitempty" maxLength:"160"`
	Digest string `json:"digest" required:"true" enum:"daily,weekly,off" ask:"Pilih seberapa sering."`
}

// mayWrite holds that an address is one.
func mayWrite(email string) error {
	if email == "" {
		return nil
	}
	a, err := mail.ParseAddress(email)
	if err != nil || a.Name != "" || a.Address != email || strings.ContainsAny(email, "\r\n") {
		return fail.Bad("email", "email", "Alamat surel ini tidak lengkap.")
	}
	return nil
}

// Settings gives what the asker wants.
func (d *Desk) Settings(ctx context.Context, by who.Asker) (s Settings, err error) {
	err = d.store.Read(ctx, by, lookSettings, func(tx *store.Tx) error {
		s, err = settingsOf(tx, by.User)
		return err
	})
	return s, err
}

// Set keeps what the asker wants. site is the address of the server as the asker reaches it: the digest links there.
func (d *Desk) Set(ctx context.Context, by who.Asker, site string, version int64, in NewSettings) (Settings, error) {
	return d.setting(ctx, by, setSettings, version, func(tx *store.Tx, s *Settings) error {
		if err := mayWrite(in.Email); err != nil {
			return err
		}
		s.Email, s.Digest, s.Site = in.Email, in.Digest, site
		tx.Record(store.Entry{Kind: "notice-settings", ID: by.User, Say: fail.Say("Pengaturan pemberitahuan diubah."), What: map[string]string{"digest": in.Digest}})
		return nil
	})
}

func (d *Desk) setting(ctx context.Context, by who.Asker, act store.Act, version int64, do func(tx *store.Tx, s *Settings) error) (s Settings, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if s, err = settingsOf(tx, by.User); err != nil {
			return err
		}
		if version > 0 && version != s.Version {
			return fail.Stale
		}
		if err := do(tx, &s); err != nil {
			return err
		}
		return keepSettings(tx, &s)
	})
	return s, err
}

// RenewFeed makes a new secret address of the asker's calendar: the one before is dead. The secret is shown once, and
// only its hash is kept.
func (d *Desk) RenewFeed(ctx context.Context, by who.Asker) (secret string, err error) {
	b := make([]byte, 20)
	if _, err := rand.Read(b); err != nil {
		return "", err
	}
	secret = hex.EncodeToString(b)
	_, err = d.setting(ctx, by, renewFeed, 0, func(tx *store.Tx, s *Settings) error {
		s.Feed, s.FeedOn = hashOf(secret), tx.Today()
		tx.Record(store.Entry{Kind: "notice-settings", ID: by.User, Say: fail.Say("Alamat kalender dibuat.")})
		return nil
	})
	return secret, err
}

// DropFeed takes the secret address away.
func (d *Desk) DropFeed(ctx context.Context, by who.Asker) error {
	_, err := d.setting(ctx, by, renewFeed, 0, func(tx *store.Tx, s *Settings) error {
		s.Feed, s.FeedOn = "", ""
		tx.Record(store.Entry{Kind: "notice-settings", ID: by.User, Say: fail.Say("Alamat kalender dihapus.")})
		return nil
	})
	return err
}

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
