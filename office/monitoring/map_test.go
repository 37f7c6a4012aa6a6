package monitoring

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tuntas/house/text"
)

func TestClassesOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ counts, upper []int64 }{
		{nil, nil}, {[]int64{0, 0}, nil}, {[]int64{0, 7}, []int64{7}}, {[]int64{3, 3, 3, 3, 3, 3, 3}, []int64{3}},
		{[]int64{1, 2, 3, 4, 5}, []int64{1, 2, 3, 4, 5}}, {[]int64{1, 1, 1, 1, 9}, []int64{1, 9}},
		{[]int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, []int64{2, 4, 6, 8, 10}},
	} {
		if got := classesOf(c.counts); !slices.Equal(got, c.upper) {
			t.Errorf("%v: %v, want %v", c.counts, got, c.upper)
		}
	}
}

// The palest class begins at the smallest count that is told, not at one that is hidden.
func TestLegend_beginsAtTheLeast(t *testing.T) {
	t.Parallel()
	areas := []Area{{Code: "35.01", N: 10}, {Code: "35.02", N: 11}, {Code: "35.03", N: 11}, {Code: "35.04", N: 40}, {Code: "35.05", Hidden: true}, {Code: "35.06"}}
	var words []string
	for _, l := range legendOf(text.ID, areas) {
		words = append(words, l.Words)
	}
	if want := []string{"Tidak ada, atau ditutup", "10", "11", "12–40"}; !slices.Equal(words, want) {
		t.Errorf("%q, want %q", words, want)
	}
}

// Whatever the counts: at most five classes, rising; more people never have a paler shade; the legend counts every district
// once; the map names every district with its number.
func TestProperty_classes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.Int64Range(0, 40), 0, 38).Draw(t, "counts")
		upper := classesOf(counts)
		if len(upper) > mostClasses || !slices.IsSorted(upper) || len(slices.Compact(slices.Clone(upper))) != len(upper) {
			t.Fatalf("%v", upper)
		}
		var areas []Area
		for i, n := range counts {
			class := classOf(n, upper)
			if (class == 0) != (n == 0) {
				t.Fatalf("%d is of class %d", n, class)
			}
			for _, m := range counts {
				if n < m && shaded(class, len(upper)) > shaded(classOf(m, upper), len(upper)) {
					t.Fatalf("%d is darker than %d in %v", n, m, upper)
				}
			}
			areas = append(areas, Area{Code: outline.Areas[i].Code, Name: "Kabupaten & " + outline.Areas[i].Code, N: n})
		}
		sum := 0
		for _, l := range legendOf(text.ID, areas) {
			sum += l.Districts
		}
		if sum != len(counts) {
			t.Fatalf("the legend counts %d of %d", sum, len(counts))
		}
		drawn := string(drawMap(text.ID, areas))
		for _, a := range areas {
			if !strings.Contains(drawn, "<title>Kabupaten &amp; "+a.Code+": "+text.Number(text.ID, a.N)+"</title>") {
				t.Fatalf("%s is not on the map", a.Code)
			}
		}
	})
}
