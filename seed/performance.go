package seed

import (
	"context"
	"fmt"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/centre"
	"tuntas/office/monitoring"
	"tuntas/office/performance"
)

// Performance is what the sample needs to play the cascade of performance.
type Performance struct {
	Desk          *performance.Desk
	Figures       *monitoring.Desk
	Keeper, Chief who.Asker            // who keeps figures, and the head of the office
	Heads         map[string]who.Asker // by the code of their institution
	ChiefName     string
}

// inventedSteps are the targets of the tree: of last year, and how much more each year asks for.
var inventedSteps = map[string][2]float64{"still_independent_12": {58, 2}, "return_rate": {14, -1}, "decile_up": {20, 2}, "settled": {73, 2}, "lowest_rose": {55, 2}, "exits_independent": {28, 2},
	"assessment_in_time": {88, 2}, "plan_in_time": {85, 2}, "satisfaction": {78, 1}, "staff_certified": {78, 2}}

// twig is a node of the sample with what is below it.
type twig struct {
	node  performance.NewNode
	below []twig
}

func leaf(key, level, owner string, weight float64) twig {
	return twig{node: performance.NewNode{Kind: performance.Indicator, Level: level, Owner: owner, Indicator: key, Weight: weight}}
}

func branch(kind, level, name, english, owner string, weight float64, below ...twig) twig {
	return twig{performance.NewNode{Kind: kind, Level: level, Name: name, NameEn: english, Owner: owner, Weight: weight}, below}
}

// inventedTree is an example alone: no office resolved it.
var inventedTree = branch(performance.Goal, "province", "Berkurangnya kemiskinan penerima manfaat dan keluarganya", "Less poverty among beneficiaries and their families", "Kepala Dinas", 100,
	branch(performance.Target, "province", "Eks penerima manfaat hidup mandiri dan tidak kembali", "Former beneficiaries live independently and do not come back", "Kepala Dinas", 40,
		leaf("still_independent_12", "office", "Kepala bidang rehabilitasi sosial", 50),
		leaf("return_rate", "office", "Kepala bidang rehabilitasi sosial", 25),
		leaf("decile_up", "province", "Kepala Dinas", 25)),
	branch(performance.Target, "office", "Rehabilitasi sosial yang tuntas dan terukur", "Rehabilitation that is brought to its end and measured", "Kepala bidang rehabilitasi sosial", 35,
		branch(performance.Programme, "office", "Program rehabilitasi sosial", "Programme of social rehabilitation", "Kepala bidang rehabilitasi sosial", 100,
			leaf("settled", "office", "Kepala bidang rehabilitasi sosial", 40),
			branch(performance.Activity, "centre", "Layanan di dalam panti", "Services in the institutions", "Kepala UPT", 60,
				leaf("lowest_rose", "centre", "Pekerja sosial", 40),
				leaf("exits_independent", "centre", "Kepala UPT", 30),
				leaf("assessment_in_time", "centre", "Pekerja sosial", 15),
				leaf("plan_in_time", "centre", "Pekerja sosial", 15)))),
	branch(performance.Target, "centre", "Pelayanan yang layak dan dipercaya", "Services that are decent and trusted", "Kepala UPT", 25,
		leaf("satisfaction", "centre", "Kasubag TU", 50),
		leaf("staff_certified", "centre", "Kasubag TU", 50)))

// Perform sets invented targets for five years, puts an example of a tree into force since the beginning of last year, writes a
// few analyses, and makes agreements: signed ones, one that waits for the second signature, and a draft.
func Perform(ctx context.Context, p Performance, all []centre.Centre, today clock.Day) error {
	this := int64(today.Time().Year())
	for key, step := range inventedSteps {
		for n := range int64(5) {
			aim := step[0] + float64(n)*step[1]
			if _, err := p.Figures.SetTarget(ctx, p.Keeper, key, monitoring.NewTarget{Year: this - 1 + n, Value: &aim, Note: "Target contoh"}); err != nil {
				return fmt.Errorf("target of %s: %w", key, err)
			}
		}
	}
	t, err := p.Desk.Make(ctx, p.Keeper, performance.NewTree{Name: "Pohon kinerja contoh", FromYear: this - 1, ToYear: this + 3})
	if err != nil {
		return err
	}
	if t, err = p.Desk.Set(ctx, p.Keeper, t.ID, 0, performance.SetTree{Name: t.Name, FromYear: t.FromYear, ToYear: t.ToYear, Cap: t.Cap, Down: t.Down, Example: true, Basis: "Rekaan untuk contoh, bukan Renstra"}); err != nil {
		return err
	}
	if t, err = p.plant(ctx, t, 0, inventedTree); err != nil {
		return err
	}
	if t, err = p.Desk.Enforce(ctx, p.Keeper, t.ID, 0, performance.Force{ValidFrom: clock.Day(fmt.Sprint(this-1) + "-01-01")}); err != nil {
		return err
	}
	if _, err := p.Desk.Make(ctx, p.Keeper, performance.NewTree{Name: "Pohon kinerja contoh, perbaikan", FromYear: this, ToYear: this + 3, Copy: t.ID}); err != nil {
		return err
	}
	if err := p.explain(ctx, t, this); err != nil {
		return err
	}
	return p.promise(ctx, all, this)
}

func (p Performance) plant(ctx context.Context, t performance.Tree, under id.ID, w twig) (performance.Tree, error) {
	t, err := p.Desk.Add(ctx, p.Keeper, t.ID, under, 0, w.node)
	if err != nil {
		return t, fmt.Errorf("node %s%s: %w", w.node.Name, w.node.Indicator, err)
	}
	made := t.Nodes[len(t.Nodes)-1].ID
	for _, one := range w.below {
		if t, err = p.plant(ctx, t, made, one); err != nil {
			return t, err
		}
	}
	return t, nil
}

// explain writes analyses for last year and this one.
func (p Performance) explain(ctx context.Context, t performance.Tree, this int64) error {
	money := func(n int64) *int64 { n *= 1_000_000; return &n }
	says := map[string]performance.SetAnalysis{
		"still_independent_12": {Reason: "Kunjungan bulan ke-12 belum menjangkau semua yang keluar, sehingga yang belum diketahui menurunkan angkanya (contoh).", Did: "Kunjungan bersama pendamping desa di enam kabupaten.",
			Obstacles: "Alamat sesudah keluar sering berubah.", Next: "Nomor telepon keluarga diperbarui pada setiap kunjungan.", Budget: money(480), Spent: money(431)},
		"settled":         {Reason: "Kasus yang dekat tenggat dibahas setiap pekan (contoh).", Did: "Konferensi kasus mingguan di setiap UPT.", Budget: money(1_250), Spent: money(1_198)},
		"staff_certified": {Reason: "Uji kompetensi hanya dibuka dua kali setahun (contoh).", Obstacles: "Tempat uji terbatas.", Next: "Mengusulkan tempat uji di Surabaya.", Budget: money(320), Spent: money(190)},
	}
	for _, n := range t.Nodes {
		if in, ok := says[n.Indicator]; ok {
			for _, in.Year = range []int64{this - 1, this} {
				if _, err := p.Desk.Analyse(ctx, p.Keeper, n.ID, 0, in); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// promise makes the agreements.
func (p Performance) promise(ctx context.Context, all []centre.Centre, this int64) error {
	for _, year := range []int64{this - 1, this} {
		a, err := p.Desk.Begin(ctx, p.Keeper, performance.NewAgreement{Year: year, FirstName: p.ChiefName, FirstPost: "Kepala Dinas Sosial", SecondName: "Gubernur (contoh)", SecondPost: "Gubernur Jawa Timur"})
		if err != nil {
			return err
		}
		if _, err := p.Desk.Sign(ctx, p.Chief, a.ID, 0); err != nil {
			return err
		}
	}
	for _, c := range all {
		head, ok := p.Heads[c.Code]
		if !ok {
			continue
		}
		a, err := p.Desk.Begin(ctx, head, performance.NewAgreement{Year: this, Centre: c.ID, FirstName: head.Name, FirstPost: "Kepala UPT", SecondName: p.ChiefName, SecondPost: "Kepala Dinas Sosial"})
		if err != nil {
			return fmt.Errorf("agreement of %s: %w", c.Code, err)
		}
		if c.Code == "rsbk-pasuruan" { // stays a draft
			continue
		}
		if _, err := p.Desk.Sign(ctx, head, a.ID, 0); err != nil {
			return fmt.Errorf("agreement of %s: %w", c.Code, err)
		}
		if c.Code == "pstw-jember" {
			if _, err := p.Desk.Sign(ctx, p.Chief, a.ID, 0); err != nil {
				return err
			}
		}
	}
	return nil
}
