package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"time"

	"tuntas/office/centre"
)

// user is one person at work: pages through a session, writes through the API.
type user struct {
	login, role, token string
	centre             centre.Centre
	http               *http.Client
	base               string
	r                  *rand.Rand
	n                  int

	running, visited []record // cases in care, cases in aftercare
	persons          []string
}

// record is what the flows need to know of a case.
type record struct {
	ID       string `json:"id"`
	Person   string `json:"person_id"`
	Kind     string `json:"ppks_type"`
	Setting  string `json:"setting"`
	OpenedOn string `json:"opened_on"`
}

// team is everybody who works in the province.
type team struct{ users []*user }

func (t *team) add(job, role string, c centre.Centre) {
	login := job
	if c.Code != "" {
		login += "-" + c.Code
	}
	t.users = append(t.users, &user{login: login, role: role, centre: c, r: rand.New(rand.NewPCG(uint64(len(t.users)), 1))})
}

func (t *team) of(role string) []*user {
	var all []*user
	for _, u := range t.users {
		if u.role == role {
			all = append(all, u)
		}
	}
	return all
}

// signIn gives everybody a session and a desk full of cases.
func (t *team) signIn(ctx context.Context, base string) error {
	for _, u := range t.users {
		jar, err := cookiejar.New(nil)
		if err != nil {
			return err
		}
		u.base = base
		u.http = &http.Client{Jar: jar, Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 4},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		if status, _, err := u.send(ctx, "POST", "/sign-in", "application/x-www-form-urlencoded",
			url.Values{"login": {u.login}, "password": {password}}.Encode()); err != nil || status != http.StatusSeeOther {
			return fmt.Errorf("sign in as %s: %d %w", u.login, status, err)
		}
		if !slices.Contains([]string{"social_worker", "head_centre", "head_division"}, u.role) {
			continue // these open their homes alone
		}
		if err := u.gather(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (u *user) gather(ctx context.Context) error {
	mine := ""
	if u.role == "social_worker" {
		mine = "&worker=me"
	}
	var err error
	if u.running, err = u.cases(ctx, "stage=intervention"+mine); err != nil {
		return err
	}
	if u.visited, err = u.cases(ctx, "stage=aftercare"+mine); err != nil {
		return err
	}
	for _, c := range append(u.running, u.visited...) {
		u.persons = append(u.persons, c.Person)
	}
	if len(u.running) == 0 || len(u.visited) == 0 {
		return fmt.Errorf("%s has no cases in intervention or aftercare: make the province larger", u.login)
	}
	return nil
}

func (u *user) cases(ctx context.Context, query string) ([]record, error) {
	var list struct {
		Items []record `json:"items"`
	}
	status, body, err := u.send(ctx, "GET", "/api/v1/cases?limit=200&"+query, "", "")
	if err != nil || status != http.StatusOK {
		return nil, fmt.Errorf("cases of %s: %d %s %w", u.login, status, body, err)
	}
	return list.Items, json.Unmarshal(body, &list)
}

// send asks the server; the API with the token, pages with the session.
func (u *user) send(ctx context.Context, method, path, kind, body string) (int, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, u.base+path, bytes.NewReader([]byte(body)))
	if err != nil {
		return 0, nil, err
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if len(path) > 5 && path[:5] == "/api/" {
		r.Header.Set("Authorization", "Bearer "+u.token)
	}
	res, err := u.http.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	return res.StatusCode, b, err
}
