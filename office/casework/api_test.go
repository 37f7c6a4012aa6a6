package casework_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"tuntas/office/casework"
)

type problem struct {
	Type    string                           `json:"type"`
	Errors  []struct{ Field, Code string }   `json:"errors"`
	Missing []struct{ Code, Message string } `json:"missing"`
}

// One case by the API alone, from the opening to the approved plan.
func TestAPI_toPlan(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		d := o.doors()
		mbah := o.person(o.ratna, "Mbah Karto", seventies)
		var c casework.Body
		open := `{"person_id":"` + mbah.String() + `","centre_id":"` + o.a.String() + `","ppks_type":"lansia_telantar","opened_on":"2026-11-14"`
		d.want("ratna", "/cases", open+`}`, http.StatusCreated, &c)
		if c.Stage != "approach" || c.Setting != "inside" || c.Worker == nil || *c.Worker != o.ratna.User {
			t.Fatalf("%+v", c)
		}
		at := "/cases/" + c.ID.String()
		var p problem
		d.want("ratna", "/cases", open+`,"sise":1}`, http.StatusBadRequest, &p)
		d.want("ratna", at+"/stages", `{"stage":"assessment","on":"2026-11-15"}`, http.StatusUnprocessableEntity, &p)
		if !strings.HasSuffix(p.Type, "/stage-gate") || len(p.Missing) != 4 || p.Missing[0].Message == "" {
			t.Errorf("%+v", p)
		}
		d.want("ratna", at+"/stages", `{"stage":"termination","on":"2026-11-15"}`, http.StatusUnprocessableEntity, &p)
		if !strings.HasSuffix(p.Type, "/stage-gate") || len(p.Missing) != 1 || p.Missing[0].Code != "use-termination" {
			t.Errorf("%+v", p)
		}
		o.consent(casework.Case{Person: mbah})
		d.want("ratna", at+"/criteria", `{"outside_since":"2026-11-01","criteria":[{"code":"nobody-cares","result":"met","evidence":"x"},
			{"code":"social-worker","result":"met","evidence":"x"}]}`, http.StatusCreated, &c)
		d.want("ratna", at+"/stages", `{"stage":"assessment","on":"2026-11-15"}`, http.StatusCreated, &c)
		bioAnswers, _ := json.Marshal(bio.Answers)
		for _, body := range []string{`{"instrument":"biopsychosocial","occasion":"admission","answers":` + string(bioAnswers) + `}`,
			`{"instrument":"independence","occasion":"admission","answers":{"food":2,"housing":1,"health":2,"identity":1,"family":1,
			"community":3,"conduct":4,"skill":3,"income":null,"work":null,"adl":3}}`} {
			var a casework.AssessmentBody
			d.want("ratna", at+"/assessments", body, http.StatusCreated, &a)
			if len(a.Gaps) > 0 {
				t.Errorf("gaps of %s: %v", a.Instrument, a.Gaps)
			}
			d.want("ratna", at+"/assessments/"+a.ID.String()+"/signature", ``, http.StatusCreated, &a)
			if a.Instrument == "independence" && (a.Answers["food"] != 2.0 || a.Answers["income"] != nil || a.SignedOn == nil) {
				t.Errorf("%+v", a)
			}
		}
		needs := d.needs(at)
		var plan casework.PlanBody
		d.want("ratna", at+"/plans", `{"agreed_by":"Mbah Karto","goals":[{"need_id":"`+needs[0]+`","text":"Makan tiga kali","due_on":"2027-01-31","target_level":4,
			"services":[{"text":"Dapur","owner":"Ratna","cost":250000,"funding":"apbd"}]},{"need_id":"`+needs[1]+`","text":"NIK terbit"}]}`, http.StatusCreated, &plan)
		d.want("ratna", at+"/plans/"+plan.ID.String()+"/submission", ``, http.StatusCreated, &plan)
		d.want("ratna", at+"/plans/"+plan.ID.String()+"/approval", ``, http.StatusForbidden, nil)
		d.want("joko", at+"/plans/"+plan.ID.String()+"/approval", ``, http.StatusCreated, &plan)
		if !plan.Current || plan.ApprovedOn == nil || plan.Cost != 250000 || len(plan.Goals) != 2 {
			t.Errorf("%+v", plan)
		}
	})
}

func (d *door) want(login, path, body string, status int, into any) {
	d.t.Helper()
	w := d.send("POST", "/api/v1"+path, login, "application/json", body)
	if w.Code != status {
		d.t.Fatalf("POST %s: %d, want %d: %s", path, w.Code, status, w.Body)
	}
	if into != nil {
		must(d.t, json.Unmarshal(w.Body.Bytes(), into))
	}
}

func (d *door) needs(at string) (ids []string) {
	d.t.Helper()
	var list struct{ Items []casework.NeedBody }
	must(d.t, json.Unmarshal([]byte(d.get("ratna", "/api/v1"+at+"/needs")), &list))
	for _, n := range list.Items {
		ids = append(ids, n.ID.String())
	}
	return ids
}

// The worker of another centre finds nothing at any address of a case, at either door.
func TestAPI_stranger(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		d := o.doors()
		c := o.admitted()
		o.assess(c)
		p := o.plan(c)
		f, err := o.cases.Look(o.ctx, o.ratna, c.ID)
		must(t, err)
		at, a := "/cases/"+c.ID.String(), f.Assessments[0].ID.String()
		pages := []string{"/criteria", "/stages", "/assessments", "/assessments/" + a, "/plans", "/plans/" + p.ID.String()}
		for _, page := range pages {
			if w := d.send("GET", at+page, "sari", "", ""); w.Code != http.StatusNotFound {
				t.Errorf("page %s: %d", page, w.Code)
			}
			if w := d.send("GET", "/api/v1"+at+page, "sari", "", ""); w.Code != http.StatusNotFound {
				t.Errorf("api %s: %d", page, w.Code)
			}
		}
		for path, body := range map[string]string{"/criteria": `{"criteria":[]}`, "/stages": `{"stage":"assessment","on":"2026-11-20"}`,
			"/waiver-requests": `{"code":"nobody-cares","reason":"x"}`, "/emergency": `{"reason":"x"}`, "/plans": `{}`,
			"/assessments": `{"instrument":"katz","occasion":"review","score":3}`, "/assessments/" + a + "/signature": ``,
			"/plans/" + p.ID.String() + "/submission": ``, "/plans/" + p.ID.String() + "/agreement": `{"agreed_by":"x"}`} {
			if w := d.send("POST", "/api/v1"+at+path, "sari", "application/json", body); w.Code != http.StatusNotFound {
				t.Errorf("POST %s: %d %s", path, w.Code, w.Body)
			}
		}
		if w := d.send("PATCH", "/api/v1"+at, "sari", "application/json", `{"story":"x"}`); w.Code != http.StatusNotFound {
			t.Errorf("PATCH: %d", w.Code)
		}
		if w := d.send("PATCH", "/api/v1"+at, "ratna", "application/json", `{"story":"x"}`); w.Code != http.StatusPreconditionFailed {
			t.Errorf("PATCH of another version: %d", w.Code)
		}
		if w := d.send("GET", "/api/v1/cases?sise=1", "ratna", "", ""); w.Code != http.StatusBadRequest {
			t.Errorf("an unknown filter: %d", w.Code)
		}
	})
}
