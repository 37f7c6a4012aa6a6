package participation

import (
	"errors"
	"time"

	"tuntas/house/fail"
	"tuntas/house/store"
)

const openColumns = `o.number, o.category, o.state, o.outcome, o.region, o.status, o.judged, o.description, o.place, o.lat, o.lng, o.received_at, o.changed_at, o.due_on from open_reports o `

var (
	openOne      = store.SQL(`select ` + openColumns + `where o.number = ?`)                                                                          // index: the unique number
	openPage     = store.SQL(`select ` + openColumns + `where o.received_at >= ? and o.received_at <= ? {parts} order by o.id desc limit ? offset ?`) // index: reports_open
	openServices = store.NewPart(`and ? like '%,' || o.category || ',%'`)
	openStatus   = store.NewPart(`and o.status = ?`)
)

func scanOpened(row store.Row) (o Opened, err error) {
	var received, changed, judged int64
	err = row.Scan(&o.Number, &o.Category, &o.State, &o.Outcome, &o.Region, &o.Status, &judged, &o.Description, &o.Place, &o.Lat, &o.Lng, &received, &changed, &o.DueOn)
	o.ReceivedAt, o.ChangedAt, o.Judged = time.UnixMilli(received), time.UnixMilli(changed), judged == 1
	return o, err
}

func openNumbered(tx *store.Tx, numbers []string) (all []Opened, err error) {
	for _, n := range numbers {
		o, err := store.One(tx, openOne, scanOpened, plainNumber(n))
		if errors.Is(err, fail.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, nil
}

func openListed(tx *store.Tx, q OpenAsk, services, status []string) ([]Opened, error) {
	size, page := q.Size, max(1, q.Page)
	if size == 0 {
		size = usualOpen
	}
	s := openPage.With(len(services) > 0, openServices, between(services)).With(len(status) == 1, openStatus, first(status))
	return store.Each(tx, s, scanOpened, q.From.UnixMilli(), q.To.UnixMilli(), size, (page-1)*size)
}

func first(all []string) string {
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

// index: reports (centre_id, live, id)
var answeredAt = store.SQL(`select count(*), coalesce(sum(case when r.answered_on <= r.answer_due_on then 1 else 0 end), 0) from reports r
	where r.centre_id = ? and not r.sealed and r.answered_on is not null and {see r}`)
