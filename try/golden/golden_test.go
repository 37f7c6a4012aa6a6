package golden

import (
	"strings"
	"testing"
)

func TestDifference_namesTheFirstLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ want, got, says string }{
		{"a\nb\n", "a\nc\n", "line 2\n  kept: b\n  now:  c"},
		{"a\n", "a\nb\n", "line 2\n  kept: \n  now:  b"},
		{"a\nb", "a", "line 2\n  kept: b\n  now:  (ends)"},
		{"a", "a", ""},
	} {
		if d := difference([]byte(c.want), []byte(c.got)); !strings.Contains(d, c.says) || (c.says == "" && d != "") {
			t.Errorf("difference(%q, %q) = %q", c.want, c.got, d)
		}
	}
}
