-- Notices that say in a sentence what happened, the digest by e-mail, the secret address of a calendar; and when the
-- directory of agencies changed, for who keeps a copy of it.
-- +goose Up
alter table agencies add column changed_at bigint;
alter table agency_services add column changed_at bigint;

alter table notices add column say text not null default ''; -- the sentence; '': the kind says it
alter table notices add column path text not null default '';
alter table notices add column once text not null default ''; -- what is told once only
create unique index notices_once on notices (user_id, once) where once <> '';

-- What a user wants: an address for the digest, how often, and the secret address of the own calendar (its hash).
create table notice_settings (
	user_id bigint primary key,
	version bigint not null,
	email text not null,
	digest text not null, -- daily, weekly, off
	digest_on text, -- the last one left
	site text not null, -- the address of the server as the user reaches it
	feed_hash text not null,
	feed_on text
);
create index notice_settings_feed on notice_settings (feed_hash) where feed_hash <> '';
create index notice_settings_digest on notice_settings (digest, digest_on, user_id) where email <> '';

-- Who is told of a referral without an answer, so many working days after its day.
create table notice_ladder (
	step bigint primary key,
	days bigint not null,
	role text not null
);
