package seed

import "strings"

// Invented names in the manner of East Java.
var (
	femaleNames = strings.Fields(`Sumarni Sutini Kasiyem Tukiyem Painah Suminah Sriyatun Ngatmi Juminten Sulastri Wagiyem Misnah Rukmini Partini Kartini
		Lestari Dewi Siti Aminah Nurhayati Endang Yuliati Wahyuni Ningsih Suparti Mujiati Katemi Rokhayah Saropah Maimunah Halimah Zubaidah
		Suharti Marsini Legiyem Samiati Tumini Darsinah Winarti Puji Sukarti Mariyam Khotijah Asiyah`)
	maleNames = strings.Fields(`Sukirno Wagiman Darmo Slamet Kasan Suparno Ngadiman Legiman Misnan Sutrisno Karto Sastro Paijo Suyono Hartono Bambang
		Agus Rahmat Hidayat Zainul Achmad Muhammad Abdul Ghofur Joko Wahyudi Supriyadi Mulyono Tukiman Painem Suwarno Sujarwo Sarno Giman
		Rohman Samsul Arifin Budi Eko Yanto Sumarno Rusdi Marsudi Kusnadi`)
	secondNames = strings.Fields(`Wijaya Lestari Hartono Utomo Rahayu Santoso Purnomo Setiawan Susilo Widodo Pratama Wibowo Saputra Handayani Astuti
		Kurniawan Suryani Hidayat Mulyani Nugroho Prasetyo Yulianto Subagyo Kusuma Harjono Sudarmo Winarno Pujiastuti`)
	short    = strings.Fields(`Nah Ti Yem Ni Tun Mi Sri Ji`)
	villages = []string{"Desa Sumberejo", "Desa Mojosari", "Desa Karangrejo", "Desa Wonosari", "Desa Sukorejo", "Desa Tegalrejo", "Desa Banjarsari", "Kelurahan Kauman"}
	sources  = []string{"Rujukan RSUD", "Titipan Satpol PP", "Laporan warga", "Rujukan Dinas Sosial kabupaten", "Datang sendiri", "Ditemukan di pasar", "Ditemukan di terminal"}
	homes    = []string{"Anak kandung", "Keponakan", "Adik", "Kakak", "Paman", "Cucu"}
)
