package upkeep

import (
	"time"

	"tuntas/house/store"
)

const copyColumns = `b.id, b.made_at, b.name, b.bytes, b.print, coalesce(b.tested_at, 0), b.faults, b.took_ms`

var (
	insertCopy  = store.System(`insert into backups (id, made_at, name, bytes, print) values (?, ?, ?, ?, ?)`)
	testCopy    = store.System(`update backups set tested_at = ?, faults = ?, took_ms = ? where id = ?`)
	copyByPrint = store.System(`select ` + copyColumns + ` from backups b where b.print = ?`)                                                          // index: the unique print
	lastCopies  = store.System(`select ` + copyColumns + ` from backups b order by b.made_at desc, b.id desc limit 10`)                                // index: backups (made_at, id)
	lastTested  = store.System(`select ` + copyColumns + ` from backups b where b.tested_at is not null order by b.tested_at desc, b.id desc limit 1`) // index: backups (tested_at, id)
)

func scanCopy(r store.Row) (c Copy, err error) {
	var made, tested, took int64
	err = r.Scan(&c.ID, &made, &c.Name, &c.Bytes, &c.Print, &tested, &c.Faults, &took)
	c.Made, c.Took = time.UnixMilli(made), time.Duration(took)*time.Millisecond
	if tested > 0 {
		c.Tested = time.UnixMilli(tested)
	}
	return c, err
}

func copyOf(tx *store.Tx, print string) (Copy, error) {
	return store.One(tx, copyByPrint, scanCopy, print)
}
