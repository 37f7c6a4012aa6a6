package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tuntas/house/text"
	"tuntas/house/who"
	"tuntas/office/interop"
)

const toldRows = 50 // rejected and doubtful rows that are told on standard error; the file holds all

func importFile(ctx context.Context, args []string) error {
	f := newFlags("import")
	dry := f.Bool("dry-run", false, "periksa saja, jangan menulis / check only, write nothing")
	rejects := f.String("rejects", "", "`FILE` tempat baris yang ditolak ditulis, dengan baris, kolom, dan alasannya / where rejected rows go, with line, column and reason")
	source := f.String("source", "", "`NAME` milik siapa kunci di berkas ini, bila beberapa daftar memakai nomor yang sama / whose keys the file uses, when several lists count alike")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) != 2 || !slices.Contains(interop.Kinds, rest[0]) {
		return fmt.Errorf("%w: %s", errUsage, strings.Join(interop.Kinds, " | "))
	}
	in, err := os.Open(rest[1])
	if err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	defer func() { _ = in.Close() }()
	o := interop.Options{Kind: rest[0], Dry: *dry, Source: *source, Lang: langOfCommand(), Keep: toldRows}
	if !strings.EqualFold(filepath.Ext(rest[1]), ".xlsx") { // whose lines are known when it was read
		if o.Lines, err = linesOf(in); err != nil {
			return err
		}
	}
	return withOffice(ctx, f, func(office *Office) error { return importInto(ctx, f, office, in, *rejects, o) })
}

func importInto(ctx context.Context, f flags, office *Office, in io.Reader, rejects string, o interop.Options) error {
	var kept *whole
	if rejects != "" {
		var err error
		if kept, err = newWhole(rejects); err != nil {
			return err
		}
		o.Rejects = kept
	}
	watched, end := f.watching(ctx, say("baris:", "rows:"))
	by := who.House("import")
	out, err := office.Exchange.Import(watched, by, in, o)
	end()
	if kept != nil {
		err = kept.done(err)
	}
	if err != nil {
		return err
	}
	fmt.Printf("new: %d\nknown: %d\ndoubtful: %d\nrejected: %d\n", out.New, out.Known, out.Doubtful, out.Rejected)
	tellRows(out, o.Lang)
	if out.Rejected > 0 {
		return errRejected
	}
	return nil
}

// tellRows says on standard error which rows came back, and which are doubtful.
func tellRows(out interop.Report, lang text.Lang) {
	for _, h := range out.Ignored {
		fmt.Fprintf(os.Stderr, say("kolom tidak dibaca: %s\n", "column not read: %s\n"), h)
	}
	for _, r := range out.Rejects {
		columns, reasons := r.Told(lang, out.Heading)
		fmt.Fprintf(os.Stderr, "%d: %s: %s\n", r.Line, columns, reasons)
	}
	if more := out.Rejected - int64(len(out.Rejects)); more > 0 {
		fmt.Fprintf(os.Stderr, say("… dan %d baris lain ditolak\n", "… and %d more rows rejected\n"), more)
	}
	for _, r := range out.Doubts {
		for _, d := range r.Doubts {
			fmt.Fprintf(os.Stderr, "? %d: %s: %s\n", r.Line, out.Heading(d.Column), text.Say(lang, d.Reason))
		}
	}
}

// linesOf counts the lines of a file, so that the progress knows its end.
func linesOf(f *os.File) (int64, error) {
	n, buffer := int64(0), make([]byte, 64<<10)
	for {
		got, err := f.Read(buffer)
		n += int64(bytes.Count(buffer[:got], []byte{'\n'}))
		if errors.Is(err, io.EOF) {
			_, err = f.Seek(0, io.SeekStart)
			return n, err
		}
		if err != nil {
			return n, fmt.Errorf("read the file: %w", err)
		}
	}
}

// export streams a kind of records; each disclosure stands in the ledger with its purpose.
func export(ctx context.Context, args []string) error {
	f := newFlags("export")
	out := f.String("out", "", "`FILE` berkas .csv, .xlsx, atau .jsonl / a file .csv, .xlsx or .jsonl")
	purpose := f.String("purpose", "", "`TEXT` untuk apa; dicatat / what for; it is kept")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) != 1 || *out == "" || !slices.Contains(interop.Kinds[1:], rest[0]) {
		return fmt.Errorf("%w: %s --out FILE", errUsage, strings.Join(interop.Kinds[1:], " | "))
	}
	form, err := endingOf(*out)
	if err != nil {
		return err
	}
	s, err := f.existing()
	if err != nil {
		return err
	}
	defer closing(s)
	w, err := newWhole(*out)
	if err != nil {
		return err
	}
	by := who.House("export")
	by.Purpose = *purpose
	watched, end := f.watching(ctx, say("catatan:", "records:"))
	n, err := Wire(s, false).Exchange.Export(watched, by, rest[0], form, w)
	end()
	if err = w.done(err); err == nil {
		fmt.Fprintf(os.Stderr, say("%d catatan ditulis ke %s\n", "%d records written to %s\n"), n, *out)
	}
	return err
}

// endingOf tells the form of a list by the file's ending.
func endingOf(file string) (string, error) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".csv":
		return interop.CSV, nil
	case ".jsonl", ".ndjson":
		return interop.JSONLines, nil
	case ".xlsx":
		return interop.XLSX, nil
	}
	return "", fmt.Errorf("%w: --out: .csv | .xlsx | .jsonl", errUsage)
}

// whole is a file that is there under its name only when everything was written.
type whole struct {
	*bufio.Writer
	name string
	file *os.File
}

func newWhole(name string) (*whole, error) {
	f, err := os.OpenFile(name+".part", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("write the file: %w", err)
	}
	return &whole{bufio.NewWriterSize(f, 64<<10), name, f}, nil
}

// done puts the file in place, or takes it away when something failed.
func (w *whole) done(failed error) error {
	err := errors.Join(failed, w.Flush(), w.file.Sync(), w.file.Close())
	if err == nil {
		err = os.Rename(w.file.Name(), w.name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(w.file.Name()))
	}
	return nil
}
