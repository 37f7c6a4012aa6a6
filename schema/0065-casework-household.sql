-- A household as it was known before care ended, and as each contact of aftercare found it: how many people, what they
-- live on, what aid they receive and how DTSEN ranks them. Null and '' are not known, 'none' in aid is an answer.
-- +goose Up
create table households (
	case_id bigint primary key references cases (id),
	centre_id bigint not null,
	person_id bigint not null,
	on_day text not null, -- when it was so
	size bigint, -- people in it
	income bigint, -- of all of them, rupiah a month
	aid text not null, -- keys of the law files, comma between
	dtsen_decile bigint,
	dtsen_on text, -- when the decile was looked up
	dtsen_source text not null,
	user_id bigint,
	user_name text not null
);
create index households_person on households (person_id);
alter table contacts add column household_size bigint;
alter table contacts add column household_income bigint;
alter table contacts add column aid text not null default '';
alter table contacts add column dtsen_on text;
alter table contacts add column dtsen_source text not null default '';

-- What came of it stands where it is counted, as in 0054. Nothing of it was known until today.
alter table terminations add column gain_head text not null default 'unknown'; -- income for each person: rose, same, fell; once; unknown
alter table terminations add column gain_aid text not null default 'unknown'; -- aided>unaided: first and last; aided: known once
insert into tallies (measure, grain, centre_id, bucket, dim, n)
select m.measure, g.grain, t.centre_id, substr(t.on_day, 1, g.width), 'unknown', count(*) from terminations t
	cross join (select 'gain.head' as measure union all select 'gain.aid') m
	cross join (select 'd' as grain, 10 as width union all select 'm', 7 union all select 'y', 4 union all select 'a', 0) g
where t.course is not null and t.course <> ''
group by m.measure, g.grain, t.centre_id, substr(t.on_day, 1, g.width);
