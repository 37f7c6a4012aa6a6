package person

import (
	"fmt"
	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/law"
)

// CheckNIK tells what is odd about a NIK. It only ever warns: a NIK shows the district and the birth as
// first registered, never changes, and never blocks (PP 37/2007 Pasal 37 as quoted; clause NIK-1).
// 16 digits: region 6, DDMMYY with 40 added to a woman's day, serial 4.
func CheckNIK(nik, sex string, b Birth) []fail.Saying {
	if len(nik) != 16 || strings.Trim(nik, "0123456789") != "" {
		return []fail.Saying{fail.Say("NIK berisi %d angka, seharusnya 16. Boleh dikosongkan dulu.", len(nik))}
	}
	var odd []fail.Saying
	day, _ := strconv.Atoi(nik[6:8])
	woman := day > 40
	if woman {
		day -= 40
	}
	month, year := nik[8:10], nik[10:12]
	if !clock.Day(fmt.Sprintf("20%s-%s-%02d", year, month, day)).Valid() && !clock.Day(fmt.Sprintf("19%s-%s-%02d", year, month, day)).Valid() {
		odd = append(odd, fail.Say("Tanggal lahir di dalam NIK tidak ada di kalender."))
	}
	if sex == "female" && !woman || sex == "male" && woman {
		odd = append(odd, fail.Say("Jenis kelamin pada NIK berbeda dari catatan. Simpan apa adanya atau periksa kartunya."))
	}
	if b.Precision == "day" && (b.Date[2:4] != year || b.Date[5:7] != month || b.Date[8:10] != fmt.Sprintf("%02d", day)) ||
		(b.Precision == "year" || b.Precision == "month") && b.Date[2:4] != year {
		odd = append(odd, fail.Say("Tanggal lahir pada NIK berbeda dari catatan. Simpan apa adanya atau periksa kartunya."))
	}
	if strings.HasPrefix(nik, "35") {
		if _, ok := law.RegionOf(nik[:2] + "." + nik[2:4]); !ok {
			odd = append(odd, fail.Say("Kode kabupaten/kota pada NIK tidak dikenal di Jawa Timur."))
		}
	}
	if nik[12:] == "0000" {
		odd = append(odd, fail.Say("Nomor urut pada NIK tidak mungkin 0000."))
	}
	return odd
}
