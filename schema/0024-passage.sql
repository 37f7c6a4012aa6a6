-- +goose Up
-- What a case knows of the way of its person: an earlier case, the next review of a long stay, who keeps the children.
alter table cases add column former_id bigint;
alter table cases add column former_until text;
alter table cases add column return_days bigint;
alter table cases add column review_on text;
alter table terminations add column guardian text not null default '';
create index cases_returned on cases (centre_id, opened_on) where return_days is not null;
create index cases_review on cases (centre_id, review_on) where review_on is not null;

create table leaves (
	id bigint primary key,
	version bigint not null,
	case_id bigint not null references cases (id),
	centre_id bigint not null,
	person_id bigint not null,
	state text not null,
	from_on text not null,
	due_on text not null,
	with_name text not null,
	relation text not null,
	contact text not null,
	agreed_by text not null,
	bed text not null,
	left_on text,
	back_on text,
	result text not null,
	note text not null,
	user_id bigint,
	user_name text not null
);
create index leaves_case on leaves (case_id, id);
create unique index leaves_running on leaves (case_id) where state in ('planned', 'away');
create index leaves_due on leaves (centre_id, due_on) where state in ('planned', 'away');
create index leaves_person on leaves (person_id);

create table leave_contacts (
	id bigint primary key,
	leave_id bigint not null references leaves (id),
	case_id bigint not null,
	centre_id bigint not null,
	person_id bigint not null,
	on_day text not null,
	method text not null,
	note text not null,
	user_id bigint,
	user_name text not null
);
create index leave_contacts_case on leave_contacts (case_id, id);

create table transfers (
	id bigint primary key,
	version bigint not null,
	case_id bigint not null references cases (id),
	centre_id bigint not null,
	to_centre bigint not null,
	person_id bigint not null,
	state text not null,
	reason text not null,
	wanted_on text not null,
	along text not null,
	proposed_on text not null,
	user_id bigint,
	user_name text not null,
	decided_on text,
	decided_by bigint,
	decider_name text not null,
	why text not null
);
create unique index transfers_proposed on transfers (case_id) where state = 'proposed';
create index transfers_from on transfers (centre_id, id);
create index transfers_to on transfers (to_centre, id);
create index transfers_waiting on transfers (to_centre, wanted_on) where state = 'proposed';
create index transfers_person on transfers (person_id);

create table transfer_members (
	transfer_id bigint not null references transfers (id),
	case_id bigint not null,
	centre_id bigint not null,
	to_centre bigint not null,
	person_id bigint not null,
	called text not null,
	sex text not null,
	age text not null,
	ppks_type text not null,
	stage text not null,
	new_case bigint,
	primary key (transfer_id, case_id)
);
create index transfer_members_case on transfer_members (case_id);
create index transfer_members_new on transfer_members (new_case);

create table deaths (
	case_id bigint primary key references cases (id),
	version bigint not null,
	centre_id bigint not null,
	person_id bigint not null,
	on_day text not null,
	at_time text not null,
	place text not null,
	place_note text not null,
	cause text not null,
	letter_no text not null,
	letter_on text,
	doctor text not null,
	family text not null,
	family_name text not null,
	family_on text,
	family_by text not null,
	family_note text not null,
	buried_on text,
	buried_by text not null,
	buried_at text not null,
	rite text not null,
	goods text not null,
	goods_to text not null,
	goods_on text,
	goods_note text not null,
	remains bigint not null,
	user_id bigint,
	user_name text not null
);
create index deaths_centre on deaths (centre_id, on_day) where remains > 0;
create index deaths_person on deaths (person_id);

create table reviews (
	id bigint primary key,
	case_id bigint not null references cases (id),
	centre_id bigint not null,
	person_id bigint not null,
	on_day text not null,
	decision text not null,
	note text not null,
	next_on text,
	user_id bigint,
	user_name text not null
);
create index reviews_case on reviews (case_id, id);
create index reviews_person on reviews (person_id);
