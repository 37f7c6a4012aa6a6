package access

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/crypto/argon2"
)

// hashMemory in KiB is the cost of a password: 32 MiB and two passes, about 50 ms, so that guessing is dear and a sign-in is
// not. The tests of this desk, which guess ten thousand times, make it cheap.
var hashMemory uint32 = 32 * 1024

const (
	hashPasses  = 2
	hashThreads = 1
	hashLength  = 32
)

// hashPassword gives a PHC string: $argon2id$v=19$m=…,t=…,p=…$salt$hash.
func hashPassword(password string) string {
	salt := randomBytes(16)
	sum := argon2.IDKey([]byte(password), salt, hashPasses, hashMemory, hashThreads, hashLength)
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashPasses, hashThreads,
		b64.EncodeToString(salt), b64.EncodeToString(sum))
}

// matches compares in constant time; an unreadable hash matches nothing.
func matches(password, phc string) bool {
	var version int
	var memory, passes uint32
	var threads uint8
	fields := strings.Split(phc, "$")
	if len(fields) != 6 || fields[1] != "argon2id" {
		return false
	}
	if _, err := fmt.Sscanf(fields[2]+" "+fields[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &passes, &threads); err != nil {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(fields[4])
	want, err2 := base64.RawStdEncoding.DecodeString(fields[5])
	if err1 != nil || err2 != nil || len(want) == 0 || threads == 0 || passes == 0 {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, passes, memory, threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1
}

// dummyHash is compared for users that do not exist, so that they take as long as those that do.
// It is made when first needed: hashing takes time and memory that a start should not wait for.
var dummyHash = sync.OnceValue(func() string { return hashPassword("no such user") })

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return b
}

// The letters of passwords and tokens: none that look alike on paper.
const letters = "abcdefghjkmnpqrstuvwxyz23456789"

func randomText(n int) string {
	var b strings.Builder
	for b.Len() < n {
		for _, v := range randomBytes(n) {
			if int(v) < 256/len(letters)*len(letters) && b.Len() < n { // no letter likelier than another
				b.WriteByte(letters[int(v)%len(letters)])
			}
		}
	}
	return b.String()
}

// newPassword gives three groups of five letters: 74 bits, easy to read out.
func newPassword() string {
	s := randomText(15)
	return s[:5] + "-" + s[5:10] + "-" + s[10:]
}

func newToken() string { return "tts_" + randomText(40) }

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
