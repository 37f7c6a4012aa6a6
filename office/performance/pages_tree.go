package performance

import (
	"slices"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/house/who"
)

func (d *Desk) routesTree() []web.Route {
	return []web.Route{
		web.GET("/performance-trees", d.getTrees).Says("performance", "Trees of the office, the newest first").Query(web.Cut{}).Lists(TreeBody{}),
		web.POST("/performance-trees", d.postTree).NoDrafts("a name and two years").Says("performance", "Begin a draft of a tree, empty or as a copy").Takes(NewTree{}).Gives(TreeBody{}),
		web.GET("/performance-trees/{perftree}", d.getTree).Says("performance", "One tree with its nodes").Gives(TreeBody{}),
		web.POST("/performance-trees/{perftree}", d.postSettings).NoDrafts("short settings").Says("performance", "Change the settings of a draft").Takes(SetTree{}).Gives(TreeBody{}),
		web.POST("/performance-trees/{perftree}/force", d.postForce).NoDrafts("one day").Says("performance", "Let a tree count from a day on; it ends the one before").Takes(Force{}).Gives(TreeBody{}),
		web.POST("/performance-trees/{perftree}/nodes", d.postNode).Drafts("Simpul pohon kinerja|draf", who.KeepFigures).Says("performance", "Add a node at the top of a draft").Takes(NewNode{}).Gives(TreeBody{}),
		web.GET("/performance-nodes/{perfnode}", d.getNodeForm).Page(),
		web.POST("/performance-nodes/{perfnode}", d.postNodeChange).Drafts("Simpul pohon kinerja|draf", who.KeepFigures).Says("performance", "Change a node of a draft").Takes(NewNode{}).Gives(TreeBody{}),
		web.POST("/performance-nodes/{perfnode}/nodes", d.postNodeBelow).Drafts("Simpul pohon kinerja|draf", who.KeepFigures).Says("performance", "Add a node below another of a draft").Takes(NewNode{}).Gives(TreeBody{}),
		web.POST("/performance-nodes/{perfnode}/removal", d.postNodeRemoval).NoDrafts("one button").Says("performance", "Take a node with nothing below it out of a draft").Takes(struct{}{}).Gives(TreeBody{}),
	}
}

// Path is the page of the tree.
func (t Tree) Path() string { return "/performance-trees/" + t.ID.String() }

type treesPage struct {
	All    []Tree
	Now    id.ID // the tree that counts today
	Keeps  bool
	Copies []page.Option
}

// Years is the period in words.
func (t Tree) Years() string { return yearWord(t.FromYear) + "–" + yearWord(t.ToYear) }

func (d *Desk) treesPage(r *web.Request) func() (any, error) {
	return func() (any, error) {
		all, err := d.Trees(r.Context(), r.By)
		p := treesPage{All: all, Keeps: r.By.May(who.KeepFigures)}
		var since Tree
		for _, t := range all {
			p.Copies = append(p.Copies, page.Option{Value: t.ID.String(), Name: t.Name + " " + t.Years()})
			if t.State == Live && t.ValidFrom <= r.Today() && t.ValidFrom > since.ValidFrom {
				since = t
			}
		}
		p.Now = since.ID
		return p, err
	}
}

func (d *Desk) getTrees(r *web.Request) (web.Answer, error) {
	if r.API() {
		all, err := d.Trees(r.Context(), r.By)
		if err != nil {
			return nil, err
		}
		return r.Whole(web.Bodies(all, treeBody))
	}
	return r.Page("performance/trees.html", d.treesPage(r))
}

func (d *Desk) postTree(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in NewTree) (Tree, error) { return d.Make(r.Context(), r.By, in) })
	if err != nil {
		return r.Again("performance/trees.html", d.treesPage(r), err)
	}
	r.Flash("Rancangan pohon kinerja dibuat.")
	return r.Done(t.Path(), t.Path(), treeBody(t))
}

// nodeLine is a node in an outline.
type nodeLine struct {
	Node
	Name, Weight, Sum string // Sum: of the weights below it, where they are not whole
	Children          []nodeLine
}

// choices are what a node can be made of.
type choices struct {
	Kinds, Levels, Figures []page.Option
}

type treePage struct {
	Tree
	choices
	Lines  []nodeLine
	Top    string // the sum at the top where it is not whole
	Edits  bool
	Keeps  bool
	Downs  []page.Option
	From   string
	To     string
	CapNow string
}

func outline(r *web.Request, nodes []Node, parent id.ID) (all []nodeLine, sum int64) {
	for _, n := range nodes {
		if n.Parent != parent {
			continue
		}
		l := nodeLine{Node: n, Name: n.In(string(r.Lang)), Weight: quantity(r.Lang, n.WeightValue()) + "%"}
		var below int64
		if l.Children, below = outline(r, nodes, n.ID); len(l.Children) > 0 && below != whole {
			l.Sum = quantity(r.Lang, float64(below)/100) + "%"
		}
		sum += n.Weight
		all = append(all, l)
	}
	return all, sum
}

func (d *Desk) choices(r *web.Request) (c choices, err error) {
	c.Kinds = page.WordOptions(r.Lang, kindWords, kinds...)
	c.Levels = page.WordOptions(r.Lang, levelWords, ofCentre, ofOffice, ofProvince)
	all, err := d.figures.Every(r.Context(), r.By, r.Today())
	for _, i := range all {
		if i.Direction == "up" || i.Direction == "down" {
			c.Figures = append(c.Figures, page.Option{Value: i.Key, Name: i.In(string(r.Lang))})
		}
	}
	return c, err
}

func (d *Desk) treePage(r *web.Request, tree id.ID) func() (any, error) {
	return func() (any, error) {
		t, err := d.Tree(r.Context(), r.By, tree)
		if err != nil {
			return nil, err
		}
		p := treePage{Tree: t, Keeps: r.By.May(who.KeepFigures), From: yearWord(t.FromYear), To: yearWord(t.ToYear), CapNow: yearWord(t.Cap)}
		p.Edits = p.Keeps && t.State == Draft
		var sum int64
		if p.Lines, sum = outline(r, t.Nodes, 0); len(p.Lines) > 0 && sum != whole {
			p.Top = quantity(r.Lang, float64(sum)/100) + "%"
		}
		p.Downs = page.WordOptions(r.Lang, downWords, Mirror, Inverse)
		if p.Edits {
			p.choices, err = d.choices(r)
		}
		return p, err
	}
}

func (d *Desk) getTree(r *web.Request) (web.Answer, error) {
	return r.Show("performance/tree.html", d.treePage(r, r.ID("perftree")), func() (any, error) {
		t, err := d.Tree(r.Context(), r.By, r.ID("perftree"))
		return treeBody(t), err
	})
}

// kept answers a change of a tree, or shows it again with the reason.
func (d *Desk) kept(r *web.Request, t Tree, said string, err error) (web.Answer, error) {
	if err != nil {
		return r.Again("performance/tree.html", d.treePage(r, r.ID("perftree")), err)
	}
	r.Flash(said)
	return r.Done(t.Path(), t.Path(), treeBody(t))
}

func (d *Desk) postSettings(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in SetTree) (Tree, error) { return d.Set(r.Context(), r.By, r.ID("perftree"), r.IfMatch(), in) })
	return d.kept(r, t, "Pengaturan pohon kinerja tersimpan.", err)
}

func (d *Desk) postForce(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in Force) (Tree, error) { return d.Enforce(r.Context(), r.By, r.ID("perftree"), r.IfMatch(), in) })
	return d.kept(r, t, "Pohon kinerja diberlakukan.", err)
}

func (d *Desk) postNode(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in NewNode) (Tree, error) { return d.Add(r.Context(), r.By, r.ID("perftree"), 0, r.IfMatch(), in) })
	return d.kept(r, t, "Simpul ditambahkan.", err)
}

type nodeForm struct {
	Tree
	choices
	Node   nodeLine
	Weight string
}

func (d *Desk) nodeForm(r *web.Request) func() (any, error) {
	return func() (any, error) {
		node := r.ID("perfnode")
		t, err := d.DraftOf(r.Context(), r.By, node)
		if err != nil {
			return nil, err
		}
		p := nodeForm{Tree: t}
		for _, n := range t.Nodes {
			if n.ID == node {
				p.Node = nodeLine{Node: n, Name: n.In(string(r.Lang))}
				p.Weight = quantity(r.Lang, n.WeightValue())
			}
		}
		p.Node.Children, _ = outline(r, t.Nodes, node)
		p.choices, err = d.choices(r)
		return p, err
	}
}

func (d *Desk) getNodeForm(r *web.Request) (web.Answer, error) {
	return r.Page("performance/treenode.html", d.nodeForm(r))
}

// changedNode answers a change of a node: back to it, or to its tree where it is gone.
func (d *Desk) changedNode(r *web.Request, t Tree, said string, err error) (web.Answer, error) {
	if err != nil {
		return r.Again("performance/treenode.html", d.nodeForm(r), err)
	}
	r.Flash(said)
	path := t.Path()
	if slices.ContainsFunc(t.Nodes, func(n Node) bool { return n.ID == r.ID("perfnode") }) {
		path = "/performance-nodes/" + r.ID("perfnode").String()
	}
	return r.Done(path, t.Path(), treeBody(t))
}

func (d *Desk) postNodeChange(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in NewNode) (Tree, error) { return d.Change(r.Context(), r.By, r.ID("perfnode"), r.IfMatch(), in) })
	return d.changedNode(r, t, "Simpul diubah.", err)
}

func (d *Desk) postNodeBelow(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(in NewNode) (Tree, error) {
		t, err := d.DraftOf(r.Context(), r.By, r.ID("perfnode"))
		if err != nil {
			return t, err
		}
		return d.Add(r.Context(), r.By, t.ID, r.ID("perfnode"), 0, in)
	})
	return d.changedNode(r, t, "Simpul ditambahkan.", err)
}

func (d *Desk) postNodeRemoval(r *web.Request) (web.Answer, error) {
	t, err := web.Do(r, func(struct{}) (Tree, error) { return d.Remove(r.Context(), r.By, r.ID("perfnode")) })
	return d.changedNode(r, t, "Simpul dihapus.", err)
}
