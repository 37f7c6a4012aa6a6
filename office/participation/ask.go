package participation

import (
	"context"
	"encoding/json"
	"time"

	"tuntas/house/store"
	"tuntas/law"
)

// Question is a question of the public that another desk's page asked, about something that stands there. It is a report of
// the kind "question", with number, code and promised days.
type Question struct {
	Text    string `json:"text" required:"true" maxLength:"1000" ask:"Tulis pertanyaan Anda."`
	Phone   string `json:"contact_phone,omitempty" maxLength:"60"`
	Stamp   string `json:"stamp" maxLength:"200"`
	Website string `json:"website,omitempty" maxLength:"200"` // nobody sees it: a robot fills it in
}

// questionKind is the category of a report that asks.
const questionKind = "question"

// Ask takes a question about something that the page names, and gives the secret under which its receipt is seen. It passes
// the same guards as every report; the same form sent twice is one question.
func (d *Desk) Ask(ctx context.Context, place, about string, in Question) (secret string, err error) {
	if in.Website != "" {
		return "", errRobot
	}
	if secret, err = d.readStamp(ctx, in.Stamp); err != nil {
		return "", err
	}
	rules := law.Reports.On(d.store.Today())
	if err := d.allow(ctx, "begin", place, int64(3*rules.SentAnHour)); err != nil {
		return "", err
	}
	contact := Contact{Contact: Anonymous}
	if in.Phone != "" {
		contact = Contact{Contact: Confidential, Phone: in.Phone}
	}
	fields, err := json.Marshal(Draft{Danger: "no", What: What{Category: questionKind, Description: about + "\n\n" + in.Text}, Where: Where{Region: law.RegionUnknown, Place: about},
		When: When{Seen: "today"}, Contact: contact})
	if err != nil {
		return "", err
	}
	now := d.store.Now()
	err = d.store.Write(ctx, porch(), typing, func(tx *store.Tx) error {
		_, err := store.Exec(tx, newDraft, hashOf("draft", secret), now.UnixMilli(), now.Add(time.Duration(rules.DraftHours)*time.Hour).UnixMilli(), string(fields))
		return err
	})
	if err != nil {
		return "", err
	}
	return secret, d.Send(ctx, place, secret)
}
