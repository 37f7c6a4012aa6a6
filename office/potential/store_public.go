package potential

import (
	"cmp"
	"errors"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const (
	letterColumns = `l.id, l.version, l.request_id, coalesce((select h.what from help_requests h where h.id = l.request_id and {see h}), ''), l.centre_id, coalesce(e.name, ''), l.name, l.phone, l.email,
		l.region, l.kind, l.what, l.quantity, l.unit, l.times, l.state, l.received_at, l.received_on, l.decided_on, l.why, l.offer_id, l.user_name, l.forget_on
		from help_letters l left join centre_list e on e.id = l.centre_id `
	openColumns = `q.id, q.centre_id, e.name, e.region, q.kind, q.what, q.details, q.quantity, q.remaining, q.unit, q.needed_on, q.children from open_requests q join centre_list e on e.id = q.centre_id `
	workColumns = `w.id, w.version, w.person_id, p.called, w.centre_id, e.name, w.consent_id, w.kind, w.title, w.text, w.price, w.contact, w.until_on, w.state, w.ended_on, w.why, w.user_name,
		w.made_on, coalesce(c.withdrawn_on, c.expires_on), c.withdrawn_on is not null
		from resident_works w join persons p on p.id = w.person_id join consents c on c.id = w.consent_id join centre_list e on e.id = w.centre_id `
)

var (
	letterOne      = store.SQL(`select ` + letterColumns + `where l.id = ? and {see l}`)
	lettersWait    = store.SQL(`select ` + letterColumns + `where l.state = 'incoming' and l.id > ? and {see l} order by l.id limit ?`)       // index: help_letters_state
	lettersDecided = store.SQL(`select ` + letterColumns + `where l.state <> 'incoming' and l.id < ? and {see l} order by l.id desc limit ?`) // index: the key
	lettersN       = store.SQL(`select count(*) from help_letters l where l.state = 'incoming' and {see l}`)
	// A letter belongs to nobody when it comes; it is written under the office, of which the oldest institution stands.
	newLetter = store.SQL(`insert into help_letters (id, version, token, request_id, centre_id, name, phone, email, region, kind, what, quantity, unit, times, state, received_at, received_on,
			decided_on, why, offer_id, user_name, forget_on)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'incoming', ?, ?, null, '', null, '', null
		from centres e where e.id = (select min(k.id) from centre_list k) and {see e} on conflict (token) do nothing`)
	keptLetter = store.SQL(`update help_letters set version = version + 1, state = ?, decided_on = ?, why = ?, offer_id = ?, user_name = ?, forget_on = ?
		where id = ? and version = ? and {see help_letters}`)
	lettersToForget = store.SQL(`select ` + letterColumns + `where l.forget_on <= ? and {see l} order by l.id limit 200`) // index: help_letters_forget
	letterForgotten = store.SQL(`update help_letters set version = version + 1, name = '', phone = '', email = '', times = '', forget_on = null where id = ? and version = ? and {see help_letters}`)

	openList   = store.SQL(`select ` + openColumns + `where q.ends_on >= ? {parts} order by q.needed_on, q.id limit ?`) // index: help_requests_ends
	openOne    = store.SQL(`select ` + openColumns + `where q.id = ? and q.ends_on >= ?`)
	openCentre = store.NewPart(`and q.centre_id = ?`)
	openKind   = store.NewPart(`and q.kind = ?`)
	openRegion = store.NewPart(`and e.region = ?`)
	openAfter  = store.NewPart(`and (q.needed_on > ? or q.needed_on = ? and q.id > ?)`)
	openNeeded = store.SQL(`select q.needed_on from open_requests q where q.id = ?`)

	workOne  = store.SQL(`select ` + workColumns + `where w.id = ? and {see w} and {see p} and {see c}`)
	workList = store.SQL(`select ` + workColumns + `where w.id < ? and {see w} and {see p} and {see c} order by w.id desc limit ?`)
	newWork  = store.SQL(`insert into resident_works (id, version, consent_id, kind, title, text, price, contact, until_on, state, ended_on, why, user_name, made_on, person_id, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, ?, 'shown', null, '', ?, ?, a.person_id, a.centre_id from person_centre a where a.person_id = ? and a.centre_id = ? and {see a}`)
	keptWork    = store.SQL(`update resident_works set version = version + 1, state = ?, ended_on = ?, why = ? where id = ? and version = ? and {see resident_works}`)
	personAt    = store.SQL(`select a.centre_id from person_centre a where a.person_id = ? and {see a} order by a.centre_id desc limit 1`)
	worksPublic = store.SQL(`select v.id, v.centre_id, e.name, e.region, v.kind, v.title, v.text, v.price, v.contact from works_list v join centre_list e on e.id = v.centre_id
		where v.until_on >= ? and v.given_on <= ? and v.consent_until >= ? and v.id < ? {parts} order by v.id desc limit ?`)  // index: resident_works_state
	workKind = store.NewPart(`and v.kind = ?`)
)

func scanLetter(r store.Row) (l Letter, err error) {
	var at int64
	err = r.Scan(&l.ID, &l.Version, &l.Request, &l.Asked, &l.Centre, &l.At, &l.Name, &l.Phone, &l.Email, &l.Region, &l.Kind, &l.What, &l.Quantity, &l.Unit, &l.Times, &l.State, &at,
		&l.ReceivedOn, &l.DecidedOn, &l.Why, &l.Offer, &l.By, &l.ForgetOn)
	l.ReceivedAt = time.UnixMilli(at)
	return l, err
}

func letterByID(tx *store.Tx, letter id.ID) (Letter, error) {
	return store.One(tx, letterOne, scanLetter, letter)
}

func lettersBy(tx *store.Tx, show string, after id.ID, limit int64) ([]Letter, error) {
	if show == "past" {
		return store.Each(tx, lettersDecided, scanLetter, int64(cmp.Or(after, id.Last)), limit)
	}
	return store.Each(tx, lettersWait, scanLetter, int64(after), limit)
}

func lettersWaiting(tx *store.Tx) (int64, error) { return store.One(tx, lettersN, store.Int) }

// insertLetter tells whether the letter is new: a form that comes twice has one token.
func insertLetter(tx *store.Tx, l Letter, token string) (bool, error) {
	n, err := store.Exec(tx, newLetter, l.ID, token, l.Request, l.Centre, l.Name, l.Phone, l.Email, l.Region, l.Kind, l.What, l.Quantity, l.Unit, l.Times, l.ReceivedAt.UnixMilli(), l.ReceivedOn)
	return n > 0, err
}

func keepLetter(tx *store.Tx, l *Letter) error {
	return store.Change(tx, &l.Version, keptLetter, l.State, l.DecidedOn, l.Why, l.Offer, l.By, l.ForgetOn, l.ID, l.Version)
}

func scanOpen(r store.Row) (o OpenRequest, err error) {
	err = r.Scan(&o.ID, &o.Centre, &o.At, &o.Region, &o.Kind, &o.What, &o.Details, &o.Quantity, &o.Left, &o.Unit, &o.NeededOn, &o.Children)
	return o, err
}

func openRequests(tx *store.Tx, f OpenFilter) ([]OpenRequest, error) {
	var from string
	if f.After != 0 {
		var err error
		if from, err = store.One(tx, openNeeded, store.Text, f.After); err != nil && !errors.Is(err, fail.NotFound) {
			return nil, err
		}
	}
	q := openList.With(f.Centre != 0, openCentre, f.Centre).With(f.Kind != "", openKind, f.Kind).With(f.Region != "", openRegion, f.Region).With(from != "", openAfter, from, from, f.After)
	return store.Each(tx, q, scanOpen, tx.Today(), cmp.Or(f.Limit, 20))
}

func openRequest(tx *store.Tx, request id.ID) (OpenRequest, error) {
	return store.One(tx, openOne, scanOpen, request, tx.Today())
}

func scanWork(r store.Row) (w Work, err error) {
	err = r.Scan(&w.ID, &w.Version, &w.Person, &w.Called, &w.Centre, &w.At, &w.Consent, &w.Kind, &w.Title, &w.Text, &w.Price, &w.Contact, &w.Until, &w.State, &w.EndedOn, &w.Why, &w.By,
		&w.MadeOn, &w.ConsentEnd, &w.Withdrawn)
	return w, err
}

func workByID(tx *store.Tx, work id.ID) (Work, error) {
	return store.One(tx, workOne, scanWork, work)
}

func worksBy(tx *store.Tx, after id.ID, limit int64) ([]Work, error) {
	return store.Each(tx, workList, scanWork, int64(cmp.Or(after, id.Last)), limit)
}

func insertWork(tx *store.Tx, w Work) error {
	n, err := store.Exec(tx, newWork, w.ID, w.Consent, w.Kind, w.Title, w.Text, w.Price, w.Contact, w.Until, w.By, w.MadeOn, w.Person, w.Centre)
	if err == nil && n == 0 {
		return fail.NotFound
	}
	return err
}

func keepWork(tx *store.Tx, w *Work) error {
	return store.Change(tx, &w.Version, keptWork, w.State, w.EndedOn, w.Why, w.ID, w.Version)
}

// centreOf is an institution of the asker's at which a person is present.
func centreOf(tx *store.Tx, of id.ID) (id.ID, error) {
	at, err := store.One(tx, personAt, store.IDs, of)
	if errors.Is(err, fail.NotFound) {
		return 0, fail.NotFound
	}
	return at, err
}

func publicWorks(tx *store.Tx, kind string, after id.ID, limit int64) ([]PublicWork, error) {
	today := tx.Today()
	q := worksPublic.With(kind != "", workKind, kind)
	return store.Each(tx, q, func(r store.Row) (w PublicWork, err error) {
		err = r.Scan(&w.ID, &w.Centre, &w.At, &w.Region, &w.Kind, &w.Title, &w.Text, &w.Price, &w.Contact)
		return w, err
	}, today, today, today, int64(cmp.Or(after, id.Last)), limit)
}
