package participation

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"unicode/utf8"

	"tuntas/house/fail"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/office/interop"
)

// The bridge to SP4N-LAPOR has no wire: reports go there as a file, and its numbers and states come back as one.
var (
	exportReports = store.NewDisclosure("report.export", who.HandleReport, store.ByFile)
	importNumbers = store.NewAct("report.import", who.HandleReport)
)

const (
	mostBridged = 5000 // reports of a file that goes out
	mostRows    = 1000 // rows of a file that comes in
)

// bridgeColumns are the columns of both files; those that come in may be fewer, in any order.
var bridgeColumns = []string{"nomor", "jenis", "kabupaten_kota", "status", "diterima", "dijawab", "ditutup", "nomor_sp4n", "status_sp4n"}

// Bridged gives the newest reports that the asker sees, for the file. No contact, no words and no place are in it.
func (d *Desk) Bridged(ctx context.Context, by who.Asker) (all []Report, err error) {
	err = d.store.Read(ctx, by, exportReports, func(tx *store.Tx) error {
		all, err = listed(tx, Filter{Show: "all", Limit: mostBridged})
		tx.Leaves()
		return err
	})
	return all, err
}

// BridgeRow is a row of a file that came in: what it would change, or why it cannot.
type BridgeRow struct {
	Line                  int
	Number, SP4N, State   string
	Before, BeforeState   string
	Wrong                 fail.Saying
	Bad, Changes, Nothing bool // Nothing has no number of SP4N in it
	report                Report
}

// Bridge is what a file would do, or did.
type Bridge struct {
	Rows                     []BridgeRow
	New, Same, Unfilled, Bad int
	Written                  bool
}

func (b *Bridge) add(row BridgeRow) {
	switch {
	case row.Bad:
		b.Bad++
	case row.Nothing:
		b.Unfilled++
		return
	case row.Changes:
		b.New++
	default:
		b.Same++
		return
	}
	b.Rows = append(b.Rows, row)
}

var bridgeNumber = regexp.MustCompile(`^[0-9A-Za-z./-]{1,40}$`)

// bridgeRows reads the table of a file.
func bridgeRows(file []byte) (all []BridgeRow, err error) {
	rows, err := interop.Records(file, mostRows, "nomor", "nomor_sp4n")
	for _, row := range rows {
		all = append(all, BridgeRow{Line: row.Line, Number: row.Cell("nomor"), SP4N: row.Cell("nomor_sp4n"), State: row.Cell("status_sp4n")})
	}
	return all, err
}

// judged says of a row whether it can be taken in, and what it changes.
func (row BridgeRow) judged(tx *store.Tx, seen []string) (BridgeRow, error) {
	bad := func(say string, args ...any) (BridgeRow, error) {
		row.Bad, row.Wrong = true, fail.Say(say, args...)
		return row, nil
	}
	number := plainNumber(row.Number)
	r, _, err := byNumber(tx, number)
	switch {
	case errors.Is(err, fail.NotFound):
		return bad("Nomor laporan ini tidak ada.")
	case err != nil:
		return row, err
	case row.SP4N == "" && row.State == "":
		row.Nothing = true
		return row, nil
	case slices.Contains(seen, number):
		return bad("Laporan ini sudah ada di baris sebelumnya.")
	case !bridgeNumber.MatchString(row.SP4N):
		return bad("Nomor SP4N-LAPOR berisi huruf, angka, titik, garis miring atau strip, paling panjang 40.")
	case utf8.RuneCountInString(row.State) > 60:
		return bad("Status SP4N-LAPOR paling panjang 60 huruf.")
	}
	row.Number, row.report, row.Before, row.BeforeState = r.Number, r, r.SP4N, r.SP4NState
	row.Changes = r.SP4N != row.SP4N || r.SP4NState != row.State
	return row, nil
}

func judgedAll(tx *store.Tx, rows []BridgeRow) (b Bridge, err error) {
	var seen []string
	for _, row := range rows {
		if row, err = row.judged(tx, seen); err != nil {
			return b, err
		}
		if !row.Bad && !row.Nothing {
			seen = append(seen, row.Number)
		}
		b.add(row)
	}
	return b, nil
}

// Import previews a file of numbers and states of SP4N-LAPOR, or takes its good rows in, all at once; bad rows are told with
// their reason. What is kept already changes nothing.
func (d *Desk) Import(ctx context.Context, by who.Asker, file []byte, write bool) (b Bridge, err error) {
	rows, err := bridgeRows(file)
	if err != nil {
		return b, err
	}
	err = d.store.Read(ctx, by, importNumbers, func(tx *store.Tx) error {
		b, err = judgedAll(tx, rows)
		return err
	})
	if err != nil || !write || b.New == 0 {
		return b, err
	}
	err = d.store.Write(ctx, by, importNumbers, func(tx *store.Tx) error {
		if b, err = judgedAll(tx, rows); err != nil {
			return err
		}
		for i := range b.Rows {
			row := &b.Rows[i]
			if row.Bad {
				continue
			}
			if err := refer(tx, &row.report, Reference{Number: row.SP4N, State: row.State}); err != nil {
				return err
			}
			if err := keepReport(tx, &row.report); err != nil {
				return err
			}
		}
		if b.New == 0 { // somebody else took the same file in a moment ago
			tx.Record(store.Entry{Kind: "report", Say: fail.Say("Nomor SP4N-LAPOR dibaca; semuanya sudah tercatat.")})
		}
		b.Written = true
		return nil
	})
	return b, err
}
