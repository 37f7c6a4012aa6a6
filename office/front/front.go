package front

import (
	"context"
	"embed"
	"strings"

	"tuntas/house/page"
	"tuntas/house/store"
	"tuntas/house/text"
	"tuntas/house/web"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/access"
	"tuntas/office/actions"
	"tuntas/office/audit"
	"tuntas/office/casework"
	"tuntas/office/centre"
	"tuntas/office/comments"
	"tuntas/office/coordination"
	"tuntas/office/drafts"
	"tuntas/office/letters"
	"tuntas/office/mandate"
	"tuntas/office/monitoring"
	"tuntas/office/needs"
	"tuntas/office/opendata"
	"tuntas/office/participation"
	"tuntas/office/passage"
	"tuntas/office/performance"
	"tuntas/office/person"
	"tuntas/office/planning"
	"tuntas/office/potential"
	"tuntas/office/publication"
	"tuntas/office/quality"
	"tuntas/office/residence"
	"tuntas/office/satisfaction"
	"tuntas/office/spm"
	"tuntas/office/standards"
	"tuntas/office/upkeep"
)

//go:embed html/*
var Pages embed.FS //nolint:revive // the desk's templates

//go:embed words.en.json
var words []byte

var _ = text.Load(words)

// Desk asks these desks.
type Desk struct {
	Watch     Watch
	Upkeep    *upkeep.Desk
	First     *First // nil unless nobody has an account yet
	Access    *access.Desk
	Audit     *audit.Desk
	Centres   *centre.Desk
	Persons   *person.Desk
	Residence *residence.Desk
	Cases     *casework.Desk
	Passage   *passage.Desk
	Figures   *monitoring.Desk
	Drafts    *drafts.Desk
	Partners  *coordination.Desk
	Actions   *actions.Desk
	Letters   *letters.Desk
	Needs     *needs.Desk
	Plans     *planning.Desk
	SPM       *spm.Desk
	Quality   *quality.Desk
	Cascade   *performance.Desk
	Reports   *participation.Desk
	News      *publication.Desk
	Comments  *comments.Desk
	Mandates  *mandate.Desk
	Standards *standards.Desk
	Surveys   *satisfaction.Desk

	Potential *potential.Desk
	Open      *opendata.Desk
}

// Watch tells how the house itself is.
type Watch interface {
	HealthNow(ctx context.Context, by who.Asker) (store.Health, error)
	RefusedOf(ctx context.Context, by who.Asker, days int, part store.Stretch) (n int64, last []store.Refusal, err error)
	LooksOf(ctx context.Context, by who.Asker, days int) ([]store.Looks, error)
}

// Routes are the composed pages.
func (d *Desk) Routes() []web.Route {
	return []web.Route{
		web.GET("/", d.getPublic).Page().Open().Remembered(),
		web.GET("/panti", d.getInstitutions).Page().Open().Remembered().Query(institutionsQuery{}),
		web.GET("/panti/{code}", d.getInstitution).Page().Open().Remembered(),
		web.GET("/setup", d.getSetup).Page().Open(),
		web.POST("/setup", d.postSetup).Page().Open().Takes(firstPage{}),
		web.GET("/today", d.getToday).Page(),
		web.GET("/today/{queue}", d.getQueue).Page().Query(queueParams{}),
		web.GET("/centres/{centre}/reports/{month}/sheet", sheet(d.Figures.ReportSheet)).Page(),
		web.GET("/balance/sheet", sheet(d.Figures.BalanceSheet)).Page(),
		web.GET("/indicators/{key}/sheet", sheet(d.Figures.FigureSheet)).Page().Query(monitoring.Ask{}),
		web.GET("/indicators/{key}/csv", plain(d.Figures.FigureSheet)).Page().Query(monitoring.Ask{}),
		web.GET("/grid/sheet", sheet(d.Figures.GridSheet)).Page().Query(monitoring.Ask{}),
		web.GET("/grid/csv", plain(d.Figures.GridSheet)).Page().Query(monitoring.Ask{}),
		web.GET("/needs/sheet", d.getNeedSheet).Page().Query(needs.Ask{}),
		web.GET("/action-plans/{actionplan}/sheet", d.getPlanSheet).Page(),
		web.GET("/spm/sheet", d.getSPMSheet).Page().Query(spm.YearAsk{}),
		web.GET("/performance-report/sheet", sheet(d.Cascade.ReportSheet)).Page().Query(performance.Ask{}),
		web.GET("/performance-agreements/{agreement}/sheet", sheet(d.Cascade.AgreementSheet)).Page(),
		web.GET("/attention", d.getAttention).Page(),
		web.GET("/search", d.getSearch).Page(),
		web.GET("/roles", d.getRoles).Page(),
		web.GET("/roles/{key}", d.getRole).Page(),
		web.GET("/passage", d.getWays).Page().Query(waysParams{}),
		web.GET("/persons/{person}", d.getPerson).Openable().Page(),
		web.GET("/cases/{case}", d.getCase).Openable().Page(),
		web.GET("/cases/{case}/history", d.getHistory).Openable().API().Says("cases", "What happened in a case, the newest first; one kind of it, or all").Query(historyQuery{}).Lists(MomentBody{}),
		web.GET("/centres/{centre}", d.getCentre).Page(),
		web.GET("/help", d.getHelp).Page().Open(),
	}
}

// Official names that templates of several desks show.
var (
	_ = page.Lookup("regionname", regionName)
	_ = page.Lookup("purposename", func(l text.Lang, key string) string { return named(law.Standard.Latest().Consents, l, key) })
	_ = page.Lookup("checkname", func(l text.Lang, key string) string { return named(law.Standard.Latest().Checklist, l, key) })
	_ = page.Lookup("claimname", func(l text.Lang, kind string) string { return text.T(l, claimNames[kind]) })
	_ = page.Lookup("spaced", func(_ text.Lang, number string) string { return person.Spaced(number) })
)

func regionName(l text.Lang, key string) string {
	if law.OtherProvince(key) {
		return text.T(l, "luar Jawa Timur")
	}
	r, _ := law.RegionOf(key)
	return r.Name
}

var claimNames = map[string]string{"nik": "NIK", "kk": "Nomor KK", "bpjs": "Nomor BPJS", "dtsen": "Nomor DTSEN", "other": "Nomor lain"}

func named(list []law.Named, l text.Lang, key string) string {
	n, _ := law.Find(list, key)
	return n.In(string(l))
}

// entry is one entry of the navigation; who lacks the right does not see it.
type entry struct {
	right            who.Right
	path, icon, name string
}

var (
	toHome      = entry{who.SignedIn, "/today", "home-2", "Beranda"}
	toPersons   = entry{who.SeePerson, "/persons", "users", "Penerima Manfaat"}
	toCases     = entry{who.SeeCase, "/cases", "folder", "Kasus"}
	toMine      = entry{who.WorkCase, "/cases?worker=me&open=true", "folder", "Kasus saya"}
	toDecisions = entry{who.ApproveCase, "/cases?waiting=any", "circle-check", "Persetujuan|keputusan"}
	toAftercare = entry{who.SeeCase, "/aftercare", "heart-handshake", "Bimbingan lanjut"}
	toMyVisits  = entry{who.WorkCase, "/aftercare?whose=mine&days=7", "heart-handshake", "Bimbingan lanjut"}
	toProvince  = entry{who.SeeFigures, "/province", "chart-bar", "Provinsi"}
	toCentres   = entry{who.SeeCentre, "/centres", "building-community", "Semua UPT"}
	toImport    = entry{who.Import, "/import", "table-import", "Impor"}
	toSystem    = entry{who.SeeSystem, "/system", "shield-lock", "Kesehatan sistem"}
	toUsers     = entry{who.ManageUsers, "/users", "user-circle", "Pengguna"}
	toLedger    = entry{who.SeeTrail, "/ledger", "eye", "Buku akses"}
	toLetters   = entry{who.PrepareLetter, "/letters", "file-text", "Surat|daftar"}
	toMeetings  = entry{who.SeeCentre, "/meetings", "calendar", "Rakor"}
	toActions   = entry{who.SeeCentre, "/actions", "circle-check", "Tindak lanjut|menu"}
	toNeeds     = entry{who.SeeCentre, "/needs", "clipboard-heart", "Kebutuhan"}
	toSkills    = entry{who.DevelopStaff, "/competence", "clipboard-check", "Pelatihan"}
	toCascade   = entry{who.SeeFigures, "/performance", "stairs-up", "Kinerja"}
	toSPM       = entry{who.SeeFigures, "/spm", "table-import", "SPM"}
	toNews      = entry{who.WriteNews, "/news", "file-text", "Publikasi"}
	toComments  = entry{who.Moderate, "/comments", "pencil", "Komentar"}
	toReports   = entry{who.SeeReport, "/public-reports", "alert-triangle", "Laporan masyarakat"}
	toPotential = entry{who.SeePotential, "/help-requests", "user-plus", "Potensi|menu"}
	toSearch    = entry{who.SignedIn, "/search", "search", "Cari"}
)

// navs are the navigation of the roles, in an order that never changes.
var navs = map[string][]entry{
	"social_worker":       {toHome, toPersons, toMine, toMyVisits, toReports, toPotential, toCentres, toProvince, toSearch},
	"head_centre":         {toHome, toPersons, toDecisions, toCases, toAftercare, toReports, toPotential, toCentres, toNeeds, toSkills, toNews, toLedger},
	"head_administration": {toHome, toPersons, toCases, toCentres, toNeeds, toPotential, toImport, toLetters, toSkills, toNews, toProvince},
	"head_division":       {toHome, toCentres, toProvince, toSPM, toCascade, toCases, toReports, toPotential, toNeeds, toMeetings, toActions, toSkills, toPersons, toNews},
	"section_head":        {toHome, toCentres, toProvince, toSPM, toCascade, toCases, toReports, toPotential, toNeeds, toMeetings, toActions, toSkills, toPersons},
	"head_province":       {toHome, toCascade, toProvince, toSPM, toCentres, toCases, toNeeds, toPotential, toMeetings, toActions, toNews, toSearch},
	"communications":      {toHome, toNews, toComments, toCentres, toProvince, toSearch},
	"admin":               {toHome, toUsers, toLedger, toSystem, toCentres, toProvince, toSearch},
	"auditor":             {toHome, toLedger, toCases, toPersons, toSystem, toProvince, toSearch},
}

var anyNav = []entry{toHome, toPersons, toCases, toAftercare, toProvince, toCentres, toImport}

// Nav is the navigation of an asker, with how many wait where the entry is a queue of work: one statement for the roles
// that have such a queue.
func (d *Desk) Nav(ctx context.Context, by who.Asker, path string) []page.NavItem {
	entries, known := navs[by.Role]
	if !known {
		entries = anyNav
	}
	var all []page.NavItem
	for _, e := range entries {
		if by.May(e.right) {
			all = append(all, page.NavItem{Path: e.path, Icon: e.icon, Name: e.name, N: d.waits(ctx, by, e)})
		}
	}
	if i := page.Nearest(path, len(all), func(i int) string { at, _, _ := strings.Cut(all[i].Path, "?"); return at }); i >= 0 {
		all[i].Current = true
	}
	return all
}

// waits is how many stand in the queue that an entry opens: the number of the card on the home, and of the list. A number
// that cannot be read is not worth the page: it is left out.
func (d *Desk) waits(ctx context.Context, by who.Asker, e entry) (n int64) {
	switch e {
	case toMyVisits:
		n, _ = d.Cases.MyVisits(ctx, by)
	case toDecisions:
		n, _ = d.Cases.Decisions(ctx, by)
	}
	return n
}
