package opendata

import (
	"time"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/text"
)

// ReleaseBody is a release in the API.
type ReleaseBody struct {
	ID        id.ID     `json:"id" required:"true"`
	Family    string    `json:"family"`
	N         int64     `json:"n"`
	AsOf      clock.Day `json:"figures_on"`
	At        time.Time `json:"released_at"`
	By        string    `json:"released_by"`
	Rule      string    `json:"rule"`
	Threshold int64     `json:"threshold"`
	Note      string    `json:"note"`
	Digest    string    `json:"digest"`
}

func releaseBody(r Release) ReleaseBody {
	return ReleaseBody{r.ID, r.Family, r.N, r.AsOf, r.Released().In(clock.WIB), r.By, r.Rule, r.Threshold, r.Note, r.Digest}
}

// SettingBody is the setting in the API.
type SettingBody struct {
	Threshold int64      `json:"threshold"`
	Monthly   bool       `json:"monthly"`
	SetOn     *clock.Day `json:"set_on"`
	By        string     `json:"set_by"`
}

func settingBody(s Setting) SettingBody {
	return SettingBody{s.Threshold, s.Monthly, s.SetOn.Known(), s.By}
}

// PreviewBody is a release that is not out yet. Refused says why it may not be.
type PreviewBody struct {
	Family    string             `json:"family"`
	AsOf      clock.Day          `json:"figures_on"`
	Threshold int64              `json:"threshold"`
	Refused   string             `json:"refused"`
	Same      bool               `json:"same_as_last"`
	Shown     int                `json:"shown"`
	Hidden    int                `json:"hidden"`
	Digest    string             `json:"digest"`
	Tables    []PreviewTableBody `json:"tables"`
}

// PreviewTableBody is one table of it: what would stand in public, and the reason of each number that is hidden.
type PreviewTableBody struct {
	Dataset string     `json:"dataset"`
	Rows    []Head     `json:"rows"`
	Cols    []Head     `json:"cols"`
	Cells   [][]Number `json:"cells"`
	Why     [][]string `json:"why"`
}

func previewBody(l text.Lang, p Preview) PreviewBody {
	b := PreviewBody{Family: p.Family, AsOf: p.AsOf, Threshold: p.Setting.Threshold, Same: p.Same, Shown: p.Shown, Hidden: p.Hidden, Digest: p.Digest}
	if p.Refused != nil {
		b.Refused = p.refusal(l)
	}
	for _, t := range p.Tables {
		b.Tables = append(b.Tables, PreviewTableBody{t.Key, t.Table.Rows, t.Table.Cols, t.Cells, t.Why})
	}
	return b
}

// DatasetBody is a dataset of the list. AsOf and At are null while it has no release.
type DatasetBody struct {
	Key         string     `json:"key" required:"true"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Formula     string     `json:"formula"`
	Source      string     `json:"source"`
	Legal       string     `json:"legal_basis"`
	Licence     string     `json:"licence"`
	AsOf        *clock.Day `json:"figures_on"`
	At          *time.Time `json:"released_at"`
	Release     int64      `json:"release"`
}

// TableBody is a dataset with its numbers. A number that is hidden is null; was is then the last that was shown, of was_on.
type TableBody struct {
	DatasetBody
	Threshold int64      `json:"threshold"`
	Rule      string     `json:"rule"`
	Digest    string     `json:"digest"`
	Rows      []Head     `json:"rows"`
	Cols      []Head     `json:"columns"`
	Cells     [][]Number `json:"cells"`
}

func datasetBody(l text.Lang, o Open) DatasetBody {
	b := DatasetBody{Key: o.Key, Title: text.T(l, o.Name), Description: text.T(l, o.Says), Formula: text.T(l, o.Formula), Source: text.T(l, o.Source), Legal: o.Legal, Licence: licence}
	if o.Release != nil {
		at := o.Release.Released().In(clock.WIB)
		b.AsOf, b.At, b.Release = o.Release.AsOf.Known(), &at, o.Release.N
	}
	return b
}

func tableBody(l text.Lang, s Sheet) TableBody {
	b := TableBody{DatasetBody: datasetBody(l, s.Open), Rows: []Head{}, Cols: []Head{}, Cells: s.Table.Cells}
	for _, h := range s.Table.Rows {
		b.Rows = append(b.Rows, Head{h.Key, s.row(l, h)})
	}
	for _, h := range s.Table.Cols {
		b.Cols = append(b.Cols, Head{h.Key, s.col(l, h)})
	}
	if b.Cells == nil {
		b.Cells = [][]Number{}
	}
	if s.Release != nil {
		b.Threshold, b.Rule, b.Digest = s.Release.Threshold, s.Release.Rule, s.Release.Digest
	}
	return b
}
