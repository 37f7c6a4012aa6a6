-- +goose Up
create table users (
	id bigint primary key,
	version bigint not null,
	login text not null unique,
	name text not null,
	address text not null,
	role text not null,
	password_hash text not null,
	active boolean not null,
	lang text not null,
	theme text not null,
	created_at bigint not null,
	last_seen_at bigint
);

create table user_centres (
	user_id bigint not null references users (id),
	centre_id bigint not null,
	primary key (user_id, centre_id)
);

create table tokens (
	id bigint primary key,
	user_id bigint not null references users (id),
	hash text not null unique,
	name text not null,
	created_at bigint not null,
	expires_at bigint not null,
	revoked_at bigint
);

create table sessions (
	token text primary key,
	data text not null,
	expires_at bigint not null
);
create index sessions_expiry on sessions (expires_at);

create table sign_in_failures (
	key text not null,
	at bigint not null
);
create index sign_in_failures_key on sign_in_failures (key, at);
