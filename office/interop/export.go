package interop

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/person"
	"tuntas/office/residence"
)

// The forms in which lists leave the house.
const (
	CSV       = "csv"
	JSONLines = "jsonl"
	XLSX      = "xlsx"
)

// rows writes records of one kind in one form.
type rows struct {
	names []string
	csv   *csv.Writer
	sheet *sheet
	json  io.Writer
	n     int64
	tell  func(n int64)
}

func newRows(w io.Writer, form string, names []string, tell func(n int64)) (*rows, error) {
	r := &rows{names: names, tell: tell}
	if form == JSONLines {
		r.json = w
		return r, nil
	}
	if form == XLSX {
		var err error
		r.sheet, err = newSheet(w, names)
		return r, err
	}
	r.csv = csv.NewWriter(w)
	return r, r.csv.Write(names)
}

// add writes one record: texts, days, ids, whole and other numbers, yes and no.
func (r *rows) add(values ...any) error {
	r.n++
	r.tell(r.n)
	if r.json != nil {
		return r.object(values)
	}
	if r.sheet != nil {
		return r.sheet.add(values)
	}
	cells := make([]string, len(values))
	for i, v := range values {
		cells[i] = Plain(cellOf(v))
	}
	return r.csv.Write(cells)
}

func cellOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case int64:
		if v == 0 {
			return ""
		}
	case bool:
		return strconv.FormatBool(v)
	}
	return fmt.Sprint(v)
}

// object writes the values under their names, in order; what is not known is null.
func (r *rows) object(values []any) error {
	var b bytes.Buffer
	for i, v := range values {
		text, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if s := string(text); s == `""` || s == "0" {
			text = []byte("null")
		}
		fmt.Fprintf(&b, "%c%q:%s", map[bool]byte{true: '{', false: ','}[i == 0], r.names[i], text)
	}
	b.WriteString("}\n")
	_, err := r.json.Write(b.Bytes())
	return err
}

func (r *rows) close() error {
	if r.sheet != nil {
		return r.sheet.close()
	}
	if r.csv == nil {
		return nil
	}
	r.csv.Flush()
	return r.csv.Error()
}

// Export writes every record of a kind that the asker may see, as it can be imported again. The ledger keeps
// whose data left, and why.
func (d *Desk) Export(ctx context.Context, by who.Asker, kind, form string, w io.Writer) (int64, error) {
	k, ok := listKinds[kind]
	if !ok || kind == Register {
		return 0, fail.Bad("kind", "choice", "Jenis daftar %s tidak dikenal.", kind)
	}
	out, err := newRows(w, form, k.keys(), func(n int64) { store.Tell(ctx, n, 0) })
	if err != nil {
		return 0, err
	}
	switch kind {
	case "persons":
		err = person.New(d.store).Export(ctx, by, out.person)
	case "cases":
		err = casework.New(d.store).Export(ctx, by, out.caseLine)
	case "stays":
		err = d.exportStays(ctx, by, out)
	case "services":
		err = casework.New(d.store).ExportServices(ctx, by, out.service)
	}
	if err == nil {
		err = out.close()
	}
	return out.n, err
}

// several joins the values of one cell; a separator inside a value would make two of it.
func several(all []string) string {
	for i, s := range all {
		all[i] = strings.ReplaceAll(s, ";", ",")
	}
	return strings.Join(all, "; ")
}

// person writes what personColumns name.
func (r *rows) person(p person.Exported) error {
	names := map[string][]string{}
	kind := ""
	for i, n := range p.Names {
		if i == 0 {
			kind = n.Kind
			continue
		}
		names[n.Kind] = append(names[n.Kind], n.Text)
	}
	values := []any{p.ID.String(), p.Called, kind, several(names["alias"]), several(names["legal"]), several(names["working"]), p.Sex,
		p.Birth.Date, p.Birth.Precision, p.Birth.From, p.Birth.To}
	for _, n := range numbers {
		var all, sure []string
		for _, c := range p.Identifiers {
			if c.Kind == n.kind {
				all, sure = append(all, c.Value), append(sure, c.Certainty)
			}
		}
		values = append(values, several(all), several(sure))
	}
	return r.add(append(values, p.HomeRegion, p.Village, p.FoundPlace, string(p.FoundOn), p.Restricted, string(p.DeceasedOn), several(p.Centres), p.Note)...)
}

// caseLine writes what caseColumns name.
func (r *rows) caseLine(c casework.Exported) error {
	return r.add(c.ID.String(), c.Person.String(), "", c.CentreCode, c.Kind, c.Setting, c.Level, day(c.OpenedOn), c.Stage, day(c.StageSince), day(c.EndedOn),
		c.ExitReason, c.Destination, c.Outcome, c.HandedTo, day(c.ClosedOn), c.Result, c.WorkerName, c.Source, c.Story, day(c.OutsideSince),
		c.DecisionNo, day(c.DecisionOn), c.Emergency, c.Family.String())
}

func day(d clock.Day) string { return string(d) }

func (d *Desk) exportStays(ctx context.Context, by who.Asker, r *rows) error {
	codes := map[id.ID]string{}
	if err := d.store.Read(ctx, by, exportList, func(tx *store.Tx) error {
		all, err := centre.All(tx)
		for _, c := range all {
			codes[c.ID] = c.Code
		}
		return err
	}); err != nil {
		return err
	}
	return residence.New(d.store).Export(ctx, by, func(s residence.Taken) error { // what stayColumns name
		return r.add(s.ID.String(), s.Case.String(), s.Person.String(), "", codes[s.Centre], s.Ward, s.Room, s.BedLabel, s.Bed.String(), day(s.From), day(s.To),
			s.State, day(s.HeldUntil), s.Arrived, s.Departed)
	})
}

// service writes what serviceColumns name.
func (r *rows) service(s casework.ExportedService) error {
	return r.add(s.ID.String(), s.Case.String(), s.Person.String(), "", s.CentreCode, s.Item, s.Atensi, day(s.On), s.Quantity, s.Unit, s.Note, s.By)
}
