package casework

import "tuntas/house/store"

var (
	casesAfter = store.SQL(`select ` + caseColumns + `, e.code, coalesce(w.name, ''), t.on_day, coalesce(t.reason, ''),
			coalesce(t.destination, ''), coalesce(t.handed_to, '')
		from cases c join persons p on p.id = c.person_id join centre_list e on e.id = c.centre_id
		left join staff w on w.user_id = c.worker_id and {see w} left join terminations t on t.case_id = c.id and {see t}
		where c.id > ? and {see c} and {see p} order by c.id limit 1000`)  // index: the key
	servicesAfter = store.SQL(`select v.id, v.version, v.case_id, v.item, v.goal_id, v.atensi, v.on_day, v.quantity, v.unit, v.note, v.user_name,
			v.person_id, e.code
		from services v join persons p on p.id = v.person_id join centre_list e on e.id = v.centre_id
		where v.id > ? and {see v} and {see p} order by v.id limit 1000`)  // index: the key

	casesBesideHistory = store.SQL(`select c.id from cases c where {see c} and not exists (select 1 from case_stages h
		where h.case_id = c.id and h.stage = c.stage and h.on_day = c.stage_since and h.left_on is null and {see h}) limit 1000`)
	casesHalfClosed = store.SQL(`select c.id from cases c where (c.stage = 'closed' and c.closed_on is null or c.stage <> 'closed' and c.closed_on is not null)
		and {see c} limit 1000`)
	casesUnended = store.SQL(`select c.id from cases c where c.stage in ('termination', 'aftercare', 'closed') and {see c}
		and not exists (select 1 from terminations t where t.case_id = c.id and {see t}) limit 1000`)
	casesUnseen = store.SQL(`select c.id from cases c where {see c} and not exists (select 1 from person_centre a
		where a.person_id = c.person_id and a.centre_id = c.centre_id and {see a}) limit 1000`)
	staysMisplaced = store.SQL(`select s.id from stays s where {see s} and not exists (select 1 from cases c
		where c.id = s.case_id and c.person_id = s.person_id and c.centre_id = s.centre_id and {see c}) limit 1000`)
	servicesMisplaced = store.SQL(`select v.id from services v where {see v} and not exists (select 1 from cases c
		where c.id = v.case_id and c.person_id = v.person_id and c.centre_id = v.centre_id and {see c}) limit 1000`)
	casesMisserved = store.SQL(`select c.id from cases c where c.stage <> 'closed' and {see c} and coalesce(c.served_on, '') <> coalesce((select max(v.on_day)
		from services v where v.case_id = c.id and {see v}), '') limit 1000`)
	stagesBackward = store.SQL(`select h.id from case_stages h where h.left_on < h.on_day and {see h} limit 1000`)
)

func scanExported(r store.Row) (e Exported, err error) {
	e.Case, err = scanCase(r, &e.CentreCode, &e.WorkerName, &e.EndedOn, &e.ExitReason, &e.Destination, &e.HandedTo)
	return e, err
}

func scanExportedService(r store.Row) (s ExportedService, err error) {
	err = r.Scan(&s.ID, &s.Version, &s.Case, &s.Item, &s.Goal, &s.Atensi, &s.On, &s.Quantity, &s.Unit, &s.Note, &s.By, &s.Person, &s.CentreCode)
	return s, err
}
