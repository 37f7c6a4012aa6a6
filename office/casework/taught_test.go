package casework

import "testing"

// What is known of somebody a year after leaving, from the course that is kept (Permensos 16/2019 Pasal 7 ayat (1) huruf g).
func TestAfterwards_atYear(t *testing.T) {
	t.Parallel()
	for course, want := range map[string]string{
		"": "", "00:held": "", "06:held": "", "11:held": "", "12:held": Held, "24:held": Held,
		"01:ended": Fallen, "12:ended": Fallen, "13:ended": Held, "24:ended": Held,
	} {
		if got := (Afterwards{Course: course}).atYear(); got != want {
			t.Errorf("%q: %q, want %q", course, got, want)
		}
	}
}
