package participation

import (
	"context"

	"tuntas/house/gate"
	"tuntas/law"
)

// Question is a question of the public that another desk's page asked, about something that stands there. It is a report of
// the kind "question", with number, code and promised days.
type Question struct {
	Text  string `json:"text" required:"true" maxLength:"1000" ask:"Tulis pertanyaan Anda."`
	Phone string `json:"contact_phone,omitempty" maxLength:"60"`
	gate.Sent
}

// questionKind is the category of a report that asks.
const questionKind = "question"

// Ask takes a question about something that the page names, and gives the secret under which its receipt is seen. It passes
// the same guards as every report; the same form sent twice is one question.
func (d *Desk) Ask(ctx context.Context, place, about string, in Question) (secret string, err error) {
	contact := Contact{Contact: Anonymous}
	if in.Phone != "" {
		contact = Contact{Contact: Confidential, Phone: in.Phone}
	}
	secret, err = d.typed(ctx, place, in.Sent, Draft{Danger: "no", What: What{Category: questionKind, Description: about + "\n\n" + in.Text}, Where: Where{Region: law.RegionUnknown, Place: about},
		When: When{Seen: "today"}, Contact: contact})
	if err != nil {
		return "", err
	}
	return secret, d.Send(ctx, place, secret)
}
