package performance

import (
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/office/monitoring"
)

// reportLine is an indicator of the LKjIP in words.
type reportLine struct {
	ReportLine
	View                                         branchView
	Before, Grew, Final, FinalPercent, Benchmark string
	Budget, Spent, Absorbed, Gap                 string
	Path                                         string
	Under                                        string
	First                                        bool
}

type reportPage struct {
	Report
	chooser
	Lines  []reportLine
	Says   []told
	Writes bool
	Unsaid int // lines without an analysis
}

func (d *Desk) getReport(r *web.Request) (web.Answer, error) {
	a, err := asked(r)
	if err != nil {
		return nil, err
	}
	rep, err := d.Report(r.Context(), r.By, a.Year, a.Centre)
	if err != nil {
		return nil, err
	}
	return r.Show("performance/report.html", func() (any, error) {
		p := reportPage{Report: rep, chooser: rep.chooser(r, a, "/performance-report"), Writes: mayWrite(r.By, a.Centre)}
		if rep.Tree.ID != 0 {
			p.Says = rep.sentences(r, a)
		}
		under := ""
		for _, l := range rep.Lines {
			one := rep.line(r, l, a)
			one.First = one.Under != under
			under = one.Under
			if l.Analysis == nil {
				p.Unsaid++
			}
			p.Lines = append(p.Lines, one)
		}
		return p, nil
	}, reportBody(r.Lang, rep))
}

func (rep Report) line(r *web.Request, l ReportLine, a Ask) reportLine {
	lang := r.Lang
	v := reportLine{ReportLine: l, View: rep.view(r, l.Branch, a), Before: "–", Final: "–", FinalPercent: "–", Benchmark: "–", Budget: "–", Spent: "–", Absorbed: "–", Gap: "–",
		Path: "/performance/" + l.ID.String() + "/analysis?" + string(a.query()), Under: l.UnderIn(string(lang))}
	if l.Why != noFigure {
		v.Before = l.Figure.Say(lang, l.Branch.Before)
		v.Grew = l.Figure.Change(lang, l.Value, l.Branch.Before).Word
	}
	if l.Final != nil {
		v.Final = l.Figure.Number(lang, l.Final.Value())
		if now, ok := l.Value.In(l.Figure); ok {
			if p, ok := rep.Rules().Achieve(l.Figure.Direction, now, l.Final.Value()); ok {
				v.FinalPercent = percent(lang, p)
			}
		}
	}
	if l.Analysis == nil {
		return v
	}
	if b := l.Analysis.Compared(); b != nil {
		v.Benchmark = l.Figure.Number(lang, *b)
	}
	v.Budget, v.Spent = rupiah(lang, l.Analysis.Budget), rupiah(lang, l.Analysis.Spent)
	if spent, ok := l.Analysis.Absorbed(); ok {
		v.Absorbed = percent(lang, spent)
		if l.Known > 0 {
			v.Gap = text.T(lang, "%s poin", signed(lang, l.Percent-spent, 1))
		}
	}
	return v
}

func rupiah(l text.Lang, n *int64) string {
	if n == nil {
		return "–"
	}
	return text.Money(l, *n)
}

// ReportSheet is the table of the LKjIP as the rows of a workbook.
func (d *Desk) ReportSheet(r *web.Request) (name string, head []string, rows [][]any, err error) {
	a, err := asked(r)
	if err != nil {
		return "", nil, nil, err
	}
	rep, err := d.Report(r.Context(), r.By, a.Year, a.Centre)
	if err != nil {
		return "", nil, nil, err
	}
	head = []string{r.Say("Sasaran strategis"), r.Say("Indikator"), r.Say("Satuan"), r.Say("Target"), r.Say("Realisasi"), r.Say("Capaian (%)"), r.Say("Tahun lalu"), r.Say("Target akhir masa"), r.Say("Pembanding"),
		r.Say("Sumber pembanding"), r.Say("Mengapa"), r.Say("Yang dikerjakan"), r.Say("Kendala"), r.Say("Tindak lanjut|kinerja"), r.Say("Anggaran (Rp)"), r.Say("Terserap (Rp)"), r.Say("Aturan")}
	for _, l := range rep.Lines {
		row := make([]any, len(head))
		row[0], row[1], row[16] = l.UnderIn(string(r.Lang)), l.In(string(r.Lang)), rep.Rule
		if l.Why != noFigure {
			row[2] = monitoring.UnitWord(r.Lang, l.Figure.Unit)
			row[4], row[6] = cell(l.Figure, l.Value), cell(l.Figure, l.Branch.Before)
		}
		if l.Aim != nil {
			row[3] = l.Aim.Value()
		}
		if l.Known > 0 {
			row[5] = l.Percent
		}
		if l.Final != nil {
			row[7] = l.Final.Value()
		}
		if w := l.Analysis; w != nil {
			if b := w.Compared(); b != nil {
				row[8] = *b
			}
			row[9], row[10], row[11], row[12], row[13] = w.BenchmarkSource, w.Reason, w.Did, w.Obstacles, w.Next
			for n, v := range []*int64{w.Budget, w.Spent} {
				if v != nil {
					row[14+n] = float64(*v)
				}
			}
		}
		rows = append(rows, row)
	}
	return "lkjip-" + yearWord(a.Year), head, rows, nil
}

func cell(i monitoring.Indicator, v monitoring.Value) any {
	n, ok := v.In(i)
	if !ok {
		return nil
	}
	return n
}
