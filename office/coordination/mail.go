package coordination

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"tuntas/house/id"
	"tuntas/house/mail"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
)

// TopicMail is the message of the outbox that carries an e-mail out of the house.
const TopicMail = "mail.send"

var (
	mailLeft = store.NewSystemAct("mail.list", who.Anyone)
)

// Mail is an e-mail. The body is kept in the demo alone.
type Mail struct {
	ID      id.ID
	At      time.Time
	To      string
	Subject string
	Body    string
	SentAt  time.Time
}

// Enclosure is a file that goes with a letter.
type Enclosure = mail.File

type letter struct {
	ID                id.ID
	To, Subject, Body string
	Files             []Enclosure
}

// write leaves an e-mail in the outbox, in the same transaction as what it tells of. Letters to agencies are Indonesian.
func (d *Desk) write(tx *store.Tx, to, subject, body string) error {
	return d.send(tx, letter{id.New(), to, subject, body, nil})
}

// attached begins a file in what the demo keeps of a letter.
const attached = "\nLampiran: "

func (d *Desk) send(tx *store.Tx, l letter) error {
	if l.To == "" {
		return nil
	}
	kept := ""
	if d.demo {
		kept = l.Body
		for _, f := range l.Files {
			kept += attached + f.Name + "\n" + string(f.Body)
		}
	}
	if err := insertMail(tx, l, kept); err != nil {
		return err
	}
	tx.Tell(TopicMail, l)
	return nil
}

// Mail leaves an e-mail of another desk in the outbox, in the same transaction. Nothing about a person stands in it.
func (d *Desk) Mail(tx *store.Tx, to, subject, body string) error {
	return d.write(tx, to, subject, body)
}

// Deliver hands an e-mail of the outbox to the sender. Where none is set up it stays unsent, and the list says so.
func (d *Desk) Deliver(ctx context.Context, m store.Message) error {
	var l letter
	if err := json.Unmarshal(m.Body, &l); err != nil {
		return err
	}
	if d.Post == nil {
		return nil
	}
	if err := d.Post(ctx, l.To, l.Subject, l.Body, l.Files...); err != nil {
		return err
	}
	return d.store.Keep(ctx, func(tx *store.Tx) error { return mailSent(tx, l.ID) })
}

// Mails gives the last e-mails of the demo.
func (d *Desk) Mails(ctx context.Context) (all []Mail, err error) {
	if !d.demo {
		return nil, nil
	}
	err = d.store.Read(ctx, who.Public(), mailLeft, func(tx *store.Tx) error {
		all, err = lastMails(tx)
		return err
	})
	return all, err
}

// Line is one line of an e-mail, as the page of the demo shows it.
type Line struct {
	Text string
	Path string // where a link leads, on this server
}

// Lines are those of the body that say something.
func (m Mail) Lines() (all []Line) {
	letter, _, _ := strings.Cut(m.Body, attached)
	for text := range strings.Lines(letter) {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		l := Line{Text: text}
		for _, at := range []string{"/inbox/", "/notices"} {
			if i := strings.Index(text, at); i >= 0 {
				l.Path = text[i:]
			}
		}
		all = append(all, l)
	}
	return all
}

// Attached is the file that goes with it, its name first; "" for none.
func (m Mail) Attached() string {
	_, file, _ := strings.Cut(m.Body, attached)
	return file
}

// tellAgency writes to the registered address that a referral waits, with the link of the day. Nothing about the person
// stands in an e-mail.
func (d *Desk) tellAgency(tx *store.Tx, a Agency, r Referral) error {
	if a.Email == "" || r.ToCentre != 0 {
		return nil
	}
	secret, err := renewLink(tx, a.ID)
	if err != nil {
		return err
	}
	return d.write(tx, a.Email, fmt.Sprintf("Satu rujukan menunggu jawaban %s", a.Name),
		fmt.Sprintf("Kepada %s,\n\n%s mengirim satu rujukan. Mohon dijawab paling lambat %s.\n\nBuka kotak masuk rujukan:\n%s\n\nTautan ini hanya untuk lembaga Anda dan meminta kode yang dikirim ke alamat ini. Jangan diteruskan. Data orangnya tidak ditulis dalam surel ini.\n\nUntuk memastikan keaslian surel ini, hubungi %s.\n",
			a.Name, r.CentreName, text.DayLong(text.ID, r.DueOn), d.inboxAt(r.Site, secret, r.ID), r.CentreName))
}

func (d *Desk) inboxAt(site, secret string, referral id.ID) string {
	at := cmp.Or(d.Site, site) + "/inbox/" + secret
	if referral != 0 {
		at += "/referrals/" + referral.String()
	}
	return at
}

// Note is a letter to an agency that is not about a referral. At is where its link leads in the inbox; "" is no link.
type Note struct {
	Subject, Text string
	Site, At      string
	Files         []Enclosure
}

// Write leaves a letter to the registered address of an agency, in the transaction of what it tells of; the act of tx must
// be a system act. An agency without an address, or with pages of its own, gets none. Nothing about a person may stand in it.
func (d *Desk) Write(tx *store.Tx, agency id.ID, n Note) error {
	a, err := agencyByID(tx, agency)
	if err != nil || a.Email == "" || a.Centre != 0 {
		return err
	}
	body := fmt.Sprintf("Kepada %s,\n\n%s\n", a.Name, n.Text)
	if n.At != "" {
		secret, err := renewLink(tx, a.ID)
		if err != nil {
			return err
		}
		body += fmt.Sprintf("\nBuka kotak masuk lembaga Anda:\n%s%s\n\nTautan ini hanya untuk lembaga Anda dan meminta kode yang dikirim ke alamat ini. Jangan diteruskan.\n", d.inboxAt(n.Site, secret, 0), n.At)
	}
	return d.send(tx, letter{id.New(), a.Email, n.Subject, body, n.Files})
}

// WriteTo leaves a letter to an address that is no agency's, without a link.
func (d *Desk) WriteTo(tx *store.Tx, to string, n Note) error {
	return d.send(tx, letter{id.New(), to, n.Subject, n.Text + "\n", n.Files})
}

// AgencyByID gives an agency; fail.NotFound when there is none.
func AgencyByID(tx *store.Tx, agency id.ID) (Agency, error) { return agencyByID(tx, agency) }
