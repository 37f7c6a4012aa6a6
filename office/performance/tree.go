package performance

import (
	"context"
	"slices"
	"strconv"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/monitoring"
)

// Desk is the desk of performance.
type Desk struct {
	store   *store.Store
	figures *monitoring.Desk
}

// New opens the desk on the figures of monitoring.
func New(s *store.Store, figures *monitoring.Desk) *Desk { return &Desk{s, figures} }

var (
	look     = store.NewAct("performance.look", who.SeeFigures)
	lookTree = store.NewAct("performance.trees", who.KeepFigures) // drafts too
	makeTree = store.NewAct("performance.draft", who.KeepFigures)
	setTree  = store.NewAct("performance.settings", who.KeepFigures)
	setNode  = store.NewAct("performance.node", who.KeepFigures)
	dropNode = store.NewAct("performance.remove", who.KeepFigures)
	force    = store.NewAct("performance.force", who.KeepFigures)
)

// The states of a tree.
const (
	Draft = "draft"
	Live  = "live"
)

// The kinds of nodes, each below those before it.
const (
	Goal      = "goal"
	Target    = "target"
	Programme = "programme"
	Activity  = "activity"
	Indicator = "indicator"
)

var kinds = []string{Goal, Target, Programme, Activity, Indicator}

// The levels that carry a node.
const (
	ofCentre   = "centre"
	ofOffice   = "office"
	ofProvince = "province"
)

var (
	kindWords  = map[string]text.Word{Goal: "Tujuan|kinerja", Target: "Sasaran strategis", Programme: "Program", Activity: "Kegiatan|kinerja", Indicator: "Indikator"}
	levelWords = map[string]text.Word{ofCentre: "UPT", ofOffice: "Dinas", ofProvince: "Penanggulangan kemiskinan provinsi"}
	downWords  = map[string]text.Word{Mirror: "(2 × target − realisasi) : target", Inverse: "target : realisasi"}
)

// whole is all the weight that the nodes under one parent share, in hundredths of a percent.
const whole = 10_000

// Tree is the office's tree of a period. Weights are hundredths of a percent among siblings.
type Tree struct {
	ID        id.ID
	Version   int64
	Name      string
	FromYear  int64
	ToYear    int64
	State     string
	ValidFrom clock.Day
	Cap       int64 // percent
	Down      string
	Example   bool
	Basis     string
	MadeOn    clock.Day
	By        string
	Nodes     []Node
}

// Rules are those of the tree.
func (t Tree) Rules() Rules { return Rules{t.Cap, t.Down} }

// Rule names what the achievement of a day was reckoned by.
func (t Tree) Rule(on clock.Day) string {
	return law.Performance.Version(on) + "; " + t.Name + " " + string(t.ValidFrom)
}

// Node is one node of a tree.
type Node struct {
	ID        id.ID
	Version   int64
	Tree      id.ID
	Parent    id.ID // 0: the top
	Origin    id.ID
	Position  int64
	Kind      string
	Level     string
	Name      string
	NameEn    string
	Owner     string
	Indicator string
	Weight    int64
}

// In gives the name in a language.
func (n Node) In(lang string) string {
	if lang == string(text.EN) {
		return n.NameEn
	}
	return n.Name
}

// WeightValue is the weight in percent.
func (n Node) WeightValue() float64 { return float64(n.Weight) / 100 }

// NewTree begins a draft, empty or as a copy of another tree.
type NewTree struct {
	Name     string `json:"name" required:"true" maxLength:"120" ask:"Tulis nama pohon kinerja."`
	FromYear int64  `json:"from_year" required:"true" minimum:"2000" maximum:"2999" ask:"Tulis tahun pertama."`
	ToYear   int64  `json:"to_year" required:"true" minimum:"2000" maximum:"2999" ask:"Tulis tahun terakhir."`
	Copy     id.ID  `json:"copy_of,omitempty"`
}

// SetTree is what can be set of a draft.
type SetTree struct {
	Name     string `json:"name" required:"true" maxLength:"120" ask:"Tulis nama pohon kinerja."`
	FromYear int64  `json:"from_year" required:"true" minimum:"2000" maximum:"2999" ask:"Tulis tahun pertama."`
	ToYear   int64  `json:"to_year" required:"true" minimum:"2000" maximum:"2999" ask:"Tulis tahun terakhir."`
	Cap      int64  `json:"cap_percent" required:"true" minimum:"100" maximum:"1000" ask:"Tulis batas capaian."`
	Down     string `json:"down" required:"true" enum:"mirror,inverse" ask:"Pilih rumusnya."`
	Basis    string `json:"basis,omitempty" maxLength:"300"`
	Example  bool   `json:"example,omitempty"`
}

// NewNode is a node as it is written down. Its weight is in percent of what the nodes beside it share.
type NewNode struct {
	Kind      string  `json:"kind" required:"true" enum:"goal,target,programme,activity,indicator" ask:"Pilih jenisnya."`
	Level     string  `json:"level" required:"true" enum:"centre,office,province" ask:"Pilih siapa yang memikulnya."`
	Name      string  `json:"name,omitempty" maxLength:"200"` // of an indicator: that of its figure, where none is given
	NameEn    string  `json:"name_en,omitempty" maxLength:"200"`
	Owner     string  `json:"owner" required:"true" maxLength:"120" ask:"Tulis siapa yang bertanggung jawab."`
	Indicator string  `json:"indicator,omitempty" maxLength:"40"`
	Weight    float64 `json:"weight" required:"true" minimum:"0" maximum:"100" ask:"Tulis bobotnya."`
}

// Force lets a tree count from a day on.
type Force struct {
	ValidFrom clock.Day `json:"valid_from" required:"true" ask:"Tulis sejak kapan pohon ini berlaku."`
}

func (t Tree) entry(say string, what any) store.Entry {
	return store.Entry{Kind: "performance", ID: t.ID, Say: fail.Say(say, t.Name), What: what}
}

// years holds that a period ends after it begins, and is no longer than a reader can follow.
func years(from, to int64) error {
	if to < from || to > from+9 {
		return fail.Bad("to_year", "order", "Tahun terakhir paling cepat sama dengan tahun pertama, dan paling lama sepuluh tahun.")
	}
	return nil
}

// Make begins a draft.
func (d *Desk) Make(ctx context.Context, by who.Asker, in NewTree) (t Tree, err error) {
	err = d.store.Write(ctx, by, makeTree, func(tx *store.Tx) error {
		if err := years(in.FromYear, in.ToYear); err != nil {
			return err
		}
		set := law.Performance.On(tx.Today())
		t = Tree{ID: id.New(), Version: 1, Name: in.Name, FromYear: in.FromYear, ToYear: in.ToYear, State: Draft, Cap: set.CapPercent, Down: set.Down, MadeOn: tx.Today(), By: by.Name}
		var old Tree
		if in.Copy != 0 {
			var err error
			if old, err = treeWhole(tx, in.Copy); err != nil {
				return err
			}
			t.Cap, t.Down, t.Example, t.Basis = old.Cap, old.Down, old.Example, old.Basis
		}
		tx.Record(t.entry("Pohon kinerja %s dirancang.", in))
		if err := insertTree(tx, t); err != nil {
			return err
		}
		return t.take(tx, old.Nodes)
	})
	return t, err
}

// take copies nodes into the tree, parents before children.
func (t *Tree) take(tx *store.Tx, nodes []Node) error {
	now := map[id.ID]id.ID{}
	for done := -1; len(now) != done; { // as deep as the tree is
		done = len(now)
		for _, n := range nodes {
			if _, has := now[n.ID]; has || n.Parent != 0 && now[n.Parent] == 0 {
				continue
			}
			was := n.ID
			n.ID, n.Version, n.Tree, n.Parent = id.New(), 1, t.ID, now[n.Parent]
			now[was] = n.ID
			t.Nodes = append(t.Nodes, n)
			if err := insertNode(tx, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// Trees lists all trees, the newest first; drafts for who keeps figures.
func (d *Desk) Trees(ctx context.Context, by who.Asker) (all []Tree, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if all, err = treesAll(tx); err == nil && !by.May(who.KeepFigures) {
			all = slices.DeleteFunc(all, func(t Tree) bool { return t.State == Draft })
		}
		return err
	})
	return all, err
}

// Tree gives a tree with its nodes; drafts for who keeps figures.
func (d *Desk) Tree(ctx context.Context, by who.Asker, tree id.ID) (t Tree, err error) {
	err = d.store.Read(ctx, by, look, func(tx *store.Tx) error {
		if t, err = treeWhole(tx, tree); err == nil && t.State == Draft && !by.May(who.KeepFigures) {
			return fail.NotFound
		}
		return err
	})
	return t, err
}

// changing changes a draft under its version.
func (d *Desk) changing(ctx context.Context, by who.Asker, act store.Act, tree id.ID, version int64, do func(*store.Tx, *Tree) error) (t Tree, err error) {
	err = d.store.Write(ctx, by, act, func(tx *store.Tx) error {
		if t, err = treeWhole(tx, tree); err != nil {
			return err
		}
		switch {
		case version > 0 && version != t.Version:
			return fail.Stale
		case t.State != Draft:
			return fixed()
		}
		if err := do(tx, &t); err != nil {
			return err
		}
		return keepTree(tx, &t)
	})
	return t, err
}

// Set changes what can be set of a draft.
func (d *Desk) Set(ctx context.Context, by who.Asker, tree id.ID, version int64, in SetTree) (Tree, error) {
	return d.changing(ctx, by, setTree, tree, version, func(tx *store.Tx, t *Tree) error {
		if err := years(in.FromYear, in.ToYear); err != nil {
			return err
		}
		t.Name, t.FromYear, t.ToYear, t.Cap, t.Down, t.Basis, t.Example = in.Name, in.FromYear, in.ToYear, in.Cap, in.Down, in.Basis, in.Example
		tx.Record(t.entry("Pohon kinerja %s diubah.", in))
		return nil
	})
}

func yearWord(y int64) string { return strconv.FormatInt(y, 10) }
