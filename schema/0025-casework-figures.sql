-- The balance by age and home district, deadlines as a measure, and what others did on a worker's cases.
-- +goose Up
alter table stays add column entered_on text not null default '';
alter table stays add column region text not null default '';
alter table stays add column age text not null default '';
update stays set entered_on = from_on where arrived;
update stays set entered_on = coalesce((select max(a.from_on) from stays a where a.case_id = stays.case_id and a.arrived
	and a.state <> 'cancelled' and a.from_on <= stays.from_on), from_on) where not arrived;
-- Stays of before stand under '' until the program has counted them; the indexes serve the lists behind a cell.
create index stays_age on stays (age, id);
create index stays_region on stays (region, id);

-- Each open case counts on the day its stage is due.
insert into deltas (id, measure, centre_id, day, dim, n)
	select c.id, 'case.due', c.centre_id, c.due_on, c.stage, 1 from cases c where c.stage <> 'closed' and c.due_on is not null;
create index contacts_soon on contacts (due_on, centre_id) where state = 'open';

create view case_events as
	select a.id as id, a.at as at, a.actor as actor, a.actor_name as actor_name, a.act as act, a.subject_kind as subject_kind,
		a.subject_id as subject_id, a.case_id as case_id, a.centre_id as centre_id, a.note as note
	from audit a where a.case_id is not null and a.actor is not null;
