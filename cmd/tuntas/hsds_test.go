package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// The open directory answers anybody, at both doors alike; what is asked wrongly is told.
func TestOpenDirectory(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		o.records()
		ask := func(path string) (int, m) {
			res, err := http.Get(o.url + path) //nolint:noctx,gosec // a test asks its own server
			must(t, err)
			defer func() { _ = res.Body.Close() }()
			var body m
			if strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") {
				must(t, json.NewDecoder(res.Body).Decode(&body))
			}
			return res.StatusCode, body
		}
		for _, door := range []string{"", "/api/v1"} {
			status, root := ask(door + "/hsds")
			if url, _ := root["openapi_url"].(string); status != 200 || root["version"] != "3.0" || !strings.HasSuffix(url, "/api/openapi.json") {
				t.Errorf("%s/hsds: %d %v", door, status, root)
			}
			status, list := ask(door + "/hsds/services?per_page=1&search=pelatihan")
			if status != 200 || list["total_items"] != 1.0 || list["first_page"] != true {
				t.Fatalf("%s/hsds/services: %d %v", door, status, list)
			}
			one := list["contents"].([]any)[0].(m)
			for path, want := range map[string]int{"/services/" + one["id"].(string): 200, "/organizations/" + one["organization_id"].(string) + "?full_service=false": 200,
				"/services/" + one["organization_id"].(string): 404, "/services/x": 404, "/services?per_page=101": 400, "/services?page=0": 400, "/services?modified_after=kemarin": 400,
				"/services?proximity=5": 400, "/organizations?full_service=maybe": 400, "/services?modified_after=2020-01-01T00:00:00Z": 200, "/service_at_locations": 200} {
				if status, _ := ask(door + "/hsds" + path); status != want {
					t.Errorf("%s/hsds%s: %d, want %d", door, path, status, want)
				}
			}
		}
	})
}
