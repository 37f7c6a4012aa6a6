-- Files opened in an emergency (break-glass), how they were judged, and the notices that tell of it. A review reads them
-- through a view that carries the scope (office/access/scope.go).
-- +goose Up
create table openings (
	id bigint primary key,
	version bigint not null,
	user_id bigint not null references users (id),
	person_id bigint not null,
	found_by text not null,
	kind text not null,
	reason text not null,
	opened_at bigint not null,
	until_at bigint not null,
	ended_at bigint,
	state text not null,
	judged_at bigint
);
create index openings_user on openings (user_id, until_at);
create index openings_running on openings (until_at) where ended_at is null;
create index openings_state on openings (state, id);
create index openings_person on openings (person_id, id);

create table opening_steps (
	id bigint primary key,
	opening_id bigint not null references openings (id),
	at bigint not null,
	user_id bigint not null,
	step text not null,
	note text not null
);
create index opening_steps_opening on opening_steps (opening_id, id);

create table opening_tries (
	user_id bigint not null,
	at bigint not null
);
create index opening_tries_user on opening_tries (user_id, at);

create table notices (
	id bigint primary key,
	user_id bigint not null,
	at bigint not null,
	kind text not null,
	subject_id bigint not null,
	seen_at bigint
);
create index notices_user on notices (user_id, id);
create index notices_unseen on notices (user_id) where seen_at is null;

alter table disclosures add column opening_id bigint;
create index disclosures_opening on disclosures (opening_id, at, id) where opening_id is not null;

create view opening_list as
	select o.id as id, o.version as version, o.user_id as user_id, coalesce(u.login, '') as login, coalesce(u.address, '') as address,
		coalesce(u.name, '') as name, coalesce(u.role, '') as role, o.person_id as person_id, o.kind as kind, o.reason as reason, o.opened_at as opened_at,
		o.until_at as until_at, o.ended_at as ended_at, o.state as state
	from openings o left join users u on u.id = o.user_id;

create view opening_views as
	select d.id as id, d.at as at, d.act as act, d.opening_id as opening_id from disclosures d where d.opening_id is not null;
