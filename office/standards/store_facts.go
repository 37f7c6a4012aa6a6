package standards

import (
	"tuntas/house/id"
	"tuntas/house/store"
	"tuntas/office/person"
)

// What operations know about an institution, in one statement; each line counts what the list of the same name shows.
// indexes: cases (centre_id, stage, id), plans (case_id, number), stays (centre_id, state, id), assessments (case_id, …),
// staff (centre_id, id), contacts (centre_id, state, due_on)
var (
	factCounts = store.SQL(`select 'plans-approved' as fact, count(distinct case when l.id is not null then c.id end) as n, count(distinct c.id) as of_all
		from cases c left join plans l on l.case_id = c.id and l.state = 'approved' and {see l}
		where c.centre_id = ? and c.stage in ('planning', 'intervention', 'resocialisation', 'termination', 'aftercare') and {see c}
		union all select 'assessments-signed', count(distinct case when m.id is not null then s.id end), count(distinct s.id)
		from stays s left join assessments m on m.case_id = s.case_id and m.signed_on is not null and {see m}
		where s.centre_id = ? and s.state = 'open' and {see s}
		union all select 'admission-decided', count(case when c.decision_no <> '' then 1 end), count(*)
		from stays s join cases c on c.id = s.case_id where s.centre_id = ? and s.state = 'open' and {see s} and {see c}
		union all select 'staff-kinds', count(distinct f.kind), 2 from staff f where f.centre_id = ? and (f.kind = 'tks' or f.kind = 'pekerja_sosial'
			and f.certificate_no <> '' and (f.certificate_until is null or f.certificate_until >= ?)) and {see f}
		union all select 'staff-certified', count(case when f.certificate_no <> '' and (f.certificate_until is null or f.certificate_until >= ?) then 1 end), count(*)
		from staff f where f.centre_id = ? and f.kind <> 'other' and {see f}
		union all select 'capacity', count(*), ? from stays s where s.centre_id = ? and s.state = 'open' and {see s}
		union all select 'aftercare-in-time', count(case when v.on_day is not null and v.on_day <= v.due_on then 1 end), count(*)
		from contacts v where v.centre_id = ? and v.state <> 'void' and v.due_on >= ? and v.due_on <= ? and {see v}`)

	// The lists behind: id, case, person, a name where it is no person, and whether it counts.
	factLists = map[string]*store.Stmt{
		"plans-approved": store.SQL(`select c.id, c.id, c.person_id, '', case when max(l.id) is not null then 1 else 0 end
			from cases c left join plans l on l.case_id = c.id and l.state = 'approved' and {see l}
			where c.centre_id = ? and c.stage in ('planning', 'intervention', 'resocialisation', 'termination', 'aftercare') and c.id > ? and {see c}
			group by c.id, c.person_id order by c.id limit ?`),
		"assessments-signed": store.SQL(`select s.id, s.case_id, s.person_id, '', case when max(m.id) is not null then 1 else 0 end
			from stays s left join assessments m on m.case_id = s.case_id and m.signed_on is not null and {see m}
			where s.centre_id = ? and s.state = 'open' and s.id > ? and {see s} group by s.id, s.case_id, s.person_id order by s.id limit ?`),
		"admission-decided": store.SQL(`select s.id, s.case_id, s.person_id, '', case when c.decision_no <> '' then 1 else 0 end
			from stays s join cases c on c.id = s.case_id where s.centre_id = ? and s.state = 'open' and s.id > ? and {see s} and {see c} order by s.id limit ?`),
		"capacity": store.SQL(`select s.id, s.case_id, s.person_id, '', 1 from stays s where s.centre_id = ? and s.state = 'open' and s.id > ? and {see s} order by s.id limit ?`),
		"staff-kinds": store.SQL(`select f.id, 0, 0, f.name, case when f.kind = 'tks' or f.certificate_no <> '' and (f.certificate_until is null or f.certificate_until >= ?) then 1 else 0 end
			from staff f where f.centre_id = ? and f.kind in ('pekerja_sosial', 'tks') and f.id > ? and {see f} order by f.id limit ?`),
		"staff-certified": store.SQL(`select f.id, 0, 0, f.name, case when f.certificate_no <> '' and (f.certificate_until is null or f.certificate_until >= ?) then 1 else 0 end
			from staff f where f.centre_id = ? and f.kind <> 'other' and f.id > ? and {see f} order by f.id limit ?`),
		"aftercare-in-time": store.SQL(`select v.id, v.case_id, v.person_id, '', case when v.on_day is not null and v.on_day <= v.due_on then 1 else 0 end
			from contacts v where v.centre_id = ? and v.state <> 'void' and v.due_on >= ? and v.due_on <= ? and v.id > ? and {see v} order by v.id limit ?`),
	}

	loadOf = store.SQL(`select (select count(*) from cases c where c.centre_id = e.id and c.stage <> 'closed' and {see c}),
		(select count(*) from staff f where f.centre_id = e.id and f.kind = 'pekerja_sosial' and {see f}),
		(select count(*) from staff f where f.centre_id = e.id and f.kind = 'tks' and {see f}) from centres e where e.id = ? and {see e}`)
)

// countsOf gives what operations know about the institution of a self-assessment, by the key of the fact.
func countsOf(tx *store.Tx, s sheet) (map[string]Count, error) {
	at, today, until := s.self.Centre, tx.Today(), min(s.campaign.To, tx.Today())
	all := map[string]Count{}
	_, err := store.Each(tx, factCounts, func(r store.Row) (key string, err error) {
		var c Count
		err = r.Scan(&key, &c.N, &c.Of)
		all[key] = c
		return key, err
	}, at, at, at, at, today, today, at, s.centre.Capacity, at, at, s.campaign.From, until)
	return all, err
}

// Line is one line of the list behind a count.
type Line struct {
	ID     id.ID
	Case   id.ID
	Person id.ID
	Name   string // "" where the person is not for the asker
	Good   bool   // it counts
}

func linesOf(tx *store.Tx, s sheet, f Fact, after id.ID, limit int64) ([]Line, error) {
	var args []any
	switch f.Key {
	case "staff-kinds", "staff-certified":
		args = []any{tx.Today(), s.self.Centre, int64(after), limit}
	case "aftercare-in-time":
		args = []any{s.self.Centre, s.campaign.From, min(s.campaign.To, tx.Today()), int64(after), limit}
	default:
		args = []any{s.self.Centre, int64(after), limit}
	}
	all, err := store.Each(tx, factLists[f.Key], func(r store.Row) (l Line, err error) {
		good := 0
		err = r.Scan(&l.ID, &l.Case, &l.Person, &l.Name, &good)
		l.Good = good == 1
		return l, err
	}, args...)
	if err != nil || !f.People() {
		return all, err
	}
	persons := make([]id.ID, len(all))
	for i, l := range all {
		persons[i] = l.Person
	}
	names, err := person.Called(tx, persons)
	for i, l := range all {
		all[i].Name = names[l.Person]
		if names[l.Person] != "" {
			tx.Saw(l.Person)
		}
	}
	return all, err
}

// Load is the workload of an institution: open cases for each who may carry them (Permensos 16/2019 Pasal 43 ayat (1)).
type Load struct{ Cases, Workers, TKS int64 }

// WorkloadOf counts it; fail.NotFound for an institution that is not the asker's.
func WorkloadOf(tx *store.Tx, centre id.ID) (Load, error) {
	return store.One(tx, loadOf, func(r store.Row) (l Load, err error) {
		err = r.Scan(&l.Cases, &l.Workers, &l.TKS)
		return l, err
	}, centre)
}
