package comments

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"tuntas/house/fail"
	"tuntas/house/gate"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/participation"
)

var (
	readComments = store.NewAct("comment.read", who.Anyone)
	sendComment  = store.NewSystemAct("comment.send", who.Anyone)
	findOwn      = store.NewAct("comment.own", who.Anyone)
	eraseComment = store.NewAct("comment.erase", who.Anyone)
	lookKey      = store.NewSystemAct("comment.look-key", who.Anyone)
	makeKey      = store.NewUpkeep("comment.key", who.Anyone)
)

// porch is the house that takes a comment in for somebody without an account, and lets its writer find it by the code: every
// statement of it asks for that one comment.
func porch() who.Asker { return who.House("komentar") }

// NewComment is what a reader sends.
type NewComment struct {
	Name string `json:"name" required:"true" maxLength:"60" ask:"Tulis nama atau inisial Anda."`
	Body string `json:"body" required:"true" maxLength:"1000" ask:"Tulis komentar Anda."`
	gate.Sent
}

// Check looks at a comment before it is sent, so that its writer sees what others could learn of a person. That the registry
// bears a name is told to the office alone.
func (in NewComment) Check() []Piece { return pieces(in.Body, nil) }

// Send takes a comment to an article that is out. It is held until somebody has read it. The secret stands for it in the
// writer's browser: the same form sent twice is one comment and gives the same secret. Errors: publication.Gone and
// fail.NotFound for the article; the gate's for a form that a robot sent, sends too fast, too often or again and again.
func (d *Desk) Send(ctx context.Context, place, slug string, in NewComment) (secret string, err error) {
	story, err := d.news.Out(ctx, slug)
	if err != nil {
		return "", err
	}
	form, err := d.gate.Pass(ctx, in.Sent, gate.Typing)
	if err != nil {
		return "", err
	}
	if err := d.gate.Allow(ctx, "send", place, anHour); err != nil {
		return "", err
	}
	same := hashOf("text", worn(in.Body))
	if err := d.gate.Allow(ctx, "text", same, alike); err != nil {
		return "", err
	}
	names, err := d.persons.Mentioned(ctx, in.Body)
	if err != nil {
		return "", err
	}
	network, err := d.networkOf(ctx, place)
	if err != nil {
		return "", err
	}
	c := Comment{ID: id.New(), Version: 1, Article: story.ID, Centre: story.Centre, Title: story.Title, State: Held, Lane: laneOf(pieces(in.Name+"\n"+in.Body, names)),
		Name: in.Name, Body: in.Body, Text: in.Body, Names: names, ReceivedAt: d.store.Now(), same: same, network: network}
	if c.Lane == Alarm {
		c.Centre = 0
	}
	return form.Secret, d.store.Write(ctx, porch(), sendComment, func(tx *store.Tx) error {
		first, err := gate.First(tx, form)
		if err != nil {
			return err
		}
		if !first {
			tx.Record(c.entry("Komentar dikirim dua kali; tetap satu: %s", nil))
			return nil
		}
		if err := insertComment(tx, c, hashOf("code", id.Plain(participation.CodeOf(form.Secret)))); err != nil {
			return err
		}
		tx.Record(c.entry("Komentar diterima: %s", nil))
		return nil
	})
}

// Stamp signs an empty form: what a comment is sent with.
func (d *Desk) Stamp(ctx context.Context) (string, error) { return d.gate.Stamp(ctx) }

func hashOf(what, secret string) string {
	sum := sha256.Sum256([]byte("tuntas komentar " + what + " " + secret))
	return hex.EncodeToString(sum[:])
}

// networkOf makes an address a hash under the key of this month, so that who sends many stands out without anybody being
// known: the key never leaves the house, and the hash is forgotten after thirty days.
func (d *Desk) networkOf(ctx context.Context, place string) (hash string, err error) {
	if place == "" {
		return "", nil
	}
	month := string(d.store.Today())[:7]
	var key string
	err = d.store.Read(ctx, porch(), lookKey, func(tx *store.Tx) error {
		key, err = store.One(tx, monthKey, store.Text, month)
		return err
	})
	if errors.Is(err, fail.NotFound) {
		b := make([]byte, 32)
		_, _ = rand.Read(b) // never fails: it ends the program instead
		err = d.store.Write(ctx, porch(), makeKey, func(tx *store.Tx) error {
			if _, err := store.Exec(tx, newKey, month, hex.EncodeToString(b)); err != nil {
				return err
			}
			key, err = store.One(tx, monthKey, store.Text, month) // somebody else may have been first
			return err
		})
	}
	return hex.EncodeToString(gate.Keyed(key, place))[:32], err
}

// Own is a comment as its writer sees it with the code.
type Own struct {
	Comment
	Code   string
	Number string // of the report that it became; the same code opens it
}

var errNoComment = fail.Broken("comment-unknown", "Kode ini tidak cocok dengan komentar mana pun. Periksa lagi kodenya.")

// ByCode is what a writer holds.
type ByCode struct {
	Code string `json:"kode" required:"true" maxLength:"40" ask:"Tulis kode komentar Anda."`
}

// Receipt gives the code of the comment that a browser sent, by its secret.
func (d *Desk) Receipt(ctx context.Context, secret string) (Own, error) {
	if secret == "" {
		return Own{}, errNoComment
	}
	return d.OwnBy(ctx, participation.CodeOf(secret))
}

// OwnBy finds a comment by its code, as its writer sees it. A comment that became a report gives its number: from now on
// the same code opens it at /lacak. A code that is none and one that was erased answer the same.
func (d *Desk) OwnBy(ctx context.Context, code string) (o Own, err error) {
	plain := id.Plain(code)
	err = d.store.Read(ctx, porch(), findOwn, func(tx *store.Tx) error {
		o.Comment, err = byCode(tx, plain)
		return err
	})
	if err != nil {
		return Own{}, err
	}
	o.Code = id.Grouped(plain)
	if o.Report != 0 {
		o.Number, err = d.reports.Adopt(ctx, o.Report, plain)
	}
	return o, err
}

func byCode(tx *store.Tx, plain string) (Comment, error) {
	c, err := store.One(tx, ownComment, scanComment, hashOf("code", plain))
	if errors.Is(err, fail.NotFound) {
		err = errNoComment
	}
	return c, err
}

// Erase takes everything out of a comment that its writer gave, and the office's answer with it. What became a report lies
// there as a report: it is closed there.
func (d *Desk) Erase(ctx context.Context, in ByCode) error {
	return d.store.Write(ctx, porch(), eraseComment, func(tx *store.Tx) error {
		c, err := byCode(tx, id.Plain(in.Code))
		if err != nil {
			return err
		}
		if err := c.move(erase); err != nil {
			return err
		}
		c.empty()
		c.Name, c.Report = "", 0
		tx.Record(c.entry("Penulis menghapus komentarnya: %s", nil))
		return keepComment(tx, &c)
	})
}

// empty leaves nothing of what was written.
func (c *Comment) empty() {
	c.Body, c.Text, c.Names, c.Answer, c.AnswerBy, c.Note, c.network, c.same = "", "", nil, "", "", "", "", ""
}
