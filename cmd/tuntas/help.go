package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"strings"

	"tuntas/office/access"
)

// say gives the sentence in the language of the terminal.
func say(id, en string) string {
	if english() {
		return en
	}
	return id
}

// more is what help adds to the one line of a command.
var more = map[string]struct{ id, en string }{
	"demo": {"Datanya rekaan, dibuat dengan aturan produk ini di folder baru yang dihapus setelahnya (kecuali --data atau --db).\nAlamat, akun tiap peran dengan kata sandinya, dan satu baris token: … dicetak.",
		"The data are invented, made by the rules of the product in a fresh folder that is removed afterwards (unless --data or --db).\nPrints the address, the accounts of each role with their password, and one line token: …"},
	"serve": {"Skema diperbarui saat mulai. Pada SIGTERM pekerjaan yang berjalan diselesaikan dulu.",
		"The schema is brought up to date at start. On SIGTERM what was begun is finished first."},
	"migrate": {"Aman bila beberapa proses mulai bersamaan. Perubahan yang dibuat dicetak, satu per baris.",
		"Safe when several instances start at once. Prints the changes it made, one a line."},
	"setup": {"Memasukkan UPT dari daftar bawaan (ditandai untuk diperiksa) beserta tempat tidurnya, lalu administrator pertama.\nMencetak satu baris password: … sekali saja. Tanpa --yes bertanya dulu.",
		"Enters the UPT of the built-in list (marked as to be checked) with their beds, then the first administrator.\nPrints one line password: … once. Without --yes it asks first."},
	"user": {"Mencetak satu baris password: … sekali saja.", "Prints one line password: … once."},
	"token": {"Mencetak satu baris token: … sekali saja. Masa berlaku: 30d (hari) atau 12h (jam).",
		"Prints one line token: … once. The expiry is 30d (days) or 12h (hours)."},
	"generate": {"Angka boleh 0. Benih yang sama memberi data yang sama.", "Either number may be 0. The same seed gives the same data."},
	"import": {`JENIS: register (daftar UPT: orang, kasus, dan masa tinggal sekaligus), persons, cases, stays, services.
BERKAS: CSV dengan koma atau titik koma, UTF-8 dengan atau tanpa BOM, atau JSON per baris; judul kolom Indonesia atau Inggris, urutan bebas.
Baris baik masuk walaupun yang lain ditolak. Nilai yang meragukan disimpan sebagaimana tertulis dan ditandai.
Menjalankannya lagi tidak menambah apa pun. Orang, kasus, dan tempat tidur ditunjuk dengan pengenal atau kunci berkas itu sendiri.`,
		`KIND: register (an office's list: opens persons, cases and stays), persons, cases, stays, services.
FILE: CSV with commas or semicolons, UTF-8 with or without byte-order mark, or JSON lines; headings in Indonesian or English, in any order.
Good rows are kept although others are rejected. Doubtful values are kept as typed and marked.
Running it again adds nothing. Persons, cases and beds are named by id or by the file's own keys.`},
	"export": {"JENIS: persons, cases, stays, services. Bentuk menurut akhiran berkas: .csv, .jsonl, atau .xlsx.\nSetiap pengiriman dicatat beserta tujuannya. Berkas baru ada setelah utuh.",
		"KIND: persons, cases, stays, services. The form follows the file's ending: .csv, .jsonl or .xlsx.\nEach disclosure is kept with its purpose. The file is there only when it is whole."},
	"backup": {"Salinan yang utuh selagi melayani. Berkas yang sudah ada tidak ditimpa.",
		"A consistent copy while serving. A file that exists is not overwritten."},
	"restore": {"Hanya ke basis data kosong dengan mesin yang sama.", "Into an empty database of the same engine only."},
	"rehearse": {"Salinan dipulihkan ke tempat sementara (PostgreSQL: --into, basis data kosong), diperbarui, lalu diperiksa seluruhnya. Hasilnya tampak di /system.",
		"The copy is restored into a temporary place (PostgreSQL: --into, an empty database), brought up to date, and all of it is checked. /system shows the outcome."},
	"certificate": {"Cetak atau simpan di luar kantor. Kelak verify --certificate BERKAS membuktikan bahwa jejak sampai saat itu tidak ditulis ulang.",
		"Print it or keep it outside of the office. Later verify --certificate FILE proves that the record up to then was not rewritten."},
	"verify": {"Menyebut apa yang salah, satu per baris, lalu keluar dengan kode 1.", "Names what is wrong, one a line, and ends with code 1."},
	"config": {"Dapat disimpan sebagai berkas untuk --config. Kata sandi basis data disembunyikan.",
		"Can be kept as a file for --config. The password of a database is hidden."},
}

// flagWords describe flags whose own text is only the name of the value.
var flagWords = map[string]string{
	"generate persons": "`N` jumlah orang / number of persons",
	"generate events":  "`M` jumlah layanan / number of services",
	"generate seed":    "`S` benih / seed",
	"demo listen":      "`ADDR` alamat / address",
	"demo full":        "5.000 penghuni dan 3.000 mantan penghuni / 5,000 residents and 3,000 former ones",
}

// help writes what a command does, with all its flags.
func (f flags) help(w io.Writer) {
	c, _ := commandOf(f.Name())
	out := &strings.Builder{}
	fmt.Fprintf(out, "tuntas %s\n\n%s\n", strings.TrimSpace(c.name+" "+c.use()), c.about())
	if m, ok := more[c.name]; ok {
		fmt.Fprintln(out, say(m.id, m.en))
	}
	if c.name == "user" {
		fmt.Fprintf(out, "%s: %s\n", say("Peran", "Roles"), strings.Join(roleKeys(), ", "))
	}
	fmt.Fprintf(out, "\n%s\n", say("Pilihan:", "Flags:"))
	f.VisitAll(func(v *flag.Flag) { fmt.Fprint(out, f.line(v)) })
	fmt.Fprintf(out, "\n%s\n%s\n", say("Setiap pilihan juga dapat diberikan sebagai TUNTAS_NAMA atau di berkas --config; pilihan di baris perintah paling kuat.",
		"Each flag can also be given as TUNTAS_NAME or in the --config file; the command line is strongest."),
		say("Kode keluar: 0 selesai; 1 gagal; 2 salah pakai; 3 selesai, ada baris yang ditolak.",
			"Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, with rejected rows."))
	_, _ = io.WriteString(w, out.String())
}

func (f flags) line(v *flag.Flag) string {
	described := flag.Flag{Name: v.Name, Usage: cmp.Or(flagWords[f.Name()+" "+v.Name], v.Usage), Value: v.Value, DefValue: v.DefValue}
	value, about := flag.UnquoteUsage(&described)
	if v.Usage != described.Usage && isSwitch(v) {
		value = ""
	}
	about = strings.TrimSpace(strings.TrimPrefix(about, value))
	if id, en, both := strings.Cut(about, " / "); both {
		about = say(id, en)
	}
	if v.DefValue != "" && v.DefValue != "false" {
		about += " (" + say("bawaan ", "default ") + v.DefValue + ")"
	}
	return fmt.Sprintf("  %-22s %s\n", strings.TrimSpace("--"+v.Name+" "+value), about)
}

func isSwitch(v *flag.Flag) bool {
	b, ok := v.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

func roleKeys() (keys []string) {
	for _, r := range access.Roles {
		keys = append(keys, r.Key)
	}
	return keys
}
