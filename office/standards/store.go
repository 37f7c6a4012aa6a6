package standards

import (
	"cmp"

	"tuntas/house/clock"
	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
)

const heldColumns = `d.id, d.key, d.edition, d.name, d.name_en, d.valid_from, d.valid_to, d.source, d.status, d.criteria, d.used, d.added_on, d.user_name, d.sha`

const campaignColumns = `k.id, k.version, k.name, k.standard_id, k.standard_key, k.from_on, k.to_on, k.due_on, k.state, k.opened_on, k.closed_on, k.user_name`

const selfColumns = `a.id, a.version, a.campaign_id, a.centre_id, a.standard_id, a.standard_key, a.state, a.submitted_on, a.submitted_by, a.returned_on, a.returned_why,
	a.verified_on, a.verified_by, a.verified_note`

var (
	allStandards  = store.SQL(`select ` + heldColumns + ` from standards d order by d.key, d.id limit 500`) // index: standards (key, edition); an office has a handful
	standardNamed = store.SQL(`select ` + heldColumns + `, d.body from standards d where d.key = ? and d.edition = ?`)
	// The text of a file comes only to who does not know it by its sum already.
	bodyOfStandard = store.SQL(`select d.sha, case when d.sha = ? then '' else d.body end from standards d where d.id = ?`)
	newStandard    = store.SQL(`insert into standards (id, version, key, edition, name, name_en, valid_from, valid_to, source, status, criteria, sha, body, used, added_on, user_id, user_name)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	otherStandard = store.SQL(`update standards set version = version + 1, name = ?, name_en = ?, valid_from = ?, valid_to = ?, source = ?, status = ?, criteria = ?, sha = ?, body = ?,
		added_on = ?, user_id = ?, user_name = ? where id = ? and not used`)
	usedStandard = store.SQL(`update standards set used = true where id = ?`)

	campaignsNewest = store.SQL(`select ` + campaignColumns + ` from campaigns k where k.id < ? order by k.id desc limit ?`) // index: the primary key
	campaignOne     = store.SQL(`select ` + campaignColumns + ` from campaigns k where k.id = ?`)
	newCampaign     = store.SQL(`insert into campaigns (id, version, name, standard_id, standard_key, from_on, to_on, due_on, state, opened_on, closed_on, user_id, user_name)
		values (?, 1, ?, ?, ?, ?, ?, ?, 'open', ?, null, ?, ?)`)
	closedCampaign = store.SQL(`update campaigns set version = version + 1, state = 'closed', closed_on = ? where id = ? and version = ? and state = 'open'`)

	newSelf = store.SQL(`insert into self_assessments (id, version, campaign_id, standard_id, standard_key, state, submitted_on, submitted_by, returned_on, returned_why,
			verified_on, verified_by, verified_note, centre_id)
		select ?, 1, ?, ?, ?, 'open', null, '', null, '', null, '', '', e.id from centres e where e.id = ? and e.client_service and {see e}`)
	selfOne        = store.SQL(`select ` + selfColumns + ` from self_assessments a where a.id = ? and {see a}`)
	selvesOfRound  = store.SQL(`select ` + selfColumns + ` from self_assessments a where a.campaign_id = ? and a.id > ? and {see a} order by a.id limit ?`)                           // index: self_assessments (campaign_id, centre_id); one for each centre
	selvesOfCentre = store.SQL(`select ` + selfColumns + ` from self_assessments a where a.centre_id = ? and a.id < ? and {see a} order by a.id desc limit ?`)                        // index: self_assessments (centre_id, id)
	selfBefore     = store.SQL(`select ` + selfColumns + ` from self_assessments a where a.centre_id = ? and a.standard_key = ? and a.id < ? and {see a} order by a.id desc limit 1`) // index: self_assessments (centre_id, standard_key, id)
	// index: self_assessments (centre_id, id); one for each centre and campaign
	selvesHandedIn = store.SQL(`select ` + selfColumns + ` from self_assessments a where a.id in (select max(b.id) from self_assessments b where b.state <> 'open' and {see b} group by b.centre_id) and {see a} order by a.centre_id`)
	movedSelf      = store.SQL(`update self_assessments set version = version + 1, state = ?, submitted_on = ?, submitted_by = ?, returned_on = ?, returned_why = ?, verified_on = ?, verified_by = ?, verified_note = ?
		where id = ? and version = ? and {see self_assessments}`)
	touchedSelf = store.SQL(`update self_assessments set version = version + 1 where id = ? and state = ? and {see self_assessments}`)
)

func scanHeld(r store.Row) (h Held, err error) {
	err = r.Scan(&h.ID, &h.Key, &h.Edition, &h.Name, &h.NameEn, &h.ValidFrom, &h.ValidTo, &h.Source, &h.Status, &h.Criteria, &h.Used, &h.AddedOn, &h.By, &h.sha)
	return h, err
}

func standardsHeld(tx *store.Tx) ([]Held, error) { return store.Each(tx, allStandards, scanHeld) }

func standardByName(tx *store.Tx, key, edition string) (h Held, body string, err error) {
	h, err = store.One(tx, standardNamed, func(r store.Row) (h Held, err error) {
		err = r.Scan(&h.ID, &h.Key, &h.Edition, &h.Name, &h.NameEn, &h.ValidFrom, &h.ValidTo, &h.Source, &h.Status, &h.Criteria, &h.Used, &h.AddedOn, &h.By, &h.sha, &body)
		return h, err
	}, key, edition)
	return h, body, err
}

func standardText(tx *store.Tx, standard id.ID, known string) (sha, body string, err error) {
	_, err = store.One(tx, bodyOfStandard, func(r store.Row) (bool, error) { return true, r.Scan(&sha, &body) }, known, standard)
	return sha, body, err
}

func insertStandard(tx *store.Tx, h Held, body []byte, used bool) error {
	_, err := store.Exec(tx, newStandard, h.ID, h.Key, h.Edition, h.Name, h.NameEn, h.ValidFrom, h.ValidTo, h.Source, h.Status, h.Criteria, h.sha, string(body), used,
		h.AddedOn, tx.By().User, tx.By().Name)
	return err
}

func replaceStandard(tx *store.Tx, h Held, body []byte) (int64, error) {
	return store.Exec(tx, otherStandard, h.Name, h.NameEn, h.ValidFrom, h.ValidTo, h.Source, h.Status, h.Criteria, h.sha, string(body), h.AddedOn, tx.By().User, h.By, h.ID)
}

func useStandard(tx *store.Tx, standard id.ID) error {
	_, err := store.Exec(tx, usedStandard, standard)
	return err
}

func scanCampaign(r store.Row) (c Campaign, err error) {
	err = r.Scan(&c.ID, &c.Version, &c.Name, &c.standard, &c.Key, &c.From, &c.To, &c.DueOn, &c.State, &c.OpenedOn, &c.ClosedOn, &c.By)
	return c, err
}

func campaignByID(tx *store.Tx, campaign id.ID) (Campaign, error) {
	return store.One(tx, campaignOne, scanCampaign, campaign)
}

func campaignsBefore(tx *store.Tx, before id.ID, limit int64) ([]Campaign, error) {
	return store.Each(tx, campaignsNewest, scanCampaign, cmp.Or(before, id.Last), limit)
}

func insertCampaign(tx *store.Tx, c Campaign) error {
	_, err := store.Exec(tx, newCampaign, c.ID, c.Name, c.standard, c.Key, c.From, c.To, c.DueOn, c.OpenedOn, tx.By().User, c.By)
	return err
}

func closeCampaign(tx *store.Tx, c *Campaign, on clock.Day) error {
	n, err := store.Exec(tx, closedCampaign, on, c.ID, c.Version)
	if err == nil && n == 0 {
		return fail.Stale
	}
	c.Version, c.State, c.ClosedOn = c.Version+1, Closed, on
	return err
}

func scanSelf(r store.Row) (a Self, err error) {
	err = r.Scan(&a.ID, &a.Version, &a.Campaign, &a.Centre, &a.standard, &a.Key, &a.State, &a.SubmittedOn, &a.SubmittedBy, &a.ReturnedOn, &a.ReturnedWhy,
		&a.VerifiedOn, &a.VerifiedBy, &a.VerifiedNote)
	return a, err
}

func selfByID(tx *store.Tx, self id.ID) (Self, error) {
	return store.One(tx, selfOne, scanSelf, self)
}

func newestHandedIn(tx *store.Tx) ([]Self, error) { return store.Each(tx, selvesHandedIn, scanSelf) }

func insertSelf(tx *store.Tx, c Campaign, centre id.ID) error {
	n, err := store.Exec(tx, newSelf, id.New(), c.ID, c.standard, c.Key, centre)
	if err == nil && n == 0 {
		return fail.Bad("centres", "unknown", "UPT ini tidak dikenal atau tidak melayani penerima manfaat.")
	}
	return err
}

func selvesOf(tx *store.Tx, campaign, after id.ID, limit int64) ([]Self, error) {
	return store.Each(tx, selvesOfRound, scanSelf, campaign, int64(after), limit)
}

func selvesAt(tx *store.Tx, centre, before id.ID, limit int64) ([]Self, error) {
	return store.Each(tx, selvesOfCentre, scanSelf, centre, cmp.Or(before, id.Last), limit)
}

// previousOf gives the self-assessment of the same institution by the same standard before this one; zero when there is none.
func previousOf(tx *store.Tx, a Self) (Self, error) {
	found, err := store.Each(tx, selfBefore, scanSelf, a.Centre, a.Key, a.ID)
	if err != nil || len(found) == 0 {
		return Self{}, err
	}
	return found[0], nil
}

// moveSelf keeps a new state of a self-assessment, if nobody changed it in between.
func moveSelf(tx *store.Tx, a *Self) error {
	n, err := store.Exec(tx, movedSelf, a.State, a.SubmittedOn, a.SubmittedBy, a.ReturnedOn, a.ReturnedWhy, a.VerifiedOn, a.VerifiedBy, a.VerifiedNote, a.ID, a.Version)
	if err == nil && n == 0 {
		return fail.Stale
	}
	a.Version++
	return err
}

// touchSelf holds a self-assessment in its state until the transaction ends: who changes an answer and who submits or
// takes back come one after the other.
func touchSelf(tx *store.Tx, a *Self) error {
	n, err := store.Exec(tx, touchedSelf, a.ID, a.State)
	if err == nil && n == 0 {
		return fail.Stale
	}
	a.Version++
	return err
}
