package interop

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Budget is a table of another desk in the layout of a work plan and budget: lines under groups, each group with its sum,
// and the sum of all at the end. Amount names the columns (from 0) that are multiplied: volume, unit price and their product.
type Budget struct {
	Title  []string
	Head   []string
	Widths []float64
	Groups []BudgetGroup
	Sum    string // what the last line says
	Volume int
	Price  int
	Amount int
}

// BudgetGroup is the lines of one institution. A cell is a text or a number (float64).
type BudgetGroup struct {
	Name string
	Rows [][]any
}

// Of is what the group adds up to.
func (b Budget) Of(g BudgetGroup) (sum float64) {
	for _, row := range g.Rows {
		amount, _ := row[b.Amount].(float64)
		sum += amount
	}
	return sum
}

// styles of a budget.
type budgetStyles struct{ title, head, group, text, number, sum int }

func stylesOf(book *excelize.File) (s budgetStyles, err error) {
	format := "#,##0"
	border := []excelize.Border{{Type: "left", Style: 1, Color: "999999"}, {Type: "right", Style: 1, Color: "999999"}, {Type: "top", Style: 1, Color: "999999"}, {Type: "bottom", Style: 1, Color: "999999"}}
	bold, wrap := &excelize.Font{Bold: true}, &excelize.Alignment{WrapText: true, Vertical: "top"}
	for _, one := range []struct {
		to    *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 13}}},
		{&s.head, excelize.Style{Font: bold, Border: border, Alignment: wrap, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDE7E4"}}}},
		{&s.group, excelize.Style{Font: bold, Border: border, CustomNumFmt: &format}},
		{&s.text, excelize.Style{Border: border, Alignment: wrap}},
		{&s.number, excelize.Style{Border: border, CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&s.sum, excelize.Style{Font: bold, Border: border, CustomNumFmt: &format}},
	} {
		if *one.to, err = book.NewStyle(&one.style); err != nil {
			return s, fmt.Errorf("begin the workbook: %w", err)
		}
	}
	return s, nil
}

// Workbook writes the budget. Products and sums are formulas with their value, so that who changes a price sees it move.
func (b Budget) Workbook() ([]byte, error) {
	w := &sheet{book: excelize.NewFile()}
	var out bytes.Buffer
	w.out = &out
	style, err := stylesOf(w.book)
	if err != nil {
		return nil, err
	}
	if w.rows, err = w.book.NewStreamWriter("Sheet1"); err != nil {
		return nil, fmt.Errorf("begin the workbook: %w", err)
	}
	for i, width := range b.Widths {
		if err := w.rows.SetColWidth(i+1, i+1, width); err != nil {
			return nil, fmt.Errorf("begin the workbook: %w", err)
		}
	}
	for _, line := range append(b.Title, "") {
		if err := w.row([]any{excelize.Cell{StyleID: style.title, Value: cellOf(line)}}); err != nil {
			return nil, err
		}
	}
	if err := w.row(styled(style.head, texts(b.Head))); err != nil {
		return nil, err
	}
	total, sums := 0.0, ""
	for _, g := range b.Groups {
		line := w.n + 1
		sums += fmt.Sprintf("+%s%d", letter(b.Amount), line)
		total += b.Of(g)
		if err := w.row(b.line(style.group, g.Name, b.Of(g), fmt.Sprintf("SUM(%s%d:%s%d)", letter(b.Amount), line+1, letter(b.Amount), line+len(g.Rows)))); err != nil {
			return nil, err
		}
		for _, row := range g.Rows {
			if err := w.row(b.item(style, row, w.n+1)); err != nil {
				return nil, err
			}
		}
	}
	if err := w.row(b.line(style.sum, b.Sum, total, sums)); err != nil {
		return nil, err
	}
	err = w.close()
	return out.Bytes(), err
}

// line is a group or the sum: its name in the second column, its amount in its own.
func (b Budget) line(style int, name string, amount float64, formula string) []any {
	cells := styled(style, make([]any, len(b.Head)))
	cells[1] = excelize.Cell{StyleID: style, Value: cellOf(name)}
	cells[b.Amount] = excelize.Cell{StyleID: style, Value: amount, Formula: formula}
	return cells
}

func (b Budget) item(style budgetStyles, row []any, at int) []any {
	cells := make([]any, len(row))
	for i, v := range row {
		n, number := v.(float64)
		switch {
		case i == b.Amount:
			cells[i] = excelize.Cell{StyleID: style.number, Value: n, Formula: fmt.Sprintf("%s%d*%s%d", letter(b.Volume), at, letter(b.Price), at)}
		case number:
			cells[i] = excelize.Cell{StyleID: style.number, Value: n}
		default:
			cells[i] = excelize.Cell{StyleID: style.text, Value: cellOf(v)}
		}
	}
	return cells
}

func letter(column int) string {
	name, _ := excelize.ColumnNumberToName(column + 1) // a column of a table of ours
	return name
}

func texts(all []string) (cells []any) {
	for _, s := range all {
		cells = append(cells, cellOf(s))
	}
	return cells
}

func styled(style int, values []any) []any {
	cells := make([]any, len(values))
	for i, v := range values {
		cells[i] = excelize.Cell{StyleID: style, Value: v}
	}
	return cells
}
