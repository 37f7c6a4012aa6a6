package main

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"tuntas/house/clock"
	"tuntas/house/store"
	"tuntas/office/access"
	"tuntas/schema"
	"tuntas/seed"
	"tuntas/try"
	"tuntas/try/browser"
)

// plantSample makes a small demo province: once for each engine, of which each test gets a copy.
func plantSample(address string) error { return plantAt(address, 1200, 600) }

func plantAt(address string, residents, former int) error {
	calendar := &seed.Calendar{}
	s, err := openStore(address, true, calendar)
	if err != nil {
		return err
	}
	if _, err = fillDemo(context.Background(), Wire(s, true), calendar, residents, former); err != nil {
		return err
	}
	return s.Close()
}

// demoOn serves a fresh copy of the sample province on one engine.
func demoOn(t *testing.T, engine string) (*Office, string) {
	t.Helper()
	var address string
	if engine == "sqlite" {
		file := filepath.Join(t.TempDir(), "t.db")
		try.SQLiteLike(t, file, "sample", plantSample)
		address = "sqlite:" + file
	} else {
		address = try.PostgresLike(t, "sample", plantSample)
	}
	s, err := store.Open(address, store.Options{Scope: access.Scope, Schema: schema.Files, Clock: clock.Wall, Unsafe: true})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	o := Wire(s, true)
	handler, err := o.Server(clock.Wall, nil)
	must(t, err)
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return o, server.URL
}

func signInAs(b *browser.Browser, login string) {
	b.Open("/sign-in")
	b.Fill("Nama masuk", login)
	b.Fill("Kata sandi", demoPassword)
	b.Press("Masuk")
}

// differs names the pages that heads see otherwise than a social worker.
var differs = []string{"open-figures", "open-figures-preview", "news-queue", "news-queue-none", "news-new", "news-article", "news-preview", "news-edit", "news-person", "news-review", "comments", "comments-none", "comments-refused", "comment-plain", "comment-personal", "comment-alarm", "comment-shown", "comment-complaint", "news-answers", "news-correction", "news-contact", "today", "cases", "province", "centres", "records", "beds", "case-planning", "part-criteria", "part-plans", "part-stages", "case-closed", "profile", "ledger", "extract", "balance", "deadlines", "workload", "workload-one", "map",
	"attention", "scope", "standards", "campaigns", "campaign", "campaign-map", "self", "self-criterion", "self-proof", "self-submitted", "self-verdict", "letters", "letter-draft", "letter-referral", "letter-annulled", "letter-settings", "mandate", "mandate-edit", "function", "accreditation", "facility-edit", "facility", "facilities", "history", "way-propose", "way-transfers", "way-transfer", "reviews", "reviews-judged", "review", "notices", "agencies", "agency", "agency-new", "agency-service", "referral-in", "needs", "needs-map", "needs-alike", "chain", "need", "centre-problem", "problem-new", "need-edit", "action-plan", "action-plans", "gains", "purchase", "actions", "actions-centre", "action", "action-own", "action-new", "meetings", "meeting", "meeting-new", "meeting-item", "meeting-minutes", "competence", "certificates", "competence-centre", "trainings", "training-closed", "training-open", "training-cancelled", "training-planned", "training-new", "training-edit", "participant", "charts", "charts-centre", "grid", "courses", "indicators", "indicator", "indicator-share", "indicator-month", "indicator-new", "indicator-draft", "topic", "dhis2", "closings", "closing", "ladder", "notice-settings", "outcome", "records-exits", "spm", "spm-low", "spm-people", "spm-district", "spm-districts", "spm-attachment", "spm-reports", "spm-draft", "spm-report", "spm-year", "spm-supplies", "spm-supply", "public-reports", "public-reports-closed", "public-report", "public-report-new", "public-report-sealed", "potentials", "potential", "potential-edit", "potential-new", "offers-help", "offer-help", "offer-help-edit", "offer-help-new", "help-requests", "help-request", "help-request-edit", "help-request-new", "help-promises", "help-promise", "help-promise-late", "help-letters", "help-letter", "works", "work", "surveys", "survey-open", "survey-form", "survey-new", "survey-file", "survey-poster", "centre-profile", "performance", "performance-target", "performance-centre", "performance-share", "poverty", "lkjip", "trees", "agreements", "agreement-offered", "agreement-draft", "agreement-new", "analysis-own", "analysis", "tree-draft", "tree-node", "quality", "quality-service", "quality-outlier", "quality-months", "alerts", "alert", "alert-rules", "alert-rule", "alert-new", "reports", "report-copy"}

// workers and heads name those of them that are opened by a social worker, and by the head of an institution, as well as by the
// head of the division: there stands something for them to do.
var (
	workers = []string{"today", "cases", "beds", "case-planning", "part-criteria", "part-plans", "part-stages", "case-closed", "profile", "self", "self-criterion", "self-proof", "letter-draft",
		"way-propose", "way-transfer", "referral-in", "chain", "need", "action", "meeting-item", "potential", "potential-edit", "potential-new", "work", "survey-open", "indicator", "spm-people", "quality-service"}
	heads = []string{"today", "cases", "beds", "case-planning", "part-criteria", "part-plans", "profile", "balance", "closing", "mandate", "history", "facility", "self", "letter-draft", "letter-settings", "way-transfer",
		"review", "referral-in", "need", "centre-problem", "action-own", "meeting-item", "competence-centre", "participant", "outcome", "public-report", "potential", "offer-help", "help-request", "help-promise", "work",
		"survey-open", "agreement-offered", "agreement-draft", "news-review", "spm-supply", "spm-year", "alert", "quality-months"}
)

// chosen are the pages that a role opens when not every role opens all: each page by whoever finds most on it.
func chosen(o *Office, ids map[string]string, login string) []visit {
	visits := visitsOf(o, ids, login)
	var keep func(name string) bool
	switch login {
	case "ratna":
		keep = func(name string) bool { return !slices.Contains(differs, name) || slices.Contains(workers, name) }
	case "joko":
		division := visitsOf(o, ids, "wulan")
		keep = func(name string) bool {
			there := slices.ContainsFunc(division, func(v visit) bool { return v.name == name })
			return slices.Contains(differs, name) && !there || slices.Contains(heads, name)
		}
	case "wulan":
		keep = func(name string) bool { return slices.Contains(differs, name) }
	default:
		return visits
	}
	return slices.DeleteFunc(visits, func(v visit) bool { return !keep(v.name) })
}

// Every page at a phone in light, every fourth at a desk in dark: nothing that axe finds, nothing too wide, within its weight.
// The long series adds a tablet, both themes at each width, and every page for every role. TUNTAS_SHOTS keeps the
// pictures, TUNTAS_DARK in dark; TUNTAS_PAGES opens only the pages whose names match it.
func TestPages_accessible(t *testing.T) {
	t.Parallel()
	o, url := demoOn(t, "sqlite")
	ids := sampleIDs(t, o)
	all := try.Times(0, 1) == 1
	widths := []int{360, 1280}
	only := regexp.MustCompile(os.Getenv("TUNTAS_PAGES"))
	if all {
		widths = append(widths, 768)
	}
	for role, login := range []string{"", "ratna", "joko", "wulan", "bima", "sari", "kadis"} {
		visits := visitsOf(o, ids, login)
		if !all && os.Getenv("TUNTAS_PAGES") == "" {
			visits = chosen(o, ids, login)
		}
		if login == "kadis" { // what else he sees looks as it does to the head of a division
			visits = slices.DeleteFunc(visits, func(v visit) bool { return v.name != "today" })
		}
		visits = slices.DeleteFunc(visits, func(v visit) bool { return !only.MatchString(v.name) })
		for _, width := range widths {
			opened := visits
			if !all && width > 360 && len(visits) > 4 && os.Getenv("TUNTAS_PAGES") == "" { // the phone is the harder; the soak opens every page at every width
				opened = nil
				for n := role % 4; n < len(visits); n += 4 {
					opened = append(opened, visits[n])
				}
			}
			for n := 0; len(opened) > 0; n++ { // no browser goes on alone when all others are done
				some := opened[:min(len(opened), pagesOfABrowser)]
				opened = opened[len(some):]
				t.Run(fmt.Sprintf("%s-%d-%d", login, width, n), func(t *testing.T) {
					t.Parallel()
					look(t, url, login, width, some, all)
				})
			}
		}
	}
}

const pagesOfABrowser = 50

func look(t *testing.T, url, login string, width int, visits []visit, all bool) {
	t.Helper()
	b := browser.New(t, url, width)
	if login != "" {
		signInAs(b, login)
	}
	if lang := os.Getenv("TUNTAS_LANG"); lang != "" {
		b.Open("/?lang=" + lang)
	}
	for _, v := range visits {
		b.Open(v.path)
		b.NotSee("Ada yang salah pada kami.")
		if cost := b.Traffic(); cost.Bytes > v.budget.bytes || cost.Requests > v.budget.requests {
			t.Errorf("%s costs %d requests, %d bytes; its budget is %d, %d", v.path, cost.Requests, cost.Bytes, v.budget.requests, v.budget.bytes)
		}
		switch {
		case all:
			b.AxeBoth()
		case width >= 1280:
			b.Dark()
			b.Axe()
			b.Light()
		default:
			b.Axe()
		}
		b.FitsWidth()
		if os.Getenv("TUNTAS_DARK") != "" {
			b.Dark()
		}
		b.Screenshot(fmt.Sprintf("%s-%s-%d", login, v.name, width))
	}
}
