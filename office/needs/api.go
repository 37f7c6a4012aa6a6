package needs

import (
	"tuntas/house/clock"
	"tuntas/house/id"
)

// ProblemBody is a problem in the API. Cost is rupiah.
type ProblemBody struct {
	ID        id.ID      `json:"id" required:"true"`
	Version   int64      `json:"version"`
	Centre    id.ID      `json:"centre_id" required:"true"`
	Source    string     `json:"source"`
	Standard  string     `json:"standard"`
	Criterion string     `json:"criterion"`
	Title     string     `json:"title" required:"true"`
	Detail    string     `json:"detail"`
	Impact    int64      `json:"impact"`
	Risk      int64      `json:"risk"`
	People    *int64     `json:"people"`
	State     string     `json:"state" enum:"open,solved,dropped"`
	FoundOn   clock.Day  `json:"found_on"`
	ClosedOn  *clock.Day `json:"closed_on"`
	ClosedWhy string     `json:"closed_why"`
	Needs     int64      `json:"needs"`
	Cost      int64      `json:"cost"`
	By        string     `json:"by"`
}

// RecordVersion is the ETag.
func (b ProblemBody) RecordVersion() int64 { return b.Version }

func problemBody(p Problem) ProblemBody {
	return ProblemBody{p.ID, p.Version, p.Centre, p.Source, p.Standard, p.Criterion, p.Title, p.Detail, p.Impact, p.Risk, p.People, p.State, p.FoundOn,
		p.ClosedOn.Known(), p.ClosedWhy, p.Needs, p.Cost, p.By}
}

// SuggestionBody is a problem that what is on record shows.
type SuggestionBody struct {
	Key       string `json:"ref" required:"true"`
	Source    string `json:"source"`
	Criterion string `json:"criterion"`
	Title     string `json:"title"`
	Impact    int64  `json:"impact"`
	Risk      int64  `json:"risk"`
	People    int64  `json:"people"`
}

// NeedBody is a need of an institution in the API. Prices are rupiah; the priority is the sum of its parts, of 100.
type NeedBody struct {
	ID          id.ID            `json:"id" required:"true"`
	Version     int64            `json:"version"`
	Centre      id.ID            `json:"centre_id" required:"true"`
	Problem     id.ID            `json:"problem_id"`
	Criterion   string           `json:"criterion"`
	Kind        string           `json:"kind"`
	Name        string           `json:"name" required:"true"`
	Quantity    int64            `json:"quantity"`
	Unit        string           `json:"unit"`
	UnitPrice   int64            `json:"unit_price"`
	Cost        int64            `json:"cost"`
	Priority    int64            `json:"priority"`
	Parts       map[string]int64 `json:"priority_parts"`
	Mandated    bool             `json:"mandated"`
	Fund        string           `json:"fund"`
	FundNote    string           `json:"fund_note"`
	Year        int64            `json:"year"`
	State       string           `json:"state" enum:"proposed,reviewed,approved,budgeted,ordered,delivered,refused"`
	Purchase    *id.ID           `json:"purchase_id"`
	Action      *id.ID           `json:"action_id"`
	Note        string           `json:"note"`
	ProposedOn  clock.Day        `json:"proposed_on"`
	DeliveredOn *clock.Day       `json:"delivered_on"`
	By          string           `json:"by"`
}

// RecordVersion is the ETag.
func (b NeedBody) RecordVersion() int64 { return b.Version }

func needBody(n Need) NeedBody {
	parts := map[string]int64{}
	for _, p := range n.Parts() {
		parts[p.Key] = p.Got
	}
	return NeedBody{n.ID, n.Version, n.Centre, n.Problem, n.Criterion, n.Kind, n.Name, n.Quantity, n.Unit, n.UnitPrice, n.Cost, n.Priority, parts, n.Mandated, n.Fund,
		n.FundNote, n.Year, n.State, n.Purchase.Known(), n.Action.Known(), n.Note, n.ProposedOn, n.DeliveredOn.Known(), n.By}
}

// PurchaseBody is a purchase for several institutions.
type PurchaseBody struct {
	ID      id.ID      `json:"id" required:"true"`
	Version int64      `json:"version"`
	Item    string     `json:"item"`
	Name    string     `json:"name"`
	Unit    string     `json:"unit"`
	Year    int64      `json:"year"`
	State   string     `json:"state" enum:"open,ordered,undone"`
	MadeOn  clock.Day  `json:"made_on"`
	Needs   []NeedBody `json:"needs"`
	Cost    int64      `json:"cost"`
}

// RecordVersion is the ETag.
func (b PurchaseBody) RecordVersion() int64 { return b.Version }

func purchaseBody(p Purchase, all []Need) PurchaseBody {
	b := PurchaseBody{p.ID, p.Version, p.Item, p.Name, p.Unit, p.Year, p.State, p.MadeOn, []NeedBody{}, 0}
	for _, n := range all {
		b.Needs = append(b.Needs, needBody(n))
		b.Cost += n.Cost
	}
	return b
}
