package drafts

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const columns = `d.id, d.version, d.path, d.form, d.page, d.base, d.owner_id, d.centre_id, coalesce(d.case_id, 0), coalesce(d.person_id, 0),
	d.holder_id, d.holder_name, d.n, d.begun_at, d.begun_by, d.updated_at, d.updated_by, d.updated_name, d.ended_at`

// Whose a form is: every table on the way carries its mark, so that a case of another centre, or of a restricted
// person, is not there.
var (
	placeOf = map[string]*store.Stmt{
		"case": store.SQL(`select c.centre_id, c.id, c.person_id, coalesce(c.worker_id, 0) from cases c join persons p on p.id = c.person_id
			where c.id = ? and {see c} and {see p}`),
		"contact": store.SQL(`select c.centre_id, c.id, c.person_id, coalesce(c.worker_id, 0) from contacts k join cases c on c.id = k.case_id
			join persons p on p.id = c.person_id where k.id = ? and {see k} and {see c} and {see p}`),
		"note": store.SQL(`select c.centre_id, c.id, c.person_id, coalesce(c.worker_id, 0) from case_notes n join cases c on c.id = n.case_id
			join persons p on p.id = c.person_id where n.id = ? and {see n} and {see c} and {see p}`),
		"attachment": store.SQL(`select c.centre_id, c.id, c.person_id, coalesce(c.worker_id, 0) from attachments a join cases c on c.id = a.case_id
			join persons p on p.id = c.person_id where a.id = ? and {see a} and {see c} and {see p}`),
		"conference": store.SQL(`select c.centre_id, c.id, c.person_id, coalesce(c.worker_id, 0) from conferences g join cases c on c.id = g.case_id
			join persons p on p.id = c.person_id where g.id = ? and {see g} and {see c} and {see p}`),
		"followup": store.SQL(`select c.centre_id, c.id, c.person_id, coalesce(c.worker_id, 0) from conference_followups o join cases c on c.id = o.case_id
			join persons p on p.id = c.person_id where o.id = ? and {see o} and {see c} and {see p}`),
		"leave": store.SQL(`select c.centre_id, c.id, c.person_id, coalesce(c.worker_id, 0) from leaves l join cases c on c.id = l.case_id
			join persons p on p.id = c.person_id where l.id = ? and {see l} and {see c} and {see p}`),
		"person": store.SQL(`select a.centre_id, 0, p.id, 0 from persons p join person_centre a on a.person_id = p.id
			where p.id = ? and {see p} and {see a} order by a.centre_id limit 1`),
	}

	// What a form of its writer's own stands on, and the person that is about, 0 for none: who does not see the one keeps
	// no draft of the other. Of a transfer the receiving head does not see the person yet.
	standsOn = map[string]*store.Stmt{
		"centre":         store.SQL(`select 0 from centres e where e.id = ? and {see e}`),
		"staff":          store.SQL(`select 0 from staff s where s.id = ? and {see s}`),
		"transfer":       store.SQL(`select 0 from transfers x where x.id = ? and {see x}`),
		"referral":       store.SQL(`select r.person_id from referrals r where r.id = ? and {see r}`),
		"participant":    store.SQL(`select 0 from training_members m where m.id = ? and {see m}`),
		"facility":       store.SQL(`select 0 from facilities f where f.id = ? and {see f}`),
		"function":       store.SQL(`select 0 from mandate_functions f where f.id = ? and {see f}`),
		"accreditation":  store.SQL(`select 0 from accreditations a where a.id = ? and {see a}`),
		"publicreport":   store.SQL(`select 0 from reports r where r.id = ? and {see r}`),
		"potential":      store.SQL(`select 0 from potentials p where p.id = ?`),
		"potoffer":       store.SQL(`select 0 from potential_offers o where o.id = ?`),
		"helprequest":    store.SQL(`select 0 from help_requests h where h.id = ? and {see h}`),
		"helppromise":    store.SQL(`select 0 from help_promises m where m.id = ? and {see m}`),
		"helpletter":     store.SQL(`select 0 from help_letters l where l.id = ? and {see l}`),
		"article":        store.SQL(`select 0 from articles a where a.id = ? and {see a}`),
		"comment":        store.SQL(`select 0 from comments a where a.id = ? and {see a}`),
		"newssubject":    store.SQL(`select 0 from article_subjects a where a.id = ? and {see a}`),
		"event":          store.SQL(`select 0 from centre_events e where e.id = ? and {see e}`),
		"letter":         store.SQL(`select coalesce(l.person_id, 0) from letters l where l.id = ? and {see l}`),
		"selfassessment": store.SQL(`select 0 from self_assessments o where o.id = ? and {see o}`),
		"actionplan":     store.SQL(`select 0 from action_plans q where q.id = ?`),
		"problem":        store.SQL(`select 0 from problems b where b.id = ? and {see b}`),
		"instneed":       store.SQL(`select 0 from institution_needs n where n.id = ? and {see n}`),
		"evidence":       store.SQL(`select 0 from standard_evidence v where v.id = ? and {see v}`),
		"action":         store.SQL(`select 0 from actions o where o.id = ?`),
		"item":           store.SQL(`select 0 from meeting_items o where o.id = ?`),
		"meeting":        store.SQL(`select 0 from meetings o where o.id = ?`),
		"draft":          store.SQL(`select coalesce(g.person_id, 0) from letter_drafts g where g.id = ? and {see g}`),
	}

	// A private draft stands under any centre that its writer may see, for want of a better place, and belongs to none.
	insertOwn = store.SQL(`insert into drafts (id, version, path, form, page, owner_id, centre_id, case_id, person_id, base, holder_id, holder_name,
			fields, n, begun_at, begun_by, updated_at, updated_by, updated_name, ended_at)
		select ?, 1, ?, ?, ?, ?, 0, null, (select w.id from persons w where w.id = ? and {see w}), ?, 0, '', '', 0, ?, ?, ?, ?, ?, 0 from centres e where {see e} order by e.id limit 1`)
	insertOfCase = store.SQL(`insert into drafts (id, version, path, form, page, owner_id, centre_id, case_id, person_id, base, holder_id, holder_name,
			fields, n, begun_at, begun_by, updated_at, updated_by, updated_name, ended_at)
		select ?, 1, ?, ?, ?, 0, c.centre_id, c.id, c.person_id, ?, 0, '', '', 0, ?, ?, ?, ?, ?, 0 from cases c where c.id = ? and {see c}`)
	insertOfPerson = store.SQL(`insert into drafts (id, version, path, form, page, owner_id, centre_id, case_id, person_id, base, holder_id, holder_name,
			fields, n, begun_at, begun_by, updated_at, updated_by, updated_name, ended_at)
		select ?, 1, ?, ?, ?, 0, a.centre_id, null, a.person_id, ?, 0, '', '', 0, ?, ?, ?, ?, ?, 0 from person_centre a
		where a.person_id = ? and a.centre_id = ? and {see a}`)

	// Writing begins with a change of the row, so that two writers of one draft come one after the other.
	touch = store.SQL(`update drafts set version = version + 1 where path = ? and owner_id = ? and centre_id = ? and ended_at = 0 and {see drafts}
		returning id, version, fields, base, holder_id, holder_name, begun_by`)  // index: drafts (path, owner_id, centre_id, ended_at)
	touchOne = store.SQL(`update drafts set version = version + 1 where id = ? and owner_id in (0, ?) and {see drafts} returning id, fields`)
	keep     = store.SQL(`update drafts set fields = ?, n = ?, base = ?, page = ?, updated_at = ?, updated_by = ?, updated_name = ?
		where id = ? and {see drafts}`)
	keepLeft = store.SQL(`update drafts set fields = ?, n = ?, begun_by = ?, updated_by = ?, updated_name = ? where id = ? and {see drafts}`)
	hold     = store.SQL(`update drafts set fields = ?, holder_id = ?, holder_name = ? where id = ? and {see drafts}`)
	settle   = store.SQL(`update drafts set fields = ?, n = ?, base = ? where id = ? and {see drafts}`)
	end      = store.SQL(`update drafts set ended_at = ? where id = ? and {see drafts}`)
	drop     = store.SQL(`delete from drafts where id = ? and {see drafts}`)

	one = store.SQL(`select ` + columns + `, d.fields, coalesce(c.worker_id, 0) from drafts d left join cases c on c.id = d.case_id and {see c}
		where d.id = ? and d.owner_id in (0, ?) and {see d}`)

	// The drafts of the forms of one page, in one statement. index: drafts (path, owner_id, centre_id, ended_at)
	open = store.SQL(`select ` + columns + `, d.fields, coalesce(c.worker_id, 0) from drafts d left join cases c on c.id = d.case_id and {see c}
		where d.path in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		and d.owner_id in (0, ?) and d.ended_at = 0 and {see d} order by d.centre_id`)

	// How many somebody keeps: a form has no end of addresses, and a user no end of forms. index: drafts (begun_by, …)
	begunBy = store.SQL(`select d.id from drafts d where d.begun_by = ? and d.ended_at = 0 and {see d} limit ?`)
	known   = store.SQL(`select p.id from persons p where p.id = ? and {see p}`)

	// Mine: my own, those that I began or wrote in last, those of my cases. index: drafts (owner_id, ended_at, updated_at),
	// (updated_by, …), (begun_by, …), (case_id, …) and cases (worker_id)
	mine = store.SQL(`select ` + columns + `, coalesce(p.called, '') from drafts d left join persons p on p.id = d.person_id and {see p}
			where d.owner_id = ? and (d.updated_at < ? or d.updated_at = ? and d.id < ?) and {see d}
		union select ` + columns + `, p.called from drafts d join persons p on p.id = d.person_id
			where d.updated_by = ? and d.owner_id = 0 and (d.updated_at < ? or d.updated_at = ? and d.id < ?) and {see d} and {see p}
		union select ` + columns + `, p.called from drafts d join persons p on p.id = d.person_id
			where d.begun_by = ? and d.owner_id = 0 and (d.updated_at < ? or d.updated_at = ? and d.id < ?) and {see d} and {see p}
		union select ` + columns + `, p.called from cases c join drafts d on d.case_id = c.id join persons p on p.id = c.person_id
			where c.worker_id = ? and d.owner_id = 0 and (d.updated_at < ? or d.updated_at = ? and d.id < ?) and {see c} and {see d} and {see p}
		order by 16 desc, 1 desc limit ?`)

	stale     = store.SQL(`select d.id from drafts d where d.updated_at < ? and {see d} order by d.updated_at limit 500`)                // index: drafts (updated_at)
	discarded = store.SQL(`select d.id from drafts d where d.ended_at > 0 and d.ended_at < ? and {see d} order by d.ended_at limit 500`) // index: drafts (ended_at)
)

// onePage is how many forms of a page can have drafts: the places in the statement open.
const onePage = 32

func scanInto(d *Draft, r store.Row, more ...any) error {
	var begun, at int64
	err := r.Scan(append([]any{&d.ID, &d.Version, &d.Key, &d.Name, &d.Page, &d.Base, &d.Owner, &d.Centre, &d.Case, &d.Person, &d.Holder, &d.HeldBy,
		&d.N, &begun, &d.Begunner, &at, &d.Writer, &d.By, &d.EndedAt}, more...)...)
	d.Begun, d.At = time.UnixMilli(begun), time.UnixMilli(at)
	return err
}

func scanWhole(r store.Row) (d Draft, err error) {
	var body string
	if err = scanInto(&d, r, &body, &d.Worker); err == nil {
		d.fields, err = readFields(body)
	}
	return d, err
}

func readFields(body string) (all fields, err error) {
	if body == "" { // just begun
		return fields{}, nil
	}
	if err = json.Unmarshal([]byte(body), &all); err != nil {
		return nil, fmt.Errorf("read a draft: %w", err)
	}
	return all, nil
}

func (all fields) body() (string, error) {
	b, err := json.Marshal(all)
	return string(b), err
}

// placeFor finds whose a draft of a form is; a form about something that is not there, or not the asker's, has none.
func placeFor(tx *store.Tx, f Form) (p place, err error) {
	stmt, shared := placeOf[f.Kind]
	if !shared {
		return ownPlace(tx, f)
	}
	return store.One(tx, stmt, func(r store.Row) (p place, err error) {
		err = r.Scan(&p.centre, &p.caseID, &p.person, &p.worker)
		return p, err
	}, f.Of)
}

func ownPlace(tx *store.Tx, f Form) (p place, err error) {
	if stmt, stands := standsOn[f.Kind]; stands {
		if p.person, err = store.One(tx, stmt, store.IDs, f.Of); err != nil {
			return p, err
		}
	}
	if p.person = cmp.Or(p.person, f.About); p.person != 0 {
		p.person, err = store.One(tx, known, store.IDs, p.person)
	}
	p.owner = tx.By().User
	return p, err
}

// begunOrNew takes the draft of a form for writing; it makes one when there is none.
func begunOrNew(tx *store.Tx, f Form, p place, base string) (d Draft, begun bool, err error) {
	scan := func(r store.Row) (d Draft, err error) {
		var body string
		if err = r.Scan(&d.ID, &d.Version, &body, &d.Base, &d.Holder, &d.HeldBy, &d.Begunner); err == nil {
			d.fields, err = readFields(body)
		}
		return d, err
	}
	d, err = store.One(tx, touch, scan, f.Key, int64(p.owner), int64(p.centre))
	if err == nil || !errors.Is(err, fail.NotFound) {
		return d, false, err
	}
	if all, err := store.Each(tx, begunBy, store.IDs, tx.By().User, mostBegun); err != nil || len(all) == mostBegun {
		return d, false, cmp.Or(err, fail.Broken("drafts-many", "Anda punya %d draf yang belum dikirim. Kirim atau buang dahulu yang lama.", mostBegun))
	}
	d = Draft{ID: id.New(), Version: 1, Base: base, Begunner: tx.By().User, fields: fields{}}
	now, by := tx.Now().UnixMilli(), tx.By()
	stmt, of := insertOwn, []any{}
	first := []any{d.ID, f.Key, f.Name, f.Page}
	switch {
	case p.owner != 0:
		first = append(first, p.owner, p.person)
	case p.caseID != 0:
		stmt, of = insertOfCase, []any{p.caseID}
	default:
		stmt, of = insertOfPerson, []any{p.person, p.centre}
	}
	args := append(first, base, now, by.User, now, by.User, calledOf(by))
	n, err := store.Exec(tx, stmt, append(args, of...)...)
	if err == nil && n == 0 {
		err = fail.NotFound
	}
	return d, true, err
}

func byID(tx *store.Tx, draft id.ID) (Draft, error) {
	return store.One(tx, one, scanWhole, draft, tx.By().User)
}

func keepFields(tx *store.Tx, d Draft, page string) error {
	body, err := d.fields.body()
	if err == nil {
		_, err = store.Exec(tx, keep, body, len(d.fields), d.Base, page, tx.Now().UnixMilli(), tx.By().User, calledOf(tx.By()), d.ID)
	}
	return err
}

// leave keeps what is left of a draft, as a draft of those who wrote it; nothing left is no draft.
func leave(tx *store.Tx, draft id.ID, left fields) error {
	if len(left) == 0 {
		_, err := store.Exec(tx, drop, draft)
		return err
	}
	body, err := left.body()
	if err == nil {
		last := left.last()
		_, err = store.Exec(tx, keepLeft, body, len(left), last.User, last.User, last.By, draft)
	}
	return err
}

func mineAfter(tx *store.Tx, after id.Mark, limit int64) ([]Listed, error) {
	if after == (id.Mark{}) {
		after = id.Mark{At: 1<<63 - 1, ID: id.Last}
	}
	var args []any
	for range 4 {
		args = append(args, tx.By().User, after.At, after.At, after.ID)
	}
	return store.Each(tx, mine, func(r store.Row) (l Listed, err error) {
		err = scanInto(&l.Draft, r, &l.Called)
		return l, err
	}, append(args, limit)...)
}
