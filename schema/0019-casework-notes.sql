-- +goose Up
create table case_notes (
	id bigint primary key,
	version bigint not null,
	case_id bigint not null references cases (id),
	centre_id bigint not null,
	person_id bigint not null,
	kind text not null,
	on_day text not null,
	text text not null,
	confidential boolean not null,
	user_id bigint,
	user_name text not null,
	struck_on text,
	struck_why text not null
);
create index case_notes_case on case_notes (case_id, id);
create index case_notes_person on case_notes (person_id);

create table conferences (
	id bigint primary key,
	version bigint not null,
	case_id bigint not null references cases (id),
	centre_id bigint not null,
	person_id bigint not null,
	on_day text not null,
	place text not null,
	question text not null,
	decision text not null,
	user_id bigint,
	user_name text not null
);
create index conferences_case on conferences (case_id, id);
create index conferences_person on conferences (person_id);

create table conference_people (
	id bigint primary key,
	conference_id bigint not null references conferences (id),
	case_id bigint not null,
	centre_id bigint not null,
	person_id bigint not null,
	user_id bigint,
	name text not null,
	role text not null
);
create index conference_people_conference on conference_people (conference_id, id);
create index conference_people_case on conference_people (case_id);

create table conference_followups (
	id bigint primary key,
	version bigint not null,
	conference_id bigint not null references conferences (id),
	case_id bigint not null,
	centre_id bigint not null,
	person_id bigint not null,
	text text not null,
	owner text not null,
	due_on text not null,
	done_on text,
	done_by text not null
);
create index conference_followups_conference on conference_followups (conference_id, id);
create index conference_followups_case on conference_followups (case_id);
