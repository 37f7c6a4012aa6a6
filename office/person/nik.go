package person

import (
	"fmt"
	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/law"
)

// CheckNIK tells what is odd about a NIK. It only ever warns, and nothing is taken from it: a NIK shows
// the district and the birth as first registered, never changes and never blocks (PP 37/2007 Pasal 37 as
// quoted; clause NIK-1). 16 digits: region 6, DDMMYY with 40 added to a woman's day, serial 4.
func CheckNIK(nik, sex string, b Birth) []fail.Saying {
	if strings.Trim(nik, "0123456789") != "" {
		return []fail.Saying{fail.Say("NIK hanya berisi angka. Simpan apa adanya atau periksa kartunya.")}
	}
	if len(nik) != 16 {
		return []fail.Saying{fail.Say("NIK berisi %d angka, seharusnya 16. Boleh dikosongkan dulu.", len(nik))}
	}
	var odd []fail.Saying
	born, woman := bornByNIK(nik, b)
	if born == "" {
		odd = append(odd, fail.Say("Tanggal lahir di dalam NIK tidak ada di kalender."))
	}
	if sex == "female" && !woman || sex == "male" && woman {
		odd = append(odd, fail.Say("Jenis kelamin pada NIK berbeda dari catatan. Simpan apa adanya atau periksa kartunya."))
	}
	if born != "" && !agrees(born, b) {
		odd = append(odd, fail.Say("Tanggal lahir pada NIK (%s) berbeda dari catatan (%s). Simpan apa adanya atau periksa kartunya.", born, Birth.Text(b)))
	}
	if _, ok := law.RegionOf(nik[:2] + "." + nik[2:4]); !ok && nik[:2] == "35" { // only this province's list is held
		odd = append(odd, fail.Say("Kode kabupaten/kota pada NIK tidak dikenal di Jawa Timur."))
	}
	if nik[12:] == "0000" {
		odd = append(odd, fail.Say("Nomor urut pada NIK tidak mungkin 0000."))
	}
	return odd
}

// bornByNIK reads the day of birth inside 16 digits; "" when the calendar does not have it. The year has
// two figures: of the two centuries it is the one nearer to what is recorded, else the one that is past.
func bornByNIK(nik string, b Birth) (born clock.Day, woman bool) {
	day, _ := strconv.Atoi(nik[6:8])
	if woman = day > 40; woman {
		day -= 40
	}
	year, _ := strconv.Atoi(nik[10:12])
	near := 1970
	if from, to, ok := b.Years(); ok {
		near = (from + to) / 2
	}
	centuries := []int{1900 + year, 2000 + year}
	if abs(centuries[1]-near) < abs(centuries[0]-near) {
		centuries[0], centuries[1] = centuries[1], centuries[0]
	}
	for _, y := range centuries { // 29 February may be a day of one of the two only
		if d := clock.Day(fmt.Sprintf("%04d-%s-%02d", y, nik[8:10], day)); d.Valid() {
			return d, woman
		}
	}
	return "", woman
}

// agrees tells whether a day can be the recorded birth, whatever the century.
func agrees(born clock.Day, b Birth) bool {
	if b.Precision == "estimated" {
		from, to, ok := b.Years()
		y := born.Time().Year()
		return !ok || y >= from-2 && y <= to+2 // an estimate is one
	}
	first, _ := b.between()
	return first == "" || strings.HasPrefix(string(born), b.Date)
}

func abs(n int) int { return max(n, -n) }
