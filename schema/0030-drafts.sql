-- What was typed and not sent yet. A draft with an owner is that user's alone (owner_id 0: of the case, the person);
-- path is the form, with what tells two forms of one address apart; ended_at is 0 while the draft lives.
-- +goose Up
create table drafts (
	id bigint primary key,
	version bigint not null,
	path text not null,
	form text not null,
	page text not null,
	owner_id bigint not null,
	centre_id bigint not null,
	case_id bigint references cases (id) on delete cascade,
	person_id bigint references persons (id) on delete cascade,
	base text not null,
	holder_id bigint not null,
	holder_name text not null,
	fields text not null,
	n bigint not null,
	begun_at bigint not null,
	begun_by bigint not null,
	updated_at bigint not null,
	updated_by bigint not null,
	updated_name text not null,
	ended_at bigint not null
);
create unique index drafts_path on drafts (path, owner_id, centre_id, ended_at);
create index drafts_owner on drafts (owner_id, ended_at, updated_at);
create index drafts_writer on drafts (updated_by, ended_at, updated_at);
create index drafts_begun on drafts (begun_by, ended_at, updated_at);
create index drafts_case on drafts (case_id, ended_at, updated_at);
create index drafts_person on drafts (person_id);
create index drafts_ended on drafts (ended_at) where ended_at > 0;
create index drafts_age on drafts (updated_at);
