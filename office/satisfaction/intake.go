package satisfaction

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/interop"
)

// mostRows is how many forms one file may hold.
const mostRows = 2000

var importForms = store.NewAct("survey.import", who.CloseMonth)

// Intake is a file of forms as it was judged, and what was taken in of it.
type Intake struct {
	Round          Round
	Rows           []IntakeRow // the good new ones and the bad ones, in the order of the file
	New, Same, Bad int
	Written        bool
}

// IntakeRow is one form of a file.
type IntakeRow struct {
	Line   int
	Number string
	Wrong  fail.Saying // of a bad row
	Bad    bool
	answer Answer
}

// IntakeColumns are the columns of a file; those before tanggal and u1 to u9 included must be there.
var IntakeColumns = []string{"nomor", "tanggal", "u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9", "siapa", "jenis_kelamin", "umur", "pendidikan", "saran"}

var (
	sexOf       = map[string]string{"": "", "l": "male", "laki-laki": "male", "male": "male", "p": "female", "perempuan": "female", "female": "female"}
	respondents = map[string]string{"": "", "penghuni": "resident", "resident": "resident", "keluarga": "family", "family": "family", "pengunjung": "visitor", "visitor": "visitor"}
	schoolOf    = map[string]string{"": "", "tidak sekolah": "none", "none": "none", "sd": "primary", "primary": "primary", "smp": "lower", "lower": "lower",
		"sma": "upper", "smk": "upper", "sma atau smk": "upper", "upper": "upper", "perguruan tinggi": "higher", "higher": "higher"}
)

// dayOf reads 2025-03-01 and 1/3/2025.
func dayOf(s string) (clock.Day, bool) {
	if p := strings.Split(s, "/"); len(p) == 3 && len(p[0]) <= 2 && len(p[1]) <= 2 {
		s = p[2] + "-" + strings.Repeat("0", 2-len(p[1])) + p[1] + "-" + strings.Repeat("0", 2-len(p[0])) + p[0]
	}
	d, err := clock.ParseDay(s)
	return d, err == nil && d != ""
}

// judge says of a line whether it is a form of the round.
func judge(rec interop.Record, r Round, today clock.Day, by string) (row IntakeRow) {
	row = IntakeRow{Line: rec.Line, Number: rec.Cell("nomor")}
	bad := func(say string, args ...any) IntakeRow {
		row.Bad, row.Wrong = true, fail.Say(say, args...)
		return row
	}
	in := NewAnswer{Remark: rec.Cell("saran"), Age: rec.Cell("umur")}
	if row.Number == "" || utf8.RuneCountInString(row.Number) > 40 {
		return bad("Nomor formulir harus ada, paling panjang 40 huruf.")
	}
	day, ok := dayOf(rec.Cell("tanggal"))
	if !ok {
		return bad("Tanggal tidak terbaca. Tulis seperti 2025-03-01 atau 1/3/2025.")
	}
	in.On = day
	if mayEnter(r, day, today) != nil {
		return bad("Tanggal %s di luar putaran atau sesudah hari ini.", day)
	}
	for i, into := range []*int64{&in.U1, &in.U2, &in.U3, &in.U4, &in.U5, &in.U6, &in.U7, &in.U8, &in.U9} {
		n, err := strconv.ParseInt(rec.Cell("u"+strconv.Itoa(i+1)), 10, 64)
		if err != nil || n < 1 || n > best {
			return bad("Unsur %d harus bernilai 1 sampai 4.", i+1)
		}
		*into = n
	}
	var known [3]bool
	in.Sex, known[0] = sexOf[strings.ToLower(rec.Cell("jenis_kelamin"))]
	in.Respondent, known[1] = respondents[strings.ToLower(rec.Cell("siapa"))]
	in.Education, known[2] = schoolOf[strings.ToLower(rec.Cell("pendidikan"))]
	for i, column := range []string{"jenis_kelamin", "siapa", "pendidikan"} {
		if !known[i] {
			return bad("Isi kolom %s tidak dikenal.", column)
		}
	}
	if in.Age != "" && !ageKnown(in.Age) {
		return bad("Isi kolom %s tidak dikenal.", "umur")
	}
	if utf8.RuneCountInString(in.Remark) > 500 {
		return bad("Saran paling panjang 500 huruf.")
	}
	row.answer = in.answer(r, FromFile, by)
	row.answer.Ref = row.Number
	return row
}

func ageKnown(key string) bool {
	for _, a := range law.Ages.Latest() {
		if a.Key == key {
			return true
		}
	}
	return false
}

func judgeAll(tx *store.Tx, round id.ID, rows []interop.Record) (n Intake, err error) {
	if n.Round, err = roundByID(tx, round); err != nil {
		return n, err
	}
	if n.Round.State != Open {
		return n, alreadyClosed(n.Round)
	}
	have, err := refsOf(tx, round)
	if err != nil {
		return n, err
	}
	seen := map[string]bool{}
	for _, rec := range rows {
		row := judge(rec, n.Round, tx.Today(), tx.By().Name)
		switch {
		case row.Bad:
		case seen[row.Number]:
			row.Bad, row.Wrong = true, fail.Say("Formulir ini sudah ada di baris sebelumnya.")
		case have[row.Number]:
			n.Same++
			seen[row.Number] = true
			continue
		}
		if row.Bad {
			n.Bad++
		} else {
			seen[row.Number] = true
			n.New++
		}
		n.Rows = append(n.Rows, row)
	}
	return n, nil
}

// Import previews a file of forms of a round, or takes its good rows in, all at once; bad ones are told with their reason. A
// form that is there already, by its number, changes nothing.
func (d *Desk) Import(ctx context.Context, by who.Asker, round id.ID, file []byte, write bool) (n Intake, err error) {
	rows, err := interop.Records(file, mostRows, "nomor", "tanggal", "u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9")
	if err != nil {
		return n, err
	}
	err = d.store.Read(ctx, by, importForms, func(tx *store.Tx) error {
		n, err = judgeAll(tx, round, rows)
		return err
	})
	if err != nil || !write || n.New == 0 {
		return n, err
	}
	err = d.store.Write(ctx, by, importForms, func(tx *store.Tx) error {
		if n, err = judgeAll(tx, round, rows); err != nil {
			return err
		}
		for _, row := range n.Rows {
			if row.Bad {
				continue
			}
			if err := enter(tx, row.answer); err != nil {
				return err
			}
		}
		n.Written = true
		tx.Record(n.Round.entry("Berkas formulir survei kepuasan %s dimasukkan.", map[string]int{"new": n.New, "same": n.Same, "bad": n.Bad}))
		return nil
	})
	return n, err
}
