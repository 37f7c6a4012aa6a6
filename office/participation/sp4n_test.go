package participation_test

import (
	"strings"
	"testing"

	"tuntas/try/province"
)

// A file of SP4N-LAPOR keeps its good rows and tells why the bad ones stay; the same file once more changes nothing.
func TestImport(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, wulan := desk(p), p.As("wulan")
		one, _ := sent(t, p, d, "facility", "Atap bocor.", "Asrama barat")
		two, _ := sent(t, p, d, "service", "Antre lama.", "Loket")
		sealed, _ := sent(t, p, d, "abuse", "Dipukul petugas.", "Wisma A")
		file := "\ufeffStatus SP4N;Nomor;Nomor_SP4N;Kolom lain\n" // a heading that is not known is not read
		file = strings.Replace(file, "Status SP4N", "status_sp4n", 1)
		file += "=1+1;" + strings.ToLower(strings.ReplaceAll(one.Number, "-", "")) + ";8123456;x\n" + ";" + two.Number + ";;\n\n" +
			"Selesai;JTM-000-000;99;\n" + "Selesai;" + one.Number + ";77;\n" + "Selesai;" + two.Number + ";nomor <b>;\n" + strings.Repeat("a", 61) + ";" + two.Number + ";7;\n" + "Diteruskan;\"" + sealed.Number + "\";11/AB-2;\n"
		see, err := d.Import(p.Ctx, wulan, []byte(file), false)
		province.Must(t, err)
		if see.New != 2 || see.Unfilled != 1 || see.Bad != 4 || see.Written {
			t.Fatalf("preview: %+v", see)
		}
		if kept, err := d.Look(p.Ctx, wulan, one.ID); err != nil || kept.SP4N != "" {
			t.Errorf("a preview wrote: %+v %v", kept.Report, err)
		}
		joko, err := d.Import(p.Ctx, p.As("joko"), []byte(file), true) // nothing was handed to the institution
		if err != nil || joko.New != 0 || joko.Written || joko.Bad != 7 {
			t.Errorf("the institution took in: %+v %v", joko, err)
		}
		wants(t, "one who handles no reports", only(d.Import(p.Ctx, p.As("yati"), []byte(file), true)), "denied")
		out, err := d.Import(p.Ctx, wulan, []byte(file), true)
		if err != nil || out.New != 2 || out.Bad != 4 || !out.Written {
			t.Fatalf("taken in: %+v %v", out, err)
		}
		for _, row := range out.Rows {
			if row.Bad == (row.Wrong.Text == "") || row.Line == 0 {
				t.Errorf("a row without its line or its reason: %+v", row)
			}
		}
		kept, err := d.Look(p.Ctx, wulan, one.ID)
		if err != nil || kept.SP4N != "8123456" || kept.SP4NState != "=1+1" {
			t.Errorf("kept: %+v %v", kept.Report, err)
		}
		again, err := d.Import(p.Ctx, wulan, []byte(file), true)
		if err != nil || again.New != 0 || again.Same != 2 || again.Written {
			t.Errorf("the same file again: %+v %v", again, err)
		}
		if same, err := d.Look(p.Ctx, wulan, one.ID); err != nil || same.Version != kept.Version {
			t.Errorf("the same file changed the report: %d %d", kept.Version, same.Version)
		}
		for name, wrong := range map[string]string{"empty": "", "no columns": "a,b\n1,2\n", "no text": "nomor,nomor_sp4n\n\xff\xfe,1", "a zero": "nomor,nomor_sp4n\n\x00,1",
			"too long": "nomor,nomor_sp4n\n" + strings.Repeat("JTM-000-000,1\n", 1001)} {
			if _, err := d.Import(p.Ctx, wulan, []byte(wrong), true); province.Kind(err) != "invalid" {
				t.Errorf("%s: %v", name, err)
			}
		}
		all, err := d.Bridged(p.Ctx, wulan)
		if err != nil || len(all) != 3 {
			t.Errorf("the file that goes out: %d %v", len(all), err)
		}
		if all, err = d.Bridged(p.Ctx, p.As("joko")); err != nil || len(all) != 0 {
			t.Errorf("the institution's file: %d %v", len(all), err)
		}
		sound(t, p, d)
	})
}
