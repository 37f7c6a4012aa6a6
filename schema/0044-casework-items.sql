-- What is needed and given, kept for the SPM.
-- +goose Up
-- What the SPM counts of a case, one line each: an item that is needed (need), its first service of a year (given), a year in
-- which every needed item was given (met), being inside a panti (inside) and waiting for a place (waiting).
create table case_items (
	id bigint primary key,
	case_id bigint not null references cases (id),
	centre_id bigint not null,
	person_id bigint not null,
	what text not null, -- need, given, met, inside, waiting
	item text not null,
	year text not null, -- of given and met
	dim text not null, -- the group, and the item behind a colon
	from_on text not null,
	to_on text,
	unique (case_id, what, item, year)
);
create index case_items_list on case_items (what, dim, id, from_on, to_on);
create index case_items_person on case_items (person_id);
-- Cases of before are counted by a job.
alter table cases add column items_kept boolean not null default false;
create index cases_unkept on cases (id) where not items_kept;
