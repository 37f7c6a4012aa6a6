package coordination

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"

	"tuntas/house/fail"
	"tuntas/house/id"
)

// What an open identifier names. HSDS asks for a UUID of everything, also of what is a part of a record here.
const (
	openService      = 1
	openOrganization = 2
	openLocation     = 3 // where a service is given
	openSpot         = 4 // a service at its location
	openPhone        = 5 // of an agency
	openArea         = 6 // a district that a service serves: the n-th of law.Regions
	openKind         = 7 // a kind of PPKS that a service is for
	openCategory     = 8
	openTerm         = 9
)

// openTag begins each identifier: the name of the product, so that those of others are told apart at once.
const openTag = "tuntas"

// openID makes an identifier of ours: a UUID of version 8 (RFC 9562) that holds what it names, so that it needs no table
// and is found again without looking: 48 bits of tag, 4 of kind, 7 of number, 63 of our id.
func openID(kind, n int, of id.ID) string {
	var b [16]byte
	copy(b[:], openTag)
	top := uint64(of) >> 62 & 1
	binary.BigEndian.PutUint16(b[6:], 8<<12|uint16(kind&15)<<8|uint16(n&127)<<1|uint16(top))
	binary.BigEndian.PutUint64(b[8:], 2<<62|uint64(of)&(1<<62-1))
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// idOf reads an identifier of ours; fail.NotFound for any other.
func idOf(kind int, uuid string) (id.ID, error) {
	b, err := hex.DecodeString(strings.ReplaceAll(uuid, "-", ""))
	if err != nil || len(b) != 16 || string(b[:6]) != openTag {
		return 0, fail.NotFound
	}
	head, tail := binary.BigEndian.Uint16(b[6:]), binary.BigEndian.Uint64(b[8:])
	of := id.ID(uint64(head&1)<<62 | tail&(1<<62-1))
	if openID(kind, 0, of) != strings.ToLower(uuid) {
		return 0, fail.NotFound
	}
	return of, nil
}
