package potential

import (
	"cmp"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const (
	potentialColumns = `p.id, p.version, p.kind, p.name, p.region, p.place, p.lat, p.lng, p.contact_name, p.phone, p.email, p.skills, p.goods, p.days, p.from_time, p.to_time,
		p.capacity, p.clearance, p.clearance_no, p.clearance_by, p.clearance_until, p.supervisor, p.state, p.user_id, p.user_name, p.made_on, p.changed_on`
	offerColumns = `o.id, o.version, o.kind, o.what, o.quantity, o.unit, o.promised, o.from_on, o.until_on, o.reach, o.note, o.state, o.user_id, o.user_name, o.made_on, o.reminded_on, ` +
		potentialColumns + ` from potential_offers o join potentials p on p.id = o.potential_id `
)

var (
	potentialOne  = store.SQL(`select ` + potentialColumns + ` from potentials p where p.id = ?`)
	potentialList = store.SQL(`select ` + potentialColumns + ` from potentials p where p.state = ? and p.id > ? {parts} order by p.id limit ?`) // index: potentials_state, potentials_region
	potentialsN   = store.SQL(`select count(*) from potentials p where p.state = ? {parts}`)
	ofKind        = store.NewPart(`and p.kind = ?`)
	ofRegion      = store.NewPart(`and p.region = ?`)
	// By the beginning of a word; index: potential_words (word, potential_id).
	potentialsWith = store.SQL(`select distinct ` + potentialColumns + ` from potential_words w join potentials p on p.id = w.potential_id
		where w.word >= ? and w.word < ? and p.state = ? and p.id > ? {parts} order by p.id limit ?`)
	potentialsWithN = store.SQL(`select count(distinct p.id) from potential_words w join potentials p on p.id = w.potential_id where w.word >= ? and w.word < ? and p.state = ? {parts}`)
	regionsN        = store.SQL(`select p.region, count(*) from potentials p where p.state = 'active' group by p.region`)

	newPotential = store.SQL(`insert into potentials (id, version, kind, name, region, place, lat, lng, contact_name, phone, email, skills, goods, days, from_time, to_time, capacity,
			clearance, clearance_no, clearance_by, clearance_until, supervisor, state, user_id, user_name, made_on, changed_on, reminded_on)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null)`)
	keptPotential = store.SQL(`update potentials set version = version + 1, kind = ?, name = ?, region = ?, place = ?, lat = ?, lng = ?, contact_name = ?, phone = ?, email = ?, skills = ?,
			goods = ?, days = ?, from_time = ?, to_time = ?, capacity = ?, clearance = ?, clearance_no = ?, clearance_by = ?, clearance_until = ?, supervisor = ?, state = ?,
			changed_on = ?, reminded_on = null where id = ? and version = ?`)
	newWord   = store.SQL(`insert into potential_words (id, potential_id, word) values (?, ?, ?)`)
	dropWords = store.SQL(`delete from potential_words where potential_id = ?`)

	offerOne   = store.SQL(`select ` + offerColumns + `where o.id = ?`)
	offersList = store.SQL(`select ` + offerColumns + `where o.id < ? {parts} order by o.id desc limit ?`)
	offersHow  = store.SQL(`select count(*) from potential_offers o join potentials p on p.id = o.potential_id where o.id > 0 {parts}`)
	offerOpen  = store.NewPart(`and o.state = 'open' and o.until_on >= ?`)
	offerPast  = store.NewPart(`and (o.state <> 'open' or o.until_on < ?)`)
	offerKind  = store.NewPart(`and o.kind = ?`)
	// By a district that they can serve; index: offer_places (region, kind, offer_id).
	offersTo    = store.SQL(`select ` + offerColumns + `join offer_places s on s.offer_id = o.id where s.region = ? and o.id < ? {parts} order by o.id desc limit ?`)
	offersToHow = store.SQL(`select count(*) from offer_places s join potential_offers o on o.id = s.offer_id join potentials p on p.id = o.potential_id where s.region = ? {parts}`)
	offersFrom  = store.SQL(`select ` + offerColumns + `where o.potential_id = ? order by o.id desc limit 50`) // index: potential_offers_potential
	// Those that can serve a district: the newest 200 that still have something left.
	offersAround = store.SQL(`select ` + offerColumns + `join offer_places s on s.offer_id = o.id
		where s.region = ? and s.kind = ? and o.state = 'open' and o.until_on >= ? and o.promised < o.quantity and p.state = 'active' order by o.id desc limit 200`)
	placesOf = store.SQL(`select s.region from offer_places s where s.offer_id = ? order by s.region`)

	newOffer = store.SQL(`insert into potential_offers (id, version, potential_id, kind, what, quantity, unit, promised, from_on, until_on, reach, note, state, user_id, user_name, made_on, reminded_on)
		values (?, 1, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, 'open', ?, ?, ?, null)`)
	// The quantity never falls below what is promised, whoever promises at the same time.
	keptOffer = store.SQL(`update potential_offers set version = version + 1, kind = ?, what = ?, quantity = ?, unit = ?, from_on = ?, until_on = ?, reach = ?, note = ?, state = ?,
		reminded_on = ? where id = ? and version = ? and promised <= ?`)
	closedOffers = store.SQL(`update potential_offers set version = version + 1, state = 'closed' where potential_id = ? and state = 'open'`)
	newPlace     = store.SQL(`insert into offer_places (id, offer_id, region, kind) values (?, ?, ?, ?)`)
	dropPlaces   = store.SQL(`delete from offer_places where offer_id = ?`)

	// What a promise takes is taken in one statement that looks and writes at once.
	offerTaken = store.SQL(`update potential_offers set promised = promised + ? where id = ? and promised + ? >= 0 and promised + ? <= quantity`)

	offersStale  = store.SQL(`select ` + offerColumns + `where o.state = 'open' and o.until_on < ? order by o.until_on, o.id limit 200`) // index: potential_offers_until
	offersEnding = store.SQL(`select ` + offerColumns + `where o.state = 'open' and o.until_on >= ? and o.until_on <= ? and o.reminded_on is null order by o.until_on, o.id limit 200`)
	// index: potentials_clearance
	clearancesEnding = store.SQL(`select ` + potentialColumns + ` from potentials p where p.state = 'active' and p.clearance_until >= ? and p.clearance_until <= ? and p.reminded_on is null
		order by p.clearance_until, p.id limit 200`)
	clearanceTold = store.SQL(`update potentials set reminded_on = ? where id = ? and version = ?`)
)

func scanInto(p *Potential) []any {
	return []any{&p.ID, &p.Version, &p.Kind, &p.Name, &p.Region, &p.Place, &p.Lat, &p.Lng, &p.Contact, &p.Phone, &p.Email, &p.Skills, &p.Goods, &p.Days, &p.From, &p.To,
		&p.Capacity, &p.Clearance, &p.ClearanceNo, &p.ClearanceBy, &p.ClearanceUntil, &p.Supervisor, &p.State, &p.User, &p.By, &p.MadeOn, &p.ChangedOn}
}

func scanPotential(r store.Row) (p Potential, err error) {
	err = r.Scan(scanInto(&p)...)
	return p, err
}

func scanOffer(r store.Row) (o Offer, err error) {
	err = r.Scan(append([]any{&o.ID, &o.Version, &o.Kind, &o.What, &o.Quantity, &o.Unit, &o.Promised, &o.From, &o.Until, &o.Reach, &o.Note, &o.State, &o.User, &o.By, &o.MadeOn, &o.RemindedOn},
		scanInto(&o.Potential)...)...)
	return o, err
}

func potentialByID(tx *store.Tx, potential id.ID) (Potential, error) {
	return store.One(tx, potentialOne, scanPotential, potential)
}

// narrowed puts the filter of the register into a statement.
func narrowed(st *store.Stmt, f Filter) *store.Query {
	return st.With(f.Kind != "", ofKind, f.Kind).With(f.Region != "", ofRegion, f.Region)
}

// behind is the first text behind all that begin with a word.
func behind(word string) string { return word + "\U0010FFFF" }

func stateOf(f Filter) string {
	if f.Retired {
		return Retired
	}
	return Active
}

func potentialsBy(tx *store.Tx, f Filter) ([]Potential, error) {
	if f.Word != "" {
		return store.Each(tx, narrowed(potentialsWith, f), scanPotential, f.Word, behind(f.Word), stateOf(f), int64(f.After), f.Limit)
	}
	return store.Each(tx, narrowed(potentialList, f), scanPotential, stateOf(f), int64(f.After), f.Limit)
}

func countPotentials(tx *store.Tx, f Filter) (int64, error) {
	if f.Word != "" {
		return store.One(tx, narrowed(potentialsWithN, f), store.Int, f.Word, behind(f.Word), stateOf(f))
	}
	return store.One(tx, narrowed(potentialsN, f), store.Int, stateOf(f))
}

func countRegions(tx *store.Tx) (map[string]int64, error) {
	n := map[string]int64{}
	type at struct {
		region string
		n      int64
	}
	return n, store.Stream(tx, regionsN, func(r store.Row) (a at, err error) {
		err = r.Scan(&a.region, &a.n)
		return a, err
	}, func(a at) error {
		n[a.region] = a.n
		return nil
	})
}

func insertPotential(tx *store.Tx, p Potential) error {
	if _, err := store.Exec(tx, newPotential, p.ID, p.Kind, p.Name, p.Region, p.Place, p.Lat, p.Lng, p.Contact, p.Phone, p.Email, p.Skills, p.Goods, p.Days, p.From, p.To, p.Capacity,
		p.Clearance, p.ClearanceNo, p.ClearanceBy, p.ClearanceUntil, p.Supervisor, p.State, p.User, p.By, p.MadeOn, p.ChangedOn); err != nil {
		return err
	}
	return putWords(tx, p)
}

func putWords(tx *store.Tx, p Potential) error {
	if _, err := store.Exec(tx, dropWords, p.ID); err != nil {
		return err
	}
	for _, w := range wordsOf(p.Name, p.Skills, p.Goods) {
		if _, err := store.Exec(tx, newWord, id.New(), p.ID, w); err != nil {
			return err
		}
	}
	return nil
}

func keepPotential(tx *store.Tx, p *Potential) error {
	if err := store.Change(tx, &p.Version, keptPotential, p.Kind, p.Name, p.Region, p.Place, p.Lat, p.Lng, p.Contact, p.Phone, p.Email, p.Skills, p.Goods, p.Days, p.From, p.To, p.Capacity,
		p.Clearance, p.ClearanceNo, p.ClearanceBy, p.ClearanceUntil, p.Supervisor, p.State, p.ChangedOn, p.ID, p.Version); err != nil {
		return err
	}
	return putWords(tx, *p)
}

func offerByID(tx *store.Tx, offer id.ID) (o Offer, err error) {
	if o, err = store.One(tx, offerOne, scanOffer, offer); err != nil {
		return o, err
	}
	o.Places, err = store.Each(tx, placesOf, store.Text, offer)
	return o, err
}

func offersOf(tx *store.Tx, potential id.ID) ([]Offer, error) {
	return store.Each(tx, offersFrom, scanOffer, potential)
}

func offersServing(tx *store.Tx, region, kind string, on clock.Day) ([]Offer, error) {
	return store.Each(tx, offersAround, scanOffer, region, kind, on)
}

func offersNarrowed(tx *store.Tx, st *store.Stmt, f OfferFilter) *store.Query {
	today := tx.Today()
	return st.With(f.Show == "" || f.Show == "open", offerOpen, today).With(f.Show == "past", offerPast, today).With(f.Kind != "", offerKind, f.Kind)
}

func offersBy(tx *store.Tx, f OfferFilter) ([]Offer, error) {
	if f.Region != "" {
		return store.Each(tx, offersNarrowed(tx, offersTo, f), scanOffer, f.Region, int64(cmp.Or(f.After, id.Last)), f.Limit)
	}
	return store.Each(tx, offersNarrowed(tx, offersList, f), scanOffer, int64(cmp.Or(f.After, id.Last)), f.Limit)
}

func countOffers(tx *store.Tx, f OfferFilter) (int64, error) {
	if f.Region != "" {
		return store.One(tx, offersNarrowed(tx, offersToHow, f), store.Int, f.Region)
	}
	return store.One(tx, offersNarrowed(tx, offersHow, f), store.Int)
}

func insertOffer(tx *store.Tx, o Offer) error {
	if _, err := store.Exec(tx, newOffer, o.ID, o.Potential.ID, o.Kind, o.What, o.Quantity, o.Unit, o.From, o.Until, o.Reach, o.Note, o.User, o.By, o.MadeOn); err != nil {
		return err
	}
	return putPlaces(tx, o)
}

func putPlaces(tx *store.Tx, o Offer) error {
	if _, err := store.Exec(tx, dropPlaces, o.ID); err != nil {
		return err
	}
	for _, region := range o.Places {
		if _, err := store.Exec(tx, newPlace, id.New(), o.ID, region, o.Kind); err != nil {
			return err
		}
	}
	return nil
}

func keepOffer(tx *store.Tx, o *Offer, places bool) error {
	err := store.Change(tx, &o.Version, keptOffer, o.Kind, o.What, o.Quantity, o.Unit, o.From, o.Until, o.Reach, o.Note, o.State, o.RemindedOn, o.ID, o.Version, o.Quantity)
	if err != nil || !places {
		return err
	}
	return putPlaces(tx, *o)
}

func closeOffersOf(tx *store.Tx, potential id.ID) error {
	_, err := store.Exec(tx, closedOffers, potential)
	return err
}

// take moves what is promised of the offer and of the request by n. Both rows are always taken in this order, so that two
// who promise at once wait for each other and never for themselves.
func take(tx *store.Tx, p Promise, n int64) error {
	if n == 0 {
		return nil
	}
	done, err := store.Exec(tx, offerTaken, n, p.Offer, n, n)
	if err == nil && done == 1 {
		done, err = store.Exec(tx, requestTaken, n, p.Request, n, n)
	}
	if err == nil && done == 0 {
		return fail.Clash("promise-taken", "Sebagian sudah dijanjikan orang lain. Muat ulang, lalu lihat sisanya.")
	}
	return err
}
