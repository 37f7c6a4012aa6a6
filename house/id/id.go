// Package id makes the ids of every record: time-ordered 63-bit numbers (TSID) that a server or a
// client may make, so that both database engines and a device without signal agree on them.
// Outside they are 13 letters of Crockford base32; inside and in SQL they are a bigint.
package id

import (
	"crypto/rand"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"strings"
	"sync"
	"time"
)

// ID names one record. Zero means "none".
type ID int64

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// 42 bits of milliseconds since 2020, then 21 bits that count up inside a millisecond.
const (
	lowBits = 21
	lowMask = 1<<lowBits - 1
	epochMS = 1577836800000
)

var gen struct {
	sync.Mutex
	ms  int64
	low int64
}

// New gives an id greater than every one this process gave before.
func New() ID {
	gen.Lock()
	defer gen.Unlock()
	ms := time.Now().UnixMilli() - epochMS
	switch {
	case ms > gen.ms:
		gen.ms, gen.low = ms, random()>>1 // headroom to count up
	case gen.low < lowMask:
		gen.low++
	default: // more than a million in one millisecond, or a clock set back
		gen.ms, gen.low = gen.ms+1, random()>>1
	}
	return ID(gen.ms<<lowBits | gen.low)
}

// At gives the id that stands for a moment and a number: for data made by a seed, the same each time.
func At(t time.Time, n int64) ID {
	ms := t.UnixMilli() - epochMS
	if ms < 0 {
		ms = 0
	}
	return ID(ms<<lowBits | n&lowMask)
}

func random() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return int64(binary.LittleEndian.Uint64(b[:]) & lowMask)
}

// Last comes after every id: where the first page of a list begins, which is read from the newest back.
const Last ID = 1<<63 - 1

// Known gives the id where there is one, else nil: as the API says that there is none.
func (i ID) Known() *ID {
	if i == 0 {
		return nil
	}
	return &i
}

// String gives the 13 letters shown in addresses and in the API.
func (i ID) String() string {
	if i == 0 {
		return ""
	}
	var b [13]byte
	v := uint64(i)
	for n := 12; n >= 0; n-- {
		b[n] = alphabet[v&31]
		v >>= 5
	}
	return string(b[:])
}

var values = func() (t [256]int8) {
	for n := range t {
		t[n] = -1
	}
	for n := range alphabet {
		t[alphabet[n]] = int8(n)
		if c := alphabet[n]; c >= 'A' {
			t[c+'a'-'A'] = int8(n)
		}
	}
	for _, same := range []struct{ c, v byte }{{'O', 0}, {'o', 0}, {'I', 1}, {'i', 1}, {'L', 1}, {'l', 1}} {
		t[same.c] = int8(same.v)
	}
	return t
}()

// Parse reads 13 letters, capital or small; the letters O, I and L count as 0, 1 and 1.
func Parse(s string) (ID, bool) {
	if len(s) != 13 {
		return 0, false
	}
	var v uint64
	for n := range 13 {
		d := values[s[n]]
		if d < 0 || n == 0 && d > 7 { // 13 letters hold 65 bits; an id has 63
			return 0, false
		}
		v = v<<5 | uint64(d)
	}
	return ID(v), v != 0
}

// MarshalText writes the 13 letters; none is empty.
func (i ID) MarshalText() ([]byte, error) { return []byte(i.String()), nil }

// UnmarshalText reads the 13 letters; empty is none.
func (i *ID) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*i = 0
		return nil
	}
	v, ok := Parse(string(b))
	if !ok {
		return fmt.Errorf("not an id: %q", b)
	}
	*i = v
	return nil
}

// MarshalJSON writes null for none.
func (i ID) MarshalJSON() ([]byte, error) {
	if i == 0 {
		return []byte("null"), nil
	}
	return []byte(`"` + i.String() + `"`), nil
}

// Value stores the number; none is NULL.
func (i ID) Value() (driver.Value, error) {
	if i == 0 {
		return nil, nil
	}
	return int64(i), nil
}

// Scan reads a number; NULL is none.
func (i *ID) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*i = 0
	case int64:
		*i = ID(v)
	default:
		return fmt.Errorf("an id is a number, not %T", v)
	}
	return nil
}

// Stable gives the id that stands for the content of a fact of a day, the same each time: for lists whose
// rows bear no id. It is dated on that day, as if it had been made then.
func Stable(day time.Time, parts ...string) ID {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	const msOfDay = 24 * 60 * 60 * 1000
	ms := max(0, day.UnixMilli()-epochMS) + int64(binary.BigEndian.Uint64(sum[:8])%msOfDay)
	return ID(ms<<lowBits | int64(binary.BigEndian.Uint64(sum[8:16])&lowMask) | 1)
}

// Named gives the id that stands for a key of somebody else's list, the same each time.
func Named(parts ...string) ID {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x1f")))
	const msOfYears = 1 << 37 // somewhat more than four years after the epoch: all long past
	return ID(int64(binary.BigEndian.Uint64(sum[:8])%msOfYears)<<lowBits | int64(binary.BigEndian.Uint64(sum[8:16])&lowMask) | 1)
}
