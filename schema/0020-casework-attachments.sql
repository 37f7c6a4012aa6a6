-- +goose Up
create table attachments (
	id bigint primary key,
	version bigint not null,
	case_id bigint not null references cases (id),
	centre_id bigint not null,
	person_id bigint not null,
	kind text not null,
	title text not null,
	label text not null,
	type text not null,
	size bigint not null,
	sha256 text not null,
	added_on text not null,
	user_id bigint,
	user_name text not null,
	struck_on text,
	struck_by text not null,
	struck_why text not null
);
create index attachments_case on attachments (case_id, id);
create index attachments_person on attachments (person_id);

-- The bytes lie in pieces beside the row: a list of attachments never touches them, and no statement carries more
-- than a piece. SQLite keeps bytes in a column of any name.
create table attachment_parts (
	id bigint primary key,
	attachment_id bigint not null references attachments (id),
	case_id bigint not null,
	centre_id bigint not null,
	person_id bigint not null,
	n bigint not null,
	bytes bytea not null,
	unique (attachment_id, n)
);
create index attachment_parts_case on attachment_parts (case_id);
