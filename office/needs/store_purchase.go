package needs

import (
	"tuntas/house/id"
	"tuntas/house/store"
)

const purchaseColumns = `u.id, u.version, u.item, u.kind, u.name, u.unit, u.year, u.state, u.note, u.made_on, u.user_name`

var (
	// index: institution_needs_item, a range of one year
	alikeThere = store.SQL(`select n.item, min(n.name), min(n.unit), count(distinct n.centre_id), sum(n.quantity), sum(n.cost), min(n.unit_price), max(n.unit_price)
		from institution_needs n where n.year = ? and n.live and n.purchase_id is null and n.state in ('proposed', 'reviewed', 'approved', 'budgeted') and {see n}
		group by n.item having count(distinct n.centre_id) > 1 order by sum(n.cost) desc, n.item limit 50`)
	purchasesThere = store.SQL(`select ` + purchaseColumns + ` from purchases u where u.year = ? order by u.id desc limit 100`) // index: purchases (year, id)
	purchaseOne    = store.SQL(`select ` + purchaseColumns + ` from purchases u where u.id = ?`)
	newPurchase    = store.SQL(`insert into purchases (id, version, item, kind, name, unit, year, state, note, made_on, user_name) values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	setPurchase    = store.SQL(`update purchases set state = ?, version = version + 1 where id = ? and version = ?`)
)

func scanPurchase(r store.Row) (p Purchase, err error) {
	err = r.Scan(&p.ID, &p.Version, &p.Item, &p.Kind, &p.Name, &p.Unit, &p.Year, &p.State, &p.Note, &p.MadeOn, &p.By)
	return p, err
}

func purchaseByID(tx *store.Tx, purchase id.ID) (Purchase, error) {
	return store.One(tx, purchaseOne, scanPurchase, purchase)
}

func purchasesIn(tx *store.Tx, year int64) ([]Purchase, error) {
	return store.Each(tx, purchasesThere, scanPurchase, year)
}

func alikeIn(tx *store.Tx, year int64) ([]Alike, error) {
	return store.Each(tx, alikeThere, func(r store.Row) (a Alike, err error) {
		err = r.Scan(&a.Key, &a.Name, &a.Unit, &a.Centres, &a.Quantity, &a.Cost, &a.Low, &a.High)
		return a, err
	}, year)
}

func insertPurchase(tx *store.Tx, p Purchase) error {
	_, err := store.Exec(tx, newPurchase, p.ID, p.Item, p.Kind, p.Name, p.Unit, p.Year, p.State, p.Note, p.MadeOn, p.By)
	return err
}

func keepPurchase(tx *store.Tx, p *Purchase) error {
	return store.Change(tx, &p.Version, setPurchase, p.State, p.ID, p.Version)
}
