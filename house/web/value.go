package web

import (
	"encoding/json"
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"tuntas/house/clock"
	"tuntas/house/id"
	"tuntas/house/text"
)

func (d *decoder) readable(s, path string, most int) bool {
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' }) {
		d.bad(path, "characters", "Isian ini berisi huruf yang tidak terbaca.")
		return false
	}
	if utf8.RuneCountInString(s) > most {
		d.bad(path, "too-long", "Paling panjang %d huruf.", most)
		return false
	}
	return true
}

func (d *decoder) text(tree any, v reflect.Value, path string, tag reflect.StructTag) {
	s, ok := tree.(string)
	if !ok {
		d.bad(path, "type", "Isian ini harus berupa teks.")
		return
	}
	s = strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
	most := usualText
	if n, err := strconv.Atoi(tag.Get("maxLength")); err == nil {
		most = n
	}
	if !d.readable(s, path, most) {
		return
	}
	least, _ := strconv.Atoi(tag.Get("minLength"))
	enum, pattern := tag.Get("enum"), tag.Get("pattern")
	switch {
	case s == "":
	case utf8.RuneCountInString(s) < least:
		d.bad(path, "too-short", "Paling pendek %d huruf.", least)
		return
	case enum != "" && !slices.Contains(strings.Split(enum, ","), s):
		d.bad(path, "choice", "Pilih salah satu dari daftar.")
		return
	case pattern != "" && !compiled(pattern).MatchString(s):
		d.bad(path, "pattern", "Susunan isian ini tidak benar.")
		return
	}
	v.SetString(s)
}

var patterns sync.Map // of a tag: its expression

func compiled(pattern string) *regexp.Regexp {
	if re, ok := patterns.Load(pattern); ok {
		return re.(*regexp.Regexp)
	}
	re := regexp.MustCompile(pattern)
	patterns.Store(pattern, re)
	return re
}

func (d *decoder) boolean(tree any, v reflect.Value, path string) {
	switch t := tree.(type) {
	case bool:
		v.SetBool(t)
		return
	case string:
		if d.manner != inJSON && (t == "true" || t == "false" || t == "on") {
			v.SetBool(t != "false")
			return
		}
	}
	d.bad(path, "type", "Isian ini harus ya atau tidak.")
}

// Beyond this a float64 no longer holds every whole number.
const mostNumber = 1e15

func (d *decoder) number(tree any, v reflect.Value, path string, tag reflect.StructTag) {
	f, err := d.float(tree)
	whole := v.Kind() != reflect.Float64
	if err != nil || f != f || f > mostNumber || f < -mostNumber || whole && f != float64(int64(f)) {
		d.bad(path, "number", "Tulis sebuah angka.")
		return
	}
	if low, err := strconv.ParseFloat(tag.Get("minimum"), 64); err == nil && f < low {
		d.bad(path, "too-small", "Paling kecil %s.", tag.Get("minimum"))
		return
	}
	if high, err := strconv.ParseFloat(tag.Get("maximum"), 64); err == nil && f > high {
		d.bad(path, "too-large", "Paling besar %s.", tag.Get("maximum"))
		return
	}
	if whole {
		v.SetInt(int64(f))
	} else {
		v.SetFloat(f)
	}
}

func (d *decoder) float(tree any) (float64, error) {
	switch t := tree.(type) {
	case json.Number:
		return strconv.ParseFloat(string(t), 64)
	case string:
		switch d.manner {
		case inQuery:
			return strconv.ParseFloat(t, 64)
		case typedByPeople:
			return text.ParseNumber(t)
		}
	}
	return 0, errors.New("not a number")
}

func (d *decoder) id(tree any, v reflect.Value, path string) {
	s, ok := tree.(string)
	i, parsed := id.Parse(s)
	if !ok || !parsed && s != "" {
		d.bad(path, "id", "Isian ini bukan pengenal yang benar.")
		return
	}
	v.SetInt(int64(i))
}

func (d *decoder) day(tree any, v reflect.Value, path string) {
	s, ok := tree.(string)
	if !ok {
		d.bad(path, "type", "Tulis tanggal, misalnya 4 November 2020.")
		return
	}
	if s == "" {
		v.SetString("")
		return
	}
	day, err := clock.ParseDay(s)
	if err != nil && d.manner == typedByPeople {
		day, err = text.ParseDay(s, d.today)
	}
	var why text.DayError
	switch {
	case errors.As(err, &why) && why.Code == "impossible":
		d.bad(path, "impossible-date", "Tanggal %s tidak ada. Periksa hari dan bulannya.", clip(s))
	case err != nil && d.manner != typedByPeople:
		d.bad(path, "date", "Tulis tanggal sebagai tahun-bulan-hari, misalnya 2020-11-04.")
	case err != nil:
		d.bad(path, "date", "Tanggal %s tidak terbaca. Tulis misalnya 4 November 2020.", clip(s))
	default:
		v.SetString(string(day))
	}
}

// moment reads RFC 3339, or what a browser's own field gives: a time in the office's zone.
func (d *decoder) moment(tree any, v reflect.Value, path string) {
	s, _ := tree.(string)
	t, err := time.Parse(time.RFC3339, s)
	if err != nil && d.manner == typedByPeople {
		t, err = time.ParseInLocation("2006-01-02T15:04", s, clock.WIB)
	}
	if err != nil || t.Year() < 1800 || t.Year() > 2999 {
		d.bad(path, "time", "Tulis waktu, misalnya 2020-11-04T14:07:00+07:00.")
		return
	}
	v.Set(reflect.ValueOf(t))
}

func clip(s string) string {
	if len(s) > 40 {
		return strings.ToValidUTF8(s[:40], "") + "…"
	}
	return s
}
