package monitoring_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"tuntas/law"
)

var redraw = flag.Bool("outline", false, "write outline.json anew from testdata/jatim_kabkota.geojson")

// The maker of outline.json: the borders of the 38 districts on a grid of a thousand units, simplified, as paths. The
// source keeps its own name and licence (testdata/jatim_kabkota.geojson: cahyadsn/wilayah_boundaries, MIT; underlying
// geometry Badan Informasi Geospasial). Its neighbouring borders were simplified one by one, so the map is drawn with a
// thin line. Run it by: go test ./office/monitoring -run TestOutline -outline

const mapWidth = 1000

type spot struct{ x, y float64 }

type geography struct {
	Features []struct {
		ID         string `json:"id"`
		Properties struct {
			Lat float64 `json:"label_lat"`
			Lng float64 `json:"label_lng"`
		} `json:"properties"`
		Geometry struct {
			Type        string          `json:"type"`
			Coordinates json.RawMessage `json:"coordinates"`
		} `json:"geometry"`
	} `json:"features"`
}

// borders are the outer rings of a district.
func borders(t *testing.T, kind string, raw json.RawMessage) (rings [][][2]float64) {
	t.Helper()
	var many [][][][2]float64
	if kind == "Polygon" {
		many = make([][][][2]float64, 1)
		if err := json.Unmarshal(raw, &many[0]); err != nil {
			t.Fatal(err)
		}
	} else if err := json.Unmarshal(raw, &many); err != nil {
		t.Fatal(err)
	}
	for _, polygon := range many {
		if !faraway(polygon[0]) {
			rings = append(rings, polygon[0])
		}
	}
	return rings
}

// faraway tells of the islands that would shrink all the rest to a third of the page: Bawean, Masalembu and Kangean. Their
// people count in their districts, which are drawn without them; the page says so.
func faraway(ring [][2]float64) bool {
	const east, north = 114.75, -6.6
	west, south := math.Inf(1), math.Inf(1)
	for _, p := range ring {
		west, south = min(west, p[0]), min(south, p[1])
	}
	return west > east || south > north
}

type area struct {
	Code string `json:"code"`
	D    string `json:"d"`
	X    int    `json:"x"`
	Y    int    `json:"y"`
}

type outlined struct {
	Width  int    `json:"width"`
	Height int    `json:"height"`
	Areas  []area `json:"areas"`
}

// projector lays degrees on the grid: west is left, north is up, and a degree east is as long as one north at this latitude.
func projector(t *testing.T, g geography) (at func([2]float64) spot, height int) {
	t.Helper()
	west, east, south, north := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, f := range g.Features {
		for _, ring := range borders(t, f.Geometry.Type, f.Geometry.Coordinates) {
			for _, p := range ring {
				west, east, south, north = min(west, p[0]), max(east, p[0]), min(south, p[1]), max(north, p[1])
			}
		}
	}
	const edge = 4
	scale := (mapWidth - 2*edge) / (east - west)
	tall := scale / math.Cos((south+north)/2*math.Pi/180)
	at = func(p [2]float64) spot { return spot{edge + (p[0]-west)*scale, edge + (north-p[1])*tall} }
	return at, int(math.Ceil(2*edge + (north-south)*tall))
}

// simplify leaves out what lies within a tolerance of the line between its neighbours (Douglas and Peucker).
func simplify(line []spot, tolerance float64) []spot {
	if len(line) < 3 {
		return line
	}
	a, b := line[0], line[len(line)-1]
	far, most := 0, 0.0
	for i, p := range line[1 : len(line)-1] {
		if d := off(p, a, b); d > most {
			far, most = i+1, d
		}
	}
	if most <= tolerance {
		return []spot{a, b}
	}
	return append(simplify(line[:far+1], tolerance), simplify(line[far:], tolerance)[1:]...)
}

func off(p, a, b spot) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	length := math.Hypot(dx, dy)
	if length == 0 {
		return math.Hypot(p.x-a.x, p.y-a.y)
	}
	return math.Abs(dy*(p.x-a.x)-dx*(p.y-a.y)) / length
}

func sizeOf(ring []spot) (twice float64) {
	for i := range ring {
		j := (i + 1) % len(ring)
		twice += ring[i].x*ring[j].y - ring[j].x*ring[i].y
	}
	return math.Abs(twice)
}

// path writes a closed ring in whole units, each point from the one before.
func path(ring []spot) string {
	var b strings.Builder
	x, y := int(math.Round(ring[0].x)), int(math.Round(ring[0].y))
	fmt.Fprintf(&b, "M%d %dl", x, y)
	first := true
	for _, p := range ring[1:] {
		nx, ny := int(math.Round(p.x)), int(math.Round(p.y))
		if nx == x && ny == y {
			continue
		}
		if !first && nx >= x {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%d", nx-x)
		if ny >= y {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%d", ny-y)
		x, y, first = nx, ny, false
	}
	b.WriteByte('z')
	return b.String()
}

func outlineOf(t *testing.T) outlined {
	t.Helper()
	raw, err := os.ReadFile("testdata/jatim_kabkota.geojson")
	if err != nil {
		t.Fatal(err)
	}
	var g geography
	if err := json.Unmarshal(raw, &g); err != nil {
		t.Fatal(err)
	}
	at, height := projector(t, g)
	out := outlined{Width: mapWidth, Height: height}
	const smallest, tolerance = 14, 0.8 // twice the area of an island that is drawn; how far a border may move
	for _, f := range g.Features {
		label := at([2]float64{f.Properties.Lng, f.Properties.Lat})
		a := area{Code: f.ID, X: int(label.x), Y: int(label.y)}
		largest := 0.0
		for _, border := range borders(t, f.Geometry.Type, f.Geometry.Coordinates) {
			ring := make([]spot, 0, len(border))
			for _, p := range border {
				ring = append(ring, at(p))
			}
			largest = max(largest, sizeOf(ring))
			if sizeOf(ring) >= smallest {
				half := len(ring) / 2 // a ring has no ends: it is cut in two
				a.D += path(append(simplify(ring[:half+1], tolerance), simplify(ring[half:], tolerance)[1:]...))
			}
		}
		if largest < smallest {
			t.Errorf("%s is too small to be drawn", f.ID)
		}
		out.Areas = append(out.Areas, a)
	}
	return out
}

// The outline in the program is the one that its maker makes, has the 38 districts, and is light.
func TestOutline(t *testing.T) {
	t.Parallel()
	made := outlineOf(t)
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", " ")
	if err := e.Encode(made); err != nil {
		t.Fatal(err)
	}
	if *redraw {
		if err := os.WriteFile("outline.json", b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile("outline.json")
	if err != nil || !bytes.Equal(kept, b.Bytes()) {
		t.Errorf("outline.json is not what its maker makes; run go test ./office/monitoring -run TestOutline -outline (%v)", err)
	}
	codes := map[string]bool{}
	for _, a := range made.Areas {
		codes[a.Code] = a.D != ""
	}
	for _, r := range law.Regions.Latest() {
		if !codes[r.Code] {
			t.Errorf("%s is not on the map", r.Name)
		}
	}
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	_, _ = w.Write(kept)
	_ = w.Close()
	if len(codes) != 38 || z.Len() > 25<<10 {
		t.Errorf("%d districts, %d bytes", len(codes), z.Len())
	}
	t.Logf("%d bytes, %d packed", len(kept), z.Len())
}
