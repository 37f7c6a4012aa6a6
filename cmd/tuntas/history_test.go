package main

import (
	"slices"
	"strings"
	"testing"
)

// The history of a case tells of letters by their number, of leaves and transfers, and to those who review it of an
// emergency, at both doors; and is nobody's who does not see the case.
func TestHistory(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		ids := map[string]string{"centre": o.centres["pstw-jember"].String()}
		o.ways(ids)
		caseID := o.want(200, "ratna", "GET", "/leaves/"+ids["leave"], nil).text("case_id")
		base := "/cases/" + caseID
		o.papers(caseID, ids)
		c := o.want(200, "ratna", "GET", base, nil)
		p := o.want(200, "joko", "GET", "/persons/"+c.text("person_id"), nil)
		o.want(200, "joko", "PATCH", "/persons/"+p.text("id"), m{"identifiers": []m{{"kind": "nik", "value": "3509011203480009", "certainty": "claimed"}}}, "If-Match", p.head.Get("ETag"))
		number := o.want(200, "ratna", "GET", "/letters/"+ids["letter"], nil).text("number")
		opening := o.opensWith("sari", "3509011203480009")

		told := func(login, query string) (lines []string) {
			for _, x := range o.want(200, login, "GET", base+"/history"+query, nil).items() {
				path, _ := x["path"].(string)
				lines = append(lines, x["kind"].(string)+": "+x["text"].(string)+" "+path)
			}
			return lines
		}
		letter := "paper: Surat nomor " + number + " diterbitkan. /letters/" + ids["letter"]
		opened := "opening: Berkas dibuka lewat akses darurat. /emergency-reviews/" + opening.ID.String()
		leave := "leave: Cuti percobaan 2 Mar 2025 sampai 9 Mar 2025 disetujui oleh PM. " + base + "/leaves"
		moved := "transfer: Pemindahan ke " + o.want(200, "joko", "GET", "/transfers/"+ids["transfer"], nil).text("to_name") + " diusulkan. /transfers/" + ids["transfer"]
		for login, sees := range map[string]map[string]bool{"joko": {letter: true, opened: true, leave: true, moved: true}, "ratna": {letter: true, opened: false, leave: true, moved: true},
			"sari": {letter: false, opened: false, leave: true, moved: true}} { // sari holds the emergency
			all := told(login, "")
			for line, want := range sees {
				if slices.Contains(all, line) != want {
					t.Errorf("%s reads %q: %v\n%s", login, line, !want, strings.Join(all, "\n"))
				}
			}
		}
		if got := told("joko", "?kind=opening"); !slices.Equal(got, []string{opened}) {
			t.Errorf("openings alone: %v", got)
		}
		o.want(400, "joko", "GET", base+"/history?kind=gossip", nil)
		o.want(404, "lina", "GET", "/cases/"+ids["leave"]+"/history", nil)
		o.want(404, "dewi", "GET", base+"/history", nil)

		joko, ratna := o.signIn("joko"), o.signIn("ratna")
		page := o.html(joko, base+"?trail=leave")
		for _, want := range []string{`href="` + base + `/leaves">Cuti percobaan 2 Mar 2025`, `?trail=opening#jejak`, `?trail=transfer#jejak`, `aria-current="true">Cuti percobaan`} {
			if !strings.Contains(page, want) {
				t.Errorf("the page lacks %s", want)
			}
		}
		if strings.Contains(page, "?trail=death") || strings.Contains(page, "Surat nomor") {
			t.Error("the page filters by what did not happen, or shows another kind")
		}
		if page := o.html(ratna, base); strings.Contains(page, "?trail=opening") || !strings.Contains(page, "Surat nomor "+number) {
			t.Error("the worker reads of the emergency, or not of the letter")
		}
	})
}
