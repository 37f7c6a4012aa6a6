package potential

import (
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/house/web"
)

// PotentialBody is a potential in the API. Days of the week are numbers, Monday is 1; hours are of the office, 08.00.
type PotentialBody struct {
	ID             id.ID       `json:"id" required:"true"`
	Version        int64       `json:"version"`
	Kind           string      `json:"kind"`
	Name           string      `json:"name"`
	Region         string      `json:"region"`
	Place          string      `json:"place"`
	Lat            string      `json:"lat"`
	Lng            string      `json:"lng"`
	Contact        string      `json:"contact_name"`
	Phone          string      `json:"phone"`
	Email          string      `json:"email"`
	Skills         string      `json:"skills"`
	Goods          string      `json:"goods"`
	Days           []string    `json:"days"`
	From           string      `json:"from_time"`
	To             string      `json:"to_time"`
	Capacity       int64       `json:"capacity"`
	Clearance      string      `json:"clearance"`
	ClearanceNo    string      `json:"clearance_no"`
	ClearanceBy    string      `json:"clearance_by"`
	ClearanceUntil *clock.Day  `json:"clearance_until"`
	Supervisor     string      `json:"supervisor"`
	State          string      `json:"state" enum:"active,retired"`
	MadeOn         clock.Day   `json:"made_on"`
	By             string      `json:"by"`
	Offers         []OfferBody `json:"offers,omitempty"`
}

// RecordVersion is the ETag.
func (b PotentialBody) RecordVersion() int64 { return b.Version }

func potentialBody(p Potential) PotentialBody {
	return PotentialBody{ID: p.ID, Version: p.Version, Kind: p.Kind, Name: p.Name, Region: p.Region, Place: p.Place, Lat: p.Lat, Lng: p.Lng, Contact: p.Contact, Phone: p.Phone, Email: p.Email,
		Skills: p.Skills, Goods: p.Goods, Days: listed(p.Free()), From: p.From, To: p.To, Capacity: p.Capacity, Clearance: p.Clearance, ClearanceNo: p.ClearanceNo, ClearanceBy: p.ClearanceBy,
		ClearanceUntil: p.ClearanceUntil.Known(), Supervisor: p.Supervisor, State: p.State, MadeOn: p.MadeOn, By: p.By}
}

func listed(t Times) []string {
	if t.Days == "" {
		return []string{}
	}
	return t.List()
}

// OfferBody is an offer in the API.
type OfferBody struct {
	ID        id.ID     `json:"id" required:"true"`
	Version   int64     `json:"version"`
	Potential id.ID     `json:"potential_id"`
	Giver     string    `json:"potential_name"`
	Region    string    `json:"region"`
	Kind      string    `json:"kind" enum:"skill,place,goods,job,time"`
	What      string    `json:"what"`
	Quantity  int64     `json:"quantity"`
	Promised  int64     `json:"promised"`
	Left      int64     `json:"left"`
	Unit      string    `json:"unit"`
	From      clock.Day `json:"from"`
	Until     clock.Day `json:"until"`
	Reach     string    `json:"reach" enum:"district,near,province,chosen"`
	Note      string    `json:"note"`
	State     string    `json:"state" enum:"open,closed,expired"`
	Places    []string  `json:"places,omitempty"`
	Fits      []FitBody `json:"fits,omitempty"`
}

// RecordVersion is the ETag.
func (b OfferBody) RecordVersion() int64 { return b.Version }

func offerBody(o Offer) OfferBody {
	return OfferBody{ID: o.ID, Version: o.Version, Potential: o.Potential.ID, Giver: o.Potential.Name, Region: o.Potential.Region, Kind: o.Kind, What: o.What, Quantity: o.Quantity,
		Promised: o.Promised, Left: o.Left(), Unit: o.Unit, From: o.From, Until: o.Until, Reach: o.Reach, Note: o.Note, State: o.State}
}

// FitBody is an offer that fits a request, with what speaks for it and what is missing, in the language of the asker.
type FitBody struct {
	Offer   id.ID    `json:"offer_id"`
	Request id.ID    `json:"request_id"`
	Km      int      `json:"km"`
	Enough  int64    `json:"enough"`
	Reasons []string `json:"reasons"`
	Lacks   []string `json:"lacks"`
}

func fitBodies(r *web.Request, all []Fit) (out []FitBody) {
	for _, f := range all {
		b := FitBody{Offer: f.Offer.ID, Request: f.Request.ID, Km: f.Km, Enough: f.Enough, Reasons: []string{}, Lacks: []string{}}
		for _, s := range f.Reasons {
			b.Reasons = append(b.Reasons, text.Say(r.Lang, s))
		}
		for _, s := range f.Lacks {
			b.Lacks = append(b.Lacks, text.Say(r.Lang, s))
		}
		out = append(out, b)
	}
	return out
}

// RequestBody is a request in the API. Where it arises from a case is shown to who may open that case alone.
type RequestBody struct {
	ID       id.ID         `json:"id" required:"true"`
	Version  int64         `json:"version"`
	Centre   id.ID         `json:"centre_id"`
	Kind     string        `json:"kind" enum:"skill,place,goods,job,time"`
	What     string        `json:"what"`
	Details  string        `json:"details"`
	Quantity int64         `json:"quantity"`
	Promised int64         `json:"promised"`
	Received int64         `json:"received"`
	Unit     string        `json:"unit"`
	NeededOn clock.Day     `json:"needed_on"`
	EndsOn   clock.Day     `json:"ends_on"`
	Days     []string      `json:"days"`
	From     string        `json:"from_time"`
	To       string        `json:"to_time"`
	Children bool          `json:"children"`
	Public   bool          `json:"public"`
	Need     *id.ID        `json:"need_id"`
	Case     *id.ID        `json:"case_id"`
	Goal     *id.ID        `json:"goal_id"`
	State    string        `json:"state" enum:"open,closed,expired"`
	Why      string        `json:"closed_why"`
	MadeOn   clock.Day     `json:"made_on"`
	Fits     []FitBody     `json:"fits,omitempty"`
	Promises []PromiseBody `json:"promises,omitempty"`
}

// RecordVersion is the ETag.
func (b RequestBody) RecordVersion() int64 { return b.Version }

func requestBody(r Request) RequestBody {
	return RequestBody{ID: r.ID, Version: r.Version, Centre: r.Centre, Kind: r.Kind, What: r.What, Details: r.Details, Quantity: r.Quantity, Promised: r.Promised, Received: r.Received,
		Unit: r.Unit, NeededOn: r.NeededOn, EndsOn: r.EndsOn, Days: listed(r.Free()), From: r.From, To: r.To, Children: r.Children, Public: r.Public, Need: r.Need.Known(),
		Case: r.Case.Known(), Goal: r.Goal.Known(), State: r.State, Why: r.Why, MadeOn: r.MadeOn}
}

// PromiseBody is a promise in the API.
type PromiseBody struct {
	ID          id.ID      `json:"id" required:"true"`
	Version     int64      `json:"version"`
	Request     id.ID      `json:"request_id"`
	Offer       id.ID      `json:"offer_id"`
	Potential   id.ID      `json:"potential_id"`
	Centre      id.ID      `json:"centre_id"`
	Giver       string     `json:"potential_name"`
	What        string     `json:"what"`
	Quantity    int64      `json:"quantity"`
	Unit        string     `json:"unit"`
	DueOn       clock.Day  `json:"due_on"`
	Supervisor  string     `json:"supervisor"`
	Note        string     `json:"note"`
	State       string     `json:"state" enum:"promised,delivered,used,thanked,refused,withdrawn"`
	Kept        string     `json:"kept" enum:"awaited,kept,late,taken_back,none"`
	PromisedOn  clock.Day  `json:"promised_on"`
	DeliveredOn *clock.Day `json:"delivered_on"`
	Delivered   int64      `json:"delivered"`
	Used        int64      `json:"used"`
	Result      string     `json:"result"`
	Thanks      string     `json:"thanks"`
	Why         string     `json:"why"`
	Photos      []id.ID    `json:"photo_ids,omitempty"`
}

// RecordVersion is the ETag.
func (b PromiseBody) RecordVersion() int64 { return b.Version }

func promiseBody(p Promise) PromiseBody {
	return PromiseBody{ID: p.ID, Version: p.Version, Request: p.Request, Offer: p.Offer, Potential: p.Potential, Centre: p.Centre, Giver: p.Giver, What: p.What, Quantity: p.Quantity,
		Unit: p.Unit, DueOn: p.DueOn, Supervisor: p.Supervisor, Note: p.Note, State: p.State, Kept: p.Kept, PromisedOn: p.PromisedOn, DeliveredOn: p.DeliveredOn.Known(),
		Delivered: p.Delivered, Used: p.Used, Result: p.Result, Thanks: p.Thanks, Why: p.Why}
}

// LetterBody is a letter in the API for staff.
type LetterBody struct {
	ID         id.ID     `json:"id" required:"true"`
	Version    int64     `json:"version"`
	Request    *id.ID    `json:"request_id"`
	Centre     *id.ID    `json:"centre_id"`
	Name       string    `json:"name"`
	Phone      string    `json:"phone"`
	Email      string    `json:"email"`
	Region     string    `json:"region"`
	Kind       string    `json:"kind" enum:"skill,place,goods,job,time"`
	What       string    `json:"what"`
	Quantity   int64     `json:"quantity"`
	Unit       string    `json:"unit"`
	Times      string    `json:"times"`
	State      string    `json:"state" enum:"incoming,accepted,declined"`
	ReceivedAt time.Time `json:"received_at"`
	Why        string    `json:"why"`
	Offer      *id.ID    `json:"offer_id"`
}

// RecordVersion is the ETag.
func (b LetterBody) RecordVersion() int64 { return b.Version }

func letterBody(l Letter) LetterBody {
	return LetterBody{ID: l.ID, Version: l.Version, Request: l.Request.Known(), Centre: l.Centre.Known(), Name: l.Name, Phone: l.Phone, Email: l.Email, Region: l.Region, Kind: l.Kind,
		What: l.What, Quantity: l.Quantity, Unit: l.Unit, Times: l.Times, State: l.State, ReceivedAt: l.ReceivedAt.UTC(), Why: l.Why, Offer: l.Offer.Known()}
}

// WorkBody is what a resident offers, for staff; the person is in it for who may see persons.
type WorkBody struct {
	ID      id.ID     `json:"id" required:"true"`
	Version int64     `json:"version"`
	Person  *id.ID    `json:"person_id"`
	Centre  id.ID     `json:"centre_id"`
	Consent id.ID     `json:"consent_id"`
	Kind    string    `json:"kind" enum:"skill,product"`
	Title   string    `json:"title"`
	Text    string    `json:"text"`
	Price   string    `json:"price"`
	Contact string    `json:"contact"`
	Until   clock.Day `json:"until"`
	State   string    `json:"state" enum:"shown,ended"`
	Why     string    `json:"why"`
}

// RecordVersion is the ETag.
func (b WorkBody) RecordVersion() int64 { return b.Version }

func workBody(w Work) WorkBody {
	return WorkBody{ID: w.ID, Version: w.Version, Person: w.Person.Known(), Centre: w.Centre, Consent: w.Consent, Kind: w.Kind, Title: w.Title, Text: w.Text, Price: w.Price, Contact: w.Contact,
		Until: w.Until, State: w.State, Why: w.Why}
}

// OpenBody is a request as everybody may read it.
type OpenBody struct {
	ID       id.ID     `json:"id" required:"true"`
	Centre   id.ID     `json:"centre_id"`
	At       string    `json:"centre_name"`
	Region   string    `json:"region"`
	Kind     string    `json:"kind" enum:"skill,place,goods,job,time"`
	What     string    `json:"what"`
	Details  string    `json:"details"`
	Quantity int64     `json:"quantity"`
	Left     int64     `json:"left"`
	Unit     string    `json:"unit"`
	NeededOn clock.Day `json:"needed_on"`
}

func openBody(o OpenRequest) OpenBody {
	return OpenBody{o.ID, o.Centre, o.At, o.Region, o.Kind, o.What, o.Details, o.Quantity, o.Left, o.Unit, o.NeededOn}
}

// CraftBody is what a resident offers, as everybody may read it.
type CraftBody struct {
	ID      id.ID  `json:"id" required:"true"`
	Centre  id.ID  `json:"centre_id"`
	At      string `json:"centre_name"`
	Region  string `json:"region"`
	Kind    string `json:"kind" enum:"skill,product"`
	Title   string `json:"title"`
	Text    string `json:"text"`
	Price   string `json:"price"`
	Contact string `json:"contact"`
}

func craftBody(w PublicWork) CraftBody {
	return CraftBody(w)
}
