package main

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"tuntas/house/id"
	"tuntas/law"
	"tuntas/try/clause"
)

// levelsAt answers the independence matrix with one level everywhere.
func levelsAt(level string) m {
	form, _ := law.InstrumentOf("independence", "")
	answers := m{}
	for _, s := range form.Sections {
		for _, q := range s.Questions {
			answers[q.Key] = level
		}
	}
	return answers
}

// complete answers every required question of an instrument.
func complete(instrument string) m {
	form, _ := law.InstrumentOf(instrument, "")
	answers := m{}
	for _, s := range form.Sections {
		for _, q := range s.Questions {
			switch {
			case q.Type == "needs":
				answers[q.Key] = []m{{"domain": "identity", "text": "Belum punya dokumen", "item": "lansia-i"}, {"domain": "family", "text": "Keluarga belum ditemukan", "item": "lansia-k"}}
			case len(q.Options) > 0:
				answers[q.Key] = q.Options[0].Key
			case q.Type == "yesno":
				answers[q.Key] = "no"
			default:
				answers[q.Key] = "Catatan uji."
			}
		}
	}
	return answers
}

// old is an old lady without NIK, reported on a market: her person and open case.
func (o *testOffice) old(login, name string) (person, caseID string) {
	o.t.Helper()
	p := o.want(201, login, "POST", "/persons", m{"names": []m{{"text": name, "kind": "working"}}, "sex": "female",
		"birth": m{"precision": "estimated", "from": 1945, "to": 1950}, "found_place": "Pasar Ajung", "home_region": "35.09"})
	c := o.want(201, login, "POST", "/cases", m{"person_id": p.text("id"), "centre_id": o.centres["pstw-jember"].String(), "ppks_type": "lansia_telantar",
		"opened_on": "2025-03-01", "outside_since": "2025-02-10"})
	return p.text("id"), c.text("id")
}

func (o *testOffice) sign(caseID, instrument, occasion string, answers m) {
	o.t.Helper()
	a := o.want(201, "ratna", "POST", "/cases/"+caseID+"/assessments", m{"instrument": instrument, "occasion": occasion, "answers": answers,
		"assessed_on": string(o.Store.Today())})
	o.want(201, "ratna", "POST", "/cases/"+caseID+"/assessments/"+a.text("id")+"/signature", m{})
}

func (o *testOffice) stage(caseID, stage string) {
	o.t.Helper()
	c := o.want(201, "ratna", "POST", "/cases/"+caseID+"/stages", m{"stage": stage, "on": string(o.Store.Today())})
	if c.text("stage") != stage {
		o.t.Fatalf("in %s after entering %s", c.text("stage"), stage)
	}
}

func (o *testOffice) admit(person, caseID string) {
	o.t.Helper()
	base := "/cases/" + caseID
	o.want(201, "ratna", "POST", base+"/criteria", m{"criteria": []m{{"code": "nobody-cares", "result": "met", "evidence": "Kunjungan 2 Maret"},
		{"code": "social-worker", "result": "met", "evidence": "Laporan peksos"}}})
	o.want(201, "ratna", "POST", "/persons/"+person+"/consents", m{"purpose": "service", "given_on": "2025-03-01", "given_by": "self", "form": "recorded"})
	beds := o.want(200, "ratna", "GET", "/centres/"+o.centres["pstw-jember"].String()+"/beds", nil).items()
	i := slices.IndexFunc(beds, func(b map[string]any) bool { return b["state"] == "free" })
	o.want(201, "ratna", "POST", base+"/stays", m{"bed_id": beds[i]["id"], "from": string(o.Store.Today())})
}

func (o *testOffice) planned(caseID string) {
	o.t.Helper()
	base := "/cases/" + caseID
	var goals []m
	for _, n := range o.want(200, "ratna", "GET", base+"/needs", nil).items() {
		goals = append(goals, m{"need_id": n["id"], "domain": n["domain"], "text": "Tercapai: " + n["text"].(string), "due_on": "2025-12-31",
			"services": []m{{"item": n["item"], "text": "Pengurusan", "owner": "Ratna", "cost": 250000, "funding": "apbd"}}})
	}
	plan := o.want(201, "ratna", "POST", base+"/plans", m{"goals": goals, "agreed_by": "Mbah Sarti", "agreed_on": string(o.Store.Today())})
	path := base + "/plans/" + plan.text("id")
	o.want(201, "ratna", "POST", path+"/submission", m{})
	o.want(403, "ratna", "POST", path+"/approval", m{})
	o.want(201, "joko", "POST", path+"/approval", m{})
	o.want(201, "joko", "POST", base+"/decision", m{"number": "188/12/2025", "on": string(o.Store.Today())})
}

// One old lady without NIK, from report to tuntas, by the API alone, on both engines.
func TestJourney_byAPI(t *testing.T) {
	clause.Test(t, "P16-7.1", "P16-7.g", "P16-20", "NIK-1")
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		person, c := o.old("ratna", "Mbah Sarti")
		base := "/cases/" + c
		early := o.want(422, "ratna", "POST", base+"/stages", m{"stage": "assessment", "on": "2025-03-02"})
		if !slices.Contains(early.codes(), "criterion-nobody-cares") {
			t.Errorf("the gate names %v", early.codes())
		}
		o.admit(person, c)
		o.stage(c, "assessment")
		o.sign(c, "biopsychosocial", "admission", complete("biopsychosocial"))
		o.sign(c, "independence", "admission", levelsAt("2"))
		o.stage(c, "planning")
		o.planned(c)
		o.stage(c, "intervention")
		o.clock.to("2025-05-05")
		o.want(201, "ratna", "POST", base+"/services", m{"item": "lansia-i", "on": "2025-05-02", "quantity": 1, "unit": "berkas"})
		o.sign(c, "independence", "review", levelsAt("3"))
		o.stage(c, "resocialisation")
		o.resocialised(c)
		o.clock.to("2025-06-02")
		o.want(201, "ratna", "POST", base+"/termination", m{"on": "2025-06-02", "reason": "reunified", "destination": "family", "outcome": "independent", "handed_to": "Keponakan"})
		o.stage(c, "aftercare")
		o.want(422, "ratna", "POST", base+"/closure", m{"on": "2025-06-02", "result": "settled"})
		o.visits(c)
		done := o.want(201, "ratna", "POST", base+"/closure", m{"on": "2026-06-10", "result": "settled"})
		if done.text("stage") != "closed" || done.text("outcome") != "independent" {
			t.Errorf("closed as %s", done.raw)
		}
		o.figuresAgree(t)
	})
}

func (o *testOffice) resocialised(c string) {
	o.t.Helper()
	var checks, ends []m
	for _, n := range law.Standard.Latest().Checklist {
		checks = append(checks, m{"code": n.Key, "state": "done"})
	}
	plans := o.want(200, "ratna", "GET", "/cases/"+c+"/plans", nil).items()
	full := o.want(200, "ratna", "GET", "/cases/"+c+"/plans/"+plans[0]["id"].(string), nil)
	for _, g := range full.body["goals"].([]any) {
		ends = append(ends, m{"goal_id": g.(map[string]any)["id"], "state": "done"})
	}
	o.want(201, "ratna", "POST", "/cases/"+c+"/resocialisation", m{"checks": checks, "goals": ends})
	o.sign(c, "independence", "termination", levelsAt("4"))
}

func (o *testOffice) visits(c string) {
	o.t.Helper()
	contacts := o.want(200, "ratna", "GET", "/cases/"+c+"/contacts", nil).items()
	if len(contacts) != 4 {
		o.t.Fatalf("%d contacts planned", len(contacts))
	}
	for i, day := range []string{"2025-07-03", "2025-09-03", "2025-12-03", "2026-06-03"} {
		o.clock.ms.Store(dayMS(day))
		k := contacts[i]
		path := "/contacts/" + k["id"].(string)
		if i == 1 { // the first try fails
			miss := o.want(200, "ratna", "PATCH", path, m{"on": day, "reached": false, "method": "phone"}, "If-Match", `"v1"`)
			o.want(412, "ratna", "PATCH", path, m{"on": day, "reached": true, "independence": 4}, "If-Match", `"v1"`)
			o.want(200, "ratna", "PATCH", path, m{"on": day, "reached": true, "independence": 4}, "If-Match", miss.head.Get("ETag"))
			continue
		}
		o.want(201, "ratna", "POST", "/cases/"+c+"/contacts", m{"month": k["month"], "on": day, "reached": true, "independence": 4, "work": "casual", "income_band": "500k_1m"})
	}
	o.clock.ms.Store(dayMS("2026-06-10"))
}

// figuresAgree checks the record, the figures, and that each figure equals the list behind it.
func (o *testOffice) figuresAgree(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	if _, wrong, err := o.Store.VerifyChain(ctx); err != nil || len(wrong) > 0 {
		t.Errorf("the record: %v %v", wrong, err)
	}
	drifts, err := o.Store.Recount(ctx, Measures(), false)
	if err != nil || len(drifts) > 0 {
		t.Errorf("the figures: %v %v", drifts, err)
	}
	for _, i := range o.want(200, "wulan", "GET", "/indicators", nil).items() {
		key := i["key"].(string)
		q := "?from=2025-01-01&to=2026-12-31"
		v := o.want(200, "wulan", "GET", "/indicators/"+key+q, nil)
		listed, next := 0.0, ""
		for {
			page := o.want(200, "wulan", "GET", "/indicators/"+key+"/records"+q+"&limit=2&after="+next, nil)
			listed += float64(len(page.items()))
			if next, _ = page.body["next"].(string); next == "" {
				listed += page.body["withheld"].(float64)
				break
			}
		}
		if listed != v.body["numerator"].(float64) {
			t.Errorf("%s says %v, the list behind it %v", key, v.body["numerator"], listed)
		}
	}
}

// Forbidden jumps: from each stage only the next one may be entered.
func TestStages_noJumps(t *testing.T) {
	clause.Test(t, "P16-7.1")
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, c := o.old("ratna", "Mbah Wagiyem")
		for _, stage := range []string{"approach", "planning", "intervention", "resocialisation", "aftercare"} {
			for _, waiver := range []any{nil, m{"reason": "coba"}} {
				body := m{"stage": stage, "on": "2025-03-02"}
				login := "ratna"
				if waiver != nil {
					body["waiver"], login = waiver, "joko"
				}
				r := o.want(422, login, "POST", "/cases/"+c+"/stages", body)
				if r.text("type") != "/problems/stage-gate" || len(r.codes()) == 0 {
					t.Errorf("%s: %s", stage, r.raw)
				}
			}
		}
		for stage, code := range map[string]string{"termination": "use-termination", "closed": "use-closure"} {
			r := o.want(422, "ratna", "POST", "/cases/"+c+"/stages", m{"stage": stage, "on": "2025-03-02"})
			if !slices.Contains(r.codes(), code) {
				t.Errorf("%s: %s", stage, r.raw)
			}
		}
		o.want(403, "ratna", "POST", "/cases/"+c+"/stages", m{"stage": "assessment", "on": "2025-03-02", "waiver": m{"reason": "mendesak"}})
		o.want(201, "joko", "POST", "/cases/"+c+"/stages", m{"stage": "assessment", "on": "2025-03-02", "waiver": m{"reason": "mendesak"}})
		first := o.want(200, "wulan", "GET", "/cases/"+c+"/stages", nil).items()
		if fmt.Sprint(first[len(first)-1]["waiver"]) == "<nil>" && fmt.Sprint(first[0]["waiver"]) == "<nil>" {
			t.Errorf("the waiver is not on the history: %v", first)
		}
	})
}

func dayMS(day string) int64 {
	var c movable
	c.to(clockDay(day))
	return c.ms.Load()
}

// Sixteen clickers want one bed: one gets it, on both engines, and the others are told so.
func TestBed_sixteenClickers(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		beds := o.want(200, "ratna", "GET", "/centres/"+o.centres["pstw-jember"].String()+"/beds", nil).items()
		cases := make([]string, 16)
		for i := range cases {
			_, cases[i] = o.old("ratna", fmt.Sprintf("Mbah Nomor %d", i))
		}
		results := make(chan int, len(cases))
		for _, c := range cases {
			go func() {
				results <- o.api("ratna", "POST", "/cases/"+c+"/stays", m{"bed_id": beds[0]["id"], "from": "2025-03-03", "id": id.New().String()}).status
			}()
		}
		got := map[int]int{}
		for range cases {
			got[<-results]++
		}
		if got[201] != 1 || got[409] != 15 {
			t.Errorf("answers: %v", got)
		}
		if wrong, err := o.Residence.Overlaps(context.Background()); err != nil || len(wrong) > 0 {
			t.Errorf("%v %v", wrong, err)
		}
	})
}
