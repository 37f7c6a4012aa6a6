-- Letters: the papers that leave an office with a number. A draft has none; what was issued never changes, except that
-- it is annulled, and its number stays taken.
-- +goose Up
create table letter_offices (
	centre_id bigint primary key references centres (id),
	version bigint not null,
	numbering text not null, -- running: the system gives the number; book: it is typed from the agenda book
	format text not null,
	classification text not null,
	office_code text not null,
	address text not null,
	town text not null,
	head_name text not null,
	head_nip text not null,
	site text not null,
	paper text not null, -- A4 or F4
	margin_top bigint not null, -- millimetres
	margin_right bigint not null,
	margin_bottom bigint not null,
	margin_left bigint not null
);

-- The last running number of an office and a year. Whoever issues holds its row until the letter stands.
create table letter_numbers (
	centre_id bigint not null references centres (id),
	year bigint not null,
	last bigint not null,
	primary key (centre_id, year)
);

create table letter_drafts (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null references centres (id),
	person_id bigint,
	case_id bigint,
	kind text not null,
	month text not null, -- of the balance: 2026-11
	input text not null, -- what was typed, JSON
	state text not null, -- open, issued, withdrawn
	made_on text not null,
	user_id bigint not null,
	user_name text not null,
	letter_id bigint
);
create index letter_drafts_case on letter_drafts (case_id, id);
create index letter_drafts_open on letter_drafts (centre_id, id) where state = 'open';

create table letters (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null references centres (id),
	person_id bigint,
	case_id bigint,
	kind text not null,
	year bigint not null,
	number text not null,
	number_key text not null, -- the number as it is compared: small letters, no spaces
	on_day text not null,
	state text not null, -- issued, annulled
	code text not null, -- of verification: 16 letters of Crockford
	template text not null, -- which version of the kind's text
	body text not null, -- what the letter says, JSON: frozen
	live_key text, -- what may be issued once: its case, plan or month; none when annulled
	issued_at bigint not null,
	user_id bigint not null,
	user_name text not null,
	annulled_on text,
	annulled_by text not null,
	annulled_why text not null
);
create unique index letters_number on letters (centre_id, year, number_key);
create unique index letters_code on letters (code);
create unique index letters_live on letters (live_key);
create index letters_register on letters (centre_id, year, id);
create index letters_case on letters (case_id, id);

-- What anybody may learn who holds a letter: that it is, from whom, of which day. Nothing else is in reach.
create view letter_register as
	select l.code as code, l.number as number, l.on_day as on_day, l.state as state, c.name as office
	from letters l join centres c on c.id = l.centre_id;
