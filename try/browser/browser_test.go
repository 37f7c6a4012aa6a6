package browser

import (
	"fmt"
	"html/template"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// office is a small server with the shapes of forms that the product has.
func office(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		sentence := map[bool]string{true: "Good morning", false: "Selamat pagi"}[strings.HasPrefix(r.Header.Get("Accept-Language"), "en")]
		show(w, `<h1>`+sentence+`</h1>
<form method="post" action="/save">
<p><label for="n">Nama <span>(opsional)</span></label> <input id="n" name="name" value="lama"></p>
<p><label for="d">Tanggal lahir</label> <input id="d" name="born" type="date"></p>
<p><label for="k">Kabupaten</label> <select id="k" name="region"><option value="">Pilih</option><option value="35.07">Kabupaten Malang</option><option value="35.73">Kota Malang</option></select></p>
<fieldset><legend>Jenis kelamin</legend>
<label><input type="radio" name="sex" value="female"> <span>perempuan <small>atau ibu</small></span></label>
<label><input type="radio" name="sex" value="male"> <span>laki-laki</span></label></fieldset>
<p><label><input type="checkbox" name="agreed" value="true"> Setuju</label></p>
<button>Simpan</button></form>
<button type="button" id="late">Nanti</button> <p id="box"></p><a href="/wide">Lebar</a>
<script>document.getElementById('late').addEventListener('click', () => setTimeout(() => { document.getElementById('box').textContent = 'sudah tiba' }, 50))</script>`)
	})
	mux.HandleFunc("POST /save", func(w http.ResponseWriter, r *http.Request) {
		if r.FormValue("name") == "" {
			w.WriteHeader(http.StatusUnprocessableEntity)
			show(w, `<h1>Belum bisa</h1>`)
			return
		}
		r.Header.Del("Cookie")
		got := fmt.Sprintf("%s %s %s %s %s", r.FormValue("name"), r.FormValue("born"), r.FormValue("region"), r.FormValue("sex"), r.FormValue("agreed"))
		http.SetCookie(w, &http.Cookie{Name: "got", Value: strings.ReplaceAll(got, " ", "_"), Path: "/"})
		http.Redirect(w, r, "/saved", http.StatusSeeOther)
	})
	mux.HandleFunc("GET /saved", func(w http.ResponseWriter, r *http.Request) {
		got := "belum ada"
		if c, err := r.Cookie("got"); err == nil {
			got = c.Value
		}
		show(w, `<h1>Tersimpan</h1><p>`+template.HTMLEscapeString(got)+`</p><ul><li><b>Karto</b> <a href="/?case=1">Buka</a></li><li><b>Dewi</b> <a href="/?case=2">Buka</a></li></ul>`)
	})
	mux.HandleFunc("GET /wide", func(w http.ResponseWriter, _ *http.Request) {
		show(w, `<h1>Lebar</h1><div style="width:2000px">sangat lebar</div>`)
	})
	mux.HandleFunc("GET /bad", func(w http.ResponseWriter, _ *http.Request) {
		show(w, `<h1>Buruk</h1><img src="/none.png"><button style="min-height:0;width:10px;height:10px;padding:0"></button><button style="min-height:0;width:10px;height:10px;padding:0">x</button><p style="color:#bbb">pucat</p><script>nothing.here()</script>`)
	})
	mux.HandleFunc("GET /style.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css")
		_, _ = fmt.Fprint(w, `button,a,input{min-height:30px}a{display:inline-block}@media (prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#9cf}}`)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

func show(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = fmt.Fprint(w, `<!doctype html><html lang="id"><head><title>Kantor</title><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"><link rel="icon" href="data:,"></head><body><main>`+body+`</main></body></html>`)
}

func TestForm_isFilledByItsWords(t *testing.T) {
	t.Parallel()
	b := New(t, office(t), 360)
	b.Open("/")
	b.See("Selamat pagi")
	b.Fill("Nama", "Mbah Karto")
	b.Fill("Tanggal lahir", "1950-02-03")
	b.Choose("Kabupaten", "Kota Malang")
	b.Choose("Jenis kelamin", "perempuan")
	b.Check("Setuju")
	if got := b.Value("Kabupaten") + b.Value("Setuju") + b.Value("Nama"); got != "Kota MalangtrueMbah Karto" {
		t.Errorf("the form holds %s", got)
	}
	b.Press("Simpan")
	b.See("Mbah_Karto_1950-02-03_35.73_female_true")
	if b.Path() != "/saved" || b.Title() != "Kantor" || b.Status() != 200 {
		t.Errorf("at %s, %s, %d", b.Path(), b.Title(), b.Status())
	}
	b.In("Dewi").Press("Buka")
	if b.Path() != "/?case=2" {
		t.Errorf("the row of Dewi led to %s", b.Path())
	}
}

func TestForm_worksWithoutScript(t *testing.T) {
	t.Parallel()
	b := New(t, office(t), 1280)
	b.NoScript()
	b.Open("/")
	b.Fill("Nama", "Dewi")
	b.Press("Simpan")
	b.See("Dewi____")
	b.In("Karto").Press("Buka")
	b.See("Selamat pagi")
}

func TestPress_waitsForThePageOrForTheScript(t *testing.T) {
	t.Parallel()
	b := New(t, office(t), 1280)
	b.Open("/")
	b.Press("Nanti")
	b.See("sudah tiba")
	b.Fill("Nama", "")
	b.Press("Simpan")
	b.See("Belum bisa")
	b.NotSee("sudah tiba")
	if b.Status() != 422 {
		t.Errorf("status %d", b.Status())
	}
	b.Back()
	b.See("Selamat pagi")
	b.Lang("en")
	b.Reload()
	b.See("Good morning")
}

func TestWindows_shareNoCookies(t *testing.T) {
	t.Parallel()
	address := office(t)
	a, b := New(t, address, 360), New(t, address, 360)
	a.Open("/")
	a.Press("Simpan")
	a.See("lama____")
	b.Open("/saved")
	b.See("belum ada")
	if f := a.Fetch("/saved"); f.Status != 200 || !strings.Contains(f.Body, "lama____") {
		t.Errorf("fetched %+v", f)
	}
}

func TestTraffic_countsWhatCameOverTheWire(t *testing.T) {
	t.Parallel()
	b := New(t, office(t), 360)
	b.Open("/")
	if got := b.Traffic(); got.Requests != 2 || got.Bytes < 1500 || got.Bytes > 4000 {
		t.Errorf("page and style cost %+v", got)
	}
	b.Press("Simpan")
	b.See("Tersimpan")
	if got := b.Traffic(); got.Requests < 2 || got.Requests > 3 { // the redirect counts
		t.Errorf("after the form: %+v", got)
	}
}

func TestFitsWidth_namesWhatIsTooWide(t *testing.T) {
	t.Parallel()
	b := New(t, office(t), 360)
	b.Open("/")
	b.FitsWidth()
	b.Press("Lebar")
	if a, err := b.ask(`sideways()`); err != nil || !strings.Contains(a.Text, "2000px") {
		t.Errorf("the wide page says %q, %v", a.Text, err)
	}
}

func TestAxe_findsWhatIsWrong(t *testing.T) {
	t.Parallel()
	b := New(t, office(t), 360)
	b.Open("/")
	b.AxeBoth()
	if passed := b.FocusStaysVisible(); !slices.Contains(passed, "Simpan") || len(passed) < 6 {
		t.Errorf("the focus passed %q", passed)
	}
	b.Open("/bad")
	var found []string
	for _, v := range b.violations() {
		found = append(found, v.ID)
	}
	for _, rule := range []string{"image-alt", "button-name", "color-contrast", "target-size"} {
		if !slices.Contains(found, rule) {
			t.Errorf("%s was not found among %v", rule, found)
		}
	}
	complaints := strings.Join(b.Complaints(), "; ")
	if !strings.Contains(complaints, "nothing is not defined") || !strings.Contains(complaints, "404 for") {
		t.Errorf("the page complained of %q", complaints)
	}
}

func TestButton_coveredOrTwiceIsRefused(t *testing.T) {
	t.Parallel()
	b := New(t, office(t), 1280)
	b.Open("/saved")
	if a, err := b.ask(call("button", "", "Buka")); err != nil || !strings.HasPrefix(a.Miss, "2 things are called Buka") {
		t.Errorf("two links of one name: %+v, %v", a, err)
	}
	Eval[bool](b, `document.body.insertAdjacentHTML('beforeend', '<div id="over" style="position:fixed;inset:0">di atas</div>') || true`)
	a, err := b.ask(`clickable(` + call("button", "Karto", "Buka") + `)`)
	if err != nil || !strings.Contains(a.Miss, "is covered") {
		t.Errorf("a covered link: %+v, %v", a, err)
	}
	if a, err := b.ask(call("button", "", "Hapus")); err != nil || !strings.Contains(a.Miss, "nothing is called Hapus") {
		t.Errorf("no such link: %+v, %v", a, err)
	}
}

func TestScreenshot_isTheWholePage(t *testing.T) {
	b := New(t, office(t), 360)
	b.Open("/")
	dir := t.TempDir()
	t.Setenv("TUNTAS_SHOTS", dir)
	b.Dark()
	b.Screenshot("pagi")
	if head, err := os.ReadFile(filepath.Join(dir, "pagi.png")); err != nil || !strings.HasPrefix(string(head), "\x89PNG") {
		t.Errorf("no picture: %v", err)
	}
}
