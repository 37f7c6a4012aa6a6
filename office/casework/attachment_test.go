package casework_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/upload"
	"tuntas/house/who"
	"tuntas/office/access"
	"tuntas/office/casework"
	"tuntas/schema"
	"tuntas/try"
)

func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))))
	return b.Bytes()
}

func card(t *testing.T) upload.File {
	t.Helper()
	return upload.File{Name: "kartu.png", Says: "image/png", Is: "image/png", Body: picture(t, 20, 10)}
}

var smallPDF = []byte("%PDF-1.4\n1 0 obj <</Type /Catalog /Author (Bu Rini)>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n" + strings.Repeat("% isi\n", 100_000) + "%%EOF\n")

func (o *office) attached(by who.Asker, c casework.Case, kind string, u upload.File) casework.Attachment {
	o.t.Helper()
	a, err := o.cases.Attach(o.ctx, by, c.ID, casework.NewAttachment{Title: "Berkas uji", Kind: kind}, u)
	must(o.t, err)
	return a
}

var (
	countRows   = store.NewAct("test.count", who.Anyone)
	pieces      = store.SQL(`select count(*) from attachment_parts k where {see k}`)
	disclosures = store.System(`select count(*) from disclosures where act = 'attachment.open'`)
)

func (o *office) count(of *store.Stmt) (n int64) {
	o.t.Helper()
	must(o.t, o.store.FlushLedger(o.ctx))
	must(o.t, o.store.Read(o.ctx, o.house, countRows, func(tx *store.Tx) (err error) {
		n, err = store.One(tx, of, store.Int)
		return err
	}))
	return n
}

func TestAttachment(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened()
		a := o.attached(o.ratna, c, "letter", upload.File{Name: `C:\surat desa.pdf`, Is: "application/pdf", Body: smallPDF})
		if a.Label != "surat desa.pdf" || a.Size != int64(len(smallPDF)) || a.Type != "application/pdf" || o.count(pieces) != 3 {
			t.Errorf("kept: %+v in %d pieces", a, o.count(pieces))
		}
		got, body, err := o.cases.OpenAttachment(o.ctx, o.wulan, a.ID)
		must(t, err)
		sum := sha256.Sum256(body)
		if !bytes.Equal(body, smallPDF) || got.SHA256 != hex.EncodeToString(sum[:]) || got.Title != "Berkas uji" || o.count(disclosures) != 1 {
			t.Errorf("opened: %d bytes, %+v, %d in the ledger", len(body), got, o.count(disclosures))
		}
		if _, _, err := o.cases.OpenAttachment(o.ctx, o.sari, a.ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("a stranger opens it: %v", err)
		}
		in := casework.NewAttachment{ID: id.New(), Title: "Kartu", Kind: "identity"}
		for range 2 { // sent twice is the same
			_, err := o.cases.Attach(o.ctx, o.ratna, c.ID, in, card(t))
			must(t, err)
		}
		in.Title = "Lain"
		if _, err := o.cases.Attach(o.ctx, o.ratna, c.ID, in, card(t)); err == nil || !strings.Contains(err.Error(), "id-used") {
			t.Errorf("another file under the same id: %v", err)
		}
		f, h, trail, err := o.cases.WithHistory(o.ctx, o.ratna, c.ID, true)
		must(t, err)
		if f.Papers.Attachments != 2 || len(h) != 0 {
			t.Errorf("%+v", f.Papers)
		}
		for _, e := range trail {
			if strings.Contains(e.Say.String(), "desa") || strings.Contains(e.Say.String(), "Berkas uji") {
				t.Errorf("the record tells the title: %s", e.Say)
			}
		}
		_, h, _, err = o.cases.WithHistory(o.ctx, o.ratna, c.ID, false)
		must(t, err)
		if told := h.Of("paper"); len(told) != 2 || !strings.HasPrefix(told[0].Say.String(), "Lampiran ditambahkan") {
			t.Errorf("the history: %v", told)
		}
	})
}

// A case that is not there for somebody takes no file of theirs, however bad the file is: that comes first.
func TestAttachment_rules(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened()
		carer := o.post("pengasuh", "carer", o.a, "", "")
		for name, bad := range map[string]struct {
			by   who.Asker
			kind string
			u    upload.File
			want string
		}{
			"a stranger":           {o.sari, "other", upload.File{}, "not found"},
			"the province":         {o.wulan, "other", card(t), "denied"},
			"medical, by a carer":  {carer, casework.Medical, card(t), "denied"},
			"identity, by a carer": {carer, casework.IdentityPaper, card(t), "denied"},
			"nothing":              {o.ratna, "other", upload.File{}, "file: "},
			"a program":            {o.ratna, "other", upload.File{Is: "application/octet-stream", Body: []byte("MZ")}, "file: "},
			"a picture by name":    {o.ratna, "other", upload.File{Name: "a.png", Is: "text/html", Body: []byte("<html>")}, "file: "},
			"a PDF with a program": {o.ratna, "other", upload.File{Is: "application/pdf", Body: []byte("%PDF-1.4 <</S /JavaScript>> %%EOF")}, "file: "},
		} {
			_, err := o.cases.Attach(o.ctx, bad.by, c.ID, casework.NewAttachment{Title: "x", Kind: bad.kind}, bad.u)
			if err == nil || !strings.Contains(err.Error(), bad.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n := o.count(pieces); n != 0 {
			t.Errorf("%d pieces of refused files", n)
		}
	})
}

// Medical attachments are for those who may see data of health, identity papers for those who see the numbers; others
// see that there is one.
func TestAttachment_withheld(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened()
		nurse, carer := o.post("perawat", "nurse", o.a, "", ""), o.post("pengasuh", "carer", o.a, "", "")
		medical := o.attached(nurse, c, casework.Medical, card(t))
		identity := o.attached(o.ratna, o.opened(), casework.IdentityPaper, card(t))
		for _, who := range []struct {
			by    who.Asker
			a     casework.Attachment
			opens bool
		}{{nurse, medical, true}, {o.ratna, medical, true}, {o.joko, medical, true}, {carer, medical, false}, {o.wulan, medical, false},
			{o.ratna, identity, true}, {o.joko, identity, true}, {nurse, identity, false}, {carer, identity, false}, {o.wulan, identity, false}} {
			a := who.a
			_, body, err := o.cases.OpenAttachment(o.ctx, who.by, a.ID)
			if (err == nil) != who.opens || (len(body) > 0) != who.opens || !who.opens && !errors.Is(err, fail.Denied) {
				t.Errorf("%s opens: %v", who.by.Login, err)
			}
			one, err := o.cases.Attachment(o.ctx, who.by, a.ID)
			must(t, err)
			all, _, err := o.cases.Attachments(o.ctx, who.by, a.Case, 0, 5)
			must(t, err)
			for _, got := range []casework.Attachment{one, all[0]} {
				if got.Withheld == who.opens || (got.Title != "") != who.opens || (got.SHA256 != "") != who.opens {
					t.Errorf("%s: %+v", who.by.Login, got)
				}
			}
		}
		d := o.doors()
		if page := d.get("pengasuh", c.Path()+"/attachments"); strings.Contains(page, "Berkas uji") || !strings.Contains(page, "Berkas medis") || strings.Contains(page, `value="medical"`) {
			t.Error("the page of a carer")
		}
	})
}

// Deleting drops the bytes; the row stays with who and why.
func TestAttachment_struck(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		c := o.opened()
		nurse := o.post("perawat", "nurse", o.a, "", "")
		a, b := o.attached(nurse, c, "photo", card(t)), o.attached(nurse, c, "photo", card(t))
		why := casework.Strike{Reason: "Foto orang lain"}
		for _, bad := range []struct {
			by      who.Asker
			version int64
			want    error
		}{{nurse, 0, fail.Denied}, {o.tuti, 0, fail.Denied}, {o.wulan, 0, fail.Denied}, {o.sari, 0, fail.NotFound}, {o.ratna, 3, fail.Stale}} {
			if _, err := o.cases.StrikeAttachment(o.ctx, bad.by, a.ID, bad.version, why); !errors.Is(err, bad.want) {
				t.Errorf("%s: %v", bad.by.Login, err)
			}
		}
		a, err := o.cases.StrikeAttachment(o.ctx, o.ratna, a.ID, 1, why)
		must(t, err)
		if a.StruckOn != today || a.StruckBy != "Ratna" || a.StruckWhy != why.Reason || a.SHA256 == "" || o.count(pieces) != 1 {
			t.Errorf("struck: %+v, %d pieces", a, o.count(pieces))
		}
		if _, _, err := o.cases.OpenAttachment(o.ctx, o.ratna, a.ID); !errors.Is(err, fail.NotFound) {
			t.Errorf("opened after it is gone: %v", err)
		}
		if _, err := o.cases.StrikeAttachment(o.ctx, o.joko, a.ID, 0, why); missing(err) != "attachment-struck" {
			t.Errorf("struck twice: %v", err)
		}
		_, err = o.cases.StrikeAttachment(o.ctx, o.joko, b.ID, 0, why)
		must(t, err)
		if o.count(pieces) != 0 {
			t.Error("the head of the centre drops no bytes")
		}
	})
}

// upload sends a form with a file, at either door.
func (d *door) upload(login, path string, fields url.Values, name, says string, body []byte) *httptest.ResponseRecorder {
	d.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, v := range fields {
		must(d.t, w.WriteField(k, v[0]))
	}
	if body != nil {
		part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="` + name + `"`}, "Content-Type": {says}})
		must(d.t, err)
		_, err = part.Write(body)
		must(d.t, err)
	}
	must(d.t, w.Close())
	return d.send("POST", path, login, w.FormDataContentType(), b.String())
}

func TestAttachment_doors(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		d := o.doors()
		c := o.opened()
		at := c.Path() + "/attachments"
		d.see("ratna", at, "Belum ada lampiran.", "paling besar 10 MB", "dapat memuat nama pembuatnya")
		fields := url.Values{"title": {"Kartu <b>keluarga</b>"}, "kind": {"identity"}}
		for name, bad := range map[string]struct {
			name, says string
			body       []byte
			code       int
			word       string
		}{
			"nothing":       {"", "", nil, 400, "Pilih sebuah berkas."},
			"none chosen":   {"", "application/octet-stream", []byte{}, 400, "Pilih sebuah berkas."},
			"a page":        {"a.png", "image/png", []byte("<!doctype html><script>alert(1)</script>"), 400, "Hanya foto JPEG atau PNG"},
			"another name":  {"a.pdf", "application/pdf", picture(t, 4, 4), 400, "tidak sesuai dengan isinya"},
			"a little more": {"a.png", "image/png", make([]byte, casework.MostAttachment+1), 413, "paling besar 10 MB"},
			"much more":     {"a.png", "image/png", make([]byte, casework.MostAttachment+1<<20), 413, "paling besar 10 MB"},
		} {
			for _, door := range []string{"", "/api/v1"} {
				w := d.upload("ratna", door+at, fields, bad.name, bad.says, bad.body)
				if w.Code != bad.code || door == "" && !strings.Contains(w.Body.String(), bad.word) {
					t.Errorf("%s%s: %d %.300s", door, name, w.Code, w.Body)
				}
			}
		}
		w := d.upload("ratna", at, fields, "kartu.png", "image/png", picture(t, 40, 30))
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != at {
			t.Fatalf("uploaded: %d %s", w.Code, w.Body)
		}
		d.see("ratna", at, "Kartu &lt;b&gt;keluarga", "kartu.png", "Identitas · PNG")
		w = d.upload("ratna", "/api/v1"+at, fields, "kartu 2.png", "image/png", picture(t, 40, 30))
		var made struct {
			ID    string `json:"id"`
			Label string `json:"label"`
		}
		must(t, json.Unmarshal(w.Body.Bytes(), &made))
		if w.Code != http.StatusCreated || made.Label != "kartu 2.png" || w.Header().Get("Location") != "/api/v1/attachments/"+made.ID {
			t.Fatalf("at the API: %d %s", w.Code, w.Body)
		}
		d.get("ratna", "/api/v1/attachments/"+made.ID)
		for _, path := range []string{"/attachments/" + made.ID, "/api/v1/attachments/" + made.ID + "/content"} {
			w := d.send("GET", path, "ratna", "", "")
			h := w.Header()
			if w.Code != 200 || h.Get("Content-Type") != "image/png" || h.Get("Content-Disposition") != `attachment; filename="kartu 2.png"` || h.Get("X-Content-Type-Options") != "nosniff" ||
				!strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || h.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %d %v", path, w.Code, h)
			}
			if _, err := png.Decode(w.Body); err != nil {
				t.Errorf("%s: %v", path, err)
			}
			if w := d.send("GET", path, "sari", "", ""); w.Code != http.StatusNotFound {
				t.Errorf("%s for a stranger: %d", path, w.Code)
			}
		}
		if w := d.form("ratna", "/attachments/"+made.ID+"/strike", url.Values{}); w.Code != http.StatusBadRequest {
			t.Errorf("no reason: %d", w.Code)
		}
		d.post("ratna", "/attachments/"+made.ID+"/strike", url.Values{"reason": {"Dua kali"}})
		d.see("ratna", at, "Dihapus 24 Nov 2026 oleh Ratna: Dua kali")
		if w := d.send("GET", "/attachments/"+made.ID, "ratna", "", ""); w.Code != http.StatusNotFound {
			t.Errorf("a deleted one: %d", w.Code)
		}
	})
}

// A backup carries the bytes.
func TestAttachment_inBackup(t *testing.T) {
	t.Parallel()
	eachEngine(t, func(t *testing.T, o *office) {
		a := o.attached(o.ratna, o.opened(), "letter", upload.File{Name: "surat.pdf", Is: "application/pdf", Body: smallPDF})
		file, place := filepath.Join(t.TempDir(), "copy"), "sqlite:"+filepath.Join(t.TempDir(), "restored.db")
		must(t, o.store.Backup(o.ctx, file))
		if o.store.Engine() != "sqlite" {
			place = try.Postgres(t)
		}
		options := store.Options{Scope: access.Scope, Schema: schema.Files, Clock: clock.Wall, Unsafe: true}
		must(t, store.Restore(o.ctx, place, file, options))
		s, err := store.Open(place, options)
		must(t, err)
		defer func() { _ = s.Close() }()
		_, body, err := casework.New(s).OpenAttachment(o.ctx, o.ratna, a.ID)
		must(t, err)
		if !bytes.Equal(body, smallPDF) {
			t.Errorf("%d bytes came back of %d", len(body), len(smallPDF))
		}
	})
}

// slowly hands out half, waits longer than the server waits for others, and hands out the rest.
type slowly struct {
	halves [2]string
	n      int
}

func (s *slowly) Read(b []byte) (int, error) {
	if s.n > 1 {
		return 0, io.EOF
	}
	if s.halves[s.n] == "" {
		if s.n++; s.n == 1 {
			<-time.After(300 * time.Millisecond)
		}
		return s.Read(b)
	}
	n := copy(b, s.halves[s.n])
	s.halves[s.n] = s.halves[s.n][n:]
	return n, nil
}

// A photo over a weak signal takes its minutes; it is waited for.
func TestAttachment_weakSignal(t *testing.T) {
	t.Parallel()
	o := open(t, "sqlite:"+filepath.Join(t.TempDir(), "tuntas.db"))
	d, c := o.doors(), o.opened()
	d.get("ratna", c.Path()+"/attachments")
	server := httptest.NewUnstartedServer(d.server)
	server.Config.ReadTimeout, server.Config.WriteTimeout = 100*time.Millisecond, 100*time.Millisecond
	server.Start()
	t.Cleanup(server.Close)
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	must(t, errors.Join(w.WriteField("title", "Foto"), w.WriteField("kind", "photo")))
	part, err := w.CreateFormFile("file", "foto.png")
	must(t, err)
	_, err = part.Write(picture(t, 300, 300))
	must(t, errors.Join(err, w.Close()))
	half := b.Len() / 2
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+c.Path()+"/attachments", &slowly{halves: [2]string{b.String()[:half], b.String()[half:]}})
	must(t, err)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Cookie", d.cookie["ratna"])
	res, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(r)
	must(t, err)
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusSeeOther {
		t.Errorf("a slow upload: %d", res.StatusCode)
	}
}
