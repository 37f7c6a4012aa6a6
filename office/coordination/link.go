package coordination

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
)

var (
	renewAgencyLink  = store.NewSystemAct("agency-link.renew", who.ManageAgency)
	revokeAgencyLink = store.NewSystemAct("agency-link.revoke", who.ManageAgency)
	lookAgencyLink   = store.NewSystemAct("agency-link.look", who.SeeCentre)
	askLink          = store.NewSystemAct("agency-link.ask", who.Anyone)
	askCode          = store.NewSystemAct("agency-link.code", who.Anyone)
	useCode          = store.NewSystemAct("agency-link.open", who.Anyone)
)

const (
	secretBytes  = 20 // 160 bits: nobody guesses a link
	codeLives    = 10 * time.Minute
	deviceLives  = 12 * time.Hour
	triesOfCode  = 5
	codesAtOnce  = 3  // within codeWindow, of one agency
	wrongAtOnce  = 15 // wrong codes of one agency within codeWindow, over all its codes
	codeWindow   = 15 * time.Minute
	lettersOfDay = 3 // new links that anybody may ask for in a day
)

// Link is the way of one agency into its inbox. Only the hash of its secret is kept.
type Link struct {
	ID, Agency                                         id.ID
	MadeAt, ExpiresAt, ReplacedAt, RevokedAt, LastUsed time.Time
	MadeBy                                             string
}

// The states of a link, as its page says them.
const (
	LinkWorks   = "works"
	LinkExpired = "expired"
	LinkRevoked = "revoked"
)

// State tells whether a link works now: after it was replaced it does for some days, because the letter with the new one
// may still be under way.
func (l Link) State(now time.Time) string {
	grace := time.Duration(law.Referral.Latest().GraceDays) * 24 * time.Hour
	switch {
	case !l.RevokedAt.IsZero():
		return LinkRevoked
	case !now.Before(l.ExpiresAt) || !l.ReplacedAt.IsZero() && !now.Before(l.ReplacedAt.Add(grace)):
		return LinkExpired
	}
	return LinkWorks
}

func secretOf(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	return hex.EncodeToString(b)
}

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte("tuntas inbox " + secret))
	return hex.EncodeToString(sum[:])
}

// sixFigures is a code that a person can type; it lives ten minutes and dies after five tries.
func sixFigures() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		panic(err) // the machine has no randomness: nothing may be given out
	}
	return fmt.Sprintf("%06d", n)
}

// renewLink makes a new link and lets the ones before run out.
func renewLink(tx *store.Tx, agency id.ID) (secret string, err error) {
	secret = secretOf(secretBytes)
	if err := replaceLinks(tx, agency); err != nil {
		return "", err
	}
	life := time.Duration(law.Referral.On(tx.Today()).LinkDays) * 24 * time.Hour
	return secret, insertLink(tx, Link{ID: id.New(), Agency: agency, MadeAt: tx.Now(), ExpiresAt: tx.Now().Add(life), MadeBy: tx.By().Name}, hashOf(secret))
}

// RenewLink sends a new link to the registered address of an agency.
func (d *Desk) RenewLink(ctx context.Context, by who.Asker, agency id.ID, site string) error {
	return d.store.Write(ctx, by, renewAgencyLink, func(tx *store.Tx) error {
		a, err := agencyByID(tx, agency)
		if err != nil {
			return err
		}
		return d.sendLink(tx, a, site)
	})
}

func (d *Desk) sendLink(tx *store.Tx, a Agency, site string) error {
	switch {
	case a.RetiredOn != "":
		return fail.Broken("agency-retired", "Lembaga ini sudah tidak dipakai.")
	case a.Email == "":
		return fail.Broken("agency-email", "Lembaga ini belum punya alamat surel terdaftar. Tulis dahulu alamatnya.")
	}
	secret, err := renewLink(tx, a.ID)
	if err != nil {
		return err
	}
	tx.Record(store.Entry{Kind: "agency", ID: a.ID, Say: fail.Say("Tautan kotak masuk %s dibuat baru.", a.Name)})
	return d.write(tx, a.Email, fmt.Sprintf("Tautan kotak masuk rujukan %s", a.Name),
		fmt.Sprintf("Kepada %s,\n\nini tautan baru ke kotak masuk rujukan lembaga Anda:\n%s\n\nTautan lama segera berhenti berlaku. Jangan diteruskan: tiap perangkat meminta kode yang dikirim ke alamat ini.\n", a.Name, d.inboxAt(site, secret, 0)))
}

// RevokeLink ends every link of an agency and every device that used one, at once.
func (d *Desk) RevokeLink(ctx context.Context, by who.Asker, agency id.ID) error {
	return d.store.Write(ctx, by, revokeAgencyLink, func(tx *store.Tx) error {
		a, err := agencyByID(tx, agency)
		if err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "agency", ID: a.ID, Say: fail.Say("Tautan kotak masuk %s dicabut.", a.Name)})
		return revokeLinks(tx, agency)
	})
}

// LinkOf gives the newest link of an agency; none was made when its id is 0.
func (d *Desk) LinkOf(ctx context.Context, by who.Asker, agency id.ID) (l Link, err error) {
	err = d.store.Read(ctx, by, lookAgencyLink, func(tx *store.Tx) error {
		l, err = newestLink(tx, agency)
		return err
	})
	if errors.Is(err, fail.NotFound) {
		err = nil
	}
	return l, err
}

// Throttled says that there were too many tries: 429.
type Throttled struct{ Until time.Time }

func (Throttled) Error() string { return "too many tries of a link or code" }

// RetryAt is when the next try is allowed.
func (t Throttled) RetryAt() time.Time { return t.Until }

// Outside is somebody who holds a link, before anything is known of them.
func Outside(a Agency) who.Asker {
	return who.Asker{Name: a.Name + " (tautan)", Via: "link", Rights: map[who.Right]bool{who.Anyone: true, who.SeeRestricted: true}, Scope: who.Scope{All: true}}
}

// Door is what a link opens on before a code was given: whose it is, whether it works, and where a code would go.
type Door struct {
	Link   Link
	Agency Agency
	State  string
	Masked string // the registered address, as one who holds it knows it
}

// DoorOf finds a link; an unknown one is not there, whatever it looks like. Nothing is changed.
func (d *Desk) DoorOf(ctx context.Context, secret string) (o Door, err error) {
	err = d.store.Read(ctx, who.Public(), askLink, func(tx *store.Tx) error {
		o, err = doorOf(tx, secret)
		return err
	})
	return o, err
}

func doorOf(tx *store.Tx, secret string) (o Door, err error) {
	if o.Link, err = linkByHash(tx, hashOf(secret)); err != nil {
		return o, err
	}
	if o.Agency, err = agencyByID(tx, o.Link.Agency); err != nil {
		return o, err
	}
	if o.State = o.Link.State(tx.Latest()); o.Agency.RetiredOn != "" {
		o.State = LinkRevoked
	}
	o.Masked = maskedAddress(o.Agency.Email)
	return o, nil
}

func maskedAddress(email string) string {
	name, host, ok := strings.Cut(email, "@")
	if !ok || name == "" {
		return ""
	}
	return name[:1] + "•••@" + host
}

var errLinkOver = fail.Broken("link-over", "Tautan ini sudah tidak berlaku. Minta tautan baru.")

// AskNewLink sends a new link to the registered address for a link that ran out, some times a day.
func (d *Desk) AskNewLink(ctx context.Context, secret, site string) error {
	o, err := d.DoorOf(ctx, secret)
	if err != nil {
		return err
	}
	if o.State != LinkExpired {
		return fail.Broken("link-revoked", "Tautan ini dicabut atau masih berlaku. Hubungi UPT yang mengirim rujukan.")
	}
	return d.store.Write(ctx, Outside(o.Agency), askLink, func(tx *store.Tx) error {
		n, err := linksSince(tx, o.Agency.ID, tx.Now().Add(-24*time.Hour))
		if err != nil {
			return err
		}
		if n >= lettersOfDay {
			return Throttled{tx.Now().Add(time.Hour)}
		}
		return d.sendLink(tx, o.Agency, site)
	})
}

// SendCode sends a code of six figures to the registered address.
func (d *Desk) SendCode(ctx context.Context, secret string) error {
	o, err := d.DoorOf(ctx, secret)
	if err != nil {
		return err
	}
	if o.State != LinkWorks {
		return errLinkOver
	}
	return d.store.Write(ctx, Outside(o.Agency), askCode, func(tx *store.Tx) error {
		n, err := codesSince(tx, o.Agency.ID, tx.Latest().Add(-codeWindow))
		if err != nil {
			return err
		}
		if n >= codesAtOnce {
			return Throttled{tx.Now().Add(codeWindow)}
		}
		code := sixFigures()
		if err := insertCode(tx, o.Link, codeHash(secret, code), tx.Latest(), tx.Latest().Add(codeLives)); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "agency", ID: o.Agency.ID, Say: fail.Say("Kode kotak masuk dikirim ke %s.", o.Masked)})
		return d.write(tx, o.Agency.Email, "Kode kotak masuk rujukan Anda",
			fmt.Sprintf("Kode Anda: %s\n\nBerlaku sepuluh menit, sekali pakai. Petugas Dinas Sosial tidak pernah menanyakan kode ini.\n", code))
	})
}

// codeHash keeps a code: without the secret of the link, of which nobody keeps more than a hash, it cannot be tried.
func codeHash(secret, code string) string { return hashOf(secret + " " + code) }

// errCode is the same for a wrong code, one that ran out, one that was used and none at all.
var errCode = fail.Bad("code", "wrong", "Kode tidak cocok atau tidak berlaku lagi. Periksa surel terbaru, atau minta kode baru.")

// Enter exchanges a code for the right of this device to open the inbox, for some hours. The code is used up; the
// referrals that wait are then received.
func (d *Desk) Enter(ctx context.Context, secret, code string) (device string, err error) {
	o, err := d.DoorOf(ctx, secret)
	if err != nil {
		return "", err
	}
	if o.State != LinkWorks {
		return "", errLinkOver
	}
	kept, err := d.tryCode(ctx, o)
	if err != nil {
		return "", err
	}
	code = strings.NewReplacer(" ", "", "-", "").Replace(code)
	if kept == "" || subtle.ConstantTimeCompare([]byte(kept), []byte(codeHash(secret, code))) != 1 {
		return "", errCode
	}
	device = secretOf(secretBytes)
	err = d.store.Write(ctx, Outside(o.Agency), useCode, func(tx *store.Tx) error {
		if n, err := spendCode(tx, o.Link.ID, kept); err != nil || n == 0 { // somebody was faster
			return errors.Join(err, errCode)
		}
		if err := insertDevice(tx, o.Link.ID, hashOf(device), tx.Latest().Add(deviceLives)); err != nil {
			return err
		}
		if err := linkUsed(tx, o.Link.ID); err != nil {
			return err
		}
		tx.Record(store.Entry{Kind: "agency", ID: o.Agency.ID, Say: fail.Say("Kotak masuk %s dibuka dengan kode.", o.Agency.Name)})
		return receive(tx, o.Agency.ID)
	})
	return device, err
}

// tryCode counts a try, whether it succeeds or not, and gives the hash of the newest code while it lives.
func (d *Desk) tryCode(ctx context.Context, o Door) (hash string, err error) {
	var wait bool
	err = d.store.Keep(ctx, func(tx *store.Tx) error {
		now := tx.Latest()
		tried, err := triesSince(tx, o.Agency.ID, now.Add(-codeWindow))
		if err != nil {
			return err
		}
		if wait = tried >= wrongAtOnce; wait {
			return nil
		}
		hash, err = countTry(tx, o.Link.ID, now)
		return err
	})
	if err == nil && wait {
		return "", Throttled{d.store.Now().Add(codeWindow)}
	}
	return hash, err
}
