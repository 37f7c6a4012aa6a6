-- +goose Up
-- What an institution was founded for, what it does and should do, its history, and what it has.
create table mandates (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null references centres (id),
	founded_on text,
	decision_no text not null,
	decision_by text not null,
	target_then text not null,
	target_wanted text not null,
	capacity_then bigint,
	capacity_wanted bigint,
	kinds_then text not null,
	kinds_wanted text not null,
	regions_then text not null,
	regions_wanted text not null
);
create unique index mandates_centre on mandates (centre_id);

create table mandate_functions (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null references centres (id),
	name text not null,
	was boolean not null,
	runs boolean not null,
	wanted boolean not null,
	note text not null
);
create index mandate_functions_centre on mandate_functions (centre_id, id);

create table centre_events (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null references centres (id),
	year bigint not null,
	on_day text,
	kind text not null,
	what text not null,
	document text not null,
	struck_on text,
	struck_why text not null,
	user_name text not null
);
create index centre_events_centre on centre_events (centre_id, year, id);

create table facilities (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null references centres (id),
	kind text not null,
	name text not null,
	place text not null,
	quantity bigint not null,
	condition text not null,
	since bigint,
	worth bigint,
	note text not null,
	checked_on text,
	retired_on text,
	retired_why text not null
);
create index facilities_centre on facilities (centre_id, id);
create index facilities_worn on facilities (centre_id, condition, id) where retired_on is null;

create table facility_works (
	id bigint primary key,
	centre_id bigint not null,
	facility_id bigint not null references facilities (id),
	kind text not null,
	on_day text not null,
	condition text not null,
	cost bigint,
	done_by text not null,
	note text not null,
	user_name text not null
);
create index facility_works_facility on facility_works (facility_id, on_day, id);
create index facility_works_centre on facility_works (centre_id, on_day);

create table facility_beds (
	bed_id bigint primary key,
	facility_id bigint not null references facilities (id),
	centre_id bigint not null,
	since text not null
);
create index facility_beds_facility on facility_beds (facility_id);
create index facility_beds_centre on facility_beds (centre_id);
