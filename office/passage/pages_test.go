package passage_test

import (
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"tuntas/house/id"
	"tuntas/house/page"
	"tuntas/house/web"
	"tuntas/office/access"
	"tuntas/office/casework"
	_ "tuntas/office/front" // official names that templates show
	"tuntas/office/passage"
	"tuntas/try/province"
)

// doors are the desk's pages for somebody who is signed in.
type doors struct {
	*house
	server *web.Server
	cookie map[string]string
}

func (h *house) doors() *doors {
	h.t.Helper()
	pages, err := page.New(map[string]fs.FS{"passage": passage.Pages, "casework": casework.Pages, "web": web.Pages, "access": access.Pages})
	h.must(err)
	routes := append(append(h.way.Routes(), h.Cases.Routes()...), h.Access.Routes()...)
	s, err := web.New(web.Options{Store: h.Store, Pages: pages, Routes: routes, Auth: access.Door{Desk: h.Access}, Keep: h.Access.Keep(), Clock: h.Clock, Demo: true})
	h.must(err)
	return &doors{h, s, map[string]string{}}
}

func (d *doors) send(login, method, path string, form url.Values) *httptest.ResponseRecorder {
	d.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode())).WithContext(context.Background())
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if login != "" {
		if d.cookie[login] == "" {
			in := d.send("", "POST", "/sign-in", url.Values{"login": {login}, "password": {province.Password}})
			d.cookie[login] = in.Result().Cookies()[0].String()
		}
		r.Header.Set("Cookie", d.cookie[login])
	}
	w := httptest.NewRecorder()
	d.server.ServeHTTP(w, r)
	return w
}

// see opens a page that must hold these words.
func (d *doors) see(login, path string, words ...string) string {
	d.t.Helper()
	w := d.send(login, "GET", path, nil)
	if w.Code != http.StatusOK {
		d.t.Fatalf("%s opens %s: %d %s", login, path, w.Code, w.Body)
	}
	for _, word := range words {
		if !strings.Contains(w.Body.String(), word) {
			d.t.Errorf("%s does not say %q", path, word)
		}
	}
	return w.Body.String()
}

// post sends a form that must be taken.
func (d *doors) post(login, path string, form url.Values) {
	d.t.Helper()
	if w := d.send(login, "POST", path, form); w.Code != http.StatusSeeOther {
		d.t.Fatalf("%s sends %s: %d %s", login, path, w.Code, w.Body)
	}
}

// refused sends a form that must come back with these words.
func (d *doors) refused(login, path string, form url.Values, code int, words ...string) {
	d.t.Helper()
	w := d.send(login, "POST", path, form)
	if w.Code != code {
		d.t.Errorf("%s sends %s: %d, want %d", login, path, w.Code, code)
	}
	for _, word := range words {
		if !strings.Contains(w.Body.String(), word) {
			d.t.Errorf("%s does not say %q: %s", path, word, w.Body)
		}
	}
}

// A whole way on pages: leave, return, transfer with both signatures, and the history that goes along.
func TestPages_leaveAndTransfer(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		d := h.doors()
		c := h.lodge("Mbah Sumarni", "lansia_telantar", 75, 0)
		h.to(c, casework.Resocialisation)
		at := c.Path()
		d.see("ratna", at+"/leaves", "Bagaimana cuti percobaan Mbah Sumarni?", "Simpan rencana cuti")
		leave := url.Values{"from": {"kemarin"}, "due_on": {string(today.Add(-2))}, "with": {"<b>Suwarno</b>"}, "contact": {"Desa Tempeh"}, "agreed_by": {"PM sendiri"}, "bed": {"released"}}
		d.refused("ratna", at+"/leaves", leave, http.StatusBadRequest, "harus setelah tanggal berangkat", "&lt;b&gt;Suwarno")
		leave.Set("due_on", string(today.Add(6)))
		d.post("ratna", at+"/leaves", leave)
		d.see("ratna", at+"/leaves", "Sedang cuti bersama", "Tempat tidur lama sudah dilepas.", "Catat hasil cuti")
		if body := d.see("yati", at+"/leaves", "Sedang cuti bersama"); strings.Contains(body, "Simpan hasil cuti") {
			t.Error("who may not work at the case sees the form")
		}
		all, _, err := h.way.Leaves(h.Ctx, h.ratna, c.ID)
		h.must(err)
		end := "/leaves/" + all[0].ID.String() + "/homecoming"
		d.refused("ratna", end, url.Values{"came": {"back"}, "on": {"hari ini"}, "result": {"went_well"}, "note": {"Kerasan"}}, http.StatusBadRequest, "Pilih tempat tidur.")
		d.post("ratna", end, url.Values{"came": {"back"}, "on": {"hari ini"}, "result": {"went_well"}, "note": {"Kerasan"}, "bed_id": {h.free(h.A)[0].String()}})
		d.see("ratna", at+"/leaves", "Berjalan baik", "Sudah kembali")

		h.Clock.To(today.Add(1)) // who came back today moves tomorrow at the earliest
		d.see("joko", at+"/transfer", "Usulkan pemindahan", "Blitar")
		d.post("joko", at+"/transfer", url.Values{"to_centre_id": {h.B.String()}, "reason": {"Dekat keponakan"}, "wanted_on": {"hari ini"}, "along": {"KTP"}})
		moves, err := h.way.Transfers(h.Ctx, h.dewi, 0, 10)
		h.must(err)
		path := moves[0].Path()
		d.see("joko", path, "Menunggu UPT tujuan", "Tarik usulan")
		d.see("dewi", "/transfers", path)
		d.see("dewi", path, "Terima di sini", "Tempat tidur Mbah Sumarni")
		d.refused("dewi", path+"/acceptance", url.Values{"on": {"hari ini"}, "beds.0.case_id": {c.ID.String()}}, http.StatusBadRequest, "Pilih tempat tidur")
		d.post("dewi", path+"/acceptance", url.Values{"on": {"hari ini"}, "beds.0.case_id": {c.ID.String()}, "beds.0.bed_id": {h.free(h.B)[0].String()}})
		d.refused("joko", path+"/withdrawal", url.Values{"reason": {"Batal"}}, http.StatusConflict, "sudah diterima oleh Dewi")
		moves, err = h.way.Transfers(h.Ctx, h.dewi, 0, 10)
		h.must(err)
		done, err := h.way.Transfer(h.Ctx, h.dewi, moves[0].ID)
		h.must(err)
		d.see("sari", "/cases/"+done.Members[0].Next.String()+"/former", "Keponakan ditemukan", "Pindah ke UPT lain", "Jember")
		d.see("joko", path, "Diterima", at)
	})
}

func TestPages_familyDeathAndReview(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		d := h.doors()
		head := h.lodge("Pak Slamet", "gelandangan", 40, 0)
		child := h.lodge("Dik Ayu", "gelandangan", 8, head.ID)
		old := h.lodge("Mbah Kasan", "lansia_telantar", 80, 0)
		d.see("ratna", child.Path()+"/family", "Siapa saja keluarga Dik Ayu di sini?", "Kepala keluarga", "Pak Slamet", "Tempatkan bersama")
		out := url.Values{"members.0": {head.ID.String()}, "on": {"hari ini"}, "reason": {"own_wish"}, "destination": {"own_home"}, "outcome": {"unchanged"}}
		d.refused("ratna", head.Path()+"/family/termination", out, http.StatusBadRequest, "Dik Ayu tinggal tanpa orang dewasa keluarganya.")
		d.see("ratna", head.Path()+"/death", "Catat kematian", "Wali anak yang tinggal")
		died := url.Values{"on": {"hari ini"}, "at": {"25.00"}, "place": {"hospital"}, "cause": {"Gagal jantung"}}
		d.refused("ratna", head.Path()+"/death", died, http.StatusBadRequest, "Tulis jam sebagai 14.07.")
		died.Set("at", "04.10")
		d.refused("ratna", head.Path()+"/death", died, http.StatusBadRequest, "Tulis siapa walinya")
		died.Set("guardian", "Bibi Sri")
		d.post("ratna", head.Path()+"/death", died)
		d.see("ratna", head.Path()+"/death", "Surat kematian dari dokter belum ada.", "Gagal jantung", "Simpan langkah")
		if body := d.see("yati", head.Path()+"/death", "Dirahasiakan"); strings.Contains(body, "jantung") {
			t.Error("a carer reads the cause")
		}
		d.post("ratna", head.Path()+"/death/steps", url.Values{"letter_no": {"12"}, "letter_on": {"hari ini"}, "doctor": {"dr. Uji"}})
		d.see("ratna", head.Path()+"/death", "Surat kematian 12")
		d.see("ratna", child.Path()+"/family", "Ada anak tanpa orang dewasa keluarganya di panti.")

		d.see("ratna", old.Path()+"/reviews", "Belum bisa ditetapkan.")
		d.refused("ratna", old.Path()+"/reviews", url.Values{"decision": {"begin"}, "on": {"hari ini"}, "note": {"x"}}, http.StatusUnprocessableEntity, "rencana yang sudah disahkan")
		h.to(old, casework.Intervention)
		d.post("ratna", old.Path()+"/reviews", url.Values{"decision": {"begin"}, "on": {"hari ini"}, "note": {"Tidak ada keluarga"}})
		d.see("ratna", old.Path()+"/reviews", "Peninjauan berikutnya", "Diteruskan", "Tidak ada keluarga")
		for _, path := range []string{"/leaves", "/family", "/reviews", "/death", "/transfer", "/former"} {
			if w := d.send("sari", "GET", old.Path()+path, nil); w.Code != http.StatusNotFound {
				t.Errorf("a stranger opens %s: %d", path, w.Code)
			}
		}
		if w := d.send("sari", "GET", "/transfers/"+id.New().String(), nil); w.Code != http.StatusNotFound {
			t.Errorf("a transfer that is not there: %d", w.Code)
		}
	})
}
