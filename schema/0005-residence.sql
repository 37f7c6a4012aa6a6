-- +goose Up
create table wards (
	id bigint primary key,
	centre_id bigint not null,
	name text not null,
	sex text not null
);
create index wards_centre on wards (centre_id, id);

create table rooms (
	id bigint primary key,
	ward_id bigint not null references wards (id),
	centre_id bigint not null,
	name text not null
);
create index rooms_centre on rooms (centre_id, id);

create table beds (
	id bigint primary key,
	version bigint not null,
	room_id bigint not null references rooms (id),
	centre_id bigint not null,
	label text not null,
	extra boolean not null,
	broken boolean not null
);
create index beds_centre on beds (centre_id, id);

create table stays (
	id bigint primary key,
	version bigint not null,
	bed_id bigint not null references beds (id),
	person_id bigint not null,
	case_id bigint not null,
	centre_id bigint not null,
	state text not null,
	from_on text not null,
	to_on text,
	held_until text,
	constraint stays_order check (to_on is null or to_on > from_on)
);
create index stays_bed on stays (bed_id, from_on);
create index stays_person on stays (person_id, from_on);
create index stays_case on stays (case_id, id);
create index stays_centre on stays (centre_id, state, id);
