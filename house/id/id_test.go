package id

import (
	"encoding/json"
	"testing"
)

func TestNew_risesAndReadsBack(t *testing.T) {
	t.Parallel()
	var last ID
	for range 100_000 {
		i := New()
		if i <= last {
			t.Fatalf("%d came after %d", i, last)
		}
		last = i
	}
	s := last.String()
	back, ok := Parse(s)
	if !ok || back != last || len(s) != 13 {
		t.Errorf("Parse(%q) = %d, %v; want %d", s, back, ok, last)
	}
	var body struct{ A, B ID }
	b, _ := json.Marshal(struct{ A, B ID }{last, 0})
	if err := json.Unmarshal(b, &body); err != nil || body.A != last || body.B != 0 {
		t.Errorf("through JSON %s came back %v, %v", b, body, err)
	}
}

func TestMark_readsBack(t *testing.T) {
	t.Parallel()
	m := Mark{1764288000000, New()}
	if back, ok := ParseMark(m.String()); !ok || back != m {
		t.Errorf("%v came back as %v, %v", m, back, ok)
	}
	for _, s := range []string{"", "-", "12", "12-", "-1-" + m.ID.String(), "x-" + m.ID.String(), m.String() + "-1", m.ID.String()} {
		if m, ok := ParseMark(s); ok {
			t.Errorf("ParseMark(%q) = %v, want a refusal", s, m)
		}
	}
}

func TestParse_refusesWhatIsNotAnID(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "1", "0000000000000", "ZZZZZZZZZZZZZ", "01ARZ3NDEKTS!", "01ARZ3NDEKTSVV", "U1ARZ3NDEKTSV"} {
		if i, ok := Parse(s); ok {
			t.Errorf("Parse(%q) = %d, want a refusal", s, i)
		}
	}
}
