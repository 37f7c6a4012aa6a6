-- What was copied, and which copies were restored and checked: /system says so.
-- +goose Up
create table backups (
	id bigint primary key,
	made_at bigint not null,           -- milliseconds
	name text not null,                -- of the file, without its folder
	bytes bigint not null,
	print text not null unique,        -- SHA-256 of the file
	tested_at bigint,                  -- when it was last restored elsewhere and checked
	faults bigint not null default 0,  -- that the check found
	took_ms bigint not null default 0  -- to restore and check
);
create index backups_made on backups (made_at, id);
create index backups_tested on backups (tested_at, id) where tested_at is not null;
