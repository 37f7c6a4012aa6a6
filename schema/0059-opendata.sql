-- Open figures: the ledger of what was released. What the public may read are the releases and their tables, in which a
-- number that is hidden does not stand; the true counts lie apart, for the protection of the releases that follow.
-- +goose Up
create table open_releases (
	id bigint primary key,
	family text not null, -- tables that share totals are released together
	n bigint not null, -- counts the releases of a family
	as_of text not null, -- the day of its figures
	released_at bigint not null,
	user_name text not null,
	rule text not null, -- version of the protection and of the figures
	threshold bigint not null,
	note text not null, -- why, when it corrects an earlier one
	digest text not null, -- SHA-256 of its tables
	unique (family, n)
);

create table open_tables (
	id bigint primary key,
	release_id bigint not null references open_releases (id),
	family text not null,
	dataset text not null,
	body text not null, -- JSON: rows, columns, and the numbers that are shown
	unique (release_id, dataset)
);

create table open_truths (
	id bigint primary key, -- of the release
	family text not null,
	as_of text not null,
	cells text not null -- JSON: all counts with the sums that tie them, and which are shown
);
create index open_truths_family on open_truths (family, id);

create table open_settings (
	id bigint primary key,
	threshold bigint not null, -- counts from 1 to one less are hidden
	monthly boolean not null, -- a release of every family each month
	set_on text not null,
	user_name text not null
);
