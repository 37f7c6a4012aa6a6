package coordination_test

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/who"
	"tuntas/office/coordination"
	"tuntas/try/province"
)

// schemas reads what HSDS 3.0 asks (testdata/README.md).
func schemas(t *testing.T) func(name string, body any) {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	compiled := map[string]*jsonschema.Schema{}
	return func(name string, body any) {
		t.Helper()
		if compiled[name] == nil {
			at, err := filepath.Abs("testdata/hsds/" + name + ".json")
			province.Must(t, err)
			compiled[name], err = c.Compile(at)
			province.Must(t, err)
		}
		b, err := json.Marshal(body)
		province.Must(t, err)
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(string(b)))
		province.Must(t, err)
		if err := compiled[name].Validate(v); err != nil {
			t.Errorf("%s is not as HSDS 3.0 asks: %v\n%s", name, err, b)
		}
	}
}

// directory fills a directory: two agencies with three services, and an institution with one.
func directory(p *province.Province, d *coordination.Desk) (work, health coordination.Agency, all []coordination.Service) {
	p.T.Helper()
	wulan := p.As("wulan")
	agency := func(in coordination.NewAgency) coordination.Agency {
		a, err := d.AddAgency(p.Ctx, wulan, in)
		province.Must(p.T, err)
		return a
	}
	service := func(a coordination.Agency, in coordination.NewAgencyService) {
		s, err := d.AddService(p.Ctx, wulan, a.ID, in)
		province.Must(p.T, err)
		all = append(all, s)
	}
	n := func(v int64) *int64 { return &v }
	work = agency(coordination.NewAgency{Kind: "opd", Name: "Dinas Tenaga Kerja", Email: "rahasia@naker.example", Phone: "031-123456", Contact: "Pak Rahasia", Note: "Catatan rahasia",
		Districts: []string{"35.09", "35.78"}})
	health = agency(coordination.NewAgency{Kind: "opd", Name: "Dinas Kesehatan"})
	upt := agency(coordination.NewAgency{Kind: "upt", Name: "UPT Uji Blitar", Centre: p.B})
	service(work, coordination.NewAgencyService{Category: "training", Name: "Pelatihan AC", Kinds: []string{"gelandangan", "lansia_telantar"}, AgeFrom: n(18), AgeTo: n(45), Sex: "male", Place: "BLK Jember", Capacity: n(0)})
	service(work, coordination.NewAgencyService{Category: "training", Name: "Pelatihan las", Districts: []string{"35.05"}})
	service(health, coordination.NewAgencyService{Category: "health", Name: "Kacamata", Sex: "female"})
	service(upt, coordination.NewAgencyService{Category: "shelter", Name: "Pengasuhan lansia"})
	return work, health, all
}

// Everybody reads the open directory, and all that it shows is as HSDS 3.0 asks.
func TestOpenDirectory(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d, public, fits := coordination.New(p.Store, false), who.Public(), schemas(t)
		work, _, all := directory(p, d)
		for _, full := range []bool{false, true} {
			services, err := d.OpenServices(p.Ctx, public, coordination.OpenQuery{Full: full})
			province.Must(t, err)
			fits("services", services)
			places, err := d.OpenPlaces(p.Ctx, public, coordination.OpenQuery{Full: full})
			province.Must(t, err)
			fits("service_at_locations", places)
			agencies, err := d.OpenAgencies(p.Ctx, public, coordination.OpenAgencyQuery{FullService: full})
			province.Must(t, err)
			fits("organizations", agencies)
			if services.TotalItems != 4 || places.TotalItems != 4 || agencies.TotalItems != 3 {
				t.Errorf("%d services, %d places, %d organizations", services.TotalItems, places.TotalItems, agencies.TotalItems)
			}
			if n := len(agencies.Contents[0].Services); full && n != 2 || !full && n != 0 {
				t.Errorf("full_service %v: %d services", full, n)
			}
			said, err := json.Marshal([]any{services, places, agencies})
			if err != nil || strings.Contains(strings.ToLower(string(said)), "rahasia") {
				t.Errorf("what is the office's own is open: %s", said)
			}
			for _, s := range services.Contents {
				one, err := d.OpenServiceOf(p.Ctx, public, s.ID)
				province.Must(t, err)
				fits("service", one)
				if one.Name != s.Name || len(one.At) != 1 || one.At[0].Location == nil || one.Organization == nil || len(one.Attributes) == 0 {
					t.Errorf("nested: %+v", one)
				}
				at, err := d.OpenPlaceOf(p.Ctx, public, one.At[0].ID)
				province.Must(t, err)
				if fits("service_at_location", at); at.Service.ID != s.ID || at.Location.ID != one.At[0].Location.ID {
					t.Errorf("the service at its location is another: %+v", at)
				}
			}
			for _, a := range agencies.Contents {
				one, err := d.OpenAgencyOf(p.Ctx, public, a.ID, full)
				province.Must(t, err)
				if fits("organization", one); one.Name != a.Name || len(one.Locations) == 0 {
					t.Errorf("organization: %+v", one)
				}
			}
		}
		first, err := d.OpenServices(p.Ctx, public, coordination.OpenQuery{Full: true, Search: "pelatihan ac"})
		province.Must(t, err)
		if s := first.Contents[0]; len(first.Contents) != 1 || s.Name != "Pelatihan AC" || *s.MinimumAge != 18 || *s.MaximumAge != 45 || s.Alert == "" || !strings.HasSuffix(s.Eligibility, "Hanya laki-laki.") ||
			s.At[0].Location.Name != "BLK Jember" || len(s.Areas) != 2 || s.Phones[0].Number != "031-123456" || len(s.Attributes) != 3 || s.AssuredDate != string(province.Today) {
			t.Errorf("all that is known of a service: %+v", first.Contents)
		}
		retired(p, d, all[1], work)
	})
}

// retired takes a service out of use: it is in no list, and who asks for it is told.
func retired(p *province.Province, d *coordination.Desk, s coordination.Service, work coordination.Agency) {
	t := p.T
	t.Helper()
	agencies, err := d.OpenAgencies(p.Ctx, who.Public(), coordination.OpenAgencyQuery{Search: "tenaga"})
	province.Must(t, err)
	of := agencies.Contents[0].ID
	mine, err := d.OpenServices(p.Ctx, who.Public(), coordination.OpenQuery{Organization: of})
	province.Must(t, err)
	at := mine.Contents[1]
	_, err = d.RetireService(p.Ctx, p.As("wulan"), s.ID, 0)
	province.Must(t, err)
	left, err := d.OpenServices(p.Ctx, who.Public(), coordination.OpenQuery{Organization: of})
	if err != nil || mine.TotalItems != 2 || left.TotalItems != 1 || left.Contents[0].ID == at.ID {
		t.Errorf("of one organization: %d, then %d (%v)", mine.TotalItems, left.TotalItems, err)
	}
	if gone, err := d.OpenServiceOf(p.Ctx, who.Public(), at.ID); err != nil || gone.Status != "defunct" {
		t.Errorf("a service of before: %+v %v", gone, err)
	}
	if none, err := d.OpenServices(p.Ctx, who.Public(), coordination.OpenQuery{Organization: at.ID}); err != nil || !none.Empty {
		t.Errorf("a service is no organization: %+v %v", none, err)
	}
	if _, err := d.OpenServiceOf(p.Ctx, who.Public(), of); !errors.Is(err, fail.NotFound) {
		t.Errorf("an organization is no service: %v", err)
	}
	_ = work
}

// Page after page gives everything once; modified_after gives what changed since.
func TestOpenDirectory_pages(t *testing.T) {
	t.Parallel()
	province.Each(t, func(t *testing.T, p *province.Province) {
		d := coordination.New(p.Store, false)
		_, health, all := directory(p, d)
		seen := map[string]bool{}
		for page := int64(1); ; page++ {
			part, err := d.OpenServices(p.Ctx, who.Public(), coordination.OpenQuery{Page: page, PerPage: 3})
			province.Must(t, err)
			for _, s := range part.Contents {
				seen[s.ID] = true
			}
			if part.FirstPage != (page == 1) || part.TotalPages != 2 || part.Size != int64(len(part.Contents)) {
				t.Errorf("page %d: %+v", page, part)
			}
			if part.LastPage {
				break
			}
		}
		beyond, err := d.OpenServices(p.Ctx, who.Public(), coordination.OpenQuery{Page: 9, PerPage: 3})
		if err != nil || !beyond.Empty || len(seen) != 4 {
			t.Errorf("%d seen, beyond the end %+v %v", len(seen), beyond, err)
		}
		p.Clock.To(province.Today.Add(2))
		since := p.Clock.Now()
		nothing, err := d.OpenServices(p.Ctx, who.Public(), coordination.OpenQuery{ModifiedAfter: since})
		province.Must(t, err)
		_, err = d.AssureService(p.Ctx, p.As("wulan"), all[0].ID, 0, coordination.Assurance{})
		province.Must(t, err)
		_, err = d.ChangeAgency(p.Ctx, p.As("wulan"), health.ID, 0, coordination.NewAgency{Kind: "opd", Name: "Dinas Kesehatan Provinsi"})
		province.Must(t, err)
		two, err := d.OpenServices(p.Ctx, who.Public(), coordination.OpenQuery{ModifiedAfter: since})
		if err != nil || !nothing.Empty || two.TotalItems != 2 || !two.Contents[0].LastModified.Equal(since) {
			t.Errorf("changed since: %+v, then %+v %v", nothing, two, err)
		}
		for _, typed := range []string{"%", "_", `\`, "'", "zzz"} {
			if found, err := d.OpenServices(p.Ctx, who.Public(), coordination.OpenQuery{Search: typed}); err != nil || typed == "zzz" && !found.Empty {
				t.Errorf("searched for %q: %+v %v", typed, found, err)
			}
		}
	})
}

// An identifier holds what it names, and nothing else is taken for one.
func TestOpenID(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind, other := rapid.IntRange(1, 9).Draw(t, "kind"), rapid.IntRange(1, 9).Draw(t, "other")
		of := id.ID(rapid.Int64Min(0).Draw(t, "id"))
		uuid := coordination.OpenID(kind, 0, of)
		if back, err := coordination.IDOf(kind, uuid); err != nil || back != of || uuid[14] != '8' {
			t.Fatalf("%s of %d is %d (%v)", uuid, of, back, err)
		}
		if back, err := coordination.IDOf(kind, strings.ToUpper(uuid)); err != nil || back != of {
			t.Fatalf("in capitals: %d %v", back, err)
		}
		if _, err := coordination.IDOf(other, uuid); other != kind && err == nil {
			t.Fatalf("%s is of kind %d and of kind %d", uuid, kind, other)
		}
	})
	for _, wrong := range []string{"", "x", "ac148810-d857-441c-9679-408f346de14b", "74756e74-6173-8100-8000-00000000000", strings.Repeat("-", 36), "747 6e74-6173-8100-8000-000000000001"} {
		if of, err := coordination.IDOf(1, wrong); !errors.Is(err, fail.NotFound) {
			t.Errorf("%q is taken for %d", wrong, of)
		}
	}
}

func FuzzOpenID(f *testing.F) {
	f.Add("74756e74-6173-8100-8000-000000000001")
	f.Add("ac148810-d857-441c-9679-408f346de14b")
	f.Fuzz(func(t *testing.T, uuid string) {
		if of, err := coordination.IDOf(1, uuid); err == nil && !strings.EqualFold(coordination.OpenID(1, 0, of), uuid) {
			t.Errorf("%q names %d, whose own is %q", uuid, of, coordination.OpenID(1, 0, of))
		}
	})
}
