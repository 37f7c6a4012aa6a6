package opendata

import (
	"embed"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

var (
	_ = page.Lookup("datafamily", func(l text.Lang, key string) string { return text.T(l, string(familyNames[key])) })
	_ = page.Lookup("whyhidden", func(l text.Lang, key string) string { return text.T(l, string(whyWords[key])) })
)

// Routes are the desk's addresses: those of the public, the catalogues, and those of staff.
func (d *Desk) Routes() []web.Route {
	const group = "open figures"
	return append(append(d.publicRoutes(), d.ckanRoutes()...),
		web.GET("/open-figures", d.getLedger).Says(group, "The ledger of releases, the newest first").Query(web.Part{}).Lists(ReleaseBody{}),
		web.GET("/open-figures/{openfamily}", d.getPreview).Says(group, "What a release of a family would show now, what it would hide, and why").Gives(PreviewBody{}),
		web.POST("/open-figures", d.postRelease).NoDrafts("one button").Says(group, "Release the tables of a family").Takes(Releasing{}).Gives(ReleaseBody{}),
		web.POST("/open-figures/setting", d.postSetting).NoDrafts("two choices").Says(group, "Set from which count on a number is shown, and whether a release comes each month").Takes(Choosing{}).Gives(SettingBody{}),
	)
}

type ledgerPage struct {
	Overview
	Families []familyLine
	Next     string
	May      bool
}

type familyLine struct {
	Key  string
	Last *Release
}

func (d *Desk) ledgerPage(r *web.Request) (p ledgerPage, err error) {
	p.Ledger, p.Next, err = web.PartOf(r, 30, func(part web.Part) ([]Release, error) {
		p.Overview, err = d.Ledger(r.Context(), r.By, part.After, part.Limit)
		return p.Ledger, err
	}, func(one Release) id.ID { return one.ID })
	for _, f := range Families {
		line := familyLine{Key: f}
		if last, ok := p.Last[f]; ok {
			line.Last = &last
		}
		p.Families = append(p.Families, line)
	}
	p.May = r.By.May(who.OpenFigures)
	return p, err
}

func (d *Desk) getLedger(r *web.Request) (web.Answer, error) {
	p, err := d.ledgerPage(r)
	if err != nil {
		return nil, err
	}
	if r.API() {
		return r.List(web.Bodies(p.Ledger, releaseBody), p.Next)
	}
	return r.Page("opendata/ledger.html", p)
}

// previewPage is a release that is not out yet.
type previewPage struct {
	Preview
	Drawn []previewTable
	Why   string
}

type previewTable struct {
	Name    string
	RowName string
	Cols    []string
	Rows    []previewRow
	Hidden  int
}

type previewRow struct {
	Name  string
	Total bool
	Cells []previewCell
}

type previewCell struct {
	N     string
	Shown bool
	Why   string
	Was   string
}

func (d *Desk) previewPage(r *web.Request, family string) func() (any, error) {
	return func() (any, error) {
		v, err := d.Preview(r.Context(), r.By, family)
		if err != nil {
			return nil, err
		}
		p := previewPage{Preview: v, Why: v.refusal(r.Lang)}
		for _, t := range v.Tables {
			one := previewTable{Name: text.T(r.Lang, t.Name), RowName: text.T(r.Lang, string(rowWords[t.Dataset.Rows]))}
			for _, c := range t.Table.Cols {
				one.Cols = append(one.Cols, t.col(r.Lang, c))
			}
			for i, h := range t.Table.Rows {
				row := previewRow{Name: t.row(r.Lang, h), Total: h.Key == all}
				for j, n := range t.Cells[i] {
					c := previewCell{N: text.Number(r.Lang, t.Truth[i][j]), Shown: n.N != nil, Why: t.Why[i][j]}
					if !c.Shown {
						one.Hidden++
					}
					row.Cells = append(row.Cells, c)
				}
				one.Rows = append(one.Rows, row)
			}
			p.Drawn = append(p.Drawn, one)
		}
		return p, nil
	}
}

func (d *Desk) getPreview(r *web.Request) (web.Answer, error) {
	family := r.Word("openfamily")
	return r.Show("opendata/preview.html", d.previewPage(r, family), func() (any, error) {
		p, err := d.Preview(r.Context(), r.By, family)
		return previewBody(r.Lang, p), err
	})
}

func (d *Desk) postRelease(r *web.Request) (web.Answer, error) {
	one, err := web.Do(r, func(in Releasing) (Release, error) { return d.Publish(r.Context(), r.By, in) })
	if err != nil {
		family := r.Form().Get("family")
		if _, ok := familyNames[family]; !ok {
			return r.Again("opendata/ledger.html", func() (any, error) { return d.ledgerPage(r) }, err)
		}
		return r.Again("opendata/preview.html", d.previewPage(r, family), err)
	}
	r.Flash("Rilis terbit. Halaman publik menampilkannya sekarang.")
	return r.Done("/open-figures", "/open-figures/"+one.Family, releaseBody(one))
}

func (d *Desk) postSetting(r *web.Request) (web.Answer, error) {
	s, err := web.Do(r, func(in Choosing) (Setting, error) { return d.Choose(r.Context(), r.By, in) })
	if err != nil {
		return r.Again("opendata/ledger.html", func() (any, error) { return d.ledgerPage(r) }, err)
	}
	r.Flash("Pengaturan disimpan. Rilis berikutnya memakainya.")
	return r.Done("/open-figures", "/open-figures", settingBody(s))
}
