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
		ids := o.records()
		base := "/cases/" + o.want(200, "ratna", "GET", "/leaves/"+ids["leave"], nil).text("case_id")
		c := o.want(200, "ratna", "GET", base, nil)
		p := o.want(200, "joko", "GET", "/persons/"+c.text("person_id"), nil)
		o.want(200, "joko", "PATCH", "/persons/"+p.text("id"), m{"identifiers": []m{{"kind": "nik", "value": "3509011203480009", "certainty": "claimed"}}}, "If-Match", p.head.Get("ETag"))
		number := o.want(200, "ratna", "GET", "/letters/"+ids["letter"], nil).text("number")
		o.want(404, "sari", "GET", base+"/history", nil) // of another centre, until she opens the file
		opening := o.opensWith("sari", "3509011203480009")

		told := func(login, of, query string) (lines []string) {
			for _, x := range o.want(200, login, "GET", of+"/history"+query, nil).items() {
				path, _ := x["path"].(string)
				lines = append(lines, x["kind"].(string)+": "+x["text"].(string)+" "+path)
			}
			return lines
		}
		letter := "paper: Surat nomor " + number + " diterbitkan. /letters/" + ids["letter"]
		opened := "opening: Berkas dibuka lewat akses darurat. /emergency-reviews/" + opening.ID.String()
		leave := "leave: Cuti percobaan 2 Mar 2025 sampai 9 Mar 2025 disetujui oleh PM. " + base + "/leaves"
		moved := "transfer: Pemindahan ke PSTW Blitar (contoh) diusulkan. /transfers/" + ids["transfer"]
		for login, sees := range map[string]map[string]bool{"joko": {opened: true, leave: true, moved: true}, "ratna": {opened: false, leave: true, moved: true},
			"sari": {opened: false, leave: true, moved: true}} { // sari holds the emergency
			all := told(login, base, "")
			for line, want := range sees {
				if slices.Contains(all, line) != want {
					t.Errorf("%s reads %q: %v\n%s", login, line, !want, strings.Join(all, "\n"))
				}
			}
		}
		other := "/cases/" + ids["case"]
		if all := told("ratna", other, "?kind=paper"); !slices.Contains(all, letter) {
			t.Errorf("the letter %q is not told: %v", letter, all)
		}
		if got := told("joko", base, "?kind=opening"); !slices.Equal(got, []string{opened}) {
			t.Errorf("openings alone: %v", got)
		}
		o.want(400, "joko", "GET", base+"/history?kind=gossip", nil)

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
		if strings.Contains(o.html(ratna, base), "?trail=opening") {
			t.Error("the worker reads of the emergency")
		}
		if !strings.Contains(o.html(ratna, other+"?trail=paper"), `href="/letters/`+ids["letter"]+`">Surat nomor `+number) {
			t.Error("the page does not lead to the letter")
		}
	})
}
