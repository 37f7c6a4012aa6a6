package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
	"tuntas/law"
	"tuntas/office/access"
	"tuntas/office/centre"
	"tuntas/office/publication"
	"tuntas/schema"
)

// What the public face holds after many years, and how it is attacked.
const (
	articlesOut  = 100_000
	commentsEach = 10
	firstArticle = 3_000_000
	firstComment = 10_000_000
	robotForms   = 50_000
	people       = 100
	publicTarget = 60 * time.Millisecond
)

var fillPublic = store.NewAct("bench.public", who.SeeCentre)

var topics = []string{"announcement", "service", "training", "story", "partnership", "event"}

var vocabulary = strings.Fields("panti pelatihan kelas anyaman kebun lansia keluarga kunjungan bengkel batik dapur panen posyandu keterampilan magang warga desa kecamatan petugas bantuan jadwal pasar karya layanan gratis pendamping wisma taman sekolah kerja")

func slugOf(n int) string { return "berita-beban-" + strconv.Itoa(n) }

// publicFace measures the public pages over a hundred thousand articles and a million comments, and what a flood of robots
// does to those who write.
func publicFace(ctx context.Context, s settings, engine, dir, binary string) error {
	s.persons, s.events = 0, articlesOut
	if s.keep != "" {
		dir = s.keep
	}
	address, drop, err := place(ctx, s, engine, dir)
	if err != nil {
		return err
	}
	defer drop()
	made, err := publicProvince(ctx, address)
	if err != nil {
		return err
	}
	p, err := start(ctx, binary, address)
	if err != nil {
		return err
	}
	defer p.stop()
	fmt.Printf("\n%s: %d articles and %d comments, made in %s\n", engine, articlesOut, articlesOut*commentsEach, made.Round(time.Second))
	if err := visitorsRead(ctx, p.url); err != nil {
		return err
	}
	return flood(ctx, p.url)
}

func publicProvince(ctx context.Context, address string) (time.Duration, error) {
	st, err := store.Open(address, store.Options{Scope: access.Scope, Schema: schema.Files})
	if err != nil {
		return 0, err
	}
	defer func() { _ = st.Close() }()
	if _, err := st.Migrate(ctx); err != nil {
		return 0, err
	}
	by, centres := who.House("bench"), centre.New(st)
	isNew, err := centres.SetUp(ctx, by, law.Centres.Latest(), " (contoh)")
	if err != nil || isNew == 0 {
		return 0, err
	}
	if _, err := access.New(st, false).AddUserWith(ctx, by, access.NewUser{Login: "humas", Name: "humas", Role: "communications"}, password); err != nil {
		return 0, err
	}
	all, err := centres.List(ctx, by)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	r := rand.New(rand.NewPCG(1, 7))
	for from := 0; from < articlesOut; from += 1000 {
		if err := st.Write(ctx, by, fillPublic, func(tx *store.Tx) error {
			tx.Record(store.Entry{Kind: "bench", What: from})
			return thousand(tx, r, all, from)
		}); err != nil {
			return 0, err
		}
		fmt.Fprintf(os.Stderr, "\r%s: %d of %d articles\x1b[K", st.Engine(), from+1000, articlesOut)
	}
	fmt.Fprintln(os.Stderr)
	return time.Since(began), nil
}

// thousand lays in a thousand articles with the words by which they are found and ten comments each, one of them held for
// every hundredth article.
func thousand(tx *store.Tx, r *rand.Rand, all []centre.Centre, from int) error {
	var articles, words, comments [][]any
	for n := from; n < from+1000; n++ {
		var sentence []string
		for range 12 {
			sentence = append(sentence, vocabulary[r.IntN(len(vocabulary))])
		}
		title, body := strings.Join(sentence[:4], " ")+" "+strconv.Itoa(n), strings.Repeat(strings.Join(sentence, " ")+".\n\n", 8)
		at := all[r.IntN(len(all))]
		a := id.ID(firstArticle + n)
		shown := tx.Now().Add(-time.Duration(articlesOut-n) * time.Hour / 2).UnixMilli()
		articles = append(articles, []any{a, 1, int64(at.ID), slugOf(n), "published", 1, title, strings.Join(sentence, " "), body, topics[n%len(topics)], int64(at.ID), false, false, nil, "Beban",
			shown, shown, shown, shown, publication.Forever, "", 0, nil, "", ""})
		seen := map[string]bool{}
		for _, w := range append(sentence, strconv.Itoa(n)) {
			if !seen[w] {
				seen[w] = true
				words = append(words, []any{id.New(), a, int64(at.ID), w})
			}
		}
		for k := range commentsEach {
			state, c := "shown", id.ID(firstComment+n*commentsEach+k)
			if n%100 == 0 && k == 0 {
				state = "held"
			}
			text := fmt.Sprintf("Komentar beban %d: %s.", k, sentence[k%12])
			comments = append(comments, []any{c, 1, a, int64(at.ID), state, "plain", "Warga", text, text, "", "", "", "", "", 0, shown + int64(k), 0, nil, "", nil, fmt.Sprintf("beban %d", c), fmt.Sprintf("s%d", int64(c)%5000), ""})
		}
	}
	if err := tx.Bulk("articles", []string{"id", "version", "centre_id", "slug", "state", "revision", "title", "lead", "body", "topic", "related_id", "names_person", "shows_person", "author_id", "author_name",
		"made_at", "changed_at", "shown_at", "first_at", "ends_at", "reason", "corrected_at", "image_id", "image_alt", "image_caption"}, articles); err != nil {
		return err
	}
	if err := tx.Bulk("article_words", []string{"id", "article_id", "centre_id", "word"}, words); err != nil {
		return err
	}
	return tx.Bulk("comments", []string{"id", "version", "article_id", "centre_id", "state", "lane", "name", "body", "shown_text", "names", "reason", "note", "answer", "answer_by", "answered_at", "received_at",
		"decided_at", "decided_by", "decided_name", "report_id", "code_hash", "same", "network"}, comments)
}

// visitorsRead measures pages, one after the other and with twenty visitors at once; no page is asked for twice, so that the
// memory of the server has no part in it.
func visitorsRead(ctx context.Context, at string) error {
	staff, err := humas(ctx, at)
	if err != nil {
		return err
	}
	pages := []struct {
		name   string
		client *http.Client
		path   func(r *rand.Rand) string
	}{
		{"article with comments", http.DefaultClient, func(r *rand.Rand) string { return "/berita/" + slugOf(r.IntN(articlesOut)) }},
		{"news, some page", http.DefaultClient, func(r *rand.Rand) string {
			return "/berita?after=" + strconv.FormatInt(time.Now().Add(-time.Duration(r.IntN(articlesOut))*time.Hour/2).UnixMilli(), 36) + "." + id.ID(firstArticle).String()
		}},
		{"news of a topic", http.DefaultClient, func(r *rand.Rand) string {
			return "/berita?topic=" + topics[r.IntN(6)] + "&after=" + strconv.FormatInt(time.Now().Add(-time.Duration(r.IntN(articlesOut))*time.Hour/2).UnixMilli(), 36) + "." + id.ID(firstArticle).String()
		}},
		{"search, one word", http.DefaultClient, func(r *rand.Rand) string { return "/cari?q=" + vocabulary[r.IntN(len(vocabulary))] }},
		{"search, two words", http.DefaultClient, func(r *rand.Rand) string {
			return "/cari?q=" + vocabulary[r.IntN(len(vocabulary))] + "+" + strconv.Itoa(r.IntN(articlesOut))
		}},
		{"comments that wait", staff, func(*rand.Rand) string { return "/comments" }},
		{"a comment that waits", staff, func(r *rand.Rand) string {
			return "/comments/" + id.ID(firstComment+r.IntN(articlesOut/100)*100*commentsEach).String()
		}},
		{"comments that are shown", staff, func(*rand.Rand) string { return "/comments?state=shown" }},
		{"articles, staff", staff, func(*rand.Rand) string { return "/news" }},
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(w, "\talone p50\tp95\t20 at once p50\tp95\ttarget\t")
	for _, p := range pages {
		one := func(r *rand.Rand) (time.Duration, error) { return fetch(ctx, p.client, at+p.path(r)) }
		alone, err := timed(1, 200, one)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		many, err := timed(20, 20, func(r *rand.Rand) (time.Duration, error) {
			time.Sleep(time.Duration(r.IntN(1000)) * time.Millisecond) // a moment of thought
			return one(r)
		})
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		a, m := resultOf(flow{name: p.name}, alone, 0, publicTarget), resultOf(flow{name: p.name}, many, 0, publicTarget)
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t\n", p.name, ms(a.P50), ms(a.P95), ms(m.P50), ms(m.P95), ms(publicTarget))
	}
	return w.Flush()
}

// humas signs the office's communications in.
func humas(ctx context.Context, at string) (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &http.Client{Jar: jar}
	res, err := post(ctx, c, at+"/sign-in", url.Values{"login": {"humas"}, "password": {password}}, "")
	if err != nil {
		return nil, err
	}
	return c, res.Body.Close()
}

// timed lets so many at once do something so often each.
func timed(at, each int, do func(*rand.Rand) (time.Duration, error)) (all []time.Duration, err error) {
	var mu sync.Mutex
	var wait sync.WaitGroup
	for n := range at {
		r := rand.New(rand.NewPCG(uint64(n), uint64(time.Now().UnixNano())))
		wait.Go(func() {
			for range each {
				took, failed := do(r)
				mu.Lock()
				all, err = append(all, took), firstError(err, failed)
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	return all, err
}

func firstError(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

func fetch(ctx context.Context, c *http.Client, address string) (time.Duration, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	res, err := c.Do(r)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, res.Body)
	took := time.Since(began)
	_ = res.Body.Close()
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %d", address, res.StatusCode)
	}
	return took, err
}

// post sends a form, as from a network address that a proxy names.
func post(ctx context.Context, c *http.Client, address string, form url.Values, from string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if from != "" {
		r.Header.Set("X-Forwarded-For", from)
	}
	return c.Do(r)
}

var stamped = regexp.MustCompile(`name="stamp" value="([^"]+)"`)

// flood posts what an hour of robots posts, as fast as it goes, while a hundred people write a comment each. It tells how
// many of the people were taken, and what the robots left.
func flood(ctx context.Context, at string) error {
	var taken, refused atomic.Int64
	began := time.Now()
	var wait sync.WaitGroup
	for n := range people {
		wait.Go(func() {
			time.Sleep(time.Duration(n) * 200 * time.Millisecond)
			if err := person(ctx, at, n); err != nil {
				fmt.Fprintln(os.Stderr, "a person was refused:", err)
				return
			}
			taken.Add(1)
		})
	}
	for worker := range 4 {
		wait.Go(func() {
			c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			for n := worker; n < robotForms; n += 4 {
				form := url.Values{"name": {"R"}, "body": {"beli sekarang"}, "stamp": {fmt.Sprintf("%x.%x.%x", n, n, n)}}
				if n%3 == 0 {
					form.Set("website", "http://beli.example")
				}
				res, err := post(ctx, c, at+"/berita/"+slugOf(n%articlesOut)+"/komentar", form, fmt.Sprintf("203.0.%d.%d", n%250, n/250%250))
				if err != nil {
					continue
				}
				_, _ = io.Copy(io.Discard, res.Body)
				_ = res.Body.Close()
				if res.StatusCode != http.StatusSeeOther {
					refused.Add(1)
				}
			}
		})
	}
	wait.Wait()
	took := time.Since(began)
	fmt.Printf("%d robots in %s (%.0f in a second; an hour of them is 14 in a second): %d refused; of %d people who wrote meanwhile %d were taken\n", robotForms, took.Round(time.Second),
		float64(robotForms)/took.Seconds(), refused.Load(), people, taken.Load())
	return nil
}

// person writes a comment as people do: the form of the article, the look at it, a few seconds, the button.
func person(ctx context.Context, at string, n int) error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	address, from := at+"/berita/"+slugOf(n)+"/komentar", fmt.Sprintf("198.51.100.%d", n)
	form := url.Values{"name": {"Warga"}, "body": {fmt.Sprintf("Komentar warga nomor %d.", n)}}
	res, err := post(ctx, c, address, form, from)
	if err != nil {
		return err
	}
	b, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	found := stamped.FindSubmatch(b)
	if err != nil || found == nil {
		return fmt.Errorf("no form: %d %w", res.StatusCode, err)
	}
	time.Sleep(4 * time.Second)
	form.Set("stamp", string(found[1]))
	if res, err = post(ctx, c, address, form, from); err != nil {
		return err
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		return fmt.Errorf("answered %d", res.StatusCode)
	}
	return nil
}
