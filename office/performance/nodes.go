package performance

import (
	"context"
	"slices"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// node fills a node from what was written, and holds that it fits under its parent.
func (d *Desk) node(tx *store.Tx, t Tree, n *Node, in NewNode) error {
	var f fail.Fields
	if in.Kind == Indicator {
		i, err := d.figures.NamedIn(tx, in.Indicator, tx.Today())
		switch {
		case err != nil:
			f.Add("indicator", "choice", "Indikator ini tidak ada.")
		case i.Direction != "up" && i.Direction != "down":
			f.Add("indicator", "direction", "Indikator ini tidak punya arah, jadi capaiannya tidak dapat dihitung.")
		case in.Name == "":
			in.Name, in.NameEn = i.Name, i.NameEn
		}
	} else {
		in.Indicator = ""
	}
	if in.Name == "" {
		f.Add("name", "required", "Tulis namanya.")
	}
	if in.NameEn == "" {
		f.Add("name_en", "required", "Tulis namanya dalam bahasa Inggris.")
	}
	above, at := -1, slices.Index(kinds, in.Kind)
	for _, one := range t.Nodes {
		if one.ID == n.Parent {
			above = slices.Index(kinds, one.Kind)
		}
		if one.Parent == n.ID && n.ID != 0 && slices.Index(kinds, one.Kind) <= at {
			f.Add("kind", "order", "Jenis ini tidak boleh di atas yang sudah ada di bawahnya.")
		}
	}
	if at <= above {
		f.Add("kind", "order", "Jenis ini tidak boleh berada di bawah induknya.")
	}
	n.Kind, n.Level, n.Name, n.NameEn, n.Owner, n.Indicator = in.Kind, in.Level, in.Name, in.NameEn, in.Owner, in.Indicator
	n.Weight = int64(in.Weight*100 + 0.5)
	return f.Err()
}

// mostNodes is how many nodes a tree holds: more than anybody reads.
const mostNodes = 200

// Add writes a node under another, or (0) at the top.
func (d *Desk) Add(ctx context.Context, by who.Asker, tree, parent id.ID, version int64, in NewNode) (Tree, error) {
	return d.changing(ctx, by, setNode, tree, version, func(tx *store.Tx, t *Tree) error {
		if len(t.Nodes) >= mostNodes {
			return fail.Broken("performance-full", "Pohon kinerja paling banyak %d simpul.", mostNodes)
		}
		if parent != 0 && !slices.ContainsFunc(t.Nodes, func(n Node) bool { return n.ID == parent }) {
			return fail.NotFound
		}
		n := Node{Version: 1, Tree: t.ID, Parent: parent}
		if err := d.node(tx, *t, &n, in); err != nil {
			return err
		}
		n.ID = id.New()
		n.Origin = n.ID
		for _, one := range t.Nodes {
			n.Position = max(n.Position, one.Position+1)
		}
		t.Nodes = append(t.Nodes, n)
		tx.Record(t.entry("Simpul ditambahkan pada pohon kinerja %s.", in))
		return insertNode(tx, n)
	})
}

// within changes a draft by one of its nodes.
func (d *Desk) within(ctx context.Context, by who.Asker, act store.Act, node id.ID, do func(*store.Tx, *Tree, int) error) (t Tree, err error) {
	var tree id.ID
	if err := d.store.Read(ctx, by, lookTree, func(tx *store.Tx) error {
		n, err := nodeByID(tx, node)
		tree = n.Tree
		return err
	}); err != nil {
		return t, err
	}
	return d.changing(ctx, by, act, tree, 0, func(tx *store.Tx, t *Tree) error {
		at := slices.IndexFunc(t.Nodes, func(n Node) bool { return n.ID == node })
		if at < 0 { // taken out since
			return fail.NotFound
		}
		return do(tx, t, at)
	})
}

// DraftOf gives the draft that a node is of, to who may change it.
func (d *Desk) DraftOf(ctx context.Context, by who.Asker, node id.ID) (t Tree, err error) {
	err = d.store.Read(ctx, by, lookTree, func(tx *store.Tx) error {
		n, err := nodeByID(tx, node)
		if err != nil {
			return err
		}
		if t, err = treeWhole(tx, n.Tree); err == nil && t.State != Draft {
			return fixed()
		}
		return err
	})
	return t, err
}

func fixed() error {
	return fail.Broken("performance-live", "Pohon kinerja yang berlaku tidak diubah lagi. Salin ke rancangan baru.")
}

// Change changes a node of a draft.
func (d *Desk) Change(ctx context.Context, by who.Asker, node id.ID, version int64, in NewNode) (t Tree, err error) {
	return d.within(ctx, by, setNode, node, func(tx *store.Tx, t *Tree, at int) error {
		n := &t.Nodes[at]
		if version > 0 && version != n.Version {
			return fail.Stale
		}
		if err := d.node(tx, *t, n, in); err != nil {
			return err
		}
		tx.Record(t.entry("Simpul pohon kinerja %s diubah.", in))
		return keepNode(tx, n)
	})
}

// Remove takes a node with nothing below it out of a draft.
func (d *Desk) Remove(ctx context.Context, by who.Asker, node id.ID) (Tree, error) {
	return d.within(ctx, by, dropNode, node, func(tx *store.Tx, t *Tree, at int) error {
		n := t.Nodes[at]
		if slices.ContainsFunc(t.Nodes, func(one Node) bool { return one.Parent == n.ID }) {
			return fail.Broken("performance-below", "Hapus dulu yang di bawahnya.")
		}
		t.Nodes = slices.Delete(t.Nodes, at, at+1)
		tx.Record(t.entry("Simpul pohon kinerja %s dihapus.", n))
		return deleteNode(tx, n.ID)
	})
}
