-- +goose Up
create table persons (
	id bigint primary key,
	version bigint not null,
	called text not null,
	sex text not null,
	birth_date text not null,
	birth_precision text not null,
	birth_from bigint,
	birth_to bigint,
	born_from bigint,
	born_to bigint,
	home_region text not null,
	village text not null,
	found_place text not null,
	found_on text,
	restricted boolean not null,
	deceased_on text,
	note text not null,
	import_print text unique,
	entry_print text not null default '',
	entered_at bigint not null,
	entered_by bigint
);

create index persons_restricted on persons (id) where restricted;

create table person_names (
	id bigint primary key,
	person_id bigint not null references persons (id),
	kind text not null,
	text text not null,
	source text not null,
	removed_at bigint
);
create index person_names_person on person_names (person_id, id);

create table identifiers (
	id bigint primary key,
	person_id bigint not null references persons (id),
	kind text not null,
	value text not null,
	certainty text not null,
	source text not null,
	added_on text not null,
	removed_at bigint,
	backward text not null default ''
);
create index identifiers_person on identifiers (person_id, id);
create index identifiers_value on identifiers (kind, value);
create index identifiers_backward on identifiers (backward);

create table consents (
	id bigint primary key,
	version bigint not null,
	person_id bigint not null references persons (id),
	purpose text not null,
	given_on text not null,
	given_by text not null,
	relation text not null,
	form text not null,
	evidence text not null,
	expires_on text,
	withdrawn_on text,
	withdrawn_by text not null
);
create index consents_person on consents (person_id, id);

create table person_changes (
	id bigint primary key,
	person_id bigint not null references persons (id),
	at bigint not null,
	user_id bigint,
	user_name text not null,
	field text not null,
	old_value text not null,
	new_value text not null
);
create index person_changes_person on person_changes (person_id, id);

create table person_centre (
	person_id bigint not null references persons (id),
	centre_id bigint not null,
	since text not null,
	primary key (person_id, centre_id)
);
create index person_centre_centre on person_centre (centre_id, person_id);

create table name_token (
	id bigint primary key,
	token text not null unique,
	n bigint not null
);

create table name_variant (
	key text not null,
	token_id bigint not null,
	primary key (key, token_id)
);

create table person_token (
	token_id bigint not null,
	centre_id bigint not null,
	person_id bigint not null,
	primary key (token_id, centre_id, person_id)
);
create index person_token_person on person_token (person_id, token_id);
