package letters

import (
	"errors"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
)

// LetterBody is a letter in the API. What it says is its file: /letters/{id}/content.
type LetterBody struct {
	ID          id.ID      `json:"id" required:"true"`
	Version     int64      `json:"version"`
	Centre      id.ID      `json:"centre_id" required:"true"`
	Person      *id.ID     `json:"person_id"`
	Case        *id.ID     `json:"case_id"`
	Kind        string     `json:"kind" required:"true" enum:"admission,assessment,plan,referral,handover,termination,balance"`
	Number      string     `json:"number" required:"true"`
	On          clock.Day  `json:"on" required:"true"`
	State       string     `json:"state" required:"true" enum:"issued,annulled"`
	Code        string     `json:"verification_code" required:"true"`
	IssuedAt    time.Time  `json:"issued_at"`
	IssuedBy    string     `json:"issued_by"`
	AnnulledOn  *clock.Day `json:"annulled_on"`
	AnnulledBy  *string    `json:"annulled_by"`
	AnnulledWhy *string    `json:"annulled_why"`
}

// RecordVersion is the ETag.
func (b LetterBody) RecordVersion() int64 { return b.Version }

func some(i id.ID) *id.ID {
	if i == 0 {
		return nil
	}
	return &i
}

func bodyOf(l Letter) LetterBody {
	b := LetterBody{ID: l.ID, Version: l.Version, Centre: l.Centre, Person: some(l.Person), Case: some(l.Case), Kind: l.Kind, Number: l.Number, On: l.On, State: l.State,
		Code: l.Grouped(), IssuedAt: l.IssuedAt.In(clock.WIB), IssuedBy: l.IssuedBy}
	if l.State == Annulled {
		b.AnnulledOn, b.AnnulledBy, b.AnnulledWhy = &l.AnnulledOn, &l.AnnulledBy, &l.AnnulledWhy
	}
	return b
}

// DraftBody is a draft of a letter in the API. missing are the codes of what it still waits for.
type DraftBody struct {
	ID        id.ID     `json:"id" required:"true"`
	Version   int64     `json:"version"`
	Centre    id.ID     `json:"centre_id" required:"true"`
	Person    *id.ID    `json:"person_id"`
	Case      *id.ID    `json:"case_id"`
	Kind      string    `json:"kind" required:"true" enum:"admission,assessment,plan,referral,handover,termination,balance"`
	Month     string    `json:"month,omitempty"`
	To        string    `json:"to"`
	ToAddress string    `json:"to_address"`
	Reason    string    `json:"reason"`
	Points    string    `json:"points"`
	Copies    string    `json:"copies"`
	State     string    `json:"state" required:"true" enum:"open,issued,withdrawn"`
	MadeOn    clock.Day `json:"made_on"`
	By        string    `json:"by"`
	Letter    *id.ID    `json:"letter_id"`
	Missing   []string  `json:"missing"`
}

// RecordVersion is the ETag.
func (b DraftBody) RecordVersion() int64 { return b.Version }

func draftBody(g Draft, lacks error) DraftBody {
	b := DraftBody{ID: g.ID, Version: g.Version, Centre: g.Centre, Person: some(g.Person), Case: some(g.Case), Kind: g.Kind, Month: g.Month, To: g.Input.To,
		ToAddress: g.Input.ToAddress, Reason: g.Input.Reason, Points: g.Input.Points, Copies: g.Input.Copies, State: g.State, MadeOn: g.MadeOn, By: g.By,
		Letter: some(g.Letter), Missing: []string{}}
	var rule *fail.Rule
	if errors.As(lacks, &rule) {
		for _, m := range rule.Missing {
			b.Missing = append(b.Missing, m.Code)
		}
		if len(rule.Missing) == 0 {
			b.Missing = append(b.Missing, rule.Name)
		}
	}
	return b
}

// OfficeBody is how a centre writes its letters, in the API.
type OfficeBody struct {
	Centre         id.ID  `json:"centre_id" required:"true"`
	Version        int64  `json:"version"`
	Numbering      string `json:"numbering" enum:"running,book"`
	Format         string `json:"format"`
	Classification string `json:"classification"`
	Code           string `json:"office_code"`
	Address        string `json:"address"`
	Town           string `json:"town"`
	HeadName       string `json:"head_name"`
	HeadNIP        string `json:"head_nip"`
	Site           string `json:"site"`
	Paper          string `json:"paper" enum:"A4,F4"`
	Top            int64  `json:"margin_top"`
	Right          int64  `json:"margin_right"`
	Bottom         int64  `json:"margin_bottom"`
	Left           int64  `json:"margin_left"`
}

// RecordVersion is the ETag.
func (b OfficeBody) RecordVersion() int64 { return b.Version }

func officeBody(o Office) OfficeBody {
	p := o.Paper
	return OfficeBody{o.Centre.ID, o.Version, o.Numbering, o.Format, o.Classification, o.Code, o.Address, o.Town, o.HeadName, o.HeadNIP, o.Site, p.Size, p.Top, p.Right, p.Bottom, p.Left}
}

// KnownBody is what anybody learns of a letter by its code. number, on, office and state are null for an unknown code.
type KnownBody struct {
	Known  bool       `json:"known" required:"true"`
	Number *string    `json:"number"`
	On     *clock.Day `json:"on"`
	Office *string    `json:"office"`
	State  *string    `json:"state" enum:"issued,annulled"`
}

func knownBody(k Known, found bool) KnownBody {
	if !found {
		return KnownBody{}
	}
	return KnownBody{true, &k.Number, &k.On, &k.Office, &k.State}
}
