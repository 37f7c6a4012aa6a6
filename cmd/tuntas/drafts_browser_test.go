package main

import (
	"context"
	"testing"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/who"
	"tuntas/try/browser"
)

// withPlan carries a case to the plan that is being written.
func (o *testOffice) withPlan() (caseID, plan string) {
	o.t.Helper()
	person, c := o.old("ratna", "Mbah Sarti")
	o.admit(person, c)
	o.stage(c, "assessment")
	o.sign(c, "biopsychosocial", "admission", complete("biopsychosocial"))
	o.sign(c, "independence", "admission", levelsAt("2"))
	o.stage(c, "planning")
	p := o.want(201, "ratna", "POST", "/cases/"+c+"/plans", m{"goals": []m{{"text": "Sehat", "domain": "health"}}})
	return c, "/cases/" + c + "/plans/" + p.text("id")
}

func openAs(t *testing.T, o *testOffice, width int, login, path string) *browser.Browser {
	t.Helper()
	b := browser.New(t, o.url, width)
	b.Open("/sign-in")
	b.Fill("Nama masuk", login)
	b.Fill("Kata sandi", testPassword)
	b.Press("Masuk")
	b.Open(path)
	return b
}

// Somebody types in a plan and leaves the field; the tab is gone, the signal is gone, a colleague writes in the same
// place, the session ends in the middle: what was typed is there.
func TestDrafts_inBrowser(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *testOffice) {
		_, plan := o.withPlan()
		b := openAs(t, o, 1280, "ratna", plan)
		b.In("Belum punya dokumen").Fill("Ukuran", "KTP terbit")
		b.Key("Tab")
		b.See("Tersimpan sebagai draf 10.00")
		b.Screenshot("draft-saved-1280")
		b.Fill("Rencana disetujui oleh", "Mbah Sarti sendiri") // and the field is not left
		b.Open("/today")
		b.See("1 formulir Anda mulai dan belum dikirim")

		again := openAs(t, o, 360, "ratna", plan) // another device, as after the tab was killed
		again.See("Draf Anda")
		for label, want := range map[string]string{"Ukuran": "KTP terbit", "Rencana disetujui oleh": "Mbah Sarti sendiri"} {
			part := again
			if label == "Ukuran" {
				part = again.In("Belum punya dokumen")
			}
			if got := part.Value(label); got != want {
				t.Errorf("%s is %q", label, got)
			}
		}
		o.clock.ms.Add(60_000)
		lina := openAs(t, o, 360, "lina", plan)
		lina.See("Draf Ratna, 1 menit lalu: 2 isian.")
		lina.See("Ratna sedang menulis di sini (1 menit lalu).")
		lina.AxeBoth()
		lina.FitsWidth()
		lina.Screenshot("draft-busy-360")
		lina.Fill("Rencana disetujui oleh", "Keponakan")
		lina.Key("Tab")
		lina.See("Tersimpan sebagai draf 10.01")
		again.Fill("Rencana disetujui oleh", "Mbah Sarti dan keponakan")
		again.Key("Tab")
		again.See("Lina juga mengisi isian ini")

		b.Open(plan)
		b.See("Rencana disetujui oleh: pilih salah satu")
		b.AxeBoth()
		b.FitsWidth()
		b.Screenshot("draft-conflict-1280")
		b.Choose("Rencana disetujui oleh: pilih salah satu", "Keponakan")
		b.Press("Pakai pilihan ini")
		b.See("Pilihan Anda ada di formulir")
		if got := b.Value("Rencana disetujui oleh"); got != "Keponakan" {
			t.Errorf("chosen: %q", got)
		}
		b.Press("Buang draf")
		b.NotSee("Draf Anda")
		b.Open("/drafts")
		b.AxeBoth()
		b.FitsWidth()
		b.Screenshot("drafts-1280")
		b.Press("Kembalikan draf : Rencana intervensi Mbah Sarti")
		b.See("Draf dikembalikan.")
	})
}

// The session ends while somebody writes: they are told, and the sent form comes back whole after sign-in.
func TestDrafts_signOutInTheMiddle(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+t.TempDir()+"/t.db")
	_, c := o.old("ratna", "Mbah Karto")
	form := "/cases/" + c + "/conferences"
	b := openAs(t, o, 360, "ratna", form)
	must(t, o.Access.EndSessions(context.Background(), who.House("test"), o.user("ratna")))
	b.Fill("Apa yang dibahas?", "Pulang saat panen?")
	b.Key("Tab")
	b.See("Belum tersimpan: Anda sudah keluar.")
	b.Complaints() // the refused saving
	b.Choose("Petugas 1", "Ratna Astuti")
	b.Press("Simpan pembahasan")
	b.Fill("Nama masuk", "ratna")
	b.Fill("Kata sandi", testPassword)
	b.Press("Masuk")
	b.See("Isian Anda masih ada.")
	if got := b.Value("Apa yang dibahas?") + b.Value("Petugas 1"); got != "Pulang saat panen?Ratna Astuti" {
		t.Errorf("came back: %q", got)
	}
	b.Complaints()
}

// Without a script a draft that was saved by one is there all the same.
func TestDrafts_withoutScript(t *testing.T) {
	t.Parallel()
	o := newTestOffice(t, "sqlite:"+t.TempDir()+"/t.db")
	_, c := o.old("ratna", "Mbah Karto")
	form := "/cases/" + c + "/conferences"
	o.types(o.signIn("ratna"), typing{form: form, page: form, fields: map[string][]string{"question": {"Pulang?"}}})
	b := browser.New(t, o.url, 360)
	b.NoScript()
	b.Open("/sign-in")
	b.Fill("Nama masuk", "ratna")
	b.Fill("Kata sandi", testPassword)
	b.Press("Masuk")
	b.Open(form)
	b.See("Draf Anda")
	if got := b.Value("Apa yang dibahas?"); got != "Pulang?" {
		t.Errorf("%q", got)
	}
	b.Press("Buang draf")
	b.See("Draf dibuang.")
}

// A page with forms of staff carries at most 20 KB of script.
func TestDrafts_scriptIsSmall(t *testing.T) {
	t.Parallel()
	if n := len(page.Assets()[page.Asset("app.js")].Gzip); n > 20<<10 {
		t.Errorf("%d bytes of script", n)
	}
}

// user is the id of an account.
func (o *testOffice) user(login string) id.ID {
	o.t.Helper()
	u, err := o.Access.ByLogin(context.Background(), who.House("test"), login)
	must(o.t, err)
	return u.ID
}
