package performance

import (
	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/text"
)

// TreeBody is a tree in the API; its nodes where one tree is asked for.
type TreeBody struct {
	ID        id.ID        `json:"id" required:"true"`
	Version   int64        `json:"version"`
	Name      string       `json:"name"`
	FromYear  int64        `json:"from_year"`
	ToYear    int64        `json:"to_year"`
	State     string       `json:"state" enum:"draft,live"`
	ValidFrom *clock.Day   `json:"valid_from"`
	Cap       int64        `json:"cap_percent"`
	Down      string       `json:"down" enum:"mirror,inverse"`
	Example   bool         `json:"example"`
	Basis     string       `json:"basis"`
	Nodes     []SimpleNode `json:"nodes,omitempty"`
}

// RecordVersion is the ETag.
func (b TreeBody) RecordVersion() int64 { return b.Version }

// SimpleNode is a node of a tree. Its weight is in percent of what the nodes beside it share.
type SimpleNode struct {
	ID        id.ID   `json:"id"`
	Origin    id.ID   `json:"origin_id"` // the same in every copy
	Parent    id.ID   `json:"parent_id"`
	Kind      string  `json:"kind" enum:"goal,target,programme,activity,indicator"`
	Level     string  `json:"level" enum:"centre,office,province"`
	Name      string  `json:"name"`
	NameEn    string  `json:"name_en"`
	Owner     string  `json:"owner"`
	Indicator string  `json:"indicator"`
	Weight    float64 `json:"weight"`
}

func simple(n Node) SimpleNode {
	return SimpleNode{n.ID, n.Origin, n.Parent, n.Kind, n.Level, n.Name, n.NameEn, n.Owner, n.Indicator, n.WeightValue()}
}

func treeBody(t Tree) TreeBody {
	b := TreeBody{t.ID, t.Version, t.Name, t.FromYear, t.ToYear, t.State, t.ValidFrom.Known(), t.Cap, t.Down, t.Example, t.Basis, nil}
	for _, n := range t.Nodes {
		b.Nodes = append(b.Nodes, simple(n))
	}
	return b
}

// CascadeBody is the tree of a year as it stands. Achievement is null where nothing can be reckoned; Known is the share of the
// weight that it rests on.
type CascadeBody struct {
	Year        int64        `json:"year" required:"true"`
	Centre      *id.ID       `json:"centre_id"`
	Tree        *id.ID       `json:"tree_id"`
	From        clock.Day    `json:"from"`
	To          clock.Day    `json:"to"`
	Achievement *float64     `json:"achievement"`
	Known       float64      `json:"known"`
	Rule        string       `json:"rule_version"`
	Nodes       []BranchBody `json:"nodes"`
}

// BranchBody is a node as it stands in a year. Part is its share of all weight.
type BranchBody struct {
	SimpleNode
	Part        float64  `json:"part"`
	Achievement *float64 `json:"achievement"`
	Known       float64  `json:"known"`
	Why         string   `json:"unknown_because,omitempty" enum:"no_target,no_value,no_figure"`
	Value       *float64 `json:"value"`
	Numerator   *int64   `json:"numerator"`
	Denominator *int64   `json:"denominator"`
	Target      *float64 `json:"target"`
	Provincial  bool     `json:"target_of_province,omitempty"`
	Expected    *float64 `json:"expected"`
	Course      string   `json:"course,omitempty" enum:"on_course,behind,reached,missed"`
}

func reached(r Reached) *float64 {
	if r.Known == 0 {
		return nil
	}
	return &r.Percent
}

func branchBody(l text.Lang, b *Branch) BranchBody {
	o := BranchBody{SimpleNode: simple(b.Node), Part: b.Part, Achievement: reached(b.Reached), Known: b.Known, Why: b.Why, Expected: b.Expected, Provincial: b.Provincial, Course: b.Course}
	o.Name = b.In(string(l))
	if b.Kind != Indicator || b.Why == noFigure {
		return o
	}
	o.Numerator = &b.Value.Numerator
	if b.Value.Over {
		o.Denominator = &b.Value.Denominator
	}
	if v, ok := b.Value.In(b.Figure); ok {
		o.Value = &v
	}
	if b.Aim != nil {
		v := b.Aim.Value()
		o.Target = &v
	}
	return o
}

func cascadeBody(l text.Lang, c Cascade) CascadeBody {
	b := CascadeBody{Year: c.Year, Centre: c.Span.Centre.Known(), Tree: c.ID.Known(), From: c.Span.From, To: c.Span.To, Achievement: reached(c.Reached), Known: c.Known, Rule: c.Rule, Nodes: []BranchBody{}}
	var add func([]*Branch)
	add = func(all []*Branch) {
		for _, one := range all {
			b.Nodes = append(b.Nodes, branchBody(l, one))
			add(one.Children)
		}
	}
	add(c.Roots)
	return b
}

// NodeBody is one node with what moves it.
type NodeBody struct {
	BranchBody
	Year     int64         `json:"year"`
	Rule     string        `json:"rule_version"`
	Parts    []PartBody    `json:"institutions"`
	Years    []YearBody    `json:"years"`
	Actions  []EffortBody  `json:"actions"`
	Analysis *AnalysisBody `json:"analysis"`
}

// PartBody is what an institution adds: Points are percentage points (or the unit of the figure), and sum to nothing over all
// institutions; Without is the figure without it.
type PartBody struct {
	Centre      id.ID    `json:"centre_id"`
	Name        string   `json:"centre_name"`
	Numerator   int64    `json:"numerator"`
	Denominator *int64   `json:"denominator"`
	Share       float64  `json:"share"`
	Points      *float64 `json:"points"`
	Without     *float64 `json:"without"`
}

// YearBody is one year of an indicator.
type YearBody struct {
	Year        int64    `json:"year"`
	Value       *float64 `json:"value"`
	Target      *float64 `json:"target"`
	Achievement *float64 `json:"achievement"`
}

// EffortBody is an action that should move an indicator; what the indicator did meanwhile is no proof of cause.
type EffortBody struct {
	Action id.ID    `json:"action_id"`
	Title  string   `json:"title"`
	Owner  string   `json:"owner"`
	State  string   `json:"state"`
	Cost   int64    `json:"cost"`
	Before *float64 `json:"before"`
	Since  *float64 `json:"since"`
	After  *float64 `json:"after"`
}

func nodeBody(l text.Lang, s Sheet) NodeBody {
	b := NodeBody{BranchBody: branchBody(l, s.Node), Year: s.Year, Rule: s.Rule, Parts: []PartBody{}, Years: []YearBody{}, Actions: []EffortBody{}}
	for _, p := range s.Parts {
		one := PartBody{Centre: p.Centre, Name: s.called(p.Centre), Numerator: p.Value.Numerator, Share: p.Share}
		if p.Value.Over {
			one.Denominator = &p.Value.Denominator
		}
		if p.Points != nil {
			v := float(p.Points)
			one.Points = &v
		}
		if p.Without != nil {
			v := float(p.Without)
			one.Without = &v
		}
		b.Parts = append(b.Parts, one)
	}
	for _, y := range s.Years {
		one := YearBody{Year: y.Year, Achievement: y.Percent}
		if v, ok := y.Value.In(s.Node.Figure); ok && y.Past {
			one.Value = &v
		}
		if y.Target != nil {
			v := y.Target.Value()
			one.Target = &v
		}
		b.Years = append(b.Years, one)
	}
	for _, e := range s.Actions {
		one := EffortBody{Action: e.ID, Title: e.Title, Owner: e.OwnerOrg, State: e.State, Cost: e.Cost}
		if v, ok := e.Before.In(s.Node.Figure); ok {
			one.Before = &v
		}
		if v, ok := e.Since.In(s.Node.Figure); ok {
			one.Since = &v
		}
		if v, ok := e.After.In(s.Node.Figure); ok && e.Ended {
			one.After = &v
		}
		b.Actions = append(b.Actions, one)
	}
	if s.Analysis != nil {
		a := analysisBody(*s.Analysis)
		b.Analysis = &a
	}
	return b
}

// AnalysisBody is what was written about a node in a year.
type AnalysisBody struct {
	ID              id.ID     `json:"id" required:"true"`
	Version         int64     `json:"version"`
	Year            int64     `json:"year"`
	Centre          *id.ID    `json:"centre_id"`
	Reason          string    `json:"reason"`
	Did             string    `json:"done"`
	Obstacles       string    `json:"obstacles"`
	Next            string    `json:"next"`
	Benchmark       *float64  `json:"benchmark"`
	BenchmarkSource string    `json:"benchmark_source"`
	Budget          *int64    `json:"budget"`
	Spent           *int64    `json:"spent"`
	On              clock.Day `json:"written_on"`
	By              string    `json:"by"`
}

// RecordVersion is the ETag.
func (b AnalysisBody) RecordVersion() int64 { return b.Version }

func analysisBody(a Analysis) AnalysisBody {
	return AnalysisBody{a.ID, a.Version, a.Year, a.Centre.Known(), a.Reason, a.Did, a.Obstacles, a.Next, a.Compared(), a.BenchmarkSource, a.Budget, a.Spent, a.On, a.By}
}

// StepsBody is what an indicator should be at the ends of the quarters.
type StepsBody struct {
	Node      id.ID       `json:"node_id"`
	Indicator string      `json:"indicator"`
	Year      int64       `json:"year"`
	Quarters  [3]*float64 `json:"quarters"`
}

// ReportBody is the table of the LKjIP.
type ReportBody struct {
	Year   int64            `json:"year"`
	Centre *id.ID           `json:"centre_id"`
	Rule   string           `json:"rule_version"`
	Lines  []ReportLineBody `json:"lines"`
}

// ReportLineBody is an indicator of the LKjIP: LastYear is its value of the year before, Final its target at the end of the
// tree's period.
type ReportLineBody struct {
	BranchBody
	Under    string        `json:"under"`
	LastYear *float64      `json:"last_year"`
	Final    *float64      `json:"final_target"`
	Analysis *AnalysisBody `json:"analysis"`
}

func reportBody(l text.Lang, r Report) ReportBody {
	b := ReportBody{Year: r.Year, Centre: r.Span.Centre.Known(), Rule: r.Rule, Lines: []ReportLineBody{}}
	for _, line := range r.Lines {
		one := ReportLineBody{BranchBody: branchBody(l, line.Branch), Under: line.UnderIn(string(l))}
		if v, ok := line.Branch.Before.In(line.Figure); ok && line.Why != noFigure {
			one.LastYear = &v
		}
		if line.Final != nil {
			v := line.Final.Value()
			one.Final = &v
		}
		if line.Analysis != nil {
			a := analysisBody(*line.Analysis)
			one.Analysis = &a
		}
		b.Lines = append(b.Lines, one)
	}
	return b
}

// AgreementBody is a performance agreement; its lines where one is asked for.
type AgreementBody struct {
	ID         id.ID      `json:"id" required:"true"`
	Version    int64      `json:"version"`
	Centre     *id.ID     `json:"centre_id"` // null: the office
	At         string     `json:"centre_name"`
	Year       int64      `json:"year"`
	Edition    int64      `json:"edition"`
	State      string     `json:"state" enum:"draft,offered,signed"`
	FirstName  string     `json:"first_name"`
	FirstPost  string     `json:"first_post"`
	SecondName string     `json:"second_name"`
	SecondPost string     `json:"second_post"`
	Note       string     `json:"note"`
	Rules      string     `json:"rule_version"`
	SHA256     string     `json:"sha256"`
	OfferedOn  *clock.Day `json:"offered_on"`
	SignedOn   *clock.Day `json:"signed_on"`
	Lines      []LineBody `json:"lines,omitempty"`
}

// RecordVersion is the ETag.
func (b AgreementBody) RecordVersion() int64 { return b.Version }

// LineBody is an indicator of an agreement as it was signed; of a draft as the tree says it now.
type LineBody struct {
	Position  int64    `json:"position"`
	Under     string   `json:"under"`
	Indicator string   `json:"indicator"`
	Name      string   `json:"name"`
	Unit      string   `json:"unit"`
	Target    *float64 `json:"target"`
	Budget    *int64   `json:"budget"`
}

func agreementBody(a Agreement) AgreementBody {
	return AgreementBody{a.ID, a.Version, a.Centre.Known(), a.At, a.Year, a.Edition, a.State, a.FirstName, a.FirstPost, a.SecondName, a.SecondPost, a.Note, a.Rules, a.SHA256,
		a.OfferedOn.Known(), a.SignedOn.Known(), nil}
}

func pactBody(p Pact) AgreementBody {
	b := agreementBody(p.Agreement)
	for _, l := range p.Lines {
		one := LineBody{Position: l.Position, Under: l.Under, Indicator: l.Indicator, Name: l.Name, Unit: l.Unit, Budget: l.Budget}
		if l.Value != nil {
			v := float64(*l.Value) / 1000
			one.Target = &v
		}
		b.Lines = append(b.Lines, one)
	}
	return b
}
