package comments

import (
	"encoding/json"
	"errors"
	"time"

	"tuntas/house/web"
	"tuntas/office/publication"
)

// secretHeld is where this browser's session keeps the secret of the comment it sent.
const secretHeld = "comment"

func (d *Desk) publicRoutes() []web.Route {
	looks := web.NewTries(60, 15*time.Minute) // 60 bits are not guessed, but nobody needs to try
	return []web.Route{
		web.POST("/berita/{slug}/komentar", d.postComment).Page().Open().Takes(NewComment{}),
		web.GET("/komentar", d.getOwn).Page().Open(),
		web.POST("/komentar", d.postOwn).Page().Open().Rarely(looks).Takes(ByCode{}).NoDrafts("a code"),
		web.POST("/komentar/salinan", d.postCopy).Page().Open().Rarely(looks).Takes(ByCode{}).NoDrafts("a code"),
		web.POST("/komentar/hapus", d.postErase).Page().Open().Rarely(looks).Takes(ByCode{}).NoDrafts("a code"),
		web.GET("/komentar/terkirim", d.getReceipt).Page().Open(),
		web.POST("/komentar/selesai", d.postForget).Page().Open().Takes(struct{}{}),
	}
}

// checkPage is the second look at a comment, with the signed form that sends it.
type checkPage struct {
	Slug, Title string
	Stamp       string
	Name, Body  string
	Parts       []Piece
	Kinds       []string // of what was found in it
}

func (d *Desk) checkPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		n, err := d.news.Out(r.Context(), r.Word("slug"))
		if err != nil {
			return nil, err
		}
		p := checkPage{Slug: n.Slug, Title: n.Title, Name: r.Form().Get("name"), Body: r.Form().Get("body")}
		p.Parts = NewComment{Body: p.Body}.Check()
		p.Kinds = kindsOf(p.Parts)
		p.Stamp, err = d.gate.Again(r.Context(), r.Form().Get("stamp"))
		return p, err
	}
}

// postComment takes a comment in two steps, because the page of the article is the same for everybody and holds no stamp:
// the first time it comes it is shown once more, with what others could learn of a person in it; the second time, stamped,
// it is sent.
func (d *Desk) postComment(r *web.Request) (web.Answer, error) {
	r.Hush()
	secret, err := web.Do(r, func(in NewComment) (string, error) {
		if in.Stamp == "" && in.Website == "" {
			return "", nil
		}
		return d.Send(r.Context(), r.Place(), r.Word("slug"), in)
	})
	switch {
	case errors.Is(err, publication.Gone):
		return r.Absent(410, "comments/gone.html", nil)
	case err != nil:
		return r.Again("comments/check.html", d.checkPage(r), err)
	case secret == "":
		p, err := d.checkPage(r)()
		if errors.Is(err, publication.Gone) {
			return r.Absent(410, "comments/gone.html", nil)
		}
		if err != nil {
			return nil, err
		}
		return r.Page("comments/check.html", p)
	}
	r.Hold(secretHeld, secret)
	return r.Go("/komentar/terkirim")
}

func (d *Desk) getReceipt(r *web.Request) (web.Answer, error) {
	r.Hush()
	o, err := d.Receipt(r.Context(), r.Held(secretHeld))
	if errors.Is(err, errNoComment) {
		return r.Go("/komentar")
	}
	if err != nil {
		return nil, err
	}
	return r.Page("comments/receipt.html", o)
}

// postForget takes the code off this browser.
func (d *Desk) postForget(r *web.Request) (web.Answer, error) {
	r.Hold(secretHeld, "")
	return r.Go("/berita")
}

type ownPage struct {
	Own
	Found, Erased bool
}

func (d *Desk) getOwn(r *web.Request) (web.Answer, error) {
	r.Hush()
	return r.Page("comments/own.html", ownPage{Erased: r.Param("hapus") == "1"})
}

func (d *Desk) postOwn(r *web.Request) (web.Answer, error) {
	r.Hush()
	o, err := web.Do(r, func(in ByCode) (Own, error) { return d.OwnBy(r.Context(), in.Code) })
	if err != nil {
		return r.Again("comments/own.html", ownPage{}, err)
	}
	return r.Page("comments/own.html", ownPage{Own: o, Found: true})
}

// copyOf is what is kept of a comment and its writer, as a file.
type copyOf struct {
	Article    string    `json:"article"`
	State      string    `json:"state"`
	Name       string    `json:"name"`
	Body       string    `json:"body"`
	Shown      string    `json:"shown_text,omitempty"`
	Answer     string    `json:"answer,omitempty"`
	Reason     string    `json:"reason,omitempty"`
	Note       string    `json:"note,omitempty"`
	Report     string    `json:"report_number,omitempty"`
	ReceivedAt time.Time `json:"received_at"`
	Network    bool      `json:"hash_of_network_kept"` // the address itself never is
}

func (d *Desk) postCopy(r *web.Request) (web.Answer, error) {
	r.Hush()
	o, err := web.Do(r, func(in ByCode) (Own, error) { return d.OwnBy(r.Context(), in.Code) })
	if err != nil {
		return r.Again("comments/own.html", ownPage{}, err)
	}
	c := copyOf{o.Title, o.State, o.Name, o.Body, "", o.Answer, o.Reason, o.Note, o.Number, o.ReceivedAt.UTC(), o.network != ""}
	if o.State == Shown {
		c.Shown = o.Text
	}
	body, err := json.MarshalIndent(c, "", " ")
	if err != nil {
		return nil, err
	}
	return r.File("komentar.json", "application/json", body)
}

func (d *Desk) postErase(r *web.Request) (web.Answer, error) {
	r.Hush()
	_, err := web.Do(r, func(in ByCode) (bool, error) { return true, d.Erase(r.Context(), in) })
	if err != nil {
		return r.Again("comments/own.html", ownPage{}, err)
	}
	r.Hold(secretHeld, "")
	return r.Go("/komentar?hapus=1")
}
