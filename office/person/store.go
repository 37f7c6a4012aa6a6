package person

import (
	"errors"
	"slices"
	"strings"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

var (
	personByID = store.SQL(`select p.id, p.version, p.called, p.sex, p.birth_date, p.birth_precision, p.birth_from, p.birth_to, p.home_region,
		p.restricted, p.village, p.found_place, p.found_on, p.deceased_on, p.note from persons p where p.id = ? and {see p}`)
	briefByID = store.SQL(`select p.id, p.version, p.called, p.sex, p.birth_date, p.birth_precision, p.birth_from, p.birth_to, p.home_region,
		p.restricted from persons p where p.id = ? and {see p}`)
	newestPersons = store.SQL(`select p.id, p.version, p.called, p.sex, p.birth_date, p.birth_precision, p.birth_from, p.birth_to, p.home_region,
		p.restricted from persons p where p.id < ? and {see p} order by p.id desc limit ?`)  // index: the key
	newestHere = store.SQL(`select p.id, p.version, p.called, p.sex, p.birth_date, p.birth_precision, p.birth_from, p.birth_to, p.home_region,
		p.restricted from person_centre pc join persons p on p.id = pc.person_id
		where pc.person_id < ? and {see pc by p} and {see p by pc} order by pc.person_id desc limit ?`)  // index: person_centre (centre_id, person_id)
	personsByNumber = store.SQL(`select p.id, p.version, p.called, p.sex, p.birth_date, p.birth_precision, p.birth_from, p.birth_to, p.home_region,
		p.restricted from persons p join identifiers i on i.person_id = p.id
		where i.kind in ('nik', 'kk', 'bpjs', 'dtsen', 'other') and i.value >= ? and i.value <= ? and i.removed_at is null and {see p} and {see i} limit ?`)  // index: identifiers (kind, value)
	personsByToken = store.SQL(`select p.id, p.version, p.called, p.sex, p.birth_date, p.birth_precision, p.birth_from, p.birth_to, p.home_region,
		p.restricted from person_token t join persons p on p.id = t.person_id
		where t.token_id in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) and {see t by p} and {see p by t} limit 400`)  // index: the key
	// both sets by the key, then who is in both; the sum keeps the planner from walking through all words of all persons
	personsByTwo = store.SQL(`select p.id, p.version, p.called, p.sex, p.birth_date, p.birth_precision, p.birth_from, p.birth_to, p.home_region,
		p.restricted from persons p where p.id in (
			select t.person_id from person_token t where t.token_id in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) and {see t}
			and t.person_id in (select o.person_id from person_token o where o.token_id in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) and {see o})
			order by t.person_id + 0 desc limit 400)
		and {see p}`)
	tokensByKey = store.SQL(`select distinct n.id, n.token from name_variant v join name_token n on n.id = v.token_id
		where v.key in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	tokensByStart = store.SQL(`select n.id, n.token from name_token n where n.token >= ? and n.token < ? order by n.token limit ?`) // index: name_token (token)

	insertPerson = store.SQL(`insert into persons (id, version, called, sex, birth_date, birth_precision, birth_from, birth_to, home_region,
		village, found_place, found_on, restricted, deceased_on, note, entered_at, entered_by)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from centres e where e.id = ? and {see e}`)
	_ = store.Restricts(store.SQL(`select p.id, p.restricted from persons p where p.id in (?, ?, ?, ?, ?, ?, ?, ?) and {see p}`)) // index: the key

	changePerson = store.SQL(`update persons set called = ?, sex = ?, birth_date = ?, birth_precision = ?, birth_from = ?, birth_to = ?,
		home_region = ?, village = ?, found_place = ?, found_on = ?, restricted = ?, deceased_on = ?, note = ?, version = version + 1
		where id = ? and version = ? and {see persons}`)
	joinCentre = store.SQL(`insert into person_centre (person_id, centre_id, since) select ?, e.id, ? from centres e where e.id = ? and {see e}
		on conflict (person_id, centre_id) do nothing`)
	centresOf  = store.SQL(`select pc.centre_id from person_centre pc where pc.person_id = ? and {see pc}`)
	namesOf    = store.SQL(`select n.kind, n.text from person_names n where n.person_id = ? and n.removed_at is null and {see n} order by n.id`)
	insertName = store.SQL(`insert into person_names (id, kind, text, source, person_id) select ?, ?, ?, '', p.id from persons p where p.id = ? and {see p}`)
	dropNames  = store.SQL(`update person_names set removed_at = ? where person_id = ? and removed_at is null and {see person_names}`)
	claimsOf   = store.SQL(`select i.id, i.kind, i.value, i.certainty, i.source from identifiers i
		where i.person_id = ? and i.removed_at is null and {see i} order by i.id`)
	insertClaim = store.SQL(`insert into identifiers (id, kind, value, certainty, source, added_on, person_id)
		select ?, ?, ?, ?, ?, ?, p.id from persons p where p.id = ? and {see p}`)
	dropClaims   = store.SQL(`update identifiers set removed_at = ? where person_id = ? and removed_at is null and {see identifiers}`)
	insertChange = store.SQL(`insert into person_changes (id, at, user_id, user_name, field, old_value, new_value, person_id)
		select ?, ?, ?, ?, ?, ?, ?, p.id from persons p where p.id = ? and {see p}`)
	changesOf = store.SQL(`select h.id, h.at, h.user_name, h.field, h.old_value, h.new_value from person_changes h
		where h.person_id = ? and {see h} order by h.id desc limit 200`)

	byPrint  = store.SQL(`select p.import_print from persons p where p.import_print = ? and {see p}`)
	setPrint = store.SQL(`update persons set import_print = ? where id = ? and {see persons}`)

	tokenID       = store.SQL(`select n.id from name_token n where n.token = ?`)
	insertToken   = store.SQL(`insert into name_token (id, token, n) values (?, ?, 1) on conflict (token) do nothing`)
	insertVariant = store.SQL(`insert into name_variant (key, token_id) values (?, ?) on conflict (key, token_id) do nothing`)
	insertPosting = store.SQL(`insert into person_token (token_id, centre_id, person_id) select ?, e.id, ? from centres e where e.id = ? and {see e}
		on conflict (token_id, centre_id, person_id) do nothing`)
	dropPostings = store.SQL(`delete from person_token where person_id = ? and {see person_token}`)
	allTokens    = store.SQL(`select n.id, n.token from name_token n`)
)

func scanBrief(r store.Row) (p Person, err error) {
	var from, to *int64
	err = r.Scan(&p.ID, &p.Version, &p.Called, &p.Sex, &p.Birth.Date, &p.Birth.Precision, &from, &to, &p.HomeRegion, &p.Restricted)
	p.Birth.From, p.Birth.To = number(from), number(to)
	return p, err
}

func scanPerson(r store.Row) (p Person, err error) {
	var from, to *int64
	err = r.Scan(&p.ID, &p.Version, &p.Called, &p.Sex, &p.Birth.Date, &p.Birth.Precision, &from, &to, &p.HomeRegion, &p.Restricted,
		&p.Village, &p.FoundPlace, &p.FoundOn, &p.DeceasedOn, &p.Note)
	p.Birth.From, p.Birth.To = number(from), number(to)
	return p, err
}

func number(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

func orNull(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}

// ByID gives one person with names and claims.
func ByID(tx *store.Tx, person id.ID) (Person, error) {
	p, err := store.One(tx, personByID, scanPerson, person)
	if err != nil {
		return p, err
	}
	if p.Names, err = store.Each(tx, namesOf, func(r store.Row) (n Name, err error) {
		err = r.Scan(&n.Kind, &n.Text)
		return n, err
	}, person); err != nil {
		return p, err
	}
	p.Identifiers, err = store.Each(tx, claimsOf, func(r store.Row) (c Identifier, err error) {
		err = r.Scan(&c.ID, &c.Kind, &c.Value, &c.Certainty, &c.Source)
		return c, err
	}, person)
	return p, err
}

// JoinCentre makes a person present at a centre, and findable there.
func JoinCentre(tx *store.Tx, p Person, centre id.ID, on clock.Day) error {
	n, err := store.Exec(tx, joinCentre, p.ID, on, centre)
	if err != nil || n == 0 {
		return err
	}
	return post(tx, p, centre)
}

// post keeps the words of a person's names for one centre's search.
func post(tx *store.Tx, p Person, centre id.ID) error {
	for _, w := range tokens(nameTexts(p)...) {
		t, err := tokenOf(tx, w)
		if err != nil {
			return err
		}
		if _, err := store.Exec(tx, insertPosting, t, p.ID, centre); err != nil {
			return err
		}
	}
	return nil
}

func nameTexts(p Person) []string {
	out := []string{p.Called}
	for _, n := range p.Names {
		out = append(out, n.Text)
	}
	return out
}

func tokenOf(tx *store.Tx, w string) (int64, error) {
	t, err := store.One(tx, tokenID, store.Int, w)
	if !errors.Is(err, fail.NotFound) {
		return t, err
	}
	if _, err := store.Exec(tx, insertToken, id.New(), w); err != nil {
		return 0, err
	}
	if t, err = store.One(tx, tokenID, store.Int, w); err != nil { // another writer may have been first
		return 0, err
	}
	for _, k := range variants(w) {
		if _, err := store.Exec(tx, insertVariant, k, t); err != nil {
			return 0, err
		}
	}
	return t, nil
}

func insert(tx *store.Tx, e Entry, centre id.ID) (Person, error) {
	p := Person{ID: e.ID, Version: 1, Called: e.Names[0].Text, Sex: e.Sex, Birth: e.Birth, HomeRegion: e.HomeRegion, Village: e.Village,
		FoundPlace: e.FoundPlace, FoundOn: e.FoundOn, Restricted: e.Restricted, DeceasedOn: e.DeceasedOn, Note: e.Note, Names: e.Names}
	n, err := store.Exec(tx, insertPerson, p.ID, p.Called, p.Sex, p.Birth.Date, p.Birth.Precision, orNull(p.Birth.From), orNull(p.Birth.To),
		p.HomeRegion, p.Village, p.FoundPlace, p.FoundOn, p.Restricted, p.DeceasedOn, p.Note, tx.Now().UnixMilli(), tx.By().User, centre)
	if err != nil {
		return p, err
	}
	if n == 0 {
		return p, fail.Bad("centre_id", "unknown", "UPT ini bukan UPT Anda.")
	}
	if err := JoinCentre(tx, p, centre, tx.Today()); err != nil {
		return p, err
	}
	if err := insertNames(tx, p); err != nil {
		return p, err
	}
	for i, c := range e.Identifiers {
		e.Identifiers[i].ID = id.New()
		if _, err := store.Exec(tx, insertClaim, e.Identifiers[i].ID, c.Kind, c.Value, c.Certainty, c.Source, tx.Today(), p.ID); err != nil {
			return p, err
		}
	}
	p.Identifiers = e.Identifiers
	return p, nil
}

func insertNames(tx *store.Tx, p Person) error {
	for _, n := range p.Names {
		if _, err := store.Exec(tx, insertName, id.New(), n.Kind, n.Text, p.ID); err != nil {
			return err
		}
	}
	return nil
}

// repost makes a person findable by new names, at every centre the asker sees the person at.
func repost(tx *store.Tx, p Person) error {
	centres, err := store.Each(tx, centresOf, store.IDs, p.ID)
	if err != nil {
		return err
	}
	if _, err := store.Exec(tx, dropPostings, p.ID); err != nil {
		return err
	}
	for _, c := range centres {
		if err := post(tx, p, c); err != nil {
			return err
		}
	}
	return nil
}

// EnterMany loads many new persons, each present at one centre: for imports and the demo. The entries
// have been checked by Ready.
func EnterMany(tx *store.Tx, entries []Entry, since []clock.Day) error {
	known := map[string]int64{}
	if err := store.Stream(tx, allTokens, func(r store.Row) (t token, err error) {
		err = r.Scan(&t.id, &t.text)
		return t, err
	}, func(t token) error { known[t.text] = t.id; return nil }); err != nil {
		return err
	}
	var b bulk
	for i, e := range entries {
		b.add(tx, e, since[i], known)
	}
	return b.load(tx)
}

type bulk struct{ persons, names, claims, centres, tokens, variants, postings [][]any }

func (b *bulk) add(tx *store.Tx, e Entry, since clock.Day, known map[string]int64) {
	p := e.Birth
	b.persons = append(b.persons, []any{e.ID, 1, e.Names[0].Text, e.Sex, p.Date, p.Precision, orNull(p.From), orNull(p.To), e.HomeRegion, e.Village,
		e.FoundPlace, e.FoundOn, e.Restricted, e.DeceasedOn, e.Note, tx.Now().UnixMilli(), tx.By().User})
	b.centres = append(b.centres, []any{e.ID, e.Centre, since})
	var texts []string
	for _, n := range e.Names {
		b.names = append(b.names, []any{id.New(), e.ID, n.Kind, n.Text, ""})
		texts = append(texts, n.Text)
	}
	for _, c := range e.Identifiers {
		b.claims = append(b.claims, []any{id.New(), e.ID, c.Kind, c.Value, c.Certainty, c.Source, tx.Today()})
	}
	for _, w := range tokens(texts...) {
		t, ok := known[w]
		if !ok {
			t = int64(id.New())
			known[w] = t
			b.tokens = append(b.tokens, []any{t, w, 1})
			for _, k := range variants(w) {
				b.variants = append(b.variants, []any{k, t})
			}
		}
		b.postings = append(b.postings, []any{t, e.Centre, e.ID})
	}
}

func (b *bulk) load(tx *store.Tx) error {
	slices.SortFunc(b.variants, func(x, y []any) int { return strings.Compare(x[0].(string), y[0].(string)) })
	return errors.Join(
		tx.Bulk("persons", []string{"id", "version", "called", "sex", "birth_date", "birth_precision", "birth_from", "birth_to", "home_region",
			"village", "found_place", "found_on", "restricted", "deceased_on", "note", "entered_at", "entered_by"}, b.persons),
		tx.Bulk("person_centre", []string{"person_id", "centre_id", "since"}, b.centres),
		tx.Bulk("person_names", []string{"id", "person_id", "kind", "text", "source"}, b.names),
		tx.Bulk("identifiers", []string{"id", "person_id", "kind", "value", "certainty", "source", "added_on"}, b.claims),
		tx.Bulk("name_token", []string{"id", "token", "n"}, b.tokens),
		tx.Bulk("name_variant", []string{"key", "token_id"}, b.variants),
		tx.Bulk("person_token", []string{"token_id", "centre_id", "person_id"}, b.postings))
}

// Imported tells whether a row with this print was taken in before.
func Imported(tx *store.Tx, print string) (bool, error) {
	all, err := store.Each(tx, byPrint, store.Text, print)
	return len(all) > 0, err
}

// MarkImported keeps the print of the row a person came from, so that running an import again adds nothing.
func MarkImported(tx *store.Tx, person id.ID, print string) error {
	_, err := store.Exec(tx, setPrint, print, person)
	return err
}
