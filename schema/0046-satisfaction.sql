-- Rounds of asking the people served how they were served, the filled forms, and the sums of each round.
-- +goose Up
create table survey_rounds (
	id bigint primary key,
	version bigint not null,
	centre_id bigint not null references centres (id),
	from_on text not null,
	to_on text not null,
	state text not null, -- open, closed
	answers bigint not null, -- forms entered
	note text not null,
	made_on text not null,
	closed_on text,
	user_name text not null
);
create index survey_rounds_centre on survey_rounds (centre_id, id);
create unique index survey_rounds_open on survey_rounds (centre_id) where state = 'open';

create table survey_answers ( -- one filled form; nobody's name stands in it
	id bigint primary key,
	round_id bigint not null references survey_rounds (id),
	centre_id bigint not null references centres (id),
	answered_on text not null,
	sex text not null, -- male, female; ''
	age_group text not null, -- of law/ages; ''
	education text not null, -- ''
	remark text not null,
	user_name text not null
);
create index survey_answers_round on survey_answers (round_id, id);

create table survey_marks ( -- what a form says of one element
	id bigint primary key,
	answer_id bigint not null references survey_answers (id),
	round_id bigint not null references survey_rounds (id),
	centre_id bigint not null references centres (id),
	element bigint not null, -- 1 to 9
	value bigint not null, -- 1 to 4
	answered_on text not null,
	unique (answer_id, element)
);
create index survey_marks_day on survey_marks (answered_on, id);

create table survey_sums ( -- how many forms of a round gave an element a value
	round_id bigint not null references survey_rounds (id),
	element bigint not null,
	value bigint not null,
	centre_id bigint not null references centres (id),
	n bigint not null,
	primary key (round_id, element, value),
	check (n >= 0)
);
create index survey_sums_centre on survey_sums (centre_id, round_id);

-- For the services of a month in the report of an institution.
create index services_centre on services (centre_id, on_day, item);
