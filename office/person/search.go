package person

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/house/who"
)

// Query asks for persons; with Q by name or by the beginning of a number, else the newest first.
type Query struct {
	Q     string `query:"q" maxLength:"80"`
	Limit int64  `query:"limit" minimum:"1" maximum:"500"`
	After id.ID  `query:"after"`
}

// Hit is one line of a search.
type Hit struct {
	Person
	Why  []fail.Saying
	rank int
}

var (
	find  = store.NewAct("person.find", who.SeePerson)
	hint  = store.NewAct("person.hint", who.Anyone)
	enter = store.NewAct("person.enter", who.EnterPerson)
)

// Search gives one page of persons that the asker may see.
func (d *Desk) Search(ctx context.Context, by who.Asker, q Query) (hits []Hit, next string, err error) {
	if q.Limit == 0 {
		q.Limit = 50
	}
	err = d.store.Read(ctx, by, find, func(tx *store.Tx) error {
		hits, err = search(tx, q)
		if err != nil {
			return err
		}
		if q.Q == "" && len(hits) > int(q.Limit) {
			hits = hits[:q.Limit]
			next = hits[len(hits)-1].ID.String()
		}
		hits = hits[:min(len(hits), int(q.Limit))]
		for i := range hits {
			hits[i].Person = masked(hits[i].Person, by)
			tx.Saw(hits[i].ID)
		}
		return nil
	})
	return hits, next, err
}

func search(tx *store.Tx, q Query) ([]Hit, error) {
	text := strings.TrimSpace(q.Q)
	if digits := strings.ReplaceAll(text, " ", ""); len(digits) >= 4 && strings.Trim(digits, "0123456789") == "" {
		return byNumber(tx, digits, q.Limit)
	}
	if text == "" {
		asked := newestPersons
		if tx.By().Scope.Only() != 0 {
			asked = newestHere // the newest of a small centre may lie far behind those of all others
		}
		found, err := store.Each(tx, asked, scanBrief, cmp.Or(q.After, id.Last), q.Limit+1)
		return plainHits(found), err
	}
	return byName(tx, tokens(text))
}

// byNumber finds persons by the beginning of a number; who may not see numbers finds by a whole one alone.
func byNumber(tx *store.Tx, digits string, limit int64) ([]Hit, error) {
	if !searchable(digits, tx.By()) {
		return nil, fail.Bad("q", "part-of-number", "Tulis nomor identitas selengkapnya. Sebagian nomor hanya dapat dicari oleh yang berhak melihatnya.")
	}
	last := digits // this number alone
	if tx.By().May(who.SeeIdentity) {
		last += strings.Repeat("9", 40) // every number that begins so, whatever order the database gives to signs
	}
	found, err := store.Each(tx, personsByNumber, scanBrief, digits, last, limit)
	return plainHits(found), err
}

func plainHits(found []Person) []Hit {
	hits := make([]Hit, len(found))
	for i, p := range found {
		hits[i] = Hit{Person: p}
	}
	return hits
}

const (
	keySlots   = 48 // padded, so that the statement stays one
	tokenSlots = 24
)

type token struct {
	id   int64
	text string
}

// like gives the known words near a word, nearest first.
func like(tx *store.Tx, word string) ([]token, error) {
	keys := variants(word)
	args := make([]any, keySlots)
	for i := range args {
		args[i] = keys[min(i, len(keys)-1)]
	}
	found, err := store.Each(tx, tokensByKey, func(r store.Row) (t token, err error) {
		err = r.Scan(&t.id, &t.text)
		return t, err
	}, args...)
	var out []token
	for _, t := range found {
		if near(word, t.text) < far { // a key may be shared by words two letters apart
			out = append(out, t)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := near(word, out[i].text), near(word, out[j].text)
		return a < b || a == b && out[i].text < out[j].text
	})
	if err != nil || len(out) >= tokenSlots {
		return out[:min(len(out), tokenSlots)], err
	}
	begun, err := beginning(tx, word, tokenSlots-len(out))
	return append(out, begun...), err
}

// beginning gives known words that begin with what was typed so far; no more than a few, in the order of
// the alphabet: whoever types on finds the rest.
func beginning(tx *store.Tx, word string, most int) ([]token, error) {
	if len(word) < 2 {
		return nil, nil
	}
	return store.Each(tx, tokensByStart, func(r store.Row) (t token, err error) {
		err = r.Scan(&t.id, &t.text)
		return t, err
	}, word, word+"{", most) // "{" follows "z"
}

// padded fills the slots; those to spare with ids that nothing bears, so that no planner counts a word twice.
func padded(ts []token) []any {
	args := make([]any, tokenSlots)
	for i := range args {
		if i < len(ts) {
			args[i] = ts[i].id
		} else {
			args[i] = -int64(i)
		}
	}
	return args
}

// byName finds persons who bear a word near each of the words asked for, and ranks them by how near. The
// two rarest-looking (longest) words are looked up; the rest only rank.
func byName(tx *store.Tx, words []string) ([]Hit, error) {
	words = words[:min(len(words), 4)]
	if len(words) == 0 {
		return nil, nil
	}
	args, err := bearing(tx, words)
	if err != nil || args == nil {
		return nil, err
	}
	asked := personsByTwo
	if len(words) == 1 {
		asked, args = personsByToken, args[:tokenSlots]
	}
	found, err := store.Each(tx, asked, scanBrief, args...)
	if err != nil {
		return nil, err
	}
	hits := make([]Hit, 0, len(found))
	seen := map[id.ID]bool{}
	for _, p := range found {
		if seen[p.ID] {
			continue
		}
		seen[p.ID] = true
		h := Hit{Person: p}
		h.rank, h.Why = nameRank(words, p.Called)
		hits = append(hits, h)
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return a.rank - b.rank })
	return hits, nil
}

// bearing looks up the two longest words, and gives what fills the slots for both; none when a word is like
// no known one. A single word stands in both places.
func bearing(tx *store.Tx, words []string) (args []any, err error) {
	longest := slices.Clone(words)
	slices.SortStableFunc(longest, func(a, b string) int { return len(b) - len(a) })
	for _, w := range longest[:min(2, len(longest))] {
		ts, err := like(tx, w)
		if err != nil || len(ts) == 0 {
			return nil, err
		}
		args = append(args, padded(ts)...)
	}
	if len(longest) == 1 {
		args = append(args, args...)
	}
	return args, nil
}

// Bearing gives, for statements of other desks over person_token, what fills their two times 24 slots for
// persons with such a name; none when nobody can have it.
func Bearing(tx *store.Tx, name string) ([]any, error) { return bearing(tx, tokens(name)) }

// nameRank says how near a name is to the words asked for, and why it was found.
func nameRank(words []string, name string) (int, []fail.Saying) {
	total := 0
	var why []fail.Saying
	bears := tokens(name)
	for _, w := range words {
		best, word := far, ""
		for _, b := range bears {
			n := near(w, b)
			if strings.HasPrefix(b, w) {
				n = min(n, oneOff)
			}
			if n < best {
				best, word = n, b
			}
		}
		switch {
		case best == spelled && oldSpelling(word) != oldSpelling(w):
			why = append(why, fail.Say("ejaan lama dan baru: %s, %s", word, w))
		case best == spelled:
			why = append(why, fail.Say("ejaan lain: %s", word))
		case best == far: // found by another of the names
			why = append(why, fail.Say("nama lain"))
			best = oneOff
		case best > spelled && !strings.HasPrefix(word, w):
			why = append(why, fail.Say("mirip: %s", word))
		}
		total += best
	}
	return total*10 + max(0, len(bears)-len(words)), why
}

// Hint tells that somebody like this is registered already, somewhere in the province: no more than is
// needed to ask. A restricted person gives no hint.
type Hint struct {
	Person  id.ID
	Called  string
	Age     string
	Region  string
	Village string
	Why     []fail.Saying
	Yours   bool // the asker may open it
	score   int
}

// Hints finds likely same persons in the whole province. It never decides: people do (UU 27/2022, no
// automated decision on a merge).
func (d *Desk) Hints(ctx context.Context, by who.Asker, e Entry) (hints []Hint, err error) {
	var names []string
	for _, n := range e.Names {
		names = append(names, n.Text)
	}
	var found []Hit
	err = d.store.Read(ctx, who.House("person.hint"), hint, func(tx *store.Tx) error {
		if found, err = byName(tx, tokens(names...)); err != nil {
			return err
		}
		for _, c := range e.Identifiers {
			same, err := store.Each(tx, personsByNumber, scanBrief, c.Value, c.Value, 5)
			if err != nil {
				return err
			}
			for _, p := range same {
				found = append(found, Hit{Person: p, rank: -100, Why: []fail.Saying{fail.Say("nomor identitas sama")}})
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return d.weigh(ctx, by, e, found)
}

func (d *Desk) weigh(ctx context.Context, by who.Asker, e Entry, found []Hit) ([]Hint, error) {
	today := d.store.Today()
	best := map[id.ID]Hint{}
	for _, h := range found {
		if h.Restricted || h.ID == e.ID {
			continue
		}
		out := Hint{Person: h.ID, Called: h.Called, Age: h.Birth.AgeText(today), Region: h.HomeRegion, Why: h.Why}
		out.score = likeness(e, h, &out.Why)
		if old, ok := best[h.ID]; out.score >= 40 && (!ok || out.score > old.score) {
			best[h.ID] = out
		}
	}
	hints := make([]Hint, 0, len(best))
	for _, h := range best {
		hints = append(hints, h)
	}
	sort.Slice(hints, func(i, j int) bool {
		return hints[i].score > hints[j].score || hints[i].score == hints[j].score && hints[i].Person < hints[j].Person
	})
	hints = hints[:min(len(hints), 5)]
	err := d.store.Read(ctx, by, find, func(tx *store.Tx) error {
		for i := range hints {
			_, err := store.One(tx, briefByID, scanBrief, hints[i].Person)
			hints[i].Yours = err == nil
			tx.Saw(hints[i].Person)
		}
		return nil
	})
	return hints, err
}

// likeness adds up what speaks for the same person: name up to 50, number 60, birth 25, home 10, sex −30.
func likeness(e Entry, h Hit, why *[]fail.Saying) int {
	score := max(0, 50-h.rank)
	if h.rank < 0 {
		score = 60
	}
	from1, to1, ok1 := e.Birth.Years()
	from2, to2, ok2 := h.Birth.Years()
	switch {
	case ok1 && ok2 && from1 <= to2+2 && from2 <= to1+2:
		score += 25
		*why = append(*why, fail.Say("lahir sekitar tahun yang sama"))
	case ok1 && ok2:
		score -= 25
	}
	if e.HomeRegion != "" && e.HomeRegion == h.HomeRegion {
		score += 10
		*why = append(*why, fail.Say("daerah asal sama"))
	}
	if e.Sex != "unknown" && h.Sex != "unknown" && e.Sex != h.Sex {
		score -= 30
	}
	return score
}

// Brief is what a list shows of a person.
func (p Person) Brief(today clock.Day) string {
	if age := p.Birth.AgeText(today); age != "" {
		return p.Called + " (" + age + ")"
	}
	return p.Called
}
