package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"strconv"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/gate"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/office/actions"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/comments"
	"tuntas/office/needs"
	"tuntas/office/notice"
	"tuntas/office/participation"
	"tuntas/office/planning"
	"tuntas/office/potential"
	"tuntas/office/publication"
	"tuntas/office/satisfaction"
	"tuntas/office/spm"
	"tuntas/office/standards"
)

// records makes one of each kind of record at the centre of Jember.
func (o *testOffice) records() map[string]string {
	o.t.Helper()
	person, c := o.old("ratna", "Mbah Karto")
	o.admit(person, c)
	base := "/cases/" + c
	ids := map[string]string{"person": person, "case": c, "centre": o.centres["pstw-jember"].String(), "month": "2025-02"}
	first := func(path string) string { return o.want(200, "ratna", "GET", path, nil).items()[0]["id"].(string) }
	ids["consent"] = first("/persons/" + person + "/consents")
	ids["stay"] = first(base + "/stays")
	o.stage(c, "assessment")
	o.sign(c, "biopsychosocial", "admission", complete("biopsychosocial"))
	o.sign(c, "independence", "admission", levelsAt("2"))
	ids["assessment"] = first(base + "/assessments")
	o.stage(c, "planning")
	o.planned(c)
	ids["plan"] = first(base + "/plans")
	ids["service"] = o.want(201, "ratna", "POST", base+"/services", m{"item": "lansia-a", "on": "2025-03-02"}).text("id")
	o.papers(c, ids)
	o.ways(ids)
	o.furnished(ids)
	o.needing(ids)
	o.want(201, "ratna", "POST", base+"/termination", m{"on": string(o.Store.Today()), "reason": "own_wish", "destination": "own_home", "outcome": "unchanged"})
	ids["contact"] = first(base + "/contacts")
	ids["staff"] = first("/centres/" + ids["centre"] + "/staff")
	ids["user"], ids["cover"], ids["opening"] = o.spare()
	o.assessed(ids)
	o.agrees(ids)
	o.trained(ids)
	o.surveyed(ids)
	o.reported(ids)
	o.performs(ids)
	o.watched(ids)
	o.publishes(ids)
	o.comments(ids)
	o.mobilised(ids)
	ids["unsent"] = o.drafted("ratna", base+"/conferences", "place", "Balai desa")
	return ids
}

// agrees holds a meeting that decides an action, with a milestone and a file.
func (o *testOffice) agrees(ids map[string]string) {
	o.t.Helper()
	ids["meeting"] = o.want(201, "wulan", "POST", "/meetings", m{"name": "Rakor", "on": string(o.Store.Today()), "from": "09:00", "to": "12:00", "place": "Aula", "chair": "Kepala", "note_taker": "Wati", "agencies": []string{ids["agency"]}}).text("id")
	ids["invitee"] = o.want(200, "wulan", "GET", "/meetings/"+ids["meeting"], nil).body["invitees"].([]any)[0].(m)["id"].(string)
	ids["item"] = o.want(201, "wulan", "POST", "/meetings/"+ids["meeting"]+"/items", m{"title": "Pelatihan"}).text("id")
	ids["action"] = o.want(201, "wulan", "POST", "/meeting-items/"+ids["item"]+"/decisions", m{"title": "Pelatihan las", "owner": "office", "owner_name": "Bu Rini", "due_on": string(o.Store.Today().Add(30)), "measure": "Lulus",
		"centre_id": ids["centre"]}).text("id")
	o.want(201, "wulan", "POST", "/actions/"+ids["action"]+"/milestones", m{"title": "Mulai", "due_on": string(o.Store.Today().Add(5))})
	ids["milestone"] = o.want(200, "wulan", "GET", "/actions/"+ids["action"], nil).body["steps"].([]any)[0].(m)["id"].(string)
	by, err := o.Access.As(context.Background(), "wulan")
	must(o.t, err)
	action, _ := id.Parse(ids["action"])
	f, err := o.Actions.AddFile(context.Background(), by, action, actions.NewFile{Title: "Foto"}, upload.File{Name: "bukti.pdf", Is: "application/pdf", Body: []byte("%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n")})
	must(o.t, err)
	ids["actionfile"] = f.ID.String()
}

// assessed opens a campaign for Jember, with one answer and a file.
func (o *testOffice) assessed(ids map[string]string) {
	o.t.Helper()
	ids["standard"], ids["key"], ids["edition"] = "snrs/2019", "snrs", "2019"
	ids["campaign"] = o.want(201, "wulan", "POST", "/campaigns", m{"name": "Uji", "standard": "snrs/2019", "from": "2024-03-01", "to": "2025-03-01", "due_on": "2025-04-01", "centres": []string{ids["centre"]}}).text("id")
	ids["selfassessment"] = o.want(200, "joko", "GET", "/centres/"+ids["centre"]+"/self-assessments", nil).items()[0]["id"].(string)
	ids["criterion"], ids["chapter"], ids["fact"] = "aims-guide", "aims", "capacity"
	o.want(201, "joko", "POST", "/self-assessments/"+ids["selfassessment"]+"/criteria/aims-guide", m{"value": "yes", "source": "document"})
	by, err := o.Access.As(context.Background(), "joko")
	must(o.t, err)
	self, _ := id.Parse(ids["selfassessment"])
	e, err := o.Standards.AddEvidence(context.Background(), by, self, "aims-guide", standards.NewEvidence{Title: "Pedoman", From: "2024-03-01", To: "2025-03-01"},
		upload.File{Name: "pedoman.pdf", Is: "application/pdf", Body: []byte("%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n")})
	must(o.t, err)
	ids["evidence"] = e.ID.String()
}

// spare makes an account that nobody of a test needs, with a cover; and an opening of somebody who is not the stranger.
func (o *testOffice) spare() (user, cover, opening string) {
	o.t.Helper()
	by, ctx := who.House("test"), context.Background()
	o.spares++
	login := fmt.Sprintf("cadangan%02d", o.spares)
	u, err := o.Access.AddUserWith(ctx, by, access.NewUser{Login: login, Role: "carer", Centres: []id.ID{o.centres["pstw-jember"]}}, testPassword)
	must(o.t, err)
	must(o.t, o.Access.AddCover(ctx, by, u.ID, access.NewCover{Role: "nurse", From: o.Store.Today(), Until: o.Store.Today().Add(5), Reason: "uji"}))
	a, err := o.Access.Account(ctx, by, u.ID)
	must(o.t, err)
	o.want(201, "ratna", "POST", "/persons", m{"names": []m{{"text": "Bu Endang"}}, "identifiers": []m{{"kind": "nik", "value": "35090112034700" + login[8:], "certainty": "claimed"}}})
	_, err = o.Access.AddUserWith(ctx, by, access.NewUser{Login: "dian" + login[8:], Role: "nurse", Centres: []id.ID{o.centres["rsbn-malang"]}}, testPassword)
	must(o.t, err)
	return u.ID.String(), a.Covers[0].ID.String(), o.opensWith("dian"+login[8:], "35090112034700"+login[8:]).ID.String()
}

// ways gives somebody in care a leave, and proposes a transfer to a third centre.
func (o *testOffice) ways(ids map[string]string) {
	o.t.Helper()
	_, c := o.old("ratna", "Mbah Jalan")
	base := "/cases/" + c
	o.want(201, "ratna", "POST", base+"/emergency", m{"reason": "uji"})
	bed := o.want(200, "ratna", "GET", "/centres/"+ids["centre"]+"/beds", nil).items()[8+o.spares]["id"]
	o.want(201, "ratna", "POST", base+"/stays", m{"bed_id": bed, "from": "2025-03-01", "state": "open"})
	for _, s := range []string{"assessment", "planning", "intervention"} {
		o.want(201, "joko", "POST", base+"/stages", m{"stage": s, "on": "2025-03-01", "waiver": m{"reason": "uji"}})
	}
	ids["to_centre"] = o.centres["pstw-blitar"].String()
	ids["leave"] = o.want(201, "ratna", "POST", base+"/leaves", m{"from": "2025-03-02", "due_on": "2025-03-09", "with": "Anak", "contact": "Desa", "agreed_by": "PM", "bed": "kept"}).text("id")
	ids["transfer"] = o.want(201, "joko", "POST", base+"/transfer", m{"to_centre_id": ids["to_centre"], "reason": "Dekat keluarga", "wanted_on": "2025-03-05", "along": "KTP"}).text("id")
}

// furnished gives the centre a mandate with a function, a history and a facility.
func (o *testOffice) furnished(ids map[string]string) {
	o.t.Helper()
	at := "/centres/" + ids["centre"]
	o.want(201, "joko", "POST", at+"/mandate", m{"founded_on": "1979-11-01", "decision_no": "41/1979", "kinds_then": []string{"lansia_telantar"}})
	ids["function"] = o.want(201, "joko", "POST", at+"/functions", m{"name": "Bengkel", "was": true}).text("id")
	ids["event"] = o.want(201, "joko", "POST", at+"/history", m{"year": 1979, "kind": "founded", "what": "Didirikan"}).text("id")
	if held := o.want(200, "joko", "GET", at+"/mandate", nil).body["accreditations"].([]any); len(held) > 0 { // an institution has one at a time
		ids["accreditation"] = held[0].(m)["id"].(string)
	} else {
		ids["accreditation"] = o.want(201, "joko", "POST", at+"/accreditations", m{"body": "BALKS", "grade": "A", "certificate_no": "1/2024", "decided_on": "2024-01-10", "valid_until": "2029-01-09"}).text("id")
	}
	ids["facility"] = o.want(201, "joko", "POST", at+"/facilities", m{"kind": "dormitory", "name": "Atap", "quantity": 1, "condition": "good"}).text("id")
}

// needing gives the centre a problem with a need.
func (o *testOffice) needing(ids map[string]string) {
	o.t.Helper()
	ids["problem"] = o.want(201, "joko", "POST", "/centres/"+ids["centre"]+"/problems", m{"source": "complaint", "title": "Kamar mandi licin", "impact": 2, "risk": 3}).text("id")
	ids["instneed"] = o.want(201, "joko", "POST", "/centre-problems/"+ids["problem"]+"/needs", chairs(o, 3)).text("id")
	ctx, house := context.Background(), who.House("test")
	there, err := o.Needs.Report(ctx, house, o.centres["pstw-blitar"], needs.NewProblem{Source: "complaint", Title: "Kursi kurang", Impact: 2, Risk: 3})
	must(o.t, err)
	year := int64(o.Store.Today().Time().Year() + 1)
	_, err = o.Needs.Propose(ctx, house, there.ID, needs.NewNeed{Kind: "facility", Name: "Kursi roda", Quantity: 2, Unit: "unit", UnitPrice: 1_850_000, Year: year})
	must(o.t, err)
	p, _, err := o.Needs.Join(ctx, house, needs.NewPurchase{Item: "kursi roda · unit", Year: year})
	must(o.t, err)
	ids["purchase"] = p.ID.String()
	at, _ := id.Parse(ids["centre"])
	plan, err := o.Plans.Make(ctx, house, planning.NewPlan{Name: "Uji", Year: year, Ceiling: 5_000_000, Centre: at})
	must(o.t, err)
	ids["actionplan"] = plan.ID.String()
	_, err = o.SPM.Write(ctx, house, spm.Year(year-1), 0, spm.SetReport{Foreword: "Dengan hormat."})
	must(o.t, err)
	ids["year"], ids["group"], ids["region"], ids["basicitem"] = strconv.FormatInt(year-1, 10), "lansia_telantar", "35.09", "lansia-a"
}

// chairs is a need that many institutions have.
func chairs(o *testOffice, n int) m {
	return m{"kind": "facility", "name": "Kursi roda", "quantity": n, "unit": "unit", "unit_price": 1850000, "year": o.Store.Today().Time().Year() + 1}
}

// surveyed opens a round of the survey, where none is open yet, and enters a form.
func (o *testOffice) surveyed(ids map[string]string) {
	o.t.Helper()
	if open := o.want(200, "joko", "GET", "/satisfaction?centre="+ids["centre"], nil).items(); len(open) > 0 {
		ids["surveyround"] = open[0]["id"].(string)
	} else {
		ids["surveyround"] = o.want(201, "joko", "POST", "/centres/"+ids["centre"]+"/survey-rounds", m{"from": "2025-02-01", "to": "2025-12-31"}).text("id")
	}
	form := m{"on": "2025-03-01"}
	for n := 1; n <= satisfaction.Elements; n++ {
		form[fmt.Sprintf("u%d", n)] = 3
	}
	ids["surveyanswer"] = o.want(201, "joko", "POST", "/survey-rounds/"+ids["surveyround"]+"/answers", form).text("id")
}

// reported sends a report of the public as somebody without an account does, and hands it to the centre.
func (o *testOffice) reported(ids map[string]string) {
	o.t.Helper()
	ctx, d := context.Background(), o.Reports
	stamp, err := d.Stamp(ctx)
	must(o.t, err)
	o.clock.ms.Add(5000)
	secret, err := d.Begin(ctx, "198.51.100.1", participation.Beginning{Danger: "no", Stamp: stamp})
	must(o.t, err)
	must(o.t, d.AnswerWhat(ctx, secret, participation.What{Category: "person", Description: "Kakek sendirian (uji)."}))
	must(o.t, d.AnswerWhere(ctx, secret, participation.Where{Region: "35.09", Place: "Pasar Tanjung"}))
	var picture bytes.Buffer
	must(o.t, png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))))
	must(o.t, d.AnswerWhen(ctx, secret, participation.When{Seen: "today"}, &upload.File{Name: "a.png", Is: "image/png", Body: picture.Bytes()}))
	must(o.t, d.AnswerContact(ctx, secret, participation.Contact{Contact: "anonymous"}))
	must(o.t, d.Send(ctx, "198.51.100.1", secret))
	c, err := d.ReceiptOf(ctx, secret)
	must(o.t, err)
	ids["reportnumber"], ids["reportcode"] = c.Number, c.Code
	ids["publicreport"] = o.want(200, "wulan", "GET", "/public-reports?number="+c.Number, nil).items()[0]["id"].(string)
	at := "/public-reports/" + ids["publicreport"]
	o.want(201, "wulan", "POST", at+"/verdict", m{"verdict": "real"})
	o.want(201, "wulan", "POST", at+"/dispatch", m{"centre_id": ids["centre"]})
	ids["reportphoto"] = o.want(200, "wulan", "GET", at, nil).body["photo_ids"].([]any)[0].(string)
}

// publishes writes an article about somebody who consents, and hands it to the editors.
func (o *testOffice) publishes(ids map[string]string) {
	o.t.Helper()
	ids["article"] = o.want(201, "joko", "POST", "/news", m{"title": "Kebun panti", "lead": "Mulai panen.", "body": "Isi.", "topic": "story", "names_person": true}).text("id")
	ids["newssubject"] = o.want(201, "joko", "POST", "/news/"+ids["article"]+"/subjects", m{"called": "Mbah Uji", "child": "no", "given_by": "self", "evidence": "Map uji",
		"given_on": string(o.Store.Today()), "until": string(o.Store.Today().Add(90)), "channels": []string{"site"}}).text("id")
	o.want(201, "joko", "POST", "/news/"+ids["article"]+"/submission", m{})
	out := o.want(201, "joko", "POST", "/news", m{"title": "Panen " + ids["article"], "lead": "Dapur memasak sayur sendiri.", "body": "Isi.", "topic": "event"}).text("id")
	article, _ := id.Parse(out)
	joko, err := o.Access.As(context.Background(), "joko")
	must(o.t, err)
	var drawn bytes.Buffer
	must(o.t, png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 800, 400))))
	a, err := o.News.AddImage(context.Background(), joko, article, publication.NewImage{Alt: "Bedeng sayur"}, upload.File{Name: "foto.png", Is: "image/png", Body: drawn.Bytes()})
	must(o.t, err)
	o.want(201, "joko", "POST", "/news/"+out+"/submission", m{})
	o.want(201, "wulan", "POST", "/news/"+out+"/approval", m{"person": true, "consent": true, "dignity": true, "data": true})
	o.want(201, "wulan", "POST", "/news/"+out+"/publication", m{})
	ids["newsimage"], ids["width"], ids["slug"] = a.Image.String(), "640", a.Slug
	ids["dataset"], ids["openfamily"] = "penghuni-menurut-umur", "penghuni"
	_, profile, err := o.Centres.AddPhoto(context.Background(), joko, joko.Scope.Only(), centre.NewPhoto{Alt: "Gerbang panti", NoPerson: true}, upload.File{Name: "foto.png", Is: "image/png", Body: drawn.Bytes()})
	must(o.t, err)
	ids["centrephoto"] = profile.Photo.ID.String()
}

// comments sends a comment of a reader to an article that is out.
func (o *testOffice) comments(ids map[string]string) {
	o.t.Helper()
	ctx, d := context.Background(), o.Comments
	stamp, err := d.Stamp(ctx)
	must(o.t, err)
	o.clock.ms.Add(5000)
	_, err = d.Send(ctx, "198.51.100.1", ids["slug"], comments.NewComment{Name: "Pembaca", Body: "Bagus (uji " + ids["slug"] + ").", Sent: gate.Sent{Stamp: stamp}})
	must(o.t, err)
	all := o.want(200, "joko", "GET", "/comments", nil).items()
	ids["comment"] = all[len(all)-1]["id"].(string)
}

// mobilised enters a potential with an offer, a request with a promise that came, a letter of the public, and a work.
func (o *testOffice) mobilised(ids map[string]string) {
	o.t.Helper()
	today := o.Store.Today()
	ids["potential"] = o.want(201, "ratna", "POST", "/potentials", m{"kind": "psm", "name": "Bu Uji", "region": "35.09", "phone": "0812"}).text("id")
	ids["potoffer"] = o.want(201, "ratna", "POST", "/potentials/"+ids["potential"]+"/offers", m{"kind": "goods", "what": "Kursi roda", "quantity": 9, "unit": "buah", "until": string(today.Add(200))}).text("id")
	ids["helprequest"] = o.want(201, "ratna", "POST", "/help-requests", m{"centre_id": ids["centre"], "kind": "goods", "what": "Kursi roda", "quantity": 5, "unit": "buah", "needed_on": string(today.Add(30)), "public": true}).text("id")
	ids["helppromise"] = o.want(201, "ratna", "POST", "/help-requests/"+ids["helprequest"]+"/promises", m{"offer_id": ids["potoffer"], "quantity": 2, "due_on": string(today.Add(9))}).text("id")
	o.want(201, "ratna", "POST", "/help-requests/"+ids["helprequest"]+"/promises", m{"offer_id": ids["potoffer"], "quantity": 1, "due_on": string(today.Add(9))})
	ids["offer"] = ids["potoffer"]
	promise, _ := id.Parse(ids["helppromise"])
	ratna, err := o.Access.As(context.Background(), "ratna")
	must(o.t, err)
	var drawn bytes.Buffer
	must(o.t, png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 8, 8))))
	_, err = o.Potential.Deliver(context.Background(), ratna, promise, 0, potential.Delivery{On: today, Quantity: 1}, &upload.File{Name: "a.png", Is: "image/png", Body: drawn.Bytes()})
	must(o.t, err)
	ids["promisephoto"] = o.want(200, "ratna", "GET", "/help-promises/"+ids["helppromise"], nil).body["photo_ids"].([]any)[0].(string)
	stamp, err := o.Potential.Stamp(context.Background())
	must(o.t, err)
	o.clock.ms.Add(5000)
	request, _ := id.Parse(ids["helprequest"])
	must(o.t, o.Potential.Give(context.Background(), "198.51.100.2", potential.Giving{Request: request, Kind: "goods", What: "Kursi", Quantity: 1, Unit: "buah", Region: "35.09", Name: "Penawar uji", Phone: "0812", Sent: gate.Sent{Stamp: stamp}}))
	letters := o.want(200, "joko", "GET", "/help-letters", nil).items()
	ids["helpletter"] = letters[len(letters)-1]["id"].(string)
	consent := o.want(201, "ratna", "POST", "/persons/"+ids["person"]+"/consents", m{"purpose": "work", "given_on": string(today), "given_by": "self", "form": "written"}).text("id")
	ids["residentwork"] = o.want(201, "ratna", "POST", "/persons/"+ids["person"]+"/works", m{"consent_id": consent, "kind": "product", "title": "Keset perca", "contact": "0331", "until": string(today.Add(60))}).text("id")
}

// performs drafts a tree, which is in force as a copy, and an agreement.
func (o *testOffice) performs(ids map[string]string) {
	o.t.Helper()
	year := o.Store.Today().Time().Year()
	leaf := m{"kind": "indicator", "level": "centre", "owner": "Kepala UPT", "indicator": "staff_certified", "weight": 100}
	goal := m{"kind": "goal", "level": "office", "owner": "Kepala Dinas", "name": "Tujuan", "name_en": "Goal", "weight": 100}
	live := ""
	for _, t := range o.want(200, "wulan", "GET", "/performance-trees", nil).items() {
		if t["state"] == "live" {
			live = t["id"].(string)
		}
	}
	if live == "" {
		live = o.want(201, "wulan", "POST", "/performance-trees", m{"name": "Uji", "from_year": year, "to_year": year + 1}).text("id")
		top := o.want(201, "wulan", "POST", "/performance-trees/"+live+"/nodes", goal).body["nodes"].([]any)[0].(m)["id"].(string)
		o.want(201, "wulan", "POST", "/performance-nodes/"+top+"/nodes", leaf)
		o.want(201, "wulan", "POST", "/performance-trees/"+live+"/force", m{"valid_from": fmt.Sprintf("%d-01-01", year)})
	}
	draft := o.want(201, "wulan", "POST", "/performance-trees", m{"name": "Uji", "from_year": year, "to_year": year + 1, "copy_of": live})
	ids["perftree"], ids["perfnode"] = draft.text("id"), draft.body["nodes"].([]any)[0].(m)["id"].(string)
	agreements := o.want(200, "joko", "GET", "/performance-agreements?centre="+ids["centre"], nil).items()
	if len(agreements) == 0 {
		agreements = []m{o.want(201, "joko", "POST", "/performance-agreements", m{"year": year, "centre_id": ids["centre"], "first_name": "Joko", "first_post": "Kepala UPT", "second_name": "Surya", "second_post": "Kepala Dinas"}).body}
	}
	ids["agreement"] = agreements[0]["id"].(string)
}

// watched sets an alert that every institution with somebody in it crosses, and has a report written.
func (o *testOffice) watched(ids map[string]string) {
	o.t.Helper()
	ids["qualityrule"] = "stage-late"
	rule := o.want(201, "wulan", "POST", "/alert-rules", m{"indicator": "occupancy", "place": "one", "centre_id": ids["centre"], "condition": "above", "value": 0, "owner": "head_centre", "days": 5, "severity": "low"})
	ids["alertrule"] = rule.text("id")
	o.want(201, "wulan", "POST", "/alert-rules/"+ids["alertrule"]+"/state", m{"to": "active"})
	o.want(201, "wulan", "POST", "/alerts/check", m{})
	ids["alert"] = o.want(200, "wulan", "GET", "/alerts", nil).items()[0]["id"].(string)
	now := o.clock.Now().In(clock.WIB)
	ids["reportorder"] = o.want(201, "ratna", "POST", "/reports/scheduled", m{"name": "Uji", "figures": []string{"occupancy"}, "rhythm": "weekly", "weekday": (int(now.Weekday())+6)%7 + 1, "hour": now.Hour() + 1}).text("id")
	o.clock.ms.Add(time.Hour.Milliseconds())
	must(o.t, o.Quality.SendDue(context.Background()))
	ratna, err := o.Access.As(context.Background(), "ratna")
	must(o.t, err)
	all, err := o.Quality.Reports(context.Background(), ratna)
	must(o.t, err)
	ids["reportcopy"] = all.Copies[0].ID.String()
}

// trained opens a training, for which the centre proposes somebody.
func (o *testOffice) trained(ids map[string]string) {
	o.t.Helper()
	ids["training"] = o.want(201, "wulan", "POST", "/trainings", m{"name": "Uji", "subject": "Uji", "place": "Jember", "from": "2025-06-01", "to": "2025-06-02", "places": 3}).text("id")
	o.want(201, "wulan", "POST", "/trainings/"+ids["training"]+"/opening", m{})
	ids["feed"] = "0123456789abcdef0123456789abcdef01234567.ics"
	ratna, err := o.Access.As(context.Background(), "ratna")
	must(o.t, err)
	must(o.t, o.Store.Keep(context.Background(), func(tx *store.Tx) error {
		return notice.Tell(tx, ratna.User, fail.Say("Pelatihan: %s", "uji"), "/trainings", "training")
	}))
	ids["notice"] = o.want(200, "ratna", "GET", "/notices", nil).items()[0]["id"].(string)
	ids["participant"] = o.want(201, "joko", "POST", "/centres/"+ids["centre"]+"/participants", m{"training_id": ids["training"], "staff_id": ids["staff"]}).text("id")
}

// papers gives a case a note, a conference with a follow-up, and an attachment.
func (o *testOffice) papers(c string, ids map[string]string) {
	o.t.Helper()
	base := "/cases/" + c
	ids["note"] = o.want(201, "ratna", "POST", base+"/notes", m{"kind": "phone", "on": "2025-03-02", "text": "Menelepon keponakan"}).text("id")
	held := o.want(201, "ratna", "POST", base+"/conferences", m{"on": "2025-03-02", "place": "Balai desa", "question": "Pulang?", "decision": "Bulan depan",
		"participants": []m{{"name": "Suwarno", "role": "Keponakan"}, {"name": "Ratna", "role": "Peksos"}},
		"followups":    []m{{"text": "Kunjungan", "owner": "Ratna", "due_on": "2025-03-09"}}})
	ids["conference"], ids["followup"] = held.text("id"), held.body["followups"].([]any)[0].(m)["id"].(string)
	by, err := o.Access.As(context.Background(), "ratna")
	must(o.t, err)
	caseID, _ := id.Parse(c)
	a, err := o.Cases.Attach(context.Background(), by, caseID, casework.NewAttachment{Title: "Surat desa", Kind: "letter"},
		upload.File{Name: "surat.pdf", Is: "application/pdf", Body: []byte("%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n")})
	must(o.t, err)
	ids["attachment"] = a.ID.String()
	ids["draft"] = o.want(201, "ratna", "POST", base+"/letter-drafts", m{"kind": "referral", "to": "RSUD", "reason": "Mata"}).text("id")
	signed := o.want(201, "ratna", "POST", base+"/letter-drafts", m{"kind": "referral", "to": "RSUD", "reason": "Gigi"}).text("id")
	letter := o.want(201, "joko", "POST", "/letter-drafts/"+signed+"/issue", m{})
	ids["letter"], ids["code"] = letter.text("id"), letter.text("verification_code")
	o.refers(c, ids)
}

// refers sends a referral of a case to an agency, which gets an inbox. The link of the tests is none.
func (o *testOffice) refers(c string, ids map[string]string) {
	o.t.Helper()
	ids["agency"] = o.want(201, "wulan", "POST", "/agencies", m{"kind": "opd", "name": "Dinas Tenaga Kerja", "email": "rujukan@naker.example"}).text("id")
	ids["agencyservice"] = o.want(201, "wulan", "POST", "/agencies/"+ids["agency"]+"/services", m{"category": "training", "name": "Pelatihan AC"}).text("id")
	ids["referral"] = o.want(201, "ratna", "POST", "/cases/"+c+"/referrals", m{"service_id": ids["agencyservice"], "need": "Belajar memperbaiki AC", "basis": "public_task", "basis_note": "Rencana intervensi"}).text("id")
	o.want(201, "ratna", "POST", "/referrals/"+ids["referral"]+"/sending", m{})
	service := o.quick("ratna", "GET", "/hsds/services", nil).body["contents"].([]any)[0].(m)
	ids["hsdsservice"], ids["hsdsorganization"] = service["id"].(string), service["organization_id"].(string)
	ids["hsdsplace"] = o.quick("ratna", "GET", "/hsds/service_at_locations", nil).body["contents"].([]any)[0].(m)["id"].(string)
	ids["link"] = "0123456789abcdef0123456789abcdef01234567"
}

// signIn gives the cookies of a signed-in browser.
