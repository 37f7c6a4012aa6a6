package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"tuntas/house/id"
	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/casework"
	"tuntas/office/interop"
	"tuntas/office/person"
)

func langOfCommand() text.Lang {
	if english() {
		return text.EN
	}
	return text.ID
}

func importFile(ctx context.Context, args []string) error {
	f := newFlags("import")
	dry := f.Bool("dry-run", false, "jangan menulis / write nothing")
	rejects := f.String("rejects", "", "FILE")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) != 2 || rest[0] != "register" {
		return fmt.Errorf("%w: import register FILE [--dry-run] [--rejects FILE]", errUsage)
	}
	file, err := os.ReadFile(rest[1])
	if err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	return withOffice(ctx, f, func(o *Office) error {
		out, err := o.Exchange.Register(ctx, who.House("import"), file, *dry)
		if err != nil {
			return err
		}
		fmt.Printf("new: %d\nknown: %d\ndoubtful: %d\nrejected: %d\n", len(out.New), out.Known, out.Sheet.Doubtful(), len(out.Sheet.Rejects))
		for _, r := range out.Sheet.Rejects {
			fmt.Fprintf(os.Stderr, "%d: %s: %s\n", r.Line, r.Column, text.Say(langOfCommand(), r.Reason))
		}
		if *rejects != "" {
			w, err := os.Create(*rejects)
			if err != nil {
				return fmt.Errorf("write the rejected rows: %w", err)
			}
			defer func() { _ = w.Close() }()
			if err := interop.WriteRejects(w, langOfCommand(), out.Sheet); err != nil {
				return err
			}
		}
		if len(out.Sheet.Rejects) > 0 {
			return errRejected
		}
		return nil
	})
}

// export streams persons or cases; each disclosure stands in the ledger with its purpose.
func export(ctx context.Context, args []string) error {
	f := newFlags("export")
	out := f.String("out", "", "FILE.csv | FILE.jsonl")
	purpose := f.String("purpose", "", "TEXT")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) != 1 || *out == "" || rest[0] != "persons" && rest[0] != "cases" {
		return fmt.Errorf("%w: export persons|cases --out FILE", errUsage)
	}
	return withOffice(ctx, f, func(o *Office) error {
		w, err := os.Create(*out)
		if err != nil {
			return fmt.Errorf("write the export: %w", err)
		}
		defer func() { _ = w.Close() }()
		by := who.House("export")
		by.Purpose = *purpose
		write := lineWriter(w, strings.HasSuffix(*out, ".csv"))
		if rest[0] == "persons" {
			err = exportPersons(ctx, o, by, write)
		} else {
			err = exportCases(ctx, o, by, write)
		}
		return err
	})
}

// lineWriter writes records as CSV with a head, or as JSON lines.
func lineWriter(w *os.File, asCSV bool) func(names []string, values []string) error {
	if !asCSV {
		enc := json.NewEncoder(w)
		return func(names, values []string) error {
			m := map[string]string{}
			for i, n := range names {
				m[n] = values[i]
			}
			return enc.Encode(m)
		}
	}
	c := csv.NewWriter(w)
	headed := false
	return func(names, values []string) error {
		if !headed {
			headed = true
			if err := c.Write(names); err != nil {
				return err
			}
		}
		for i := range values {
			values[i] = interop.Plain(values[i])
		}
		if err := c.Write(values); err != nil {
			return err
		}
		c.Flush()
		return c.Error()
	}
}

func exportPersons(ctx context.Context, o *Office, by who.Asker, write func(n, v []string) error) error {
	names := []string{"id", "called", "sex", "birth", "birth_precision", "home_region"}
	q := person.Query{Limit: 500}
	for {
		hits, next, err := o.Persons.Search(ctx, by, q)
		if err != nil {
			return err
		}
		for _, h := range hits {
			if err := write(names, []string{h.ID.String(), h.Called, h.Sex, h.Birth.Text(), h.Birth.Precision, h.HomeRegion}); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		q.After, _ = id.Parse(next)
	}
}

func exportCases(ctx context.Context, o *Office, by who.Asker, write func(n, v []string) error) error {
	names := []string{"id", "person_id", "centre", "ppks_type", "stage", "stage_since", "opened_on", "closed_on", "result", "outcome"}
	q := casework.Filter{Limit: 500}
	for {
		lines, next, err := o.Cases.List(ctx, by, q)
		if err != nil {
			return err
		}
		for _, l := range lines {
			if err := write(names, []string{l.ID.String(), l.Person.String(), l.CentreName, l.Kind, l.Stage, string(l.StageSince), string(l.OpenedOn),
				string(l.ClosedOn), l.Result, l.Outcome}); err != nil {
				return err
			}
		}
		if next == 0 {
			return nil
		}
		q.After = next
	}
}
