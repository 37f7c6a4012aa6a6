-- +goose Up
create table centres (
	id bigint primary key,
	version bigint not null,
	code text not null unique,
	name text not null,
	kind text not null,
	place text not null,
	region text not null,
	capacity bigint not null,
	stay_days bigint,
	client_service boolean not null,
	source text not null,
	status text not null
);

create table centre_kinds (
	centre_id bigint not null references centres (id),
	ppks_type text not null,
	primary key (centre_id, ppks_type)
);

create table staff (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null references centres (id),
	user_id bigint unique,
	name text not null,
	kind text not null,
	certificate_no text not null,
	certificate_until text
);
create index staff_centre on staff (centre_id, id);

create table settings (
	key text primary key,
	value text not null
);

create view centre_list as select * from centres;
