package quality

import (
	"strings"
	"time"

	"tuntas/house/id"
	"tuntas/house/store"
)

const (
	orderColumns = `select o.id, o.version, o.user_id, o.name, o.indicators, o.centre_id, o.rhythm, o.day, o.hour, o.state, o.site, o.next_at, o.made_on from report_orders o `
	copyColumns  = `select c.id, c.order_id, c.due_at, c.made_at, c.email, c.subject, c.body from report_copies c `
)

var (
	orderOne   = store.System(orderColumns + `where o.id = ? and o.user_id = ?`)
	ordersMine = store.System(orderColumns + `where o.user_id = ? order by o.id desc limit 100`)                             // index: report_orders_user
	ordersNext = store.System(orderColumns + `where o.state = 'active' and o.next_at <= ? order by o.next_at, o.id limit ?`) // index: report_orders_due
	newOrder   = store.System(`insert into report_orders (id, version, user_id, name, indicators, centre_id, rhythm, day, hour, state, site, next_at, made_on)
		values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	setOrderRow = store.System(`update report_orders set version = version + 1, state = ?, next_at = ? where id = ? and version = ?`)
	passedOrder = store.System(`update report_orders set version = version + 1, state = ?, next_at = ? where id = ? and next_at = ? and state = 'active'`)

	newCopy    = store.System(`insert into report_copies (id, order_id, user_id, due_at, made_at, email, subject, body) values (?, ?, ?, ?, ?, ?, ?, ?)`)
	copyOne    = store.System(copyColumns + `where c.id = ? and c.user_id = ?`)
	copiesMine = store.System(copyColumns + `where c.user_id = ? order by c.id desc limit 20`) // index: report_copies_user
)

func scanOrder(r store.Row) (o Order, err error) {
	var figures string
	var next int64
	err = r.Scan(&o.ID, &o.Version, &o.User, &o.Name, &figures, &o.Centre, &o.Rhythm, &o.Day, &o.Hour, &o.State, &o.Site, &next, &o.MadeOn)
	o.Figures, o.NextAt = strings.Split(figures, ","), time.UnixMilli(next)
	return o, err
}

func orderByID(tx *store.Tx, order, user id.ID) (Order, error) {
	return store.One(tx, orderOne, scanOrder, order, user)
}

func ordersOf(tx *store.Tx, user id.ID) ([]Order, error) {
	return store.Each(tx, ordersMine, scanOrder, user)
}

func ordersDue(tx *store.Tx, now time.Time, limit int) ([]Order, error) {
	return store.Each(tx, ordersNext, scanOrder, now.UnixMilli(), limit)
}

func insertOrder(tx *store.Tx, o Order) error {
	_, err := store.Exec(tx, newOrder, o.ID, o.User, o.Name, strings.Join(o.Figures, ","), int64(o.Centre), o.Rhythm, o.Day, o.Hour, o.State, o.Site, o.NextAt.UnixMilli(), o.MadeOn)
	return err
}

func keepOrder(tx *store.Tx, o *Order) error {
	return store.Change(tx, &o.Version, setOrderRow, o.State, o.NextAt.UnixMilli(), o.ID, o.Version)
}

// passOrder sets the next moment of a report that was due at one; false where another instance has done so.
func passOrder(tx *store.Tx, o Order, due time.Time) (bool, error) {
	n, err := store.Exec(tx, passedOrder, o.State, o.NextAt.UnixMilli(), o.ID, due.UnixMilli())
	return n == 1, err
}

func insertCopy(tx *store.Tx, user id.ID, c Copy) error {
	_, err := store.Exec(tx, newCopy, c.ID, c.Order, user, c.DueAt.UnixMilli(), c.MadeAt.UnixMilli(), c.Email, c.Subject, c.Body)
	return err
}

func scanCopy(r store.Row) (c Copy, err error) {
	var due, made int64
	err = r.Scan(&c.ID, &c.Order, &due, &made, &c.Email, &c.Subject, &c.Body)
	c.DueAt, c.MadeAt = time.UnixMilli(due), time.UnixMilli(made)
	return c, err
}

func copyByID(tx *store.Tx, sent, user id.ID) (Copy, error) {
	return store.One(tx, copyOne, scanCopy, sent, user)
}

func copiesOf(tx *store.Tx, user id.ID) ([]Copy, error) {
	return store.Each(tx, copiesMine, scanCopy, user)
}
