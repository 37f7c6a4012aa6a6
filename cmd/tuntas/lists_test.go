package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/access"
	"tuntas/office/interop"
	"tuntas/seed"
)

// smallProvince is a living province of some dozens of people.
func smallProvince(t *testing.T, db string) *Office {
	t.Helper()
	calendar := &seed.Calendar{}
	s, err := openStore(db, true, calendar)
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	o := Wire(s, true)
	_, err = fillDemo(t.Context(), o, calendar, 40, 25)
	must(t, err)
	return o
}

// emptyProvince has centres and beds, and nobody in them.
func emptyProvince(t *testing.T, db string) *Office {
	t.Helper()
	s, err := openStore(db, true, nil)
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	_, err = s.Migrate(t.Context())
	must(t, err)
	o := Wire(s, false)
	_, err = o.Centres.SetUp(t.Context(), who.House("test"), law.Centres.Latest(), "")
	must(t, err)
	must(t, places(t.Context(), o))
	return o
}

func exported(t *testing.T, o *Office, kind, form string) string {
	t.Helper()
	var b bytes.Buffer
	by := who.House("export")
	by.Purpose = "pindah server"
	_, err := o.Exchange.Export(t.Context(), by, kind, form, &b)
	must(t, err)
	return b.String()
}

func imported(t *testing.T, o *Office, kind, file string) interop.Report {
	t.Helper()
	out, err := o.Exchange.Import(t.Context(), who.House("import"), strings.NewReader(file), interop.Options{Kind: kind, Keep: 20})
	must(t, err)
	return out
}

// without leaves columns out that cannot be the same in two provinces: ids of beds, and the staff.
func without(t *testing.T, text string, columns ...string) string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	must(t, err)
	var b strings.Builder
	for _, row := range all {
		for i, cell := range row {
			if !slices.Contains(columns, all[0][i]) {
				b.WriteString(cell + "|")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// TestRoundTrip: what leaves a province comes into an empty one, is the same there, and comes in once.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	eachPlace(t, func(t *testing.T, db string) {
		from := smallProvince(t, db)
		to := emptyProvince(t, another(t, db))
		for _, kind := range interop.Kinds[1:] {
			for round, form := range []string{interop.CSV, interop.JSONLines, interop.XLSX} {
				file := exported(t, from, kind, form)
				n := int64(strings.Count(exported(t, from, kind, interop.JSONLines), "\n"))
				out := imported(t, to, kind, file)
				if out.Rejected > 0 || round == 0 && (out.New != n || out.Known != 0) || round > 0 && (out.New != 0 || out.Known != n) {
					t.Fatalf("%s as %s: %d rows, new %d, known %d, rejected %d: %v", kind, form, n, out.New, out.Known, out.Rejected, out.Rejects)
				}
			}
			before, after := exported(t, from, kind, interop.CSV), exported(t, to, kind, interop.CSV)
			if a, b := without(t, before, "bed_id", "worker"), without(t, after, "bed_id", "worker"); a != b {
				t.Errorf("%s differ:\n%s", kind, firstDifference(a, b))
			}
		}
		clean(t, to)
		if n := disclosures(t, from, "person.export", "pindah server"); n == 0 {
			t.Error("the export stands in no ledger")
		}
	})
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range x {
		if i >= len(y) || x[i] != y[i] {
			return x[i] + "\n" + strings.Join(y[min(i, len(y)):min(i+1, len(y))], "")
		}
	}
	return "more rows"
}

func disclosures(t *testing.T, o *Office, act, purpose string) (n int64) {
	t.Helper()
	must(t, o.Store.Read(t.Context(), who.House("test"), testLook, func(tx *store.Tx) (err error) {
		n, err = store.One(tx, disclosed, store.Int, act, purpose)
		return err
	}))
	return n
}

var (
	testLook  = store.NewAct("test.look", who.Anyone)
	disclosed = store.System(`select coalesce(max(n), 0) from disclosures where act = ? and purpose = ?`)
)

// clean insists that nothing of a province is wrong.
func clean(t *testing.T, o *Office) {
	t.Helper()
	ctx := t.Context()
	_, wrong, err := o.Store.VerifyChain(ctx)
	must(t, err)
	drifts, err := o.Store.Recount(ctx, Measures(), false)
	must(t, err)
	for _, d := range drifts {
		wrong = append(wrong, d.String())
	}
	for _, check := range []func(context.Context) ([]string, error){o.Residence.Broken, o.Cases.Broken, o.Persons.Broken} {
		more, err := check(ctx)
		must(t, err)
		wrong = append(wrong, more...)
	}
	if len(wrong) > 0 {
		t.Errorf("%d things are wrong, such as %v", len(wrong), wrong[:min(5, len(wrong))])
	}
}

// TestOwnKeys: an office's own lists, with its own keys and words; the bad rows come back with line, column
// and reason, and the good ones stay.
func TestOwnKeys(t *testing.T) {
	t.Parallel()
	eachPlace(t, func(t *testing.T, db string) {
		o := emptyProvince(t, db)
		for _, c := range []struct {
			kind, file                  string
			fresh, known, doubt, reject int64
			says                        []string
		}{
			{kind: "persons", fresh: 4, doubt: 2, reject: 3, file: "\ufeffKode;Nama;L/P;Tgl Lahir;NIK;Kab/Kota Asal;UPT;Keterangan\n" +
				"K-1;SITI AMINAH (alias Mak Nah);P;± 1948;3509125403480001;Kab. Jember;PSTW Jember;\n" +
				"K-2;Karto;L;31/02/1940;35780;Jember;PSTW Jember;sakit\n" +
				"K-3;Dewi;?;12-03-1990;;Kota Malang;RSBN Malang;\n" +
				";Tanpa Nama;L;;;;PSTW Jember;nama belum diketahui\n" +
				"K-5;Budi;L;12/08/2031;;Jember;PSTW Jember;\n" +
				"K-6;;L;1950;;Jember;Panti Entah;\n" +
				"K-7;=1+1;L;1950;;Jember;PSTW Jember;\n",
				says: []string{"6 Tgl Lahir future", "7 UPT unknown", "8 Nama formula"}},
			{kind: "cases", fresh: 3, reject: 6, file: "kode kasus,kode orang,UPT,Jenis PPKS,tanggal mulai,tahap,tahap sejak,tanggal keluar,alasan keluar,tujuan,hasil terminasi,penerima\n" +
				"C-1,K-1,PSTW Jember,lansia telantar,3 Maret 2025,intervensi,2025-05-01,,,,,\n" +
				"C-2,K-2,pstw-jember,lansia_telantar,2024-01-10,bimbingan lanjut,2025-02-01,2025-01-31,reunified,family,improved,Anak\n" +
				"C-3,K-3,RSBN Malang,disabilitas netra,2025-01-10,,,,,,,\n" +
				"C-4,K-9,PSTW Jember,lansia telantar,2025-01-10,,,,,,,\n" +
				"C-5,K-1,PSTW Jember,gelandangan,2025-01-10,,,,,,,\n" +
				"C-6,K-1,PSTW Jember,lansia telantar,2031-01-10,,,,,,,\n" +
				"C-7,K-1,PSTW Jember,lansia telantar,2025-01-10,,,,,,,\n" +
				"C-8,K-3,RSBN Malang,netra,kemarin,,,,,,,\n" +
				"C-9,K-2,PSTW Jember,lansia telantar,2020-01-10,terminasi,2020-05-01,,,,,\n",
				says: []string{"5 kode orang unknown", "6 Jenis PPKS kind-not-served", "7 tanggal mulai future", "8 kode orang case-open", "9 Jenis PPKS unknown", "10 tanggal keluar required"}},
			{kind: "stays", fresh: 2, reject: 4, file: "case_id,tempat tidur,mulai,sampai,kode orang,UPT\nC-1,M-01,2025-03-03,,,\n,m-02,2024-02-01,2025-01-31,K-2,PSTW Jember\n" +
				"C-3,X-99,2025-01-10,,,\nC-1,M-03,2025-03-10,,,\nC-3,M-01,2024-12-31,,,\nC-2,M-01,2025-01-01,,,\n",
				says: []string{"4 tempat tidur unknown", "5 mulai person-placed", "6 mulai order", "7 case_id not-in-care"}},
			{kind: "services", fresh: 4, reject: 2, file: "case_id;butir;tanggal;jumlah;satuan\nC-1;lansia-i;2025-04-01;2,5;kali\nC-1;lansia-i;2025-04-02;;\nC-1;lansia-i;2025-04-02;;\nC-1;lansia-k;4 April 2025;1;kali\n" +
				"C-1;gepeng-c;2025-04-02;;\nC-1;lansia-i;2020-04-02;banyak;\n", says: []string{"6 butir group", "7 jumlah number"}},
		} {
			out := imported(t, o, c.kind, c.file)
			if out.New != c.fresh || out.Doubtful != c.doubt || out.Rejected != c.reject {
				t.Errorf("%s: new %d, doubtful %d, rejected %d; want %d, %d, %d: %v %v", c.kind, out.New, out.Doubtful, out.Rejected, c.fresh, c.doubt, c.reject, out.Rejects, out.Doubts)
			}
			var says []string
			for _, r := range out.Rejects {
				says = append(says, strings.TrimSpace(strings.Join([]string{strconv.Itoa(r.Line), out.Heading(r.Column), r.Code}, " ")))
			}
			if !slices.Equal(says, c.says) {
				t.Errorf("%s: rejected %q, want %q", c.kind, says, c.says)
			}
			if again := imported(t, o, c.kind, c.file); again.New != 0 || again.Known != c.fresh || again.Rejected != c.reject {
				t.Errorf("%s again: new %d, known %d, rejected %d", c.kind, again.New, again.Known, again.Rejected)
			}
		}
		clean(t, o)
	})
}

// TestDryRun: a dry import finds what the rules refuse, and writes nothing.
func TestDryRun(t *testing.T) {
	t.Parallel()
	eachPlace(t, func(t *testing.T, db string) {
		o := emptyProvince(t, db)
		before, _, err := o.Store.VerifyChain(t.Context())
		must(t, err)
		out, err := o.Exchange.Import(t.Context(), who.House("import"), strings.NewReader("name,centre\nSiti,pstw-jember\nTono,nowhere\n"),
			interop.Options{Kind: "persons", Dry: true, Keep: 9})
		must(t, err)
		if out.New != 1 || out.Rejected != 1 || out.Written {
			t.Errorf("a dry import: %+v", out)
		}
		if after, _, err := o.Store.VerifyChain(t.Context()); err != nil || after != before {
			t.Errorf("the record grew from %d to %d: %v", before, after, err)
		}
		if left := exported(t, o, "persons", interop.JSONLines); left != "" {
			t.Errorf("somebody came in: %s", left)
		}
	})
}

// TestImportDoors: the same lists by the API and by the page, for who may import at one centre.
func TestImportDoors(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ctx, by := t.Context(), who.House("test")
		_, err := o.Access.AddUserWith(ctx, by, access.NewUser{Login: "tutik", Name: "Tutik Rahayu", Role: "head_administration", Centres: []id.ID{o.centres["pstw-jember"]}}, testPassword)
		must(t, err)
		o.tokens["tutik"], err = o.Access.CreateToken(ctx, by, "tutik", "test", 9000*time.Hour)
		must(t, err)
		const file = "id,name,centre\nA1,Siti Aminah,pstw-jember\nA2,Dewi,rsbn-malang\n"
		asCSV := []string{"Content-Type", "text/csv"}
		dry := o.want(201, "tutik", "POST", "/imports/persons?dry_run=true", file, asCSV...)
		if dry.body["new"] != 1.0 || dry.body["rejected_count"] != 1.0 || dry.body["written"] != false {
			t.Errorf("dry: %s", dry.raw)
		}
		first := o.want(201, "tutik", "POST", "/imports/persons", file, append(asCSV, "Idempotency-Key", "k1")...)
		if first.body["new"] != 1.0 || first.body["written"] != true {
			t.Errorf("first: %s", first.raw)
		}
		if same := o.want(201, "tutik", "POST", "/imports/persons", file, append(asCSV, "Idempotency-Key", "k1")...); same.raw != first.raw {
			t.Errorf("the same key: %s", same.raw)
		}
		if again := o.want(201, "tutik", "POST", "/imports/persons", file, asCSV...); again.body["new"] != 0.0 || again.body["known"] != 1.0 {
			t.Errorf("again: %s", again.raw)
		}
		cases := "id,person_id,centre,ppks_type,opened_on,stage,stage_since\nC1,A1,pstw-jember,lansia_telantar,2025-01-05,,\nC2,A1,pstw-jember,lansia_telantar,2024-01-05,planning,2024-02-05\n"
		if r := o.want(201, "tutik", "POST", "/imports/cases", cases, asCSV...); r.body["new"] != 1.0 || !strings.Contains(r.raw, `"case-open"`) && !strings.Contains(r.raw, `"waiver-right"`) {
			t.Errorf("cases: %s", r.raw)
		}
		o.want(403, "tutik", "POST", "/imports/services", "case_id,item,on\n", asCSV...)
		o.want(403, "ratna", "POST", "/imports/persons", file, asCSV...)
		o.want(400, "tutik", "POST", "/imports/persons", "", asCSV...)
		o.want(400, "tutik", "POST", "/imports/persons?dry=true", file, asCSV...)
		o.want(415, "tutik", "POST", "/imports/persons", file, "Content-Type", "text/html")
		o.importPage(t)
	})
}

// importPage goes through the page: choose, preview, take in, download what came back.
func (o *testOffice) importPage(t *testing.T) {
	t.Helper()
	cookie := o.signIn("tutik")
	const file = "name,centre\nKarto,pstw-jember\nDewi,rsbn-malang\n"
	post := func(path string, more string) (int, string) {
		form := "kind=persons&text=" + url.QueryEscape(file) + more
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, o.url+path, strings.NewReader(form))
		must(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Cookie", cookie)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		res, err := http.DefaultClient.Do(r)
		must(t, err)
		defer func() { _ = res.Body.Close() }()
		var b bytes.Buffer
		_, _ = b.ReadFrom(res.Body)
		return res.StatusCode, b.String()
	}
	if code, body := post("/import", ""); code != 200 || !strings.Contains(body, "1 baris siap dimasukkan") || !strings.Contains(body, "Unduh 1 baris yang ditolak") {
		t.Errorf("preview: %d %s", code, body)
	}
	if code, body := post("/import", "&confirmed=true"); code != 200 || !strings.Contains(body, "1 baris masuk") {
		t.Errorf("import: %d %s", code, body)
	}
	if code, body := post("/import/rejects", ""); code != 200 || !strings.Contains(body, "Dewi,rsbn-malang,3,centre,UPT rsbn-malang tidak dikenal") {
		t.Errorf("rejects: %d %s", code, body)
	}
}

// TestExport_whole: a failed export leaves nothing under the final name; a spreadsheet runs no cell.
func TestExport_whole(t *testing.T) {
	t.Parallel()
	eachPlace(t, func(t *testing.T, db string) {
		tuntas(t, 0, "setup", "--yes", "--db", db)
		dir := t.TempDir()
		list := filepath.Join(dir, "list.csv")
		must(t, os.WriteFile(list, []byte("name,centre,note\nSiti,pstw-jember,'=HYPERLINK(1)\n"), 0o600))
		tuntas(t, 0, "import", "persons", list, "--db", db)
		if out := export1(t, db, "persons"); !strings.Contains(out, ",'=HYPERLINK(1)\n") {
			t.Errorf("the cell is not guarded: %s", out)
		}
		hand := byHand(t, db)
		_, err := hand.ExecContext(t.Context(), `alter table person_names rename to elsewhere`)
		must(t, err)
		file := filepath.Join(dir, "out.csv")
		tuntas(t, 1, "export", "persons", "--out", file, "--db", db)
		for _, left := range []string{file, file + ".part"} {
			if _, err := os.Stat(left); err == nil {
				t.Errorf("a failed export left %s", left)
			}
		}
	})
}

// TestBedsAlike: a generated province has many beds of one name; none of them becomes another.
func TestBedsAlike(t *testing.T) {
	t.Parallel()
	eachPlace(t, func(t *testing.T, db string) {
		for _, seed := range []string{"1", "2"} {
			tuntas(t, 0, "generate", "--persons", "120", "--events", "60", "--seed", seed, "--db", db)
		}
		s, err := openStore(db, true, nil)
		must(t, err)
		t.Cleanup(func() { _ = s.Close() })
		from, to := Wire(s, false), emptyProvince(t, another(t, db))
		for _, kind := range interop.Kinds[1:] {
			if out := imported(t, to, kind, exported(t, from, kind, interop.CSV)); out.Rejected > 0 || out.New == 0 {
				t.Errorf("%s: new %d, rejected %d: %v", kind, out.New, out.Rejected, out.Rejects)
			}
		}
		clean(t, to)
	})
}
