-- One-time codes, second factors, duty covers. When an account was last seen is known from its last sign-in.
-- +goose Up
alter table users add column second_secret text not null default '';
alter table users add column second_at bigint;
alter table users add column second_step bigint not null default 0;
update users set last_seen_at = (select m.at from (select a.actor as actor, max(a.at) as at from audit a
	where a.act = 'user.sign-in' group by a.actor) m where m.actor = users.id);

create table reset_codes (
	user_id bigint primary key references users (id),
	hash text not null,
	made_at bigint not null,
	expires_at bigint not null,
	tries bigint not null
);

create table recovery_codes (
	user_id bigint not null references users (id),
	hash text not null,
	used_at bigint,
	primary key (user_id, hash)
);

create table user_covers (
	id bigint primary key,
	user_id bigint not null references users (id),
	role text not null,
	centre_id bigint not null,
	from_on text not null,
	until_on text not null,
	reason text not null,
	ended_at bigint
);
create index user_covers_user on user_covers (user_id, until_on);
create index tokens_user on tokens (user_id);
