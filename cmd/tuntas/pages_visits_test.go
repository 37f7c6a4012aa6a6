package main

import (
	"strconv"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/id"
)

// budget is what a page may cost on a first visit (requests and compressed bytes), by its kind.
type budget struct{ requests, bytes int }

var (
	publicBudget = budget{6, 60 << 10}
	staffBudget  = budget{5, 60 << 10}
	figureBudget = budget{7, 85 << 10}
	mapBudget    = budget{5, 70 << 10}
)

type visit struct {
	name, path string
	budget     budget
}

// visitsOf lists the pages of a role, with real records of the sample.
func visitsOf(o *Office, ids map[string]string, login string) []visit {
	if login == "" {
		return []visit{{"verify", "/verify", publicBudget}, {"verified", "/verify/" + ids["code"], publicBudget}, {"verified-not", "/verify/AAAA-AAAA-AAAA-AAAA", publicBudget}, {"mails", "/demo/mail", publicBudget}, {"public", "/", publicBudget}, {"sign-in", "/sign-in", publicBudget}, {"use-code", "/sign-in/code", publicBudget}, {"help", "/help", publicBudget}, {"news", "/berita", publicBudget}, {"article", "/berita/lima-belas-dinas-menyepakati-alur-kerja-setelah-pelatihan", publicBudget}, {"article-corrected", "/berita/laporan-kinerja-tahun-lalu-dapat-dibaca", publicBudget},
			{"news-story", "/berita?topic=story", publicBudget}, {"site-search", "/cari?q=anyam", publicBudget}, {"site-search-none", "/cari?q=zzqx", publicBudget}, {"about", "/tentang", publicBudget}, {"privacy", "/privasi", publicBudget}, {"accessibility", "/aksesibilitas", publicBudget}, {"consent-withdraw", "/persetujuan", publicBudget}, {"api", "/api", budget{5, 85 << 10}},
			{"institutions", "/panti", publicBudget}, {"institutions-none", "/panti?wilayah=35.09&sasaran=pemulung", publicBudget}, {"institution", "/panti/pstw-jember", publicBudget}, {"pulse", "/pendapat/pstw-jember", publicBudget}, {"pulse-kiosk", "/pendapat/pstw-jember?kios=true", publicBudget}, {"pulse-thanks", "/pendapat/pstw-jember/terima-kasih", publicBudget}, {"pulse-none", "/pendapat/rsbn-malang", publicBudget},
			{"lapor", "/lapor", publicBudget}, {"bantu", "/bantu", publicBudget}, {"bantu-karya", "/bantu/karya", publicBudget}, {"bantu-tawaran", "/bantu/tawaran", publicBudget}, {"bantu-terkirim", "/bantu/terkirim", publicBudget}, {"my-comment", "/komentar", publicBudget}, {"lacak", "/lacak", publicBudget}, {"lacak-wrong", "/lacak?nomor=JTM-000-000&kode=X", publicBudget},
			{"data", "/data", publicBudget}, {"dataset", "/data/penghuni-menurut-panti", publicBudget}, {"dataset-map", "/data/masuk-menurut-asal", publicBudget}, {"dataset-months", "/data/masuk-per-bulan", publicBudget}, {"dataset-ask", "/data/masuk-per-bulan/tanya", publicBudget},
			{"problem", "/problems/stage-gate", publicBudget}, {"not-found", "/nowhere", publicBudget}}
	}
	if login == "bima" {
		return []visit{{"users", "/users", staffBudget}, {"users-none", "/users?q=zzqx", staffBudget}, {"user-new", "/users/new", staffBudget}, {"user", "/users/" + ids["user"], staffBudget},
			{"duty", "/users/" + ids["user"] + "/duty", staffBudget}, {"profile", "/profile", staffBudget}, {"second", "/profile/second-factor", staffBudget}, {"ledger", "/ledger", staffBudget},
			{"roles", "/roles", staffBudget}, {"role", "/roles/social_worker", staffBudget}, {"role-province", "/roles/head_division", staffBudget}}
	}
	if login == "sari" { // who opened two files in an emergency
		return []visit{{"emergency", "/emergency-access", staffBudget}, {"emergency-one", "/emergency-access/" + ids["opening"], staffBudget}, {"notices", "/notices", staffBudget},
			{"opened-person", "/persons/" + ids["opened"], staffBudget}, {"opened-case", "/cases/" + ids["openedcase"], staffBudget}, {"opened-notes", "/cases/" + ids["openedcase"] + "/notes", staffBudget},
			{"opened-plans", "/cases/" + ids["openedcase"] + "/plans", staffBudget}, {"opened-services", "/cases/" + ids["openedcase"] + "/services", staffBudget}}
	}
	all := []visit{
		{"reviews", "/emergency-reviews", staffBudget}, {"reviews-judged", "/emergency-reviews?state=judged", staffBudget}, {"review", "/emergency-reviews/" + ids["opening"], staffBudget},
		{"notices", "/notices", staffBudget}, {"emergency", "/emergency-access", staffBudget},
		{"profile", "/profile", staffBudget}, {"ledger", "/ledger", staffBudget}, {"extract", "/persons/" + ids["person"] + "/ledger", staffBudget},
		{"today", "/today", staffBudget}, {"persons", "/persons", staffBudget}, {"search", "/persons?q=su", staffBudget}, {"search-none", "/persons?q=zzqx", staffBudget},
		{"person-new", "/persons/new?q=Mbah+Sumarni", staffBudget}, {"cases", "/cases?late=true", staffBudget}, {"cases-none", "/cases?stage=closed&ppks_type=pemulung", staffBudget},
		{"aftercare", "/aftercare", staffBudget}, {"province", "/province", figureBudget}, {"centres", "/centres", staffBudget}, {"import", "/import", staffBudget},
		{"records", "/indicators/occupancy/records", staffBudget},
		{"centre", "/centres/" + ids["centre"], staffBudget}, {"beds", "/centres/" + ids["centre"] + "/beds", staffBudget},
		{"person", "/persons/" + ids["person"], staffBudget}, {"person-edit", "/persons/" + ids["person"] + "/edit", staffBudget},
		{"consents", "/persons/" + ids["person"] + "/consents", staffBudget}, {"changes", "/persons/" + ids["person"] + "/changes", staffBudget},
		{"case-new", "/cases/new?person=" + ids["person"], staffBudget},
	}
	all = append(all, visit{"outcome", "/outcome", staffBudget}, visit{"outcome-empty", "/outcome?from=2001-01-01&to=2001-02-01", staffBudget}, visit{"records-exits", "/indicators/followed/records", staffBudget})
	all = append(all, visit{"balance", "/balance?by=age", staffBudget}, visit{"balance-homes", "/balance?by=home_region", staffBudget}, visit{"deadlines", "/deadlines", staffBudget},
		visit{"workload", "/workload", staffBudget}, visit{"map", "/map", mapBudget}, visit{"map-residents", "/map?of=residents", mapBudget})
	at := "/centres/" + ids["centre"]
	all = append(all, visit{"charts", "/charts", figureBudget}, visit{"charts-centre", "/charts?centre=" + ids["centre"], figureBudget}, visit{"grid", "/grid", figureBudget}, visit{"courses", "/indicators/occupancy/centres", figureBudget})
	all = append(all, visit{"indicators", "/indicators", figureBudget}, visit{"indicator", "/indicators/occupancy", figureBudget}, visit{"indicator-share", "/indicators/still_independent_12?centre=" + ids["centre"], figureBudget},
		visit{"indicator-month", "/indicators/home_again?from=" + ids["month"] + "-01&to=" + ids["month-end"], figureBudget}, visit{"closings", "/closings", staffBudget}, visit{"dhis2", "/dhis2", staffBudget}, visit{"report", at + "/reports/" + ids["month"], staffBudget}, visit{"report-now", at + "/reports/" + clock.DayOf(clock.Wall.Now()).Month(), staffBudget}, visit{"closing", at + "/closings/" + ids["month"], staffBudget})
	all = append(all, visit{"mandate", at + "/mandate", staffBudget}, visit{"history", at + "/history", staffBudget}, visit{"facilities", at + "/facilities", staffBudget},
		visit{"facilities-heavy", at + "/facilities?condition=heavy", staffBudget}, visit{"facility", "/facilities/" + ids["facility"], staffBudget})
	all = append(all, visit{"actions", "/actions", staffBudget}, visit{"actions-overdue", "/actions?show=overdue&decided=true", staffBudget}, visit{"actions-centre", at + "/actions?criterion=aims-guide", staffBudget},
		visit{"action", "/actions/" + ids["action-postponed"], staffBudget}, visit{"action-done", "/actions/" + ids["action-done"], staffBudget}, visit{"action-own", "/actions/" + ids["action-own"], staffBudget}, visit{"action-new", "/actions/new", staffBudget},
		visit{"meetings", "/meetings", staffBudget}, visit{"meeting", "/meetings/" + ids["meeting"], staffBudget}, visit{"meeting-first", "/meetings/" + ids["meeting-first"], staffBudget},
		visit{"meeting-new", "/meetings/new", staffBudget}, visit{"meeting-item", "/meeting-items/" + ids["item"], staffBudget}, visit{"meeting-minutes", "/meetings/" + ids["meeting-first"] + "/minutes", staffBudget},
		visit{"meeting-draft", "/meetings/" + ids["meeting"] + "/minutes", staffBudget}, visit{"meeting-invitation", "/meetings/" + ids["meeting"] + "/invitation", staffBudget},
		visit{"scoreboard", "/meetings/scoreboard", staffBudget}, visit{"unmet", "/meetings/unmet", staffBudget}, visit{"agreed", "/today/agreed", staffBudget})
	all = append(all, visit{"competence", "/competence", staffBudget}, visit{"certificates", "/competence/certificates", staffBudget}, visit{"competence-centre", at + "/competence", staffBudget},
		visit{"notice-settings", "/notices/settings", staffBudget}, visit{"trainings", "/trainings", staffBudget}, visit{"trainings-open", "/trainings?state=open", staffBudget}, visit{"training-closed", "/trainings/" + ids["training-closed"], staffBudget}, visit{"training-open", "/trainings/" + ids["training-open"], staffBudget},
		visit{"training-cancelled", "/trainings/" + ids["training-cancelled"], staffBudget}, visit{"participant", "/training-participants/" + ids["participant"], staffBudget})
	all = append(all, helpVisits(login, ids)...)
	if login == "wulan" || login == "joko" {
		all = append(all, visit{"public-reports", "/public-reports", staffBudget}, visit{"public-reports-closed", "/public-reports?show=closed", staffBudget}, visit{"public-report", "/public-reports/" + ids["publicreport"], staffBudget})
	}
	if login == "wulan" {
		all = append(all, visit{"open-figures", "/open-figures", staffBudget}, visit{"open-figures-preview", "/open-figures/masuk", staffBudget})
		all = append(all, visit{"public-report-new", "/public-reports/" + ids["publicreport-new"], staffBudget}, visit{"public-report-sealed", "/public-reports/" + ids["publicreport-sealed"], staffBudget})
	}
	all = append(all, visit{"surveys", "/satisfaction", staffBudget}, visit{"survey-closed", "/survey-rounds/" + ids["survey-closed"], staffBudget}, visit{"survey-open", "/survey-rounds/" + ids["survey-open"], staffBudget}, visit{"survey-forms", "/survey-rounds/" + ids["survey-open"] + "/answers", staffBudget})
	all = append(all, visit{"quality", "/quality", staffBudget}, visit{"quality-service", "/quality/service-missing", staffBudget}, visit{"quality-centre", "/quality/stage-late?centre=" + ids["centre"], staffBudget}, visit{"quality-months", "/quality/month-open", staffBudget},
		visit{"quality-balance", "/quality/balance", staffBudget}, visit{"quality-outlier", "/quality/outlier", staffBudget}, visit{"alerts", "/alerts", staffBudget}, visit{"alerts-ended", "/alerts?show=ended", staffBudget}, visit{"alert", "/alerts/" + ids["alert"], staffBudget}, visit{"alert-done", "/alerts/" + ids["alert-done"], staffBudget},
		visit{"alert-rules", "/alert-rules", staffBudget}, visit{"reports", "/reports/scheduled", staffBudget}, visit{"report-order", "/reports/scheduled/new", staffBudget})
	year := clock.DayOf(clock.Wall.Now())[:4]
	all = append(all, visit{"performance", "/performance", figureBudget}, visit{"performance-before", "/performance?year=" + ids["lastyear"], figureBudget}, visit{"performance-centre", "/performance?centre=" + ids["centre"], figureBudget},
		visit{"poverty", "/performance/poverty", figureBudget}, visit{"performance-none", "/performance?year=2001", figureBudget}, visit{"performance-share", "/performance/" + ids["perfnode"], figureBudget}, visit{"performance-target", "/performance/" + ids["perftarget"], figureBudget},
		visit{"lkjip", "/performance-report?year=" + ids["lastyear"], figureBudget}, visit{"trees", "/performance-trees", staffBudget}, visit{"tree", "/performance-trees/" + ids["perftree"], figureBudget},
		visit{"agreements", "/performance-agreements", staffBudget}, visit{"agreement", "/performance-agreements/" + ids["agreement-signed"], figureBudget}, visit{"agreement-offered", "/performance-agreements/" + ids["agreement-offered"], figureBudget}, visit{"agreement-draft", "/performance-agreements/" + ids["agreement-draft"], figureBudget})
	if login == "joko" {
		all = append(all, visit{"agreement-new", "/performance-agreements/new?centre=" + ids["centre"], staffBudget}, visit{"analysis-own", "/performance/" + ids["perfnode"] + "/analysis?year=" + string(year) + "&centre=" + ids["centre"], staffBudget})
	}
	if login == "wulan" {
		all = append(all, visit{"analysis", "/performance/" + ids["perfnode"] + "/analysis?year=" + string(year), staffBudget}, visit{"tree-draft", "/performance-trees/" + ids["perftree-draft"], figureBudget}, visit{"tree-node", "/performance-nodes/" + ids["treenode"], staffBudget})
		all = append(all, visit{"alert-rule", "/alert-rules/" + ids["alertrule"], staffBudget}, visit{"alert-new", "/alert-rules/new?indicator=occupancy", staffBudget}, visit{"report-copy", "/report-copies/" + ids["reportcopy"], staffBudget})
	}
	if login == "joko" || login == "wulan" {
		news := "/news/" + ids["article-published"]
		all = append(all, visit{"news-queue", "/news", staffBudget}, visit{"news-queue-none", "/news?state=expired", staffBudget}, visit{"news-new", "/news/new", staffBudget}, visit{"news-article", news, budget{6, 60 << 10}}, visit{"news-preview", news + "/preview", budget{6, 60 << 10}},
			visit{"news-edit", "/news/" + ids["article-review"] + "/edit", staffBudget}, visit{"news-person", "/news/" + ids["article-review"] + "/subjects/new", staffBudget}, visit{"news-review", "/news/" + ids["article-review"], staffBudget})
	}
	if login == "wulan" {
		all = append(all, visit{"news-answers", "/news/" + ids["article-review"] + "/review", staffBudget}, visit{"news-correction", "/news/" + ids["article-published"] + "/correction", staffBudget}, visit{"news-contact", "/news-contact", staffBudget})
	}
	if login == "wulan" {
		at := "/comments/"
		all = append(all, visit{"comments", "/comments", staffBudget}, visit{"comments-none", "/comments?lane=link", staffBudget}, visit{"comments-refused", "/comments?state=refused", staffBudget},
			visit{"comment-plain", at + ids["comment-held-plain"], staffBudget}, visit{"comment-personal", at + ids["comment-held-personal"] + "?last=" + ids["comment-shown-plain"], staffBudget},
			visit{"comment-alarm", at + ids["comment-held-alarm"], staffBudget}, visit{"comment-shown", at + ids["comment-shown-plain"], staffBudget}, visit{"comment-complaint", at + ids["comment-complaint-plain"], staffBudget})
	}
	if login == "joko" {
		all = append(all, visit{"survey-form", "/survey-rounds/" + ids["survey-open"] + "/answers/new", staffBudget}, visit{"survey-new", at + "/survey-rounds/new", staffBudget}, visit{"survey-file", "/survey-rounds/" + ids["survey-open"] + "/import", staffBudget}, visit{"survey-poster", "/survey-rounds/" + ids["survey-open"] + "/poster", staffBudget}, visit{"centre-profile", at + "/profile", staffBudget})
	}
	if login == "wulan" {
		all = append(all, visit{"indicator-new", "/indicators/new", staffBudget}, visit{"indicator-draft", "/indicators/arrivals_per_place", figureBudget}, visit{"topic", "/meetings/topic?indicator=occupancy", staffBudget})
		all = append(all, visit{"ladder", "/notices/ladder", staffBudget}, visit{"training-new", "/trainings/new", staffBudget}, visit{"training-edit", "/trainings/" + ids["training-open"] + "/edit", staffBudget}, visit{"training-planned", "/trainings/" + ids["training-planned"], staffBudget})
	}
	switch login {
	case "joko":
		all = append(all, visit{"mandate-edit", at + "/mandate/edit", staffBudget}, visit{"function", "/functions/" + ids["function"], staffBudget}, visit{"accreditation", "/accreditations/" + ids["accreditation"], staffBudget}, visit{"facility-edit", "/facilities/" + ids["facility"] + "/edit", staffBudget})
	case "ratna":
		all = append(all, visit{"news", "/changes", staffBudget})
		all = append(all, visit{"queue", "/today/health-goals", staffBudget}, visit{"queue-beds", "/today/held-beds", staffBudget})
	case "wulan":
		all = append(all, visit{"queue-nik", "/today/without-nik", staffBudget}, visit{"attention", "/attention", staffBudget}, visit{"scope", "/scope", staffBudget}, visit{"workload-one", "/workload?centre=" + ids["centre"], staffBudget})
	}
	for _, stage := range []string{"approach", "assessment", "planning", "intervention", "resocialisation", "aftercare", "closed"} {
		all = append(all, visit{"case-" + stage, "/cases/" + ids[stage], staffBudget})
	}
	all = append(all, visit{"case-told", "/cases/" + ids["told"], staffBudget}, visit{"contact-told", "/contacts/" + ids["contact-told"], staffBudget})
	for part, stage := range map[string]string{"criteria": "approach", "stays/new": "approach", "assessments": "planning", "plans": "planning", "services": "intervention",
		"independence": "resocialisation", "resocialisation": "resocialisation", "termination": "resocialisation", "contacts": "aftercare", "closure": "aftercare", "stages": "aftercare", "household": "planning", "notes": "told", "conferences": "told", "attachments": "told", "letters": "told", "letters/admission": "planned", "letters/referral": "planned"} {
		all = append(all, visit{"part-" + strings.ReplaceAll(part, "/", "-"), "/cases/" + ids[stage] + "/" + part, staffBudget})
	}
	all = append(all, visit{"conference", "/conferences/" + ids["conference"], staffBudget}, visit{"conference-struck", "/conferences/" + ids["struck"], staffBudget},
		visit{"case-history", "/cases/" + ids["leaving"] + "?trail=leave", staffBudget}, visit{"case-history-died", "/cases/" + ids["died"] + "?trail=death", staffBudget}, visit{"changed", "/cases/" + ids["told"] + "/assessments/" + ids["again"], staffBudget},
		visit{"notes-form", "/cases/" + ids["intervention"] + "/notes", staffBudget}, visit{"conferences-form", "/cases/" + ids["intervention"] + "/conferences", staffBudget},
		visit{"attachments-form", "/cases/" + ids["intervention"] + "/attachments", staffBudget}, visit{"plan-changed", "/cases/" + ids["planned"] + "/plans", staffBudget},
		visit{"drafts", "/drafts", staffBudget}, visit{"drafted-note", "/cases/" + ids["planned"] + "/notes", staffBudget}, visit{"drafted-person", "/persons/new", staffBudget})
	for part, of := range map[string]string{"leaves": "leaving", "reviews": "staying", "death": "died", "former": "returned", "transfer": "moving", "family": "intervention"} {
		all = append(all, visit{"way-" + part, "/cases/" + ids[of] + "/" + part, staffBudget}, visit{"way-case-" + of, "/cases/" + ids[of], staffBudget})
	}
	all = append(all, visit{"way-leaves-form", "/cases/" + ids["resocialisation"] + "/leaves", staffBudget}, visit{"way-death-form", "/cases/" + ids["intervention"] + "/death", staffBudget},
		visit{"way-reviews-form", "/cases/" + ids["intervention"] + "/reviews", staffBudget}, visit{"way-propose", "/cases/" + ids["intervention"] + "/transfer", staffBudget},
		visit{"ways", "/passage", staffBudget}, visit{"ways-away", "/passage?show=away", staffBudget}, visit{"way-transfers", "/transfers", staffBudget}, visit{"way-transfer", "/transfers/" + ids["transfer"], staffBudget})
	all = append(all, visit{"agencies", "/agencies", staffBudget}, visit{"agency", "/agencies/" + ids["agency"], staffBudget}, visit{"agency-new", "/agencies/new", staffBudget}, visit{"agency-service", "/agency-services/" + ids["agencyservice"], staffBudget},
		visit{"referrals", "/referrals", staffBudget}, visit{"referrals-none", "/referrals?state=withdrawn&late=true", staffBudget}, visit{"referrals-of", "/cases/" + ids["planned"] + "/referrals", staffBudget}, visit{"referral-new", "/cases/" + ids["planned"] + "/referrals/new", staffBudget},
		visit{"referral-where", "/cases/" + ids["planned"] + "/referrals/new?category=training&need=AC", staffBudget}, visit{"referral-nowhere", "/cases/" + ids["planned"] + "/referrals/new?category=education&need=x", staffBudget}, visit{"referral-in", "/referrals/" + ids["referral-in"], staffBudget})
	for _, state := range []string{"prepared", "sent", "needs_information", "accepted", "started", "finished", "refused"} {
		all = append(all, visit{"referral-" + state, "/referrals/" + ids["referral-"+state], staffBudget})
	}
	for _, kind := range []string{"admission", "plan", "handover", "termination", "referral", "annulled"} {
		all = append(all, visit{"letter-" + kind, "/letters/" + ids["letter-"+kind], staffBudget})
	}
	all = append(all, visit{"standards", "/standards", staffBudget}, visit{"standard", "/standards/snrs/2019", staffBudget}, visit{"campaigns", "/campaigns", staffBudget}, visit{"campaign", "/campaigns/" + ids["campaign"], staffBudget},
		visit{"campaign-map", "/campaigns/" + ids["campaign"] + "/map", staffBudget}, visit{"selfs", "/centres/" + ids["centre"] + "/self-assessments", staffBudget})
	for _, self := range []string{"self", "self-verified"} {
		at := "/self-assessments/" + ids[self]
		all = append(all, visit{self, at, staffBudget}, visit{self + "-chapter", at + "/chapters/stages", staffBudget}, visit{self + "-criterion", at + "/criteria/stage-plan", staffBudget}, visit{self + "-proof", at + "/criteria/aims-guide", staffBudget})
	}
	if login == "wulan" {
		all = append(all, visit{"self-submitted", "/self-assessments/" + ids["self-submitted"], staffBudget}, visit{"self-verdict", "/self-assessments/" + ids["self-submitted"] + "/criteria/stage-plan", staffBudget})
	}
	all = append(all, visit{"self-fact", "/self-assessments/" + ids["self"] + "/facts/plans-approved", staffBudget}, visit{"self-staff", "/self-assessments/" + ids["self"] + "/facts/staff-certified", staffBudget}, visit{"self-compare", "/self-assessments/" + ids["self"] + "/comparison", staffBudget})
	all = append(all, visit{"letters", "/letters", staffBudget}, visit{"letters-none", "/letters?year=2001", staffBudget}, visit{"letter-drafts", "/letter-drafts", staffBudget}, visit{"letter-draft", "/letter-drafts/" + ids["draft"], staffBudget},
		visit{"letter-settings", "/centres/" + ids["centre"] + "/letter-settings", staffBudget}, visit{"balance-letter", "/balance?centre=" + ids["centre"], staffBudget})
	all = append(all, visit{"needs", "/needs", staffBudget}, visit{"needs-none", "/needs?state=refused&kind=publication", staffBudget}, visit{"needs-map", "/needs/map", staffBudget}, visit{"needs-districts", "/needs/districts", mapBudget},
		visit{"needs-alike", "/needs/alike", staffBudget}, visit{"chain", at + "/needs", staffBudget}, visit{"chain-solved", at + "/needs?state=solved", staffBudget}, visit{"need", "/needs/" + ids["instneed"], staffBudget}, visit{"centre-problem", "/centre-problems/" + ids["problem"], staffBudget})
	if login == "wulan" {
		all = append(all, visit{"action-plan", "/action-plans/" + ids["actionplan"], staffBudget}, visit{"purchase", "/purchases/" + ids["purchase"], staffBudget})
	}
	all = append(all, visit{"action-plans", "/action-plans", staffBudget}, visit{"gains", at + "/gains", staffBudget})
	last := ids["lastyear"]
	all = append(all, visit{"spm", "/spm?group=lansia_telantar&centre=" + (id.ID(0)).String(), staffBudget}, visit{"spm-centre", "/spm?group=lansia_telantar&centre=" + ids["centre"], staffBudget}, visit{"spm-people", "/spm/people?what=met&group=lansia_telantar", staffBudget},
		visit{"spm-districts", "/spm/districts", staffBudget}, visit{"spm-supplies", at + "/spm-supplies", staffBudget}, visit{"spm-supply", at + "/spm-supplies/" + last + "/lansia-a", staffBudget},
		visit{"spm-year", "/spm/years/" + last + "/anak_telantar", staffBudget}, visit{"spm-report", "/spm/reports/" + last, staffBudget})
	if login == "wulan" {
		all = append(all, visit{"spm-low", "/spm?group=gelandangan_pengemis", staffBudget}, visit{"spm-district", "/spm/districts/" + last + "/lansia_telantar/35.09", staffBudget}, visit{"spm-attachment", "/spm/attachment?year=" + last, staffBudget},
			visit{"spm-reports", "/spm/reports", staffBudget}, visit{"spm-draft", "/spm/reports/" + strconv.Itoa(o.Store.Today().Time().Year()), staffBudget})
	}
	if login == "joko" {
		all = append(all, visit{"problem-new", at + "/problems/new", staffBudget}, visit{"need-edit", "/needs/" + ids["instneed"] + "/edit", staffBudget})
	}
	return append(all, visit{"assessment", "/cases/" + ids["planning"] + "/assessments/" + ids["sheet"], staffBudget},
		visit{"plan", "/cases/" + ids["intervention"] + "/plans/" + ids["plan"], staffBudget}, visit{"contact", "/contacts/" + ids["contact"], staffBudget})
}
