package comments

import (
	"cmp"
	"strings"
	"time"

	"tuntas/house/fail"
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/publication"
)

const commentColumns = `c.id, c.version, c.article_id, c.centre_id, a.title, a.slug, c.state, c.lane, c.name, c.body, c.shown_text, c.names, c.reason, c.note, c.answer, c.answer_by,
	c.answered_at, c.received_at, c.decided_at, c.decided_name, coalesce(c.report_id, 0), c.same, c.network from comments c join articles a on a.id = c.article_id `

var (
	newComment = store.SQL(`insert into comments (id, version, state, lane, name, body, shown_text, names, reason, note, answer, answer_by, answered_at, received_at, decided_at, decided_by,
		decided_name, report_id, code_hash, same, network, article_id, centre_id)
		select ?, 1, ?, ?, ?, ?, ?, ?, '', '', '', '', 0, ?, 0, null, '', null, ?, ?, ?, a.id, case when ? = 'alarm' then 0 else a.centre_id end from articles a where a.id = ? and {see a}`)
	changedComment = store.SQL(`update comments set version = version + 1, centre_id = ?, state = ?, name = ?, body = ?, shown_text = ?, names = ?, reason = ?, note = ?, answer = ?, answer_by = ?, answered_at = ?,
		decided_at = ?, decided_by = ?, decided_name = ?, report_id = ?, same = ?, network = ? where id = ? and version = ? and {see comments}`)
	commentOne = store.SQL(`select ` + commentColumns + `where c.id = ? and {see c} and {see a}`)
	ownComment = store.SQL(`select ` + commentColumns + `where c.code_hash = ? and c.state <> 'erased' and {see c} and {see a}`) // index: the unique code_hash

	// What waits, the oldest first. index: comments_state, comments_centre
	queueAll  = store.SQL(`select ` + commentColumns + `where c.state = ? and c.id > ? and {see c} and {see a} {parts} order by c.id limit ?`)
	decided   = store.SQL(`select ` + commentColumns + `where c.state = ? and c.id < ? and {see c} and {see a} order by c.id desc limit ?`)
	inLane    = store.NewPart(`and c.lane = ?`)
	laneCount = store.SQL(`select x.lane, count(*) from (select c.lane from comments c where c.state = 'held' and {see c} limit 5000) x group by x.lane`)
	heldAt    = store.SQL(`select c.received_at from comments c where c.state = 'held' and {see c} order by c.id limit 1 offset ?`)
	// What stands beside a comment. index: comments_shown, comments_same, comments_network
	earlier     = store.SQL(`select ` + commentColumns + `where c.article_id = ? and c.state = 'shown' and c.id < ? and {see c} and {see a} order by c.id desc limit 3`)
	sameWords   = store.SQL(`select ` + commentColumns + `where c.same = ? and c.id <> ? and c.same <> '' and {see c} and {see a} order by c.id desc limit 5`)
	sameNetwork = store.SQL(`select c.state, count(*) from (select c.state from comments c where c.network = ? and c.network <> '' and c.id <> ? and {see c} order by c.id desc limit 100) c group by c.state`)

	// What everybody reads. index: comments_shown
	shownList  = store.SQL(`select l.id, l.name, l.shown_text, l.received_at, l.edited, l.answer, l.answer_by, l.answered_at from comment_list l where l.article_id = ? and l.id < ? order by l.id desc limit ?`)
	countShown = store.SQL(`select count(*) from (select l.id from comment_list l where l.article_id = ? limit 1000) x`)

	monthKey       = store.System(`select k.secret from comment_keys k where k.month = ?`)
	newKey         = store.System(`insert into comment_keys (month, secret) values (?, ?) on conflict (month) do nothing`)
	oldKeys        = store.System(`delete from comment_keys where month < ?`)
	forgetNetworks = store.SQL(`update comments set network = '' where network <> '' and received_at < ? and {see comments}`)
	forgetRefused  = store.SQL(`update comments set body = '', shown_text = '', names = '', same = '' where state = 'refused' and body <> '' and decided_at < ? and {see comments}`)
)

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

func scanComment(r store.Row) (c Comment, err error) {
	var names string
	var received, answered, decidedAt int64
	err = r.Scan(&c.ID, &c.Version, &c.Article, &c.Centre, &c.Title, &c.Slug, &c.State, &c.Lane, &c.Name, &c.Body, &c.Text, &names, &c.Reason, &c.Note, &c.Answer, &c.AnswerBy,
		&answered, &received, &decidedAt, &c.DecidedBy, &c.Report, &c.same, &c.network)
	c.ReceivedAt, c.AnsweredAt, c.DecidedAt = moment(received), moment(answered), moment(decidedAt)
	if names != "" {
		c.Names = strings.Split(names, "\n")
	}
	return c, err
}

func insertComment(tx *store.Tx, c Comment, hash string) error {
	n, err := store.Exec(tx, newComment, c.ID, c.State, c.Lane, c.Name, c.Body, c.Text, strings.Join(c.Names, "\n"), c.ReceivedAt.UnixMilli(), hash, c.same, c.network, c.Lane, c.Article)
	if err == nil && n == 0 {
		return fail.NotFound
	}
	return err
}

func keepComment(tx *store.Tx, c *Comment) error {
	by := tx.By()
	return store.Change(tx, &c.Version, changedComment, int64(c.Centre), c.State, c.Name, c.Body, c.Text, strings.Join(c.Names, "\n"), c.Reason, c.Note, c.Answer, c.AnswerBy, millis(c.AnsweredAt),
		millis(c.DecidedAt), by.User, c.DecidedBy, c.Report, c.same, c.network, c.ID, c.Version)
}

func shownUnder(tx *store.Tx, article, before id.ID) ([]publication.Remark, error) {
	return store.Each(tx, shownList, func(r store.Row) (m publication.Remark, err error) {
		var at, answered int64
		err = r.Scan(&m.ID, &m.Name, &m.Text, &at, &m.Edited, &m.Answer, &m.AnswerBy, &answered)
		m.At, m.AnsweredAt = moment(at), moment(answered)
		return m, err
	}, article, cmp.Or(before, id.Last), publication.RemarksPerPage+1)
}

type tally struct {
	key string
	n   int64
}

func scanTally(r store.Row) (t tally, err error) {
	err = r.Scan(&t.key, &t.n)
	return t, err
}
